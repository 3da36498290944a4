"""Word files as they are printed: automatic numbers, notes, text boxes, nothing hidden."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.readers import read
from ingest.readers.numbering import counted, formatted, joined
from tests.ingest.readers.files import (
    OFFICIAL,
    item,
    level,
    numbered_document,
    rezipped,
    saved,
    xml,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"


def texts(document: docx.document.Document) -> list[str]:
    return [line.text for line in read(saved(document), ".docx")]


# ---- automatic numbers


def test_the_numbers_of_official_writing_level_by_level() -> None:
    document = numbered_document()
    for text, depth in [
        ("基本情况", 0), ("发展产业", 1), ("种植大棚", 2), ("一号大棚", 3), ("二号大棚", 3),
        ("养殖", 2), ("修建道路", 1), ("硬化路面", 2), ("下一步打算", 0), ("继续发展", 1),
    ]:  # fmt: skip
        item(document, text, depth)

    assert texts(document) == [
        "一、基本情况", "(一)发展产业", "1.种植大棚", "①一号大棚", "②二号大棚",
        "2.养殖", "(二)修建道路", "1.硬化路面", "二、下一步打算", "(一)继续发展",
    ]  # fmt: skip


def test_plain_paragraphs_between_do_not_disturb_the_count() -> None:
    document = numbered_document()
    item(document, "基本情况")
    document.add_paragraph("全村共有487户。")
    item(document, "下一步打算")

    assert texts(document) == ["一、基本情况", "全村共有487户。", "二、下一步打算"]


def test_two_lists_of_one_kind_count_on_unless_one_starts_anew() -> None:
    numbers = (
        '<w:num w:numId="1">{0}</w:num><w:num w:numId="2">{0}</w:num>'
        '<w:num w:numId="3">{0}<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    document = numbered_document(numbers=numbers)
    for text, number in [("甲", 1), ("乙", 2), ("丙", 3), ("丁", 3), ("戊", 1)]:
        item(document, text, number=number)

    assert texts(document) == ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊"]


def test_a_start_a_level_that_never_restarts_and_legal_numbers() -> None:
    levels = (
        level(0, "chineseCounting", "第%1章", start=3)
        + level(1, "decimal", "%1.%2", more="<w:isLgl/>")
        + level(2, "decimal", "(%3)", more='<w:lvlRestart w:val="0"/>')
    )
    document = numbered_document({0: levels})
    for text, depth in [("总则", 0), ("目的", 1), ("甲", 2), ("分则", 0), ("范围", 1), ("乙", 2)]:
        item(document, text, depth)

    assert texts(document) == [
        "第三章 总则",
        "3.1 目的",
        "(1)甲",
        "第四章 分则",
        "4.1 范围",
        "(2)乙",
    ]


def test_a_level_passed_over_counts_as_begun() -> None:
    document = numbered_document({0: level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.")})
    item(document, "先是第二级", 1)
    item(document, "再是第一级", 0)

    assert texts(document) == ["1.1.先是第二级", "2.再是第一级"]


def test_numbers_that_a_style_carries() -> None:
    levels = level(0, "chineseCounting", "%1、", style="Heading1") + level(
        1, "chineseCounting", "(%2)", style="Heading2"
    )
    document = numbered_document({0: levels})
    for name in ("Heading 1", "Heading 2"):
        properties = document.styles[name].element.get_or_add_pPr()
        properties.append(xml('<w:numPr><w:numId w:val="1"/></w:numPr>'))
    document.add_heading("基本情况", 1)
    document.add_heading("人口", 2)
    document.add_heading("打算", 1)
    plain = document.add_heading("附件", 1)
    plain._p.get_or_add_pPr().append(xml('<w:numPr><w:numId w:val="0"/></w:numPr>'))

    lines = read(saved(document), ".docx")

    assert [(line.text, line.level) for line in lines] == [
        ("一、基本情况", 1), ("(一)人口", 2), ("二、打算", 1), ("附件", 1),
    ]  # fmt: skip


def test_bullets_stay_out_and_a_year_does_not_run_into_its_number() -> None:
    document = numbered_document({0: level(0, "bullet", "\uf0b7") + level(1, "decimal", "%2.")})
    item(document, "修路3公里")
    item(document, "2018年脱贫60户", 1)

    assert texts(document) == ["修路3公里", "1. 2018年脱贫60户"]


def test_numbered_paragraphs_in_cells_are_counted() -> None:
    document = numbered_document({0: level(0, "decimal", "%1.")})
    table = document.add_table(2, 2)
    for column, text in enumerate(("项目", "措施")):
        table.cell(0, column).text = text
    table.cell(1, 0).text = "产业"
    cell = table.cell(1, 1)
    cell.paragraphs[0].text = "建大棚"
    second = cell.add_paragraph("修水渠")
    for paragraph in (cell.paragraphs[0], second):
        paragraph._p.get_or_add_pPr().append(xml('<w:numPr><w:numId w:val="1"/></w:numPr>'))

    assert texts(document) == ["项目:产业 | 措施:1.建大棚 2.修水渠"]


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (101, "一百零一"),
        (110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_counting_in_chinese(n: int, expected: str) -> None:
    assert counted(n) == expected


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("decimal", "1 4 11 28"),
        ("decimalZero", "01 04 11 28"),
        ("chineseCountingThousand", "一 四 十一 二十八"),
        ("japaneseCounting", "一 四 十一 二十八"),
        ("ideographDigital", "一 四 一一 二八"),
        ("chineseLegalSimplified", "壹 肆 壹拾壹 贰拾捌"),
        ("decimalEnclosedCircle", "① ④ ⑪ ㉘"),
        ("decimalEnclosedParen", "⑴ ⑷ ⑾ 28"),
        ("ideographTraditional", "甲 丁 甲 辛"),
        ("upperLetter", "A D K BB"),
        ("lowerLetter", "a d k bb"),
        ("upperRoman", "I IV XI XXVIII"),
        ("lowerRoman", "i iv xi xxviii"),
        ("no such format", "1 4 11 28"),
    ],
)
def test_number_formats(number_format: str, expected: str) -> None:
    assert " ".join(formatted(n, number_format) for n in (1, 4, 11, 28)) == expected


def test_a_number_keeps_its_distance_only_where_it_must() -> None:
    pairs = [
        ("一、", "基本"),
        ("1", "基本"),
        ("1.", "基本"),
        ("1.", "2018年"),
        ("①", "基本"),
        ("", "a"),
    ]

    assert [joined(*pair) for pair in pairs] == [
        "一、基本", "1 基本", "1.基本", "1. 2018年", "①基本", "a",
    ]  # fmt: skip


# ---- what hangs on a paragraph


def with_notes(document: docx.document.Document, kind: str, notes: dict[int, str]) -> bytes:
    """The saved document with a part of footnotes or endnotes."""
    whole = "".join(
        f'<w:{kind} w:id="{n}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
        for n, text in notes.items()
    )
    data = saved(document)
    with ZipFile(BytesIO(data)) as parts:
        types = parts.read("[Content_Types].xml").decode()
        relations = parts.read("word/_rels/document.xml.rels").decode()
    kind_of_part = NOTES.format(f"{kind}s")
    types = types.replace(
        "</Types>",
        f'<Override PartName="/word/{kind}s.xml" ContentType="{kind_of_part}"/></Types>',
    )
    relations = relations.replace(
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{RELATION.format(kind + "s")}" Target="{kind}s.xml"/>'
        "</Relationships>",
    )
    return rezipped(
        data,
        {
            "[Content_Types].xml": types.encode(),
            "word/_rels/document.xml.rels": relations.encode(),
            f"word/{kind}s.xml": f"<w:{kind}s {W}>{whole}</w:{kind}s>".encode(),
        },
    )


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_stand_behind_their_paragraph(kind: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("全村共有487户")
    paragraph._p.append(xml(f'<w:r><w:{kind}Reference w:id="2"/></w:r>'))
    paragraph.add_run("2016人。")
    document.add_paragraph("修路3公里。")

    lines = read(with_notes(document, kind, {0: "", 2: "含外出务工户。"}), ".docx")

    assert [line.text for line in lines] == [
        "全村共有487户2016人。",
        "注1:含外出务工户。",
        "修路3公里。",
    ]


BOX = (
    '<w:r xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{0}</w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict>{0}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = (
        "<w:txbxContent><w:p><w:r><w:t>框里第一段。</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>框里第二段。</w:t></w:r></w:p></w:txbxContent>"
    )
    document = docx.Document()
    paragraph = document.add_paragraph("全村共有")
    source = BOX.format(box).replace("<w:r ", f"<w:r {W} ", 1)
    paragraph._p.append(parse_xml(source))
    paragraph.add_run("487户。")

    assert texts(document) == ["全村共有487户。", "框里第一段。", "框里第二段。"]


def test_hidden_text_stays_out_unless_its_mark_is_off() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("全村")
    paragraph.add_run("其实").font.hidden = True
    paragraph.add_run("共有487户。").font.hidden = False

    assert texts(document) == ["全村共有487户。"]


def test_headers_and_footers_stay_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("全村共有487户。")

    assert texts(document) == ["全村共有487户。"]


def test_a_table_of_contents_stays_out() -> None:
    document = docx.Document()
    style = document.styles.add_style("toc 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("一、基本情况\t3", style=style)
    document.add_heading("一、基本情况", 1)

    assert texts(document) == ["一、基本情况"]


def test_an_office_s_own_heading_style_by_its_outline_level() -> None:
    document = docx.Document()
    style = document.styles.add_style("公文一级", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().append(xml('<w:outlineLvl w:val="0"/>'))
    document.add_paragraph("一、基本情况", style=style)
    own = document.add_paragraph("(一)人口")
    own._p.get_or_add_pPr().append(xml('<w:outlineLvl w:val="1"/>'))
    document.add_paragraph("全村共有487户。")

    assert [line.level for line in read(saved(document), ".docx")] == [1, 2, None]


# ---- tracked changes


def test_a_deleted_paragraph_end_joins_two_paragraphs_and_their_number() -> None:
    document = numbered_document({0: OFFICIAL})
    first = item(document, "基本")
    first._p.get_or_add_pPr().append(xml('<w:rPr><w:del w:id="1" w:author="某"/></w:rPr>'))
    item(document, "情况")
    item(document, "打算")

    assert texts(document) == ["一、基本情况", "二、打算"]


def test_moved_text_stands_where_it_was_moved_to() -> None:
    document = docx.Document()
    for tag, text in (("moveFrom", "甲"), ("moveTo", "乙")):
        source = f'<w:{tag} w:id="1"><w:r><w:t>{text}。</w:t></w:r></w:{tag}>'
        document.add_paragraph("")._p.append(xml(source))

    assert texts(document) == ["乙。"]


def test_a_deleted_table_row_stays_out() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for r, row in enumerate([["村", "户数"], ["石梁村", "60"], ["柳沟村", "42"]]):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    properties = table.rows[1]._tr.get_or_add_trPr()
    properties.append(xml('<w:del w:id="1" w:author="某"/>'))
    assert properties.find(qn("w:del")) is not None

    assert texts(document) == ["村:柳沟村 | 户数:42"]
