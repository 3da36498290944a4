"""A draft as a file, by the file's suffix."""

from __future__ import annotations

from pathlib import Path

from app.draft import texts
from app.draft.draft import Draft
from app.draft.layout import Citations, Layout
from app.draft.markdown import write_markdown
from index.errors import UsageError


def write(
    draft: Draft,
    path: Path,
    *,
    clean: bool = False,
    name: str = "",
    citations: Citations = Citations.COMMENTS,
) -> None:
    """Write a .docx or .md file; a clean copy has no sources. Raises UsageError for others.

    `name` is that of the version, by which a Word file is known when it comes back.
    """
    suffix = path.suffix.lower()
    if suffix == ".md":
        write_markdown(draft, path, clean=clean)
    elif suffix == ".docx":
        from app.draft.word import write_docx

        layout = Layout(citations, clean=clean)
        write_docx(draft, path, layout, name=name)
    else:
        raise UsageError(texts.bad_suffix(path.name))
