"""How faithful worded answers are: a model, or one scripted to misbehave, over an archive's cases.

`python -m eval.generate` asks the sample archive's cases of each scripted behaviour in turn;
`--model` asks them of the model that huibao.toml configures. `python -m eval.every_model` asks
every case of every behaviour, without a server.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType

from app.answer.answer import WORDED, Answer
from app.answer.generate import Generator
from app.chat.langchain_chat import Endpoint, LangChainChat
from app.desk import ArchiveDesk
from app.models import make_generator
from app.settings import load_settings
from eval.cases import Case, CaseSet, gold, sample
from eval.faithful import faithful_numbers
from eval.metrics import Share, judge, share
from eval.scripted_behaviours import BAD, GOOD
from eval.scripted_model import ScriptedModel
from eval.scripted_steps import Behaviour
from eval.scripted_tricks import HONEST, TRICKS
from index.errors import UsageError
from ingest.job import ingest

CONFIGURED = "config"
"""The name for the model of huibao.toml, beside those of the scripted ones."""

SCRIPTED = {**GOOD, **HONEST, **BAD, **TRICKS}
"""Every scripted behaviour by name, the good ones first."""
_SECONDS = 20.0
_NEVER_ENDING = {"slow": 2.0, "dripping": 2.0}
"""Time limits of scripted models, short for those that only wait for theirs."""


@dataclass(frozen=True)
class Outcome:
    """How one model's answers to all cases did."""

    model: str
    worded: Share
    """Answers in which a sentence of the model was used."""
    faithful: Share
    """Numbers, dates included, of all sentences that are found in the sentence's quotes."""
    cited: Share
    """Citations of right answers that are of the gold file and hold the evidence."""
    right: Share
    right_refusals: Share
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.model:28} worded {self.worded!s:18} faithful {self.faithful!s:20} "
            f"right {self.right!s:18} cited {self.cited!s:18} "
            f"refusals {self.right_refusals!s:16} {self.seconds:.0f} s"
        )


def outcome(name: str, asked: Sequence[tuple[Case, Answer]]) -> Outcome:
    """The shares over all cases of one model."""
    verdicts = [(case, answer, judge(case, answer)) for case, answer in asked]
    numbers = [faithful_numbers(answer) for _, answer in asked]
    return Outcome(
        name,
        share(answer.mode == WORDED for case, answer in asked if case.answerable),
        Share(sum(found for found, _ in numbers), sum(of for _, of in numbers)),
        share(verdict.cited for _, _, verdict in verdicts),
        share(verdict.right for case, _, verdict in verdicts if case.answerable),
        share(verdict.right for case, _, verdict in verdicts if not case.answerable),
        round(sum(answer.seconds for _, answer in asked), 1),
    )


def run(
    folder: Path, cases: Iterable[Case], generator: Generator | None
) -> list[tuple[Case, Answer]]:
    """Ask every case of the archive at `folder`; without a generator in extract mode."""
    with closing(ArchiveDesk(folder, None, generator=generator)) as desk:
        return [(case, desk.ask(case.question)) for case in cases]


def scripted(folder: Path, cases: Sequence[Case], names: Sequence[str]) -> list[Outcome]:
    """The outcome of each scripted behaviour."""
    results = []
    for name in names:
        with scripted_generator(name) as generator:
            results.append(outcome(name, run(folder, cases, generator)))
    return results


@contextmanager
def scripted_generator(
    name: str, every: Mapping[str, Behaviour] = MappingProxyType(SCRIPTED)
) -> Iterator[Generator]:
    """A generator whose model behaves as `name` says; raises UsageError for an unknown one."""
    if name not in every:
        raise UsageError(f"没有脚本模型 {name}，可选：{'、'.join(every)}")
    seconds = _NEVER_ENDING.get(name, _SECONDS)
    with ScriptedModel(every[name]) as model:
        endpoint = Endpoint(name, base_url=model.base_url, seconds=seconds, context=4096)
        yield Generator(LangChainChat(endpoint), seconds)


@contextmanager
def generator_of(
    name: str, every: Mapping[str, Behaviour] = MappingProxyType(SCRIPTED)
) -> Iterator[Generator]:
    """The model of huibao.toml for `config`, else a scripted one; raises UsageError for neither."""
    if name != CONFIGURED:
        with scripted_generator(name, every) as generator:
            yield generator
        return
    configured = make_generator(load_settings().model)
    if configured is None:
        raise UsageError("huibao.toml 里没有配置 [model]")
    yield configured


def main() -> None:
    """Measure and print; status 1 where a number is not its quotes'."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, help="a folder of reports with gold questions")
    parser.add_argument("--every", type=int, default=10, help="ask each N-th case")
    parser.add_argument("--model", action="store_true", help="the model of huibao.toml")
    parser.add_argument("--only", help="one scripted behaviour")
    parser.add_argument("--out", type=Path, help="write the shares as JSON")
    given = parser.parse_args()
    found: CaseSet = gold(given.reports) if given.reports else sample()
    cases = found.cases[:: given.every]
    with tempfile.TemporaryDirectory(prefix="huibao-eval-") as name:
        folder = Path(name) / "archive"
        ingest([str(found.reports)], folder, None)
        results = [outcome("extract", run(folder, cases, None))]
        if given.model:
            with generator_of(CONFIGURED) as generator:
                results.append(outcome(generator.name, run(folder, cases, generator)))
        else:
            names = [given.only] if given.only else [*SCRIPTED]
            results += scripted(folder, cases, names)
    for result in results:
        print(result)
    if given.out is not None:
        rows = [asdict(result) for result in results]
        given.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    if any(result.faithful.hits < result.faithful.of for result in results):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
