"""What answers about who filed say, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

MISSING, FILED, LATE = "没有报送的", "已报送的", "迟报的"
LATE_MARK = "（迟报）"


def who(which: str, names: Sequence[str]) -> str:
    if not names:
        return f"{which}：没有"
    return f"{which}：{'、'.join(names)}（{len(names)}个）"


def by_the_archive(period: str, places: int, late_days: int) -> str:
    return (
        f"以上按档案里的报告统计（{period}，共{places}个地方，"
        f"落款晚于期末{late_days}天算迟报）；没有收入档案的不算报送。"
    )
