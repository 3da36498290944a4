"""`python -m eval.mutations`: files damaged on purpose; every one must end in a named outcome.

Bytes of the fixtures are flipped, cut out and said twice. What counts is that reading gives
lines or UnreadableFile, never another exception, and how long the slowest took.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import UnreadableFile
from ingest.containers import forget
from ingest.readers import load, read
from ingest.scan import scan

_ROOT = Path(__file__).parent.parent
_FOLDERS = (_ROOT / "tests" / "fixtures" / "readers", _ROOT / "eval" / "archive" / "reports")
# Recognition and LibreOffice take seconds a file: these kinds get a share of the tries.
_SLOW = {".tif": 40, ".doc": 20, ".wps": 10, ".wpt": 10, ".rtf": 20, ".odt": 20}
_SLOWER = "report-scan report-photo report-askew report-noisy".split()


@dataclass(frozen=True)
class Tried:
    """One damaged file: its kind, what came of it, and how long that took in seconds."""

    kind: str
    outcome: str
    seconds: float


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight wounds: flipped, cut out, or said twice."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(found)) if found else 0
        length = chance.choice((1, 1, 8, 64, 512, 4096))
        match chance.randrange(3):
            case 0:
                for i in range(at, min(at + length, len(found))):
                    found[i] ^= 1 << chance.randrange(8)
            case 1:
                del found[at : at + length]
            case _:
                found[at:at] = found[at : at + length]
    return bytes(found)


def run(count: int, seed: int) -> Iterator[Tried]:
    """Damage and read `count` files, the slow kinds less often."""
    chance = random.Random(seed)
    kinds: dict[str, list[bytes]] = {}
    for folder in _FOLDERS:
        for path in sorted(folder.rglob("*.*")):
            if path.stem not in _SLOWER:
                kinds.setdefault(path.suffix, []).append(path.read_bytes())
    quick = [kind for kind in sorted(kinds) if kind not in _SLOW]
    tries = [kind for kind, times in _SLOW.items() if kind in kinds for _ in range(times)]
    tries += [quick[i % len(quick)] for i in range(max(count - len(tries), 0))]
    for kind in tries[:count]:
        data = damaged(chance.choice(kinds[kind]), chance)
        begun = time.monotonic()
        try:
            _read(data, kind)
            outcome = "read"
        except UnreadableFile:
            outcome = "named reason"
        except Exception as error:  # noqa: BLE001  counted and printed: finding these is the point
            outcome = f"crash: {type(error).__name__}"
        yield Tried(kind, outcome, time.monotonic() - begun)


def _read(data: bytes, kind: str) -> None:
    """As an ingest would: a zip by its members, at least one of which must be read."""
    if kind != ".zip":
        read(data, kind)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(data)
        found = scan([str(path)], Path(folder) / "no archive")
        for member in found.files:
            read(load(member), member.suffix)
        forget()
    if not found.files:
        raise UnreadableFile(found.refused[0].reason)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    tried = list(run(given.count, given.seed))
    for (kind, outcome), n in sorted(Counter((one.kind, one.outcome) for one in tried).items()):
        print(f"{kind:6} {outcome:24} {n}")
    slowest = max(tried, key=lambda one: one.seconds)
    print(f"{len(tried)} files, slowest {slowest.seconds:.1f} s ({slowest.kind})")


if __name__ == "__main__":
    main()
