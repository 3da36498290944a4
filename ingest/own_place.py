"""The place that a text without a telling title is about, from what it says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from index.chinese.places import LEVELS, is_known, is_named, level, named_in, stem
from index.chinese.words import cut, place_names

_SELF = re.compile(r"[我全本该](社区|村|街道|镇|乡|县|区|市(?!场|值|民(?![生政营族宗]))|州|省)")
_SPEAKS_FOR = re.compile(
    r"代表(自治[区州县]|[省市县区州镇乡])人民政府"
    r"|在(自治[区州县]|[省市县区州镇乡])第[零一二三四五六七八九十百]{1,4}届人民代表大会"
)
# 我区 of a school district is no 区.
_OTHER_SELF = re.compile(r"[我全本]区(?=各校)|[我全]学区")
_PERSON_AFTER = re.compile(r"[县市镇乡村省区州]长(?!期|效|远|途|大|江|河)")
_INTRODUCES = r"(?:位于|地处|坐落|位处|[现下]?辖|共有|总面积|幅员)"
_QUOTED = re.compile(r"《[^《》]*》")
_OPENING = 1500
"""Characters in which a speech says whom it speaks for."""
_MOSTLY = 0.6
_CITY = 0.2
"""Shares of the words for one's own place; by 244 reports of cities and 98 of provinces."""
_OFTEN = 5
"""Times that a city or province must name itself."""
_SIZE_OF_CITY = re.compile(r"[特大中小]+城[市镇]")


def most_spoken_of(folded: Sequence[str]) -> str | None:
    """The place that a text without a telling title is about.

    «我镇» and «全村» tell its suffix; of the names that end so, the one said most often.
    """
    text = "\n".join(folded)
    own = Counter(match[1] for match in _SELF.finditer(_OTHER_SELF.sub("", text)))
    names = Counter(
        text[start:end] for start, end in named_in(text) if not _PERSON_AFTER.match(text, end - 1)
    )
    for name in sorted(names, key=len, reverse=True):
        # 促进枧头村 was cut too late: count it with the name that it ends in.
        for shorter in names:
            if name != shorter and name.endswith(shorter) and names[shorter] >= names[name]:
                names[shorter] += names.pop(name)
                break
    if own:
        return _own_place(text, own, names)
    # 《某省…通知》 names who ordered the work, not who did it.
    titles = "".join(_QUOTED.findall(text))
    quoted = Counter(titles[start:end] for start, end in named_in(titles))
    ranked = (names - quoted).most_common(2)
    clear = ranked and ranked[0][1] >= 3 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
    return ranked[0][0] if clear and (level(ranked[0][0]) == 5 or is_known(ranked[0][0])) else None


def speaks_for_all(folded: Sequence[str], place: str) -> bool:
    """Whether a text speaks of all of a place of this kind: 全县, 我县."""
    kinds = {match[1] for line in folded for match in _SELF.finditer(line)}
    return any(place.endswith(kind) for kind in kinds)


def _own_place(text: str, own: Counter[str], names: Counter[str]) -> str | None:
    """The place that a text calls its own: of several that fit it as well, none."""
    wanted = _own_suffix(text, own)
    if wanted is None:
        return None
    if wanted == "州":
        return _own_prefecture(text)
    if LEVELS[wanted] <= 2:
        return _own_wide_place(text, wanted)
    fitting = Counter(
        {
            name: n
            for name, n in names.items()
            # 集聚区 and 提升城市 look like names; the wide places are all in the dictionary.
            if name.endswith(wanted)
            and (len(name) - len(wanted) >= 2 or name.isascii() or not name[0].isalpha())
            and ((level(name) or 9) > 3 or _is_dictionary_place(name))
        }
    ).most_common(2)
    if not fitting or (len(fitting) == 2 and fitting[0][1] == fitting[1][1]):
        return None
    name, count = fitting[0]
    # xx村 is the one it is about, and its name was taken out; others are its neighbours.
    if len(re.findall(rf"[x×*_]{{1,4}}{wanted}", text)) >= count:
        return None
    introduced = re.search(re.escape(name) + _INTRODUCES, text)
    return name if count >= 2 or introduced else None


def _own_suffix(text: str, own: Counter[str]) -> str | None:
    """What kind of place speaks; None where several do, or nobody in particular."""
    if told := _SPEAKS_FOR.search(text[:_OPENING]):
        return told[1] or told[2]
    if text.count("自治区人民政府") + text.count("自治区党委") >= 2:
        own["自治区"] = own.pop("区", 0)  # 我区 of an autonomous region
    wide = own["市"] + own["省"] + own["自治区"]
    if wide < _MOSTLY * own.total():
        suffix, count = own.most_common(1)[0]
        return suffix if count >= _MOSTLY * own.total() else None
    # A city compares itself with 全省, a province hardly ever speaks of 全市.
    if own["市"] >= _CITY * wide:
        return "市"
    doubtful = own["市"] > 0.5 * _CITY * wide
    return None if doubtful else max(("省", "自治区"), key=lambda suffix: own[suffix])


def _own_wide_place(text: str, wanted: str) -> str | None:
    """The city or province that calls itself 我市 or 全省, by its full and its short name.

    The dictionary has all of these, so words are counted: 沿海城市 does not name 海城市.
    """
    said: Counter[str] = Counter()
    for word in cut(_QUOTED.sub("", text)):
        if name := _full_name(word, wanted):
            said[name] += 1
    ranked = said.most_common(2)
    clear = ranked and ranked[0][1] >= _OFTEN
    return ranked[0][0] if clear and (len(ranked) == 1 or _leads(ranked)) else None


def _own_prefecture(text: str) -> str | None:
    """The autonomous prefecture that calls itself 我州 or 全州, by the short name it goes by."""
    said = Counter({name: text.count(f"{name}州") for name in _prefectures()})
    ranked = [one for one in said.most_common(2) if one[1]]
    clear = ranked and ranked[0][1] >= 2 and (len(ranked) == 1 or _leads(ranked))
    return f"{ranked[0][0]}州" if clear else None


@lru_cache(maxsize=1)
def _prefectures() -> list[str]:
    return [short for n in place_names() if n.endswith("自治州") and len(short := stem(n)) >= 2]


def _leads(ranked: Sequence[tuple[str, int]]) -> bool:
    return ranked[0][1] >= 2 * ranked[1][1]


@lru_cache(maxsize=4096)
def _full_name(word: str, suffix: str) -> str | None:
    """The name with this suffix that a word of the text is, or is short for."""
    if len(word) < 2:
        return None
    if word.endswith(suffix) and len(word) > len(suffix) + 1 and is_named(word):
        return word
    if is_named(word + suffix):
        return word + suffix
    # 宁夏 of the autonomous regions, whose full names hold a people.
    return next((name for name in _autonomous() if suffix == "自治区" and stem(name) == word), None)


@lru_cache(maxsize=1)
def _autonomous() -> list[str]:
    return sorted((n for n in place_names() if n.endswith("自治区")), key=len, reverse=True)


def _is_dictionary_place(name: str) -> bool:
    # 大城市 is no city, though 大城 is a county.
    return not _SIZE_OF_CITY.fullmatch(name) and (is_known(name) or is_known(stem(name)))
