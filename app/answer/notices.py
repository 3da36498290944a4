"""What an answer says of how it came about, in Chinese: shown on page, terminal and in JSON."""

from __future__ import annotations

from app.chat.chat import ChatFailed, Trouble
from index.errors import ModelUnavailable

_EXTRACT = "以下是原文摘录。"
_TROUBLE = {
    Trouble.MISSING: "语言模型不可用",
    Trouble.DOWN: "连不上语言模型",
    Trouble.SLOW: "语言模型没有在规定时间内答完",
    Trouble.BUSY: "语言模型正忙",
    Trouble.DENIED: "语言模型拒绝了访问，请检查密钥",
    Trouble.CONTEXT: "资料超出了语言模型一次能读的长度",
    Trouble.BROKEN: "语言模型中途断开",
    Trouble.CUT: "语言模型写得太长，没有一句能用",
    Trouble.ERROR: "语言模型出错",
}
UNUSABLE = f"语言模型写的话都没有通过核对，没有采用。{_EXTRACT}"
REFUSED = f"语言模型没有从资料中找到答案。{_EXTRACT}"
EMPTY = f"语言模型没有写出内容。{_EXTRACT}"
OFF_TOPIC = f"语言模型的回答与问题无关，没有采用。{_EXTRACT}"
CUT = "语言模型写得太长，后面的内容已截去。"
VALUE_ADDED = "语言模型没有说出所问的数值，已补上原文。"


def failed(error: ChatFailed) -> str:
    """Why there is no model's answer; a missing file or package is named."""
    return f"{trouble(error)}。{_EXTRACT}"


def trouble(error: ChatFailed) -> str:
    """What is the matter with the model, without a full stop."""
    detail = f"（{error}）" if error.trouble is Trouble.MISSING else ""
    return f"{_TROUBLE[error.trouble]}{detail}"


def unjudged(error: ModelUnavailable) -> str:
    """Why nothing of the model's could be held to the archive."""
    return f"{error}{_EXTRACT}"


def not_held(rewritten: int, replaced: int, dropped: int) -> str | None:
    """What became of the sentences that failed the check; None where none did."""
    parts = [
        f"{count} 句{done}"
        for count, done in (
            (rewritten, "重写后通过"),
            (replaced, "换成了原文"),
            (dropped, "已删去"),
        )
        if count
    ]
    if not parts:
        return None
    return f"语言模型有 {rewritten + replaced + dropped} 句话没有通过核对：{'、'.join(parts)}。"


REASONS = {
    "source": "没有注明资料编号，或编号不存在",
    "number": "数字在所注资料里没有，或说的不是同一件事",
    "place": "地点与所注资料不符",
    "period": "时间与所注资料不符",
    "plan": "资料说的是计划（或不是计划）",
    "change": "增加、减少与所注资料不符",
    "name": "名称在所注资料里没有",
    "negation": "肯定、否定与所注资料不符",
    "words": "内容在所注资料里没有",
    "entailment": "从所注资料推不出这句话",
}
"""Finding kinds as the model is told them when a sentence is asked for again."""
