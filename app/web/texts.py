"""Every Chinese text of the web page."""

from __future__ import annotations

APP = "汇报"
TITLE = "汇报 · 工作报告档案助手"
TAGLINE = "工作报告档案助手"
LOG_OUT = "退出"

TAB_ASK = "问答"

QUESTION_LABEL = "问题"
QUESTION_HINT = "输入问题，按回车提问"
ASK = "提问"
CLEAR = "清空"
PLACE_LABEL = "地点"
PERIOD_LABEL = "期次"
GENRE_LABEL = "文种"
ALL_PLACES = "全部地点"
ALL_PERIODS = "全部期次"
ALL_GENRES = "全部文种"
CONVERSATION = "对话"

WELCOME_TITLE = "请提问，答案都注明出处"
WELCOME = "答案取自已收入的报告原文；点击答案中的编号或右侧的依据，可打开报告查看原句。"
EMPTY_TITLE = "档案里还没有报告"
EMPTY_UPLOAD = "请先上传报告；可以一次选许多文件，也可以是 .zip。"
EMPTY_GO = "去「档案」上传"
EMPTY_ASK = "请管理员先收入报告。"
EMPTY_BEFORE = "管理员也可以在命令行一次收入整个文件夹："
EMPTY_COMMAND = "huibao ingest 文件夹"
EMPTY_AFTER = "完成后刷新本页。"

LOST = (
    "连不上服务器，正在重新连接……服务重新启动后本页会自动刷新，没有提交的文字会保留，"
    "选好的文件要重新选。一直连不上，请找管理员。"
)
LOGIN_ENDED = "登录已过期，请先登录，再回到这一页继续，已经写的不会丢。"
LOG_IN_AGAIN = "重新登录"
RESTARTED = "这一页放得太久了，前面的回答打不开了。请重新提问。"

STOP = "停止"
STOPPED = "已停止。"
LOOKING = "正在查找……"
GROWING = "正在组织语言并逐句核对……"
NO_QUESTION = "请先输入问题。"
FAILED = "程序出错，没有得到答案。请再问一次；若仍出错，请把运行窗口里的提示发给维护人员。"
REFUSED_TITLE = "未找到依据"
ERROR_TITLE = "暂时不能回答"

SOURCES = "依据"
SOURCES_HINT = "提问后，这里列出答案所依据的报告原文。"
SOURCES_NONE = "这个问题没有可以引用的原文。"
SCOPE = "查找范围"
SCOPE_PLACE = "地点：{}"
SCOPE_PERIOD = "期次：{}"
SCOPE_GENRE = "文种：{}"
SCOPE_ALL = "全部档案"
OPEN_CARD = "打开原文，依据 {}"
CITE = "查看依据 {}"
SEPARATOR = " · "

BACK = "返回依据"
ORIGINAL = "下载原文件"
PLACE_UNKNOWN = "地点未注明"
PERIOD_UNKNOWN = "期次未注明"
FILE = "文件：{}"
REPORT_GONE = "这份报告已不在档案中。请重新提问。"
REPORT_CHANGED = "这份报告在回答之后有更新，下面没有找到原句。请重新提问。"
CITED_AT = "引用处：{}"
QUOTE_MARK = "引用的原句"

MODES = {
    "extract": "原文摘录",
    "generate": "模型组织语言，已逐句核对出处",
    "ledger": "按指标台账计算",
}


def recognised(sure: float) -> str:
    return f"识别所得，把握{sure:.0%}，请对照原件"


def working(seconds: int) -> str:
    return f"正在整理……已用 {seconds} 秒"


def too_long(length: int, limit: int) -> str:
    return f"问题太长了（{length} 字），请缩短到 {limit} 字以内再提问。"


def archive_size(reports: int, passages: int) -> str:
    return f"{reports:,} 份报告，{passages:,} 段" if reports else f"{reports} 份报告"


def pending(passages: int) -> str:
    return f"{passages:,} 段还没有语义索引，可先按字词查找"


def seconds(value: float) -> str:
    return f"用时 {value:.2f} 秒"


def port_taken(port: int) -> str:
    return (
        f"端口 {port} 已被占用：可能已经开着一个汇报网页。"
        f"请关闭它，或换一个端口，例如 --port {port + 1 if port < 65535 else port - 1}。"
    )


def cannot_listen(host: str, port: int, reason: str) -> str:
    return f"不能在 {host}:{port} 上打开网页（{reason}）。请检查 --host 和 --port。"


NO_MCP = "没有安装 MCP 组件。请运行：pip install 'huibao[mcp]'"


def bad_limit(most: int) -> str:
    return f"条数要在 1 到 {most} 之间。"
