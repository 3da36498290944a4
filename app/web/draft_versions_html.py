"""The versions of a draft as safe HTML: who saved what and when, and what two of them differ in."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from app.draft.versions import Became, Difference
from app.web import draft_texts as texts
from app.web.escape import inert
from app.web.names import joined
from index.drafts import Version

_NOW = "hb-now"


def versions_html(versions: Sequence[Version], shown: int | None) -> str:
    """Who saved what and when, the newest first; two of them can be compared."""
    if not versions:
        return f'<p class="hb-quiet">{texts.BLANK}</p>'
    newest = max(one.number for one in versions)
    rows = "".join(_row(one, shown, newest) for one in reversed(versions))
    return f'{_choice(versions)}<ol class="hb-versions">{rows}</ol>'


def _row(one: Version, shown: int | None, newest: int) -> str:
    buttons = ""
    if one.number != shown:
        buttons += _button("version", one.number, texts.OPEN_VERSION)
    if one.number != newest:
        buttons += _button("back", one.number, texts.BRING_BACK)
    return (
        f'<li class="{_NOW if one.number == shown else ""}">'
        f"<strong>{texts.VERSION.format(one.number)}</strong> {inert(one.remark)}"
        f"<small>{inert(joined(one.who, one.at[:16].replace('T', ' ')))}</small>{buttons}</li>"
    )


def _button(name: str, number: int, text: str) -> str:
    return f'<button type="button" class="hb-link" data-{name}="{number}">{text}</button>'


def _choice(versions: Sequence[Version]) -> str:
    if len(versions) < 2:
        return ""
    old, new = versions[-2].number, versions[-1].number
    lists = [
        f'<select name="{name}" aria-label="{label}">'
        + "".join(
            f'<option value="{one.number}"{" selected" if one.number == chosen else ""}>'
            f"{texts.VERSION.format(one.number)}</option>"
            for one in versions
        )
        + "</select>"
        for name, label, chosen in (("old", texts.OLD, old), ("new", texts.NEW, new))
    ]
    button = f'<button type="button" class="hb-do" data-compare>{texts.COMPARE}</button>'
    return f'<p class="hb-bar">{lists[0]}<span>{texts.WITH}</span>{lists[1]}{button}</p>'


def differences_html(found: Sequence[Difference], old: Version, new: Version) -> str:
    """Sentence by sentence what is not as it was, with what was taken out and put in marked."""
    return _listed(texts.DIFFERENCES.format(old.number, new.number), _rows(found))


def returned_html(
    found: Sequence[Difference],
    titles: Sequence[tuple[str, str]],
    moved: Sequence[str],
    new: Version,
) -> str:
    """What a file that was edited in Word changed: title, headings, signature, then sentences."""
    rows = [f"<li><small>{texts.RETITLED}</small>{_marked(*pair)}</li>" for pair in titles]
    rows += [f"<li><small>{texts.MOVED}</small>{inert(one)}</li>" for one in moved]
    return _listed(texts.RETURNED.format(new.number), [*rows, *_rows(found)])


def _listed(title: str, rows: Sequence[str]) -> str:
    if not rows:
        return f"<h4>{title}</h4><p>{texts.NO_DIFFERENCES}</p>"
    return f'<h4>{title}</h4><ul class="hb-differences">{"".join(rows)}</ul>'


def _rows(found: Sequence[Difference]) -> list[str]:
    return [
        f"<li><small>{texts.BECAME[one.became.value]} · {inert(one.heading)}</small>"
        f"{_words(one)}</li>"
        for one in found
    ]


def _words(one: Difference) -> str:
    if one.became in (Became.REJECTED, Became.REMOVED):
        return f"<del>{inert(one.old or one.new or '')}</del>"
    if one.became is Became.CHANGED and one.old is not None and one.new is not None:
        return _marked(one.old, one.new)
    return f"<ins>{inert(one.new or '')}</ins>"


def _marked(old: str, new: str) -> str:
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(inert(old[a:b]))
            continue
        if b > a:
            parts.append(f"<del>{inert(old[a:b])}</del>")
        if d > c:
            parts.append(f"<ins>{inert(new[c:d])}</ins>")
    return "".join(parts)
