"""Who is limited to some places works as in an archive that holds nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk import ArchiveDesk
from app.draft.edits import Reject
from app.draft.office import Order
from app.history.json_out import coverage_json, history_json
from app.json_out import found_json
from app.rights.people import People
from app.rights.roles import NotAllowed, Role, desk_of
from app.rights.serving import prepare
from index.archive import open_archive
from index.errors import HuibaoError, NotFound, UsageError
from index.records import Period
from ingest.job import Outcome, ingest
from tests.fakes import HashingEmbedder
from tests.reports import village_report, write

SAMPLE = Path(__file__).parents[3] / "eval" / "archive"
TODAY = date(2023, 9, 1)
LIMITS = (("双枧镇",), ("鹤坪镇",), ("桑麻滩乡/三道渡村",), ("霁川县",), ("枧头村", "磨刀溪村"))
QUESTIONS = [
    *(
        json.loads(line)["question"]
        for name in ("cases.jsonl", "ledger_cases.jsonl")
        for line in (SAMPLE / name).read_text("utf-8").splitlines()
    ),
    "全县有多少脱贫户？",
    "各村脱贫户分别有多少户？",
    "哪些村发展了食用菌产业？",
    "霁川县有哪些乡镇？",
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveDesk]:
    archive = tmp_path_factory.mktemp("whole")
    embedder = HashingEmbedder()
    ingest([str(SAMPLE / "reports")], archive, embedder, workers=1)
    with closing(ArchiveDesk(archive, embedder, TODAY)) as desk:
        yield desk


@pytest.fixture(scope="module")
def alone(whole: ArchiveDesk) -> Iterator[Callable[[tuple[str, ...]], ArchiveDesk]]:
    """A desk over an archive of its own that only holds the reports of a limit."""
    made: list[ArchiveDesk] = []

    @cache
    def of(limit: tuple[str, ...]) -> ArchiveDesk:
        archive = Path(mkdtemp(prefix="huibao-test-"))
        embedder = HashingEmbedder()
        ingest([i.source for i in whole.limited(limit).infos()], archive, embedder, workers=1)
        made.append(ArchiveDesk(archive, embedder, TODAY))
        return made[-1]

    yield of
    for desk in made:
        desk.close()


def history_of(desk: ArchiveDesk, place: str) -> object:
    return said(lambda: history_json(desk.ledger().history(place)))


def within_of(desk: ArchiveDesk, place: str) -> object:
    return said(lambda: desk.ledger().within(place))


def draft_of(desk: ArchiveDesk, place: str) -> object:
    return said(lambda: desk._composer().drafted(Order(place, Period.parse("2023H2"))))


def said(call: Callable[[], object]) -> object:
    """What a call gives, or its error in words."""
    try:
        return call()
    except HuibaoError as error:
        return str(error)


@settings(max_examples=25, deadline=None)
@given(question=st.sampled_from(QUESTIONS), limit=st.sampled_from(LIMITS))
def test_a_question_is_answered_as_if_there_were_nothing_else(
    whole: ArchiveDesk,
    alone: Callable[[tuple[str, ...]], ArchiveDesk],
    question: str,
    limit: tuple[str, ...],
) -> None:
    mine, own = whole.limited(limit), alone(limit)
    assert replace(mine.ask(question), seconds=0) == replace(own.ask(question), seconds=0)
    assert found_json(mine.search(question)) == found_json(own.search(question))


@pytest.mark.parametrize("limit", LIMITS)
def test_all_else_is_as_if_there_were_nothing_else(
    whole: ArchiveDesk,
    alone: Callable[[tuple[str, ...]], ArchiveDesk],
    limit: tuple[str, ...],
) -> None:
    mine, own = whole.limited(limit), alone(limit)
    assert mine.infos() == own.infos()
    assert mine.overview() == own.overview()
    assert mine.examples() == own.examples()
    assert mine.ledger().alarms() == own.ledger().alarms()
    assert coverage_json(mine.ledger().coverage()) == coverage_json(own.ledger().coverage())
    for place in sorted(set(whole.overview().places) | {"霁川县", "双枧镇枧头村"}):
        for told in (history_of, within_of, draft_of):
            assert told(mine, place) == told(own, place)
    seen = {info.id for info in mine.infos()}
    assert 0 < len(seen) < len(whole.infos())
    for info in whole.infos():
        assert (mine.report(info.id) is not None) == (info.id in seen)


def test_a_limit_to_nothing_finds_nothing(whole: ArchiveDesk) -> None:
    for places in ([], ["没有的镇"]):
        mine = whole.limited(places)
        assert mine.overview().reports == 0
        answer = mine.ask("枧头村2021年上半年有多少户脱贫户？")
        assert answer.refused
        assert answer.closest is None
        assert "2021" not in (answer.note or "")


INSIDE = village_report("柳沟村")
OUTSIDE = village_report("石梁村", n=7).replace("清溪镇", "石门镇")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ArchiveDesk]:
    write(tmp_path / "报告", 内=INSIDE, 外=OUTSIDE)
    ingest([str(tmp_path / "报告")], tmp_path / "档案", None, workers=1)
    with closing(ArchiveDesk(tmp_path / "档案", None, date(2019, 1, 1))) as desk:
        yield desk


@pytest.fixture
def mine(desk: ArchiveDesk) -> ArchiveDesk:
    return desk.limited(["清溪镇"])


def order(place: str) -> Order:
    return Order(place, Period.parse("2018H2"), typed=("安装路灯60盏。",))


def test_drafts_are_found_by_the_place_they_are_of(desk: ArchiveDesk, mine: ArchiveDesk) -> None:
    theirs = desk.drafting().compose(order("石梁村"), "王强")
    ours = desk.drafting().compose(order("柳沟村"), "王强")
    office = mine.drafting()
    assert [one.version.draft for one in office.drafts()] == [ours.version.draft]
    assert office.open(ours.version.draft).draft == ours.draft
    assert not office.may_take(theirs.draft)
    for call in (
        lambda: office.open(theirs.version.draft),
        lambda: office.versions(theirs.version.draft),
        lambda: office.save(theirs.version, theirs.draft, "李明", "改"),
        lambda: office.save(ours.version, theirs.draft, "李明", "改"),
        lambda: office.save(theirs.version, ours.draft, "李明", "改"),
        lambda: office.compose(order("石梁村"), "李明"),
        lambda: office.change(theirs.version, 1, Reject("s1", True), "李明", "改"),
        lambda: office.bring_back(theirs.version, 1, "李明", "改"),
        lambda: office.regenerate(theirs.version, 1, 0, "李明", "改"),
        lambda: office.hand_out(theirs.version),
    ):
        with pytest.raises(NotFound):
            call()
    made = office.compose(order("柳沟村"), "李明")
    everybody = {one.version.draft for one in desk.drafting().drafts()}
    assert made.version.draft in everybody


def test_a_draft_that_quotes_a_namesake_outside_is_not_open(tmp_path: Path) -> None:
    one, other = village_report("柳沟村"), village_report("柳沟村", 2017, n=7)
    write(tmp_path / "报告", 内=one, 外=other.replace("清溪镇", "石门镇"))
    ingest([str(tmp_path / "报告")], tmp_path / "档案", None, workers=1)
    with closing(ArchiveDesk(tmp_path / "档案", None, date(2019, 1, 1))) as desk:
        desk.drafting().compose(Order("石门镇柳沟村", Period.parse("2017H2")), "王强")
        assert desk.limited(["清溪镇"]).drafting().drafts() == []
        assert len(desk.limited(["石门镇"]).drafting().drafts()) == 1


def test_a_report_outside_is_not_corrected_removed_or_brought_back(
    desk: ArchiveDesk, mine: ArchiveDesk
) -> None:
    (hidden,) = {i.id for i in desk.infos()} - {i.id for i in mine.infos()}
    (known,) = (info.id for info in mine.infos())
    for call in (mine.intake().remove, mine.intake().restore):
        with pytest.raises(NotFound):
            call(hidden)
    with pytest.raises(NotFound):
        mine.intake().correct(hidden, ["title=x"])
    for place in ("石梁村", "", "石门镇柳沟村"):
        with pytest.raises(UsageError, match="权限"):
            mine.intake().correct(known, [f"place={place}"])
    mine.intake().correct(known, ["unit=柳沟村委"])
    desk.intake().remove(hidden)
    assert mine.intake().removed() == ()
    with pytest.raises(NotFound):
        mine.intake().restore(hidden)
    mine.intake().remove(known)
    assert [key for key, _ in mine.intake().removed()] == [known]
    assert mine.intake().restore(known)
    assert [info.id for info in mine.infos()] == [known]


def test_an_upload_from_outside_tells_nothing_of_what_is_there(
    mine: ArchiveDesk, tmp_path: Path
) -> None:
    files = write(
        tmp_path / "新", 同=OUTSIDE, 新=village_report("桃坪村", 2017), 无=village_report(n=9)[10:]
    )
    paths = sorted(files.iterdir())
    *_, job = mine.intake().upload(paths)
    assert job.error is None
    told = {Path(one.path).stem: one for one in job.outcomes}
    assert told["同"].outcome is Outcome.INDEXED
    assert "查不到" in (told["同"].reason or "")
    assert "外" not in str(told["同"])
    assert told["新"].reason is None
    assert "桃坪村" in mine.overview().places
    # In whose limit it was put in is what tells whose it is.
    assert mine.ask("桃坪村2017年上半年有多少户贫困户？").citations


def test_an_alarm_is_settled_by_who_sees_it(desk: ArchiveDesk, tmp_path: Path) -> None:
    wrong = village_report("柳沟村", 2017).replace("60户180人", "600户180人")
    other = village_report("石梁村", 2017).replace("60户180人", "600户180人")
    write(tmp_path / "错", 内=wrong, 外=other.replace("清溪镇", "石门镇"))
    ingest([str(tmp_path / "错")], tmp_path / "档案", None, workers=1)
    mine = desk.limited(["清溪镇"])
    alarms, everybody = mine.ledger().alarms(), desk.ledger().alarms()
    assert 0 < len(alarms) < len(everybody)
    mine.ledger().settle(alarms[0].id, "笔误", "李明")
    settled = {a.id: a.settled for a in desk.ledger().alarms()}[alarms[0].id]
    assert settled is not None
    assert settled.who == "李明"
    hidden = {a.id for a in everybody} - {a.id for a in alarms}
    with pytest.raises(NotFound):
        mine.ledger().settle(hidden.pop(), "笔误", "李明")


def test_what_was_not_looked_at_for_limits_is_refused_to_who_has_one(mine: ArchiveDesk) -> None:
    with pytest.raises(NotAllowed, match="限于部分地方"):
        desk_of(Role.ADMIN, mine, limited=True).infos_of_all()  # type: ignore[attr-defined]
    assert desk_of(Role.ADMIN, mine, limited=True).overview().reports == 1


def test_the_places_of_all_users_are_made_ready(desk: ArchiveDesk, tmp_path: Path) -> None:
    with closing(People(tmp_path / "档案")) as people:
        people.add("甲", Role.READER, "correct horse", ["清溪镇"])
        people.add("乙", Role.READER, "correct horse", ["没有的镇"])
        people.add("丙", Role.READER, "correct horse")
        prepare(desk, people)
    assert {sight.names for sight in desk._limited} == {("清溪镇",), ("没有的镇",)}


def test_a_report_that_is_moved_is_found_where_it_is_now(
    desk: ArchiveDesk, mine: ArchiveDesk
) -> None:
    (hidden,) = {i.id for i in desk.infos()} - {i.id for i in mine.infos()}
    question = "石梁村2018年上半年有多少户贫困户？"
    assert mine.ask(question).refused
    desk.intake().correct(hidden, ["place=清溪镇石梁村"])
    assert mine.ask(question).citations
    with closing(open_archive(mine._folder, write=True)) as opened:
        opened.correct(hidden, {"place": "石梁村", "within": ["石门镇"]})
    assert mine.ask(question).refused
