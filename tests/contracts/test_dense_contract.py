"""What search by meaning promises, held for the exact kind and the approximate one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import approximate
from index.archive import Archive
from index.dense import EXACT_MAX, DenseIndex
from tests.fakes import HashingEmbedder
from tests.index.stored import embed, made, put

THEMES = ("修路", "养羊", "种花椒", "安装路灯", "改造危房", "发放补贴", "党员大会", "义务植树")
PASSAGES = 480


def texts(start: int = 0, count: int = PASSAGES) -> list[str]:
    """Sentences on eight themes, each with figures of its own."""
    return [
        f"第{n % 9 + 1}组{THEMES[n % 8]}{n * 37 % 101}处,{THEMES[n % 8]}投资{n * 7 + 3}元。"
        for n in range(start, start + count)
    ]


@pytest.fixture(params=["exact", "approximate"])
def exact_max(request: pytest.FixtureRequest) -> int:
    return EXACT_MAX if request.param == "exact" else 100


@pytest.fixture
def dense(archive: Archive, exact_max: int) -> DenseIndex:
    put(archive, made("r0", *texts()))
    embed(archive, HashingEmbedder())
    dense = DenseIndex(archive.folder, exact_max)
    dense.catch_up(archive)
    dense.settle(archive)
    return dense


def question(text: str = "修路投资多少元") -> np.ndarray:
    return HashingEmbedder().embed_query(text)


def truth(archive: Archive, vector: np.ndarray, inside: list[int] | None = None) -> list[int]:
    """Every passage's number by the cosine of its own vector, the best first."""
    numbers = inside if inside is not None else archive.vector_keys()[0].tolist()
    vectors = archive.vectors(numbers)
    return sorted(numbers, key=lambda n: -float(vectors[n] @ vector))


def test_the_kind_follows_from_the_size_and_is_recorded(dense: DenseIndex, exact_max: int) -> None:
    assert len(dense) == dense.kind.size == PASSAGES
    if exact_max == EXACT_MAX:
        assert (dense.kind.name, dense.kind.recall) == ("exact", None)
    else:
        assert dense.kind.name.startswith("IVF")
        assert dense.kind.recall is not None
        assert dense.kind.recall >= approximate.RECALL
        assert dense.kind.probes is not None


def test_the_nearest_are_found_with_their_cosine(dense: DenseIndex, archive: Archive) -> None:
    found = dense.search(question(), 10)
    true = truth(archive, question())[:10]
    vectors = archive.vectors(true)

    assert len({n for n, _ in found} & set(true)) >= 9
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
    assert found[0][1] == pytest.approx(float(vectors[true[0]] @ question()), abs=0.01)


def test_a_scope_is_closed_and_searched_well(dense: DenseIndex, archive: Archive) -> None:
    numbers = archive.vector_keys()[0]
    for inside in (numbers[40:44], numbers[100:220], numbers[:400]):
        found = [n for n, _ in dense.search(question("养羊投资"), 10, inside)]
        true = truth(archive, question("养羊投资"), inside.tolist())[:10]
        assert set(found) <= set(inside.tolist())
        assert len(found) == min(10, len(inside))
        assert len(set(found) & set(true)) >= 0.9 * len(true)
    assert dense.search(question(), 5, np.array([10_000])) == []


def test_what_comes_and_goes_later_is_followed(dense: DenseIndex, archive: Archive) -> None:
    put(archive, made("r1", "新建香菇大棚10座。"))
    embed(archive, HashingEmbedder())
    dense.catch_up(archive)
    [new] = [one.id for one in archive.passages_of("r1")]
    best = truth(archive, question("新建香菇大棚"))[0]

    assert best == new
    assert dense.search(question("新建香菇大棚"), 1)[0][0] == new
    archive.remove_source("/报告/r1.txt")
    dense.catch_up(archive)
    assert new not in {n for n, _ in dense.search(question("新建香菇大棚"), 20)}
    assert len(dense) == PASSAGES


def test_a_saved_file_finds_the_same_again(
    dense: DenseIndex, archive: Archive, exact_max: int
) -> None:
    dense.save()
    again = DenseIndex(archive.folder, exact_max)

    assert not again.catch_up(archive)
    assert again.kind == dense.kind
    assert again.search(question(), 10) == dense.search(question(), 10)
    assert again.settle(archive) == dense.kind


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_file_cut_off_anywhere_costs_time_only(
    dense: DenseIndex, archive: Archive, exact_max: int, keep: float
) -> None:
    dense.save()
    path: Path = archive.folder / "dense.faiss"
    path.write_bytes(path.read_bytes()[: int(keep * path.stat().st_size)])
    again = DenseIndex(archive.folder, exact_max)

    assert again.catch_up(archive)
    assert again.search(question(), 1)[0][0] == truth(archive, question())[0]


def test_growing_and_shrinking_past_the_limit_changes_the_kind(archive: Archive) -> None:
    dense = DenseIndex(archive.folder, exact_max=300)
    kinds = []
    for n, start in enumerate(range(0, 600, 200)):
        put(archive, made(f"r{n}", *texts(start, 200)))
        embed(archive, HashingEmbedder())
        dense.catch_up(archive)
        kinds.append(dense.settle(archive))
    for n in (2, 1):
        archive.remove_source(f"/报告/r{n}.txt")
    dense.catch_up(archive)
    kinds.append(dense.settle(archive))

    assert [kind.name[:3] for kind in kinds] == ["exa", "IVF", "IVF", "exa"]
    # 600 are not past one and a half times 400: it was added to, and not built anew.
    assert [kind.size for kind in kinds] == [200, 400, 400, 200]
    assert dense.search(question(), 1)[0][0] == truth(archive, question())[0]
