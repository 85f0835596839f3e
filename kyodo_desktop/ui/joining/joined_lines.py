"""The lines of 進捗状況 of the action that two become: taken from either, or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QPlainTextEdit, QWidget

from kyodo_desktop.services.joining import JoinedLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline

_LINES_HIGH = 2


class JoinedLines(QWidget):
    """One row a line: its mark and its text, both to be changed at will."""

    def __init__(self, outline: Outline, lines: Sequence[JoinedLine]) -> None:
        super().__init__()
        self.setObjectName("joined_lines")
        self._outline = outline
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._rows: list[tuple[QComboBox, QPlainTextEdit, JoinedLine]] = []
        self.put(lines)

    @property
    def lines(self) -> tuple[JoinedLine, ...]:
        """The lines as they are typed; one without mark and text is left out."""
        found = (
            JoinedLine(box.currentData(), edit.toPlainText().strip(), line.section_id)
            for box, edit, line in self._rows
        )
        return tuple(line for line in found if line.text or line.status_id is not None)

    def put(self, lines: Sequence[JoinedLine]) -> None:
        """Show other lines."""
        for box, edit, _ in self._rows:
            for widget in (box, edit):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        shown = lines or [JoinedLine(None, "", None)]  # one to write into
        self._rows = [self._row(place, line) for place, line in enumerate(shown)]

    def _row(self, place: int, line: JoinedLine) -> tuple[QComboBox, QPlainTextEdit, JoinedLine]:
        box = QComboBox()
        box.setObjectName(f"joined_mark_{place + 1}")
        box.setAccessibleName(f"{place + 1}行目の状態")
        box.addItem("（なし）", None)
        for status in self._outline.statuses.values():
            box.addItem(status.word, status.id)
        box.setCurrentIndex(box.findData(line.status_id))
        edit = QPlainTextEdit(line.text)
        edit.setObjectName(f"joined_line_{place + 1}")
        edit.setAccessibleName(f"進捗状況 {place + 1}行目")
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(_LINES_HIGH * edit.fontMetrics().lineSpacing() + 14)
        self._grid.addWidget(box, place, 0)
        self._grid.addWidget(edit, place, 1)
        self._grid.setColumnStretch(1, 1)
        return box, edit, line
