"""What each line is to a file's outline: a heading, a title, a signature, a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.chinese.fold import fold
from index.chinese.genres import GENRES
from index.chinese.numbers import chinese_integer
from ingest.lines import Line

_HAN = "一二三四五六七八九十"
_PART = re.compile(rf"第([{_HAN}]{{1,3}})(?:部分|章)")
_TOP = re.compile(rf"([{_HAN}]{{1,3}})\s?(?:、|[.．](?!\d))")
_SUB = re.compile(rf"[((]\s?([{_HAN}]{{1,3}})\s?[))]")
_ORDINAL = re.compile(rf"(首先|其次|再次|最后|第[{_HAN}])(?=[,:、])")
_ORDINALS = {"首先": 1, "其次": 2, "再次": 3, "最后": 9}
_ARABIC = re.compile(r"(\d{1,2})\s?(?:、|[.．](?!\d))")
_MARKED = re.compile(
    rf"{_PART.pattern}|{_TOP.pattern}|{_SUB.pattern}|{_ORDINAL.pattern}|{_ARABIC.pattern}"
    rf"|[{_HAN}]{{1,2}}[是要]|[((]\d{{1,2}}[))]|[①-⑳⑴-⒇●◆■—\-]"
)

_GENRE_END = re.compile(
    rf"(?:{'|'.join(GENRES)}|材料|发言稿?|讲话稿?|意见|情况)"
    rf"\s?(?:[((][^()()]{{1,30}}[))]|[\d{_HAN}]{{0,3}})$"
)
NUMBERED_PIECE = re.compile(
    rf"[【\[]?(?:第\s?[\d{_HAN}]{{1,3}}\s?篇|篇\s?[\d{_HAN}]{{1,3}}|范文\s?[\d{_HAN}]{{1,3}})"
    r"[】\]]?(?:\s?[::].{0,50})?|.{4,50}\s?[【\[(]?篇\s?[\d一二三四五六七八九十]{1,3}[】\])]?"
)
_DIGITS = r"(?:[\dx×*_○某]{2,4}|[二〇零○一三四五六七八九]{4})"
YEAR = rf"{_DIGITS}\s?(?:年?[—\-~至]{_DIGITS})?年"
DAY_LINE = re.compile(
    rf"\D{{0,24}}?(?:{YEAR}|[\dx×*]{{4}}[./\-])\s?[\dx×*{_HAN}]{{1,3}}\s?(?:[月./\-]\s?"
    rf"[\dx×*{_HAN}]{{0,3}}\s?日?)\s*[)）]?"
)
UNIT_LINE = re.compile(
    r"[^,。;:、]{2,30}(?:局|委|委员会|办公室|办|队|政府|支部|总支|党委|党组|中心|学校|学区|小学|中学|"
    r"幼儿园|社区|村|公司|医院|院|所|站|会|联社|组|县|镇|乡)"
)
BELONGS = re.compile(r"附[件表录注:]|抄[送报]|联系[人电]|名词解释|注释|注:|主题词|报送|印发")
_TITLE_MAX = 60
BODY = 40
"""Characters from which an unnumbered line is a paragraph, not a title or a signature."""


@dataclass(frozen=True)
class Sign:
    """What a line is to the outline: the number it carries, or the part it may begin or close."""

    text: str
    marked: bool
    top: int | None = None
    part: int | None = None
    sub: int | None = None
    ordinal: int | None = None
    arabic: int | None = None
    title: bool = False

    @property
    def paragraph(self) -> bool:
        return not self.marked and not self.title and len(self.text) >= BODY

    @property
    def signs(self) -> bool:
        """Whether the line is a closing date or the name of who signs."""
        return not self.marked and bool(
            DAY_LINE.fullmatch(self.text) or UNIT_LINE.fullmatch(self.text)
        )


def sign_of(line: Line) -> Sign:
    text = fold(line.text).strip()
    if line.row:
        return Sign(text, marked=True)
    found = {
        name: _number(match[1])
        for name, pattern in (
            ("part", _PART), ("top", _TOP), ("sub", _SUB), ("ordinal", _ORDINAL),
            ("arabic", _ARABIC),
        )
        if (match := pattern.match(text))
    }  # fmt: skip
    marked = bool(_MARKED.match(text))
    title = not marked and (line.level in (None, 1)) and _is_title(text)
    return Sign(text, marked, title=title, **found)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _ORDINALS.get(text) or chinese_integer(text.removeprefix("第"))


def _is_title(text: str) -> bool:
    if not 4 <= len(text) <= _TITLE_MAX or re.search(r"[。;!?]|[,:]$", text):
        return False
    if BELONGS.match(text):
        return False
    return bool(NUMBERED_PIECE.fullmatch(text) or _GENRE_END.search(text))
