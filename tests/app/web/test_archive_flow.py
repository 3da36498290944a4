"""The tab 档案: finding, correcting, removing, restoring and uploading over a real archive."""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path, PurePath

import pytest

from app.desk import ArchiveDesk
from app.intake import IntakeDesk, Job, Kept
from app.rights.roles import NotAllowed, Role, desk_of
from app.web import archive_flow as flow
from app.web import archive_texts as texts
from app.web.archive_html import job_html
from app.web.escape import inert
from index.archive import Archive, open_archive
from index.errors import ArchiveUnusable, NotFound
from index.lock import writing
from ingest.job import FileOutcome, ingest
from tests.fakes import HashingEmbedder

TEXT = "{0}2022年上半年工作总结\n全村共有312户1204人,党员37名。\n{0}村民委员会\n2022年7月2日\n"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    given = tmp_path / "报告"
    given.mkdir()
    for place in ("枧头村", "榆沟村"):
        (given / f"{place}.txt").write_text(TEXT.format(place), encoding="utf-8")
    ingest([str(given)], tmp_path / "档案", None, workers=1)
    with closing(open_archive(tmp_path / "档案")) as opened:
        yield opened


def desk_of_all(archive: Archive) -> IntakeDesk:
    return IntakeDesk(archive, archive.infos(), None, Kept())


def report_of(archive: Archive, place: str) -> str:
    return next(one.id for one in archive.infos() if one.described.place == place)


def test_the_list_shows_what_is_known_and_is_narrowed_by_words(archive: Archive) -> None:
    desk = desk_of_all(archive)
    assert (flow.listed(desk, "", False).table or "").count("data-edit") == 2
    shown = flow.listed(desk, "枧头 2022H1", False).table or ""
    assert shown.count("data-edit") == 1
    assert "2022年上半年" in shown
    assert texts.NOTHING in (flow.listed(desk, "没有的", False).table or "")


def test_pages_end_where_the_list_ends(archive: Archive) -> None:
    assert flow.listed(desk_of_all(archive), "", False, 9).page == 0
    assert flow.listed(desk_of_all(archive), "", False, -1).page == 0


def test_what_is_changed_in_the_form_is_kept(archive: Archive) -> None:
    desk, report = desk_of_all(archive), report_of(archive, "枧头村")
    form = flow.edit(desk, report).form
    assert form is not None
    assert form.values[1:3] == ("枧头村", "2022H1")
    assert flow.save(desk, form, form.values).notice == texts.NOT_CHANGED
    values = (form.values[0], "枧头村", "2022H2", *form.values[3:])
    assert flow.save(desk, form, values).notice == texts.CORRECTED
    corrected = archive.report(report)
    assert corrected is not None
    assert corrected.period is not None
    assert corrected.period.key == "2022H2"


def test_a_report_is_removed_and_restored(archive: Archive) -> None:
    report = report_of(archive, "榆沟村")
    assert flow.remove(desk_of_all(archive), report).notice == texts.REMOVED_NOW
    assert archive.report(report) is None
    assert "data-restore" in (flow.listed(desk_of_all(archive), "", True).table or "")
    assert flow.restore(desk_of_all(archive), report).notice == texts.RESTORED
    assert archive.report(report) is not None
    with pytest.raises(NotFound):
        flow.remove(desk_of_all(archive), "r-none")


def test_uploads_are_kept_taken_in_and_remove_nothing(archive: Archive, tmp_path: Path) -> None:
    new, copy = tmp_path / "石坝村.txt", tmp_path / "副本.txt"
    new.write_text(TEXT.format("石坝村"), encoding="utf-8")
    copy.write_text(TEXT.format("枧头村"), encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"no document")
    files = [str(new), str(copy), str(tmp_path / "坏.docx")]
    last = list(flow.upload(desk_of_all(archive), files))[-1]
    assert last.stop_shown is False
    for said in ("已收入 1", "重复 1", "失败 1"):
        assert said in (last.job or "")
    assert {one.described.place for one in archive.infos()} == {"枧头村", "榆沟村", "石坝村"}
    kept = list((archive.folder / "上传").rglob("*.txt"))
    assert {one.name for one in kept} == {"石坝村.txt", "副本.txt"}
    new.write_text(TEXT.format("坪上村"), encoding="utf-8")
    list(flow.upload(desk_of_all(archive), [str(new)]))
    assert "石坝村" in {one.described.place for one in archive.infos()}


def test_a_stopped_upload_says_so(archive: Archive, tmp_path: Path) -> None:
    new = tmp_path / "石坝村.txt"
    new.write_text(TEXT.format("石坝村"), encoding="utf-8")
    kept = Kept()
    with kept.turn:
        views = flow.upload(IntakeDesk(archive, archive.infos(), None, kept), [str(new)])
        job = next(views).running
        assert job is not None
        job.stop.set()
    last = list(views)[-1]
    assert "已停止" in (last.job or "")
    assert "石坝村" not in {one.described.place for one in archive.infos()}


def test_without_a_file_nothing_begins(archive: Archive) -> None:
    (view,) = flow.upload(desk_of_all(archive), [])
    assert view.notice == texts.NO_FILES


class _Whole:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def intake(self) -> IntakeDesk:
        return desk_of_all(self.archive)


def test_roles_reach_as_far_as_they_do(archive: Archive) -> None:
    report = report_of(archive, "枧头村")
    whole = _Whole(archive)
    reader = desk_of(Role.READER, whole).intake()  # type: ignore[arg-type]
    assert len(reader.reports()) == 2
    for refused in (lambda: reader.remove(report), lambda: reader.upload([])):
        with pytest.raises(NotAllowed):
            refused()
    editor = desk_of(Role.EDITOR, whole).intake()  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        editor.correct(report, ["place=榆沟村"])
    assert archive.report(report) is not None


def test_reports_that_are_nearly_alike_stand_below_the_whole_list(
    archive: Archive, tmp_path: Path
) -> None:
    long = "".join(f"第{n}组修建水渠{n + 3}00米,安装路灯{n + 1}盏。\n" for n in range(40))
    for name, end in (("定稿", ""), ("草稿", "另安装太阳能路灯9盏。\n")):
        text = "白果村2022年上半年工作总结\n" + long + end
        (tmp_path / f"白果村{name}.txt").write_text(text, encoding="utf-8")
        ingest([str(tmp_path / f"白果村{name}.txt")], archive.folder, None, workers=1)
    desk = desk_of_all(archive)
    shown = flow.listed(desk, "", False).table or ""
    assert "内容相近的报告 1 对" in shown
    assert "白果村定稿" in shown.split("hb-alike")[1]
    assert "白果村草稿" in shown.split("hb-alike")[1]
    assert "hb-alike" not in (flow.listed(desk, "白果", False).table or "")
    unseen = IntakeDesk(archive, archive.infos()[:-1], None, Kept())
    assert len(unseen.duplicates()) < len(desk.duplicates())


def test_an_upload_that_is_stopped_loses_nothing_and_names_what_is_left(
    archive: Archive, tmp_path: Path
) -> None:
    names = [f"石{n}村" for n in "一二三"]
    for name in names:
        (tmp_path / f"{name}.txt").write_text(TEXT.format(name), encoding="utf-8")
    desk = desk_of_all(archive)

    class _AfterOne(list[FileOutcome]):
        def append(self, outcome: FileOutcome) -> None:
            super().append(outcome)
            jobs[0].stop.set()

    jobs: list[Job] = []
    with desk._kept.turn:
        steps = desk.upload([tmp_path / f"{name}.txt" for name in names])
        jobs.append(next(steps))
        jobs[0].outcomes = _AfterOne()
    *_, job = steps
    assert [one.outcome.value for one in job.outcomes] == ["indexed"]
    assert len(job.left) == 2
    shown = job_html(job)
    assert "已停止" in shown
    assert "没有处理的文件 2 个" in shown
    assert all(inert(name) in shown for name in job.left)
    first = PurePath(job.outcomes[0].path).stem
    # What is in is found at once, and nothing of what is not in is left lying about.
    with closing(ArchiveDesk(archive.folder, None)) as whole:
        assert whole.ask(f"{first}有多少党员").direct == "37名"
    kept = {path.stem for path in (archive.folder / "上传").rglob("*.txt")}
    assert kept == {first}
    *_, again = desk.upload([tmp_path / f"{name}.txt" for name in names])
    assert sorted(one.outcome.value for one in again.outcomes) == [
        "duplicate",
        "indexed",
        "indexed",
    ]
    # Where the other file lies on the server is nobody's affair.
    assert inert(str(archive.folder)) not in job_html(again)


def test_an_upload_waits_for_a_run_that_is_writing(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "石坝村.txt").write_text(TEXT.format("石坝村"), encoding="utf-8")
    with writing(archive.folder):
        views = flow.upload(desk_of_all(archive), [str(tmp_path / "石坝村.txt")])
        while texts.QUEUED not in (next(views).job or ""):
            pass
    assert "已收入 1" in (list(views)[-1].job or "")


def test_files_of_one_name_are_both_taken_in(archive: Archive, tmp_path: Path) -> None:
    files = []
    for place in ("石坝村", "坪上村"):
        (tmp_path / place).mkdir()
        files.append(tmp_path / place / "总结.txt")
        files[-1].write_text(TEXT.format(place), encoding="utf-8")
    *_, job = desk_of_all(archive).upload(files)
    assert [one.outcome.value for one in job.outcomes] == ["indexed", "indexed"]
    assert {"石坝村", "坪上村"} <= {one.described.place for one in archive.infos()}


def test_a_disk_that_takes_nothing_is_told_in_words(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("shutil.copy", refused)
    with pytest.raises(ArchiveUnusable, match="磁盘是只读的"):
        next(desk_of_all(archive).upload([tmp_path / "a.txt"]))


def test_a_defect_is_no_success(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("defect")

    monkeypatch.setattr("app.intake.ingest", broken)
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    last = list(flow.upload(desk_of_all(archive), [str(tmp_path / "a.txt")]))[-1]
    assert "程序出错" in (last.job or "")
    assert "完成" not in (last.job or "")


def test_the_state_of_the_program_is_shown_to_administrators(archive: Archive) -> None:
    shown = flow.health(desk_of_all(archive)).health or ""
    assert inert(f"汇报 {version('huibao')}") in shown
    assert "2 份报告" in shown
    for role, may in ((Role.READER, False), (Role.EDITOR, False), (Role.ADMIN, True)):
        held = desk_of(role, _Whole(archive))  # type: ignore[arg-type]
        assert held.may("health") is may
    with pytest.raises(NotAllowed):
        desk_of(Role.EDITOR, _Whole(archive)).intake().health()  # type: ignore[arg-type]


def test_files_of_the_very_same_content_are_listed(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "副本.txt").write_text(TEXT.format("枧头村"), encoding="utf-8")
    list(desk_of_all(archive).upload([tmp_path / "副本.txt"]))
    shown = flow.listed(desk_of_all(archive), "", False).table or ""
    assert "完全相同的文件 1 个" in shown
    assert inert("副本.txt") in shown
    assert inert(str(tmp_path)) not in shown


def test_what_is_corrected_is_found_by_meaning_again(archive: Archive) -> None:
    embedder = HashingEmbedder()
    ingest([], archive.folder, embedder, workers=1)
    assert archive.counts()[2] == 0
    desk = IntakeDesk(archive, archive.infos(), embedder, Kept())
    desk.correct(report_of(archive, "枧头村"), ["place=石坝村"])
    give_up = time.monotonic() + 20
    while archive.counts()[2] and time.monotonic() < give_up:
        time.sleep(0.05)
    assert archive.counts()[2] == 0
