"""Recognition of pictures: no network, reading order, tables, and what is no picture."""

from __future__ import annotations

import io
import random
import struct
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from eval.renderings import BEFORE, TITLE
from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers import read, scan

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "readers"


@cache
def printed() -> Image.Image:
    """The first page of the sample report at 150 dpi."""
    with pypdfium2.PdfDocument(FIXTURES / "report.pdf") as document:
        return document[0].render(scale=150 / 72).to_pil().convert("L")


def head() -> Image.Image:
    """Its title, the first heading and the first paragraph."""
    page = printed()
    return page.crop((0, int(0.08 * page.height), page.width, int(0.24 * page.height)))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def joined(lines: list[Line]) -> str:
    return "".join(line.text for line in lines).replace(" ", "")


def test_a_scan_becomes_paragraphs_that_say_how_sure_they_are() -> None:
    found = read(saved(head(), "PNG"), ".png")

    assert [line.text for line in found[:2]] == [TITLE, BEFORE[0]]
    assert found[2].text.startswith("松口村位于白石镇西南部")
    assert "脱贫户97户365人" in found[2].text.replace(" ", "")
    assert all(line.page == 1 and line.sure and 0.5 < line.sure <= 1 for line in found)


@pytest.mark.parametrize("degrees", [-90, 90, 180])
def test_a_picture_laid_wrongly_is_turned(degrees: int) -> None:
    turned = head().crop((0, 0, head().width, head().height // 2)).rotate(degrees, expand=True)

    assert joined(read(saved(turned, "PNG"), ".png")).startswith(TITLE + BEFORE[0])


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "I;16"])
def test_pictures_of_all_depths(mode: str) -> None:
    small = head().crop((0, 0, head().width, 90))
    if mode == "I;16":
        wide = [value * 257 for value in small.tobytes()]
        deep = Image.frombytes("I;16", small.size, struct.pack(f"<{len(wide)}H", *wide))
    else:
        deep = small.convert(mode)
    if mode == "RGBA":  # black ink on nothing
        deep = Image.new("RGBA", small.size)
        deep.putalpha(small.point(lambda value: 255 - value))

    assert "白石镇松口村" in joined(read(saved(deep, "PNG"), ".png"))


def test_the_pages_of_a_tiff() -> None:
    first = head().crop((0, 0, head().width, 90))
    other = printed().crop(
        (0, int(0.28 * printed().height), printed().width, int(0.34 * printed().height))
    )
    data = saved(first.convert("1"), "TIFF", save_all=True, append_images=[other.convert("1")],
                 compression="group4")  # fmt: skip

    assert {line.page for line in read(data, ".tif")} == {1, 2}


def test_a_white_picture_has_no_text() -> None:
    with pytest.raises(UnreadableFile, match="没有文字"):
        read(saved(Image.new("L", (300, 200), 255), "JPEG"), ".jpg")


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    sized = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = b"\x89PNG\r\n\x1a\n" + sized + struct.pack(">I", 99) + b"IDAT"

    with pytest.raises(UnreadableFile, match="过大"):
        read(data, ".png")


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"]
)
def test_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="图片"):
        read(data, ".png")


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow tells of each damaged tag
@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("TIFF", ".tif"), ("BMP", ".bmp")])
def test_damaged_files_are_read_or_refused(
    kind: str, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "_recognise", lambda picture: [])
    data = saved(Image.new("L", (40, 30), 255), kind)
    dice = random.Random(3)
    for _ in range(60):
        broken = bytearray(data)
        broken[dice.randrange(min(len(broken), 120))] = dice.randrange(256)
        cut = broken[: dice.randrange(len(broken))] if dice.random() < 0.5 else broken
        with suppress(UnreadableFile):
            read(bytes(cut), suffix)


@pytest.mark.long
@pytest.mark.parametrize("name", ["report.tif", "report-askew.tif"])
def test_whole_scans_with_a_table_over_the_page(name: str) -> None:
    from eval.readers import measure

    found = measure(FIXTURES / name)

    assert found.errors < 0.01
    assert found.cells.hits == found.cells.of
    assert found.paragraphs.hits >= found.paragraphs.of - 1
