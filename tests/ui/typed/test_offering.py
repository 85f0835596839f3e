"""What was typed and not saved is offered the next time, and nothing of it is lost by that."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
)

from kyodo_desktop.domain.inputs import TypedText
from kyodo_desktop.domain.nodes import row_id
from kyodo_desktop.services import progress, removing, rounds, structure
from kyodo_desktop.services.typing_journal import section_at, text_at
from tests import edits
from tests.builders import action_of, node_of
from tests.ui.driving import dialog, outline, run
from tests.ui.typed.hands import choose, press, rows

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ACTION, OTHER = "市民活動支援補助金の創設", "市民活動支援基金の創設"
AT = "2026-11-23T17:00:00+09:00"


def note(window, text="備考の書きかけ", title=ACTION):
    action_id = action_of(outline(window), title)
    return text_at(outline(window), edits.set_note, action_id, text, AT)


def drop_chosen(shown):
    press(shown, "drop")
    press(shown.findChild(QMessageBox), "drop_really")


def test_a_text_is_put_back_as_one_step_and_not_offered_again(window, leave_behind, offered):
    leave_behind(note(window))
    shown = offered()
    assert rows(shown) == [[f"1-(3)-① {ACTION}", "備考", "備考の書きかけ", "入力する前のまま"]]
    press(shown, "put")
    action_id = action_of(outline(window), ACTION)
    assert outline(window).actions[action_id].note == "備考の書きかけ"
    assert window.plan.workspace.undo_label == "備考を入力"
    assert window.tree.current_node() == node_of(outline(window), ACTION)
    assert not shown.isVisible()
    assert offered() is None


def test_nothing_is_asked_where_nothing_was_left(window, offered):
    assert offered() is None


def test_what_was_saved_after_all_is_not_asked_about(window, leave_behind, offered):
    leave_behind(
        note(window),
        text_at(outline(window), edits.set_due, action_of(outline(window), ACTION), "H30.11", AT),
    )
    edits.set_note(window.plan.workspace, action_of(outline(window), ACTION), "備考の書きかけ")
    edits.set_due(window.plan.workspace, action_of(outline(window), ACTION), "2018-11")
    assert offered() is None


def test_later_means_that_it_is_asked_again(window, leave_behind, offered):
    leave_behind(note(window))
    press(offered(), "later")
    assert len(rows(offered())) == 1


def test_what_is_thrown_away_is_asked_about_no_more(window, leave_behind, offered):
    leave_behind(note(window), note(window, title=OTHER))
    shown = offered()
    choose(shown, 0)
    drop_chosen(shown)
    assert [each[0] for each in rows(shown)] == [f"1-(3)-② {OTHER}"]
    press(shown, "later")
    assert len(rows(offered())) == 1


def test_where_the_plan_says_something_else_by_now_both_are_shown(window, leave_behind, offered):
    leave_behind(
        note(window), note(window, title=OTHER), note(window, "第三", "市民活動表彰の創設")
    )
    edits.set_note(window.plan.workspace, action_of(outline(window), ACTION), "他の人の備考")
    shown = offered()
    assert rows(shown)[0][3] == "変わっています"
    choose(shown, 0)
    for name, text in (("now", "他の人の備考"), ("typed", "備考の書きかけ"), ("before", "")):
        side = shown.findChild(QPlainTextEdit, f"text_{name}")
        assert side.isVisible()
        assert side.toPlainText() == text
    press(shown, "put_all")
    assert outline(window).actions[action_of(outline(window), ACTION)].note == "他の人の備考"
    assert outline(window).actions[action_of(outline(window), OTHER)].note == "備考の書きかけ"
    assert shown.findChild(QPushButton, "put").text().startswith("入力した文字に置き換える")
    press(shown, "put")
    assert outline(window).actions[action_of(outline(window), ACTION)].note == "備考の書きかけ"


def test_each_kind_of_field_is_put_back(window, leave_behind, offered):
    shown, action_id = outline(window), action_of(outline(window), ACTION)
    node, heading = node_of(shown, ACTION), node_of(shown, "環境づくり")
    line = shown.lines[action_id][0].id
    for save, row, text in (
        (structure.rename, node, "新しい名"),
        (structure.rename, heading, "新しい見出し"),
        (structure.renumber, node, "⑨"),
        (structure.renumber, heading, "9"),
        (progress.set_line_text, line, "行の文"),
        (edits.set_outlook_text, action_id, "今後の文"),
        (edits.set_due, action_id, "H30.11"),
        (edits.set_description, action_id, "内容の文"),
        (rounds.set_opinion, heading, "意見の文"),
        (rounds.set_response, heading, "対応の文"),
    ):
        leave_behind(text_at(shown, save, row, text, AT))
    press(offered(), "put_all")
    assert offered() is None, "the plan says all of it"
    assert outline(window).title(node) == "新しい名"
    assert outline(window).opinions[row_id(heading)][3:] == ("意見の文", "対応の文")


def test_a_text_of_an_older_round_goes_into_that_round(window, leave_behind, offered):
    workspace, action_id = window.plan.workspace, action_of(outline(window), ACTION)
    first = outline(window).round.id
    leave_behind(text_at(outline(window), edits.set_outlook_text, action_id, "前の調査で", AT))
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    assert outline(window).round.id != first
    press(offered(), "put")
    assert outline(window).round.id == first
    assert outline(window).outlooks[action_id].text == "前の調査で"


def test_what_was_typed_for_a_row_that_is_gone_can_be_copied(window, leave_behind, offered):
    leave_behind(note(window))
    removing.delete(window.plan.workspace, [node_of(outline(window), ACTION)])
    shown = offered()
    assert rows(shown)[0][3] == "行がありません"
    assert not shown.findChild(QPushButton, "put").isEnabled()
    press(shown, "copy")
    assert QGuiApplication.clipboard().text() == "備考の書きかけ"


def test_what_does_not_fit_stays_and_says_why(window, leave_behind, offered):
    action_id = action_of(outline(window), ACTION)
    leave_behind(text_at(outline(window), edits.set_due, action_id, "いつか", AT))
    shown = offered()
    press(shown, "put")
    assert "完了予定" in shown.findChild(QLabel, "error").text()
    assert len(rows(shown)) == 1
    assert shown.isVisible()


def test_the_name_of_a_section_waits_in_its_entry(window, leave_behind, offered, on_disk):
    action_id = action_of(outline(window), ACTION)
    leave_behind(section_at(outline(window), [action_id], "危機管理", AT))
    press(offered(), "put")
    fields = window.editor.findChildren(QComboBox, "section_name")
    assert [each.currentText() for each in fields if each.isVisible()] == ["危機管理"]
    assert on_disk() == {f"sections:{action_id}": "危機管理"}, "the journal of this window has it"
    assert offered() is None
    for each in fields:
        each.lineEdit().clear()


def test_a_plan_that_may_only_be_read_lets_them_be_copied(
    window, leave_behind, offered, sample_file
):
    leave_behind(note(window))
    window.files.release()
    assert window.files.open(sample_file, read_only=True)
    shown = offered()
    for name in ("put", "put_all"):
        button = shown.findChild(QPushButton, name)
        assert not (button.isVisible() and button.isEnabled())
    press(shown, "copy")
    assert QGuiApplication.clipboard().text() == "備考の書きかけ"
    press(shown, "later")
    assert len(rows(offered())) == 1


def test_a_plan_that_was_renamed_is_known_again(window, leave_behind, offered, sample_file, qtbot):
    leave_behind(note(window))
    window.files.release()
    renamed = sample_file.rename(sample_file.with_name("別の名前.kyodo"))
    assert window.files.open(renamed)
    qtbot.waitUntil(lambda: window.features.typed._dialog is not None)
    assert rows(window.features.typed._dialog)[0][1] == "備考"


def test_an_old_text_says_its_age(window, leave_behind, offered):
    leave_behind(note(window)._replace(at="2026-06-01T09:00:00+09:00"))
    tree = offered().findChild(QTreeWidget, "typed_texts")
    assert "（175日前）" in tree.topLevelItem(0).text(4)


def test_closing_the_plan_ends_the_question_and_keeps_the_texts(window, leave_behind, offered):
    leave_behind(note(window))
    shown = offered()
    file = window.plan.path
    window.files.release()
    assert not shown.isVisible()
    assert window.files.open(file)
    assert len(rows(offered())) == 1


# Pages that are more than a text


def test_the_next_term_is_gone_on_with(window, on_disk, leave_behind, offered):
    run(window, "next_term")
    page = dialog(window)
    old = page.findChild(QTreeWidget, "old_tree")
    old.setCurrentItem(old.topLevelItem(0))
    window.features.typing.scan()
    assert on_disk() == {}, "nothing was chosen yet"
    page._controller.do(_dropping(page))
    page.findChild(QPushButton, "add_heading").click()
    page._name.setText("次期の名")
    before = page.draft
    assert on_disk()
    (kept,) = window.features.typing.journal.texts.values()
    page.hide()
    window.features.typing.scan()
    leave_behind(kept)
    shown = offered()
    assert shown.findChild(QPushButton, "put").text().startswith("続きから開く")
    press(shown, "put")
    again = dialog(window)
    assert again.draft == before
    assert "state:next_term" in on_disk()
    again.done(0)
    assert on_disk() == {}


def _dropping(page):
    from kyodo_desktop.domain.next_term import editing
    from kyodo_desktop.domain.plan import Choice

    first = next(iter(page._controller.draft.dispositions))
    return lambda draft: editing.choose(draft, [first], Choice.DROP)


def test_a_page_that_cannot_be_gone_on_with_says_why_and_stays(window, leave_behind, offered):
    leave_behind(TypedText("state:next_term", "画面", "ここまで", "", "概要", AT, "{}"))
    leave_behind(
        TypedText(
            "state:import",
            "画面",
            "ここまで",
            "",
            "表",
            AT,
            json.dumps({"path": "x", "mapping": ""}),
        )
    )
    shown = offered()
    for place in (0, 1):
        choose(shown, place)
        press(shown, "put")
        assert shown.findChild(QLabel, "error").text()
        assert len(rows(shown)) == 2


def test_a_table_is_read_on_as_it_was_being_read(
    window, on_disk, leave_behind, offered, qtbot, tmp_path
):
    table = tmp_path / "見本.csv"
    table.write_text(
        "番号,取組,担当課,評価,実績\n1,講座の開催,市民協働課,○,開いた。\n2,手引,広報課,△,途中。\n",
        encoding="utf-8-sig",
    )
    window.features.imports.import_table(table)
    page = dialog(window)
    qtbot.waitSignal(page.settled).wait()
    assert on_disk() == {}, "nobody has chosen anything"
    chosen = page.reader.mapping._replace(title="人が付けた名")
    with qtbot.waitSignal(page.settled):
        page._choose(chosen)
    (kept,) = (on_disk() and window.features.typing.journal.texts).values()
    page.reject()
    assert on_disk() == {}
    leave_behind(kept)
    press(offered(), "put")
    again = dialog(window)
    assert "state:import" in on_disk()
    qtbot.waitUntil(lambda: again.found is not None and again.reader.mapping == chosen)
    again.reject()


def test_letting_go_of_a_dialog_text_leaves_only_copying(window, leave_behind, offered):
    leave_behind(
        TypedText("dialog:RoundDialog:name", "画面「新しい調査」", "名前", "", "平成", AT)
    )
    shown = offered()
    assert not shown.findChild(QPushButton, "put").isEnabled()
    press(shown, "copy")
    assert QGuiApplication.clipboard().text() == "平成"
