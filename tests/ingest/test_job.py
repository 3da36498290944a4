"""The ingest run: what happens to each file, and that running again changes only what changed."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.archive import Archive, open_archive
from index.dense import DenseIndex
from index.errors import ArchiveBusy, DiskFull, EmbedderMismatch, NotFound
from index.ledger import Asked, figures, figures_of
from index.lexical import Filter, LexicalIndex
from index.lock import writing
from index.records import Figure
from ingest.embed import reembed
from ingest.job import (
    LEXICAL_FOLDER,
    FileOutcome,
    JobResult,
    Outcome,
    Progress,
    bring_indexes_up,
    ingest,
)
from ingest.originals import original_path
from ingest.scan import sha256_of
from tests.fakes import HashingEmbedder
from tests.reports import village_report, write_many

Put = Callable[..., Path]


@pytest.fixture
def run(reports: Path, archive_folder: Path) -> Callable[..., JobResult]:
    """Ingest the `reports` folder, or other paths, in this process."""

    def ingest_here(*given: Path, embedder: HashingEmbedder | None = None) -> JobResult:
        paths = [str(path) for path in given] or [str(reports)]
        return ingest(paths, archive_folder, embedder, workers=1)

    return ingest_here


Run = Callable[..., JobResult]


def outcomes(result: JobResult) -> dict[str, str]:
    return {Path(file.path).name: file.outcome.value for file in result.files}


def reason(result: JobResult, name: str) -> str:
    return next(file.reason or "" for file in result.files if Path(file.path).name == name)


def texts(folder: Path) -> set[str]:
    with closing(open_archive(folder)) as archive:
        return {archive.report(info.id).text for info in archive.infos()}  # type: ignore[union-attr]


def generation(folder: Path) -> int:
    with closing(open_archive(folder)) as archive:
        return archive.generation()


def words_find(folder: Path, words: list[str]) -> set[str]:
    """Sources whose passages the keyword index finds, held against the archive."""
    lexical = LexicalIndex(folder / LEXICAL_FOLDER)
    with closing(open_archive(folder)) as archive:
        assert lexical.generation == archive.generation()
        found = archive.stored(n for n, _ in lexical.search(words, Filter(), 100))
    return {Path(one.source).name for one in found.values()}


# ---- outcomes


def test_a_first_run_takes_everything_in(put: Put, run: Run, archive_folder: Path) -> None:
    put("a.txt", village_report("石梁村"))
    put("子/b.md", "# 柳沟村2018年工作总结\n\n养羊300只。\n")

    result = run()

    assert outcomes(result) == {"a.txt": "indexed", "b.md": "indexed"}
    assert (result.reports, result.pending) == (2, result.passages)
    assert all(len(file.reports) == 1 for file in result.files)
    assert words_find(archive_folder, ["养羊"]) == {"b.md"}


def test_a_second_run_is_quick_and_changes_nothing(
    put: Put, run: Run, archive_folder: Path
) -> None:
    put("a.txt", village_report("石梁村"))
    first = run(embedder=HashingEmbedder())

    def state() -> dict[str, int]:
        files = archive_folder.rglob("*")
        return {
            str(f): f.stat().st_mtime_ns for f in files if f.suffix in (".db", ".faiss", ".json")
        }

    before, embedder = state(), HashingEmbedder()
    second = run(embedder=embedder)

    assert outcomes(second) == {"a.txt": "unchanged"}
    assert second.files[0].reports == first.files[0].reports
    assert generation(archive_folder) == 1
    assert embedder.embedded == []
    # The search indexes were not even written.
    kept = {name: at for name, at in before.items() if not name.endswith(".db")}
    assert kept
    assert kept.items() <= state().items()
    assert second.seconds < 1


def test_a_changed_file_replaces_its_reports(put: Put, run: Run, archive_folder: Path) -> None:
    put("a.txt", village_report(n=0))
    run()
    put("a.txt", village_report(n=7))
    result = run()

    assert outcomes(result) == {"a.txt": "updated"}
    [text] = texts(archive_folder)
    assert "307户" in text
    assert words_find(archive_folder, ["大棚"]) == {"a.txt"}


def test_a_copy_is_taken_in_once_and_says_of_what(put: Put, run: Run) -> None:
    put("a.txt", village_report())
    put("b.txt", village_report())

    result = run()

    assert outcomes(result) == {"a.txt": "indexed", "b.txt": "duplicate"}
    assert "a.txt 相同" in reason(result, "b.txt")
    assert outcomes(run()) == {"a.txt": "unchanged", "b.txt": "duplicate"}


def test_a_removed_file_takes_its_reports_with_it(put: Put, run: Run, archive_folder: Path) -> None:
    put("a.txt", village_report("石梁村"))
    gone = put("b.txt", "柳沟村2018年工作总结\n养羊300只。\n")
    first = run()
    gone.unlink()
    result = run()

    assert outcomes(result) == {"a.txt": "unchanged", "b.txt": "removed"}
    assert {file.reports for file in result.files} == {file.reports for file in first.files}
    assert words_find(archive_folder, ["养羊"]) == set()


def test_kinds_that_no_reader_takes_are_skipped_with_the_reason(put: Put, run: Run) -> None:
    put("a.exe", b"MZ")
    put("说明", "没有后缀")

    result = run()

    assert outcomes(result) == {"a.exe": "skipped", "说明": "skipped"}
    assert ".exe" in reason(result, "a.exe")
    assert "无后缀" in reason(result, "说明")


def test_a_file_that_cannot_be_read_fails_alone(put: Put, run: Run, archive_folder: Path) -> None:
    put("a.txt", village_report())
    put("坏.docx", b"not a zip")
    put("空.txt", b"")

    result = run()

    assert outcomes(result) == {"a.txt": "indexed", "坏.docx": "failed", "空.txt": "failed"}
    assert "0 字节" in reason(result, "空.txt")
    assert result.reports == 1
    # Only what was taken in is kept as an original.
    assert sum(path.is_file() for path in (archive_folder / "originals").rglob("*")) == 1


def test_a_broken_link_fails_with_the_reason(put: Put, run: Run, reports: Path) -> None:
    put("a.txt", village_report())
    (reports / "断.txt").symlink_to(reports / "没有.txt")

    assert reason(run(), "断.txt") == "无法读取：文件不存在"


def test_a_file_that_fails_later_keeps_what_it_brought(
    put: Put, run: Run, archive_folder: Path
) -> None:
    put("a.txt", village_report())
    run()
    before = texts(archive_folder)
    put("a.txt", b"")

    assert outcomes(run()) == {"a.txt": "failed"}
    assert texts(archive_folder) == before
    put("a.txt", village_report())
    assert outcomes(run()) == {"a.txt": "unchanged"}


def test_progress_counts_every_file_to_the_total(
    put: Put, reports: Path, archive_folder: Path
) -> None:
    put("a.txt", village_report(n=1))
    put("b.txt", village_report(n=2))
    ingest([str(reports)], archive_folder, None, workers=1)
    (reports / "a.txt").unlink()
    put("c.exe", b"x")
    seen: list[tuple[str, int, int]] = []
    embedded: list[tuple[int, int]] = []

    def on_file(outcome: FileOutcome, done: int, total: int) -> None:
        seen.append((outcome.outcome.value, done, total))

    progress = Progress(on_file, lambda done, total: embedded.append((done, total)))
    result = ingest([str(reports)], archive_folder, HashingEmbedder(), progress, workers=1)

    assert seen == [("removed", 1, 3), ("unchanged", 2, 3), ("skipped", 3, 3)]
    assert embedded[-1] == (result.passages, result.passages)


def test_several_processes_bring_what_one_does(tmp_path: Path) -> None:
    reports = write_many(tmp_path / "报告", 14)

    one = ingest([str(reports)], tmp_path / "one", None, workers=1)
    two = ingest([str(reports)], tmp_path / "two", None, workers=2)

    assert two.files == one.files
    assert Counter(file.outcome for file in two.files) == {Outcome.INDEXED: 14}
    assert texts(tmp_path / "two") == texts(tmp_path / "one")
    assert words_find(tmp_path / "two", ["大棚"]) == words_find(tmp_path / "one", ["大棚"])


# ---- names and contents that move


def test_a_renamed_file_keeps_its_report_and_its_vectors(
    put: Put, run: Run, archive_folder: Path, reports: Path
) -> None:
    put("a.txt", village_report("石梁村"))
    put("c.txt", village_report("柳沟村"))
    first = run(embedder=HashingEmbedder())
    (reports / "a.txt").rename(reports / "b.txt")
    embedder = HashingEmbedder()
    result = run(embedder=embedder)

    assert outcomes(result) == {"a.txt": "removed", "b.txt": "indexed", "c.txt": "unchanged"}
    assert result.files[1].reports == first.files[0].reports
    assert embedder.embedded == []
    assert len(texts(archive_folder)) == 2


def test_two_files_that_change_places_both_stay(put: Put, run: Run, archive_folder: Path) -> None:
    put("a.txt", village_report("石梁村"))
    put("b.txt", village_report("柳沟村"))
    run()
    before = texts(archive_folder)
    put("a.txt", village_report("柳沟村"))
    put("b.txt", village_report("石梁村"))
    run()

    assert texts(archive_folder) == before
    assert outcomes(run()) == {"a.txt": "unchanged", "b.txt": "unchanged"}


def test_a_copy_is_kept_where_its_original_is_edited(
    put: Put, run: Run, archive_folder: Path
) -> None:
    put("报告.txt", village_report(n=0))
    run()
    put("报告 - 副本.txt", village_report(n=0))  # sorts before the file that it was copied from
    put("报告.txt", village_report(n=7))
    result = run()

    assert outcomes(result) == {"报告 - 副本.txt": "indexed", "报告.txt": "updated"}
    assert len(texts(archive_folder)) == 2


def test_a_file_moved_to_a_folder_ingested_later_is_not_lost(
    put: Put, run: Run, archive_folder: Path, tmp_path: Path
) -> None:
    old = put("甲/a.txt", village_report("石梁村"))
    put("甲/b.txt", village_report("柳沟村"))
    run(old.parent)
    new = tmp_path / "乙" / "a.txt"
    new.parent.mkdir()
    old.rename(new)

    assert outcomes(run(new.parent)) == {"a.txt": "indexed"}
    assert outcomes(run(old.parent)) == {"b.txt": "unchanged"}
    assert len(texts(archive_folder)) == 2


def test_a_file_that_becomes_a_copy_gives_up_what_it_held(
    put: Put, run: Run, archive_folder: Path
) -> None:
    put("a.txt", village_report("石梁村"))
    put("b.txt", village_report("柳沟村"))
    run()
    put("b.txt", village_report("石梁村"))

    assert outcomes(run()) == {"a.txt": "unchanged", "b.txt": "duplicate"}
    assert len(texts(archive_folder)) == 1


# ---- disks and folders


def test_a_folder_that_is_empty_now_loses_nothing(
    put: Put, run: Run, reports: Path, archive_folder: Path
) -> None:
    put("a.txt", village_report())
    run()
    shutil.rmtree(reports)
    reports.mkdir()  # a share that is not connected

    assert run().files == ()
    assert len(texts(archive_folder)) == 1


def test_a_path_that_is_not_there_makes_no_archive(run: Run, archive_folder: Path) -> None:
    with pytest.raises(NotFound):
        run(Path("没有这个文件夹"))

    assert not archive_folder.exists()


def test_originals_are_kept_by_content(put: Put, run: Run, archive_folder: Path) -> None:
    path = put("a.TXT", village_report())
    kept = original_path(archive_folder, sha256_of(path), ".TXT")
    run()
    put("a.TXT", village_report(n=3))
    run()

    # The first version stays: a draft may cite it.
    assert kept.read_text("utf-8") == village_report()
    assert original_path(archive_folder, sha256_of(path), ".txt").is_file()


def test_an_original_cut_off_by_a_power_failure_is_copied_again(
    put: Put, run: Run, archive_folder: Path
) -> None:
    path = put("a.txt", village_report())
    kept = original_path(archive_folder, sha256_of(path), ".txt")
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"")
    run()

    assert kept.read_bytes() == path.read_bytes()


def test_a_file_that_changes_while_it_is_copied_fails_and_comes_next_time(
    put: Put, run: Run, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put("a.txt", village_report(n=0))

    def copying(source: Path, target: Path) -> str:
        path.write_text(village_report(n=5), "utf-8")
        shutil.copyfile(source, target)
        return sha256_of(target)

    with monkeypatch.context() as patch:
        patch.setattr("ingest.originals._copy", copying)
        result = run()

    assert outcomes(result) == {"a.txt": "failed"}
    assert "正在被修改" in reason(result, "a.txt")
    assert not list(archive_folder.rglob("*.new"))
    assert outcomes(run()) == {"a.txt": "indexed"}
    assert "305户" in next(iter(texts(archive_folder)))


def test_a_full_disk_ends_the_run_with_what_to_do_and_keeps_the_rest(
    put: Put, run: Run, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt", village_report(n=0))
    put("b.txt", village_report(n=1))
    real = shutil.copyfileobj
    copied: list[object] = []

    def filling(source: object, target: object) -> None:
        copied.append(source)
        if len(copied) == 2:
            raise OSError(28, "No space left on device")
        real(source, target)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfileobj", filling)
        with pytest.raises(DiskFull, match="腾出空间"):
            run()

    assert outcomes(run()) == {"a.txt": "unchanged", "b.txt": "indexed"}
    assert words_find(archive_folder, ["大棚"]) == {"a.txt", "b.txt"}
    assert not list(archive_folder.rglob("*.new"))


def test_an_original_that_cannot_be_kept_fails_its_file_alone(
    put: Put, run: Run, archive_folder: Path
) -> None:
    path = put("a.txt", village_report(n=0))
    put("b.txt", village_report(n=1))
    blocked = original_path(archive_folder, sha256_of(path), ".txt").parent
    blocked.parent.mkdir(parents=True)
    blocked.write_text("a file where a folder should be")

    result = run()

    assert outcomes(result)["b.txt"] == "indexed"
    assert "副本" in reason(result, "a.txt")


def test_half_written_files_of_a_killed_run_are_removed(
    put: Put, run: Run, archive_folder: Path
) -> None:
    put("a.txt", village_report())
    leftovers = [archive_folder / "dense.new", archive_folder / "originals" / "ab" / "x.new"]
    for path in leftovers:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    run()

    assert not any(path.exists() for path in leftovers)


def test_a_second_run_at_the_same_time_is_refused(put: Put, run: Run, archive_folder: Path) -> None:
    put("a.txt", village_report())

    with writing(archive_folder), pytest.raises(ArchiveBusy, match="等它结束"):
        run()


def test_a_run_stopped_from_the_keyboard_goes_on_next_time(
    put: Put, reports: Path, archive_folder: Path
) -> None:
    for n in range(3):
        put(f"{n}.txt", village_report(n=n))

    def stop(outcome: FileOutcome, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([str(reports)], archive_folder, None, Progress(on_file=stop), workers=1)
    result = ingest([str(reports)], archive_folder, None, workers=1)

    assert outcomes(result) == {"0.txt": "unchanged", "1.txt": "unchanged", "2.txt": "indexed"}
    assert words_find(archive_folder, ["大棚"]) == {"0.txt", "1.txt", "2.txt"}


# ---- rules and vectors


def test_figures_of_a_run_that_was_stopped_before_they_were_stored_are_read_next_time(
    put: Put, run: Run, archive_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("一.txt", village_report("枧头村", 2022))
    put("二.txt", village_report("双枧村", 2021))
    with monkeypatch.context() as stopped:
        stopped.setattr(Archive, "put_figures", _stop)
        with pytest.raises(KeyboardInterrupt):
            run()
    with closing(open_archive(archive_folder)) as archive:
        assert archive.counts()[0] == 2  # the reports themselves are there
        assert archive.figure_count() == 0
    assert outcomes(run()) == {"一.txt": "unchanged", "二.txt": "unchanged"}
    with closing(open_archive(archive_folder)) as archive:
        stopped_once = {one.report_id: figures_of(archive, one.report_id) for one in _all(archive)}
    fresh = tmp_path / "另一个档案"
    ingest(
        [str(path.parent) for path in [put("一.txt", village_report("枧头村", 2022))]], fresh, None
    )
    with closing(open_archive(fresh)) as archive:
        assert stopped_once == {
            one.report_id: figures_of(archive, one.report_id) for one in _all(archive)
        }
    assert sum(map(len, stopped_once.values())) > 10


def _all(archive: Archive) -> list[Figure]:
    return figures(archive, Asked())


def _stop(*given: object) -> None:
    raise KeyboardInterrupt


def test_new_reading_rules_read_everything_again(
    put: Put, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt", village_report())
    run(embedder=HashingEmbedder())
    monkeypatch.setattr("ingest.job.RULES", 999)
    embedder = HashingEmbedder()

    assert outcomes(run(embedder=embedder)) == {"a.txt": "updated"}
    assert embedder.embedded == []  # the passages came out the same
    assert outcomes(run(embedder=embedder)) == {"a.txt": "unchanged"}


def test_words_first_and_vectors_when_there_is_a_model(
    put: Put, run: Run, archive_folder: Path
) -> None:
    put("a.txt", village_report())

    first = run()
    assert (first.pending, first.passages > 0) == (first.passages, True)
    assert words_find(archive_folder, ["大棚"]) == {"a.txt"}
    assert len(DenseIndex(archive_folder)) == 0

    embedder = HashingEmbedder()
    second = run(embedder=embedder)
    assert second.pending == 0
    assert len(embedder.embedded) == len(DenseIndex(archive_folder)) == second.passages


def test_only_changed_passages_are_embedded_again(put: Put, run: Run) -> None:
    put("a.txt", village_report("石梁村", n=0))
    put("b.txt", village_report("柳沟村", n=0))
    run(embedder=HashingEmbedder())
    put("a.txt", village_report("石梁村", n=0).replace("40盏", "45盏"))
    embedder = HashingEmbedder()
    run(embedder=embedder)

    assert len(embedder.embedded) == 1
    assert "45盏" in embedder.embedded[0]


def test_batches_are_committed_one_by_one(
    put: Put, reports: Path, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.embed._BATCH", 2)
    put("a.txt", village_report())

    class Failing(HashingEmbedder):
        def embed_passages(self, texts: object) -> object:  # type: ignore[override]
            if len(self.embedded) >= 2:
                raise KeyboardInterrupt
            return super().embed_passages(texts)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        ingest([str(reports)], archive_folder, Failing(), workers=1)  # type: ignore[arg-type]
    embedder = HashingEmbedder()
    result = ingest([str(reports)], archive_folder, embedder, workers=1)

    assert result.pending == 0
    assert len(embedder.embedded) == result.passages - 2


def test_another_model_is_refused_before_anything_is_done(
    put: Put, run: Run, archive_folder: Path
) -> None:
    put("a.txt", village_report(n=0))
    run(embedder=HashingEmbedder("旧模型"))
    put("b.txt", village_report(n=1))

    with pytest.raises(EmbedderMismatch, match=r"旧模型.*新模型.*huibao reembed"):
        run(embedder=HashingEmbedder("新模型"))
    assert len(texts(archive_folder)) == 1


def test_an_archive_without_vectors_is_bound_to_no_model(put: Put, run: Run) -> None:
    put("空.txt", b"")
    run(embedder=HashingEmbedder("旧模型"))
    put("a.txt", village_report())

    assert run(embedder=HashingEmbedder("新模型")).pending == 0


def test_reembedding_makes_every_vector_anew(put: Put, run: Run, archive_folder: Path) -> None:
    put("a.txt", village_report())
    passages = run(embedder=HashingEmbedder("旧模型")).passages
    running = DenseIndex(archive_folder)
    new = HashingEmbedder("新模型", 48)
    with writing(archive_folder), closing(open_archive(archive_folder, write=True)) as archive:
        running.catch_up(archive)
        reembed(archive, archive_folder, new)
        running.catch_up(archive)

    assert len(new.embedded) == passages
    for dense in (running, DenseIndex(archive_folder)):
        assert len(dense) == passages
        assert dense.search(new.embed_query("大棚"), 1)
    assert run(embedder=new).pending == 0


def test_removing_a_report_by_hand_brings_both_indexes_along(
    put: Put, run: Run, archive_folder: Path
) -> None:
    put("a.txt", village_report())
    put("b.txt", "柳沟村2018年工作总结\n养羊300只。\n")
    result = run(embedder=HashingEmbedder())
    with writing(archive_folder), closing(open_archive(archive_folder, write=True)) as archive:
        archive.remove_report(result.files[1].reports[0])
        bring_indexes_up(archive, archive_folder)
        left = archive.counts()[1]

    assert words_find(archive_folder, ["养羊"]) == set()
    assert len(DenseIndex(archive_folder)) == left
    # The file stays known, and so the report does not come back.
    assert outcomes(run(embedder=HashingEmbedder()))["b.txt"] == "unchanged"
    assert len(texts(archive_folder)) == 1


def test_lost_indexes_are_made_again_by_a_run_without_changes(
    put: Put, run: Run, archive_folder: Path
) -> None:
    put("a.txt", village_report())
    passages = run(embedder=HashingEmbedder()).passages
    shutil.rmtree(archive_folder / LEXICAL_FOLDER)
    os.unlink(archive_folder / "dense.faiss")
    embedder = HashingEmbedder()

    assert outcomes(run(embedder=embedder)) == {"a.txt": "unchanged"}
    assert words_find(archive_folder, ["大棚"]) == {"a.txt"}
    assert len(DenseIndex(archive_folder)) == passages
    assert embedder.embedded == []
