"""What a sentence that is handed in tells: the place, work done, trouble, or what is planned."""

from __future__ import annotations

import re
from enum import Enum, auto

from app.draft.material import BASIC, PLANS, PROBLEMS, Said
from index.chinese.fold import fold
from index.records import FigureKind


class Told(Enum):
    """The kinds of sections that summaries have."""

    BASIC = auto()
    WORK = auto()
    PROBLEMS = auto()
    PLANS = auto()


_TROUBLE = re.compile(
    r"不稳|短缺|紧缺|不足|困难|滞后|薄弱|下跌|跌到|跌至|观望|收不回|不平衡|不充分|不高|不强|不够|缺[乏少]|"
    r"隐患|只有|仅有|难以|偏低|老化|年久失修|低于\S{0,8}(?:要求|目标|标准|平均)|落后于|跟不上|忙不过来|欠账|"
    r"意见[很较]?大|不太?愿意|不肯|叫停|停滞"
)
# Help for 困难群众 and a search for 隐患 are work; so is a shortage that was met.
_NO_TROUBLE = re.compile(
    r"(?:特殊|生活|经济|受灾)?困难(?:群众|群体|家庭|户|职工|学生|党员|人员|人口|残疾|老[人年]|对象|儿童|妇女|补助|救助|企业)|"
    r"紧缺(?:型|专业|人才)|短缺人才|困难的?情况下|不利(?:因素|影响)|应急|风险隐患排查|老化管[道网]"
)
_MET = re.compile(
    r"解决|化解|克服|缓解|消除|排查|排除|治理|整治|改造|帮扶|救助|有效|应对|引进|完成|处置|疏导|"
    r"新[增建]|建成|落实|提高|实施"
)
_PLANNED = re.compile(
    r"^(?:[一二三四五六七八九十]是)?(?:下一?步|下半年[将要拟计]|明年|来年|计划|打算|拟|力争|"
    r"20\d\d年(?:上半年|下半年)?将)|(?:奋斗|预期|主要|工作)目标是"
)
_LATER = re.compile(r"(20\d\d)年")
_DESCRIBES = re.compile(
    r"位于|地处|坐落|村?民?小组|自然[村寨屯湾组]|总?人口|全[村镇乡社]区?共?有?\d+户|\d+户\d+人|党员\d+|党员\S{0,4}\d+[名人]|"
    r"低保|特困|五保|耕地|林地|脱贫(?:户|人口|劳动力)|监测户|贫困户|村干部|村“?两委"
)
_ACTS = re.compile(
    r"新[增建改修发]|建[成好设]|完成|实施|推进|开展|治理|改造|提[高升]|发展|发放|救助|转移|冲毁|受灾|种植|栽|"
    r"养殖|投资|整治|严守|守牢|狠抓|参与|带动|培训|组织|落实|举办|筹措|慰问|帮助|帮办|保障|分红|接诊|"
    r"卖|销售|收入|产量|增[长加]|下降|减少|今年|上半年|下半年|\d月"
)


def told_by(said: Said) -> Told:
    """What kind of section a sentence of a note belongs to, by its heading, else by its words."""
    if said.plans:
        return Told.PLANS
    if said.problems:
        return Told.PROBLEMS
    words = fold(said.text)
    if _PLANNED.search(words) or (not said.basic and _lies_ahead(said)):
        return Told.PLANS
    if _TROUBLE.search(_NO_TROUBLE.sub("", words)) and not _MET.search(words):
        return Told.PROBLEMS
    if said.basic:
        return Told.BASIC
    elsewhere = any(one.place not in (None, said.report.place) for one in said.figures)
    # 党员47人,今年发展1人 describes; 种植402亩,其中脱贫户94户 does not.
    first = re.split("[,。;]", words, maxsplit=1)[0]
    own = [one for one in said.figures if one.start - said.start < len(first)]
    of_place = _DESCRIBES.search(first) and not _ACTS.search(first) and not elsewhere
    if of_place and not any(one.kind is FigureKind.FLOW for one in own):
        return Told.BASIC
    return Told.WORK


def describes(said: Said) -> bool:
    """Whether a sentence stands where the place is described, or says so itself."""
    return said.basic or (not said.heading and told_by(said) is Told.BASIC)


def _lies_ahead(said: Said) -> bool:
    """Whether it begins with a later year, and all that it counts is planned for then.

    力争到2025年 is said among what was done, too: of that a heading tells.
    """
    own, year = said.report.period, _LATER.match(fold(said.text))
    if own is None or year is None or int(year[1]) <= own.end.year:
        return False
    return bool(said.figures) and all(
        one.kind is FigureKind.TARGET and one.as_of is not None and one.as_of.end > own.end
        for one in said.figures
    )


def told_under(title: str) -> Told | None:
    """What kind of section a heading opens; None where its words do not say."""
    words = fold(title)
    for kind, pattern in (
        (Told.PLANS, PLANS),
        (Told.PROBLEMS, PROBLEMS),
        (Told.BASIC, BASIC),
    ):
        if pattern.search(words):
            return kind
    return None
