"""A desk holds everybody to their role, whatever a page draws."""

from __future__ import annotations

from typing import Any, cast

import pytest

from app.rights.roles import NEEDS, NotAllowed, Role, desk_of
from app.web.ports import Desk, HistoryDesk
from tests.app.web.desk import FakeDesk


class Part:
    def settle(self, alarm: str) -> str:
        return alarm

    def places(self) -> tuple[str, ...]:
        return ("枧头村",)


class Full(FakeDesk):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def upload(self, name: str) -> None:
        self.done.append(name)

    def remove(self, name: str) -> None:
        self.done.append(name)

    def ledger(self) -> Part:
        return Part()


def desk(role: Role, full: Full) -> Any:
    return desk_of(role, full)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_asks_and_reads(role: Role) -> None:
    held = desk_of(role, Full())
    assert held.ask("枧头村？").direct == "97户346人"
    assert [a.direct for a in held.answers("枧头村？")] == ["97户346人"]
    assert held.report("r1") is not None
    assert held.overview().reports == 2
    assert len(held.examples()) == 3


@pytest.mark.parametrize(
    ("role", "method", "allowed"),
    [
        (Role.READER, "upload", False),
        (Role.READER, "remove", False),
        (Role.EDITOR, "upload", True),
        (Role.EDITOR, "remove", False),
        (Role.ADMIN, "upload", True),
        (Role.ADMIN, "remove", True),
    ],
)
def test_the_role_decides(role: Role, method: str, allowed: bool) -> None:
    full = Full()
    if allowed:
        getattr(desk(role, full), method)("r1")
    else:
        with pytest.raises(NotAllowed, match="请找管理员办理"):
            getattr(desk(role, full), method)("r1")
    assert full.done == (["r1"] if allowed else [])


def test_a_part_of_a_desk_is_held_to_the_role_too() -> None:
    reader = desk(Role.READER, Full()).ledger()
    assert reader.places() == ("枧头村",)
    with pytest.raises(NotAllowed, match="您的权限是「查阅」"):
        reader.settle("a1")
    assert desk(Role.EDITOR, Full()).ledger().settle("a1") == "a1"


def test_what_nobody_listed_is_for_administrators() -> None:
    assert "rename" not in NEEDS
    with pytest.raises(NotAllowed):
        desk(Role.EDITOR, Full()).rename("r1")


def test_every_method_of_the_page_s_desk_is_listed() -> None:
    methods = {name for name in vars(cast(type, Desk)) if not name.startswith("_")}
    assert methods <= NEEDS.keys()


def test_every_method_of_the_desk_of_figures_is_listed() -> None:
    methods = {name for name in vars(cast(type, HistoryDesk)) if not name.startswith("_")}
    assert methods <= NEEDS.keys()


def test_what_was_opened_changed_or_refused_is_noted_and_what_was_asked_is_not() -> None:
    notes: list[tuple[str, tuple[str, ...]]] = []
    held: Any = desk_of(Role.EDITOR, Full(), lambda event, of: notes.append((event, of)))
    held.ask("枧头村？")
    held.report("r1")
    held.ledger().settle("a1")
    with pytest.raises(NotAllowed):
        held.remove("r1")
    assert notes == [("report", ("r1",)), ("settle", ("a1",)), ("not allowed", ("remove", "r1"))]


def test_personal_numbers_are_masked_in_what_is_noted() -> None:
    kept: list[tuple[str, ...]] = []
    held = desk_of(Role.EDITOR, Full(), lambda event, of: kept.append((event, *of)))
    held.upload("联系人电话13812345678。")  # type: ignore[attr-defined]
    (noted,) = kept
    assert noted[0] == "upload"
    assert "13812345678" not in noted[1]
