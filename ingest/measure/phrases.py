"""Phrases around a number, stripped to what is counted: 先后为全镇新装路灯共 is 新装路灯."""

from __future__ import annotations

import re
from functools import lru_cache

from index.chinese.places import name_at
from index.chinese.words import first_word, segmented, tagged
from index.chinese.words import tag as tag_of

# Each with what makes another word of it: 有效, 对口, 以工代赈, 在校生, 再生资源.
_LEAD = re.compile(
    r"^(?:[\s\"“”‘’·—\-,、]|其中,?|另外|另|此外|同时|并且|且|也|还(?![林款湿贷草田])|又|共计|一共|共有|共(?![同青建享])"
    r"|合计|总计|累计|先后|分别|各自|已经|现已|已|预计|计划(?!生育)|拟(?!上市)|将(?!军)|力争|争取(?!资)|确保|努力"
    r"|要(?!素)|使|让(?!利)|令|即|则|以(?![工奖旧])|在(?![校册建岗职编园读外库栏籍贷营家])|于|对(?!口|外)|为(?!民)|由"
    r"|从(?!业)|向|把|与|和(?![美谐])|及(?![时格])|等(?!级)|的|了|是|有(?![效机线色关])|再(?![生就造贷])|因此|由于|如"
    r"|到(?![户位期村])|至|约|近(?![视海郊])|每(?:个?[月年周天日季]度?的?)|(?<!\w)各(?:[类项级种地](?=[\u4e00-\u9fff])|(?=村))|均(?!衡)|都|只|仅"
    r"|达(?!标)|超过|超(?![市高])|成功(?=[\u4e00-\u9fff]{2})|顺利"
    r"|[全我本该](?:[年镇村市县区省州旗乡局]|社(?=区))(?:区(?=[\u4e00-\u9fff]))?(?!级)|[村镇乡县市]里|现有|现(?![代有场金役])|该|我们"
    r"|目前|现在|实现|积极|大力|扎实|认真|切实|稳步|进一步|加快(?=[\u4e00-\u9fff]{3})|全面|继续|不断|着力|通过"
    r"|利用(?=[\u4e00-\u9fff]{3})|按时|及时|春节前夕|期间|以来|以及|并(?![网购轨])|前|后(?![勤备续])|全部|一般(?!公共)"
    r"|根据|按照|截[至止]|下辖|辖(?!区)|下设|管辖|[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十],?"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\s?(?!\d)|\d{1,2}[.、]|[①-⑳]|\([一二三四五六七八九十\d]{1,3}\))+"
)
# What it begins with besides digits, marks and spaces; looked at first, as most phrases do not.
_LEAD_BEGINS = frozenset(
    "其另此同并且也还又共一合总累先分各已现预计拟将力争确努要使让令即则以在于对为由从向把与和及等的了是有再因如到至"
    "约近每均都只仅达超成顺全我本该村镇乡县市目实积大扎认切稳进加继不着通利按春期前后根截下辖管二三四五六七八九十第"
)
_GROWN_TO = (
    r"(?:增加|提高|上升|扩大|提升|跃升|增长|下降|降低|减少|压缩|缩短|发展|恢复|拓展|调整|上调|扩展|缩小|回落|上涨|达"
    r"|[升降增涨减])(?:到|至|为)"
)
_TRAIL = re.compile(
    r"(?:[\s\"“”·—\-]|共有|现有|共计|合计|总计|累计|一共|共|[已也仅只都就]|(?<![人户亩生年月日场])均|(?<![没所拥享固国])有|拥有"
    r"|为|是|达到|达(?!标)了?|约|近|超过|超|突破|(?<=.)完成|(?<=.)实现|(?<![会统合总设])计|到|至|了|的|等|由|从|把|将|给"
    r"|高达|多达|控制|保持|稳定|维持|不低于|不少于|不超过|低于|高于|降为|降至|升至|增至|在|以|于|且|总|逾|至少|最多"
    rf"|(?<!人)最低|{_GROWN_TO})+$"
)
_BARE = frozenset(
    "跃升 扩展 调整 上调 完成 实现 突破 达到 超过 超额完成 达 超 力争 确保 控制 实现了 完成了 "
    "不少 不低 合计 共计".split()
)
_CHANGED = (
    r"(?:增长|增加|增幅|增速|提高|提升|上升|上涨|涨幅|涨|下降|降低|降幅|减少|回落|压缩|缩减|缩短|扩大|翻|增|减|降|收窄"
    r"|提前)"
)
_CHANGE = re.compile(
    r"^(?:同比|环比|年均|平均|每年|净|又|再|预计|预期|力争|均|都|分别|各|实际|名义|可比|现价|按|价格|计算|累计|递|总体|大幅"
    r"|增量|以上|首次|仍|也|快速|稳定|保持|实现|历史性|逆势|,|、)*"
    rf"{_CHANGED}(?:了|幅度?|到|至|为|约|超过?|近|最多|不少于|率|点)*$"
)
_CHANGE_BEGINS = frozenset(
    "同环年平每净又再预力均都分各实名可现按价计累递总大增以首仍也快稳保历逆,、提上涨下降减回压缩扩翻收"
)
_PER_HEAD = re.compile(
    r"^(?:人均|户均|亩均|生均|平均每[户人亩]|每[户人亩]|年均|月均|日均|平均|户年均|年户均|人均年)(?P<of>[\u4e00-\u9fff]{0,2})$"
)
_SHARE = re.compile(r"^(?:约|将近|分别)?占|^(?:比重|比例|占比)$")
_COMPARED = re.compile(
    rf"(?<![同环占对])(?:比|较|与|同(?!比))[^,。;比]{{0,16}}?(?:相比)?(?={_CHANGED})"
)
# 社区搬迁群众中共有党员7名, 村党支部有党员63名: what there is stands behind.
_THERE_IS = re.compile(
    r"^.{2,}?(?:共有|现有|拥有|设有|建有|还有|另有|只有|仅有|(?<![没所享固国含占保持])有(?![效机线色关限]))(?=[\u4e00-\u9fff]{2,})"
)
# Looked for first: most phrases have none of what the costly patterns begin or end with.
_MAY_COMPARE = re.compile(r"[比较与同]")
_TRAIL_ENDS = frozenset(
    ' \t\n"“”·—-共有计已也仅只都就均为是到达了约近超过破成现至的等由从把将给制持定在以于且总逾'
    "少多低"
)
_AIM = re.compile(r"^.{0,24}?目标(?:任务)?(?:建议)?(?:是|为|:)")
_SUFFIXED = re.compile(r"[村镇乡区县市]|街道")
_AGAINST = re.compile(r"(?:低于|高于|优于|好于|快于|达到)(?:[省市县镇全][\u4e00-\u9fff]{0,4})?")
_AGAINST_SECOND = frozenset("于到")
_AWAY = re.compile(r"[离距到从]")


def _may_lead(first: str) -> bool:
    """Whether a phrase that begins so may begin with a word that says nothing."""
    return first in _LEAD_BEGINS or not first.isalpha()


@lru_cache(maxsize=1 << 16)
def stripped(text: str) -> str:
    """The phrase in front of a number without dates, adverbs, 共有 and 达到."""
    if _MAY_COMPARE.search(text):
        text = _COMPARED.sub("", text)
    if "目标" in text:
        text = _AIM.sub("", text)
    while True:
        lead = _LEAD.match(text) if _may_lead(text[:1]) else None
        shorter = text[lead.end() :] if lead else text
        if shorter[-1:] in _TRAIL_ENDS or shorter[-1:].isspace():
            shorter = _TRAIL.sub("", shorter)
        if "有" in shorter:
            shorter = _THERE_IS.sub("", shorter)
        shorter = _without_place(shorter)
        if shorter == text:
            break
        text = shorter
    text = text.strip(" \"“”'")
    against = text[1:2] in _AGAINST_SECOND and _AGAINST.fullmatch(text)
    return "" if against or text in _BARE else text


def _without_place(text: str) -> str:
    """老鹰岩村党员 is of 党员: whose they are is told apart."""
    if not _SUFFIXED.search(text, 0, 8) or _AWAY.match(text):
        return text
    name = name_at(text, 0)
    return text[len(name) :].removeprefix("的") if name else text


def is_change(phrase: str) -> bool:
    """Whether a phrase only says that something grew or shrank: 同比增长."""
    return phrase[:1] in _CHANGE_BEGINS and bool(_CHANGE.match(phrase))


def is_per_head(phrase: str) -> bool:
    """Whether a phrase only says for whom a value is: 人均, and not of what: 人均绿地."""
    match = _PER_HEAD.match(phrase)
    return match is not None and not (match["of"] and tag_of(match["of"])[:1] == "n")


def is_share(phrase: str) -> bool:
    return bool(_SHARE.match(phrase))


# 监测户因灾新增: what is added to is 监测户.
_GREW = re.compile(
    rf"(?:因[\u4e00-\u9fff]{{1,4}})?(?:新增加?|净增加?)$"
    rf"|(?:同比|环比|年均|实际|预计)*(?<!新){_CHANGED}(?:率|幅度?)?$"
)


_GREW_ENDS = frozenset("增加长幅速高升涨低降少落缩短大翻减窄前率度\n")


def ends_in_change(phrase: str) -> bool:
    """Whether a phrase may end in what grew or shrank, by its last character."""
    return phrase[-1:] in _GREW_ENDS


@lru_cache(maxsize=1 << 16)
def without_change(phrase: str) -> str:
    """What grew: 财政收入 of 财政收入增长."""
    cut = _GREW.sub("", phrase) if ends_in_change(phrase) else phrase
    return (stripped(cut) or phrase) if len(cut) >= 2 else phrase


_VERBS_MOST = 8


@lru_cache(maxsize=1 << 14)
def only_verbs(phrase: str) -> bool:
    """Whether a phrase names no thing: 安装, 投入, 新建."""
    if len(phrase) > _VERBS_MOST or not _may_be_verbs(phrase):
        return False
    return all(_is_verb(word, tag) for word, tag in tagged(phrase))


def _may_be_verbs(phrase: str) -> bool:
    """Whether a phrase ends and begins with a verb, as only verbs do; faster than cutting it."""
    if not phrase:
        return True
    for at in range(len(phrase)):
        word = phrase[at:]
        if _is_verb(word, tag_of(word)):
            break
    else:
        return False
    for end in range(len(phrase), 0, -1):
        word = phrase[:end]
        if _is_verb(word, tag_of(word)):
            return True
    return False


@lru_cache(maxsize=1 << 16)
def leading_verb(phrase: str) -> str:
    """The verb that a phrase begins with, empty where it does not: 建设 of 建设香菇棚."""
    word, tag = first_word(phrase)
    if tag == "a" and len(word) == 1:
        second, tag = first_word(phrase[1:])
        word += second
        return word if _is_verb(second, tag) and len(word) < len(phrase) else ""
    return word if _is_verb(word, tag) and len(word) < len(phrase) else ""


def last_verb(phrase: str) -> str:
    """The last verb of a phrase, empty where it has none: 安装 of 为村里安装."""
    return next((word for word, tag in reversed(tagged(phrase)) if _is_verb(word, tag)), "")


def begins_with_verb(phrase: str) -> bool:
    word, tag = first_word(phrase)
    return _is_verb(word, tag) or tag[:1] in ("d", "p")


@lru_cache(maxsize=1 << 14)
def split_at_verb(phrase: str) -> tuple[str, str]:
    """A noun and what is said next: (贫困户, 共种植菊花)."""
    at = 0
    for word, tag in tagged(phrase):
        verb = _is_verb(word, tag) or tag[:1] in ("d", "p")
        if verb and (at == 0 or at + len(word) < len(phrase)):
            return phrase[:at], phrase[at:]
        at += len(word)
    return phrase, ""


def nouns_of(phrase: str) -> str:
    """A phrase without the verbs that it begins with: 吃水工程 of 改造吃水工程."""
    at = 0
    for word, tag in tagged(phrase):
        if not (_is_verb(word, tag) or tag[:1] in ("a", "d")):
            break
        at += len(word)
    return phrase[at:] or phrase


@lru_cache(maxsize=1 << 14)
def head_of(text: str, most: int = 18) -> str:
    """What follows a number, up to where it says more than what was counted."""
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
    text = _without_place(text)
    kept, length = "", 0
    for word in segmented(text[: most + 6]):
        length += len(word)
        long = word == "的" and len(kept) >= 4 and len(text) - length > 5
        if kept and (length > most or long or word in _ENOUGH):
            break
        if len(kept) >= 6 and tag_of(word) == "p":
            break
        if word == "的" and len(kept) < 3:
            kept = ""  # 3个村的村医不足
            continue
        kept += word
    return _ENDING.sub("", kept) if kept[-1:] in _ENDS or kept[-1:].isspace() else kept


_OPENING = re.compile(r"(?:的|左右|以上)+")
_ENDING = re.compile(r"(?:等|的|工作|和|与|及|以及|已|均|都|,|\s)+$")
_ENDS = frozenset("等的作和与及已均都,")
_ENOUGH = frozenset("取得 进展 进度 速度 完毕 正常 目标 任务".split())
_VERBS = frozenset(
    "新装 改厕 征地 新增 新建 改建 扩建 续建 建成 投资 投入 建设 安装 发放 新修 硬化 改造 完成 "
    "设置 培训 带动 帮扶 维修 引进 招聘 组织 发电 花费 耗资 落实 争取 采购 资助 救助 分红 增收 "
    "成功 筹资".split()
)


def _is_verb(word: str, tag: str) -> bool:
    # 现代化 and 标准化 go before a noun; 硬化 and 绿化 are done.
    return (tag[:1] == "v" and not (len(word) > 2 and word.endswith("化"))) or word in _VERBS
