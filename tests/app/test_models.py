"""From settings to what search needs: an office's synonyms, a configured reranker."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models import make_reranker, office_synonyms
from app.settings import SearchSettings
from index.errors import ModelUnavailable, SettingsError


def test_an_offices_synonyms_come_beside_the_built_in(tmp_path: Path) -> None:
    path = tmp_path / "同义词.txt"
    path.write_text("# 本县说法\n土鸡 跑山鸡\n", "utf-8")
    synonyms = office_synonyms(SearchSettings(synonyms=path))
    assert set(synonyms.of("土鸡")) == {"土鸡", "跑山鸡"}
    assert "计算机" in synonyms.of("电脑")


@pytest.mark.parametrize("content", [None, "土鸡 跑山鸡".encode("utf-16")])
def test_unreadable_synonyms_are_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "同义词.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"同义词\.txt"):
        office_synonyms(SearchSettings(synonyms=path))


def test_no_reranker_unless_configured() -> None:
    assert make_reranker(SearchSettings()) is None


@pytest.mark.long
def test_a_cross_encoder_folder_scores_pairs(tmp_path: Path) -> None:
    """With weights of chance: what is tested is that a real folder loads and answers."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"青杠村有多少党员脱贫户"]
    tokenizer = Tokenizer(WordLevel({w: i for i, w in enumerate(dict.fromkeys(words))}, "[UNK]"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(tmp_path)
    BertForSequenceClassification(
        BertConfig(
            vocab_size=32,
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=16,
            num_labels=1,
        )
    ).save_pretrained(tmp_path)
    reranker = make_reranker(SearchSettings(reranker=str(tmp_path), reranker_device="cpu"))
    assert reranker is not None
    assert len(reranker.scores("有多少党员", ["青杠村有党员", "脱贫户"])) == 2
    assert reranker.scores("有多少党员", []) == []


@pytest.mark.long
def test_a_reranker_that_is_not_there_says_so(tmp_path: Path) -> None:
    reranker = make_reranker(SearchSettings(reranker=str(tmp_path / "没有")))
    assert reranker is not None
    with pytest.raises(ModelUnavailable, match="reranker"):
        reranker.scores("问", ["答"])
