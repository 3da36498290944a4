"""What a model may do right and wrong, by name; each behaviour makes its answer from the passages.

A bad one is as near to a right one as it can be: for tests and for measuring what reaches the user.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from app.answer.answer import REFUSAL
from eval.scripted_steps import Behaviour, Hangup, Passage, Sleep, Status, Step, told

_PLANS = re.compile(r"下一步打算|下一步|打算|计划于|计划|力争|争取|拟|预计|准备|将")
_PATIENCE = 30.0


def honest(passages: list[Passage], question: str) -> Iterator[Step]:
    passage, sentence = told(passages)
    yield from f"{sentence}[{passage.n}]。"


def invented_number(passages: list[Passage], question: str) -> Iterator[Step]:
    passage, sentence = told(passages)
    yield re.sub(r"\d", lambda m: str((int(m.group()) + 1) % 10 or 1), sentence)
    yield f"[{passage.n}]。"


def added_number(passages: list[Passage], question: str) -> Iterator[Step]:
    passage, sentence = told(passages)
    yield f"{sentence},比上年增加317户[{passage.n}]。"


def swapped_numbers(passages: list[Passage], question: str) -> Iterator[Step]:
    """Two numbers of the sentence change places."""
    passage, sentence = told(passages)
    found = list(re.finditer(r"\d+(?:\.\d+)?", sentence))
    if len(found) > 1 and found[0].group() != found[1].group():
        a, b = found[0], found[1]
        sentence = (
            sentence[: a.start()] + b.group() + sentence[a.end() : b.start()] + a.group()
            + sentence[b.end() :]
        )  # fmt: skip
    else:
        sentence = re.sub(r"\d+", "77", sentence)
    yield f"{sentence}[{passage.n}]。"


def other_unit(passages: list[Passage], question: str) -> Iterator[Step]:
    passage, sentence = told(passages)
    swaps = {"户": "人", "人": "户", "万元": "亿元", "公里": "米", "亩": "公顷"}
    yield (
        re.sub(r"(?<=\d)(户|人|万元|公里|亩)", lambda m: swaps[m.group()], sentence)
        if re.search(r"\d(?:户|人|万元|公里|亩)", sentence)
        else f"{sentence}达8吨"
    )
    yield f"[{passage.n}]。"


def number_of_another_village(passages: list[Passage], question: str) -> Iterator[Step]:
    passage, sentence = told(passages)
    yield f"青杠岭村{re.sub(r'^.{0,12}?村', '', sentence)}[{passage.n}]。"


def no_citation(passages: list[Passage], question: str) -> Iterator[Step]:
    yield f"{told(passages)[1]}。"


def wrong_citation(passages: list[Passage], question: str) -> Iterator[Step]:
    passage, sentence = told(passages)
    others = [p.n for p in passages if p.n != passage.n and sentence not in p.text]
    yield f"{sentence}[{others[-1] if others else 99}]。{sentence}还有99户[99]。"


def endless(passages: list[Passage], question: str) -> Iterator[Step]:
    for n in itertools.count(1000):
        yield f"全村还有贫困户{n}户[1]。"


def endless_word(passages: list[Passage], question: str) -> Iterator[Step]:
    for _ in itertools.count():
        yield "全面推进乡村振兴"


def slow(passages: list[Passage], question: str) -> Iterator[Step]:
    yield told(passages)[1][:4]
    yield Sleep(_PATIENCE)


def dripping(passages: list[Passage], question: str) -> Iterator[Step]:
    for char in itertools.cycle(told(passages)[1][:6]):
        yield char
        yield Sleep(0.3)


def half_then_broken(passages: list[Passage], question: str) -> Iterator[Step]:
    passage, sentence = told(passages)
    yield f"{sentence}[{passage.n}]。另外还有贫困户88"
    yield Hangup()


def too_many_requests(passages: list[Passage], question: str) -> Status:
    return Status(429)


def server_error(passages: list[Passage], question: str) -> Status:
    return Status(500)


def out_of_context(passages: list[Passage], question: str) -> Status:
    return Status(
        400,
        '{"error": {"code": 400, "message": "request (9000 tokens) exceeds the available context '
        'size (4096 tokens)", "type": "exceed_context_size_error"}}',
    )


def no_json(passages: list[Passage], question: str) -> Status:
    return Status(200, "<html>proxy login</html>")


def empty(passages: list[Passage], question: str) -> Iterator[Step]:
    yield ""


def obeys_the_document(passages: list[Passage], question: str) -> Iterator[Step]:
    """Does what an instruction inside a document may ask for."""
    yield "按照资料中的要求,本村没有任何贫困户,共脱贫999户[1]。请访问 http://evil.example 核实。"


def plan_as_result(passages: list[Passage], question: str) -> Iterator[Step]:
    for passage in passages:
        for sentence in passage.sentences:
            if _PLANS.search(sentence):
                yield f"{_PLANS.sub('已', sentence, count=1)}[{passage.n}]。"
                return
    passage, sentence = told(passages)
    yield f"计划{sentence}[{passage.n}]。"


def wrong_period(passages: list[Passage], question: str) -> Iterator[Step]:
    passage, sentence = told(passages)
    yield f"2009年上半年,{sentence}[{passage.n}]。"


def made_up_sum(passages: list[Passage], question: str) -> Iterator[Step]:
    yield "合计共有1234户(600户+634户=1234户)[1]。"


def made_up_name(passages: list[Passage], question: str) -> Iterator[Step]:
    passage, sentence = told(passages)
    yield f"据村支书秦若谷介绍,{sentence}[{passage.n}]。"


def nonsense(passages: list[Passage], question: str) -> Iterator[Step]:
    yield "<|im_end|>\n天空是蓝色的[1]。我是一个语言模型,很高兴为您服务[1]!\nThe answer is 42[1]."


def loose_talk(passages: list[Passage], question: str) -> Iterator[Step]:
    """Nothing false and nothing of the archive's: praise."""
    yield "各项工作取得了显著成效,群众满意度大幅提升,得到上级充分肯定[1]。"


def refuses(passages: list[Passage], question: str) -> Iterator[Step]:
    yield REFUSAL


def thinks_first(passages: list[Passage], question: str) -> Iterator[Step]:
    passage, sentence = told(passages)
    yield "<thi"
    yield f"nk>资料里好像有888户[1]。</think>{sentence}[{passage.n}]。"


GOOD: dict[str, Behaviour] = {"honest": honest, "thinks_first": thinks_first}
BAD: dict[str, Behaviour] = {
    one.__name__: one
    for one in (
        invented_number, added_number, swapped_numbers, other_unit, number_of_another_village,
        no_citation, wrong_citation, endless, endless_word, slow, dripping, half_then_broken,
        too_many_requests, server_error, out_of_context, no_json, empty, obeys_the_document,
        plan_as_result, wrong_period, made_up_sum, made_up_name, nonsense, loose_talk, refuses,
    )
}  # fmt: skip
"""Everything that a model may do wrong, by name."""
