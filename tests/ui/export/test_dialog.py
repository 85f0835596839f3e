"""The choices for the workbook are those of last time until they are changed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox

from kyodo_desktop.pages.options import Paper, ReportOptions
from kyodo_desktop.ui.export.dialog import ExportDialog
from kyodo_desktop.ui.widgets.forms import FormField

LAST_TIME = ReportOptions(
    parts=("集計", "進捗状況一覧"),
    paper=Paper.A3_LANDSCAPE,
    columns=("action", "section"),
    font="メイリオ",
)


def shown(qtbot, options=LAST_TIME, *, open_afterwards=False) -> ExportDialog:
    dialog = ExportDialog(options, open_afterwards=open_afterwards)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def box(dialog, name) -> QCheckBox:
    return dialog.findChild(QCheckBox, name)


@pytest.mark.parametrize("options", [ReportOptions(), LAST_TIME])
@pytest.mark.parametrize("open_afterwards", [True, False])
def test_what_is_not_changed_comes_out_as_it_went_in(qtbot, options, open_afterwards):
    dialog = shown(qtbot, options, open_afterwards=open_afterwards)
    assert dialog.options == options
    assert dialog.open_afterwards == open_afterwards


def test_sheets_paper_columns_and_font_are_chosen(qtbot):
    dialog = shown(qtbot)
    box(dialog, "集計").setChecked(False)
    box(dialog, "due").setChecked(True)
    dialog.findChild(QComboBox, "paper").setCurrentText("A4縦")
    dialog.findChild(QComboBox, "font").setCurrentText("ＭＳ 明朝")
    assert dialog.options == ReportOptions(
        parts=("進捗状況一覧",),
        paper=Paper.A4_PORTRAIT,
        columns=("action", "section", "due"),
        font="ＭＳ 明朝",
    )


def test_a_font_that_the_list_does_not_name_is_kept(qtbot):
    dialog = shown(qtbot, ReportOptions(font="UD デジタル 教科書体"))
    assert dialog.options.font == "UD デジタル 教科書体"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("進捗状況一覧", "集計"), "「シート」を1つ以上選んでください。"),
        (("action", "section"), "「列」を1つ以上選んでください。"),
    ],
)
def test_something_must_be_chosen(qtbot, names, message):
    dialog = shown(qtbot)
    for name in names:
        box(dialog, name).setChecked(False)
    dialog.accept()
    assert dialog.isVisible()
    assert [field.error for field in dialog.findChildren(FormField) if field.error] == [message]


def test_columns_matter_only_where_their_sheet_is_chosen(qtbot):
    dialog = shown(qtbot)
    box(dialog, "進捗状況一覧").setChecked(False)
    assert not box(dialog, "action").isEnabled()
    box(dialog, "進捗状況一覧").setChecked(True)
    assert box(dialog, "action").isEnabled()
