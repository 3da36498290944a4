"""Scans and photographs: optical character recognition, with no network and no GPU."""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from math import atan2, cos, sin
from pathlib import Path
from statistics import median
from typing import Any

from PIL import Image, ImageOps, ImageSequence

from index.errors import UnreadableFile
from ingest.layout.document import lines_of
from ingest.layout.page import Page, Piece, Rule
from ingest.lines import Line

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
"""No others: Pillow would hand EPS, say, to a program that runs what is in it."""
_LONGEST = 4000
"""Pixels of the longer side above which a picture is made smaller: A4 at 340 dpi."""
_MOST_PIXELS = 400_000_000
_THREADS = 1
"""Two files are recognised side by side, in processes of their own."""
_MODELS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
}
_LEAST = 736
"""Pixels: the detector enlarges what is narrower, so that a strip would become a huge picture."""
_TALL = 1.5
_DOUBTFUL = 0.8
"""A page read with less certainty may stand on its head."""
_LEAST_SURE = 0.5
"""What is less certain is a stamp, a stain or a drawing."""
_SKEWED = 0.003
"""Radians: a page less askew than this is taken as straight."""
_SHORTEST_RULE = 1 / 40
"""Of the longer side: a shorter line is part of a character."""

Box = list[tuple[float, float]]


def read(data: bytes) -> list[Line]:
    """The lines of a picture, of all pages of a TIFF; raises UnreadableFile."""
    return lines_of([recognised(picture, at) for at, picture in enumerate(pictures(data), 1)])


def pictures(data: bytes) -> Iterator[Image.Image]:
    """The pictures in a file, several in a TIFF; raises UnreadableFile."""
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise UnreadableFile(f"图片过大（{image.width}×{image.height} 像素）")
            frames = ImageSequence.Iterator(image) if image.format == "TIFF" else [image]
            for frame in frames:
                frame.load()
                yield frame
    except Image.DecompressionBombError as error:
        raise UnreadableFile("图片过大，无法识别") from error
    except (
        OSError,  # also UnidentifiedImageError, and what is cut off
        SyntaxError,  # Pillow's word for a broken PNG or TIFF
        ValueError,
        TypeError,
        LookupError,
        ArithmeticError,
        EOFError,
        MemoryError,
        struct.error,
    ) as error:
        raise UnreadableFile("图片文件已损坏，或不是 PNG、JPEG、TIFF、BMP 图片") from error


def recognised(image: Image.Image, number: int) -> Page:
    """The text of one picture as a page."""
    picture = _upright(image)
    found = _recognise(picture)
    tall = sum(len(text) for box, text, _ in found if _height(box) > _TALL * _width(box))
    length = sum(len(text) for _, text, _ in found)
    if 2 * tall > length:
        picture = picture.rotate(90, expand=True)  # it was laid on its side
        found = _recognise(picture)
    if _weight(found) <= _DOUBTFUL * sum(len(text) for _, text, _ in found):
        turned = picture.rotate(180)
        again = _recognise(turned)
        if _weight(again) > _weight(found):
            picture, found = turned, again
    found = [one for one in found if one[2] >= _LEAST_SURE]
    angle = _skew(found)
    if angle:
        picture = picture.rotate(angle * 57.29578, fillcolor="white")
    pieces = [
        Piece(text, *_straight(box, angle, picture.size), sure=sure) for box, text, sure in found
    ]
    rules = list(_rules(picture))
    return Page(number, picture.height, pieces, rules, rough=True)


def _upright(image: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA", "P"):
        layer = turned.convert("RGBA")
        turned = Image.new("RGB", layer.size, "white")
        turned.paste(layer, mask=layer.getchannel("A"))
    elif turned.mode.startswith("I"):
        # 16 bits a pixel: a plain conversion cuts everything above 255 off.
        turned = turned.convert("I").point(lambda value: value / 256).convert("L")
    picture = turned.convert("RGB")
    picture.thumbnail((_LONGEST, _LONGEST))
    width, height = picture.size
    if min(width, height) < _LEAST <= max(width, height):
        larger = Image.new("RGB", (max(width, _LEAST), max(height, _LEAST)), "white")
        larger.paste(picture)
        return larger
    return picture


@cache
def _engine() -> Any:
    """The recogniser; made once a process, from the models inside its wheel."""
    import rapidocr

    folder = Path(rapidocr.__file__).parent / "models"
    models = {key: str(folder / name) for key, name in _MODELS.items()}
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return rapidocr.RapidOCR(
        params={
            **models,
            "Global.log_level": "error",
            # It takes single lines of an upright page for upside down, and loses them.
            "Global.use_cls": False,
            "Global.text_score": 0.0,
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _recognise(picture: Image.Image) -> list[tuple[Box, str, float]]:
    """(corners, text, how sure) of each line found."""
    import numpy as np

    result = _engine()(np.asarray(picture)[:, :, ::-1])
    if result.boxes is None or result.txts is None:
        return []
    return [
        ([(float(x), float(y)) for x, y in box], text, float(sure))
        for box, text, sure in zip(result.boxes, result.txts, result.scores, strict=True)
        if text.strip()
    ]


def _weight(found: list[tuple[Box, str, float]]) -> float:
    return sum(sure * len(text) for _, text, sure in found)


def _width(box: Box) -> float:
    return max(x for x, _ in box) - min(x for x, _ in box)


def _height(box: Box) -> float:
    return max(y for _, y in box) - min(y for _, y in box)


def _skew(found: list[tuple[Box, str, float]]) -> float:
    """How far the page is turned, in radians clockwise, by the upper edges of its longer lines."""
    angles = [
        atan2(box[1][1] - box[0][1], box[1][0] - box[0][0])
        for box, text, _ in found
        if len(text) >= 8
    ]
    angle = median(angles) if angles else 0.0
    return angle if _SKEWED < abs(angle) < 0.3 else 0.0


def _straight(box: Box, angle: float, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom as they would be on a page that is not askew."""
    cx, cy = size[0] / 2, size[1] / 2
    turned = [
        (
            cx + (x - cx) * cos(angle) + (y - cy) * sin(angle),
            cy - (x - cx) * sin(angle) + (y - cy) * cos(angle),
        )
        for x, y in box
    ]
    xs, ys = sorted(x for x, _ in turned), sorted(y for _, y in turned)
    return (xs[0] + xs[1]) / 2, (ys[0] + ys[1]) / 2, (xs[2] + xs[3]) / 2, (ys[2] + ys[3]) / 2


def _rules(picture: Image.Image) -> Iterator[Rule]:
    """The straight lines of a picture, as tables have them."""
    import cv2
    import numpy as np

    grey = np.asarray(picture.convert("L"))
    ink = cv2.adaptiveThreshold(
        255 - grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -15
    )
    shortest = max(int(max(grey.shape) * _SHORTEST_RULE), 20)
    for across in (True, False):
        kernel = np.ones((1, shortest) if across else (shortest, 1), np.uint8)
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
        contours, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            x, y, width, height = cv2.boundingRect(contour)
            if across and width > 4 * height:
                yield Rule(x, y + height / 2, x + width, y + height / 2)
            elif not across and height > 4 * width:
                yield Rule(x + width / 2, y, x + width / 2, y + height)
