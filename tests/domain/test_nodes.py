"""A node is one number that tells what it is and which row it stands for."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.nodes import (
    NodeKind,
    heading_node,
    is_heading,
    is_placement,
    is_term,
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
    assert (kind_of(node), row_id(node)) == (kind, wanted)
    assert (is_term(node), is_heading(node), is_placement(node)) == tuple(
        each is kind for each in NodeKind
    )


def test_nodes_of_different_kinds_never_meet():
    nodes = [make(number) for make in MAKERS.values() for number in range(1, 100)]
    assert len(set(nodes)) == len(nodes)
