"""What a draft says to an official, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

TYPED = "手工填写"
NO_EARLIER = "档案里没有这个地点更早的报告,只能按固定提纲和提供的材料起草。"
NO_NOTES = "没有提供本期材料,本期数字全部列为待补充。"
KEPT = "沿用了上期报告里没有时限、没有数字的常年做法(每句都注明出处),请核对是否仍适用。"
DESTROYED = "原文有涂去或缺失的内容,不作猜测"
PAST_DOING = "上期的工作或结果,不能当作本期的"
NO_SOURCE = "没有出处"
NOT_HELD = "与所注出处对不上"
OTHER_VALUE = "同一指标提供了不同的数字"
TITLE = "工作总结"


def no_outline(name: str, known: Sequence[str]) -> str:
    return f"没有提纲「{name}」:不是文件,也不是内置提纲({'、'.join(known)})"


def empty_outline(name: str) -> str:
    return f"提纲文件「{name}」里没有标题"


def bad_notes(name: str, reason: str) -> str:
    return f"读不了材料「{name}」:{reason}"


def to_fill(indicator: str, last: str, when: str) -> str:
    return f"【待补充:{indicator},上期{last}({when})】"


def plan_due(when: str, plan: str, asked: Sequence[str]) -> str:
    gaps = "".join(f"【待补充:{what}】" for what in asked)
    return f"{when}报告计划“{plan}”,完成情况:{gaps}。"


def section_to_fill(title: str, planned: bool) -> str:
    if planned:
        return f"【待补充:{title}】"
    return (
        f"【待补充:本期{title}】"
        if title[-2:] in ("问题", "情况", "不足")
        else (f"【待补充:本期{title}情况】")
    )


def among(whole: str, part: str) -> str:
    return f"{whole}中的{part}"


def completion(indicator: str, planned: str) -> str:
    return f"{indicator}完成数,计划{planned}" if indicator else f"完成数,计划{planned}"


def grew(amount: str) -> str:
    return f"增加{amount}"


def fell(amount: str) -> str:
    return f"减少{amount}"


def rose_points(amount: str) -> str:
    return f"上升{amount}个百分点"


def fell_points(amount: str) -> str:
    return f"下降{amount}个百分点"


SAME = "持平"


def bad_period(period: str) -> str:
    return f"看不懂期次「{period}」,请写成 2018H2(下半年)、2018H1(上半年)或 2018(全年)"


def bad_suffix(name: str) -> str:
    return f"不知道怎样写「{name}」:文件名请以 .docx 或 .md 结尾"


def written(name: str, gaps: int, doubts: int) -> str:
    return f"已写入 {name}:待补充 {gaps} 处,需要核对 {doubts} 句。"


NO_SECTION = "稿子里没有这一部分,请刷新后再试"
GAPS = "待补充"
DOUBTS = "需要核对"
COMPARED = "与上期对照"
SOURCES = "出处"
