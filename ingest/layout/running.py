"""Page numbers, headers and footers: what stands at the same height on most pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.layout.page import Page
from ingest.layout.rows import Row

_OUTERMOST = 2
"""So many rows at the top and at the bottom of a page may be header or footer."""
_BANDS = 50
"""Heights are compared in fiftieths of the page."""
_DASH = r"[-—–－一·•.~\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}第?\s*(?:\d{{1,4}}|[ivxIVX]{{1,5}})\s*页?{_DASH}"
    r"(?:[,，/|]?\s*共?\s*\d{1,4}\s*页?)?"
    rf"{_DASH}"
)
_MARGIN = 0.12
"""The part of a page's height at its top and bottom where a bare number is its page number."""
_DIGITS = re.compile(r"\d+")


def without_running(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The rows of each page without page numbers and what recurs at its head or foot."""
    seen: Counter[tuple[str, int]] = Counter()
    for page, own in zip(pages, rows, strict=True):
        keys = {_key(page, row) for row in _edge(own)}
        # A neighbouring band too: the same footer is seldom at exactly the same height in a scan.
        seen.update({(name, at + by) for name, at in keys for by in (-1, 0, 1)})
    needed = max(2, 0.5 * len(pages))
    kept: list[list[Row]] = []
    for page, own in zip(pages, rows, strict=True):
        running = {
            id(row)
            for row in _edge(own)
            if seen[_key(page, row)] >= needed or _is_page_number(page, row)
        }
        kept.append([row for row in own if id(row) not in running])
    return kept


def _edge(rows: Sequence[Row]) -> list[Row]:
    return [*rows[:_OUTERMOST], *rows[_OUTERMOST:][-_OUTERMOST:]]


def _key(page: Page, row: Row) -> tuple[str, int]:
    name = _DIGITS.sub("#", row.text.replace(" ", ""))
    return name, int(_BANDS * (row.top + row.bottom) / 2 / page.height)


def _is_page_number(page: Page, row: Row) -> bool:
    outer = row.bottom < _MARGIN * page.height or row.top > (1 - _MARGIN) * page.height
    return outer and bool(_PAGE_NUMBER.fullmatch(row.text))
