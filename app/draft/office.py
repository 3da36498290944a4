"""Drafts as one official works on them: compose, save each change as a version, export."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from app.draft import texts
from app.draft.again import Wording, reworded
from app.draft.draft import Draft, Origin
from app.draft.edited import named_in, read_edited
from app.draft.edits import Edit
from app.draft.layout import Citations, Layout
from app.draft.markdown import write_markdown
from app.draft.outline import BUILT_IN, outlines_in
from app.draft.read_back import ReadBack, read_back
from app.draft.regenerate import material_of, recomposed
from app.draft.stored import from_json, to_json
from app.draft.word import write_docx
from index.chinese.fold import fold
from index.drafts import DraftStore, Version
from index.errors import HuibaoError, NotFound, UnreadableFile, UsageError
from index.records import Period
from index.scoped import ScopedArchive
from ingest.readers import load

COMPOSED = "起草"


@dataclass(frozen=True)
class Order:
    """What is to be drafted, and what was handed in for it."""

    place: str
    period: Period
    unit: str | None = None
    typed: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    outline: str = ""
    """A built-in name, or an outline's own lines; never a file's name. Empty: the place's own."""
    dated: date | None = None
    """The day that stands at its end; without one it is asked for."""
    stop: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)
    """Set once nobody waits for the draft any more."""


class Stopped(HuibaoError):
    """A person has stopped the composition; nothing was kept."""


class UnnamedFile(UsageError):
    """A file that does not say which draft it is of."""


class Composing(Protocol):
    """Makes a draft; may raise HuibaoError."""

    def __call__(self, order: Order) -> Draft: ...


@dataclass(frozen=True)
class Open:
    """A draft as it was saved last: the version, and what it says."""

    version: Version
    draft: Draft


@dataclass(frozen=True)
class Returned:
    """A draft that came back from Word: its last version now, what changed, what to mind."""

    open: Open
    """The version that was kept, or the last one where the file says nothing new."""
    back: ReadBack
    notice: str | None = None


class DraftOffice:
    """The drafts of an archive's folder; several threads may use it at once."""

    def __init__(
        self,
        folder: Path,
        compose: Composing | None = None,
        wording: Wording | None = None,
        may_open: Callable[[Draft], bool] | None = None,
        recheck: Callable[[Draft], Draft] | None = None,
        outlines: Path | None = None,
    ) -> None:
        """`wording` is the language model that words sections anew; without one nobody does.

        `may_open` says which drafts there are for whoever the office is open to; None for all.
        `recheck` finds anew what is odd about the figures of a draft that was edited. `outlines`
        is the folder of an office's own outlines.
        """
        self._folder = folder
        self._compose = compose
        self._wording = wording
        self._may_open = may_open
        self._recheck = recheck
        self._outlines = outlines

    def compose(self, order: Order, who: str) -> Open:
        """A new draft, kept as its first version; raises Stopped once the order was called off."""
        assert self._compose is not None  # else it only keeps what was composed elsewhere
        draft = replace(self._compose(order), outline=order.outline)
        if order.stop.is_set():
            raise Stopped(texts.STOPPED)
        return self.keep(draft, who)

    def keep(self, draft: Draft, who: str) -> Open:
        """A draft that was composed elsewhere, as the first version of a new one."""
        if not self.may_take(draft):
            raise _missing(draft.title)
        return self._save(secrets.token_hex(4), 1, draft, who, COMPOSED)

    def change(self, base: Version, newest: int, edit: Edit, who: str, remark: str) -> Open:
        """Edit a version, and keep it after version `newest`; an edit that changes nothing is not.

        The edit is made on what is stored, whatever of it a page may show. Raises
        NotTheLastVersion if somebody else saved meanwhile.
        """
        one = self.open(base.draft, base.number)
        draft = edit(one.draft)
        if draft == one.draft:
            return one
        if self._recheck is not None:
            draft = self._recheck(draft)
        return self._next(base, newest, draft, who, remark)

    def bring_back(self, base: Version, newest: int, who: str, remark: str) -> Open:
        """Keep an older version once more, as the newest; raises as `change` does."""
        draft = self.open(base.draft, base.number).draft
        return self._next(base, newest, draft, who, remark)

    def regenerate(
        self,
        base: Version,
        newest: int,
        at: int,
        who: str,
        remark: str,
        stop: threading.Event | None = None,
    ) -> Open:
        """Section number `at` (from 0) anew: worded by the language model, where there is one.

        Without one it is composed from what was handed in for the draft and filled in since. Raises
        NotFound for a section that is no more, and as `change` and `compose` do.
        """
        draft = self.open(base.draft, base.number).draft
        if self._wording is not None or self._compose is None:
            changed = reworded(draft, at, self._wording)
            if stop is not None and stop.is_set():
                raise Stopped(texts.STOPPED)
            return self._next(base, newest, changed, who, remark)
        handed_in = material_of(draft)
        place = draft.bureau or f"{draft.around or ''}{draft.place}"
        order = Order(place, draft.period, draft.unit, handed_in, outline=draft.outline)
        if stop is not None:
            order = replace(order, stop=stop)
        fresh = self._compose(order)
        if order.stop.is_set():
            raise Stopped(texts.STOPPED)
        changed = recomposed(draft, fresh, at, f"v{newest + 1}")
        return self._next(base, newest, changed, who, remark)

    def outlines(self) -> tuple[str, ...]:
        """The names of the outlines that can be chosen, an office's own first."""
        own = outlines_in(self._outlines)
        return (*own, *(name for name in BUILT_IN if name not in own))

    def hand_out(self, base: Version) -> Open:
        """A version that is to leave the archive as a file."""
        return self.open(base.draft, base.number)

    def save(self, last: Version, draft: Draft, who: str, remark: str) -> Open:
        """Keep a change of `last`; raises NotTheLastVersion if somebody else saved meanwhile."""
        return self._next(last, last.number, draft, who, remark)

    def _next(self, base: Version, newest: int, draft: Draft, who: str, remark: str) -> Open:
        with closing(DraftStore(self._folder)) as store:
            self._hold(store, base.draft, draft)
        return self._save(base.draft, newest + 1, draft, who, remark)

    def imported(self, file: Path, who: str, key: str | None = None) -> Returned:
        """Keep what a file (edited in Word or WPS) makes of the last version of its draft.

        `key` names the draft where the file does not, and goes before what the file says. Raises
        UsageError for a file that is damaged, foreign or of no draft (UnnamedFile for one that does
        not say), NotFound for an unknown one.
        """
        named, number = _named(file)
        if (key := key or named) is None:
            read_edited(file)  # a damaged file is told to be one
            raise UnnamedFile(texts.whose(file.name))
        last = self.open(key)
        back = read_back(last.draft, file)
        notice = None
        if key == named and number is not None and number < last.version.number:
            notice = texts.older_version(number, last.version.number)
        if back.same:
            return Returned(last, back, notice)
        if self._recheck is not None:
            back = replace(back, draft=self._recheck(back.draft))
        remark = texts.READ_BACK.format(file.name)
        return Returned(self.save(last.version, back.draft, who, remark), back, notice)

    def _save(self, key: str, number: int, draft: Draft, who: str, remark: str) -> Open:
        version = Version(
            key, number, who, datetime.now().astimezone().isoformat("T", "seconds"), remark
        )
        with closing(DraftStore(self._folder)) as store:
            store.save(version, to_json(draft))
        return Open(version, draft)

    def open(self, key: str, number: int | None = None) -> Open:
        """A version, or the last one; raises NotFound."""
        with closing(DraftStore(self._folder)) as store:
            self._hold(store, key)
            return opened(store, key, number)

    def versions(self, key: str) -> Sequence[Version]:
        """All versions of a draft, oldest first."""
        with closing(DraftStore(self._folder)) as store:
            self._hold(store, key)
            return store.kept(key)

    def drafts(self) -> Sequence[Open]:
        """The last version of each draft, the newest first."""
        with closing(DraftStore(self._folder)) as store:
            found = [opened(store, v.draft, v.number) for v in reversed(store.kept())]
        return [one for one in found if self._may_open is None or self._may_open(one.draft)]

    def may_take(self, draft: Draft) -> bool:
        """Whether what a page has open may still be handed out; limits can have changed."""
        return self._may_open is None or self._may_open(draft)

    def _hold(self, store: DraftStore, key: str, draft: Draft | None = None) -> None:
        """Raises NotFound for a draft of which any version, or a new one, is not open."""
        if self._may_open is None:
            return
        kept = [opened(store, key, version.number).draft for version in store.kept(key)]
        if not all(map(self._may_open, [*kept, *([] if draft is None else [draft])])):
            raise _missing(f"稿子 {key}")


def within_limit(archive: ScopedArchive, draft: Draft) -> bool:
    """Whether a draft is of a place that is seen and quotes nothing but reports that are."""
    seen, place = archive.seen, fold(draft.place)
    cited = {one.report.id for one in draft.citations if one.origin is Origin.ARCHIVE}
    # The name alone tells nothing where there is another place of it outside. Else a report
    # that has been removed since was of this place, and its draft stays open.
    told_apart = place not in seen.outside or (bool(cited) and cited <= seen.reports)
    return place in seen.names and not cited & seen.hidden and told_apart


def _named(file: Path) -> tuple[str | None, int | None]:
    try:
        return named_in(load(file))
    except (UnreadableFile, OSError) as error:
        raise UsageError(texts.bad_edited(file.name, str(error))) from error


def opened(store: DraftStore, key: str, number: int | None = None) -> Open:
    """A version out of the store, or the last one; raises NotFound."""
    kept = store.kept(key)
    wanted = next((v for v in reversed(kept) if number is None or v.number == number), None)
    content = store.content(key, wanted.number) if wanted is not None else None
    if wanted is None or content is None:
        raise _missing(f"稿子 {key}" if not kept else f"稿子 {key} 的第 {number} 版")
    return Open(wanted, from_json(content))


def _missing(what: str) -> NotFound:
    return NotFound(f"没有{what}；huibao drafts list 列出全部稿子")


def export(
    one: Open, path: Path, *, clean: bool = False, citations: Citations = Citations.COMMENTS
) -> None:
    """Write the draft as .md or, by any other name, a Word file; `clean`: without its sources."""
    if path.suffix.lower() == ".md":
        write_markdown(one.draft, path, clean=clean)
    else:
        name = f"{one.version.draft}-{one.version.number}"
        write_docx(one.draft, path, Layout(citations, clean=clean), name=name)
