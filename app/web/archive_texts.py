"""Every Chinese text of the tab 档案."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

TAB = "档案"
SEARCH = "查找"
SEARCH_HINT = "标题、地点、期次、单位、文件名里的字"
REMOVED_ONLY = "只看已移除的"
UPLOAD = "上传报告"
UPLOAD_HINT = "可一次选多个文件，也可以是 .zip；收入期间可以照常提问。"
STOP = "停止"
PREVIOUS, NEXT = "上一页", "下一页"
HEADS = ("报告", "地点", "期次", "单位", "文种", "文件", "操作")
CORRECT, REMOVE, RESTORE = "更正", "移除", "恢复"
SAVE, CANCEL = "保存更正", "取消"
TITLE, PLACE, PERIOD, UNIT, GENRE = "标题", "地点", "期次", "填报单位", "文种"
PERIOD_HINT = "写成 2022H1（上半年）、2022H2（下半年）、2022（全年）；留空为未知"
CONFIRM_REMOVE = "把这份报告移出档案？原文件不动，以后可以恢复。"
UNKNOWN = "未注明"
EMPTY = "档案里还没有报告。点「上传报告」，可以一次选许多文件，也可以是 .zip。"
EMPTY_ASK = "档案里还没有报告，请管理员收入。"
NOTHING = "没有符合的报告。可换几个字查找，或清空查找。"
NOTHING_REMOVED = "没有移除了的报告。"
CORRECTED = "已更正，以后再次收入时也保留。"
REMOVED_NOW = "已移除，可在「只看已移除的」里恢复。"
RESTORED = "已恢复。"
RESTORED_LATER = "已撤销移除；原文件这会儿读不到，下次收入时这份报告会回来。"
NOT_CHANGED = "没有改动。"
WAITING = "正在收入……"
QUEUED = "另一次收入正在写档案，结束后接着收这些文件；也可以停止。"
STOPPING = "正在停止……"
HEALTH = "运行状况"
LEVELS = {"ok": "正常", "note": "提示", "broken": "有问题"}
NO_FILES = "没有选择文件。"
OUTCOMES = {
    "indexed": "已收入",
    "unchanged": "没有变化",
    "updated": "已更新",
    "duplicate": "重复",
    "removed": "已移除",
    "skipped": "略过",
    "failed": "失败",
}


def count(shown: int, first: int, total: int) -> str:
    return f"共 {total} 份，第 {first}—{first + shown - 1} 份" if total else ""


def removed_count(total: int) -> str:
    return f"移除了 {total} 份"


def sure(origin: str, value: float) -> str:
    return f"取自{origin}，把握 {value:.0%}"


def taken_in(done: int, total: int) -> str:
    return f"已处理 {done} 个文件，共 {total} 个"


def embedding(done: int, total: int) -> str:
    return f"正在建立语义索引：{done} / {total} 段"


def finished(counts: str) -> str:
    return f"完成：{counts}"


def so_far(counts: str) -> str:
    return f"（{counts}）"


def left(count: int, names: Sequence[str]) -> str:
    named = f"：{'、'.join(names[:20])}{'等' if len(names) > 20 else ''}" if names else ""
    return f"没有处理的文件 {count} 个{named}。需要时请再上传一次，已经收入的不会重复。"


def also_as(files: Iterable[str]) -> str:
    return f"同一份内容还有文件 {'、'.join(files)}"


def copies_count(count: int) -> str:
    return f"完全相同的文件 {count} 个（只收了一份，不影响查找）"


def alike(similarity: float) -> str:
    return f"相似 {similarity:.0%}"


def alike_count(count: int, shown: int) -> str:
    more = f"，先列出 {shown} 对" if count > shown else ""
    return f"内容相近的报告 {count} 对{more}（草稿与定稿、重复报送），点开核对，多余的可以移除"
