"""What is said of a number, as its sentence and its neighbours tell it."""

from __future__ import annotations

import re
from typing import NamedTuple

HIDDEN = "\0"
"""What stands in a sentence for a date, a remark in brackets or a footnote's number."""

_PAIRED = re.compile(rf"[{HIDDEN}、,和及与或计共合其中约有为分别\s]{{0,4}}|到|至|-")
_PAIRED_MOST = 4


class Said(NamedTuple):
    """What is said of a number."""

    indicator: str
    base: str
    """The same without the change: 财政收入 of 财政收入增长; what a next number may go on from."""
    left: str
    """The clause in front of it, dates hidden."""
    right: str
    """The clause behind it."""
    verb: str = ""
    """What was done, said once for a list: 建设 of 建设小镇10个、乡村41个."""
    settled: bool = False
    """Whether it is what of the number before was brought to an end: 调解118起,成功114起."""


def is_paired(gap: str) -> bool:
    """Whether only what joins two numbers stands between them."""
    return len(gap) <= _PAIRED_MOST and _PAIRED.fullmatch(gap) is not None
