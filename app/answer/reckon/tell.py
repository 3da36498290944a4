"""Rows to the sentences of an answer: every number cited, every sum with its arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.answer.answer import Sentence
from app.answer.reckon import texts
from app.answer.reckon.row import Row
from app.answer.reckon.rows import Gap, Rows
from app.answer.reckon.topic import Doing, Topic
from index.records import FigureKind

_LEAP = 4
"""Days by which one half-year is longer than another."""
Cite = Callable[[Row], int]
"""Gives the number of the citation for a row."""


@dataclass(frozen=True)
class Told:
    """The sentences, the one value that answers where there is one, and how they are cited."""

    direct: str | None
    sentences: tuple[Sentence, ...]


def tell(topic: Topic, rows: Rows, cite: Cite) -> Told:
    """Word the rows by what is done with them; the denominator and the gaps come last."""
    direct, sentences = _DOING[topic.doing](topic, rows.rows, cite)
    if rows.gaps and direct is not None and topic.doing is not Doing.DIFFERENCE:
        # What is missing may be the largest; the rest's total is not the whole's.
        over = topic.doing is Doing.OVER
        without = [gap.period.chinese if over and gap.period else gap.place for gap in rows.gaps]
        direct = texts.incomplete(direct, list(dict.fromkeys(without)))
        if topic.doing in (Doing.MOST, Doing.LEAST, Doing.COUNT):
            sentences = [replace(sentences[0], text=direct), *sentences[1:]]
    ending = texts.rests_on(
        len({row.figure.report_id for row in rows.rows}), _gaps(rows.gaps, filed=False),
        _gaps(rows.gaps, filed=True),
        [texts.until(gap.place, gap.until.chinese) for gap in rows.gaps if gap.until],
    )  # fmt: skip
    if direct is not None and sentences[0].text != direct:
        sentences = [Sentence(direct, _all(sentences)), *sentences]
    disputed = [
        Sentence(texts.disputed(row.place, shown(row), shown(other)), (cite(row), cite(other)))
        for row in rows.rows
        if row.other is not None
        for other in (replace(row, entry=row.other, other=None),)
    ]
    return Told(direct, (*sentences, *disputed, *_otherwise(rows, cite), Sentence(ending, ())))


def _otherwise(rows: Rows, cite: Cite) -> list[Sentence]:
    """What a few rows are called that is not what the others are: 可支配收入 beside 纯收入."""
    names = [row.figure.canonical for row in rows.rows]
    usual = max(dict.fromkeys(names), key=names.count, default=None)
    others = [row for row in rows.rows if row.figure.canonical != usual]
    if usual is None or any(row.figure.canonical is None for row in others):
        return []
    return [
        Sentence(texts.otherwise(row.place, row.figure.indicator), (cite(row),)) for row in others
    ]


def tell_stated(rows: Sequence[Row], cite: Cite) -> Told:
    """Word a total that a wider place states itself; nothing is added to it."""
    direct = "、".join(dict.fromkeys(shown(row) for row in rows))
    first = Sentence(direct, tuple(dict.fromkeys(cite(row) for row in rows)))
    return Told(direct, (first, *_lines(rows, cite)))


def shown(row: Row) -> str:
    """The figure as the report writes it."""
    figure = row.figure
    value = f"{figure.value.normalize():f}"
    high = f"—{figure.high.normalize():f}" if figure.high is not None else ""
    soft = texts.softened(figure.approx) if _soft(row) else ""
    return f"{value}{high}{figure.unit or figure.base_unit}{soft}"


def _soft(row: Row) -> bool:
    """Whether the figure is not exact: 约300亩, 5—8户; 达到 only says that it was reached."""
    return row.figure.high is not None or row.figure.approx not in ("", "达到")


def _lines(rows: Sequence[Row], cite: Cite) -> list[Sentence]:
    """A line for each place and time, households and persons together."""
    lines: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        when = row.figure.as_of or row.period
        lines.setdefault((row.place, when.chinese if when else ""), []).append(row)
    return [
        Sentence(
            texts.line(place, when, "、".join(shown(row) for row in own)),
            tuple(dict.fromkeys(cite(row) for row in own)),
            listed=True,
        )
        for (place, when), own in lines.items()
    ]


def _listed(topic: Topic, rows: Sequence[Row], cite: Cite) -> tuple[str | None, list[Sentence]]:
    return None, _lines(rows, cite)


def _trend(topic: Topic, rows: Sequence[Row], cite: Cite) -> tuple[str | None, list[Sentence]]:
    sentences = _lines(rows, cite)
    for (place, _), all_of_it in _grouped(rows, lambda row: (row.place, row.kind)).items():
        own = _as_long(all_of_it)
        first, last = own[0], own[-1]
        if len(own) < 2 or first.figure.base_unit != last.figure.base_unit:
            continue
        change = last.figure.base - first.figure.base
        size = _number(abs(change), _unit_of((first, last)))
        told = texts.change(place, shown(first), shown(last), size, change)
        sentences.append(Sentence(told, (cite(first), cite(last))))
    return None, sentences


def _as_long(rows: Sequence[Row]) -> Sequence[Row]:
    """Of what happened, the rows of as long a time as the last: no half beside a year."""
    if rows[-1].figure.kind is FigureKind.STOCK or "累计" in rows[-1].figure.qualifier:
        return rows
    length = _days(rows[-1])
    return [row for row in rows if abs(_days(row) - length) <= _LEAP]


def _days(row: Row) -> int:
    when = row.figure.as_of or row.period
    return (when.end - when.start).days if when else 0


def _summed(topic: Topic, rows: Sequence[Row], cite: Cite) -> tuple[str | None, list[Sentence]]:
    totals: list[str] = []
    sums: list[Sentence] = []
    for own in _grouped(rows, lambda row: (row.figure.base_unit,)).values():
        unit = _unit_of(own)
        total = sum((row.figure.base for row in own), Decimal(0))
        totals.append(_number(total, unit))
        terms = " + ".join(_number(row.figure.base, unit, bare=True) for row in own)
        if any(map(_soft, own)):
            totals[-1] += texts.softened("")
        told = texts.total(f"{terms} = {totals[-1]}")
        sums.append(Sentence(told, tuple(dict.fromkeys(cite(row) for row in own))))
    return "、".join(totals), [*sums, *_lines(rows, cite)]


def _extreme(topic: Topic, rows: Sequence[Row], cite: Cite) -> tuple[str | None, list[Sentence]]:
    most = topic.doing is Doing.MOST
    unit = rows[0].figure.base_unit
    ordered = sorted(
        (row for row in rows if row.figure.base_unit == unit),
        key=lambda row: row.figure.base,
        reverse=most,
    )
    best = [row for row in ordered if row.figure.base == ordered[0].figure.base]
    direct = "、".join(f"{row.place}（{shown(row)}）" for row in best)
    if topic.ranked:
        return None, _lines(ordered, cite)
    told = Sentence(direct, tuple(cite(row) for row in best))
    return direct, [told, *_lines(ordered[len(best) :], cite)]


def _difference(topic: Topic, rows: Sequence[Row], cite: Cite) -> tuple[str | None, list[Sentence]]:
    one, other = rows[0], rows[1]
    unit = _unit_of((one, other))
    change = one.figure.base - other.figure.base
    larger, smaller = (one, other) if change >= 0 else (other, one)
    size = _number(abs(change), unit)
    told = texts.difference(
        _number(larger.figure.base, unit, bare=True),
        _number(smaller.figure.base, unit, bare=True),
        size,
    )
    direct = texts.more_or_less(size, change)
    return direct, [Sentence(told, (cite(larger), cite(smaller))), *_lines(rows, cite)]


def _counted(topic: Topic, rows: Sequence[Row], cite: Cite) -> tuple[str | None, list[Sentence]]:
    fitting = [row for row in rows if topic.bound is None or topic.bound.holds(row.figure.base)]
    direct = texts.counted(len({row.place for row in fitting}))
    return direct, [Sentence(direct, tuple(cite(row) for row in fitting)), *_lines(fitting, cite)]


_DOING = {
    Doing.LIST: _listed,
    Doing.TREND: _trend,
    Doing.SUM: _summed,
    Doing.OVER: _summed,
    Doing.MOST: _extreme,
    Doing.LEAST: _extreme,
    Doing.DIFFERENCE: _difference,
    Doing.COUNT: _counted,
}


def _grouped(
    rows: Iterable[Row], key: Callable[[Row], tuple[str, ...]]
) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _all(sentences: Sequence[Sentence]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for sentence in sentences[:1] for n in sentence.citations))


def _unit_of(rows: Sequence[Row]) -> tuple[str, Decimal]:
    """The unit that all the rows are written in, 万元 or 吨, and how many base units it holds.

    So that the sum of 9450吨 and 9320吨 is told in 吨; where they differ, the base unit.
    """
    first = rows[0].figure
    same = {row.figure.unit for row in rows} == {first.unit}
    written = next((row.figure for row in rows if row.figure.value), None)
    if same and first.unit and written is not None and written.base != written.value:
        return first.unit, written.base / written.value
    scales = {row.figure.unit[:1] if row.figure.unit[:1] in "万亿" else "" for row in rows}
    scale = scales.pop() if len(scales) == 1 else ""
    return f"{scale}{first.base_unit}", Decimal({"万": 10_000, "亿": 100_000_000}.get(scale, 1))


def _number(value: Decimal, unit: tuple[str, Decimal], *, bare: bool = False) -> str:
    name, holds = unit
    number = (value / holds).normalize()
    return f"{number:f}" + ("" if bare else name)


def _gaps(gaps: Sequence[Gap], *, filed: bool) -> list[str]:
    return [
        texts.gap(gap.place, gap.period.chinese if gap.period else None)
        for gap in gaps
        if gap.filed is filed and gap.until is None
    ]
