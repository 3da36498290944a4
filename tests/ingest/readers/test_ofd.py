"""OFD: characters by their place, pages in order, templates, what real files get wrong."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from ingest.readers import read

REAL = Path(__file__).parents[4] / "shared" / "formats"
FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "readers"
XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(content: str, x: float, y: float, size: float = 5, more: str = "", box: str = "") -> str:
    return (
        f'<ofd:TextObject ID="9" Font="3" Size="{size}" {box} '
        f'Boundary="{x} {y} 180 {size + 1}"><ofd:TextCode X="0" Y="{size}" {more}>{content}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def rule(x: float, y: float, wide: float, high: float) -> str:
    return (
        f'<ofd:PathObject ID="8" Boundary="{x} {y} {wide} {high}"><ofd:AbbreviatedData>'
        f"M 0 0 L {wide} {high}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page(*things: str, template: bool = False) -> str:
    used = '<ofd:Template TemplateID="2"/>' if template else ""
    return (
        f'<ofd:Page {XMLNS}>{used}<ofd:Content><ofd:Layer ID="1">{"".join(things)}'
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )


def ofd(*pages: str, base: str = "Pages/P{}.xml", **parts: str | None) -> bytes:
    """A package of the pages; a keyword replaces a part or, None, leaves it out."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="{base.format(n)}"/>' for n in range(len(pages)))
    files: dict[str, str | None] = {
        "OFD.xml": f"<ofd:OFD {XMLNS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {XMLNS}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        '<ofd:TemplatePage ID="2" BaseLoc="Tpls/T.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/T.xml": page(text("上报单位", 25, 30)),
        **{f"Doc_0/Pages/P{n}.xml": content for n, content in enumerate(pages)},
        **parts,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if content is not None:
                archive.writestr(name, content)
    return target.getvalue()


def texts(data: bytes) -> list[str]:
    return [line.text for line in read(data, ".ofd")]


def test_rows_become_paragraphs_and_pages_keep_their_order() -> None:
    first = page(
        text("村民小组，共有412户1586人。", 25, 68),
        text("一、基本情况", 35, 52),
        text("松口村位于白石镇西南部，距镇政府驻地十二公里，下辖六个", 35, 60),
    )
    second = page(text("二、主要工作", 35, 52))

    found = read(ofd(first, second), ".ofd")

    assert [(line.text, line.page) for line in found] == [
        ("一、基本情况", 1),
        ("松口村位于白石镇西南部，距镇政府驻地十二公里，下辖六个村民小组，共有412户1586人。", 1),
        ("二、主要工作", 2),
    ]


def test_one_object_may_hold_several_rows() -> None:
    wrapped = text("新增菌棚十座", 25, 52, more='DeltaX="g 2 5 -10 5 5" DeltaY="0 0 7 g 2 0"')

    assert "".join(texts(ofd(page(wrapped)))) == "新增菌棚十座"
    assert texts(ofd(page(wrapped)))[0].startswith("新增菌")


def test_a_table_by_its_lines() -> None:
    lines = [rule(25, 50 + 10 * r, 120, 0) for r in range(3)]
    lines += [rule(25 + 40 * c, 50, 0, 20) for c in range(4)]
    cells = [
        text(cell, 27 + 40 * c, 52 + 10 * r)
        for r, row in enumerate([("小组", "户数", "人口"), ("上湾组", "86", "331")])
        for c, cell in enumerate(row)
    ]

    assert texts(ofd(page(*lines, *cells))) == ["小组:上湾组 | 户数:86 | 人口:331"]


def test_a_template_is_part_of_its_page() -> None:
    assert texts(ofd(page(text("松口村", 60, 30), template=True))) == ["上报单位 松口村"]


def test_text_askew_and_text_clipped_to_nothing_are_left_out() -> None:
    askew = text("征求意见稿", 60, 100, box='CTM="0.7 -0.7 0.7 0.7 0 0"')

    assert texts(ofd(page(text("正文", 25, 52), askew))) == ["正文"]


@pytest.mark.parametrize("base", ["/Doc_0/Pages/P{}.xml", "Pages\\P{}.xml", "./pages/p{}.XML"])
def test_paths_as_real_files_write_them(base: str) -> None:
    assert texts(ofd(page(text("正文", 25, 52)), base=base)) == ["正文"]


@pytest.mark.parametrize("missing", ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/P0.xml"])
def test_a_missing_part_is_named(missing: str) -> None:
    with pytest.raises(UnreadableFile, match="OFD"):
        texts(ofd(page(text("正文", 25, 52)), **{missing: None}))


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("不该读到")
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + page(text("正文&e;", 25, 52))

    assert "不该读到" not in "".join(texts(ofd(evil)))


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"no zip", b""])
def test_what_is_no_ofd(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="OFD"):
        texts(data)


def test_a_page_without_text_has_none() -> None:
    with pytest.raises(UnreadableFile, match="没有文字"):
        texts(ofd(page(rule(0, 0, 10, 0))))


def test_the_report() -> None:
    from eval.readers import measure

    found = measure(FIXTURES / "report.ofd")

    assert found.errors == 0
    assert found.cells.hits == found.cells.of
    assert found.paragraphs.hits == found.paragraphs.of


@pytest.mark.skipif(not REAL.is_dir(), reason=f"{REAL} with real files is not here")
def test_real_files_are_read_or_refused_by_name() -> None:
    files = sorted(REAL.glob("*.ofd"))
    assert files
    for path in files:
        if path.stem == "converter__h":  # letters drawn as outlines
            with pytest.raises(UnreadableFile, match="没有文字"):
                texts(path.read_bytes())
        else:
            assert texts(path.read_bytes()), path.name


def test_damaged_files_are_read_or_refused() -> None:
    whole = page(text("正文", 25, 52, more='DeltaX="g 1 5"'), rule(1, 1, 9, 0), template=True)
    packed = ofd(whole, page(text("二", 25, 52)))
    dice = random.Random(5)
    for n in range(300):
        # Half of the damage is done before packing, so that it reaches the XML.
        data = packed if n % 2 else ofd(damaged(whole.encode(), dice).decode("utf-8", "replace"))
        with suppress(UnreadableFile):
            texts(damaged(data, dice) if n % 2 else data)


def damaged(data: bytes, dice: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        broken[dice.randrange(len(broken))] = dice.choice(b'0123456789.eg- <>/"x\xff')
    return bytes(broken[: dice.randrange(len(broken))] if dice.random() < 0.2 else broken)


@pytest.mark.parametrize("size", ["nan", "inf", "1e308", "-5", "0", "5e-320", "x"])
def test_impossible_sizes_are_no_crash(size: str) -> None:
    odd = page(text("正文", 25, 52)).replace('Size="5"', f'Size="{size}"')
    with suppress(UnreadableFile):
        texts(ofd(odd, page(text("二", 25, 52))))


def test_a_short_form_that_unfolds_without_end_is_cut() -> None:
    assert texts(ofd(page(text("正文", 25, 52, more='DeltaX="g 999999999999 5"'))))
