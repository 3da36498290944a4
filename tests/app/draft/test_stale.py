"""A figure of the last report that is told as this period's, and what may be said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.draft.check import checked
from app.draft.draft import DraftSection, DraftSentence, SentenceKind
from app.draft.edit import change_text
from app.draft.stale import stale
from tests.app.draft.test_read_back import DRAFT

LAST = replace(
    DRAFT.citations[0],
    quote="耕地1200亩,辖7个村民小组,党员44名,养牛30头,十年九旱,高效办成一件事,下半年计划脱贫34户",
)
NOTE = replace(DRAFT.citations[-1], n=2, quote="党员45名,养羊30只")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("党员44名。", ("44名",)),
        ("党员45名,养羊30只。", ()),
        ("党员【待补充:党员,上期44名(2021年上半年)】。", ()),
        ("2021年上半年,党员44名。", ()),
        ("2021年上半年党员44名,2021年下半年党员44名。", ("44名",)),
        ("耕地1200亩,辖7个村民小组。", ()),
        ("发展耕地1200亩种植烤烟。", ("1200亩",)),
        ("2021年上半年报告计划“下半年计划脱贫34户”,完成情况:【待补充:脱贫户完成数】。", ()),
        ("下半年脱贫34户。", ("34户",)),
        ("这里十年九旱,高效办成一件事。", ()),
        ("脱贫三十四户。", ("三十四户",)),
        ("养羊【待补充:养羊,上期20只(2021年上半年)】、养牛30头【待补充:产奶】。", ("30头",)),
    ],
)
def test_an_earlier_figure_needs_its_own_time(text: str, found: tuple[str, ...]) -> None:
    assert stale(text, (LAST, NOTE), DRAFT) == found


def test_an_edit_that_writes_the_last_value_as_this_ones_is_doubted() -> None:
    gap = DraftSentence(
        "s1", "党员【待补充:党员,上期44名(2021年上半年)】。", SentenceKind.TO_FILL, (1,)
    )
    draft = replace(DRAFT, citations=(LAST,), sections=(DraftSection("一、基本情况", 1, (gap,)),))
    assert not checked(draft).verification.unsupported
    (doubt,) = change_text(draft, "s1", "党员44名。").verification.unsupported
    assert "44名是上期报告里的数" in doubt.reason
