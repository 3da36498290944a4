"""The dates, persons, offices and places that a sentence names as what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.chinese.fold import fold
from index.chinese.people import people_in
from index.evidence.belonging import doers
from index.evidence.candidate import Candidate
from index.query import Query, Wanted

_REPLACED_SHARE = 0.5
_OFFICE = 0.7
"""What a person counts who is replaced by another, and an office where a person is asked for."""
_TEN_DAYS = re.compile(r"[上中下]旬|底|末|初")
_MONTH = re.compile(
    r"(?:[\dx*]{2,4}年)?(?<!\d)(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:(?:[1-3]?\d)日(?:[至到-](?:[1-3]?\d)日)?|[上中下]旬|底|末|初|份)?"
)
_FEAST = re.compile(
    r"(?:春节|元旦|元宵节?|清明节?|端午节?|中秋节?|重阳节?|国庆节?|儿童节|建党节|七一|教师节)(?:前夕|前后|期间|前|当天)"
)
_SIDE_ASKED = re.compile(
    r"(?P<side>[东西南北]{1,2})(?:边|面|侧|方)?(?:[是和与跟同挨邻靠接临]|紧|毗|相)"
)
_NEIGHBOUR = (
    r"(?<![东西南北]){side}(?:边|面|侧|部)?(?:与|和|同|紧接|紧邻|毗邻|接|邻|连|靠|临|是|抵)"
    r"(?P<where>[^,。;、]{{2,12}}?)(?=接壤|紧接|相邻|相接|相连|毗邻|交界|隔界|为界|为邻|隔河|相望|[,。;、]|$)"
)
_REPLACED = re.compile(r"(?:接替|代替|替换|替下)$")
FORMER_ASKED = re.compile("以前|之前|原来|原先|原任|前任|上一?任|曾|过去|离任|卸任|调走|走的")
_LEAVES = re.compile(
    r"(?:同志)?(?:因|由于)?[^,。;]{0,14}(?:卸任|离任|退休|调离|调走|去世|辞职|免去|(?:任期|期)[届已]?满|离岗|轮换)"
)
_FOLLOWS = re.compile(r"由(?:[\u4e00-\u9fff]{0,8})$")
"""Who left is not who came: 甲因年龄原因卸任,由乙接任."""
_FORMER = re.compile(
    r"(?:原|前任?|上一?任|不再担任|免去|辞去)[^,;。]{0,12}?(?:书记|主任|长|员|经理|主席|负责人)?$|[由从]$"
)
"""What stands before who was it: 原村书记甲, 免去甲, 由甲变更为乙."""
_COMES = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3})(?:同志)?(?:接任|继任|接手|担任|出任|当选|任|主持)"
    r"|(?:任命|推选|选举|聘任|改由|变更为|调整为|换成|改为)[\u4e00-\u9fff]{2,3}"
)
_CHANGED_TO = re.compile(r"(?:同志)?(?:变更|调整|更换|换|改)(?:为|成)")
_TAKES_OVER = re.compile(r"(?:同志)?(?:接任|接替|继任|接手|担任)")
_OF_WHERE = re.compile(
    r"(?P<verb>[\u4e00-\u9fff]{2})了?(?:哪里|哪儿|什么地方|何处)的(?P<thing>[\u4e00-\u9fff]{2,})"
)
"""启用了哪里的应急供水: the place stands between the two, 启用老龙井应急供水."""
_GONE_ASKED = re.compile(r"[去到赴往](?:了|过)?(?:哪里?|哪儿|什么地方|何处)")
_WENT = re.compile(
    r"(?:赴|前往|去往|奔赴|到|去)(?P<where>[^,。;、\d]{2,14}?)"
    r"(?=开展|进行|举行|参加|参观|考察|学习|培训|演出|表演|展出|比赛|交流|调研|慰问|支教|务工|招商|[,。;])"
)
"""去哪儿演出了: where somebody went stands before what is done there."""
_BY_THE = re.compile(
    r"(?:(?<=早晚高峰)|(?<=[,。;、在])|^)[\u4e00-\u9fff]{2,8}?(?:门口|路口|路段|一带)"
)
_DAY_ASKED = re.compile(r"(?:星期|周|礼拜)几")
_WEEKDAY = re.compile(
    r"(?:每)?(?:星期|周|礼拜)[一二三四五六日天末](?:[、和至到-](?:星期|周)?[一二三四五六日天])*"
)
_SPOT = re.compile(r"[\u4e00-\u9fff]+[点址处]")
_DIRECTION_ASKED = re.compile(r"(?:在|位于)(?P<of>[^,。在]{0,12}?)的?(?:哪个?|什么)(?:方向|方位)")
_DIRECTION = re.compile(r"[东西南北]{1,2}(?:[部面边侧方角]|方向)?$")
_LEVEL_ASKED = re.compile(r"哪(?:一?个|几个|些)(?P<level>[村镇乡县])")
_OF_LEVEL = {
    "村": ("村", "社区"),
    "镇": ("镇", "乡", "街道"),
    "乡": ("镇", "乡", "街道"),
    "县": ("县", "区", "市"),
}
_LOCATED = re.compile(
    r"(?:位于|地处|坐落于|坐落在|设在|设立在|建在|安置在|搬到|搬至|搬迁到|搬迁至|迁至|并入|选址|选在|落户|在)(?P<where>[^,。;!?()]{2,24}?)(?=建设|新建|修建|建成|实施|安装|成立|[,。;!?()]|$)"
)


def named(query: Query, candidate: Candidate) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, share) of what a sentence names of the kind asked for."""
    folded = candidate.folded
    if query.wanted is Wanted.DATE:
        for mention in candidate.dates:
            if mention.start < 0:
                continue
            days = (mention.period.end - mention.period.start).days
            ten = _TEN_DAYS.match(folded, mention.end)
            end = ten.end() if ten else mention.end
            short = days <= 31 or folded[mention.start : end].endswith(("年底", "年末"))
            yield mention.start, end, 1.0 if days == 0 else 0.7 if short else 0.4
        if _DAY_ASKED.search(fold(query.text)):
            yield from ((*match.span(), 1.0) for match in _WEEKDAY.finditer(folded))
            return
        for match in _FEAST.finditer(folded):
            yield *match.span(), 0.7
        known = [(m.start, m.end) for m in candidate.dates]
        for match in _MONTH.finditer(folded):
            # Where the year was taken out, the month still answers: xxxx年6月开工.
            if not any(a < match.end() and match.start() < b for a, b in known):
                yield *match.span(), 1.0 if match.group().endswith("日") else 0.7
    elif query.wanted is Wanted.PERSON:
        asked = [word for term in query.terms for word in term.alike]
        former = FORMER_ASKED.search(fold(query.text))
        for start, end in people_in(folded):
            # Who is asked for is not the one whom the question names: 谁接替秦若谷.
            names = {name for place in query.places for name in place.names}
            if not any(folded[start:end] in word for word in (*asked, *names)):
                if former:
                    # 以前是谁 asks for the one who left.
                    passed = bool(
                        _FOLLOWS.search(folded[:start]) and _TAKES_OVER.match(folded, end)
                    )
                else:
                    passed = bool(
                        _REPLACED.search(folded[:start])
                        or _LEAVES.match(folded, end)
                        or _was_it(folded, start, end)
                    )
                yield start, end, _REPLACED_SHARE if passed else 1.0
        yield from ((start, end, _OFFICE) for start, end in doers(folded))
    elif query.wanted is Wanted.PLACE and (side := _SIDE_ASKED.search(fold(query.text))):
        for match in re.finditer(_NEIGHBOUR.format(side=side["side"]), folded):
            yield *match.span("where"), 1.0
    elif query.wanted is Wanted.PLACE and (of := _DIRECTION_ASKED.search(fold(query.text))):
        for match in _LOCATED.finditer(folded):
            if _DIRECTION.search(match["where"]) and _is_seen_from(query, of["of"], match["where"]):
                yield *match.span("where"), 1.0
    elif query.wanted is Wanted.PLACE and _GONE_ASKED.search(fold(query.text)):
        for match in _WENT.finditer(folded):
            yield *match.span("where"), 1.0
    elif query.wanted is Wanted.PLACE:
        yield from ((*match.span(), 0.8) for match in _BY_THE.finditer(folded))
        yield from ((start, end, 1.0) for start, end in _between(query, folded))
        level = _LEVEL_ASKED.search(fold(query.text))
        for match in _LOCATED.finditer(folded):
            if level is None or match["where"].endswith(_OF_LEVEL[level["level"]]):
                yield *match.span("where"), 1.0
        for start, end in candidate.places:
            if level is None or folded[start:end].endswith(_OF_LEVEL[level["level"]]):
                yield start, end, 0.7


def _was_it(folded: str, start: int, end: int) -> bool:
    """Whether a person is told as the former one, and who came stands in the same sentence."""
    before = _FORMER.search(folded[:start])
    if before is None or not _COMES.search(folded[:start] + folded[end:]):
        return False
    return before.group() not in ("由", "从") or bool(_CHANGED_TO.match(folded, end))


def _is_seen_from(query: Query, asked: str, told: str) -> bool:
    """Whether a direction is told from what it is asked from: 县城东部 is not 镇政府的哪个方向."""
    words = [term.alike for term in query.terms if term.word in asked]
    return bool(words) and all(any(word in told for word in alike) for alike in words)


def _between(query: Query, folded: str) -> Iterator[tuple[int, int]]:
    """Yield the places that stand right behind a spot's name, or between a verb and its thing."""
    if asked := _OF_WHERE.search(fold(query.text)):
        pattern = rf"{asked['verb']}了?(?P<where>[^,。;]{{2,12}}?)的?{asked['thing'][:2]}"
        yield from (match.span("where") for match in re.finditer(pattern, folded))
    for term in query.terms:
        if _SPOT.fullmatch(term.word):
            pattern = rf"{term.word}(?:位于|设在|在|为|是|:)?(?P<where>[^,。;]{{2,16}})"
            yield from (match.span("where") for match in re.finditer(pattern, folded))
