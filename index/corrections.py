"""What a person decided of a report, and how it finds its report again in a changed file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.records import Described, Origin, Period
from index.sketch import Sketch, likeness

FIELDS = ("place", "period", "title", "unit", "genre")
"""What can be corrected; `within` follows the place."""

_WAS = ("title", "place", "within", "period")
"""What is kept of a report that is out: to list it by, and to know who may bring it back."""

FOLLOWS = 0.5
"""Likeness from which a changed text counts as the report that was corrected."""
STAYS_OUT = 0.8
"""The same for a removed report: in doubt a report comes back, for nothing is lost by that."""

Value = str | list[str] | None
"""A field as it is stored: periods by their keys, places around it as a list, None unknown."""


@dataclass(frozen=True)
class Correction:
    """A person's word on one report: values in place of those read, or that it is out."""

    report_id: str
    path: str
    sketch: Sketch
    """Of the text that was corrected."""
    fields: Mapping[str, Value]
    read: Mapping[str, Value]
    """What the program had read in these fields."""
    removed: bool = False

    def kept_for(self, described: Described) -> Correction:
        """What still holds for a changed text: not where it now says something else itself."""
        kept = {k: v for k, v in self.fields.items() if value_of(described, k) == self.read[k]}
        if "within" in kept and "place" not in kept:
            del kept["within"]
        return replace(self, fields=kept, read={name: self.read[name] for name in kept})

    def taken_out(self, described: Described) -> Correction:
        """The same for a report that is out; what it was is kept, to be listed by."""
        was = {name: value_of(described, name) for name in _WAS}
        return replace(self, removed=True, read={**was, **self.read})

    def taken_back(self) -> Correction:
        """The same for a report that is to come back."""
        read = {name: value for name, value in self.read.items() if name in self.fields}
        return replace(self, removed=False, read=read)

    def was(self, name: str) -> Value:
        """The title, place, places around it or period of a report that is out."""
        return self.fields[name] if name in self.fields else self.read.get(name)

    def applied(self, described: Described) -> Described:
        """The description with the person's values, which are sure."""
        values: dict[str, object] = dict(self.fields)
        if isinstance(key := values.get("period"), str):
            values["period"] = Period.parse(key)
        if isinstance(within := values.get("within"), list):
            values["within"] = tuple(within)
        origins = dict(described.origins)
        for name, value in self.fields.items():
            origins.pop(name, None)
            if name in FIELDS and value is not None:
                origins[name] = Origin.PERSON
        corrected = replace(described, **values, origins=tuple(origins.items()))  # type: ignore[arg-type]
        made = made_title(corrected.place, corrected.period)
        if "title" not in origins and made is not None:
            corrected = replace(corrected, title=made)
        return corrected


def made_title(place: str | None, period: Period | None) -> str | None:
    """A title for a report without one, of what is known of it."""
    if place is None and period is None:
        return None
    return f"{place or ''}{period.chinese if period else ''}工作报告"


def value_of(described: Described, name: str) -> Value:
    """A field of a description as it is stored."""
    value = getattr(described, name)
    if isinstance(value, Period):
        return value.key
    return list(value) if isinstance(value, tuple) else value


def of_report(
    corrections: Iterable[Correction], report_id: str, path: str, sketch: Sketch
) -> tuple[Correction, bool] | None:
    """The correction that a report is due, and whether its text is exactly the one corrected."""
    corrections = list(corrections)
    for correction in corrections:
        if correction.report_id == report_id:
            return correction, True
    like = [(likeness(c.sketch, sketch), c) for c in corrections if c.path == path]
    share, best = max(like, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or share < (STAYS_OUT if best.removed else FOLLOWS):
        return None
    return best, False


def due(
    corrections: Sequence[Correction], path: str, reports: Sequence[tuple[str, Sketch]]
) -> dict[str, tuple[Correction, bool]]:
    """Report id -> its correction, for the reports of one file; each is given once."""
    ids = {report_id for report_id, _ in reports}
    free = [c for c in corrections if c.report_id in ids or c.path == path]
    given: dict[str, tuple[Correction, bool]] = {}
    for report_id, sketch in sorted(
        reports, key=lambda one: one[0] not in {c.report_id for c in free}
    ):
        others = [c for c in free if c.report_id == report_id or c.report_id not in ids]
        if found := of_report(others, report_id, path, sketch):
            given[report_id] = found
            free.remove(found[0])
    return given
