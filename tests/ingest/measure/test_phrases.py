"""Phrases around a number, stripped to what is counted."""

from __future__ import annotations

import pytest

from ingest.measure.phrases import only_verbs, stripped, without_change

_BEHIND = (
    "共有 现有 共计 合计 总计 累计 一共 共 已 也 仅 只 都 就 均 拥有 为 是 达到 达 达了 约 近 超过 "
    "超 突破 完成 实现 到 至 了 的 等 由 从 把 将 给 高达 多达 控制 保持 稳定 维持 不低于 不少于 "
    "不超过 低于 高于 降为 降至 升至 增至 在 以 于 且 总 逾 至少 最多 最低 增加到 提高至 "
    "下降为 “ ” · — -"
)


@pytest.mark.parametrize("behind", [*_BEHIND.split(), "\t", "\u3000"])
def test_what_stands_behind_a_phrase_is_taken_off(behind: str) -> None:
    assert stripped(f"水塘面积{behind}") == "水塘面积"


@pytest.mark.parametrize(
    "change",
    "新增 新增加 净增 净增加 增长 增加 增幅 增速 提高 提升 上升 上涨 涨幅 涨 下降 降低 降幅 减少 "
    "回落 压缩 缩减 缩短 扩大 增 减 降 收窄 提前 增长率 下降幅 下降幅度".split(),
)
def test_what_changed_is_told_without_its_change(change: str) -> None:
    assert without_change(f"水塘面积{change}") == "水塘面积"


@pytest.mark.parametrize(
    ("phrase", "verbs"),
    [("安装", True), ("新建改造", True), ("安装路灯", False), ("路灯", False), ("", True)],
)
def test_only_verbs(phrase: str, verbs: bool) -> None:
    assert only_verbs(phrase) is verbs
