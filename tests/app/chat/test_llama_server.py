"""A GGUF file as a model: what is missing is said, and nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.chat.chat import ChatFailed, Trouble
from app.chat.llama_server import LlamaServer, _first_line

ASKED = [("user", "你好")]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    server = LlamaServer(tmp_path / "none.gguf", 2048, 64, 5)
    with pytest.raises(ChatFailed, match=r"none\.gguf") as failed:
        list(server.stream(ASKED, 5))
    assert failed.value.trouble is Trouble.MISSING
    server.close()


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="the extra local-llm is not installed")
    (tmp_path / "bad.gguf").write_bytes(b"GGUF" + bytes(200))
    server = LlamaServer(tmp_path / "bad.gguf", 2048, 64, 5)
    with pytest.raises(ChatFailed, match="不能作为模型打开"):
        server.count("你好")
    server.close()
    server.close()  # closing twice is no error


def test_a_child_that_says_nothing_is_not_waited_for() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(30)"], stdout=subprocess.PIPE
    ) as child:
        begun = time.monotonic()
        assert _first_line(child, 0.2) == ""
        assert time.monotonic() - begun < 5
        child.kill()


@pytest.mark.llm
def test_the_server_ends_with_us_even_if_we_are_killed(gguf: Path, tmp_path: Path) -> None:
    script = (
        "import time; from pathlib import Path; from app.chat.llama_server import LlamaServer\n"
        f"s = LlamaServer(Path({str(gguf)!r}), 2048, 64, 60); s.count('你好')\n"
        "print(s._process.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(child, 0)  # it is there
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("llama.cpp outlived its parent")
