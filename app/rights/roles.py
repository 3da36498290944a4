"""Who may do what: the one table, and the desk that holds everybody to it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, cast

from app.rights import texts
from app.rights.personal import masked
from app.web.ports import Desk
from index.errors import HuibaoError

_LONGEST = 200
"""Characters of one argument that are noted, personal numbers masked."""


class NotAllowed(HuibaoError):
    """The person's role does not reach that far; nothing was done."""


class Role(StrEnum):
    """From the least to the most: each may do what those before it may."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def reaches(self, needed: Role) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


_READS = (
    # the archive
    "ask answers search report original infos overview examples rate may "
    # what it says over time
    "ledger places within history alarms coverage "
    # the drafts that are kept
    "drafting open versions drafts may_take hand_out outlines "
    # what is in it
    "intake reports removed duplicates copies"
).split()
_EDITS = (
    "upload settle reopen "
    # the drafts
    "compose save change bring_back regenerate imported"
).split()
NEEDS = dict.fromkeys(_READS, Role.READER) | dict.fromkeys(_EDITS, Role.EDITOR)
"""The role that a method of a desk needs; one that is not here is for administrators."""

KEPT = frozenset("report original search history coverage hand_out".split())
"""Methods that are noted though readers may call them; what needs more is noted in any case."""

Note = Callable[[str, tuple[str, ...]], None]
"""Gets the name of a method that was called, or `not allowed`, and what it was called with."""

SCOPED = frozenset(
    "ask answers search report original infos overview examples rate ledger places within "
    "history alarms coverage settle reopen drafting open versions drafts may_take hand_out "
    "outlines compose save change bring_back regenerate imported intake reports removed duplicates "
    "copies upload correct remove restore".split()
)
"""Methods that keep to the places of a desk that is limited to some; whoever is limited may call
no others. What reads through the desk's own archive or office keeps to them by itself; what goes
to files beside these has to see to it before it is listed here."""

PARTS = frozenset({"ledger", "drafting", "intake"})
"""Methods that hand out a desk of their own, which is held to the same table."""


def check(role: Role, needed: Role) -> None:
    """Raises NotAllowed, in words, unless the role reaches far enough."""
    if not role.reaches(needed):
        raise NotAllowed(texts.not_allowed(role, needed))


def desk_of(role: Role, desk: Desk, note: Note | None = None, *, limited: bool = False) -> Desk:
    """The desk as somebody of this role may use it; `note` learns what was opened or changed.

    `limited` says that it is the desk of some places only: what could reach beyond is refused.
    """
    return cast(Desk, _Held(desk, role, note, limited=limited))


class _Held:
    """Passes allowed calls on; the others raise NotAllowed, whoever drew a button for them."""

    def __init__(self, desk: object, role: Role, note: Note | None, *, limited: bool) -> None:
        self._desk = desk
        self._role = role
        self._note = note
        self._limited = limited

    def may(self, method: str) -> bool:
        """Whether a call of the method would be passed on; asking is no call."""
        beyond = self._limited and method not in SCOPED
        return not beyond and self._role.reaches(NEEDS.get(method, Role.ADMIN))

    def __getattr__(self, name: str) -> Any:
        needed, role = NEEDS.get(name, Role.ADMIN), self._role
        beyond = self._limited and name not in SCOPED
        if beyond or not role.reaches(needed):

            def refused(*args: object, **named: object) -> None:
                self._tell("not allowed", (name, *args), named)
                check(role, needed)
                raise NotAllowed(texts.NOT_WITH_A_LIMIT)

            return refused
        method = getattr(self._desk, name)
        if name in PARTS:
            return lambda *args, **named: _Held(
                method(*args, **named), role, self._note, limited=self._limited
            )
        if name not in KEPT and needed is Role.READER:
            return method

        def noted(*args: object, **named: object) -> Any:
            result = method(*args, **named)
            self._tell(name, args, named)
            return result

        return noted

    def _tell(self, event: str, args: tuple[object, ...], named: dict[str, object]) -> None:
        if self._note is not None:
            # What a page is told by how far a work is is nothing that somebody asked for.
            sent = (one for one in (*args, *named.values()) if not callable(one))
            said = (masked(str(one))[:_LONGEST] for one in sent)
            self._note(event, tuple(said))
