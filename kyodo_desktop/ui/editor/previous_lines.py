"""What the round before says of an action, beside what is being written now."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from kyodo_desktop.domain.predecessors import lines_in, origins_of, outlook_in
from kyodo_desktop.ui.plain import Label, rich_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Outlook, Progress
    from kyodo_desktop.domain.record import Record

_UNTOUCHED = "前回のままです"


class PreviousLines(QFrame):
    """Can be read and copied; a button accepts for this year what was carried forward."""

    accepted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("previous_lines")
        self._name = Label()
        self._name.setObjectName("previous_round")
        self._text = rich_label()
        self._text.setObjectName("previous_text")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        for label in (self._name, self._text):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._accept = QPushButton("このままで確認")
        self._accept.setObjectName("accept")
        self._accept.setAutoDefault(False)
        self._accept.setToolTip("引き継いだ内容が今年もそのとおりであることを記録します（Ctrl+K）")
        self._accept.clicked.connect(self.accepted)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addWidget(self._text)
        column.addWidget(self._accept, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_previous(self, outline: Outline, action_id: int, *, editable: bool) -> None:
        """Show what was said of the action; nothing is shown where nothing was."""
        told = "<br>".join(_told(outline, outline.previous, action_id))
        self.setVisible(bool(told))
        if not told or outline.previous is None:
            return
        carried = outline.is_carried(action_id)
        state = f"　{_UNTOUCHED}" if carried else ""
        self._name.setText(f"前回：{outline.previous.round.name}{state}")
        self._text.setText(told)
        self._accept.setVisible(carried)
        self._accept.setEnabled(editable)


def _told(outline: Outline, record: Record | None, action_id: int) -> Iterator[str]:
    """Yield the lines of an earlier round, then its 今後の方向性, as rich text."""
    if record is None:
        return
    origins = origins_of(outline, action_id)
    for line in lines_in(record, action_id, origins):
        yield _line(outline, line)
    outlook = outlook_in(record, action_id, origins)
    if outlook is not None:
        yield _outlook(outline, outlook)


def _line(outline: Outline, line: Progress) -> str:
    status = outline.statuses.get(line.status_id or 0)
    mark = f"<b>{escape(status.mark)}</b> " if status else ""
    said = line.text or (status.word.removeprefix(status.mark).strip() if status else "")
    return mark + escape(said).replace("\n", "<br>")


def _outlook(outline: Outline, outlook: Outlook) -> str:
    direction = outline.directions.get(outlook.direction_id or 0)
    label = f"【{escape(direction.label)}】" if direction else ""
    return f"今後：{label}{escape(outlook.text)}".replace("\n", "<br>")
