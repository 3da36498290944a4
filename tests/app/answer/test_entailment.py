"""The judge of meaning: a cross-encoder's folder, its labels, and what is said without one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.answer.entailment import CrossEncoderEntailment
from app.answer.generate import Generator
from app.desk import ArchiveDesk
from index.errors import ModelUnavailable
from ingest.job import ingest
from tests.app.answer.test_generate import QUESTION, VILLAGE
from tests.fakes import TalkingChat


def encoder(folder: Path, labels: Sequence[str], favourite: int) -> Path:
    """A tiny BERT whose head always prefers one class: weights of zero and a bias."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"枧头村有脱贫户0123456789。"]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, id2label=dict(enumerate(labels)),
        label2id={name: n for n, name in enumerate(labels)},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.zero_()
        model.classifier.bias[favourite] = 5.0
    model.save_pretrained(folder)
    return folder


LABELS = ("contradiction", "entailment", "neutral")


@pytest.mark.parametrize(("favourite", "holds"), [(0, False), (1, True), (2, False)])
def test_the_entailed_class_decides(tmp_path: Path, favourite: int, holds: bool) -> None:
    judge = CrossEncoderEntailment(encoder(tmp_path / "nli", LABELS, favourite), "cpu")
    assert judge.holds("枧头村有脱贫户60户。", "枧头村有脱贫户。") is holds


def test_a_model_of_other_labels_is_refused(tmp_path: Path) -> None:
    judge = CrossEncoderEntailment(encoder(tmp_path / "other", ("yes", "no"), 0), "cpu")
    with pytest.raises(ModelUnavailable, match="entailment"):
        judge.holds("枧头村", "枧头村")


def test_a_missing_folder_leaves_the_extract_answer(tmp_path: Path) -> None:
    judge = CrossEncoderEntailment(tmp_path / "none")
    with pytest.raises(ModelUnavailable, match="none"):
        judge.holds("枧头村", "枧头村")
    (tmp_path / "a.txt").write_text(VILLAGE, "utf-8")
    ingest([str(tmp_path / "a.txt")], tmp_path / "档案", None, workers=1)
    generator = Generator(TalkingChat(), entailment=judge)
    desk = ArchiveDesk(tmp_path / "档案", None, date(2023, 1, 1), generator=generator)
    with closing(desk):
        answer = desk.ask(QUESTION)
    assert answer.mode == "extract"
    assert "找不到核对模型文件夹" in answer.notices[0]
