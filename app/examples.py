"""Questions to try, made from what the archive's own reports state and answered before shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from app.answer.answer import Answer
from index.archive import Archive, ReportInfo
from index.chinese.fold import fold

_MOST = 3
_TRIED = 40
# 建档立卡贫困户192户, 安装路灯43盏: a noun of some length with a counted unit behind it.
_STATED = re.compile(
    r"(?:^|[,，。;；:：、(（])(?P<what>[\u4e00-\u9fff]{3,9}?)(?:约|近|共|达|有)?\d[\d.]*(?P<unit>户|人|亩|盏|公里|台|万元|名)"
)
_NOT_ASKED = re.compile(r"^(?:其中|共|累计|全|先后|截|目前|今年|去年|现|为|对|在|于|并|和|及)")


def example_questions(
    archive: Archive, infos: Sequence[ReportInfo], ask: Callable[[str], Answer]
) -> tuple[str, ...]:
    """Up to three questions of different reports that the archive answers with a figure."""
    chosen: list[str] = []
    filed = [info for info in infos if info.described.place and info.described.period]
    step = max(len(filed) // _MOST, 1)
    # Spread over the archive: neighbours in the list are reports of one village.
    order = sorted(range(len(filed)), key=lambda i: (i % step, i))
    for info in [filed[i] for i in order[:_TRIED]]:
        for question in _questions(archive, info):
            answer = ask(question)
            if not answer.refused and answer.citations[0].report.id == info.id:
                chosen.append(question)
                break
        if len(chosen) == _MOST:
            break
    return tuple(chosen)


def _questions(archive: Archive, info: ReportInfo) -> Iterator[str]:
    report = archive.report(info.id)
    described = info.described
    if report is None or described.period is None:
        return
    for match in _STATED.finditer(fold(report.text)):
        what = match["what"]
        if _NOT_ASKED.match(what):
            continue
        many = "多少万元" if match["unit"] == "万元" else f"多少{match['unit']}"
        yield f"{described.place}{described.period.chinese}{what}有{many}?"
