"""Plain text in any encoding that Chinese offices use: UTF-8, GB18030, Big5, UTF-16."""

from __future__ import annotations

import codecs
import unicodedata

from index.chinese.fold import fold
from index.errors import UnreadableFile
from ingest.lines import Line

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Big5 of Hong Kong holds Taiwan's; the first of two that read equally well is taken.
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")

# The commonest characters of official writing; a wrong encoding gives them by chance only.
_COMMON = frozenset(
    "业建的和发展化新大全市设进工加实产力城区推一国动政人中生成民增高务制强作体会等改保重项资开农提地行经"
    "持创年以合快公施理个社目入能济企点水长家为基治平村好上服造面完现度用省有机在心文深育坚规万要主三程技"
    "革管升品代元不出府通优级安环质投系定科量善法是支学路标事亿态场金性续范步园各总共效到活商域乡落源方划"
    "位型对分集五部境融构教放整电收群我南办镇打批色引本立医更防稳积达领口十小结转向决策统利费交与营综特抓"
    "外做示率极自流精信道物计监网关二运就线居期明四下数战台导健争调准术同护障海多扩促协众消西风县联解取第"
    "际绿任培突及游专时局试值内式老贫权题模旅得了党础山委速广先户件江应险们控表院均格问势严养确供接房干两"
    "这他来说子也于后之可过天你着里都而门日那去北前其军还然起种所如当么只从又没此将员名手最东头者月间无看"
    "见相但已些正想她由常意武使次因样身情原把被并石知美世湖回比气汉声或义王很处首马形己儿司太队直别女话少"
    "命至报米给变果书清几州华议称今张才师便走族反再京河条白它光受什组听布百指论黄神选记斯真却职号界花类何"
    "眼兵传带空边据古阳难历史官每住即认车林必死举言皇土团考求德叫近备研非具李连感笑该始英克士尔让拉思根较"
)
_SAMPLE = 40_000
"""Bytes that are tried in every encoding; even, so that a UTF-16 character is not cut."""
_PLAUSIBLE = 0.15
_BROKEN = 0.01
_ONE_BYTE = 4
"""Share of characters that may be broken, and how many at least: one bad byte in UTF-8 breaks four
and must not cost a whole report."""


def read(data: bytes) -> list[Line]:
    return [Line(line) for line in decode(data).splitlines()]


def decode(data: bytes) -> str:
    """Bytes to text; raises UnreadableFile where no encoding gives Chinese or plain text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _whole(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # UTF-16 of ASCII text is valid UTF-8 full of NULs.
        if "\0" not in text:
            return text
    sample = data[:_SAMPLE]
    scores = {name: plausible(sample.decode(name, "replace")) for name in _ENCODINGS}
    best = max(scores, key=scores.__getitem__)
    if scores[best] < _PLAUSIBLE:
        raise UnreadableFile("不是文本文件，或文字编码无法识别（请另存为 UTF-8 文本后重试）")
    return _whole(data, best)


def _whole(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > max(_ONE_BYTE, _BROKEN * len(text)):
        raise UnreadableFile(f"文字编码损坏（{encoding}，有 {broken} 处读不出）")
    return text


def plausible(text: str) -> float:
    """How much a text looks like a report, 1 for the best, below 0 for what is no text."""
    return sum(map(_weight, fold(text))) / max(len(text), 1)


def _weight(char: str) -> float:
    if char in _COMMON or char in "\t\r\n 、。,:;·《》“”‘’()" or char.isdigit():
        return 1
    if "!" <= char <= "~":
        return 0.5  # half a UTF-16 character is often one of these
    if "\u4e00" <= char <= "\u9fff":
        return 0
    kind = unicodedata.category(char)
    if kind[0] == "C" or char == "\ufffd":
        return -2
    return -1 if kind[0] == "L" else 0
