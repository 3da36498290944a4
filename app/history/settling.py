"""Settling an alarm: a person's remark, with who and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.history import texts
from app.history.alarm import Alarm
from app.history.check import check
from app.terminal import user_name
from index import settled
from index.archive import Archive
from index.errors import NotFound, UsageError
from index.settled import Settlement


def settle(
    archive: Archive, alarm_id: str, remark: str, who: str | None = None, at: datetime | None = None
) -> Alarm:
    """Keep the remark on an alarm that is there now; raises NotFound, and UsageError for none."""
    if not remark.strip():
        raise UsageError(texts.EMPTY_REMARK)
    found = next((alarm for alarm in check(archive) if alarm.id == alarm_id), None)
    if found is None:
        raise unknown(alarm_id)
    return keep(archive, found, remark, who, at)


def keep(
    archive: Archive, alarm: Alarm, remark: str, who: str | None = None, at: datetime | None = None
) -> Alarm:
    """Keep the remark on an alarm that was found; raises UsageError for an empty one."""
    if not remark.strip():
        raise UsageError(texts.EMPTY_REMARK)
    when = at or datetime.now().astimezone()
    said = Settlement(remark.strip(), who or user_name(), when.isoformat(timespec="seconds"))
    settled.settle(archive, alarm.id, said)
    return replace(alarm, settled=said)


def unknown(alarm_id: str) -> NotFound:
    """The error for an alarm that is not there."""
    return NotFound(texts.no_such_alarm(alarm_id))


def reopen(archive: Archive, alarm_id: str) -> None:
    """Forget what was said of an alarm; raises NotFound where nothing was."""
    if not settled.reopen(archive, alarm_id):
        raise NotFound(texts.not_settled(alarm_id))
