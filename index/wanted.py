"""What kind of answer a question wants, and in which units."""

from __future__ import annotations

import re

from index.chinese.numbers import UNIT_CLASS
from index.chinese.rare_units import rare_unit
from index.query import Wanted

_WEEKDAY = re.compile(r"(?:星期|周|礼拜)几")
_THOSE = re.compile(r"[那这]几(?=[个位名户家处条件])")
"""那几个图斑 are spoken of, not counted."""
_HOW_LONG = re.compile(
    r"(?:多久|多长时间|几个?小时|几天几夜)(?!以前|之前|开|召开|一次|[一1][次回])"
)
"""修了多久 asks how long it took."""
_DATE = re.compile(
    r"什么时候|啥时候|何时|哪[一几两]?天|哪[一几]?年|哪几?个?月|几月|几号|什么时间|哪[一几]?日|时间是|日期|多久以前"
)
_PERSON = re.compile(
    r"谁|哪位|哪个[县镇乡村局校市区院]长|(?:长|书记|主任|员|老师|负责人)是?哪[个一]位?[??。]?$|什么名字|姓名|哪个人|何人|叫什么|叫啥"
)
THING_NAMED = re.compile(
    r"(?:厂|公司|企业|合作社|基地|品牌|项目|工程|学校|小学|中学|园区?|车间|站|景区|产业|办法|制度|协会|银行|单位)"
    r"(?:的名字|名称|名字)?(?:是?叫(?:什么|啥)|是什么名字)"
)
"""What is asked for by name and is no person: 引进的厂叫什么."""
FUNDER = re.compile(
    r"(?:[这那]笔)?(?:钱|资金|款项?|费用|经费)(?:都|又|主要|到底)?(?:是)?(?:谁|哪个单位|哪些单位|哪家|什么单位|哪里|哪儿|哪|从哪里?|从哪儿|怎么)"
    r"(?:出|给|来|掏|投|拨|筹|解决|争取|落实|弄)(?:的|来的)?|资金来源|谁(?:出|掏|拨|给|投)的?(?:钱|资金)|"
    r"(?:各方|各级|各家|各单位|各部门|哪些单位|哪几家|哪几方)(?:各自|分别|都)?[^,。多少]{0,4}(?:出|掏|拨|给|投|筹|配套|补助)了?(?:多少|几)(?:钱|资金|万)?|"
    r"(?:从|向|找|跟)(?:哪|谁|什么)[^,。]{0,6}?(?:要|争取|筹|化|借|弄|拉|跑)(?:到|来|回)了?(?:些|的)?(?:钱|资金|款|经费|项目资金)"
)
"""How a question asks who paid."""
_EACH_PAYS = re.compile(
    r"(?:各方|各级|各家|各单位|各部门|哪些单位|哪几家|哪几方)(?:各自|分别|都)?[^,。多少]{0,4}(?:出|掏|拨|给|投|筹|配套|补助)了?(?:多少|几)|"
    r"(?:从|向|找|跟)(?:哪|谁|什么)[^,。]{0,6}?(?:要|争取|筹|化|借|弄|拉|跑)(?:到|来|回)"
)
"""各级分别出了多少, 从哪些单位要到了钱: all of those who paid, each with its share."""
_PLACE = re.compile(
    r"(?:在|位于)[^,。]{0,12}(?:哪个?|什么)(?:方向|方位)|哪里|哪儿|何处|什么地方|哪个(?:村|镇|乡|社区|县|地方)(?!长)|位于什么|位置"
)
HOW_OFTEN = re.compile(
    r"(?P<how>(?:每?隔)?(?:多久|多长时间|几(?:天|周|年|个?月|个?季度)))[^,。]{0,8}?(?P<once>[一1][次回趟])"
)
"""How a question asks how often something is done: 多久开一次会."""
_LIST = re.compile(
    r"哪些|哪(?:几|两|[三四五六七八九十\d]+)(?!年|天|日|月)|有什么|有啥|包括什么|分别是(?!多少|几)|什么产业|[种养]了?(?:些)?什么|(?<!在)哪[种类项]|"
    r"有些什么|什么(?:庄稼|作物|农作物|项目|材料|手续|证件|资料|东西)|"
    r"[两三四五六七八九十\d]+(?:个|项|大|类|种|条|步|件|化|批)[^,。]{0,8}(?:是|有|指|包括|分别)(?:的是)?(?:什么|啥)"
)
_YES_NO = re.compile(
    r"吗|是否|有没有|是不是|有无|[\u4e00-\u9fff]了?没有?[??。]?$|(?P<v>[\u4e00-\u9fff])没(?P=v)"
)
_MONEY_ASKED = re.compile(
    r"多少钱|多少(?:万|亿)?元|多少(?:扶贫|专项|帮扶|财政|项目)?(?:资金|经费|补助|补贴|款)|"
    r"(?:花|投|用|争取|整合|筹|使用)[了到]?多少[^,。多少几]{1,8}?(?:资金|经费|的钱)$|"
    r"(?:投资|资金|经费|钱)[^,。多少几]{0,4}?(?:要|需要?|完成|到位|出)了?多少|"
    r"(?:收入|税收|投资|资金|款)[^,。多少几]{0,4}?(?:差|缺|欠|短|超)了?多少|"
    r"多少[^,。多少几]{0,6}?(?:信贷|贷款|贴息|房租|租金|奖金|费用?|工资|报酬|补偿|税收?|利润|产值|欠款|债)|"
    r"(?:工资|欠款|贷款|资金|税款?|债务?|[^,。]费|救助金|补偿款|奖金|欠账)(?![^,。]{0,6}[降涨升增减比])[^,。多少几户人个]{0,6}?(?:了|到|回来?|下来|出去|上来|起来)多少(?=$|[,。?])|"
    r"(?:花|投|挣|赚|收|拿|发|补|贷|赔|拨|捐|卖|值|奖|贴|交|缴|罚|欠)(?:了|到|出|给)?(?:大概|大约|差不多)?(?:多少|几)(?=$|[,。??]|万|亿|钱|块(?![地田砖板石])|元)|"
    r"(?:投资|投入|资金|金额|收入|产值|补贴|补助|经费|总值|款|费|价格|工资)(?:总额|额)?(?:了|约|共|是|为|达|达到|有)*多少"
    r"(?!个?百分)|多少投资|多少收入|(?:收入|产值|资金|金额|工资|总值)是?几"
)
_RATIO_ASKED = re.compile(
    r"(?:率|涨幅|增速|增幅|比例|比重|占比|百分点|增长|上涨|下降|涨)(?:[^多几,。]{0,6}?目标)?(?:了|是|为|约|达到?|降到?|降至)*"
    r"(?:多少|几)(?!个?[户人家元亩万])|百分之几|百分之多少|几成|几个(?:百分)?点|多大(?:的)?(?:比例|比重|份额)|占[^,。]{0,8}多少$"
)
ASKED_UNIT = re.compile(
    r"(?:多少|几(?!个(?:百分)?点))(?:万|千|亿|多)?(?P<unit>"
    + "|".join(sorted(UNIT_CLASS, key=len, reverse=True))
    + ")(?![口员籍物轻诊]|急诊|(?<=村)民|(?<=社区)(?:矫正|服务|工作|干部|医|养老))"
)
SOMEBODY = (
    r"劳动?力|党员|学生|大学生|新生|毕业生|考生|教师|老师|村民(?!小?组)|居民(?!小?[组区])|干部|老人|老年人|儿童|幼儿|娃娃?|小孩|孩子|孤儿|妇女|青年|年轻人|专干|医生|"
    r"护士|驾驶员|[队社会组委职学演党团人护保管技质讲指辅志理格解查络事务]员|护林员|保洁员|司机|师傅|委员|残疾人"
)
"""Words for persons, who are told in 人, 名 and 位 whatever the question counts them in."""
_ASKED_NOUN = re.compile(r"(?:多少|几)(?P<noun>[\u4e00-\u9fff]{1,10})")
_NOUN_UNITS = (
    (re.compile(r"^[\u4e00-\u9fff]{0,8}?户(?![口籍均])"), ("户",)),
    (
        re.compile(rf"^[\u4e00-\u9fff]{{0,8}}?人(?![均居])|(?:{SOMEBODY})|代表$"),
        ("人", "名", "位"),
    ),
    (re.compile(r"面积|耕地|林地"), ("亩", "公顷", "平方米", "平方公里")),
    (re.compile(r"村民小组|村$|组$|乡镇$"), ("个", "村", "组")),
)
_HOUSEHOLDS = re.compile(r"[\u4e00-\u9fff]{0,4}?户(?![口籍均])")
_PERSONS = re.compile(rf"[\u4e00-\u9fff]{{0,6}}?(?:人(?![均居大])|代表|{SOMEBODY})")
_PERSONS_BEFORE = re.compile(
    rf"(?:{SOMEBODY}|代表|人数|[病工老军]人|大夫|[生死伤](?=了|$)|出生|死亡|去世)了?(?:总共|一共|共|还|都|现|现在)?(?:有|是|为)?$"
)
_WHY = re.compile(r"为什么|为啥|为何|啥原因|什么原因|咋回事|怎么回事")
_STOREYS = re.compile(r"(?:多少|几)(?P<unit>[层岁折])(?!次|面)")
"""Units in which no figure is told: no other will do."""
_CAUGHT = re.compile(r"(?:抓|查处|判|拘留|处理|救)了?多少(?!钱)[^,。多几]{1,6}的[?。]?$")
"""抓了多少赌博的 asks for those who did it."""
_HARVEST = re.compile(r"(?:打|收获?|产)[了出]?多少(?:粮|谷|稻|油菜籽|菜籽|玉米|小麦)")
"""打了多少粮食 is told by weight, not by the fields."""
_TIMES_ASKED = re.compile(r"(?:多少|几)[趟回]")
_OF_WHOLE = re.compile(r"(?:收入|资金|投入|投资|钱|支出|里头?|当中|里面)[^,。]{0,12}占(?:了)?多少")
_HOUSEHOLDS_BEFORE = re.compile(r"户(?:总共|一共|共|还|都|现|现在)?(?:有|是|为)?$")
_HEAD_UNITS = (
    (re.compile(r"面积"), ("亩", "公顷", "平方米", "平方公里")),
    (re.compile(r"里程|长度|多长|多远|距离|多深|多宽|多厚"), ("公里", "千米", "米", "里")),
    (re.compile(r"人口|人数|多少人|新增就业"), ("人", "名", "位")),
    (re.compile(r"户数"), ("户",)),
)
_ANY_FIGURE = re.compile(r"多少|几(?!乎|年来|经)|多大|多长|多高|多重|多远|多深|多宽|多厚")

# 望江社区2017年的贫困发生率: a figure is asked for without a question word.
_FIGURE_NOUN = re.compile(
    r"(?:率|涨幅|增速|增幅|比重|比例|占比|面积|人口|人数|户数|收入|产值|总值|总额|金额|里程|长度|数量|目标)\??\s*$"
)
_RATIO_NOUN = re.compile(r"(?:率|涨幅|增速|增幅|比重|比例|占比)\??\s*$")
_MONEY_NOUN = re.compile(r"(?:收入|产值|总值|总额|金额)\??\s*$")


def wanted_of(folded: str) -> tuple[Wanted, tuple[str, ...]]:
    """The kind of answer, and for a figure the units that answer (none: any unit)."""
    if HOW_OFTEN.search(folded):
        return Wanted.NARRATIVE, ()
    if _WEEKDAY.search(folded):
        return Wanted.DATE, ()
    folded = _THOSE.sub("", folded)
    units = None if _EACH_PAYS.search(folded) else _units(folded)
    if units is not None and not _LIST.search(folded):
        return Wanted.FIGURE, units
    for pattern, wanted in (
        (_DATE, Wanted.DATE),
        (THING_NAMED, Wanted.NARRATIVE),
        (FUNDER, Wanted.NARRATIVE),
        (_PERSON, Wanted.PERSON),
        (_PLACE, Wanted.PLACE),
        (_LIST, Wanted.LIST),
        (_YES_NO, Wanted.YES_NO),
    ):
        if pattern.search(folded):
            return wanted, ()
    return Wanted.NARRATIVE, ()


def _counted(unit: str, noun: str, before: str) -> tuple[str, ...]:
    """The units that answer 几个 and 几名 of their noun: 几个党员, 党员有几个 are told in 人."""
    if unit == "台" and noun.startswith("车"):
        return ("辆", "台")
    alone = not re.match(r"[\u4e00-\u9fff]{2}", noun)
    if unit == "个" and (_HOUSEHOLDS.match(noun) or (alone and _HOUSEHOLDS_BEFORE.search(before))):
        return ("户",)
    persons = _PERSONS.match(noun) or (alone and _PERSONS_BEFORE.search(before))
    if unit in ("个", "名", "位") and persons:
        own = () if unit == "个" else (unit,)
        return (*own, *(other for other in ("人", "名", "位") if other not in own))
    return (unit,)


def _is_money(unit: str, folded: str) -> bool:
    """Whether what is asked for is money: 补助多少人次 is not, 花了多少户的钱 is."""
    pieces = unit == "块" and re.search(r"(?:多少|几)块(?:[,。?]|$)", folded)
    return UNIT_CLASS[unit] == "money" or "钱" in folded or bool(pieces)


def _units(folded: str) -> tuple[str, ...] | None:
    """The units asked for; empty for a figure of any unit, None where no figure is asked for."""
    if _DATE.search(folded) and not re.search(r"多少", folded):
        return None
    if _WHY.search(folded) and not re.search(r"多少|几", folded):
        return None
    if _TIMES_ASKED.search(folded):
        return ("次",)
    if _OF_WHOLE.search(folded):
        return ()  # a part of a sum is told as money or as a share
    if _RATIO_ASKED.search(folded):
        return "%", "个百分点"
    if _HOW_LONG.search(folded):
        return "小时", "天", "分钟", "个月", "年"
    if storeys := _STOREYS.search(folded):
        return (storeys["unit"],)
    if _CAUGHT.search(folded):
        return "人", "名", "位"
    if _HARVEST.search(folded):
        return "吨", "公斤", "斤"
    if rare := rare_unit(folded):
        return (rare,)
    match = ASKED_UNIT.search(folded)
    if _MONEY_ASKED.search(folded) and (match is None or _is_money(match["unit"], folded)):
        return "元", "美元"
    if match is not None:
        return _counted(match["unit"], folded[match.end() :], folded[: match.start()])
    if _RATIO_NOUN.search(folded):
        return "%", "个百分点"
    if _MONEY_NOUN.search(folded):
        return "元", "美元"
    if not _ANY_FIGURE.search(folded) and not _FIGURE_NOUN.search(folded):
        return None
    if match := _ASKED_NOUN.search(folded):
        for pattern, units in _NOUN_UNITS:
            if pattern.search(match["noun"].rstrip("了的呢")):
                return units
    before = folded[: asked.start()] if (asked := re.search(r"多少|几", folded)) else ""
    if _PERSONS_BEFORE.search(before):
        return "人", "名", "位"
    for pattern, units in _HEAD_UNITS:
        if pattern.search(folded):
            return units
    return ()
