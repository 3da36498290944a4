"""Whose a value is: behind the name asked about, a head's share, behind an office, destroyed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from index.chinese.people import is_surname
from index.chinese.words import tag
from index.query import Query, Term

_ORGANISATION = re.compile(
    r"(?:小学|中学|学校|学区|幼儿园|公司|合作社|服务社|基地|企业|厂|站|组|园|车间|安置点|片区|大户|医院|卫生院|协会)$"
)


_BY = re.compile(
    r"由(?P<office>[\u4e00-\u9fff]{2,14}?(?:局|工作队|公司|合作社|委|办|政府|协会|支部|单位|部|学院|大学|企业))"
)


def doers(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the offices by which something was done: 由县水利局驻村工作队牵线."""
    for match in _BY.finditer(folded):
        yield match.span("office")


_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+")


def another_turn(query: Query, folded: str, at: int) -> bool:
    """Whether another ordinal than the one asked about stands last before `at`: 第三党小组.

    名列第一,上河县名列第二 has its own behind it.
    """
    asked = {word for term in query.terms for word in _ORDINAL.findall(term.word)}
    told = _ORDINAL.findall(folded[:at])
    behind = _ORDINAL.findall(_CLAUSE_START.split(folded[at:])[0])
    if any(one in asked for one in behind):
        return False
    return bool(asked) and bool(told) and told[-1] not in asked


_PHASE = re.compile(r"(?:^|[^一二三四五六七八九十\d])[一二三四]期")


def of_no_phase(missing: Sequence[str]) -> bool:
    """Whether one phase of a thing is asked about that a sentence does not name: 产业路一期."""
    return any(_PHASE.search(word) for word in missing)


def owner_at(query: Query, folded: str) -> int:
    """Where a sentence names the person, school or firm asked about; -1 where it does not."""
    found = [
        folded.rfind(word)
        for term in query.terms
        if _is_name(term)
        for word in term.alike
        if word in folded
    ]
    return max(found, default=-1)


def is_other_name(word: str, parts: Sequence[str], text: str) -> bool:
    """Whether a text names no organisation of this name, only parts of it: 甲幼儿园 for 甲小学."""
    kind = _ORGANISATION.search(word)
    if kind is None or not any(len(part) == 1 for part in parts):
        return False
    return not (word[: kind.start()] in text and kind.group() in text)


def _is_name(term: Term) -> bool:
    if len(term.word) < 2 or term.word[0].isdigit() or len(term.alike) > 1:
        return False
    return bool(_ORGANISATION.search(term.word)) or (tag(term.word) == "" and len(term.word) < 5)


# ---- the office that a report is of

_OFFICE_WORD = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2,8}?)(?P<kind>局|办|委|院|队|中心|公司|站|所|银行|厅|联社)"
)


def is_office(word: str) -> bool:
    """Whether a word names an office: 交通局, 医保局."""
    return _OFFICE_WORD.fullmatch(word) is not None


def names_office(word: str, folded: str) -> bool:
    """Whether a report's title or unit names the office that a word is short for.

    交通局 is a 交通运输局, 医保局 a 医疗保障局.
    """
    office = _OFFICE_WORD.fullmatch(word)
    if office is None:
        return False
    spread = "[\\u4e00-\\u9fff]{0,4}".join(map(re.escape, office["stem"]))
    return re.search(f"{spread}[\\u4e00-\\u9fff]{{0,4}}?{office['kind']}", folded) is not None


# ---- a head's share

_RATES = (
    (
        "人均",
        re.compile(r"人均|每人|人平均?|每生|每名"),
        re.compile(r"人均|[每一]个(?:人|学生|孩子|老人)|每(?:人|学生|名|生)|人平"),
    ),
    ("户均", re.compile(r"户均|每户|户平均?"), re.compile(r"户均|每户|每家|户平")),
    ("亩均", re.compile(r"亩均|每亩|/亩"), re.compile(r"亩均|每亩|一亩地?")),
)
"""Name, how a text tells it, how a question asks for it."""
_EACH_OF = re.compile(r"每一?[个支所村镇乡县队组](?![年月季周])")
"""帮助创办1个 of 每个工作队 is no sum over them."""
_EARNED = re.compile(r"(?:一年|每年|一个?月|每月)(?:能|可以?)?(?:拿|挣|领|发|补)[到得]?多少")
_IS_RATIO = re.compile(r"\d+(?:\.\d+)?(?:%|个?百分点)")
"""A rate of change is of no head and no household."""
_MONTHLY_ASKED = re.compile(r"一个?月(?!\d)|每个?月|月工资|月租")
_MONTHLY = re.compile(r"月")
_CLAUSE_START = re.compile(r"[,;。:(|\n]")
_OTHER_MEASURE = 0.6


def rate_share(asked: str, folded: str, at: int) -> float:
    """Less for a total where a head's or household's share is asked for, and the other way."""
    before = _CLAUSE_START.split(folded[:at])[-1]
    behind = _CLAUSE_START.split(folded[at:])[0]
    share = 1.0
    for name, told, wanted in () if _IS_RATIO.match(folded, at) else _RATES:
        if name == "人均" and _EARNED.search(asked):
            continue  # 护林员一年拿多少: what each of them gets
        is_asked = bool(wanted.search(asked))
        is_told = bool(told.search(before)) or (is_asked and bool(told.search(behind)))
        if is_asked != is_told:
            share = min(share, _OTHER_MEASURE)
    label = folded[:at].rpartition("|")[2]
    if _MONTHLY_ASKED.search(asked) and not _MONTHLY.search(f"{label} {behind}"):
        share = min(share, _OTHER_MEASURE)
    if _EACH_OF.search(before) and not re.search("每|各", asked):
        share = min(share, _OTHER_MEASURE)
    return share


# ---- money that is told without its unit

_OF_PIECES = re.compile(r"拿|发|挣|赚|花|卖|补|奖|收|给|费|工资|价|每[亩斤吨户人年月天]")
_BARE = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?[多余]?[万亿](?=[,;。:()!?、\s]|$|左右|以上|以内|用于|元)"
)
_OF_MONEY = re.compile(
    r"资金|投资|投入|投了|贷|补助|补贴|收入|产值|款|费|赔|奖|捐|额度|金额|经费|收益|分红|花|任务|计划|值|要了|筹"
)


_PIECES = re.compile(r"\d+(?:\.\d+)?[万千百]?块(?:[到至~-]\d+(?:\.\d+)?块)?(?![地田砖板石])")


def bare_money(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where money is told as 108万 or 2200块, its clause saying that it is money."""
    for match in _PIECES.finditer(folded):
        if _OF_PIECES.search(_CLAUSE_START.split(folded[: match.start()])[-1]):
            yield match.span()
    for match in _BARE.finditer(folded):
        clause = _CLAUSE_START.split(folded[: match.start()])[-1]
        if not folded.startswith("元", match.end()) and _OF_MONEY.search(clause):
            yield match.span()


# ---- figures that are destroyed

_GONE = (
    r"(?:总额|面积|共计|共|约|达到?|为|有|款|费)?(?:[x×*_某]{1,6}[余多]?[万亿千百]*"
    r"(?P<unit>元|户|人|亩|个|名|公里|米|%|吨|头|只)|[万亿]?(?P<bare>元)|(?P<length>公里)|"
    r"(?P<area>亩)(?!均)|万(?P<people>人)|万(?P<wide>亩))"
)
_GONE_WHOLE = re.compile(rf"(?:资金|投资|经费|款|收入|产值|面积|人口|总数|总额|共计?|合计){_GONE}$")


def is_erased(query: Query, folded: str, weights: Mapping[str, float]) -> bool:
    """Whether the figure asked for stands there without its number: 林地xx亩, 保险费万元."""
    heaviest = max(weights, key=lambda word: weights[word], default=None)
    for term in query.terms:
        if len(term.word) < 2:
            continue
        for word in term.alike:
            gone = list(re.finditer(rf"{re.escape(word)}{_GONE}", folded))
            if gone and (term.word == heaviest or _always(query, folded, word, gone)):
                return True
    return False


def _always(query: Query, folded: str, word: str, gone: Sequence[re.Match[str]]) -> bool:
    """Whether every figure of a thing is destroyed, and just in the unit that is asked for."""
    units = {unit for match in gone for unit in match.groupdict().values() if unit}
    return len(gone) == folded.count(word) and bool(units & set(query.units))


def of_erased_whole(folded: str, part: int) -> bool:
    """Whether the 其中 at `part` names a share of a sum that is destroyed: 共投资万元,其中…."""
    return part >= 0 and _GONE_WHOLE.search(folded[:part]) is not None


# ---- offices with their holders

_NAME = r"[\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){1,2}"
_OFFICE = re.compile(
    r"(?:^|[\s,;。])(?P<office>[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,6})"
    r"[ \u3000]*[:为是][ \u3000]*"
    rf"(?P<names>{_NAME}(?:[ \u3000、,]+{_NAME})*)(?=$|[\s,;。(])"
)
_HOLDS = re.compile(r"(?:长|员|书记|主任|师|人|领导|干部|经理|主席)$")


def offices(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield (office, start, end of its names) of lines such as 组 长:何明 and 成员:何明 吴芳."""
    for match in _OFFICE.finditer(folded):
        office = "".join(match["office"].split())
        names = re.split(r"[ \u3000、,]+", match["names"])
        if _HOLDS.search(office) and all(is_surname(name[0]) for name in names if name):
            yield office, match.start("names"), match.end("names")


_TAKES = re.compile(
    r"(?:^|[,;。、由派是]|(?<=[长任员记])|(?<=干部)|(?<=同志))(?P<name>[\u4e00-\u9fff]{2,3}?)(?:同志)?(?:接替[\u4e00-\u9fff]{2,4}?)?"
    r"(?:接任|担任|出任|兼任|任|为(?=[^,;。]{0,8}(?:[长员]|书记|主任)(?:[,;。]|$)))(?P<office>[^,;。]{2,16})"
)
"""Who takes an office: 贾明朗接替罗启文任驻村第一书记."""


_SUCCEEDS = re.compile(
    r"由(?P<name>[\u4e00-\u9fff]{2,3})(?:同志)?(?:接任|接替|继任|接手)(?=[,;。]|$)"
)
"""Who follows in the office that the sentence names: 第一书记周敏任期届满,由李志华接任."""


def holders(query: Query, folded: str) -> Iterator[tuple[int, int]]:
    """Yield where those stand who hold the office asked about: a 副组长 is no 组长."""
    asked = {word for term in query.terms for word in term.alike}
    # 工作队的队员 asks for the 队员, not for the 工作队队长.
    asked = {word for word in asked if len(word) > 1 and _HOLDS.search(word)} or asked
    if any(len(word) > 1 and word in folded for word in asked):
        for match in _SUCCEEDS.finditer(folded):
            if is_surname(match["name"][0]):
                yield match.span("name")
    for match in _TAKES.finditer(folded):
        if is_surname(match["name"][0]) and any(
            len(word) > 1 and word in match["office"] for word in asked
        ):
            yield match.span("name")
    for office, start, end in offices(folded):
        if any(len(word) > 1 and _same_office(word, office) for word in asked):
            yield start, end


_LEFT = re.compile(
    r"(?:^|[,;。、]|书记|主任|[长员任免]去?)(?P<name>[\u4e00-\u9fff]{2,3}?)(?:同志)?"
    r"(?:(?:因|由于)[^,。;]{1,12}?)?(?:调走|调离|调任|卸任|离任|离职|退休|辞去|辞职|不再|任期|到龄|病故)"
    r"|免去(?P<freed>[\u4e00-\u9fff]{2,3})(?:同志)?的?[\u4e00-\u9fff]{0,12}职务"
)


def leavers(query: Query, folded: str) -> Iterator[tuple[int, int]]:
    """Yield where those stand who left the office asked about: 原书记罗启文调走后."""
    asked = {word for term in query.terms for word in term.alike}
    if not any(len(word) > 1 and word in folded for word in asked):
        return
    for match in _LEFT.finditer(folded):
        group = "name" if match["name"] else "freed"
        if is_surname(match[group][0]):
            yield match.span(group)


def _same_office(asked: str, told: str) -> bool:
    """Whether one name of an office is the end of the other's, 副 apart: 队员 and 工作队员."""
    shorter, longer = sorted((asked, told), key=len)
    return longer.endswith(shorter) and longer[: -len(shorter)][-1:] != "副"
