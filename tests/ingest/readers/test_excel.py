"""Workbooks: every row with its column names, values as people see them in the cell."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from index.errors import UnreadableFile
from ingest.readers import read, tables
from ingest.readers.formats import Value, shown
from tests.ingest.readers.files import old_workbook_file, rezipped, saved, workbook_file


def texts(book: openpyxl.Workbook) -> list[str]:
    return [line.text for line in read(saved(book), ".xlsx")]


def filled(rows: list[list[object]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


# ---- values


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (0.0052, "0.00%", "0.52%"),
        (0.5, "0%", "50%"),
        (1.25, "0.0%", "125.0%"),
        (12345, "#,##0", "12345"),
        (12345.678, "#,##0.00", "12345.68"),
        (0.1 + 0.2, "General", "0.3"),
        (27.16, "General", "27.16"),
        (1 / 3, "General", "0.33333333333"),
        (1e21, "General", "1000000000000000000000"),
        (2.0, "General", "2"),
        (2.675, "0.00", "2.68"),
        (0.5, "0", "1"),
        (-12.5, "0.0_);(0.0)", "-12.5"),
        (-0.001, "0.00", "0.00"),
        (12.5, '0.00"万元"', "12.50万元"),
        (536, "0\\户", "536户"),
        (12.3, "[$¥-804]#,##0.0", "¥12.3"),
        (7, "000", "007"),
        (1234567, "#,##0,", "1235"),
        (1.5, "0.##", "1.5"),
        (1.0, "0.##", "1"),
        (0.25, "# ?/?", "0.25"),
        (12345.0, "0.00E+00", "12345"),
        (True, "General", "TRUE"),
        ("0052", "@", "0052"),
        (None, "General", ""),
        (date(2021, 6, 1), 'yyyy"年"m"月"', "2021年6月"),
        (date(2021, 6, 1), "mm-dd-yy", "2021年6月1日"),
        (datetime.datetime(2021, 6, 1), "[$-804]yyyy/m/d;@", "2021年6月1日"),
        (datetime.datetime(2021, 6, 1, 9, 5), "yyyy-mm-dd hh:mm", "2021年6月1日 9:05"),
        (datetime.datetime(2021, 6, 1, 9, 5), "m/d", "6月1日"),
        (datetime.datetime(2021, 6, 1, 9, 5), "h:mm", "9:05"),
        (datetime.time(9, 5), "h:mm", "9:05"),
        (timedelta(hours=26, minutes=3), "[h]:mm", "26:03"),
    ],
)
def test_a_value_as_its_cell_shows_it(value: Value, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected


# ---- tables


def test_a_title_a_header_and_rows_that_know_their_number() -> None:
    lines = read(workbook_file(), ".xlsx")

    assert [(line.text, line.level, line.row, line.number) for line in lines] == [
        ("清溪镇2018年上半年脱贫情况表", 1, False, 1),
        ("村:石梁村 | 户数:12345 | 贫困发生率:0.52%", None, True, 3),
    ]
    assert {line.sheet for line in lines} == {"Sheet"}


def test_an_old_workbook_is_read_alike() -> None:
    lines = read(old_workbook_file(), ".xls")

    assert [(line.text, line.level, line.number) for line in lines] == [
        ("清溪镇2018年上半年脱贫情况表", 1, 1),
        ("脱贫情况", 2, None),
        ("村:石梁村 | 完成率:12.5% | 日期:2018年6月30日", None, 3),
    ]


def test_a_header_of_three_rows_below_title_subtitle_and_note() -> None:
    book = filled(
        [
            ["清溪镇脱贫情况表"],
            ["(截至2018年6月底)"],
            ["填报单位:清溪镇", None, None, None, "单位:户、人"],
            ["序号", "村名", "贫困户", None, None],
            [None, None, "总数", "其中", None],
            [None, None, None, "低保", "五保"],
            [1, "石梁村", 60, 20, 5],
            [2, "柳沟村", 42, 12, 3],
            ["合计", None, 102, 32, 8],
        ]
    )
    for merged in ("A1:E1", "A2:E2", "A4:A6", "B4:B6", "C4:E4", "C5:C6", "D5:E5", "A9:B9"):
        book.active.merge_cells(merged)

    assert texts(book) == [
        "清溪镇脱贫情况表",
        "(截至2018年6月底)",
        "填报单位:清溪镇 | 单位:户、人",
        "序号:1 | 村名:石梁村 | 贫困户总数:60 | 贫困户其中低保:20 | 贫困户其中五保:5",
        "序号:2 | 村名:柳沟村 | 贫困户总数:42 | 贫困户其中低保:12 | 贫困户其中五保:3",
        "序号:合计 | 贫困户总数:102 | 贫困户其中低保:32 | 贫困户其中五保:8",
    ]


def test_only_the_title_is_a_heading() -> None:
    book = filled([["脱贫情况表"], ["截至6月底"], ["村", "户数"], ["石梁村", 60]])

    assert [line.level for line in read(saved(book), ".xlsx")] == [1, None, None]


def test_a_cell_merged_downwards_is_said_in_every_row() -> None:
    book = filled([["镇", "村", "户数"], ["清溪镇", "石梁村", 60], [None, "柳沟村", 42]])
    book.active.merge_cells("A2:A3")

    assert texts(book) == [
        "镇:清溪镇 | 村:石梁村 | 户数:60",
        "镇:清溪镇 | 村:柳沟村 | 户数:42",
    ]


def test_two_tables_on_a_sheet_have_their_own_headers() -> None:
    book = filled(
        [["村", "户数"], ["石梁村", 60], [None], ["产业情况"], ["产业", "面积"], ["花椒", 45]]
    )

    assert texts(book) == ["村:石梁村 | 户数:60", "产业情况", "产业:花椒 | 面积:45"]


def test_an_empty_row_inside_a_table_changes_nothing() -> None:
    book = filled([["村", "户数"], ["石梁村", 60], [None], ["柳沟村", 42]])

    lines = read(saved(book), ".xlsx")

    assert [line.text for line in lines] == ["村:石梁村 | 户数:60", "村:柳沟村 | 户数:42"]
    assert [line.number for line in lines] == [2, 4]


def test_sheets_with_a_name_say_it_and_hidden_ones_stay_out() -> None:
    book = filled([["村", "户数"], ["石梁村", 60]])
    second = book.create_sheet("2019年")
    second.append(["村", "户数"])
    second.append(["石梁村", 12])
    hidden = book.create_sheet("字典")
    hidden.append(["是", "否"])
    hidden.sheet_state = "hidden"

    lines = read(saved(book), ".xlsx")

    assert [(line.text, line.level, line.sheet) for line in lines] == [
        ("村:石梁村 | 户数:60", None, "Sheet"),
        ("2019年", 2, "2019年"),
        ("村:石梁村 | 户数:12", None, "2019年"),
    ]


def test_empty_columns_and_cells_far_to_the_right_stay_out() -> None:
    book = filled([["村", None, "户数"], ["石梁村", None, 60]])
    book.active.cell(2, 5000).value = "x"

    assert texts(book) == ["村:石梁村 | 户数:60"]


def test_a_wrong_size_in_the_file_cuts_nothing_off() -> None:
    data = workbook_file()
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet = parts.read(name).replace(b'ref="A1:C3"', b'ref="A1:A1"')

    assert len(read(rezipped(data, {name: sheet}), ".xlsx")) == 2


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.sheets.MAX_CELLS", 5)

    for data, suffix in ((workbook_file(), ".xlsx"), (old_workbook_file(), ".xls")):
        with pytest.raises(UnreadableFile, match="过大"):
            read(data, suffix)
    assert tables.MAX_CELLS == 200_000


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.office.MAX_UNPACKED", 1000)

    with pytest.raises(UnreadableFile, match="解压后过大"):
        read(workbook_file(), ".xlsx")


def test_a_row_number_beyond_all_sheets_ends_soon() -> None:
    data = workbook_file()
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
    <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>
    <row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>"""

    lines = read(rezipped(data, {"xl/worksheets/sheet1.xml": sheet}), ".xlsx")

    assert [line.text for line in lines] == ["title"]


XML_BOOK = """<?xml version="1.0" encoding="{0}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>
<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles>
<Worksheet ss:Name="Sheet1"><Table>
<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">清溪镇脱贫情况表</Data></Cell></Row>
<Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">村</Data></Cell>
<Cell ss:MergeAcross="1"><Data ss:Type="String">贫困户</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">日期</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="String">户数</Data></Cell>
<Cell><Data ss:Type="String">比例</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">石梁村</Data></Cell><Cell><Data ss:Type="Number">60</Data></Cell>
<Cell ss:StyleID="p"><Data ss:Type="Number">0.0052</Data></Cell>
<Cell ss:StyleID="d"><Data ss:Type="DateTime">2018-06-30T00:00:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["UTF-8", "GB2312"])
def test_a_workbook_in_xml_under_the_name_of_an_old_one(encoding: str) -> None:
    data = XML_BOOK.format(encoding).encode(encoding)

    lines = read(data, ".xls")

    assert [(line.text, line.level, line.number) for line in lines] == [
        ("清溪镇脱贫情况表", 1, 1),
        ("村:石梁村 | 贫困户户数:60 | 贫困户比例:0.52% | 日期:2018年6月30日", None, 5),
    ]
    with pytest.raises(UnreadableFile, match="不完整"):
        read(data[:-60], ".xls")


def test_an_old_sheet_wide_as_it_may_be_and_error_values() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for column, value in enumerate(["村", "户数", "比例"]):
        sheet.write(0, column, value)
    sheet.write(1, 0, "石梁村")
    sheet.write(1, 1, 12.0)
    sheet.row(1).set_cell_error(2, "#DIV/0!")

    assert [line.text for line in read(saved(book), ".xls")] == [
        "村:石梁村 | 户数:12 | 比例:#DIV/0!"
    ]


def test_an_old_workbook_with_a_password_says_so() -> None:
    """Its contents are encrypted behind a record FilePass ([MS-XLS] 2.4.117) after the first one.

    The record stands here before contents in clear: reading must end at it.
    """
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("脱贫情况").write(0, 0, "青杠村")
    stream = book.get_biff_data()
    first = 4 + int.from_bytes(stream[2:4], "little")
    rc4 = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + bytes(48)
    target = io.BytesIO()
    XlsDoc().save(target, stream[:first] + rc4 + stream[first:])

    with pytest.raises(UnreadableFile, match="密码"):
        read(target.getvalue(), ".xls")


def test_the_unit_above_a_table_is_that_of_its_columns_of_money() -> None:
    rows = [
        ["填报单位:清溪镇", None, "单位:万元"],
        ["村名", "户数", "总投资"],
        ["石梁村", "35", "120"],
    ]

    assert [row.text for row in tables.row_texts(rows)][
        -1
    ] == "村名:石梁村 | 户数:35 | 总投资（万元）:120"
