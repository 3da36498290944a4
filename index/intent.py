"""What a question wants done with what is found: looked up, listed, counted, compared."""

from __future__ import annotations

import re

from index.query import Intent, Wanted

_TREND = re.compile(r"变化|趋势|走势|逐年|历年|增减|增长情况|变动|怎么变|如何变")
_COMPARE = re.compile(
    r"最[高低多少大小快慢长短](?!能|可|不超过|贷|补|奖|限)|排名|怎么排|排第|前[几\d一二两三四五六七八九十]+(?:名|位)|相比|比起|对比|比较|"
    r"比[^,。]{1,12}?(?:多|少|高|低|增|减)|多多少|少多少|高多少|低多少|相差|差多少|谁更|哪个更|增[加长]了?多少|减少了?多少"
)
_WHICH_MOST = re.compile(
    r"最[高低多少大小].{0,6}(?:村|镇|乡|社区|县)是?(?:哪|谁)|最[高低多少大小]的(?:村|乡镇|镇|乡|社区)[。?]*$|排个名|排名次"
)
_COUNT = re.compile(
    r"(?:几|多少)(?:个|份|家)?(?:村(?!民)|镇|乡(?!村)|社区|单位|报告)|合计|总共|一共|总计|加起来|总和|平均"
)


def intent_of(blanked: str, wanted: Wanted, *, every: bool, each: bool, whole: bool) -> Intent:
    """The intent of a folded question without its places and times.

    `every`: of several times; `each`: of each place of a kind; `whole`: of all that lies in one.
    """
    if _WHICH_MOST.search(blanked):
        return Intent.COMPARE
    if _COMPARE.search(blanked) and wanted not in (Wanted.NARRATIVE, Wanted.YES_NO):
        return Intent.COMPARE
    if _TREND.search(blanked) or (every and wanted is Wanted.FIGURE):
        return Intent.TREND
    if wanted is Wanted.FIGURE and (_COUNT.search(blanked) or (whole and not each)):
        return Intent.COUNT
    if wanted is Wanted.LIST or each:
        return Intent.LIST
    return Intent.NARRATIVE if wanted is Wanted.NARRATIVE else Intent.LOOKUP
