"""The endpoints for programs over a real archive, called as docs/api.md says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from app.desk import ArchiveDesk
from app.web.desks import OneDesk
from ingest.job import ingest
from tests.app.web.test_server import served
from tests.reports import write_many

_DOCS = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("programs")
    write_many(folder / "报告", 10)
    ingest([str(folder / "报告")], folder / "档案", None, workers=1)
    with (
        closing(ArchiveDesk(folder / "档案", None, date(2019, 1, 1))) as desk,
        served(OneDesk(desk)) as address,
    ):
        yield address


@pytest.fixture(scope="module")
def client(url: str) -> Client:
    return Client(url, verbose=False, analytics_enabled=False)


def test_the_example_of_the_documentation_runs(url: str) -> None:
    # The one before it needs users and a token: test_limited_site.py logs in that way.
    _, example = re.findall(r"```python\n(.*?)```", _DOCS, re.S)
    names: dict[str, Any] = {"URL": url}
    exec(example, names)  # the document's own lines
    assert names["answer"]["refused"] is False
    assert names["answer"]["citations"][0]["report"]["place"] == "柳沟村"
    assert 1 <= len(names["hits"]) <= 5
    assert names["rows"]
    assert "柳沟村" in {place["place"] for place in names["places"]}
    assert names["draft"]["place"] == "柳沟村"
    assert names["draft"]["key"]
    assert "60盏" in str(names["draft"]["sections"])
    assert (names["draft"]["unit"], names["draft"]["dated"]) == ("柳沟村民委员会", "2018-07-05")


@pytest.mark.parametrize("endpoint", ["/ask", "/search", "/history", "/coverage", "/draft"])
def test_every_endpoint_is_documented(client: Client, endpoint: str) -> None:
    assert f"| `{endpoint}` |" in _DOCS
    told = client.view_api(return_format="dict")
    assert isinstance(told, dict)
    assert told["named_endpoints"][endpoint]["description"]


def test_a_hit_is_the_text_between_its_offsets(client: Client) -> None:
    found = client.predict("柳沟村2017年上半年发展产业", api_name="/search")
    assert found["query"]["places"] == ["柳沟村"]
    for hit in found["hits"]:
        assert hit["report"]["place"] == "柳沟村"
        assert hit["end"] - hit["start"] == len(hit["text"])


@pytest.mark.parametrize("limit", [0, 41, "五", None, 2.5])
def test_an_impossible_limit_is_an_error_in_words(client: Client, limit: object) -> None:
    with pytest.raises(AppError, match="1 到 40"):
        client.predict("发展产业", limit, api_name="/search")


def test_an_impossible_period_is_an_error_in_words(client: Client) -> None:
    with pytest.raises(AppError, match="去年"):
        client.predict("柳沟村", "去年", api_name="/draft")


def test_a_draft_without_unit_and_day_has_the_last_unit_and_a_gap(client: Client) -> None:
    made = client.predict("柳沟村", "2018H1", unit=" ", api_name="/draft")
    assert made["dated"] is None
    assert made["unit"] != " "


def test_an_impossible_day_is_an_error_in_words(client: Client) -> None:
    with pytest.raises(AppError, match="2018-02-30"):
        client.predict("柳沟村", "2018H1", date="2018-02-30", api_name="/draft")


def test_an_unknown_place_is_an_error_in_words(client: Client) -> None:
    with pytest.raises(AppError, match="王家坝村"):
        client.predict("王家坝村", api_name="/history")
