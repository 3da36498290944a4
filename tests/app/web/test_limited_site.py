"""Over HTTP, what a role or a limit to places forbids stays forbidden, whatever is sent."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from starlette.types import ASGIApp

from app.audit import AuditLog, rows
from app.desk import ArchiveDesk
from app.draft.office import Order
from app.rights.desks import UserDesks
from app.rights.masking import MaskedDesks
from app.rights.people import People
from app.rights.roles import Role
from app.web.downloads import Downloads
from app.web.gate import Gate
from app.web.server import Server, listen
from index.records import Period
from ingest.job import ingest
from tests.reports import village_report, write

HAS_MCP = importlib.util.find_spec("mcp") is not None
PASSWORD, PHONE = "correct horse", "13812345678"
SECRETS = ("护林员巡山7319次", "石梁村2018年", "石门镇", "石门外.txt", "石梁水泥431吨")
"""Words of the report outside and of the draft made from it."""
QUESTION = "护林员巡山多少次？"


@dataclass(frozen=True)
class Site:
    url: str
    archive: Path
    people: People
    desk: ArchiveDesk
    hidden: str
    draft: str

    def headers(self, name: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.people.token(name)}"}

    def client(self, name: str) -> Client:
        headers = self.headers(name)
        return Client(self.url, headers=headers, verbose=False, analytics_enabled=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("limited")
    archive = folder / "档案"
    lamps = f"护林员(电话{PHONE})巡山12次,安装路灯"
    inside = village_report("柳沟村").replace("安装路灯", lamps)
    outside = village_report("石梁村", n=7).replace("清溪镇", "石门镇")
    write(folder / "报告", 内=inside, 石门外=outside.replace("安装路灯", f"{SECRETS[0]},安装路灯"))
    ingest([str(folder / "报告")], archive, None, workers=1)
    trail, inside_key, ready = AuditLog(archive), "secret of this run", threading.Event()
    with (
        closing(ArchiveDesk(archive, None, date(2019, 1, 1), audit=trail)) as desk,
        closing(People(archive, trail)) as people,
        listen("127.0.0.1", 0) as listener,
    ):
        for role in Role:
            people.add(role.value, role, PASSWORD)
            people.add(f"{role.value}-柳", role, PASSWORD, ["清溪镇"])
        (hidden,) = (i.id for i in desk.infos() if i.described.place == "石梁村")
        order = Order("石梁村", Period.parse("2018H2"), typed=(f"使用{SECRETS[4]}。",))
        draft = desk.drafting().compose(order, "王强").version.draft
        by_user = UserDesks(desk, people, trail, [Role.ADMIN])

        def around(page: ASGIApp) -> ASGIApp:
            return Gate(Downloads(page, by_user.handed_out), people, inside_key)

        server = Server(
            MaskedDesks(by_user, by_user.sees_personal),
            "127.0.0.1",
            listener,
            lambda _: ready.set(),
            around,
            mcp=HAS_MCP,
            inside=inside_key,
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(30)
        try:
            yield Site(server.url, archive, people, desk, hidden, draft)
        finally:
            server.should_exit = True
            thread.join(15)


def assert_nothing_told(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text]


def test_the_page_as_everybody_gets_it_tells_nothing_of_the_archive(site: Site) -> None:
    for path in ("/config", "/", "/gradio_api/info"):
        text = httpx.get(f"{site.url}{path}", headers=site.headers("admin")).text
        plain = _plain(text)
        assert "柳沟村" not in plain
        assert_nothing_told(plain)


def test_a_program_of_a_limited_user_finds_what_is_inside_and_nothing_else(site: Site) -> None:
    client = site.client("editor-柳")
    answer = client.predict(QUESTION, api_name="/ask")
    assert "12次" in answer["answer"]
    assert_nothing_told(json.dumps(answer, ensure_ascii=False))
    refused = client.predict("石梁村2018年上半年护林员巡山多少次？", api_name="/ask")
    assert refused["refused"]
    assert "7319" not in json.dumps(refused)
    hits = client.predict(QUESTION, api_name="/search")["hits"]
    assert {hit["report"]["place"] for hit in hits} == {"柳沟村"}
    coverage = client.predict(api_name="/coverage")
    assert [row["place"] for row in coverage["places"]] == ["柳沟村"]
    for call in (
        partial(client.predict, "石梁村", api_name="/history"),
        partial(client.predict, "石梁村", "2018H2", api_name="/draft"),
    ):
        with pytest.raises(AppError) as error:
            call()
        assert_nothing_told(str(error.value))


def test_the_same_is_found_by_who_has_no_limit(site: Site) -> None:
    hits = site.client("reader").predict("石梁村护林员巡山多少次？", api_name="/search")["hits"]
    assert SECRETS[0] in json.dumps(hits, ensure_ascii=False)


_LIMITED = ("reader-柳", "editor-柳", "admin-柳")


def test_no_event_of_the_page_tells_a_limited_user_of_what_is_outside(site: Site) -> None:
    before = {info.id for info in site.desk.infos()}
    headers = [site.headers(name) for name in _LIMITED]
    # All three at the same time: most of it is waiting for the queue.
    with ThreadPoolExecutor(len(_LIMITED)) as pool:
        heard = pool.map(partial(_fire_all, site), _LIMITED, headers, timeout=300)
        for name, told in zip(_LIMITED, heard, strict=True):
            assert "柳沟村" in told, name
            assert_nothing_told(told)
    assert {info.id for info in site.desk.infos()} == before
    assert len(site.desk.drafting().versions(site.draft)) == 1


def _fire_all(site: Site, name: str, headers: dict[str, str]) -> str:
    """Sends every event of the page, one after the other, in a session of this user's own."""
    with httpx.Client(base_url=site.url, headers=headers, timeout=60) as http:
        config = http.get("/config").json()
        values = {one["id"]: one for one in config["components"]}
        events = [one for one in config["dependencies"] if one.get("backend_fn")]
        assert len(events) > 30
        session = f"forged {_LIMITED.index(name)}"
        return "".join(_fire(http, event, values, site, session) for event in events)


def _fire(
    http: httpx.Client, event: dict[str, Any], values: dict[int, Any], site: Site, session: str
) -> str:
    """Sends an event with the ids and the place of what is outside; all that comes back."""
    data = [_forged(values[number], site) for number in event["inputs"]]
    named = ("report", "id", "key", "alarm", "draft")
    ids = {name: site.draft if name in ("key", "draft") else site.hidden for name in named}
    forged = {**ids, "turn": 0, "n": 1, "start": 0, "end": 9, "kind": "place", "name": "石梁村"}
    body = {
        "data": data,
        "event_data": forged,
        "fn_index": event["id"],
        "session_hash": session,
        "trigger_id": None,
    }
    return _sent(http, body)


def _sent(http: httpx.Client, body: dict[str, Any]) -> str:
    """What comes back for an event; characters that JSON escapes as themselves besides."""
    joined = http.post("/gradio_api/queue/join", json=body)
    if joined.status_code != 200:
        return joined.text
    session = body["session_hash"]
    with http.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as stream:
        said = ""
        for line in stream.iter_lines():
            said += line
            if "close_stream" in line or "process_completed" in line:
                break
    return said + _plain(said)


def _plain(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def _forged(component: dict[str, Any], site: Site) -> Any:
    kind = component["type"]
    if kind == "dropdown":
        many = component["props"].get("multiselect")
        return (
            [site.draft]
            if many
            else site.draft
            if "d-" in str(component["props"].get("elem_id"))
            else "石梁村"
        )
    return {"textbox": "石梁村2018年护林员巡山多少次？", "checkbox": True, "number": 0}.get(kind)


@pytest.mark.parametrize("name", ["reader", "admin-柳"])
@pytest.mark.parametrize("file", ["archive.db", "office.db", "audit.jsonl", "上传"])
def test_files_of_the_archive_are_not_handed_out(site: Site, name: str, file: str) -> None:
    for path in (site.archive / file, site.archive / "x" / ".." / file, "/etc/hostname"):
        for route in ("file=", "file/", "stream/a/"):
            url = f"{site.url}/gradio_api/{route}{path}"
            assert httpx.get(url, headers=site.headers(name)).status_code in (403, 404, 405)


@pytest.mark.parametrize(
    ("name", "status"), [("reader", 403), ("reader-柳", 403), ("editor-柳", 200), ("admin", 200)]
)
def test_who_may_not_upload_sends_no_file(site: Site, name: str, status: int) -> None:
    files = {"files": ("a.txt", b"x")}
    for path in ("/gradio_api/upload", "/gradio_api/upload/"):
        sent = httpx.post(
            f"{site.url}{path}", files=files, headers=site.headers(name), follow_redirects=True
        )
        assert sent.status_code == status


def test_a_file_that_nobody_uploaded_is_not_taken_in(site: Site) -> None:
    audit = str(site.archive / "audit.jsonl")
    with httpx.Client(base_url=site.url, headers=site.headers("editor"), timeout=30) as http:
        config = http.get("/config").json()
        values = {one["id"]: one for one in config["components"]}
        taking = [
            one
            for one in config["dependencies"]
            if any(values[i]["type"] == "file" for i in one["inputs"])
        ]
        assert taking
        for event in taking:
            forged = [
                [{"path": audit, "meta": {"_type": "gradio.FileData"}}]
                if values[i]["type"] == "file"
                else _forged(values[i], site)
                for i in event["inputs"]
            ]
            _sent(http, {"data": forged, "fn_index": event["id"], "session_hash": "file"})
    assert not list((site.archive / "上传").rglob("audit*"))
    kept = [str(one.draft) for one in site.desk.drafting().drafts()]
    assert "login" not in "".join(kept)


def test_the_file_of_a_report_outside_is_not_handed_out(site: Site) -> None:
    inside = next(i.id for i in site.desk.infos() if i.described.place == "柳沟村")
    got = {
        (name, key): httpx.get(f"{site.url}/original/{key}", headers=site.headers(name))
        for name in ("admin-柳", "admin")
        for key in (inside, site.hidden)
    }
    assert {what: one.status_code for what, one in got.items()} == {
        ("admin-柳", inside): 200,
        ("admin-柳", site.hidden): 404,
        ("admin", inside): 200,
        ("admin", site.hidden): 200,
    }
    assert_nothing_told(got["admin-柳", site.hidden].text)
    noted = [(r["who"], r["of"]) for r in rows(site.archive) if r.get("event") == "export"]
    assert noted[-3:] == [
        ("admin-柳", ["内.txt"]),
        ("admin", ["内.txt"]),
        ("admin", ["石门外.txt"]),
    ]
    assert httpx.get(f"{site.url}/original/{inside}").status_code == 401


def test_a_file_that_is_handed_out_is_noted_with_who_got_it(site: Site) -> None:
    headers = site.headers("admin-柳")
    with httpx.Client(base_url=site.url, headers=headers, timeout=30) as http:
        config = http.get("/config").json()
        files = {one["id"] for one in config["components"] if one["type"] == "downloadbutton"}
        values = {one["id"]: one for one in config["components"]}
        told = ""
        for event in config["dependencies"]:
            if not files & set(event["outputs"]):
                continue
            given = [
                "柳沟村" if values[i]["type"] == "dropdown" else _forged(values[i], site)
                for i in event["inputs"]
            ]
            told += _sent(http, {"data": given, "fn_index": event["id"], "session_hash": "file"})
        (path, *_) = re.findall(r'"path": ?"([^"]+[.]xlsx)"', told)
        assert http.get(f"/gradio_api/file={path}").status_code == 200
        assert http.get(f"/gradio_api/file={path}x").status_code in (403, 404)
    noted = [row for row in rows(site.archive) if row.get("event") == "export"][-1]
    assert (noted["who"], noted["of"]) == ("admin-柳", [Path(path).name])


def test_a_reader_drafts_nothing_and_it_is_noted(site: Site) -> None:
    with pytest.raises(AppError, match="编辑"):
        site.client("reader").predict("柳沟村", "2018H2", api_name="/draft")
    refused = [row for row in rows(site.archive) if row.get("event") == "not allowed"]
    assert refused[-1]["who"] == "reader"
    assert refused[-1]["of"][0] == "compose"


def test_a_change_of_places_counts_from_the_next_call(site: Site) -> None:
    site.people.add("变", Role.READER, PASSWORD, ["清溪镇"])
    client = site.client("变")
    places = lambda: [row["place"] for row in client.predict(api_name="/coverage")["places"]]  # noqa: E731
    assert places() == ["柳沟村"]
    site.people.set_rights("变", None, ["石门镇"], everywhere=False)
    assert places() == ["石梁村"]
    site.people.set_rights("变", None, None, everywhere=True)
    assert places() == ["柳沟村", "石梁村"]
    site.people.revoke("变")
    with pytest.raises(Exception, match="401"):
        client.predict(api_name="/coverage")


@pytest.mark.parametrize("given", ["Bearer wrong", "Bearer", "Basic YTpi", "Token x"])
def test_a_wrong_token_is_nobody_s_even_beside_a_good_cookie(site: Site, given: str) -> None:
    form = {"name": "admin", "password": PASSWORD}
    cookie = httpx.post(f"{site.url}/login", data=form).headers["set-cookie"].split(";")[0]
    assert httpx.get(f"{site.url}/config", headers={"Cookie": cookie}).status_code == 200
    both = {"Cookie": cookie, "Authorization": given}
    assert httpx.get(f"{site.url}/config", headers=both).status_code == 401
    guessed = {"x-huibao-inside": "guess"}
    assert httpx.get(f"{site.url}/config", headers=guessed).status_code == 401


def test_personal_numbers_are_shown_to_the_roles_that_may_see_them(site: Site) -> None:
    told = {
        name: json.dumps(site.client(name).predict(QUESTION, api_name="/ask"), ensure_ascii=False)
        for name in ("reader", "editor-柳", "admin", "admin-柳")
    }
    assert [name for name, text in told.items() if PHONE in text] == ["admin", "admin-柳"]
    assert all("138****5678" in told[name] for name in ("reader", "editor-柳"))


@pytest.mark.skipif(not HAS_MCP, reason="the extra mcp is not installed")
def test_mcp_tools_answer_each_by_its_own_token(site: Site) -> None:
    first = _call(site, "editor-柳", "search", question=QUESTION)
    assert "柳沟村" in first
    assert_nothing_told(first)
    assert SECRETS[0] in _call(site, "reader", "search", question=QUESTION)
    assert_nothing_told(_call(site, "reader-柳", "search", question=QUESTION))
    assert "编辑" in _call(site, "reader", "draft", place="柳沟村", period="2018H2")
    asked = [row["who"] for row in rows(site.archive) if "question" in row]
    _call(site, "admin-柳", "ask", question=QUESTION)
    assert [row["who"] for row in rows(site.archive) if "question" in row] == [*asked, "admin-柳"]


@pytest.mark.skipif(not HAS_MCP, reason="the extra mcp is not installed")
def test_mcp_is_closed_without_a_token(site: Site) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    url = f"{site.url}/gradio_api/mcp/"
    assert httpx.post(url, json=body, headers=accept).status_code == 401
    assert httpx.get(url, headers={"Accept": "text/event-stream"}).status_code == 401


def _call(site: Site, name: str, tool: str, **arguments: object) -> str:
    return asyncio.run(_called(site, name, tool, arguments))


async def _called(site: Site, name: str, tool: str, arguments: dict[str, object]) -> str:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with (
        httpx.AsyncClient(headers=site.headers(name), timeout=30) as http,
        streamable_http_client(f"{site.url}/gradio_api/mcp/", http_client=http) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        return str((await session.call_tool(tool, arguments)).content)
