"""What a person does with a draft: change, reject and fill in sentences; numbers are checked again.

Pure functions from a draft to the next one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.answer.answer import ReportRef
from app.draft.check import checked
from app.draft.draft import (
    ComparedFigure,
    Draft,
    DraftCitation,
    DraftSection,
    DraftSentence,
    Origin,
    SentenceKind,
    ToFill,
    asked,
)
from app.draft.figures import change_said, held_figures, pairs, with_unit
from app.draft.texts import name_in
from index.chinese.fold import fold
from index.errors import NotFound, UsageError

TO_FILL = re.compile(r"【待补充[^】]*】")
TYPED = "手工填写"
SENTENCE_MAX = 2000
"""Characters; a longer one is a pasted document."""
VALUE_MAX = 200


@dataclass(frozen=True)
class Elsewhere:
    """A sentence that still says a figure which was just changed in another one."""

    sentence: str
    text: str
    figure: str


def sentence_of(draft: Draft, sentence_id: str) -> DraftSentence:
    """The sentence with this id; raises NotFound."""
    for section in draft.sections:
        for sentence in section.sentences:
            if sentence.id == sentence_id:
                return sentence
    raise NotFound("这一句已不在稿子里，请刷新后再改")


def change_text(draft: Draft, sentence_id: str, text: str) -> Draft:
    """The draft with another wording of a sentence; raises NotFound, and UsageError for none."""
    text = " ".join(text.split())
    if not text:
        raise UsageError("句子不能是空的；不要这一句，请用「不要」")
    if len(text) > SENTENCE_MAX:
        raise UsageError(f"一句最多{SENTENCE_MAX}字，现在有{len(text)}字")
    old = sentence_of(draft, sentence_id)
    if text == old.text:
        return draft
    kind = SentenceKind.TO_FILL if TO_FILL.search(text) else old.kind
    if kind is SentenceKind.TO_FILL and not TO_FILL.search(text):
        kind = SentenceKind.NEW
    gaps = TO_FILL.findall(text)
    left = tuple(
        item
        for item in draft.to_fill
        if item.sentence != sentence_id or any(item.indicator in gap for gap in gaps)
    )
    new = replace(old, text=text, kind=kind, edited=True)
    changed = _with_sentence(replace(draft, to_fill=left), new)
    return _figures_follow(checked(changed), old, new)


def reject(draft: Draft, sentence_id: str, *, rejected: bool = True) -> Draft:
    """The draft with a sentence left out of what is exported, or taken back in."""
    one = replace(sentence_of(draft, sentence_id), rejected=rejected)
    return checked(_with_sentence(draft, one))


def leave_seldom(draft: Draft) -> Draft:
    """The draft without the gaps that may not come up in this period; what was edited stays."""
    seldom = {item.sentence for _, item in asked(draft) if not item.usual}
    for section in draft.sections:
        for one in section.sentences:
            if one.id in seldom and not one.edited:
                draft = _with_sentence(draft, replace(one, rejected=True))
    return checked(draft)


def fill(draft: Draft, values: Mapping[int, str]) -> Draft:
    """The draft with values (by position in `to_fill`) in their places; empty ones are passed over.

    A value without a unit gets the indicator's. Each is cited as typed by hand.
    """
    items = draft.to_fill
    for position, typed in sorted(values.items()):
        value = " ".join(typed.split())
        if not value:
            continue
        if not 0 <= position < len(items):
            raise NotFound("待补充的项目已有变化，请刷新后再填")
        if len(value) > VALUE_MAX or "【" in value:
            raise UsageError(f"「{items[position].indicator}」填的内容太长或含有【】")
        draft = _filled(draft, items[position], value)
    return draft


def _filled(draft: Draft, item: ToFill, value: str) -> Draft:
    old = sentence_of(draft, item.sentence)
    gap = _gap_of(old.text, item)
    if gap is None:
        raise NotFound(f"「{item.indicator}」所在的句子里已没有待补充的空")
    if item.unit and re.fullmatch(r"[-+]?[\d,]+(?:\.\d+)?", value):
        value += item.unit
    # 「脱贫完成数,计划148户」 is asked for as such, and told as 脱贫完成数.
    name = re.split("[,，]", item.indicator)[0]
    quote = f"{name}{value}" if item.last else value
    n = max((one.n for one in draft.citations), default=0) + 1
    source = ReportRef("", TYPED, draft.place, draft.period.key, TYPED)
    cited = DraftCitation(n, Origin.NOTES, source, item.indicator, quote, 0, len(quote))
    text = _in_gap(old.text, gap, item, value, quote)
    more = TO_FILL.search(text) is not None
    # What it cited was the last period's value; the other gaps of the sentence still tell theirs.
    kept = tuple(m for m in old.citations if more or m != item.citation)
    kind = SentenceKind.TO_FILL if more else SentenceKind.NEW
    new = replace(old, text=text, kind=kind, citations=(*kept, n), edited=True)
    left = list(draft.to_fill)
    left.remove(item)
    changed = replace(draft, citations=(*draft.citations, cited), to_fill=tuple(left))
    if item.last and "," not in fold(item.indicator):
        changed = replace(changed, figures=_compared(draft, item, value, n))
    return checked(_with_sentence(changed, new))


def _gap_of(text: str, item: ToFill) -> re.Match[str] | None:
    """The gap that asks for the item: of several of its name the one with its last value."""
    gaps = list(TO_FILL.finditer(text))
    named = [one for one in gaps if item.indicator in one[0]]
    with_value = [one for one in named if item.last in one[0]]
    return next(iter((*with_value, *named, *gaps)), None)


def _in_gap(text: str, gap: re.Match[str], item: ToFill, value: str, quote: str) -> str:
    before, after = text[: gap.start()], text[gap.end() :]
    rest = re.sub("^【待补充[:：]|】$", "", gap[0])
    others = [one for one in rest.split("、") if one and one != item.indicator]
    if item.indicator in rest.split("、") and others:
        # One gap asked for several things: what is left is asked for still.
        return f"{before}{quote}、【待补充：{'、'.join(others)}】{after}"
    # 「养牛【待补充:养牛,上期30头】」 names it already; a gap on its own does not.
    said = value if quote.removesuffix(value) in before else quote
    return before + (said.rstrip("。") if after.startswith("。") else said) + after


def _compared(draft: Draft, item: ToFill, value: str, n: int) -> tuple[ComparedFigure, ...]:
    bare = value.removesuffix(item.unit) if item.unit else value
    rows = list(draft.figures)
    for at, row in enumerate(rows):
        if row.indicator == item.indicator and row.unit == item.unit and row.this is None:
            this = value if row.last and row.unit and row.last.endswith(row.unit) else bare
            said = change_said(value, row.last, row.unit)
            rows[at] = replace(row, this=this, change=said, citations=(*row.citations, n))
            return tuple(rows)
    last = item.last.removesuffix(item.unit) if item.unit else item.last
    own = (item.citation, n) if item.citation is not None else (n,)
    said = change_said(bare, last, item.unit)
    return (*rows, ComparedFigure(item.indicator, item.unit, bare, last, said, own))


def elsewhere(draft: Draft, old: str, new: str, sentence_id: str) -> tuple[Elsewhere, ...]:
    """Where figures that `old` said and `new` no longer says still stand in the draft."""
    kept = held_figures(new)
    gone = [one for one in held_figures(old) if not any(one.same(other) for other in kept)]
    found = []
    for section in draft.sections:
        for sentence in section.sentences:
            if sentence.rejected or sentence.id == sentence_id:
                continue
            said = held_figures(sentence.text)
            for figure in gone:
                if any(figure.same(other) for other in said):
                    found.append(Elsewhere(sentence.id, sentence.text, figure.surface))
    return tuple(found)


def _figures_follow(draft: Draft, old: DraftSentence, new: DraftSentence) -> Draft:
    """Where one figure took another's place, the row of the table that told it follows."""
    rows = list(draft.figures)
    words = fold(new.text)
    for pair in pairs(old.text, new.text):
        gone = held_figures(pair.old)
        for at, row in enumerate(rows):
            said = held_figures(with_unit(row.this, row.unit))
            same = any(one.same(other) for one in gone for other in said)
            if same and fold(name_in(row.indicator)) in words:
                rows[at] = with_value(row, pair.new)
                break
    return replace(draft, figures=tuple(rows))


def with_value(row: ComparedFigure, value: str) -> ComparedFigure:
    """A row of the comparison table with another value of this period, written as the old was."""
    this = value
    if row.unit and row.this and not row.this.endswith(row.unit):
        this = value.removesuffix(row.unit)
    return replace(row, this=this, change=change_said(this, row.last, row.unit), alarm=None)


def _with_sentence(draft: Draft, new: DraftSentence) -> Draft:
    def put(section: DraftSection) -> DraftSection:
        if all(one.id != new.id for one in section.sentences):
            return section
        return replace(
            section, sentences=tuple(new if one.id == new.id else one for one in section.sentences)
        )

    return replace(draft, sections=tuple(put(section) for section in draft.sections))
