"""Accounts and logging in: argon2 passwords, sessions that end, every login on the audit trail."""

from __future__ import annotations

import hashlib
import math
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.rights import texts
from app.rights.roles import Role
from app.rights.throttle import Throttle
from index.errors import HuibaoError, NotFound, UsageError
from index.limited_kept import forget
from index.sight import Sight
from index.users import User, UserStore

if TYPE_CHECKING:
    from app.audit import AuditLog

IDLE = 2 * 3600
"""Seconds without a request after which a session ends."""
LONGEST = 12 * 3600
"""Seconds after which a session ends in any case: a working day."""
TOKEN = "huibao_"
"""What every token begins with, so that one that lies about is known for what it is."""
_TOUCH = 60
_HASHES_AT_ONCE = 2
"""argon2 takes 64 MiB a try; logins beyond these wait their turn."""


class LoginRefused(HuibaoError):
    """Wrong name or password, or too many tries; the message never says which of the two."""


@dataclass(frozen=True)
class Person:
    """Who sent a request, with what the account may do now."""

    name: str
    role: Role
    places: tuple[str, ...] | None = None
    """The places that they are limited to; None for the whole archive."""


class People:
    """The accounts of an archive; several threads may use it."""

    def __init__(
        self,
        folder: Path,
        audit: AuditLog | None = None,
        now: Callable[[], float] = time.time,
        throttle: Throttle | None = None,
    ) -> None:
        self._folder = folder
        self._store = UserStore(folder)
        self._audit = audit
        self._now = now
        self._throttle = throttle or Throttle()
        self._hasher = PasswordHasher()
        self._hashing = threading.BoundedSemaphore(_HASHES_AT_ONCE)
        # An unknown name takes as long as a wrong password, so that names cannot be found out.
        self._nobody = self._hasher.hash(secrets.token_hex())

    def close(self) -> None:
        self._store.close()

    # ---- accounts

    def add(
        self, name: str, role: Role, password: str, places: Sequence[str] | None = None
    ) -> None:
        """Raises UsageError for an impossible name, password or place, or a name that is taken."""
        name = checked_name(name)
        made = datetime.now().astimezone().isoformat(timespec="seconds")
        limit = None if places is None else checked_places(places)
        hashed = self._hasher.hash(_checked_password(password))
        user = User(name, role.value, hashed, made, limit)
        if not self._store.add(user):
            raise UsageError(texts.taken(name))

    def all(self) -> list[User]:
        return self._store.all()

    def remove(self, name: str) -> None:
        if not self._store.remove(_plain(name)):
            raise NotFound(texts.no_such_user(name))
        self.forget_limits()

    def forget_limits(self) -> None:
        """Remove what is kept on disk for limits that no account has any more."""
        forget(self._folder, [Sight.of(user.places).names for user in self.all() if user.places])

    def set_password(self, name: str, password: str) -> None:
        """The sessions and tokens of the account end with its old password."""
        hashed = self._hasher.hash(_checked_password(password))
        if not self._store.set_password(_plain(name), hashed):
            raise NotFound(texts.no_such_user(name))

    def set_rights(
        self, name: str, role: Role | None, places: Sequence[str] | None, *, everywhere: bool
    ) -> User:
        """Another role, other places or (`everywhere`) no limit, from the next request on.

        What is None stays as it is.
        """
        user = self._store.find(_plain(name))
        if user is None:
            raise NotFound(texts.no_such_user(name))
        limit = user.places if places is None else checked_places(places)
        limit = None if everywhere else limit
        new = replace(user, role=role.value if role else user.role, places=limit)
        if not self._store.set_rights(user.name, new.role, new.places):
            raise NotFound(texts.no_such_user(name))
        self.forget_limits()
        return new

    # ---- tokens

    def token(self, name: str) -> str:
        """A new token for a program that works for the account; it is kept only as a hash."""
        token = TOKEN + secrets.token_urlsafe(32)
        made = datetime.now().astimezone().isoformat(timespec="seconds")
        if not self._store.add_token(_hash(token), _plain(name), made):
            raise NotFound(texts.no_such_user(name))
        return token

    def revoke(self, name: str) -> int:
        """End all tokens of the account; how many there were."""
        if self._store.find(_plain(name)) is None:
            raise NotFound(texts.no_such_user(name))
        return self._store.revoke(_plain(name))

    def bearer(self, token: str) -> Person | None:
        """Whose program sends the token; None for one that is unknown or revoked."""
        user = self._store.by_token(_hash(token))
        return Person(user.name, Role(user.role), user.places) if user is not None else None

    # ---- sessions

    def log_in(self, name: str, password: str, address: str) -> str:
        """The token of a new session; raises LoginRefused."""
        name = _plain(name)
        wait = self._throttle.begin(name, address)
        if wait > 0:
            # Not on the trail: whoever may try for nothing could fill the disk with it.
            raise LoginRefused(texts.wait(math.ceil(wait)))
        user = self._store.find(name)
        right = self._matches(user.password if user else self._nobody, password)
        if user is None or not right:
            self._keep("login refused", name, address)
            raise LoginRefused(texts.WRONG_LOGIN)
        self._throttle.succeeded(name, address)
        token, now = secrets.token_urlsafe(32), self._now()
        self._store.begin(_hash(token), name, now, now - LONGEST)
        self._keep("login", name, address)
        return token

    def person(self, token: str | None) -> Person | None:
        """Who holds the token; None once it is unknown, idle for too long or too old."""
        if not token:
            return None
        hashed, now = _hash(token), self._now()
        session = self._store.session(hashed)
        if session is None:
            return None
        if now - session.seen > IDLE or now - session.begun > LONGEST:
            self._store.end(hashed)
            return None
        if now - session.seen > _TOUCH:
            self._store.touch(hashed, now)
        return Person(session.name, Role(session.role), session.places)

    def log_out(self, token: str, address: str) -> None:
        person = self.person(token)
        self._store.end(_hash(token))
        if person is not None:
            self._keep("logout", person.name, address)

    def _matches(self, hashed: str, password: str) -> bool:
        with self._hashing:
            try:
                return self._hasher.verify(hashed, password)
            except (VerificationError, InvalidHashError):
                return False

    def _keep(self, event: str, name: str, address: str) -> None:
        if self._audit is not None:
            self._audit.keep_event(event, name[:_NAME_MAX], address)


_NAME_MAX = 32
_PASSWORD = range(8, 257)


def checked_name(name: str) -> str:
    """The name as it is kept; raises UsageError for one that could not be told apart or typed."""
    name = _plain(name)
    odd = any(c.isspace() or c in ",," or unicodedata.category(c)[0] == "C" for c in name)
    if odd or not 1 <= len(name) <= _NAME_MAX:
        raise UsageError(texts.BAD_NAME)
    return name


def checked_places(written: Sequence[str]) -> tuple[str, ...]:
    """The places as they are kept; raises UsageError for none, which would hide everything."""
    places = Sight.of(written).names
    if not places or any(set(place) & set('\\:*?"<>|.') for place in places):
        raise UsageError(texts.BAD_PLACES)
    return places


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())


def _checked_password(password: str) -> str:
    if len(password) not in _PASSWORD:
        raise UsageError(texts.PASSWORD_LENGTH)
    return password


def _hash(token: str) -> str:
    # The token is random and long: a plain hash cannot be guessed back, unlike a password's.
    return hashlib.sha256(token.encode()).hexdigest()
