"""The tab 起草 without a browser: what each event changes, and what nobody may send."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from app.draft.dating import GAP
from app.draft.draft import Draft
from app.draft.office import DraftOffice, Order
from app.draft.outline import BUILT_IN
from app.draft.word import write_docx
from app.rights.masking import masked_desk
from app.rights.roles import NotAllowed, Role, desk_of
from app.web import draft_flow as flow
from app.web import draft_html as html
from app.web import draft_texts as texts
from app.web import draft_versions as versions
from app.web.draft_flow import Given
from app.web.draft_view import View, Work, kept
from app.web.escape import inert
from index.archive import ReportInfo
from index.errors import NotFound, SeveralPlaces
from index.records import Described, Period
from tests.app.draft.test_edit import DRAFT
from tests.app.web.desk import NASTY, VILLAGE, FakeDesk

QUOTE = "全村共有612户2321人"


def composing(order: Order) -> Draft:
    if order.place == "王家村":
        raise NotFound("没有王家村的报告")
    if order.place == "同名村":
        raise SeveralPlaces("不止一个", ("甲镇同名村", NASTY))
    if order.place == "慢村":
        order.stop.wait(10)
    return replace(
        DRAFT, place=order.place, period=order.period, unit=order.unit, dated=order.dated
    )


@pytest.fixture
def office(tmp_path: Path) -> DraftOffice:
    return DraftOffice(tmp_path, composing)


@pytest.fixture
def work(office: DraftOffice) -> Work:
    return opened(list(flow.compose(office, Given("枧头村", "2021H2"), "甲"))[-1])


def opened(view: View) -> Work:
    assert view.work is not None, view.notice
    return view.work


def test_gaps_that_may_not_come_up_are_left_out_by_one_click(
    office: DraftOffice, work: Work
) -> None:
    items = tuple(replace(one, usual=False) for one in DRAFT.to_fill[:1]) + DRAFT.to_fill[1:]
    kept_one = office.save(work.version, replace(work.draft, to_fill=items), "甲", "改")
    now = Work(kept_one.version, kept_one.draft, kept_one.version.number)
    folded = html.gaps_html(now.draft).partition("<details>")[2]
    assert items[0].indicator in folded
    assert items[1].indicator not in folded
    view = flow.leave_seldom(office, now, "乙")
    assert view.gaps is not None
    assert items[0].indicator not in view.gaps
    assert items[1].indicator in view.gaps
    assert flow.leave_seldom(office, None, "乙") == View()


def test_of_several_places_of_a_name_each_can_be_chosen_by_a_button(office: DraftOffice) -> None:
    *_, last = flow.compose(office, Given("同名村", "2021H2"), "甲")
    assert last.choices == ("甲镇同名村", NASTY)
    shown = html.notice_html(last.notice or "", last.choices)
    assert 'data-place="甲镇同名村">甲镇同名村</button>' in shown
    assert shown.count("<button") == 2
    assert NASTY not in shown
    assert "<button" not in html.notice_html("已存为第1版。")


def test_a_draft_is_composed_and_kept(office: DraftOffice, work: Work) -> None:
    assert (work.version.number, work.version.who, work.newest) == (1, "甲", 1)
    assert kept(office)[1:] == [
        (f"{DRAFT.title}（{work.version.at[5:16].replace(chr(84), chr(32))}）", work.version.draft)
    ]


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
    *_, last = flow.compose(office, Given(place, period), "")
    assert (last.work, last.notice) == (None, said)


def test_an_outline_is_one_of_ours_or_typed_and_never_a_file(tmp_path: Path) -> None:
    asked: list[str] = []

    def remembering(order: Order) -> Draft:
        asked.append(order.outline)
        return composing(order)

    office = DraftOffice(tmp_path, remembering)
    secret = tmp_path / "密.txt"
    secret.write_text("密", "utf-8")
    for outline in (str(secret), BUILT_IN[0], None):
        list(flow.compose(office, Given("枧头村", "2021H2", outline=outline), ""))
    typed = Given("枧头村", "2021H2", outline=flow.OWN, headings="基本情况\n做法")
    list(flow.compose(office, typed, ""))
    assert asked == ["", BUILT_IN[0], "", "基本情况\n做法"]
    *_, last = flow.compose(office, replace(typed, headings=" "), "")
    assert last.notice == texts.NO_HEADINGS


def test_what_is_stopped_is_not_kept(office: DraftOffice) -> None:
    seen = []
    for view in flow.compose(office, Given("慢村", "2021H2"), "甲"):
        seen.append(view)
        if view.running is not None:
            assert view.busy
        if len(seen) == 2:
            assert seen[0].running is not None
            seen[0].running.set()
    assert seen[-1].notice == texts.STOPPED or "已停止" in (seen[-1].notice or "")
    assert seen[-1].busy is False
    assert kept(office)[1:] == []


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
    assert opened(view).version.remark == texts.FILLED.format(1)


def test_a_rejected_sentence_is_not_exported(office: DraftOffice, work: Work) -> None:
    out = opened(flow.reject(office, work, "s1", True, "乙"))
    file = versions.write(office, out, ".md", versions.CLEAN).file
    assert file is not None
    assert "全村共有6个村民小组" not in Path(file).read_text("utf-8")
    back = opened(flow.reject(office, out, "s1", False, "乙"))
    file = versions.write(office, back, ".md", versions.CLEAN).file
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
    assert (third.version.number, third.version.remark) == (3, "不要一句（在第1版上改）")


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
        assert versions.compare(office, work, junk, 1) == View() or junk == 7
        assert versions.bring_back(office, work, junk, "").work is None
        assert list(flow.regenerate(office, work, junk, "")) == [View()]
        assert flow.change_everywhere(office, work, "s1", junk, ["s4:2"], "").work is None
        assert (
            flow.change_everywhere(office, work, "s1", [[1, 2], ["6个", "7个"]], junk, "").work
            is None
        )
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
    assert versions.next_periods(("2020H1", "2021"))[:4] == ["2022", "2022H2", "2022H1", "2021"]
    assert versions.next_periods(()) == []


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (("2020H1", "2020H2", "2021H1"), "2021H2"),
        (("2021H1", "2021H2"), "2022H1"),
        (("2021H1", "2021"), "2022H1"),
        (("2020", "2021"), "2022"),
        (("2021Q2", "2021Q3"), "2021Q4"),
        (("2021-12",), "2022-01"),
        ((), None),
    ],
)
def test_the_period_after_the_last_one_is_proposed(
    told: tuple[str, ...], expected: str | None
) -> None:
    infos = [
        ReportInfo(f"r{n}", "a.txt", Described("总结", "枧头村", period=Period.parse(key)), 1)
        for n, key in enumerate(told)
    ]
    assert versions.next_period(infos, "枧头村") == expected
    assert versions.next_period(infos, "王家村") is None


def test_a_figure_is_changed_everywhere_by_one_click(office: DraftOffice, work: Work) -> None:
    view = flow.change(office, work, "s1", "全村共有7个村民小组。", "乙")
    assert f'data-place="{inert("s4:2")}" checked' in (view.sentence or "")
    changed = opened(view)
    done = opened(
        flow.change_everywhere(office, changed, "s1", [["6个", "7个"]], ["s4:2", "s9:1"], "乙")
    )
    assert [s.text for s in done.draft.sections[0].sentences if "小组" in s.text] == [
        "全村共有7个村民小组。",
        "共有7个村民小组。",
    ]
    assert done.version.number == 3
    assert len(done.draft.verification.unsupported) == 2


def test_two_versions_are_compared_and_an_older_one_is_brought_back(
    office: DraftOffice, work: Work
) -> None:
    second = opened(flow.change(office, work, "s1", "全村共有7个村民小组。", "乙"))
    view = versions.compare(office, second, 2, 1)
    assert "第1版到第2版的变化" in (view.differences or "")
    assert "<del>6</del><ins>7</ins>" in (view.differences or "")
    third = opened(versions.bring_back(office, second, 1, "丙"))
    assert (third.version.number, third.version.who) == (3, "丙")
    assert third.draft == work.draft
    assert texts.NO_DIFFERENCES in (versions.compare(office, third, 1, 3).differences or "")


def test_one_section_is_written_anew(office: DraftOffice, work: Work) -> None:
    second = opened(flow.change(office, work, "s1", "全村共有7个村民小组。", "乙"))
    *_, last = flow.regenerate(office, second, 0, "乙")
    done = opened(last)
    assert (done.version.number, done.version.remark) == (3, "重写「一、基本情况」")
    texts_now = [s.text for s in done.draft.sections[0].sentences]
    assert texts_now == [s.text for s in work.draft.sections[0].sentences]
    assert len(done.draft.to_fill) == len(work.draft.to_fill)
    assert done.draft.citations == work.draft.citations


PHONE = "13812345678"
CALL = f"联系人张某,电话{PHONE},养牛30头。"


def masked_office(office: DraftOffice) -> DraftOffice:
    desk = FakeDesk()
    desk.office = office
    return masked_desk(desk).drafting()


def test_masked_numbers_are_neither_shown_nor_lost(office: DraftOffice, work: Work) -> None:
    first = opened(flow.change(office, work, "s1", CALL, "甲"))
    seen = masked_office(office)
    page = opened(flow.open_draft(seen, first.version.draft))
    shown = flow.pick(page, "s1").sentence or ""
    assert PHONE not in shown
    text = next(s.text for s in page.draft.sections[0].sentences if s.id == "s1")
    assert "138****5678" in text
    view = flow.change(seen, page, "s1", text.replace("30", "35"), "乙")
    for part in (view.paper, view.sentence, view.checks, view.alarms):
        assert part is not None
        assert PHONE not in part
    # Another sentence is changed, too: what is stored of this one stays whole.
    view = flow.reject(seen, opened(view), "s4", True, "乙")
    stored = office.open(first.version.draft).draft.sections[0].sentences[0].text
    assert stored == CALL.replace("30", "35")
    for suffix in (".md", ".docx"):
        file = versions.write(seen, opened(view), suffix, "comments").file
        assert file is not None
        assert PHONE not in written_text(Path(file))
        assert "138****5678" in written_text(Path(file))


def written_text(path: Path) -> str:
    if path.suffix == ".md":
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(n).decode("utf-8") for n in parts.namelist() if n.endswith("xml"))


def test_a_number_that_was_written_anew_is_kept_as_it_is_written(
    office: DraftOffice, work: Work
) -> None:
    first = opened(flow.change(office, work, "s1", CALL, "甲"))
    seen = masked_office(office)
    page = opened(flow.open_draft(seen, first.version.draft))
    flow.change(seen, page, "s1", "电话13987654321。", "乙")
    assert "13987654321" in office.open(first.version.draft).draft.sections[0].sentences[0].text


def test_a_reader_sees_drafts_and_changes_none(office: DraftOffice, work: Work) -> None:
    desk = FakeDesk()
    desk.office = office
    reader = desk_of(Role.READER, desk).drafting()
    page = opened(flow.open_draft(reader, work.version.draft))
    assert versions.write(reader, page, ".md", "comments").file is not None
    refused = [
        flow.change(reader, page, "s1", "好。", "丙"),
        flow.reject(reader, page, "s1", True, "丙"),
        flow.fill(reader, page, {"0": "35"}, "丙"),
        flow.change_everywhere(reader, page, "s1", [["6个", "7个"]], ["s4:2"], "丙"),
        versions.bring_back(reader, page, 1, "丙"),
        versions.take_in(reader, page, "a.docx", "丙"),
        *flow.regenerate(reader, page, 0, "丙"),
        *flow.compose(reader, Given("枧头村", "2021H2"), "丙"),
    ]
    assert all(view.work is None for view in refused)
    assert sum("您的权限是「查阅」" in (view.notice or "") for view in refused) == 8
    assert [v.number for v in office.versions(work.version.draft)] == [1]
    with pytest.raises(NotAllowed):
        reader.save(page.version, page.draft, "丙", "改")


def edited_in_word(path: Path, old: str, new: str) -> Path:
    """The exported file with other words in it, as Word saves it."""
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(old, new)
    document.save(str(path))
    return path


def test_a_file_edited_in_word_comes_back_with_its_masked_numbers_whole(
    office: DraftOffice, work: Work
) -> None:
    first = opened(flow.change(office, work, "s1", CALL, "甲"))
    seen = masked_office(office)
    page = opened(flow.open_draft(seen, first.version.draft))
    file = versions.write(seen, page, ".docx", "comments").file
    assert file is not None
    same = versions.take_in(seen, None, file, "乙")
    assert "与最新一版相同" in (same.notice or "")
    edited = edited_in_word(Path(file), "养牛30头", "养牛33头")
    view = versions.take_in(seen, None, str(edited), "乙")
    assert view.side == texts.VERSIONS
    assert "<ins>3</ins>" in (view.differences or "")
    assert PHONE not in (view.differences or "")
    assert "现在没有出处" in (view.notice or "")
    stored = office.open(first.version.draft)
    assert (stored.version.number, stored.version.who) == (3, "乙")
    assert stored.draft.sections[0].sentences[0].text == CALL.replace("30", "33")


def test_a_file_that_names_no_draft_is_taken_for_the_open_one(
    office: DraftOffice, work: Work, tmp_path: Path
) -> None:
    named = tmp_path / "无名.docx"
    write_docx(work.draft, named)
    edited = str(edited_in_word(named, "全村共有6个村民小组", "全村有6个村民小组"))
    assert versions.take_in(office, None, edited, "乙").notice == texts.UNNAMED.format("无名.docx")
    done = opened(versions.take_in(office, work, edited, "乙"))
    assert done.draft.sections[0].sentences[0].text == "全村有6个村民小组。"
    for junk in (None, 7, ["a"]):
        assert versions.take_in(office, work, junk, "乙") == View()


def test_the_day_is_handed_in_or_filled_in_like_any_gap(office: DraftOffice, work: Work) -> None:
    assert work.draft.dated is None
    assert f"<mark>{GAP}</mark>" in html.paper_html(work.draft)
    assert f"待补充 {len(work.draft.to_fill) + 1} 项" in html.alarms_html(work.draft)
    assert 'data-gap="day"' in html.gaps_html(work.draft)
    refused = flow.fill(office, work, {"day": "2021年2月30日"}, "乙")
    assert (refused.work, "2021年2月30日" in (refused.notice or "")) == (None, True)
    filled = opened(flow.fill(office, work, {"day": "2021.12.20"}, "乙"))
    assert filled.draft == replace(work.draft, dated=date(2021, 12, 20))
    assert filled.version.remark == texts.FILLED.format(1)
    assert "2021年12月20日" in html.paper_html(filled.draft)
    again = opened(flow.fill(office, filled, {"day": "2021-12-21"}, "乙"))
    assert again.draft.dated == date(2021, 12, 21)
    *_, last = flow.compose(office, Given("枧头村", "2021H2", day="2021年12月20日"), "甲")
    assert opened(last).draft.dated == date(2021, 12, 20)
    *_, last = flow.compose(office, Given("枧头村", "2021H2", day="年底"), "甲")
    assert (last.work, "年底" in (last.notice or "")) == (None, True)
