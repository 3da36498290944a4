"""The place that a person means, by any of its names."""

from __future__ import annotations

from difflib import get_close_matches

from app import texts
from index.archive import Archive
from index.chinese.fold import fold
from index.errors import NotFound
from index.gazetteer import Gazetteer
from index.ledger import Asked, entries, places_of


def place_named(archive: Archive, name: str) -> str:
    """The archive's name for a place: 双枧镇枧头村 is 枧头村; raises NotFound, naming near ones."""
    wanted = fold(name.strip())
    if wanted and entries(archive, Asked(place=wanted), limit=1):
        return wanted
    aliases = Gazetteer(archive.known_places()).aliases().get(wanted, set())
    if len(aliases) == 1:
        return next(iter(aliases))
    known = {fold(p) for info in archive.infos() if (p := info.described.place)}
    if wanted in known:
        return wanted
    known.update(places_of(archive))
    inside = [place for place in known if wanted.endswith(place)]
    if inside:
        return max(inside, key=len)
    raise NotFound(texts.no_such_place(name, get_close_matches(wanted, known, n=3, cutoff=0.5)))
