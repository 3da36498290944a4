"""The places that a question names, held against those that the archive knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.chinese.fold import fold
from index.chinese.places import chain_at, level, named_in, stem
from index.chinese.words import cut, tag
from index.place_book import PlaceBook
from index.query import PlaceScope

_PART_OF_NAME = frozenset("上下大小新老东西南北前后中外内")
_OF = re.compile(r"\s*的?\s*")
_WHOLE = re.compile(
    r"全[省市州县区镇乡村]|[各每][个]?(?:市|县|区|乡镇|镇|乡|街道|行政村|自然村|村|社区)|所有的?(?:村|镇|乡)|"
    r"哪[个些](?:村|镇|乡)|哪几个(?:村|镇|乡)|[一二两三四五六七八九十\d]+个(?:村(?!民)|镇|乡)|[几多少]{1,2}个(?:村(?!民)|乡镇|镇|乡)|下辖|辖区|所辖|下属"
)
"""Words by which a question takes in what lies inside the place that it names."""
_EACH = re.compile(
    r"(?:[各每]个?|哪[个些]|哪几个|所有的?|[几多少一二两三四五六七八九十\d]+个)"
    r"(?P<kind>市|县|区|乡镇|镇|乡(?!村)|行政村|自然村|村(?!民)|社区)"
)
_NO_NAME = re.compile(
    r"[的最谁哪没啥到]|什么|参加|参与|.[向给][省市县区镇乡村]$|^全|^(?:还|需)?要[搞做修建办推]|项目[省市县区镇乡村]$|(?:项目|园|库|校|景|矿|灌|林|山|片|厂|辖|小|安置|示范|核心|工业|产业|聚居)区$"
)
_LED_BY = re.compile(r"^.*(?:[驻给跟和与对向为在由把被让从到去问查讲帮]|包联|帮扶|帮助|支持)")
_NEVER_FIRST = frozenset("驻给跟对把被让")
_OFFICE = re.compile(r"长(?![\u4e00-\u9fff]{0,2}[村镇乡])")
_TAKEN_OUT = re.compile(r"(?<![a-z*])[x*]{1,4}(?:社区|[省市州县区镇乡村])(?![级长])")
"""A place whose name was taken out of its report: xx村."""
"""What is no part of a name that a question has behind it: 省里给双河州, 驻望江社区."""
_HOW_MANY = re.compile(r"[几多少]{1,2}个(?:自然|行政)?村(?:组|[??,。])*(?=$|\s|[和、及与还几多])")
_SHORT_BESIDE = re.compile(r"[和与、](?P<name>[\u4e00-\u9fff]{2,3}?)(?=的|各|分别)")
_MOST_OF_ALL = re.compile(r"最[高低多少大小]的(?P<kind>村|乡镇|镇|乡|社区)[。?]*$")
"""村集体收入最低的村 says no 哪个."""
_EACH_LEVEL = {"市": 2, "县": 3, "区": 3, "乡镇": 4, "镇": 4, "乡": 4}


@dataclass(frozen=True)
class _Named:
    start: int
    end: int
    scope: PlaceScope
    wider: tuple[str, ...] = ()
    """The places that the question puts in front of this one, the widest first."""


def places_named(
    folded: str, book: PlaceBook, mentioned: Callable[[str], bool]
) -> tuple[tuple[PlaceScope, ...], str]:
    """The places named, and the text with them blanked; of 双枧镇枧头村 the smaller counts."""
    named: list[_Named] = []
    blanked = folded
    for (start, end), name in sorted(_spans(folded, book, mentioned).items()):
        written = folded[start:end]
        if not name and level(written) is None and mentioned(f"{written}村"):
            written += "村"
        names = book.names_of(name) if name else _ways(written, mentioned)
        known = bool(name) or any(map(mentioned, names))
        scope = PlaceScope(name or written, names, known, bool(name))
        wider: tuple[str, ...] = ()
        if named and _joined(folded, named[-1].end, start) and _wider(named[-1].scope, scope):
            before = named.pop()
            wider = (*before.wider, before.scope.name)
        named.append(_Named(start, end, scope, wider))
        blanked = blank(blanked, start, end)
    whole = bool(_WHOLE.search(blanked))
    scopes = [_resolved(one, named, book, whole) for one in named]
    # 石门镇有没有龙泉村: the town only tells which village of that name is meant.
    used = {scope.around for scope in scopes if scope is not None and scope.around}
    kept = [scope for scope in scopes if scope.name not in used]
    return tuple(dict.fromkeys(kept)), blanked


_SETTLED = ("安置社区", "安置点", "安置区", "小区", "社区")


def _ways(written: str, mentioned: Callable[[str], bool]) -> tuple[str, ...]:
    """The ways in which the archive writes a place that no report speaks for.

    望江社区 is 望江安置社区 as well, 甲村和乙村 are 甲、乙两村 in a row.
    """
    bare = stem(written)
    if len(bare) < 2:
        return (written,)
    others = [
        bare + suffix
        for suffix in _SETTLED
        if written.endswith(("社区", "小区", "安置点", "安置区")) and bare + suffix != written
    ]
    if written.endswith("村"):
        others += [f"{bare}、", f"、{bare}"]
    return (written, *(other for other in others if mentioned(other)))


def each_level(folded: str) -> int | None:
    """The level of administration whose every place is asked for: 各村, 哪些镇; else None."""
    match = _EACH.search(folded) or _MOST_OF_ALL.search(folded)
    if match is not None and _HOW_MANY.match(folded, match.start()):
        return None  # 有几个自然村 counts them
    return None if match is None else _EACH_LEVEL.get(match["kind"], 5)


def _spans(
    folded: str, book: PlaceBook, mentioned: Callable[[str], bool]
) -> dict[tuple[int, int], str]:
    """Where a place is named -> its full name, empty for one that no report speaks for."""
    spans = {(start, end): name for start, end, name in book.find(folded)}
    first = len(folded) - len(folded.lstrip())
    opening = sum(map(len, chain_at(folded, first)))
    named = set(named_in(folded))
    if opening and not _leads_up(folded, first, first + opening, named, mentioned):
        # 团结村 reads as a name only where the question begins with it.
        named.add((first, first + opening))
    named |= {match.span() for match in _TAKEN_OUT.finditer(folded)}
    for start, end in sorted(named):
        start = _name_begins(folded, start, end, mentioned)
        if _OFFICE.match(folded, end) and not mentioned(folded[start:end]):
            continue  # 哪位副县长
        inner = [span for span in spans if span[0] < end and start < span[1]]
        written = folded[start:end]
        if _WHOLE.search(written) or _NO_NAME.search(written):
            continue  # 有几个村 and 全年收入最高的村 name none
        if not inner and not mentioned(written) and _street_of(written, book):
            continue  # 东门社区食堂: the canteen is of 东门街道
        if not inner and not mentioned(written) and _plain_words(stem(written)):
            continue  # 小额信贷县财政: what stands before 县 is no name
        if not inner:
            # Beside a known place 通村 and 扩建村 are words of the question, not more places.
            if not (spans and _common(stem(written))):
                spans[start, end] = ""
        elif len(inner) == 1 and inner[0][1] == end and start < inner[0][0]:
            before = folded[start : inner[0][0]]
            # 上枧头村 is another village than 枧头村; 请问枧头村 and 接任枧头村 are not.
            if before in _PART_OF_NAME or mentioned(written):
                del spans[inner[0]]
                spans[start, end] = ""
        elif len(inner) == 1 and start < inner[0][0] and inner[0][1] < end and mentioned(written):
            # 下枧头村 where 枧头 is short for 枧头社区: the archive has that village by its name.
            del spans[inner[0]]
            spans[start, end] = ""
    for _, end in list(spans):
        # 甲村和乙的 names the village 乙村 as well, where the archive has one of that name.
        beside = _SHORT_BESIDE.match(folded, end) if folded[end - 1] == "村" else None
        if beside is None or any(a < beside.end("name") and end < b for a, b in spans):
            continue
        if mentioned(f"{beside['name']}村") and not _common(beside["name"]):
            spans[beside.span("name")] = ""
    return spans


def _street_of(written: str, book: PlaceBook) -> bool:
    """Whether the archive has no such 社区, but a street office of that name."""
    return written.endswith("社区") and bool(book.known_as(f"{written[:-2]}街道"))


def _leads_up(
    folded: str,
    start: int,
    end: int,
    named: set[tuple[int, int]],
    mentioned: Callable[[str], bool],
) -> bool:
    """Whether a question opens with other words before a name: 园林公司用了新坪村多少人."""
    shorter = [a for a, b in named if b == end and a - start >= 3]
    return (
        bool(shorter) and not mentioned(folded[start:end]) and mentioned(folded[shorter[0] : end])
    )


def _name_begins(folded: str, start: int, end: int, mentioned: Callable[[str], bool]) -> int:
    """Where the name proper begins that a question's words lead up to."""
    led = _LED_BY.match(folded[start : end - 2])
    if led is None:
        return start
    name = folded[start + led.end() : end]
    # A village may be called 和平村 or 向阳村: what the archive has whole is a name whole.
    whole = mentioned(folded[start:end]) and folded[start] not in _NEVER_FIRST
    return start if whole or level(name) is None or not mentioned(name) else start + led.end()


def _resolved(one: _Named, named: Sequence[_Named], book: PlaceBook, whole: bool) -> PlaceScope:
    """The scope of a named place: which of several of that name, and what lies inside it."""
    scope = one.scope
    if not scope.known:
        return replace(scope, around=one.wider[-1] if one.wider else None)
    if not scope.reported:
        return scope
    inside = book.inside(scope.name) if whole else ()
    for wider in one.wider:
        around = book.around(scope.name, level(fold(wider)) or 0)
        if around and not (around & {wider, *book.known_as(fold(wider))}):
            # The archive's village of that name lies elsewhere.
            name = f"{wider}{scope.name}"
            return PlaceScope(name, (name,), known=False, reported=False)
    homes = book.homes(scope.name)
    if len(homes) < 2:
        return replace(scope, inside=inside)
    said = {*one.wider, *(other.scope.name for other in named)}
    meant = sorted(homes & said)
    if len(meant) == 1:
        return replace(scope, inside=inside, around=meant[0])
    return replace(scope, choices=tuple(f"{home}{scope.name}" for home in sorted(homes)))


def _joined(folded: str, end: int, start: int) -> bool:
    return _OF.fullmatch(folded[end:start]) is not None


def _common(word: str) -> bool:
    return len(word) == 1 or (tag(word) != "" and not tag(word).startswith("n"))


def _plain_words(name: str) -> bool:
    """Whether a long name is two words of the dictionary and more, none of them a name."""
    found = cut(name)
    return len(found) > 1 and all(
        len(word) > 1 and tag(word)[:1] in ("n", "v", "a", "b", "d", "m")
        and tag(word)[:2] not in ("ns", "nr", "nz", "nt")
        for word in found
    )  # fmt: skip


def _wider(one: PlaceScope, other: PlaceScope) -> bool:
    return (level(fold(one.name)) or 9) < (level(fold(other.name)) or 0)


def blank(text: str, start: int, end: int) -> str:
    """The text with a span made space, so that offsets stay valid."""
    return text[:start] + " " * (end - start) + text[end:]
