"""What reading figures adds to ingest: counted in turn, from processes of their own."""

from __future__ import annotations

from pathlib import Path

from eval.measuring import Rounds, run


def test_what_is_added_is_a_share_of_ingest_without_figures() -> None:
    rounds = Rounds((2.0, 4.0, 2.0), (2.5, 5.5, 2.25))
    assert rounds.added == (0.25, 0.375, 0.125)
    assert "figures add 25.0% (12.5% to 37.5%)" in rounds.table()
    rounds = Rounds((2.0, 4.0), (2.5, 5.0), inside=(0.5, 1.0))
    assert rounds.added_inside == (0.25, 0.25)


def test_each_round_takes_the_folder_in_both_ways(tmp_path: Path) -> None:
    text = "枧头村2022年上半年工作总结\n" + "全村脱贫户97户348人,新修村道5公里。" * 400
    (tmp_path / "枧头村.txt").write_text(text, "utf-8")
    found = run(tmp_path, 1)
    assert len(found.without) == len(found.with_figures) == 1
    # Two processes are not held against each other: on a busy machine either may be slower.
    assert 0 < found.inside[0] < found.with_figures[0]
    assert "counted inside the runs" in found.table()


def test_by_the_clock_every_process_reads_with_and_without_figures(tmp_path: Path) -> None:
    for n in range(12):  # fewer are read in one process
        text = f"枧头村{2000 + n}年工作总结\n全村脱贫户{n}户,新修村道5公里。\n"
        (tmp_path / f"{n}.txt").write_text(text, "utf-8")
    found = run(tmp_path, 1, clock=True)
    assert len(found.without) == len(found.with_figures) == 1
    assert "by the clock" in found.table()
