"""Tells alike headings of several terms apart by the names of their terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import row_id

if TYPE_CHECKING:
    from collections.abc import Collection

    from kyodo_desktop.domain.outline import Outline


def term_of(outline: Outline, node: int) -> int:
    """Return the id of the term that a node is in; a term is in itself."""
    return row_id([node, *outline.ancestors(node)][-1])


def in_term(outline: Outline, node: int, text: str, among: Collection[int]) -> str:
    """Return what is said of a node, behind its term where it stands among several terms."""
    if len(among) <= 1:
        return text
    return f"{outline.terms[term_of(outline, node)].name}　{text}"
