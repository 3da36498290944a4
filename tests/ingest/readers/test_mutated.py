"""Damaged files of every format: lines or a named outcome, never another exception."""

from __future__ import annotations

import contextlib
import io
import random
import re
import time
import zipfile

import pytest

from index.errors import UnreadableFile
from ingest.readers import read
from tests.ingest.readers.files import FILES, rezipped

_EACH = 80
_SECONDS = 3.0


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with bytes flipped, cut out, repeated, or its end missing."""
    kind = chance.randrange(4)
    at = chance.randrange(len(data))
    some = chance.randrange(1, 1 + min(400, len(data) - at))
    if kind == 0:
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 12)):
            changed[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(changed)
    if kind == 1:
        return data[:at] + data[at + some :]
    if kind == 2:
        return data[:at] + data[at : at + some] * chance.randrange(2, 5) + data[at + some :]
    return data[:at]


def mutated_inside(data: bytes, chance: random.Random) -> bytes:
    """An Office file with one of its parts mutated, or with wrong values in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        name = chance.choice([one for one in parts.namelist() if one.endswith((".xml", ".rels"))])
        part = parts.read(name)
    values = list(re.finditer(rb'"[^"<>]*"', part))
    if values and chance.random() < 0.6:
        value = chance.choice(values)
        wrong = chance.choice([b'""', b'"-1"', b'"99999999999"', b'"x"', value.group() * 2])
        part = part[: value.start()] + wrong + part[value.end() :]
    else:
        part = mutated(part, chance)
    return rezipped(data, {name: part})


@pytest.mark.parametrize("suffix", FILES)
def test_a_damaged_file_gives_lines_or_a_named_outcome(suffix: str) -> None:
    whole = FILES[suffix]()
    chance = random.Random(suffix)
    for n in range(_EACH):
        # Every other time inside a part: the zip around would catch most of the rest.
        inside = n % 2 and zipfile.is_zipfile(io.BytesIO(whole))
        damaged = mutated_inside(whole, chance) if inside else mutated(whole, chance)
        begun = time.monotonic()
        with contextlib.suppress(UnreadableFile):
            read(damaged, suffix)
        assert time.monotonic() - begun < _SECONDS
