"""Names of administrative places in folded text, their levels and their short forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from sys import maxsize

from index.chinese import words

LEVELS: dict[str, int] = {
    "省": 1, "自治区": 1,
    "自治州": 2, "地区": 2, "市": 2, "州": 2, "盟": 2,
    "自治县": 3, "县": 3, "新区": 3, "开发区": 3, "区": 3, "自治旗": 3, "旗": 3,
    "民族乡": 4, "街道办事处": 4, "街道": 4, "镇": 4, "乡": 4, "苏木": 4, "农场": 4, "林场": 4,
    "社区": 5, "居委会": 5, "嘎查": 5, "村": 5,
}  # fmt: skip
"""Suffix of a place's name -> level of administration, 1 the widest."""

_BY_LENGTH = tuple(sorted(LEVELS, key=len, reverse=True))
# 城南街道办事处 is the office of 城南街道, which is what people call the place.
_SUFFIX = "|".join(suffix for suffix in _BY_LENGTH if not suffix.endswith("办事处"))
# What follows a suffix inside a longer word: 市场, 县委, 乡村, 村级, 社区服务 is fine, 区域 is not.
_NOT_AFTER = (
    r"(?!场(?!镇)|区(?![级别])|域|别|间|段|镇|(?<!街道)办(?!事处)|组(?![织建成团])|"
    r"[庄寨屯民官居落容貌干部](?![村镇乡])|(?<=旗)[手帜袍]|级|外|内(?!蒙)|容|直属?|属|集|道)"
    # 杭州市, 贵州省, 新乡市: the suffix belongs to the name and the true one follows.
    r"(?!(?<=州)[省市县区镇乡村]|(?<=乡)[市县])"
)
_CANDIDATE = re.compile(
    rf"[\u4e00-\u9fff]{{1,12}}?(?:{_SUFFIX}){_NOT_AFTER}|[a-z]{{1,3}}[镇乡村县市]"
)
_ETHNIC = re.compile(
    r"(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|"
    r"拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|"
    r"怒|鄂温克|德昂|保安|裕固|京|独龙|鄂伦春|门巴|珞巴|基诺)族?)+$"
)
# A name never contains these; they end what stands before it: 位于|双枧镇, 帮助|枧头村.
_BEFORE_WORDS = (
    r"请问|中共|截[至止]|关于|位于|地处|坐落|隶属|属于|针对|结合|围绕|促进|帮助|支持|协调|完成|组织|推动|"
    r"深入|来到|进驻|派驻|包抓|包联|联系|定点|帮扶|分别|其中|以及|包括|涉及|全部|所有|对于|按照|根据|"
    r"成为|作为|实施|实现|带动|覆盖|建设|新建|修建|打造|安排|引导|鼓励|开展|推进|加快|统筹|召开|代表|"
    r"重点|主要|依托|贫困|脱贫|出列|达标|行政|自然|示范|村为|镇为|期间|时期|年度|目前|现在|当前|"
    r"多少|什么"
)
_BEFORE_CHARS = (
    r"[在由为对与和及至到从向是以将把被让使给于距离等的了着过有无该本我全各每某这那其驻并又也都同跟或暨"
    r"说问查看哪几些个叫年月日底末、，,。；：]"
)
_BEFORE_NAME = re.compile(rf"^.*(?:{_BEFORE_WORDS}|{_BEFORE_CHARS})")
_WORDS_BEFORE_NAME = re.compile(rf"^.*(?:{_BEFORE_WORDS})")
_GENERIC = re.compile(
    r"^(?:[全本该我各每某这那其哪几多两一二三四五六七八九十百千余个些]|农|乡|贫困|脱贫|行政|自然|示范|中心|重点|先进|"
    r"薄弱|空壳|后进|出列|未脱贫|非贫困|已脱贫|美丽|城乡|文明|新农|地级|县级|副省级|直辖|城|"
    r"小|大|社|校|景|园|库|山|林|牧|郊|辖|灾|片|片区|试验|开发|高新|工业|产业|示范|保税|自贸|街|"
    r"易地|搬迁|安置|整|同|外|邻|驻|入|进|下|通|到|包|联|帮|所在|周边|相邻|附近|部分|有关|相关)+$"
)  # fmt: skip

_OWNED = re.compile(
    r"(?<=.)(?:国有|国营|[省市县区]属|[省市县]级)(?=(?:林|农|牧|茶|渔|苗|良种|原种)场$)"
)
# The dictionary has 文明城市, 科教兴市 and 大都市; in true names one character stands before 城市.
_KIND_OF_CITY = re.compile(r"..[城兴强立富]市$|大都市$")

# Letters stand for a name that was taken out: ab镇. x stands for nothing known: xx镇.
_REDACTED_LETTERS = re.compile(r"[a-wyz]{1,3}[镇乡村县市]")
_NO_NAME = re.compile(
    r"(?:城市|城镇|农村|城乡|村镇|市区|县区|地区)$|[进下返]乡$|政府|服务|委市|委县|党委|人民|乡镇$|x|局|.驻|^.[区州]$|[园小库景校厂矿片街城郊山林牧灾辖老]区$|^(?:自治|地|专)区$"
    r"|(?:试点|文明|卫生|园林|森林|中心|省会|沿海|沿边|大中|中小|特大|型|智慧|海绵|宜居|名|旅游|开放|示范|枢纽|"
    r"节水|低碳|创新|首批|重点|国家|工业|消费|特色|中等|地级|县级|全国)(?:城市|[县区村镇乡])$|(?:度假|地球|小|古)[村镇]$"
    r"|^[镇乡村市县区][镇乡村市县区]"
)


# The same few names are asked about in every sentence.
@lru_cache(maxsize=65_536)
def level(name: str) -> int | None:
    """The level of administration that the suffix tells, 1 (province) to 5; None without one."""
    for suffix in _by_last().get(name[-1:], ()):
        if name.endswith(suffix):
            return LEVELS[suffix]
    return None


@lru_cache(maxsize=1)
def _by_last() -> dict[str, tuple[str, ...]]:
    """The suffixes by their last characters, the longest first."""
    found: dict[str, list[str]] = {}
    for suffix in _BY_LENGTH:
        found.setdefault(suffix[-1], []).append(suffix)
    return {last: tuple(suffixes) for last, suffixes in found.items()}


@lru_cache(maxsize=65_536)
def stem(name: str) -> str:
    """The name without its suffix and the peoples in it: 望江社区 望江, 宁夏回族自治区."""
    if name in LEVELS:
        return name
    for suffix in _by_last().get(name[-1:], ()):
        if name.endswith(suffix) and len(name) > len(suffix):
            rest = name[: -len(suffix)]
            return _ETHNIC.sub("", rest) or rest
    return name


def aliases(name: str) -> tuple[str, ...]:
    """Every way a text may write folded `name`: itself and, unless a common word, its stem.

    团结村 has no short form, or every 团结 would name it.
    """
    if owned := _OWNED.search(name):
        # 黑石国有林场 goes by 黑石林场, too.
        return (name, name[: owned.start()] + name[owned.end() :])
    short = stem(name)
    if short == name and (called := _institution_called(name)):
        return (name, called)
    if short == name or len(short) < 2:
        return (name,)
    rank = level(name) or 9
    tag = words.tag(short)
    if rank > 3 and words.is_common(short):
        return (name,)
    # 柳沙镇 goes by 柳沙, though in the dictionary; 魔芋村 not by a plant's name.
    if rank > 3 and tag not in ("", "ns", "nr", "nz") and not (rank == 4 and tag == "n"):
        return (name,)
    if rank == 3 and tag not in ("", "ns", "nr"):
        return (name,)
    return (name, short)


def _institution_called(name: str) -> str | None:
    """青禾镇中心小学 goes by 青禾中心小学, too; None for what is no institution of a place."""
    chain = chain_at(name) if level(name) is None else ()
    own = "".join(chain)
    bare = stem(chain[-1]) if chain else ""
    return bare + name[len(own) :] if own != name and len(bare) >= 2 else None


def named_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what looks like a place's name in folded running text.

    The left end is where the words before a name end, so it is a guess; the right is sure.
    """
    at = 0
    while match := _CANDIDATE.search(text, at):
        at = match.end()
        start = _known_start(text, match.start(), at)
        if start is None:
            cut = _BEFORE_NAME.match(match.group()[:-1])
            start = match.start() + (cut.end() if cut is not None else 0)
        if _is_name(text[start:at]) and _reads_as_name(text[start:at]):
            yield start, at


def _known_start(text: str, first: int, end: int) -> int | None:
    """Where a name of jieba's dictionary begins: 大同市 and 无锡市 hold words that end others."""
    return next((start for start in range(first, end - 2) if is_known(text[start:end])), None)


def is_known(name: str) -> bool:
    """Whether the dictionary has this place, with or without its suffix."""
    return is_named(name) or (len(name) > 3 and stem(name) in words.place_names())


def is_named(name: str) -> bool:
    """Whether the dictionary has this very name of a place."""
    return name in words.place_names() and not _KIND_OF_CITY.search(name)


@lru_cache(maxsize=1 << 14)
def _is_name(name: str) -> bool:
    if _REDACTED_LETTERS.fullmatch(name) or (len(name) > 2 and is_known(name)):
        return True
    bare = stem(name)
    return bare not in ("", name) and not _GENERIC.match(bare) and not _NO_NAME.search(name)


@lru_cache(maxsize=1 << 14)
def _is_whole_name(name: str) -> bool:
    """Whether what begins a line or a clause is a name from its first character."""
    return not _WORDS_BEFORE_NAME.match(name) and _is_name(name)


@lru_cache(maxsize=1 << 14)
def _reads_as_name(name: str) -> bool:
    """Whether a name cut from running text is one, and not 加强城市 or 完善社区.

    Villages are named after anything, yet seldom after what one does; the wide places are in
    the dictionary, or their names are no words at all.
    """
    if _REDACTED_LETTERS.fullmatch(name) or is_known(name):
        return True
    bare = stem(name)
    wide = (level(name) or 9) <= 3
    if wide and len(bare) < 2:
        return False
    tags = [words.tag(word) for word in words.cut(bare) if len(word) > 1]
    if wide:
        return all(tag in ("", "ns", "nr", "nz", "nrt") for tag in tags)
    return not any(tag[:1] in "vadpcr" for tag in tags if tag)


def chain_at(text: str, start: int = 0, end: int = maxsize) -> tuple[str, ...]:
    """The places that folded `text[:end]` names one inside the next from `start`, the widest first.

    At a line's start no word stands before the name, so 无锡市 is not cut at its 无.
    """
    found: list[str] = []
    while match := _CANDIDATE.match(text, start, end):
        name = match.group()
        wider = found and (level(name) or 0) <= (level(found[-1]) or 0)
        if wider or not _is_whole_name(name):
            break
        found.append(name)
        start = match.end()
    return tuple(found)


def name_at(text: str, start: int) -> str | None:
    """The innermost place whose name begins at `start` of folded running text; None for none."""
    chain = chain_at(text, start, start + NAMES_MOST)
    if not chain or not all(map(_reads_as_name, chain)):
        return None
    # 星级美丽乡|村: the name would go on.
    end = start + sum(map(len, chain))
    return None if text[end : end + 1] in LEVELS else chain[-1]


NAMES_MOST = 24
"""Characters that hold a chain of names, 甲省乙市丙县丁镇戊村."""


_REDACTED = re.compile(r"[x×*某]{1,4}(村|社区|镇|乡|街道|县|区|市)")


def speaks_of(names: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether folded passages that name a place are about it, and not only in passing.

    It is said twice at least, and no place of its level more often; one whose name was taken
    out (某村, xx村) is a place, too, and a figure may be its own.
    """
    said = "\n".join(texts)
    longest = max(names, key=len)
    times = max(said.count(name) for name in names)
    others = Counter(
        name
        for start, end in named_in(said)
        if level(name := said[start:end]) == level(longest) and not name.endswith(longest)
    )
    others.update(
        match[0] for match in _REDACTED.finditer(said) if level(f"甲{match[1]}") == level(longest)
    )
    return times >= 2 and times >= max(others.values(), default=0)
