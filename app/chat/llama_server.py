"""A GGUF file as a chat model: llama.cpp started by us on loopback, and stopped with us."""

from __future__ import annotations

import atexit
import importlib.util
import json
import queue
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.chat.chat import ChatFailed, Message, Trouble
from app.chat.langchain_chat import Endpoint, LangChainChat

START_SECONDS = 180.0
"""How long a model of several gigabytes may take to be read from a slow disk."""


class LlamaServer:
    """A Chat over a llama.cpp process that the first question starts; close() ends it."""

    def __init__(self, gguf: Path, context: int, most: int, seconds: float) -> None:
        self._gguf = gguf
        self._context = context
        self._most = most
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._chat: LangChainChat | None = None

    @property
    def name(self) -> str:
        return self._gguf.stem

    @property
    def context(self) -> int:
        return self._context

    @property
    def most(self) -> int:
        return self._most

    def count(self, text: str) -> int:
        return self._running().count(text)

    def stream(self, messages: Sequence[Message], seconds: float) -> Iterator[str]:
        yield from self._running().stream(messages, seconds)

    def close(self) -> None:
        """Stop the process, at once."""
        process = self._process
        if process is not None:
            process.kill()  # before the lock: a question may be waiting for it to start
            process.wait()
        with self._lock:
            self._process = self._chat = None
        if process is not None:
            atexit.unregister(self.close)
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _running(self) -> LangChainChat:
        with self._lock:
            if self._chat is None or self._process is None or self._process.poll() is not None:
                self._chat = self._start()
            return self._chat

    def _start(self) -> LangChainChat:
        if not self._gguf.is_file():
            raise ChatFailed(Trouble.MISSING, f"找不到模型文件 {self._gguf}")
        if importlib.util.find_spec("xllamacpp") is None:
            raise ChatFailed(Trouble.MISSING, "没有安装 local-llm:pip install 'huibao[local-llm]'")
        key = secrets.token_urlsafe(24)  # other users of this machine can reach the port
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "app.chat.llama_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        atexit.register(self.close)
        assert process.stdin is not None
        asked = {"gguf": str(self._gguf.resolve()), "context": self._context, "key": key}
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended already, which its empty answer says
        address = _first_line(process, START_SECONDS)
        if not address:
            process.kill()
            raise ChatFailed(Trouble.MISSING, f"{self._gguf} 不能作为模型打开")
        return LangChainChat(
            Endpoint(
                name=self.name,
                base_url=f"{address}/v1",
                key=key,
                seconds=self._seconds,
                most=self._most,
                context=self._context,
            )
        )


def _first_line(process: subprocess.Popen[bytes], seconds: float) -> str:
    """The first line that a process writes; empty where it ends or says nothing in time."""
    lines: queue.Queue[bytes] = queue.Queue()
    pipe = process.stdout
    assert pipe is not None
    threading.Thread(target=lambda: lines.put(pipe.readline()), daemon=True).start()
    try:
        return lines.get(timeout=seconds).decode().strip()
    except queue.Empty:
        return ""
