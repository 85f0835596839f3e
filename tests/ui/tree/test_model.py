"""The tree's model, watched by Qt's own tester."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from kyodo_desktop.domain.assembly import children_of
from kyodo_desktop.domain.counting import Tally
from kyodo_desktop.domain.nodes import row_id
from kyodo_desktop.domain.search import Query, SearchIndex
from kyodo_desktop.domain.tree_filter import TreeFilter
from kyodo_desktop.ui.tree.cells import ItemRole, PlanCells
from kyodo_desktop.ui.tree.columns import TreeColumn
from kyodo_desktop.ui.tree.model import PlanTreeModel, row_steps
from tests.builders import node_of
from tests.outlines import noted

PLAN = noted("""
前期
  環境づくり
    拠点
      ブース: ✓
      センター: ◇
      倉庫:
    支援
      補助金: ・
      基金: ×
  体制
    連携
      ブース:
後期
""")
COPY = Qt.DropAction.MoveAction


class Shown:
    """A model that shows the plan, and the tester that watches it."""

    def __init__(self):
        self.model = PlanTreeModel()
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        self.show(PLAN)

    def show(self, plan, query=None, **how):
        self.plan = plan
        tree_filter = None if query is None else TreeFilter(plan, SearchIndex(plan), query)
        self.model.show(plan, PlanCells(plan, Tally(plan), "2015-10"), tree_filter, **how)

    def at(self, title, column=TreeColumn.TITLE, *, nth=0):
        return self.model.index_of(node_of(self.plan, title, nth=nth), column)

    def under(self, index=None):
        index = index or QModelIndex()
        rows = range(self.model.rowCount(index))
        return [self.model.index(row, 0, index).data() for row in rows]


@pytest.fixture
def shown(qapp):
    return Shown()


def without(plan, title):
    """Return the plan after the action is deleted from its first place."""
    gone = row_id(node_of(plan, title))
    placements = {key: value for key, value in plan.placements.items() if key != gone}
    children = children_of(plan.headings.values(), placements.values())
    return replace(plan, placements=placements, children=children)


def test_rows_stand_as_they_are_printed(shown):
    assert shown.under() == ["前期　平成23～27年度", "後期　平成23～27年度"]
    assert shown.under(shown.at("前期")) == ["1 環境づくり", "2 体制"]
    assert shown.under(shown.at("拠点")) == ["① ブース", "② センター", "③ 倉庫"]


def test_a_relisting_says_that_it_is_one(shown):
    assert shown.at("ブース", nth=1).data() == "① ブース（再掲）"


def test_every_index_knows_its_parent_and_its_node(shown):
    index = shown.at("補助金")
    assert index.parent() == shown.at("支援")
    assert index.data(ItemRole.NODE) == node_of(PLAN, "補助金")


def test_an_action_shows_mark_and_word_of_its_status(shown):
    assert shown.at("ブース", TreeColumn.STATUS).data() == "✓ 完了"
    assert shown.at("倉庫", TreeColumn.STATUS).data() == "未記入"
    assert shown.at("環境づくり", TreeColumn.STATUS).data() == "", "its name runs over that"


def bar_of(shown, title):
    """Return the text beside a bar, and its shares by mark."""
    bar = shown.model.cells.bar(node_of(shown.plan, title))
    return bar and (bar.text, [(each.mark if each else "", count) for each, count in bar.shares])


def test_a_heading_has_a_bar_of_what_is_counted_below(shown):
    shares = [("✓", 1), ("◇", 1), ("・", 1), ("", 1)]
    assert bar_of(shown, "環境づくり") == ("完了 1/4", shares)
    assert shown.at("環境づくり", TreeColumn.PROGRESS).data() == "完了 1/4"
    assert bar_of(shown, "後期") is None


def test_a_filter_leaves_what_answers_the_query(shown):
    shown.show(PLAN, Query("ブース"))
    assert shown.under() == ["前期　平成23～27年度"]
    assert shown.under(shown.at("拠点")) == ["① ブース"]
    assert not shown.at("支援").isValid()


def test_the_first_search_after_the_tree_was_looked_at_moves_rows_only(shown, qtbot):
    with qtbot.assertNotEmitted(shown.model.modelReset):
        shown.show(PLAN, Query("ブース"))
        shown.show(PLAN)
    assert shown.under(shown.at("拠点")) == ["① ブース", "② センター", "③ 倉庫"]


def test_a_search_that_hides_what_a_view_keeps_begins_anew(shown, qtbot):
    kept = QPersistentModelIndex(shown.at("基金"))
    with qtbot.waitSignal(shown.model.modelReset):
        shown.show(PLAN, Query("ブース"))
    assert not kept.isValid()


def test_a_deleted_row_goes_without_a_reset(shown, qtbot):
    kept = QPersistentModelIndex(shown.at("倉庫"))
    with qtbot.assertNotEmitted(shown.model.modelReset):
        shown.show(without(PLAN, "センター"))
    assert (kept.row(), kept.data()) == (1, "② 倉庫")


def test_a_moved_row_begins_anew(shown, qtbot):
    heading = node_of(PLAN, "拠点")
    children = dict(PLAN.children)
    children[heading] = children[heading][::-1]
    with qtbot.waitSignal(shown.model.modelReset):
        shown.show(replace(PLAN, children=children))
    assert shown.under(shown.at("拠点"))[0].endswith("倉庫")


def test_contents_are_told_with_all_that_stands_above(shown):
    told = []
    shown.model.dataChanged.connect(lambda first, _last, _roles: told.append(first.data()))
    shown.model.repaint([node_of(PLAN, "補助金")])
    assert told == ["① 補助金", "(2) 支援", "1 環境づくり", "前期　平成23～27年度"]


def drop(shown, titles, row, parent):
    data = shown.model.mimeData([shown.at(title) for title in titles])
    return shown.model.dropMimeData(data, COPY, row, 0, shown.at(parent))


def test_an_action_can_be_dropped_before_another(shown, qtbot):
    with qtbot.waitSignal(shown.model.move_requested) as asked:
        drop(shown, ["補助金"], 1, "拠点")
    assert asked.args == [
        [node_of(PLAN, "補助金")],
        node_of(PLAN, "拠点"),
        node_of(PLAN, "センター"),
    ]


def test_dropping_behind_the_last_row_in_sight_keeps_what_is_hidden_behind_it(shown, qtbot):
    shown.show(PLAN, Query("づくり センター"))
    with qtbot.waitSignal(shown.model.move_requested) as asked:
        drop(shown, ["センター"], 1, "拠点")
    assert asked.args[2] == node_of(PLAN, "倉庫")


def test_an_action_cannot_be_dropped_on_a_term_and_the_reason_is_known(shown, qtbot):
    with qtbot.assertNotEmitted(shown.model.move_requested):
        drop(shown, ["補助金"], -1, "前期")
    assert "見出し" in shown.model.refusal


def test_a_row_of_another_window_is_not_taken(shown):
    other = Shown()
    data = other.model.mimeData([other.at("補助金")])
    assert not shown.model.canDropMimeData(data, COPY, -1, 0, shown.at("拠点"))


def test_a_plan_for_reading_offers_neither_renaming_nor_dragging(shown):
    shown.model.set_editable(False)
    flags = shown.at("倉庫").flags()
    assert not flags & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled)
    assert not shown.at("拠点").flags() & Qt.ItemFlag.ItemIsDropEnabled


def test_a_term_that_is_over_shows_only_what_is_recorded(shown):
    both = noted(
        "前期\n  環境\n    ブース: ✓\n    倉庫:\n  体制\n    連携:\n"
        "後期\n  環境\n    窓口:\n    受付: ・"
    )
    shown.show(replace(both, round=both.round._replace(fiscal_year=2016)), anew=True)
    assert [bar_of(shown, each) for each in ("前期", "環境")] == [("完了 1/1", [("✓", 1)])] * 2


PARTS = st.sets(st.integers(1, 12)).map(lambda nodes: tuple(sorted(nodes)))


@given(before=PARTS, after=PARTS)
def test_the_steps_lead_from_one_part_to_the_other(before, after):
    steps = row_steps(before, after)
    rows = list(before)
    for first, last in steps.away:
        del rows[first : last + 1]
    for first, last in steps.added:
        rows[first:first] = after[first : last + 1]
    assert tuple(rows) == after


def test_nothing_is_done_where_nothing_changes():
    assert row_steps((1, 2), (1, 2)) == ((1, 2), [], [])


def test_rows_that_stand_together_go_together():
    assert row_steps((1, 2, 3, 4, 5), (1, 4)).away == [(4, 4), (1, 2)]


def test_rows_that_change_places_have_no_steps():
    assert row_steps((1, 2, 3), (2, 1, 3)) is None
