"""The tree's nodes as single integers, so that a view needs to carry nothing else.

A term, a heading and a placement may have the same database id; the kind sits in the
two lowest bits.
"""

from __future__ import annotations

from enum import IntEnum


class NodeKind(IntEnum):
    """What a node of the tree is."""

    TERM = 1
    HEADING = 2
    PLACEMENT = 3


def term_node(term_id: int) -> int:
    """Return the node of a term."""
    return term_id << 2 | NodeKind.TERM


def heading_node(heading_id: int) -> int:
    """Return the node of a heading."""
    return heading_id << 2 | NodeKind.HEADING


def placement_node(placement_id: int) -> int:
    """Return the node of a placement."""
    return placement_id << 2 | NodeKind.PLACEMENT


def kind_of(node: int) -> NodeKind:
    """Return what a node is; the hottest loops read `node & 3` themselves."""
    return NodeKind(node & 3)


def row_id(node: int) -> int:
    """Return the id that the node's row has in its table."""
    return node >> 2
