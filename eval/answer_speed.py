"""How soon an answer is there: `python -m eval.answer_speed ARCHIVE [--questions FILE]`.

Asks a warm archive every question twice over: the desk for its first answer, as a program gets
it, and the page's flow for its first words and its last. The question's embedding is included.
Nothing else should run on the machine.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.desk import ArchiveDesk
from app.models import make_embedder
from app.settings import load_settings
from app.web.ask_flow import ask
from app.web.ports import Desk
from eval.cases import sample
from eval.machine import setting


@dataclass(frozen=True)
class Waits:
    """Seconds that questions took, in words and as JSON."""

    p50: float
    p95: float
    longest: float
    n: int

    def __str__(self) -> str:
        return f"p50 {self.p50:.3f} s, p95 {self.p95:.3f} s, max {self.longest:.3f} s (n={self.n})"


@dataclass(frozen=True)
class Waited:
    """One question's seconds."""

    question: str
    echoed: float
    """Until the page shows that it looks."""
    first: float
    """Until the page shows the first words of the answer."""
    whole: float
    """Until the page shows the whole answer."""
    desk: float
    """Until the desk has yielded its first answer."""


@dataclass(frozen=True)
class Result:
    """All questions of one archive."""

    passages: int
    embedder: str | None
    waited: tuple[Waited, ...]

    def waits(self) -> dict[str, Waits]:
        """What is reported, each over all questions."""
        return {
            "page: looking": waits(one.echoed for one in self.waited),
            "page: first words": waits(one.first for one in self.waited),
            "page: full answer": waits(one.whole for one in self.waited),
            "desk: first answer": waits(one.desk for one in self.waited),
        }

    def table(self) -> str:
        """A line each, and the three questions that took longest."""
        slowest = sorted(self.waited, key=lambda one: -one.whole)[:3]
        return "\n".join(
            [
                f"passages {self.passages}, embedder {self.embedder or 'none'}",
                *(f"  {name:20} {value}" for name, value in self.waits().items()),
                "longest:",
                *(f"  {one.whole:.3f} s {one.question}" for one in slowest),
            ]
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "setting": setting(),
            "passages": self.passages,
            "embedder": self.embedder,
            "waits": {name: asdict(value) for name, value in self.waits().items()},
        }


def waits(seconds: Iterable[float]) -> Waits:
    """Median, 95th percentile and longest of at least one."""
    found = np.array(list(seconds))
    p50, p95 = np.quantile(found, [0.5, 0.95])
    return Waits(float(p50), float(p95), float(found.max()), len(found))


def measure(desk: Desk, questions: Sequence[str]) -> tuple[Waited, ...]:
    """Ask each question of the page and of the desk; the first one beforehand, to warm up."""
    for _ in ask(desk, questions[0], None, None, ()):
        pass
    # Whichever is asked second may find its text folded already: each is the first half the time.
    return tuple(
        _waited(desk, question, page_first=number % 2 == 0)
        for number, question in enumerate(questions)
    )


def _waited(desk: Desk, question: str, *, page_first: bool) -> Waited:
    alone = 0.0 if page_first else _desk(desk, question)
    shown: list[float] = []
    begun = time.perf_counter()
    for _ in ask(desk, question, None, None, ()):
        shown.append(time.perf_counter() - begun)
    first = shown[1] if len(shown) > 1 else shown[0]
    if page_first:
        alone = _desk(desk, question)
    return Waited(question, shown[0], first, shown[-1], alone)


def _desk(desk: Desk, question: str) -> float:
    begun = time.perf_counter()
    next(iter(desk.answers(question)))
    return time.perf_counter() - begun


def read_questions(path: Path) -> list[str]:
    """The `question` of each JSON line, or each line as it is."""
    rows = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [json.loads(row)["question"] if row.startswith("{") else row for row in rows]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.answer_speed", description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument(
        "--questions",
        type=Path,
        action="append",
        help="lines of text or of JSON with a question; again for more; else the sample's",
    )
    parser.add_argument("--no-embed", action="store_true", help="by words alone")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    files = given.questions or []
    questions = [question for path in files for question in read_questions(path)]
    questions = questions or [case.question for case in sample().cases]
    embedder = None if given.no_embed else make_embedder(load_settings().embedding)
    with closing(ArchiveDesk(given.archive, embedder)) as desk:
        passages = sum(info.passages for info in desk.infos())
        waited = measure(desk, questions)
    result = Result(passages, embedder.identity.name if embedder else None, waited)
    print(json.dumps(result.as_json(), ensure_ascii=False) if given.json else result.table())


if __name__ == "__main__":
    main()
