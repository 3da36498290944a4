"""Models that exchange what two things are given: figures, names by turn, offices.

Each takes a sentence of a passage and gives one thing what another one has.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from eval.scripted_steps import Behaviour, Passage, Step, told

_COUNT = re.compile(r"\d+(?:\.\d+)?(?:万元|亿元|户|人|个|亩|公里|名|座|吨|元)")
_LABELLED = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,6}?)(?P<figure>\d+(?:\.\d+)?[户人亩个元座])")

_TURN = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,8})[、和与](?P<other>[\u4e00-\u9fff]{2,8})分别(?P<verb>[\u4e00-\u9fff]{0,6})"
    r"(?P<a>\d+(?:\.\d+)?[\u4e00-\u9fff]{1,2})[、和](?P<b>\d+(?:\.\d+)?[\u4e00-\u9fff]{1,2})"
)


def swapped_indicator(passages: list[Passage], question: str) -> Iterator[Step]:
    """Two figures of one unit change what they are of."""
    for passage in passages:
        for sentence in passage.sentences:
            found = list(_LABELLED.finditer(sentence))
            for one in found:
                for other in found:
                    alike = one["figure"][-1] == other["figure"][-1]
                    if (
                        alike
                        and one["label"] != other["label"]
                        and one["figure"] != other["figure"]
                    ):
                        yield f"{one['label']}{other['figure']}[{passage.n}]。"
                        return
    passage, sentence = told(passages)
    count = _COUNT.search(sentence)
    yield f"社会组织成员{count.group() if count else '3个'}[{passage.n}]。"


def swapped_pairs(passages: list[Passage], question: str) -> Iterator[Step]:
    """分别 gives two figures to each other's names."""
    for passage, one, other in _pairs(passages):
        names = f"{one['label']}和{other['label']}"
        yield f"{names}分别为{other['figure']}、{one['figure']}[{passage.n}]。"
        return
    yield "脱贫户和监测户分别为13户、31户[1]。"


def swapped_list(passages: list[Passage], question: str) -> Iterator[Step]:
    """The same as a list of names and values."""
    for passage, one, other in _pairs(passages):
        yield f"- {one['label']}:{other['figure']}[{passage.n}]\n"
        yield f"- {other['label']}:{one['figure']}[{passage.n}]\n"
        return
    yield "- 脱贫户:13户[1]\n- 监测户:31户[1]\n"


def swapped_short_pairs(passages: list[Passage], question: str) -> Iterator[Step]:
    """As swapped_pairs, under names that the model shortened itself."""
    for passage, one, other in _pairs(passages):
        names = f"{one['label'][:2]}、{other['label'][:2]}"
        yield f"{names}分别为{other['figure']}、{one['figure']}[{passage.n}]。"
        yield f"{one['label'][-2:]}:{other['figure']}[{passage.n}]。"
        return
    yield "脱贫、监测分别为13户、31户[1]。"


def swapped_turns(passages: list[Passage], question: str) -> Iterator[Step]:
    """What a passage itself gives by turn, given the other way round, each name a little less."""
    for passage in passages:
        for sentence in passage.sentences:
            if found := _TURN.search(sentence):
                less = f"{found['one'][:-1] or found['one']}、{found['other'][:-1]}"
                yield f"{less}分别{found['verb']}{found['b']}、{found['a']}[{passage.n}]。"
                return
    yield from swapped_short_pairs(passages, question)


def swapped_offices(passages: list[Passage], question: str) -> Iterator[Step]:
    """People get each other's offices."""
    turns = {"书记": "主任", "主任": "书记", "队长": "书记", "局长": "主任", "县长": "书记"}
    for passage in passages:
        for sentence in passage.sentences:
            for office, other in turns.items():
                if re.search(rf"{office}[\u4e00-\u9fff]{{2,3}}", sentence):
                    yield f"{sentence.replace(office, other)}[{passage.n}]。"
                    return
    passage, sentence = told(passages)
    yield f"{sentence},书记为李大山[{passage.n}]。"


def _pairs(
    passages: list[Passage],
) -> Iterator[tuple[Passage, re.Match[str], re.Match[str]]]:
    """Two figures of one unit and of different names in one sentence."""
    for passage in passages:
        for sentence in passage.sentences:
            for one, other in itertools.permutations(_LABELLED.finditer(sentence), 2):
                alike = one["figure"][-1] == other["figure"][-1]
                if alike and one["label"] != other["label"] and one["figure"] != other["figure"]:
                    yield passage, one, other


SWAPS: dict[str, Behaviour] = {
    one.__name__: one
    for one in (
        swapped_indicator, swapped_pairs, swapped_list, swapped_short_pairs, swapped_turns,
        swapped_offices,
    )
}  # fmt: skip
"""By name."""
