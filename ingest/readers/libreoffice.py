"""Formats that only an office program reads (.doc .wps .rtf .odt): LibreOffice turns them to .docx.

Each run has a profile and a folder of its own, so that runs side by side and a LibreOffice that
is open on the desk do not disturb each other.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers import text, word

_SECONDS = 60
_PROGRAMS = ("soffice", "libreoffice")
_OLE = b"\xd0\xcf\x11\xe0"
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def read(data: bytes) -> list[Line]:
    """The lines of a .doc, .wps, .wpt, .rtf or .odt file; raises UnreadableFile."""
    suffix = _suffix(data)
    if suffix == ".docx":
        return word.read(data)
    office = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    antiword = shutil.which("antiword") if suffix == ".doc" else None
    if office is None and antiword is None:
        raise UnreadableFile(
            f"需要安装 LibreOffice 才能读取 {suffix} 这类文件"
            "（apt install libreoffice-writer;Windows 请安装 LibreOffice），"
            "或用 Word、WPS 另存为 .docx 后重试"
        )
    with tempfile.TemporaryDirectory(prefix="huibao-office-") as name:
        folder = Path(name)
        given = folder / f"in{suffix}"
        given.write_bytes(data)
        if office is not None:
            return _by_libreoffice(office, given, folder)
        assert antiword is not None
        return _by_antiword(antiword, given)


def _suffix(data: bytes) -> str:
    """The kind by content: archives are full of .doc files that are none."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PK"):
        return ".odt" if b"opendocument" in head else ".docx"
    if data.startswith(_OLE) and _WORD_STREAM not in data:
        return ".wps"  # older WPS and Works files; LibreOffice looks for itself
    return ".doc"


def _by_libreoffice(program: str, given: Path, folder: Path) -> list[Line]:
    out = folder / "out"
    _run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(out),
            str(given),
        ],
        folder,
    )
    made = out / "in.docx"
    if not made.is_file() or not made.stat().st_size:
        raise UnreadableFile(
            "LibreOffice 打不开这个文件（可能有密码或已损坏），请用 Word、WPS 另存为 .docx 后重试"
        )
    return word.read(made.read_bytes())


def _by_antiword(program: str, given: Path) -> list[Line]:
    # Without a line width every paragraph stands on its own line.
    printed = _run([program, "-m", "UTF-8.txt", "-w", "0", str(given)], given.parent)
    if not printed.strip():
        raise UnreadableFile(
            "antiword 打不开这个 .doc 文件（可能有密码或已损坏），"
            "请用 Word、WPS 另存为 .docx 后重试"
        )
    return text.read(printed)


def _run(command: Sequence[str], folder: Path) -> bytes:
    """Run a converter and give what it prints; its whole group is killed when time is up."""
    name = Path(command[0]).name
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
    except OSError as error:
        raise UnreadableFile(f"无法启动 {name}:{error.strerror}") from error
    try:
        return process.communicate(timeout=_SECONDS)[0]
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(f"{name} 在 {_SECONDS} 秒内没有读完这个文件，已停止") from error
    finally:
        # Also after an end: soffice is a script, and what it began may outlive it.
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
