"""The Chinese texts of what can be done with an answer: its scope, opinions, copying."""

from __future__ import annotations

DROP = "去掉“{}”，重新回答"
CHANGE = "换一个：{}"
CHOOSE = "请在问题下方另选，选好即重新回答。"
STOP = "停止"
STOPPED = "已停止，没有得到答案。"

CLOSEST = "最接近的一句（不是答案，请自行判断）："
CLOSEST_OPEN = "打开原文"

PLACE, PERIOD = "地点", "期次"
NO_VALUE = "—"
COPY = "复制答案和出处"
USEFUL = "有用"
WRONG = "有问题"
THANKS_GOOD = "已记下：有用。可以补充一句（可不填）："
THANKS_BAD = "已记下：有问题。哪里不对？（可不填）"
REMARK_LABEL = "意见"
REMARK_HINT = "例如：数字是上一年的"
SEND = "提交"
REMARKED = "意见已记下，谢谢。"


def quoted(n: int, title: str, where: str, quote: str) -> str:
    """What a pointer resting on a citation's number reads, and what is copied as its source."""
    at = f"（{where}）" if where else ""
    return f"[{n}] {title}{at}：{quote}"
