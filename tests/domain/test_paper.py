"""The rows of 紙面, over which of them a heading is merged, and where its pages end."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import paper
from kyodo_desktop.domain.nodes import heading_node, term_node
from tests.outlines import noted

PLAN = """
前期
  環境
    拠点
      ブース: ✓
      センター: ◇
    資金
      基金: ・
  担い手
後期
  情報
    広報
      紙面: ✓
"""
LEAST = 28


@pytest.fixture
def outline():
    return noted(PLAN)


def table(outline, *terms):
    rows = paper.rows_of(outline, terms or [term_node(1)])
    return paper.PaperTable(rows, len(outline.levels) - 1)


def words(outline, rows):
    return [
        "/".join([*map(outline.title, row.path), outline.title(row.node) if row.node else ""])
        for row in rows
    ]


def test_each_action_has_a_row_and_so_has_a_heading_without_any(outline):
    assert words(outline, table(outline).rows) == [
        "環境/拠点/ブース",
        "環境/拠点/センター",
        "環境/資金/基金",
        "担い手/",
    ]


def test_several_terms_begin_each_with_a_row_of_their_own(outline):
    rows = table(outline, *outline.roots).rows
    assert [row.is_term for row in rows] == [True, False, False, False, False, True, False]


def test_only_what_is_found_has_rows(outline):
    found = {term_node(1): [heading_node(1)], heading_node(1): [heading_node(3)]}
    children = lambda node: found.get(node, ())  # noqa: E731
    assert words(outline, paper.rows_of(outline, [term_node(1)], children)) == ["環境/資金/"]


def test_a_heading_is_merged_over_all_that_stands_below_it(outline):
    merged = table(outline)
    assert merged.run(1, 0) == (0, 3)
    assert merged.run(1, 1) == (0, 2)
    assert merged.run(2, 1) == (2, 3)
    assert merged.heading(3, 1) is None


def settled(outline, needed):
    """Return the heights of the rows where headings need so much."""
    merged = table(outline)

    def heading_height(row, level):
        return needed.get(outline.title(merged.heading(row, level)), LEAST)

    return [
        paper.settled(merged, row, lambda _: LEAST, heading_height, LEAST)
        for row in range(len(merged))
    ]


def test_the_last_row_gives_what_a_heading_needs_beyond_its_rows(outline):
    assert settled(outline, {"拠点": 60, "資金": 47}) == [28, 32, 47, 28]
    assert settled(outline, {"拠点": 60, "環境": 130}) == [28, 32, 70, 28]
