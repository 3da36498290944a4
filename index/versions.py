"""Of two versions of one report the later: what search prefers, and what it then leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePath

from index.archive_reader import ReportInfo
from index.chinese.fold import fold
from index.duplicates import Pair
from index.records import Hit

_DRAFT = re.compile(r"初稿|草稿|草案|讨论稿|征求意见|送审")
_FINAL = re.compile(r"定稿|终稿|最终|正式|印发|\(终\)|报送|\(报")
_SAME = 0.6
"""Share of their character pairs that two passages of versions have in common, to say the same."""


def superseded(pairs: Iterable[Pair], infos: Mapping[str, ReportInfo]) -> dict[str, str]:
    """Report id -> the id of its later version, for each report that has one.

    Later is what its file's name calls final, then the later dated, then the later name.
    """
    later: dict[str, str] = {}
    order = {report_id: number for number, report_id in enumerate(infos)}
    for pair in pairs:
        if pair.one not in infos or pair.other not in infos:
            continue
        one, other = infos[pair.one], infos[pair.other]
        old, new = sorted((one, other), key=lambda info: (*_lateness(info), order[info.id]))
        later[old.id] = new.id
    return later


def without_older(hits: Sequence[Hit], later: Mapping[str, str]) -> list[Hit]:
    """The hits but for those of an older version whose later one is there and says the same."""
    if not any(hit.stored.passage.report_id in later for hit in hits):
        return list(hits)
    by_report: dict[str, list[Hit]] = {}
    for hit in hits:
        by_report.setdefault(hit.stored.passage.report_id, []).append(hit)

    def said_later(hit: Hit) -> bool:
        report = hit.stored.passage.report_id
        pairs = _pairs(hit.stored.passage.text)
        seen = {report}
        while (report := later.get(report, "")) and report not in seen:
            seen.add(report)
            if any(_alike(pairs, other) for other in by_report.get(report, ())):
                return True
        return False

    return [hit for hit in hits if not said_later(hit)]


def _lateness(info: ReportInfo) -> tuple[int, date]:
    name = fold(f"{PurePath(info.source).stem} {info.described.title}")
    final = bool(_FINAL.search(name)) - bool(_DRAFT.search(name))
    return final, info.described.dated or date.min


def _alike(pairs: frozenset[str], other: Hit) -> bool:
    others = _pairs(other.stored.passage.text)
    return len(pairs & others) >= _SAME * max(1, min(len(pairs), len(others)))


def _pairs(text: str) -> frozenset[str]:
    plain = "".join(fold(text).split())
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
