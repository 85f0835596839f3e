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


_KINDS = {int(kind): kind for kind in NodeKind}
# Plain integers: to look up and compare a member takes longer than all of `is_placement`.
_TERM, _HEADING, _PLACEMENT = map(int, NodeKind)


def term_node(term_id: int) -> int:
    """Return the node of a term."""
    return term_id << 2 | _TERM


def heading_node(heading_id: int) -> int:
    """Return the node of a heading."""
    return heading_id << 2 | _HEADING


def placement_node(placement_id: int) -> int:
    """Return the node of a placement."""
    return placement_id << 2 | _PLACEMENT


def group_node(place: int) -> int:
    """Return the node of a group of a flat list by its place, from 1 on; it is in no outline."""
    return place << 2


def is_group(node: int) -> bool:
    """Tell whether a node is a group's."""
    return not node & 3


def kind_of(node: int) -> NodeKind:
    """Return what a node is."""
    return _KINDS[node & 3]


def is_term(node: int) -> bool:
    """Tell whether a node is a term's."""
    return node & 3 == _TERM


def is_heading(node: int) -> bool:
    """Tell whether a node is a heading's."""
    return node & 3 == _HEADING


def is_placement(node: int) -> bool:
    """Tell whether a node is a placement's, where an action stands."""
    return node & 3 == _PLACEMENT


def row_id(node: int) -> int:
    """Return the id that the node's row has in its table."""
    return node >> 2
