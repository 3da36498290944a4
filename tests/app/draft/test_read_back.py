"""A draft edited in Word comes back: what is the same stays the same, what changed is verified."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from app.cli import main
from app.draft.check import checked
from app.draft.dating import GAP
from app.draft.draft import (
    Draft,
    DraftCitation,
    DraftSection,
    DraftSentence,
    Origin,
    SentenceKind,
    ToFill,
)
from app.draft.edited import Edited, Part, paragraphs, read_edited
from app.draft.office import DraftOffice
from app.draft.read_back import ReadBack, put_in, read_back
from app.draft.versions import Became
from app.draft.word import write_docx
from app.rights.personal import masked
from index.archive import create_archive
from index.errors import NotFound, UsageError
from tests.app.draft.test_edit import DRAFT as ONE

NOTE = replace(ONE.citations[0], n=3, origin=Origin.NOTES, quote="新建大棚12座,带动22户。")
ROAD = DraftCitation(
    4, Origin.NOTES, replace(NOTE.report, id="", source="表.xlsx"), "", "硬化道路5公里。", 0, 8
)
WORK = (
    DraftSentence("s5", "新建大棚12座,带动22户。", SentenceKind.NEW, (3,)),
    DraftSentence("s6", "硬化道路5公里。", SentenceKind.NEW, (4,), opens=True),
    DraftSentence("s7", "不要的一句。", SentenceKind.NEW, (4,), rejected=True),
    DraftSentence("s8", "坚持每月一次评比。", SentenceKind.NEW, (4,)),
)
DRAFT = checked(
    replace(
        ONE,
        citations=(*ONE.citations, NOTE, ROAD),
        sections=(
            *ONE.sections,
            DraftSection("二、主要做法", 1),
            DraftSection("(一)发展产业", 2, WORK),
            DraftSection("三、存在问题", 1, (
                DraftSentence("s9", "【待补充:本期存在问题】", SentenceKind.TO_FILL),
            )),
        ),
    )
)  # fmt: skip
Edit = Callable[[Any], None]


def returned(tmp_path: Path, edit: Edit | None = None, draft: Draft = DRAFT) -> ReadBack:
    """The draft written, edited by this, and read back."""
    file = tmp_path / "稿.docx"
    write_docx(draft, file, name="abcdef12-1")
    if edit is not None:
        document = docx.Document(str(file))
        edit(document)
        document.save(str(file))
    return read_back(draft, file)


def put(old: str, new: str) -> Edit:
    """Write another text in place of one, in whatever run it stands."""

    def edit(document: Any) -> None:
        runs = [run for one in document.paragraphs for run in one.runs if old in run.text]
        assert len(runs) == 1
        runs[0].text = runs[0].text.replace(old, new)

    return edit


def text_of(draft: Draft, sentence_id: str) -> str:
    (found,) = (x.text for part in draft.sections for x in part.sentences if x.id == sentence_id)
    return found


def test_what_was_not_edited_is_the_same_draft(tmp_path: Path) -> None:
    back = returned(tmp_path)
    assert back.same
    assert back.draft == DRAFT
    dated = replace(DRAFT, dated=date(2021, 12, 31), unit=None)
    assert returned(tmp_path, draft=dated).draft == dated


def _last_line(text: str) -> Edit:
    def edit(document: Any) -> None:
        at = max(n for n, one in enumerate(document.paragraphs) if one.text == GAP)
        document.paragraphs[at].runs[0].text = text

    return edit


@pytest.mark.parametrize(
    ("text", "day"),
    [("2021年12月30日", date(2021, 12, 30)), (GAP, None), ("2021年　月　日", None)],
)
def test_the_day_written_in_word_comes_back(tmp_path: Path, text: str, day: date | None) -> None:
    draft = replace(DRAFT, dated=None, unit="枧头村村民委员会")
    back = returned(tmp_path, _last_line(text), draft)
    assert back.draft == replace(draft, dated=day)
    assert bool(back.titles) == (day is not None)
    assert not back.unsourced


def test_a_changed_number_is_verified(tmp_path: Path) -> None:
    back = returned(tmp_path, put("硬化道路5公里", "硬化道路6公里"))
    (change,) = back.changes
    assert (change.sentence, change.became, change.old) == (
        "s6", Became.CHANGED, "硬化道路5公里。",
    )  # fmt: skip
    assert [one.text for one in back.unsourced] == ["硬化道路6公里。"]
    assert "6" in back.unsourced[0].reason


def test_a_new_sentence_is_held_to_what_was_handed_in(tmp_path: Path) -> None:
    held = returned(tmp_path, put("硬化道路5公里。", "硬化道路5公里。新建大棚12座。"))
    assert held.unsourced == ()
    (new,) = (x for part in held.draft.sections for x in part.sentences if x.id == "s10")
    assert (new.text, new.citations, new.edited) == ("新建大棚12座。", (3,), True)
    wrong = returned(tmp_path, put("硬化道路5公里。", "硬化道路5公里。新建水窖40口。"))
    assert [one.text for one in wrong.unsourced] == ["新建水窖40口。"]


def test_a_value_in_place_of_a_gap_is_filled_in_by_hand(tmp_path: Path) -> None:
    back = returned(tmp_path, put("【待补充:养牛,上期30头】", "35头"))
    assert back.filled == ("养牛35头。",)
    assert back.unsourced == ()
    assert [one.indicator for one in back.draft.to_fill] == ["硬化道路"]
    assert back.draft.figures[0].change == "增加5头"
    other = returned(tmp_path, put("【待补充:养牛,上期30头】", "35户"))
    assert other.filled == ()
    assert [one.text for one in other.unsourced] == ["养牛35户。"]


def test_what_was_taken_out_is_left_out_and_a_gap_written_in_is_asked_for(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        put("硬化道路5公里。", "")(document)
        put("坚持每月一次评比。", "【待补充:改厕,上期31户(2021年上半年)】。")(document)

    back = returned(tmp_path, edit)
    became = {one.sentence: one.became for one in back.changes}
    assert became["s6"] is Became.REJECTED
    assert [one.text for part in back.draft.sections[2:3] for one in part.sentences] == [
        "新建大棚12座,带动22户。",
        "硬化道路5公里。",
        "不要的一句。",
        "坚持每月一次评比。",
        "【待补充:改厕,上期31户(2021年上半年)】。",
    ]
    asked = [one for one in back.draft.to_fill if one.indicator == "改厕"]
    assert [(one.unit, one.last) for one in asked] == [("户", "31户")]


def test_tracked_changes_count_as_accepted_and_comments_as_none(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        (run,) = (r for p in document.paragraphs for r in p.runs if "硬化道路5公里" in r.text)
        gone, came = OxmlElement("w:del"), OxmlElement("w:ins")
        new = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = "硬化道路7公里。"
        new.append(text)
        came.append(new)
        run._r.addprevious(gone)
        gone.append(run._r)
        for old in run._r.findall(qn("w:t")):
            old.tag = qn("w:delText")
        gone.addnext(came)
        document.add_comment(document.paragraphs[2].runs, "这一句请核实,应为99头")

    back = returned(tmp_path, edit)
    assert [(one.old, one.new) for one in back.changes] == [("硬化道路5公里。", "硬化道路7公里。")]


def test_headings_title_and_tables_come_along(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        put("三、存在问题", "三、困难和问题")(document)
        document.paragraphs[0].runs[0].text = "枧头村2021年工作总结"
        (at,) = (p for p in document.paragraphs if p.text == "(一)发展产业")
        new = at.insert_paragraph_before("(一)修路", style="Heading 2")
        new.insert_paragraph_before("硬化道路5公里。")
        table = document.add_table(2, 2)
        for cell, words in zip(table._cells, ("指标", "数值", "村级水窖", "40口"), strict=True):
            cell.text = words
        (last,) = (p for p in document.paragraphs if p.text.startswith("【待补充:本期存在"))
        last._p.addnext(table._tbl)

    back = returned(tmp_path, edit)
    assert back.titles == (
        (DRAFT.title, "枧头村2021年工作总结"),
        ("", "(一)修路"),
        ("三、存在问题", "三、困难和问题"),
    )
    assert [one.heading for one in back.draft.sections] == [
        "一、基本情况", "二、主要做法", "(一)修路", "(一)发展产业", "三、困难和问题",
    ]  # fmt: skip
    assert [one.text for one in back.unsourced] == ["指标:村级水窖 | 数值:40口"]


@pytest.mark.parametrize("name", ["稿.docx", "稿.doc", "稿.png"])
def test_a_damaged_file_is_named_with_its_reason(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"PK\x03\x04 no zip at all")
    with pytest.raises(UsageError, match=f"读不了改过的稿子「{name}」"):
        read_back(DRAFT, file)
    with pytest.raises(UsageError, match="读不了改过的稿子"):
        read_back(DRAFT, tmp_path / "没有.docx")


def test_a_damaged_file_is_named_on_its_way_into_the_office_too(
    folder: Path, tmp_path: Path
) -> None:
    office = DraftOffice(folder)
    file = tmp_path / "稿.docx"
    for content in (b"", b"PK\x03\x04 no zip at all", b"\xd0\xcf\x11\xe0 old", bytes(100)):
        file.write_bytes(content)
        with pytest.raises(UsageError, match="读不了改过的稿子「稿"):
            office.imported(file, "李")
    with pytest.raises(UsageError, match="读不了"):
        office.imported(tmp_path / "没有.docx", "李")


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=some.floats(0, 1), wrong=some.binary(min_size=1, max_size=40), cut=some.booleans())
def test_whatever_is_wrong_with_a_file_it_is_read_or_named(
    folder: Path, tmp_path: Path, at: float, wrong: bytes, cut: bool
) -> None:
    office = DraftOffice(folder)
    file = tmp_path / "稿.docx"
    write_docx(DRAFT, file, name=f"{office.keep(DRAFT, '王').version.draft}-1")
    data = file.read_bytes()
    start = int(at * len(data))
    file.write_bytes(data[:start] + wrong + (b"" if cut else data[start + len(wrong) :]))
    said = None
    try:
        office.imported(file, "李")
    except UsageError as error:
        said = str(error)
    assert said is None or "稿" in said


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
def test_a_file_that_another_program_wrote_anew_is_the_same_draft(tmp_path: Path) -> None:
    file = tmp_path / "稿.docx"
    write_docx(DRAFT, file, name="abcdef12-1")
    out = tmp_path / "out"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for suffix, source in (("odt", file), ("docx", out / "稿.odt")):
        convert = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(out)]
        subprocess.run([*convert, str(source)], check=True, capture_output=True, timeout=180)
    back = read_back(DRAFT, out / "稿.docx")
    assert back.same
    assert back.draft == DRAFT
    assert read_edited(out / "稿.docx").draft == "abcdef12"


def test_what_was_moved_keeps_its_sources(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        (road,) = (p for p in document.paragraphs if p.text.startswith("硬化道路5公里"))
        (herd,) = (p for p in document.paragraphs if p.text.startswith("二、主要做法"))
        herd._p.addprevious(road._p)

    back = returned(tmp_path, edit)
    assert back.changes == ()
    assert back.moved == ("硬化道路5公里。", "坚持每月一次评比。")
    assert not back.same
    ids = [[one.id for one in part.sentences] for part in back.draft.sections]
    assert ids[0][-3:] == ["s6", "s7", "s8"]
    assert ids[2] == ["s5"]
    (road,) = (one for one in back.draft.sections[0].sentences if one.id == "s6")
    assert road == WORK[1]

    def whole(document: Any) -> None:
        places = [p._p for p in document.paragraphs]
        texts = [p.text for p in document.paragraphs]
        at = texts.index("三、存在问题")
        first = places[texts.index("一、基本情况")]
        for one in places[at : at + 2]:
            first.addprevious(one)

    front = returned(tmp_path, whole)
    assert front.changes == ()
    assert front.draft.sections[0] == DRAFT.sections[3]


def test_numbers_of_persons_that_left_masked_come_back_as_they_are_stored(tmp_path: Path) -> None:
    called = replace(WORK[3], text="联系电话13812345678,坚持每月一次评比。")
    part = DRAFT.sections[2]
    draft = checked(
        replace(
            DRAFT,
            sections=(*DRAFT.sections[:2], replace(part, sentences=(*WORK[:3], called))),
        )
    )
    shown = replace(called, text=masked(called.text))
    assert "*" in shown.text
    file = tmp_path / "稿.docx"
    write_docx(
        replace(draft, sections=(*draft.sections[:2], replace(part, sentences=(*WORK[:3], shown)))),
        file,
    )
    assert read_back(draft, file).same
    document = docx.Document(str(file))
    put("坚持每月一次评比", "坚持每周一次评比")(document)
    document.save(str(file))
    (change,) = read_back(draft, file).changes
    assert change.new == "联系电话13812345678,坚持每周一次评比。"


def test_another_document_is_not_taken_for_the_draft(tmp_path: Path) -> None:
    file = tmp_path / "通知.docx"
    document = docx.Document()
    document.add_paragraph("关于开会的通知")
    document.add_paragraph("请于周一到会。")
    document.save(str(file))
    with pytest.raises(UsageError, match="没有标题"):
        read_back(DRAFT, file)
    document.add_heading("一、会议内容", 1)
    document.save(str(file))
    with pytest.raises(UsageError, match="没有一句相同"):
        read_back(DRAFT, file)


def as_read(draft: Draft) -> Edited:
    """What reading the draft's own file gives."""
    parts = tuple(
        Part(
            part.heading,
            part.level,
            tuple("".join(one.text for one in some) for some in paragraphs(part)),
        )
        for part in draft.sections
    )
    return Edited(None, None, draft.title, parts, draft.unit, draft.dated)


def test_reading_gives_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "稿.docx"
    write_docx(DRAFT, file, name="abcdef12-1")
    assert read_edited(file, DRAFT) == replace(as_read(DRAFT), draft="abcdef12", number=1)
    document = docx.Document(str(file))
    document.core_properties.identifier = ""
    document.save(str(file))
    assert read_edited(file).draft == "abcdef12", "by its hidden bookmark"


words = some.text(some.sampled_from("养牛修路户公里0123456789。,;【】待补充:上期”“"), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=some.data())
def test_whatever_is_edited_stands_in_the_next_version_and_no_number_slips_in(data: Any) -> None:
    parts = [list(part.paragraphs) for part in as_read(DRAFT).parts]
    for _ in range(data.draw(some.integers(0, 3))):
        part = parts[data.draw(some.integers(0, len(parts) - 1))]
        if not part or data.draw(some.booleans()):
            part.insert(data.draw(some.integers(0, len(part))), data.draw(words))
        else:
            n = data.draw(some.integers(0, len(part) - 1))
            at = data.draw(some.integers(0, len(part[n])))
            end = data.draw(some.integers(at, len(part[n])))
            part[n] = part[n][:at] + data.draw(words) + part[n][end:]
    old = as_read(DRAFT)
    edited = replace(
        old,
        parts=tuple(
            replace(one, paragraphs=tuple(p for p in body if p.strip()))
            for one, body in zip(old.parts, parts, strict=True)
        ),
    )
    back = put_in(DRAFT, edited, "稿.docx")
    again = as_read(back.draft)
    assert ["".join(one.paragraphs) for one in again.parts] == [
        "".join(one.paragraphs) for one in edited.parts
    ]
    ids = [one.id for part in back.draft.sections for one in part.sentences]
    assert len(ids) == len(set(ids))
    assert {one.id for part in DRAFT.sections for one in part.sentences} <= set(ids)
    sourced = " ".join(one.quote for one in back.draft.citations)
    doubted = {one.text for one in back.draft.verification.unsupported}
    for change in back.changes:
        if change.became in (Became.ADDED, Became.CHANGED) and change.new not in doubted:
            outside = "".join(p.split("【")[0] for p in (change.new or "").split("】"))
            for number in filter(None, "".join(c if c.isdigit() else " " for c in outside).split()):
                assert number in sourced
    assert put_in(back.draft, again, "稿.docx").same


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HUIBAO_ARCHIVE", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    create_archive(tmp_path / "data").close()
    return tmp_path / "data"


def test_the_command_keeps_a_version_and_says_what_changed(folder: Path, tmp_path: Path) -> None:
    office = DraftOffice(folder)
    first = office.keep(DRAFT, "王").version
    file = tmp_path / "改.docx"
    write_docx(DRAFT, file, name=f"{first.draft}-1")
    document = docx.Document(str(file))
    put("硬化道路5公里", "硬化道路6公里")(document)
    document.save(str(file))
    run = CliRunner().invoke(main, ["draft", "--import", str(file)])
    assert run.exit_code == 0, run.output
    for said in ("第2版：改动 1 句", "- 硬化道路5公里。", "+ 硬化道路6公里。", "对不上：6"):
        assert said in run.stdout
    assert [one.number for one in office.versions(first.draft)] == [1, 2]
    assert office.open(first.draft).version.remark == "从 改.docx 收回"
    again = CliRunner().invoke(main, ["draft", "--import", str(file), "--json"])
    told = json.loads(again.stdout)
    assert (told["version"], told["changes"]) == (2, [])
    assert "第1版导出" in told["notice"]


def test_a_file_that_names_no_draft_is_told_whose_it_is(folder: Path, tmp_path: Path) -> None:
    office = DraftOffice(folder)
    key = office.keep(DRAFT, "王").version.draft
    file = tmp_path / "改.docx"
    write_docx(DRAFT, file)
    with pytest.raises(UsageError, match="--as"):
        office.imported(file, "李")
    assert office.imported(file, "李", key).back.same
    with pytest.raises(NotFound, match="没有稿子"):
        office.imported(file, "李", "00000000")
    for wrong in (["--import", str(file), "--place", "枧头村"], ["--place", "枧头村"]):
        assert CliRunner().invoke(main, ["draft", *wrong]).exit_code == 2


def test_a_section_that_was_asked_for_is_filled_in_with_words(tmp_path: Path) -> None:
    said = "产业规模小，带动能力不强。"
    asking = replace(DRAFT, to_fill=(*DRAFT.to_fill, ToFill("存在问题", "", "", None, "s9")))
    back = returned(tmp_path, put("【待补充:本期存在问题】", said), asking)
    assert not back.unsourced
    (sentence,) = (s for part in back.draft.sections for s in part.sentences if s.text == said)
    cited = {one.n: one for one in back.draft.citations}
    assert [cited[n].origin for n in sentence.citations] == [Origin.NOTES]
    assert "存在问题" not in [item.indicator for item in back.draft.to_fill]
