"""What a file is by its content: a .doc is often a web page, a .docx, RTF or plain text."""

from __future__ import annotations

import codecs
import re
import zipfile
from io import BytesIO

from index.errors import UnreadableFile
from ingest.readers.text import decode

XML_WORKBOOK = ".xls(XML)"
"""No suffix of any file: a kind that only its content tells."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HEAD = 4096

# A stream's name in the directory of an OLE file -> the suffixes that mean this kind.
_OLE_KINDS = (
    ("WordDocument", (".doc", ".wps", ".dot", ".wpt")),
    ("Workbook", (".xls", ".et", ".xlt")),
    ("Book", (".xls", ".et", ".xlt")),
    ("PowerPoint Document", (".ppt", ".dps", ".pps")),
)
_ENCRYPTED = "EncryptedPackage"
# A part's name in a zip -> the suffixes that mean this kind.
_ZIP_KINDS = (
    ("word/document.xml", (".docx", ".docm", ".dotx", ".dotm")),
    ("xl/workbook.xml", (".xlsx", ".xlsm", ".xltx")),
    ("xl/workbook.bin", (".xlsb",)),
    ("ppt/presentation.xml", (".pptx", ".pptm", ".ppsx")),
    ("OFD.xml", (".ofd",)),
)
_ODF = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
}
_ZIPPED = {".odt", ".ods", ".odp", *(suffix for _, all_ in _ZIP_KINDS for suffix in all_)}
_BINARY = {*_ZIPPED, *(suffix for _, all_ in _OLE_KINDS for suffix in all_), ".rtf", ".pdf"}
_TEXTS = {".txt", ".md", ".csv", ".tsv"}
_SHEETS = {".xls", ".et", ".xlsx"}
_IMAGES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), (".png",)),
    (re.compile(rb"\xff\xd8\xff"), (".jpg", ".jpeg")),
    (re.compile(rb"II\*\0|MM\0\*"), (".tif", ".tiff")),
    (re.compile(rb"GIF8[79]a"), (".gif",)),
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), (".bmp",)),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), (".webp",)),
)
_PAGE = re.compile(r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_PART_OF_PAGE = re.compile(r"\s*<(?:head|meta|body|style|table|div|p)\b[^>]*>", re.I)
_SPREADSHEET_XML = "urn:schemas-microsoft-com:office:spreadsheet"
_MIME = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*)*?mime-version:\s*1", re.I)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENOUGH = 10
"""Chinese characters from which what should be binary counts as text."""


def kind_of(data: bytes, suffix: str) -> str:
    """The suffix of what the file truly is, `suffix` itself where its content does not object.

    Raises UnreadableFile for an Office file that is locked with a password.
    """
    if data.startswith(_OLE):
        return _ole_kind(data, suffix)
    if data.startswith(_ZIP):
        return _zip_kind(data, suffix)
    head = data[:1024].lstrip()
    # Other programs write before it; a text may speak of it.
    if head.startswith(b"%PDF-") or (b"%PDF-" in head and suffix not in _TEXTS):
        return ".pdf"
    if head.startswith(rb"{\rtf"):
        return ".rtf"
    for image, names in _IMAGES:
        if image.match(data) and suffix not in _TEXTS:
            return _same(names, suffix)
    return _text_kind(data, suffix)


def _same(names: tuple[str, ...], suffix: str) -> str:
    return suffix if suffix in names else names[0]


def _ole_kind(data: bytes, suffix: str) -> str:
    if _ENCRYPTED.encode("utf-16-le") in data:
        raise UnreadableFile("文件有密码，无法读取；请用 Office 或 WPS 去掉密码、另存后重试")
    # The names are searched for, not looked up: damaged files have no directory to follow. A
    # workbook may hold a document and the other way round, so the suffix decides first.
    found = [names for name, names in _OLE_KINDS if f"{name}\0".encode("utf-16-le") in data]
    if not found or any(suffix in names for names in found):
        return suffix
    return found[0][0]


def _zip_kind(data: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            present = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        # Cut off or damaged; the names also stand before each part.
        present = {name for name, _ in _ZIP_KINDS if name.encode() in data}
    for name, names in _ZIP_KINDS:
        if name in present:
            return _same(names, suffix)
    for mimetype, odf in _ODF.items():
        # The format has its type stand uncompressed at the very beginning.
        if mimetype in data[:200]:
            return odf
    return suffix if suffix in _ZIPPED else ".zip"


def _text_kind(data: bytes, suffix: str) -> str:
    head = _head(data)
    if _PAGE.match(head):
        return _same((".html", ".htm", ".xhtml"), suffix)
    if suffix in _BINARY:
        if _SPREADSHEET_XML in head:
            return XML_WORKBOOK
        if _PART_OF_PAGE.match(head):
            return ".html"
    if _MIME.match(head) and "content-type" in head.lower():
        return _same((".mht", ".mhtml"), suffix)
    if suffix in _BINARY and _is_text(data):
        return ".csv" if suffix in _SHEETS else ".txt"
    return suffix


def _head(data: bytes) -> str:
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(bom):
            return data[len(bom) : _HEAD].decode(encoding, "replace").lstrip("\ufeff")
    return data[:_HEAD].decode("latin-1")


def _is_text(data: bytes) -> bool:
    """Whether this is Chinese text, and not what is left of a binary file."""
    try:
        text = decode(data)
    except UnreadableFile:
        return False
    return len(_CHINESE.findall(text[:_HEAD])) >= _ENOUGH and "\0" not in text
