"""A model's stream to sentences: thoughts out, markup out, an end to what has none."""

from __future__ import annotations

import pytest

from app.answer.streaming import LONGEST, SENTENCES, sentences_of
from app.chat.chat import ChatFailed, Trouble

TRUE = "有脱贫户60户[1]。"


def told(text: str, size: int = 1) -> list[str]:
    """The sentences that stand when the stream is over, cut into pieces of `size` characters."""
    found: list[str] = []
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    for sentence in sentences_of(pieces, found.clear):
        found.append(sentence)
    return found


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
@pytest.mark.parametrize(
    "text",
    [
        f"<think>也许有888户[1]。</think>{TRUE}",
        f"<THINK>\n也许有888户[1]。\n</THINK>\n\n{TRUE}",
        f"<think></think>{TRUE}",
        f"<thinking>888户。</thinking>{TRUE}<thinking>777户。</thinking>",
        f"<reasoning>888户。</reasoning>{TRUE}",
        f"<seed:think>888户。</seed:think>{TRUE}",
        f"[THINK]888户。[/THINK]{TRUE}",
        f"◁think▷888户。◁/think▷{TRUE}",
        f"<|channel|>analysis<|message|>888户。<|end|><|start|>assistant<|channel|>final<|message|>{TRUE}",
        f"用户问脱贫户。也许有888户[1]。\n</think>\n\n{TRUE}",
        f"先想想。</think>再想想。</think>{TRUE}",
        f"{TRUE}<think>还有888户吗?",
    ],
)
def test_thoughts_are_no_sentences(text: str, size: int) -> None:
    assert told(text, size) == [TRUE]


def test_a_thought_that_never_ends_says_nothing() -> None:
    assert told(f"<think>{TRUE}{TRUE}") == []


def test_what_only_looks_like_a_mark_is_kept() -> None:
    assert told("面积<3亩[1]。共有3户[1]。") == ["面积<3亩[1]。", "共有3户[1]。"]


def test_markup_and_numbering_are_left_out() -> None:
    assert told("# 概况\n1. 有**60户**[1]。\n- 有12人[2]。") == [
        "概况",
        "有60户[1]。",
        "有12人[2]。",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"有{n}户[1]。" for n in range(SENTENCES + 2)),
        "很长" * LONGEST,
        TRUE * 10,
    ],
)
def test_what_goes_on_and_on_is_cut(text: str) -> None:
    with pytest.raises(ChatFailed) as failed:
        told(text)
    assert failed.value.trouble is Trouble.CUT
