"""Secrecy marks: held back where GB/T 9704 puts them, never for speaking of secrets."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.archive import open_archive
from ingest.job import ingest
from ingest.lines import Line
from ingest.secrecy import mark


def of(text: str) -> str | None:
    return mark([Line(line) for line in text.splitlines()])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("机密★1年", "机密★1年"),
        ("秘密★长期", "秘密★长期"),
        ("绝密★", "绝密★"),
        ("绝密", "绝密"),
        ("机 密 ★ 10 年", "机密★10年"),
        ("秘密★六个月", "秘密★六个月"),
        ("机密☆三年", "机密☆三年"),
        ("密级：秘密", "秘密"),
        ("000012 机密★5年 特急", "机密★5年"),
        ("絕密★1年", "绝密★1年"),
        ("机密★1年 | 特急", "机密★1年"),
        ("秘密 保密期限：1年", "秘密保密期限:1年"),
    ],
)
def test_a_mark_at_the_head(line: str, expected: str) -> None:
    assert (
        of(f"000001\n{line}\n白石镇人民政府文件\n关于防汛工作的报告\n全镇有水库3座。") == expected
    )


@pytest.mark.parametrize(
    "line",
    [
        "保守国家秘密",
        "机密文件管理工作情况",
        "秘密级文件清退12份。",
        "严守工作秘密",
        "不涉密",
        "密级：公开",
        "特急",
        "商业秘密保护",
        "机密、秘密文件共38份",
    ],
)
def test_speaking_of_secrets_is_no_mark(line: str) -> None:
    assert of(f"{line}\n白石镇人民政府文件\n{line}") is None


def test_a_mark_further_down_is_not_the_document_s() -> None:
    assert of("标题\n" + "全镇有水库3座。\n" * 8 + "机密★1年") is None


def test_blank_lines_do_not_push_a_mark_down() -> None:
    assert of("\n" * 12 + "机密★1年\n报告") == "机密★1年"


def test_a_marked_file_is_skipped_and_nothing_of_it_is_kept(
    put: Callable[..., Path], reports: Path, archive_folder: Path
) -> None:
    open_text = "松口村2022年上半年汇报\n全村有菌棚32个。\n"
    path = put("汇报.txt", open_text)
    ingest([str(reports)], archive_folder, None, workers=1)
    path.write_text("机密★1年\n" + open_text, "utf-8")

    result = ingest([str(reports)], archive_folder, None, workers=1)

    assert [(file.outcome.value, file.reason) for file in result.files] == [
        ("skipped", "带密级标志「机密★1年」，按规定不入库")
    ]
    with closing(open_archive(archive_folder)) as archive:
        assert archive.counts()[0] == 0


def test_a_machine_for_secrets_may_allow_them(
    put: Callable[..., Path], reports: Path, archive_folder: Path
) -> None:
    put("汇报.txt", "机密★1年\n松口村2022年上半年汇报\n全村有菌棚32个。\n")

    result = ingest([str(reports)], archive_folder, None, workers=1, allow_secret=True)

    assert [file.outcome.value for file in result.files] == ["indexed"]
