"""`python -m eval.load ARCHIVE`: many users ask a served archive in turn; times, errors, memory.

The server is a process of its own, as `huibao serve` starts it; users are threads of this one and
share the machine's cores with it. Each asks its next question once the last is answered, after
`--think` seconds. A time runs from sending the question to having the whole answer. Where the
archive has users, each logs in first as `--user` with `--password`; logging in is not timed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from eval.machine import setting
from index.archive import open_archive
from index.errors import HuibaoError, NotFound, UsageError
from index.ledger import Asked, entries
from index.users import has_users

_STARTS_WITHIN = 120.0
_ANSWER_WITHIN = 60.0
"""Seconds after which a user gives an answer up, which is an error."""
_SAMPLE_EVERY = 5.0
_QUESTIONS = 500


@dataclass(frozen=True)
class Asking:
    """One question: when it was answered since the start, how long it took, what went wrong."""

    at: float
    seconds: float
    error: str | None


@dataclass(frozen=True)
class Load:
    """What a run saw; `memory` are (seconds since the start, resident MB of the server)."""

    users: int
    seconds: float
    askings: tuple[Asking, ...]
    memory: tuple[tuple[float, float], ...]
    processor: float | None = None
    """Seconds of processor time that the server took, which other jobs change little."""

    def summary(self) -> dict[str, Any]:
        """Answer times of what was answered, errors by their words, memory at thirds of the run."""
        answered = [asking.seconds for asking in self.askings if asking.error is None]
        errors = [asking.error for asking in self.askings if asking.error is not None]
        return {
            "users": self.users,
            "seconds": round(self.seconds, 1),
            "answers": len(answered),
            "answers_a_second": round(len(answered) / self.seconds, 2) if self.seconds else None,
            "p50": _rounded(percentile(answered, 0.5)),
            "p95": _rounded(percentile(answered, 0.95)),
            "slowest": _rounded(max(answered, default=None)),
            "server_ms_an_answer": _rounded(
                1000 * self.processor / len(answered) if self.processor and answered else None
            ),
            "errors": {error: errors.count(error) for error in sorted(set(errors))},
            "memory_mb": [(round(at, 1), round(mb, 1)) for at, mb in self.memory],
            "memory_grown_mb": _rounded(grown(self.memory)),
        }


def percentile(values: Sequence[float], part: float) -> float | None:
    """The smallest value that at least `part` (0–1] of the values do not exceed; None of none."""
    if not values:
        return None
    ordered = sorted(values)
    at = -(-len(ordered) * round(part * 1000) // 1000)  # rounded up, without float residue
    return ordered[max(at, 1) - 1]


def grown(memory: Sequence[tuple[float, float]]) -> float | None:
    """MB between the middle third's mean and the last third's: what a leak goes on adding.

    The first third is left out, as a server that warms up grows. None of under three samples.
    """
    third = len(memory) // 3
    if not third:
        return None
    middle, last = memory[third : 2 * third], memory[-third:]
    return sum(mb for _, mb in last) / third - sum(mb for _, mb in middle) / third


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def questions(archive: Path, seed: int) -> list[str]:
    """Questions after figures that the reports state, one in ten of a place that is not there."""
    with closing(open_archive(archive)) as opened:
        stated = [
            (entry.described.place, entry.described.period.chinese, entry.figure.indicator)
            for entry in entries(opened, Asked(), limit=20_000)
            if entry.described.place and entry.described.period
        ]
    if not stated:
        raise NotFound("档案里没有可以提问的数字。")
    chance = random.Random(seed)
    asked = []
    for at in range(_QUESTIONS):
        place, period, indicator = chance.choice(stated)
        asked.append(f"{'无名坝村' if at % 10 == 9 else place}{period}{indicator}有多少？")
    return asked


@contextmanager
def served(archive: Path) -> Iterator[tuple[str, int]]:
    """(URL, process id) of `huibao serve` over the archive; ended on leaving."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--archive", str(archive)]
    server = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, server)
        yield url, server.pid
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{url}/health", timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise HuibaoError("网页没有启动起来。")


def run(
    archive: Path,
    users: int,
    seconds: float,
    think: float = 0.0,
    seed: int = 7,
    login: tuple[str, str] | None = None,
) -> Load:
    """Serve the archive and let the users ask; each starts at another question.

    `login` is the name and password of an account of the archive, which all of them use.
    """
    if has_users(archive) and login is None:
        raise UsageError("这个档案有用户，请写明 --user 和 --password。")
    asked = questions(archive, seed)
    with served(archive) as (url, pid):
        # What is loaded at the first question; a wrong login is found out here.
        with closing(logged_in(url, login)) as first:
            ask(first, url, asked[0])
        clients = [logged_in(url, login) for _ in range(users)]
        spent = processor_seconds(pid)
        begun = time.monotonic()
        stop = begun + seconds
        askings: list[Asking] = []  # append is atomic
        memory: list[tuple[float, float]] = []

        def user(number: int) -> None:
            at = number * len(asked) // users
            with closing(clients[number]) as client:
                while time.monotonic() < stop:
                    sent = time.monotonic()
                    error = ask(client, url, asked[at % len(asked)])
                    now = time.monotonic()
                    askings.append(Asking(now - begun, now - sent, error))
                    at += 1
                    time.sleep(think)

        threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
        for thread in threads:
            thread.start()
        every = min(_SAMPLE_EVERY, max(seconds / 12, 0.1))
        while (now := time.monotonic()) < stop:
            if (resident := resident_mb(pid)) is not None:
                memory.append((now - begun, resident))
            time.sleep(min(every, max(stop - now, 0)))
        for thread in threads:
            thread.join()
        now, took = time.monotonic(), processor_seconds(pid)
        processor = None if took is None or spent is None else took - spent
        return Load(users, now - begun, tuple(askings), tuple(memory), processor)


def logged_in(url: str, login: tuple[str, str] | None) -> httpx.Client:
    """A user's client, with the cookie of a session where there is a login; raises UsageError."""
    client = httpx.Client(trust_env=False, timeout=_ANSWER_WITHIN)
    if login is not None:
        form = dict(zip(("name", "password"), login, strict=True))
        if client.post(f"{url}/login", data=form).status_code != 303:
            client.close()
            raise UsageError("登录没有成功，请检查 --user 和 --password。")
    return client


def ask(client: httpx.Client, url: str, question: str) -> str | None:
    """Ask over Gradio's queue and wait for the whole answer; what went wrong, or None."""
    try:
        call = client.post(
            f"{url}/gradio_api/call/ask", json={"data": [question, None, None, None]}
        ).raise_for_status()
        event = call.json()["event_id"]
        stream = client.get(f"{url}/gradio_api/call/ask/{event}").raise_for_status()
    except httpx.HTTPError as error:
        return type(error).__name__
    return verdict(stream.text)


def verdict(stream: str) -> str | None:
    """What the last event of a stream says went wrong; None for an answer."""
    name, data = "", ""
    for line in stream.splitlines():
        key, _, value = line.partition(": ")
        if key == "event":
            name = value
        elif key == "data":
            data = value
    if name != "complete":
        return f"{name or 'no event'}: {data[:80]}"
    answer = json.loads(data)[0]
    return None if isinstance(answer, dict) and "refused" in answer else "no answer"


def resident_mb(pid: int) -> float | None:
    """Resident memory of a process in MB; None where the system does not tell (proc(5))."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), None)


def processor_seconds(pid: int) -> float | None:
    """Processor time of a process so far; None where the system does not tell (proc(5))."""
    try:
        # The name in the second field may hold spaces and brackets of its own.
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m eval.load", description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--think", type=float, default=0.0, help="seconds between two questions")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--user", help="an account of the archive, where it has users")
    parser.add_argument("--password", default="")
    given = parser.parse_args()
    login = (given.user, given.password) if given.user else None
    seen = run(given.archive, given.users, given.seconds, given.think, given.seed, login)
    print(json.dumps({**seen.summary(), "setting": setting()}, ensure_ascii=False, indent=2))
