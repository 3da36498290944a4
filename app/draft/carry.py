"""What of an earlier report may stand in the next one: facts of place, measures that go on.

Everything else is asked for again. The rules err towards asking: a result that is taken over by
mistake is a false statement that somebody signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.draft.figures import held_figures, only_names
from index.chinese.fold import fold
from index.chinese.sentences import clauses
from index.records import Figure, FigureKind

DESTROYED = re.compile(
    r"[x×*_○]{1,}\s?(?=[年月日镇乡村县市区省元万亩户人个名%])|20[x×*_]{2}|[x×*]{2,}"
)
"""A value that was blacked out or lost: unknown, and never to be guessed."""

_UNCHANGING = re.compile(
    r"面积|耕地|林地|山林|水域|距|相距|海拔|平方公里|气温|降[水雨]|无霜期|东部|西部|南部|北部|"
    r"辖|村民?小?组|居民小[区组]|自然[村寨屯湾]|全长|流域|森林覆盖率|建[村制]"
)
_OF_PLACE = re.compile(
    rf"{_UNCHANGING.pattern}|位于|地处|坐落|[东西南北]\S{{0,3}}[邻接靠临连]|土[地壤]|地[势形貌]|气候|"
    r"主要(?:农作物|产业|经济|种植)|主导产业|以\S{2,12}为主|盛产|是\S{0,16}[村镇乡社区县市]"
)
_LAND_UNITS = frozenset("亩 万亩 平方公里 平方千米 公里 里 米 公顷 ℃ 毫米 天 个".split())
_TIME = re.compile(
    r"[今去本当前]年|[上下]半年|年[底末初]|\d{2,4}年|\d{1,2}月|\d{1,2}[日号]|[一二三四]季度|"
    r"截[至止]|目前|现[有已]|近[期日年]|日前|以来|期间|春节|中秋|国庆|年中|新一届|汛期|[春夏秋冬]季"
)
_DONE = re.compile(
    r"[了过]|已|先后|累计|共计|完成|实现|达到|新[建增]|建成|投[资入]|争取到|获|荣|被评|召开|举[办行]|"
    r"开展|慰问|捐|发放|送去|落实资金|整合资金|成功|增[加长收]|减少|提[高升]到|脱贫\S{0,3}户|"
    r"取得|有效|显著|明显|圆满|按时|如期|全部|(?<![人户亩])均|通过验收|成立|轮换|接[替任]|退任|当选|到[岗任]|卸任|离任|兼任|分管|聘|上线|投入使用|问题|不足|困难"
)
_GOES_ON = re.compile(
    r"^(?:[一二三四五六七八九十]是要?|[((][一二三四五六七八九十]+[))]|\d{1,2}[.、．])?"
    r"(?:坚持|实行|继续|持续|不断|常态化|长期|定期|每[月周季年日天]|严格|认真|积极|大力|稳步|深入|"
    r"加强|强化|落实|推进|按照|结合|围绕|紧紧|突出|充分|以[^,,]{2,40}为|进一步|依托|建立健全|健全|完善|做好)"
)
_DANGLING = re.compile(r"[后时中下前]$|^(?:其中|同时|并且?|从而)")
_A_HEAD = re.compile(r"[((][人户]均[^()()]*[))]")
_ONCE = re.compile(
    r"建成|修建|新建|新修|投资|安装|添置|购置|捐|慰问|送去|送上|更换|拆除|春节|实际投"
)
_POINTS_ON = re.compile(r"上述|以上|如下|以下|为此|总体要求|方面工作|奋斗目标")
_LEADS_UP = re.compile(
    r"^(?:以|按照|围绕|结合|依托|根据|针对|紧扣|聚焦)[^,;]*(?:为\S{1,6}|要求|目标|实际|精神|现状|原则|思路|主线)?$"
)
_SHORTEST = 12
_FEWEST = 4
_TAIL = re.compile(r"[,，、;；:：。\s]+$")


def unchanging(figure: Figure, clause: str) -> bool:
    """Whether a figure is of the place itself: its area, how far it lies, its groups of houses."""
    return figure.kind is FigureKind.STOCK and lasting(figure.unit, figure.indicator, clause)


_EXTENT = re.compile(
    r"^(?:(?:下辖|辖区?|全[村镇乡县市区]|[村镇乡县市区]域|国土|土地|行政区域?)+总?|总)面积$|(?:居民小[区组]|村民小组)$"
)


def of_the_place(figure: Figure, clause: str) -> bool:
    """Whether a figure is the place's own extent, below whatever heading it is told."""
    return bool(_EXTENT.search(fold(figure.indicator))) and unchanging(figure, clause)


def lasting(unit: str, indicator: str, clause: str) -> bool:
    """Whether so many of a unit, in this clause, tell what the place is and not what was done."""
    if unit not in _LAND_UNITS:
        return False
    words = fold(clause)
    return bool(_UNCHANGING.search(indicator) or _UNCHANGING.search(words)) and not (
        _DONE.search(words) or _TIME.search(words) or re.search(r"种植|栽|养|发展|流转", words)
    )


def done_once(figure: Figure, clause: str, *, wide: bool = False) -> bool:
    """Whether a figure is of one thing that was built or given: nobody builds it again.

    What a `wide` place (a county, a city) counts of it, schools and roads, is built every year.
    """
    if wide and not figure.unit.endswith("元"):
        return False
    # 水利投资30亿元 is told every year; 总投资, of one work.
    yearly = re.search(r"(?<=..)(?<!总)投资$", figure.indicator)
    flow = figure.kind is FigureKind.FLOW and figure.canonical is None and yearly is None
    return flow and bool(_ONCE.search(fold(clause)))


def standing_part(text: str, start: int, figures: Sequence[Figure], basic: bool) -> str | None:
    """What of a sentence describes the place, in its own words; None where nothing does.

    `basic` says that it stands where the place is described; `start` is its offset in the report,
    in which those of `figures` count.
    """
    if DESTROYED.search(fold(text)) or not basic:
        return None
    kept: list[str] = []
    for first, last in clauses(text, 0, len(text)):
        clause = text[first:last]
        # What a head has of it changes with the heads: (人均1.41亩).
        aside = _A_HEAD.search(fold(clause))
        if aside is not None:
            cut = first + aside.start(), first + aside.end()
            clause = clause[: aside.start()] + clause[aside.end() :]
        words = fold(clause)
        own = [
            one
            for one in figures
            if first <= one.start - start < last
            and not (aside is not None and cut[0] <= one.start - start < cut[1])
        ]
        if any(not unchanging(one, clause) for one in own):
            continue
        stray = re.sub(r"“[^”]*”", "", words)
        counted = {fold(text[one.start - start : one.end - start]) for one in own}
        for some in counted:
            stray = stray.replace(some, "")
        if re.search(r"\d", stray) or _TIME.search(words) or _DONE.search(words):
            continue
        if kept and _DANGLING.search(words):
            continue
        kept.append(clause)
    said = _joined(kept)
    return said if said and _OF_PLACE.search(fold(said)) else None


def measure_part(text: str) -> str | None:
    """The opening of a sentence that says how work is done from year to year; None without."""
    text = numbered_off(text)
    words = fold(text)
    if DESTROYED.search(words) or not _GOES_ON.search(words) or _POINTS_ON.search(words):
        return None
    kept = []
    for first, last in clauses(text, 0, len(text)):
        clause = fold(text[first:last])
        if any(not only_names(one) for one in held_figures(clause)):
            break  # 把八成左右的财政支出用于民生: true last time
        if re.search(r"\d", clause) or _TIME.search(clause) or _DONE.search(clause):
            break
        kept.append(text[first:last])
    while kept and _DANGLING.search(fold(kept[-1]).rstrip(",;。:")):
        kept.pop()
    # 以学校为重点 alone leads up to what is no longer there.
    while kept and (_LEADS_UP.search(_TAIL.sub("", fold(kept[-1])))):
        kept.pop()
    said = _joined(kept)
    return said if said and len(said) >= _SHORTEST else None


def _joined(kept: Sequence[str]) -> str | None:
    if not kept:
        return None
    text = "".join(kept)
    return _TAIL.sub("", text) + "。" if len(fold(text)) > _FEWEST else None


_NUMBERED = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]是要?|"
    r"[(（]\d{1,2}[)）]|\d{1,2}[.、．)）](?!\d)|\d\.\d{1,2}\s+|[①-⑳◎●■·])\s*"
)


def numbered_off(text: str) -> str:
    """The text without the number that it had in a list: (一), 二是, 3., ⑧."""
    return _NUMBERED.sub("", text.strip())


def sentence_like(text: str) -> str:
    """A sentence by itself: without the number that it had in a list, and with a full stop."""
    words = numbered_off(text)
    if fold(words[-1:]) in tuple("。!?"):
        return words
    return _TAIL.sub("", words) + "。"
