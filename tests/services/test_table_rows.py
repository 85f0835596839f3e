"""The lines of a printed table become headings, actions, placements and progress."""

from __future__ import annotations

from contextlib import closing

import pytest

from kyodo_desktop.domain.nodes import term_node
from kyodo_desktop.services.table_rows import Entry, Line, Target, add_entries
from tests.builders import opened

ONE = (Line("✓", "済"),)
TWO = (Line("✓", "済"), Line("・", "中"))


@pytest.fixture
def labels(sample_file, clock):
    """A function that adds entries to the later term and returns the outline and its labels."""

    def labels(*entries):
        with closing(opened(sample_file, clock)) as plan:
            marks = {each.mark: each.id for each in plan.workspace.outline.statuses.values()}
            with plan.workspace.transact("取込") as session:
                add_entries(session, entries, Target(2, 1, marks, ("1", "(1)", "①")))
            outline = plan.workspace.outline
        return outline, [outline.label(node) for node in outline.below(term_node(2))]

    return labels


def test_headings_are_made_once_and_keep_their_order(labels):
    _, found = labels(
        Entry(("1 環境", "(1) 拠点"), "①", "ブース", ONE),
        Entry(("2 体制", "(1) 職員"), "①", "研修", ONE),
        Entry(("1 環境", "(1) 拠点"), "②", "センター", TWO),
    )
    assert found == [
        "1 環境",
        "(1) 拠点",
        "① ブース",
        "② センター",
        "2 体制",
        "(1) 職員",
        "① 研修",
    ]


def test_a_number_that_does_not_follow_from_the_place_is_kept_as_printed(labels):
    outline, found = labels(
        Entry(("1 環境", "(2) 拠点"), "①", "ブース", ONE),
        Entry(("1 環境", "(2) 拠点"), "①", "センター", ONE),
    )
    assert found == ["1 環境", "(2) 拠点", "① ブース", "① センター"]
    added = [outline.headings[key].number for key in sorted(outline.headings)[-2:]]
    assert added == ["", "(2)"]


def test_only_entries_that_agree_in_title_and_lines_are_one_action(labels):
    place = ("1 環境", "(1) 拠点")
    outline, _ = labels(
        Entry(place, "①", "ブース", ONE),
        Entry(("2 体制", "(1) 職員"), "①", "ブース", ONE),
        Entry(("2 体制", "(2) 研修"), "①", "ブース", TWO),
    )
    added = [each for each in outline.actions.values() if each.title == "ブース"]
    assert [len(outline.placed[each.id]) for each in added] == [2, 1]
    assert [len(outline.lines[each.id]) for each in added] == [1, 2]
