"""What officials read of the audit trail."""

from __future__ import annotations

EVENTS = {
    "login": "登录",
    "login refused": "登录被拒",
    "logout": "退出登录",
    "not allowed": "越权被拒",
    "report": "打开报告",
    "original": "下载原文件",
    "search": "查找",
    "history": "查看历次数字",
    "coverage": "查看上报情况",
    "export": "下载、导出",
    "settle": "处理疑点",
    "reopen": "撤销疑点的处理",
    "correct": "更正报告",
    "remove": "移除报告",
    "restore": "恢复报告",
    "upload": "上传报告",
    "ingest": "收入报告",
    "places": "导入地点名单",
    "compose": "起草",
    "save": "保存稿子",
    "change": "改稿子",
    "bring_back": "取回稿子的旧版",
    "again": "重写稿子的一节",
    "regenerate": "重写稿子的一节",
    "hand_out": "导出稿子",
    "imported": "收回改过的稿子",
    "remove draft": "删除稿子",
    "user added": "添加用户",
    "user set": "改用户的权限",
    "user removed": "删除用户",
    "password set": "改用户的密码",
    "token": "发放或作废令牌",
    "audit exported": "导出留痕",
    "backup": "备份档案",
    "restored archive": "用备份恢复档案",
}
ASKED = "提问"
COMMAND_LINE = "命令行"
THIS_COMPUTER = "本机"
HEADS = ["时间", "用户", "事项", "内容", "来自", "回答", "出处", "语言模型"]
SHEET = "留痕"


def bad_export(suffix: str) -> str:
    return f"留痕可以导出为 .jsonl、.csv 或 .xlsx，不能写成「{suffix or '没有后缀'}」的文件"


def not_written(path: str, reason: str) -> str:
    return f"写不了 {path}：{reason}"


def exported(count: int, path: str) -> str:
    return f"已导出 {count} 条到 {path}。"


def not_read(path: str, reason: str) -> str:
    return f"读不了 {path}：{reason}"
