"""Where the reports of an archive tell of an indicator: as part of the place, or as work done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from app.draft.material import Said
from app.draft.telling import Told, told_under
from index.archive_reader import ArchiveReader
from index.ledger import headings_of

_AT_MOST = 300
"""Figures of an indicator that are looked at: its habit is plain long before."""
_FEWEST = 4


def habits(
    archive: ArchiveReader, said: Iterable[Said], without: frozenset[str]
) -> Mapping[str, float]:
    """Canonical name -> from 1, told where the place is described, to -1, told as work."""
    names = sorted({one.canonical for each in said for one in each.figures if one.canonical})
    counts: dict[str, Counter[Told]] = {}
    for name, report_id, heading in headings_of(archive, names, _AT_MOST):
        kinds = [kind for one in heading if (kind := told_under(one)) is not None]
        if report_id in without or Told.PLANS in kinds or Told.PROBLEMS in kinds:
            continue
        counts.setdefault(name, Counter())[kinds[-1] if kinds else Told.WORK] += 1
    return {
        name: 2 * count[Told.BASIC] / count.total() - 1
        for name, count in counts.items()
        if count.total() >= _FEWEST
    }
