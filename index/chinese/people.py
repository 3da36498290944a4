"""Persons' names in folded text: what jieba tags as one and begins with a family name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from index.chinese import words

# The commonest family names, which nearly all people bear, and the double ones.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安"
    "颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲"
    "成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来"
    "苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺"
    "骆麦禹狄粟寇侬莘逯税冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙伏岑习胥保和蔺雍郗茅闫"
)
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒")
_HAN_ONE = re.compile(r"[\u4e00-\u9fff]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")


@lru_cache(maxsize=1)
def _tagger() -> Any:
    # A quarter of a second that only questions about persons have to wait for.
    from jieba import posseg

    return posseg.POSTokenizer(words.tokenizer())


_TITLED = re.compile(
    r"(?:书记|主任|[队组校局镇乡县市区州会所站院科处场班厂行馆园社股部]长|主席|经理|队员|工程师|同志|"
    r"教师|老师|专家|医生|村医|代表|社员|大户|艺师|渡工|支书|会计|教授|护林员|创业者|非遗传承人)[:、]?"
    r"(?=(?P<name>[\u4e00-\u9fff]{2,3}))"
)
_NO_NAME = frozenset("为在的和与等到对向任是说带主亲同被将把也及就从以给组兼负参")


# 专家唐柏年,在村里住了九天: jieba knows 唐柏 only.
_CUT_SHORT = re.compile(
    r"(?<=[家员师长记任生表者事授])[\u4e00-\u9fff]{2}[^\W\d_为在的和与等到对向任是说讲带将把也及就从以给兼负参](?=[,。、()])"
)
_TAKES_OFFICE = re.compile(r"任(?:副|组|局|第|工|队|驻|常|何|职|务|期)")


def _titled(text: str) -> Iterator[tuple[int, int]]:
    """Names right behind a title, which jieba may not know: 书记黄卫东为全村讲课."""
    for match in _TITLED.finditer(text):
        name, start = match["name"], match.start("name")
        if name[0] in _SURNAMES and name[1] not in _NO_NAME and not _TAKES_OFFICE.match(name):
            yield start, start + (2 if _goes_on(text, start, name) else len(name))


def _goes_on(text: str, start: int, name: str) -> bool:
    """Whether the third character is no part of a name: 王伟|走访, 黄卫|为."""
    return len(name) == 3 and (
        name[2] in _NO_NAME or words.tag(text[start + 2 : start + 4])[:1] in ("v", "d")
    )


def people_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each person's name, in order."""
    yield from _people_in(text)


@lru_cache(maxsize=1024)  # a sentence is held to several quotes, one after the other
def _people_in(text: str) -> tuple[tuple[int, int], ...]:
    tagged = list(_tagged(text))
    titled = list(_titled(text))
    # 局长向东明3月到任: jieba knows 向东 only, and nothing goes on behind the third character.
    whole = {
        start: end for start, end in titled if end - start == 3 and not _HAN_ONE.match(text, end)
    }
    tagged = [(start, max(end, whole.get(start, end))) for start, end in tagged]
    more = [
        one for one in titled if not any(start < one[1] and one[0] < end for start, end in tagged)
    ]
    return tuple(sorted((*tagged, *more)))


def _tagged(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    pieces = [(piece.word, piece.flag) for piece in _tagger().cut(text)]
    for (word, flag), (after, after_flag) in pairwise([*pieces, ("", "")]):
        start, at = at, at + len(word)
        if not flag.startswith("nr") or not _has_surname(word):
            continue
        # jieba often cuts a family name from the rest: 贾|明朗.
        together = word + after if len(word) == 1 and after_flag.startswith("nr") else word
        if _HAN.fullmatch(together) and not _TAKES_OFFICE.match(together):
            short = len(together) == 2 and _CUT_SHORT.match(text, start) is not None
            yield start, start + len(together) + short


def is_surname(character: str) -> bool:
    """Whether a character is a family name."""
    return character in _SURNAMES


def _has_surname(word: str) -> bool:
    return word.startswith(_DOUBLE) or word[0] in _SURNAMES
