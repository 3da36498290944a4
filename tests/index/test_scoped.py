"""Past its window an archive cannot be read, by whatever query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from index import schema
from index.archive import Archive, open_archive
from index.errors import HuibaoError
from index.gazetteer import KnownPlace
from index.records import Described
from index.scoped import VIEWS, ScopedArchive
from index.sight import Sight
from ingest.job import ingest
from tests.reports import village_report, write

INSIDE, OUTSIDE = "清溪镇柳沟村", "石门镇石梁村"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    inside = village_report("柳沟村")
    outside = village_report("石梁村", n=7).replace("清溪镇", "石门镇")
    write(tmp_path / "报告", 内=inside, 外=outside)
    ingest([str(tmp_path / "报告")], tmp_path / "档案", None, workers=1)
    with closing(open_archive(tmp_path / "档案", write=True)) as opened:
        yield opened


@pytest.fixture
def scoped(archive: Archive) -> Iterator[ScopedArchive]:
    with closing(ScopedArchive(archive, Sight.of(["清溪镇"]))) as opened:
        yield opened


def test_every_table_has_its_view() -> None:
    assert VIEWS.keys() == schema.metadata.tables.keys()


def test_only_what_is_inside_is_there(archive: Archive, scoped: ScopedArchive) -> None:
    assert [info.described.place for info in scoped.infos()] == ["柳沟村"]
    assert 0 < scoped.counts()[1] < archive.counts()[1]
    assert 0 < scoped.figure_count() < archive.figure_count()
    assert len(scoped.sources()) == 1
    (hidden,) = {info.id for info in archive.infos()} - {info.id for info in scoped.infos()}
    assert scoped.report(hidden) is None
    assert scoped.passages_of(hidden) == []
    assert scoped.excerpt(hidden, 0, 100) == ""


@pytest.mark.parametrize("table", sorted(schema.metadata.tables))
def test_no_row_of_any_table_tells_of_what_is_outside(scoped: ScopedArchive, table: str) -> None:
    with scoped.reading() as db:
        rows = str(db.execute(text(f"SELECT * FROM {table}")).all())
    assert "石梁村" not in rows
    assert "石门镇" not in rows
    assert "外.txt" not in rows


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM main.reports",
        "SELECT count(*) FROM main.passages",
        "SELECT name FROM main.sqlite_master",
        "SELECT * FROM (SELECT * FROM main.figures)",
        "DROP VIEW temp.reports",
        "DELETE FROM main.reports",
        "UPDATE main.settings SET value = '1'",
        "ATTACH 'other.db' AS other",
        "PRAGMA table_info(reports)",
    ],
)
def test_past_the_views_nothing_is_read_and_nothing_written(
    scoped: ScopedArchive, statement: str
) -> None:
    with pytest.raises(HuibaoError, match=r"not authorized|prohibited"), scoped.reading() as db:
        db.exec_driver_sql(statement)


def test_what_is_corrected_or_removed_meanwhile_is_seen_at_once(
    archive: Archive, scoped: ScopedArchive
) -> None:
    (known,) = scoped.infos()
    archive.correct(known.id, {"place": "石梁村", "within": ["石门镇"]})
    assert scoped.infos() == []
    assert scoped.report(known.id) is None
    archive.correct(known.id, {"place": "柳沟村", "within": ["清溪镇"]})
    assert [info.id for info in scoped.infos()] == [known.id]
    for info in archive.infos():
        archive.remove_report(info.id)
    assert scoped.infos() == []
    assert [one.report_id for one in scoped.corrections()] == [known.id]


def test_the_list_of_places_shows_only_those_inside(
    archive: Archive, scoped: ScopedArchive
) -> None:
    rows = [("柳沟村", "石门镇"), ("竹溪村", "清溪镇"), ("清溪镇", None), ("石门镇", "霁川县")]
    archive.put_places(KnownPlace(name, within) for name, within in rows)
    known = {(one.name, one.within) for one in scoped.known_places()}
    assert known == {("竹溪村", "清溪镇"), ("清溪镇", None)}
    assert scoped.seen.covers(Described("", place="竹溪村", within=("清溪镇",)))
    assert not scoped.seen.covers(Described("", place=None, within=("清溪镇",)))


def test_a_window_follows_the_version_of_the_whole_archive(
    archive: Archive, scoped: ScopedArchive, tmp_path: Path
) -> None:
    before = scoped.version()
    assert scoped.version() == before
    write(tmp_path / "报告", 又=village_report("沙溪村"))
    ingest([str(tmp_path / "报告")], tmp_path / "档案", None, workers=1)
    assert scoped.version() != before
    assert {info.described.place for info in scoped.infos()} == {"柳沟村", "沙溪村"}
