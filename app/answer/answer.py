"""What an answer is: sentences, each with its sources, or the refusal."""

from __future__ import annotations

from dataclasses import dataclass

REFUSAL = "档案中没有找到可以回答这个问题的内容。"
"""The one sentence for «the archive does not say»: shown, tested and told to models."""

WORDED = "generate"
"""The mode of an answer that a language model worded."""


@dataclass(frozen=True)
class ReportRef:
    """The report that a citation points into, as the interfaces show it."""

    id: str
    title: str
    place: str | None
    period: str | None
    source: str


@dataclass(frozen=True)
class Citation:
    """A quotation: `report.text[start:end] == quote`, numbered from 1 within an answer."""

    n: int
    report: ReportRef
    heading: str
    quote: str
    start: int
    end: int
    page: int | None = None
    """Where the quotation begins in its file, a slide in presentations; None where unknown."""
    sheet: str | None = None
    row: int | None = None
    """The row of the worksheet, from 1."""
    sure: float | None = None
    """How sure recognition of a scan is of the quotation, 0–1; None for text that was text."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer with the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...]
    listed: bool = False
    """Whether it only tells values by place and time, as a table of `Answer.values` does, too."""


@dataclass(frozen=True)
class Value:
    """A figure of the ledger that an answer tells, for tables and charts."""

    name: str
    """What is counted."""
    place: str
    period: str | None
    """A period key, or None for a time that has none."""
    when: str
    """The time in words; empty where the report says none."""
    kind: str
    """What it is over time, a FigureKind: only values of one kind are drawn as one line."""
    shown: str
    """As the report writes it, with its unit."""
    amount: float
    """In `unit`; `base` is the same in `base_unit`, in which values can be compared."""
    unit: str
    base: float
    base_unit: str
    citation: int


@dataclass(frozen=True)
class Scope:
    """What the question was understood to be about; empty means not restricted."""

    places: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The reply to one question; a refusal has no sentences, and `note` says what there is."""

    question: str
    direct: str | None
    """The figure, date, person or place asked for, where the question asks for one: then the
    first sentence is this value alone, with its citation."""
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    scope: Scope
    mode: str
    seconds: float
    note: str | None = None
    """For a refusal: what the archive does have for that place or period. Not an answer."""
    closest: Citation | None = None
    """For a refusal: the sentence that comes nearest to what was asked. Not an answer."""
    values: tuple[Value, ...] = ()
    """For an answer from the ledger: the figures that its sentences tell, in their order."""
    notices: tuple[str, ...] = ()
    """How it came about, where the reader should know: a model that failed, sentences replaced."""

    @property
    def refused(self) -> bool:
        return not self.sentences

    @property
    def text(self) -> str:
        """The whole answer in words, citations as [n] behind their sentence."""
        if self.refused:
            return REFUSAL + (f"\n{self.note}" if self.note else "")
        return "\n".join(
            sentence.text + "".join(f"[{n}]" for n in sentence.citations)
            for sentence in self.sentences
        )
