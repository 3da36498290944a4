"""What a model may do right and wrong with a draft's material, beside what it may do with answers.

Behaviours of `eval.scripted_behaviours`: each makes its text from the items in the prompt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from eval.scripted_steps import Behaviour, Passage, Step

_GAP = re.compile(
    r"【待补充[:：](?P<what>[^【】]*?)(?:[,，]上期(?P<last>[^【】()（）]*)[^【】]*)?】"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LAST_WORDS = "上期原句:"


def _own(passage: Passage) -> str:
    return passage.text.split("\n")[0].rstrip("。")


def copies(passages: list[Passage], question: str) -> Iterator[Step]:
    """Every item as it is."""
    for one in passages:
        yield f"{_own(one)}[{one.n}]。"


def joins(passages: list[Passage], question: str) -> Iterator[Step]:
    """Two items in one sentence, as an office would write them."""
    for first, second in zip(passages[::2], passages[1::2], strict=False):
        yield f"{_own(first)};同时,{_own(second)}[{first.n}][{second.n}]。"
    if len(passages) % 2:
        yield f"{_own(passages[-1])}[{passages[-1].n}]。"


def last_as_this(passages: list[Passage], question: str) -> Iterator[Step]:
    """The last period's number where this one's is asked for."""
    for one in passages:
        yield f"{_GAP.sub(lambda m: m['last'] or m['what'], _own(one))}[{one.n}]。"


def last_words(passages: list[Passage], question: str) -> Iterator[Step]:
    """The last report's own sentence, which was given to be read only."""
    for one in passages:
        _, found, said = one.text.partition(_LAST_WORDS)
        yield f"{said.rstrip('。') if found else _own(one)}[{one.n}]。"


def last_words_dated(passages: list[Passage], question: str) -> Iterator[Step]:
    """The same, said to be of this period."""
    period = re.search(r"\d{4}年(?:[上下]半年)?", question)
    for one in passages:
        _, found, said = one.text.partition(_LAST_WORDS)
        when = f"{period[0]}," if period and found else ""
        yield f"{when}{said.rstrip('。') if found else _own(one)}[{one.n}]。"


def fills_gaps(passages: list[Passage], question: str) -> Iterator[Step]:
    """An invented number in place of each gap."""
    for one in passages:
        yield f"{_GAP.sub('317户', _own(one))}[{one.n}]。"


def loses_gaps(passages: list[Passage], question: str) -> Iterator[Step]:
    """What was asked for is left out."""
    for one in passages:
        text = _GAP.sub("", _own(one)).strip("、,")
        yield f"{text or '各项工作正常'}[{one.n}]。"


def other_gaps(passages: list[Passage], question: str) -> Iterator[Step]:
    """Gaps with another last value, and gaps for what nobody asked."""
    for one in passages:
        text = _GAP.sub(lambda m: f"【待补充:{m['what']},上期9户】", _own(one))
        yield f"{text}[{one.n}]。【待补充:村干部工资】[{one.n}]。"


def moves_numbers(passages: list[Passage], question: str) -> Iterator[Step]:
    """The number of one item told of what another one counts, both cited."""
    plain = [one for one in passages if "【" not in one.text and _NUMBER.search(one.text)]
    for first, second in zip(plain, [*plain[1:], *plain[:1]], strict=True):
        value = _NUMBER.search(_own(second))
        assert value is not None
        text = _NUMBER.sub(value[0], _own(first), count=1)
        yield f"{text}[{first.n}][{second.n}]。"
    if not plain:
        yield "硬化道路44公里[1]。"


def adds_a_sum(passages: list[Passage], question: str) -> Iterator[Step]:
    """A rise against the last period that nobody reckoned."""
    for one in passages:
        yield f"{_own(one)},比上期增加12户[{one.n}]。"


GOOD_DRAFTS: dict[str, Behaviour] = {"copies": copies, "joins": joins}
BAD_DRAFTS: dict[str, Behaviour] = {
    one.__name__: one
    for one in (
        last_as_this, last_words, last_words_dated, fills_gaps, loses_gaps, other_gaps,
        moves_numbers, adds_a_sum,
    )
}  # fmt: skip
