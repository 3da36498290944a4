"""The report of `eval.renderings` in print: PDF, scans and a photograph of it, OFD."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from eval.renderings import convert
from ingest.layout.rows import rows
from ingest.readers.pdf import _read_page

_GRAIN = 6
"""Standard deviation of the noise, in grey values of 256."""


def make_prints(folder: Path) -> None:
    """The report as a PDF, from it the scans, and as .ofd."""
    convert(folder, "pdf")
    _scan(folder)
    (folder / "report.ofd").write_bytes(_ofd((folder / "report.pdf").read_bytes()))


def _scan(folder: Path) -> None:
    """The PDF's pages at 200 dpi: black and white as copiers send them; grey, faint and askew."""
    with pypdfium2.PdfDocument(folder / "report.pdf") as document:
        pages = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]
    _tiff(folder / "report.tif", [page.convert("1") for page in pages], "group4")
    askew = [
        page.rotate(1.2, fillcolor=255, resample=Image.Resampling.BICUBIC)
        .filter(ImageFilter.GaussianBlur(0.8))
        .point(lambda value: 16 * ((int(value * 0.8) + 25) // 16))
        for page in pages
    ]
    _tiff(folder / "report-askew.tif", askew, "tiff_lzw")
    first, *others = [page.convert("1") for page in pages]
    first.save(folder / "report-scan.pdf", save_all=True, append_images=others, resolution=200)
    noisy = [_noisy(page, seed) for seed, page in enumerate(pages)]
    noisy[0].save(
        folder / "report-noisy.pdf",
        save_all=True,
        append_images=noisy[1:],
        resolution=200,
        quality=60,
    )
    # A photograph: 150 dpi, one side in shadow, unsharp, askew the other way, packed hard.
    photos = [_photo(page) for page in pages]
    photos[0].save(
        folder / "report-photo.pdf",
        save_all=True,
        append_images=photos[1:],
        resolution=150,
        quality=35,
    )


def _noisy(page: Image.Image, seed: int) -> Image.Image:
    """As an office's flat-bed scanner sends it: one degree askew, the grain of paper and lamp."""
    turned = page.rotate(1, fillcolor=255, resample=Image.Resampling.BICUBIC)
    grain = np.random.default_rng(seed).normal(0, _GRAIN, (turned.height, turned.width))
    grey = 20 + 0.88 * np.asarray(turned, np.float32) + grain
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))


def _photo(page: Image.Image) -> Image.Image:
    small = page.resize((page.width * 3 // 4, page.height * 3 // 4), Image.Resampling.BICUBIC)
    turned = small.rotate(-2.5, fillcolor=255, resample=Image.Resampling.BICUBIC)
    shadow = Image.linear_gradient("L").rotate(90).resize(turned.size).point(lambda v: 90 + v // 2)
    noise = Image.effect_noise(turned.size, 24)
    unsharp = ImageChops.multiply(turned, shadow).filter(ImageFilter.GaussianBlur(1.0))
    return Image.blend(unsharp, noise, 0.15)


def _tiff(target: Path, pages: Sequence[Image.Image], compression: str) -> None:
    first, *others = pages
    first.save(target, save_all=True, append_images=others, compression=compression, dpi=(200, 200))


def _ofd(pdf: bytes) -> bytes:
    """The PDF's printed rows and lines as an OFD file, in millimetres."""
    mm = 25.4 / 72
    parts: dict[str, str] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [_read_page(page, at) for at, page in enumerate(document, 1)]
    number = iter(range(100, 100_000))
    xmlns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    for page in pages:
        things = []
        for row in rows(page.pieces):
            for piece in row.pieces:
                size = piece.height / 1.448 * mm
                things.append(
                    f'<ofd:TextObject ID="{next(number)}" Font="3" Size="{size:.3f}" Boundary='
                    f'"{piece.left * mm:.3f} {piece.top * mm:.3f} 180 {piece.height * mm:.3f}">'
                    f'<ofd:TextCode X="0" Y="{size:.3f}">{piece.text}</ofd:TextCode>'
                    "</ofd:TextObject>"
                )
        for rule in page.rules:
            x, y = rule.left * mm, rule.top * mm
            wide, high = (rule.right - rule.left) * mm, (rule.bottom - rule.top) * mm
            things.append(
                f'<ofd:PathObject ID="{next(number)}" Boundary="{x:.3f} {y:.3f} {wide:.3f} '
                f'{high:.3f}"><ofd:AbbreviatedData>M 0 0 L {wide:.3f} {high:.3f}'
                "</ofd:AbbreviatedData></ofd:PathObject>"
            )
        parts[f"Doc_0/Pages/Page_{page.number}/Content.xml"] = (
            f'<ofd:Page {xmlns}><ofd:Content><ofd:Layer ID="{next(number)}">'
            f"{''.join(things)}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    listed = "".join(
        f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>'
        for at in range(1, len(pages) + 1)
    )
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {xmlns}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    parts["OFD.xml"] = (
        f'<ofd:OFD {xmlns} Version="1.2" DocType="OFD"><ofd:DocBody><ofd:DocRoot>'
        "Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return target.getvalue()
