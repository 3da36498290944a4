"""Whether the numbers of an answer are those of its quotations, counted apart from the verifier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.answer.answer import Answer, Citation, Sentence
from app.answer.evidence import read
from eval.metrics import plain
from index.chinese.periods import find_periods
from index.records import Period

_NUMERAL = r"[\d一二三四五六七八九十百千万亿]"
_APART = re.compile(rf"(?<={_NUMERAL})\s+(?={_NUMERAL})")
"""Where a space parts two numbers, which plain text would join: 1.1 2023年."""


def faithful_numbers(answer: Answer) -> tuple[int, int]:
    """(numbers found, numbers) of an answer's sentences, each held to its own citations.

    Found by the written digits, or by an equal quantity or date.
    """
    counted = [_held(sentence, _cited(answer, sentence)) for sentence in answer.sentences]
    return sum(found for found, _ in counted), sum(of for _, of in counted)


def unfaithful(answer: Answer) -> list[Sentence]:
    """The sentences with a number that is not found in their citations."""
    counted = ((one, _held(one, _cited(answer, one))) for one in answer.sentences)
    return [sentence for sentence, (found, of) in counted if found < of]


def _cited(answer: Answer, sentence: Sentence) -> list[Citation]:
    return [one for one in answer.citations if one.n in sentence.citations]


def _held(sentence: Sentence, cited: Sequence[Citation]) -> tuple[int, int]:
    # 三道村: a numeral in the name of the cited report's place states no number of its own.
    quoted = "\n".join(f"{one.quote}\n{one.report.place or ''}" for one in cited)
    text = plain(quoted) + "\n" + plain(_APART.sub("~", quoted))
    stated = [figure for one in cited for figure in read(one.quote, None).figures]
    keys = {one.report.period for one in cited}
    said = read(sentence.text, None)
    found = of = 0
    for figure in said.figures:
        of += 1
        found += _written(figure.surface, text) or any(map(figure.same, stated))
    for date in find_periods(said.folded):
        of += 1
        surface = plain(said.folded[date.start : date.end])
        found += _written(surface, text) or any(
            Period.parse(key).within(date.period) for key in keys if key
        )
    for token in said.tokens:
        of += 1
        found += _written(token.digits, text)
    return found, of


def _written(surface: str, text: str) -> bool:
    """Whether a text has these characters as a number of their own: 5户 is not in 15户."""
    digits = plain(surface)
    before = r"[0-9.]" if digits[:1] in "0123456789" else r"[一二三四五六七八九十百千万亿]"
    return re.search(rf"(?<!{before}){re.escape(digits)}", text) is not None
