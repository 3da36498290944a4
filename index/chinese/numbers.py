"""Quantities in Chinese text: 一百二十一户, 27.16万元, 192户709人, 5%左右, 7.5%-8%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from math import prod
from typing import NamedTuple

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

UNITS: dict[str, tuple[str, ...]] = {
    "money": ("元", "块钱", "美元"),
    "household": ("户",),
    "person": ("人次", "人", "名", "位", "口人", "口"),
    "area": ("平方公里", "平方千米", "平方米", "平方", "平米", "公顷", "亩", "㎡"),
    "length": ("公里", "千米", "米", "里", "km"),
    "volume": ("立方米", "立方", "方"),
    "weight": ("公斤", "千克", "微克", "吨", "斤", "标准煤"),
    "ratio": ("个百分点", "百分点", "%", "％", "‰", "成"),
    "energy": ("千瓦时", "千瓦", "兆瓦", "度"),
    "duration": ("小时", "分钟", "个月", "周年", "年", "天", "周岁", "岁", "周", "日"),
    "times": (
        "批次", "场次", "车次", "户次", "次", "场", "期", "批", "届", "轮", "遍", "倍",
    ),
    "group": ("个村", "个乡镇", "个镇", "个乡", "个组", "村", "组", "镇", "乡", "县", "社区"),
    "piece": (
        "个", "家", "处", "座", "所", "项", "台", "套", "辆", "架", "盏", "盒", "间", "栋", "幢",
        "棵", "株", "头", "只", "匹", "条", "件", "份", "张", "本", "册", "块", "眼", "枚", "部",
        "支", "面", "杆", "根", "对", "袋", "桶", "瓶", "艘", "尾", "羽", "床", "副", "双", "篇",
        "孔", "道", "箱", "车", "例", "宗", "类", "种", "门", "笔", "起", "列", "标箱", "标准箱",
    ),
}  # fmt: skip
"""Units by what they measure; the class decides which values answer 多少钱, 多少亩 …"""

UNIT_CLASS: dict[str, str] = {
    unit: kind for kind in reversed(UNITS) for unit in UNITS[kind]
}  # of a unit in two classes the earlier wins: 口 is people, 期 times

# What makes another word of a unit: 39个村|民小组, 7方|面, 2023成|都, 12项|目, 三期|工程.
_OTHER_WORD = {
    "人": "员", "口": "岸", "位": "一体", "里": "程", "方": "面", "成": "[都本果功型立]",
    "年": "[级代]", "天": "然(?!后)", "周": "期", "场": "景", "轮": "[车换]",
    "期": "间|工程|项目|建设|改|扩建", "个村": "[民级委集卫]", "个镇": "级", "个乡": "村",
    "个组": "[织团]", "村": "民", "组": "[织团]", "县": "[市区]", "家": "庭", "处": "理",
    "项": "目(?!标)", "台": "[账阶]", "条": "例|心(?!理)|龙(?!头)", "部": "[委署分门]",
    "支": "[持付撑部]", "根": "[据本]", "对": "应", "道": "路", "车": "道", "门": "口",
    "种": "植(?!物)", "起": "[来步到点草重诉伏源用初码义动飞降止]", "列": "[入为车出举]",
}  # fmt: skip
_UNIT = "|".join(
    f"{unit}(?!{_OTHER_WORD[unit]})" if unit in _OTHER_WORD else unit
    for unit in sorted(UNIT_CLASS, key=len, reverse=True)
)
_D = "零〇一二三四五六七八九两"
_ARABIC = (
    # 共计3.⏎6万元 was broken at its point, but at the start of a line 1. 5户 is an item's number.
    r"(?<!\d)(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|(?<=[^\n\d])\d+[.。．]\s\d+"
    r"|\d+(?:[.。．](?!(?:19|20)\d{2}年)\d+)?)"
)
_HAN = (
    rf"(?<![{_D}十百千万亿])(?:[{_D}十][{_D}十百千万亿]*(?:点[{_D}]+)?"
    # 百余人 and 近千户 say how many; 数百人 does not.
    r"|[百千万](?=[多余])|(?<=[近超逾])[百千万亿]+)"
)
_BEFORE = re.compile(
    r"(?:约|(?<![最附邻临])近|超过|超|逾|不低于|不超过|不少于|至少|最多|高达|达到)\s?$"
)
_MORE = r"多|余|几|来"
_TO = r"\s?[-~～—至到]\s?"
_AFTER = r"左右|以上|以下|以内|之内|以外|上下|之间|多"
_QUANTITY = re.compile(
    rf"(?:(?P<of>[百千])分之(?P<share>{_ARABIC}|{_HAN}|百)"
    rf"|(?P<number>{_ARABIC}|{_HAN})\s?(?P<more>{_MORE})?"
    rf"(?:\s?(?P<scale>万亿|[百千十]?[万亿]|[百千]))?(?P<more2>{_MORE})?\s?"
    # 3次到5个村 is no range: both ends of one count in the same unit.
    rf"(?:(?P<unit1>{_UNIT})?{_TO}(?P<number2>{_ARABIC}|{_HAN})\s?(?P<scale2>万亿|[百千十]?[万亿])?)?"
    rf"\s?(?P<unit>(?(unit1)(?P=unit1)|(?:{_UNIT})))(?!性))(?P<after>{_AFTER})?"
)
# Searched first, as a set of characters is found five times faster than the pattern; 进一步 and
# 万众 begin no number, as nothing follows that could.
_FOLLOWS = "".join(sorted({unit[0] for unit in UNIT_CLASS}))
_FIRST = re.compile(
    rf"[0-9{_D}十百千万亿](?=[0-9{_D}十百千万亿点多余几来分,.。．\s\-~～—至到{_FOLLOWS}])"
)
# 第3季度 is an ordinal; of x.5万元, *3户 and 几3户 a part was destroyed or left open.
_NO_QUANTITY_BEFORE = re.compile(r"(?:第\s?|[几x×*_]|[\dx*_][.。])$")
# 数百人 is open, 统一 and 同一 hold no number, 2017两年 are years, 双十条 is a name.
# What these two end with, or with a space behind it: looked at first, as most texts do not.
_NO_QUANTITY_LAST = frozenset("第几x×*_.。")
_BEFORE_LAST = frozenset("约近过超逾于少多达到")
_NO_HAN_BEFORE = re.compile(r"[\d双].$|数[十百千万]$|[统唯单逐同]一$")
_FOLLOWS_ONE = re.compile(r"一[户村人家镇乡县组年月周日天次岗事校园企]$")
_QUOTED = re.compile(r"[^，,。;；\n“‘「『《\"]{0,12}[”’」』》\"]")
_SLOGAN = re.compile(
    r"一(?![般级类线流个])|全面|维护|意识|自信|确保|不(?![同足])|务必|必须|坚持|精准(?![扶脱])"
)
_NEIGHBOURS = "一二|一两|两三|二三|三四|四五|五六|六七|七八|八九"
_APPROXIMATE = re.compile(rf"(?<![{_D}])(?:{_NEIGHBOURS})(?![{_D}点])")


class Quantity(NamedTuple):
    """A stated value: `text[start:end] == surface`; `value` counts in `unit`, 万 resolved.

    Of a range, and of 两三个, it is the lower end.
    """

    start: int
    end: int
    surface: str
    value: Decimal
    unit: str
    core: tuple[int, int] = (0, 0)
    """The number with its unit, without 约 in front and 以上 behind."""
    written: Decimal = Decimal(0)
    """The number before its 万 or 亿: 27.16 of 27.16万元."""
    scale: str = ""
    """万, 亿, 千万 … as they stand between number and unit."""
    high: Decimal | None = None
    """The upper end of a range, counted as `written` is."""
    approx: str = ""
    """The words of about, in order: 约, 多, 以上 …"""

    @property
    def kind(self) -> str:
        """The class of the unit, a key of UNITS."""
        return UNIT_CLASS[self.unit]


def in_chinese(number: int) -> str:
    """Write 0 ≤ number < 100,000,000 as 一百二十一; the inverse of `chinese_integer`."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    for scale, name in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            high, rest = divmod(number, scale)
            head = "" if name == "十" and high == 1 else in_chinese(high)
            # 一千零五 and 一万零五百 leave a place out; 一千五百 does not.
            gap = "零" if rest and rest * 10 < scale else ""
            return head + name + (gap + _inner(rest) if rest else "")
    raise AssertionError(number)


def _inner(number: int) -> str:
    """As `in_chinese`, inside a larger number: 一百一十二 says its 一."""
    written = in_chinese(number)
    return "一" + written if 10 <= number < 20 else written


def chinese_integer(text: str) -> int:
    """Read 一百二十一, 两千零五, 三万五, 二〇一八; raises ValueError for anything else."""
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    try:
        return _positional(text, "亿万千百十", leading=True)
    except ValueError:
        raise ValueError(f"not a Chinese integer: {text!r}") from None


def _positional(text: str, units: str, leading: bool = False) -> int:
    """The value of 二百零五 …, whose units are among `units`, each at most once, in that order."""
    for at, unit in enumerate(units):
        left, found, right = text.rpartition(unit)
        if not found:
            continue
        below, scale = units[at + 1 :], _SCALES[unit]
        if left:
            high = _positional(left, below if unit in "亿万" else "", leading)
        else:
            high = 1 if leading or unit == "十" else 0  # 百余, 十二 and 一百十二 leave out the one
        if high == 0:
            raise ValueError
        if not right:
            return high * scale
        if right in _DIGITS and right not in "零〇":
            # 一百二 is 120: a bare last digit counts in the next lower unit, but not in 十二.
            return high * scale + _DIGITS[right] * max(scale // 10, 1)
        return high * scale + _positional(right.lstrip("零〇"), below)
    if text not in _DIGITS:
        raise ValueError
    return _DIGITS[text]


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the quantities of `text`, which must be folded (see `fold`), in order."""
    at = 0
    while first := _FIRST.search(text, at):
        match = _QUANTITY.match(text, first.start())
        if match is None:
            at = first.end()
            continue
        quantity = _read(text, match)
        if quantity is not None:
            yield quantity
        at = match.end()


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    of, share, number, more, scale1, more2, unit1, number2, scale2, unit, after = match.groups()
    number = share or number
    if unit in ("年", "日") and _is_date(text, match):
        return None
    before = text[max(0, match.start() - 4) : match.start()]
    last = before[-1:]
    if (last in _NO_QUANTITY_LAST or last.isspace()) and _NO_QUANTITY_BEFORE.search(before):
        return None
    if not number[0].isdigit() and _no_count(text, match, before):
        return None
    about = _BEFORE.search(before) if last in _BEFORE_LAST or last.isspace() else None
    value = _value(number)
    if value is None:
        return None
    high = None
    if share:
        scale, unit = "", "%" if of == "百" else "‰"
    else:
        scale = scale1 or ""
        if number2:
            upper = _value(number2)
            # 80-100万元 says its 万 once for both ends, 3000-1万元 does not.
            if not scale and scale2 and upper is not None and value < upper:
                scale = scale2
            high = _high(upper, scale2 or ("" if unit1 else scale), scale)
    start, end = match.span()
    first = start
    softened = "" if about is None else about[0]
    words = (softened.strip(), more, more2, after)
    start -= len(softened)
    return Quantity(
        start,
        end,
        text[start:end],
        value * prod(_SCALES[c] for c in scale) if scale else value,
        unit,
        (first, end - len(after or "")),
        value,
        scale,
        high,
        " ".join(filter(None, words)) if softened or more or more2 or after else "",
    )


def _high(upper: Decimal | None, own: str, scale: str) -> Decimal | None:
    """The upper end of a range, whose own scale is `own`, in the scale of the lower one."""
    if upper is None or own == scale:
        return upper
    return upper * prod(_SCALES[c] for c in own) / prod(_SCALES[c] for c in scale)


def _no_count(text: str, match: re.Match[str], before: str) -> bool:
    """Whether a number written in characters is part of a name or a set phrase: 一户一档."""
    number, unit = match["share"] or match["number"], match["unit"]
    if match["share"]:
        return False
    after = text[match.end("unit") : match.end("unit") + 14]
    if _NO_HAN_BEFORE.search(text, max(0, match.start() - 1), match.start() + 1):
        return True
    if before.endswith(tuple('“‘「『《"')) and _QUOTED.match(after):
        return True  # “三会一课”, “五个一批” are titles
    if unit in ("方", "届") or (unit == "里" and "\u4e00" <= after[:1] <= "\u9fff"):
        return True  # 三方 are parties, 十九届 an ordinal, 十里铺 a place
    if unit == "个" and _SLOGAN.match(after):
        return True
    if number != "一":
        return False
    adverb = unit in ("批", "道", "面", "起", "列") or (unit == "度" and after[:1] != "电")
    return adverb or after[:1] in ("一", unit) or bool(_FOLLOWS_ONE.search(before))


def _is_date(text: str, match: re.Match[str]) -> bool:
    number, after = match["number"], text[match.end("unit") : match.end("unit") + 2]
    if match["unit"] == "日":
        # 3日内 is a time allowed, 3日 and 三月三日 are days.
        return after[:1] != "内" and match["after"] not in ("以内", "之内")
    spelled = len(number) > 1 and all(c in _DIGITS for c in number)
    plan = len(number) == 3 and number[0] + number[2] == "十五"  # 十三五年均
    return len(number) == 4 or spelled or plan or after[:1] in tuple("度底初末上下第0123456789")


def _value(number: str) -> Decimal | None:
    if not number[0].isdigit():
        return _han_value(number)
    if number.isdecimal() and number[0] != "0":
        return Decimal(number)
    plain = number.replace("。", ".").replace("．", ".").replace(",", "")
    # 5 000元 and 007户 are pieces of something longer.
    broken = plain[0] == "0" and plain[1:2].isdigit()
    return None if broken else Decimal("".join(plain.split()))


@lru_cache(maxsize=4096)
def _han_value(number: str) -> Decimal | None:
    """As `_value`, of a number written in characters: a few come again and again."""
    whole, point, fraction = _APPROXIMATE.sub(lambda m: m[0][0], number).partition("点")
    if not point and len(whole) > 1 and all(c in _DIGITS for c in whole):
        # 一零五户 is spelled out; 八一村, 三五户 and 零零村 are no counts.
        spelled = len(whole) > 2 and bool(whole.strip("零〇"))
        return Decimal(chinese_integer(whole)) if spelled else None
    try:
        digits = "".join(str(_DIGITS[c]) for c in fraction)
        return Decimal(f"{chinese_integer(whole)}.{digits}")
    except ValueError:
        return None
