"""Web pages, and what offices save as such: the text without menus, its headings, its tables."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.errors import UnreadableFile
from ingest.lines import Line
from ingest.readers.tables import MAX_CELLS, row_lines
from ingest.readers.text import decode

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What browsers read where a page names the older standard.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}

_NO_TEXT = "script style noscript template svg math iframe object head select textarea button del"
_AROUND = frozenset("nav footer aside dialog".split())
_LAYOUT = frozenset("table h1 h2 h3 h4 h5 h6".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_LISTS = frozenset("ul ol div dl table section p".split())
# nav, top-menu, footer-links, share_box; whole words of a name, since 导航 is also a topic.
_AROUND_NAME = re.compile(
    r"(?:top|main|site|page|left|right|side|head|bottom|foot)?[-_]?"
    r"(?:nav(?:bar|igation)?|menu|bread-?crumbs?|crumbs?|footer|side-?bar|copyright|share|toolbar|"
    r"paginat(?:ion|or)|pager)s?(?:[-_].*)?",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_SITE = re.compile(r"\s*[_|]\s*|\s+[-–—]+\s+")
_OFFICE = re.compile(r"word|excel|wps|office", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MAX_SPAN = 200
_ARTICLE = 8
"""Sentences from which a cell holds the page's text, not a value."""


def read(data: bytes) -> list[Line]:
    """Read a page of HTML; raises UnreadableFile where its encoding cannot be told."""
    return lines_of(decode_page(data))


def decode_page(data: bytes, named: str | None = None) -> str:
    """The page's text: by its mark, as UTF-8 where it is that, by the charset it names."""
    if not data.startswith(_BOMS):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        meta = _META.search(data[:4096])
        for charset in (named, meta and meta[1].decode("ascii", "replace")):
            if text := _decoded(data, charset):
                return text
    return decode(data)


def _decoded(data: bytes, charset: str | None) -> str | None:
    name = (charset or "").lower()
    try:
        text = data.decode(_WIDER.get(name, name or "ascii"), "replace")
    except (LookupError, ValueError):
        return None  # no such charset: 「charset=中文」 is found in the wild
    return text if text.count("\ufffd") <= 4 + len(text) // 1000 else None


def lines_of(page: str) -> list[Line]:
    """The lines of a page; where leaving out menus leaves nothing, of all of it."""
    # A tag of no length ends the text for the parser.
    tree = LexborHTMLParser(page.replace("\0", ""))
    body = tree.body
    if body is None:
        return []
    title = _title(tree)
    _remove(body, _NO_TEXT.split())
    sizes = _sizes(body)
    lines = list(_Walk(body, _around(body, sizes), sizes).lines())
    lines = lines or list(_Walk(body, set(), sizes).lines())
    if title and not any(title in line.text for line in lines):
        return [Line(title, level=1), *lines]
    return lines


def _title(tree: LexborHTMLParser) -> str | None:
    """The page's title without the site's name; Office keeps an old title in its templates."""
    for meta in tree.css("meta[name]"):
        if (meta.attributes.get("name") or "").lower() in (
            "generator",
            "progid",
        ) and _OFFICE.search(meta.attributes.get("content") or ""):
            return None
    node = tree.css_first("title")
    title = _SPACE.sub(" ", _SITE.split((node.text() if node else "").strip())[0]).strip()
    return title if len(title) >= 6 else None


def _remove(body: LexborNode, tags: list[str]) -> None:
    for node in body.css(",".join(tags)):
        node.decompose()


@dataclass
class _Size:
    """What lies below an element: counted once for all, since pages nest deep."""

    chars: int = 0
    linked: int = 0
    """Characters inside links."""
    links: int = 0
    sentences: int = 0
    layout: int = 0
    """Tables and headings, which no table of data holds."""

    def add(self, other: _Size, link: bool) -> None:
        self.chars += other.chars
        self.linked += other.chars if link else other.linked
        self.links += other.links
        self.sentences += other.sentences
        self.layout += other.layout


def _sizes(body: LexborNode) -> dict[int, _Size]:
    sizes: dict[int, _Size] = {}
    stack: list[tuple[LexborNode, bool]] = [(body, False)]
    while stack:
        node, leaving = stack.pop()
        if not leaving:
            stack.append((node, True))
            stack.extend((child, False) for child in _children(node))
            continue
        size = _Size()
        if node.tag == "-text":
            text = "".join((node.text(deep=False) or "").split())
            size.chars, size.sentences = len(text), text.count("。")
        for child in _children(node):
            its = sizes[child.mem_id]
            size.add(its, child.tag == "a" and "href" in child.attributes)
            size.links += child.tag == "a" and "href" in child.attributes
            size.layout += child.tag in _LAYOUT
        sizes[node.mem_id] = size
    return sizes


def _around(body: LexborNode, sizes: dict[int, _Size]) -> set[int]:
    """The elements around the text: menus, footers, lists of links; never half of the page."""
    whole = sizes[body.mem_id].chars
    left_out: set[int] = set()
    for node in body.traverse():
        tag, attributes = node.tag or "", node.attributes
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()
        if attributes.get("role") in ("navigation", "contentinfo", "banner", "menu", "search"):
            named.append("nav")
        suspect = tag in _AROUND or any(_AROUND_NAME.fullmatch(name) for name in named)
        if tag == "header":
            suspect = node.css_first("h1") is None and not _inside_article(node)
        size = sizes[node.mem_id]
        if suspect or (tag in _LISTS and _is_links(size)):
            if size.chars * 2 < whole:
                left_out.add(node.mem_id)
        elif "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
            left_out.add(node.mem_id)
    return left_out


def _inside_article(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("article", "main"):
            return True
        parent = parent.parent
    return False


def _is_links(size: _Size) -> bool:
    return size.links >= 3 and size.linked >= 0.8 * size.chars and not size.sentences


class _Walk:
    """Goes through the elements below one of them in order, with its own stack: pages nest deep."""

    def __init__(self, root: LexborNode, left_out: set[int], sizes: dict[int, _Size]) -> None:
        self._root = root
        self._left_out = left_out
        self._sizes = sizes
        self._parts: list[str] = []
        self._level: int | None = None
        self._counters: list[int | None] = []
        self._marker = ""

    def lines(self) -> Iterator[Line]:
        stack: list[tuple[LexborNode, bool]] = [(self._root, False)]
        while stack:
            node, leaving = stack.pop()
            tag = node.tag or ""
            if leaving:
                yield from self._flush()
                self._leave(tag)
                continue
            if tag == "-text":
                self._parts.append(_text(node))
                continue
            if tag.startswith(("-", "_", "!")) or node.mem_id in self._left_out:
                continue
            if tag == "br":
                yield from self._flush()
                continue
            if tag == "table" and (rows := self._data_rows(node)):
                yield from self._flush()
                yield from row_lines(rows)
                continue
            if tag in _BLOCKS:
                yield from self._flush()
                self._enter(node, tag)
                stack.append((node, True))
            stack.extend((child, False) for child in reversed(_children(node)))
        yield from self._flush()

    def _enter(self, node: LexborNode, tag: str) -> None:
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._level = int(tag[1])
        elif tag in ("ul", "ol"):
            start = (node.attributes.get("start") or "1").strip()
            first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
            self._counters.append(first if tag == "ol" else None)
        elif tag == "li" and self._counters and (count := self._counters[-1]) is not None:
            self._marker = f"{count}."
            self._counters[-1] = count + 1

    def _leave(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._counters:
            self._counters.pop()
        elif tag == "li":
            self._marker = ""
        elif len(tag) == 2 and tag[0] == "h":
            self._level = None

    def _flush(self) -> Iterator[Line]:
        text = _SPACE.sub(" ", "".join(self._parts)).strip()
        self._parts = []
        for part in filter(None, (line.strip() for line in text.split(_BREAK))):
            marker, self._marker = self._marker, ""
            # 「1.」 and 「2018年」 together would be a number.
            gap = " " if marker and part[0].isdigit() else ""
            yield Line(marker + gap + part, self._level)

    def _data_rows(self, table: LexborNode) -> list[list[str | None]] | None:
        """The table's grid, or None where it only lays out the page."""
        if self._sizes[table.mem_id].layout:
            return None
        rows: list[list[str | None]] = []
        below: dict[int, tuple[int, str | None]] = {}
        filled = 0
        for source in table.css("tr"):
            cells = [child for child in source.iter() if child.tag in ("td", "th")]
            if any(self._sizes[cell.mem_id].sentences > _ARTICLE for cell in cells):
                return None
            rows.append(self._row(cells, below))
            filled += len(rows[-1])
            if filled > 10 * MAX_CELLS:
                raise UnreadableFile("网页里的表格过大")
        return rows if max((len(row) for row in rows), default=0) > 1 else None

    def _row(
        self, cells: list[LexborNode], below: dict[int, tuple[int, str | None]]
    ) -> list[str | None]:
        """One row of the grid; `below` holds the cells that reach down into the next rows."""
        row: list[str | None] = []
        waiting = list(reversed(cells))
        while waiting or below.get(len(row), (0, None))[0] > 0:
            column = len(row)
            left, text = below.get(column, (0, None))
            if left > 0:
                below[column] = left - 1, text
                row.append(text)
                continue
            cell = waiting.pop()
            said = " ".join(line.text for line in _Walk(cell, self._left_out, self._sizes).lines())
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for n in range(width):
                row.append(None if n else said)
                if height > 1:
                    below[column + n] = height - 1, None if n else said
        return row


_BREAK = "\u2028"


def _text(node: LexborNode) -> str:
    text = node.text(deep=False) or ""
    parent = node.parent
    return text.replace("\n", _BREAK) if parent is not None and parent.tag == "pre" else text


def _children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return max(min(int(value), _MAX_SPAN), 1) if re.fullmatch(r"\d{1,6}", value) else 1
