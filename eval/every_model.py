"""Every scripted model over every case: what of a model that misbehaves reaches the user.

`python -m eval.every_model --seeds FOLDER --reports FOLDER --work DIR` asks every question of
the sample archive, and of the others where given, once; each model then words the same answer
over the same passages. Words only, in one process. What was asked already is in DIR and is not
asked again, unless `--anew`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from app.answer.answer import Answer, Sentence
from app.answer.calls import Exchange
from app.answer.generate import Generator
from app.answer.streaming import sentences_of
from app.answer.verify import split_citations
from app.chat.chat import ChatFailed
from app.desk import ArchiveDesk
from eval.answer_figures import cited_strays
from eval.cases import Case, CaseSet, gold, is_held, sample, seeds
from eval.faithful import faithful_numbers, unfaithful
from eval.generate import SCRIPTED
from eval.metrics import judge, plain
from eval.ranking import Mean, ratio
from eval.scripted_chat import ScriptedChat
from index.archive import ReportInfo
from index.query import Query
from index.records import Hit
from ingest.job import ingest

EXTRACT = "extract"
"""The name for the answers without a model, beside those of the models."""


@dataclass(frozen=True)
class Row:
    """What became of one model's answer to one question."""

    cases: str
    case: str
    model: str
    refused: bool
    kept: bool
    """Whether it refuses where the answer without a model does; True where that answers."""
    right: bool
    numbers: tuple[int, int]
    """(found in their own quotes, all), of all sentences shown."""
    unfaithful: tuple[str, ...]
    """The sentences shown at any time whose numbers are not all found."""
    strays: tuple[int, int] | None
    """(citations of a wrong place or period, all); None where the question names neither."""
    shown: int
    """Sentences of the model that are shown."""
    reworded: tuple[tuple[str, tuple[str, ...]], ...]
    """Those of them that are not word for word in a quote, each with its quotes."""
    notices: tuple[str, ...]


class _Every(Generator):
    """Words each answer with every model in turn and keeps what came of it."""

    def __init__(self, models: Sequence[str]) -> None:
        super().__init__(ScriptedChat(EXTRACT, SCRIPTED["honest"]))
        self._models = {
            name: Generator(ScriptedChat(name, SCRIPTED[name]))
            for name in models
            if name != EXTRACT
        }
        self.answered: dict[str, tuple[list[Answer], list[Exchange]]] = {}

    def answers(
        self,
        query: Query,
        hits: Sequence[Hit],
        extracted: Answer,
        earlier: Callable[[Hit], str] = lambda hit: "",
        trail: list[Exchange] | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer without a model; those of the models are in `answered`."""
        self.answered = {EXTRACT: ([extracted], [])}
        before: dict[int, str] = {}

        def once(hit: Hit) -> str:
            if hit.stored.id not in before:
                before[hit.stored.id] = earlier(hit)
            return before[hit.stored.id]

        for name, generator in self._models.items():
            exchanges: list[Exchange] = []
            grown = list(generator.answers(query, hits, extracted, once, exchanges))
            self.answered[name] = (grown, exchanges)
        yield extracted


def rows(name: str, cases: CaseSet, folder: Path, models: Sequence[str]) -> Iterator[list[Row]]:
    """Ask each case of the archive at `folder` and yield a row for each model."""
    every = _Every(models)
    with closing(ArchiveDesk(folder, None, generator=every)) as desk:
        infos = {info.id: info for info in desk.infos()}
        for case in cases.cases:
            extracted = desk.ask(case.question)
            yield [
                _row(name, case, model, grown, said, extracted, infos, cases.filed)
                for model, (grown, said) in every.answered.items()
            ]


def _row(
    name: str,
    case: Case,
    model: str,
    grown: Sequence[Answer],
    exchanges: Sequence[Exchange],
    extracted: Answer,
    infos: Mapping[str, ReportInfo],
    filed: Mapping[str, tuple[str, int]],
) -> Row:
    answer = grown[-1]
    own = _own(answer, exchanges)
    strays = cited_strays(case, answer, infos, filed)
    return Row(
        name,
        case.id,
        model,
        answer.refused,
        answer.refused or not extracted.refused,
        judge(case, answer).right,
        faithful_numbers(answer),
        tuple(dict.fromkeys(one.text for part in grown for one in unfaithful(part))),
        None if strays is None else (strays, len(answer.citations)),
        len(own),
        tuple(one for one in own if not _verbatim(*one)),
        answer.notices,
    )


def _own(answer: Answer, exchanges: Sequence[Exchange]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The sentences of an answer that the model wrote, each with the quotes that it cites."""
    written = {text for one in exchanges for text in _written(one.output)}
    return tuple(
        (one.text, _quotes(answer, one)) for one in answer.sentences if one.text in written
    )


def _written(output: str) -> Iterator[str]:
    try:
        for raw in sentences_of([output]):
            yield split_citations(raw)[0]
    except ChatFailed:
        return


def _quotes(answer: Answer, sentence: Sentence) -> tuple[str, ...]:
    return tuple(one.quote for one in answer.citations if one.n in sentence.citations)


def _verbatim(text: str, quotes: Sequence[str]) -> bool:
    return any(plain(text).rstrip("。;.") in plain(quote) for quote in quotes)


@dataclass(frozen=True)
class Outcome:
    """One model over all cases, each share with its interval."""

    model: str
    questions: int
    shown: int
    reworded: int
    faithful: Mean
    strays: Mean
    kept: Mean
    right: Mean

    def __str__(self) -> str:
        return (
            f"{self.model:22} {self.questions:5} {self.shown:6} {self.reworded:8} "
            f"{_of(self.faithful):34} {_of(self.strays):32} {_of(self.kept):30} {_of(self.right)}"
        )


HEAD = (
    f"{'model':22} {'asked':>5} {'shown':>6} {'reworded':>8} {'numbers faithful':34} "
    f"{'wrong place or period cited':32} {'refusals kept':30} right"
)


def _of(value: Mean) -> str:
    return "–" if value.value is None else f"{round(value.value * value.n)}/{value.n} {value}"


def outcomes(found: Sequence[Row]) -> list[Outcome]:
    """The figures of each model, in the order in which they were asked."""
    by_model: dict[str, list[Row]] = {}
    for row in found:
        by_model.setdefault(row.model, []).append(row)
    without = {(row.cases, row.case): row for row in found if row.model == EXTRACT}
    return [
        Outcome(
            model,
            len(some),
            sum(row.shown for row in some),
            sum(len(row.reworded) for row in some),
            ratio(row.numbers for row in some),
            ratio(row.strays for row in some if row.strays is not None),
            ratio(
                (int(row.kept), 1)
                for row in some
                if (extract := without.get((row.cases, row.case))) and extract.refused
            ),
            ratio((int(row.right), 1) for row in some),
        )
        for model, some in by_model.items()
    ]


def read(path: Path) -> list[Row]:
    """The rows of an earlier run; none where there was none."""
    if not path.is_file():
        return []
    lines = path.read_text("utf-8").splitlines()
    return [_from_json(json.loads(line)) for line in lines if line.endswith("}")]


def _from_json(row: dict[str, object]) -> Row:
    known = {key: _frozen(value) for key, value in row.items()}
    return Row(**known)  # type: ignore[arg-type]


def _frozen(value: object) -> object:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def run(
    sets: Mapping[str, CaseSet], work: Path, models: Sequence[str], every: int = 1
) -> list[Row]:
    """Ask what is not in `work` yet, a line each; returns the rows of all cases and models."""
    kept = work / "rows.jsonl"
    done = {(row.cases, row.case, row.model) for row in read(kept)}
    for name, cases in sets.items():
        asked = cases.cases[::every]
        missing = [
            case for case in asked if not all((name, case.id, model) in done for model in models)
        ]
        if not missing:
            continue
        folder = work / name
        if not (folder / "archive.db").is_file():
            ingest([str(cases.reports)], folder, None)
        with kept.open("a", encoding="utf-8") as file:
            left = CaseSet(cases.reports, tuple(missing), cases.filed)
            lacking = [
                model
                for model in models
                if any((name, case.id, model) not in done for case in missing)
            ]
            for some in rows(name, left, folder, lacking):
                for row in some:
                    if (name, row.case, row.model) not in done:
                        file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
                file.flush()
    wanted = {(name, case.id) for name, cases in sets.items() for case in cases.cases[::every]}
    return [row for row in read(kept) if (row.cases, row.case) in wanted and row.model in models]


def main() -> None:
    """Measure and print; status 1 where a number is not its quotes'."""
    parser = argparse.ArgumentParser(prog="python -m eval.every_model", description=__doc__)
    parser.add_argument("--seeds", type=Path, help="the folder of the five real reports")
    parser.add_argument("--reports", type=Path, help="a folder of reports with gold questions")
    parser.add_argument("--work", type=Path, required=True, help="archives and rows lie here")
    parser.add_argument("--only", nargs="+", choices=sorted(SCRIPTED), help="these models alone")
    parser.add_argument("--every", type=int, default=1, help="ask each N-th case")
    parser.add_argument("--anew", action="store_true", help="forget what was asked before")
    parser.add_argument("--show", action="store_true", help="print sentences shown, reworded")
    given = parser.parse_args()
    sets = {"sample": sample()}
    sets |= {"seeds": seeds(given.seeds)} if given.seeds else {}
    sets |= {"reports": gold(given.reports)} if given.reports else {}
    given.work.mkdir(parents=True, exist_ok=True)
    if given.anew:
        (given.work / "rows.jsonl").unlink(missing_ok=True)
    models = [EXTRACT, *(given.only or SCRIPTED)]
    found = run(sets, given.work, models, given.every)
    print(HEAD)
    for outcome in outcomes(found):
        print(outcome)
    if given.show:
        for row in found:
            if row.cases == "seeds" and is_held(row.case):
                continue  # nobody reads how these fail
            for text, quotes in row.reworded:
                print(f"{row.model} {row.cases}/{row.case}\n  {text}\n  = {' | '.join(quotes)}")
    wrong = [(row, text) for row in found for text in row.unfaithful]
    for row, text in wrong:
        print(f"UNFAITHFUL {row.model} {row.cases}/{row.case}: {text}")
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
