"""Users and their sessions in office.db; passwords and tokens only as hashes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, Float, Table, Text, func, select

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


@dataclass(frozen=True)
class User:
    """One account; `password` is an argon2 hash, `made` is local time, ISO 8601."""

    name: str
    role: str
    password: str
    made: str


@dataclass(frozen=True)
class Session:
    """Somebody who logged in; times are seconds since 1970, the role is the account's now."""

    name: str
    role: str
    begun: float
    seen: float


class UserStore:
    """The accounts of an archive; the archive's folder must be there."""

    def __init__(self, folder: Path) -> None:
        self._database: Database = open_office(folder, [users, sessions])

    def close(self) -> None:
        self._database.close()

    def add(self, user: User) -> bool:
        """Add an account; False where the name is taken."""
        row = vars(user)
        with self._database.changing() as db:
            taken = db.execute(select(users.c.name).where(users.c.name == user.name)).first()
            if taken is None:
                db.execute(users.insert(), row)
            return taken is None

    def all(self) -> list[User]:
        with self._database.reading() as db:
            return [User(*row) for row in db.execute(select(users).order_by(users.c.name))]

    def find(self, name: str) -> User | None:
        with self._database.reading() as db:
            row = db.execute(select(users).where(users.c.name == name)).first()
            return User(*row) if row else None

    def remove(self, name: str) -> bool:
        """Delete an account and end its sessions; False where there is none."""
        with self._database.changing() as db:
            db.execute(sessions.delete().where(sessions.c.name == name))
            return db.execute(users.delete().where(users.c.name == name)).rowcount > 0

    def set_password(self, name: str, password: str) -> bool:
        """Replace the hash and end the sessions of the old one; False where there is none."""
        with self._database.changing() as db:
            db.execute(sessions.delete().where(sessions.c.name == name))
            change = users.update().where(users.c.name == name).values(password=password)
            return db.execute(change).rowcount > 0

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
            return Session(*row) if row else None

    def touch(self, token: str, now: float) -> None:
        """Note that the session is in use."""
        with self._database.changing() as db:
            db.execute(sessions.update().where(sessions.c.token == token).values(seen=now))

    def end(self, token: str) -> None:
        with self._database.changing() as db:
            db.execute(sessions.delete().where(sessions.c.token == token))


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
