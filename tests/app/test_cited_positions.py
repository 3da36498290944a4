"""A citation says where in its file it stands: page, worksheet and row, and how sure a scan is."""

from __future__ import annotations

import io
import json
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from app.cli import main
from app.desk import ArchiveDesk
from app.web.conversation import Turn, sources_html
from app.web.viewer import marks_for, viewer_html
from tests.ingest.readers.files import saved
from tests.ingest.readers.printed import FULL, fitting, pdf, text_page

FIXTURES = Path(__file__).parent.parent / "fixtures" / "readers"
TITLE = "石门镇青杠村2022年上半年工作总结"
OPENING = "青杠村位于石门镇东部，全村共有410户1630人，其中脱贫户88户302人，耕地1240亩。"
LONG = (
    "今年以来，青杠村投资36万元，硬化产业路3.2公里，惠及农户124户，同时完成了水渠的清淤，"
    "并且落实了管护人员。青杠村还种植核桃300亩，带动脱贫户64户稳定增收，户均增收3200元以上。"
)
NOWHERE = {"page": None, "sheet": None, "row": None, "sure": None}


@pytest.fixture(autouse=True)
def _without_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "huibao.toml"
    config.write_text('[embedding]\nmodel = "none"\n', "utf-8")
    monkeypatch.setenv("HUIBAO_CONFIG", str(config))
    monkeypatch.setenv("HUIBAO_ARCHIVE", str(tmp_path / "data"))


@pytest.fixture
def take_in(tmp_path: Path) -> Any:
    def run_over(name: str, data: bytes) -> None:
        folder = tmp_path / "reports"
        folder.mkdir()
        (folder / name).write_bytes(data)
        assert "indexed" in run("ingest", "--json", str(folder))

    return run_over


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def cited(question: str, quoted: str) -> dict[str, Any]:
    """The citation of the answer that holds these words."""
    citations = json.loads(run("ask", "--json", question))["citations"]
    found: list[dict[str, Any]] = [one for one in citations if quoted in one["quote"]]
    assert found, citations
    return found[0]


def where(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in NOWHERE}


def two_pages() -> bytes:
    """A paragraph that goes on over the page, its second sentence on the second one."""
    rows = 0
    cut = LONG.index("管护人员")
    text, width = LONG, FULL - 2
    while rows + len(fitting(text, width)) <= cut:
        taken = len(fitting(text, width))
        rows, text, width = rows + taken, text[taken:], FULL
    first = text_page(TITLE, "一、基本情况", OPENING, "二、工作开展", LONG[:rows])
    return pdf(first, text_page("…" + LONG[rows:]))


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "脱贫情况"
    sheet["A1"] = "石门镇2022年上半年脱贫情况表"
    sheet.merge_cells("A1:C1")
    sheet.append(["村", "脱贫户数", "危房改造户数"])
    sheet.append(["青杠村", 88, 7])
    sheet.append(["双枧村", 61, 5])
    return saved(book)


def scan() -> bytes:
    """The head of a printed page as a picture."""
    with pypdfium2.PdfDocument(FIXTURES / "report.pdf") as document:
        page = document[0].render(scale=150 / 72).to_pil().convert("L")
    head: Image.Image = page.crop((0, int(0.08 * page.height), page.width, int(0.24 * page.height)))
    target = io.BytesIO()
    head.save(target, "PNG")
    return target.getvalue()


def test_a_sentence_of_a_pdf_names_its_own_page(take_in: Any) -> None:
    take_in("总结.pdf", two_pages())

    first = cited("青杠村2022年上半年硬化产业路多少公里?", "3.2公里")
    second = cited("青杠村2022年上半年种植核桃多少亩?", "300亩")

    # Both stand in one paragraph, which begins on the first page.
    assert where(first) == NOWHERE | {"page": 1}
    assert where(second) == NOWHERE | {"page": 2}
    assert "总结.pdf  第2页\n" in run("ask", "青杠村2022年上半年种植核桃多少亩?")


def test_hits_of_search_say_where_they_begin(take_in: Any) -> None:
    take_in("总结.pdf", two_pages())

    hits = json.loads(run("search", "--json", "青杠村硬化产业路"))["hits"]

    assert where(hits[0]) == NOWHERE | {"page": 1}
    assert "第1页）" in run("search", "青杠村硬化产业路")


def test_a_row_of_a_worksheet_names_its_sheet_and_number(take_in: Any) -> None:
    take_in("情况表.xlsx", workbook())

    found = cited("青杠村2022年上半年脱贫户数是多少?", "脱贫户数:88")

    assert where(found) == NOWHERE | {"sheet": "脱贫情况", "row": 3}
    assert "工作表「脱贫情况」第3行\n" in run("ask", "青杠村2022年上半年脱贫户数是多少?")


def test_what_was_recognised_says_how_sure_it_is(take_in: Any, tmp_path: Path) -> None:
    take_in("扫描.png", scan())
    question = "松口村2022年上半年脱贫户有多少户?"

    found = cited(question, "脱贫户97户365人")

    assert found["page"] == 1
    assert 0.5 < found["sure"] <= 1
    percent = f"{found['sure']:.0%}"
    assert f"第1页  识别所得，把握{percent}，请对照原件" in run("ask", question)
    desk = ArchiveDesk(tmp_path / "data", None)
    answer = desk.ask(question)
    report = desk.report(found["report"]["id"])
    assert report is not None
    for html in (
        sources_html([Turn(question, answer)]),
        viewer_html(report, marks_for(report, answer.citations[0], ())),
    ):
        assert "第1页" in html
        assert f"识别所得，把握{percent}，请对照原件" in unescape(html)


def test_plain_text_stands_nowhere_and_says_nothing_of_it(take_in: Any, tmp_path: Path) -> None:
    take_in("总结.txt", f"{TITLE}\n一、基本情况\n{OPENING}\n{LONG}\n".encode())
    question = "青杠村2022年上半年种植核桃多少亩?"

    assert where(cited(question, "300亩")) == NOWHERE
    assert "第" not in run("ask", question).splitlines()[-1]
    page = sources_html([Turn(question, ArchiveDesk(tmp_path / "data", None).ask(question))])
    assert "识别" not in page
    assert "总结.txt</span>" in unescape(page)
