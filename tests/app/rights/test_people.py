"""Logging in: right and wrong passwords, sessions that end, guessing that is slowed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.audit import AuditLog, rows, verify
from app.rights.binding import is_loopback
from app.rights.people import IDLE, LONGEST, LoginRefused, People, Person, checked_name
from app.rights.roles import Role
from app.rights.throttle import FREE_ADDRESS, FREE_NAME, Throttle
from app.rights.throttle import LONGEST as LONGEST_WAIT
from index.errors import NotFound, UsageError

PASSWORD = "correct horse"


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> Iterator[People]:
    found = People(tmp_path, AuditLog(tmp_path), clock, Throttle(clock))
    found.add("李明", Role.EDITOR, PASSWORD)
    yield found
    found.close()


def test_a_session_is_known_by_its_token_and_ends_with_the_logout(people: People) -> None:
    token = people.log_in(" 李明 ", PASSWORD, "10.0.0.5")
    assert people.person(token) == Person("李明", Role.EDITOR)
    assert people.person(token[:-1]) is None
    assert people.person(None) is None
    people.log_out(token, "10.0.0.5")
    assert people.person(token) is None


def test_neither_password_nor_token_is_kept(people: People, tmp_path: Path) -> None:
    token = people.log_in("李明", PASSWORD, "")
    db = sqlite3.connect(tmp_path / "office.db")
    kept = str(db.execute("SELECT * FROM users").fetchall())
    kept += str(db.execute("SELECT * FROM sessions").fetchall())
    db.close()
    assert "$argon2id$" in kept
    assert PASSWORD not in kept
    assert token not in kept


def test_an_idle_session_ends_and_a_busy_one_ends_after_a_day(people: People, clock: Clock) -> None:
    idle = people.log_in("李明", PASSWORD, "")
    busy = people.log_in("李明", PASSWORD, "")
    began = clock.now
    while clock.now + IDLE / 2 <= began + LONGEST:
        clock.now += IDLE / 2
        assert people.person(busy) is not None
    assert people.person(idle) is None
    clock.now = began + LONGEST + 1
    assert people.person(busy) is None


@pytest.mark.parametrize("name", ["李明", "王强"])
def test_a_wrong_name_and_a_wrong_password_read_the_same(people: People, name: str) -> None:
    with pytest.raises(LoginRefused, match="用户名或密码不对"):
        people.log_in(name, "wrong password", "")


def test_removing_and_a_new_password_end_sessions_at_once(people: People) -> None:
    token = people.log_in("李明", PASSWORD, "")
    people.set_password("李明", "another one")
    assert people.person(token) is None
    with pytest.raises(LoginRefused):
        people.log_in("李明", PASSWORD, "")
    token = people.log_in("李明", "another one", "")
    people.remove("李明")
    assert people.person(token) is None
    with pytest.raises(NotFound, match="没有用户 李明"):
        people.remove("李明")
    with pytest.raises(NotFound):
        people.set_password("李明", PASSWORD)


def test_guessing_waits_even_with_the_right_password(
    people: People, clock: Clock, tmp_path: Path
) -> None:
    for _ in range(FREE_NAME):
        with pytest.raises(LoginRefused, match="不对"):
            people.log_in("李明", "wrong password", "10.0.0.5")
    with pytest.raises(LoginRefused, match="请等 1 秒"):
        people.log_in("李明", PASSWORD, "10.0.0.6")
    assert len(list(rows(tmp_path))) == FREE_NAME
    clock.now += 1
    assert people.log_in("李明", PASSWORD, "10.0.0.6")


def test_logins_and_refusals_are_on_the_trail(people: People, tmp_path: Path) -> None:
    people.log_out(people.log_in("李明", PASSWORD, "10.0.0.5"), "10.0.0.5")
    with pytest.raises(LoginRefused):
        people.log_in("王强", PASSWORD, "10.0.0.9")
    kept = [(row["event"], row["who"], row["address"]) for row in rows(tmp_path)]
    assert kept == [
        ("login", "李明", "10.0.0.5"),
        ("logout", "李明", "10.0.0.5"),
        ("login refused", "王强", "10.0.0.9"),
    ]
    assert verify(tmp_path).broken is None
    assert PASSWORD not in (tmp_path / "audit.jsonl").read_text("utf-8")


@pytest.mark.parametrize("name", ["", " ", "李 明", "a,b", "李\u200b明", "a\nb", "长" * 33])
def test_a_name_that_cannot_be_told_apart_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="用户名须为"):
        checked_name(name)


@pytest.mark.parametrize("password", ["", "7 chars", "长" * 257])
def test_a_password_of_an_odd_length_is_refused(people: People, password: str) -> None:
    with pytest.raises(UsageError, match="8 到 256"):
        people.add("王强", Role.READER, password)
    assert [user.name for user in people.all()] == ["李明"]


def test_the_delay_doubles_to_its_limit_and_is_forgotten_after_an_hour(clock: Clock) -> None:
    throttle = Throttle(clock)
    waits = []
    for _ in range(FREE_NAME + 12):
        wait = throttle.begin("李明", "")
        waits.append(wait)
        clock.now += wait
        if wait:
            assert throttle.begin("李明", "") == 0
    assert waits[:FREE_NAME] == [0] * FREE_NAME
    assert waits[FREE_NAME : FREE_NAME + 4] == [1, 2, 4, 8]
    assert max(waits) == LONGEST_WAIT
    clock.now += 3601
    assert throttle.begin("李明", "") == 0


def test_an_own_login_between_guesses_does_not_reset_the_address(clock: Clock) -> None:
    throttle = Throttle(clock)
    for guess in range(FREE_ADDRESS):
        assert throttle.begin(f"u{guess}", "10.0.0.5") == 0
        if guess + 1 < FREE_ADDRESS:
            assert throttle.begin("mine", "10.0.0.5") == 0
            throttle.succeeded("mine", "10.0.0.5")
    assert throttle.begin("other", "10.0.0.5") > 0
    assert throttle.begin("other", "10.0.0.6") == 0


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("127.3.2.1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.5", False),
        ("office.example", False),
    ],
)
def test_loopback_is_told_from_what_others_reach(host: str, own: bool) -> None:
    assert is_loopback(host) == own
