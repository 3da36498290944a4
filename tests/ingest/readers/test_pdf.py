"""PDF: paragraphs by geometry, tables by their lines, scans by recognition."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from index.errors import UnreadableFile
from index.positions import Mark, Position
from ingest.lines import Line
from ingest.readers import read, scan
from tests.ingest.readers.printed import FONT, FULL, LEFT, PITCH, SIZE, TOP, fitting, pdf, text_page

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "readers"


def lines(data: bytes) -> list[Line]:
    return read(data, ".pdf")


def texts(data: bytes) -> list[str]:
    return [line.text for line in lines(data)]


LONG = (
    "松口村位于白石镇西南部，下辖6个村民小组，全村共有412户1586人，其中脱贫户97户365人，监测对象8户29人，"
    "现有耕地2134.5亩，去年村集体经济收入18.6万元。"
)
OTHER = (
    "今年以来，投入衔接资金126.8万元，新建标准化菌棚32个，发展羊肚菌45亩，带动脱贫户64户稳定增收，户均增收"
    "3200元以上，引进合作社2家。"
)


def test_rows_become_paragraphs() -> None:
    assert texts(pdf(text_page("一、基本情况", LONG, OTHER))) == ["一、基本情况", LONG, OTHER]


def test_a_paragraph_goes_on_over_the_page_and_running_heads_are_left_out() -> None:
    row = fitting(LONG, FULL - 2)
    cut = len(row) + len(fitting(LONG[len(row) :], FULL))
    first = text_page(OTHER, LONG[:cut], head="内部资料汇编", foot="— 1 —")
    second = text_page("…" + LONG[cut:], OTHER, head="内部资料汇编", foot="— 2 —")

    found = lines(pdf(first, second))

    assert [(line.text, line.page) for line in found] == [(OTHER, 1), (LONG, 1), (OTHER, 2)]
    assert found[1].later == (Mark(cut, Position(page=2)),)


COLUMN = 16


def two_columns(*texts: str, top: int = TOP, rows: int = 12) -> Callable[[Canvas], None]:
    """Paragraphs set in two columns of 16 characters, two characters apart."""

    def draw(canvas: Canvas) -> None:
        at = 0
        for text in texts:
            rest, indent = text, 2
            while rest:
                row = fitting(rest, COLUMN - indent)
                column, down = divmod(at, rows)
                x = 40 + column * (COLUMN + 2) * SIZE + indent * SIZE
                canvas.drawString(x, top - down * PITCH, row)
                rest, indent, at = rest[len(row) :], 0, at + 1

    return draw


def test_a_page_in_two_columns_is_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawCentredString(297, TOP + 2 * PITCH, "石门镇青杠村2022年工作总结")
        two_columns(LONG, OTHER, LONG, OTHER)(canvas)

    found = texts(pdf(draw))

    assert found == ["石门镇青杠村2022年工作总结", LONG, OTHER, LONG, OTHER]


def test_a_list_of_names_and_figures_is_not_two_columns() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(9):
            canvas.drawString(LEFT, TOP - row * PITCH, f"第{row + 1}村民小组")
            canvas.drawString(320, TOP - row * PITCH, f"{60 + row}户")

    assert "第2村民小组 61户" in "".join(texts(pdf(draw)))


def test_paragraphs_that_are_set_apart_and_not_indented() -> None:
    def draw(canvas: Canvas) -> None:
        full = fitting(LONG, FULL)
        last = full[:-1] + "。"  # so full that nothing but its distance tells the end
        for y, row in ((760, full), (734, last), (690, full), (664, last)):
            canvas.drawString(LEFT, y, row)

    assert len(texts(pdf(draw))) == 2


def test_a_title_over_two_rows_is_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        text_page(LONG, OTHER)(canvas)
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(297, 815, "白石镇松口村巩固拓展成果")
        canvas.drawCentredString(297, 787, "半年工作情况汇报")

    assert texts(pdf(draw))[0] == "白石镇松口村巩固拓展成果半年工作情况汇报"


def test_latin_words_keep_their_spaces_and_chinese_gets_none() -> None:
    assert texts(pdf(text_page("完成 GDP per capita 12 项 指标"))) == [
        "完成GDP per capita 12项指标"
    ]


ROWS = [("小组", "户数", "人口"), ("上湾组", "86", "331"), ("大坪组", "124", "478")]


def draw_table(
    canvas: Canvas, rows: list[tuple[str, ...]], top: float = 600, ruled: bool = True
) -> None:
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            x, y = LEFT + 130 * c, top - 30 * (r + 1)
            if ruled:
                canvas.rect(x, y, 130, 30)
            canvas.drawString(x + 10, y + 10, cell)


@pytest.mark.parametrize("borders", [True, False])
def test_a_table_ruled_by_its_columns_only(borders: bool) -> None:
    rows = [
        ("小组名称和位置", "户数", "备注"),
        ("上湾组在河的上", "86", "已通水已通电"),
        ("游,共有三个自", "", "又通了公路"),
        ("大坪组靠近公路", "124", "已通水已通电"),
    ]

    def draw(canvas: Canvas) -> None:
        text_page(LONG)(canvas)
        edges = [LEFT, LEFT + 7.3 * SIZE, LEFT + 10 * SIZE, LEFT + 16.5 * SIZE]
        for x in edges if borders else edges[1:-1]:
            canvas.line(x, 500, x, 600)
        for r, row in enumerate(rows):
            for x, cell in zip(edges, row, strict=False):
                canvas.drawString(x + 2, 585 - 24 * r, cell)
        canvas.drawString(LEFT + 2 * SIZE, 450, "以上为各组情况。")

    found = [(line.text, line.row) for line in lines(pdf(draw))]

    assert found[1:] == [
        ("小组名称和位置:上湾组在河的上 | 户数:86 | 备注:已通水已通电", True),
        ("小组名称和位置:游,共有三个自 | 备注:又通了公路", True),
        ("小组名称和位置:大坪组靠近公路 | 户数:124 | 备注:已通水已通电", True),
        ("以上为各组情况。", False),
    ]


@pytest.mark.parametrize("lines_at", [(70, 525), (70, 300, 525)])
def test_lines_beside_running_text_make_no_table(lines_at: tuple[int, ...]) -> None:
    def draw(canvas: Canvas) -> None:
        text_page(LONG, OTHER)(canvas)
        for x in lines_at:
            canvas.line(x, 500, x, 790)

    assert texts(pdf(draw)) == [LONG, OTHER]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_row_says_its_columns_and_is_not_repeated(ruled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        text_page(LONG)(canvas)
        draw_table(canvas, ROWS, ruled=ruled)
        canvas.drawString(LEFT + 2 * SIZE, 450, "以上为各组情况。")

    found = lines(pdf(draw))

    assert [(line.text, line.row) for line in found] == [
        (LONG, False),
        ("小组:上湾组 | 户数:86 | 人口:331", True),
        ("小组:大坪组 | 户数:124 | 人口:478", True),
        ("以上为各组情况。", False),
    ]


def test_merged_cells() -> None:
    def draw(canvas: Canvas) -> None:
        x, y = LEFT, 500
        for box in ((0, 0, 100, 60), (100, 30, 200, 30), (100, 0, 100, 30), (200, 0, 100, 30),
                    (0, -30, 100, 30), (100, -30, 100, 30), (200, -30, 100, 30)):  # fmt: skip
            canvas.rect(x + box[0], y + box[1], box[2], box[3])
        for dx, dy, text in ((10, 25, "小组"), (150, 40, "脱贫户"), (110, 10, "户数"),
                             (210, 10, "人数"), (10, -20, "上湾组"), (110, -20, "21"),
                             (210, -20, "80")):  # fmt: skip
            canvas.drawString(x + dx, y + dy, text)

    assert texts(pdf(draw)) == ["小组:上湾组 | 脱贫户户数:21 | 脱贫户人数:80"]


def test_a_table_goes_on_over_the_page() -> None:
    more = [("河边组", "73", "279"), ("岭上组", "61", "240")]

    found = lines(
        pdf(
            lambda canvas: draw_table(canvas, ROWS, top=200),
            lambda canvas: draw_table(canvas, more, top=800),
        )
    )

    assert found[-1].text == "小组:岭上组 | 户数:61 | 人口:240"
    assert [line.page for line in found] == [1, 1, 2, 2]


def test_a_page_laid_on_its_side_is_read_upright() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.translate(0, -595)
        draw_table(canvas, ROWS, top=500)

    assert texts(pdf(draw))[0] == "小组:上湾组 | 户数:86 | 人口:331"


def test_a_watermark_askew_is_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        text_page(LONG)(canvas)
        canvas.translate(150, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "征求意见稿")

    assert texts(pdf(draw)) == [LONG]


def test_bold_letters_that_are_printed_twice_are_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.4):
            canvas.drawString(LEFT + shift, TOP, "一、基本情况")

    assert texts(pdf(draw)) == ["一、基本情况"]


def test_a_password_is_named() -> None:
    locked = pdf(text_page(LONG), encrypt=pdfencrypt.StandardEncryption("geheim", canPrint=0))

    with pytest.raises(UnreadableFile, match="密码"):
        lines(locked)


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    guarded = pdf(text_page(LONG), encrypt=pdfencrypt.StandardEncryption("", "owner"))

    assert texts(guarded) == [LONG]


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"no pdf at all", b"%PDF-1.7\n" + bytes(500)])
def test_what_is_no_pdf(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="PDF"):
        lines(data)


def test_an_empty_page_has_no_text() -> None:
    with pytest.raises(UnreadableFile, match="没有文字"):
        lines(pdf(lambda canvas: None))


def test_the_report_from_an_office_program() -> None:
    from eval.readers import measure

    found = measure(FIXTURES / "report.pdf")

    assert found.errors == 0
    assert found.cells.hits == found.cells.of
    assert found.paragraphs.hits == found.paragraphs.of


RECOGNISED = [([(90.0, 100.0), (500.0, 100.0), (500.0, 140.0), (90.0, 140.0)], "一、基本情况", 0.9)]


@pytest.mark.parametrize(
    "letters",
    [
        "".join(map(chr, range(0x6C00, 0x6C40))),  # a font without its table of characters
        "\ue000\ue001\ue002",
        "",
    ],
)
def test_a_page_whose_letters_mean_nothing_is_recognised(
    letters: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "_recognise", lambda picture: RECOGNISED)

    def draw(canvas: Canvas) -> None:
        canvas.drawString(10, 700, letters)
        canvas.line(50, 50, 60, 60)

    assert [(line.text, line.page, line.sure) for line in lines(pdf(text_page(LONG), draw))] == [
        (LONG, 1, None),
        ("一、基本情况", 2, 0.9),
    ]


@pytest.mark.long
def test_a_scanned_pdf_is_recognised() -> None:
    from eval.readers import measure

    found = measure(FIXTURES / "report-scan.pdf")

    assert found.errors < 0.01
    assert found.cells.hits == found.cells.of


def test_damaged_files_are_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_recognise", lambda picture: [])

    def uprights(canvas: Canvas) -> None:
        draw_table(canvas, ROWS, ruled=False)
        for column in range(4):
            canvas.line(LEFT + 130 * column, 480, LEFT + 130 * column, 600)

    data = pdf(text_page(LONG, OTHER), lambda canvas: draw_table(canvas, ROWS), uprights)
    dice = random.Random(7)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(dice.randint(1, 20)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        cut = broken[: dice.randrange(len(broken))] if dice.random() < 0.3 else broken
        with suppress(UnreadableFile):
            lines(bytes(cut))
