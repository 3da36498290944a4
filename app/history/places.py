"""The place that a person means, by any of its names."""

from __future__ import annotations

from difflib import get_close_matches

from app import texts
from app.history.namesakes import BETWEEN
from app.history.texts import which_place
from index.archive import Archive
from index.chinese.fold import fold
from index.errors import NotFound, SeveralPlaces
from index.gazetteer import Gazetteer
from index.ledger import Asked, entries, places_of
from index.ledger_names import towns_of


def place_meant(archive: Archive, name: str) -> str:
    """The same, with its town (石门镇/青杠村) where several places bear the name.

    Raises SeveralPlaces where several bear it and the town is not said, else NotFound.
    """
    found = place_named(archive, name)
    towns = towns_of(archive, found)
    if len(towns) < 2:
        return found
    said = fold(name.strip()).replace(BETWEEN, "")
    front = said[: said.rfind(found)] if found in said else ""
    meant = [town for town in towns if front and (front.endswith(town) or town.startswith(front))]
    if len(meant) != 1:
        choices = tuple(f"{town}{found}" for town in towns)
        raise SeveralPlaces(which_place(found, choices), choices)
    return f"{meant[0]}{BETWEEN}{found}"


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
