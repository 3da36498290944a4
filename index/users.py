"""Users, their limits, sessions and tokens in office.db; passwords and tokens only as hashes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Float, Row, Table, Text, func, select

from index.database import Database
from index.office import FILE, metadata, open_office

users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("made", Text, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("token", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("begun", Float, nullable=False),
    Column("seen", Float, nullable=False),
)


limits = Table(
    "user_limits",
    metadata,
    Column("name", Text, primary_key=True),
    Column("places", Text, nullable=False),  # JSON list
)
"""The places that an account is limited to; one that is not here sees the whole archive."""
tokens = Table(
    "user_tokens",
    metadata,
    Column("token", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("made", Text, nullable=False),
)
"""What programs log in with in place of a password."""


@dataclass(frozen=True)
class User:
    """One account; `password` is an argon2 hash, `made` is local time, ISO 8601."""

    name: str
    role: str
    password: str
    made: str
    places: tuple[str, ...] | None = None
    """What it is limited to; None for the whole archive."""
    tokens: int = 0


@dataclass(frozen=True)
class Session:
    """Somebody who logged in; times are seconds since 1970, the rest is the account's now."""

    name: str
    role: str
    begun: float
    seen: float
    places: tuple[str, ...] | None = None


class UserStore:
    """The accounts of an archive; the archive's folder must be there."""

    def __init__(self, folder: Path) -> None:
        self._database: Database = open_office(folder, [users, sessions, limits, tokens])

    def close(self) -> None:
        self._database.close()

    def add(self, user: User) -> bool:
        """Add an account with its limit; False where the name is taken."""
        row = {"name": user.name, "role": user.role, "password": user.password, "made": user.made}
        with self._database.changing() as db:
            taken = db.execute(select(users.c.name).where(users.c.name == user.name)).first()
            if taken is None:
                db.execute(users.insert(), row)
                _put_limit(db, user.name, user.places)
            return taken is None

    def all(self) -> list[User]:
        with self._database.reading() as db:
            return [_user(db, row) for row in db.execute(select(users).order_by(users.c.name))]

    def find(self, name: str) -> User | None:
        with self._database.reading() as db:
            row = db.execute(select(users).where(users.c.name == name)).first()
            return _user(db, row) if row else None

    def remove(self, name: str) -> bool:
        """Delete an account, end its sessions and revoke its tokens; False where there is none."""
        with self._database.changing() as db:
            _end_all(db, name)
            _put_limit(db, name, None)
            return db.execute(users.delete().where(users.c.name == name)).rowcount > 0

    def set_password(self, name: str, password: str) -> bool:
        """Replace the hash; sessions and tokens of the old one end. False where there is none."""
        with self._database.changing() as db:
            _end_all(db, name)
            change = users.update().where(users.c.name == name).values(password=password)
            return db.execute(change).rowcount > 0

    def set_rights(self, name: str, role: str, places: tuple[str, ...] | None) -> bool:
        """What the account may do, and where, from its next request on; False where none is."""
        with self._database.changing() as db:
            change = users.update().where(users.c.name == name).values(role=role)
            found = db.execute(change).rowcount > 0
            if found:
                _put_limit(db, name, places)
            return found

    # ---- tokens

    def add_token(self, token: str, name: str, made: str) -> bool:
        """Keep a token by its hash; False where there is no such account."""
        with self._database.changing() as db:
            there = db.execute(select(users.c.name).where(users.c.name == name)).first()
            if there is not None:
                db.execute(tokens.insert(), {"token": token, "name": name, "made": made})
            return there is not None

    def by_token(self, token: str) -> User | None:
        """Whose token it is; None for one that is unknown or revoked."""
        wanted = select(users).join(tokens, tokens.c.name == users.c.name)
        with self._database.reading() as db:
            row = db.execute(wanted.where(tokens.c.token == token)).first()
            return _user(db, row) if row else None

    def revoke(self, name: str) -> int:
        """How many tokens of the account are revoked by this: all that it had."""
        with self._database.changing() as db:
            return db.execute(tokens.delete().where(tokens.c.name == name)).rowcount

    # ---- sessions

    def begin(self, token: str, name: str, now: float, oldest: float) -> None:
        """Keep a new session under its token's hash; those begun before `oldest` go."""
        with self._database.changing() as db:
            db.execute(sessions.delete().where(sessions.c.begun < oldest))
            row = {"token": token, "name": name, "begun": now, "seen": now}
            db.execute(sessions.insert(), row)

    def session(self, token: str) -> Session | None:
        wanted = (
            select(sessions.c.name, users.c.role, sessions.c.begun, sessions.c.seen)
            .join(users, users.c.name == sessions.c.name)
            .where(sessions.c.token == token)
        )
        with self._database.reading() as db:
            row = db.execute(wanted).first()
            return Session(*row, _limit(db, row.name)) if row else None

    def touch(self, token: str, now: float) -> None:
        """Note that the session is in use."""
        with self._database.changing() as db:
            db.execute(sessions.update().where(sessions.c.token == token).values(seen=now))

    def end(self, token: str) -> None:
        with self._database.changing() as db:
            db.execute(sessions.delete().where(sessions.c.token == token))


def _user(db: Connection, row: Row[Any]) -> User:
    count = select(func.count()).select_from(tokens).where(tokens.c.name == row.name)
    held = db.execute(count).scalar_one()
    return User(row.name, row.role, row.password, row.made, _limit(db, row.name), held)


def _limit(db: Connection, name: str) -> tuple[str, ...] | None:
    found = db.execute(select(limits.c.places).where(limits.c.name == name)).scalar_one_or_none()
    return None if found is None else tuple(json.loads(found))


def _put_limit(db: Connection, name: str, places: tuple[str, ...] | None) -> None:
    db.execute(limits.delete().where(limits.c.name == name))
    if places is not None:
        written = json.dumps(places, ensure_ascii=False)
        db.execute(limits.insert(), {"name": name, "places": written})


def _end_all(db: Connection, name: str) -> None:
    db.execute(sessions.delete().where(sessions.c.name == name))
    db.execute(tokens.delete().where(tokens.c.name == name))


def has_users(folder: Path) -> bool:
    """Whether any account is configured; makes nothing where there is no office.db."""
    if not (folder / FILE).is_file():
        return False
    database = open_office(folder, [users])
    try:
        with database.reading() as db:
            return bool(db.execute(select(func.count()).select_from(users)).scalar_one())
    finally:
        database.close()
