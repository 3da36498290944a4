"""The expressions that a question asks about, without its frame."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from index.asked_places import blank
from index.chinese.numbers import Quantity, in_chinese, quantities
from index.chinese.people import is_surname
from index.chinese.rare_units import without_rare_unit
from index.chinese.synonyms import Synonyms
from index.chinese.words import cut, index_words, tag
from index.query import Query, Term
from index.short_forms import with_short, without_mark
from index.spoken import put_together, spoken_terms
from index.wanted import ASKED_UNIT, FUNDER, HOW_OFTEN

# 县外 and 省内 tell one figure from another; jieba cuts them into words that say nothing.
_WHERE = re.compile(r"[省市州县区镇乡村][内外]")
_SCAFFOLD = re.compile(
    r"请问|帮我|(?:(?<![\u4e00-\u9fff])[镇乡村县]上|地盘)(?=[的有处多])|一人(?=[帮包联带结])|查一?下|查询|看看|告诉我|我想知道|想了解|一下|什么时候|何时|哪一?天|哪一?年|哪个?月|几月几?[号日]?|"
    r"什么时间|啥时候|(?:哪个?|什么)(?:方向|方位)|哪[几两]天|哪[几两]日|什么地方|什么名字|为什么|什么|哪里|哪儿|哪些|哪几种|哪几个?|哪[两三四五六七八九十]|哪个|哪位|哪一|哪所|哪家|谁家|叫啥|有啥|啥|多少|多长|多大|多远|多高|多重|百分之[几多]少?|几|谁|"
    r"[省市州县区镇乡村]里(?!面|头|程|弄|社)|下一步|下步|往后|将来|日后|[那这]个?场|[那这][些类]|还有|全年|半年|全村|全镇|全乡|全县|全市|各村|各镇|各乡镇|各社区|各地|[一二两三四五六七八九十\d]+[个座处所条名件家栋盏台口](?![\u4e00-\u9fff]{0,1}[村镇])|怎么样|怎样|怎么|如何|"
    r"是否|有没有|是不是|有无|现任(?!务)|在任的?|吗|呢|啊|吧|分别|一共|总共|拢共|共计|合计|目前|现在|当前|当年|今年|截至|截止|以来|期间|"
    r"大概|大约|差不多|到底|究竟|里头|里边|那个|这个|那边|这边|眼下|如今|最近|这边儿?|咱们?|俺们?|是不是|得怎么样|怎么样了|要不要|[这那]份|[这那]次|[这那]种|钱数|个?百分点|几个点|政府工作报告|工作报告|报告|总结|汇报|材料|提出的?|提到的?|说的?|写的?|里面|来着|情况"
)
_LEVEL_PAYS = re.compile(
    r"(?P<level>[省市州县区镇乡])里(?=[也又还再自]?(?:己)?(?:出|拿|给|拨|配套|奖|补|掏|筹))"
)
"""县里出了多少: the county as one of those who pay; else 县里 only says where."""
_POOR_ASKED = re.compile(
    r"(?:是)?(?:因为?(?:什么|啥)(?:原因)?|为(?:什么|啥)|怎么|咋)(?:会|才)?(?:变|这么|那么)?(?:致|贫|受)?(?:穷|贫困|贫)(?:的|了)?[\s?？。]*$"
)
POOR = tuple("致贫原因 致贫 贫困原因 贫困的原因 返贫原因".split())
"""How a question asks why people are poor, and how reports tell it."""
_LEADER_ASKED = re.compile(r"哪[一个]?(?:位|个|名)?(?P<level>[省市州县区镇乡])(?:里|上)?的?领导")
"""哪位县领导: told by an office of that level, 副县长 or 县委书记."""
_OF_LEVEL = ("领导", "长", "委", "政府", "人民政府", "人大", "政协")
_YEAR_TAKEN_OUT = re.compile(r"(?:19|20)[\dx*]{2}")
_NEGATED = re.compile(
    r"(?<!有)(?<!了)(?:还|尚)?(?:没有|没|未)(?P<verb>[\u4e00-\u9fff]{2,}|[签拆修建办搬装交通领](?=的|[,?。]|$))(?<!过)"
)
_DIVIDES = re.compile(r"[,;。?!]")
_EITHER_WAY = re.compile(r"(?P<way>[\u4e00-\u9fff])不(?P=way)")
"""贵不贵 before the question proper asks for no more than its figure."""
_PAID = tuple(
    "资金来源 出资 投入 投资 争取 拨付 拨款 筹集 筹资 整合 协调 自筹 捐的 捐款 捐助 捐赠 资助 财政 "
    "资金".split()
)
"""How reports tell who paid for something."""
_PAPERS_ASKED = re.compile(
    r"(?:需要|要|得|应|该)?(?:带|交|备|准备|提供|提交|出示|要|需)(?:上|齐|好)?(?:哪些|什么|啥)(?:样的)?"
    r"(?:材料|证件|手续|资料|证明|文件|东西)"
)
_PAPERS = tuple("所需材料 申请材料 身份证 户口本 户口簿 结婚证 证件 复印件 申请表 申请书".split())
"""How a question asks which papers to bring, and how reports tell it."""
_WHICH_OF = re.compile(
    r"哪[一二两三四五六七八九十几\d]+[个家名位户](?=[村镇乡县人户家]?[?？。]?$)[村镇乡县人户家]?"
)
"""出列的是哪两个村 states no number."""
_TWICE = re.compile(r"(?P<verb>[\u4e00-\u9fff])没(?P=verb)")
"""修没修路 asks whether there is 修路."""
_ROADS_ASKED = re.compile(r"修(?:了|过)?(?:些)?路(?=了?(?:没有?|吗|[?？。]|$))")
_ROADS = tuple("修路 新修 修通 修建道路 新建道路 道路硬化 硬化 拓宽 改扩建 修了路".split())
_FINISHED_ASKED = re.compile(
    r"(?P<verb>完成|完工|竣工|建成|建好|建完|修好|修通|修完|做完|盖好|盖完|通车|办好|搞完|弄完|弄好)"
    r"(?=了?(?:没有?|吗|[?？。]|$))"
)
_FINISHED = tuple(
    "完成 完工 竣工 建成 建好 新建 修建 建完 修好 修通 做完 盖好 通车 投入使用 交付 正在 在建 施工 "
    "未完 停工 开工 动工 尚未 还未".split()
)
"""How a question asks whether something is finished, and how reports tell how far it is."""
_YES_NO_ASKED = re.compile(r"是否|有没有|是不是|有无|吗|没有?[?？。]?$|没(?:完|建|修|盖|做|竣)")
_MADE_UP = re.compile(
    r"组成|构成|下辖|管辖|几个(?:自然|行政)?村|多少个?(?:自然|行政)?村|几个[^,。]{0,4}组"
)
_MADE_UP_OF = ("下辖", "辖", "村组成", "组组成", "镇组成", "部分组成", "构成", "划分为")
_STOP = frozenset(
    (
        "的 了 是 有 在 里 中 叫 和 与 及 等 为 由 对 到 从 共 各 个 位 名 "
        "户 人 元 钱 亩 台 套 头 只 盏 公里 米 所 座 处 家 次 项 条 间 万 "
        "千 亿 达 达到 降 降到 降至 占 上 下 这 那 它 我 你 全 全村 全镇 全县 "
        "全市 全社区 全乡 本 该 村 镇 乡 县 市 省 年 月 日 末 底 度 时 后 前 "
        "已 已经 了解 进行 开展 做 能 会 要 可以 被 把 给 让 得 着 过 也 都 "
        "还 又 就 才 只 已有 现有 目标是 建那 所 用 用了 属于 多 来自 方面 由 "
        "构成 组成 成 没 没有 任 当 叫做 的话 及其 控制 每 里 内 外 间 其 其中 "
        "程度 地步 星期 周几 处在 处于 在外 以前 之前 原来 原先 从前 前任 上任 "
        "大 数 多 起来 向 用来 用在 棵 株 棵树 名单 具体 主要 一个 个数 数量 面积 时间 日期 地点 "
        "位于 是什么 天 作 里面 搞 办 弄 局里 单位里 我们 咱们 东西 哪 跟 拿 算 管 干 往 找 多久 "
        "之 出 起 吃 每 某 啦 嘛 点 光 总 那么 就是 一年 到底 真 挺 目前为止 要 想 帮着 帮 名字 "
        "比重 占比 比例 份额 靠 出去 些"
    ).split()
)
"""Words of the frame of a question and units: they say nothing about what is asked for."""


_WHOLE_ASKED = re.compile(r"(?:多少|几)(?:个?人家|户|口?人(?![次均]))")
_PEOPLE_ASKED = re.compile(
    r"(?:多少|几)(?:口|个)?人口|人口(?:有|是)?(?:多少|几)(?:个?人)?(?:[?？。]|$)"
)
HOUSEHOLDS = Term("总户数", ("总户数", "户数", "农户", "户"))
INHABITANTS = Term("总人口", ("总人口", "人口", "人"))
"""What 甲村有多少户 asks about, where nothing else is named: all that live there."""


def terms_of(folded: str, synonyms: Synonyms, mentioned: Callable[[str], bool]) -> tuple[Term, ...]:
    """The expressions asked about, as long as can be, without the question's frame."""
    focus = ASKED_UNIT.sub(" ", folded)
    focus = put_together(without_rare_unit(focus))
    focus = _WHICH_OF.sub(" ", focus)
    terms: list[Term] = []
    for quantity in quantities(focus):
        if quantity.value != 1:  # 一个, 一项 counts nothing
            terms.append(_stated(quantity))
            focus = blank(focus, quantity.start, quantity.end)
    if papers := _PAPERS_ASKED.search(focus):
        terms.append(Term("所需材料", _PAPERS))
        focus = blank(focus, *papers.span())
    if often := HOW_OFTEN.search(focus):
        focus = blank(blank(focus, *often.span("how")), *often.span("once"))
    focus = _TWICE.sub(r"\g<verb>", focus)
    if _YES_NO_ASKED.search(folded) and (roads := _ROADS_ASKED.search(focus)):
        terms.append(Term("修路", _ROADS))
        focus = blank(focus, *roads.span())
    if _YES_NO_ASKED.search(folded) and (finished := _FINISHED_ASKED.search(focus)):
        terms.append(Term(finished["verb"], (finished["verb"], *_FINISHED)))
        focus = blank(focus, *finished.span("verb"))
    if poor := _POOR_ASKED.search(focus):
        terms.append(Term(POOR[0], POOR))
        focus = blank(focus, *poor.span())
    if leader := _LEADER_ASKED.search(focus):
        ways = tuple(leader["level"] + office for office in _OF_LEVEL)
        terms.append(Term(ways[0], ways))
        focus = blank(focus, *leader.span())
    spoken, focus = spoken_terms(focus)
    terms += spoken
    if paid := FUNDER.search(focus):
        terms.append(Term("资金来源", _PAID))
        focus = blank(focus, *paid.span())
    for match in list(_NEGATED.finditer(focus)):
        verb = cut(match["verb"])[0]
        if not any(map(mentioned, (negated := _negated(verb)).alike)):
            continue
        terms.append(negated)
        focus = blank(focus, match.start(), match.start("verb") + len(verb))
    for match in list(_LEVEL_PAYS.finditer(focus)):
        name = match["level"]
        ways = (f"{name}级", f"{name}财政", f"{name}本级", f"{name}里", f"{name}配套")
        terms.append(Term(match.group(), ways))
        focus = blank(focus, *match.span())
    focus = _DIVIDES.sub(" ", _SCAFFOLD.sub(" ", _EITHER_WAY.sub(" ", focus)))
    for expression in sorted(synonyms.words, key=len, reverse=True):
        # 一般公共预算收入 is one thing to ask about, whatever words jieba cuts it into.
        if (len(expression) > 2 or _of_place(expression)) and expression in focus:
            terms.append(Term(expression, synonyms.of(expression), _inside(expression)))
            focus = focus.replace(expression, " ")
    for expression in _WHERE.findall(focus):
        terms.append(Term(expression, synonyms.of(expression)))
        focus = focus.replace(expression, " ")
    for part in focus.split():
        for words in _joined(list(map(without_mark, cut(part))), mentioned):
            word = "".join(words)
            if (
                word not in _STOP
                and not _YEAR_TAKEN_OUT.fullmatch(word)
                and not word.replace(".", "").isdigit()
            ):
                parts = tuple(words) if len(words) > 1 else _inside(word)
                terms.append(Term(word, synonyms.of(word), parts))
    if not terms and (made_up := _MADE_UP.search(folded)):
        # 由哪几个村组成: nothing is asked for but what the place is made up of.
        terms.append(Term(made_up.group(), _MADE_UP_OF))
    if [term.word for term in terms] == ["人口"] and _PEOPLE_ASKED.search(folded):
        return (INHABITANTS,)
    if not terms and (whole := _WHOLE_ASKED.search(folded)):
        terms.append(HOUSEHOLDS if "户" in whole.group() else INHABITANTS)
    if not terms and "多大" in folded:
        terms.append(Term("面积", ("面积",)))
    return with_short(tuple({term.word: term for term in terms}.values()), mentioned)


def _of_place(expression: str) -> bool:
    """Whether it is a word such as 村道 and 户厕, which jieba cuts and the frame would swallow."""
    return expression[0] in "村乡镇县户在" and not tag(expression)


def _negated(verb: str) -> Term:
    """还没脱贫 asks for those who are 未脱贫, not for who is 脱贫."""
    ways = tuple(f"{no}{verb}" for no in ("未", "没有", "没", "尚未", "未能", "还未"))
    return Term(ways[0], ways)


_HEAD_BEHIND = re.compile(
    r"(?:一共|总共|共计|共|都|还|现|目前)*(?:有|是|为|达到?|约|了)?(?:多少|几)(?!年|个月)"
)


def head_of(folded: str, terms: Sequence[Term]) -> str | None:
    """The term whose number a folded question asks for: right before 有多少, or right behind."""
    asked = _HEAD_BEHIND.search(folded)
    if asked is None:
        return None
    behind = folded[asked.end() :]
    counted = next((t.word for t in terms if t.word in behind[: len(t.word) + 2]), None)
    before = next((t.word for t in terms if folded[: asked.start()].endswith(t.word)), None)
    # 东门有几个小区 counts the 小区, 低保户有多少人 the 低保户.
    named = before is not None and tag(before)[:1] in ("n", "") and "有" in asked.group()
    if counted is not None and named and tag(counted)[:1] == "n":
        return counted
    return before or counted


def _stated(quantity: Quantity) -> Term:
    """A number that the question gives: 121户 is 一百二十一户 as well."""
    written = "".join(quantity.surface.split())
    whole = quantity.value == quantity.value.to_integral_value() and quantity.value < 10**8
    if not whole:
        return Term(written, (written,))
    number = int(quantity.value)
    units = ("人", "名", "位") if quantity.unit in ("人", "名", "位") else (quantity.unit,)
    ways = (
        written,
        *(f"{n}{unit}" for unit in units for n in (number, in_chinese(number))),
    )
    return Term(written, tuple(dict.fromkeys(ways)))


def _joined(words: Sequence[str], mentioned: Callable[[str], bool]) -> Iterator[Sequence[str]]:
    """Put together again what jieba cut: names that it does not know, and 辣椒棚.

    Single characters that the archive's texts have beside the same words are one expression
    with them. Several in a row are a name too, and if no text has it, that is just what must
    be noticed.
    """
    at = 0
    while at < len(words):
        end = at + 1
        while end < len(words) and words[at] not in _STOP and words[end] not in _STOP:
            end += 1
        while end > at + 1 and not (
            any(map(_name_part, words[at:end])) and mentioned("".join(words[at:end]))
        ):
            end -= 1
        if end == at + 1 and _name_part(words[at]) and words[at] not in _STOP:
            while end < len(words) and _name_part(words[end]) and words[end] not in _STOP:
                end += 1
        end = max(end, _person_end(words, at, mentioned))
        yield words[at:end]
        at = end


_PARTICLES = frozenset("了的着过是有和与及各在里多个名户人元村镇乡县都还也")


def _person_end(words: Sequence[str], at: int, mentioned: Callable[[str], bool]) -> int:
    """Where a person's name that the archive has ends: 天 in 姜天明 is no word of the frame."""
    for end in (at + 3, at + 2):
        run = words[at:end]
        if len(run) < 2 or any(word in _PARTICLES for word in run):
            continue
        if all(len(word) == 1 for word in run) and is_surname(run[0]):
            return end if mentioned("".join(run)) else at
    return at


def _inside(word: str) -> tuple[str, ...]:
    """The shorter words in a long one: 经营性收入 is said in parts as well."""
    if len(word) < 4:
        return ()
    return tuple(part for part in index_words(word) if part != word and part not in _STOP)


def _name_part(word: str) -> bool:
    return len(word) == 1 and not tag(word).startswith(("v", "p", "d", "c"))


def search_words(query: Query) -> list[str]:
    """The words to look up: each term, cut small, with its synonyms."""
    words = [w for term in query.terms for alike in term.alike for w in _small(alike)]
    return list(dict.fromkeys(words))


@lru_cache(maxsize=4096)
def _small(word: str) -> tuple[str, ...]:
    # The same synonyms are looked up in question after question.
    return tuple(index_words(word))
