"""Each figure of a draft beside the last period's, in words, with what is odd about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from app.draft import texts
from app.draft.asking import months, when_of
from app.draft.calling import is_called
from app.draft.draft import ComparedFigure, Draft, SentenceKind
from app.draft.material import Earlier, Said
from app.draft.naming import Names
from app.draft.notes import statement_of
from app.draft.placing import name_of, same_thing
from app.history.across import across_alarms
from app.history.amounts import exact, in_unit, rounded, shown
from app.history.statements import Statement
from app.history.told import told
from index.records import Figure, FigureKind, Period


def compared(
    draft: Draft,
    earlier: Earlier,
    notes: Sequence[Said],
    cite: Callable[[Statement], int | None],
) -> Draft:
    """The draft with its comparison table: what was handed in first, then what is missing."""
    last = earlier.last
    now_of = earlier.covered(draft.period)
    told_of = earlier.covered(last.period) if last is not None and last.period else None
    before = [one for one in earlier.told if last is not None and one.report_id == last.id]
    names = Names(earlier.said, draft.place)
    said_of = {
        (f.report_id, f.ordinal): one for one in (*earlier.said, *notes) for f in one.figures
    }

    def name(figure: Figure) -> str:
        own = said_of.get((figure.report_id, figure.ordinal))
        return row_name(figure, own, names)

    now = [statement_of(one) for one in notes if one.figures]
    alarms = _alarms(draft.place, [*earlier.told, *now], {one.report.id for one in notes})
    standing = _standing(draft)
    rows: list[ComparedFigure] = []
    met: set[tuple[str, int]] = set()
    for statement in now:
        for figure in statement.figures:
            if figure.as_of is not None and figure.as_of.end < now_of.start:
                continue
            old = _match(figure, before, name)
            cited = [cite(statement)]
            if old is not None:
                met.add((old[1].report_id, old[1].ordinal))
                cited.append(cite(old[0]))
            numbers = tuple(dict.fromkeys(n for n in cited if n is not None))
            then = old[1] if old else None
            rows.append(
                ComparedFigure(
                    name(figure) or name_of(figure) or figure.indicator,
                    figure.unit,
                    shown(figure),
                    _then(then, told_of) if then else None,
                    change_of(then, figure)
                    if then and _comparable(then, told_of, now_of)
                    else None,
                    numbers,
                    alarms(figure) or _contradicted(figure, statement, now),
                )
            )
    for statement in before:
        for figure in statement.figures:
            key = (figure.report_id, figure.ordinal)
            label = name(figure)
            if key in met or figure.kind is FigureKind.TARGET or not label:
                continue
            if any(row.indicator == label and row.unit == figure.unit for row in rows):
                continue
            number = cite(statement)
            own = (number,) if number is not None else ()
            then_said = _then(figure, told_of)
            if number is not None and shown(figure) in standing.get(number, ""):
                kept = ComparedFigure(
                    label, figure.unit, shown(figure), then_said, texts.SAME_PLACE, own
                )
                rows.append(kept)
                continue
            rows.append(ComparedFigure(label, figure.unit, None, then_said, None, own))
    return replace(draft, figures=tuple(rows))


def row_name(figure: Figure, said: Said | None, names: Names) -> str:
    """What a row of the table calls a figure: a plan as such; empty where no whole name is said."""
    label = names.of(figure, said) if said is not None else name_of(figure)
    return texts.planned(label) if label and figure.kind is FigureKind.TARGET else label


def _then(figure: Figure, told_of: Period | None) -> str:
    """A last value; with its time where that is not the time of the last report."""
    when = figure.as_of
    if when is None or told_of is None or when.end >= told_of.start:
        return shown(figure)
    return texts.value_at(shown(figure), when_of(figure, ""))


def _comparable(old: Figure, told_of: Period | None, now_of: Period) -> bool:
    """What was done in a time before the last report's is no measure for what was done in this.

    Nor is what was done in half a year for what was done in a whole one.
    """
    if old.kind is not FigureKind.FLOW or told_of is None:
        return True
    early = old.as_of is not None and old.as_of.end < told_of.start
    return not early and months(told_of) == months(now_of)


def _standing(draft: Draft) -> dict[int, str]:
    """Citation -> what the draft says of the place by it, which does not change."""
    found: dict[int, str] = {}
    for one in (one for part in draft.sections for one in part.sentences):
        for n in one.citations if one.kind is SentenceKind.STANDING else ():
            found[n] = found.get(n, "") + one.text
    return found


def alarmed(draft: Draft, earlier: Earlier, stated: Mapping[str, Statement]) -> Draft:
    """The draft with the alarms of its comparison table made anew from what its sentences state.

    A row that no sentence states keeps the alarm that it has.
    """
    now = list(stated.values())
    alarms = _alarms(draft.place, [*earlier.told, *now], {one.report_id for one in now})
    rows = []
    for row in draft.figures:
        told = [
            alarms(figure) or _contradicted(figure, statement, now)
            for statement in now
            for figure in statement.figures
            if row.this is not None
            and row.unit == figure.unit
            and is_called(figure, texts.name_in(row.indicator))
            and shown(figure).removesuffix(figure.unit) == row.this.removesuffix(row.unit)
        ]
        rows.append(replace(row, alarm=next(filter(None, told), None)) if told else row)
    return replace(draft, figures=tuple(rows))


def change_of(old: Figure, new: Figure) -> str | None:
    """From the last value to this one in words; None where the two cannot be compared."""
    if not exact((old, new)) or old.base_unit != new.base_unit:
        return None
    difference = new.base - old.base
    if not difference:
        return texts.SAME
    if new.unit in ("%", "个百分点"):
        points = rounded(abs(new.value - old.value))
        return texts.rose_points(points) if difference > 0 else texts.fell_points(points)
    amount = in_unit(abs(difference), new)
    return texts.grew(amount) if difference > Decimal(0) else texts.fell(amount)


def _match(
    figure: Figure, before: Sequence[Statement], name: Callable[[Figure], str]
) -> tuple[Statement, Figure] | None:
    """The last report's figure of the same thing; of several the one that is called the same."""
    found = [(s, f) for s in before for f in s.figures if same_thing(figure, f)]
    exactly = [(s, f) for s, f in found if name_of(f) == name_of(figure)]
    label = name(figure)
    if not found and label:  # 全村共有310户: only the words around it name it
        exactly = [(s, f) for s in before for f in s.figures if f.unit == figure.unit]
    called_so = [(s, f) for s, f in exactly if name(f) == label]
    return next(iter(called_so or (exactly if found else ()) or found), None)


def _alarms(
    place: str, said: Sequence[Statement], notes: set[str]
) -> Callable[[Figure], str | None]:
    """What the rules of the history find odd about a figure of these notes."""
    found = [
        (cited, alarm.message)
        for alarm in across_alarms(told(said).get(place, ()))
        for cited in alarm.citations
        if cited.report_id in notes
    ]

    def odd(figure: Figure) -> str | None:
        # An alarm cites the clause: of 612户23210人 only one of them jumped.
        return next(
            (
                message
                for cited, message in found
                if cited.report_id == figure.report_id and cited.start <= figure.start < cited.end
            ),
            None,
        )

    return odd


def _contradicted(figure: Figure, statement: Statement, now: Sequence[Statement]) -> str | None:
    for other in now:
        for one in other.figures:
            same = one.kind is figure.kind and one.part_of is None and figure.part_of is None
            if (
                same
                and other is not statement
                and name_of(one) == name_of(figure)
                and same_thing(one, figure)
                and one.qualifier == figure.qualifier
                and one.base != figure.base
            ):
                return f"{texts.OTHER_VALUE}：{shown(figure)}、{shown(one)}"
    return None
