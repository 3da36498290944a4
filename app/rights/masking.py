"""What a desk hands out, with personal numbers masked: one seam for answers, reports and exports.

The desk is held as it is and every value that its methods return is masked on its way out, so that
a method added later is masked, too. Masked texts keep their length, and so their offsets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from app.rights import texts
from app.rights.personal import masked
from app.rights.roles import NotAllowed
from app.web.ports import Desk, Desks, Original

if TYPE_CHECKING:
    import gradio as gr

_NAMES = frozenset({"id", "report_id", "path"})
"""Fields by which something is found again: never changed."""


def _nobody(request: gr.Request | None) -> bool:
    return False


class MaskedDesks:
    """The desks of others, each with what it hands out masked, but for those who may see it."""

    def __init__(self, desks: Desks, sees: Callable[[gr.Request | None], bool] = _nobody) -> None:
        self._desks = desks
        self._sees = sees

    def of(self, request: gr.Request | None) -> Desk:
        desk = self._desks.of(request)
        return desk if self._sees(request) else masked_desk(desk)

    def who(self, request: gr.Request | None) -> str:
        return self._desks.who(request)


def masked_desk(desk: Desk) -> Desk:
    """The desk, with whatever its methods return masked."""
    return cast(Desk, _Masked(desk))


class _Masked:
    def __init__(self, inner: object) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        return _calling(value) if callable(value) else shown(value)


def _calling(method: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        return shown(method(*arguments, **named))

    return call


def shown(value: Any) -> Any:
    """A value with the texts in it masked; the same object where there is nothing to mask."""
    if type(value) is str:
        return masked(value)
    if isinstance(value, (tuple, list)) and type(value) in (tuple, list):
        changed = [shown(one) for one in value]
        same = all(new is old for new, old in zip(changed, value, strict=True))
        return value if same else type(value)(changed)
    if type(value) is dict:
        return {key: shown(one) for key, one in value.items()}
    if isinstance(value, Iterator):
        return map(shown, value)
    if is_dataclass(value) and not isinstance(value, type):
        return _dataclass_shown(value)
    # A part of the desk, such as its ledger: its methods hand out values in their turn.
    ours = type(value).__module__.startswith("app.") and not isinstance(value, (Enum, type))
    return _Masked(value) if ours else value


def _dataclass_shown(value: Any) -> Any:
    if isinstance(value, Original) and masked(text := value.text()) != text:
        # A file cannot be masked; what it says decides whether it is handed out.
        raise NotAllowed(texts.PERSONAL_INSIDE)
    changed = {
        field.name: new
        for field in fields(value)
        if field.init and field.name not in _NAMES
        if (new := shown(old := getattr(value, field.name))) is not old
    }
    return replace(value, **changed) if changed else value
