"""llama.cpp in a process of its own: `python -m app.chat.llama_child`, spoken to by its parent.

Reads one line of JSON from stdin ({"gguf", "context", "key"}), writes the address it serves at
to stdout, and ends when stdin is closed: a parent that is killed takes it along.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Serve the model until the parent is gone."""
    asked = json.loads(sys.stdin.readline())
    told = os.dup(1)
    os.dup2(2, 1)  # llama.cpp prints where it likes; stdout carries one line, our own
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = asked["gguf"]
    params.n_ctx = asked["context"]
    params.n_parallel = 1
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [asked["key"]]
    params.ui = False
    params.verbosity = 0
    server = xllamacpp.Server(params)
    os.write(told, f"{server.listening_address}\n".encode())
    sys.stdin.read()
    os._exit(0)  # the server's threads have nothing to save


if __name__ == "__main__":
    main()
