"""What a number is said to count by its neighbours: pairs, 分别, and what money went into."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.measure.numbers import Number
from ingest.measure.phrases import (
    begins_with_verb,
    head_of,
    is_change,
    nouns_of,
    only_verbs,
    stripped,
)
from ingest.measure.said import HIDDEN, Said, is_paired

_EACH = re.compile(r"分别|(?<=[^各])均(?=增|提|达|下|降)")
_COST = re.compile(r"花费|耗资")
_EARNED = re.compile(r"(?:收入|收益|产值|分红|利润|盈余|支出)$")


def backward(sentence: str, numbers: Sequence[Number], said: list[Said]) -> list[Said]:
    """1家5人退出系统: a number without a word of its own takes what is said of the next."""
    result = list(said)
    for index in range(len(numbers) - 2, -1, -1):
        one, after = numbers[index], numbers[index + 1]
        other = result[index + 1]
        gap = sentence[one.end : after.start]
        if not is_paired(gap) or is_change(other.indicator) or not other.indicator:
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


def respectively(sentence: str, numbers: Sequence[Number], said: list[Said]) -> list[Said]:
    """甲和乙分别增长7%和8%,达到2.9万元和1.4万元: each number of a run has its own subject."""
    if not ("分别" in sentence or ("均" in sentence and _EACH.search(sentence))):
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


_JUST_BEHIND = re.compile(r",(?:完成|共|总|实际|已|累计)?投[资入]$")


def _cost_of_it(sentence: str, built: Number, money: Number, what: Said, one: Said) -> bool:
    """硬化道路2.1公里,投资84万元: what stands in front of it has cost so much."""
    gap = sentence[built.end : money.start].replace(HIDDEN, "").strip()
    return (
        built.kind in ("length", "area", "piece")
        and bool(_JUST_BEHIND.search(gap))
        and bool(what.base)
        and not only_verbs(what.base)
        and begins_with_verb(what.indicator)
    )


def of_money(
    sentence: str, numbers: Sequence[Number], said: list[Said], cuts: Sequence[int]
) -> list[Said]:
    """投资15万元,安装路灯: of money what it went into is told; 新建1座、花费88万元 the same."""
    result = list(said)
    for index, number in enumerate(numbers):
        one = result[index]
        if number.bare != "元" and number.kind != "scale":
            continue
        if not 0 < len(one.indicator) <= 6 or not only_verbs(one.indicator):
            continue
        if _EARNED.search(one.indicator):
            continue
        if index and _COST.search(one.left):
            result[index] = one._replace(indicator=nouns_of(said[index - 1].base) + one.indicator)
            continue
        if index and _cost_of_it(sentence, numbers[index - 1], number, said[index - 1], one):
            result[index] = one._replace(indicator=one.indicator + nouns_of(said[index - 1].base))
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
