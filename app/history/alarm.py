"""An alarm: figures of the archive that cannot all be right, with the words that state them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.history.statements import Citation
from index.records import Period
from index.settled import Settlement


class AlarmKind(StrEnum):
    """What is wrong."""

    SUM = "sum"
    """分项与合计不符: parts do not add up to their whole."""
    PART = "part"
    """部分大于总数."""
    RATIO = "ratio"
    """比率、增幅、人均 that its own numbers contradict."""
    CUMULATIVE = "cumulative"
    """累计数减少."""
    JUMP = "jump"
    """存量突变: an order of magnitude, or a unit, from one period to the next."""
    DISAGREE = "disagree"
    """两份报告不一致 about one place and time."""
    TARGET = "target"
    """计划数当成完成数."""


@dataclass(frozen=True)
class Alarm:
    """One contradiction; `citations` holds every side of it."""

    kind: AlarmKind
    place: str | None
    period: Period | None
    message: str
    arithmetic: str
    citations: tuple[Citation, ...]
    settled: Settlement | None = None

    @property
    def id(self) -> str:
        """The same as long as its words are, whatever else changes in their files."""
        said = [
            [one.described.place, _key(one.described.period), one.quote] for one in self.citations
        ]
        text = json.dumps([self.kind.value, self.place, sorted(said, key=str)], ensure_ascii=False)
        return "a" + hashlib.sha256(text.encode()).hexdigest()[:10]


def merged(alarms: Sequence[Alarm]) -> list[Alarm]:
    """Each once, by place, period and kind; of the same words only the first."""
    seen: dict[str, Alarm] = {}
    for alarm in alarms:
        seen.setdefault(alarm.id, alarm)
    return sorted(seen.values(), key=_order)


def _order(alarm: Alarm) -> tuple[str, date, date, str, str]:
    period = alarm.period
    end, start = (period.end, period.start) if period else (date.min, date.min)
    return alarm.place or "", end, start, alarm.kind.value, alarm.id


def _key(period: Period | None) -> str | None:
    return period.key if period else None
