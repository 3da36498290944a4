"""Many people ask at the same time, each in a browser of their own: nothing is mixed up."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens

_PLACES = ("枧头村", "柳树垭村", "三道渡村", "上栗坪村", "磨刀溪村")


def _send(page: Page, question: str) -> None:
    box = page.locator("#hb-question textarea")
    box.fill(question)
    box.press("Enter")


# Two ask of each place, or four. Twenty pages keep two cores busy for a minute or longer.
@pytest.mark.parametrize(
    ("people", "several"), [(6, 3), pytest.param(20, 5, marks=pytest.mark.long)]
)
def test_each_gets_the_answers_and_follow_ups_of_their_own(
    opens: Opens, archive_url: str, people: int, several: int
) -> None:
    places = _PLACES[:several]
    pages = [opens(archive_url) for _ in range(people)]
    asked = [places[n % several] for n in range(people)]
    for page, place in zip(pages, asked, strict=True):
        _send(page, f"{place}2022年上半年有多少党员?")
    first = [_reply(page, 1) for page in pages]
    for page in pages:
        _send(page, "那2021年上半年呢?")
    second = [_reply(page, 2) for page in pages]
    for page, place in zip(pages, asked, strict=True):
        scope = page.locator("#hb-sources .hb-scope")
        expect(scope).to_contain_text(place)
        expect(scope).to_contain_text("2021年上半年")
        others = [one for one in _PLACES if one != place]
        said = page.locator("#hb-chat").inner_text() + page.locator("#hb-sources").inner_text()
        assert not [one for one in others if one in said]
        expect(page.locator("#hb-chat .user-row")).to_have_count(2)
    # Whoever asked the same was told the same.
    for replies in (first, second):
        assert len(set(zip(asked, replies, strict=True))) == several


def _reply(page: Page, count: int) -> str:
    """The answer's words without the time that it took."""
    page.locator("#hb-ask").wait_for()
    reply = page.locator("#hb-chat .bot-row").nth(count - 1)
    reply.locator(".hb-meta, .hb-refusal").first.wait_for()
    return "\n".join(line for line in reply.inner_text().splitlines() if "用时" not in line)
