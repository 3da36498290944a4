"""`python -m eval.answers_seeds FOLDER`: the questions over the five real reports, counted.

Counted apart: the part for developing, whose failures are printed, and the part held back.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.models import make_embedder
from app.settings import load_settings
from eval.answer_figures import Asked
from eval.answers import Result, run, write
from eval.cases import is_held, seeds
from index.embedder import Embedder


def main(folder: Path, out: Path | None, embedder: Embedder | None) -> Result:
    """Ask all questions of an archive of the reports in `folder`; HUIBAO_EVAL_ARCHIVE keeps it."""
    cases = seeds(folder)
    with tempfile.TemporaryDirectory(prefix="huibao-eval-") as name:
        result = run(cases, Path(os.environ.get("HUIBAO_EVAL_ARCHIVE", name)), embedder)
    if out is not None:
        write(out, part(result, held=False))
    return result


def part(result: Result, *, held: bool) -> Result:
    """The questions of one part alone."""
    asked = tuple(one for one in result.asked if is_held(one.case.id) == held)
    return replace(result, asked=asked)


def table(result: Result) -> str:
    """Both parts' figures and the questions of the developing part that failed."""
    developing, held = part(result, held=False), part(result, held=True)
    lines = ["DEVELOPING", developing.table(), "", "failed:"]
    for one in developing.asked:
        if not one.verdict.right or one.verdict.cited is False or one.verdict.direct is False:
            lines.append(f"  {one.case.id} {one.case.kind} {one.case.question} {_how(one)}")
    return "\n".join([*lines, "", "WRITTEN LAST", held.table()])


def as_json(result: Result) -> dict[str, Any]:
    """Both parts' figures."""
    return {
        "developing": part(result, held=False).as_json(),
        "held_back": part(result, held=True).as_json(),
    }


def _how(one: Asked) -> str:
    verdict = one.verdict
    if not one.case.answerable:
        return f"answered: {one.answer.direct or one.answer.sentences[0].text[:40]}"
    if verdict.refused:
        return "refused"
    if not verdict.right:
        return f"wrong: {one.answer.direct or one.answer.sentences[0].text[:40]}"
    if verdict.direct is False:
        return f"the value told first is another: {one.answer.direct}"
    return "another sentence cited"


def _from_command_line(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.answers_seeds", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, help="answers of the developing part, JSON lines")
    parser.add_argument("--no-embed", action="store_true", help="by words alone")
    given = parser.parse_args(arguments)
    embedder = None if given.no_embed else make_embedder(load_settings().embedding)
    print(table(main(given.folder, given.out, embedder)))


if __name__ == "__main__":
    _from_command_line()
