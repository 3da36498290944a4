"""What each number of a sentence counts: the phrase before it, behind it, or of its neighbour."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from ingest.measure.numbers import Number
from ingest.measure.phrases import (
    begins_with_verb,
    head_of,
    is_change,
    is_per_head,
    is_share,
    last_verb,
    leading_verb,
    nouns_of,
    only_verbs,
    split_at_verb,
    stripped,
    without_change,
)

HIDDEN = "\0"
"""What stands in a sentence for a date, a remark in brackets or a footnote's number."""

_BREAK = re.compile(r"[,、。;:!?|\n()]")
_PAIRED = re.compile(rf"[{HIDDEN}、,和及与或计共合其中约有为分别\s]{{0,4}}|到|至|-")
_PAIRED_MOST = 4
_CHAINED = re.compile(rf"[{HIDDEN}\s]*(?:、|和|及|与|以及)")
_LINK = re.compile(r"[、和及与]")
_CHAINS = re.compile(rf"(?:、|和|及|与|以及)[{HIDDEN}\s]*$")
_DONE = re.compile(r"(完成|实施|开展|实现|办理|落实|推进)(?:了|共)*$")
_COUNTED = frozenset(("person", "household", "group", "piece", "times", "scale"))
_NOT_BEHIND = re.compile(
    r"^(?:[,、。;:!?|)]|增|提高|上升|下降|降|减|跃升|升|以|同比|比|较|与上|和|及|等|中(?!学|小|央|国|药|型|心|职|医)|为|是"
    r"|占|后|时|之|内|起|不等|的?(?:目标|任务|标准|速度|水平|基础|规模|价格|要求)|[的了]?$)"
)
_SPENT_ON = re.compile(r"^(?:资金)?(?:主要)?用(?:于|来|在)(?:了)?")
_WORTH = re.compile(r"(?:价值|总价|总值)约?$")
_ALL = re.compile(r"[全我本该][村镇乡县市区州社](?:区(?!域))?")
_AT = re.compile(
    r"^(?:\d{1,2}[、.]|[一二三四五六七八九十]是)?在"
    r"(?P<topic>[\u4e00-\u9fff]{2,10}?)(?:上|方面|中|工作中),"
)
_SETTLED = frozenset(
    "成功 办结 完工 竣工 整改 化解 解决 通过 合格 划掉 销号 投用 开工 到位 验收 修复 答复 "
    "办理".split()
)
_ROUND = 30
_DATED = re.compile(rf"(?<=[\u4e00-\u9fff]){HIDDEN}{{2,}}(?=[\u4e00-\u9fff])")
_EACH = re.compile(r"分别|(?<=[^各])均(?=增|提|达|下|降)")
_COST = re.compile(r"花费|耗资")
_EARNED = re.compile(r"(?:收入|收益|产值|分红|利润|盈余|支出)$")


class Said(NamedTuple):
    """What is said of a number."""

    indicator: str
    base: str
    """The same without the change: 财政收入 of 财政收入增长; what a next number may go on from."""
    left: str
    """The clause in front of it, dates hidden."""
    right: str
    """The clause behind it."""
    verb: str = ""
    """What was done, said once for a list: 建设 of 建设小镇10个、乡村41个."""
    settled: bool = False
    """Whether it is what of the number before was brought to an end: 调解118起,成功114起."""


def subjects(sentence: str, numbers: Sequence[Number]) -> list[Said]:
    """What is said of each number; `sentence` is folded, its dates hidden, offsets relative."""
    cuts = _cuts(sentence, numbers)
    said: list[Said] = []
    for index in range(len(numbers)):
        said.append(_said(sentence, numbers, index, cuts, said))
    said = _backward(sentence, numbers, said)
    said = _respectively(sentence, numbers, said)
    return _of_money(sentence, numbers, said, cuts)


def _cuts(sentence: str, numbers: Sequence[Number]) -> list[int]:
    """Offsets of the marks that end a clause, those inside numbers left out."""
    found = [match.start() for match in _BREAK.finditer(sentence)]
    for one in numbers:
        if _BREAK.search(sentence, one.start, one.end):
            found = [at for at in found if not one.start <= at < one.end]
    return found


def _is_paired(gap: str) -> bool:
    """Whether only what joins two numbers stands between them."""
    return len(gap) <= _PAIRED_MOST and _PAIRED.fullmatch(gap) is not None


def _around(
    sentence: str, numbers: Sequence[Number], index: int, cuts: Sequence[int]
) -> tuple[str, str, bool]:
    """(in front, behind, whether the number before stands in the same clause)."""
    number = numbers[index]
    before = numbers[index - 1].end if index else 0
    place = bisect_left(cuts, number.start) - 1
    # 城镇就业、再就业18万人: an enumeration of words goes with the number that it ends in.
    while place >= 0 and cuts[place] > before and sentence[cuts[place]] == "、":
        if index and numbers[index - 1].kind in _COUNTED and not _BREAK.match(sentence, before):
            break  # 116名顾问、48名学者: 顾问 is the first number's
        place -= 1
    cut = cuts[place] if place >= 0 else -1
    begin = max(cut + 1, before)
    following = numbers[index + 1].start if index + 1 < len(numbers) else len(sentence)
    ahead = bisect_left(cuts, number.end)
    stop = cuts[ahead] if ahead < len(cuts) else len(sentence)
    left = sentence[begin : number.start].replace(HIDDEN, "")
    right = sentence[number.end : min(stop, following)].replace(HIDDEN, "")
    if following < stop:
        # 8个村|上半年集体经济收入58万元: behind a date something else is spoken of.
        raw = sentence[number.end : following]
        if dated := _DATED.search(raw):
            right = raw[: dated.start()]
        # 121户|贫困户|共种植菊花|408亩: what is said next belongs to the next number.
        noun, rest = split_at_verb(right)
        right = noun if noun and rest else right
    return left, right, bool(index) and begin == before


def _said(
    sentence: str,
    numbers: Sequence[Number],
    index: int,
    cuts: Sequence[int],
    said: Sequence[Said],
) -> Said:
    number = numbers[index]
    left, right, same_clause = _around(sentence, numbers, index, cuts)
    previous = said[-1] if said else None
    before = numbers[index - 1] if index else None
    gap = sentence[before.end : number.start] if before else ""
    if same_clause and before and before.kind in _COUNTED:
        noun, rest = split_at_verb(left)
        if noun and rest and previous and noun in previous.indicator:
            left = rest
    raw = gap[: len(gap) - len(left)] if left and gap.endswith(left) else gap
    chained = bool(before) and bool(
        _CHAINED.match(gap) or (_LINK.search(raw) and _CHAINS.search(raw))
    )
    example = left.endswith("等") and right and number.kind in _COUNTED
    worth = right.startswith("的") and _WORTH.search(left)
    phrase = "" if example or worth else stripped(left)
    behind = _behind(number, phrase, right)
    if previous is not None and before is not None and not behind:
        adjacent = _is_paired(gap)
        if not phrase:
            if not adjacent or (before.kind in ("piece", "group") and "," in gap):
                # 全村14个小组,612户: the households are the village's.
                whole = _ALL.search(sentence[: number.start])
                if whole and number.kind in ("household", "person") and before.kind != number.kind:
                    return Said(whole[0], whole[0], left, right)
            pair = adjacent and not gap and number.kind != before.kind in _COUNTED
            kept = previous.indicator if pair and number.kind in _COUNTED else previous.base
            return previous._replace(left=left, right=right, indicator=kept, settled=False)
        if is_change(phrase) or is_share(phrase) or is_per_head(phrase):
            return Said(previous.base + phrase, previous.base, left, right)
        if before.bare == number.bare and phrase in _SETTLED and previous.base:
            return Said(previous.base + phrase, previous.base, left, right, settled=True)
        if before.bare == number.bare and only_verbs(phrase) and previous.base and not adjacent:
            noun = nouns_of(previous.base)
            return Said(phrase + noun if noun != previous.base else phrase, noun, left, right)
    verb = leading_verb(phrase)
    if not phrase and (done := _DONE.search(left)):
        verb = done[1]
    if behind and phrase:
        if left.endswith(("和", "与", "及", "、")) or len(phrase) + len(behind) > 20:
            phrase = verb or last_verb(phrase)
        elif not verb and only_verbs(phrase):
            verb = phrase
    whole_phrase = (phrase + behind)[:_ROUND] if behind else phrase[-_ROUND:]
    topic = _AT.match(sentence)
    if topic and whole_phrase and only_verbs(whole_phrase) and number.kind in _COUNTED:
        whole_phrase = topic["topic"] + whole_phrase
    if chained and previous and previous.verb and not leading_verb(whole_phrase):
        verb = previous.verb
        whole_phrase = whole_phrase if verb == "实现" else verb + whole_phrase
    return Said(whole_phrase, without_change(whole_phrase), left, right, verb)


def _behind(number: Number, phrase: str, right: str) -> str:
    """What follows the number and says what it counts; empty where nothing does."""
    if spent := _SPENT_ON.match(right):
        return head_of(right[spent.end() :])
    if _NOT_BEHIND.match(right):
        return ""
    if number.kind in _COUNTED:
        return head_of(right)
    behind = head_of(right)
    if right.startswith("的"):
        return behind
    if phrase and not only_verbs(phrase):
        return ""
    noun, rest = split_at_verb(behind)
    return noun if noun and rest and number.kind != "money" else behind


def _backward(sentence: str, numbers: Sequence[Number], said: list[Said]) -> list[Said]:
    """1家5人退出系统: a number without a word of its own takes what is said of the next."""
    result = list(said)
    for index in range(len(numbers) - 2, -1, -1):
        one, after = numbers[index], numbers[index + 1]
        other = result[index + 1]
        gap = sentence[one.end : after.start]
        if not _is_paired(gap) or is_change(other.indicator) or not other.indicator:
            continue
        bare = not said[index].indicator or only_verbs(said[index].indicator)
        if (
            one.kind != after.kind
            and not gap.strip()
            and other.right
            and other.indicator.endswith(head_of(other.right) or HIDDEN)
        ) or (bare and len(said[index].indicator) < 2):
            result[index] = said[index]._replace(indicator=other.indicator, base=other.base)
    return result


def _respectively(sentence: str, numbers: Sequence[Number], said: list[Said]) -> list[Said]:
    """A和B分别增长9%和10%,达到39370元和13940元: each number of a run has its own subject."""
    if "分别" not in sentence and "均" not in sentence:
        return said
    result = list(said)
    named: list[str] = []
    for run in _runs(sentence, numbers):
        first = numbers[run[0]]
        begin = numbers[run[0] - 1].end if run[0] else 0
        front = sentence[begin : first.start]
        if match := _EACH.search(front):
            named = _names(front[: match.start()], len(run)) or []
            verb = stripped(front[match.end() :].replace(HIDDEN, ""))
        elif len(named) == len(run) > 1 and first.kind != "ratio":
            verb = stripped(front.replace(HIDDEN, ""))
        else:
            continue
        if len(named) != len(run):
            continue
        for index, name in zip(run, named, strict=True):
            result[index] = result[index]._replace(
                indicator=name if name.endswith(verb) else name + verb, base=name
            )
    return result


def _runs(sentence: str, numbers: Sequence[Number]) -> list[list[int]]:
    """Numbers of one unit with only 、 or 和 between them."""
    runs: list[list[int]] = []
    for index, number in enumerate(numbers):
        if runs:
            last = numbers[runs[-1][-1]]
            gap = sentence[last.end : number.start].replace(HIDDEN, "").strip()
            if last.bare == number.bare and gap in ("、", ",", "和", "与", "及", "以及"):
                runs[-1].append(index)
                continue
        runs.append([index])
    return runs


def _names(front: str, count: int) -> list[str] | None:
    """The last `count` things that an enumeration names, 城乡居民收入 being two of them."""
    front = front.replace(HIDDEN, "")
    clauses = [clause for clause in re.split(r"[,;:。]", front) if clause.strip()]
    clause = clauses[-1] if clauses else ""
    for pattern in (r"、", r"、|和(?![美谐])|与|及(?!时)|以及"):
        parts = [stripped(part) for part in re.split(pattern, clause)]
        parts = [part for part in parts if part]
        if len(parts) == count:
            return _completed(parts)
    whole = stripped(clause)
    if count == 2 and (match := re.match(r"城(?:镇?)乡(?:常住)?居民", whole)):
        rest = whole[match.end() :]
        return [f"城镇居民{rest}", f"农村居民{rest}"]
    return None


def _completed(parts: list[str]) -> list[str]:
    """城镇和农村常住居民人均可支配收入: the shorter names share the last one's end."""
    last = parts[-1]
    for start in ("城镇", "城市", "农村", "农民"):
        if last.startswith(start) and len(last) - len(start) >= 4:
            rest = last[len(start) :]
            return [part + rest if len(part) <= 3 else part for part in parts[:-1]] + [last]
    return parts


def _of_money(
    sentence: str, numbers: Sequence[Number], said: list[Said], cuts: Sequence[int]
) -> list[Said]:
    """投资15万元,安装路灯: of money what it went into is told; 新建1座、花费88万元 the same."""
    result = list(said)
    for index, number in enumerate(numbers):
        one = result[index]
        if number.bare != "元" and number.kind != "scale":
            continue
        if not one.indicator or not only_verbs(one.indicator) or len(one.indicator) > 6:
            continue
        if _EARNED.search(one.indicator):
            continue
        if index and _COST.search(one.left):
            result[index] = one._replace(indicator=nouns_of(said[index - 1].base) + one.indicator)
            continue
        stop = min((at for at in cuts if at >= number.end), default=len(sentence))
        if sentence[stop : stop + 1] != ",":
            continue
        following = re.split(r"[,;。:|]", sentence[stop + 1 :])[0]
        after = next((n for n in range(index + 1, len(numbers)) if numbers[n].start > stop), None)
        if after is not None and numbers[after].start < stop + 1 + len(following):
            result[index] = one._replace(indicator=one.indicator + nouns_of(said[after].indicator))
        elif following and begins_with_verb(following.replace(HIDDEN, "")):
            noun = head_of(nouns_of(following.replace(HIDDEN, "")))
            if not only_verbs(noun):
                result[index] = one._replace(indicator=one.indicator + noun)
    return result
