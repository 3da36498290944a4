"""Web pages and web archives: the text without what stands around it."""

from __future__ import annotations

import codecs

import pytest

from index.errors import UnreadableFile
from ingest.readers import read
from tests.ingest.readers.files import PAGE, archive_page

EXPECTED = [
    ("石梁村2018年工作总结", 1, False),
    ("全村共有487户,2016人。", None, False),
    ("1.发展产业。", None, False),
    ("2. 2018年修路3公里。", None, False),
    ("村:石梁村 | 贫困户户:60 | 贫困户人:180", None, True),
]


def of(data: bytes, suffix: str = ".html") -> list[tuple[str, int | None, bool]]:
    return [(line.text, line.level, line.row) for line in read(data, suffix)]


def texts(body: str, head: str = "") -> list[str]:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return [line.text for line in read(page.encode(), ".html")]


def test_text_headings_lists_and_tables_without_menus() -> None:
    assert of(PAGE.encode("gb18030")) == EXPECTED


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode("utf-8"),  # though it says gb2312
        codecs.BOM_UTF8 + PAGE.encode("utf-8"),
        PAGE.encode("utf-16"),
        PAGE.replace("gb2312", "GBK").encode("gbk"),
        PAGE.replace('charset="gb2312"', "name=x").encode("gb18030"),
        PAGE.replace("gb2312", "中文").encode("gb18030"),
    ],
)
def test_a_page_in_any_encoding_whatever_it_says(data: bytes) -> None:
    assert of(data) == EXPECTED


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_a_web_archive(encoding: str, charset: str) -> None:
    assert of(archive_page(encoding, charset), ".mht") == EXPECTED


@pytest.mark.parametrize(
    "data", ["不是网页归档".encode(), b"MIME-Version: 1.0\r\n\r\n", b"\xff" * 90]
)
def test_what_is_no_web_archive_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(data, ".mht")


def test_a_title_that_the_text_lacks_comes_first_without_the_site_s_name() -> None:
    head = "<title>石梁村2018年工作总结 - 清溪网</title>"

    assert texts("<p>全村共有487户。</p>", head) == ["石梁村2018年工作总结", "全村共有487户。"]


def test_an_office_program_s_title_is_an_old_one() -> None:
    head = '<meta name=Generator content="Microsoft Word 15"><title>关于召开会议的通知</title>'

    assert texts("<p>全村共有487户。</p>", head) == ["全村共有487户。"]


@pytest.mark.parametrize(
    "around",
    [
        "<nav>首页 政务公开 办事指南</nav>",
        "<footer>版权所有</footer>",
        '<div class="breadcrumb">当前栏目</div>',
        '<div id="side-bar">通知公告</div>',
        '<div role="navigation">首页</div>',
        '<div style="display:none">暗处</div>',
        "<header><div>清溪镇人民政府</div></header>",
        "<ul><li><a href=1>要闻</a><li><a href=2>公告</a><li><a href=3>专题</a></ul>",
        "<script>var a='文字'</script><noscript>请开启脚本</noscript>",
        "<del>全村共有500户。</del>",
    ],
)
def test_what_stands_around_the_text_stays_out(around: str) -> None:
    body = "<p>石梁村位于清溪镇东部,全村共有487户2016人,其中贫困户158户602人。</p>"

    assert texts(around + body + around) == [body[3:-4]]


def test_a_page_of_links_alone_is_not_empty() -> None:
    links = (
        "<ul><li><a href=1>石梁村总结</a><li><a href=2>柳沟村总结</a><li><a href=3>其他</a></ul>"
    )

    assert texts(links) == ["石梁村总结", "柳沟村总结", "其他"]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    inner = "<table><tr><th>村<th>户</tr><tr><td>石梁村<td>60</tr></table>"
    text = f"<h2>基本情况</h2><p>全村共有487户。</p>{inner}"
    body = f"<table><tr><td>左栏</td><td>{text}</td></tr></table>"

    assert texts(body) == ["左栏", "基本情况", "全村共有487户。", "村:石梁村 | 户:60"]


def test_a_cell_that_holds_the_article_makes_no_table() -> None:
    article = "".join(f"<p>第{n}项工作完成。</p>" for n in range(9))

    assert len(texts(f"<table><tr><td>左栏</td><td>{article}</td></tr></table>")) == 10


def test_paragraphs_and_hidden_parts_of_a_cell() -> None:
    cell = "<p>修路</p><p>修渠</p><span style='display:none'>暗</span>"
    page = f"<table><tr><td>村<td>项目</tr><tr><td>石梁村<td>{cell}</tr></table>"

    assert texts(page) == ["村:石梁村 | 项目:修路 修渠"]


def test_line_breaks_and_preformatted_text_make_lines() -> None:
    assert texts("甲<br>乙<pre>丙\n丁</pre>") == ["甲", "乙", "丙", "丁"]


def test_a_list_that_begins_at_three() -> None:
    assert texts("<ol start=3><li>甲<ul><li>乙</ul><li>丙</ol>") == ["3.甲", "乙", "4.丙"]


def test_ten_thousand_elements_inside_one_another() -> None:
    assert texts("<div>" * 10_000 + "全村共有487户。") == ["全村共有487户。"]


def test_cells_over_many_columns_are_bounded() -> None:
    wide = "<tr><td colspan=999999 rowspan=999999>甲</td><td>5</td></tr>"

    assert texts(f"<table>{wide * 20}</table>")
