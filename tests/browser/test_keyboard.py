"""Everything is reached by the Tab key alone, in sight, and one sees where the keyboard is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens, ask
from tests.browser.test_tabs import choose

_MOST = 60
"""Steps after which a tab must have been gone through, its long tables left out."""
# What has the keyboard, and what of its look (or of the box drawn around it) is gone without it.
_FOCUS = """async () => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const around = [at, at.parentElement, at.parentElement?.parentElement];
    around.push(at.closest('.wrap, .block, label'));
    const look = () => around.filter(one => one).map(one => {
        const s = getComputedStyle(one);
        return [s.outlineStyle === 'none' ? '' : s.outlineWidth + s.outlineColor, s.boxShadow,
            s.borderColor, s.backgroundColor, s.textDecorationLine].join(';');
    }).join('|');
    const rest = () => new Promise(then => setTimeout(then, 250));
    await rest();
    const focused = look(), box = at.getBoundingClientRect();
    at.blur();
    await rest();
    const name = at.tagName + '#' + at.id + '.' + at.className + ' ' +
        (at.closest('[id^=hb-]')?.id ?? '') + ' ' + (at.ariaLabel ?? at.innerText ?? '');
    const told = {name, changed: focused !== look(),
        seen: box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.right > 0};
    at.focus({focusVisible: true, preventScroll: true});
    return told;
}"""


def gone_through(page: Page) -> list[str]:
    """The names of what Tab leads to, in order; holds each to be seen and told apart."""
    names: list[str] = []
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        told = page.evaluate(_FOCUS)
        if told is None:
            break
        assert told["seen"], f"out of sight: {told['name']}"
        assert told["changed"], f"looks as without the keyboard: {told['name']}"
        names.append(told["name"])
    return names


@pytest.mark.parametrize("title", ["问答", "起草", "历次上报", "档案"])
@pytest.mark.parametrize(
    "dark", [False, pytest.param(True, marks=pytest.mark.long)], ids=["light", "dark"]
)
def test_tab_leads_through_each_tab(opens: Opens, fake_url: str, title: str, dark: bool) -> None:
    page = opens(fake_url, dark=dark)
    if title == "问答":
        ask(page, "枧头村有多少贫困户?")
    choose(page, title)
    page.evaluate("document.activeElement.blur()")
    names = gone_through(page)
    # The four tabs are one stop, the arrows lead from one to the next.
    wanted = {
        "问答": ["hb-question", "hb-place", "hb-ask", "hb-sources"],
        "起草": ["hb-d-place", "hb-d-typed", "hb-d-compose"],
        "历次上报": ["hb-h-place", "hb-h-indicators", "hb-h-export"],
        "档案": ["hb-a-text", "hb-a-removed", "hb-a-check"],
    }[title]
    found = [next((at for at, name in enumerate(names) if one in name), -1) for one in wanted]
    assert -1 not in found, (wanted, names)
    assert found == sorted(found)


def test_from_question_to_source_and_back_without_a_mouse(opens: Opens, fake_url: str) -> None:
    page = opens(fake_url)
    expect(page.locator("#hb-question textarea")).to_be_focused()
    ask(page, "枧头村有多少贫困户?")
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.hb-card')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#hb-viewer mark.hb-cited")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#hb-viewer .hb-viewer")).to_have_count(0)
    expect(page.locator(".hb-card").first).to_be_focused()
