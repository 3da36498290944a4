"""What a figure of a report is called where it is asked for or compared, and what supplies it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.draft import texts
from app.draft.asking import clause_of
from app.draft.calling import called
from app.draft.figures import held_figures
from app.draft.material import Said, written
from app.draft.placing import name_of, same_thing
from index.chinese.fold import fold
from index.chinese.words import tagged
from index.records import Figure, FigureKind

_COUNTED = frozenset("户 人".split())
_WHOLE = frozenset("总户数 总人口 农户".split())


class Names:
    """The names of figures, told apart where the last report tells several things by one name.

    贫困户 is all of them, those among the 低保户, and those who grow something together.
    """

    def __init__(self, said: Sequence[Said], place: str) -> None:
        self._place = place
        self._facets: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for one in said:
            for figure in one.figures:
                if figure.kind is not FigureKind.TARGET:
                    self._facets[_key(figure)].add(_facet(figure, one))

    def of(self, figure: Figure, said: Said) -> str:
        """What it counts; of a part, whose: 低保户中的贫困户; empty where that is not said."""
        value = written(said, figure)
        label = called(figure, clause_of(said, figure), value) or called(figure, said.text, value)
        for other in held_figures(label):
            # 改造老旧小区181个3.2万户: what is asked for must not tell the last period's 181.
            label = label.removesuffix(other.surface)
        if not label or held_figures(label):
            return ""  # 打造15分钟生活圈: before the gap it would tell a number of last time
        if (place := self.elsewhere(figure, said)) is not None and place not in label:
            return place + (label[1:] if label[0] == place[-1] else label)
        whole, doing = _facet(figure, said)
        if doing and len(self._facets[_key(figure)]) > 1:
            return texts.who_do(doing, label)
        # 矛盾纠纷调解成功 says of which it is a part.
        return label if not whole or whole in label or label in whole else texts.among(whole, label)

    def supplies(self, other: Figure, note: Said, one: Figure, said: Said) -> bool:
        """Whether a figure that was handed in tells what this one of the last report told."""
        if self.elsewhere(one, said) != self.elsewhere(other, note):
            return False
        if not name_of(one) and not name_of(other):
            whole = self.of(one, said)  # 全村共有310户: only the words around it name it
            alike = one.unit == other.unit and other.kind is not FigureKind.TARGET
            return bool(whole) and alike and whole == self.of(other, note)
        if self._all(one, said) and self._all(other, note) and one.unit == other.unit:
            return True
        if not same_thing(one, other):
            return False
        if len(self._facets[_key(one)]) < 2:
            return True
        (whole, doing), (theirs, done) = _facet(one, said), _facet(other, note)
        named = bool(whole) and whole.removesuffix("户") in fold(other.indicator)
        return bool(doing) == bool(done) and (whole == theirs or named)

    def _all(self, figure: Figure, said: Said) -> bool:
        """Whether it counts all households or people of the place: 全村共有, 现有农户."""
        if figure.part_of is not None or figure.kind is not FigureKind.STOCK:
            return False
        name = name_of(figure)
        return name in _WHOLE or (not name and self.of(figure, said)[:1] == "全")

    def elsewhere(self, figure: Figure, said: Said) -> str | None:
        """The place that a sentence says a figure is about where it is not this one."""
        other = figure.place
        return other if other and other != self._place and other in fold(said.text) else None


def _key(figure: Figure) -> tuple[str, str]:
    return name_of(figure), figure.base_unit or figure.unit


def _facet(figure: Figure, said: Said) -> tuple[str, str]:
    """Of which whole a figure is a named part, and what those do whom it counts."""
    whole = next((one for one in said.figures if one.ordinal == figure.part_of), None)
    name = name_of(whole) if whole is not None else ""
    return "" if name in _WHOLE else name, _doing(figure, said)  # all live in the village


def _doing(figure: Figure, said: Said) -> str:
    """种植菊花 of 121户贫困户种植菊花408亩: people named by what they are, counted in doing it."""
    flow = figure.kind is FigureKind.FLOW and figure.canonical is not None
    if not flow or figure.unit not in _COUNTED:
        return ""
    clause = clause_of(said, figure)
    later = [one for one in said.figures if one.ordinal > figure.ordinal]
    if not later or clause_of(said, later[0]) != clause or later[0].unit in _COUNTED:
        return ""
    label = called(later[0], clause, written(said, later[0]))
    words = tagged(label) if label and later[0].canonical is None else []
    return label if words and words[0][1][:1] == "v" else ""
