"""Alarms that a person has looked at: who, when, and with what remark."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert

from index import schema
from index.archive import Archive
from index.archive_reader import ArchiveReader


@dataclass(frozen=True)
class Settlement:
    """A person's word on an alarm; `at` is local time, ISO 8601 to the second with its offset."""

    remark: str
    who: str
    at: str


def settlements(archive: ArchiveReader) -> dict[str, Settlement]:
    """Alarm id -> what was said of it."""
    table = schema.settled.c
    with archive.reading() as db:
        rows = db.execute(select(table.id, table.remark, table.who, table.at))
        return {row.id: Settlement(row.remark, row.who, row.at) for row in rows}


def settle(archive: Archive, alarm_id: str, settlement: Settlement) -> None:
    """Keep a person's word on an alarm, in place of an earlier one; the lock must be held."""
    row = {"remark": settlement.remark, "who": settlement.who, "at": settlement.at}
    with archive.changing() as db:
        db.execute(
            upsert(schema.settled).on_conflict_do_update(["id"], set_=row), {"id": alarm_id, **row}
        )


def reopen(archive: Archive, alarm_id: str) -> bool:
    """Forget what was said of an alarm; False where nothing was."""
    table = schema.settled
    with archive.changing() as db:
        return db.execute(table.delete().where(table.c.id == alarm_id)).rowcount > 0
