"""What goes out is chosen in one dialog, which offers what is possible and says what it does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QPushButton,
    QRadioButton,
    QWidget,
)

from kyodo_desktop.domain import narrowing
from kyodo_desktop.domain.narrowing import Narrowing
from kyodo_desktop.outputs import Foresight
from kyodo_desktop.pages.options import (
    PUBLISHED_COLUMNS,
    Edition,
    HeadingStyle,
    Paper,
    ReportOptions,
    SheetUnit,
)
from kyodo_desktop.pages.saved_options import SavedOptions
from kyodo_desktop.services.structure import add_action, add_heading
from kyodo_desktop.ui.export.dialog import ExportDialog, ExportDraft
from kyodo_desktop.ui.export.several import SeveralButton, TickList
from kyodo_desktop.ui.widgets.forms import FormField
from kyodo_desktop.ui.widgets.plain import Label

USUAL = SavedOptions(ReportOptions(), (".xlsx",))
LAST_TIME = SavedOptions(
    ReportOptions(
        Edition.INTERNAL,
        parts=("集計", "進捗状況一覧", "要確認"),
        paper=Paper.A3_LANDSCAPE,
        columns=PUBLISHED_COLUMNS,
        headings=HeadingStyle.COLUMNS,
        unit=SheetUnit.ACTION,
        font="UD デジタル 教科書体",
        narrowing=Narrowing(terms=("前期",), statuses=("完了", "未記入")),
    ),
    (".xlsx", ".txt"),
)


@pytest.fixture
def shown(qtbot, workspace):
    def shown(chosen=USUAL, saved=None, **more) -> ExportDialog:
        draft = ExportDraft(workspace.outline, chosen, saved or {}, open_afterwards=False, **more)
        dialog = ExportDialog(draft)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return shown


def part(dialog, name, kind=QCheckBox):
    return dialog.findChild(kind, name)


def choose_edition(dialog, label):
    next(e for e in dialog.findChildren(QRadioButton) if e.text().startswith(label)).click()


def note(dialog):
    return part(dialog, "what_goes_out", Label).text()


def test_of_the_forms_that_are_public_in_either_edition_it_is_told(shown):
    dialog = shown()
    choose_edition(dialog, "庁内用")
    assert "公開する項目だけ" not in note(dialog)
    for ending in (".csv", ".txt"):
        dialog._forms[ending].setChecked(True)
    assert "「公開データ」「テキスト版（音声読み上げ用）」は、公開する項目だけです。" in note(
        dialog
    )
    choose_edition(dialog, "公開用")
    assert "公開する項目だけ" not in note(dialog)


def test_a_longer_note_presses_no_other_text(shown, qtbot):
    dialog = shown(foresee=lambda _options: Foresight(has_font=False))
    for ending in (".csv", ".txt"):
        dialog._forms[ending].setChecked(True)
    choose_edition(dialog, "公開用")
    font_note = part(dialog, "font_note", Label)
    qtbot.waitUntil(font_note.isVisible)
    dialog.resize(dialog.width(), dialog.layout().totalHeightForWidth(dialog.width()))
    choose_edition(dialog, "庁内用")
    assert "公開する項目だけ" in note(dialog)
    QApplication.processEvents()
    assert font_note.height() >= font_note.heightForWidth(font_note.width())


@pytest.mark.parametrize("chosen", [USUAL, LAST_TIME])
def test_what_is_not_changed_comes_out_as_it_went_in(shown, chosen):
    dialog = shown(chosen)
    assert dialog.chosen == chosen
    assert not dialog.open_afterwards


def test_everything_can_be_chosen(shown):
    dialog = shown()
    part(dialog, "parts", TickList).tick(("進捗状況一覧", "進行管理シート"))
    for name in ("progress", "outlook"):
        part(dialog, name).setChecked(False)
    for name, text in (
        ("paper", "A4縦"),
        ("font", "ＭＳ 明朝"),
        ("headings", "列（左に結合）"),
        ("unit", "実行計画ごと"),
    ):
        part(dialog, name, QComboBox).setCurrentText(text)
    part(dialog, ".txt").setChecked(True)
    choose_edition(dialog, "公開用")
    options, endings = dialog.chosen
    assert endings == (".xlsx", ".txt")
    assert options == ReportOptions(
        Edition.PUBLIC,
        ("進捗状況一覧", "進行管理シート"),
        Paper.A4_PORTRAIT,
        ("number", "action", "section", "previous_status", "current_status", "due"),
        HeadingStyle.COLUMNS,
        SheetUnit.ACTION,
        "ＭＳ 明朝",
    )


def test_internal_parts_are_out_of_the_public_edition_and_come_back_as_they_were(shown):
    dialog = shown(LAST_TIME)
    parts = part(dialog, "parts", TickList)
    choose_edition(dialog, "公開用")
    (row,) = parts.findItems("要確認", Qt.MatchFlag.MatchStartsWith)
    assert row.text() == "要確認（公開用には入りません）"
    assert not row.flags() & Qt.ItemFlag.ItemIsEnabled
    assert row.checkState() is Qt.CheckState.Unchecked
    assert "要確認" not in dialog.chosen.options.shown
    assert "内部の項目（備考・要確認・履歴・連絡先など）は含みません" in note(dialog)
    choose_edition(dialog, "庁内用")
    assert (row.text(), row.checkState()) == ("要確認", Qt.CheckState.Checked)
    assert dialog.chosen == LAST_TIME
    parts.tick(("要確認",))
    choose_edition(dialog, "公開用")
    dialog.accept()
    assert dialog.isVisible(), "nothing is left that may be said"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_what_is_told_of_the_plan_is_chosen_by_key_and_mouse_and_counted(shown):
    dialog = shown()
    assert "調査「平成27年度」（確定前）の実行計画32件を出力します。" in note(dialog)
    statuses = part(dialog, "statuses", SeveralButton)
    menu = statuses.menu()
    menu.popup(QPoint())
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible(), "another one may be chosen"
    QTest.mouseClick(
        menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[-1]).center()
    )
    assert menu.isVisible()
    menu.close()
    assert statuses.chosen == ("完了", "未記入")
    assert statuses.accessibleName() == "状態：完了、未記入"
    assert "実行計画のうち" in note(dialog)
    part(dialog, "terms", SeveralButton).choose(("後期",))
    assert "当てはまる実行計画がありません" in note(dialog)
    assert dialog.expect_chosen() is None
    menu.actions()[0].trigger()
    assert (statuses.chosen, statuses.text()) == ((), "すべて")


def test_the_headings_are_those_of_the_chosen_terms(shown, workspace):
    heading = add_heading(workspace, workspace.outline.roots[1], "次の柱")
    add_action(workspace, add_heading(workspace, heading, "次の施策"), "次の取組")
    dialog = shown()
    terms, tops = (part(dialog, each, SeveralButton) for each in ("terms", "tops"))
    assert tops.choose(("1 次の柱",)) == ["1 次の柱"], "the round says nothing of the term"
    (first, *_) = narrowing.words_of(workspace.outline).headings
    tops.choose((first,))
    terms.choose(("後期",))
    assert tops.chosen == ()
    assert f"選んであった「{first}」は、選んだ期にないため外しました。" in note(dialog)
    assert tops.choose(("1 次の柱",)) == []
    assert "実行計画のうち1件を出力します。対象：後期、1 次の柱" in note(dialog)
    terms.choose(())
    assert first in tops._words


def test_choices_with_a_name_are_taken_and_what_the_plan_lost_is_named(shown, qtbot):
    lost = LAST_TIME.options.narrowing.__class__(sections=("昔の課",), statuses=("完了",))
    gone = SavedOptions(ReportOptions(narrowing=lost), (".txt", ".doc"))
    dialog = shown(saved={"前の形": LAST_TIME, "昔の形": gone})
    names = part(dialog, "saved", QComboBox)
    delete = part(dialog, "delete", QPushButton)
    assert not delete.isEnabled()
    for name in ("前の形", "昔の形"):
        names.setCurrentText(name)
        names.activated.emit(names.currentIndex())
        assert dialog.saved_name == name
        if name == "前の形":
            assert dialog.chosen == LAST_TIME
    assert "「昔の課」は、今の計画にないため外しました。" in note(dialog)
    assert dialog.chosen.options.narrowing == Narrowing(statuses=("完了",))
    assert dialog.chosen.endings == (".txt",)
    with qtbot.waitSignal(dialog.delete_wanted) as wanted:
        delete.click()
    assert wanted.args == ["昔の形"]


def test_in_a_plan_that_is_only_read_nothing_is_kept(shown):
    dialog = shown(saved={"前の形": LAST_TIME}, locked="閲覧のみです。")
    names = part(dialog, "saved", QComboBox)
    names.setCurrentIndex(1)
    names.activated.emit(1)
    for name in ("save", "delete"):
        assert not part(dialog, name, QPushButton).isEnabled()
        assert part(dialog, name, QPushButton).toolTip() == "閲覧のみです。"
    assert dialog.chosen == LAST_TIME


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ((), "「内容」を1つ以上選んでください。"),
        (ReportOptions().columns, "「列」を1つ以上選んでください。"),
        ((".xlsx",), "「形」を1つ以上選んでください。"),
    ],
)
def test_something_must_be_chosen(shown, names, message):
    dialog = shown()
    if not names:
        part(dialog, "parts", TickList).tick(())
    for name in names:
        part(dialog, name).setChecked(False)
    dialog.accept()
    assert dialog.isVisible()
    assert [field.error for field in dialog.findChildren(FormField) if field.error] == [message]
    assert dialog.expect_chosen() is None


def test_only_what_the_chosen_forms_have_is_offered(shown):
    dialog = shown()
    assert part(dialog, "action").isEnabled()
    assert not part(dialog, "unit", QComboBox).isEnabled()
    part(dialog, "parts", TickList).tick(("進行管理シート",))
    assert not part(dialog, "action").isEnabled()
    assert part(dialog, "unit", QComboBox).isEnabled()
    part(dialog, ".txt").setChecked(True)
    part(dialog, ".xlsx").setChecked(False)
    for name, kind in (("parts", TickList), ("paper", QComboBox), ("font", QComboBox)):
        assert not part(dialog, name, kind).isEnabled()
    part(dialog, ".html").setChecked(True)
    assert part(dialog, "parts", TickList).isEnabled()
    assert not part(dialog, "paper", QComboBox).isEnabled()
    QApplication.processEvents()


def test_the_boxes_stay_in_their_places_when_the_note_on_the_font_goes(shown, qtbot):
    dialog = shown(foresee=lambda _options: Foresight(has_font=False))
    note = part(dialog, "font_note", Label)
    qtbot.waitUntil(note.isVisible)
    QApplication.processEvents()
    boxes = [part(dialog, each) for each in (".xlsx", ".pdf", ".html")]
    before = [each.mapToGlobal(QPoint()) for each in boxes]
    boxes[1].setChecked(False)
    boxes[0].setChecked(False)
    QApplication.processEvents()
    assert not note.isVisible()
    assert [each.mapToGlobal(QPoint()) for each in boxes] == before


def test_what_has_nothing_to_say_and_a_missing_font_are_told_beside_the_choice(shown, qtbot):
    asked = []

    def foresee(options):
        asked.append(options)
        silent = ("前回からの変更", "要確認") if options.narrowing else ("前回からの変更",)
        return Foresight(silent, has_font=options.font == "メイリオ")

    dialog = shown(foresee=foresee)
    parts, font = part(dialog, "parts", TickList), part(dialog, "font", QComboBox)
    qtbot.waitUntil(lambda: part(dialog, "font_note", Label).isVisible())
    assert "このパソコンにない書体です。" in font.accessibleDescription()
    (row,) = parts.findItems("前回からの変更", Qt.MatchFlag.MatchStartsWith)
    assert row.text() == "前回からの変更（前回の調査がないため入りません）"
    assert row.checkState() is Qt.CheckState.Checked, "it may be there next time"
    assert dialog.chosen == USUAL
    font.setCurrentText("メイリオ")
    qtbot.waitUntil(lambda: not part(dialog, "font_note", Label).isVisible())
    part(dialog, "statuses", SeveralButton).choose(("完了",))
    (finding,) = parts.findItems("要確認", Qt.MatchFlag.MatchStartsWith)
    qtbot.waitUntil(lambda: finding.text() == "要確認（該当がないため入りません）")
    assert asked[-1].narrowing == Narrowing(statuses=("完了",))
    choose_edition(dialog, "公開用")
    assert finding.text() == "要確認（公開用には入りません）"
    parts.tick(("前回からの変更",))
    dialog.accept()
    assert dialog.isVisible(), "a report of nothing is not written"
    part(dialog, ".xlsx").setChecked(False)
    part(dialog, ".csv").setChecked(True)
    dialog.accept()
    assert not dialog.isVisible(), "open data has no parts"


def test_choices_of_a_plan_with_a_round_before_say_so_where_there_is_none(shown):
    saved = SavedOptions(ReportOptions(narrowing=Narrowing(changed_only=True)), (".xlsx",))
    dialog = shown(saved)
    assert "「前回から変わったものだけ」は、今の計画にないため外しました。" in note(dialog)
    assert not dialog.chosen.options.narrowing


def test_the_tab_key_goes_through_the_dialog_as_it_is_read(shown):
    dialog = shown(saved={"前の形": LAST_TIME})
    found, widget = [], dialog.focusWidget()
    while widget not in found:
        found.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = dialog.focusWidget()
    places = [each.mapTo(dialog, QPoint()) for each in found if each.objectName() in COMBOS]
    assert len(places) == len(COMBOS)
    assert [each.y() for each in places] == sorted(each.y() for each in places)
    names = [each.objectName() for each in found]
    assert names.index("parts") < names.index("terms")
    assert names[-2:] == ["saved", "save"]
    assert all(
        each.accessibleName() or each.text() for each in found if isinstance(each, QCheckBox)
    )
    assert part(dialog, "previous_status").accessibleName() == "進捗状況一覧の列　前回"


COMBOS = ("terms", "tops", "sections", "statuses", "headings", "paper", "font")


@pytest.mark.parametrize("name", ["parts", "paper", ".pdf"])
@pytest.mark.parametrize(("key", "result"), [(Qt.Key.Key_Return, 1), (Qt.Key.Key_Escape, 0)])
def test_enter_writes_from_everywhere_and_esc_leaves(shown, qtbot, name, key, result):
    dialog = shown()
    focus = next(each for each in dialog.findChildren(QWidget) if each.objectName() == name)
    focus.setFocus()
    with qtbot.waitSignal(dialog.finished) as finished:
        QTest.keyClick(focus, key)
    assert finished.args == [result]
