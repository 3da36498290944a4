"""Older office formats by a converter: what is run, what it leaves, and when it is stopped."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from ingest.readers import libreoffice, read

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "readers"
OLE_DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")

Program = Callable[[str, str], Path]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Put a shell script of this name on an otherwise bare PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "cp", "sleep", "cat", "env", "touch", "mkdir"):
        found = shutil.which(tool)
        assert found
        (folder / tool).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder))

    def write(name: str, script: str) -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return write


OUT = 'while [ "$1" != "--outdir" ]; do shift; done; out=$2; given=$3; mkdir -p "$out"'


def texts(data: bytes, suffix: str = ".doc") -> list[str]:
    return [line.text for line in read(data, suffix) if line.text]


def test_without_a_converter_the_outcome_says_what_to_install(program: Program) -> None:
    with pytest.raises(UnreadableFile, match=r"需要安装 LibreOffice.*\.doc.*libreoffice-writer"):
        texts(OLE_DOC)


def test_what_the_converter_makes_is_read(program: Program) -> None:
    program("soffice", f'{OUT}; cp "{FIXTURES / "report.docx"}" "$out/in.docx"')

    assert texts(OLE_DOC)[0].endswith("松口村2022年上半年工作情况汇报")


def test_a_converter_that_makes_nothing(program: Program) -> None:
    program("soffice", "exit 77")

    with pytest.raises(UnreadableFile, match="密码或已损坏"):
        texts(OLE_DOC)


def test_a_converter_that_cannot_be_started(program: Program) -> None:
    program("soffice", "").write_text("#!/no/such/interpreter\n")

    with pytest.raises(UnreadableFile, match="无法启动 soffice"):
        texts(OLE_DOC)


def test_a_converter_that_hangs_is_killed_with_all_it_began(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "_SECONDS", 0.5)
    late = tmp_path / "late"
    program("soffice", f'(sleep 2; touch "{late}") & sleep 30')
    begun = time.monotonic()

    with pytest.raises(UnreadableFile, match="没有读完"):
        texts(OLE_DOC)

    assert time.monotonic() - begun < 5
    time.sleep(2)
    assert not late.exists()


def test_nothing_is_left_behind(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "tmp"
    home.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(home))
    program("soffice", "exit 1")

    with pytest.raises(UnreadableFile):
        texts(OLE_DOC)

    assert not os.listdir(home)


def test_antiword_reads_doc_where_there_is_no_office(program: Program) -> None:
    program("antiword", "echo 一、基本情况; echo 全村共有412户。")

    assert texts(OLE_DOC) == ["一、基本情况", "全村共有412户。"]


def test_antiword_that_prints_nothing(program: Program) -> None:
    program("antiword", "exit 1")

    with pytest.raises(UnreadableFile, match="antiword"):
        texts(OLE_DOC)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (rb"{\rtf1 x}", ".rtf"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", ".odt"),
        (b"PK\x03\x04word/", ".docx"),
        (OLE_DOC, ".doc"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), ".wps"),
        ("文本".encode(), ".doc"),
    ],
)
def test_the_kind_is_told_by_content(data: bytes, suffix: str) -> None:
    assert libreoffice._suffix(data) == suffix


needs_office = pytest.mark.skipif(
    not shutil.which("soffice"), reason="soffice is not installed (apt install libreoffice-writer)"
)


@needs_office
@pytest.mark.parametrize("suffix", ["doc", "wps", "wpt", "rtf", "odt"])
def test_the_report_by_the_real_converter(suffix: str) -> None:
    from eval.readers import measure

    found = measure(FIXTURES / f"report.{suffix}")

    assert found.errors == 0
    assert found.cells.hits == found.cells.of


@needs_office
@pytest.mark.long
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_damaged_files_are_read_or_refused(suffix: str) -> None:
    data = (FIXTURES / f"report.{suffix}").read_bytes()
    dice = random.Random(11)
    for _ in range(6):
        broken = bytearray(data)
        for _ in range(30):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        cut = broken[: dice.randrange(len(broken))] if dice.random() < 0.3 else broken
        with suppress(UnreadableFile):
            texts(bytes(cut), f".{suffix}")
