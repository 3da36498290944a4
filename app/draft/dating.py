"""The day at the end of a draft (成文日期): read, written, asked for where nobody has said it."""

from __future__ import annotations

import re
from datetime import date

from app.draft import texts
from app.draft.draft import Draft, asked
from app.draft.marks import full_width
from index.chinese.fold import fold
from index.errors import UsageError

GAP = full_width(f"【待补充:{texts.DAY}】")
"""What stands in the place of the day until somebody signs."""
_DAY = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?")
_BLANK = re.compile(r"(?:\d{4})?年\d{0,2}月日")


def day_said(draft: Draft) -> str:
    """The day as it is printed; the gap where there is none."""
    day = draft.dated
    return f"{day.year}年{day.month}月{day.day}日" if day else GAP


def day_of(typed: str) -> date | None:
    """The day that somebody typed, None for nothing; raises UsageError for what is no day."""
    words = "".join(fold(typed).split())
    if not words:
        return None
    match = _DAY.fullmatch(words)
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass  # 2018-02-30
    raise UsageError(texts.bad_day(typed.strip()[:20]))


def undated(line: str) -> bool:
    """Whether a line stands where the day belongs and tells none: the gap, or 2018年 月 日."""
    words = "".join(fold(line).split())
    return words == fold(GAP) or bool(_BLANK.fullmatch(words))


def open_items(draft: Draft) -> int:
    """How many things are still to be filled in, the day among them."""
    return len(asked(draft)) + (draft.dated is None)
