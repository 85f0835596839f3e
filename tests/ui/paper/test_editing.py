"""Cells of 紙面 that are typed into: what is saved, refused, given up, and where Tab goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel

from kyodo_desktop.domain import action_fields
from kyodo_desktop.services import progress, rounds
from kyodo_desktop.services.dump import dump
from kyodo_desktop.ui.widgets import theme
from tests.builders import action_of, node_of
from tests.ui.driving import outline, run

BOOTH = "市民活動ブースの設置"
SECTION = "協働のまちづくり推進課の設置"
FUND = "市民活動支援基金の創設"
PROGRESS, OUTLOOK, ACTION, NUMBER = "進捗状況", "今後の方向性", "実行計画", "番号"


@pytest.fixture
def paper(window):
    run(window, "show_paper")
    QApplication.processEvents()
    return window.features.paper.page


@pytest.fixture
def keys(qtbot, paper):
    def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), key, modifiers)
        QApplication.processEvents()

    return press


def go_to(paper, title, word):
    texts = paper.view.texts
    names = texts.column_names()
    column = names.index(ACTION)
    row = next(row for row in range(len(texts.table)) if texts.text(row, column) == title)
    paper.view.setFocus()
    paper.view.go_to(row, names.index(word))


def lines(window, title):
    found = outline(window).lines.get(action_of(outline(window), title), ())
    return [line.text for line in found]


def where(paper):
    """Return the title and the column that are typed into."""
    cell = paper.editor.cell
    texts = paper.view.texts
    return (
        None
        if cell is None
        else (texts.outline.title(cell.node), texts.column_names()[cell.column])
    )


def test_f2_lets_the_text_be_changed_and_tab_goes_on_to_the_direction(window, paper, keys):
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_F2)
    assert paper.editor.field.typed() == lines(window, FUND)[0]
    paper.editor.field.retype("検討を始めた")
    keys(Qt.Key.Key_Tab)
    assert lines(window, FUND) == ["検討を始めた"]
    assert where(paper) == (FUND, OUTLOOK)


def test_what_is_typed_on_a_cell_takes_the_place_of_its_text(window, paper, keys):
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_A)
    assert paper.editor.field.typed() == "a"


def test_esc_gives_the_old_text_back_and_leaves_no_step(window, paper, keys, qtbot):
    before = lines(window, FUND)
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_Return)
    paper.editor.field.retype("書きかけ")
    qtbot.waitUntil(lambda: lines(window, FUND) == ["書きかけ"])
    keys(Qt.Key.Key_Escape)
    assert lines(window, FUND) == before
    assert window.plan.workspace.undo_label is None
    assert paper.view.hasFocus()


def test_the_first_line_of_an_action_comes_with_the_first_word(window, paper, keys):
    line = outline(window).lines[action_of(outline(window), FUND)][0]
    progress.delete_line(window.plan.workspace, line.id)
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_F2)
    assert lines(window, FUND) == []
    paper.editor.field.retype("始めた")
    keys(Qt.Key.Key_Tab)
    assert lines(window, FUND) == ["始めた"]


def test_each_line_of_several_is_typed_into_for_itself(window, paper, keys):
    action = action_of(outline(window), FUND)
    progress.add_line(window.plan.workspace, action, "二行目")
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_F2)
    keys(Qt.Key.Key_Tab)
    assert paper.editor.field.typed() == "二行目"
    keys(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert [each.status_id for each in outline(window).lines[action]] == [3, 2]
    paper.editor.field.retype("二行目を直した")
    keys(Qt.Key.Key_Tab)
    assert lines(window, FUND)[1] == "二行目を直した"
    assert where(paper) == (FUND, OUTLOOK)
    keys(Qt.Key.Key_Backtab)
    assert paper.editor.field.typed() == "二行目を直した"


def test_ctrl_enter_confirms_and_goes_on_to_the_same_column_of_the_next(window, paper, keys):
    workspace = window.plan.workspace
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    action = action_of(outline(window), BOOTH)
    assert outline(window).is_carried(action)
    go_to(paper, BOOTH, PROGRESS)
    keys(Qt.Key.Key_F2)
    keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not outline(window).is_carried(action)
    assert where(paper) == (SECTION, PROGRESS)


def test_a_status_and_a_direction_are_given_while_the_text_is_typed(window, paper, keys):
    action = action_of(outline(window), FUND)
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_F2)
    paper.editor.field.retype("途中")
    keys(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert outline(window).status(action).label == "完了"
    assert paper.editor.field.typed() == "途中"
    keys(Qt.Key.Key_Tab)
    keys(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert (
        action_fields.DIRECTION.of(outline(window), action) == list(outline(window).directions)[1]
    )


@pytest.mark.parametrize("word", [NUMBER, ACTION])
def test_a_digit_gives_a_status_in_the_cells_of_number_and_name(window, paper, keys, word):
    action = action_of(outline(window), FUND)
    go_to(paper, FUND, word)
    keys(Qt.Key.Key_1)
    assert outline(window).status(action).label == "完了"
    assert paper.editor.cell is None


def test_a_digit_begins_the_text_of_a_progress(window, paper, keys):
    before = outline(window).status(action_of(outline(window), FUND))
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_2)
    assert outline(window).status(action_of(outline(window), FUND)) == before
    assert paper.editor.field.typed() == "2"


@pytest.mark.parametrize("is_typed_into", [False, True])
@pytest.mark.parametrize("word", [NUMBER, ACTION, PROGRESS])
def test_alt_and_a_digit_give_a_status_in_and_over_every_cell(
    window, paper, keys, word, is_typed_into
):
    action = action_of(outline(window), FUND)
    go_to(paper, FUND, word)
    if is_typed_into:
        keys(Qt.Key.Key_F2)
    keys(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert outline(window).status(action).label == "完了"
    assert (paper.editor.cell is not None) == is_typed_into


@pytest.mark.parametrize("is_typed_into", [False, True])
def test_alt_and_a_digit_give_a_direction_in_its_column(window, paper, keys, is_typed_into):
    action = action_of(outline(window), FUND)
    go_to(paper, FUND, OUTLOOK)
    if is_typed_into:
        keys(Qt.Key.Key_F2)
    for key, wanted in zip((Qt.Key.Key_1, Qt.Key.Key_2), outline(window).directions, strict=False):
        keys(key, Qt.KeyboardModifier.AltModifier)
        assert action_fields.DIRECTION.of(outline(window), action) == wanted


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_X])
def test_typing_on_a_heading_replaces_nothing(window, paper, keys, key):
    before = dump(window.plan.workspace)
    paper.view.setFocus()
    paper.view.go_to(1, 0)
    keys(key)
    assert paper.editor.cell is None
    keys(key, Qt.KeyboardModifier.AltModifier)
    assert dump(window.plan.workspace) == before
    keys(Qt.Key.Key_F2)
    assert paper.editor.cell is not None


def test_names_of_actions_and_of_headings_are_changed_in_place(window, paper, keys):
    go_to(paper, FUND, ACTION)
    keys(Qt.Key.Key_F2)
    paper.editor.field.retype("基金を創る")
    keys(Qt.Key.Key_Return)
    assert paper.editor.cell is None
    node_of(outline(window), "基金を創る")
    paper.view.go_to(0, 0)
    run(window, "rename")
    paper.editor.field.retype("場づくり")
    keys(Qt.Key.Key_Return)
    node_of(outline(window), "場づくり")


def test_a_name_that_is_refused_stays_with_the_reason(window, paper, keys):
    go_to(paper, FUND, ACTION)
    keys(Qt.Key.Key_F2)
    paper.editor.field.retype(" ")
    keys(Qt.Key.Key_Return)
    assert paper.editor.has_refused
    assert not window.commit()
    assert paper.editor.field.typed() == " "
    keys(Qt.Key.Key_Escape)
    assert paper.editor.cell is None
    node_of(outline(window), FUND)


def test_what_is_typed_is_in_the_journal_until_it_is_saved(window, paper, keys):
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_F2)
    paper.editor.field.retype("まだ保存していない文")
    window.features.typing.scan()
    assert [each.text for each in window.features.typing.journal.texts.values()] == [
        "まだ保存していない文"
    ]
    assert window.commit()
    window.features.typing.scan()
    assert not window.features.typing.journal.texts


def test_nothing_is_typed_into_a_closed_round_but_names(window, paper, keys):
    rounds.close_round(window.plan.workspace, outline(window).round.id)
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_F2)
    assert paper.editor.cell is None
    assert "確定済み" in window.toast.text
    go_to(paper, FUND, ACTION)
    keys(Qt.Key.Key_F2)
    assert where(paper) == (FUND, ACTION)


def test_an_input_method_begins_in_the_cell_and_keeps_what_it_composes(window, paper):
    go_to(paper, FUND, PROGRESS)
    QApplication.sendEvent(paper.view, QInputMethodEvent("けんとう", []))
    assert paper.editor.cell is not None
    assert paper.view.hasFocus()
    event = QInputMethodEvent()
    event.setCommitString("検討")
    QApplication.sendEvent(paper.view, event)
    assert paper.editor.field.typed() == "検討"
    assert paper.editor.field.hasFocus()


def test_an_edit_from_elsewhere_leaves_what_is_typed_alone(window, paper, keys):
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_F2)
    paper.editor.field.retype("入力中")
    progress.set_status(window.plan.workspace, [action_of(outline(window), BOOTH)], 1)
    assert paper.editor.field.typed() == "入力中"
    assert where(paper) == (FUND, PROGRESS)


def test_the_focus_elsewhere_saves_and_ends_the_typing(window, paper, keys, qtbot):
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_F2)
    paper.editor.field.retype("よそへ")
    paper.view.setFocus()
    qtbot.waitUntil(lambda: paper.editor.cell is None)
    assert lines(window, FUND) == ["よそへ"]


def test_ctrl_with_an_arrow_goes_on_in_the_same_column(window, paper, keys):
    go_to(paper, BOOTH, PROGRESS)
    keys(Qt.Key.Key_F2)
    paper.editor.field.retype("書いた")
    keys(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert where(paper) == (SECTION, PROGRESS)
    assert lines(window, BOOTH) == ["書いた"]
    keys(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert where(paper) == (BOOTH, PROGRESS)


def test_enter_on_a_number_leads_to_the_progress_beside_it(window, paper, keys):
    go_to(paper, FUND, NUMBER)
    keys(Qt.Key.Key_Return)
    assert where(paper) == (FUND, PROGRESS)


def test_alt_with_an_arrow_moves_the_row_and_ctrl_d_fills_the_cell_down(window, paper, keys):
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert outline(window).number(node_of(outline(window), FUND)) == "①"
    keys(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    run(window, "fill_down")
    assert lines(window, "市民活動支援補助金の創設") == lines(window, FUND)


def test_the_look_changes_while_a_cell_is_typed_into(window, paper, keys):
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_F2)
    paper.editor.field.retype("書きかけ")
    badge = paper.view.findChild(QLabel, "cell_badge")
    light = badge.pixmap().toImage()
    dark = theme.of_scheme(is_dark=True)
    theme.dress(dark, theme.palette_of(dark))
    QApplication.processEvents()
    is_other = badge.pixmap().toImage() != light
    bright = theme.of_scheme(is_dark=False)
    theme.dress(bright, theme.palette_of(bright))
    assert is_other
    assert paper.editor.field.typed() == "書きかけ"
    paper.editor.cancel()


def test_what_is_typed_for_one_round_never_comes_into_another(window, paper, keys):
    workspace = window.plan.workspace
    before = outline(window).round.id
    other = rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    workspace.show_round(before)
    go_to(paper, FUND, PROGRESS)
    keys(Qt.Key.Key_F2)
    paper.editor.field.retype("前の調査に書いた")
    workspace.show_round(other)
    assert paper.editor.cell is None
    assert paper.commit()
    assert "前の調査に書いた" not in lines(window, FUND)
    window.features.typing.scan()
    (kept,) = window.features.typing.journal.texts.values()
    assert kept.text == "前の調査に書いた"
    assert kept.place.endswith(f":{before}")
