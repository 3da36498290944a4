"""How exactly each format is read: one fictional report in all of them, held to its source.

`python -m eval.readers` prints the character error rate and the share of table cells that stand
beside their column's name; `--make` writes the files anew (needs soffice, python-docx and
pypdfium2, and a Chinese font).
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from PIL import Image, ImageChops, ImageFilter

from eval.metrics import Share, share
from index.chinese.fold import fold
from index.errors import UnreadableFile
from ingest.clean import clean
from ingest.readers import READERS, read

FOLDER = Path(__file__).parent.parent / "tests" / "fixtures" / "readers"

TITLE = "青禾县白石镇松口村2022年上半年工作情况汇报"
BEFORE = (
    "一、基本情况",
    "松口村位于白石镇西南部，距镇政府驻地12公里，下辖6个村民小组，全村共有412户1586人，其中脱贫户97户"
    "365人、监测对象8户29人。现有耕地2134.5亩、林地5860亩，村集体经济收入去年为18.6万元。村党支部有党员"
    "43人，其中女党员11人。",
    "二、主要工作",
    "（一）抓产业，促增收。今年以来，投入衔接资金126.8万元，新建标准化菌棚32个，发展羊肚菌45亩、高山蔬菜"
    "260亩，带动脱贫户64户稳定增收，户均增收3200元以上。引进合作社2家，签订订单合同58份，订单金额达到"
    "74.35万元。",
    "（二）补短板，强基础。硬化产业路3.7公里，维修水渠1850米，安装太阳能路灯66盏，改造户厕41座，卫生厕所"
    "普及率由78.5%提高到91.2%。新建蓄水池3口，解决了127户492人的季节性缺水问题。",
    "（三）防返贫，守底线。开展集中排查2轮，走访农户824户次，新识别监测对象2户7人，均已落实帮扶措施；消除"
    "风险3户10人。落实公益性岗位23个，小额信贷余额46万元，外出务工人员建档286人，务工收入合计约642万元。",
    "各村民小组主要指标如下表：",
)
TABLE = (
    ("小组", "户数", "人口", "菌棚（个）"),
    ("上湾组", "86", "331", "9"),
    ("大坪组", "124", "478", "14"),
    ("河边组", "73", "279", "5"),
)
AFTER = (
    "三、存在问题",
    "一是产业链条短，菌菇以鲜销为主，冷藏能力仅15吨；二是村级集体经济来源单一，占比62%来自光伏分红；三是"
    "劳动力外流，在家务农人员平均年龄56岁。",
    "四、下半年打算",
    "计划争取项目资金90万元，建成50吨冷库1座，新增菌棚10个；完成剩余28户户厕改造；力争年底村集体经济收入"
    "突破25万元，脱贫人口人均纯收入增长12%以上。",
)
SIGNED = ("白石镇松口村村民委员会", "2022年7月5日")
HEADER = "松口村半年工作汇报材料"


def source_lines() -> list[str]:
    """The report's paragraphs in reading order, the table's rows left out."""
    return [TITLE, *BEFORE, *AFTER, *SIGNED]


@dataclass(frozen=True)
class Measured:
    """One format's result; `cells` are table cells found beside their column's name."""

    name: str
    errors: float
    cells: Share
    paragraphs: Share
    seconds: float


def measure(path: Path) -> Measured:
    """Read one rendering and compare it with the source; raises UnreadableFile."""
    begun = time.monotonic()
    lines = clean(read(path.read_bytes(), path.suffix))
    seconds = time.monotonic() - begun
    rows = [_key(line.text) for line in lines if line.row]
    texts = [_key(line.text) for line in lines if not line.row]
    source = [_key(text) for text in source_lines()]
    names, *records = TABLE
    found: list[bool | None] = [
        any(_key(f"{name}:{cell}") in row for row in rows)
        for record in records
        for name, cell in zip(names, record, strict=True)
    ]
    if path.suffix == ".txt":  # a table in it is lines of words, and no cell has a name
        found = [None]
        source[1 + len(BEFORE) : 1 + len(BEFORE)] = [_key("".join(row)) for row in TABLE]
    return Measured(
        path.name,
        error_rate("".join(texts), "".join(source)),
        share(found),
        share(text in texts for text in source),
        seconds,
    )


def error_rate(text: str, source: str) -> float:
    """Insertions, deletions and substitutions for each character of the source."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(text, source) / max(len(source), 1)


def _key(text: str) -> str:
    # Half and full width are the same to search, and a scan does not tell them apart.
    return "".join(fold(text).split())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.readers", description=__doc__)
    parser.add_argument("--make", action="store_true", help="write the files anew")
    given = parser.parse_args(arguments)
    if given.make:
        make(FOLDER)
    print(f"{'file':22} {'characters wrong':>16}  {'cells':16} {'paragraphs':16} seconds")
    for path in sorted(FOLDER.glob("report*")):
        if path.suffix not in READERS:
            print(f"{path.name:22} no reader")
            continue
        try:
            one = measure(path)
        except UnreadableFile as error:
            print(f"{path.name:22} {error}")
            continue
        print(
            f"{one.name:22} {one.errors:>15.2%}  {one.cells!s:16} {one.paragraphs!s:16}"
            f" {one.seconds:.1f}"
        )
    return 0


# ---- the renderings


def make(folder: Path) -> None:
    """Write the report in every format that can be made here."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text("\n".join(_plain()), "utf-8")
    (folder / "report.md").write_text(_markdown(), "utf-8")
    (folder / "report.html").write_text(_html(), "utf-8")
    (folder / "report.docx").write_bytes(_word())
    for suffix in ("pdf", "doc", "rtf", "odt"):
        _convert(folder, suffix)
    _scan(folder)
    (folder / "report.ofd").write_bytes(_ofd((folder / "report.pdf").read_bytes()))


def _plain() -> list[str]:
    rows = ["\t".join(row) for row in TABLE]
    return [TITLE, *BEFORE, *rows, *AFTER, *SIGNED]


def _markdown() -> str:
    rows = [f"| {' | '.join(row)} |" for row in TABLE]
    rows.insert(1, "|---|---|---|---|")
    return "\n\n".join([f"# {TITLE}", *BEFORE, "\n".join(rows), *AFTER, *SIGNED]) + "\n"


def _html() -> str:
    def tagged(tag: str, texts: Sequence[str]) -> str:
        return "".join(f"<{tag}>{text}</{tag}>" for text in texts)

    rows = [tagged("tr", [tagged("td", row)]) for row in TABLE]
    body = tagged("h1", [TITLE]) + tagged("p", BEFORE) + tagged("table", ["".join(rows)])
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE}</title></head>"
        f"<body>{body}{tagged('p', AFTER)}{tagged('p', SIGNED)}</body></html>\n"
    )


def _word() -> bytes:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    style = document.styles["Normal"]
    style.font.size = Pt(15)
    style.font.name = "Noto Serif CJK SC"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    section.header.paragraphs[0].text = HEADER
    _page_number(section.footer.paragraphs[0])
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(TITLE).font.size = Pt(20)

    def add(texts: Sequence[str], right: bool = False) -> None:
        for text in texts:
            paragraph = document.add_paragraph(text)
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Pt(30)
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    add(BEFORE)
    table = document.add_table(len(TABLE), len(TABLE[0]))
    table.style = "Table Grid"
    for r, row in enumerate(TABLE):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    add(AFTER)
    add(SIGNED, right=True)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _convert(folder: Path, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
             "--convert-to", suffix, "--outdir", str(folder), str(folder / "report.docx")],
            check=True, stdout=subprocess.DEVNULL, timeout=120,
        )  # fmt: skip


def _scan(folder: Path) -> None:
    """The PDF's pages at 200 dpi: black and white as copiers send them; grey, faint and askew."""
    import pypdfium2

    with pypdfium2.PdfDocument(folder / "report.pdf") as document:
        pages = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]
    _tiff(folder / "report.tif", [page.convert("1") for page in pages], "group4")
    askew = [
        page.rotate(1.2, fillcolor=255, resample=Image.Resampling.BICUBIC)
        .filter(ImageFilter.GaussianBlur(0.8))
        .point(lambda value: 16 * ((int(value * 0.8) + 25) // 16))
        for page in pages
    ]
    _tiff(folder / "report-askew.tif", askew, "tiff_lzw")
    first, *others = [page.convert("1") for page in pages]
    first.save(folder / "report-scan.pdf", save_all=True, append_images=others, resolution=200)
    # A photograph: 150 dpi, one side in shadow, unsharp, askew the other way, packed hard.
    photos = [_photo(page) for page in pages]
    photos[0].save(
        folder / "report-photo.pdf",
        save_all=True,
        append_images=photos[1:],
        resolution=150,
        quality=35,
    )


def _photo(page: Image.Image) -> Image.Image:
    small = page.resize((page.width * 3 // 4, page.height * 3 // 4), Image.Resampling.BICUBIC)
    turned = small.rotate(-2.5, fillcolor=255, resample=Image.Resampling.BICUBIC)
    shadow = Image.linear_gradient("L").rotate(90).resize(turned.size).point(lambda v: 90 + v // 2)
    noise = Image.effect_noise(turned.size, 24)
    unsharp = ImageChops.multiply(turned, shadow).filter(ImageFilter.GaussianBlur(1.0))
    return Image.blend(unsharp, noise, 0.15)


def _tiff(target: Path, pages: Sequence[Image.Image], compression: str) -> None:
    first, *others = pages
    first.save(target, save_all=True, append_images=others, compression=compression, dpi=(200, 200))


def _ofd(pdf: bytes) -> bytes:
    """The PDF's printed rows and lines as an OFD file, in millimetres."""
    import pypdfium2

    from ingest.layout.rows import rows
    from ingest.readers.pdf import _read_page

    mm = 25.4 / 72
    parts: dict[str, str] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [_read_page(page, at) for at, page in enumerate(document, 1)]
    number = iter(range(100, 100_000))
    xmlns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    for page in pages:
        things = []
        for row in rows(page.pieces):
            for piece in row.pieces:
                size = piece.height / 1.448 * mm
                things.append(
                    f'<ofd:TextObject ID="{next(number)}" Font="3" Size="{size:.3f}" Boundary='
                    f'"{piece.left * mm:.3f} {piece.top * mm:.3f} 180 {piece.height * mm:.3f}">'
                    f'<ofd:TextCode X="0" Y="{size:.3f}">{piece.text}</ofd:TextCode>'
                    "</ofd:TextObject>"
                )
        for rule in page.rules:
            x, y = rule.left * mm, rule.top * mm
            wide, high = (rule.right - rule.left) * mm, (rule.bottom - rule.top) * mm
            things.append(
                f'<ofd:PathObject ID="{next(number)}" Boundary="{x:.3f} {y:.3f} {wide:.3f} '
                f'{high:.3f}"><ofd:AbbreviatedData>M 0 0 L {wide:.3f} {high:.3f}'
                "</ofd:AbbreviatedData></ofd:PathObject>"
            )
        parts[f"Doc_0/Pages/Page_{page.number}/Content.xml"] = (
            f'<ofd:Page {xmlns}><ofd:Content><ofd:Layer ID="{next(number)}">'
            f"{''.join(things)}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    listed = "".join(
        f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>'
        for at in range(1, len(pages) + 1)
    )
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {xmlns}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    parts["OFD.xml"] = (
        f'<ofd:OFD {xmlns} Version="1.2" DocType="OFD"><ofd:DocBody><ofd:DocRoot>'
        "Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return target.getvalue()


if __name__ == "__main__":
    sys.exit(main())
