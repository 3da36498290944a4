"""Small files of each format, made by the formats' own libraries, of fictional sentences."""

from __future__ import annotations

import base64
import datetime
import io
import quopri
import zipfile
from collections.abc import Callable, Mapping

import docx
import openpyxl
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from pptx import Presentation

PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312">
<title>石梁村2018年工作总结_清溪网</title><style>p{color:red}</style></head><body>
<div class="top-nav"><a href="/">首页</a><a href="/a">新闻</a><a href="/b">公开</a></div>
<h1>石梁村2018年工作总结</h1><p>全村共有<b>487</b>户,<span>2016</span>人。</p>
<ol><li>发展产业。</li><li>2018年修路3公里。</li></ol>
<table><tr><th rowspan=2>村</th><th colspan=2>贫困户</th></tr><tr><th>户</th><th>人</th></tr>
<tr><td>石梁村</td><td>60</td><td>180</td></tr></table>
<div id="footer">主办单位:某某办公室</div><script>var a = "代码";</script></body></html>"""

MHT = """From: <Saved by the test>
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----=_B"

------=_B
Content-Type: text/html; charset="{charset}"
Content-Transfer-Encoding: {encoding}

{body}
------=_B
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------=_B--
"""

CSV = '村,户数,备注\r\n石梁村,487,"已硬化,已亮化"\r\n柳沟村,420,无\r\n'


def saved(document: object) -> bytes:
    """What a library's `save` writes."""
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def rezipped(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """An Office file with some parts replaced, added, or (None) left out."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return target.getvalue()


def xml(source: str) -> BaseOxmlElement:
    """An element of WordprocessingML with its name space declared."""
    head, _, rest = source.partition(">")
    closed = head.endswith("/")
    return parse_xml(f"{head.rstrip('/')} {nsdecls('w')}{'/' if closed else ''}>{rest}")


def level(
    n: int, number_format: str, text: str, start: int = 1, more: str = "", style: str = ""
) -> str:
    """A level of a list in numbering.xml."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>'
        f'{named}{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


OFFICIAL = (
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "(%2)")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
)
"""一、(一) 1. ①, as offices write."""


def numbered_document(
    lists: Mapping[int, str] | None = None, numbers: str = '<w:num w:numId="1">{0}</w:num>'
) -> docx.document.Document:
    """A document whose numbering.xml holds these lists (abstract id -> levels) and numbers."""
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{levels}</w:abstractNum>'
        for n, levels in (lists or {0: OFFICIAL}).items()
    )
    document = docx.Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    whole = numbers.format('<w:abstractNumId w:val="0"/>')
    for child in list(xml(f"<w:numbering>{abstracts}{whole}</w:numbering>")):
        root.append(child)
    return document


def item(document: docx.document.Document, text: str, level: int = 0, number: int = 1) -> Paragraph:
    """A paragraph with an automatic number."""
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        xml(
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
        )
    )
    return paragraph


def word_file() -> bytes:
    document = numbered_document()
    document.add_heading("石梁村工作总结", 1)
    item(document, "基本情况")
    item(document, "发展产业", 1)
    document.add_paragraph("全村共有487户。")
    table = document.add_table(2, 2)
    for column, (name, value) in enumerate([("村", "石梁村"), ("户数", "60")]):
        table.cell(0, column).text, table.cell(1, column).text = name, value
    return saved(document)


def slides_file() -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "石梁村工作汇报"
    slide.placeholders[1].text = "全村共有487户。\n修路3公里。"
    table = slide.shapes.add_table(2, 2, 0, 5_000_000, 3_000_000, 1_000_000).table
    for column, (name, value) in enumerate([("村", "石梁村"), ("户数", "60")]):
        table.cell(0, column).text, table.cell(1, column).text = name, value
    slide.notes_slide.notes_text_frame.text = "讲到这里停一下。"
    return saved(presentation)


def workbook_file() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "清溪镇2018年上半年脱贫情况表"
    sheet.merge_cells("A1:C1")
    sheet.append(["村", "户数", "贫困发生率"])
    sheet.append(["石梁村", 12345, 0.0052])
    sheet["B3"].number_format, sheet["C3"].number_format = "#,##0", "0.00%"
    return saved(book)


def old_workbook_file() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("脱贫情况")
    sheet.write_merge(0, 0, 0, 2, "清溪镇2018年上半年脱贫情况表")
    for column, name in enumerate(["村", "完成率", "日期"]):
        sheet.write(1, column, name)
    sheet.write(2, 0, "石梁村")
    sheet.write(2, 1, 0.125, xlwt.easyxf(num_format_str="0.0%"))
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    sheet.write(2, 2, datetime.date(2018, 6, 30), day)
    return saved(book)


def archive_page(encoding: str = "quoted-printable", charset: str = "gb2312") -> bytes:
    page = PAGE.encode(charset)
    body = quopri.encodestring(page) if encoding == "quoted-printable" else base64.encodebytes(page)
    return MHT.format(charset=charset, encoding=encoding, body=body.decode("ascii")).encode()


FILES: dict[str, Callable[[], bytes]] = {
    ".docx": word_file,
    ".pptx": slides_file,
    ".xlsx": workbook_file,
    ".xls": old_workbook_file,
    ".html": lambda: PAGE.encode("gb18030"),
    ".mht": archive_page,
    ".csv": lambda: CSV.encode("gb18030"),
}
