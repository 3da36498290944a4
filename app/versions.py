"""Other versions of a report: files with the same content, and reports nearly alike."""

from __future__ import annotations

from dataclasses import dataclass

from index.archive import Archive, ReportInfo


@dataclass(frozen=True)
class Versions:
    """What else there is of one report; each duplicate with its likeness, 0–1."""

    copies: tuple[str, ...]
    duplicates: tuple[tuple[ReportInfo, float], ...]


@dataclass(frozen=True)
class VersionPair:
    """Two files that hold the same or nearly the same report."""

    one: tuple[ReportInfo, str]
    """The report and its file."""
    other: tuple[ReportInfo, str]
    similarity: float
    same_content: bool


def versions_of(archive: Archive, report_id: str) -> Versions:
    pairs = archive.duplicates(report_id)
    infos = {info.id: info for info in archive.infos()} if pairs else {}
    others = [(pair.other if pair.one == report_id else pair.one, pair) for pair in pairs]
    return Versions(
        tuple(archive.copies_of(report_id)),
        tuple((infos[other], pair.similarity) for other, pair in others),
    )


def duplicates(archive: Archive) -> list[VersionPair]:
    """Copies first, then the pairs of reports that are alike, the likest first."""
    infos = {info.id: info for info in archive.infos()}
    same = archive.same_files()
    copies = [
        VersionPair((info, info.source), (info, path), 1.0, True)
        for info in infos.values()
        for path in same.get(info.id, ())
    ]
    alike = [
        VersionPair(
            (infos[pair.one], infos[pair.one].source),
            (infos[pair.other], infos[pair.other].source),
            pair.similarity,
            False,
        )
        for pair in archive.duplicates()
    ]
    return copies + alike
