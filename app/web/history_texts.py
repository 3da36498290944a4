"""Every Chinese text of the tab 历次上报."""

from __future__ import annotations

TAB = "历次上报"
PLACE = "地点"
PLACE_HINT = "输入几个字查找，按 ↓ 和回车选定"
INDICATORS = "指标"
INDICATORS_HINT = "全部指标，可选几项"
TOWN = "连同所辖各村画图"
EXPORT = "导出 Excel"
EXPORT_COVERAGE = "导出报送情况"
PICTURE = "导出图片"
FIGURES, CHART, ALARMS, COVERAGE = "数字", "图表", "疑点", "报送情况"

CHOOSE = "先选择一个地点，这里按期次列出它历次报告中的数字，点击数字可看原文。"
CHOOSE_CHART = "先选择一个地点；选一两个指标，图更清楚。"
MANY_LINES = "没有选指标，先画期数最多的几项；在上面选指标可以画别的。"
NOT_STATED = "—"
NOT_FILED = "缺"
UNFILED_KEY = "缺 为没有该期的报告；"
OR = "／"
KEY = (
    "— 为该期报告没有这项数字；"
    "＋、－ 为与前一期相比，发生数与往年同期相比；／ 隔开的是互不一致的数字。点击数字看原文。"
)
NO_FIGURES = "没有可以按期次对照的数字。可换一个地点，或清空所选的指标。"
NO_CHART = "没有可以画成图的数字。"
INDICATOR, KIND = "指标", "类别"
UNCHANGED = "持平"
OPEN = "打开原文"
BACK = "关闭原文"

NO_ALARMS = "没有发现对不上的数字。"
ALARMS_HINT = "下面是报告里对不上的数字。核对原文后写明结果，按「处理」记下。"
ARITHMETIC = "算式"
REMARK = "核对结果"
REMARK_HINT = "例如：已与村里核实，以 63 人为准"
SETTLE, REOPEN = "处理", "恢复为待核对"
SETTLED_NOW = "已记下核对结果。"
REOPENED = "已恢复为待核对。"
EMPTY_REMARK = "请先写明核对结果，再按「处理」。"

STATES = {"filed": "有", "late": "迟", "missing": "缺", "not_due": ""}
NO_COVERAGE = "档案里还没有写明地点和期次的报告。"
WITHIN = "所属"
STOPPED = "不再上报的指标"
WORKING = "正在整理……"
FAILED = "程序出错，没有完成。请再试一次；若仍出错，请把运行窗口里的提示发给维护人员。"
READY = "已生成，浏览器正在保存：{}"


def title(place: str, periods: int, rows: int) -> str:
    return f"{place}：{rows} 项数字，{periods} 期"


def too_many_rows(shown: int, rows: int) -> str:
    return f"只列出前 {shown} 项，共 {rows} 项；请选择指标，或导出 Excel 查看全部。"


def alarm_count(still: int, done: int) -> str:
    return f"{still} 个待核对，{done} 个已处理"


def too_many_alarms(shown: int, count: int) -> str:
    return f"先列出 {shown} 个，共 {count} 个；处理后会补上，也可以选择地点只看一处。"


def settled(who: str, at: str, remark: str) -> str:
    return f"已处理（{who}，{at[:16].replace('T', ' ')}）：{remark}"


def coverage_count(filed: int, late: int, missing: int, late_days: int) -> str:
    return (
        f"有 {filed} 份，迟 {late} 份（落款晚于期末 {late_days} 天），缺 {missing} 份。"
        "点击「有」「迟」可打开报告，后面的数字是同一期的份数。"
    )


def too_many_places(shown: int, count: int) -> str:
    return f"只列出前 {shown} 个地点，共 {count} 个；导出 Excel 可看全部。"


def unplaced(count: int) -> str:
    return f"另有 {count} 份报告不知道地点或期次，没有算在内，可在「档案」里更正。"


def stopped(indicator: str, last: str, missing: str) -> str:
    return f"{indicator}：报到 {last} 为止，{missing}没有再报"
