"""A changed figure is found wherever it stands, and in the sums that it counts in."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.draft.check import checked
from app.draft.draft import ComparedFigure, Draft, DraftSection, DraftSentence, SentenceKind
from app.draft.edit import change_text, reject, sentence_of
from app.draft.everywhere import Place, change, places
from app.draft.figures import Pair, pairs
from app.draft.odd import odd
from tests.app.draft.test_word import DRAFT as WHOLE

GROUPS = "全村养牛发展快,其中一组养牛{}头、二组养牛{}头、三组养牛{}头,共养牛{}头。"


def draft_of(*texts: str, this: str = "36") -> Draft:
    sentences = tuple(
        DraftSentence(f"s{n}", text, SentenceKind.NEW, (1,)) for n, text in enumerate(texts, 1)
    )
    rows = (ComparedFigure("养牛", "头", this, "30", "增加6头", (1,)),)
    sections = (DraftSection("一、基本情况", 1, sentences),)
    return checked(replace(WHOLE, sections=sections, figures=rows, to_fill=()))


def after(draft: Draft, text: str) -> tuple[Draft, tuple[Pair, ...], tuple[Place, ...]]:
    """The draft with its first sentence so, and what is offered then."""
    old = sentence_of(draft, "s1").text
    changed = change_text(draft, "s1", text)
    return changed, pairs(old, text), places(changed, "s1", pairs(old, text))


def test_the_same_figure_a_sum_and_where_the_sum_stands_are_offered() -> None:
    draft = draft_of(
        GROUPS.format(12, 18, 6, 36), "养牛36头,比上期多。", "修路18公里,扶持二组养牛18头。"
    )
    changed, both, found = after(draft, GROUPS.format(12, 20, 6, 36))
    assert [(one.key.split(":")[0], one.old, one.new, one.sum) for one in found] == [
        ("s1", "36头", "38头", "12+20+6=38"),
        ("s2", "36头", "38头", ""),
        ("s3", "18头", "20头", ""),
        ("row", "36头", "38头", ""),
    ]
    assert all(one.sure for one in found)
    done = change(changed, "s1", both, {one.key for one in found})
    assert [one.text for one in done.sections[0].sentences] == [
        GROUPS.format(12, 20, 6, 38),
        "养牛38头,比上期多。",
        "修路18公里,扶持二组养牛20头。",
    ]
    assert (done.figures[0].this, done.figures[0].change) == ("38", "增加8头")


def test_how_it_stands_to_the_last_period_is_reckoned_anew() -> None:
    told = "养牛比2021年上半年的30头增加6头,养羊比2021年上半年的20只增加6只。"
    draft = draft_of("养牛36头,养羊26只。", told)
    compared = replace(sentence_of(draft, "s2"), kind=SentenceKind.COMPARISON)
    section = replace(draft.sections[0], sentences=(sentence_of(draft, "s1"), compared))
    draft = checked(replace(draft, sections=(section,)))
    changed, both, found = after(draft, "养牛28头,养羊26只。")
    assert [(one.old, one.new, one.difference) for one in found] == [
        ("增加6头", "减少2头", "28头-30头")
    ]
    done = change(changed, "s1", both, {one.key for one in found})
    assert sentence_of(done, "s2").text == told.replace("增加6头", "减少2头")


def test_only_what_was_chosen_is_changed() -> None:
    draft = draft_of("养牛36头。", "养牛36头,比上期多。", "全村养牛36头。")
    changed, both, found = after(draft, "养牛38头。")
    done = change(changed, "s1", both, {found[0].key, "s9:4", "row:77"})
    assert [one.text for one in done.sections[0].sentences] == [
        "养牛38头。",
        "养牛38头,比上期多。",
        "全村养牛36头。",
    ]


def test_the_same_number_of_another_thing_is_not_chosen_beforehand() -> None:
    found = after(draft_of("养牛36头。", "养猪36头。", "有教师36人。"), "养牛38头。")[2]
    assert [(one.key, one.sure) for one in found] == [("s2:2", False)]


def test_last_times_values_rejected_sentences_and_other_wordings_are_left_alone() -> None:
    draft = draft_of("养牛36头。", "养羊【待补充:养牛,上期36头】。", "养牛36头,不要的。")
    draft = reject(draft, "s3")
    assert after(draft, "养牛38头。")[2] == ()
    assert after(draft, "养牛情况好。")[2] == ()


def test_a_whole_that_never_was_the_sum_of_its_parts_is_no_sum() -> None:
    found = after(draft_of(GROUPS.format(12, 18, 6, 40), this="40"), GROUPS.format(12, 20, 6, 40))[
        2
    ]
    assert found == ()


@settings(deadline=None)
@given(st.lists(st.integers(1, 400), min_size=2, max_size=5), st.integers(1, 400), st.data())
def test_after_a_change_everywhere_the_sum_holds(
    parts: list[int], new: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(parts) - 1))
    # The changed value must be told apart from the others and from the total.
    old = parts[at]
    later = [*parts[:at], new, *parts[at + 1 :]]
    others = {*parts[:at], *parts[at + 1 :], sum(parts)}
    if old in others or new in {*others, old}:
        return

    def said(values: list[int], total: int) -> str:
        each = "、".join(
            f"{name}组养牛{n}头" for name, n in zip("一二三四五", values, strict=False)
        )
        return f"其中{each},共养牛{total}头。"

    draft = draft_of(said(parts, sum(parts)), this=str(sum(parts)))
    changed, both, found = after(draft, said(later, sum(parts)))
    done = change(changed, "s1", both, {one.key for one in found})
    assert sentence_of(done, "s1").text == said(later, sum(later))


def test_parts_that_do_not_add_up_are_odd_until_they_do() -> None:
    draft = draft_of("全村共有党员36名(其中一组12名、二组18名、三组6名)。")
    assert odd(draft) == ()
    wrong = change_text(draft, "s1", "全村共有党员36名(其中一组12名、二组20名、三组6名)。")
    (one,) = odd(wrong)
    assert one.sentence == "s1"
    assert "38" in one.what
    assert (
        odd(change_text(wrong, "s1", "全村共有党员38名(其中一组12名、二组20名、三组6名)。")) == ()
    )
    assert odd(reject(wrong, "s1")) == ()
