"""What people said of answers, in office.db: the cases that the next evaluation starts from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Boolean, Column, Table, Text, select
from sqlalchemy.dialects.sqlite import insert as upsert

from index.office import metadata, open_office

opinions = Table(
    "answer_opinions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("good", Boolean, nullable=False),
    Column("content", Text, nullable=False),
)


@dataclass(frozen=True)
class Opinion:
    """What one person said of one answer; `at` is local time, ISO 8601 with its offset."""

    id: str
    at: str
    who: str
    question: str
    before: tuple[str, ...]
    """The questions of the same conversation before this one."""
    answer: str
    """The answer in words, or the refusal."""
    sources: tuple[str, ...]
    """The cited files, in the order of their numbers."""
    good: bool
    remark: str = ""


class Feedback:
    """The opinions kept with an archive; its folder must be there."""

    def __init__(self, folder: Path) -> None:
        self._database = open_office(folder, [opinions])

    def close(self) -> None:
        self._database.close()

    def keep(self, opinion: Opinion) -> None:
        """Write an opinion down, in place of what has its id: a remark may follow the thumb."""
        content = json.dumps(asdict(opinion), ensure_ascii=False)
        row = {"at": opinion.at, "good": opinion.good, "content": content}
        put = upsert(opinions).on_conflict_do_update(["id"], set_=row)
        with self._database.changing() as db:
            db.execute(put, {"id": opinion.id, **row})

    def kept(self, good: bool | None = None) -> list[Opinion]:
        """All opinions, or only the good or the bad ones; the oldest first."""
        query = select(opinions.c.content).order_by(opinions.c.at, opinions.c.id)
        if good is not None:
            query = query.where(opinions.c.good == good)
        with self._database.reading() as db:
            return [_opinion(content) for content in db.scalars(query)]


def _opinion(content: str) -> Opinion:
    stored = json.loads(content)
    lists = {name: tuple(stored[name]) for name in ("before", "sources")}
    return Opinion(**{**stored, **lists})
