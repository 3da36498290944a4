"""What `huibao eval drafts` counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Score:
    """What was counted over all drafts; of each pair the first is how many were right."""

    drafts: int = 0
    sentences: int = 0
    sourced: int = 0
    unheld: int = 0
    """Sentences that verification did not let pass."""
    invented: int = 0
    """Numbers that neither the cited quotations nor the periods have."""
    stale: int = 0
    """Changing figures of an earlier report outside a gap."""
    supplied: int = 0
    placed: int = 0
    comparable: int = 0
    """Figures withheld that the last report had too, under some name."""
    asked: int = 0
    usual: int = 0
    """Figures asked for that the place tells from period to period."""
    usual_told: int = 0
    """Of them those that the real report tells."""
    seldom: int = 0
    """Figures asked for that only the last report told, which the page folds up."""
    seldom_told: int = 0
    headings: int = 0
    covered: int = 0
    standing: int = 0
    stood: int = 0
    worded: int = 0
    """Sentences that a language model worded."""
    moved: int = 0
    """Figures of them that what was handed in says of something else."""
    lost: int = 0
    """Gaps that the draft has without a model and not with one."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def wrong(self) -> int:
        """What may never happen, counted."""
        unsourced = self.sentences - self.sourced
        return self.invented + self.stale + self.moved + self.lost + self.unheld + unsourced

    def table(self) -> str:
        rows = [
            ("稿子", str(self.drafts)),
            ("没有来历的数字（须为 0）", str(self.invented)),
            ("把上期结果当成本期（须为 0）", str(self.stale)),
            ("核对不过的句子", str(self.unheld)),
            ("有出处的句子", _share(self.sourced, self.sentences)),
            ("材料放对了部分", _share(self.placed, self.supplied)),
            ("待补充召回（上期也有、没人提供的数字）", _share(self.asked, self.comparable)),
            ("待补充里本期确实报了的", _share(self.usual_told, self.usual)),
            ("只有上期报过的待补充里本期确实报了的", _share(self.seldom_told, self.seldom)),
            ("部分齐全", _share(self.covered, self.headings)),
            ("不变的事实", _share(self.stood, self.standing)),
        ]
        if self.worded:
            rows += [
                ("语言模型写的句子", str(self.worded)),
                ("其中数字说成了别的指标（须为 0）", str(self.moved)),
                ("丢失的待补充（须为 0）", str(self.lost)),
            ]
        return "\n".join(f"{name}:{value}" for name, value in rows)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "没有可测的"
