"""Behind the seam nothing that a desk hands out shows a personal number."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.desk import ArchiveDesk
from app.draft.office import Order, export
from app.history.json_out import coverage_json, history_json
from app.json_out import found_json
from app.rights.masking import MaskedDesks, masked_desk, shown
from app.rights.roles import Role, desk_of
from app.web.desks import OneDesk
from app.web.history_flow import export_history
from app.web.ports import Desk
from index.records import Period, Report
from ingest.job import ingest
from tests.reports import village_report, write

PHONE = "13812345678"
TEXT = (
    village_report("柳沟村", 2018)
    .replace("安装路灯", f"护林员张某某(电话{PHONE})巡山12次,安装路灯")
    .replace("工作总结", f"工作总结(电话{PHONE})")
)


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[ArchiveDesk]:
    write(tmp_path / "报告", 一=TEXT)
    ingest([str(tmp_path / "报告")], tmp_path / "档案", None, workers=1)
    with closing(ArchiveDesk(tmp_path / "档案", None, date(2019, 1, 1))) as desk:
        yield desk


@pytest.fixture
def desk(plain: ArchiveDesk) -> Desk:
    return MaskedDesks(OneDesk(plain)).of(None)


def test_answers_and_their_quotes_are_masked(plain: ArchiveDesk, desk: Desk) -> None:
    question = "柳沟村2018年上半年安装路灯多少盏?"
    assert PHONE in str(plain.ask(question))
    whole = desk.ask(question)
    *_, streamed = desk.answers(question)
    for answer in (whole, streamed):
        assert PHONE not in str(asdict(answer))
        assert "138****5678" in answer.text


def test_offsets_hold_in_the_masked_report(desk: Desk) -> None:
    answer = desk.ask("柳沟村2018年上半年安装路灯多少盏?")
    for citation in answer.citations:
        report = desk.report(citation.report.id)
        assert report is not None
        assert PHONE not in report.text
        assert report.text[citation.start : citation.end] == citation.quote


def test_hits_histories_and_coverage_are_masked(plain: ArchiveDesk, desk: Desk) -> None:
    told = [
        found_json(desk.search("护林员巡山")),
        history_json(desk.ledger().history("柳沟村")),
        coverage_json(desk.ledger().coverage()),
    ]
    # The report's title has a number, too, and comes with every source.
    assert PHONE in str(history_json(plain.ledger().history("柳沟村")))
    assert PHONE in str(coverage_json(plain.ledger().coverage()))
    assert "138****5678" in str(told[0])
    assert PHONE not in str(told)


def test_the_desk_of_a_role_is_masked_in_all_its_parts(plain: ArchiveDesk) -> None:
    desk = masked_desk(desk_of(Role.READER, plain))
    assert PHONE not in str(desk.ledger().history("柳沟村"))
    assert PHONE not in str(desk.ask("柳沟村2018年上半年安装路灯多少盏?"))


def test_a_method_that_the_seam_does_not_know_is_masked_too() -> None:
    class Later:
        def remarks(self) -> dict[str, list[str]]:
            return {"言": [f"请打{PHONE}"]}

    later: object = masked_desk(Later())  # type: ignore[arg-type]
    assert later.remarks() == {"言": ["请打138****5678"]}  # type: ignore[attr-defined]


def test_what_has_nothing_to_mask_stays_the_object_it_is(plain: ArchiveDesk) -> None:
    overview = plain.overview()
    assert shown(overview) is overview
    assert shown(None) is None


def test_what_finds_a_report_again_is_not_changed(plain: ArchiveDesk) -> None:
    report = plain.report(plain.infos()[0].id)
    assert isinstance(report, Report)
    assert shown(report).id == report.id
    assert shown(report).text != report.text


@pytest.mark.parametrize("sees", [False, True])
def test_exports_show_a_number_to_the_roles_that_may_see_it(
    plain: ArchiveDesk, tmp_path: Path, sees: bool
) -> None:
    desk = MaskedDesks(OneDesk(plain), lambda request: sees).of(None)
    table = export_history(desk.ledger(), "柳沟村", ()).file
    assert table is not None
    book = load_workbook(table)
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert (PHONE in str(cells)) == sees
    assert ("138****5678" in str(cells)) != sees
    office = desk.drafting()
    made = office.compose(Order("柳沟村", Period.parse("2018H2")), "李明")
    for name in ("稿.docx", "稿.md"):
        export(office.hand_out(made.version), tmp_path / name)
    with zipfile.ZipFile(tmp_path / "稿.docx") as docx:
        parts = "".join(docx.read(part).decode("utf-8", "ignore") for part in docx.namelist())
    for written in (parts, (tmp_path / "稿.md").read_text("utf-8")):
        assert (PHONE in written) == sees
