"""What `huibao ingest` and `reembed` print: progress, an outcome per file, the sum."""

from __future__ import annotations

import sys
from types import TracebackType

import click
from tqdm import tqdm

from ingest.job import FileOutcome, JobResult, Outcome, Progress

_OUTCOMES = {
    Outcome.INDEXED: "入库",
    Outcome.UNCHANGED: "未变",
    Outcome.UPDATED: "更新",
    Outcome.DUPLICATE: "重复",
    Outcome.REMOVED: "移除",
    Outcome.SKIPPED: "跳过",
    Outcome.FAILED: "失败",
}
_UNPACKING = {
    "read": "读取模型", "tokenizer": "写分词器", "encoder": "写编码器", "weights": "写权重",
    "finish": "完成",
}  # fmt: skip


class IngestShow:
    """Progress of an ingest: bars on a terminal, one line a file in a pipe, nothing if quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bars = not quiet and sys.stderr.isatty()
        self._bar: tqdm[object] | None = None
        self._phase = ""
        self.progress = Progress(self._on_file, self._on_embedded)

    def __enter__(self) -> IngestShow:
        return self

    def __exit__(
        self, _k: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        self._close()

    def unpacking(self, step: str, share: float) -> None:
        if self._quiet:
            return
        if self._bars:
            self._advance("解压向量模型（只有第一次）", round(100 * share), 100)
        elif step == "read":
            click.echo("正在解压向量模型（只有第一次，约 330 MB）…", err=True)
        if step == "finish" and share >= 1:
            self._close()

    def _on_file(self, file: FileOutcome, done: int, total: int) -> None:
        if self._quiet:
            return
        line = f"{_OUTCOMES[file.outcome]}  {file.path}" + (
            f"  {file.reason}" if file.reason else ""
        )
        if not self._bars:
            click.echo(line)
            return
        self._advance("读取报告", done, total)
        if file.outcome in (Outcome.FAILED, Outcome.SKIPPED) and self._bar is not None:
            self._bar.write(line, file=sys.stderr)

    def _on_embedded(self, done: int, total: int) -> None:
        if self._bars:
            self._advance("生成向量（已可按词查找）", done, total)

    def _advance(self, phase: str, done: int, total: int) -> None:
        if self._bar is None or self._phase != phase:
            self._close()
            self._bar, self._phase = tqdm(total=total, desc=phase, unit="", leave=True), phase
        self._bar.update(done - self._bar.n)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def summary(self, result: JobResult) -> None:
        counts = dict.fromkeys(_OUTCOMES, 0)
        for file in result.files:
            counts[file.outcome] += 1
        parts = [f"{_OUTCOMES[name]} {n}" for name, n in counts.items() if n]
        click.echo(
            f"文件：{'、'.join(parts) or '没有'}。档案现有 {result.reports} 份报告、"
            f"{result.passages} 个段落、{result.figures} 个数字；"
            f"按词可查用时 {result.words_seconds:.1f} 秒，全部用时 {result.seconds:.1f} 秒。"
        )
        if result.pending:
            click.echo(
                f"还有 {result.pending} 个段落没有向量，暂时只能按词查到；再次运行即可补上。"
            )
