"""What a desk makes drafts with: its reports, its office's own lists, the model that words them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from app.draft.again import Wording
from app.draft.desk import draft, rechecked
from app.draft.draft import Draft
from app.draft.office import DraftOffice, Order, within_limit
from app.draft.outline import BUILT_IN, named_outline, outline_of, outlines_in

if TYPE_CHECKING:
    from app.answer.generate import Generator
    from app.audit import AuditLog
    from index.archive import Archive
    from index.scoped import ScopedArchive


@dataclass(frozen=True)
class Drafting:
    """For one person; `limit` are the places that this person sees, and `archive` is of them."""

    archive: Archive
    folder: Path
    limit: ScopedArchive | None = None
    outlines: Path | None = None
    indicators: Path | None = None
    generator: Generator | None = None
    audit: AuditLog | None = None
    who: str = ""

    def office(self) -> DraftOffice:
        """The drafts that are kept, and what makes new ones from the archive's reports."""
        may_open = None if self.limit is None else partial(within_limit, self.limit)
        return DraftOffice(
            self.folder, self.drafted, self._wording(), may_open, self._rechecked, self.outlines
        )

    def drafted(self, order: Order) -> Draft:
        heads = None
        if order.outline.strip():
            # Never a file's name: what a page sends must not open files of this computer.
            known = order.outline in (*outlines_in(self.outlines), *BUILT_IN)
            heads = (
                named_outline(order.outline, self.outlines) if known else outline_of(order.outline)
            )
        made = draft(
            self.archive,
            order.place,
            order.period.key,
            notes=order.files,
            typed=order.typed,
            outline=heads,
            unit=order.unit,
            dated=order.dated,
            indicators=self.indicators,
        )
        wording = self._wording(order.stop)
        return made if wording is None else wording.worded(made)

    def _wording(self, stop: Event | None = None) -> Wording | None:
        """What words drafts: the model that words answers, if there is one."""
        if self.generator is None:
            return None
        from app.draft.by_model import ByModel

        stopped = stop.is_set if stop is not None else lambda: False
        return ByModel(self.generator, self.audit, self.who, stopped=stopped)

    def _rechecked(self, made: Draft) -> Draft:
        return rechecked(self.archive, made, self.indicators)
