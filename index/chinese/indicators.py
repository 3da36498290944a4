"""Canonical indicators: which phrases mean the same thing counted, from a file that can grow."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from index.chinese.fold import fold
from index.chinese.numbers import UNITS
from index.errors import SettingsError
from index.records import FigureKind

GROWTH = "增速"
"""Behind an indicator's name: its growth in percent."""

_KEYS = {"aliases", "units", "kind", "accumulates", "growth"}
_CLASSES = {*UNITS, "scale"}

_AREA = (
    r"(?:[全我本该][省市县镇乡村区州旗社]区?|地方级?"
    r"|[\u4e00-\u9fff]{1,7}(?:省|市|县|区|镇|乡|村|社区|街道|州|旗))"
)
_FRONT = re.compile(
    rf"(?:{_AREA}|其中|年末|期末|年底|现有|共有|拥有|现|累计|全部|各类|主要|实现|完成|确保|力争|争取|预计|新型|按"
    r"|[、,和]|目前|农村(?=[低五]))*"
)
_DONE_FRONT = re.compile(
    rf"(?:{_FRONT.pattern}|新[建增装修]|安装|建[设成]|实施|修建|改造|开展|享受|组织|新安装|举办|发放|落实|安排|同步|共)*"
)
_BEHIND = re.compile(
    r"(?:总?数量?|总[量额数]|人数|户数|个数|目标任务|目标|任务|指标|规模|工作|项目|工程|人口|人员|对象|家庭|达标|约|(?<=.{3})面积)+$"
)
# Looked at first: most phrases end in none of these.
_BEHIND_ENDS = frozenset("数量额标务模作目程口员象庭约积\n")
_CHANGED = re.compile(
    r"(?:[,、]|同比|年均|实际|预期|力争|按?可比[价口]?[格径]?(?:计算)?|较快|平均|累计|均|计划|比上年|稳定|保持|分别|以上|再|名义|年)*"
    r"(?P<change>增长|增速|增幅|增加|上涨|上升|涨幅|提高|下降|降低|减少|降幅|回落)(?:率|幅度|速度|了|目标|速)*$"
)
_FALLING = frozenset(("下降", "降低", "减少", "降幅", "回落"))


@dataclass(frozen=True)
class Indicator:
    """A thing that is counted under one name, whatever the report calls it."""

    name: str
    subject: str
    """The group of the file that it stands in: 人口, 脱贫 …"""
    units: tuple[str, ...]
    """Classes of its units, keys of numbers.UNITS, or scale for a number without a unit."""
    kind: FigureKind
    accumulates: bool = False
    """Whether within a year a later figure holds the earlier ones, so that it cannot fall."""
    growth: bool = False
    """Whether its growth in percent is an indicator too, NAME增速."""


class Indicators:
    """The known indicators and their aliases."""

    def __init__(self, given: Iterable[tuple[Indicator, Iterable[str]]], digest: str) -> None:
        self.digest = digest
        """Changes with what was read: figures named by other indicators are to be read again."""
        self.by_name: dict[str, Indicator] = {}
        self._aliases: dict[str, list[Indicator]] = {}
        self._known: dict[tuple[str, str], str | None] = {}
        for indicator, aliases in given:
            self.by_name[indicator.name] = indicator
            if indicator.growth:
                named = Indicator(
                    indicator.name + GROWTH, indicator.subject, ("ratio",), FigureKind.RATE
                )
                self.by_name[named.name] = named
            for alias in dict.fromkeys((indicator.name, *aliases)):
                self._aliases.setdefault(fold(alias), []).append(indicator)

    def name_of(self, phrase: str, unit: str) -> str | None:
        """The indicator that a folded phrase means with a unit of this class; None for none."""
        key = phrase, unit
        if key not in self._known:
            self._known[key] = self._find(phrase, unit)
        return self._known[key]

    def kind_of(self, phrase: str, unit: str) -> FigureKind | None:
        """The kind that the indicator of a phrase has as a rule; None where it is none."""
        name = self.name_of(phrase, unit)
        return self.by_name[name].kind if name is not None else None

    def meant_under(self, label: str, phrase: str, unit: str) -> str | None:
        """小额信贷 for 存量贷款 under the label 小额信贷: called by the label's last word."""
        name = self.name_of(label, unit)
        return name if name is not None and phrase[-2:] in self.endings(name) else None

    def endings(self, name: str) -> frozenset[str]:
        """The last two characters of each expression of an indicator: 贷款 and 信贷."""
        return self._endings.get(name, frozenset())

    @cached_property
    def _endings(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for alias, meant in self._aliases.items():
            for indicator in meant:
                found.setdefault(indicator.name, set()).add(alias[-2:])
        return {name: frozenset(ends) for name, ends in found.items()}

    def _begins(self, text: str) -> Iterable[int]:
        """Where an alias that `text` ends with may begin, the longest first."""
        length = len(text)
        sizes = self._sizes.get(text[-2:], ())
        if self._single and length > 1 and text[-1] in self._single:
            sizes += (1,)
        return [length - size for size in sizes if size <= length] if sizes else ()

    @cached_property
    def _single(self) -> frozenset[str]:
        """The aliases of one character."""
        return frozenset(alias for alias in self._aliases if len(alias) == 1)

    @cached_property
    def _sizes(self) -> dict[str, tuple[int, ...]]:
        """How long the aliases are that end in these two characters, the longest first.

        Most phrases end in others.
        """
        found: dict[str, set[int]] = {}
        for alias in self._aliases:
            found.setdefault(alias[-2:], set()).add(len(alias))
        return {end: tuple(sorted(sizes, reverse=True)) for end, sizes in found.items()}

    @cached_property
    def longest(self) -> int:
        """Characters of the longest alias."""
        return max(map(len, self._aliases), default=0)

    def meant_by(self, alias: str) -> tuple[str, ...]:
        """The indicators of which a folded expression is the name or an alias, of any unit."""
        return tuple(dict.fromkeys(one.name for one in self._aliases.get(alias, ())))

    def falls(self, phrase: str) -> bool:
        """Whether a phrase of growth says that something shrank."""
        match = _CHANGED.search(phrase)
        return match is not None and match["change"] in _FALLING

    def _find(self, phrase: str, unit: str) -> str | None:
        if found := self._exact(phrase, unit):
            return found.name
        if unit == "ratio" and (match := _CHANGED.search(phrase)):
            root = phrase[: match.start()]
            grown = self._exact(root, "ratio", growth=True)
            if grown is not None:
                return grown.name if not grown.growth else grown.name + GROWTH
        return None

    def _exact(self, phrase: str, unit: str, growth: bool = False) -> Indicator | None:
        bare = _BEHIND.sub("", phrase) if phrase[-1:] in _BEHIND_ENDS else phrase
        for text in (phrase,) if bare == phrase else (phrase, bare):
            for start in self._begins(text):
                for indicator in self._aliases.get(text[start:], ()):
                    fits = unit in indicator.units or (growth and indicator.growth)
                    front = _DONE_FRONT if indicator.kind is FigureKind.FLOW else _FRONT
                    if fits and front.fullmatch(text, 0, start):
                        return indicator
        return None


def load_indicators(extra: Path | None = None) -> Indicators:
    """The built-in indicators and those of an office's own file, which go first.

    Raises SettingsError for a file that cannot be read, or holds what cannot be meant.
    """
    if extra is None:
        return _loaded(None, b"")
    try:
        return _loaded(str(extra), extra.read_bytes())
    except OSError as error:
        raise SettingsError(f"读不到指标文件 {extra}:{error.strerror}") from error


@lru_cache(maxsize=4)
def _loaded(where: str | None, data: bytes) -> Indicators:
    """Kept by the file's content: one that is edited is read again."""
    own = files(__package__).joinpath("indicators.toml").read_bytes()
    given = list(_parsed(own, "indicators.toml"))
    if where is not None:
        added = list(_parsed(data, where))
        names = {indicator.name for indicator, _ in added}
        given = added + [one for one in given if one[0].name not in names]
    return Indicators(given, hashlib.sha256(own + data).hexdigest()[:12])


def _parsed(data: bytes, where: str) -> Iterable[tuple[Indicator, list[str]]]:
    try:
        subjects = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"指标文件 {where} 格式不对:{error}") from error
    for subject, indicators in subjects.items():
        if not isinstance(indicators, dict):
            raise SettingsError(f"指标文件 {where}:{subject} 应写成 [{subject}] 一节")
        for name, values in indicators.items():
            yield _indicator(where, subject, name, values)


def _indicator(where: str, subject: str, name: str, values: object) -> tuple[Indicator, list[str]]:
    def wrong(reason: str) -> SettingsError:
        return SettingsError(f"指标文件 {where}:[{subject}] {name} {reason}")

    if not isinstance(values, dict):
        raise wrong('应写成 { aliases = […], units = […], kind = "…" }')
    if unknown := sorted(set(values) - _KEYS):
        raise wrong(f"没有 {'、'.join(unknown)} 这一项")
    aliases, units = values.get("aliases", []), values.get("units")
    if not isinstance(aliases, list) or not all(isinstance(one, str) for one in aliases):
        raise wrong("的 aliases 应是一串别名")
    if not isinstance(units, list) or not units or not set(units) <= _CLASSES:
        raise wrong(f"的 units 应从这些里选:{'、'.join(sorted(_CLASSES))}")
    try:
        kind = FigureKind(str(values.get("kind")))
    except ValueError as error:
        raise wrong(f"的 kind 应是 {'、'.join(FigureKind)} 之一") from error
    flags = {key: values.get(key, False) for key in ("accumulates", "growth")}
    if not all(isinstance(flag, bool) for flag in flags.values()):
        raise wrong("的 accumulates 和 growth 应是 true 或 false")
    return Indicator(name, subject, tuple(units), kind, **flags), aliases
