"""The headings of a draft: the place's own last ones, an office's file, or built-in ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from app.draft import texts
from app.draft.material import NUMBERING, PLANS, Said
from index.chinese.fold import fold
from index.errors import UsageError
from index.records import Period

BUILT_IN = ("half-year", "year-end", "产业", "危房", "教育", "健康", "易地搬迁")
_LONGEST = 24
_HAN = "一二三四五六七八九十"
# 产业抗住了旱 says how it went, then; 新建大棚12座 too.
_RESULT = re.compile(r"[了过]|\d|[增减]|再上|圆满|成功|取得|成就|成效显著|迈上|实现|突破")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_ONLY = re.compile(r"#\s*只写[:：]\s*(.*)")
_AHEAD = re.compile(r"(?:\d{4}年)?(?:下半年|上半年|明年|来年)|\d{4}年")


@dataclass(frozen=True)
class Head:
    """A heading without its number; `was` is the path of headings that it comes from."""

    title: str
    level: int
    was: tuple[str, ...] = ()
    ahead: bool = False
    """Whether plans stand below it though its words do not say so: 三、2019年工作."""
    only: tuple[str, ...] = ()
    """What an outline of one subject keeps to: of earlier reports what has one of these words."""


def own_outline(said: Sequence[Said], period: Period) -> tuple[Head, ...]:
    """The headings of a report, periods brought forward; empty where they tell of results."""
    heads: list[Head] = []
    seen: set[tuple[str, ...]] = set()
    for one in said:
        for depth in range(1, len(one.heading) + 1):
            path = one.heading[:depth]
            if path in seen or depth > 2:
                continue
            seen.add(path)
            title = NUMBERING.sub("", path[-1]).strip().rstrip("。:：")
            if title == path[-1].strip() or len(title) > _LONGEST:
                continue  # without 一、 or (一): a list in the text
            heads.append(
                Head(_forward(title, one.report.period, period, one.ahead), depth, path, one.ahead)
            )
    tops = [head for head in heads if head.level == 1]
    if len(tops) < 2 or any(_results(head) for head in tops):
        return ()
    return tuple(head for head in heads if not _results(head))


def _results(head: Head) -> bool:
    return bool(_RESULT.search(_YEAR.sub("", fold(head.title))))


def _forward(title: str, before: Period | None, period: Period, ahead: bool = False) -> str:
    """四、下半年工作打算, 2022年上半年工作情况, 2018年工作回顾 as headings of the next report."""
    years = period.start.year - before.start.year if before else 0
    yearly = before is not None and before == Period.year(before.start.year)
    if yearly and period == Period.year(period.start.year):
        return _YEAR.sub(lambda match: str(int(match[0]) + years), title)
    # 2023年目标 of a report of 2022 is what lay ahead of it, no year of this draft.
    later = before is not None and any(int(year) > before.end.year for year in _YEAR.findall(title))
    if ahead or later or PLANS.search(fold(title)):
        bare = _AHEAD.sub("下一步", title, count=1)
        return bare.replace("下一步下一步", "下一步").replace("下一步下步", "下一步")
    if re.search(r"今年|[上下]半年", title):
        return re.sub(r"(?:\d{4}年|今年)?[上下]半年|今年", period.chinese, title, count=1)
    return re.sub(r"\d{4}年", f"{period.start.year}年", title)


def named_outline(name: str, folder: Path | None = None) -> tuple[Head, ...]:
    """An outline by its name, from `folder` or built in, or from a file; raises UsageError.

    A file has one heading a line; one that begins with (一) or a space stands below the one above.
    A line 「# 只写:词 词」 keeps it to sentences of earlier reports that have one of these words.
    """
    own = outlines_in(folder)
    if name in BUILT_IN and name not in own:
        text = (files("app.draft") / "outlines" / f"{name}.txt").read_text(encoding="utf-8")
    else:
        path = folder / f"{name}.txt" if folder is not None and name in own else Path(name)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(texts.no_outline(name, (*own, *BUILT_IN))) from error
    return outline_of(text, name)


def outlines_in(folder: Path | None) -> tuple[str, ...]:
    """The names of an office's own outlines: its .txt files."""
    if folder is None or not folder.is_dir():
        return ()
    return tuple(sorted(one.stem for one in folder.glob("*.txt")))


def outline_of(text: str, name: str = texts.OWN_OUTLINE) -> tuple[Head, ...]:
    """The headings of an outline's lines; raises UsageError for one without any."""
    heads = []
    only: tuple[str, ...] = ()
    for line in text.splitlines():
        if match := _ONLY.match(line):
            only = tuple(match[1].split())
        if not line.strip() or line.startswith("#"):
            continue
        below = line[0].isspace() or bool(re.match(r"[(（]", line))
        heads.append(Head(NUMBERING.sub("", line).strip(), 2 if below else 1, only=only))
    if not heads:
        raise UsageError(texts.empty_outline(name))
    return tuple(heads)


def numbered(heads: Sequence[Head]) -> list[str]:
    """The headings as printed, numbered anew: 一、 and, below it, (一)."""
    result: list[str] = []
    top = sub = 0
    for head in heads:
        if head.level == 1:
            top, sub = top + 1, 0
            result.append(f"{_han(top)}、{head.title}")
        else:
            sub += 1
            result.append(f"({_han(sub)}){head.title}")
    return result


def _han(n: int) -> str:
    if n <= 10:
        return _HAN[n - 1]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else _HAN[tens - 1]) + "十" + (_HAN[ones - 1] if ones else "")
