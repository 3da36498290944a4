"""How long the history, the alarms and the coverage of an archive of many figures take.

`python -m eval.ledger_speed --figures 1000000`: fills an archive with made-up villages, each with
a report every half-year and a line in its township's report, and measures medians in milliseconds.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from itertools import islice, product
from pathlib import Path

import click

from app.history.check import check
from app.history.coverage import coverage
from app.history.rows import history
from index.archive import Archive, Source, create_archive
from index.lock import writing
from index.records import Described, Figure, Measured, Passage, Period, Report
from ingest.measure import measure

_FIRST = "枧石青清双杉柳槐枫竹梨桃松柏樟榆"
_SECOND = "头梁杠溪坪沟岭湾坡塘坝冲垭寨畈洼"
_THIRD = "上下东西南北前后里外"
_VILLAGES = 10
"""Villages of a township."""
_FROM = 2012
_AT_ONCE = 100
"""Reports a transaction."""


def _body(scale: int) -> list[str]:
    """The lines of a village's report; `scale` of them have projects beside the basics."""
    lines = [
        "全村共有612户2301人,辖14个村民小组,党员64名,耕地面积1986亩。",
        "脱贫户97户346人,监测户6户19人,低保户36户66人,五保户8户8人。",
        "上半年村集体经济收入8.35万元,外出务工人员743人,医保参保率99.2%。",
        "截至期末,全村累计安装太阳能路灯186盏,硬化产业路3.2公里。",
    ]
    lines += [
        f"第{n}号地块种植朝天椒{20 + n}亩,带动脱贫户{n}户,投入资金{n}.5万元。"
        for n in range(1, scale)
    ]
    return lines


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one view, over `runs` different places."""

    view: str
    median: float
    worst: float
    runs: int


def fill(archive: Archive, figures: int, halves: int) -> tuple[int, list[str]]:
    """Store at least so many figures; the number stored and the villages."""
    stored, villages = 0, list[str]()
    batch: list[tuple[Report, Measured]] = []
    names = iter(product(_THIRD, _FIRST, _SECOND))
    number = 0
    while stored < figures:
        town = f"镇{len(villages) // _VILLAGES:04d}镇"
        some = ["".join(name) + "村" for name in islice(names, _VILLAGES)]
        if not some:
            raise click.UsageError("没有那么多村名,请少要一些数字")
        villages += some
        for made in _reports(town, some, halves):
            stored += len(made[1].figures)
            batch.append(made)
            if len(batch) == _AT_ONCE:
                number += 1
                _store(archive, number, batch)
                batch = []
    if batch:
        _store(archive, number + 1, batch)
    return stored, villages


def _reports(town: str, villages: list[str], halves: int) -> Iterator[tuple[Report, Measured]]:
    for at in range(halves):
        period = Period.half(_FROM + at // 2, at % 2 + 1)
        for village in villages:
            yield _made(_body(8), village, (town,), period)
        lines = [
            f"{village}党员64名,村集体经济收入8.35万元,脱贫户97户346人。" for village in villages
        ]
        yield _made(lines, town, (), period)


_MEASURED: dict[tuple[int, bool], tuple[Report, Measured]] = {}


def _made(
    lines: list[str], place: str, within: tuple[str, ...], period: Period
) -> tuple[Report, Measured]:
    """A report as if it had been read: measured once, for all villages say the same."""
    text = "\n".join(lines)
    described = Described(f"{place}{period.chinese}工作总结", place, within, period=period)
    report = Report(f"{place}{period.key}", "", described, text)
    key = period.end.month, bool(within)
    if key not in _MEASURED or not within:
        passage = Passage(report.id, 0, (), 0, len(text), text)
        _MEASURED[key] = report, measure(report, [passage])
    before, measured = _MEASURED[key]
    own = tuple(_moved(one, before, report) for one in measured.figures)
    return report, Measured(measured.rules, own)


def _moved(figure: Figure, before: Report, report: Report) -> Figure:
    place = report.place if figure.place == before.place else figure.place
    as_of = figure.as_of
    if as_of is not None and before.period and report.period:
        years = report.period.end.year - before.period.end.year
        as_of = Period(_later(as_of.start, years), _later(as_of.end, years))
    return figure._replace(report_id=report.id, place=place, as_of=as_of)


def _later(day: date, years: int) -> date:
    return day.replace(year=day.year + years)


def _store(archive: Archive, number: int, made: list[tuple[Report, Measured]]) -> None:
    source = Source(f"/{number}.txt", f"{number}.txt", f"sha-{number}", 1)
    archive.put_source(
        source,
        [(replace(report, ordinal=at), []) for at, (report, _) in enumerate(made)],
        {report.id: measured for report, measured in made},
    )


def timed(view: str, runs: list[Callable[[], object]]) -> Timing:
    """The first run, which opens files, apart."""
    runs[0]()
    spent = []
    for run in runs:
        begun = time.perf_counter()
        run()
        spent.append(1000 * (time.perf_counter() - begun))
    return Timing(view, round(statistics.median(spent), 2), round(max(spent), 2), len(spent))


@click.command()
@click.option("--figures", default=100_000, show_default=True, type=click.IntRange(1_000))
@click.option("--halves", default=12, show_default=True, type=click.IntRange(2, 60))
@click.option("--runs", default=20, show_default=True, type=click.IntRange(1))
@click.option("--whole", is_flag=True, help="also the alarms of the whole archive")
def main(figures: int, halves: int, runs: int, whole: bool) -> None:
    """Fill an archive and print one JSON document of what its views take."""
    with tempfile.TemporaryDirectory(prefix="huibao-ledger-") as folder:
        path = Path(folder) / "archive"
        begun = time.perf_counter()
        with writing(path), closing(create_archive(path)) as archive:
            stored, villages = fill(archive, figures, halves)
            print(f"{stored} figures in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
            step = max(1, len(villages) // runs)
            asked = villages[::step][:runs]
            timings = [
                timed("history", [partial(history, archive, v) for v in asked]),
                timed("one indicator", [partial(history, archive, v, "党员") for v in asked]),
                timed("check", [partial(check, archive, v) for v in asked]),
                timed("coverage", [partial(coverage, archive)]),
            ]
            if whole:
                timings.append(timed("check of all", [partial(check, archive)]))
        result = {
            "figures": stored,
            "villages": len(villages),
            "halves": halves,
            "milliseconds": [asdict(one) for one in timings],
        }
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
