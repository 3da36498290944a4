"""Long work of a page: asked for again, stopped, given up when nobody waits."""

from __future__ import annotations

import time
from copy import deepcopy
from threading import Event

import pytest

from app.steps import Step
from app.web import running as module
from app.web.running import Running, Waiting
from app.web.working import saved_html, working_html
from index.errors import NotFound


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 0.05)


class Slow:
    """Work in steps that ends when it is told to, and says how it ended."""

    def __init__(self) -> None:
        self.go, self.ended = Event(), Event()
        self.how: BaseException | None = None

    def __call__(self, step: Step) -> str:
        try:
            while not self.go.wait(0.01):
                step(3, 7)
            return "都好了"
        except BaseException as error:
            self.how = error
            raise
        finally:
            self.ended.set()


def until(running: Running[str]) -> str | None:
    """What comes of it in the end."""
    for _ in range(500):
        found = running.look()
        if not isinstance(found, Waiting):
            return found
        time.sleep(0.01)
    raise AssertionError("it never ends")


def test_what_is_done_at_once_comes_at_once() -> None:
    running: Running[str] = Running()
    assert running.begin(lambda step: "好") == "好"
    assert running.look() is None


def test_what_takes_longer_is_asked_for_again_and_comes_once() -> None:
    running, slow = Running[str](), Slow()
    assert running.begin(slow) == Waiting(0, 3, 7)
    assert isinstance(running.look(), Waiting)
    slow.go.set()
    assert until(running) == "都好了"
    assert running.look() is None


def test_a_stop_ends_the_work_itself() -> None:
    running, slow = Running[str](), Slow()
    running.begin(slow)
    running.stop()
    assert slow.ended.wait(2)
    assert isinstance(slow.how, module.Stopped)
    assert running.look() is None


def test_other_work_takes_its_place() -> None:
    running, slow = Running[str](), Slow()
    running.begin(slow)
    assert running.begin(lambda step: "别的") == "别的"
    assert slow.ended.wait(2)
    assert running.look() is None


def test_work_that_nobody_asks_for_any_more_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FORSAKEN", 0.1)
    running, slow = Running[str](), Slow()
    running.begin(slow)
    assert slow.ended.wait(2)
    assert isinstance(slow.how, module.Stopped)


def test_what_goes_wrong_is_told_once_whenever_it_does() -> None:
    def fails(step: Step) -> str:
        time.sleep(0.1)
        raise NotFound("没有这个地点")

    running: Running[str] = Running()
    running.begin(fails)
    with pytest.raises(NotFound, match="没有这个地点"):
        until(running)
    assert running.look() is None


def test_each_page_has_its_own() -> None:
    running, slow = Running[str](), Slow()
    running.begin(slow)
    assert deepcopy(running).look() is None
    running.stop()


def test_the_line_says_how_far_it_is_and_offers_a_stop() -> None:
    shown = working_html(Waiting(3, 120, 367))
    assert "3 秒" in shown
    assert 'max="367" value="120"' in shown
    assert "data-stop" in shown
    assert "<progress" not in working_html(Waiting(3, 0, 0))


def test_a_file_is_saved_once_for_each_time_it_is_made() -> None:
    one, other = (saved_html("已生成", f"/tmp/huibao-{n}/表.xlsx") for n in "ab")
    assert 'data-save="huibao&#45;a"' in one
    assert one != other
