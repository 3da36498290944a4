"""An OpenAI-compatible server on loopback that behaves well or badly, as a script tells it.

Each behaviour makes its answer from the passages in the prompt, so that a bad one is as near to
a right one as it can be: for tests and for measuring what reaches the user.
"""

from __future__ import annotations

import itertools
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from app.answer.answer import REFUSAL
from index.chinese.sentences import sentences

_PASSAGE = re.compile(r'<资料 编号="(\d+)" 地点="(.*?)" 期次=.*?>\n(.*?)\n</资料>', re.DOTALL)
_PLANS = re.compile(r"下一步打算|下一步|打算|计划于|计划|力争|争取|拟|预计|准备|将")
_AT_ONCE = 12
_PATIENCE = 30.0


@dataclass(frozen=True)
class Passage:
    """A passage as it stood in the prompt."""

    n: int
    place: str
    text: str

    @property
    def sentences(self) -> list[str]:
        return [self.text[start:end].strip("。;；") for start, end in sentences(self.text)]


@dataclass(frozen=True)
class Status:
    """An HTTP error in place of a stream."""

    code: int
    body: str = '{"error": {"message": "scripted", "type": "scripted", "code": null}}'


@dataclass(frozen=True)
class Sleep:
    """Silence in the stream, in seconds; a server that is stopped wakes up."""

    seconds: float


@dataclass(frozen=True)
class Aside:
    """A piece of a thought in a field of its own, as servers send it that part the two."""

    text: str


class Hangup:
    """The connection is closed in the middle, without the end of the stream."""


Step = str | Sleep | Aside | Hangup
Behaviour = Callable[[list[Passage], str], Iterator[Step] | Status]


def told(passages: list[Passage]) -> tuple[Passage, str]:
    """The sentence that an honest model would give: the first one that states a number."""
    for passage in passages:
        for sentence in passage.sentences:
            if re.search(r"\d", sentence) and len(sentence) > 6:
                return passage, sentence
    return passages[0], passages[0].sentences[0]


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


class ScriptedModel:
    """The server; `behaviour` may be changed between questions. A context manager."""

    def __init__(self, behaviour: Behaviour = honest, *, tokenizes: bool = True) -> None:
        self.behaviour = behaviour
        self.tokenizes = tokenizes
        self.context: int | None = None
        """Tokens that /props tells; None for a server that does not say."""
        self.finish = "stop"
        self.requests: list[dict[str, Any]] = []
        """Bodies of the chat requests so far."""
        self.stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> ScriptedModel:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()


def passages_in(messages: list[dict[str, Any]]) -> list[Passage]:
    """The passages of a prompt, in its order."""
    text = "\n".join(str(message["content"]) for message in messages)
    return [Passage(int(n), place, body) for n, place, body in _PASSAGE.findall(text)]


def _handler(model: ScriptedModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            settings = {"default_generation_settings": {"n_ctx": model.context}}
            known = self.path == "/props" and model.context is not None
            self._plain(Status(200, json.dumps(settings)) if known else Status(404))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            if self.path == "/tokenize":
                # As many tokens as characters: more than any real tokenizer makes of Chinese.
                tokens = json.dumps({"tokens": list(range(len(body["content"])))})
                self._plain(Status(200, tokens) if model.tokenizes else Status(404))
                return
            model.requests.append(body)
            question = str(body["messages"][-1]["content"])
            answer = model.behaviour(passages_in(body["messages"]), question)
            if isinstance(answer, Status):
                self._plain(answer)
            else:
                self._stream(answer)

        def _plain(self, status: Status) -> None:
            self.send_response(status.code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(status.body.encode())))
            self.end_headers()
            self.wfile.write(status.body.encode())

        def _stream(self, steps: Iterator[Step]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            try:
                for step in steps:
                    if model.stopped.is_set() or isinstance(step, Hangup):
                        return
                    if isinstance(step, Sleep):
                        model.stopped.wait(step.seconds)
                    elif isinstance(step, Aside):
                        self._event({"content": "", "reasoning_content": step.text}, None)
                    else:
                        self._event({"content": step}, None)
                self._event({}, model.finish)
                self.wfile.write(b"data: [DONE]\n\n")
            except OSError:
                return  # whoever asked has gone

        def _event(self, delta: dict[str, str], finish: str | None) -> None:
            chunk = {
                "id": "1", "object": "chat.completion.chunk", "created": int(time.time()),
                "model": "scripted",
                "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
            }  # fmt: skip
            self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
            self.wfile.flush()

    return Handler
