"""What a figure of the last report is called where it is asked for; nothing where none is whole."""

from __future__ import annotations

import re

from app.draft.placing import name_of
from index.chinese.fold import fold
from index.chinese.words import tagged
from index.records import Figure

_LABEL, _LONG, _MIN = 14, 22, 2
_METRIC = re.compile(
    r"(?<=..)(?:率|总?额|[产总销]?量|[产总]值|收入|支出|投资|面积|余额|[占比]重|占比|指数|水平|总数)"
    r"(?:增长|下降|增速|增加|减少|提高)?$"
)
"""What a thing that is measured is called, however long its name is."""
_NO_METRIC = re.compile(r"[我他她它你们了着]|比上年|同比")
_MARKS = re.compile(r"[\s“”\"'‘’《》【】\[\]()（）]")
_FRONT = re.compile(
    r"^(?:\d{1,2}[.、．]|其中|首批|全年|今年|年内|上半年|下半年|计划|拟|预计|初步(?:估算|统计)|"
    r"力争|争取|力促|确保|努力|"
    r"抓好|以及|共同|压茬|各县市、?区?(?:至少)?|全面(?!小康|从严)|大力|全力|积极|加快|加力|持续|继续|稳步|扎实|切实|着力|深入|推动|充分利用好?|充分发挥|[、,:;])+"
)
_BEHIND = re.compile(
    r"(?:[到达至]|达到|(?:增加?|提高|扩大|精简|压减)[至到]|(?:控制|稳定|保持)在|不[少低高]于|首次?|有望|预计?|拟定?|"
    r"(?:连续?)?(?:跨[过越]?|迈[上过]|登上|突破)[^,、]{0,6}(?:台阶|大关)|实现|力争|争取|再有?|目标|任务|各|分别|(?<!通)过|[、,:;])+$"
)
_SMOOTHLY = re.compile(
    r"(?:已|全部|全面|均|提前|超额|高质量|圆满|如期|按期|顺利)+(?=完成|办结|建成|开工|竣工|达标|下降|$)|"
    r"已(?=.{1,2}$)"
)
"""How something was done: 民生实事全部高质量完成 is asked for as 民生实事完成."""
_WORTH = re.compile(r"[和及与](?=价值$)")
_NEARLY = re.compile(r"(?:接近|将近|近|约|超|逾)(?=\d)")
_TORN = re.compile(r"^(?:[/、级岁]|和(?![美谐平])|且|及(?!时)|大关|台阶)")
"""A phrase that lost its beginning: 级财政…, 岁以下…, what stood before 和."""
_BUILT = frozenset("建成 新建 修建 新修 投资 投入 完成 实施 开展 安装 实现".split())
"""What was done, without a word of what: no name."""
_ANYTHING = frozenset(
    "企业 项目 国家 家庭 事项 公司 小区 作品 产品 人员 群众 单位 部门 机构 任务 活动 地区 位次 "
    "增量 内容 产值 金额 资金 总额 合计".split()
)
"""Of these there are many kinds in every report: which are meant, a name has to say."""
_WHOLE = re.compile(r"(全[村镇乡县市区]|[我本]村|社区)[共总现]?有?[^,。;:]{0,6}$")
_COUNTED = {"户": "户数", "人": "人数"}
_ALL = {"户": "总户数", "人": "总人口"}
_GROUPS = frozenset("村民小组 小组 自然村 行政村 居民小组".split())
_NO_PART = frozenset("pruyeofd")
"""Parts of speech that a name has none of: prepositions, pronouns, particles, adverbs …"""
_THING = frozenset("njlis")
"""Parts of speech of things; set phrases and what jieba leaves whole among them."""
_FRAGMENTS = frozenset("a ad an n v vn j q".split())
_STAYING = re.compile(r"在(?=[园校职岗册])")
_NO_END = frozenset("mc")
_NO_WORDS = frozenset(
    "可以 要 想 会 能 每 说 喊 让 使 把 有 是 来 去 首批 第 上 下 全部 不足 "
    "最高 最低 最多 最少".split()
)
_ALL_KINDS = frozenset("各类 各级 各项".split())
_OFTEN = re.compile(r"[次场期元吨斤里米%]$")
"""Units of what a doing alone can be counted in: 夜访1860户次."""
_DONE_BY_PEOPLE = frozenset("就业 务工 参保 搬迁 培训 脱贫 入学 毕业 落户".split())
_OF_MONEY = re.compile(r"(?:收入|支出|投资|产值|[^名]额|余额|补贴|补助|资金|贷款|工资|价格)$")
_SHARE = re.compile(r"(?:率|[占比]重|占比)$")
_THINGS = re.compile(r"^万?[户人名家个条件项所座处]$")
_FEW_WORDS = 16
"""Characters of a plan that name it where no phrase does."""


def called(figure: Figure, clause: str, value: str) -> str:
    """What to call a figure when asking for it; empty where the report does not say.

    `value` is the figure as the report writes it, `clause` what it stands in, or more of it.
    """
    if figure.canonical is not None:
        return _as_written(figure.canonical, clause)
    name, phrase = name_of(figure), fold(figure.indicator)
    counted = any(sign.isdigit() for sign in value)
    if not name or (name in _GROUPS and figure.unit in _COUNTED):
        if not counted or figure.unit not in _COUNTED:
            return ""
        whole = _WHOLE.search(fold(clause)[: max(0, fold(clause).find(fold(value)))])
        # 9个村民小组318户: households of the place, which are in groups.
        return whole[1] + _COUNTED[figure.unit] if whole else _ALL[figure.unit] if name else ""
    name, phrase = _bare(name), _bare(phrase)
    if _TORN.search(name) or name in _ANYTHING or _of_another_unit(name, figure.unit):
        return ""
    if _METRIC.search(name) and len(name) <= _LONG and not _NO_METRIC.search(name):
        return _as_written(name, clause)
    if not counted or len(name) < _MIN:
        return ""  # 说了三遍: a way of telling, no indicator
    if len(name) <= _LONG and _stands_before(phrase, value, fold(clause), figure.unit):
        return _as_written(name, clause)
    fits = len(name) <= _LABEL
    whole_name = any(_is_name(one, fold(clause), figure.unit) for one in (name, phrase))
    return _as_written(name, clause) if fits and whole_name else ""


def is_called(figure: Figure, label: str) -> bool:
    """Whether a label of a draft is this figure's name, whatever was left off it."""
    name = fold(label)
    return name in (name_of(figure), figure.indicator, _bare(name_of(figure)))


def planned_as(clause: str, value: str) -> str:
    """What a plan is called that no phrase names: its own words around the number, in order."""
    words = fold(clause)
    at = words.find(fold(value))
    if at < 0:
        return ""
    front = _MARKS.sub("", re.split(r"\d[^、,;:]*[、,;:]", clause[:at])[-1])
    front = _FRONT.sub("", re.sub(r"^(?:对|为|围绕)", "", fold(front)))
    if len(front) > _FEW_WORDS:
        front = front.rpartition("、")[2]
    front = _BEHIND.sub("", front).removesuffix("的")
    behind = re.split(r"[\d、,;。:]", _MARKS.sub("", words[at + len(fold(value)) :]))[0]
    behind = re.sub(r"^(?:以上|以下|以内|左右|余|多)|[和及与]$", "", behind)
    kept = ""
    for word, _ in tagged(behind):
        if len(front) + len(kept) + len(word) > _FEW_WORDS:
            break
        kept += word
    name = front + kept
    counts = re.search(r"(?<![第\d])\d", name) and not re.match(
        r"\d+(?:[万亿]?元|岁)以[上下]", name
    )
    fits = _MIN * 2 <= len(name) <= _LONG and not _TORN.search(name) and not counts
    return _as_written(name, clause) if fits else ""


def _bare(name: str) -> str:
    """Without marks, and without words that say how or when something was done."""
    for pattern in (_MARKS, _FRONT, _BEHIND, _SMOOTHLY, _WORTH):
        name = pattern.sub("", name)
    return name


def _as_written(name: str, clause: str) -> str:
    """A name with its Latin letters as the report has them: 5G基站, PM2.5浓度."""
    folded = fold(clause)

    def own(match: re.Match[str]) -> str:
        at = folded.find(match[0])
        return clause[at : at + len(match[0])] if at >= 0 else match[0]

    return re.sub(r"[a-z]+", own, name)


def _of_another_unit(name: str, unit: str) -> bool:
    """Whether so many of this unit cannot be what the name says: 收入 of 12家."""
    return bool((_OF_MONEY.search(name) or _SHARE.search(name)) and _THINGS.match(unit))


def _stands_before(phrase: str, value: str, clause: str, unit: str) -> bool:
    """Whether a clause is the phrase and its number and nothing else: 新增婴幼儿托位69个.

    Then it is whole however its words are cut; not so where somebody says or does something.
    """
    said = _MARKS.sub("", clause).rstrip(",;。、")
    front = said.removesuffix(fold(value))
    reached = front != said and re.fullmatch(
        rf"[向对为将]?{re.escape(phrase)}(?:达到?|超过?|突破)?", _FRONT.sub("", front)
    )
    words = _joined(phrase)
    return (
        bool(reached)
        and _tells_of_something(words, unit)
        and not any(
            kind[:1] in "pyu" or (kind[:1] == "r" and word not in _ALL_KINDS) or word in _NO_WORDS
            for word, kind in words
        )
    )


def _is_name(name: str, clause: str, unit: str) -> bool:
    """Whether a phrase is whole words of its clause, a thing or a doing, and no half sentence."""
    cut = _STAYING.sub("", name)
    words = _joined(cut)
    if not words or not _tells_of_something(words, unit):
        return False
    if any(
        (kind[:1] in _NO_PART and word not in _ALL_KINDS) or word in _NO_WORDS
        for word, kind in words
    ):
        return False
    if words[-1][1][:1] in _NO_END or any(
        len(word) == 1 and kind[:1] == "v" for word, kind in words[1:]
    ):
        return False
    if re.search(r"(?:第\d+|(?<!\d)\d+组)$", clause[: max(0, clause.find(name))]):
        return False  # 7组路灯 is not seven of them
    if re.search(rf"\d[多余]?个?{name[0]}", clause) and len(words[0][0]) == 1:
        return False  # 村送水 of 3个村送水: it lost its number
    # Whole words, in this order: a phrase is put together of what stands around its number.
    of_clause = iter([word for word, _ in tagged(_NEARLY.sub(",", _MARKS.sub("", clause)))])
    return all(word in of_clause for word, _ in tagged(cut))


def _tells_of_something(words: list[tuple[str, str]], unit: str) -> bool:
    """Whether a name has a word for a thing: 参加 of 700人 and 表现突出 of 3名 have none."""
    if all(word in _BUILT or kind[:1] in "mtq" for word, kind in words):
        return False
    if any(kind[:1] in _THING or kind in ("", "vn", "an", "zg") for _, kind in words):
        return True
    if words[-1][0] in _DONE_BY_PEOPLE:
        return True
    return _OFTEN.search(unit) is not None


def _joined(phrase: str) -> list[tuple[str, str]]:
    """The words with their parts of speech; single characters side by side are one: 到账, 新设."""
    result: list[tuple[str, str]] = []
    alone = False
    for word, kind in tagged(phrase):
        single = len(word) == 1 and (kind in _FRAGMENTS or word in "特比")
        single = single and word not in _NO_WORDS
        if single and alone:
            result[-1] = (result[-1][0] + word, "n")
        else:
            result.append((word, kind))
        alone = single
    return result
