"""The small tokenizer gives the whole one's ids, or steps aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.bundled_model import default_model_dir, unpack_bundled_model
from index.bundled_tokenizer import WHOLE, ModelTokenizer, fits
from ingest.readers.text import decode

_ARCHIVE = Path(__file__).parent.parent.parent / "eval" / "archive" / "reports"


@pytest.fixture(scope="module")
def folder() -> Path:
    return unpack_bundled_model(default_model_dir())


@pytest.fixture(scope="module")
def both(folder: Path) -> tuple[ModelTokenizer, Tokenizer]:
    whole = Tokenizer.from_file(str(folder / WHOLE))
    whole.enable_truncation(512)
    return ModelTokenizer(folder, 512), whole


def test_the_same_ids_for_every_line_of_the_sample_archive(
    both: tuple[ModelTokenizer, Tokenizer],
) -> None:
    small, whole = both
    lines = [
        "passage: " + line
        for path in sorted(_ARCHIVE.rglob("*.txt"))
        for line in decode(path.read_bytes()).splitlines()
    ]
    fitting = [line for line in lines if fits(line)]
    assert len(fitting) > 0.95 * len(lines) > 500
    assert small.encode(fitting) == [encoding.ids for encoding in whole.encode_batch(fitting)]


_CHINESE = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from("0123456789%.,abGDP 、。《》（）“”—①⑨㎡…！２Ａ"),
    ),
    max_size=60,
)


@given(text=_CHINESE, prefix=st.sampled_from(["query: ", "passage: ", ""]))
@settings(max_examples=300, deadline=None)
def test_the_same_ids_for_any_text_that_fits(
    both: tuple[ModelTokenizer, Tokenizer], text: str, prefix: str
) -> None:
    small, whole = both
    assert small.encode([prefix + text]) == [whole.encode(prefix + text).ids]


_OTHERS = [
    "query: LangChain",
    "Привет",
    "한국어",
    "㊣",
    "ﾊﾝｶｸ",
    "50℃",
    "\u200b",
    "query: É",
    "×\nb^]",
]


def test_a_few_other_texts_take_no_whole_tokenizer(
    both: tuple[ModelTokenizer, Tokenizer], folder: Path
) -> None:
    whole = both[1]
    small = ModelTokenizer(folder, 512)
    for text in _OTHERS:
        assert not fits(text)
        assert small.encode([text, "村"]) == [e.ids for e in whole.encode_batch([text, "村"])]
    long = "×村" * 600
    assert small.encode([long]) == [whole.encode(long).ids]
    # 290 MB that a server would keep for one question.
    assert small._whole is None


def test_many_other_texts_take_the_whole_tokenizer(
    both: tuple[ModelTokenizer, Tokenizer], folder: Path
) -> None:
    whole = both[1]
    small = ModelTokenizer(folder, 512)
    assert small.encode([*_OTHERS, "村"]) == [e.ids for e in whole.encode_batch([*_OTHERS, "村"])]
    assert small._whole is not None


_ANY = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from("0123456789 abcdefgpqrstWIFI±×≥●→°Ⅱ㎞㎏αβ《》（）^]-\\\n\t\u3000"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


@given(text=_ANY, prefix=st.sampled_from(["query: ", "passage: ", ""]))
@settings(max_examples=60, deadline=None)
def test_the_same_ids_for_any_text(
    both: tuple[ModelTokenizer, Tokenizer], text: str, prefix: str
) -> None:
    small, whole = both
    assert small.encode([prefix + text]) == [whole.encode(prefix + text).ids]


@pytest.mark.parametrize(
    "text", ["query: 2022年GDP增长5.2%", "passage: 脱贫户158户６０２人", "", "　"]
)
def test_official_texts_fit(text: str) -> None:
    assert fits(text)
