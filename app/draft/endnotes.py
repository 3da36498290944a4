"""The sources of sentences as endnotes of a Word file, which python-docx has no words for."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsmap, qn
from lxml import etree

from app.draft import layout as gb

_URI = PackURI("/word/endnotes.xml")
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))
_LINE = 16 * 20
"""Line spacing in twentieths of a point."""


class Endnotes:
    """Collects the notes of a document; `close` puts them into it."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._root = etree.Element(qn("w:endnotes"), nsmap={"w": nsmap["w"]})
        for number, kind in _SEPARATORS:
            note = self._note(number)
            note.set(qn("w:type"), kind)
            run = _child(_child(note, "w:p"), "w:r")
            _child(run, f"w:{kind}")
        self._count = 0

    def add(self, paragraph: Any, text: str) -> None:
        """A raised number at the end of the paragraph so far, and its note at the document's."""
        self._count += 1
        reference = paragraph.add_run()
        reference.font.superscript = True
        _child(reference._r, "w:endnoteReference", "w:id", str(self._count))
        body = _child(self._note(self._count), "w:p")
        shape = _child(body, "w:pPr")
        spacing = _child(shape, "w:spacing", "w:line", str(_LINE))
        spacing.set(qn("w:lineRule"), "exact")
        _child(shape, "w:jc", "w:val", "left")
        _child(_run(body), "w:endnoteRef")
        words = _child(_run(body), "w:t")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = f" {text}"

    def close(self) -> None:
        """Put the notes into the document; nothing where there are none."""
        if not self._count:
            return
        part = self._document.part
        blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        notes = Part(_URI, CONTENT_TYPE.WML_ENDNOTES, blob, part.package)
        part.relate_to(notes, RELATIONSHIP_TYPE.ENDNOTES)
        # 1, 2, 3; without it Word counts i, ii, iii.
        ours = self._document.sections[0]._sectPr
        form = etree.Element(qn("w:endnotePr"))
        _child(form, "w:numFmt", "w:val", "decimal")
        ours.find(qn("w:pgSz")).addprevious(form)
        settings = self._document.settings.element
        listed = etree.Element(qn("w:endnotePr"))
        for number, _ in _SEPARATORS:
            _child(listed, "w:endnote", "w:id", str(number))
        settings.find(qn("w:compat")).addprevious(listed)

    def _note(self, number: int) -> Any:
        return _child(self._root, "w:endnote", "w:id", str(number))


def _run(paragraph: Any) -> Any:
    run = _child(paragraph, "w:r")
    looks = _child(run, "w:rPr")
    fonts = _child(looks, "w:rFonts")
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), gb.BODY.name)
    for tag in ("w:sz", "w:szCs"):
        _child(looks, tag, "w:val", str(int(2 * gb.WUHAO)))
    return run


def _child(parent: Any, tag: str, name: str = "", value: str = "") -> Any:
    child = etree.SubElement(parent, qn(tag))
    if name:
        child.set(qn(name), value)
    return child
