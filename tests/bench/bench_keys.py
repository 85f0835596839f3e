"""How many keys a person presses beside the characters of what is typed, in the real window.

The yardstick is Excel with the same columns side by side: Tab or Enter after each cell. A digit
that gives a status counts as the character of that status, as ✓ does in Excel; a letter with
Ctrl, Alt or Shift counts as one key. Whoever goes back to the top of a column presses keys in
both. After each way the plan is read again from its file: what was typed must stand there.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeView

from kyodo_desktop.domain import action_fields, nodes
from kyodo_desktop.services import new_plan, progress, rounds, structure, vocabularies
from kyodo_desktop.ui.tree.columns import COLUMNS, TreeColumn
from tests.bench.result import Result, printed
from tests.builders import Clock, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.main_window import MainWindow

FEW, MANY = 10, 30
SECTIONS = ("企画課", "環境課", "市民活動推進課")
_NO, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_ALT, _SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
_KEY = Qt.Key


class Typist:
    """Presses keys where the focus is, and counts those that are no character of a value."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.keys = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NO, times: int = 1) -> None:
        """Press a key that is none of the value."""
        for _ in range(times):
            self.keys += 1
            self._send(key, modifiers)

    def type_status(self, digit: int, modifiers: Qt.KeyboardModifier = _NO) -> None:
        """Press the digit of a status, which stands for its word."""
        self._send(Qt.Key(_KEY.Key_0 + digit), modifiers)

    def type_text(self, text: str) -> None:
        """Type a text; what is not on the keys comes from the input method, as with a person."""
        if text.isascii():
            for letter in text:
                QTest.keyClicks(self._focus, letter)
                QApplication.processEvents()
            return
        for event in (QInputMethodEvent(text[:1], []), QInputMethodEvent()):
            if not event.preeditString():
                event.setCommitString(text)
            QApplication.sendEvent(self._focus, event)
        QApplication.processEvents()

    def _send(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        QTest.keyClick(self._focus, key, modifiers)
        QApplication.processEvents()

    @property
    def _focus(self) -> object:
        return QApplication.focusWidget() or self._window


class Row:
    """What one action is given: of all that a way types a part."""

    def __init__(self, place: int) -> None:
        self.name = f"施策の取り組み{place + 1}"
        self.digit = place % 3 + 1
        self.text = f"打合せを{place + 1}回おこない、案をまとめた。"
        self.due = f"H{28 + place % 3}.3"
        self.month = f"{2016 + place % 3}-03"
        self.section = SECTIONS[place % 3]


def row_by_row(typist: Typist, rows: Sequence[Row]) -> None:
    """Fill in status, due date and section of each action, with 進捗状況 standing between."""
    for row in rows:
        typist.type_status(row.digit)
        typist.press(_KEY.Key_Right, times=2)
        typist.type_text(row.due)
        typist.press(_KEY.Key_Tab)
        typist.type_text(row.section)
        typist.press(_KEY.Key_Return)


def column_by_column(typist: Typist, rows: Sequence[Row]) -> None:
    """Fill in all of one column, go back to its top, and on to the next one."""
    last = len(rows) - 1
    for place, row in enumerate(rows):
        typist.type_status(row.digit)
        typist.press(_KEY.Key_Down, times=int(place < last))
    _go_to_top(typist)
    typist.press(_KEY.Key_Right, times=2)
    for row in rows:
        typist.type_text(row.due)
        typist.press(_KEY.Key_Return)
    _go_to_top(typist)
    typist.press(_KEY.Key_Right)
    for row in rows:
        typist.type_text(row.section)
        typist.press(_KEY.Key_Return)


def _go_to_top(typist: Typist) -> None:
    """Go to the first action: above it stand the term and two headings."""
    typist.press(_KEY.Key_Home, _CTRL)
    typist.press(_KEY.Key_Down, times=3)


def yearly_in_cells(typist: Typist, rows: Sequence[Row]) -> None:
    """Give each action its status and its text in the list."""
    for row in rows:
        typist.type_status(row.digit)
        typist.press(_KEY.Key_Right)
        typist.type_text(row.text)
        typist.press(_KEY.Key_Return)


def yearly_in_editor(typist: Typist, rows: Sequence[Row]) -> None:
    """Give each action its status and its text beside the list, and go on with Ctrl+Enter."""
    typist.press(_KEY.Key_Return)
    for row in rows:
        typist.type_status(row.digit, _ALT)
        typist.type_text(row.text)
        typist.press(_KEY.Key_Return, _CTRL)


def yearly_over_last_year(typist: Typist, rows: Sequence[Row]) -> None:
    """Do the same where the text of last year stands already, and is replaced."""
    typist.press(_KEY.Key_Return)
    for row in rows:
        typist.type_status(row.digit, _ALT)
        typist.press(_KEY.Key_A, _CTRL)
        typist.type_text(row.text)
        typist.press(_KEY.Key_Return, _CTRL)


def new_names(typist: Typist, rows: Sequence[Row]) -> None:
    """Add actions one behind the other and name them."""
    for row in rows:
        typist.press(_KEY.Key_A, _CTRL | _SHIFT)
        typist.type_text(row.name)
    typist.press(_KEY.Key_Return)


def whole_new_rows(typist: Typist, rows: Sequence[Row]) -> None:
    """Add actions with everything, the columns beside each other as in the Excel table."""
    for row in rows:
        typist.press(_KEY.Key_A, _CTRL | _SHIFT)
        typist.type_text(row.name)
        typist.press(_KEY.Key_Tab)
        typist.type_status(row.digit)
        typist.press(_KEY.Key_Right)
        typist.type_text(row.due)
        typist.press(_KEY.Key_Tab)
        typist.type_text(row.section)
    typist.press(_KEY.Key_Return)


PLANNED = (action_fields.STATUS, action_fields.DUE, action_fields.LEAD)
YEARLY = (action_fields.STATUS, action_fields.PROGRESS)
NAMED = (action_fields.TITLE,)
EXCEL_ROW, EXCEL_YEARLY, EXCEL_NAME = 4, 2, 1


def measure() -> Iterator[Result]:
    """Yield keys a row of each way."""
    ways = (
        ("status, due, section, row by row", row_by_row, FEW, PLANNED, EXCEL_ROW),
        ("status, due, section, column by column", column_by_column, FEW, PLANNED, EXCEL_ROW),
        ("the year's status and text in the list", yearly_in_cells, MANY, YEARLY, EXCEL_YEARLY),
        ("the year's status and text in the editor", yearly_in_editor, MANY, YEARLY, EXCEL_YEARLY),
        ("the same over last year's text", yearly_over_last_year, MANY, YEARLY, EXCEL_YEARLY),
        ("new actions with names", new_names, FEW, NAMED, EXCEL_NAME),
        ("new actions with all of it", whole_new_rows, FEW, (*NAMED, *PLANNED), EXCEL_ROW),
    )
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kyodo_desktop import app

    application = app.prepared()
    for name, way, count, fields, excel in ways:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["KYODO_DESKTOP_HOME"] = folder
            keys = _keys(Path(folder, "計画.kyodo"), way, count, fields)
        # One key more is for the way to where it begins, or for the Enter behind the last one.
        limit = 1 + 1 / (count * excel)
        yield Result(f"{name}, {count} actions", keys / count, excel, limit, "key")
    application.processEvents()


def _keys(
    path: Path,
    way: Callable[[Typist, Sequence[Row]], None],
    count: int,
    fields: Sequence[action_fields.Field],
) -> int:
    """Return how many keys a way takes in a new plan, once it was found to be right."""
    from kyodo_desktop.ui.main_window import MainWindow
    from kyodo_desktop.ui.settings import Settings

    are_new = action_fields.TITLE in fields
    rows = [Row(place) for place in range(count)]
    _write_plan(path, 0 if are_new else count, has_last_year=way is yearly_over_last_year)
    window = MainWindow(Settings(path.with_name("settings.ini")), Clock())
    window.resize(1366, 728)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.files.open(path)
    _go_to_start(window, are_new=are_new, are_beside=way is whole_new_rows)
    typist = Typist(window)
    way(typist, rows)
    assert window.commit(), "what was typed is refused"
    window.close()
    with closing(opened(path, Clock())) as plan:
        _check(plan.workspace.outline, rows, fields)
    return typist.keys


def _write_plan(path: Path, count: int, *, has_last_year: bool) -> None:
    """Make a plan with so many actions; nothing is known of them, or what last year said."""
    plan = new_plan.default_plan(Clock()().date(), "計画")
    new_plan.create_plan(path, plan, author="市民 花子", now=Clock()())
    with closing(opened(path, Clock())) as opened_plan:
        workspace = opened_plan.workspace
        for name in SECTIONS:
            vocabularies.add_section(workspace, name)
        heading = workspace.outline.roots[0]
        while workspace.outline.depth(heading) < len(workspace.outline.levels) - 2:
            heading = structure.add_heading(workspace, heading, "見出し")
        for place in range(count):
            structure.add_action(workspace, heading, f"取り組み{place + 1}")
        if has_last_year:
            for action_id in workspace.outline.actions:
                progress.add_line(workspace, action_id, "昨年度の内容。")
            rounds.open_round(workspace, "次の年度", 2027, "2027-03-31")


def _go_to_start(window: MainWindow, *, are_new: bool, are_beside: bool) -> None:
    """Put the ring where the work begins, as somebody leaves it who has just been there."""
    view = window.tree.findChild(QTreeView)
    if are_beside:
        window.tree._view.columns.moveSection(2, len(COLUMNS) - 1)
    window.tree.expand_all()
    outline = window.plan.workspace.outline
    below = list(outline.below(outline.roots[0]))
    start = below[-1] if are_new else next(filter(nodes.is_placement, below))
    window.tree.select(start)
    view.setFocus()
    column = TreeColumn.TITLE if are_new else TreeColumn.STATUS
    view.selectionModel().setCurrentIndex(
        view.model().index_of(start, column), view.selectionModel().SelectionFlag.NoUpdate
    )
    QApplication.processEvents()


def _check(outline: Outline, rows: Sequence[Row], fields: Sequence[action_fields.Field]) -> None:
    """Compare what stands in the plan with what was to be typed."""
    statuses = list(outline.statuses.values())
    wanted = {
        action_fields.TITLE: lambda row: row.name,
        action_fields.STATUS: lambda row: statuses[row.digit - 1],
        action_fields.PROGRESS: lambda row: row.text,
        action_fields.DUE: lambda row: row.month,
        action_fields.LEAD: lambda row: row.section,
    }
    actions = [
        outline.action_id_at(node)
        for node in outline.below(outline.roots[0])
        if nodes.is_placement(node)
    ]
    assert len(actions) == len(rows), f"{len(actions)} actions instead of {len(rows)}"
    for row, action_id in zip(rows, actions, strict=True):
        for field in fields:
            found = _value(outline, field, action_id)
            assert found == wanted[field](row), f"{row.name}, {field.label}: {found}"


def _value(outline: Outline, field: action_fields.Field, action_id: int) -> object:
    if field is action_fields.STATUS:
        return outline.status(action_id)
    if field is action_fields.PROGRESS:
        return "\n".join(line.text for line in outline.lines.get(action_id, ()))
    if field is action_fields.LEAD:
        return field.format(outline, action_id)
    return field.of(outline, action_id)


if __name__ == "__main__":
    printed(measure())
