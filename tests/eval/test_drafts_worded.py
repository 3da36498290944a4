"""The measurement of drafts that a model worded: it sees what goes wrong, and what does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main as huibao
from app.draft.draft import Draft, SentenceKind
from app.draft.marks import full_width
from eval.drafts import run
from eval.drafts_worded import EXTRACT, main
from index.archive import Archive, open_archive
from index.errors import UsageError
from ingest.job import ingest
from tests.app.draft.test_compose import LAST, LONG_AGO


@pytest.fixture
def opened(put: Callable[..., Path], archive_folder: Path) -> Archive:
    put("一.txt", LONG_AGO)
    ingest((str(put("二.txt", LAST).parent),), archive_folder, None)
    return open_archive(archive_folder)


class Cheating:
    """Words every sentence that has this text with that one, and holds nothing to anything."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new

    def worded(self, draft: Draft, sections: Collection[int] | None = None) -> Draft:
        parts = []
        for part in draft.sections:
            sentences = tuple(
                replace(
                    one, text=one.text.replace(self._old, self._new), tells=(one.id,),
                    kind=SentenceKind.NEW,
                )
                if self._old in one.text
                else one
                for one in part.sentences
            )  # fmt: skip
            parts.append(replace(part, sentences=sentences))
        return replace(draft, sections=tuple(parts))


def test_a_model_that_cheats_is_found_out(opened: Archive) -> None:
    asked = full_width("【待补充：党员,上期41人】")
    plain = run(opened)
    assert (plain.wrong, plain.worded) == (0, 0)
    lost = run(opened, wording=Cheating(asked, ""))
    assert (lost.lost, lost.worded) == (1, 1)
    assert run(opened, wording=Cheating(asked, "41人")).stale == 1
    assert run(opened, wording=Cheating(asked, "317人")).invented == 1
    assert run(opened, wording=Cheating("耕地面积1200亩", "耕地面积1900亩")).moved > 0


def test_a_scripted_model_stands_beside_the_draft_without_one(put: Callable[..., Path]) -> None:
    put("一.txt", LONG_AGO)
    folder = put("二.txt", LAST).parent
    found = main("last_as_this", folder)
    assert list(found.scores) == [EXTRACT, "last_as_this"]
    assert found.safe
    assert "last_as_this" in found.table()
    shown = CliRunner().invoke(
        huibao, ["eval", "drafts", "--model", "copies", "--reports", str(folder), "--json"]
    )
    told = json.loads(shown.stdout)["copies"]
    assert (shown.exit_code, told["invented"], told["lost"]) == (0, 0, 0)
    assert told["worded"] > 0
    with pytest.raises(UsageError, match="没有脚本模型"):
        main("nobody", folder)
