"""What `huibao doctor` looks at; each finding says what to do."""

from __future__ import annotations

import platform
import shutil
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from app.doctor.fonts import fonts
from app.settings import load_settings
from index.archive import open_archive
from index.errors import HuibaoError

_ROOM = 1_000_000_000
"""Bytes that should be free where the archive lies."""


@dataclass(frozen=True)
class Finding:
    """One line: `level` is `ok`, `note` or `broken`."""

    name: str
    level: str
    text: str


def findings(archive: Path) -> list[Finding]:
    """All findings on this computer and archive; nothing is changed."""
    return [_version(), _settings(), _archive(archive), _room(archive), _office(), *_fonts()]


def _version() -> Finding:
    return Finding("版本", "ok", f"汇报 {version('huibao')}，Python {platform.python_version()}")


def _settings() -> Finding:
    try:
        load_settings()
    except HuibaoError as error:
        return Finding("设置", "broken", str(error))
    return Finding("设置", "ok", "可用")


def _archive(folder: Path) -> Finding:
    try:
        with closing(open_archive(folder)) as opened:
            reports, passages, pending = opened.counts()
    except HuibaoError as error:
        return Finding("档案", "broken", str(error))
    text = f"{folder} 可以打开，{reports:,} 份报告，{passages:,} 段"
    if pending:
        more = f"{text}；其中 {pending:,} 段还没有语义索引，再运行一次 huibao ingest 补上"
        return Finding("档案", "note", more)
    return Finding("档案", "ok", text)


def _room(folder: Path) -> Finding:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    text = f"剩余 {free / 1e9:.1f} GB"
    if free < _ROOM:
        return Finding("磁盘", "broken", f"{text}，请先腾出空间再导入报告")
    return Finding("磁盘", "ok", text)


def _office() -> Finding:
    if shutil.which("soffice") or shutil.which("libreoffice"):
        return Finding("LibreOffice", "ok", "已安装")
    return Finding("LibreOffice", "note", "没有找到；要读旧版 .doc、.wps 文件请安装 LibreOffice")


def _fonts() -> list[Finding]:
    found = fonts()
    if found is None:
        return [Finding("字体", "note", "查不了：没有 fontconfig；请在 Word 的字体列表里核对")]
    rows = []
    for font in found:
        name = f"字体 {font.name}"
        if font.installed:
            rows.append(Finding(name, "ok", "已安装"))
        else:
            instead = f"用{font.stands_in}代替" if font.stands_in else "没有可代替的字体"
            rows.append(Finding(name, "note", f"未安装，{instead}；正式印发前请安装"))
    return rows
