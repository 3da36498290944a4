"""A draft edited in Word comes back: what changed, and what is without a source now.

Numbers that are new are held to what was handed in and to the archive's quotations, as everything
else in the draft; a value written in place of a 【待补充】 counts as filled in by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.answer.evidence import Source
from app.answer.findings import About
from app.answer.hold import Held, hold
from app.draft import texts
from app.draft.again import asks
from app.draft.check import as_source, checked
from app.draft.draft import Doubt, Draft, DraftCitation, DraftSentence, Origin, ToFill
from app.draft.edit import TO_FILL, change_text, fill, sentence_of
from app.draft.edited import Edited, read_edited
from app.draft.figures import held_figures
from app.draft.merging import merged
from app.draft.versions import Became, Difference, differences
from app.rights.personal import masked, restored
from index.errors import UsageError

_GAP = re.compile(
    r"【待补充[:：](?P<what>.+?)"
    r"(?:[,，]上期(?P<last>[^()（）【】]+)(?:[(（][^()（）]*[)）])?)?】"
)


@dataclass(frozen=True)
class ReadBack:
    """The next version of a draft, out of a file; against the last one."""

    draft: Draft
    changes: tuple[Difference, ...]
    titles: tuple[tuple[str, str], ...]
    """(old, new) of title, headings, unit and date where they differ; empty for none."""
    moved: tuple[str, ...]
    """Sentences and headings that stand elsewhere now, as they were."""
    filled: tuple[str, ...]
    """Sentences in which something that was to be filled in now is."""
    unsourced: tuple[Doubt, ...]
    """Changed and new sentences that verification does not let pass."""

    @property
    def same(self) -> bool:
        """Whether nothing was changed."""
        return not self.changes and not self.titles and not self.moved


def read_back(draft: Draft, file: Path) -> ReadBack:
    """The edited file against this version; raises UsageError for a damaged or foreign one."""
    return put_in(draft, read_edited(file, draft), file.name)


def put_in(draft: Draft, edited: Edited, name: str) -> ReadBack:
    """As `read_back`, of what was read from the file `name`; raises UsageError as it does."""
    if not any(part.heading for part in edited.parts):
        raise UsageError(texts.no_headings(name))
    edited = _unmasked(draft, edited)
    found = merged(draft, edited)
    if not found.kept:
        raise UsageError(texts.other_file(name, draft.title))
    new = replace(
        draft,
        title=edited.title or draft.title,
        unit=edited.unit,
        dated=edited.dated,
        sections=found.sections,
    )
    filled: list[str] = []
    for sentence_id, text in found.changed:
        with_values = _filled(new, sentence_id, text)
        if with_values is not None:
            filled.append(text)
        new = with_values or _changed(new, sentence_id, text)
    old_ids = {one.id for part in draft.sections for one in part.sentences}
    for part in new.sections:
        for one in part.sentences:
            if one.id not in old_ids:
                new = _with(new, _cited(one, new))
    new = checked(replace(new, to_fill=(*new.to_fill, *_asked(new, draft))))
    changes = differences(draft, new)
    touched = {one.new for one in changes if one.became is not Became.REJECTED}
    unsourced = tuple(one for one in new.verification.unsupported if one.text in touched)
    titles = (*_titles(draft, new), *found.headings)
    return ReadBack(new, changes, titles, found.moved, tuple(filled), unsourced)


def _unmasked(draft: Draft, edited: Edited) -> Edited:
    """The file with the stored numbers of persons, where it left the archive with them masked."""
    sentences = [one.text for part in draft.sections for one in part.sentences]
    hidden = [(seen, text) for text in sentences if (seen := masked(text)) != text]

    def whole(paragraph: str) -> str:
        for seen, text in hidden:
            paragraph = paragraph.replace(seen, text)
        every = ("\n".join(seen for seen, _ in hidden), "\n".join(text for _, text in hidden))
        return restored(paragraph, *every) if "*" in paragraph else paragraph

    parts = tuple(
        replace(one, paragraphs=tuple(map(whole, one.paragraphs))) for one in edited.parts
    )
    return replace(edited, parts=parts) if hidden else edited


def _asked(draft: Draft, before: Draft) -> Iterator[ToFill]:
    """What the gaps ask for that were written into changed and new sentences."""
    old = {one.id: one.text for part in before.sections for one in part.sentences}
    for part in draft.sections:
        for one in part.sentences:
            if one.rejected or old.get(one.id) == one.text:
                continue
            items = [item for item in draft.to_fill if item.sentence == one.id]
            for gap in TO_FILL.findall(one.text):
                known = next((item for item in items if asks(gap, item)), None)
                if known is not None:
                    items.remove(known)
                elif match := _GAP.fullmatch(gap):
                    last = match["last"] or ""
                    unit = re.sub(r"^[\d.,]+", "", last)
                    yield ToFill(match["what"], unit, last, None, one.id)


def _titles(old: Draft, new: Draft) -> Iterator[tuple[str, str]]:
    def day(draft: Draft) -> str:
        return draft.dated.isoformat() if draft.dated else ""

    pairs = [(old.title, new.title), (old.unit or "", new.unit or ""), (day(old), day(new))]
    yield from (pair for pair in pairs if pair[0] != pair[1])


def _filled(draft: Draft, sentence_id: str, text: str) -> Draft | None:
    """The draft with what the new text has in place of gaps; None where more was changed."""
    old = sentence_of(draft, sentence_id)
    parts = TO_FILL.split(old.text)
    if len(parts) < 2:
        return None
    match = re.fullmatch("(.+?)".join(map(re.escape, parts)), text)
    gaps = TO_FILL.findall(old.text)
    if match is None or any("。" in one.strip("。") for one in match.groups()):
        return None
    values: dict[int, str] = {}
    for gap, value in zip(gaps, match.groups(), strict=True):
        if value == gap:
            continue
        at = next(
            (
                n
                for n, item in enumerate(draft.to_fill)
                if item.sentence == sentence_id
                and n not in values
                and item.indicator in gap
                and item.last in gap
            ),
            None,
        )
        if at is None or "【" in value:
            return None
        # A section is filled in with words, a figure with a number.
        if draft.to_fill[at].last and not re.search(r"\d", value):
            return None
        unit, name = draft.to_fill[at].unit, draft.to_fill[at].indicator
        if unit and {one.unit for one in held_figures(value)} - _units_like(unit):
            return None  # 47人 in place of so many 户: changed, and to be looked at
        values[at] = value.removeprefix(name) if value != name else value
    try:
        done = fill(draft, values)
    except UsageError:
        return None
    return done if values and sentence_of(done, sentence_id).text == text else None


def _units_like(unit: str) -> set[str]:
    return {one.unit for one in held_figures(f"1{unit}")}


def _changed(draft: Draft, sentence_id: str, text: str) -> Draft:
    """The draft with another text; where its sources do not carry it, others are looked for."""
    draft = change_text(draft, sentence_id, text)
    one = sentence_of(draft, sentence_id)
    if any(doubt.text == one.text for doubt in draft.verification.unsupported):
        better = _cited(one, draft)
        if better != one:
            draft = checked(_with(draft, better))
    return draft


@dataclass(frozen=True)
class _Quotation:
    """A citation of the draft as a model's sentence would be held to it."""

    n: int
    source: Source

    @property
    def sentences(self) -> Sequence[_Quotation]:
        return (self,)


def _cited(sentence: DraftSentence, draft: Draft) -> DraftSentence:
    """The sentence with the quotations that carry it, what was handed in first; as it is if none.

    An earlier report carries only what is told of its own time.
    """
    if TO_FILL.search(sentence.text):
        return sentence
    for origin in (Origin.NOTES, Origin.ARCHIVE):
        pool = [_Quotation(one.n, as_source(one, draft)) for one in _of(origin, draft.citations)]
        if not pool:
            continue
        marks = f"[{'、'.join(str(one.n) for one in pool)}]"
        held = hold(f"{sentence.text}{marks}", pool, About(periods=(draft.period,)))
        if isinstance(held, Held):
            numbers = tuple(sorted({one.n for one in held.evidence}))
            return replace(sentence, citations=numbers)
    return sentence


def _of(origin: Origin, citations: Sequence[DraftCitation]) -> list[DraftCitation]:
    return [one for one in citations if one.origin is origin and one.n < 1000]


def _with(draft: Draft, new: DraftSentence) -> Draft:
    return replace(
        draft,
        sections=tuple(
            replace(
                part, sentences=tuple(new if one.id == new.id else one for one in part.sentences)
            )
            for part in draft.sections
        ),
    )
