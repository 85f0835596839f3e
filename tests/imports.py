"""What each module imports, read from its source: imports inside functions count as well."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def parsed(path: Path) -> ast.Module:
    """Return the source of a module as a tree, which many look at and nobody changes."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_in(path: Path) -> tuple[ast.AST, ...]:
    """Return all nodes of a module's tree."""
    return tuple(ast.walk(parsed(path)))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Return the full names that a module imports, wherever in it."""
    names = []
    for node in nodes_in(path):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by a relative name"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return tuple(names)
