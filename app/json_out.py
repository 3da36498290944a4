"""The JSON documents of the command line's contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.answer.extract import reference
from app.answer.from_archive import scope_shown
from app.explain import Explained, explain
from app.versions import VersionPair, Versions
from index.archive import ReportInfo
from index.corrections import Correction
from index.records import Described, Passage, Report
from index.search import Found
from ingest.job import JobResult


def found_json(found: Found, explained: bool = False) -> dict[str, Any]:
    """`huibao search --json`: the query as understood, and the hits, with reasons if asked."""
    query = found.query
    return {
        "query": {
            "text": query.text,
            **asdict(scope_shown(query)),
            "words": [term.word for term in query.terms],
            "wanted": query.wanted.value,
            "units": list(query.units),
            "named_report": query.named_report,
            "intent": query.intent.value,
            "choices": list(query.unclear),
        },
        "hits": [
            {
                "rank": hit.rank,
                "score": round(hit.score, 6),
                "report": asdict(reference(hit.stored)),
                "heading": " > ".join(hit.stored.passage.heading),
                "text": hit.stored.passage.text,
                "start": hit.stored.passage.start,
                "end": hit.stored.passage.end,
                **({"why": _why(explain(found, hit))} if explained else {}),
                **_position(hit.stored.passage),
            }
            for hit in found.hits
        ],
    }


def _why(why: Explained) -> dict[str, Any]:
    return {**asdict(why), "lists": {name: round(part, 6) for name, part in why.lists}}


def _position(passage: Passage) -> dict[str, Any]:
    position = passage.position(passage.start, passage.end)
    return {name: getattr(position, name) for name in ("page", "sheet", "row", "sure")}


def job_json(result: JobResult) -> dict[str, Any]:
    """`huibao ingest --json`: an outcome per file, and what the archive holds now."""
    return {
        "files": [
            {
                "path": file.path,
                "outcome": file.outcome.value,
                "reason": file.reason,
                "reports": list(file.reports),
            }
            for file in result.files
        ],
        "reports": result.reports,
        "passages": result.passages,
        "figures": result.figures,
        "pending": result.pending,
        "words_seconds": round(result.words_seconds, 3),
        "seconds": round(result.seconds, 3),
    }


def info_json(info: ReportInfo) -> dict[str, Any]:
    """One row of `huibao reports list --json`."""
    return {
        "id": info.id,
        "source": info.source,
        "passages": info.passages,
        **_described(info.described),
    }


def removed_json(correction: Correction) -> dict[str, Any]:
    """One row of `huibao reports list --removed --json`."""
    was = {name: correction.was(name) for name in ("title", "place", "period")}
    return {"id": correction.report_id, **was, "source": correction.path}


def report_json(report: Report, versions: Versions) -> dict[str, Any]:
    """`huibao reports show ID --json`: the description, other versions, and the stored text."""
    return {
        "id": report.id,
        "source": report.source,
        "ordinal": report.ordinal,
        **_described(report.described),
        "copies": list(versions.copies),
        "duplicates": [
            {"id": other.id, "source": other.source, "similarity": similarity}
            for other, similarity in versions.duplicates
        ],
        "text": report.text,
    }


def version_json(pair: VersionPair) -> dict[str, Any]:
    """One row of `huibao reports duplicates --json`."""
    return {
        "similarity": pair.similarity,
        "same_content": pair.same_content,
        "reports": [
            {"id": info.id, "source": source, "title": info.described.title, **_scope(info)}
            for info, source in (pair.one, pair.other)
        ],
    }


def _scope(info: ReportInfo) -> dict[str, Any]:
    period = info.described.period
    return {"place": info.described.place, "period": period.key if period else None}


def _described(described: Described) -> dict[str, Any]:
    return {
        "title": described.title,
        "place": described.place,
        "within": list(described.within),
        "unit": described.unit,
        "period": described.period.key if described.period else None,
        "genre": described.genre,
        "dated": described.dated.isoformat() if described.dated else None,
        "fragment": described.fragment,
        "origins": {name: origin.value for name, origin in described.origins},
        "sure": {name: origin.sure for name, origin in described.origins},
    }
