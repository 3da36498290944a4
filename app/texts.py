"""What the program says to officials beside the page's own texts: refusals and errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.records import FigureKind, Origin, Period

if TYPE_CHECKING:
    from app.explain import Explained

AHEAD = "所问的时间在这份报告之后，以上是报告中的安排，不是完成数。"
NOT_THE_ANSWER = "档案里最接近的一句（不是答案）："
EMPTY_QUESTION = "请输入问题。"


def long_question(length: int, most: int) -> str:
    return f"问题太长（{length} 字，最多 {most} 字），请写短一些。"


def bad_period(text: str) -> str:
    return f"期次「{text}」写法不对，请写成 2018、2018H1（上半年）、2018Q3、2018-10 或 2018-10-15。"


def no_such_report(report_id: str) -> str:
    return f"档案里没有编号为 {report_id} 的报告，用 huibao reports list 查看全部编号。"


def not_removed(report_id: str) -> str:
    return f"没有移除过编号为 {report_id} 的报告，用 huibao reports list --removed 查看移除了哪些。"


def restored(report_id: str, present: bool) -> str:
    if present:
        return f"已恢复：{report_id}。下次运行 huibao ingest 时补上向量。"
    return f"已取消移除：{report_id}。原文件现在读不到，下次运行 huibao ingest 收入该文件时恢复。"


def no_such_place(name: str, near: Sequence[str]) -> str:
    other = f"名称相近的有：{'、'.join(near)}。" if near else ""
    return f"档案里没有「{name}」的报告，也没有报告提到它。{other}"


def of_last_year(said: Sequence[str], periods: Sequence[Period]) -> str:
    years = "、".join(dict.fromkeys(f"{period.end.year}年" for period in periods))
    return f"档案里没有今年的报告，问题里的「{'、'.join(said)}」按档案里最近的{years}回答。"


def which_place(choices: Sequence[str]) -> str:
    return f"档案里有 {len(choices)} 个同名的地点：{'、'.join(choices)}。请写明是哪一个。"


def no_own_report(name: str) -> str:
    return f"档案里没有「{name}」自己的报告。"


def place_has(name: str, periods: Sequence[str]) -> str:
    return f"关于「{name}」，档案里现有的报告期次：{'、'.join(periods)}。"


def period_has(name: str, places: Sequence[str], periods: Sequence[str] = ()) -> str:
    """What there is of a period: the places that reported, or else the `periods` that there are."""
    if not places:
        has = f"现有的期次：{'、'.join(periods[-12:])}。" if periods else ""
        return f"档案里没有 {name} 的报告。{has}"
    shown = "、".join(places[:12]) + ("等" if len(places) > 12 else "")
    return f"{name}，档案里有以下地点的报告：{shown}。"


def no_such_genre(genre: str, places: Sequence[str], genres: Sequence[str]) -> str:
    """A kind of document that is not there for these places, and those that are."""
    of = f"{'、'.join(places)}的" if places else ""
    has = f"，有：{'、'.join(genres)}" if genres else ""
    return f"档案里没有{of}{genre}{has}。"


_STEPS = {
    "words": "按词",
    "meaning": "按意思",
    "scope": "按范围",
    "sentence": "句子得分",
    "reranker": "重排模型",
    "joined": "合并段数",
}
_FROM = {"report": "报告即属此{}", "passage": "段落里写明此{}"}


def why_found(why: Explained) -> str:
    parts = [f"{_STEPS.get(name, name)} {part:.3f}" for name, part in why.lists]
    for asked, word in ((why.place, "地点"), (why.period, "期次")):
        if asked:
            parts.append(_FROM[asked].format(word))
    parts.append(f"问到的词覆盖 {why.coverage:.0%}")
    if why.missing:
        parts.append(f"没有说到：{'、'.join(why.missing)}")
    if why.value:
        parts.append(f"值：{why.value}")
    return "；".join(parts)


def synonyms_unreadable(path: object, reason: str) -> str:
    return f"读不到同义词文件 {path}：{reason}。请检查 huibao.toml 的 [search] synonyms。"


def in_file(page: int | None, sheet: str | None, row: int | None) -> str:
    """Where in its file a quotation stands; empty where nothing is known."""
    return (
        (f"第{page}页" if page is not None else "")
        + (f"工作表「{sheet}」" if sheet is not None else "")
        + (f"第{row}行" if row is not None else "")
    )


def recognised(sure: float) -> str:
    return f"识别所得，把握{sure:.0%}，请对照原件"


ORIGINS = {
    Origin.PERSON: "人工更正",
    Origin.TITLE: "标题",
    Origin.HEAD: "开头",
    Origin.SIGNATURE: "落款",
    Origin.BODY: "正文",
    Origin.PATH: "文件名",
}
"""Where a value that describes a report came from."""

EMPTY_TITLE = "标题不能为空。"
SETTABLE = "place（地点）、period（期次）、title（标题）、unit（填报单位）、genre（文种）"


def bad_assignment(text: str) -> str:
    return f"「{text}」写法不对，请写成 项目=值，如 place=枧头村；项目有：{SETTABLE}。"


KINDS = {
    FigureKind.STOCK: "存量",
    FigureKind.FLOW: "流量",
    FigureKind.TARGET: "计划",
    FigureKind.RATE: "比率",
    FigureKind.PRICE: "单价",
}
NO_FIGURES = "没有符合条件的数字。"


def more_figures(shown: int, found: int) -> str:
    return f"共 {found} 个数字，以上是前 {shown} 个；用 --json 查看全部，或再加条件。"


def all_figures(found: int) -> str:
    return f"共 {found} 个数字。"


NO_ORIGINAL = "档案里没有这份文件的副本；再收入一次就有了。"
ORIGINAL_HOLDS_MORE = "这个文件里还有您不能查看的报告，不能下载，请找管理员办理。"


UPLOAD_STOPPED = "已停止。已经收入的都在。"
UPLOAD_FAILED = "程序出错，没有收完。已经收入的都在；请把运行窗口里的提示发给维护人员。"


def same_as(file: str) -> str:
    return f"内容与 {file} 相同"


def cannot_keep(reason: str) -> str:
    return f"存不下上传的文件（{reason}）。请管理员检查档案所在的磁盘和权限，再上传一次。"


OUTSIDE_LIMIT = "不能把报告改到您的权限所限的地方之外，请找管理员办理"
KEPT_OUTSIDE = "已收入，但写的不是您能查看的地方，您在这里查不到"
