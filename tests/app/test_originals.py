"""A report's own file is handed out as it is, and only where all that is in it may be seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.desk import ArchiveDesk
from app.originals import HoldsMore
from app.rights.masking import MaskedDesks, masked_desk
from app.rights.roles import NotAllowed, Role, desk_of
from app.web.desks import OneDesk
from app.web.server import application
from index.errors import NotFound
from ingest.job import ingest

_STONE = "石板村2022年上半年工作总结\n一、基本村情\n全村共有612户2321人,其中党员39名。\n"
_TWO = (
    "甲石镇红岩村2022年上半年工作总结\n一、基本村情\n红岩村共有412户1321人,党员29名。\n"
    "二、产业\n红岩村种植猕猴桃120亩。\n红岩村村民委员会\n2022年6月30日\n"
    "乙水镇白沙村2022年上半年工作总结\n一、基本村情\n白沙村共有512户1621人,党员31名。\n"
    "二、产业\n白沙村种植脐橙220亩。\n白沙村村民委员会\n2022年6月28日\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ArchiveDesk]:
    folder = tmp_path / "上报"
    folder.mkdir()
    (folder / "石板村.txt").write_text(_STONE, "utf-8")
    (folder / "带电话.txt").write_text(
        _STONE.replace("石板", "青石") + "联系电话:13812345678\n", "utf-8"
    )
    (folder / "两村.txt").write_text(_TWO, "utf-8")
    ingest([str(folder)], tmp_path / "档案", None, workers=1)
    with closing(ArchiveDesk(tmp_path / "档案", None)) as desk:
        yield desk


def of(desk: ArchiveDesk, place: str) -> str:
    return next(one.id for one in desk.infos() if one.described.place == place)


def test_the_file_comes_byte_for_byte_under_its_own_name(desk: ArchiveDesk, tmp_path: Path) -> None:
    client = TestClient(application(OneDesk(desk)))
    got = client.get(f"/original/{of(desk, '石板村')}")
    assert got.content == (tmp_path / "上报" / "石板村.txt").read_bytes()
    assert got.headers["content-disposition"].startswith("attachment")
    assert "%E7%9F%B3%E6%9D%BF%E6%9D%91.txt" in got.headers["content-disposition"]
    assert str(tmp_path) not in str(got.headers)
    assert client.get("/original/nothing").status_code == 404


def test_a_copy_that_is_gone_is_said(desk: ArchiveDesk, tmp_path: Path) -> None:
    found = desk.original(of(desk, "石板村"))
    assert found is not None
    found.path.unlink()
    with pytest.raises(NotFound):
        desk.original(of(desk, "石板村"))


def test_where_numbers_are_masked_a_file_with_them_is_not_handed_out(desk: ArchiveDesk) -> None:
    hidden = masked_desk(desk)
    assert hidden.original(of(desk, "石板村")) is not None
    with pytest.raises(NotAllowed, match="电话"):
        hidden.original(of(desk, "青石村"))
    client = TestClient(application(MaskedDesks(OneDesk(desk))))
    refused = client.get(f"/original/{of(desk, '青石村')}")
    assert refused.status_code == 403
    assert "13812345678" not in refused.text


def test_a_file_with_reports_of_other_places_is_not_for_whoever_is_limited(
    desk: ArchiveDesk,
) -> None:
    assert desk.original(of(desk, "红岩村")) is not None
    mine = desk.limited(["红岩村", "石板村"])
    reader = desk_of(Role.READER, mine, limited=True)
    assert reader.original(of(desk, "石板村")) is not None
    with pytest.raises(HoldsMore):
        reader.original(of(desk, "红岩村"))
    assert reader.original(of(desk, "白沙村")) is None


def test_a_report_outside_that_was_removed_still_stands_in_its_file(desk: ArchiveDesk) -> None:
    reader = desk.limited(["甲石镇", "红岩村"])
    desk.intake().remove(of(desk, "白沙村"))
    assert desk.original(of(desk, "红岩村")) is not None
    with pytest.raises(HoldsMore):
        reader.original(of(desk, "红岩村"))


def test_who_took_a_file_is_noted(desk: ArchiveDesk) -> None:
    noted: list[tuple[str, tuple[str, ...]]] = []
    reader = desk_of(Role.READER, desk, lambda event, of: noted.append((event, of)))
    report = of(desk, "石板村")
    reader.original(report)
    assert noted == [("original", (report,))]
