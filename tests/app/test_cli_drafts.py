"""huibao drafts by its contract: list, show, compare, export, remove."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.draft.draft import Draft
from app.draft.edit import change_text
from app.draft.office import DraftOffice, Open, Order
from index.archive import create_archive
from index.records import Period
from tests.app.draft.test_word import DRAFT


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The second version of a draft in an archive."""
    monkeypatch.setenv("HUIBAO_ARCHIVE", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    create_archive(tmp_path / "data").close()

    def compose(order: Order) -> Draft:
        return DRAFT

    office = DraftOffice(tmp_path / "data", compose)
    first = office.compose(Order("枧头村", Period.half(2021, 2)), "甲")
    changed = change_text(first.draft, "s1", "全村共有7个村民小组。")
    return office.save(first.version, changed, "乙", "改一句")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["drafts", *arguments])


def output(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_drafts_and_their_versions_are_listed(second: Open) -> None:
    key = second.version.draft
    assert [(v["draft"], v["number"]) for v in output("list")["drafts"]] == [(key, 2)]
    assert [v["who"] for v in output("list", key)["drafts"]] == ["甲", "乙"]
    assert "改一句" in run("list").stdout


def test_a_version_is_shown_and_compared_sentence_by_sentence(second: Open) -> None:
    key = second.version.draft
    shown = run("show", key, "--version", "1").stdout
    assert "全村共有6个村民小组。" in shown
    assert "被删去的一句" not in shown
    assert output("show", key)["title"] == DRAFT.title
    (change,) = output("show", key, "--against", "1")["differences"]
    assert (change["became"], change["new"]) == ("changed", "全村共有7个村民小组。")
    assert "- 全村共有6个村民小组。" in run("show", key, "--against", "1").stdout


def test_a_version_is_exported(second: Open, tmp_path: Path) -> None:
    out = tmp_path / "a.md"
    assert run("export", second.version.draft, "--version", "1", "--out", str(out)).exit_code == 0
    assert "全村共有6个村民小组。[^1]" in out.read_text("utf-8")


def test_a_removed_draft_is_gone(second: Open) -> None:
    assert run("remove", second.version.draft, "--yes").exit_code == 0
    assert output("list")["drafts"] == []
    missing = run("show", second.version.draft)
    assert missing.exit_code == 2
    assert "没有稿子" in missing.stderr
