"""`huibao eval drafts`: each place's last report of the sample, drafted from its earlier ones.

Every second sentence of the real report that has a figure is handed in as a note; the real report
and others of its time are kept out. What may never happen is counted, what should is a share.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from app.draft.again import Wording
from app.draft.carry import sentence_like, unchanging
from app.draft.comparing import reckoned
from app.draft.desk import draft
from app.draft.draft import Draft, Origin, SentenceKind
from app.draft.material import Said, earlier, read_through, written
from app.draft.notes import read_notes
from app.draft.placing import name_of, same_thing
from app.history.amounts import shown
from app.history.statements import statements
from eval.drafts_score import Score
from eval.drafts_sections import class_of, planned, right
from eval.figures import SAMPLE
from index.archive import Archive, open_archive
from index.chinese.fold import fold
from index.records import Figure, FigureKind, Period, Report
from ingest.job import ingest

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_GAP = re.compile(r"【待补充[^【】]*】")
_SEED = 7


def main(folder: Path = SAMPLE, places: int | None = None, until: int | None = None) -> Score:
    """Draft each place's last report from a folder of reports, which are read without vectors.

    An archive's own folder is taken as it is. Of many places `places` are drawn, always the same.
    `until` is the last year whose reports are drafted.
    """
    with archive_of(folder) as opened:
        return run(opened, places, until)


@contextmanager
def archive_of(folder: Path) -> Iterator[Archive]:
    """The archive of a folder of reports, or the folder itself where it is an archive's."""
    if (folder / "archive.db").exists():
        with closing(open_archive(folder)) as opened:
            yield opened
        return
    with tempfile.TemporaryDirectory() as scratch:
        ingest((str(folder),), Path(scratch) / "archive", None)
        with closing(open_archive(Path(scratch) / "archive")) as opened:
            yield opened


def run(
    archive: Archive,
    places: int | None = None,
    until: int | None = None,
    wording: Wording | None = None,
) -> Score:
    """The score over the places of an archive with a report before their last one.

    With `wording` a language model words each draft.
    """
    score = Score()
    reports = list(_last_reports(archive, until))
    if places is not None and places < len(reports):
        reports = random.Random(_SEED).sample(reports, places)
    for real in reports:
        assert real.period is not None
        assert real.place is not None
        later = frozenset(
            info.id
            for info in archive.infos()
            if (period := info.described.period) and period.end >= real.period.end
        )
        before = earlier(archive, real.place, real.period, later)
        if before.last is None:
            continue
        said = _said(archive, real)
        told = [one for one in said if one.figures and not planned(one)]
        given = told[::2]
        made = draft(
            archive,
            real.place,
            real.period.key,
            typed=[one.text for one in given],
            without=later,
        )
        if wording is not None:
            plain, made = made, wording.worded(made)
            _wording(score, plain, made, given)
        score.drafts += 1
        _safety(score, made, before.said)
        _quality(score, made, said, given, before.said)
        bare = draft(archive, real.place, real.period.key, without=later)
        _wanted(score, bare, said, before.said)
    return score


def _last_reports(archive: Archive, until: int | None) -> Iterator[Report]:
    """The report of the latest standard half or year of each place."""
    best: dict[str, tuple[Period, int, str]] = {}
    for info in archive.infos():
        place, period = info.described.place, info.described.period
        early = until is None or (period is not None and period.end.year <= until)
        if place and period and early and not info.described.fragment:
            best[place] = max(best.get(place, (period, 0, "")), (period, info.passages, info.id))
    for _, _, report_id in sorted(best.values()):
        if report_id and (report := archive.report(report_id)) is not None:
            yield report


def _said(archive: Archive, report: Report) -> list[Said]:
    told = [one for one in statements(archive, report.place) if one.report_id == report.id]
    return list(read_through(archive, report, [f for one in told for f in one.figures])[0])


def _safety(score: Score, made: Draft, last: Sequence[Said]) -> None:
    by_number = {one.n: one for one in made.citations}
    periods = {made.period.chinese, *(p for p in (made.last and made.last.chinese,) if p)}
    score.unheld += len(made.verification.unsupported)
    for section in made.sections:
        for sentence in section.sentences:
            cited = [by_number[n] for n in sentence.citations]
            if _GAP.sub("", sentence.text).strip():  # a bare gap states nothing
                score.sentences += 1
                score.sourced += bool(cited)
            known = set(_DIGITS.findall(fold(" ".join([*(c.quote for c in cited), *periods]))))
            outside = fold(_GAP.sub("", sentence.text))
            if sentence.kind is SentenceKind.COMPARISON and reckoned(sentence.text, cited):
                continue
            score.invented += sum(one not in known for one in _DIGITS.findall(outside))
            if sentence.kind in (SentenceKind.NEW, SentenceKind.COMPARISON) and not sentence.tells:
                continue
            noted = " ".join(fold(c.quote) for c in cited if c.origin is Origin.NOTES)
            plan = sentence.kind is SentenceKind.TO_FILL and "报告计划" in outside
            for one in (f for s in last for f in s.figures if not plan):
                quoted = any(
                    c.report.id == one.report_id and c.start <= one.start < c.end for c in cited
                )
                lasting = one.kind is FigureKind.STOCK and unchanging(one, outside)
                told = _says(outside, shown(one)) and not _says(noted, shown(one))
                score.stale += quoted and not lasting and told


def _says(text: str, value: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(fold(value))}", text) is not None


def _wording(score: Score, plain: Draft, made: Draft, given: Sequence[Said]) -> None:
    """What a model did to the draft, read anew by the ledger's own rules."""
    score.lost += sum((Counter(_gaps(plain)) - Counter(_gaps(made))).values())
    supplied = [f for one in given for f in one.figures]
    quotes = {one.n: one.quote for one in made.citations}
    for sentence in (one for part in made.sections for one in part.sentences if one.tells):
        score.worded += 1
        outside = _GAP.sub("", sentence.text)
        for n in sentence.citations:
            # What stands there word for word is right; two rows of a table in one sentence would
            # be read with the first one's names.
            outside = outside.replace(quotes[n].rstrip("。;；"), "")
        for said in read_notes((), (outside,), made.place, made.period):
            for figure in said.figures:
                alike = [f for f in supplied if same_thing(f, figure) and f.kind is figure.kind]
                score.moved += bool(alike) and all(f.base != figure.base for f in alike)


def _gaps(made: Draft) -> list[str]:
    return [gap for s in made.sections for x in s.sentences for gap in _GAP.findall(x.text)]


def _quality(
    score: Score, made: Draft, said: Sequence[Said], given: Sequence[Said], last: Sequence[Said]
) -> None:
    handed = {id(one) for one in given}
    quotes = {one.n: one.quote for one in made.citations if one.origin is Origin.NOTES}
    for one in given:
        section = next(
            (
                s.heading
                for s in made.sections
                if any(
                    (x.kind is SentenceKind.NEW and fold(x.text) == fold(sentence_like(one.text)))
                    # A model words it otherwise.
                    or (x.tells and one.text in (quotes.get(n) for n in x.citations))
                    for x in s.sentences
                )
            ),
            None,
        )
        score.supplied += len(one.figures)
        if section is not None and right(section, one, made):
            score.placed += len(one.figures)
    supplied = [f for one in given for f in one.figures]
    before = [f for one in last for f in one.figures]
    asked = {(gap.indicator, gap.last) for gap in made.to_fill}
    value_of = {f: written(one, f) for one in last for f in one.figures}
    for one in said:
        if id(one) in handed or planned(one):
            continue
        for figure in one.figures:
            found = _counterparts(figure, one, before, supplied)
            score.comparable += bool(found)
            score.asked += any(
                value_of[other] == value and _names(label, other)
                for other in found
                for label, value in asked
            )
    text = fold("".join(x.text for s in made.sections for x in s.sentences))
    for one in said:
        for figure in one.figures:
            same = [f for f in before if same_thing(f, figure) and f.base == figure.base]
            if same and one.basic and unchanging(figure, one.text):
                score.standing += 1
                score.stood += fold(shown(figure)) in text
    tops = {one.heading[0] for one in said if one.heading}
    classes = {class_of(s.heading) for s in made.sections}
    score.headings += len(tops)
    score.covered += sum(class_of(top) in classes for top in tops)


def _wanted(score: Score, made: Draft, said: Sequence[Said], last: Sequence[Said]) -> None:
    """How many of the figures asked for the real report tells, whoever supplied them."""
    told = [
        f
        for one in said
        if not planned(one)
        for f in one.figures
        if f.kind is not FigureKind.TARGET
    ]
    spans = {one.n: one for one in made.citations if one.origin is Origin.ARCHIVE}
    for gap in made.to_fill:
        cited = spans.get(gap.citation) if gap.citation is not None and gap.last else None
        asked = [
            f
            for one in last
            for f in one.figures
            if cited is not None
            and cited.start <= f.start < cited.end
            and f.kind is not FigureKind.TARGET
            and written(one, f) == gap.last
        ]
        if not asked:
            continue
        found = any(same_thing(f, other) for f in asked for other in told)
        if gap.usual:
            score.usual += 1
            score.usual_told += found
        else:
            score.seldom += 1
            score.seldom_told += found


def _names(label: str, figure: Figure) -> bool:
    """Whether a gap is called as the figure is, with or without words around it."""
    asked, own = (re.sub(r"[“”\s]", "", fold(one)) for one in (label, name_of(figure)))
    return own in asked or asked in own


def _counterparts(
    figure: Figure, said: Said, before: Sequence[Figure], supplied: Sequence[Figure]
) -> list[Figure]:
    """What the last report tells of the same thing, if it has to be asked for; mostly one."""
    if figure.kind is FigureKind.TARGET or unchanging(figure, said.text):
        return []
    if any(same_thing(figure, other) for other in supplied):
        return []
    return [f for f in before if same_thing(f, figure) and f.kind is figure.kind]


if __name__ == "__main__":
    print(main().table())
