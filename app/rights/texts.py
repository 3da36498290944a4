"""What officials read about logging in and about what they may do."""

from __future__ import annotations

from collections.abc import Sequence

LOG_IN_FIRST = "请先登录"
SESSION_OVER = "登录已过期，请刷新网页后重新登录"
WRONG_LOGIN = "用户名或密码不对"
FOREIGN_ORIGIN = "这个请求不是从本网页发出的，没有执行"
BAD_NAME = "用户名须为 1 到 32 个字，不能有空白、逗号和控制字符"
PASSWORD_LENGTH = "密码须为 8 到 256 个字符"
NO_PASSWORD = "没有读到密码；请在提示时输入，或从标准输入的第一行送入"
PASSWORD = "密码"
PASSWORD_AGAIN = "再输一遍"
BAD_PLACES = "请在 --places 后写明地方，用逗号分开，如 --places 石门镇，竹溪乡/龙泉村"
PERSONAL_INSIDE = "这个文件里有身份证号、电话或银行卡号，不能下载原文件，请找管理员办理。"
NOT_WITH_A_LIMIT = "您的权限限于部分地方，做不了这件事，请找管理员办理"
NOTHING_TO_SET = "请用 --role、--places 或 --everywhere 写明要改什么（后两项不能同时写）"
NO_USERS = "还没有用户。添加：huibao users add 用户名 --role admin"
LOOPBACK_ONLY = (
    "没有设置用户，网页只限本机打开；要供别人用，先添加：huibao users add 用户名 --role admin"
)
RESTART = "正在运行的网页若是在没有用户时打开的，请重新启动。"

TITLE = "登录 · 汇报"
HEADING = "汇报"
NAME = "用户名"
LOG_IN = "登录"
LOG_OUT = "退出登录"
FORGOTTEN = "没有用户名或忘了密码，请找管理员。"
LOG_OUT_TITLE = "退出登录 · 汇报"
BACK = "返回"
LEAVING = "退出后，还没有提交的文字不再保留。"

ROLES = {"reader": "查阅", "editor": "编辑", "admin": "管理员"}


def wait(seconds: int) -> str:
    return f"登录失败次数过多，请等 {seconds} 秒再试"


def not_allowed(role: str, needed: str) -> str:
    return f"您的权限是「{ROLES[role]}」，做这件事要「{ROLES[needed]}」权限，请找管理员办理"


def taken(name: str) -> str:
    return f"已有用户 {name}；改密码用 huibao users passwd {name}"


def no_such_user(name: str) -> str:
    return f"没有用户 {name}；huibao users list 列出全部用户"


def added(name: str, role: str) -> str:
    return f"已添加用户 {name}（{ROLES[role]}）。{RESTART}"


def removed(name: str) -> str:
    return f"已删除用户 {name}，其登录已失效。"


def password_changed(name: str) -> str:
    return f"已改 {name} 的密码，其原有登录和令牌已失效。"


def not_loopback(host: str) -> str:
    return (
        f"没有设置用户，不能在 {host} 上打开网页：网络上任何人都能看到档案。"
        "请先添加用户：huibao users add 用户名 --role admin"
    )


def limited_to(places: Sequence[str]) -> str:
    return f"只限：{'、'.join(places)}" if places else "不限地方"


def tokens(count: int) -> str:
    return f"令牌 {count} 个"


def place_unknown(place: str) -> str:
    return f"请注意：档案里现在没有{place}的报告，该用户在这个地方查不到内容。"


def place_unclear(place: str, around: Sequence[str]) -> str:
    named = "、".join(f"{one}/{place.split('/')[0]}" for one in around)
    return f"请注意：叫{place}的不止一处，写明是哪一处之前该用户都查不到。可写：{named}"


def rights_set(name: str, role: str, places: Sequence[str] | None) -> str:
    return f"{name} 现在是{ROLES[role]}，{limited_to(places or ())}。下一次操作起生效。"


def token_made(name: str) -> str:
    return (
        f"这是 {name} 的令牌，只显示这一次，请交给要用它的程序保管；"
        f"权限与 {name} 相同。作废：huibao users token {name} --revoke"
    )


def tokens_revoked(name: str, count: int) -> str:
    return f"已作废 {name} 的 {count} 个令牌。"
