"""What people said of alarms is kept, replaced and forgotten."""

from __future__ import annotations

from index.archive import Archive
from index.settled import Settlement, reopen, settle, settlements

_SAID = Settlement("已核实", "office", "2026-03-01T09:00:00+08:00")


def test_a_settlement_is_kept_and_replaced(archive: Archive) -> None:
    settle(archive, "a1", _SAID)
    settle(archive, "a2", _SAID)
    later = Settlement("应为25名", "office", "2026-03-02T09:00:00+08:00")
    settle(archive, "a1", later)

    assert settlements(archive) == {"a1": later, "a2": _SAID}


def test_a_settlement_can_be_forgotten(archive: Archive) -> None:
    settle(archive, "a1", _SAID)

    assert reopen(archive, "a1")
    assert not reopen(archive, "a1")
    assert settlements(archive) == {}
