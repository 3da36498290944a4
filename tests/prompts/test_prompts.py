"""Prompts: every variable is given, none too many, and values are put in as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import prompts
from app.answer.answer import REFUSAL
from prompts import Prompt, PromptError, load

NAMES = sorted(path.stem for path in Path(prompts.__file__).parent.glob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_has_a_version_and_renders(name: str) -> None:
    prompt = load(name)
    assert prompt.version >= 1
    text = prompt.render(**{variable: f"<{variable}>" for variable in prompt.variables})
    assert "{{" not in text
    for variable in prompt.variables:
        assert f"<{variable}>" in text


def test_a_missing_or_extra_variable_is_an_error() -> None:
    prompt = Prompt("x", 1, "问:{{question}},答:{{ answer }}")
    assert prompt.render(question="多少户", answer="12户") == "问:多少户,答:12户"
    with pytest.raises(PromptError, match="missing answer"):
        prompt.render(question="多少户")
    with pytest.raises(PromptError, match="note"):
        prompt.render(question="", answer="", note="")


def test_braces_in_a_document_are_not_filled_in() -> None:
    prompt = Prompt("x", 1, "{{passages}}|{{question}}")
    assert prompt.render(passages="{{question}}", question="q") == "{{question}}|q"


@pytest.mark.parametrize("name", ["none", "../pyproject", ""])
def test_only_prompts_are_loaded(name: str) -> None:
    with pytest.raises(PromptError):
        load(name)


def test_the_refusal_is_the_program_s_constant() -> None:
    # The words stand in no file: code, prompts and tests share app.answer.answer.REFUSAL.
    assert "refusal" in load("answer_rules").variables & load("answer_again").variables
    for name in NAMES:
        assert REFUSAL not in load(name).text
