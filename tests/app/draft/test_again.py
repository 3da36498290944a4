"""One section made anew: a person's own sentences stay, the composer's come back, gaps follow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from app.draft.again import reworded
from app.draft.check import checked
from app.draft.draft import Draft, DraftSection, DraftSentence, SentenceKind
from app.draft.edit import change_text, fill, reject
from app.draft.office import DraftOffice, Order
from index.errors import NotFound
from index.records import Period
from tests.app.draft.test_edit import DRAFT, SENTENCES

WORDED = checked(
    replace(
        DRAFT,
        sections=(
            DraftSection(
                "一、基本情况",
                1,
                (
                    replace(SENTENCES[0], text="全村有6个村民小组。", tells=("s1", "s4")),
                    DraftSentence(
                        "s2",
                        "养牛【待补充:养牛,上期30头】,【待补充:硬化道路,上期1.2公里】。",
                        SentenceKind.TO_FILL,
                        (2,),
                        tells=("s2", "s3"),
                    ),
                ),
                own=SENTENCES,
            ),
        ),
        to_fill=tuple(replace(one, sentence="s2") for one in DRAFT.to_fill),
    )
)


def test_without_a_model_the_composers_own_sentences_stand_reworded() -> None:
    done = reworded(WORDED, 0)
    assert done.sections[0].sentences == SENTENCES
    assert done.sections[0].own == ()
    assert [one.sentence for one in done.to_fill] == ["s2", "s3"]
    assert done.verification.unsupported == ()
    assert reworded(DRAFT, 0) == DRAFT


def test_what_a_person_wrote_filled_in_or_left_out_stays() -> None:
    filled = fill(WORDED, {0: "35"})
    done = reworded(reject(filled, "s1"), 0)
    assert [one.text for one in done.sections[0].sentences] == [
        "全村共有6个村民小组。",
        "养牛35头,【待补充:硬化道路,上期1.2公里】。",
        "共有6个村民小组。",
    ]
    assert [one.rejected for one in done.sections[0].sentences] == [True, False, False]
    assert [one.indicator for one in done.to_fill] == ["硬化道路"]
    written = change_text(DRAFT, "s4", "分6个村民小组。")
    assert reworded(written, 0) == written


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_sentence_that_a_person_added_keeps_its_place(at: int) -> None:
    part = WORDED.sections[0]
    new = DraftSentence("p1", "【待补充:村级公路】", SentenceKind.TO_FILL, edited=True)
    sentences = (*part.sentences[:at], new, *part.sentences[at:])
    done = reworded(replace(WORDED, sections=(replace(part, sentences=sentences),)), 0)
    before = [one.id for one in done.sections[0].sentences].index("p1")
    assert before == {0: 0, 1: 4, 2: 3}[at]


class Shouting:
    """Words the first sentence of a section, loudly."""

    def worded(self, draft: Draft, sections: Collection[int] | None = None) -> Draft:
        assert sections == (0,)
        return change_text(draft, "s1", "全村共有6个村民小组!")


def test_the_office_keeps_it_as_a_version(tmp_path: Path) -> None:
    office = DraftOffice(tmp_path, lambda order: DRAFT, Shouting())
    first = office.compose(Order("枧头村", Period.half(2021, 2)), "王")
    done = office.regenerate(first.version, 1, 0, "李", "重写")
    assert done.draft.sections[0].sentences[0].text == "全村共有6个村民小组!"
    assert (done.version.number, done.version.who) == (2, "李")
    with pytest.raises(NotFound, match="没有这一部分"):
        office.regenerate(done.version, 2, 1, "李", "重写")
