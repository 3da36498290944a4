"""Search by meaning: kept equal to the database, whatever happened to the file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.archive import Archive, Source, create_archive
from index.dense import DenseIndex
from index.errors import EmbedderMismatch
from index.lock import writing
from tests.fakes import HashingEmbedder
from tests.index.stored import embed, made, put

ONE = made("r1", "全村共有536户。", "修路3公里。")
TWO = made("r2", "新建香菇大棚10座。")


def found(dense: DenseIndex, archive: Archive, text: str, limit: int = 10) -> list[str]:
    """Texts of the nearest passages; one whose number the archive lacks shows as «?»."""
    hits = dense.search(HashingEmbedder().embed_query(text), limit)
    stored = archive.stored([number for number, _ in hits])
    return [stored[n].passage.text if n in stored else "?" for n, _ in hits]


def numbers(archive: Archive, report_id: str) -> list[int]:
    return [one.id for one in archive.passages_of(report_id)]


def test_an_empty_archive_has_nothing_to_find(archive: Archive) -> None:
    dense = DenseIndex(archive.folder)

    assert not dense.catch_up(archive)
    assert len(dense) == 0
    assert found(dense, archive, "大棚") == []


def test_the_nearest_comes_first_with_its_cosine(archive: Archive) -> None:
    put(archive, ONE, TWO)
    embedder = HashingEmbedder()
    texts = archive.pending()
    embed(archive, embedder)
    dense = DenseIndex(archive.folder)

    assert dense.catch_up(archive)
    query = embedder.embed_query("新建香菇大棚多少座")
    hits = dense.search(query, 2)

    assert hits[0][0] == numbers(archive, "r2")[0]
    expected = sorted(float(query @ embedder.embed_passages([t])[0]) for t in texts.values())
    assert [score for _, score in hits] == pytest.approx(expected[:0:-1], abs=1e-3)


def test_catch_up_takes_in_what_is_new_and_drops_what_is_gone(archive: Archive) -> None:
    put(archive, ONE)
    embed(archive, HashingEmbedder())
    dense = DenseIndex(archive.folder)
    dense.catch_up(archive)
    put(archive, TWO)
    embed(archive, HashingEmbedder())
    archive.remove_source("/报告/r1.txt")

    assert dense.catch_up(archive)
    assert found(dense, archive, "修路") == ["新建香菇大棚10座。"]
    assert not dense.catch_up(archive)
    archive.remove_source("/报告/r2.txt")
    assert dense.catch_up(archive)
    assert len(dense) == 0


def test_inside_are_the_only_passages_that_may_be_found(archive: Archive) -> None:
    put(archive, ONE, TWO)
    embed(archive, HashingEmbedder())
    dense = DenseIndex(archive.folder)
    dense.catch_up(archive)
    query = HashingEmbedder().embed_query("新建香菇大棚")
    allowed = numbers(archive, "r1")

    assert {n for n, _ in dense.search(query, 5, np.array(allowed))} == set(allowed)
    assert dense.search(query, 5, np.array([], np.int64)) == []
    assert dense.search(query, 5, np.array([10_000])) == []


def test_a_saved_file_is_all_that_is_needed_again(archive: Archive) -> None:
    put(archive, ONE, TWO)
    embed(archive, HashingEmbedder())
    dense = DenseIndex(archive.folder)
    dense.catch_up(archive)
    dense.save()

    again = DenseIndex(archive.folder)

    assert not again.catch_up(archive)
    assert found(again, archive, "大棚") == found(dense, archive, "大棚")
    assert not list(archive.folder.glob("*.new"))


def damages(data: bytes) -> dict[str, bytes | None]:
    header = data.find(b"\n") + 1
    return {
        "lost": None,
        "empty": b"",
        "cut off": data[: len(data) // 2],
        "no FAISS file": "别的文件".encode() * 99,
        "zeros": bytes(len(data)),
        "no header": data[header:],  # as files were written before they had one
        "another header": b'{"kind": 1}\n' + data[header:],
        "impossible length": data[: header + 60] + b"\xff" * 8 + data[header + 68 :],
    }


@pytest.mark.parametrize("kind", list(damages(b"")))
def test_a_lost_or_damaged_file_costs_time_only(archive: Archive, kind: str) -> None:
    put(archive, ONE, TWO)
    embed(archive, HashingEmbedder())
    dense = DenseIndex(archive.folder)
    dense.catch_up(archive)
    dense.save()
    path = archive.folder / "dense.faiss"
    damaged = damages(path.read_bytes())[kind]
    path.unlink()
    if damaged is not None:
        path.write_bytes(damaged)

    again = DenseIndex(archive.folder)
    again.catch_up(archive)

    assert len(again) == 3
    assert found(again, archive, "大棚", 1) == ["新建香菇大棚10座。"]


@pytest.mark.parametrize("dimension", [64, 48])
def test_vectors_of_another_model_replace_all(archive: Archive, dimension: int) -> None:
    put(archive, ONE, TWO)
    embed(archive, HashingEmbedder("old"))
    dense = DenseIndex(archive.folder)
    dense.catch_up(archive)
    dense.save()
    new = HashingEmbedder("new", dimension)
    archive.begin_vectors("new")
    embed(archive, new)

    # The passages' numbers are the same; a file and a running program must both notice.
    for stale in (dense, DenseIndex(archive.folder)):
        assert stale.catch_up(archive)
        assert len(stale) == 3
        [(_, score)] = stale.search(new.embed_passages(["工作总结\n修路3公里。"])[0], 1)
        assert score == pytest.approx(1, abs=1e-3)


def test_a_vector_of_another_length_is_refused(archive: Archive) -> None:
    put(archive, ONE)
    embed(archive, HashingEmbedder())
    dense = DenseIndex(archive.folder)
    dense.catch_up(archive)

    with pytest.raises(EmbedderMismatch, match="48 维"):
        dense.search(HashingEmbedder(dimension=48).embed_query("大棚"), 1)


def test_another_database_under_an_old_file_is_noticed(archive_folder: Path) -> None:
    with writing(archive_folder), closing(create_archive(archive_folder)) as first:
        put(first, ONE)
        embed(first, HashingEmbedder())
        dense = DenseIndex(archive_folder)
        dense.catch_up(first)
        dense.save()
    for file in archive_folder.glob("archive.db*"):
        file.unlink()

    with writing(archive_folder), closing(create_archive(archive_folder)) as second:
        put(second, made("r9", "养羊300只。", "种花椒500亩。"))  # gets the same numbers
        embed(second, HashingEmbedder())
        again = DenseIndex(archive_folder)
        assert again.catch_up(second)
        assert dense.catch_up(second)
        for index in (again, dense):
            [(number, score)] = index.search(
                HashingEmbedder().embed_passages(["工作总结\n养羊300只。"])[0], 1
            )
            assert score == pytest.approx(1, abs=1e-3)
            assert second.stored([number])[number].passage.text == "养羊300只。"


def test_equal_passages_share_a_vector_and_are_all_found(archive: Archive) -> None:
    put(archive, made("r1", "修路3公里。"), made("r2", "修路3公里。"))
    embedder = HashingEmbedder()
    embed(archive, embedder)
    dense = DenseIndex(archive.folder)
    dense.catch_up(archive)

    assert len(embedder.embedded) == 1
    assert found(dense, archive, "修路") == ["修路3公里。"] * 2


def test_a_passage_removed_while_it_is_read_is_left_out(archive: Archive) -> None:
    class Removing(Archive):
        """Loses a report between the list of vectors and the vectors, as beside an ingest."""

        def vectors(self, ids: object) -> dict[int, np.ndarray]:
            self.remove_source("/报告/r1.txt")
            return super().vectors(ids)  # type: ignore[arg-type]

    put(archive, ONE, TWO)
    embed(archive, HashingEmbedder())
    dense = DenseIndex(archive.folder)
    dense.catch_up(Removing(archive.folder, archive._db))

    assert found(dense, archive, "大棚") == ["新建香菇大棚10座。"]
    dense.catch_up(archive)
    assert len(dense) == 1


def test_a_source_that_brings_no_passages(archive: Archive) -> None:
    archive.put_source(Source("/报告/空.txt", "空.txt", "s", 1), [])

    assert not DenseIndex(archive.folder).catch_up(archive)
