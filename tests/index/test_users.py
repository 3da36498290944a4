"""Accounts and sessions in office.db."""

from __future__ import annotations

from pathlib import Path

from index.office import FILE
from index.users import User, UserStore, has_users

LI = User("李明", "reader", "hash", "2024-01-01T08:00:00+08:00")


def test_a_folder_without_office_db_has_no_users_and_gets_none(tmp_path: Path) -> None:
    assert not has_users(tmp_path)
    assert not (tmp_path / FILE).exists()


def test_accounts_are_added_once_found_and_removed_with_their_sessions(tmp_path: Path) -> None:
    store = UserStore(tmp_path)
    assert store.add(LI)
    assert not store.add(User("李明", "admin", "other", "later"))
    assert store.find("李明") == LI
    assert store.all() == [LI]
    assert has_users(tmp_path)
    store.begin("t", "李明", 10.0, 0.0)
    session = store.session("t")
    assert session is not None
    assert (session.name, session.role, session.begun, session.seen) == ("李明", "reader", 10, 10)
    assert store.remove("李明")
    assert not store.remove("李明")
    assert store.add(LI)
    assert store.session("t") is None
    store.close()


def test_a_new_password_ends_sessions_and_a_new_session_sweeps_old_ones(tmp_path: Path) -> None:
    store = UserStore(tmp_path)
    store.add(LI)
    store.begin("old", "李明", 10.0, 0.0)
    store.begin("new", "李明", 100.0, 50.0)
    assert store.session("old") is None
    store.touch("new", 120.0)
    session = store.session("new")
    assert session is not None
    assert session.seen == 120
    assert store.set_password("李明", "fresh")
    assert not store.set_password("王强", "fresh")
    assert store.session("new") is None
    store.close()
