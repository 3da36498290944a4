"""The kinds of section that are asked for as a whole: how they are asked for and headed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.query import Term


@dataclass(frozen=True)
class Kind:
    """What sections of a kind are asked for by, and how they are headed."""

    asked: re.Pattern[str]
    headed: re.Pattern[str]
    begins: re.Pattern[str] | None = None
    """How sentences begin that say it where no section does."""
    ahead: bool = False
    """Whether it tells of the time after what its report covers."""
    reasons: bool = False
    """Whether it tells why things are as they are."""


_HARD = "困难(?!群众|户|家庭|党员|学生|残疾|职工|人员|对象|儿童|老人)"
KINDS = (
    Kind(
        re.compile(
            r"(?:什么|哪些|啥)(?:对策|意见)?建议|建议(?:是|有|主要|包括)|提(?:出)?了?[^,。]{0,4}建议"
        ),
        re.compile(r"建议|对策"),
        re.compile(r"(?:针对[^,。]{0,14},)?(?:我们|为此,?)?建议"),
    ),
    Kind(
        re.compile(
            rf"问题(?![^,。]{{0,6}}?(?:整改|解决|处理|销号|办结|办完|反馈|落实))|{_HARD}|不足|短板|薄弱|难点|差距|制约"
        ),
        re.compile(rf"(?:问题|{_HARD}|不足|短板|薄弱环节|难点|制约因素|差距)[^,。]{{0,6}}$"),
        re.compile(r"(?:目前|主要|但)?(?:还|仍)?存在"),
    ),
    Kind(
        re.compile(r"为什么|为啥|原因|怎么会|何以"),
        re.compile(r"原因|成因|缘由"),
        reasons=True,
    ),
    Kind(
        re.compile(
            r"(?:下一?步|下半年|明年|来年|今后|接下来|下阶段|后面|往后)[^,。]{0,14}?"
            r"(?:打算|计划|安排|工作|思路|怎么[干抓做办搞]|如何|[抓做干搞办]点?些?(?:什么|啥|哪些)|重点|措施|目标)"
            r"|有(?:什么|啥)打算|怎么打算|打算怎么|打算抓|工作打算"
            r"|(?:打算|计划|准备|想|[要得])再?(?:[抓做干搞办]点?些?(?:什么|啥)|怎么[干抓做办搞])"
        ),
        re.compile(
            r"下一?步|打算|今后|下阶段|(?:下半年|明年|来年)(?!.*(?:总结|汇报|报告|情况|小结))|努力方向|工作思路|重点工作安排|对策|建议$|(?:\d年|明年|来年|下半年)的?(?:工作)?(?:计划|设想|要点|目标|任务|安排)$"
        ),
        re.compile(r"(?:下一?步|下半年|今后|接下来|明年)"),
        ahead=True,
    ),
    Kind(
        re.compile(r"做法|措施|举措|经验|怎么[做抓搞]的|做了(?:些)?(?:什么|哪些)|采取了"),
        re.compile(r"做法|措施|举措|经验|(?:工作)?开展情况|工作情况|主要工作"),
    ),
    Kind(
        re.compile(r"成效|成绩|进展|成果|效果"),
        re.compile(r"成效|成绩|进展|成果|效果|完成情况"),
    ),
)
# What a question says about a section without saying what the section is about.
_NO_TOPIC = re.compile(
    r"(?:工作|存在|主要|方面|情况|开展|采取|进行|抓|做|干|搞|办|重点|计划|打算|安排|思路|目标|具体|突出|问题|提出?|一步|县里|"
    r"村里|镇里|乡里|市里|里|怎么样|上|推进|落实|有|些|事|实事|活动|啥|要|将|准备|下|为啥|哪|突出|当前|来说|还|都)+"
)


def is_topic(term: Term, kind: Kind) -> bool:
    """Whether a word says what the section is about, and not only that one is asked for."""
    rest = kind.asked.sub("", kind.headed.sub("", term.word))
    return not (rest == "" or _NO_TOPIC.fullmatch(rest))
