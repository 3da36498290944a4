"""A run that is killed at any moment loses nothing, and the next one brings what is missing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.archive import Archive, open_archive
from index.dense import DenseIndex
from index.lexical import Filter, LexicalIndex
from ingest.job import LEXICAL_FOLDER
from tests.fakes import HashingEmbedder
from tests.reports import write_many

ROOT = Path(__file__).parents[2]
FILES = 14
# Small batches and a commit after every file: many moments at which a kill can matter.
SCRIPT = """
import sys
from pathlib import Path
import ingest.embed, ingest.job
from tests.fakes import HashingEmbedder

def tell(*_):
    print("step", flush=True)

if __name__ == "__main__":
    ingest.embed._BATCH = 4
    ingest.job._COMMIT_SECONDS = 0.0
    progress = ingest.job.Progress(tell, tell)
    ingest.job.ingest([sys.argv[1]], Path(sys.argv[2]), HashingEmbedder(), progress, workers=2)
    print("done", flush=True)
"""


def start(reports: Path, archive: Path, script: Path) -> subprocess.Popen[str]:
    script.write_text(SCRIPT, "utf-8")
    return subprocess.Popen(
        [sys.executable, str(script), str(reports), str(archive)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,  # so that its workers can be told by their session
    )


def steps(process: subprocess.Popen[str], limit: int | None = None) -> int:
    """Wait for `limit` steps or the end; how many steps there were."""
    assert process.stdout is not None
    seen = 0
    for line in process.stdout:
        if line.strip() == "done":
            break
        seen += 1
        if seen == limit:
            break
    return seen


def alive(session: int) -> list[int]:
    """Processes of this session that still run."""
    found: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:  # ended meanwhile
            continue
        state, _, _, of_session = stat.rpartition(")")[2].split()[:4]
        if int(of_session) == session and state != "Z":
            found.append(int(folder.name))
    return found


def kill(process: subprocess.Popen[str]) -> None:
    """Kill the run itself, as a task manager does; its workers must end by themselves."""
    process.kill()
    assert process.wait() in (-signal.SIGKILL, 0)  # 0: it had just ended by itself
    until = time.monotonic() + 20
    while alive(process.pid):
        assert time.monotonic() < until, f"left behind: {alive(process.pid)}"
        time.sleep(0.05)
    assert process.stdout is not None
    process.stdout.close()


def finish(process: subprocess.Popen[str]) -> int:
    seen = steps(process)
    assert process.wait() == 0
    assert process.stdout is not None
    process.stdout.close()
    return seen


def content(folder: Path) -> dict[str, Any]:
    """All that an archive says, without the numbers that depend on the order of work."""
    with closing(open_archive(folder)) as archive:
        reports = {info.id: archive.report(info.id) for info in archive.infos()}
        passages = {
            (stored.passage.report_id, stored.passage.ordinal): stored.passage
            for report_id in reports
            for stored in archive.passages_of(report_id)
        }
        numbers, keys, embedder = archive.vector_keys()
        vectors = archive.vectors(numbers.tolist())
        return {
            "sources": archive.sources(),
            "reports": reports,
            "passages": passages,
            "counts": archive.counts(),
            "embedder": embedder,
            "vectors": {
                key: vectors[number].tobytes()
                for number, key in zip(numbers.tolist(), keys, strict=True)
            },
            "by words": by_words(archive),
            "by meaning": by_meaning(archive),
            "originals": sorted(p.name for p in (folder / "originals").rglob("*") if p.is_file()),
        }


def named(archive: Archive, numbers: list[int]) -> list[tuple[str, int]]:
    stored = archive.stored(numbers)
    return [(stored[n].passage.report_id, stored[n].passage.ordinal) for n in numbers]


def by_words(archive: Archive) -> list[set[tuple[str, int]]]:
    lexical = LexicalIndex(archive.folder / LEXICAL_FOLDER)
    assert lexical.generation == archive.generation()
    scope = Filter(places=("石梁村",), names=("石梁村",))
    lists = [
        [n for n, _ in lexical.search(["大棚", "路灯"], Filter(), 1000)],
        [n for n, _ in lexical.search(["贫困户"], scope, 1000)],
        lexical.inside(Filter()).tolist(),
    ]
    for found in lists:
        assert len(found) == len(set(found))
    return [set(named(archive, found)) for found in lists]


def by_meaning(archive: Archive) -> list[list[tuple[float, tuple[str, int]]]]:
    dense = DenseIndex(archive.folder)
    assert not dense.catch_up(archive)  # the file itself is up to date
    questions = ("石梁村新建大棚多少座", "安装路灯多少盏")
    return [
        sorted(
            (round(score, 5), named(archive, [number])[0])
            for number, score in dense.search(HashingEmbedder().embed_query(question), 1000)
        )
        for question in questions
    ]


def killed_and_undisturbed_end_the_same(folder: Path, seed: int, kills: int) -> None:
    chance = random.Random(seed)
    reports = write_many(folder / "报告", FILES)
    total = finish(start(reports, folder / "安静", folder / "run.py"))
    assert total > FILES

    for _ in range(kills):
        process = start(reports, folder / "被杀", folder / "run.py")
        # A moment after a step: inside the transaction, copy or commit that follows it.
        steps(process, chance.randrange(1, total))
        time.sleep(chance.random() * 0.03)
        kill(process)
    finish(start(reports, folder / "被杀", folder / "run.py"))

    assert content(folder / "被杀") == content(folder / "安静")
    assert not list((folder / "被杀").rglob("*.new"))


def test_two_kills(tmp_path: Path) -> None:
    killed_and_undisturbed_end_the_same(tmp_path, seed=1, kills=2)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
def test_five_kills(tmp_path: Path, seed: int) -> None:
    killed_and_undisturbed_end_the_same(tmp_path, seed, kills=5)
