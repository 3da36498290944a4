"""Every property of the layout is read back from the file."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from app.answer.answer import ReportRef
from app.draft import layout as gb
from app.draft.annexes import ANNEXES
from app.draft.dating import day_said
from app.draft.draft import (
    ComparedFigure,
    Draft,
    DraftCitation,
    DraftSection,
    DraftSentence,
    Origin,
    SentenceKind,
    ToFill,
)
from app.draft.layout import Citations, Layout, width
from app.draft.read_back import read_back
from app.draft.stored import from_json, to_json
from app.draft.word import write_docx
from index.records import Period
from ingest.readers import load, read

REPORT = ReportRef("r1", "枧头村2021年上半年工作总结", "枧头村", "2021H1", "a.docx")
DRAFT = Draft(
    title="枧头村2021年下半年工作总结",
    place="枧头村",
    period=Period.half(2021, 2),
    last=Period.half(2021, 1),
    unit="枧头村村民委员会",
    dated=date(2021, 12, 31),
    sections=(
        DraftSection(
            "一、基本情况",
            1,
            (
                DraftSentence("s1", "全村共有6个村民小组。", SentenceKind.STANDING, (1,)),
                DraftSentence("s2", "被删去的一句。", SentenceKind.NEW, rejected=True),
                DraftSentence(
                    "s3", "养牛【待补充:养牛,上期30头】。", SentenceKind.TO_FILL, opens=True
                ),
            ),
        ),
        DraftSection("(一)产业", 2, ()),
        DraftSection("1.茶叶", 3, ()),
    ),
    citations=(
        DraftCitation(1, Origin.ARCHIVE, REPORT, "一、基本情况", "全村共有6个村民小组", 0, 10),
    ),
    figures=tuple(
        ComparedFigure(
            f"指标{n}", "户", "12", "10", "增加2户", (1,), "涨得太快" if n == 3 else None
        )
        for n in range(60)
    ),
    to_fill=(ToFill("养牛", "头", "30头", 1, "s3"),),
)


def written(tmp_path: Path, layout: Layout | None = None, draft: Draft = DRAFT) -> Any:
    write_docx(draft, tmp_path / "out.docx", layout)
    return docx.Document(str(tmp_path / "out.docx"))


def test_page_margins_and_grid(tmp_path: Path) -> None:
    document = written(tmp_path)
    section = document.sections[0]
    size = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    size += [section.left_margin, section.right_margin]
    assert [round(length.mm) for length in size] == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert int(225 / 25.4 * 1440 / int(grid.get(qn("w:linePitch")))) == 22
    spacing = document.styles["Normal"].element.rPr.find(qn("w:spacing"))
    assert int(156 / 25.4 * 72 / (16 + int(spacing.get(qn("w:val"))) / 20)) == 28


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Normal", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
    ],
)
def test_fonts_sizes_and_line_spacing(tmp_path: Path, style: str, font: str, size: int) -> None:
    found = written(tmp_path).styles[style]
    names = found.element.rPr.rFonts
    assert {names.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia")} == {font}
    assert names.get(qn("w:eastAsiaTheme")) is None
    assert (found.font.size.pt, found.font.bold) == (size, False)
    assert found.paragraph_format.line_spacing.pt == 28
    assert found.element.pPr.spacing.get(qn("w:lineRule")) == "exact"


def test_text_indent_highlight_signature_and_metadata(tmp_path: Path) -> None:
    document = written(tmp_path, Layout(clean=True))
    lines = [p.text for p in document.paragraphs if p.text]
    assert lines == [
        DRAFT.title,
        "一、基本情况",
        "全村共有6个村民小组。",
        "养牛【待补充:养牛,上期30头】。",
        "(一)产业",
        "1.茶叶",
        "枧头村村民委员会",
        "2021年12月31日",
    ]
    body = next(p for p in document.paragraphs if p.text.startswith("养牛"))
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    marked = [run.text for run in body.runs if run.font.highlight_color is not None]
    assert marked == ["【待补充:养牛,上期30头】"]
    assert document.paragraphs[0].alignment == 1
    assert document.paragraphs[-1].alignment == 2
    assert document.core_properties.title == DRAFT.title
    assert document.core_properties.author == DRAFT.unit


def test_the_language_is_chinese(tmp_path: Path) -> None:
    languages = list(written(tmp_path).styles.element.iter(qn("w:lang")))
    assert {language.get(qn("w:eastAsia")) for language in languages} == {"zh-CN"}


def test_page_numbers_stand_outside(tmp_path: Path) -> None:
    document = written(tmp_path)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        number = footer.paragraphs[0]
        assert number.alignment == side
        assert number._p.xpath("string(.//w:instrText)") == "PAGE"
        assert number.text == "—  —"
        assert {run.font.name for run in number.runs} == {"宋体"}
        assert {run.font.size.pt for run in number.runs} == {14}


@pytest.mark.parametrize(
    ("title", "upper"),
    [
        ("平岭县水利局2023年驻石梁溪村帮扶工作情况汇报", "平岭县水利局2023年驻石梁溪村"),
        ("清溪镇2023年上半年巩固拓展脱贫攻坚成果同乡村振兴有效衔接工作总结", None),
        ("石梁村2018年下半年工作总结", ""),
    ],
)
def test_a_title_of_two_lines_breaks_between_words(title: str, upper: str | None) -> None:
    side = gb.title_indent(title)
    if upper == "":
        assert side == 0
        return
    text = (gb.PAGE_MM[0] - gb.LEFT_MM - gb.RIGHT_MM) * 72 / 25.4 - 2 * side
    fits = max(n for n in range(len(title)) if gb.title_width(title[:n]) <= text)
    assert 2 * gb.title_width(title[:fits]) >= gb.title_width(title)
    assert upper is None or title[:fits] == upper
    assert title[fits] not in "年村县镇"


def test_the_clean_copy_has_neither_comments_nor_annexes(tmp_path: Path) -> None:
    full = written(tmp_path)
    assert ["全村共有6个村民小组" in comment.text for comment in full.comments] == [True]
    assert len(full.tables) == 4
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in full.tables)
    assert "被删去" not in "".join(cell.text for cell in full.tables[1]._cells)
    clean = written(tmp_path, Layout(clean=True))
    assert (len(list(clean.comments)), len(clean.tables)) == (0, 0)


def test_the_font_table_names_what_stands_in(tmp_path: Path) -> None:
    table = written(tmp_path).part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable"
    )
    assert "仿宋,FangSong" in table.blob.decode()


def test_a_draft_survives_its_json() -> None:
    assert from_json(to_json(DRAFT)) == DRAFT
    other = replace(DRAFT, last=None, unit=None, dated=None)
    assert from_json(to_json(other)) == other


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    write_docx(DRAFT, tmp_path / "out.docx")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [soffice, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "out.docx")], check=True, timeout=120)
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_lines_of_a_long_title_stand_28_points_apart(tmp_path: Path) -> None:
    write_docx(DRAFT, tmp_path / "a.docx")
    style: Any = docx.Document(str(tmp_path / "a.docx")).styles["Title"]
    (snap,) = style.element.pPr.findall(qn("w:snapToGrid"))
    assert snap.get(qn("w:val")) == "0"
    assert style.paragraph_format.line_spacing.pt == 28


def test_sources_as_endnotes_are_read_back_and_counted_from_one(tmp_path: Path) -> None:
    document = written(tmp_path, Layout(Citations.ENDNOTES, annexes=False))
    assert not list(document.comments)
    (part,) = (
        one.target_part
        for one in document.part.rels.values()
        if one.reltype == RELATIONSHIP_TYPE.ENDNOTES
    )
    notes = etree.fromstring(part.blob).findall(qn("w:endnote"))
    assert [one.get(qn("w:id")) for one in notes] == ["-1", "0", "1"]
    said = "".join(notes[-1].itertext())
    assert "全村共有6个村民小组" in said
    assert "一、基本情况" in said
    marks = list(document.element.body.iter(qn("w:endnoteReference")))
    assert [one.get(qn("w:id")) for one in marks] == ["1"]
    form = document.sections[0]._sectPr.find(qn("w:endnotePr"))
    assert form.find(qn("w:numFmt")).get(qn("w:val")) == "decimal"
    lines = [line.text for line in read(load(tmp_path / "out.docx"), ".docx")]
    assert lines[2] == "全村共有6个村民小组。"
    assert lines[3].startswith("注1:")
    clean = written(tmp_path, Layout(Citations.ENDNOTES, clean=True))
    assert not list(clean.element.body.iter(qn("w:endnoteReference")))


def test_an_edited_file_with_endnotes_comes_back(tmp_path: Path) -> None:
    write_docx(DRAFT, tmp_path / "out.docx", Layout(Citations.ENDNOTES))
    assert read_back(DRAFT, tmp_path / "out.docx").same


def _right(paragraph: Any) -> float:
    return float(paragraph.paragraph_format.right_indent.pt)


@pytest.mark.parametrize("unit", ["枧头村", DRAFT.unit, "枧头镇枧头村村民委员会和村集体经济合作社"])
@pytest.mark.parametrize("day", [DRAFT.dated, None])
def test_the_day_stands_four_characters_in_and_the_unit_centred_above(
    tmp_path: Path, unit: str, day: date | None
) -> None:
    draft = replace(DRAFT, unit=unit, dated=day)
    document = written(tmp_path, Layout(clean=True), draft)
    above, below = document.paragraphs[-2:]
    assert (above.text, below.text) == (unit, day_said(draft))
    assert above.alignment == below.alignment == 2
    middles = [_right(one) + width(one.text) / 2 for one in (above, below)]
    assert middles[0] == pytest.approx(middles[1], abs=0.1)
    assert _right(below) >= 4 * 16
    assert _right(below) == 4 * 16 or _right(above) == 0
    assert document.paragraphs[-3].text == ""
    assert above.paragraph_format.keep_with_next
    assert [run.font.highlight_color is None for run in below.runs] == [day is not None]


def test_an_annex_begins_a_page_with_its_title_centred_on_the_third_line(tmp_path: Path) -> None:
    paragraphs = written(tmp_path).paragraphs
    starts = [at for at, one in enumerate(paragraphs) if one.text.startswith("附件")]
    assert [paragraphs[at].text for at in starts] == [f"附件{n}" for n in (1, 2, 3, 4)]
    assert [paragraphs[at + 2].text for at in starts] == list(ANNEXES)
    for at in starts:
        heading, empty, title = paragraphs[at : at + 3]
        assert heading.style.name == "Heading 1"  # 黑体 三号
        assert heading.paragraph_format.page_break_before
        assert heading.paragraph_format.first_line_indent.pt == 0
        assert empty.text == ""
        assert title.alignment == 1
        (run,) = title.runs
        assert (run.font.size.pt, run.font.name) == (22, "方正小标宋简体")
    one = replace(DRAFT, figures=(), to_fill=())
    lines = [p.text for p in written(tmp_path, draft=one).paragraphs]
    assert lines.count("附件") == 1
