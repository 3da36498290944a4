"""Noise out, broken lines joined, everything that is the report's own kept."""

from __future__ import annotations

import pytest

from index.positions import Mark, Position
from ingest.clean import clean
from ingest.lines import Line


def cleaned(*texts: str) -> list[str]:
    return [line.text for line in clean([Line(text) for text in texts])]


@pytest.mark.parametrize(
    "noise",
    [
        "1/6",
        "— 3 —",
        "-12-",
        "第3页",
        "第 3 页 共 10 页",
        "发布 2024-03-05 08:16:40 阅读 1204",
        "阅读 1204",
        "浏览次数:123",
        "来源:某网 作者:佚名 点击数:456次",
        "更新时间:2024-09-17 11:05:52 发布:3天前 作者:会员供稿 下载docx",
        "首页 > 实用文 > 汇报材料",
        "位置:首頁 > 實用文 > 彙報材料",
        "您现在的位置:首页 >> 工作总结 >> 正文",
        "将本文的Word文档下载到电脑,方便收藏和打印",
        "推荐度:",
        "上一篇:某镇工作总结",
        "打印本页 关闭窗口",
        "2022-12-28 10:30",
        "作者:佚名 更新时间:2022-07-08 11:05",
        "查看更多 工作总结 的相关内容…",
        "將本文的Word文檔下載到電腦,方便收藏和打印",
        "某某範文站",
        "\u200b\ufeff \u3000",
    ],
)
def test_what_a_scraper_left_is_taken_out(noise: str) -> None:
    assert cleaned("石梁村工作总结", noise, "全村共有487户。") == [
        "石梁村工作总结",
        "全村共有487户。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "开展全民阅读12次,参与500人",
        "全村开展阅读活动12次",
        "发布2018年工作要点,落实到人",
        "发表2019年度文章3篇",
        "位置:村东500米",
        "完成率1/2",
        "贫困户数占1/6的村有3个",
        "点击就业平台500人次,浏览岗位300个",
        "12",
        "关闭小煤矿3家,打印宣传单500份",
    ],
)
def test_a_line_of_the_report_that_looks_like_noise_stays(line: str) -> None:
    assert cleaned("石梁村工作总结", line, "全村共有487户。")[1] == line


def test_a_page_mark_at_a_line_s_end_goes_and_the_sentence_goes_on() -> None:
    assert cleaned("今年以来全乡扎实推进环境整治,1/6", "清沟除草,修补破损路面。") == [
        "今年以来全乡扎实推进环境整治,清沟除草,修补破损路面。"
    ]


def test_the_same_title_is_kept_once() -> None:
    assert cleaned("石梁村工作总结", "石梁村工作总结", "", "石梁村工作总结", "全村共有487户。") == [
        "石梁村工作总结",
        "全村共有487户。",
    ]


def test_short_lines_may_repeat_they_are_cells_of_a_pasted_table() -> None:
    assert cleaned("石梁村", "5户", "柳沟村", "5户") == ["石梁村", "5户", "柳沟村", "5户"]


def test_table_rows_may_repeat_and_are_never_joined() -> None:
    rows = [Line("村:石梁村;户数:5,", row=True), Line("村:石梁村;户数:5,", row=True)]

    assert clean(rows) == rows


def test_a_number_broken_at_its_point_is_joined() -> None:
    assert cleaned("今年投入资金共计3.", "6万元,用于修路。") == [
        "今年投入资金共计3.6万元,用于修路。"
    ]


def test_a_list_marker_alone_on_its_line_is_no_broken_number() -> None:
    assert cleaned("1.", "2018年新建大棚10座。") == ["1.", "2018年新建大棚10座。"]


def test_a_line_that_begins_with_a_comma_belongs_to_the_one_before() -> None:
    assert cleaned("全村共有487户", ",2016人。") == ["全村共有487户,2016人。"]


@pytest.mark.parametrize("lines", [("各位代表:", "现在我报告工作。"), ("组长:张某", "副组长:李某")])
def test_lines_that_end_with_a_colon_or_a_name_stand_alone(lines: tuple[str, str]) -> None:
    assert cleaned(*lines) == list(lines)


def test_a_heading_of_the_file_format_is_not_joined() -> None:
    lines = [Line("一、基本情况,", level=2), Line("全村共有487户。")]

    assert clean(lines) == lines


def test_html_comments_go_over_one_line_or_several() -> None:
    assert cleaned(
        "全村<!-- 图1 -->共有487户。", "<!-- 图片说明", "还是说明 -->2016人。", "完。"
    ) == ["全村共有487户。", "2016人。", "完。"]


def test_a_comment_that_never_closes_costs_no_text() -> None:
    assert cleaned("全村共有487户。", "<!-- 坏了", "2016人。")[-1] == "2016人。"


def test_dates_of_a_listing_go_and_the_date_that_signs_stays() -> None:
    long = "石梁村位于清溪镇东部,全村共有487户2016人,有建档立卡贫困户158户602人。"

    assert cleaned("2023-11-20", "2023-08-03", long, "石梁村村委会", "2018-07-13") == [
        long,
        "石梁村村委会",
        "2018-07-13",
    ]
    assert cleaned(long, "2018年7月13日")[-1] == "2018年7月13日"


def test_white_space_is_folded_and_invisible_characters_go() -> None:
    assert cleaned(" 全村\u00a0共有\t487\u200b户\u3000。 ") == ["全村 共有 487户 。"]


def test_a_heading_said_again_is_the_next_report_s() -> None:
    lines = (
        "石梁村工作总结",
        "一、基本情况",
        "487户。",
        "柳沟村工作总结",
        "一、基本情况",
        "320户。",
    )

    assert cleaned(*lines) == list(lines)


def test_lines_that_are_joined_remember_where_each_part_stands() -> None:
    first = Line("去年村集体经济收入达到了18.6万元, ", page=1)
    second = Line("\u200b今年  硬化产业路5公里", page=2, later=(Mark(3, Position(page=3)),))

    (joined,) = clean([first, second])

    assert joined.text == "去年村集体经济收入达到了18.6万元,今年 硬化产业路5公里"
    assert joined.marks == (
        Mark(0, Position(page=1)),
        Mark(joined.text.index("今年"), Position(page=2)),
        Mark(joined.text.index("今年") + 2, Position(page=3)),
    )
