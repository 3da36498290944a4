"""Questions by theme alone: sections of many reports whose headings name the same theme.

A theme is two content words that stand together in headings of several reports (生态 环境); the
question is one of these headings, and relevant are the passages of every section whose heading
has both words. Sections on the same theme under other words count as wrong, for each way of
searching alike: the figures compare ways of searching and are no share of good results.

The heading is in the context line of every relevant passage, which favours the search by words:
so a second measurement is made on a copy of the archive that was indexed and embedded without
headings. What is left of them there is what stands in the report's text itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

from eval.ranking import Mean, gain, mean, ndcg
from index.archive import Archive, create_archive
from index.chinese.fold import fold
from index.chinese.words import cut, tag
from index.embedder import Embedder
from index.lexical import LexicalIndex
from index.lock import writing
from index.ranking import Parts
from index.records import Passage, Report
from index.search import Searcher
from ingest.embed import embed_pending
from ingest.job import LEXICAL_FOLDER

_MARKER = re.compile(
    r"^(?:第[一二三四五六七八九十]{1,3}(?:部分|章|篇)|[(]?\s?[一二三四五六七八九十\d]{1,3}\s?[)]?\s?[、.．]?是?"
    r"|[①-⑳]|首先|其次|再次|最后)[,:、\s]*"
)
# Words by which reports are divided, whatever they are about.
_FRAME = frozenset(
    (
        "任务 目标 时期 回顾 工作 重点 主要 要求 措施 部署 安排 建议 情况 问题 意见 "
        "着力 大力 全力 全面"
    ).split()
)
_COMMON = 0.03
"""Share of all headings above which a word names no theme: 发展, 建设."""
_REPORTS = 5
"""Reports that must have the theme in a heading."""
_PASSAGES = (10, 300)
"""How many passages a theme may have."""
_HEADING = (4, 20)
_AT = 10

WAYS: Mapping[str, Parts] = {
    "words": Parts(meaning=False, scope=False, scorer=False),
    "meaning": Parts(words=False, scope=False, scorer=False),
    "hybrid": Parts(scope=False, scorer=False),
    "hybrid + scorer": Parts(scope=False),
}

Key = tuple[str, int]
"""A passage in any copy of the archive: its report and its place in it."""


@dataclass(frozen=True)
class Theme:
    """A question by theme, and the passages that are about it by their headings."""

    words: tuple[str, str]
    question: str
    relevant: frozenset[Key]


@dataclass(frozen=True)
class ThemeResult:
    """nDCG@10 of each way of searching, over the same themes."""

    name: str
    scores: Mapping[str, Sequence[float]]

    def means(self) -> dict[str, Mean]:
        return {way: mean(scores) for way, scores in self.scores.items()}

    @property
    def better_half(self) -> str:
        means = self.means()
        return max(("words", "meaning"), key=lambda way: means[way].value or 0.0)

    def gains(self) -> dict[str, Mean]:
        """By how much each hybrid beats the better half, paired by theme."""
        half = self.scores[self.better_half]
        return {
            way: gain(scores, half)
            for way, scores in self.scores.items()
            if way.startswith("hybrid")
        }

    def table(self) -> str:
        means = self.means()
        first = means["words"]
        lines = [f"{self.name}, n={first.n}: nDCG@{_AT}"]
        lines += [f"  {way:18} {value}" for way, value in means.items()]
        lines += [
            f"  {way:18} {value} over {self.better_half}" for way, value in self.gains().items()
        ]
        return "\n".join(lines)


def themes(passages: Iterable[Passage]) -> list[Theme]:
    """The themes of an archive's headings, always the same for the same passages."""
    inside: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        for heading in dict.fromkeys(map(_bare, passage.heading)):
            inside[heading].append(passage)
    words = {heading: _content(heading) for heading in inside}
    spread = Counter(word for found in words.values() for word in found)
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for heading, found in words.items():
        rare = sorted(word for word in found if spread[word] <= _COMMON * len(words))
        for one, other in combinations(rare, 2):
            groups[one, other].append(heading)
    made: dict[str, Theme] = {}
    for pair, headings in sorted(groups.items()):
        theme = _theme(pair, headings, inside)
        # Two pairs of words may come to the same headings; one question each is enough.
        if theme is not None:
            made.setdefault(theme.question, theme)
    return list(made.values())


def _theme(
    pair: tuple[str, str],
    headings: Sequence[str],
    inside: Mapping[str, Sequence[Passage]],
) -> Theme | None:
    reports = {heading: {one.report_id for one in inside[heading]} for heading in headings}
    relevant = {_key(one) for heading in headings for one in inside[heading]}
    least, most = _PASSAGES
    if len(set().union(*reports.values())) < _REPORTS or not least <= len(relevant) <= most:
        return None
    short, long = _HEADING
    named = [h for h in headings if short <= len(h) <= long and not re.search(r"\d", h)]
    if not named:
        return None
    question = min(named, key=lambda heading: (-len(reports[heading]), len(heading), heading))
    return Theme(pair, question, frozenset(relevant))


def _bare(heading: str) -> str:
    return _MARKER.sub("", fold(heading)).strip()


def _content(heading: str) -> frozenset[str]:
    """The words of a heading that may name a theme: nouns, but no names."""
    return frozenset(
        word
        for word in cut(heading)
        if len(word) >= 2 and word not in _FRAME and (tag(word) in ("n", "vn", "nz", "l", "j"))
    )


def measure(name: str, searcher: Searcher, found: Sequence[Theme]) -> ThemeResult:
    """Ask every theme in each way."""
    scores: dict[str, list[float]] = {way: [] for way in WAYS}
    for theme in found:
        query = searcher.understand(theme.question, date.today())
        for way, parts in WAYS.items():
            hits = searcher.search(query, _AT, parts, join=False).hits
            right = [_key(hit.stored.passage) in theme.relevant for hit in hits]
            scores[way].append(ndcg(right, len(theme.relevant), _AT))
    return ThemeResult(name, scores)


def run(folder: Path, archive: Archive, embedder: Embedder) -> Iterator[ThemeResult]:
    """Both measurements over the archive in `folder`; the copy is kept beside it."""
    found = themes(_passages(archive))
    yield measure("headings in the context line", _searcher(archive, folder, embedder), found)
    copy_folder = folder.with_name(folder.name + "-headless")
    headless(archive, copy_folder, embedder)
    with writing(copy_folder), closing(create_archive(copy_folder)) as copy:
        yield measure("headings not indexed", _searcher(copy, copy_folder, embedder), found)


def headless(archive: Archive, folder: Path, embedder: Embedder) -> None:
    """Make `folder` a copy of the archive whose passages have no headings, embedded anew."""
    with writing(folder), closing(create_archive(folder)) as copy:
        if copy.counts()[:2] != archive.counts()[:2]:
            for source in archive.sources():
                ids = archive.report_ids(source.path)
                copy.put_source(source, [_without_headings(archive, one) for one in ids])
        LexicalIndex(folder / LEXICAL_FOLDER).catch_up(copy)
        embed_pending(copy, folder, embedder)


def _without_headings(archive: Archive, report_id: str) -> tuple[Report, list[Passage]]:
    report = archive.report(report_id)
    assert report is not None
    return report, [replace(one.passage, heading=()) for one in archive.passages_of(report_id)]


def _searcher(archive: Archive, folder: Path, embedder: Embedder) -> Searcher:
    return Searcher(archive, folder / LEXICAL_FOLDER, embedder)


def _passages(archive: Archive) -> Iterator[Passage]:
    for info in archive.infos():
        yield from (one.passage for one in archive.passages_of(info.id))


def _key(passage: Passage) -> Key:
    return passage.report_id, passage.ordinal
