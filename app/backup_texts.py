"""What is said of backups."""

from __future__ import annotations

from pathlib import Path

INSIDE = "备份不能放在档案文件夹里面，请放到别的磁盘或文件夹。"


def there_already(out: Path) -> str:
    return f"{out} 已经有了；备份不覆盖任何东西，请换一个名字。"


def not_empty(archive: Path) -> str:
    return (
        f"{archive} 里已有内容；恢复不覆盖任何东西，请先把它改名，或用 --archive 指定别的文件夹。"
    )


def no_backup(path: Path) -> str:
    return f"{path} 不是 huibao backup 做的备份，或者清单坏了。"


def newer(version: str) -> str:
    return f"这份备份是汇报 {version} 做的，比本程序新；请先升级本程序。"


def damaged(name: str) -> str:
    return f"{name} 与做备份时不一样或读不出来，这份备份不能用；请换一份更早的。"


def not_done(path: Path, reason: str) -> str:
    return f"没有完成（{path}：{reason}）。请检查磁盘和权限，再运行一次。"


def made(out: str, reports: int, size: int) -> str:
    return f"已备份到 {out}：{reports:,} 份报告，{size / 1e6:,.1f} MB，逐个文件读回核对无误。"


def checked(made: str, reports: int) -> str:
    return f"备份完好：{made} 做的，{reports:,} 份报告，每个文件都与当时一致。"


def restored(archive: str, made: str, reports: int) -> str:
    return f"已恢复到 {archive}：{made} 的备份，{reports:,} 份报告。"
