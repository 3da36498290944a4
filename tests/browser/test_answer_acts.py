"""What can be done with an answer: its scope changed by a click, rated, copied, stopped."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens, ask

CHIPS = "#hb-sources .hb-chip"


def test_a_condition_that_is_clicked_away_is_gone_from_the_next_answer(page: Page) -> None:
    page.locator(".hb-example:visible").first.click()
    expect(page.locator("#hb-chat .hb-meta")).to_have_count(1)
    place = page.locator(f"{CHIPS} [data-drop][data-kind=place]").first
    name = place.get_attribute("data-name")
    place.click()
    expect(page.locator("#hb-chat .user-row")).to_have_count(2)
    expect(page.locator("#hb-chat").locator(".hb-meta, .hb-refusal")).to_have_count(2)
    expect(page.locator(f'{CHIPS} [data-kind=place][data-name="{name}"]')).to_have_count(0)


def test_a_condition_is_changed_by_choosing_another(fake: Page) -> None:
    ask(fake, "王家村有多少贫困户?")
    fake.locator(f"{CHIPS} [data-change][data-kind=place]").click()
    fake.locator("#hb-place").get_by_role("option", name="枧头村").click()
    expect(fake.locator("#hb-chat .hb-refusal")).to_have_count(2)
    expect(fake.locator(CHIPS).first).to_contain_text("枧头村")


def test_the_kind_of_document_is_chosen_changed_and_taken_out(fake: Page) -> None:
    choice = fake.locator("#hb-genre input")
    choice.click()
    fake.locator("#hb-genre").get_by_role("option", name="述职报告").click()
    ask(fake, "枧头村有多少贫困户?")
    chip = fake.locator(f"{CHIPS} [data-kind=genre]")
    expect(chip.first).to_contain_text("文种：述职报告")
    fake.locator(f"{CHIPS} [data-change][data-kind=genre]").click()
    expect(choice).to_be_focused()
    fake.locator("#hb-genre").get_by_role("option", name="全部文种").click()
    expect(fake.locator("#hb-chat .hb-meta")).to_have_count(2)
    expect(chip).to_have_count(0)


def test_choosing_and_passing_the_lists_leaves_the_conversation_as_it_is(fake: Page) -> None:
    ask(fake, "枧头村有多少贫困户?")
    fake.locator("#hb-question textarea").focus()
    for label in ("地点", "期次", "文种"):
        fake.keyboard.press("Tab")
        expect(fake.get_by_label(label, exact=True)).to_be_focused()
    fake.keyboard.press("Tab")
    fake.locator("#hb-period input").click()
    fake.locator("#hb-period").get_by_role("option", name="2018年上半年").click()
    # A chip that was clicked and left again asks nothing either.
    fake.locator(f"{CHIPS} [data-change][data-kind=place]").click()
    expect(fake.locator("#hb-notice")).not_to_be_empty()
    fake.keyboard.press("Tab")
    fake.wait_for_timeout(1_000)
    expect(fake.locator("#hb-chat .user-row")).to_have_count(1)
    expect(fake.locator("#hb-chat .hb-meta")).to_have_count(1)
    expect(fake.locator(".hb-card")).to_have_count(2)
    expect(fake.locator("#hb-period input")).to_have_value("2018年上半年")


def test_a_follow_up_keeps_the_place(page: Page) -> None:
    page.locator(".hb-example:visible").first.click()
    expect(page.locator("#hb-chat .hb-meta")).to_have_count(1)
    chip = page.locator(f"{CHIPS} [data-drop][data-kind=place]").first
    place = chip.get_attribute("data-name")
    ask(page, "那2017年呢?")
    expect(page.locator(f'{CHIPS} [data-drop][data-name="{place}"]')).to_have_count(1)


def test_enter_pressed_too_early_is_carried_out_after_the_answer(fake: Page) -> None:
    box = fake.locator("#hb-question textarea")
    box.fill("慢慢说枧头村")
    box.press("Enter")
    fake.locator("#hb-chat a.hb-cite").first.wait_for()
    box.fill("枧头村有多少贫困户?")
    box.press("Enter")
    expect(fake.locator("#hb-chat .user-row")).to_have_count(1)
    expect(fake.locator("#hb-chat .user-row")).to_have_count(2)
    expect(fake.locator("#hb-chat .hb-meta")).to_have_count(2)
    expect(box).to_have_value("")


def test_a_pointer_resting_on_a_number_reads_the_quote(fake: Page) -> None:
    ask(fake, "枧头村有多少贫困户?")
    cite = fake.locator("#hb-chat a.hb-cite").first
    assert "其中贫困户97户346人。" in (cite.get_attribute("title") or "")


def test_an_answer_is_copied_with_its_sources(opens: Opens, fake_url: str) -> None:
    page = opens(fake_url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "枧头村有多少贫困户?")
    page.get_by_text("复制答案和出处").click()
    expect(page.get_by_text("✓ 复制答案和出处")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("97户346人[1]")
    assert "\n\n[1] 枧头村脱贫情况报告" in copied
    assert "[2] " in copied


def test_an_opinion_is_kept_with_its_remark(opens: Opens, fake_url: str) -> None:
    page = opens(fake_url)
    ask(page, "枧头村有多少贫困户?")
    page.get_by_role("link", name="有问题").click()
    remark = page.locator("#hb-remark textarea, #hb-remark input")
    remark.fill("户数是上一年的")
    remark.press("Enter")
    expect(page.locator("#hb-notice")).to_contain_text("意见已记下")
    expect(page.locator("#hb-remarks")).to_be_hidden()


def test_an_answer_that_is_still_coming_can_be_stopped(fake: Page) -> None:
    box = fake.locator("#hb-question textarea")
    box.fill("慢慢说枧头村")
    box.press("Enter")
    fake.locator("#hb-chat a.hb-cite").first.wait_for()
    fake.locator("#hb-stop").click()
    expect(fake.locator("#hb-notice")).to_contain_text("已停止")
    expect(fake.locator("#hb-ask")).to_be_visible()
    expect(fake.locator("#hb-chat .hb-meta")).to_have_count(0)
    ask(fake, "枧头村有多少贫困户?")


def test_what_is_followed_over_time_is_a_table_and_a_chart(page: Page) -> None:
    ask(page, "各村历年党员人数变化")
    expect(page.locator("#hb-chat .hb-values tbody tr")).not_to_have_count(0)
    expect(page.locator("#hb-chart .legendtext").first).to_contain_text("党员", timeout=30_000)
    page.locator("#hb-chat .hb-values a.hb-cite").first.click()
    expect(page.locator("#hb-viewer mark.hb-cited").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.locator("#hb-clear").click()
    expect(page.locator("#hb-chart")).to_be_hidden()


_SHIFTS = """() => {
    window.shifted = 0;
    new PerformanceObserver(list => {
        for (const one of list.getEntries()) window.shifted += one.value;
    }).observe({type: 'layout-shift'});
}"""


def test_nothing_moves_while_an_answer_comes_and_the_keyboard_opens_its_source(fake: Page) -> None:
    ask(fake, "枧头村有多少贫困户?")
    fake.evaluate(_SHIFTS)
    ask(fake, "模型说枧头村")
    assert fake.evaluate("window.shifted") < 0.02
    fake.locator("#hb-chat .bot-row").last.locator("a.hb-cite").first.focus()
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    fake.keyboard.press("Tab")
    fake.keyboard.press("Shift+Tab")
    assert fake.evaluate(outline) != "none"
    fake.keyboard.press("Enter")
    expect(fake.locator("#hb-viewer mark.hb-cited")).to_be_in_viewport()
    fake.keyboard.press("Escape")
    expect(fake.locator("#hb-viewer mark.hb-cited")).to_have_count(0)
    fake.locator(".hb-card").first.focus()
    fake.keyboard.press("Enter")
    expect(fake.locator("#hb-viewer mark.hb-cited")).to_be_in_viewport()
    expect(fake.locator(".hb-back")).to_be_focused()
