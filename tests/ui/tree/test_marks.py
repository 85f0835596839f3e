"""What the list marks: hits, changed cells, what is as last time; and how it is read out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.search import Query
from kyodo_desktop.services import details, progress, rounds, structure
from kyodo_desktop.ui.tree.columns import BY_NAME, TreeColumn
from kyodo_desktop.ui.widgets import theme
from tests import edits
from tests.builders import action_of

BOOTH, FUND = "市民活動ブースの設置", "市民活動支援基金の創設"
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
SHOWN = [TreeColumn.TITLE, TreeColumn.STATUS, TreeColumn.PROGRESS]


def cells(hands):
    return hands.view.model().cells


def spoken(hands, title, column=TreeColumn.TITLE):
    return hands.index(title).siblingAtColumn(column).data(SPOKEN)


def test_a_hit_in_a_column_that_is_not_shown_is_told_with_its_field(hands):
    action_id = action_of(hands.workspace.outline, BOOTH)
    edits.set_note(hands.workspace, action_id, "庁舎一階の改修に合わせて検討した宝物庫の件")
    hands.pane.search(Query("宝物庫"))
    found = cells(hands).elsewhere(hands.node(BOOTH), SHOWN)
    assert found.startswith("備考：…")
    assert "宝物庫" in found


def test_a_hit_that_is_seen_is_told_nowhere_else(hands):
    hands.pane.search(Query("ブース"))
    assert cells(hands).elsewhere(hands.node(BOOTH), SHOWN) == ""
    assert cells(hands).hits(BOOTH) == [(4, 7)]


def test_a_hit_in_a_heading_is_not_looked_for_in_the_rows_below(hands):
    hands.pane.search(Query("環境づくり"))
    assert cells(hands).elsewhere(hands.node(BOOTH), SHOWN) == ""


def test_without_a_search_nothing_is_marked(hands):
    assert cells(hands).hits(BOOTH) == []
    assert cells(hands).elsewhere(hands.node(BOOTH), SHOWN) == ""


def open_another_round(hands):
    rounds.open_round(hands.workspace, "平成28年度", 2016, "2016-10-31")


def test_a_row_is_read_out_as_a_whole(hands):
    edits.set_due(hands.workspace, action_of(hands.workspace.outline, BOOTH), "H28.3")
    open_another_round(hands)
    assert spoken(hands, BOOTH) == (
        f"① {BOOTH}、完了の目途、前回のまま、完了予定 平成28年3月、期限超過"
    )
    assert "完了 2/7" in spoken(hands, "環境づくり")


def test_a_cell_is_read_with_its_column_and_its_row(hands):
    text = spoken(hands, BOOTH, TreeColumn.STATUS)
    assert text.startswith("状態、")
    assert text.endswith(f"① {BOOTH}")


def test_a_changed_cell_tells_what_it_was(hands):
    open_another_round(hands)
    outline = hands.workspace.outline
    action_id = action_of(outline, BOOTH)
    before = outline.lines[action_id][0].text
    assert cells(hands).before(hands.node(BOOTH), TreeColumn.PROGRESS) is None
    progress.set_line_text(hands.workspace, outline.lines[action_id][0].id, "開設した")
    assert cells(hands).before(hands.node(BOOTH), TreeColumn.PROGRESS) == before
    assert cells(hands).before(hands.node(BOOTH), TreeColumn.STATUS) is None
    hint = (
        hands.index(BOOTH).siblingAtColumn(TreeColumn.PROGRESS).data(Qt.ItemDataRole.ToolTipRole)
    )
    assert f"前回：{before}" in hint
    assert before in spoken(hands, BOOTH, TreeColumn.PROGRESS)


def test_what_is_confirmed_is_no_longer_as_last_time_and_nor_is_a_closed_round(hands):
    open_another_round(hands)
    node, other = hands.node(BOOTH), hands.node(FUND)
    assert cells(hands).is_carried(node)
    rounds.accept_carried(hands.workspace, [action_of(hands.workspace.outline, BOOTH)])
    assert not cells(hands).is_carried(node)
    assert cells(hands).is_carried(other)
    rounds.close_round(hands.workspace, hands.workspace.outline.round.id)
    assert not cells(hands).is_carried(other)


def test_at_least_twenty_rows_are_seen_on_a_small_screen(window):
    view = window.tree._view
    assert view.viewport().height() // view.rowHeight(view.model().index(0, 0)) >= 20


def choose_direction(hands, title):
    """Give an action another 今後の方向性 than last time."""
    open_another_round(hands)
    outline = hands.workspace.outline
    action_id = action_of(outline, title)
    field = action_fields.DIRECTION
    other = next(each for each in outline.directions if each != field.of(outline, action_id))
    details.set_value(hands.workspace, [action_id], field, other)


def colours(hands, title, column, rows=slice(None)):
    """Return the colours in which a cell is painted."""
    view = hands.view
    index = hands.index(title).siblingAtColumn(column)
    view.scrollTo(index)
    rect = view.visualRect(index)
    rect.setLeft(view.columns.sectionViewportPosition(column))
    image = view.viewport().grab(rect).toImage()
    lines = range(image.height())[rows]
    return [[image.pixelColor(x, y).name() for x in range(image.width())] for y in lines]


def test_a_change_in_a_column_that_is_not_shown_has_its_corner_at_the_name(hands):
    hands.pane.resize(1000, 640)
    accent = theme.tokens().accent.name()
    assert colours(hands, BOOTH, TreeColumn.TITLE)[1][-2] != accent
    choose_direction(hands, BOOTH)
    assert colours(hands, BOOTH, TreeColumn.TITLE)[1][-2] == accent
    hint = hands.index(BOOTH).data(Qt.ItemDataRole.ToolTipRole)
    assert "前回から変わった欄：今後の方向性" in hint
    hands.view.columns.show_column(TreeColumn.DIRECTION, True)
    assert colours(hands, BOOTH, TreeColumn.TITLE)[1][-2] != accent


@pytest.mark.parametrize("month", ["H23.4", "H23.12"])
def test_the_sign_of_a_late_month_stands_in_its_cell(hands, month):
    hands.pane.resize(1000, 640)
    edits.set_due(hands.workspace, action_of(hands.workspace.outline, FUND), month)
    open_another_round(hands)
    danger = theme.tokens().danger.name()
    assert danger in {each for line in colours(hands, FUND, TreeColumn.DUE) for each in line}
    beside = colours(hands, FUND, TreeColumn.PROGRESS)
    assert danger not in {each for line in beside for each in line[-20:]}
    assert danger not in {line[1] for line in colours(hands, FUND, TreeColumn.DUE)}


def test_the_name_of_a_group_runs_on_as_far_as_its_bar(hands):
    hands.pane.resize(1000, 640)
    head = hands.view.columns
    head.show_column(BY_NAME["note"], True)
    head.moveSection(head.visualIndex(BY_NAME["note"]), 1)
    structure.rename(hands.workspace, hands.node("活動拠点の整備"), "とても長い見出し" * 6)
    ground = theme.tokens().base.name()
    beside = colours(hands, "とても長い見出し" * 6, BY_NAME["note"], slice(4, -4))
    assert any(each != ground for line in beside for each in line)
