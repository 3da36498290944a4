"""An OpenAI-compatible server on loopback that behaves well or badly, as a script tells it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from eval.scripted_behaviours import honest
from eval.scripted_steps import Aside, Behaviour, Hangup, Sleep, Status, Step, passages_in


class ScriptedModel:
    """The server; `behaviour` may be changed between questions. A context manager."""

    def __init__(self, behaviour: Behaviour = honest, *, tokenizes: bool = True) -> None:
        self.behaviour = behaviour
        self.tokenizes = tokenizes
        self.context: int | None = None
        """Tokens that /props tells; None for a server that does not say."""
        self.finish = "stop"
        self.requests: list[dict[str, Any]] = []
        """Bodies of the chat requests so far."""
        self.stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> ScriptedModel:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(model: ScriptedModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            settings = {"default_generation_settings": {"n_ctx": model.context}}
            known = self.path == "/props" and model.context is not None
            self._plain(Status(200, json.dumps(settings)) if known else Status(404))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            if self.path == "/tokenize":
                # As many tokens as characters: more than any real tokenizer makes of Chinese.
                tokens = json.dumps({"tokens": list(range(len(body["content"])))})
                self._plain(Status(200, tokens) if model.tokenizes else Status(404))
                return
            model.requests.append(body)
            question = str(body["messages"][-1]["content"])
            answer = model.behaviour(passages_in(body["messages"]), question)
            if isinstance(answer, Status):
                self._plain(answer)
            else:
                self._stream(answer)

        def _plain(self, status: Status) -> None:
            self.send_response(status.code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(status.body.encode())))
            self.end_headers()
            self.wfile.write(status.body.encode())

        def _stream(self, steps: Iterator[Step]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            try:
                for step in steps:
                    if model.stopped.is_set() or isinstance(step, Hangup):
                        return
                    if isinstance(step, Sleep):
                        model.stopped.wait(step.seconds)
                    elif isinstance(step, Aside):
                        self._event({"content": "", "reasoning_content": step.text}, None)
                    else:
                        self._event({"content": step}, None)
                self._event({}, model.finish)
                self.wfile.write(b"data: [DONE]\n\n")
            except OSError:
                return  # whoever asked has gone

        def _event(self, delta: dict[str, str], finish: str | None) -> None:
            chunk = {
                "id": "1", "object": "chat.completion.chunk", "created": int(time.time()),
                "model": "scripted",
                "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
            }  # fmt: skip
            self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
            self.wfile.flush()

    return Handler
