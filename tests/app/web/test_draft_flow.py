"""The tab 起草 without a browser: what each event changes, and what nobody may send."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.draft.draft import Draft
from app.draft.office import DraftOffice, Order
from app.web import draft_flow as flow
from app.web import draft_texts as texts
from app.web.draft_flow import View, Work
from index.errors import NotFound
from tests.app.draft.test_edit import DRAFT
from tests.app.web.desk import NASTY, VILLAGE, FakeDesk

QUOTE = "全村共有612户2321人"


def composing(order: Order) -> Draft:
    if order.place == "王家村":
        raise NotFound("没有王家村的报告")
    return replace(DRAFT, place=order.place, period=order.period, unit=order.unit)


@pytest.fixture
def office(tmp_path: Path) -> DraftOffice:
    return DraftOffice(tmp_path, composing)


@pytest.fixture
def work(office: DraftOffice) -> Work:
    return opened(list(flow.compose(office, "枧头村", "2021H2", "", "", None, "甲"))[-1])


def opened(view: View) -> Work:
    assert view.work is not None, view.notice
    return view.work


def test_a_draft_is_composed_and_kept(office: DraftOffice, work: Work) -> None:
    assert (work.version.number, work.version.who, work.newest) == (1, "甲", 1)
    assert flow.kept(office) == [(f"{DRAFT.title}(第1版)", work.version.draft)]


@pytest.mark.parametrize(
    ("place", "period", "said"),
    [
        (None, "2021H2", texts.NO_PLACE),
        ("枧头村", "下半年", texts.NO_PERIOD),
        ("王家村", "2021H2", "没有王家村的报告"),
    ],
)
def test_what_cannot_be_composed_is_said(
    office: DraftOffice, place: str | None, period: str, said: str
) -> None:
    *_, last = flow.compose(office, place, period, None, None, None, "")
    assert (last.work, last.notice) == (None, said)


def test_a_changed_sentence_is_checked_and_saved(office: DraftOffice, work: Work) -> None:
    view = flow.change(office, work, "s1", "全村共有7个村民小组。", "乙")
    changed = opened(view)
    assert (changed.version.number, changed.version.who) == (2, "乙")
    assert "与所注出处对不上" in (view.sentence or "")
    assert texts.ELSEWHERE in (view.sentence or "")
    assert "hb-s-doubt" in (view.paper or "")
    assert "增加1个" in (view.figures or "")


def test_a_filled_form_stands_in_the_text(office: DraftOffice, work: Work) -> None:
    view = flow.fill(office, work, {"0": "35", "1": ""}, "乙")
    assert "养牛35头" in (view.paper or "")
    assert "增加5头" in (view.figures or "")
    assert opened(view).version.remark == texts.FILLED


def test_a_rejected_sentence_is_not_exported(office: DraftOffice, work: Work) -> None:
    out = opened(flow.reject(office, work, "s1", True, "乙"))
    file = flow.write(out, ".md", clean=True).file
    assert file is not None
    assert "全村共有6个村民小组" not in Path(file).read_text("utf-8")
    back = opened(flow.reject(office, out, "s1", False, "乙"))
    file = flow.write(back, ".md", clean=True).file
    assert file is not None
    assert "全村共有6个村民小组" in Path(file).read_text("utf-8")


def test_two_who_change_one_version_lose_nothing(office: DraftOffice, work: Work) -> None:
    flow.reject(office, work, "s1", True, "乙")
    late = flow.reject(office, work, "s4", True, "丙")
    assert late.work is None
    assert "乙已在" in (late.notice or "")
    assert len(office.versions(work.version.draft)) == 2


def test_an_older_version_can_be_gone_on_from(office: DraftOffice, work: Work) -> None:
    flow.reject(office, work, "s1", True, "乙")
    view = flow.open_draft(office, work.version.draft, 1)
    assert view.notice == texts.SHOWN_OLD.format(1)
    third = opened(flow.reject(office, opened(view), "s4", True, "丙"))
    assert (third.version.number, third.version.remark) == (3, "不要一句(在第1版上改)")


def test_a_source_opens_at_its_quotation(work: Work) -> None:
    report = replace(DRAFT.citations[0].report, id=VILLAGE.id)
    cited = replace(DRAFT.citations[0], report=report, quote=QUOTE, start=0, end=10)
    view = flow.open_source(
        FakeDesk(), replace(work, draft=replace(work.draft, citations=(cited,))), 1
    )
    assert 'class="hb-cited"' in (view.viewer or "")
    assert flow.open_source(FakeDesk(), work, 99) == View()


def test_what_a_browser_makes_up_changes_nothing(office: DraftOffice, work: Work) -> None:
    for junk in (None, 7, [], "s99", {"a": 1}):
        assert flow.pick(work, junk) == View()
        assert flow.change(office, work, junk, "好。", "") == View()
        assert flow.reject(office, work, junk, True, "") == View()
        assert flow.open_source(FakeDesk(), work, junk) == View()
    assert flow.fill(office, work, ["35"], "") == View()
    assert flow.fill(office, work, {"x": "35", "0": 3}, "").work is None
    assert flow.open_draft(office, {"a": 1}) == View()


def test_hostile_text_stays_text(office: DraftOffice, work: Work) -> None:
    view = flow.change(office, work, "s1", NASTY, "<b>")
    for part in (view.paper, view.sentence, view.checks, view.versions):
        assert part is not None
        assert "<script" not in part
        assert "<img" not in part
        assert "<b>" not in part


def test_periods_to_draft_go_one_year_on() -> None:
    assert flow.next_periods(("2020H1", "2021"))[:4] == ["2022", "2022H2", "2022H1", "2021"]
    assert flow.next_periods(()) == []
