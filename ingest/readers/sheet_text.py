"""Tables as text, .csv and .tsv: each row with its column names."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers.tables import MAX_CELLS, row_texts
from ingest.readers.text import decode

_DELIMITERS = ",\t;|，"
_SAMPLE = 30
"""Rows by which the delimiter is told."""


def read(data: bytes) -> list[Line]:
    """Read a table of delimited text; raises UnreadableFile where it is none or too large."""
    text = decode(data)
    try:
        rows = _rows(text)
    except csv.Error as error:
        raise UnreadableFile(f".csv 文件已损坏（{error}），请另存后重试") from error
    return [
        Line(row.text, level=1, number=row.at + 1)
        if row.title
        else Line(row.text, row=True, number=row.at + 1)
        for row in row_texts(rows, several=True)
    ]


def _rows(text: str) -> list[list[str]]:
    rows: list[list[str]] = []
    filled = 0
    for row in csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)):
        filled += sum(map(bool, row))
        if filled > MAX_CELLS:
            raise UnreadableFile(f"表格过大（超过 {MAX_CELLS} 个有内容的单元格），不像是报告")
        rows.append(row)
    return rows


def _delimiter(text: str) -> str:
    """The one that cuts most rows into the same number of cells, more than one."""
    sample = "\n".join(line for line in text.splitlines() if line.strip())
    head = sample.split("\n")[: _SAMPLE * 2]

    def agreeing(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(StringIO("\n".join(head)), delimiter=delimiter)
        widths = Counter(len(row) for row, _ in zip(reader, range(_SAMPLE), strict=False))
        counts = ((count, width) for width, count in widths.items() if width > 1)
        return max(counts, default=(0, 0))

    return max(_DELIMITERS, key=agreeing)
