"""The desks of an archive with users: who asks is known by the session's cookie or a token."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, cast

from starlette.requests import Request

from app.rights import texts
from app.rights.people import People, Person
from app.rights.roles import NotAllowed, Note, Role, desk_of
from app.web.ports import Desk, Overview

if TYPE_CHECKING:
    import gradio as gr

    from app.audit import AuditLog
    from app.desk import ArchiveDesk

COOKIE = "huibao_session"
_BEARER = "bearer "


def sender(people: People, headers: Mapping[str, str], cookies: Mapping[str, str]) -> Person | None:
    """Who sends a request: by its token where it has one, else by its session; None for nobody."""
    given = headers.get("authorization")
    if given is None:
        return people.person(cookies.get(COOKIE))
    # A token that is wrong is not made up for by a cookie: its program is to learn of it.
    scheme, token = given[: len(_BEARER)], given[len(_BEARER) :]
    return people.bearer(token.strip()) if scheme.lower() == _BEARER else None


class UserDesks:
    """Each person's desk, held to their role and places, with their name on the audit trail.

    `unmasked` are the roles that see personal numbers as they are.
    """

    def __init__(
        self,
        desk: ArchiveDesk,
        people: People,
        audit: AuditLog | None = None,
        unmasked: Collection[Role] = (),
    ) -> None:
        self._desk = desk
        self._people = people
        self._audit = audit
        self._unmasked = unmasked

    def of(self, request: gr.Request | None) -> Desk:
        """Raises NotAllowed once the session is over: each event is looked up anew."""
        if request is None:
            return cast(Desk, _Closed(self._desk))
        person = self._person(request)
        if person is None:
            raise NotAllowed(texts.SESSION_OVER)
        limited = person.places is not None
        desk = self._desk if person.places is None else self._desk.limited(person.places)
        signed, note = desk.signed(person.name), self._note(person.name)
        return desk_of(person.role, signed, note, limited=limited)

    def who(self, request: gr.Request | None) -> str:
        person = None if request is None else self._person(request)
        return person.name if person else ""

    def sees_personal(self, request: gr.Request | None) -> bool:
        """Whether whoever sent the request sees personal numbers as they are."""
        person = None if request is None else self._person(request)
        return person is not None and person.role in self._unmasked

    def handed_out(self, request: Request, name: str) -> None:
        """Put on the trail that a file of this name is sent to whoever asked for it."""
        person = sender(self._people, request.headers, request.cookies)
        if self._audit is not None and person is not None:
            self._audit.keep_event("export", person.name, _address(request), (name,))

    def _note(self, who: str) -> Note | None:
        audit = self._audit
        if audit is None:
            return None
        return lambda event, of: audit.keep_event(event, who, of=of)

    def _person(self, request: gr.Request) -> Person | None:
        return sender(self._people, request.headers, request.cookies)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


class _Closed:
    """What the page is drawn from before anybody is known: that there is an archive, no more."""

    def __init__(self, desk: ArchiveDesk) -> None:
        self._desk = desk

    def overview(self) -> Overview:
        """Raises what the archive's own does where it cannot be read."""
        self._desk.overview()
        return Overview(0, 0, 0, (), (), unknown=True)
