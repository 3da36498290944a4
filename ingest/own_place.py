"""The place that a text without a telling title is about, from what it says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.chinese.places import is_known, level, named_in, stem

_SELF = re.compile(r"[我全本该](社区|村|街道|镇|乡|县|区|市|州|省)")
# 我区 of a school district is no 区.
_OTHER_SELF = re.compile(r"[我全本]区(?=各校)|[我全]学区")
_PERSON_AFTER = re.compile(r"[县市镇乡村省区州]长(?!期|效|远|途|大|江|河)")
_INTRODUCES = r"(?:位于|地处|坐落|位处|[现下]?辖|共有|总面积|幅员)"
_QUOTED = re.compile(r"《[^《》]*》")
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


def _own_place(text: str, own: Counter[str], names: Counter[str]) -> str | None:
    """The place that a text calls its own: of several that fit it as well, none."""
    wanted, count = own.most_common(1)[0]
    if count < 0.6 * own.total():
        return None  # several reports in one file, or nobody's in particular
    if wanted == "区" and text.count("自治区人民政府") + text.count("自治区党委") >= 2:
        wanted = "自治区"  # 我区 of an autonomous region
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


def _is_dictionary_place(name: str) -> bool:
    # 大城市 is no city, though 大城 is a county.
    return not _SIZE_OF_CITY.fullmatch(name) and (is_known(name) or is_known(stem(name)))
