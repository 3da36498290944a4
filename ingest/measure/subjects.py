"""What each number of a sentence counts: the phrase before it, behind it, or of its neighbour."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ingest.measure.neighbours import backward, of_money, respectively
from ingest.measure.numbers import Number
from ingest.measure.phrases import (
    ends_in_change,
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
from ingest.measure.said import HIDDEN, Said, is_paired

_BREAK = re.compile(r"[,、。;:!?|\n()]")
_CHAINED = re.compile(rf"[{HIDDEN}\s]*(?:、|和|及|与|以及)")
_LINK = re.compile(r"[、和及与]")
_CHAINS = re.compile(rf"(?:、|和|及|与|以及)[{HIDDEN}\s]*$")
_DONE = re.compile(r"(完成|实施|开展|实现|办理|落实|推进)(?:了|共)*$")
_COUNTED = frozenset(("person", "household", "group", "piece", "times", "scale"))
_NOT_BEHIND = re.compile(
    r"^(?:[,、。;:!?|)]|增|提高|上升|下降|降|减|跃升|升|以|同比|比|较|与上|和|及|等|中(?!学|小|央|国|药|型|心|职|医)|为|是"
    r"|占|后|时|之|内|起|不等|的?(?:目标|任务|标准(?!化|示范|厂房|件)|速度|水平|基础|规模|价格|要求)|[的了]?$)"
)
_SPENT_ON = re.compile(r"^(?:资金)?(?:主要)?用(?:于|来|在)(?:了)?")
# What these two begin with: most words do not.
_BEGIN_SPENT = frozenset("资主用")
_BEGIN_NOT = frozenset(
    ",、。;:!?|)增提上下降减跃升以同比较与和及等中为是占后时之内起不的目任标速水基规价要了"
)
_WORTH = re.compile(r"(?:价值|总价|总值)约?$")
_ALL = re.compile(r"[全我本该][村镇乡县市区州社](?:区(?!域))?")
_DIVISIONS = frozenset("村民小组 小组 村民组 自然村 自然寨 行政村 网格 自然屯".split())
_AT = re.compile(
    r"^(?:\d{1,2}[、.]|[一二三四五六七八九十]是)?在"
    r"(?P<topic>[\u4e00-\u9fff]{2,10}?)(?:上|方面|中|工作中),"
)
_ALL_AFTER = re.compile(
    r"(?<=[贫困][户口])(?=(?:已|均|都|现已)?(?:全部|全面|如期|按期)[^,。;]{0,4}脱贫)"
)
_GROUPS_NAMED = re.compile(
    r"(?:\d{1,2}组?[至到、和及])*(?<![\d.])\d{1,2}组(?=[\u4e00-\u9fff]{2})(?!组织|组建|[团长员])"
)
"""硬化4组至6组道路: where, not what."""
_BRANCHES = re.compile(r"(?:党小组|支部|总支|联合体)$")
_OF_VILLAGE = re.compile(r"组$|自然")
_VILLAGE = "全村"
_ALL_OWN = re.compile(rf"(?P<all>{_ALL.pattern})(?:现|总|共|计|有|辖)*$")
_ALL_OF_THEM = re.compile(r"^(?:已|均|都|现已)?(?:全部|全面|如期|按期)[^,。;]{0,4}脱贫")
_REGISTER = re.compile(r"(?<![余未])(?:贫困户|贫困人口|贫困对象|建档立卡)$")
_AT_MOST = 4
"""Characters in which its 在 stands."""
_SETTLED = frozenset(
    "成功 办结 完工 竣工 整改 化解 解决 通过 合格 划掉 销号 投用 开工 到位 验收 修复 答复 "
    "办理".split()
)
_ROUND = 30
_DATED = re.compile(rf"(?<=[\u4e00-\u9fff]){HIDDEN}{{2,}}(?=[\u4e00-\u9fff])")


def subjects(sentence: str, numbers: Sequence[Number]) -> list[Said]:
    """What is said of each number; `sentence` is folded, its dates hidden, offsets relative."""
    cuts = _cuts(sentence, numbers)
    said: list[Said] = []
    for index in range(len(numbers)):
        said.append(_said(sentence, numbers, index, cuts, said))
    said = backward(sentence, numbers, said)
    said = respectively(sentence, numbers, said)
    return of_money(sentence, numbers, said, cuts)


def _cuts(sentence: str, numbers: Sequence[Number]) -> list[int]:
    """Offsets of the marks that end a clause, those inside numbers left out."""
    found = [match.start() for match in _BREAK.finditer(sentence)]
    for one in numbers:
        inside = bisect_left(found, one.start)
        if inside < len(found) and found[inside] < one.end:
            del found[inside : bisect_left(found, one.end)]
    return found


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
    left = _GROUPS_NAMED.sub("", sentence[begin : number.start].replace(HIDDEN, ""))
    right = sentence[number.end : min(stop, following)].replace(HIDDEN, "")
    if following < stop:
        # 8个村|上半年集体经济收入58万元: behind a date something else is spoken of.
        raw = sentence[number.end : following]
        if dated := _DATED.search(raw):
            right = raw[: dated.start()]
        # 86户|脱贫户|共栽茶树|310亩: what is said next belongs to the next number.
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
    if previous and not gap and _ALL_OF_THEM.match(right) and _REGISTER.search(previous.base):
        # 贫困户96户352人全部脱贫: those on the register, not those of this year
        return previous._replace(left=left, right="", settled=False)
    if same_clause and before and before.kind in _COUNTED:
        noun, rest = split_at_verb(left)
        if noun and rest and previous and noun in previous.indicator:
            left = rest
    example = left.endswith("等") and right and number.kind in _COUNTED
    worth = right.startswith("的") and _WORTH.search(left)
    phrase = "" if example or worth else stripped(left)
    behind = _behind(number, phrase, right)
    counts_all = not phrase and not behind and number.kind in ("household", "person")
    if counts_all and (own := _ALL_OWN.search(left)):
        return Said(own["all"], own["all"], left, right)
    if previous is not None and before is not None and not behind:
        if gap in _DIVISIONS and number.kind in ("household", "person"):
            whole = _ALL.search(sentence, 0, before.start)
            if whole:  # 全村14个小组612户: so are they without a comma.
                return Said(whole[0], whole[0], left, right)
        adjacent = is_paired(gap)
        if not phrase:
            of_groups = before.bare == "组" and not previous.base and not gap
            if not adjacent or of_groups or (before.kind in ("piece", "group") and "," in gap):
                # 全村14个小组,612户: the households are the village's.
                divided = number.kind in ("household", "person") and before.kind != number.kind
                if divided and "分别" not in gap and not _BRANCHES.search(previous.base):
                    if whole := _ALL.search(sentence, 0, number.start):
                        return Said(whole[0], whole[0], left, right)
                    if previous.base in _DIVISIONS and _OF_VILLAGE.search(previous.base):
                        return Said(_VILLAGE, _VILLAGE, left, right)
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
    if (
        number.kind in _COUNTED
        and sentence.find("在", 0, _AT_MOST) >= 0
        and (topic := _AT.match(sentence))
        and whole_phrase
        and only_verbs(whole_phrase)
    ):
        whole_phrase = topic["topic"] + whole_phrase
    if (
        previous
        and previous.verb not in ("", "驻")
        and _is_chained(gap, left)
        and not leading_verb(whole_phrase)
    ):
        verb = previous.verb
        whole_phrase = whole_phrase if verb == "实现" else verb + whole_phrase
    # What is stripped already and does not end in a change stays what it is.
    same = whole_phrase == phrase and not ends_in_change(phrase)
    return Said(whole_phrase, phrase if same else without_change(whole_phrase), left, right, verb)


def _is_chained(gap: str, left: str) -> bool:
    """Whether what stands between two numbers joins them: 、 or 和 before the phrase `left`."""
    if _CHAINED.match(gap):
        return True
    raw = gap[: len(gap) - len(left)] if left and gap.endswith(left) else gap
    return bool(_LINK.search(raw) and _CHAINS.search(raw))


def _behind(number: Number, phrase: str, right: str) -> str:
    """What follows the number and says what it counts; empty where nothing does."""
    if right[:1] in _BEGIN_SPENT and (spent := _SPENT_ON.match(right)):
        return head_of(right[spent.end() :])
    if not right or (right[0] in _BEGIN_NOT and _NOT_BEHIND.match(right)):
        return ""
    if number.kind in _COUNTED:
        return head_of(_ALL_AFTER.split(right, 1)[0])
    if right.startswith("的"):
        return head_of(right)
    if phrase and not only_verbs(phrase):
        return ""
    behind = head_of(right)
    noun, rest = split_at_verb(behind)
    return noun if noun and rest and number.kind != "money" else behind
