"""What keyword search keeps of a passage: its fields, and the keys of the times it speaks of."""

from __future__ import annotations

from functools import lru_cache

import tantivy

from index.chinese.fold import fold
from index.chinese.genres import genre_keys
from index.chinese.periods import find_periods
from index.chinese.places import level
from index.chinese.words import index_words, pairs
from index.context import context_line
from index.records import Described, Passage, Period, anchor_of

VERSION = 4
"""Raised when fields or analysis change, so that an index of the old kind is rebuilt."""

ANY_LEVEL = "any"
"""The level of a report that speaks for no place that we know."""


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("passage", stored=False, indexed=True, fast=True)
    for name in ("report", "place", "unit", "genre", "level", "period", "stated"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("context", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    return builder.build()


def document(described: Described, passage: Passage) -> dict[str, object]:
    """The fields of one passage but for its number, as plain values a worker process can send."""
    return {
        **_of_report(described, passage),
        "body": " ".join(index_words(passage.text)),
        "pairs": " ".join(pairs(passage.text)),
    }


def redescribed(
    fields: dict[str, object], described: Described, passage: Passage
) -> dict[str, object]:
    """The fields of a passage whose report is described otherwise; its own words are kept."""
    return {**fields, **_of_report(described, passage)}


def _of_report(described: Described, passage: Passage) -> dict[str, object]:
    return {
        "report": passage.report_id,
        "place": place_keys(described),
        "unit": fold(described.unit or ""),
        "genre": genre_keys(fold(described.genre or "")),
        "level": str(level(described.place or "") or ANY_LEVEL),
        "period": period_keys(described.period),
        "stated": sorted(stated_keys(passage.text, described)),
        "context": _context_words(context_line(described, passage.heading)),
    }


@lru_cache(maxsize=256)
def _context_words(line: str) -> str:
    # The passages of a section share it, and cutting it is a quarter of the work.
    return " ".join(index_words(line))


def place_keys(described: Described) -> list[str]:
    """The report's place, the same below each place around it, and these with nothing below.

    Of two 龙泉村 `石门镇/龙泉村` is one, and `石门镇/` is every report from that town.
    """
    place = fold(described.place or "")
    around = [fold(name) for name in described.within]
    return [place, *(f"{name}/{place}" for name in around), *(f"{name}/" for name in around)]


def period_keys(period: Period | None) -> list[str]:
    """The period's own key and those of the standard periods that contain it.

    A question about 2018 is then one term that finds the year, its halves and its days.
    """
    if period is None:
        return []
    year, month = period.start.year, period.start.month
    wider = (
        f"{year}",
        f"{year}H{(month + 5) // 6}",
        f"{year}Q{(month + 2) // 3}",
        f"{year}-{month:02d}",
    )
    return sorted({period.key, *(key for key in wider if period.within(Period.parse(key)))})


def keys_inside(period: Period) -> list[str]:
    """The keys by which `period_keys` marks what lies within a period that is asked about.

    A standard period is its own key; 前9个月 and 十三五 are also the months and years in them.
    """
    keys = {period.key}
    for year in range(period.start.year, period.end.year + 1):
        keys |= {
            part.key
            for part in (
                Period.year(year),
                *(Period.half(year, half) for half in (1, 2)),
                *(Period.months(year, 3 * n - 2, 3 * n) for n in (1, 2, 3, 4)),
                *(Period.months(year, month, month) for month in range(1, 13)),
            )
            if part.within(period)
        }
    return sorted(keys)


def stated_keys(text: str, described: Described) -> set[str]:
    """Keys of the periods that a passage's own words name, relative ones by its report's date."""
    mentions = find_periods(fold(text), anchor_of(described))
    return {key for mention in mentions for key in period_keys(mention.period)}
