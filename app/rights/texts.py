"""What officials read about logging in and about what they may do."""

from __future__ import annotations

LOG_IN_FIRST = "请先登录"
SESSION_OVER = "登录已过期,请刷新网页后重新登录"
WRONG_LOGIN = "用户名或密码不对"
FOREIGN_ORIGIN = "这个请求不是从本网页发出的,没有执行"
BAD_NAME = "用户名须为 1 到 32 个字,不能有空白、逗号和控制字符"
PASSWORD_LENGTH = "密码须为 8 到 256 个字符"
NO_PASSWORD = "没有读到密码;请在提示时输入,或从标准输入的第一行送入"
PASSWORD = "密码"
PASSWORD_AGAIN = "再输一遍"
PLACES_NOT_YET = (
    "本版本还不能把用户限定在某些地方:--places 没有执行,用户也没有添加。"
    "去掉 --places 再添加,该用户就能查到全部档案;不应让其看到的报告请放在另一个档案里"
)
NO_MCP_WITH_USERS = "有用户的档案还不能作为 MCP 服务打开:请去掉 --mcp"
NO_USERS = "还没有用户。添加:huibao users add 用户名 --role admin"
LOOPBACK_ONLY = (
    "没有设置用户,网页只限本机打开;要供别人用,先添加:huibao users add 用户名 --role admin"
)
RESTART = "正在运行的网页若是在没有用户时打开的,请重新启动。"

TITLE = "登录 · 汇报"
HEADING = "汇报"
NAME = "用户名"
LOG_IN = "登录"
LOG_OUT = "退出登录"
LOG_OUT_TITLE = "退出登录 · 汇报"
BACK = "返回"

ROLES = {"reader": "查阅", "editor": "编辑", "admin": "管理员"}


def wait(seconds: int) -> str:
    return f"登录失败次数过多,请等 {seconds} 秒再试"


def not_allowed(role: str, needed: str) -> str:
    return f"您的权限是「{ROLES[role]}」,做这件事要「{ROLES[needed]}」权限,请找管理员办理"


def taken(name: str) -> str:
    return f"已有用户 {name};改密码用 huibao users passwd {name}"


def no_such_user(name: str) -> str:
    return f"没有用户 {name};huibao users list 列出全部用户"


def added(name: str, role: str) -> str:
    return f"已添加用户 {name}({ROLES[role]})。{RESTART}"


def removed(name: str) -> str:
    return f"已删除用户 {name},其登录已失效。"


def password_changed(name: str) -> str:
    return f"已改 {name} 的密码,其原有登录已失效。"


def not_loopback(host: str) -> str:
    return (
        f"没有设置用户,不能在 {host} 上打开网页:网络上任何人都能看到档案。"
        "请先添加用户:huibao users add 用户名 --role admin"
    )
