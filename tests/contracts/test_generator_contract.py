"""What every chat model behind a generator must lead to, whatever it writes: only what is held.

Held for a model in this process, one behind the scripted server, and with `make test-llm` for a
real one that llama.cpp serves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.answer.answer import WORDED
from app.answer.generate import Generator
from app.chat.chat import Chat
from app.chat.langchain_chat import Endpoint, LangChainChat
from app.chat.llama_server import LlamaServer
from app.desk import ArchiveDesk
from eval.faithful import faithful_numbers
from eval.scripted_behaviours import nonsense
from eval.scripted_model import ScriptedModel
from ingest.job import ingest
from tests.app.answer.test_generate import OTHER, VILLAGE
from tests.fakes import TalkingChat

QUESTIONS = (
    "枧头村2022年上半年有多少脱贫户",
    "枧头村2022年上半年发展了哪些产业",
    "枧头村2022年上半年硬化产业路多少公里",
    "青杠村2022年上半年投入多少资金",
    "有多少监测户",
    "枧头村2019年有多少脱贫户",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("contract")
    (base / "报告").mkdir()
    (base / "报告" / "a.txt").write_text(VILLAGE, "utf-8")
    (base / "报告" / "b.txt").write_text(OTHER, "utf-8")
    ingest([str(base / "报告")], base / "档案", None, workers=1)
    return base / "档案"


@pytest.fixture(
    scope="module",
    params=["in process", "scripted server", pytest.param("llama.cpp", marks=pytest.mark.llm)],
)
def chat(request: pytest.FixtureRequest) -> Iterator[Chat]:
    if request.param == "in process":
        yield TalkingChat()
    elif request.param == "scripted server":
        with ScriptedModel(nonsense) as served:
            yield LangChainChat(Endpoint("m", base_url=served.base_url, context=4096))
    else:
        server = LlamaServer(request.getfixturevalue("gguf"), 4096, 200, 300)
        yield server
        server.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_only_what_the_archive_says_is_shown(chat: Chat, folder: Path, question: str) -> None:
    with closing(ArchiveDesk(folder, None, date(2023, 1, 1))) as desk:
        plain = desk.ask(question)
        opened = ArchiveDesk(folder, None, date(2023, 1, 1), generator=Generator(chat, 300))
        grown = list(opened.answers(question))
        reports = {c.report.id: desk.report(c.report.id) for one in grown for c in one.citations}
    answer = grown[-1]
    assert answer.refused == plain.refused
    assert answer.direct == plain.direct
    assert answer.scope == plain.scope
    assert answer.mode in ("extract", WORDED)
    if answer.mode == "extract":
        assert answer.sentences == plain.sentences
    for one in grown:
        found, of = faithful_numbers(one)
        assert found == of
        assert [c.n for c in one.citations] == list(range(1, len(one.citations) + 1))
        numbers = {c.n for c in one.citations}
        for sentence in one.sentences:
            assert sentence.citations
            assert set(sentence.citations) <= numbers
        for citation in one.citations:
            report = reports[citation.report.id]
            assert report is not None
            assert report.text[citation.start : citation.end] == citation.quote


def test_a_count_is_no_smaller_for_a_longer_text(chat: Chat) -> None:
    assert 0 < chat.count("脱贫户") <= chat.count("脱贫户六十户一百八十人")


def test_there_is_room_for_a_question(chat: Chat) -> None:
    assert chat.name
    assert chat.context > chat.most > 0


def test_a_stream_can_be_left_in_the_middle(chat: Chat) -> None:
    stream = chat.stream([("user", "你好,请介绍一下自己。")], 60)
    next(stream, None)
    stream.close()  # type: ignore[attr-defined]
    assert chat.count("你好") > 0
