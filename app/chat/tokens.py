"""How long a text is for a model: by its server's own count, else by a stated estimate."""

from __future__ import annotations

import math
from typing import Any

import httpx

_PATIENCE = 3.0


def estimate(text: str) -> int:
    """Tokens of a text where no server counts them: 1.2 a Chinese character, 1 for 3 of ASCII.

    Tokenizers of current models need 0.6 to 1 for a Chinese character, so this is too many
    rather than too few; those without Chinese pieces would need up to 3.
    """
    ascii_count = sum(char.isascii() for char in text)
    return math.ceil(1.2 * (len(text) - ascii_count) + ascii_count / 3)


class ServerCounter:
    """Counts by the server's /tokenize (llama.cpp, vLLM); by the estimate where it has none."""

    def __init__(self, base_url: str, key: str | None, name: str, *, direct: bool) -> None:
        """`direct` goes past a proxy that the environment names, for servers on this machine."""
        self._root = base_url.rstrip("/").removesuffix("/v1")
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._name = name
        self._direct = direct
        self._counts: bool | None = None

    def count(self, text: str) -> int:
        if self._counts is False:
            return estimate(text)
        body = {"content": text, "prompt": text, "model": self._name}
        answer = self._ask("POST", "/tokenize", body)
        tokens = answer.get("count", answer.get("tokens"))
        number = len(tokens) if isinstance(tokens, list) else tokens
        self._counts = isinstance(number, int) and not isinstance(number, bool)
        return number if isinstance(number, int) else estimate(text)

    def context(self) -> int | None:
        """The tokens that the server takes, where it says so: llama.cpp /props, vLLM /v1/models."""
        props = self._ask("GET", "/props")
        settings = props.get("default_generation_settings")
        if isinstance(settings, dict) and isinstance(settings.get("n_ctx"), int):
            return int(settings["n_ctx"])
        models = self._ask("GET", "/v1/models").get("data")
        for model in models if isinstance(models, list) else []:
            if isinstance(model, dict) and isinstance(model.get("max_model_len"), int):
                return int(model["max_model_len"])
        return None

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        try:
            # Reading the system's certificates takes longer than a server's counting.
            secure = not self._direct or self._root.startswith("https:")
            with httpx.Client(
                trust_env=not self._direct, timeout=_PATIENCE, verify=secure
            ) as client:
                answer = client.request(method, self._root + path, headers=self._headers, json=body)
            value = answer.json() if answer.is_success else {}
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return {}
        return value if isinstance(value, dict) else {}
