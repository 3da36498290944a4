"""Whether a sentence gives people the offices that the quotes give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.answer.findings import Cited, Finding, Kind
from index.chinese.people import people_in

_TITLE = re.compile(
    r"(?P<deputy>副|原|前任?)?[\u4e00-\u9fff]{0,2}?(?P<office>书记|主任|队长|组长|校长|局长|镇长|乡长|县长|市长|区长|主席"
    r"|总?经理|队员|会长|所长|站长|院长|科长|处长|部长|委员|会计|文书|秘书|村长|支书)"
)
_OFFICES = (
    r"副?(?:书记|主任|队长|组长|校长|局长|镇长|乡长|县长|市长|区长|主席|总?经理|会长|所长|站长|院长|科长"
    r"|处长|部长|村长)"
)
_BARE = re.compile(rf"(?P<before>[\u4e00-\u9fff]{{2}})(?P<office>{_OFFICES})")
_BEFORE = 3
"""Characters that may stand between an office and the name behind it: 主任(兼)、主任:."""
_BEHIND = re.compile(r"^(?:同志)?(?:任|担任|为|是|兼任?|[,(、]|系)?[^,;。、:]{0,6}?$")
_STOP = re.compile(r"[,;。!?、\n]")


def people_findings(cited: Sequence[Cited]) -> Iterator[Finding]:
    """Yield each name to which a quote gives another office than the sentence."""
    folded = cited[0].sentence.folded
    if _TITLE.search(folded) is None:
        return
    yield from _renamed(folded, "\n".join(one.quote.folded for one in cited))
    for start, end in people_in(folded):
        name, said = folded[start:end], _office(folded, start, end)
        if said is None:
            continue
        there = {
            office
            for one in cited
            for match in re.finditer(re.escape(name), one.quote.folded)
            if (office := _office(one.quote.folded, *match.span()))
        }
        if there and said not in there:
            yield Finding(Kind.NAME, f"{said}{name}")


def _renamed(folded: str, quotes: str) -> Iterator[Finding]:
    """支部主任 where the quotes say 支部书记: an office without a person, behind the same words."""
    for match in _BARE.finditer(folded):
        before, office = match["before"], match["office"]
        if f"{before}{office}" in quotes:
            continue
        there = re.findall(rf"{re.escape(before)}({_OFFICES})", quotes)
        if there and office not in there:
            yield Finding(Kind.NAME, f"{before}{office}")


def _office(folded: str, start: int, end: int) -> str | None:
    """The office next to a name, 副 and 原 with it; None without one."""
    first = max((m.end() for m in _STOP.finditer(folded, 0, start)), default=0)
    before = list(_TITLE.finditer(folded, first, start))
    if before and start - before[-1].end() <= _BEFORE:
        return _name_of(before[-1])
    stop = _STOP.search(folded, end)
    last = stop.start() if stop else len(folded)
    behind = _TITLE.search(folded, end, last)
    if behind is not None and _BEHIND.match(folded[end : behind.start()]):
        return _name_of(behind)
    return None


def _name_of(match: re.Match[str]) -> str:
    return (match["deputy"] or "") + match["office"]
