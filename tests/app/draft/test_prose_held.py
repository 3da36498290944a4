"""Whatever a model writes out of the material's own pieces: nothing false, nothing lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from app.answer.findings import About
from app.answer.hold import Failed
from app.chat.chat import Message
from app.draft.check import GAP, checked
from app.draft.draft import Draft, SentenceKind
from app.draft.figures import held_figures
from app.draft.prose import Prose
from app.draft.prose_held import Told, held_item
from app.draft.prose_items import batches
from tests.app.draft.test_read_back import DRAFT, NOTE, WORK

ROAD = (
    replace(WORK[0], text="新建大棚12座,带动22户。"),
    WORK[1],
    WORK[2],
    replace(WORK[3], text="新建大棚12座。", citations=(3,), kind=SentenceKind.NEW),
)
MATERIAL = checked(
    replace(
        DRAFT,
        sections=(DRAFT.sections[0], replace(DRAFT.sections[2], sentences=ROAD)),
    )
)
LAST = ("30头", "1.2公里")


class Saying:
    """A Chat in this process that says one text whatever it is asked."""

    name, context, most = "saying", 8192, 800

    def __init__(self, text: str) -> None:
        self._text = text

    def count(self, text: str) -> int:
        return len(text)

    def stream(self, messages: Sequence[Message], seconds: float) -> Iterator[str]:
        yield self._text

    def close(self) -> None:
        """Nothing to close."""


def gaps(draft: Draft) -> Counter[str]:
    return Counter(g for s in draft.sections for x in s.sentences for g in GAP.findall(x.text))


pieces = some.sampled_from(
    [
        "全村共有6个村民小组", "新建大棚12座", "带动22户", "硬化道路5公里", "养牛", "硬化道路",
        "养牛30头", "硬化道路1.2公里", "【待补充:养牛,上期30头】",
        "【待补充:硬化道路,上期1.2公里】", "【待补充:工资】", "[1]", "[2]", "[3]", "[1、2]",
        "[9]", "。", ",", ";", "2021年下半年", "2021年上半年", "计划", "已", "12", "22", "5",
        "30", "317", "户", "座", "头", "增加",
    ]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(said=some.lists(pieces, max_size=16))
def test_no_piece_in_any_order_makes_a_false_draft(said: list[str]) -> None:
    done = Prose(Saying("".join(said))).worded(MATERIAL)
    assert gaps(done) == gaps(MATERIAL)
    assert Counter((one.indicator, one.last) for one in done.to_fill) == Counter(
        (one.indicator, one.last) for one in MATERIAL.to_fill
    )
    assert done.verification.unsupported == MATERIAL.verification.unsupported
    sentences = [one for part in done.sections for one in part.sentences]
    assert {one.sentence for one in done.to_fill} <= {one.id for one in sentences}
    assert len({one.id for one in sentences}) == len(sentences)
    quotes = {one.n: one.quote for one in done.citations}
    figures = [f for n in quotes.values() for f in held_figures(n)]
    for one in sentences:
        assert one.citations or GAP.sub("", one.text).strip("。、,") == ""
        for figure in held_figures(one.text):
            assert any(figure.same(other) for other in figures)
            dated = "2021年上半年" in one.text
            assert dated or figure.surface not in LAST
    whole = "".join(one.text for one in sentences)
    for text in ("6个村民小组", "12座", "22户", "硬化道路5公里", "不要的一句"):
        assert text in whole


def test_a_gap_is_the_composers_own_however_wide_its_marks_are() -> None:
    (batch,) = batches(Saying(""), MATERIAL, MATERIAL.sections[0], "")
    assert [one.own.id for one in batch] == ["s1", "s2", "s4"], "a bare gap is not sent"
    told = held_item(
        "全村养牛【待补充：养牛，上期30头】。", batch, MATERIAL, About(periods=(MATERIAL.period,))
    )
    assert isinstance(told, Told)
    assert told.gaps == ("【待补充:养牛,上期30头】",)
    assert [one.own.id for one in told.items] == ["s2"]
    for wrong in ("养牛【待补充:养牛,上期31头】[2]。", "养牛30头[2]。", "养牛【待补充[2]。"):
        slot = held_item(wrong, batch, MATERIAL, About(periods=(MATERIAL.period,)))
        assert isinstance(slot, Failed)


def test_what_was_handed_in_and_told_by_half_stands_in_its_own_words() -> None:
    done = Prose(Saying("新建大棚12座[1]。硬化道路5公里[2]。")).worded(MATERIAL, (1,))
    assert [one.text for one in done.sections[1].sentences] == [one.text for one in ROAD]
    assert NOTE.quote == ROAD[0].text
    assert not re.search(r"\[\d", "".join(one.text for one in done.sections[1].sentences))
