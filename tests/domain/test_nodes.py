"""A node is one number that tells what it is and which row it stands for."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.nodes import (
    NodeKind,
    heading_node,
    kind_of,
    placement_node,
    row_id,
    term_node,
)

MAKERS = {
    NodeKind.TERM: term_node,
    NodeKind.HEADING: heading_node,
    NodeKind.PLACEMENT: placement_node,
}


@pytest.mark.parametrize("kind", NodeKind)
@pytest.mark.parametrize("wanted", [1, 2, 100_000, 2**61])
def test_a_node_tells_its_kind_and_its_row(kind, wanted):
    node = MAKERS[kind](wanted)
    assert (kind_of(node), row_id(node), node & 3) == (kind, wanted, kind)


def test_nodes_of_different_kinds_never_meet():
    nodes = [make(number) for make in MAKERS.values() for number in range(1, 100)]
    assert len(set(nodes)) == len(nodes)
