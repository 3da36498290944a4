"""`huibao eval drafts --model`: the drafts worded by a model, or by ones scripted to misbehave.

The measures are those of the drafts without a model, which stand beside; what the model wrote is
also held against the notes by the ledger's own reading, which no check of the drafts uses.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from app.draft.prose import Prose
from eval.drafts import archive_of, run
from eval.drafts_score import Score
from eval.figures import SAMPLE
from eval.generate import generator_of
from eval.scripted_behaviours import BAD, GOOD
from eval.scripted_drafts import BAD_DRAFTS, GOOD_DRAFTS

ALL = "all"
EXTRACT = "extract"
SCRIPTED = {**GOOD, **GOOD_DRAFTS, **BAD, **BAD_DRAFTS}


@dataclass(frozen=True)
class Worded:
    """The scores of one or several models, the drafts without a model first."""

    scores: dict[str, Score]
    seconds: dict[str, float]

    @property
    def safe(self) -> bool:
        """Whether no draft says what it must not, loses a gap, or lacks a source."""
        return not any(one.wrong for one in self.scores.values())

    def as_json(self) -> dict[str, Any]:
        return {
            name: {**asdict(one), "seconds": round(self.seconds[name], 1)}
            for name, one in self.scores.items()
        }

    def table(self) -> str:
        if len(self.scores) <= 2:
            parts = (f"{name}\n{one.table()}" for name, one in self.scores.items())
            return "\n\n".join(parts)
        heads = ("模型", "采用的句子", "没有来历", "上期当本期", "数字张冠李戴", "丢失待补充",
                 "核对不过", "有出处", "材料放对", "秒")  # fmt: skip
        rows = [" | ".join(heads)]
        for name, one in self.scores.items():
            cells = (
                name, one.worded, one.invented, one.stale, one.moved, one.lost, one.unheld,
                f"{one.sourced}/{one.sentences}", f"{one.placed}/{one.supplied}",
                f"{self.seconds[name]:.0f}",
            )  # fmt: skip
            rows.append(" | ".join(map(str, cells)))
        return "\n".join(rows)


def main(
    model: str,
    folder: Path = SAMPLE,
    places: int | None = None,
    until: int | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> Worded:
    """Draft each place's last report without a model and with `model` (`all`: each scripted one).

    `say` is told each as it is done; the other parameters are those of `eval.drafts`. Raises
    UsageError for an unknown model.
    """
    import_module("langchain_openai")  # a slow disk's time is not the first model's
    names = list(SCRIPTED) if model == ALL else [model]
    scores: dict[str, Score] = {}
    seconds: dict[str, float] = {}
    with archive_of(folder) as opened:
        for name in (EXTRACT, *names):
            began = time.monotonic()
            with _prose(name) as prose:
                scores[name] = run(opened, places, until, prose)
            seconds[name] = time.monotonic() - began
            say(f"{name} {scores[name].wrong} {seconds[name]:.0f} s")
    return Worded(scores, seconds)


@contextmanager
def _prose(name: str) -> Iterator[Prose | None]:
    if name == EXTRACT:
        yield None
        return
    with generator_of(name, SCRIPTED) as generator:
        yield Prose(*generator.means)
