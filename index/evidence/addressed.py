"""What a document says to the machine that reads it: an order to it is no evidence of anything."""

from __future__ import annotations

import re

_ORDER = re.compile(
    r"忽略(?:以上|上述|之前|前面|所有|任何)(?:所有|的)?[^,。;\n]{0,8}?(?:要求|指令|提示|规则|内容|资料|限制)"
    r"|(?:以上|上述|之前)的?(?:指令|提示|规则)(?:作废|无效|不算)"
    r"|(?:系统|开发者)(?:提示词?|指令|消息)[:,]|(?:语言模型|人工智能|ai)(?:助手)?[,:]?(?:请|必须|不要)"
    r"|ignore (?:all|any|previous|the above)|system prompt|<\|"
)


def addressed(folded: str) -> tuple[tuple[int, int], ...]:
    """Where a folded text speaks to a machine, each time to the end of its paragraph."""
    found = []
    for match in _ORDER.finditer(folded):
        end = folded.find("\n", match.end())
        found.append((match.start(), len(folded) if end < 0 else end))
    return tuple(found)


def is_addressed(spans: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    """Whether a sentence lies in what speaks to a machine."""
    return any(start < b and a < end for a, b in spans)
