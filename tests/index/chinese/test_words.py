"""Words: the same cut for passages and questions."""

from __future__ import annotations

import marshal
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chinese import words
from index.chinese.words import cut, index_words, pairs, place_names, segmented


def test_cut_leaves_punctuation_out() -> None:
    assert cut("全村脱贫，户户通路。")[:2] == ["全村", "脱贫"]
    assert not {"，", ",", "。"} & set(cut("全村脱贫，户户通路。"))


@pytest.mark.parametrize("divide", [cut, index_words, pairs])
def test_traditional_and_full_width_are_cut_as_folded(divide: object) -> None:
    assert callable(divide)
    assert divide("貧困戶１２戶") == divide("贫困户12户")


def test_cut_is_the_text_in_order() -> None:
    assert "".join(cut("易地扶贫搬迁安置点")) == "易地扶贫搬迁安置点"


def test_index_words_hold_the_shorter_words_too() -> None:
    found = index_words("中华人民共和国")
    assert "中华人民共和国" in found
    assert "共和国" in found


def test_an_unknown_name_is_cut_the_same_in_every_context() -> None:
    name = index_words("柘荏")
    for text in ("在柘荏修路", "柘荏有81户", "关于柘荏的汇报"):
        words = index_words(text)
        assert [word for word in words if word in name] == name


def test_pairs() -> None:
    assert pairs("焦岭 村") == ["焦岭", "岭村"]
    assert pairs("村") == []
    assert pairs("") == []


def test_place_names_are_the_dictionary_s() -> None:
    assert {"北京", "杭州"} <= place_names()
    assert "贫困户" not in place_names()


@given(
    st.text(alphabet="脱贫攻坚战略村民委员会的一二十3.5%ab-+#&._ ,。\n石梁", max_size=40)
    | st.text()
)
def test_words_are_those_of_jieba(text: str) -> None:
    text = text.replace("\r\n", "\n")  # jieba keeps the two together
    assert segmented(text) == list(jieba.cut(text, HMM=False))
    assert segmented(text, search=True) == list(jieba.cut_for_search(text, HMM=False))


def test_a_part_of_speech_is_the_dictionary_s() -> None:
    with jieba.get_dict_file() as dictionary:
        lines = dictionary.read().decode().splitlines()
    spoken = {line.split()[0]: line.split()[2] for line in lines}
    for word in [*list(spoken)[::997], "村", "修建", "贫困户", "北京市"]:
        assert words.tag(word) == spoken[word]
    for word in ("贫困户的", "不曾有过的词", "(", ""):
        assert words.tag(word) == ""


def test_the_tokenizer_holds_the_dictionary() -> None:
    with jieba.get_dict_file() as dictionary:
        assert (words.tokenizer().FREQ, words.tokenizer().total) == jieba.dt.gen_pfdict(dictionary)


def test_a_word_is_common_by_its_frequency() -> None:
    assert words.is_common("和平")
    assert not words.is_common("不曾有过的词")


@pytest.mark.parametrize("damage", [b"", b"\0\0", marshal.dumps(({}, 1)), None])
def test_a_damaged_cache_of_the_dictionary_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    monkeypatch.setattr(words, "user_cache_dir", lambda name: str(tmp_path / name))
    read = words._lexicon.__wrapped__
    first = read()
    (kept,) = (tmp_path / "huibao").iterdir()
    if damage is None:
        kept.unlink()
        kept.mkdir()  # nothing can be kept here
        assert read() == first
        assert list((tmp_path / "huibao").iterdir()) == [kept]
        return
    kept.write_bytes(damage)
    assert read() == first
    assert read() == first == marshal_read(kept)
    assert [one.name for one in (tmp_path / "huibao").iterdir()] == [kept.name]


def marshal_read(kept: Path) -> tuple[object, ...]:
    found: tuple[object, ...] = marshal.loads(kept.read_bytes())
    return found
