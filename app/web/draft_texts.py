"""Every Chinese text of the tab 起草."""

from __future__ import annotations

TAB = "起草"

GIVEN = "起草新的一份"
PLACE = "地点"
PERIOD = "期次"
PERIOD_HINT = "选地点后自动填下一期；也可自己写：2018H2、2018H1、2018"
UNIT = "落款单位"
UNIT_HINT = "可不填，沿用上期"
DAY = "成文日期"
DAY_HINT = "可不填，如 2018-12-20；不填的留待补充"
DAY_LIKE = "2018-12-20"
DAY_NOW = "现为 {}"
NOTES = "本期情况（一行一条）"
NOTES_HINT = "例如：新发展中药材种植120亩。"
FILES = "本期材料（文档、表格）"
OUTLINE = "提纲"
OUTLINES = {
    "": "沿用上期的提纲",
    "half-year": "半年总结",
    "year-end": "年终总结",
    "own": "自己写提纲",
}
HEADINGS = "自己的提纲（一行一个标题）"
HEADINGS_HINT = "下一级标题前空一格"
COMPOSE = "起草"
STOP = "停止"
KEPT = "已有的稿子"
KEPT_NONE = "打开已有的稿子……"
NO_PLACE = "请先选地点。"
NO_PERIOD = "期次要写成 2018H2、2018H1、2018 这样。"
NO_HEADINGS = "请写下提纲的标题，一行一个；或选一个现成的提纲。"
READING = "正在读材料和以往报告，起草……"
REWRITING = "正在重写这一部分……"
STOPPED = "已停止，没有存下来。"
FAILED = (
    "程序出错，这一步没有做成，稿子没有变。请再试一次；若仍出错，请把运行窗口里的提示发给维护人员。"
)
MAY_NOT = "可以打开已有的稿子看，起草和修改请找编辑或管理员。"
NO_DRAFT = "选好地点，点「起草」。没有人提供的本期数字，会列为【待补充】，不会用上期的代替。"
BLANK = "请先起草，或打开一份已有的稿子。"
BACK = "关闭原文"

ALARMS = "签发前要看的"
BEFORE_SIGNING = "签发前请看：{}"
NOTHING_ODD = "数字没有疑点，没有待补充。"
ODD = "数字疑点 {} 处"
DOUBTED = "与来源对不上 {} 句"
TO_FILL = "待补充 {} 项"
COMMA = ","

AGAIN = "重写这一部分"
CONFIRM_AGAIN = (
    "重写这一部分？由语言模型重写时，改过的句子会保留；没有语言模型时按提供的材料重写，改过的句子会换掉。"
    "改前的一版都留着。"
)
CONFIRM_LEAVE = "这一句改了还没有存。放弃修改吗？"

SENTENCE = "这一句"
PICK = "点左边稿子里的一句，这里显示它的来源，可以修改。"
CHANGE = "改好了"
REJECT = "不要这句"
TAKE = "收回来"
SOURCES = "来源"
NO_SOURCES = "这一句没有来源。"
OPEN = "看原文"
TYPED_BY_HAND = "本期提供的材料"
ELSEWHERE = "这个数字在下面还是原来的，要一起改吗？"
EVERYWHERE = "勾选的一起改"
IN_TABLE = "指标对比：{}"
SUM = "合计随之变：{}"
DIFFERENCE = "与上期的差随之变：{}"
ONLY_NUMBER = "数字相同，不一定是一回事"

GAPS = "待补充"
ALL_FILLED = "没有待补充的项目。"
LAST = "上期 {}"
NO_LAST = "请写一句话"
FILL = "填入稿子"
LEFT = "还有 {} 项，可以先填一部分"
SELDOM = "只有上期报过的 {} 项，本期不一定有"
LEAVE_SELDOM = "没有的都不要"
LEFT_SELDOM = "不要只有上期报过的待补充"
WHERE = "看位置"
FIGURES = "指标对比"
NO_FIGURES = "没有可以对比的指标。"
COLUMNS = ("指标", "本期", "上期", "增减")
CHECKS = "核对"
NUMBERS = "与来源对上的数字：{} 处"
UNSUPPORTED = "与来源对不上，请逐条看："
LEFT_OUT = "以往报告里没有采用的："
NO_DOUBTS = "没有对不上的句子。"
VERSIONS = "版本"
VERSION = "第{}版"
OPEN_VERSION = "打开这一版"
BRING_BACK = "恢复这一版"
COMPARE = "比较"
OLD = "旧的一版"
NEW = "新的一版"
WITH = "与"
DIFFERENCES = "第{}版到第{}版的变化"
NO_DIFFERENCES = "两版的句子一样。"
BECAME = {
    "added": "新增",
    "removed": "去掉",
    "changed": "改写",
    "rejected": "不要",
    "taken_back": "收回",
}
IMPORT = "收回 Word 稿"
RETURNED = "第{}版：收回的文件改了这些"
RETITLED = "标题或落款"
MOVED = "移了位置"
SAME_FILE = "「{}」与最新一版相同，没有新的版本。"
UNSOURCED = "有 {} 句现在没有出处，请看「核对」。"
UNNAMED = "「{}」里没有写明是哪份稿子，请先打开那份稿子，再收回。"
SHOWN_OLD = "现在看的是第{}版，不是最新的；在它上面改，会存成新的一版。"
COPY = "Word 里的来源"
COPIES = {
    "comments": "来源用批注",
    "endnotes": "来源用尾注",
    "clean": "净稿，不带来源",
}
EXPORT_WORD = "导出 Word"
EXPORT_TEXT = "导出 Markdown"
WRITTEN = "已导出 {}"

KINDS = {
    "standing": "沿用",
    "new": "本期",
    "comparison": "对比",
    "plan": "打算",
    "to_fill": "待补充",
}
EDITED = "改过"

CHANGED = "改了一句"
CHANGED_ALL = "同一数字一起改了{}处"
REJECTED = "不要一句"
TAKEN = "收回一句"
FILLED = "填了待补充{}项"
REGENERATED = "重写「{}」"
BROUGHT_BACK = "恢复第{}版"
ON_OLDER = "在第{}版上改"
NOTHING_CHANGED = "没有改动。"
COMPOSED = "稿子已起草，存为第1版。待补充 {} 项。"
SAVED = "已存为第{}版：{}。"


def seconds(count: int) -> str:
    return f"已用 {count} 秒"
