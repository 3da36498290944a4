"""The tables of archive.db, the one truth; everything beside it can be rebuilt from it."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

VERSION = 2
"""Raised when the tables change; an archive of another version is refused, not guessed at."""

metadata = MetaData()

settings = Table(
    "settings",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What must not change silently: schema version, embedder identity (JSON)."""

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", String, nullable=False, unique=True),  # absolute: what the file is known by
    Column("shown", String, nullable=False),  # the path as it was ingested
    Column("sha256", String, nullable=False, index=True),
    Column("reader", Integer, nullable=False),  # version of the reading rules it was read with
)

reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column(
        "source_id",
        Integer,
        ForeignKey("sources.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("ordinal", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("place", String, index=True),
    Column("within", Text, nullable=False),  # JSON list, the nearest first
    Column("unit", Text),
    Column("period", String, index=True),
    Column("genre", String),
    Column("dated", Date),
    Column("dated_start", Integer),
    Column("dated_end", Integer),
    Column("origins", Text, nullable=False),  # JSON object: field -> where its value came from
    Column("fragment", Boolean, nullable=False),
    # The rules by which its figures were read; null while they wait to be.
    Column("measured", String),
    Column("text", Text, nullable=False),
    Column("sketch", LargeBinary, nullable=False),  # what near-duplicates are told by
)

passages = Table(
    "passages",
    metadata,
    # AUTOINCREMENT: a number is never given again, so a stale index cannot name another passage.
    Column("id", Integer, primary_key=True),
    Column(
        "report_id",
        String,
        ForeignKey("reports.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("ordinal", Integer, nullable=False),
    Column("heading", Text, nullable=False),  # JSON list
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("marks", Text),  # JSON list: where it stands in the file; null where nothing tells
    Column("vector_key", String, nullable=False, index=True),  # hash of what is embedded
    sqlite_autoincrement=True,
)

figures = Table(
    "figures",
    metadata,
    Column("report_id", String, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("value", String, nullable=False),  # decimals as text: exact
    Column("high", String),
    Column("unit", String, nullable=False),
    Column("base", String, nullable=False),
    Column("base_unit", String, nullable=False),
    Column("indicator", String, nullable=False),
    Column("canonical", String),
    Column("place", String),
    Column("first_day", Date),  # of what it holds for
    Column("last_day", Date),
    Column("kind", String, nullable=False),
    Column("qualifier", String, nullable=False),  # JSON list
    Column("approx", String, nullable=False),
    Column("part_of", Integer),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Index("figures_by_place", "place", "canonical", "last_day"),
    # Four of five figures have no canonical name.
    Index(
        "figures_by_canonical",
        "canonical",
        "last_day",
        sqlite_where=text("canonical IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)
"""The ledger: what the reports state in numbers."""

vectors = Table(
    "vectors",
    metadata,
    Column("key", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float32, little endian
)

copies = Table(
    "copies",
    metadata,
    Column("path", String, primary_key=True),
    Column("shown", String, nullable=False),
    Column("sha256", String, nullable=False, index=True),
)
"""Files whose content another file, a source, has already brought."""

duplicates = Table(
    "duplicates",
    metadata,
    Column(
        "one", String, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True
    ),  # the smaller id
    Column(
        "other", String, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    Column("similarity", Float, nullable=False),
)
"""Pairs of reports that are two versions of one, with their estimated likeness."""

corrections = Table(
    "corrections",
    metadata,
    Column("report_id", String, primary_key=True),
    Column("path", String, nullable=False, index=True),
    Column("removed", Boolean, nullable=False),
    Column("fields", Text, nullable=False),  # JSON object: field -> value, null for unknown
    Column("read", Text, nullable=False),  # JSON object: field -> what the program had read
    Column("sketch", LargeBinary, nullable=False),  # of the text that was corrected
)
"""What a person decided of a report; kept when its file is read again or changes."""

settled = Table(
    "settled",
    metadata,
    Column("id", String, primary_key=True),  # of the alarm: a hash of its kind and its quotes
    Column("remark", Text, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),  # ISO 8601 with its offset
)
"""Alarms that a person has looked at; apart from the reports, so that they outlive a reading."""

places = Table(
    "places",
    metadata,
    Column("name", String, primary_key=True),
    Column("within", String, primary_key=True),
    Column("aliases", Text, nullable=False),  # JSON list
)
"""The villages of the area with their townships, as a person imported them."""

changes = Table(
    "changes",
    metadata,
    Column("generation", Integer, primary_key=True),
    Column("report_id", String, nullable=False),
    sqlite_autoincrement=True,
)
"""Every report written or removed, in order; the last number is the archive's generation."""
