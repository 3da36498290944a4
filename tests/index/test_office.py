"""office.db: made when first needed, with the tables that are asked for, apart from the archive."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select

from index import office


def test_tables_are_made_and_kept_when_opened_again(tmp_path: Path) -> None:
    tables = MetaData()
    first = Table("first", tables, Column("id", Integer, primary_key=True), Column("name", String))
    later = Table("later", tables, Column("id", Integer, primary_key=True))
    opened = office.open_office(tmp_path, [first])
    with opened.changing() as db:
        db.execute(insert(first), [{"name": "一"}])
    opened.close()

    again = office.open_office(tmp_path, [first, later])
    with again.reading() as db:
        assert db.execute(select(first.c.name)).scalars().all() == ["一"]
        assert db.execute(select(later.c.id)).all() == []
    again.close()


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    office.open_office(tmp_path, []).close()

    assert (tmp_path / office.FILE).stat().st_mode & 0o077 == 0


def test_many_may_be_the_first_to_open_it_at_once(tmp_path: Path) -> None:
    tables = MetaData()
    own = [Table(f"t{n}", tables, Column("id", Integer, primary_key=True)) for n in range(20)]
    together = Barrier(8)

    def opens(folder: Path) -> None:
        together.wait()
        office.open_office(folder, own).close()

    with ThreadPoolExecutor(8) as pool:
        for n in range(5):
            folder = tmp_path / str(n)
            folder.mkdir()
            list(pool.map(opens, [folder] * 8))
