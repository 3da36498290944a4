"""Versions of drafts: kept with who and when, never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.drafts import DraftStore, NotTheLastVersion, Version


def version(number: int, who: str = "张", draft: str = "d1") -> Version:
    return Version(draft, number, who, f"2021-12-0{number}T08:00:00+08:00", "改数字")


def test_versions_are_listed_and_loaded(tmp_path: Path) -> None:
    store = DraftStore(tmp_path)
    store.save(version(1), "一")
    store.save(version(2), "二")
    store.save(version(1, draft="d2"), "三")
    assert store.kept("d1") == [version(1), version(2)]
    assert store.kept() == [version(1, draft="d2"), version(2)]
    assert [store.content("d1", n) for n in (1, 2, 3)] == ["一", "二", None]
    store.close()


def test_who_saves_on_top_of_an_older_version_is_told_and_loses_nothing(tmp_path: Path) -> None:
    first, second = DraftStore(tmp_path), DraftStore(tmp_path)
    first.save(version(1), "一")
    first.save(version(2, "李"), "二")
    with pytest.raises(NotTheLastVersion, match=r"李已在.*保存了第2版") as refused:
        second.save(version(2, "王"), "另一个")
    assert refused.value.last == version(2, "李")
    assert second.content("d1", 2) == "二"
    first.close()
    second.close()


def test_a_removed_draft_is_gone_and_cannot_be_saved_upon(tmp_path: Path) -> None:
    store = DraftStore(tmp_path)
    store.save(version(1), "一")
    assert store.remove("d1")
    assert not store.remove("d1")
    assert store.kept() == []
    with pytest.raises(NotTheLastVersion, match="已被删除"):
        store.save(version(2), "二")
    store.close()
