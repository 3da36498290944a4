"""Every Chinese text of the tab 起草."""

from __future__ import annotations

TAB = "起草"

PLACE = "地点"
PERIOD = "期次"
PERIOD_HINT = "如 2018H2(下半年)、2018H1、2018"
UNIT = "落款单位"
UNIT_HINT = "可不填,沿用上期"
NOTES = "本期情况(一行一条)"
NOTES_HINT = "例如:新发展中药材种植120亩。"
FILES = "本期材料(文档、表格)"
COMPOSE = "起草"
KEPT = "已有的稿子"
NO_PLACE = "请先选地点。"
NO_PERIOD = "期次要写成 2018H2、2018H1、2018 这样。"
READING = "正在读材料和以往报告……"
FAILED = (
    "程序出错,这一步没有做成,稿子没有变。请再试一次;若仍出错,请把运行窗口里的提示发给维护人员。"
)
NO_DRAFT = "选好地点和期次,点「起草」。没有人提供的本期数字,会列为【待补充】,不会用上期的代替。"
BLANK = "请先起草,或打开一份已有的稿子。"

SENTENCE = "这一句"
PICK = "点左边稿子里的一句,这里显示它的来源,可以修改。"
CHANGE = "改好了"
REJECT = "不要这句"
TAKE = "收回来"
SOURCES = "来源"
NO_SOURCES = "这一句没有来源。"
OPEN = "看原文"
TYPED_BY_HAND = "手工提供的材料"
ELSEWHERE = "这个数字在下面的句子里还是原来的,请看要不要一起改:"

GAPS = "待补充"
ALL_FILLED = "没有待补充的项目。"
LAST = "上期 {}"
NO_LAST = "请写一句话"
FILL = "填入稿子"
FIGURES = "指标对比"
NO_FIGURES = "没有可以对比的指标。"
COLUMNS = ("指标", "本期", "上期", "增减")
CHECKS = "核对"
NUMBERS = "与来源对上的数字:{} 处"
UNSUPPORTED = "与来源对不上,请逐条看:"
LEFT_OUT = "以往报告里没有采用的:"
NO_DOUBTS = "没有对不上的句子。"
VERSIONS = "版本"
VERSION = "第{}版"
OPEN_VERSION = "打开这一版"
SHOWN_OLD = "现在看的是第{}版,不是最新的;在它上面改,会存成新的一版。"
EXPORT_WORD = "Word 稿(带来源)"
EXPORT_CLEAN = "Word 净稿"
EXPORT_TEXT = "Markdown"

KINDS = {
    "standing": "沿用",
    "new": "本期",
    "comparison": "对比",
    "plan": "打算",
    "to_fill": "待补充",
}
EDITED = "改过"

CHANGED = "改了一句"
REJECTED = "不要一句"
TAKEN = "收回一句"
FILLED = "填了待补充"
RESTORED = "在第{}版上改"
COMPOSED = "稿子已起草,存为第1版。待补充 {} 项。"
SAVED = "已存为第{}版。"
