"""A figure that was changed in one sentence: where else it stands, and in which sums it counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.answer.stated import Figure as Stated
from app.draft import edit
from app.draft.calling import is_called
from app.draft.comparing import COMPARED, said_as
from app.draft.draft import Draft, DraftSentence, SentenceKind
from app.draft.figures import Pair, change_said, held_figures, with_unit
from app.draft.measured import measured
from app.draft.placing import name_of, same_thing
from app.draft.texts import name_in
from app.draft.totals import Change, Stands, of_unit, totals
from app.history.statements import Statement
from index.chinese.fold import fold
from index.records import Figure

ROW = "row"


@dataclass(frozen=True)
class Place:
    """One place where the old figure stands, or a sum that it counted in."""

    key: str
    """The sentence and the offset in it, or the row of the comparison table."""
    text: str
    old: str
    new: str
    sure: bool
    """Whether its words say that it is the same thing; else it is only the same number."""
    sum: str = ""
    """The arithmetic, where this is the sum of parts one of which was changed."""
    difference: str = ""
    """The arithmetic, where this tells how the figure stands to the last period's."""


def places(draft: Draft, sentence_id: str, changed: Sequence[Pair]) -> tuple[Place, ...]:
    """Where else these figures stand, in the order of the draft; then the rows of the table.

    `draft` has them changed in the sentence already. A sum is followed to where it stands, too.
    """
    looked = _Looked(draft)
    found: dict[str, Place] = {}
    for pair in changed:
        own = looked.figure(sentence_id, pair.new)
        _keep(found, looked.standing(sentence_id, pair, own))
        _keep(found, looked.compared(pair, own))
        here = (sentence_id, *(_sentence(k) for k, one in found.items() if one.sure))
        for total in looked.sums([o for o in dict.fromkeys(here) if o], pair, sentence_id, own):
            _keep(found, [total])
            whole = looked.figure(_sentence(total.key) or "", total.old)
            again = Pair(total.old, total.new)
            _keep(found, looked.standing(_sentence(total.key) or "", again, whole))
            _keep(found, looked.compared(again, whole))
    order = {one.id: at for at, one in enumerate(looked.sentences)}
    return tuple(sorted(found.values(), key=lambda one: order.get(_sentence(one.key) or "", 9999)))


def change(
    draft: Draft, sentence_id: str, changed: Sequence[Pair], chosen: Collection[str]
) -> Draft:
    """The draft with the figures changed in the chosen places, too; verified anew."""
    taken = [one for one in places(draft, sentence_id, changed) if one.key in chosen]
    texts = {one.id: one.text for one in _Looked(draft).sentences}
    # From the back of each sentence, so that the offsets in front of it hold.
    for one in sorted(taken, key=lambda place: -_offset(place.key)):
        key = _sentence(one.key)
        if key is not None:
            at = _offset(one.key)
            texts[key] = texts[key][:at] + one.new + texts[key][at + len(one.old) :]
    for key in dict.fromkeys(_sentence(one.key) for one in taken):
        if key is not None:
            draft = edit.change_text(draft, key, texts[key])
    for one in taken:
        if _sentence(one.key) is None:
            draft = _with_row(draft, _offset(one.key), one.new)
    return draft


def _keep(found: dict[str, Place], more: Iterable[Place]) -> None:
    for one in more:
        found.setdefault(one.key, one)


def _sentence(key: str) -> str | None:
    name, _, _ = key.rpartition(":")
    return None if name == ROW else name


def _offset(key: str) -> int:
    return int(key.rpartition(":")[2])


class _Looked:
    """A draft with the figures of its sentences."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.sentences: list[DraftSentence] = [
            one for part in draft.sections for one in part.sentences if not one.rejected
        ]
        self._measured = measured(draft)

    def figure(self, sentence_id: str, surface: str) -> Figure | None:
        """What the ledger reads of a figure that a sentence states in these words."""
        statement = self._measured.get(sentence_id)
        if statement is None:
            return None
        said = [one for one in held_figures(statement.text) if one.surface == surface]
        return next((one for one in map(partial(_read, statement), said) if one), None)

    def standing(self, sentence_id: str, pair: Pair, own: Figure | None) -> list[Place]:
        """Where the old figure is still stated, outside the sentence that was changed."""
        old = _one(pair.old)
        if old is None:
            return []
        found = []
        for one in self.sentences:
            if one.id == sentence_id:
                continue
            for figure in held_figures(one.text):
                if figure.same(old):
                    sure = self._is_same(one.id, figure, own)
                    new = _written(figure, pair)
                    key = f"{one.id}:{figure.start}"
                    found.append(Place(key, one.text, figure.surface, new, sure))
        return found + self._rows(pair, own)

    def _is_same(self, sentence_id: str, figure: Stated, own: Figure | None) -> bool:
        statement = self._measured.get(sentence_id)
        one = _read(statement, figure) if statement is not None else None
        return one is not None and own is not None and same_thing(one, own)

    def _rows(self, pair: Pair, own: Figure | None) -> list[Place]:
        found = []
        for at, row in enumerate(self._draft.figures):
            said = held_figures(with_unit(row.this, row.unit))
            same = [one for one in said if any(one.same(o) for o in held_figures(pair.old))]
            if same and own is not None and is_called(own, name_in(row.indicator)):
                found.append(Place(f"{ROW}:{at}", row.indicator, pair.old, pair.new, True))
        return found

    def compared(self, pair: Pair, own: Figure | None) -> Iterator[Place]:
        """Where it is told how the figure stands to the last period's: 比上期的615户增加2户."""
        if own is None:
            return
        for one in self.sentences:
            if one.kind is not SentenceKind.COMPARISON:
                continue
            named = ""
            for match in COMPARED.finditer(fold(one.text)):
                named = match["name"].strip() or named
                last, said = match["old"], match["change"] + match["amount"]
                was, now = (change_said(value, last, own.unit) for value in (pair.old, pair.new))
                if (
                    named not in (name_of(own), said_as(own))
                    or was is None
                    or now is None
                    or fold(was) != said
                ):
                    continue
                key = f"{one.id}:{match.start('change')}"
                told = f"{pair.new}-{last}"
                yield Place(key, one.text, said, now, True, difference=told)

    def sums(
        self, sentence_ids: Sequence[str], pair: Pair, sentence_id: str, own: Figure | None
    ) -> Iterator[Place]:
        """Totals that the old figure counted in, in the sentences that state old or new.

        Parts stand beside one another in one sentence; or in one section, if all bear one name.
        """
        old, new = _one(pair.old), _one(pair.new)
        if own is None or old is None or new is None or not new.low:
            return
        difference = (new.low - old.low) * own.base / new.low
        for key in sentence_ids:
            done = key == sentence_id
            part = own if done else self.figure(key, pair.old)
            if part is None:
                continue
            for group in self._groups(key, part):
                for one in totals(group, Change(part, difference, done)):
                    where = f"{one.sentence}:{one.start}"
                    yield Place(where, one.text, one.old, one.new, True, one.told)

    def _groups(self, sentence_id: str, own: Figure) -> Iterator[list[Stands]]:
        statement = self._measured.get(sentence_id)
        if statement is not None:
            yield of_unit([(sentence_id, statement)], own)
        for section in self._draft.sections:
            ids = [one.id for one in section.sentences]
            if sentence_id in ids:
                known = [(key, self._measured[key]) for key in ids if key in self._measured]
                group = of_unit(known, own)
                name = name_of(own)
                yield [one for one in group if name and name_of(one[2]) == name]


def _read(statement: Statement, said: Stated) -> Figure | None:
    """What the ledger reads where a sentence states this."""
    for one in statement.figures:
        first, last = statement.span(one)
        if first < said.end and said.start < last:
            return one
    return None


def _one(surface: str) -> Stated | None:
    return next(iter(held_figures(surface)), None)


def _written(figure: Stated, pair: Pair) -> str:
    """The new figure with the words around the number that this place has: 约612户."""
    put = figure.surface.replace(pair.old, pair.new)
    return pair.new if put == figure.surface else put


def _with_row(draft: Draft, at: int, written: str) -> Draft:
    rows = list(draft.figures)
    rows[at] = edit.with_value(rows[at], written)
    return replace(draft, figures=tuple(rows))
