"""To whom the page is opened: its users, each by their rights, or who sits at this computer."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.types import ASGIApp

from app import audit_texts
from app.rights.desks import UserDesks
from app.rights.masking import MaskedDesks
from app.rights.people import People
from app.rights.roles import Role, desk_of
from app.terminal import user_name
from app.web.desks import OneDesk
from app.web.downloads import Downloads
from app.web.gate import Gate
from app.web.ports import Desks
from index.errors import HuibaoError

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.audit import AuditLog
    from app.desk import ArchiveDesk


@dataclass(frozen=True)
class Opened:
    """What the server takes: the desks, what lies around the page, what it knows itself by."""

    desks: Desks
    around: Callable[[ASGIApp], ASGIApp] | None
    inside: str = ""


def to_users(
    desk: ArchiveDesk,
    people: People,
    trail: AuditLog | None,
    *,
    mask: bool = True,
    unmasked: Collection[str] = (),
) -> Opened:
    """For who has logged in; `unmasked` are the roles for which `mask` is off."""
    desks = UserDesks(desk, people, trail, [Role(role) for role in unmasked])
    inside = token_urlsafe()

    def around(page: ASGIApp) -> ASGIApp:
        return Gate(Downloads(page, desks.handed_out), people, inside)

    return Opened(MaskedDesks(desks, desks.sees_personal) if mask else desks, around, inside)


def prepare(desk: ArchiveDesk, people: People) -> None:
    """Make the keyword indexes of the users' places, before the first of them waits for one.

    Those of limits that nobody has any more are removed.
    """
    with suppress(HuibaoError):
        people.forget_limits()
    for places in dict.fromkeys(user.places for user in people.all()):
        if places is not None:
            with suppress(HuibaoError):  # whoever asks is told
                desk.limited(places)


def to_this_computer(desk: ArchiveDesk, trail: AuditLog | None, *, mask: bool = True) -> Opened:
    """For whoever is logged in at this computer, by that name on the trail where one is kept."""
    desks: Desks = OneDesk(desk)
    around = None
    if trail is not None:
        who, kept = user_name(), trail

        def note(event: str, of: tuple[str, ...]) -> None:
            kept.keep_event(event, who, audit_texts.THIS_COMPUTER, of)

        def handed_out(request: Request, name: str) -> None:
            note("export", (name,))

        def noting(page: ASGIApp) -> ASGIApp:
            return Downloads(page, handed_out)

        desks = OneDesk(desk_of(Role.ADMIN, desk.signed(who), note))
        around = noting
    return Opened(MaskedDesks(desks) if mask else desks, around)
