"""One line of 進捗状況: its mark, its text, and the buttons that move or delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from kyodo_desktop.services import progress
from kyodo_desktop.ui.editor.live_text import LiveText
from kyodo_desktop.ui.editor.mark_button import MarkButton
from kyodo_desktop.ui.editor.text_fields import GrowingText
from kyodo_desktop.ui.plain import Label, tip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QIcon

    from kyodo_desktop.domain.plan import Progress, Section, Status
    from kyodo_desktop.ui.editor.editing import Editing


class LineView(NamedTuple):
    """A line with what is shown beside it, and of how many lines it is one."""

    line: Progress
    status: Status | None
    section: Section | None
    siblings: int
    editable: bool


class LineRow(QWidget):
    """Edits the line at one place of the list; which line that is may change.

    `parts` are its inputs in the order of the Tab key.
    """

    moved = Signal(int)
    deleted = Signal()

    def __init__(self, editing: Editing, place: int, icons: Mapping[str, QIcon]) -> None:
        super().__init__()
        self._editing = editing
        self._place = place
        self._view: LineView | None = None
        self.text = GrowingText()
        self._live = LiveText(self.text, editing, progress.set_line_text)
        self._mark = MarkButton(editing, f"{place + 1}行目の状態")
        self._mark.picked.connect(self._give)
        self._mark.section_picked.connect(self._give_section)
        self._section = Label()
        self._section.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._up = _button(icons["up"], "この行を上へ（Alt+↑）")
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down = _button(icons["down"], "この行を下へ（Alt+↓）")
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self._delete = _button(icons["delete"], "この行を削除")
        self._delete.clicked.connect(self.deleted)
        self.parts = (self._mark, self.text, self._up, self._down, self._delete)
        self._name_parts()
        self._lay_out()

    @property
    def line_id(self) -> int:
        return self._view.line.id if self._view else 0

    def show_line(self, view: LineView) -> None:
        """Show a line, or the same line as it is now."""
        if view == self._view:
            return
        self._view = view
        self._live.show_text(view.line.id, view.line.text)
        self._mark.show_status(view.status)
        self._section.setText(view.section.name if view.section else "")
        self._section.setVisible(view.section is not None)
        self.text.setReadOnly(not view.editable)
        for button in (self._up, self._down):
            button.setVisible(view.siblings > 1)
        self._up.setEnabled(view.editable and self._place > 0)
        self._down.setEnabled(view.editable and self._place < view.siblings - 1)
        self._mark.setEnabled(view.editable)
        self._delete.setEnabled(view.editable)

    def show_none(self) -> None:
        """Let go of the line, so that nothing can be typed into it unseen."""
        self._view = None
        self._live.show_text(0, "")
        self.text.setReadOnly(True)

    def cursor_place(self) -> int:
        """Return where in the text the cursor stands."""
        return self.text.textCursor().position()

    def type_at(self, place: int) -> None:
        """Bring the focus into the text."""
        cursor = self.text.textCursor()
        cursor.setPosition(min(place, len(self.text.typed())))
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def commit(self) -> bool:
        return self._live.commit()

    def _give(self, status_id: int | None) -> None:
        self._editing.do(progress.set_line_status, self.line_id, status_id)

    def _give_section(self, section_id: int | None) -> None:
        self._editing.do(progress.set_line_section, self.line_id, section_id)

    def _name_parts(self) -> None:
        number = self._place + 1
        names = ("mark", "text", "up", "down", "delete")
        for name, part in zip(names, self.parts, strict=True):
            part.setObjectName(f"line_{name}_{number}")
        self.text.setAccessibleName(f"進捗状況 {number}行目")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        top = Qt.AlignmentFlag.AlignTop
        for column, part in enumerate(self.parts):
            if part is self.text:
                grid.addWidget(part, 0, column)
            else:
                grid.addWidget(part, 0, column, top)
        grid.addWidget(self._section, 1, 1)
        grid.addWidget(self._live.error, 2, 0, 1, 5)
        grid.setColumnStretch(1, 1)


def _button(picture: QIcon, what: str) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setIcon(picture)
    button.setToolTip(tip(what))
    button.setAccessibleName(what)
    return button
