"""Presentations: slide by slide, in the order in which people read them."""

from __future__ import annotations

from typing import Any

import pytest
from pptx import Presentation
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Inches

from index.errors import UnreadableFile
from ingest.readers import read
from tests.ingest.readers.files import saved, slides_file


def box(shapes: Any, text: str, left: float, top: float) -> None:
    shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5)).text_frame.text = text


def test_title_text_table_and_notes_of_a_slide() -> None:
    lines = read(slides_file(), ".pptx")

    assert [(line.text, line.level, line.row, line.page) for line in lines] == [
        ("石梁村工作汇报", 1, False, 1),
        ("全村共有487户。", None, False, 1),
        ("修路3公里。", None, False, 1),
        ("村:石梁村 | 户数:60", None, True, 1),
        ("备注:讲到这里停一下。", None, False, 1),
    ]


def test_shapes_from_the_top_and_from_the_left_where_side_by_side() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    box(slide.shapes, "右", 5, 1.1)
    box(slide.shapes, "下", 1, 4)
    box(slide.shapes, "左", 1, 1)
    group = slide.shapes.add_group_shape()
    box(group.shapes, "组里下", 1, 6.5)
    box(group.shapes, "组里上", 1, 6)

    assert [line.text for line in read(saved(presentation), ".pptx")] == [
        "左", "右", "下", "组里上", "组里下",
    ]  # fmt: skip


def test_pages_are_slides() -> None:
    presentation = Presentation()
    for n in range(3):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        box(slide.shapes, f"第{n}段", 1, 1)

    assert [line.page for line in read(saved(presentation), ".pptx")] == [1, 2, 3]


def test_merged_cells_of_a_slide_s_table() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    size = Inches(1)
    table = slide.shapes.add_table(4, 3, size, size, size, size).table
    rows = [["村", "贫困户", ""], ["", "户数", "人数"], ["石梁村", "60", "180"], ["", "5", "7"]]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 0).merge(table.cell(3, 0))

    assert [line.text for line in read(saved(presentation), ".pptx")] == [
        "村:石梁村 | 贫困户户数:60 | 贫困户人数:180",
        "村:石梁村 | 贫困户户数:5 | 贫困户人数:7",
    ]


def test_a_locked_or_old_presentation_says_so() -> None:
    with pytest.raises(UnreadableFile, match="PowerPoint"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".pptx")


DIAGRAM = """<p:graphicFrame xmlns:p="{p}" xmlns:a="{a}" xmlns:r="{r}" xmlns:dgm="{d}">
<p:nvGraphicFramePr><p:cNvPr id="9" name="图示"/><p:cNvGraphicFramePr/><p:nvPr/>
</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm>
<a:graphic><a:graphicData uri="{d}"><dgm:relIds r:dm="{id}"/></a:graphicData></a:graphic>
</p:graphicFrame>"""
DIAGRAM_DATA = """<dgm:dataModel xmlns:a="{a}" xmlns:dgm="{d}"><dgm:ptLst>
<dgm:pt><dgm:t><a:p><a:r><a:t>产业</a:t></a:r><a:r><a:t>兴旺</a:t></a:r></a:p></dgm:t></dgm:pt>
<dgm:pt><dgm:t><a:p><a:r><a:t>生态宜居</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>
</dgm:dataModel>"""


def test_the_texts_of_a_diagram() -> None:
    names = {
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "d": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    }
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    data = Part(
        PackURI("/ppt/diagrams/data1.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        slide.part.package,
        DIAGRAM_DATA.format(**names).encode(),
    )
    relation = slide.part.relate_to(data, f"{names['r']}/diagramData")
    slide.shapes._spTree.append(parse_xml(DIAGRAM.format(**names, id=relation)))

    assert [line.text for line in read(saved(presentation), ".pptx")] == ["产业兴旺", "生态宜居"]
