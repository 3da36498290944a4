"""A file is read by what it is, whatever its name says."""

from __future__ import annotations

import codecs
import io
import zipfile

import pytest

from index.errors import UnreadableFile
from ingest.readers import read
from ingest.readers.kinds import kind_of
from tests.ingest.readers.files import (
    CSV,
    FILES,
    PAGE,
    archive_page,
    old_workbook_file,
    slides_file,
    word_file,
    workbook_file,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = "石梁村2018年上半年工作总结\n全村共有487户2016人。\n"


def ole(*streams: str) -> bytes:
    return OLE + bytes(504) + b"".join(f"{name}\0".encode("utf-16-le") for name in streams)


def zipped(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (word_file(), ".doc", ".docx"),
        (word_file(), ".wps", ".docx"),
        (word_file()[:-200], ".doc", ".docx"),  # cut off: no directory of the zip
        (workbook_file(), ".xls", ".xlsx"),
        (workbook_file(), ".et", ".xlsx"),
        (slides_file(), ".docx", ".pptx"),
        (old_workbook_file(), ".xlsx", ".xls"),
        (old_workbook_file(), ".et", ".et"),
        (ole("WordDocument"), ".docx", ".doc"),
        (ole("WordDocument"), ".wps", ".wps"),
        (ole("WordDocument", "Workbook"), ".doc", ".doc"),  # a table inside a document
        (ole("WordDocument", "Workbook"), ".xls", ".xls"),
        (ole("PowerPoint Document"), ".doc", ".ppt"),
        (ole(), ".doc", ".doc"),
        (b"%PDF-1.7\n", ".doc", ".pdf"),
        (b"junk\n%PDF-1.4\n", ".pdf", ".pdf"),
        (rb"{\rtf1\ansi", ".doc", ".rtf"),
        (PAGE.encode("gb18030"), ".doc", ".html"),
        (PAGE.encode("utf-16"), ".doc", ".html"),
        (PAGE.encode("utf-8"), ".xls", ".html"),
        (PAGE.encode("utf-8"), ".txt", ".html"),
        (b"<table><tr><td>1</td></tr></table>", ".xls", ".html"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<html lang='zh'>", ".doc", ".html"),
        (archive_page(), ".doc", ".mht"),
        (archive_page(), ".mhtml", ".mhtml"),
        (TEXT.encode("gb18030"), ".doc", ".txt"),
        (CSV.encode("gb18030") * 3, ".xls", ".csv"),
        (zipped(OFD_dot_xml="<x/>"), ".pdf", ".ofd"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), ".doc", ".odt"),
        (zipped(a="1"), ".doc", ".zip"),
        (zipped(a="1"), ".docx", ".docx"),
        (b"\x89PNG\r\n\x1a\n", ".jpg", ".png"),
        (b"\xff\xd8\xff\xe0", ".jpeg", ".jpeg"),
        (b"not a zip", ".docx", ".docx"),
        (TEXT.encode(), ".txt", ".txt"),
        (b"# a\n<table>", ".md", ".md"),
        (codecs.BOM_UTF8 + TEXT.encode(), ".md", ".md"),
        (bytes(range(256)), ".xls", ".xls"),
    ],
)
def test_the_kind_of_a_file_by_its_content(data: bytes, suffix: str, kind: str) -> None:
    assert kind_of(data, suffix) == kind


@pytest.mark.parametrize("true_suffix", [".docx", ".xlsx", ".xls", ".html", ".mht", ".pptx"])
def test_a_wrong_suffix_changes_nothing_that_is_read(true_suffix: str) -> None:
    data = FILES[true_suffix]()

    assert read(data, ".doc") == read(data, true_suffix)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".doc", ".xls"])
def test_a_locked_office_file_is_called_locked(suffix: str) -> None:
    with pytest.raises(UnreadableFile, match="文件有密码"):
        read(ole("EncryptionInfo", "EncryptedPackage"), suffix)


def test_a_kind_that_no_reader_takes_is_named() -> None:
    with pytest.raises(UnreadableFile, match=r"其实是 \.zip"):
        read(zipped(a="1"), ".doc")


def test_tabs_in_what_is_named_a_workbook() -> None:
    data = CSV.replace(",", "\t").encode("gb18030")

    assert read(data, ".xls")[0].text.startswith("村:石梁村 | 户数:487")
