"""Versions of drafts in office.db: added to, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, Integer, Table, Text, func, select

from index.database import Database
from index.errors import HuibaoError
from index.office import metadata, open_office

versions = Table(
    "draft_versions",
    metadata,
    Column("draft", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("content", Text, nullable=False),
)


class NotTheLastVersion(HuibaoError):
    """Somebody saved meanwhile; nothing was written, and what both wrote is still there."""

    def __init__(self, last: Version | None) -> None:
        self.last = last
        if last is None:
            super().__init__("这份稿子已被删除，没有保存；请另存为新稿")
        else:
            super().__init__(
                f"{last.who}已在{last.at}保存了第{last.number}版，您的修改没有保存，也没有丢；"
                "请在最新一版上再改"
            )


@dataclass(frozen=True)
class Version:
    """One version; `number` counts from 1, `at` is local time, ISO 8601 with its offset."""

    draft: str
    number: int
    who: str
    at: str
    remark: str


class DraftStore:
    """The versions of all drafts of an archive; the archive's folder must be there."""

    def __init__(self, folder: Path) -> None:
        self._database: Database = open_office(folder, [versions])

    def close(self) -> None:
        self._database.close()

    def save(self, version: Version, content: str) -> None:
        """Add a version; raises NotTheLastVersion unless its number follows the last one."""
        row = versions.c
        with self._database.changing() as db:
            last = db.execute(
                select(row.draft, row.number, row.who, row.at, row.remark)
                .where(row.draft == version.draft)
                .order_by(row.number.desc())
                .limit(1)
            ).first()
            if version.number != (last.number if last else 0) + 1:
                raise NotTheLastVersion(Version(*last) if last else None)
            db.execute(
                versions.insert(),
                {
                    "draft": version.draft,
                    "number": version.number,
                    "who": version.who,
                    "at": version.at,
                    "remark": version.remark,
                    "content": content,
                },
            )

    def kept(self, draft: str | None = None) -> list[Version]:
        """All versions of a draft, oldest first; of None, the last one of each draft."""
        row = versions.c
        wanted = select(row.draft, row.number, row.who, row.at, row.remark)
        if draft is not None:
            wanted = wanted.where(row.draft == draft).order_by(row.number)
        else:
            newest = select(row.draft, func.max(row.number).label("number")).group_by(row.draft)
            last = newest.subquery()
            wanted = wanted.join(
                last, (row.draft == last.c.draft) & (row.number == last.c.number)
            ).order_by(row.at, row.draft)
        with self._database.reading() as db:
            return [Version(*found) for found in db.execute(wanted)]

    def content(self, draft: str, number: int) -> str | None:
        """What was saved as this version; None where there is no such version."""
        row = versions.c
        with self._database.reading() as db:
            return db.execute(
                select(row.content).where(row.draft == draft, row.number == number)
            ).scalar_one_or_none()

    def remove(self, draft: str) -> bool:
        """Delete a draft with all its versions; False where there is none."""
        with self._database.changing() as db:
            gone = db.execute(versions.delete().where(versions.c.draft == draft))
            return gone.rowcount > 0
