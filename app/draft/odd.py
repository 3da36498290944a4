"""What is odd about a draft and has to be looked at before anybody signs it."""

from __future__ import annotations

from dataclasses import dataclass

from app.draft.draft import Draft
from app.draft.measured import measured
from app.draft.texts import name_in
from app.history.sums import sum_alarms


@dataclass(frozen=True)
class Odd:
    """One thing; `sentence` is the id of the one that says it, empty where none is known."""

    sentence: str
    what: str


def odd(draft: Draft) -> tuple[Odd, ...]:
    """Figures that fell or jumped or contradict, and parts that do not add up to their whole."""
    stated = measured(draft)
    found = []
    for row in draft.figures:
        if row.alarm and row.this is not None:
            value = row.this.removesuffix(row.unit)
            holds = (
                key
                for key, one in stated.items()
                if value in one.text and name_in(row.indicator) in one.folded
            )
            told = row.alarm if row.indicator in row.alarm else f"{row.indicator}：{row.alarm}"
            found.append(Odd(next(holds, ""), told))
    for key, statement in stated.items():
        if len(statement.figures) > 1:
            found += (
                Odd(key, f"{alarm.message}（{alarm.arithmetic}）")
                for alarm in sum_alarms(statement)
            )
    return tuple(dict.fromkeys(found))
