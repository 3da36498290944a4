"""Printed rows to paragraphs: by where a row ends and where the next one begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.layout.page import joined
from ingest.layout.rows import Row
from ingest.lines import Line

# In characters. A justified row may end one short where punctuation may not begin the next.
_SHORT = 2.6
_SHORT_OPEN = 4.2
"""The same for a row that ends inside a sentence: a number that did not fit moves down whole."""
_INDENT = 1.2
_CENTRED = 2.5
_LARGER = 1.15
_FULL = 0.7
"""Share of the widest row's width from which a row tells where the margins are."""
_OTHER_SIZE = 1.25
_OTHER_SIZE_ROUGH = 1.6
_FAR = 1.9
"""In row distances: what is further down begins anew."""
_APART = 1.3
"""The same after the end of a sentence: paragraphs are often set a little apart."""
_ROWS_STEP = 0.25
"""The distance of rows is that of the closest quarter: in lists most rows are paragraphs."""
_END = re.compile(r"[。！？；：!?;:…][”’」）)]?$")
_MARKER = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}(?:部分|章|篇|条)|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]|附件?[:：]"
    r"|[一二三四五六七八九十]{1,2}是|\d{1,2}\.\d{1,2}(?=[\u4e00-\u9fff])(?![万亿元公亩吨千百户人个]))"
)


@dataclass(frozen=True)
class Margins:
    """Where the rows of running text begin and end on a page."""

    left: float
    right: float


@dataclass(frozen=True)
class Printed:
    """A row with what has to be known of its page."""

    row: Row
    page: int
    margins: Margins
    rough: bool = False


def margins(rows: Sequence[Row], otherwise: Margins | None = None) -> Margins | None:
    """The margins that the widest rows show; `otherwise` where too few show any."""
    if not rows:
        return otherwise
    widest = max(row.right - row.left for row in rows)
    full = [row for row in rows if row.right - row.left > _FULL * widest]
    if len(full) < 3 and otherwise is not None:
        return otherwise
    # Rows that begin a paragraph are indented, so the left margin is that of the leftmost half.
    lefts = sorted(row.left for row in full)
    rights = sorted(row.right for row in full)
    return Margins(lefts[len(lefts) // 4], rights[(3 * len(rights)) // 4])


def paragraphs(printed: Sequence[Printed]) -> list[Line]:
    """Put rows together that are one paragraph, over the ends of pages too."""
    if not printed:
        return []
    body = median(one.row.em for one in printed for _ in range(len(one.row.text) // 5 + 1))
    steps = sorted(
        below.row.middle - above.row.middle
        for above, below in pairwise(printed)
        if above.page == below.page
    )
    step = steps[int(_ROWS_STEP * len(steps))] if steps else 0.0
    groups: list[list[Printed]] = []
    for one in printed:
        if groups and _goes_on(groups[-1][-1], one, body, step):
            groups[-1].append(one)
        else:
            groups.append([one])
    return [_line(group) for group in groups]


def _line(group: Sequence[Printed]) -> Line:
    line = Line(group[0].row.text, page=group[0].page, sure=group[0].row.sure)
    for one in group[1:]:
        added = joined(line.text, one.row.text)[len(line.text) :]
        line = line.followed_by(Line(added, page=one.page, sure=one.row.sure))
    return line


def _goes_on(above: Printed, below: Printed, body: float, step: float) -> bool:
    open_end = not _END.search(above.row.text)
    far = (_FAR if open_end or above.rough else _APART) * max(1.0, above.row.em / body)
    down = below.row.middle - above.row.middle
    if _differ(above, below) or (above.page == below.page and down > far * step):
        return False
    if _is_centred(above, body) and _is_centred(below, body):
        # A title over two rows; in the size of the text it is a list of names.
        large = min(above.row.em, below.row.em) > _LARGER * body
        return large and open_end and not above.rough
    em = above.row.em
    indented = below.row.left > below.margins.left + _INDENT * em
    if indented:
        return False
    missing = (above.margins.right - above.row.right) / em
    if missing > (_SHORT_OPEN if open_end else _SHORT):
        return False
    return open_end or not _MARKER.match(below.row.text)


def _differ(above: Printed, below: Printed) -> bool:
    larger, smaller = sorted((above.row.em, below.row.em), reverse=True)
    limit = _OTHER_SIZE_ROUGH if above.rough or below.rough else _OTHER_SIZE
    return larger > limit * smaller


def _is_centred(one: Printed, body: float) -> bool:
    left = one.row.left - one.margins.left
    right = one.margins.right - one.row.right
    return min(left, right) > _CENTRED * body and abs(left - right) < max(left, right) * 0.4
