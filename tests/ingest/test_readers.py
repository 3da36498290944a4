"""Files to lines: encodings, Markdown, Word, and what cannot be read."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from index.errors import UnreadableFile
from ingest.readers import load, read, readable

SIMPLE = (
    "石梁村位于清溪镇东部,全村共有487户2016人,有建档立卡贫困户158户602人。\n"
    "今年以来,村“三委”积极争取项目资金27.16万元,硬化道路3.5公里,安装路灯43盏;\n"
    "产业以菊花、花椒、中药材种植为主,户均增收2000元以上。\n"
)
TRADITIONAL = (
    "全鄉建成集中安置點6個,入住建檔立卡貧困戶287戶1130人。\n"
    "羣衆住進新房以後,鄉裡着手發展產業,搭起香菇棚92個,帶動搬遷戶63戶。\n"
)
BIG5 = TRADITIONAL.replace("羣衆", "群眾").replace("着", "著")


def texts(data: bytes, suffix: str = ".txt") -> list[str]:
    return [line.text for line in read(data, suffix)]


# ---- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
def test_simplified_text_in_each_encoding(encoding: str) -> None:
    assert texts(SIMPLE.encode(encoding)) == SIMPLE.splitlines()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("with_bom", [True, False])
def test_utf_16_of_both_orders_with_and_without_a_mark(encoding: str, with_bom: bool) -> None:
    bom = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE

    assert texts(bom * with_bom + SIMPLE.encode(encoding)) == SIMPLE.splitlines()


def test_traditional_text_in_big5() -> None:
    assert texts(BIG5.encode("big5")) == BIG5.splitlines()


def test_traditional_text_in_gb18030() -> None:
    assert texts(TRADITIONAL.encode("gb18030")) == TRADITIONAL.splitlines()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("gb18030", SIMPLE), ("big5", BIG5), ("utf-16-le", SIMPLE), ("utf-16-be", SIMPLE)],
)
@pytest.mark.parametrize("length", [20, 50, 2000])
def test_short_and_long_texts_are_told_by_their_characters(
    encoding: str, text: str, length: int
) -> None:
    for start in range(len(text)):
        part = (text * 40)[start : start + length].strip()

        assert "".join(texts(part.encode(encoding))) == part.replace("\n", "")


def test_utf_16_of_figures_alone_is_no_utf_8() -> None:
    assert texts("487\t2016\t158".encode("utf-16-le")) == ["487\t2016\t158"]


def test_an_ascii_file_stays_as_it_is() -> None:
    assert texts(b"A,B\r\n1,2\r\n") == ["A,B", "1,2"]


def test_line_ends_of_all_kinds() -> None:
    assert texts("一\r\n二\n三\r四".encode()) == ["一", "二", "三", "四"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_bad_byte_does_not_cost_the_report(encoding: str) -> None:
    data = SIMPLE.encode(encoding)
    broken = data[:-3] + b"\xff" + data[-3:]

    read_back = "\n".join(texts(broken))

    assert "建档立卡贫困户158户602人" in read_back
    assert "\ufffd" in read_back


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 4,
        b"\x89PNG\r\n\x1a\n" + bytes(range(200, 256)) * 30 + bytes(100),
        b"\x7fELF\x02\x01\x01" + bytes(200) + bytes(range(256)),
        codecs.BOM_UTF8 + b"\xff\xfe\xfd" * 50,
    ],
)
def test_binary_is_refused_in_chinese(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="编码"):
        texts(data)


# ---- what is there to read


def test_a_zero_byte_file_is_refused(put: Callable[..., Path]) -> None:
    with pytest.raises(UnreadableFile, match="0 字节"):
        load(put("空.txt", b""))


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_file_of_blanks_is_refused(suffix: str) -> None:
    with pytest.raises(UnreadableFile, match="没有文字"):
        texts(" \n\t\n\u3000\n".encode(), suffix)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.txt", True), ("A.TXT", True), ("b.Docx", True), ("~$b.docx", False), ("c.exe", False)],
)
def test_which_files_some_reader_takes(name: str, expected: bool) -> None:
    assert readable(Path(name)) is expected


# ---- Markdown


def test_markdown_headings_tables_and_emphasis() -> None:
    source = (
        "# 石梁村工作总结\n\n## 一、基本情况 ##\n全村**487户**。\n\n"
        "| 村 | 户数 |\n|---|:--:|\n| 石梁村 | 487 |\n| 柳沟村 | 420 |\n\n_完_\n"
    )

    lines = read(source.encode(), ".md")

    assert [(line.text, line.level, line.row) for line in lines if line.text] == [
        ("石梁村工作总结", 1, False),
        ("一、基本情况", 2, False),
        ("全村487户。", None, False),
        ("村:石梁村 | 户数:487", None, True),
        ("村:柳沟村 | 户数:420", None, True),
        ("_完_", None, False),
    ]


# ---- Word


def saved(document: docx.document.Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_word_headings_paragraphs_and_tables_in_reading_order() -> None:
    document = docx.Document()
    document.add_heading("石梁村工作总结", 1)
    document.add_paragraph("全村共有487户。")
    table = document.add_table(2, 3)
    for column, (name, value) in enumerate([("村", "石梁村"), ("2017年", "35"), ("2018年", "40")]):
        table.cell(0, column).text, table.cell(1, column).text = name, value
    document.add_heading("二、下一步打算", 2)
    document.add_paragraph("第一行\n第二行")

    lines = read(saved(document), ".docx")

    assert [(line.text, line.level, line.row) for line in lines] == [
        ("石梁村工作总结", 1, False),
        ("全村共有487户。", None, False),
        ("村:石梁村 | 2017年:35 | 2018年:40", None, True),
        ("二、下一步打算", 2, False),
        ("第一行", None, False),
        ("第二行", None, False),
    ]


def test_merged_cells_of_a_word_table() -> None:
    document = docx.Document()
    table = document.add_table(5, 3)
    rows = [
        ["脱贫情况表", "", ""],
        ["村", "贫困户", ""],
        ["", "户数", "人数"],
        ["石梁村", "60", "180"],
        ["", "合计", ""],
    ]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).merge(table.cell(1, 2))
    table.cell(3, 0).merge(table.cell(4, 0))
    table.cell(4, 1).merge(table.cell(4, 2))

    # A merged title stands alone; merged names are spread; a merged value is said once.
    assert texts(saved(document), ".docx") == [
        "脱贫情况表",
        "村:石梁村 | 贫困户户数:60 | 贫困户人数:180",
        "村:石梁村 | 贫困户户数:合计",
    ]


def test_a_table_of_figures_alone_has_no_header() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for r, row in enumerate([["5", "6"], ["7", "8"]]):
        for c, text in enumerate(row):
            table.cell(r, c).text = text

    assert texts(saved(document), ".docx") == ["5 | 6", "7 | 8"]


def test_a_table_inside_a_cell_is_read_once() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "外"
    outer.cell(0, 1).text = "说明"
    inner = outer.cell(0, 1).add_table(1, 1)
    inner.cell(0, 0).text = "内"

    assert "".join(texts(saved(document), ".docx")).count("内") == 1


def test_tracked_changes_are_read_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("全村")
    for tag, text_tag, text in (("w:del", "w:delText", "500户"), ("w:ins", "w:t", "487户")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        content.text = text
        run.append(content)
        change.append(run)
        paragraph._p.append(change)

    assert texts(saved(document), ".docx") == ["全村487户"]


def test_text_in_a_content_control_is_read() -> None:
    document = docx.Document()
    document.add_paragraph("前")
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(content)
    content.append(document.add_paragraph("控件里")._p)
    document.element.body.insert(1, control)
    document.add_paragraph("后")

    assert texts(saved(document), ".docx") == ["前", "控件里", "后"]


def rezipped(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The .docx with each part put through `change`; None leaves the part out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return target.getvalue()


def damaged(kind: str) -> bytes:
    document = docx.Document()
    document.add_paragraph("内容" * 300)
    whole = saved(document)
    main = "word/document.xml"
    if kind == "not a zip":
        return "其实是文本".encode()
    if kind == "encrypted or old .doc":
        return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    if kind == "cut off":
        return whole[: len(whole) // 2]
    if kind == "flipped bytes":
        at = whole.index(main.encode()) + 80
        return whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 60]) + whole[at + 60 :]
    if kind == "broken XML":
        return rezipped(whole, lambda name, part: part[:-40] if name == main else part)
    if kind == "no document part":
        return rezipped(whole, lambda name, part: None if name == main else part)
    if kind == "no relations":
        return rezipped(whole, lambda name, part: None if name == "_rels/.rels" else part)
    assert kind == "another zip"
    return rezipped(whole, lambda name, part: None if name != main else part)


@pytest.mark.parametrize(
    "kind",
    [
        "not a zip",
        "encrypted or old .doc",
        "cut off",
        "flipped bytes",
        "broken XML",
        "no document part",
        "no relations",
        "another zip",
    ],
)
def test_a_damaged_word_file_says_so_in_chinese(kind: str) -> None:
    with pytest.raises(UnreadableFile, match="Word"):
        texts(damaged(kind), ".docx")


def test_a_locked_password_file_is_called_encrypted() -> None:
    with pytest.raises(UnreadableFile, match="加密"):
        texts(damaged("encrypted or old .doc"), ".docx")
