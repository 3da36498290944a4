"""A value whose own clause is at odds with the question: another act or thing, done for left."""

from __future__ import annotations

import re

from index.chinese.fold import fold
from index.chinese.words import cut, tag
from index.query import Query, Term
from index.wanted import ASKED_UNIT

_ANOTHER_ACT = 0.5
_STOCK = 0.6
_HAD_NOT_LACKED = 0.4
_DONE_NOT_LEFT = 0.4
_ANOTHER_THING = 0.3
_OF_NEXT = 0.6
_NO_SUM = 0.4
"""What a value counts whose clause tells of another act (改造 for 新建), of what there is for what
was done, of those who have for those who lack, of what is done for what is left, one that
counts another thing (1个增收项目 for 后进村有多少个), one behind which what is asked about has a
value of its own (带动15户,光伏带动5户 for 光伏), and one of several whose sum is asked for."""
_CLAUSE = re.compile(r"[,;。:(|\n]")
_ACTS = (
    re.compile(r"新建|新修|修建|兴建|新开挖"),
    re.compile(r"改造|改建"),
    re.compile(r"维修|修缮|整修|翻修|修复|加固|修好|抢通"),
    re.compile(r"拓宽|加宽|扩建"),
    re.compile(r"拆除"),
    re.compile(r"损毁|冲毁|冲垮|倒塌|毁坏|受损"),
)
_ANY_ACT = "|".join(acts.pattern for acts in _ACTS)
_TWO_ACTS = re.compile(rf"(?P<one>{_ANY_ACT})[和及与、](?P<other>{_ANY_ACT})[^,;。]*$")
_DONE_TO = re.compile(rf"(?P<act>{_ANY_ACT})了?[\u4e00-\u9fff]{{2,8}}$")
_TOGETHER = 0.25
"""What a value counts that is the sum of two acts of which one is asked for: 新建和改造6万亩."""
_ACT_ASKED = re.compile(r"(?:[修建改拆装挖打]|安装|加固|维修|改造|新建|清理)[了好成]?(?:多少|几)")
_DONE_ASKED = re.compile(rf"(?:{_ANY_ACT})[^,。]{{0,2}}的[^,。]*?(?P<done>{_ANY_ACT})")
_HOLDING = re.compile(r"(?:现有|原有|共有|拥有)[^,;。]*$")
_LACKED = re.compile(r"(?<!有)(?:没有|丧失|缺乏|缺少)(?P<what>[\u4e00-\u9fff]{2,8})")
_LACKS = re.compile(r"没有|无|未|丧失|缺乏|缺少|不")
_LEFT = re.compile(
    r"(?<!有)(?:没|未|没有)(?P<act>[拆修建办搬装完改][\u4e00-\u9fff]?)(?=的|$|[?,。])"
)
_LEFT_ASKED = re.compile(r"还剩|剩下|剩余|剩了?(?:多少|几)")
_STILL = re.compile(r"剩|未|尚|没|待|余|还有|[减降压缩][^,;。\d]{0,3}[到至为]")
_FILLING = re.compile(r"(?:总数|数量|数|共|现|有|达|到|约|为|是|计|已|还|了|:)+$")
_SPENT_ON = re.compile(r"(?P<sum>[^,;。(]*元?)用于(?P<on>[^,;。(]{2,16})")
_NO_NOUN = re.compile(r"因|还|已|正|未|没|尚|在|被|由|均|都|全部|分别|是|属|涉")
_BEHIND = re.compile(r"[\u4e00-\u9fff]{2,10}")
_SUM_ASKED = re.compile(r"[两三四五六七八九十][\u4e00-\u9fff]{0,3}?(?:一共|总共|共计|合计|加起来)")
_SUM_TOLD = re.compile(r"共|合计|总|累计")
_MOST_ASKED = re.compile(r"最[高低多少大小长短早晚](?=[^,。]{0,4}?(?:多少|几))")
_MOST_TOLD = re.compile(r"最|第一|首位|之首|居首|封顶|上限|不超过|以内|至多|至少|不低于")
_BOTH_ASKED = re.compile(r"既[^,。]{1,10}又")
_BOTH_TOLD = re.compile(r"既[^;。\d]{1,24}又[^;。\d]{0,20}$|(?:同时|双重)[^,;。\d]{0,12}$")
_NOT_THE_MOST = 0.5
"""最高多少分 is not told by 600分以上89人."""
_ANOTHERS = 0.3
_ALL_FOR_SOME = 0.4
_OWNED = re.compile(
    r"(?P<whose>集体|财政|人均|户均|家庭)[\u4e00-\u9fff]{0,3}?(?:收入|产值)[^\d]{0,4}$"
)
_ALL_OF = re.compile(r"全[省市州县区镇乡村](?:现有|共有|共|的)?$")
_ONLY = re.compile(r"[\u4e00-\u9fff]{0,4}?,?(?:中)?(?:只有|仅有|仅|只)(?=\d)")
"""What a value counts of another owner (集体收入 for what 光伏 brings in), and all for the some
that are asked about: 全县14个乡镇仅5个建有."""
_MONEY = (
    re.compile(r"花|投|造价|用了|出资|支出|建"),
    re.compile(r"收入|赚|挣|卖|产值|进账|营业额|税收"),
    re.compile(r"损失|亏|赔"),
    re.compile(r"欠|债|缺口"),
)
_OTHER_MONEY = 0.4
"""Kinds of money; what a sum counts whose clause names another kind: 损失126万元 was not spent."""
_WHICH_ARE = re.compile(
    r"(?:多少|几)[^,。]{0,8}?(?:是|属于)?(?P<which>(?<=是)[\u4e00-\u9fff]{1,3}(?=的)|在建|在修|停工)[的]?[?。]?$"
)
_MANY_NOT = re.compile(r"还(?:有)?(?:多少|几)[^,。]{1,4}?(?:没|未)")
_CLASSIFIERS = frozenset("个座处所条项件家口栋间")
"""Units that say nothing of what they count; persons are told in other words (6名专职人员)."""


def at_odds(query: Query, folded: str, start: int, end: int) -> float:
    """What the value at `start` counts by what its own clause says of it; 1 for nothing amiss."""
    asked = fold(query.text)
    before = _CLAUSE.split(folded[:start])[-1]
    clause = before + folded[start:end] + _CLAUSE.split(folded[end:])[0]
    share = 1.0
    if _another_act(asked, before):
        share *= _ANOTHER_ACT
    if _is_of_two_acts(asked, before):
        share *= _TOGETHER
    if _is_anothers(query, asked, before, folded):
        share *= _ANOTHERS
    if _ALL_OF.search(before) and _ONLY.match(folded, end):
        share *= _ALL_FOR_SOME
    most = _MOST_ASKED.search(asked)
    if most is not None and "|" not in folded and not _MOST_TOLD.search(folded):
        share *= _NOT_THE_MOST
    if _BOTH_ASKED.search(asked) and not _BOTH_TOLD.search(folded[:start]):
        share *= _ANOTHER_ACT  # 既留守又残疾的 are not all 残疾的
    if _ACT_ASKED.search(asked) and _HOLDING.search(before):
        share *= _STOCK
    if _is_had(asked, before):
        share *= _HAD_NOT_LACKED
    if _is_done(asked, clause) or (
        (_LEFT_ASKED.search(asked) or _MANY_NOT.search(asked)) and not _STILL.search(clause)
    ):
        share *= _DONE_NOT_LEFT
    if _is_other_money(asked, before, folded[start:end]):
        share *= _OTHER_MONEY
    if _spent_otherwise(query, folded, start):
        share *= _ANOTHER_ACT
    of_these = _WHICH_ARE.search(asked)
    if of_these is not None and of_these["which"] not in clause:
        share *= _ANOTHER_THING  # 多少党员是女的 is not told by how many there are
    if _SUM_ASKED.search(asked) and not _SUM_TOLD.search(before):
        share *= _NO_SUM
    if _is_of_next(query, folded, end):
        share *= _OF_NEXT
    head = next((term for term in query.terms if term.word == query.head), None)
    if (
        head is not None
        and folded[end - 1] in _CLASSIFIERS
        and _counts_another(head, folded[:start], before, folded[end:])
    ):
        share *= _ANOTHER_THING
    if head is not None and _in_another_unit(query, head, before, folded[start:end]):
        share *= _ANOTHER_THING
    if _some_do(query, asked, folded[end:]):
        share *= _ANOTHER_THING
    return share * (_ANOTHER_THING if _is_done_to_another(query, before, folded) else 1.0)


def _some_do(query: Query, asked: str, behind: str) -> bool:
    """Whether a clause ends in what those counted do: 有83户脱贫户种 are not all 脱贫户."""
    rest = _CLAUSE.split(behind)[0]
    words = (word for term in query.terms for word in (term.word, *term.alike))
    word = next((one for one in words if rest.startswith(one)), "")
    does = rest[len(word) :]
    # jieba has 种 as a word of measure.
    verb = 0 < len(does) <= 2 and tag(does)[:1] in ("v", "m", "q")
    return bool(word) and verb and not set(does) & set(asked.replace(word, ""))


def _is_other_money(asked: str, before: str, told: str) -> bool:
    """Whether a sum was lost or owed and what was spent or earned is asked for, or so."""
    if "元" not in told:
        return False
    wanted = {number for number, kind in enumerate(_MONEY) if kind.search(asked)}
    named = {number for number, kind in enumerate(_MONEY) if kind.search(before)}
    return len(wanted) == 1 and len(named) == 1 and wanted != named


def _is_of_next(query: Query, folded: str, end: int) -> bool:
    """Whether a word asked about first comes up with the next clause's value."""
    for term in query.terms:
        if term.word == query.head or not query.units:
            continue
        found = [at for word in term.alike if (at := folded.find(word)) >= 0]
        if not found or min(found) < end or not _CLAUSE.search(folded, end, min(found)):
            continue
        clause = _CLAUSE.split(folded[min(found) :])[0]
        if any(re.search(rf"\d[^,;。]{{0,3}}{re.escape(unit)}", clause) for unit in query.units):
            return True
    return False


def _is_anothers(query: Query, asked: str, before: str, folded: str) -> bool:
    """Whether an income is of somebody, and what it is asked of is not said in its sentence."""
    told = _OWNED.search(before)
    if told is None or told["whose"] in asked or "元" not in query.units:
        return False
    things = [term for term in query.terms if term.word != query.head]
    return any(not any(word in folded for word in term.alike) for term in things)


def _another_act(asked: str, before: str) -> bool:
    """新建多少亩 is not told by 改造2.6万亩."""
    # 冲毁的路修好了几处 asks how many were mended.
    done = _DONE_ASKED.search(asked)
    wanted = [acts for acts in _ACTS if acts.search(done["done"] if done else asked)]
    told = [acts for acts in _ACTS if acts.search(before)]
    return bool(wanted) and bool(told) and not any(acts in told for acts in wanted)


def _is_of_two_acts(asked: str, before: str) -> bool:
    """新建多少亩 is not told by 新建和改造6万亩."""
    told = _TWO_ACTS.search(before)
    if told is None:
        return False
    wanted = {number for number, acts in enumerate(_ACTS) if acts.search(asked)}
    both = {
        number
        for number, acts in enumerate(_ACTS)
        if acts.search(told["one"]) or acts.search(told["other"])
    }
    return bool(wanted & both) and bool(both - wanted)


def _is_done_to_another(query: Query, before: str, folded: str) -> bool:
    """新建了多少亩茶园 is not told by a sentence without one: 新建柑橘园300亩."""
    asked, told = fold(query.text), _DONE_TO.search(before)
    counted = ASKED_UNIT.search(asked)
    if told is None or counted is None:
        return False
    behind = asked[counted.end() :]
    thing = next((term for term in query.terms if behind.startswith(term.word)), None)
    if thing is None or any(word in folded for word in (*thing.alike, *thing.parts)):
        return False
    return any(acts.search(asked) and acts.search(told["act"]) for acts in _ACTS)


def _is_had(asked: str, before: str) -> bool:
    """没有劳动能力的 are not those who have some."""
    lacked = _LACKED.search(asked)
    if lacked is None or _LACKS.search(before):
        return False
    return any(lacked["what"][:size] in before for size in range(len(lacked["what"]), 2, -1))


def _is_done(asked: str, clause: str) -> bool:
    """还有多少户没拆 is not told by 拆除21户."""
    left = _LEFT.search(asked)
    return left is not None and left["act"][0] in clause and not _STILL.search(clause)


def _counts_another(head: Term, earlier: str, before: str, behind: str) -> bool:
    """Whether a noun behind the value is what it counts, and not what is asked about."""
    noun = _BEHIND.match(behind)
    if noun is None or _NO_NOUN.match(behind):
        return False
    near = _FILLING.sub("", before)
    words = (*head.alike, *head.parts)
    if head.word in ("剩", "剩下", "剩余"):
        return False  # 剩余5件积案
    if near.endswith("其中") and any(word in earlier for word in words):
        return False  # 23家养老院,其中7家
    return not any(near.endswith(word) or word in noun.group() for word in words)


def _in_another_unit(query: Query, head: Term, before: str, told: str) -> bool:
    """Whether 几个 is asked and a clause counts something else: 床位99张, 社区食堂2家 for 社区."""
    if query.units != ("个",) or told.endswith(("人", "名", "位", "户")):
        return False
    near = _FILLING.sub("", before)
    for word in (*head.alike, *head.parts):
        at = near.rfind(word)
        if at >= 0:
            rest = cut(near[at + len(word) :])
            other = rest[-1] if rest else ""
            return len(other) > 1 and tag(other) == "n" and other not in fold(query.text)
    return not told.endswith("个") and bool(_CLAUSE_NOUN.search(before))


_CLAUSE_NOUN = re.compile(r"[\u4e00-\u9fff]{2}$")


def _spent_otherwise(query: Query, folded: str, at: int) -> bool:
    """资金10万元,5万元用于修桥: for the bridge it is what its own clause says."""
    for match in _SPENT_ON.finditer(folded):
        named = any(
            word in match["on"] for term in query.terms for word in (term.word, *term.parts)
        )
        if named and any(char.isdigit() for char in match["sum"]):
            return not match.start() <= at < match.end()
    return False
