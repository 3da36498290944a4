"""The tab 问答 in a browser: ask, open the source, follow up, be refused, on a phone too."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import REPORTS, Opens, ask

_IN_VIEW = """() => {
    const quote = document.querySelector('#hb-quote').getBoundingClientRect();
    const text = document.querySelector('.hb-text').getBoundingClientRect();
    return quote.height > 0 && quote.top >= text.top && quote.bottom <= text.bottom
        && quote.bottom <= innerHeight;
}"""


def test_two_clicks_lead_from_the_start_page_to_an_answer_with_its_source_open(page: Page) -> None:
    page.locator(".hb-example:visible").first.click()
    page.locator("#hb-chat a.hb-cite").first.click()
    page.locator("#hb-quote").wait_for()
    page.wait_for_function(_IN_VIEW)
    cited = page.locator("mark.hb-cited").first.inner_text()
    assert cited.strip()
    assert page.locator("#hb-sources").is_hidden()


def test_the_file_of_a_source_is_downloaded(page: Page) -> None:
    page.locator(".hb-example:visible").first.click()
    page.locator("#hb-chat a.hb-cite").first.click()
    name = page.locator("#hb-viewer .hb-facts").inner_text()
    with page.expect_download() as download:
        page.locator("#hb-viewer .hb-original").click()
    assert download.value.suggested_filename in name
    source = next(REPORTS.rglob(download.value.suggested_filename))
    assert Path(download.value.path()).read_bytes() == source.read_bytes()


def test_escape_closes_the_source_and_gives_the_focus_back(fake: Page) -> None:
    ask(fake, "枧头村有多少贫困户?")
    fake.locator("#hb-chat a.hb-cite").first.click()
    fake.locator(".hb-viewer").wait_for()
    fake.keyboard.press("Escape")
    expect(fake.locator("#hb-sources")).to_be_visible()
    expect(fake.locator("#hb-chat a.hb-cite").first).to_be_focused()


def test_a_refusal_says_so_and_cites_nothing(page: Page) -> None:
    ask(page, "月球上的火星基地用了多少吨氦气?")
    expect(page.locator("#hb-chat .hb-refusal")).to_be_visible()
    assert page.locator("#hb-chat a.hb-cite").count() == 0


def test_what_is_html_in_a_report_is_shown_as_text(fake: Page) -> None:
    ask(fake, "恶意的报告说什么?")
    fake.locator("#hb-chat a.hb-cite").first.click()
    fake.locator(".hb-viewer").wait_for()
    for part in ("#hb-chat .bot-row", ".hb-viewer"):
        shown = fake.locator(part).first
        expect(shown).to_contain_text("<script>alert(1)</script>")
        expect(shown).to_contain_text("onerror=alert(1)>")
        assert shown.locator("script, img[onerror], img[src*=evil]").count() == 0


def test_on_a_phone_nothing_is_wider_than_the_screen(opens: Opens, fake_url: str) -> None:
    phone = opens(fake_url, ViewportSize(width=390, height=844))
    ask(phone, "枧头村有多少贫困户?")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator("#hb-chat a.hb-cite").first.click()
    phone.locator("#hb-quote").wait_for()
    box = phone.locator(".hb-viewer").bounding_box()
    assert box is not None
    assert box["width"] <= 390
    phone.wait_for_function(_IN_VIEW)
