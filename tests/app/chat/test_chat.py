"""The chat client over a scripted server: pieces, failures by name, limits, token counts."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from app.chat.chat import ChatFailed, Trouble
from app.chat.langchain_chat import Endpoint, LangChainChat, on_loopback
from app.chat.tokens import ServerCounter, estimate
from eval.scripted_behaviours import BAD, honest
from eval.scripted_model import ScriptedModel
from eval.scripted_steps import Passage, Status, Step

ASKED = [
    ("system", "规则"),
    ("user", '<资料 编号="1" 地点="枧头村" 期次="">\n有脱贫户60户。\n</资料>'),
]


@pytest.fixture
def model() -> Iterator[ScriptedModel]:
    with ScriptedModel() as served:
        yield served


def chat(model: ScriptedModel, **more: object) -> LangChainChat:
    return LangChainChat(Endpoint("m", base_url=model.base_url, **more))  # type: ignore[arg-type]


def test_an_answer_comes_in_pieces(model: ScriptedModel) -> None:
    pieces = list(chat(model, most=300).stream(ASKED, 20))
    assert "".join(pieces) == "有脱贫户60户[1]。"
    assert len(pieces) > 3
    (request,) = model.requests
    assert request["messages"] == [
        {"role": "system", "content": "规则"},
        {"role": "user", "content": ASKED[1][1]},
    ]
    assert (request["model"], request["max_tokens"], request["stream"]) == ("m", 300, True)
    assert request["temperature"] == 0


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("too_many_requests", Trouble.BUSY),
        ("server_error", Trouble.ERROR),
        ("out_of_context", Trouble.CONTEXT),
        ("half_then_broken", Trouble.BROKEN),
        ("slow", Trouble.SLOW),
        ("dripping", Trouble.SLOW),
    ],
)
def test_a_failure_has_its_name(model: ScriptedModel, name: str, trouble: Trouble) -> None:
    model.behaviour = BAD[name]
    begun = time.monotonic()
    with pytest.raises(ChatFailed) as failed:
        list(chat(model).stream(ASKED, 1.0 if trouble is Trouble.SLOW else 2.5))
    assert failed.value.trouble is trouble
    assert time.monotonic() - begun < 8


def test_a_wrong_key_is_denied(model: ScriptedModel) -> None:
    def closed(passages: list[Passage], question: str) -> Status:
        return Status(401)

    model.behaviour = closed
    with pytest.raises(ChatFailed) as failed:
        list(chat(model).stream(ASKED, 5))
    assert failed.value.trouble is Trouble.DENIED


def test_nobody_there_is_down_and_an_unknown_provider_missing() -> None:
    for endpoint, trouble in (
        (Endpoint("m", base_url="http://127.0.0.1:9/v1"), Trouble.DOWN),
        (Endpoint("m", provider="cohere"), Trouble.MISSING),
    ):
        with pytest.raises(ChatFailed) as failed:
            list(LangChainChat(endpoint).stream(ASKED, 10))
        assert failed.value.trouble is trouble


def test_an_answer_cut_at_its_length_says_so(model: ScriptedModel) -> None:
    def long(passages: list[Passage], question: str) -> Iterator[Step]:
        yield "有脱贫户"

    model.behaviour = long
    model.finish = "length"
    with pytest.raises(ChatFailed) as failed:
        list(chat(model).stream(ASKED, 5))
    assert failed.value.trouble is Trouble.CUT


def test_a_proxy_of_the_environment_is_passed_by_on_this_machine(
    model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    model.behaviour = honest
    assert "".join(chat(model).stream(ASKED, 20)) == "有脱贫户60户[1]。"
    assert chat(model).count("四个汉字") == 4


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost/v1", True),
        ("http://[::1]:1/v1", True),
        ("http://10.1.2.3/v1", False),
        ("https://models.example/v1", False),
    ],
)
def test_which_servers_are_on_this_machine(url: str, own: bool) -> None:
    assert on_loopback(url) is own


def test_tokens_are_the_server_s_or_estimated(model: ScriptedModel) -> None:
    counter = ServerCounter(model.base_url, None, "m", direct=True)
    assert counter.count("计划脱贫148户") == 8
    model.tokenizes = False
    assert ServerCounter(model.base_url, "k", "m", direct=True).count("脱贫") == estimate("脱贫")
    assert estimate("") == 0
    assert estimate("脱贫户" * 100) == 360
    assert estimate("abc" * 100) == 100


def test_a_context_is_the_configured_one_the_server_s_or_a_small_one(
    model: ScriptedModel,
) -> None:
    assert chat(model, context=9000).context == 9000
    assert chat(model).context == 4096
    model.context = 12_288
    assert chat(model).context == 12_288
