"""Reading places.csv: 乡镇,村,别名, as an office's spreadsheet program writes it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from index.chinese.fold import fold
from index.errors import UnreadableFile, UsageError
from index.gazetteer import KnownPlace
from ingest.readers import load, text

TOWN, VILLAGE, ALIASES = "乡镇", "村", "别名"
_BETWEEN = re.compile(r"[、;；,，/]")


def read_places(path: Path) -> list[KnownPlace]:
    """The places of a CSV file; raises UsageError for a file that is none, with the line."""
    try:
        content = text.decode(load(path))
    except UnreadableFile as error:
        raise UsageError(f"无法读取 {path}:{error}") from error
    except OSError as error:
        raise UsageError(f"无法读取 {path}，请检查路径是否写对") from error
    rows = csv.DictReader(content.splitlines(), skipinitialspace=True)
    header = [name.strip() for name in rows.fieldnames or []]
    if not {TOWN, VILLAGE} <= set(header):
        raise UsageError(f"{path} 的第一行应为：{TOWN},{VILLAGE},{ALIASES}")
    rows.fieldnames = header
    places: dict[tuple[str, str | None], KnownPlace] = {}
    for number, row in enumerate(rows, 2):
        if None in row:
            raise UsageError(f"{path} 第 {number} 行多了一列；几个别名之间请用顿号")
        town, village, others = (_clean(row.get(name)) for name in (TOWN, VILLAGE, ALIASES))
        if not (town or village):
            continue
        name, within = (village, town or None) if village else (town, None)
        aliases = tuple(alias for part in _BETWEEN.split(others) if (alias := part.strip()))
        places[name, within] = KnownPlace(name, within, aliases)
    if not places:
        raise UsageError(f"{path} 里没有一个地点")
    return list(places.values())


def _clean(value: str | None) -> str:
    return fold("".join((value or "").split()))
