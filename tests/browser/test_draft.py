"""The tab 起草 in a real browser: compose, fill in, change, leave out, open a source, export."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

_SLOW = 30_000


def test_a_draft_is_made_changed_and_exported_as_it_is_shown(page: Page, tmp_path: Path) -> None:
    page.get_by_role("tab", name="起草").click()
    page.locator("#hb-d-place input").click()
    page.get_by_role("option", name="枧头村", exact=True).click()
    page.locator("#hb-d-period input").fill("2023H2")
    page.locator("#hb-d-period input").press("Enter")
    page.locator("#hb-d-typed textarea").fill("新发展党员3名。")
    page.locator("#hb-d-compose").click()
    paper = page.locator("#hb-d-paper")
    expect(paper.locator("h2")).to_contain_text("2023年下半年", timeout=_SLOW)
    expect(paper).to_contain_text("新发展党员3名。")

    page.get_by_role("tab", name="待补充", exact=True).click()
    gap = page.locator("#hb-d-gaps label", has_text="总户数").locator("input")
    gap.fill("617")
    page.locator("#hb-d-gaps [data-do=fill]").click()
    expect(paper).to_contain_text("总户数617户", timeout=_SLOW)

    page.get_by_role("tab", name="这一句", exact=True).click()
    paper.locator("[data-s]", has_text="新发展党员3名").click()
    text = page.locator("#hb-d-sentence textarea")
    expect(text).to_have_value("新发展党员3名。")
    text.fill("新发展党员9名。")
    page.locator("[data-do=change]").click()
    expect(page.locator("#hb-d-sentence [role=alert]")).to_be_visible(timeout=_SLOW)
    expect(page.locator("#hb-d-notice")).to_contain_text("第3版")
    page.locator("[data-do=reject]").click()
    expect(page.locator("#hb-d-notice")).to_contain_text("第4版", timeout=_SLOW)

    paper.locator(".hb-s-standing").first.click()
    page.locator("#hb-d-sentence [data-open]").first.click()
    expect(page.locator("#hb-d-viewer .hb-cited").first).to_be_visible(timeout=_SLOW)
    page.locator("#hb-d-viewer [data-back]").click()
    expect(page.locator("#hb-d-viewer .hb-viewer")).to_have_count(0, timeout=_SLOW)

    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    download.value.save_as(tmp_path / "a.md")
    written = (tmp_path / "a.md").read_text("utf-8")
    assert "总户数617户" in written.replace("[", "")
    assert "新发展党员" not in written.split("[^1]:")[0].replace("：", ":")
    for sentence in paper.locator(".hb-s:not(.hb-s-out)").all_inner_texts():
        assert sentence in written
