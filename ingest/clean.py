"""Take out what is not the report: page marks, counters, breadcrumbs, download teasers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.chinese.fold import fold
from index.positions import Mark
from ingest.lines import Line

_DAY = r"\d{4}\s?[-/年.]\s?\d{1,2}\s?[-/月.]\s?\d{1,2}日?"
# Each is a whole line. None may match a sentence of a report, 全民阅读活动12次 or
# 发布2018年工作要点, so labels are held to what scrapers leave: a date, a colon, a ›.
_NOISE = re.compile(
    r"\d{1,3}\s*/\s*\d{1,3}"  # 1/6
    r"|[-—－]*\s*第?\s*\d{1,3}\s*页?\s*(?:[,，/]?\s*共\s*\d{1,3}\s*页)?\s*[-—－]+"  # — 3 —
    r"|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?"
    rf"|(?:更新|发布|发表)(?:时间|日期|于)?\s*[:：]?\s*{_DAY}[^。；，,]{{0,60}}"
    rf"|(?:(?:来源|作者|编辑|录入|发布|更新|时间|日期|字体|字号|{_DAY}).{{0,40}})?"
    r"(?:阅读|阅览|浏览|点击|人气)(?:量|次数|数)?\s*[:：]?\s*\d+\s*次?(?:\s.{0,10})?"
    r"|[^。；，,]{0,20}(?:位置|首页)\s*[:：]?[^。；，,]{0,20}[>»›].{0,60}"
    r"|将本文的?\s*(?:Word|word)?\s*(?:文档|版)?.{0,6}下载.{0,20}|推荐度\s*[:：]?.{0,10}"
    r"|(?:上|下)一篇\s*[:：].{0,60}|相关(?:文章|推荐|阅读)\s*[:：]?"
    r"|(?:点击|免费)?下载(?:本文|文档|word版?|docx?)?"
    r"|[^。；，,]{0,20}(?:打印|关闭)(?:本页|窗口|此页).{0,10}"
    r"|\d{4}-\d{2}-\d{2}\s+\d{2}:\d{2}(?::\d{2})?"
    rf"|(?:来源|作者|编辑|录入)\s*[:：].{{0,40}}(?:更新|发布|发表|上传)(?:时间|日期)?\s*[:：]?\s*{_DAY}.{{0,20}}"
    r"|(?:查看|阅读|点击)更多.{0,40}"
    r"|[\u4e00-\u9fff]{0,6}(?:范文|公文|文秘|作文)[\u4e00-\u9fff]{0,2}(?:网|站|库|大全|驿站|中心)",
    re.IGNORECASE,
)
# The dates of a listing page stand above the text; below it a bare date signs the report.
_LISTED_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INLINE_PAGE = re.compile(r"(?<=[,，、。；;])\s*\d{1,2}/\d{1,2}\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INVISIBLE: dict[int, str | None] = dict.fromkeys(
    [0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0xAD, *range(0x20), *range(0x7F, 0xA0)]
)
_INVISIBLE |= dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0xA0, 0x2028, 0x2029), " ")
_CONTINUES = re.compile(r"^[,，。、;；)）”%]")
_BROKEN_NUMBER = (re.compile(r"\d[.．]$"), re.compile(r"^\d"))
# 贷款余额10 + 4万元: a number cut between its digits, told by the unit behind the rest.
_CUT_DIGITS = (
    re.compile(r"[\u4e00-\u9fff]\d+$"),
    re.compile(r"^\d+(?:\.\d+)?(?:[万亿]?[元户人亩吨斤]|[万亿]|公里|平方|%|％)"),
)
_NUMBERED = re.compile(r"[一二三四五六七八九十\d]{1,3}\s?[、.．]|[(（]")
_HEAD_LINES = 12


def clean(lines: Sequence[Line]) -> list[Line]:
    """The report's own lines: noise out, broken lines joined, repeated titles once."""
    kept: list[Line] = []
    for line in _without_comments(lines):
        text = _tidy(line.text)
        if not text or _NOISE.fullmatch(text) or _NOISE.fullmatch(fold(text)):
            continue
        if _LISTED_DATE.fullmatch(text) and not any(len(k.text) > 30 for k in kept):
            continue
        text = _INLINE_PAGE.sub("", text)
        tidy = replace(line, text=text, later=_later(line, len(text)))
        if kept and not line.row and _joins(kept[-1], tidy):
            kept[-1] = kept[-1].followed_by(tidy)
        elif line.row or not _repeats_title(kept, tidy.text):
            kept.append(tidy)
    return kept


def _tidy(text: str) -> str:
    return " ".join(text.translate(_INVISIBLE).split())


def _later(line: Line, end: int) -> tuple[Mark, ...]:
    """The marks inside a line, moved to where its characters are once it is tidy."""
    return tuple(Mark(min(len(_tidy(line.text[: m.start])), end), m.position) for m in line.later)


def _without_comments(lines: Sequence[Line]) -> Sequence[Line]:
    """HTML comments (picture captions that a converter left) may run over several lines."""
    if not any("<!--" in line.text for line in lines):
        return lines
    kept: list[Line] = []
    inside = False
    for line in lines:
        text = _COMMENT.sub("", line.text)
        if inside:
            _, closed, text = text.partition("-->")
            inside = not closed
        if not inside and "<!--" in text:
            text, _, _ = text.partition("<!--")
            inside = True
        kept.append(replace(line, text=text))
    return lines if inside else kept


def _joins(previous: Line, line: Line) -> bool:
    text = line.text
    if previous.row or previous.level is not None or line.level is not None:
        return False
    before, after = _BROKEN_NUMBER
    if before.search(previous.text):
        # 共计3. + 6万元 is one number; «1.» alone on a line is a list marker.
        return bool(after.match(text)) and len(previous.text) > 3
    if _CONTINUES.match(text):
        return True
    digits, rest = _CUT_DIGITS
    if digits.search(previous.text) and rest.match(text):
        return True
    # 各位代表： and 组长:某某 end with a colon and yet stand on their own lines.
    return previous.text[-1] in ",，、" and len(previous.text) > 8


def _repeats_title(kept: Sequence[Line], text: str) -> bool:
    # Shorter lines repeat in lists and pasted tables: 5户, 已完成; headings in the next report.
    if _NUMBERED.match(text):
        return False
    return len(kept) < _HEAD_LINES and 6 <= len(text) < 60 and any(k.text == text for k in kept)
