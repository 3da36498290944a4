"""The fictional report that `eval.readers` measures with, and its files in the office formats."""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

TITLE = "青禾县白石镇松口村2022年上半年工作情况汇报"
BEFORE = (
    "一、基本情况",
    "松口村位于白石镇西南部，距镇政府驻地12公里，下辖6个村民小组，全村共有412户1586人，其中脱贫户97户"
    "365人、监测对象8户29人。现有耕地2134.5亩、林地5860亩，村集体经济收入去年为18.6万元。村党支部有党员"
    "43人，其中女党员11人。",
    "二、主要工作",
    "（一）抓产业，促增收。今年以来，投入衔接资金126.8万元，新建标准化菌棚32个，发展羊肚菌45亩、高山蔬菜"
    "260亩，带动脱贫户64户稳定增收，户均增收3200元以上。引进合作社2家，签订订单合同58份，订单金额达到"
    "74.35万元。",
    "（二）补短板，强基础。硬化产业路3.7公里，维修水渠1850米，安装太阳能路灯66盏，改造户厕41座，卫生厕所"
    "普及率由78.5%提高到91.2%。新建蓄水池3口，解决了127户492人的季节性缺水问题。",
    "（三）防返贫，守底线。开展集中排查2轮，走访农户824户次，新识别监测对象2户7人，均已落实帮扶措施；消除"
    "风险3户10人。落实公益性岗位23个，小额信贷余额46万元，外出务工人员建档286人，务工收入合计约642万元。",
    "各村民小组主要指标如下表：",
)
TABLE = (
    ("小组", "户数", "人口", "菌棚（个）"),
    ("上湾组", "86", "331", "9"),
    ("大坪组", "124", "478", "14"),
    ("河边组", "73", "279", "5"),
)
AFTER = (
    "三、存在问题",
    "一是产业链条短，菌菇以鲜销为主，冷藏能力仅15吨；二是村级集体经济来源单一，占比62%来自光伏分红；三是"
    "劳动力外流，在家务农人员平均年龄56岁。",
    "四、下半年打算",
    "计划争取项目资金90万元，建成50吨冷库1座，新增菌棚10个；完成剩余28户户厕改造；力争年底村集体经济收入"
    "突破25万元，脱贫人口人均纯收入增长12%以上。",
)
SIGNED = ("白石镇松口村村民委员会", "2022年7月5日")
HEADER = "松口村半年工作汇报材料"


def source_lines() -> list[str]:
    """The report's paragraphs in reading order, the table's rows left out."""
    return [TITLE, *BEFORE, *AFTER, *SIGNED]


def make(folder: Path) -> None:
    """Write the report in every format that is not print."""
    folder.mkdir(parents=True, exist_ok=True)
    word = _word()
    files = {
        "txt": "\n".join(_plain()).encode(),
        "md": _markdown().encode(),
        "html": _html("utf-8").encode(),
        "mht": _web_archive(),
        "csv": _csv().encode("gb18030"),
        "docx": word,
        "docm": _with_macros(word),
        "xlsx": _workbook(),
        "xls": _old_workbook(),
        "pptx": _slides(),
        "zip": _zip(word),
    }
    for suffix, data in files.items():
        (folder / f"report.{suffix}").write_bytes(data)
    for suffix in ("doc", "rtf", "odt"):
        convert(folder, suffix)
    # WPS Office writes Word's and Excel's binary formats under its own suffixes.
    for own, suffix in (("wps", "doc"), ("wpt", "doc"), ("et", "xls")):
        (folder / f"report.{own}").write_bytes((folder / f"report.{suffix}").read_bytes())


def _plain() -> list[str]:
    rows = ["\t".join(row) for row in TABLE]
    return [TITLE, *BEFORE, *rows, *AFTER, *SIGNED]


def _markdown() -> str:
    rows = [f"| {' | '.join(row)} |" for row in TABLE]
    rows.insert(1, "|---|---|---|---|")
    return "\n\n".join([f"# {TITLE}", *BEFORE, "\n".join(rows), *AFTER, *SIGNED]) + "\n"


def _html(charset: str) -> str:
    def tagged(tag: str, texts: Sequence[str]) -> str:
        return "".join(f"<{tag}>{text}</{tag}>" for text in texts)

    rows = [tagged("tr", [tagged("td", row)]) for row in TABLE]
    body = tagged("h1", [TITLE]) + tagged("p", BEFORE) + tagged("table", ["".join(rows)])
    return (
        f"<!DOCTYPE html><html><head><meta charset='{charset}'><title>{TITLE}</title></head>"
        f"<body>{body}{tagged('p', AFTER)}{tagged('p', SIGNED)}</body></html>\n"
    )


def _word() -> bytes:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    style = document.styles["Normal"]
    style.font.size = Pt(15)
    style.font.name = "Noto Serif CJK SC"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    section.header.paragraphs[0].text = HEADER
    _page_number(section.footer.paragraphs[0])
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(TITLE).font.size = Pt(20)

    def add(texts: Sequence[str], right: bool = False) -> None:
        for text in texts:
            paragraph = document.add_paragraph(text)
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Pt(30)
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    add(BEFORE)
    table = document.add_table(len(TABLE), len(TABLE[0]))
    table.style = "Table Grid"
    for r, row in enumerate(TABLE):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    add(AFTER)
    add(SIGNED, right=True)
    return _saved(document)


def _page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


def convert(folder: Path, suffix: str) -> None:
    """Have LibreOffice write report.docx in another format."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
             "--convert-to", suffix, "--outdir", str(folder), str(folder / "report.docx")],
            check=True, stdout=subprocess.DEVNULL, timeout=120,
        )  # fmt: skip


def _rows() -> list[tuple[str, ...]]:
    """The report as the rows of a worksheet: a paragraph a row, the table's rows between."""
    return [(text,) for text in (TITLE, *BEFORE)] + [
        *TABLE,
        *((text,) for text in (*AFTER, *SIGNED)),
    ]


def _csv() -> str:
    import csv

    target = io.StringIO(newline="")
    csv.writer(target).writerows(_rows())
    return target.getvalue()


def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in _rows():
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    for at, row in enumerate(_rows(), 1):
        if len(row) == 1:
            sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=len(TABLE[0]))
    return _saved(book)


def _old_workbook() -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for at, row in enumerate(_rows()):
        if len(row) == 1:
            sheet.write_merge(at, at, 0, len(TABLE[0]) - 1, row[0])
            continue
        for column, cell in enumerate(row):
            sheet.write(at, column, int(cell) if cell.isdigit() else cell)
    return _saved(book)


def _slides() -> bytes:
    from pptx import Presentation
    from pptx.util import Cm

    presentation = Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[1])
    first.shapes.title.text = TITLE
    first.placeholders[1].text = "\n".join(BEFORE[:2])
    blank = presentation.slide_layouts[6]
    second = presentation.slides.add_slide(blank)
    second.shapes.add_textbox(0, 0, Cm(20), Cm(8)).text_frame.text = "\n".join(BEFORE[2:])
    size = (Cm(2), Cm(10), Cm(18), Cm(5))
    table = second.shapes.add_table(len(TABLE), len(TABLE[0]), *size).table
    for r, row in enumerate(TABLE):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    third = presentation.slides.add_slide(blank)
    third.shapes.add_textbox(0, 0, Cm(20), Cm(8)).text_frame.text = "\n".join((*AFTER, *SIGNED))
    return _saved(presentation)


def _web_archive() -> bytes:
    """A page as browsers save it, with a picture beside the text."""
    message = EmailMessage(SMTP)
    message["From"] = "<Saved by a browser>"
    message.set_content(_html("gb2312"), "html", charset="gb2312", cte="quoted-printable")
    message.add_related(b"\x89PNG\r\n\x1a\n", "image", "png")
    message.set_boundary("----=_NextPart_000_0000")
    return message.as_bytes()


def _with_macros(word: bytes) -> bytes:
    """The document as one that may hold macros; there are none in it."""
    plain = b"officedocument.wordprocessingml.document.main+xml"
    macros = b"ms-word.document.macroEnabled.main+xml"
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(b"openxmlformats-" + plain, macros)
            new.writestr(name, part)
    return target.getvalue()


def _zip(word: bytes) -> bytes:
    """As Windows packs a folder: names in its own encoding, without saying which."""
    target = io.BytesIO()
    name = "2022年上半年/松口村汇报.docx"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("N" * len(name.encode("gbk")), word)
    return target.getvalue().replace(b"N" * len(name.encode("gbk")), name.encode("gbk"))


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
