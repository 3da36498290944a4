"""Which of the fonts that a draft names are installed, and what stands in for the others."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

from app.draft.layout import FONTS

_SECONDS = 20


@dataclass(frozen=True)
class FoundFont:
    """A font of the layout; `stands_in` is what is shown in its place, None if nothing is known."""

    name: str
    installed: bool
    stands_in: str | None


def fonts() -> list[FoundFont] | None:
    """The fonts of the layout on this computer; None where fontconfig is not there to be asked."""
    listing, matching = shutil.which("fc-list"), shutil.which("fc-match")
    if listing is None or matching is None:
        return None
    lines = _output([listing, ":", "family"]).splitlines()
    families = {name.strip() for line in lines for name in line.split(",")}
    found = []
    for font in FONTS:
        there = font.name in families
        fallback = next((name for name in font.fallbacks if name in families), None)
        if not there and fallback is None:
            fallback = _output([matching, "-f", "%{family[0]}", f"{font.name}:lang=zh-cn"]) or None
        found.append(FoundFont(font.name, there, None if there else fallback))
    return found


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
