"""Every command, option of a section and constant of interest is described where users look."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from app.cli import main
from app.settings import Settings

_ROOT = Path(__file__).parent.parent
_README = (_ROOT / "README.md").read_text("utf-8")


def commands(group: click.Group, before: str = "") -> list[str]:
    found: list[str] = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += commands(command, f"{before}{name} ")
        else:
            found.append(f"{before}{name}")
    return found


@pytest.mark.parametrize("command", commands(main))
def test_the_readme_describes_every_command(command: str) -> None:
    assert f"huibao {command}" in _README


@pytest.mark.parametrize("section", list(Settings.model_fields))
def test_the_readme_describes_every_section_of_settings(section: str) -> None:
    assert f"[{section}]" in _README


@pytest.mark.parametrize("page", ["README.md", "docs/guide.md"])
def test_pictures_and_links_are_there(page: str) -> None:
    found = re.findall(r"\]\((?!http)([^)#]+)\)", (_ROOT / page).read_text("utf-8"))
    assert len(found) > 5
    for target in found:
        assert ((_ROOT / page).parent / target).is_file(), target


def test_the_pictures_stay_small_and_each_is_shown() -> None:
    pictures = list((_ROOT / "docs" / "pictures").iterdir())
    assert sum(path.stat().st_size for path in pictures) < 2_000_000
    shown = _README + (_ROOT / "docs" / "guide.md").read_text("utf-8")
    assert [path.name for path in pictures if f"pictures/{path.name}" not in shown] == []


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    reasons = (_ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    for requirement in project["dependencies"]:
        name = requirement.split("=")[0].split(">")[0].split("<")[0]
        assert name in reasons, name
