"""The lines of 進捗状況 of one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kyodo_desktop.services import progress
from kyodo_desktop.ui.editor.form_page import follow_in_tab_order
from kyodo_desktop.ui.editor.line_row import LineRow, LineView
from kyodo_desktop.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.plan import Progress
    from kyodo_desktop.ui.editor.editing import Editing

_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ProgressLines(QWidget):
    """A row for each line. The rows stay where they are, the lines go through them.

    So neither the order of the Tab key nor the layout changes when a line is moved.
    """

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("progress_lines")
        self._editing = editing
        self._action_id = 0
        self._count = 0
        self._rows: list[LineRow] = []
        self._icons = {name: icon(name) for name in ("up", "down", "delete")}
        self._add = QPushButton("＋ 行を追加")
        self._add.setObjectName("add_line")
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._add_line)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._make_rows(1)
        self._column.addWidget(self._add, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_lines(self, action_id: int, lines: Sequence[Progress]) -> None:
        """Show the lines of an action; the focus stays with its line."""
        typing = next((row for row in self._rows if row.text.hasFocus()), None)
        line_id, cursor = (typing.line_id, typing.cursor_place()) if typing else (0, 0)
        self._action_id, self._count = action_id, len(lines)
        self._make_rows(len(lines))
        self._show_all(lines)
        if typing is not None and typing.line_id != line_id:
            self._go_to(line_id, cursor)

    @property
    def entry(self) -> QWidget:
        """The text of the first line, or what adds one."""
        return self._rows[0].text if self._count else self._add

    # Qt's interface

    def event(self, event: QEvent) -> bool:
        # The window moves nodes of the tree with the same keys: here they move the line.
        if event.type() == QEvent.Type.ShortcutOverride and self._steps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus, steps = self.focusWidget(), self._steps(event)
        row = next((each for each in self._rows if focus and each.isAncestorOf(focus)), None)
        if row is not None and steps:
            self._move(row, steps)
        else:
            super().keyPressEvent(event)

    def _steps(self, event: QEvent) -> int:
        """Return how far a key moves a line: 0 for all other keys."""
        if not isinstance(event, QKeyEvent):
            return 0
        # A cursor key of the numeric block carries a modifier of its own.
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return _STEPS.get(event.key(), 0) if held == Qt.KeyboardModifier.AltModifier else 0

    def _make_rows(self, count: int) -> None:
        while len(self._rows) < count:
            row = LineRow(self._editing, len(self._rows), self._icons)
            row.moved.connect(lambda steps, row=row: self._move(row, steps))
            row.deleted.connect(lambda row=row: self._delete(row))
            self._column.insertWidget(len(self._rows), row)
            if self._rows:
                follow_in_tab_order(self._rows[-1].parts[-1], row.parts)
            self._rows.append(row)

    def _show_all(self, lines: Sequence[Progress]) -> None:
        outline, editable = self._editing.outline, self._editing.is_round_open
        for row, line in zip(self._rows, lines, strict=False):
            status = outline.statuses.get(line.status_id or 0)
            section = outline.sections.get(line.section_id or 0)
            row.show_line(LineView(line, status, section, len(lines), editable))
        for row in self._rows[len(lines) :]:
            row.show_none()
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(lines))
        self._add.setEnabled(editable)

    def _go_to(self, line_id: int, cursor: int) -> None:
        for row in self._rows[: self._count]:
            if row.line_id == line_id:
                row.type_at(cursor)

    def _add_line(self) -> None:
        if self._editing.do(progress.add_line, self._action_id):
            self._rows[self._count - 1].type_at(0)

    def _move(self, row: LineRow, steps: int) -> None:
        line_id, cursor = row.line_id, row.cursor_place()
        if row.commit() and self._editing.do(progress.move_line, line_id, steps):
            self._go_to(line_id, cursor)

    def _delete(self, row: LineRow) -> None:
        place = self._rows.index(row)
        if not self._editing.do(progress.delete_line, row.line_id):
            return
        if self._count:
            self._rows[min(place, self._count - 1)].type_at(0)
        else:
            self._add.setFocus()
