"""Pictures of every tab of the page: `python -m eval.screenshots --archive 档案 --out 文件夹`.

Drives an installed Chromium over an archive, light and dark, on a screen of 1366×768, the same at
125 %, and on a phone; the archive is only read, but for a draft that is kept in it.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import click
from PIL import Image

from app.desk import ArchiveDesk
from app.web import archive_texts, draft_texts, history_texts
from app.web import texts as page_texts
from app.web.desks import OneDesk
from app.web.server import Server, listen
from index.errors import UsageError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
_COLOURS = 160
"""Of a picture's palette: text stays sharp, and a picture takes a quarter of the bytes."""
_CALM = 700
"""Milliseconds in which a tab comes to rest."""
_NO_CHROMIUM = "找不到 Chromium，不能截图；Debian 上：apt install chromium"


@dataclass(frozen=True)
class View:
    """A screen and its colours."""

    name: str
    width: int
    height: int
    dark: bool = False
    phone: bool = False


VIEWS = (
    View("light", 1366, 768),
    View("dark", 1366, 768, dark=True),
    # What a screen of 1366×768 has room for at 125 %.
    View("zoomed", 1093, 614),
    View("phone", 390, 844, phone=True),
    View("phone-dark", 390, 844, dark=True, phone=True),
)
Scene = tuple[str, Callable[["Page"], None]]


def scenes(place: str, drafted: str, period: str, asked: str, followed: str) -> tuple[Scene, ...]:
    """What is photographed, in order on one page; each goes on from the one before."""

    def start(page: Page) -> None:
        page.locator("#hb-question textarea").wait_for()

    def answer(page: Page) -> None:
        _ask(page, asked)

    def source(page: Page) -> None:
        page.locator("#hb-chat a.hb-cite").first.click()
        page.locator("#hb-quote").wait_for()

    def trend(page: Page) -> None:
        page.keyboard.press("Escape")
        _clear(page)
        _ask(page, followed)
        page.locator("#hb-chart .legendtext").first.wait_for()

    def refusal(page: Page) -> None:
        _clear(page)
        _ask(page, f"{place}火星基地用了多少吨氦气？")

    def draft(page: Page) -> None:
        _tab(page, draft_texts.TAB)
        _choose(page, "#hb-d-place", drafted)
        page.locator("#hb-d-period input").fill(period)
        page.locator("#hb-d-period input").press("Enter")
        page.locator("#hb-d-typed textarea").fill("新发展党员3名。")
        page.locator("#hb-d-compose").click()
        page.locator("#hb-d-paper h2").wait_for()

    def figures(page: Page) -> None:
        _tab(page, history_texts.TAB)
        _choose(page, "#hb-h-place", place)
        page.locator("#hb-h-table h2").wait_for()

    def chart(page: Page) -> None:
        _tab(page, history_texts.CHART, inner=True)
        page.locator("#hb-h-chart .legendtext").first.wait_for()

    def alarms(page: Page) -> None:
        _tab(page, history_texts.ALARMS, inner=True)
        page.locator("#hb-h-alarms h2, #hb-h-alarms .hb-hint").first.wait_for()

    def coverage(page: Page) -> None:
        _tab(page, history_texts.COVERAGE, inner=True)
        page.locator("#hb-h-coverage table").wait_for()

    def archive(page: Page) -> None:
        _tab(page, archive_texts.TAB)
        page.locator("#hb-a-table table").first.wait_for()

    def correct(page: Page) -> None:
        page.locator("#hb-a-table [data-edit]").first.click()
        page.locator("#hb-a-save").wait_for()

    drawn = (start, answer, source, trend, refusal, draft, figures, chart, alarms, coverage)
    return tuple((one.__name__, one) for one in (*drawn, archive, correct))


def _clear(page: Page) -> None:
    page.locator("#hb-clear").click()
    page.locator(".hb-example").first.wait_for()


def _ask(page: Page, question: str) -> None:
    # Enter waits for an answer that is still coming.
    page.locator("#hb-ask").wait_for()
    page.locator("#hb-question textarea").fill(question)
    page.locator("#hb-question textarea").press("Enter")
    page.locator("#hb-chat").locator(".hb-meta, .hb-refusal, .hb-error").first.wait_for()


def _choose(page: Page, box: str, choice: str) -> None:
    page.locator(f"{box} input").click()
    page.get_by_role("option", name=choice, exact=True).click()


def _tab(page: Page, title: str, *, inner: bool = False) -> None:
    wanted = page.get_by_role("tab", name=title, exact=True)
    where = page.locator(".hb-inner" if inner else "#hb-tabs > .tab-wrapper")
    where.get_by_role("tab", name=title, exact=True).and_(wanted).first.click()


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """The page over an archive, by words only, on a free port of this computer; its URL."""
    ready = threading.Event()
    with closing(ArchiveDesk(archive, None)) as desk, listen("127.0.0.1", 0) as listener:
        server = Server(OneDesk(desk), "127.0.0.1", listener, lambda _: ready.set())
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            ready.wait(60)
            yield server.url
        finally:
            server.should_exit = True
            thread.join(30)


def reduced(picture: Image.Image) -> Image.Image:
    """The picture in few colours, also those of a thin line: the usual way would turn it grey."""
    return picture.convert("RGB").quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE)


def photograph(browser: Browser, url: str, view: View, wanted: tuple[Scene, ...], out: Path) -> int:
    """Write the pictures of one view; the bytes that they take."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        locale="zh-CN",
        color_scheme="dark" if view.dark else "light",
        has_touch=view.phone,
    )
    size = 0
    with closing(context):
        page = context.new_page()
        page.goto(url)
        for name, scene in wanted:
            scene(page)
            page.wait_for_timeout(_CALM)
            path = out / f"{view.name}-{name}.png"
            with Image.open(BytesIO(page.screenshot())) as picture:
                reduced(picture).save(path, optimize=True)
            size += path.stat().st_size
    return size


@click.command()
@click.option("--archive", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--place", default="磨刀溪村", help="历次上报的地点。")
@click.option("--drafted", default="枧头村", help="起草的地点。")
@click.option("--period", default="2023H2", help="起草的期次。")
@click.option("--asked", default="磨刀溪村2022年上半年有多少党员？", help="有一个答案的问题。")
@click.option("--followed", default="鹤坪镇各村历次党员多少名", help="历次变化的问题。")
@click.option("--only", multiple=True, help="只照这些屏幕，如 light、phone。")
def main(
    archive: Path,
    out: Path,
    place: str,
    drafted: str,
    period: str,
    asked: str,
    followed: str,
    only: tuple[str, ...],
) -> None:
    """给网页的每个标签页截图:浅色和深色,电脑和手机,放大 125%。"""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise UsageError(_NO_CHROMIUM)
    out.mkdir(parents=True, exist_ok=True)
    wanted = scenes(place, drafted, period, asked, followed)
    with served(archive) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        with closing(browser):
            for view in VIEWS:
                if not only or view.name in only:
                    size = photograph(browser, url, view, wanted, out)
                    click.echo(f"{view.name}: {len(wanted)} 张，{size // 1024} KB")
    click.echo(f"{page_texts.APP}:{out}")


if __name__ == "__main__":
    main()
