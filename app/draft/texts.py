"""What a draft says to an official, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SHORT = 5
"""Characters of a heading that reads as a word."""
TYPED = "手工填写"
DAY = "成文日期"
NO_EARLIER = "档案里没有这个地点更早的报告，只能按固定提纲和提供的材料起草。"
NO_NOTES = "没有提供本期材料，本期数字全部列为待补充。"
KEPT = "沿用了上期报告里没有时限、没有数字的常年做法（每句都注明出处），请核对是否仍适用。"
DESTROYED = "原文有涂去或缺失的内容，不作猜测"
PAST_DOING = "上期的工作或结果，不能当作本期的"
NO_SOURCE = "没有出处"
NOT_HELD = "与所注出处对不上"
STALE = "是上期报告里的数，不能当作本期的"
OTHER_VALUE = "同一指标提供了不同的数字"
TITLE = "工作总结"
OWN_OUTLINE = "自己的提纲"
STOPPED = "已停止，没有存下稿子。"


def no_outline(name: str, known: Sequence[str]) -> str:
    return f"没有提纲「{name}」：不是文件，也不是内置提纲（{'、'.join(known)}）"


OUTLINE_OR_LIKE = "--outline 和 --like 只能用一个"


def no_like(title: str) -> str:
    return f"「{title}」的标题写的是结果或没有编号，不能当提纲"


def empty_outline(name: str) -> str:
    return f"提纲文件「{name}」里没有标题"


def bad_notes(name: str, reason: str) -> str:
    return f"读不了材料「{name}」：{reason}"


MODEL = "语言模型"
"""Stands in everything that is said of it."""
KIND_NOTES, KIND_STANDING, KIND_GAP = "本期材料", "沿用", "待补充"
LAST_WORDS = "上期原句"
NOT_USED = "语言模型写的话都没有采用，这一稿用的是程序自己的句子。"
BABBLES = "语言模型接连写不出能用的话"


def wording(heading: str) -> str:
    return f"{MODEL}正在写「{heading}」……"


def no_model_from(trouble: str, heading: str) -> str:
    return f"{trouble}，没有再用{MODEL}：从「{heading}」起是程序自己的句子。"


def not_held(rewritten: int, replaced: int, dropped: int) -> str | None:
    parts = ((rewritten, "重写后通过"), (replaced, "换成了程序自己的句子"), (dropped, "已删去"))
    told = "、".join(f"{count} 句{done}" for count, done in parts if count)
    total = rewritten + replaced + dropped
    return f"{MODEL}有 {total} 句话没有通过核对：{told}。" if total else None


def not_worded(reasons: Sequence[str]) -> str:
    return f"{MODEL}的写法没有通过核对（{'、'.join(reasons)}），用了程序自己的句子"


def bad_edited(name: str, reason: str) -> str:
    return f"读不了改过的稿子「{name}」：{reason}"


def no_headings(name: str) -> str:
    return f"「{name}」里没有标题（一、……），认不出是哪一部分，没有收入"


def other_file(name: str, title: str) -> str:
    return f"「{name}」与稿子「{title}」没有一句相同，可能拿错了文件或稿子，没有收入"


def whose(name: str) -> str:
    return (
        f"「{name}」里没有写明是哪份稿子，请用 --as 稿子编号 指明"
        "（huibao drafts list 列出全部稿子）"
    )


def older_version(number: int, last: int) -> str:
    return f"文件是从第{number}版导出的，稿子已有第{last}版：其间的修改按改回处理，请核对"


READ_BACK = "从 {} 收回"
UNCHANGED = "与上一版相同，没有新的版本。"


def to_fill(indicator: str, last: str, when: str) -> str:
    return f"【待补充:{indicator},上期{last}{f'({when})' if when else ''}】"


def plan_due(when: str, plan: str, asked: Sequence[str]) -> str:
    gaps = "".join(f"【待补充:{what}】" for what in asked)
    return f"{when}报告计划“{plan}”,完成情况:{gaps}。"


def section_to_fill(title: str, planned: bool) -> str:
    if planned:
        return f"【待补充:{title}】"
    if title[-2:] in ("问题", "情况", "不足"):
        return f"【待补充:本期{title}】"
    # 本期切实开展帮扶工作情况 reads as if it were told already.
    return f"【待补充:本期{title if len(title) <= _SHORT else f'“{title}”'}情况】"


def among(whole: str, part: str) -> str:
    return f"{whole}中的{part}"


def planned(name: str) -> str:
    return f"{name}(计划)"


def value_at(value: str, when: str) -> str:
    return f"{value}({when})"


def name_in(label: str) -> str:
    """The indicator within a label: 建档立卡贫困户 of 低保中的建档立卡贫困户, without (计划)."""
    return re.sub(r"^.*?中的|[(（]计划[)）]$", "", label)


def who_do(doing: str, whom: str) -> str:
    return f"{doing}的{whom}"


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
SAME_PLACE = "沿用"


def compared_to(name: str, when: str, last: str, change: str) -> str:
    return f"{name}{'与' if change == SAME else '比'}{when}的{last}{change}"


def bad_period(period: str) -> str:
    return f"看不懂期次「{period}」，请写成 2018H2（下半年）、2018H1（上半年）或 2018（全年）"


def bad_day(typed: str) -> str:
    return f"看不懂成文日期「{typed}」，请写成 2018-12-20 或 2018年12月20日"


def bad_suffix(name: str) -> str:
    return f"不知道怎样写「{name}」：文件名请以 .docx 或 .md 结尾"


def written(name: str, gaps: int, doubts: int) -> str:
    return f"已写入 {name}：待补充 {gaps} 处，需要核对 {doubts} 句。"


def kept_for(key: str) -> str:
    return f"已存为稿子 {key}；huibao drafts show {key} 查看。"


def kept_as(key: str) -> str:
    return f"已存为稿子 {key}；在 Word 里改好后，用 huibao draft --import 收回。"


def returned(key: str, number: int, changed: int, filled: int) -> str:
    return (
        f"已存为稿子 {key} 的第{number}版：改动 {changed} 句，"
        f"其中补入 {filled} 句（出处：手工填写）。"
    )


def moved(text: str) -> str:
    return f"移了位置：{text}"


def retitled(old: str, new: str) -> str:
    return f"「{old or '无'}」改为「{new or '无'}」"


BECAME = {
    "added": "新增",
    "removed": "删去",
    "changed": "修改",
    "rejected": "删去",
    "taken_back": "收回",
}
NOW_UNSOURCED = "没有出处或与出处对不上"
IMPORT_ALONE = "--import 只与 --as、--archive、--json 同用：收回的是已有的稿子"
PLACE_AND_PERIOD = "请写明 --place 和 --period；收回改过的稿子用 --import"


NO_SECTION = "稿子里没有这一部分，请刷新后再试"
GAPS = "待补充"
DOUBTS = "需要核对"
COMPARED = "与上期对照"
SOURCES = "出处"
