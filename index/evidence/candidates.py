"""The sentences of the hits that may say the answer: inside the scope, scored by coverage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.chinese.fold import fold
from index.chinese.periods import PeriodMention, find_periods
from index.chinese.places import is_known, level, named_in
from index.chinese.sentences import sentences
from index.chinese.words import tag
from index.evidence.belonging import names_office, offices
from index.query import PlaceScope, Query, Term, Wanted
from index.records import Hit, Period, anchor_of

_IN_HEADING = 0.8
_IN_TITLE = 0.5
_IN_SENTENCE_BEFORE = 0.6
_IN_PARAGRAPH = 0.5
_ALIKE = 0.97
_IN_OPENING = 0.4
_PARTLY = 0.7
_NO_THING = 0.4
_NO_THING_MOST = 1.2
"""What a word counts that is said by one of its synonyms, that stands in the heading, the title,
the sentence before, the paragraph or the report's opening instead, or in parts; and what a verb or
another word that names no thing weighs beside one that does."""

_HARDLY = 0.3
"""Coverage below which a sentence is not looked at any further."""
_LABEL = 12
"""Characters of a paragraph's first sentence that is the heading of the rest: 2.1 板栗。"""
_ANYBODY = frozenset("农户 群众 村民 人员 人口 居民 对象 工人 劳动力 户数 人数".split())
_NO_PLAN = r"(?<!项目)(?<!发展)(?<!帮扶)(?<!制定)(?<!编制)"
"""通过项目规划发放26万元 was handed out: a document of that name is no plan."""
_STRIVE = "争取(?![^,。;]{0,12}(?:资金|经费|款|补助|项目))"
"""争取资金3万元 was got."""
_PLANNED = re.compile(
    rf"{_NO_PLAN}(?:计划(?!生育|[,。、;:》”\"])|规划)|预计|预期|拟(?!定)|目标|力争|{_STRIVE}|打算|下一步|下步|"
    r"准备|预脱|预出|确保|应(?=[参缴享])|将(?=[于在要完建修新投实达])"
)
_AIM = re.compile(
    rf"计划|规划|预期|拟(?!定)|目标|力争|{_STRIVE}|打算|任务|下一步|下步|准备|预脱|预出|安排|"
    r"控制在|确保|后续(?=\d|还|将|再)"
)
_OUTLOOK = re.compile(
    r"下一?步|打算|今后|下阶段|(?:下半年|明年|来年)(?:的?(?:工作)?(?:打算|计划|安排|思路|重点|目标|任务|措施)|$)"
)
_DONE = re.compile(r"已|实际|目前|截[至止]")


@dataclass(frozen=True)
class Candidate:
    """A sentence that may answer; offsets count in its report's text."""

    hit: Hit
    start: int
    end: int
    text: str
    folded: str
    coverage: float
    """Share of the asked words, weighted by rarity, that the sentence and its heading say; 0–1."""
    missing: tuple[str, ...]
    paragraph: tuple[str, ...] = ()
    """The sentences before it in its paragraph, folded."""
    lead: str = ""
    """What opens the enumeration that it is an item of, folded: 今年主要预期目标是."""

    # Reading names and dates takes most of the time, and few sentences come so far.
    @cached_property
    def dates(self) -> tuple[PeriodMention, ...]:
        """What it says of time; offsets count in the sentence, those of its lead are -1."""
        anchor = anchor_of(self.hit.stored.described)
        # 六、2022年安排: what stands below is of the time that the heading says.
        headed = find_periods(fold("".join(self.hit.stored.passage.heading[-1:])), anchor)
        return (
            *_ahead(headed),
            *_ahead(find_periods(self.lead, anchor)),
            *find_periods(self.folded, anchor),
        )

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Where it names a place."""
        return tuple(named_in(self.folded))

    @cached_property
    def subject(self) -> str:
        """The place last named before it in its paragraph, folded: 二是水磨湾村的茭白。…"""
        for sentence in reversed(self.paragraph):
            if named := list(named_in(sentence)):
                return sentence[slice(*named[-1])]
        return ""

    def planned(self, at: int | None) -> bool:
        """Whether what stands at offset `at` (None: the end) is said of the future.

        The last word on it counts: 计划投资45万元,已完成30万元.
        """
        before = self.folded[:at]
        if _PLANNED.search(self.lead) or self._in_outlook:
            return True
        plans = [match.start() for match in _PLANNED.finditer(before)]
        plans += [
            date.start for date in self.dates if self._future(date) and date.end <= len(before)
        ]
        done = [match.start() for match in _DONE.finditer(before)]
        return bool(plans) and max(plans) > max(done, default=-1)

    def aimed(self, at: int | None) -> bool:
        """Whether what stands at offset `at` is a target: 预计 alone tells what came out."""
        return self._in_outlook or bool(_AIM.search(self.lead + self.folded[:at]))

    @cached_property
    def _in_outlook(self) -> bool:
        """Whether it stands in the section on what is to come: 三、下一步工作打算."""
        return any(_OUTLOOK.search(fold(one)) for one in self.hit.stored.passage.heading)

    def _future(self, mention: PeriodMention) -> bool:
        """Whether a date lies behind what the report covers: 下半年 in a report of June."""
        covered = self.hit.stored.described.period
        return covered is not None and mention.period.start > covered.end


def weigh(terms: Sequence[Term], rarity: Callable[[str], float]) -> dict[str, float]:
    """Each term's weight: the rarity of the commonest way to say it, less for what is no thing.

    Who asks what was «spent on» or «built» may be told so in any verb; the thing must be said.
    """
    return {term.word: _weight(term, min(map(rarity, term.alike))) for term in terms}


def _weight(term: Term, rarity: float) -> float:
    return rarity if _thing(term) else min(rarity * _NO_THING, _NO_THING_MOST)


def _thing(term: Term) -> bool:
    if term.word in _ANYBODY:
        return False
    kind = tag(term.word)
    return kind == "" or kind[0] in "nijl" or kind in ("vn", "an")


def candidates(
    query: Query,
    hits: Sequence[Hit],
    weights: dict[str, float],
    earlier: Callable[[Hit], str] = lambda hit: "",
    opening: Callable[[Hit], str] = lambda hit: "",
) -> Iterator[Candidate]:
    """Yield the sentences of the hits that say some of what is asked, where the place allows.

    `earlier` gives what stands before a passage on its first line, where an enumeration may
    have been opened; `opening` how the passage's report begins, where it says what it is about.
    """
    total = sum(weights.values()) or 1.0
    for hit in hits:
        passage, described = hit.stored.passage, hit.stored.described
        if query.undated and described.period is not None:
            continue
        heading = fold(" ".join(passage.heading))
        title = fold(f"{described.title} {described.unit or ''}")
        about = fold(opening(hit))
        stands_before = earlier(hit)
        before, lead = _opened(stands_before)
        offices_of = ""
        line = fold(stands_before.rpartition("\n")[2])
        paragraph = tuple(line[start:end] for start, end in sentences(line))
        last_end = 0
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            folded = fold(text)
            if "\n" in passage.text[last_end:start]:
                paragraph = ()  # a new paragraph speaks of something else
            last_end = end
            if not before.endswith(";"):
                lead = ""
            # 成立领导小组:⏎组 长:何明⏎成 员:吴芳: the lines stand under what opens them.
            holders = any(True for _ in offices(folded))
            offices_of = (before if before.endswith(":") else offices_of) if holders else ""
            spoken = _SPACED.sub("", folded) if holders else folded
            label = paragraph[0] if paragraph and len(paragraph[0]) <= _LABEL else ""
            around = _Around(
                f"{heading} {lead} {offices_of} {label}", before, " ".join(paragraph), title, about
            )
            said = {term.word: _said(term, spoken, around) for term in query.terms}
            before = folded
            candidate = Candidate(
                hit,
                passage.start + start,
                passage.start + end,
                text,
                folded,
                sum(weights[word] * share for word, share in said.items()) / total,
                tuple(word for word, share in said.items() if share == 0),
                paragraph,
                lead,
            )
            lead = lead or _opening(folded)
            paragraph = (*paragraph, folded)
            if candidate.coverage < _HARDLY:
                continue
            # A heading alone is no answer to «which» and «how», but it may state a figure.
            heads = query.wanted in (Wanted.LIST, Wanted.NARRATIVE) and (
                text.rstrip("。.:：;； ") in passage.heading
            )
            # A teaser breaks off in mid-sentence: who knows what the rest of it said.
            broken = described.fragment and folded.endswith(("...", "…"))
            if not heads and not broken and place_allows(query, candidate, None):
                yield candidate


def _opening(folded: str) -> str:
    """今年主要预期目标是:…;…;… is one sentence: its items stand under what opens it."""
    return folded.partition(":")[0] if ":" in folded else ""


def _opened(earlier: str) -> tuple[str, str]:
    """(the last sentence, the enumeration's opening) at the end of what stands before."""
    before = lead = ""
    for start, end in sentences(earlier):
        if not before.endswith(";"):
            lead = ""
        before = fold(earlier[start:end])
        lead = lead or _opening(before)
    return before, lead


def _ahead(mentions: Iterable[PeriodMention]) -> Iterator[PeriodMention]:
    """Mentions of a lead, as standing before the sentence."""
    for mention in mentions:
        yield replace(mention, start=-1, end=-1)


def says(text: str, word: str) -> bool:
    """Whether folded text says a word; 7台 is not said by 17台, but by 7 台."""
    if not word[0].isdigit():
        return word in text
    digits = re.match(r"[\d.]+", word)
    assert digits is not None
    rest = re.escape(word[digits.end() :])
    return re.search(rf"(?<![\d.]){re.escape(digits[0])}\s?{rest}", text) is not None


@dataclass(frozen=True)
class _Around:
    """What stands around a sentence, folded: it says in part what the sentence leaves out."""

    heading: str
    before: str
    paragraph: str
    title: str
    about: str
    """How the report begins."""


_TURN = re.compile(r"第[一二三四五六七八九十\d]+(?=[届期批次轮季])")


def _other_turn(word: str, sentence: str) -> bool:
    """Whether a sentence speaks of another turn of what is asked: 第二届 for 第一届花节."""
    asked = _TURN.search(word)
    told = _TURN.findall(sentence) + ["第一"] * ("首" in sentence)
    return asked is not None and bool(told) and asked.group() != told[0]


_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff]{1,3}:)")


def _said(term: Term, sentence: str, around: _Around) -> float:
    """How far a text says the term, 0–1: itself, in its heading, or by its parts."""
    heading = around.heading
    if _other_turn(term.word, sentence):
        return 0.0
    for text, share in (
        (sentence, 1.0),
        (heading, _IN_HEADING),
        (around.before, _IN_SENTENCE_BEFORE),
        (around.title, _IN_TITLE),
        (around.paragraph, _IN_PARAGRAPH),
        (around.about, _IN_OPENING),
    ):
        if says(text, term.word):
            return share
        if any(says(text, word) for word in term.alike):
            return share * _ALIKE
    if names_office(term.word, f"{around.title} {around.about}"):
        return _IN_HEADING
    if len(term.word) > 2 and re.search(
        rf"{re.escape(term.word[:-1])}[共计为达约有:]{{0,2}}\d", sentence
    ):
        return _PARTLY  # 低保户: 低保36户; 总产量: 总产187吨
    if term.parts:
        there = sum(part in sentence or part in heading for part in term.parts)
        return _PARTLY * there / len(term.parts)
    return 0.0


def place_allows(query: Query, candidate: Candidate, at: int | None) -> bool:
    """Whether what stands at offset `at` of the sentence (None: all of it) is about a named place.

    In a report for the place everything is, but for what a clause says of another place; in
    another report only what follows the place's own name, up to the next one.
    """
    if not query.places:
        return True
    described = candidate.hit.stored.described
    names = [name for place in query.places for name in place.names]
    if query.each is not None:
        # 各村有多少户: what a township's report says of its villages is what is asked for.
        names += [fold(inner) for place in query.places for inner in place.inside]
    elif described.place and any(described.place in place.inside for place in query.places):
        names.append(fold(described.place))
    aside = [match.span() for match in _ASIDE.finditer(candidate.folded)]
    own = [
        (match.start(), match.end())
        for name in names
        for match in re.finditer(re.escape(name), candidate.folded)
        if not _within(match.span(), aside)
    ]
    others = [
        span
        for span in candidate.places
        if not any(span[0] < end and start < span[1] for start, end in own)
        and not _within(span, aside)
        and _is_surely_named(candidate.folded[slice(*span)])
    ]
    if any(_is_about(place, candidate) for place in query.places):
        if at is None or not others:
            return True
        if _summed(candidate, others, at):
            return True
        wide = level(fold(described.place or "")) or 9
        last = max((span for span in [*own, *others] if span[0] <= at), default=None)
        # A township's report that goes on to a village by name no longer speaks of the township.
        return last not in others or (level(candidate.folded[slice(*last)]) or 0) < wide
    if not own:
        wide = level(fold(described.place or "")) or 0
        if _WIDER.search(candidate.folded[:at]):
            return False  # 全镇未脱贫767户 is no longer said of the village named before
        return not others and candidate.subject in names and wide < (level(candidate.subject) or 0)
    if at is None:
        return True
    if others and _summed(candidate, [*own, *others], at):
        return False  # what several places have together is no one's
    before = [span for span in [*own, *others] if span[0] <= at]
    return not others or (bool(before) and max(before) in own)


_WIDER = re.compile(r"全[镇乡县市区州]|[我本][镇乡县市区州]")

# What a place is made up of and what it borders on is not what goes on being spoken of.
_ASIDE = re.compile(
    r"由[^,。;]{3,80}?(?:组成|构成|合并而成)|"
    r"[东西南北](?:面|边|部)?[与和同][^,。;]{2,12}(?:接壤|紧接|相邻|相接|相连|毗邻|交界|隔界|为界)"
)


def _within(span: tuple[int, int], ranges: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in ranges)


# 分别为甲村安置点、乙村安置点,共安置318户: the sum is the whole's, not the last one's.
_SUM_OF_ALL = re.compile(r"[,;][^,;。]{0,3}?(?:一共|总共|共计|共|合计|总计|累计)")


def _summed(candidate: Candidate, named: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether the value at `at` is told as the sum over the places named before it."""
    ends = [end for _, end in named if end <= at]
    return len(ends) > 1 and _SUM_OF_ALL.search(candidate.folded, max(ends), at) is not None


def _is_about(place: PlaceScope, candidate: Candidate) -> bool:
    stored = candidate.hit.stored
    return place.covers(stored.described) or stored.passage.report_id in place.speaking


def _is_surely_named(name: str) -> bool:
    """Whether a name in running text is no chance: the wide places are all in the dictionary."""
    return (level(name) or 0) > 3 or is_known(name)


def place_of(query: Query, candidate: Candidate, at: int) -> str | None:
    """The place that the value at offset `at` is told of: the report's, or the village it names."""
    described = candidate.hit.stored.described
    if query.each is None:
        return described.place
    wide = level(fold(described.place or "")) or 0
    named = [
        candidate.text[start:end]
        for start, end in candidate.places
        if end <= at and (level(candidate.folded[start:end]) or 0) > wide
    ]
    return named[-1] if named else described.place


def period_allows(query: Query, candidate: Candidate, at: int | None) -> bool:
    """Whether what stands at offset `at` of the sentence (None: all of it) is of an asked period.

    The date last named before it counts; where there is none, the report's own period.
    """
    wanted = query.periods
    described = candidate.hit.stored.described
    if not wanted:
        return True
    reported = described.period is not None and any(
        described.period.within(period) for period in wanted
    )
    stated = governing(candidate, at)
    if query.named_report:
        return reported and not (
            query.own_period
            and stated is not None
            and not stated.overlaps(described.period or stated)
        )
    if stated is None:
        return reported
    if any(stated.within(period) for period in wanted):
        return True
    return reported and any(stated.overlaps(period) for period in wanted)


def governing(candidate: Candidate, at: int | None) -> Period | None:
    """The period that the sentence states for offset `at`, or for all of it where `at` is None."""
    dates = [one for one in candidate.dates if not _compares(candidate.folded, one)]
    if not dates:
        return None
    if at is None:
        return dates[0].period
    before = [mention for mention in dates if mention.start <= at]
    return before[-1].period if before else None


def _compares(folded: str, mention: PeriodMention) -> bool:
    """Whether a time is what is compared with: 比去年同期增加43人 is of this year."""
    return mention.start > 0 and folded[mention.start - 1] in "比较"
