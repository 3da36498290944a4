"""The tab 起草 in a real browser: ten edits, each checked and kept at once; what is exported."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from app.draft.draft import Draft
from app.draft.office import DraftOffice, Order
from index.errors import SeveralPlaces
from tests.app.draft.test_edit import DRAFT
from tests.app.web.desk import FakeDesk
from tests.browser.conftest import Opens, served

_SLOW = 30_000
_NOTES = (
    "新发展党员3名。\n总户数617户,总人口2320人。\n"
    "新建大棚3座、改造大棚4座,共计7座。\n新建大棚3座已全部投产。"
)


class Clicks:
    """Clicks as an official makes them, counted."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, one: Locator) -> None:
        one.click()
        self.made += 1


def paper(page: Page) -> Locator:
    return page.locator("#hb-d-paper")


def version(page: Page, number: int, remark: str = "") -> None:
    """The edit is kept as this version, and the list of versions says so."""
    notice = page.locator("#hb-d-notice")
    expect(notice).to_contain_text(f"已存为第{number}版：{remark}", timeout=_SLOW)
    now = page.locator("#hb-d-side [role=tab][aria-selected=true]").inner_text()
    side(page, "版本")
    expect(page.locator("#hb-d-versions .hb-now")).to_contain_text(f"第{number}版 {remark}")
    expect(page.locator("#hb-d-versions li")).to_have_count(number)
    side(page, now)


def side(page: Page, name: str) -> None:
    page.locator("#hb-d-side").get_by_role("tab", name=name, exact=True).click()


def pick(page: Page, text: str) -> Locator:
    """Click a sentence; its text to be changed."""
    paper(page).locator("[data-s]", has_text=text).first.click()
    box = page.locator("#hb-d-sentence textarea")
    expect(box).to_be_visible()
    expect(box).to_have_value(re.compile(re.escape(text)))
    return box


def change(page: Page, old: str, new: str) -> None:
    box = pick(page, old)
    box.fill(box.input_value().replace(old, new))
    page.locator("[data-do=change]").click()


def doubts(page: Page) -> Locator:
    return page.locator("#hb-d-alarms li")


def test_from_the_start_page_to_a_word_file_in_five_clicks(page: Page, tmp_path: Path) -> None:
    click = Clicks()
    click(page.get_by_role("tab", name="起草"))
    click(page.locator("#hb-d-place input"))
    click(page.get_by_role("option", name="枧头村", exact=True))
    expect(page.locator("#hb-d-period input")).to_have_value("2023年下半年")
    click(page.locator("#hb-d-compose"))
    expect(paper(page).locator("h2")).to_contain_text("2023年下半年", timeout=_SLOW)
    with page.expect_download() as download:
        click(page.get_by_role("button", name="导出 Word"))
    download.value.save_as(tmp_path / "稿.docx")
    document = docx.Document(str(tmp_path / "稿.docx"))
    assert document.paragraphs[0].text == paper(page).locator("h2").inner_text()
    assert click.made == 5


def composed(page: Page) -> None:
    page.get_by_role("tab", name="起草").click()
    page.locator("#hb-d-place input").click()
    page.get_by_role("option", name="枧头村", exact=True).click()
    expect(page.locator("#hb-d-period input")).to_have_value("2023年下半年")
    page.locator("#hb-d-typed textarea").fill(_NOTES)
    page.locator("#hb-d-compose").click()
    expect(paper(page).locator("h2")).to_contain_text("2023年下半年", timeout=_SLOW)
    expect(page.locator("#hb-d-notice")).to_contain_text("存为第1版")


def test_ten_edits_each_checked_and_kept_at_once(page: Page, tmp_path: Path) -> None:
    composed(page)
    expect(paper(page)).to_contain_text("新发展党员3名。")
    expect(doubts(page)).to_have_count(0)

    # 1: a number that nobody supplied is doubted at once, beside the sentence and above the text
    change(page, "新发展党员3名", "新发展党员9名")
    version(page, 2, "改了一句")
    expect(page.locator("#hb-d-sentence [role=alert]")).to_contain_text("与所注出处对不上：9")
    expect(doubts(page)).to_contain_text(["新发展党员9名"])

    # 2: a word; the doubt goes with the number
    change(page, "新发展党员9名", "发展新党员3名")
    version(page, 3, "改了一句")
    expect(page.locator("#hb-d-sentence [role=alert]")).to_have_count(0)
    expect(doubts(page)).to_have_count(0)

    # 3 and 4: left out, taken back in
    pick(page, "发展新党员3名")
    page.locator("[data-do=reject]").click()
    version(page, 4, "不要一句")
    expect(paper(page).locator(".hb-s-out")).to_have_text("发展新党员3名。")
    page.locator("[data-do=take]").click()
    version(page, 5, "收回一句")
    expect(paper(page).locator(".hb-s-out")).to_have_count(0)

    # 5: two gaps
    side(page, "待补充")
    gaps = page.locator("#hb-d-gaps li")
    before = gaps.count()
    gaps.filter(has=page.get_by_text("党员", exact=True)).locator("input").fill("69")
    gaps.filter(has_text="上期 97户").locator("input").fill("96")
    page.locator("#hb-d-gaps [data-do=fill]").click()
    version(page, 6, "填了待补充2项")
    expect(paper(page)).to_contain_text("党员69名")
    expect(paper(page)).to_contain_text("脱贫户96户")
    expect(gaps).to_have_count(before - 2)
    expect(doubts(page)).to_have_count(0)

    # 6 and 7: a part of a sum; then its total, and where else the part stands, by one click
    change(page, "新建大棚3座、改造", "新建大棚5座、改造")
    version(page, 7, "改了一句")
    others = page.locator(".hb-others li")
    expect(others.filter(has_text="合计随之变：5+4=9")).to_have_count(1)
    expect(others.filter(has_text="已全部投产")).to_have_count(1)
    page.locator("[data-do=everywhere]").click()
    version(page, 8, "同一数字一起改了")
    expect(paper(page)).to_contain_text(re.compile("新建大棚5座、改造大棚4座.共计9座。"))
    expect(paper(page)).to_contain_text("新建大棚5座已全部投产。")
    expect(doubts(page)).to_have_count(2)

    # 8: the section anew, from what was handed in

    page.evaluate("window.confirm = () => true")
    paper(page).locator(
        "xpath=.//*[contains(text(),'发展新党员3名')]/../preceding-sibling::div[1]//button"
    ).click()
    version(page, 9, "重写「")
    expect(paper(page)).to_contain_text("新发展党员3名。")
    expect(paper(page)).not_to_contain_text("发展新党员3名。")
    expect(paper(page)).to_contain_text("党员69名")

    # 9: back to an earlier version
    side(page, "版本")
    page.locator("#hb-d-versions [data-back='6']").click()
    version(page, 10, "恢复第6版")
    expect(paper(page)).to_contain_text(re.compile("新建大棚3座、改造大棚4座.共计7座。"))
    expect(doubts(page)).to_have_count(0)

    # 10: after the page was opened anew
    title = paper(page).locator("h2").inner_text()
    page.reload()
    page.get_by_role("tab", name="起草").click()
    page.locator("#hb-d-kept input").click()
    page.get_by_role("option", name=title).first.click()
    expect(paper(page).locator("h2")).to_have_text(title, timeout=_SLOW)
    change(page, "已全部投产", "已全部建成投产")
    version(page, 11, "改了一句")

    # what changed, sentence by sentence
    side(page, "版本")
    page.locator("#hb-d-versions select[name=old]").select_option("1")
    page.locator("#hb-d-versions [data-compare]").click()
    changed = page.locator("#hb-d-differences li")
    expect(page.locator("#hb-d-differences h4")).to_have_text("第1版到第11版的变化")
    expect(changed.filter(has_text="全部建成投产").locator("ins")).to_have_text("建成")
    exported_as_shown(page, tmp_path)


def exported_as_shown(page: Page, folder: Path) -> None:
    """Each file, read back, says sentence by sentence what the page shows."""
    pick(page, "发展新党员3名")
    page.locator("[data-do=reject]").click()
    version(page, 12, "不要一句")
    shown = [
        "".join(paragraph.locator(".hb-s:not(.hb-s-out)").all_inner_texts())
        for paragraph in paper(page).locator("p").all()
    ]
    shown = [text for text in shown if text]
    headings = paper(page).locator("h2, h3, h4").all_inner_texts()
    for suffix, name in (("docx", "导出 Word"), ("md", "导出 Markdown")):
        path = folder / f"稿.{suffix}"
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        download.value.save_as(path)
        lines = word_lines(path) if suffix == "docx" else markdown_lines(path)
        assert [line for line in lines if line in headings] == headings
        start = lines.index(headings[-1])
        for text in shown:
            assert text in lines, text
        body = [line for line in lines if line in shown]
        assert body == shown
        assert start > 0
        assert not any("发展新党员3名" in line for line in lines)


def word_lines(path: Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs if p.text]


def markdown_lines(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    body = [line for line in lines if not line.startswith("[^")]
    return [re.sub(r"\[\^\d+\]", "", line).lstrip("# ") for line in body if line.strip()]


def test_a_clean_word_copy_has_no_sources(page: Page, tmp_path: Path) -> None:
    composed(page)
    page.locator("#hb-d-copy input").click()
    page.get_by_role("option", name="净稿").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Word").click()
    download.value.save_as(tmp_path / "净.docx")
    document = docx.Document(str(tmp_path / "净.docx"))
    assert not list(document.comments)
    assert document.paragraphs[-1].text != "事实依据表"
    assert not document.tables


def test_a_file_edited_in_word_comes_back_as_a_version(page: Page, tmp_path: Path) -> None:
    composed(page)
    page.locator("#hb-d-copy input").click()
    page.get_by_role("option", name="来源用尾注").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Word").click()
    download.value.save_as(tmp_path / "改.docx")
    document = docx.Document(str(tmp_path / "改.docx"))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("新发展党员3名", "新发展党员8名")
    document.save(str(tmp_path / "改.docx"))
    page.locator("#hb-d-import").locator("xpath=..").locator("input[type=file]").set_input_files(
        tmp_path / "改.docx"
    )
    expect(page.locator("#hb-d-notice")).to_contain_text(
        "已存为第2版：从 改.docx 收回", timeout=_SLOW
    )
    expect(page.locator("#hb-d-notice")).to_contain_text("有 1 句现在没有出处")
    expect(paper(page)).to_contain_text("新发展党员8名。")
    expect(doubts(page)).to_contain_text(["新发展党员8名"])
    changed = page.locator("#hb-d-differences li")
    expect(changed).to_have_count(1)
    expect(changed.locator("ins")).to_have_text("8")


def test_a_draft_that_takes_long_tells_so_and_can_be_stopped(opens: Opens, tmp_path: Path) -> None:
    def slow(order: Order) -> Draft:
        order.stop.wait(60)
        return replace(DRAFT, place=order.place, period=order.period)

    desk = FakeDesk()
    desk.office = DraftOffice(tmp_path, slow)
    with served(desk) as url:
        page = opens(url)
        page.get_by_role("tab", name="起草").click()
        page.locator("#hb-d-place input").click()
        page.get_by_role("option", name="枧头村", exact=True).click()
        page.locator("#hb-d-period input").fill("2018H2")
        page.locator("#hb-d-period input").press("Enter")
        page.locator("#hb-d-compose").click()
        expect(page.locator("#hb-d-notice")).to_contain_text("已用 1 秒", timeout=_SLOW)
        page.locator("#hb-d-stop").click()
        expect(page.locator("#hb-d-notice")).to_contain_text("已停止", timeout=_SLOW)
        expect(page.locator("#hb-d-stop")).to_be_hidden()
        assert desk.office.drafts() == []
        page.goto("about:blank")


def test_of_two_villages_of_one_name_a_click_chooses_one(opens: Opens, tmp_path: Path) -> None:
    def of_one(order: Order) -> Draft:
        if order.place == "枧头村":
            choices = ("甲镇枧头村", "乙镇枧头村")
            raise SeveralPlaces("叫「枧头村」的地方不止一个。", choices)
        return replace(DRAFT, place=order.place, period=order.period)

    desk = FakeDesk()
    desk.office = DraftOffice(tmp_path, of_one)
    with served(desk) as url:
        page = opens(url)
        page.get_by_role("tab", name="起草").click()
        page.locator("#hb-d-place input").click()
        page.get_by_role("option", name="枧头村", exact=True).click()
        page.locator("#hb-d-period input").fill("2021H2")
        page.locator("#hb-d-period input").press("Enter")
        page.locator("#hb-d-compose").click()
        page.locator("#hb-d-notice").get_by_role("button", name="乙镇枧头村").click(timeout=_SLOW)
        expect(page.locator("#hb-d-place input")).to_have_value("乙镇枧头村")
        expect(page.locator("#hb-d-notice")).to_contain_text("存为第1版", timeout=_SLOW)
        expect(page.locator("#hb-d-notice button")).to_have_count(0)
        page.goto("about:blank")


def test_gaps_that_may_not_come_up_are_left_out_by_one_click(opens: Opens, tmp_path: Path) -> None:
    def seldom(order: Order) -> Draft:
        items = tuple(replace(one, usual=at > 0) for at, one in enumerate(DRAFT.to_fill))
        return replace(DRAFT, place=order.place, period=order.period, to_fill=items)

    desk = FakeDesk()
    desk.office = DraftOffice(tmp_path, seldom)
    with served(desk) as url:
        page = opens(url)
        page.get_by_role("tab", name="起草").click()
        page.locator("#hb-d-place input").click()
        page.get_by_role("option", name="枧头村", exact=True).click()
        page.locator("#hb-d-period input").fill("2021H2")
        page.locator("#hb-d-period input").press("Enter")
        page.locator("#hb-d-compose").click()
        expect(page.locator("#hb-d-notice")).to_contain_text("存为第1版", timeout=_SLOW)
        side(page, "待补充")
        items = page.locator("#hb-d-gaps li")
        before = items.count()
        page.locator("#hb-d-gaps summary").click()
        page.locator("#hb-d-gaps").get_by_role("button", name="没有的都不要").click()
        version(page, 2)
        expect(items).to_have_count(before - 1)
        page.goto("about:blank")


def test_sources_open_and_the_keyboard_reaches_every_sentence(page: Page) -> None:
    composed(page)
    first = paper(page).locator("[data-s]").first
    first.click()
    page.locator("#hb-d-sentence [data-open]").first.click()
    quote = page.locator("#hb-d-viewer .hb-cited").first
    expect(quote).to_be_visible(timeout=_SLOW)
    expect(quote).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#hb-d-viewer .hb-viewer")).to_have_count(0, timeout=_SLOW)

    first.focus()
    page.keyboard.press("ArrowDown")
    second = paper(page).locator("[data-s]").nth(1)
    expect(second).to_be_focused()
    box = page.locator("#hb-d-sentence textarea")
    expect(box).to_have_value(second.inner_text())
    assert second.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#hb-d-notice")).to_contain_text("没有改动")


def test_a_file_and_an_outline_of_ones_own_are_taken(page: Page, tmp_path: Path) -> None:
    notes = tmp_path / "本期数据.txt"
    notes.write_text("本期修复水渠1800米。\n", "utf-8")
    page.get_by_role("tab", name="起草").click()
    page.locator("#hb-d-place input").click()
    page.get_by_role("option", name="枧头村", exact=True).click()
    page.locator("#hb-d-files input[type=file]").set_input_files(notes)
    expect(page.locator("#hb-d-files")).to_contain_text("本期数据")
    page.locator("#hb-d-outline input").click()
    page.get_by_role("option", name="自己写提纲").click()
    page.locator("#hb-d-headings textarea").fill("村情概况\n这半年做的事\n下一步打算")
    page.locator("#hb-d-compose").click()
    headings = paper(page).locator("h3")
    expect(headings).to_have_text(
        ["一、村情概况", "二、这半年做的事", "三、下一步打算"], timeout=_SLOW
    )
    pick(page, "修复水渠1800米")
    expect(page.locator("#hb-d-sentence footer")).to_contain_text("本期数据.txt")


def test_what_is_typed_into_the_form_stays_while_the_draft_changes(page: Page) -> None:
    composed(page)
    side(page, "待补充")
    gaps = page.locator("#hb-d-gaps li")
    gaps.filter(has_text="上期 97户").locator("input").fill("96")
    pick(page, "新发展党员3名")
    page.locator("[data-do=reject]").click()
    version(page, 2)
    side(page, "待补充")
    expect(gaps.filter(has_text="上期 97户").locator("input")).to_have_value("96")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1092, 614), (390, 844)])
def test_nothing_overlaps_and_nothing_moves_on_a_click(
    opens: Opens, archive_url: str, width: int, height: int
) -> None:
    page = opens(archive_url, {"width": width, "height": height})
    composed(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    one = paper(page).locator("[data-s]").first
    one.scroll_into_view_if_needed()
    before = one.bounding_box()
    one.click()
    expect(page.locator("#hb-d-sentence textarea")).to_be_visible()
    assert one.bounding_box() == before
    shown, beside = paper(page).bounding_box(), page.locator("#hb-d-side").bounding_box()
    assert shown is not None
    assert beside is not None
    if width > 860:
        assert shown["x"] + shown["width"] <= beside["x"]
    else:
        # On a phone what belongs to the sentence lies over the bottom of the window.
        assert beside["y"] + beside["height"] <= height + 1
