"""Whether the numbers of an answer are those of its quotations, counted apart from the verifier."""

from __future__ import annotations

from app.answer.answer import Answer
from app.answer.evidence import read
from eval.metrics import plain
from index.chinese.periods import find_periods
from index.records import Period


def faithful_numbers(answer: Answer) -> tuple[int, int]:
    """(numbers found, numbers) of an answer's sentences, each held to its own citations.

    Found by the written digits, or by an equal quantity or date.
    """
    quotes = {citation.n: citation for citation in answer.citations}
    found = of = 0
    for sentence in answer.sentences:
        cited = [quotes[n] for n in sentence.citations if n in quotes]
        # 三道村: a numeral in the name of the cited report's place states no number of its own.
        text = plain("\n".join(f"{one.quote}\n{one.report.place or ''}" for one in cited))
        stated = [figure for one in cited for figure in read(one.quote, None).figures]
        keys = {one.report.period for one in cited}
        said = read(sentence.text, None)
        for figure in said.figures:
            of += 1
            found += plain(figure.surface) in text or any(map(figure.same, stated))
        for date in find_periods(said.folded):
            of += 1
            surface = plain(said.folded[date.start : date.end])
            found += surface in text or any(
                Period.parse(key).within(date.period) for key in keys if key
            )
        for token in said.tokens:
            of += 1
            found += token.digits in text
    return found, of
