"""Tables as text: any delimiter, any encoding."""

from __future__ import annotations

import pytest

from index.errors import UnreadableFile
from ingest.readers import read
from tests.ingest.readers.files import CSV

EXPECTED = ["村:石梁村 | 户数:487 | 备注:已硬化,已亮化", "村:柳沟村 | 户数:420 | 备注:无"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rows_with_their_column_names_in_each_encoding(encoding: str) -> None:
    lines = read(CSV.encode(encoding), ".csv")

    assert [line.text for line in lines] == EXPECTED
    assert [(line.row, line.number) for line in lines] == [(True, 2), (True, 3)]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_told_by_the_rows(delimiter: str) -> None:
    rows = [["村", "户数", "说明"], ["石梁村", "487", "一、二"], ["柳沟村", "420", "三"]]
    data = "\n".join(delimiter.join(row) for row in rows).encode()

    assert [line.text for line in read(data, ".csv")] == [
        "村:石梁村 | 户数:487 | 说明:一、二",
        "村:柳沟村 | 户数:420 | 说明:三",
    ]


def test_a_title_above_the_header() -> None:
    lines = read("清溪镇脱贫情况表,,\n村,户数\n石梁村,60\n".encode(), ".csv")

    assert [(line.text, line.level) for line in lines] == [
        ("清溪镇脱贫情况表", 1),
        ("村:石梁村 | 户数:60", None),
    ]


def test_a_field_without_end_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        read(('村,户\n"' + "石梁村" * 100_000).encode(), ".csv")


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.sheet_text.MAX_CELLS", 5)

    with pytest.raises(UnreadableFile, match="过大"):
        read(CSV.encode(), ".csv")
