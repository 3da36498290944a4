"""`huibao reports set`: what a person types, as values of a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app import texts
from app.desk import report_or_raise
from index.archive import Archive
from index.chinese.fold import fold
from index.chinese.places import chain_at
from index.corrections import FIELDS, Value
from index.errors import UsageError
from index.gazetteer import Gazetteer
from index.records import Described, Period, Report


def correct(
    archive: Archive,
    report_id: str,
    values: Sequence[str],
    allows: Callable[[Described], bool] = lambda described: True,
) -> Report:
    """Set `field=value` for good; raises NotFound, or UsageError for a value of no use.

    `allows` says whether the report may be described so by whoever corrects it.
    """
    report = report_or_raise(archive, report_id)
    fields: dict[str, Value] = {}
    for text in values:
        name, equals, value = text.partition("=")
        if not equals or name.strip() not in FIELDS:
            raise UsageError(texts.bad_assignment(text))
        fields |= _fields(archive, report.described, name.strip(), value.strip())
    if not allows(_moved(report.described, fields)):
        raise UsageError(texts.OUTSIDE_LIMIT)
    archive.correct(report_id, fields)
    return report_or_raise(archive, report_id)


def _moved(described: Described, fields: Mapping[str, Value]) -> Described:
    """The description with the place that is to be set, if any."""
    if "place" not in fields:
        return described
    place, within = fields["place"], fields["within"]
    around = tuple(within) if isinstance(within, list) else ()
    return replace(described, place=place if isinstance(place, str) else None, within=around)


def _fields(archive: Archive, described: Described, name: str, value: str) -> dict[str, Value]:
    if name == "place":
        return _place(archive, described, fold(value))
    if name == "period" and value:
        try:
            return {name: Period.parse(value).key}
        except ValueError as error:
            raise UsageError(texts.bad_period(value)) from error
    if name == "title" and not value:
        raise UsageError(texts.EMPTY_TITLE)
    return {name: value or None}


def _place(archive: Archive, described: Described, value: str) -> dict[str, Value]:
    """双枧镇枧头村 is a village with its town; a name alone gets the town known for it."""
    chain = chain_at(value)
    if value and "".join(chain) == value:
        place, within = chain[-1], tuple(reversed(chain[:-1]))
    else:
        place, within = value, ()
    if place == described.place and not within:
        within = described.within
    if place and not within:
        known = Gazetteer(archive.known_places()).described(Described("", place=place))
        place, within = known.place or place, known.within
    return {"place": place or None, "within": list(within)}
