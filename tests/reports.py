"""Fictional reports for tests, and how to put them on disk."""

from __future__ import annotations

from pathlib import Path

PLACES = ("石梁村", "柳沟村", "桃坪村", "枫岭村", "竹溪村", "河湾村", "槐树村")


def village_report(
    place: str = "石梁村", year: int = 2018, half: str = "上半年", n: int = 0
) -> str:
    """A half-year report of a village; `n` varies its figures."""
    return f"""清溪镇{place}{year}年{half}脱贫攻坚工作总结

一、基本村情
{place}位于清溪镇东部,全村共有{300 + n}户{1200 + n}人,其中建档立卡贫困户{60 + n}户{180 + n}人。
二、主要做法
(一)发展产业。今年新建大棚{10 + n}座,带动贫困户{20 + n}户,户均增收{3000 + n}元。
(二)改善基础设施。硬化道路{2 + n}.5公里,安装路灯{40 + n}盏,改造危房{5 + n}户。
三、下一步打算
计划年底前脱贫{30 + n}户{90 + n}人,继续发展食用菌产业,完善村级服务中心。

{place}村民委员会
{year}年7月13日
"""


def write(folder: Path, **texts: str) -> Path:
    """Write `name=text` as name.txt into `folder`, made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def write_many(folder: Path, count: int) -> Path:
    """Write `count` different reports of several villages and half-years."""
    for n in range(count):
        place = PLACES[n % len(PLACES)]
        half = ("上半年", "下半年")[n // len(PLACES) % 2]
        text = village_report(place, 2017 + n // 14, half, n)
        write(folder, **{f"{n:02d}{place}": text})
    return folder
