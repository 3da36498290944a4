"""What history, check and coverage say to officials."""

from __future__ import annotations

from collections.abc import Sequence

from app.history.alarm import AlarmKind
from index.records import FigureKind

KINDS = {
    FigureKind.STOCK: "存量",
    FigureKind.FLOW: "发生",
    FigureKind.TARGET: "计划",
    FigureKind.RATE: "比率",
    FigureKind.PRICE: "单价",
}
ALARMS = {
    AlarmKind.SUM: "分项与合计不符",
    AlarmKind.PART: "部分大于总数",
    AlarmKind.RATIO: "比率与数字不符",
    AlarmKind.CUMULATIVE: "累计数减少",
    AlarmKind.JUMP: "存量突变",
    AlarmKind.DISAGREE: "两处不一致",
    AlarmKind.TARGET: "计划当成完成",
}


def sum_message(name: str, whole: str, total: str, count: int) -> str:
    return f"{name}合计 {whole}，{count} 个分项加起来是 {total}"


def sum_arithmetic(parts: Sequence[str], total: str, whole: str, difference: str) -> str:
    return f"{'+'.join(parts)}={total}，不等于 {whole}，相差 {difference}"


def part_message(part: str, part_value: str, whole: str, whole_value: str) -> str:
    return f"{part or '其中'} {part_value}，大于它所属的{whole or '总数'} {whole_value}"


def more_than(part: str, whole: str) -> str:
    return f"{part}>{whole}"


def growth_message(before: str, after: str, said: str, computed: str) -> str:
    return f"由 {before} 到 {after}，原文说变化 {said}，按这两个数是 {computed}"


def share_message(part: str, whole: str, said: str, computed: str) -> str:
    return f"{part} 占 {whole}，原文说是 {said}，按这两个数是 {computed}"


def each_message(total: str, count: str, said: str, computed: str) -> str:
    return f"{total} 由 {count} 平均，原文说每份 {said}，按这两个数是 {computed}"


def divided(total: str, count: str, result: str, said: str) -> str:
    return f"{total}÷{count}={result}，不等于 {said}"


def grown(before: str, after: str, result: str, said: str) -> str:
    return f"({after}-{before})÷{before}={result}，不等于 {said}"


def subtracted(before: str, after: str, result: str, said: str) -> str:
    return f"{after}-{before}={result}，不等于 {said}"


def fallen_message(name: str, before: str, when: str, after: str, then: str) -> str:
    return f"累计的{name}，{when} 是 {before}，{then} 反而是 {after}"


def half_message(name: str, half: str, year: str) -> str:
    return f"{name}上半年 {half}，全年反而只有 {year}"


def less_than(after: str, before: str) -> str:
    return f"{after}<{before}"


def jump_message(name: str, before: str, when: str, after: str, then: str) -> str:
    return f"{name}，{when} 是 {before}，{then} 是 {after}"


def times(after: str, before: str, ratio: str) -> str:
    return f"{after}÷{before}={ratio}"


def disagree_message(name: str, one: str, other: str, when: str) -> str:
    return f"{name}，同是 {when}，一处是 {one}，另一处是 {other}"


def differ(one: str, other: str) -> str:
    return f"{one}≠{other}"


def target_message(name: str, value: str, when: str, planned: str) -> str:
    return f"{name} {value}，一处说 {when} 已经完成，另一处说是 {planned} 的计划"


def same(one: str, other: str) -> str:
    return f"完成 {one}=计划 {other}"


# ---- history

INDICATOR, KIND, UNIT, PERIOD, PLACE, WITHIN = "指标", "类别", "单位", "期次", "地点", "所属"
VALUE, WRITTEN, CHANGE, SINCE, REPORT, QUOTE, FILE = (
    "数值", "原文写法", "变化", "对比期", "报告", "原文", "文件",
)  # fmt: skip
START, END = "起", "止"
ALARM_HEADS = ("编号", "类别", "期次", "疑点", "算式", "原文", "报告", "处理")
GAP = "—"
OR = " / "
UNCHANGED = "平"
NOT_FILED = "缺"
_UNFILED = "缺 为没有该期的报告；"
_KEY = (
    "— 为该期没有报告这项数字；数字后的 [n] 是出处；"
    "+、- 是与前一期相比，发生数与往年同期相比；/ 隔开的是不一致的数字。"
)
SHEET_HISTORY, SHEET_SOURCES, SHEET_ALARMS = "历史", "出处", "疑点"
SHEET_COVERAGE, SHEET_STOPPED, SHEET_REPORTS = "报送情况", "停报指标", "报告"


def history_title(place: str) -> str:
    return f"{place}历次报告的数字："


def no_history(place: str) -> str:
    return f"「{place}」没有可以按期次对照的数字。"


def column(period: str, unfiled: bool) -> str:
    """The head of a column in Excel, whose cells stay empty for sums."""
    return f"{period}（缺报）" if unfiled else period


def history_key(unfiled: bool) -> str:
    return (_UNFILED if unfiled else "") + _KEY


def narrowed(shown: int, periods: int, rows: int) -> str:
    left = f"，另有 {rows} 项只在更早的期次有数字" if rows else ""
    return f"屏幕只够显示最近 {shown} 期，共 {periods} 期{left}；用 --xlsx 或 --json 查看全部。"


def has_alarms(count: int, place: str) -> str:
    return f"有 {count} 个疑点，用 huibao check {place} 查看。"


def written(path: object) -> str:
    return f"已写入 {path}"


# ---- chart

LENGTHS = {12: "全年", 6: "半年", 3: "季度", 1: "当月"}
CONTRADICTS = "另一说法"
NO_CHART = "没有可以画成图的数字。"
NO_BROWSER = (
    "画成图片要用 Chrome 或 Chromium 浏览器，这台电脑上没有找到。"
    "请安装其中一个，或用环境变量 BROWSER_PATH 指出它在哪里。"
)
BROWSER_FAILED = "浏览器没有把图画出来，请再试一次；数字可以用 --xlsx 导出。"


def in_unit(unit: str) -> str:
    return f"单位：{unit}" if unit else ""


def chart_title(places: Sequence[str], left_out: int) -> str:
    left = f"（另有 {left_out} 条线没有画出）" if left_out else ""
    return f"{'、'.join(dict.fromkeys(places))}历次报告的数字{left}"


# ---- check

ARITHMETIC = "算式："


def settled(who: str, at: str, remark: str) -> str:
    return f"已处理（{who}，{at[:16].replace('T', ' ')}）：{remark}"


def alarm_count(still: int, done: int, shown: bool) -> str:
    if not still and not done:
        return "没有发现疑点。"
    after = "" if shown or not done else "，用 --all 一并查看"
    return f"共 {still} 个待核对的疑点，{done} 个已处理{after}。"


def no_such_alarm(alarm_id: str) -> str:
    return f"没有编号为 {alarm_id} 的疑点，用 huibao check 查看现有的编号。"


def not_settled(alarm_id: str) -> str:
    return f"编号为 {alarm_id} 的疑点没有处理记录。"


EMPTY_REMARK = "请用 --remark 写明核对的结果。"


def settled_now(alarm_id: str) -> str:
    return f"已记下：{alarm_id}"


def reopened(alarm_id: str) -> str:
    return f"已恢复为待核对：{alarm_id}"


# ---- coverage

NO_REPORTS = "档案里没有写明地点和期次的报告。"
STATES = {"filed": "有", "late": "迟", "missing": "缺", "not_due": ""}


def coverage_count(filed: int, late: int, missing: int, late_days: int) -> str:
    return (
        f"有 {filed} 份，迟 {late} 份（落款晚于期末 {late_days} 天），缺 {missing} 份；"
        "有、迟后面的数字是同一期的报告份数。"
    )


def unplaced(count: int) -> str:
    return f"另有 {count} 份报告不知道地点或期次，没有算在内；用 huibao reports list 查看。"


def stopped(place: str, indicator: str, last: str, since: str) -> str:
    return f"{place}：{indicator} 报到 {last} 为止，{since}没有再报。"


LAST, MISSING = "最后一期", "没有再报的期次"


def not_written(path: object, reason: str) -> str:
    return f"不能写入 {path}：{reason}"


def which_place(name: str, choices: Sequence[str]) -> str:
    return f"叫「{name}」的地方不止一个，请写明是哪一个：{'、'.join(choices)}。"
