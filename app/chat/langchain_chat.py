"""Any chat model that LangChain knows, streamed under a time limit that holds."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from app.chat.chat import ChatFailed, Message, Trouble
from app.chat.tokens import ServerCounter, estimate

OPENAI = "openai"
_DEFAULT_CONTEXT = 4096
_RETRIES = 1
"""How often the client itself asks again after a refused or broken connection."""


@dataclass(frozen=True)
class Endpoint:
    """Where a model is served and what it is asked for."""

    name: str
    provider: str = OPENAI
    base_url: str | None = None
    key: str | None = None
    seconds: float = 60.0
    most: int = 800
    context: int | None = None
    """Tokens; None asks the server, and takes 4,096 where it does not say."""


class LangChainChat:
    """A Chat over `init_chat_model`; the packages are imported by the first question."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._model: Any = None
        self._context = endpoint.context
        self._lock = threading.Lock()
        self._counter: ServerCounter | None = None
        if endpoint.provider == OPENAI and endpoint.base_url:
            self._counter = ServerCounter(
                endpoint.base_url,
                endpoint.key,
                endpoint.name,
                direct=on_loopback(endpoint.base_url),
            )

    @property
    def name(self) -> str:
        return self._endpoint.name

    @property
    def context(self) -> int:
        if self._context is None:
            told = self._counter.context() if self._counter else None
            self._context = told or _DEFAULT_CONTEXT
        return self._context

    @property
    def most(self) -> int:
        return self._endpoint.most

    def count(self, text: str) -> int:
        return self._counter.count(text) if self._counter else estimate(text)

    def close(self) -> None:
        """Nothing to stop: the model is served elsewhere."""

    def stream(self, messages: Sequence[Message], seconds: float) -> Iterator[str]:
        """Yield the answer in pieces; raises ChatFailed, SLOW after `seconds` whatever happens."""
        deadline = time.monotonic() + seconds
        pieces: queue.Queue[str | ChatFailed | None] = queue.Queue()
        stopped = threading.Event()
        # In a thread of its own: a server that stays silent is left, not waited for.
        threading.Thread(
            target=self._read, args=(list(messages), pieces, stopped), daemon=True
        ).start()
        try:
            while True:
                try:
                    piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    raise ChatFailed(Trouble.SLOW) from None
                if piece is None:
                    return
                if isinstance(piece, ChatFailed):
                    raise piece
                if time.monotonic() > deadline:
                    raise ChatFailed(Trouble.SLOW)
                yield piece
        finally:
            stopped.set()

    def _read(
        self,
        messages: list[Message],
        pieces: queue.Queue[str | ChatFailed | None],
        stopped: threading.Event,
    ) -> None:
        begun = False
        try:
            # LANGSMITH_TRACING in the environment would send the reports to a server abroad.
            from langsmith import tracing_context

            with tracing_context(enabled=False):
                finish: str | None = None
                for chunk in self._made().stream(messages):
                    if stopped.is_set():
                        return
                    finish = chunk.response_metadata.get("finish_reason", finish)
                    if chunk.text:
                        begun = True
                        pieces.put(str(chunk.text))
            pieces.put(self._ending(finish))
        except Exception as error:  # noqa: BLE001 - any provider, any of its exceptions
            pieces.put(_failure(error, begun))

    def _ending(self, finish: str | None) -> ChatFailed | None:
        if finish == "length":
            return ChatFailed(Trouble.CUT)
        if finish is None and self._endpoint.provider == OPENAI:
            return ChatFailed(Trouble.BROKEN)  # the connection was closed before the end
        return None

    def _made(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = _make(self._endpoint)
            return self._model


def on_loopback(url: str) -> bool:
    """Whether a URL is of this machine, which no proxy of the environment must be asked for."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _make(endpoint: Endpoint) -> Any:
    import httpx
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"temperature": 0}
    if endpoint.provider == OPENAI and endpoint.base_url:
        options |= {
            "api_key": endpoint.key or "none",
            # Compatible servers know max_tokens; not all know max_completion_tokens.
            "extra_body": {"max_tokens": endpoint.most},
            "timeout": endpoint.seconds,
            "max_retries": _RETRIES,
            "stream_usage": False,
            "use_responses_api": False,
        }
        if on_loopback(endpoint.base_url):
            options["http_client"] = httpx.Client(trust_env=False, timeout=endpoint.seconds)
    else:
        options |= {"max_tokens": endpoint.most}
        options |= {"api_key": endpoint.key} if endpoint.key else {}
    if endpoint.base_url:
        options["base_url"] = endpoint.base_url
    return init_chat_model(endpoint.name, model_provider=endpoint.provider, **options)


def _failure(error: Exception, begun: bool) -> ChatFailed:
    from langchain_core import exceptions as known

    text = f"{type(error).__name__}: {error}"
    words = text.lower()
    if isinstance(error, ChatFailed):
        return error
    if isinstance(error, ImportError):
        return ChatFailed(Trouble.MISSING, text)
    if isinstance(error, known.ContextOverflowError) or (
        "context" in words and ("exceed" in words or "length" in words)
    ):
        return ChatFailed(Trouble.CONTEXT, text)
    if begun:
        return ChatFailed(Trouble.BROKEN, text)
    for kind, trouble in (
        (known.ModelTimeoutError, Trouble.SLOW),
        (known.ModelRateLimitError, Trouble.BUSY),
        (known.ModelAuthenticationError, Trouble.DENIED),
        (known.ModelPermissionDeniedError, Trouble.DENIED),
        (known.ModelConnectionError, Trouble.DOWN),
    ):
        if isinstance(error, kind):
            return ChatFailed(trouble, text)
    return ChatFailed(Trouble.ERROR, text)
