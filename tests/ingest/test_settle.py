"""What people said of reports holds when files are read again, changed or renamed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.archive import Archive, open_archive
from index.gazetteer import KnownPlace
from index.lexical import Filter, LexicalIndex
from index.lock import writing
from index.records import Origin, Period, Report
from ingest.job import LEXICAL_FOLDER, JobResult, bring_indexes_up, ingest
from ingest.restore import restore
from ingest.settle import redescribe_known
from tests.fakes import HashingEmbedder
from tests.reports import village_report

Put = Callable[..., Path]
Run = Callable[..., JobResult]

TEXT = village_report("枧头村", 2022)
SILENT = TEXT.replace("清溪镇枧头村2022年上半年脱贫攻坚工作总结\n", "").replace("2022年7月13日", "")


@pytest.fixture
def run(reports: Path, archive_folder: Path) -> Run:
    def ingest_here(embedder: HashingEmbedder | None = None) -> JobResult:
        return ingest([str(reports)], archive_folder, embedder, workers=1)

    return ingest_here


@pytest.fixture
def change(archive_folder: Path) -> Callable[[Callable[[Archive], object]], None]:
    """Do something to the archive as a command does: under the lock, indexes brought up."""

    def changing(action: Callable[[Archive], object]) -> None:
        with writing(archive_folder), closing(open_archive(archive_folder, write=True)) as opened:
            action(opened)
            bring_indexes_up(opened, archive_folder)

    return changing


Change = Callable[[Callable[[Archive], object]], None]


def all_reports(folder: Path) -> list[Report]:
    with closing(open_archive(folder)) as archive:
        return [report for info in archive.infos() if (report := archive.report(info.id))]


def only(folder: Path) -> Report:
    [report] = all_reports(folder)
    return report


def test_a_correction_is_sure_and_found_at_once(
    put: Put, run: Run, change: Change, archive_folder: Path
) -> None:
    put("a.txt", SILENT)
    run()
    report = only(archive_folder)
    change(lambda a: a.correct(report.id, {"place": "水磨湾村", "period": "2021H2", "unit": None}))

    corrected = only(archive_folder)
    assert (corrected.place, corrected.period) == ("水磨湾村", Period.half(2021, 2))
    assert corrected.described.unit is None
    assert dict(corrected.described.origins)["place"] is Origin.PERSON
    assert corrected.title == "水磨湾村2021年下半年工作报告"  # it had none of its own
    lexical = LexicalIndex(archive_folder / LEXICAL_FOLDER)
    scope = Filter(places=("水磨湾村",), periods=(Period.half(2021, 2),))
    assert lexical.search(["大棚"], scope, 10)


def test_a_correction_changes_what_is_embedded(
    put: Put, run: Run, change: Change, archive_folder: Path
) -> None:
    put("a.txt", TEXT)
    passages = run(HashingEmbedder()).passages
    report = only(archive_folder)
    change(lambda a: a.correct(report.id, {"place": "水磨湾村"}))
    embedder = HashingEmbedder()

    assert run(embedder).pending == 0
    assert len(embedder.embedded) == passages
    assert all("水磨湾村" in text.splitlines()[0] for text in embedder.embedded)


def test_corrections_outlive_new_rules_changed_text_and_a_new_name(
    put: Put, run: Run, change: Change, archive_folder: Path, reports: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    put("a.txt", TEXT)
    put("z.txt", village_report("柳沟村", 2016))
    run()
    report = next(r for r in all_reports(archive_folder) if r.place == "枧头村")
    change(lambda a: a.correct(report.id, {"place": "水磨湾村"}))

    def place() -> str | None:
        return next(r.place for r in all_reports(archive_folder) if r.place != "柳沟村")

    monkeypatch.setattr("ingest.job.RULES", 999)
    run()
    assert place() == "水磨湾村"
    put("a.txt", TEXT.replace("安装路灯40盏", "安装太阳能路灯46盏"))
    run()
    assert place() == "水磨湾村"
    (reports / "a.txt").rename(reports / "b.txt")
    run()
    assert place() == "水磨湾村"
    put("b.txt", TEXT.replace("安装路灯40盏", "安装太阳能路灯48盏"))
    run()
    assert place() == "水磨湾村"


def test_a_file_that_now_says_otherwise_itself_is_believed(
    put: Put, run: Run, change: Change, archive_folder: Path
) -> None:
    put("a.txt", TEXT)
    run()
    report = only(archive_folder)
    fields = {"period": "2021H1", "unit": "双枧镇政府"}
    change(lambda a: a.correct(report.id, dict(fields)))
    # The next half-year's report, written over the last one's file.
    put("a.txt", TEXT.replace("上半年", "下半年").replace("7月13日", "12月28日"))
    run()

    described = only(archive_folder).described
    assert described.period == Period.half(2022, 2)
    assert described.unit == "双枧镇政府"


def test_another_report_under_the_same_name_is_not_corrected(
    put: Put, run: Run, change: Change, archive_folder: Path
) -> None:
    put("a.txt", TEXT)
    run()
    report = only(archive_folder)
    change(lambda a: a.correct(report.id, {"place": "水磨湾村"}))
    put("a.txt", "老鹰岩村2023年工作总结\n种植黄精350亩,建成冷库一座,改厕16户,村规民约上墙。\n")
    run()

    assert only(archive_folder).place == "老鹰岩村"


def test_a_removed_report_stays_out_under_new_rules_and_small_changes(
    put: Put, run: Run, change: Change, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt", TEXT)
    run()
    report = only(archive_folder)
    change(lambda a: a.remove_report(report.id))
    monkeypatch.setattr("ingest.job.RULES", 999)
    run()
    assert all_reports(archive_folder) == []
    put("a.txt", TEXT.replace("40盏", "45盏"))
    run()
    assert all_reports(archive_folder) == []
    put("a.txt", village_report("柳沟村", 2016, n=5) + "全年接待游客1.2万人次。\n" * 40)
    run()
    assert only(archive_folder).place == "柳沟村"


def test_one_of_several_reports_of_a_file_is_removed_and_the_others_keep_their_place(
    put: Put, run: Run, change: Change, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt", TEXT + village_report("柳沟村", 2016, n=3) + village_report("桃坪村", 2017, n=6))
    run()
    found = all_reports(archive_folder)
    assert [(r.place, r.ordinal) for r in found] == [("枧头村", 0), ("柳沟村", 1), ("桃坪村", 2)]
    assert all(r.text[-10:].strip() for r in found)
    change(lambda a: a.remove_report(found[1].id))
    monkeypatch.setattr("ingest.job.RULES", 999)
    run()

    assert [(r.id, r.ordinal) for r in all_reports(archive_folder)] == [
        (found[0].id, 0),
        (found[2].id, 2),
    ]


def test_a_removed_report_is_restored_from_the_kept_original(
    put: Put, run: Run, change: Change, archive_folder: Path
) -> None:
    path = put("a.txt", TEXT + village_report("柳沟村", 2016, n=3))
    embedder = HashingEmbedder()
    run(embedder)
    first, second = all_reports(archive_folder)
    change(lambda a: a.correct(second.id, {"place": "桃坪村"}))
    change(lambda a: a.remove_report(second.id))
    path.write_text("不是原来的文件了", "utf-8")  # restoring does not look at it

    change(lambda a: restore(a, archive_folder, second.id, False))

    found = all_reports(archive_folder)
    assert [(r.id, r.text, r.ordinal) for r in found] == [
        (first.id, first.text, 0),
        (second.id, second.text, 1),
    ]
    assert found[1].place == "桃坪村"
    with closing(open_archive(archive_folder)) as archive:
        assert not any(correction.removed for correction in archive.corrections())
    lexical = LexicalIndex(archive_folder / LEXICAL_FOLDER)
    assert lexical.search(["大棚"], Filter(places=("桃坪村",)), 9)
    path.write_text(TEXT + village_report("柳沟村", 2016, n=3), "utf-8")
    before = len(embedder.embedded)
    assert [file.outcome for file in run(embedder).files] == ["unchanged"]
    # 桃坪村 stands in each context line of that report; the other one keeps its vectors.
    assert len(embedder.embedded) - before == passages(archive_folder, second.id)


def test_a_restored_report_is_a_version_of_the_others_again(
    put: Put, run: Run, change: Change, archive_folder: Path
) -> None:
    put("a.txt", TEXT)
    put("b.txt", TEXT.replace("40盏", "45盏"))
    run()
    with closing(open_archive(archive_folder)) as archive:
        before = archive.duplicates()
        measured = archive.figure_count()
    assert len(before) == 1
    change(lambda a: a.remove_report(before[0].one))
    change(lambda a: restore(a, archive_folder, before[0].one, False))

    with closing(open_archive(archive_folder)) as archive:
        assert archive.duplicates() == before
        assert archive.figure_count() == measured


def passages(folder: Path, report_id: str) -> int:
    with closing(open_archive(folder)) as archive:
        return len(archive.passage_ids(report_id))


@pytest.mark.parametrize("lost", ["original", "rules"])
def test_without_its_original_a_report_comes_back_with_the_next_run(
    put: Put, run: Run, change: Change, archive_folder: Path, lost: str
) -> None:
    put("a.txt", TEXT)
    run()
    report = only(archive_folder)
    change(lambda a: a.remove_report(report.id))
    for kept in (archive_folder / "originals").glob("*/*"):
        kept.unlink() if lost == "original" else kept.write_text("坏了", "utf-8")

    with writing(archive_folder), closing(open_archive(archive_folder, write=True)) as opened:
        assert restore(opened, archive_folder, report.id, False) is False
        assert restore(opened, archive_folder, report.id, False) is None

    assert all_reports(archive_folder) == []
    run()
    assert only(archive_folder) == report


def test_a_report_whose_file_is_gone_comes_back_with_the_file(
    put: Put, run: Run, change: Change, archive_folder: Path
) -> None:
    path = put("a.txt", TEXT)
    put("b.txt", village_report("柳沟村", 2016))
    run()
    report = next(r for r in all_reports(archive_folder) if r.place == "枧头村")
    change(lambda a: a.remove_report(report.id))
    path.unlink()
    run()
    with writing(archive_folder), closing(open_archive(archive_folder, write=True)) as opened:
        assert restore(opened, archive_folder, report.id, False) is False
    put("a.txt", TEXT)
    run()

    assert {r.place for r in all_reports(archive_folder)} == {"枧头村", "柳沟村"}


def test_a_removed_report_of_a_changed_file_is_restored_by_the_id_it_has_now(
    put: Put, run: Run, change: Change, archive_folder: Path
) -> None:
    put("a.txt", TEXT)
    run()
    change(lambda a: a.remove_report(only(archive_folder).id))
    put("a.txt", TEXT.replace("40盏", "45盏"))
    run()
    with closing(open_archive(archive_folder)) as archive:
        [out] = archive.corrections()
    assert (out.was("place"), out.was("period")) == ("枧头村", "2022H1")

    change(lambda a: restore(a, archive_folder, out.report_id, False))

    assert "45盏" in only(archive_folder).text


def test_known_places_fill_in_the_town_and_the_name(
    put: Put, run: Run, change: Change, archive_folder: Path
) -> None:
    put("a.txt", "枧头村2022年上半年工作总结\n种植朝天椒420亩。\n")
    put("b.txt", "下枧村2021年上半年工作总结\n种植朝天椒400亩。\n")
    run()
    change(lambda a: a.put_places([KnownPlace("枧头村", "双枧镇", ("下枧村",))]))
    change(redescribe_known)

    for _ in range(2):
        found = [r.described for r in all_reports(archive_folder)]
        assert [(d.place, d.within) for d in found] == [("枧头村", ("双枧镇",))] * 2
        put("a.txt", "枧头村2022年上半年工作总结\n种植朝天椒425亩。\n")
        run()  # and again where a file is read anew


# ---- copies and versions


def test_a_copy_is_known_as_long_as_it_is_there(
    put: Put, run: Run, archive_folder: Path, reports: Path
) -> None:
    put("a.txt", TEXT)
    copy = put("b.txt", TEXT)
    run()

    def copies() -> list[str]:
        with closing(open_archive(archive_folder)) as archive:
            return archive.copies_of(archive.infos()[0].id)

    assert copies() == [str(copy)]
    copy.unlink()
    run()
    assert copies() == []


def test_versions_are_linked_and_other_periods_are_not(
    put: Put, run: Run, archive_folder: Path, reports: Path
) -> None:
    put("定稿.txt", TEXT)
    put("草稿.txt", TEXT.replace("安装路灯40盏", "安装路灯38盏"))
    put("下半年.txt", TEXT.replace("上半年", "下半年").replace("7月13日", "12月28日"))
    run()

    def pairs() -> list[set[str]]:
        with closing(open_archive(archive_folder)) as archive:
            names = {info.id: Path(info.source).stem for info in archive.infos()}
            return [{names[pair.one], names[pair.other]} for pair in archive.duplicates()]

    assert pairs() == [{"定稿", "草稿"}]
    run()
    assert pairs() == [{"定稿", "草稿"}]
    put("草稿.txt", "老鹰岩村2023年工作总结\n种植黄精350亩,建成冷库一座。\n")
    run()
    assert pairs() == []
