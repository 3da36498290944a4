"""Drafts worded by the configured model, each exchange in the audit trail where one is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from app.answer.calls import Exchange
from app.answer.generate import Generator
from app.draft.draft import Draft
from app.draft.prose import Prose

if TYPE_CHECKING:
    from app.audit import AuditLog


class ByModel:
    """A Wording by the model that also words answers."""

    def __init__(
        self,
        generator: Generator,
        audit: AuditLog | None = None,
        who: str = "",
        say: Callable[[str], None] = lambda line: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """As it may take minutes, `say` is told what is being written, and `stopped` is asked."""
        self._name = generator.name
        self._prose = Prose(*generator.means, say, stopped)
        self._audit = audit
        self._who = who

    def worded(self, draft: Draft, sections: Collection[int] | None = None) -> Draft:
        """The draft with these sections worded; raises no failure of the model."""
        trail: list[Exchange] = []
        made = self._prose.worded(draft, sections, trail)
        if self._audit is not None:
            self._audit.keep_draft(made, self._name, trail, self._who)
        return made
