"""Turns of speech in a question, and how reports put them: 能用, 谁负责, 一亩打多少, 多少钱一吨."""

from __future__ import annotations

import re

from index.asked_places import blank
from index.query import Term

_SPLIT_VERB = re.compile(
    r"(?:(?<=[^沉])(?P<verb>[着起失发停出受遭断])(?:过|了)(?:几次|一次)?(?=(?:火|水|电|灾|事故?|路|气)(?:没|吗|[,。?]|$)))(?P<what>[火水电灾事路气])"
)
"""着过火没有: the word is 着火, taken apart."""
_COUNTED_VERB = re.compile(
    r"(?P<verb>[出停断发受])[了过]?\s*(?P<what>[警水电灾])(?![\u4e00-\u9fff])"
)
"""出了多少次警 with 多少次 made space."""
_VERB_AGAIN = re.compile(
    r"(?P<verb>[\u4e00-\u9fff])(?P<what>[\u4e00-\u9fff]{1,3})(?P=verb)(?=[了过出]?(?:\s|多少|几))"
)
"""种树种了多少亩 says its verb twice."""
_TAKEN_AWAY = re.compile(r"(?<=[骗取拿领偷])走(?=了?(?:多少|几))")
_IN_CHARGE = re.compile(
    r"(?:由|是)?谁(?:来|在)?(?:负责|牵头|分管|主抓|主管|管的?|抓的?)(?=[?。,]|$)"
)
_CHARGED = tuple("负责 负责人 牵头 分管 组长 主抓 主管 主持 挂帅 总负责".split())
"""How a question asks who is in charge, and how reports tell it."""
_IN_USE = re.compile(r"(?:能|可以|开始)用(?=[?。,了]|$)|(?:投入|开始)使用|启用")
_USED = tuple(
    "投入使用 投用 启用 交付使用 投入执勤 投入运行 投入运营 投产 试运行 开放 交付 使用".split()
)
"""什么时候能用."""
_SHORT_OF = re.compile(r"还?[差缺](?=了?多少|几)")
_LACKING = tuple("缺口 短缺 缺少 缺编 空编 尚缺 还缺 还差 紧缺 不足 短收".split())
"""企业还差多少工人 is told by 用工缺口."""
_PER_ONE = re.compile(r"[一每](?P<unit>亩|天|户|顿|餐|头|斤)(?=[^,。]{0,10}?(?:多少|几))")
_EVERY = {"天": ("每日", "日均"), "亩": ("亩产", "亩均"), "顿": ("每餐",), "户": ("每家",)}
"""油菜一亩打多少 is told by 亩产."""
_ABLE = re.compile(r"(?:能|可以?|要|得)?(?P<verb>[\u4e00-\u9fff]{1,2}?)(?:了|出|掉)?(?:多少|几)")
_WHICH_TWO = re.compile(r"哪[两二三四五六七八九十\d]+(?=[个家座所条处位])")
_PRICED = re.compile(
    r"多少钱[一每](?P<per>吨|斤|公斤|亩|立方米?|方|度|平米|平方米?|平|只|头|个|棵|株|盒)"
)


_EACH_PRICED = re.compile(
    r"[一每](?P<per>张|吨|公斤|套|间|台|个|棵|株|盒|次)(?:要|卖|收|得)?多少钱"
)


def put_together(focus: str) -> str:
    """The question with verbs whole that speech takes apart: 着过火, 出了多少次警, 找到了工作."""
    focus = _VERB_AGAIN.sub(r"\g<verb>\g<what> \g<verb>", focus)
    focus = _TAKEN_AWAY.sub("", focus)
    focus = _SPLIT_VERB.sub(r"\g<verb>\g<what>", focus)
    focus = re.sub(r"(?<=[到完好成])了(?=工作)", "", focus)
    focus = _COUNTED_VERB.sub(r"\g<verb>\g<what>", focus)
    return _WHICH_TWO.sub("哪", focus)


def spoken_terms(focus: str) -> tuple[list[Term], str]:
    """The terms of such turns, and the question without them."""
    terms: list[Term] = []
    if (each := _PER_ONE.search(focus)) and not _PRICED.search(focus):
        unit = each["unit"]
        ways = (each.group(), f"每{unit}", f"{unit}均", f"一{unit}", *_EVERY.get(unit, ()))
        if unit == "天" and (able := _ABLE.match(focus, each.end())):
            ways = (*ways, f"日{able['verb']}")  # 一天能处理多少 is told by 日处理能力
        terms.append(Term(ways[1], ways))
        focus = blank(focus, *each.span())
    if priced := _PRICED.search(focus) or _EACH_PRICED.search(focus):
        per = priced["per"]
        terms.append(Term("价格", ("价格", "单价", f"每{per}", f"元/{per}", f"一{per}")))
        focus = blank(focus, *priced.span())
    for pattern, ways in ((_IN_CHARGE, _CHARGED), (_IN_USE, _USED), (_SHORT_OF, _LACKING)):
        if found := pattern.search(focus):
            terms.append(Term(ways[0], ways))
            focus = blank(focus, *found.span())
    return terms, focus
