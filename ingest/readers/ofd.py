"""OFD (GB/T 33190), the fixed layout of Chinese administration: text by its place on the page.

The XML is read directly: placing each character takes fewer lines than adapting a library that
draws pages.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from index.errors import UnreadableFile
from ingest.layout.document import lines_of
from ingest.layout.page import Page, Piece, Rule, is_wide
from ingest.lines import Line

_MOST_BYTES = 200 * 1024 * 1024
"""Of one part, unpacked: a small file can be made that unpacks to a whole disk."""
_MOST_CHARACTERS = 2_000_000
_TURNED = 0.2
"""Shear of a text's matrix above which it stands askew: a watermark."""
_MANY_RULES = 4000
_POINT = re.compile(r"[MSL]\s+(\S+)\s+(\S+)|C")
_A4 = (0.0, 0.0, 210.0, 297.0)

Numbers = tuple[float, ...]


def read(data: bytes) -> list[Line]:
    """The lines of all documents in an OFD file; raises UnreadableFile where it is damaged."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            package = _Package(archive)
            pages = [page for root in package.roots() for page in _pages(package, root)]
    except zipfile.BadZipFile as error:
        raise UnreadableFile("不是有效的 OFD 文件，或已损坏") from error
    except (
        etree.XMLSyntaxError,
        zlib.error,
        EOFError,
        OSError,
        KeyError,
        ValueError,
        NotImplementedError,  # an unknown compression
        RuntimeError,  # zipfile: a part is encrypted
    ) as error:
        raise UnreadableFile("OFD 文件已损坏或有加密，读不出内容") from error
    return lines_of([_numbered(page, number) for number, page in enumerate(pages, 1)])


class _Package:
    """The parts of the file, found by path as lenient as real files need it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {_plain(name): name for name in archive.namelist()}

    def roots(self) -> list[str]:
        main = self.xml("OFD.xml")
        if main is None:
            raise UnreadableFile("不是有效的 OFD 文件（里面没有 OFD.xml）")
        return [_resolved("", root) for root in _texts(main, "DocRoot")]

    def xml(self, path: str) -> etree._Element | None:
        """A part as XML without names of namespaces; None where it is not there."""
        data = self.data(path)
        if data is None:
            return None
        # No entities and no network: the file is a stranger's.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(data, parser)

    def data(self, path: str) -> bytes | None:
        name = self._names.get(_plain(path))
        if name is None:
            return None
        if self._archive.getinfo(name).file_size > _MOST_BYTES:
            raise UnreadableFile("OFD 文件解压后过大，未读取")
        return self._archive.read(name)


def _plain(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/").lstrip("/")).lower()


def _resolved(base: str, path: str) -> str:
    """A path as it is named in the part `base`: from the root where it begins with a slash."""
    path = path.strip()
    return path if path.startswith("/") else posixpath.join(posixpath.dirname(base), path)


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    found: Iterator[etree._Element] = element.iter(f"{{*}}{name}")
    return found


def _texts(element: etree._Element, name: str) -> list[str]:
    return [found.text for found in _all(element, name) if found.text]


def _numbers(text: str | None) -> Numbers:
    return tuple(float(part) for part in (text or "").split())


def _numbered(page: Page, number: int) -> Page:
    return Page(number, page.height, page.pieces, page.rules, page.rough)


def _pages(package: _Package, root: str) -> Iterator[Page]:
    document = package.xml(root)
    if document is None:
        raise UnreadableFile(f"OFD 文件不完整：缺少 {root}")
    templates = {
        found.get("ID"): _resolved(root, found.get("BaseLoc", ""))
        for found in _all(document, "TemplatePage")
    }
    usual = _box(document) or _A4
    pictures = _pictures(package, root, document)
    for found in _all(document, "Page"):
        path = _resolved(root, found.get("BaseLoc", ""))
        page = package.xml(path)
        if page is None:
            raise UnreadableFile(f"OFD 文件不完整：缺少 {path}")
        # What a form prints around its values stands in the template.
        layers = [
            layer
            for used in _all(page, "Template")
            if (layer := package.xml(templates.get(used.get("TemplateID"), ""))) is not None
        ]
        yield _page([*layers, page], _box(page) or usual, package, pictures)


def _page(
    layers: list[etree._Element],
    box: Numbers,
    package: _Package,
    pictures: dict[str, str],
) -> Page:
    pieces = [piece for layer in layers for piece in _letters(layer)]
    if len(pieces) > _MOST_CHARACTERS:
        raise UnreadableFile("OFD 文件一页的文字过多，未读取")
    if not pieces:
        scanned = _scanned(layers, package, pictures)
        if scanned is not None:
            return scanned
    rules = [rule for layer in layers for rule in _rules(layer)]
    return Page(1, box[3], pieces, rules if len(rules) <= _MANY_RULES else [])


def _box(element: etree._Element) -> Numbers | None:
    for text in _texts(element, "PhysicalBox"):
        box = _numbers(text)
        if len(box) == 4 and box[3] > 0:
            return box
    return None


def _letters(layer: etree._Element) -> Iterator[Piece]:
    for thing in _all(layer, "TextObject"):
        box = _numbers(thing.get("Boundary"))
        left, top = (*box, 0.0, 0.0)[:2]
        a, b, c, d, e, f = _matrix(thing)
        if max(abs(b), abs(c)) > _TURNED * max(abs(a), abs(d)):
            continue
        if len(box) == 4 and not box[3] and next(_all(thing, "Clip"), None) is not None:
            continue  # clipped to nothing: hidden on purpose
        size = float(thing.get("Size") or 0)
        height, width = size * abs(d), size * abs(a) * float(thing.get("HScale") or 1)
        if not height or not width:
            continue
        for code in _all(thing, "TextCode"):
            for char, x, y, spaced in _placed(code, size):
                at = left + a * x + c * y + e
                base = top + b * x + d * y + f
                wide = width if is_wide(char) else 0.5 * width
                yield Piece(
                    char, at, base - 0.88 * height, at + wide, base + 0.12 * height, spaced=spaced
                )


def _placed(code: etree._Element, size: float) -> Iterator[tuple[str, float, float, bool]]:
    """The characters of a TextCode with the places of their base points."""
    # A line break inside is the file's, not the text's: places come from the deltas.
    text = code.text or ""
    x, y = float(code.get("X") or 0), float(code.get("Y") or 0)
    across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
    for at, char in enumerate(text):
        if not char.isspace():
            yield char, x, y, text[at - 1 : at].isspace()
        natural = size * (1.0 if is_wide(char) else 0.5)
        given = across[at] if at < len(across) else None
        x += given if given is not None else 0.0 if down else natural
        y += down[at] if at < len(down) else 0.0


def _deltas(text: str | None) -> list[float]:
    """The standard's short form: g 3 2.5 is 2.5 three times."""
    deltas: list[float] = []
    parts = iter((text or "").split())
    for part in parts:
        if part == "g":
            times, value = int(next(parts, "0")), float(next(parts, "0"))
            deltas += [value] * min(times, _MOST_CHARACTERS)
        else:
            deltas.append(float(part))
    return deltas


def _matrix(thing: etree._Element) -> Numbers:
    matrix = _numbers(thing.get("CTM"))
    return matrix if len(matrix) == 6 else (1, 0, 0, 1, 0, 0)


def _rules(layer: etree._Element) -> Iterator[Rule]:
    for thing in _all(layer, "PathObject"):
        left, top = (*_numbers(thing.get("Boundary")), 0.0, 0.0)[:2]
        a, b, c, d, e, f = _matrix(thing)
        begin = last = None
        for match in _POINT.finditer(" ".join(_texts(thing, "AbbreviatedData"))):
            if match[1] is None:
                here = begin
            else:
                x, y = float(match[1]), float(match[2])
                here = left + a * x + c * y + e, top + b * x + d * y + f
                if match[0][0] in "MS":
                    begin, last = here, None
            if last is not None and here is not None:
                (x0, y0), (x1, y1) = last, here
                if min(abs(x0 - x1), abs(y0 - y1)) < 0.4:
                    yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            last = here


def _pictures(package: _Package, root: str, document: etree._Element) -> dict[str, str]:
    """The picture files of the document's resources by their number."""
    found: dict[str, str] = {}
    for name in ("PublicRes", "DocumentRes"):
        for text in _texts(document, name):
            path = _resolved(root, text)
            resources = package.xml(path)
            if resources is None:
                continue
            folder = posixpath.join(posixpath.dirname(path), resources.get("BaseLoc", ""), "x")
            for media in _all(resources, "MultiMedia"):
                for file in _texts(media, "MediaFile"):
                    found[media.get("ID", "")] = _resolved(folder, file)
    return found


def _scanned(
    layers: list[etree._Element], package: _Package, pictures: dict[str, str]
) -> Page | None:
    """A page without text whose largest picture may be a scan of one."""
    from ingest.readers.scan import pictures as pictures_in
    from ingest.readers.scan import recognised

    sizes: list[tuple[float, str]] = []
    for layer in layers:
        for thing in _all(layer, "ImageObject"):
            box = _numbers(thing.get("Boundary"))
            path = pictures.get(thing.get("ResourceID", ""))
            if len(box) == 4 and path:
                sizes.append((box[2] * box[3], path))
    data = package.data(max(sizes)[1]) if sizes else None
    if data is None:
        return None
    try:
        return recognised(next(pictures_in(data)), 1)
    except UnreadableFile:
        return None  # a format of its own, JBIG2 say; the page then has no text
