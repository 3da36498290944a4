"""The page of an archive with users, by direct requests: closed, opened by a login, by role."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode, urlsplit

import pytest
from gradio_client import Client

from app.rights.desks import COOKIE, UserDesks
from app.rights.people import People
from app.rights.roles import Role
from app.web.gate import Gate
from app.web.server import Server, listen
from tests.app.web.desk import FakeDesk

PASSWORD = "correct horse"


class SignedDesk(FakeDesk):
    """Remembers for whom it was signed."""

    signed_for: tuple[str, ...] = ()

    def signed(self, who: str) -> SignedDesk:
        self.signed_for = (*self.signed_for, who)
        return self


class Site:
    """A running server and its requests."""

    def __init__(self, url: str, people: People, desk: SignedDesk) -> None:
        self.host = urlsplit(url).netloc
        self.people = people
        self.desk = desk

    def send(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection(self.host, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body and body.encode(), sent)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response, text

    def log_in(self, name: str, password: str = PASSWORD, **headers: str) -> HTTPResponse:
        form = urlencode({"name": name, "password": password})
        kind = {"Content_Type": "application/x-www-form-urlencoded"}
        return self.send("POST", "/login", form, **kind, **headers)[0]

    def cookie(self, name: str) -> str:
        value = self.log_in(name).headers["Set-Cookie"]
        return str(value.split(";")[0])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    people = People(tmp_path_factory.mktemp("archive"))
    for role in Role:
        people.add(role.value, role, PASSWORD)
    desk = SignedDesk()
    ready = threading.Event()
    with listen("127.0.0.1", 0) as listener:
        desks = UserDesks(desk, people)  # type: ignore[arg-type]  # no archive behind it
        around = partial(Gate, people=people)
        server = Server(desks, "127.0.0.1", listener, lambda _: ready.set(), around)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(20)
        try:
            yield Site(server.url, people, desk)
        finally:
            server.should_exit = True
            thread.join(10)
            people.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/config"),
        ("GET", "/theme.css"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/file=/etc/hostname"),
        ("POST", "/gradio_api/upload"),
        ("POST", "/gradio_api/call/ask"),
        ("GET", "/gradio_api/queue/data?session_hash=a"),
        ("GET", "//config"),
        ("GET", "/health/../config"),
        ("GET", "/login/"),
    ],
)
def test_everything_is_closed_to_who_has_not_logged_in(site: Site, method: str, path: str) -> None:
    response, text = site.send(method, path)
    assert response.status == 401
    assert json.loads(text) == {"detail": "请先登录"}


def test_a_browser_is_sent_to_the_login_page_which_shows_nothing_of_the_archive(
    site: Site,
) -> None:
    response, _ = site.send("GET", "/", Accept="text/html")
    assert (response.status, response.headers["Location"]) == (303, "/login")
    response, text = site.send("GET", "/login", Accept="text/html")
    assert response.status == 200
    assert "用户名" in text
    assert "枧头村" not in text
    assert "<script" not in text
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_health_stays_open(site: Site) -> None:
    response, text = site.send("GET", "/health")
    assert (response.status, json.loads(text)) == (200, {"status": "ok"})


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site) -> None:
    response = site.log_in("reader")
    assert (response.status, response.headers["Location"]) == (303, "/")
    cookie = response.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie


def test_with_a_session_the_page_opens_and_the_desk_knows_who_asks(site: Site) -> None:
    cookie = site.cookie("editor")
    assert site.send("GET", "/config", Cookie=cookie)[0].status == 200
    body = json.dumps({"data": ["枧头村？", None, None, None]})
    kind = {"Content_Type": "application/json"}
    _, text = site.send("POST", "/gradio_api/call/ask", body, Cookie=cookie, **kind)
    event = json.loads(text)["event_id"]
    _, text = site.send("GET", f"/gradio_api/call/ask/{event}", Cookie=cookie)
    assert "event: complete" in text
    assert site.desk.signed_for[-1] == "editor"


def test_a_wrong_password_is_refused_and_what_was_typed_is_shown_as_text(site: Site) -> None:
    form = urlencode({"name": '"><script>', "password": "x"})
    response, text = site.send("POST", "/login", form)
    assert response.status == 401
    assert "Set-Cookie" not in response.headers
    assert "用户名或密码不对" in text
    assert "<script" not in text
    assert site.send("GET", "/config", Cookie=f"{COOKIE}=guess")[0].status == 401


def test_a_login_as_long_as_a_book_is_refused(site: Site) -> None:
    assert site.send("POST", "/login", "name=" + "a" * 5000)[0].status == 413


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_a_request_from_another_site_changes_nothing(site: Site, origin: str) -> None:
    assert site.log_in("reader", Origin=origin).status == 403
    cookie = site.cookie("admin")
    asked = site.send("POST", "/gradio_api/call/ask", "{}", Cookie=cookie, Origin=origin)
    assert asked[0].status == 403
    assert site.send("POST", "/logout", "", Cookie=cookie, Origin=origin)[0].status == 403
    assert site.send("GET", "/config", Cookie=cookie)[0].status == 200
    own = f"http://{site.host}"
    assert site.log_in("reader", Origin=own).status == 303


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("editor", 200), ("admin", 200)])
def test_files_are_taken_from_editors_only(site: Site, role: str, status: int) -> None:
    part = 'Content-Disposition: form-data; name="files"; filename="a.txt"'
    body = f"--b\r\n{part}\r\n\r\nx\r\n--b--\r\n"
    kind = {"Content_Type": "multipart/form-data; boundary=b"}
    response, text = site.send("POST", "/gradio_api/upload", body, Cookie=site.cookie(role), **kind)
    assert response.status == status
    assert ("请找管理员办理" in text) == (status == 403)


def test_logging_out_ends_the_session_on_the_server(site: Site) -> None:
    cookie = site.cookie("reader")
    response, text = site.send("GET", "/logout", Cookie=cookie)
    assert response.status == 200
    assert "退出登录" in text
    assert site.send("GET", "/config", Cookie=cookie)[0].status == 200
    assert site.send("POST", "/logout", "", Cookie=cookie)[0].headers["Location"] == "/login"
    assert site.send("GET", "/config", Cookie=cookie)[0].status == 401


def test_the_opened_page_names_who_is_logged_in_as_text() -> None:
    from app.web.conversation import header_html

    html = header_html(None, who="<b>李明")
    assert 'href="/logout"' in html
    assert "<b>李明" not in html


def test_a_program_that_logged_in_calls_the_endpoints(site: Site) -> None:
    headers = {"Cookie": site.cookie("reader")}
    client = Client(f"http://{site.host}", headers=headers, verbose=False, analytics_enabled=False)
    answer = client.predict("枧头村？", None, None, api_name="/ask")
    assert answer["direct"] == "97户346人"
    assert site.desk.signed_for[-1] == "reader"
