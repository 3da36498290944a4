"""The import rule of the design: who may import whom, read from the source itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = {"app", "eval", "index", "ingest", "prompts", "tests"}
MAY_IMPORT = {
    "index": {"index"},
    "prompts": {"prompts"},
    "ingest": {"ingest", "index"},
    "app": {"app", "ingest", "index", "prompts"},
    "eval": {"eval", "app", "ingest", "index", "prompts"},
}


def imports(source: str) -> set[str]:
    """Top-level names of the absolute imports anywhere in a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the package"
            found.add((node.module or "").partition(".")[0])
    return found


def test_imports_are_found_inside_functions_too() -> None:
    source = (
        "import a.b\ndef f():\n    from app.desk import x\nif True:\n    import eval.cases as c\n"
    )

    assert imports(source) == {"a", "app", "eval"}


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_a_package_imports_only_what_stands_below_it(package: str) -> None:
    modules = list((ROOT / package).rglob("*.py"))
    wrong = {
        str(module.relative_to(ROOT)): sorted(bad)
        for module in modules
        if (bad := imports(module.read_text("utf-8")) & OURS - MAY_IMPORT[package])
    }

    assert modules
    assert not wrong
