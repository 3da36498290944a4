"""The words sent to a language model, one Chinese .md file each, versioned in its first line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

_HEAD = re.compile(r"<!--\s*版本\s*(?P<version>\d+)\s*-->\s*\n")
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class PromptError(ValueError):
    """A prompt does not exist, has no version, or was given other variables than it names."""


@dataclass(frozen=True)
class Prompt:
    """A prompt's text with `{{variables}}`; `version` is raised whenever the words change."""

    name: str
    version: int
    text: str

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(_VARIABLE.findall(self.text))

    def render(self, **values: object) -> str:
        """The text with every variable put in once; braces inside a value stay as they are."""
        if missing := sorted(self.variables - values.keys()):
            raise PromptError(f"{self.name}: missing {', '.join(missing)}")
        if extra := sorted(values.keys() - self.variables):
            raise PromptError(f"{self.name}: not in the prompt: {', '.join(extra)}")
        return _VARIABLE.sub(lambda match: str(values[match[1]]), self.text)


def load(name: str) -> Prompt:
    """Read prompts/NAME.md."""
    file = files("prompts").joinpath(f"{name}.md")
    if not re.fullmatch(r"\w+", name) or not file.is_file():
        raise PromptError(f"no prompt named {name}")
    text = file.read_text("utf-8")
    head = _HEAD.match(text)
    if head is None:
        raise PromptError(f"{name}: the first line must be <!-- 版本 N -->")
    return Prompt(name, int(head["version"]), text[head.end() :].strip())
