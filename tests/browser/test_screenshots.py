"""`python -m eval.screenshots` writes a picture of each scene, as large as the screen."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from eval.screenshots import VIEWS, photograph, reduced, scenes


def test_a_picture_is_as_large_as_the_screen_and_takes_few_bytes(
    browser: Browser, archive_url: str, tmp_path: Path
) -> None:
    phone = next(view for view in VIEWS if view.phone)
    asked = "磨刀溪村2022年上半年有多少党员？"
    wanted = scenes("磨刀溪村", "枧头村", "2023H2", asked, asked)[:3]
    size = photograph(browser, archive_url, phone, wanted, tmp_path)
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == ["phone-answer.png", "phone-source.png", "phone-start.png"]
    assert 3_000 < size < 300_000
    with Image.open(tmp_path / written[0]) as picture:
        assert picture.size == (phone.width, phone.height)


def test_a_thin_line_keeps_its_colour() -> None:
    picture = Image.linear_gradient("L").resize((1000, 1000)).convert("RGB")
    green = (44, 160, 44)
    for x in range(10):
        picture.putpixel((x, 500), green)
    assert reduced(picture).convert("RGB").getpixel((5, 500)) == green
