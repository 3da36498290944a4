"""The desks of an archive with users: who asks is known by the session's cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rights import texts
from app.rights.people import People, Person
from app.rights.roles import NotAllowed, Note, desk_of
from app.web.ports import Desk

if TYPE_CHECKING:
    import gradio as gr

    from app.audit import AuditLog
    from app.desk import ArchiveDesk

COOKIE = "huibao_session"


class UserDesks:
    """Each person's desk, held to their role, with their name on what the audit trail keeps."""

    def __init__(self, desk: ArchiveDesk, people: People, audit: AuditLog | None = None) -> None:
        self._desk = desk
        self._people = people
        self._audit = audit

    def of(self, request: gr.Request | None) -> Desk:
        """Raises NotAllowed once the session is over: each event is looked up anew."""
        if request is None:
            return self._desk
        person = self._person(request)
        if person is None:
            raise NotAllowed(texts.SESSION_OVER)
        return desk_of(person.role, self._desk.signed(person.name), self._note(person.name))

    def who(self, request: gr.Request | None) -> str:
        person = None if request is None else self._person(request)
        return person.name if person else ""

    def _note(self, who: str) -> Note | None:
        audit = self._audit
        if audit is None:
            return None
        return lambda event, of: audit.keep_event(event, who, of=of)

    def _person(self, request: gr.Request) -> Person | None:
        return self._people.person(request.cookies.get(COOKIE))
