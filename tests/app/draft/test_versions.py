"""What became of each sentence between two versions, and versions kept of a draft."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from app.draft.draft import Draft
from app.draft.edit import change_text, reject
from app.draft.office import COMPOSED, DraftOffice, Order, export
from app.draft.versions import Became, differences
from index.drafts import NotTheLastVersion
from index.errors import NotFound
from index.records import Period
from tests.app.draft.test_word import DRAFT

ORDER = Order("枧头村", Period.half(2021, 2))


def composing(order: Order) -> Draft:
    return replace(DRAFT, place=order.place, period=order.period)


@pytest.fixture
def office(tmp_path: Path) -> DraftOffice:
    (tmp_path / "archive").mkdir()
    return DraftOffice(tmp_path / "archive", composing)


def test_each_kind_of_change_is_named() -> None:
    new = reject(change_text(DRAFT, "s1", "全村共有6个组。"), "s2", rejected=False)
    first, *rest = new.sections
    new = replace(new, sections=(replace(first, sentences=first.sentences[:2]), *rest))
    found = [(one.sentence, one.became) for one in differences(DRAFT, new)]
    assert found == [
        ("s1", Became.CHANGED),
        ("s2", Became.TAKEN_BACK),
        ("s3", Became.REMOVED),
    ]
    assert differences(new, DRAFT)[-1].became is Became.ADDED
    assert differences(DRAFT, DRAFT) == ()


def test_every_change_is_a_version_with_who_and_when(office: DraftOffice) -> None:
    first = office.compose(ORDER, "甲")
    second = office.save(first.version, reject(first.draft, "s1"), "乙", "不要一句")
    kept = office.versions(first.version.draft)
    assert [(v.number, v.who, v.remark) for v in kept] == [
        (1, "甲", COMPOSED),
        (2, "乙", "不要一句"),
    ]
    assert office.open(first.version.draft) == second
    assert office.open(first.version.draft, 1).draft == DRAFT
    assert [one.version for one in office.drafts()] == [second.version]
    with pytest.raises(NotTheLastVersion):
        office.save(first.version, DRAFT, "丙", "")
    with pytest.raises(NotFound):
        office.open(first.version.draft, 9)


def test_the_word_file_says_which_version_it_is(office: DraftOffice, tmp_path: Path) -> None:
    first = office.compose(ORDER, "甲")
    export(first, tmp_path / "a.docx")
    export(first, tmp_path / "a.md", clean=True)
    assert docx.Document(str(tmp_path / "a.docx")).core_properties.identifier == (
        f"{first.version.draft}-1"
    )
    assert "[^" not in (tmp_path / "a.md").read_text("utf-8")
