"""What a draft is: sections of sentences, each with its kind and its sources, and its checks.

A draft is made by `compose`, written by `word` and `markdown`, kept by `versions` and shown by the
page; all of them hand each other these frozen values. `draft_json` has the shape of the contract.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.answer.answer import ReportRef
from index.records import Period


class SentenceKind(StrEnum):
    """What a sentence of a draft is; a result of an earlier period is none of these."""

    STANDING = "standing"  # a fact that does not change, or a measure that goes on
    NEW = "new"  # of this period, handed in
    COMPARISON = "comparison"  # this period's figure beside the last one's
    PLAN = "plan"  # what is meant to be done next
    TO_FILL = "to_fill"  # 待补充: of this period, and nobody supplied it


class Origin(StrEnum):
    """Where a source of a draft stands."""

    ARCHIVE = "archive"
    NOTES = "notes"  # what was handed in for this draft


@dataclass(frozen=True)
class DraftCitation:
    """A quotation, numbered from 1 within a draft.

    `start` and `end` are offsets in the stored text of the report, or in the text of the note as
    it was read; then `report.id` is empty and `report.source` names the file or 「手工填写」.
    """

    n: int
    origin: Origin
    report: ReportRef
    heading: str
    quote: str
    start: int
    end: int
    page: int | None = None
    sheet: str | None = None
    row: int | None = None


@dataclass(frozen=True)
class DraftSentence:
    """One sentence; `id` stays the same through edits and versions."""

    id: str
    text: str
    kind: SentenceKind
    citations: tuple[int, ...] = ()
    opens: bool = False
    """Whether a new paragraph begins with it."""
    edited: bool = False
    """Whether a person wrote or changed it."""
    rejected: bool = False
    """Left out of what is exported, but kept, so that it can be taken back in."""
    tells: tuple[str, ...] = ()
    """Of a sentence that a language model worded: the ids of the composer's own that it says."""


@dataclass(frozen=True)
class DraftSection:
    """A heading as printed (「一、基本情况」「(一)产业帮扶」) and what stands below it."""

    heading: str
    level: int
    """1 for 一、, 2 for (一), 3 for 1."""
    sentences: tuple[DraftSentence, ...] = ()
    own: tuple[DraftSentence, ...] = ()
    """The composer's own sentences, kept where a language model worded others in their place."""


@dataclass(frozen=True)
class ComparedFigure:
    """A figure of the draft beside the last period's; values as written, None where there is none.

    `change` is in words (「增加12户」「下降0.3个百分点」), None where the two cannot be compared.
    """

    indicator: str
    unit: str
    this: str | None
    last: str | None
    change: str | None
    citations: tuple[int, ...] = ()
    alarm: str | None = None
    """What is odd about it (fell, jumped, contradicts), in a Chinese sentence."""


@dataclass(frozen=True)
class ToFill:
    """A figure that the last report had and nobody supplied for this period."""

    indicator: str
    unit: str
    last: str
    citation: int | None
    sentence: str
    """The id of the sentence that holds the 【待补充:…】."""
    usual: bool = True
    """Whether the place is known to tell this from period to period; else it may not come up."""


@dataclass(frozen=True)
class Doubt:
    """Something that verification did not let pass, or that was left out, and why."""

    text: str
    reason: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True)
class Verification:
    """What was checked: `numbers` counts the numbers found in their sources."""

    numbers: int = 0
    unsupported: tuple[Doubt, ...] = ()
    left_out: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Draft:
    """The half-year summary of one place as it stands."""

    title: str
    place: str
    period: Period
    last: Period | None
    """The period it is compared with; None where the place has reported nothing before."""
    unit: str | None
    """Who signs it."""
    dated: date | None
    sections: tuple[DraftSection, ...]
    citations: tuple[DraftCitation, ...]
    figures: tuple[ComparedFigure, ...] = ()
    to_fill: tuple[ToFill, ...] = ()
    verification: Verification = field(default_factory=Verification)
    mode: str = "extract"
    """`extract`, or `generate` where a language model worded sentences of it."""
    notices: tuple[str, ...] = ()
    around: str | None = None
    """The place around it, where the archive has several places of its name."""
    bureau: str | None = None
    """The office that reports, where the place's reports are told apart by it: 平岭县水利局."""
    outline: str = ""
    """The outline that was asked for, a built-in name or lines of headings; empty for none."""


def asked(draft: Draft) -> list[tuple[int, ToFill]]:
    """What is still to be filled in, with its position; nothing of sentences that are left out."""
    out = {one.id for part in draft.sections for one in part.sentences if one.rejected}
    return [(at, one) for at, one in enumerate(draft.to_fill) if one.sentence not in out]


def paragraphs(section: DraftSection) -> list[list[DraftSentence]]:
    """The sentences that are exported, by paragraph.

    Where the sentence that opens a paragraph is left out, the next one opens it.
    """
    found: list[list[DraftSentence]] = []
    opens = True
    for one in section.sentences:
        opens = opens or one.opens
        if one.rejected:
            continue
        if opens:
            found.append([])
        found[-1].append(one)
        opens = False
    return found
