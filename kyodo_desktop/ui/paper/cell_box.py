"""The field over a cell of 紙面, and the strip below it: status, last round, keys."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kyodo_desktop.ui.widgets import badges, forms, inputs, plain, theme
from kyodo_desktop.ui.widgets.segments import StatusSegments

if TYPE_CHECKING:
    from kyodo_desktop.domain.plan import Status

_KEYS_OF_TEXTS = "Ctrl+Enter 確認して次へ　Tab 次の欄　Esc 取消"
_KEYS_OF_NAMES = "Enter 決定　Tab 次の欄　Esc 取消"


class CellKind(Enum):
    """What is typed into."""

    NAME = auto()
    LINE = auto()
    FIRST_LINE = auto()
    """The only line of an action, or the one that it does not have yet."""
    OUTLOOK = auto()


class CellBox(QFrame):
    """The cell: the badge of the line, and the text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cell_box")
        self.hide()
        self._fields: dict[CellKind, inputs.GrowingText] = {}
        self._badge = plain.Label()
        self._badge.setObjectName("cell_badge")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        for kind in CellKind:
            field = self._fields[kind] = inputs.GrowingText()
            field.setObjectName(f"cell_{kind.name.lower()}")
            field.setFrameShape(QFrame.Shape.NoFrame)
            self._row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)

    def field(self, kind: CellKind) -> inputs.GrowingText:
        """Return what is typed into for a kind."""
        return self._fields[kind]

    def show_kind(self, kind: CellKind, name: str) -> None:
        """Show the field of a kind."""
        px = theme.px
        self._row.setContentsMargins(px(6), px(1), px(4), px(1))
        self._badge.setContentsMargins(0, px(3), 0, 0)
        self._row.setSpacing(px(4))
        for each, field in self._fields.items():
            field.setVisible(each is kind)
        self._fields[kind].setAccessibleName(name)
        self._badge.setVisible(kind in (CellKind.LINE, CellKind.FIRST_LINE))

    def show_badge(self, status: Status | None) -> None:
        """Show the status of the line."""
        side = theme.px(badges.SIDE)
        self._badge.setPixmap(badges.badge_icon(status).pixmap(QSize(side, side)))

    def needed_height(self) -> int:
        """Return how high the cell must be for its text."""
        shown = next((f for f in self._fields.values() if f.isVisibleTo(self)), None)
        margins = self._row.contentsMargins()
        return (shown.height() if shown else 0) + margins.top() + margins.bottom()


class CellStrip(QFrame):
    """What can be done with the cell: its status or direction, and what was said before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cell_strip")
        self.hide()
        self.statuses = StatusSegments()
        self.direction = inputs.ChoiceBox()
        self.direction.setObjectName("cell_direction")
        self.direction.setAccessibleName("今後の方向性")
        self._caption = _caption()
        self._before, self._keys = _caption(), _caption()
        self._before.setWordWrap(True)
        self._errors: dict[CellKind, forms.ErrorLine] = {}
        self._row = QHBoxLayout()
        self._row.addWidget(self._caption, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.statuses, 1)
        self._row.addWidget(self.direction, 1, Qt.AlignmentFlag.AlignLeft)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        for line in (self._before, self._keys):
            self._column.addWidget(line)

    def show_statuses(self, statuses: list[Status], status_id: int | None, before: str) -> None:
        """Offer the statuses for a line."""
        self.statuses.offer(statuses)
        self.statuses.show_status(status_id)
        self._show("状態", before, _KEYS_OF_TEXTS)
        self.statuses.show()
        self.direction.hide()

    def show_directions(
        self, offered: list[tuple[int | None, str]], chosen: int | None, before: str
    ) -> None:
        """Offer the directions."""
        self.direction.offer(offered)
        self.direction.show_value(chosen)
        self._show("方向性", before, _KEYS_OF_TEXTS)
        self.statuses.hide()
        self.direction.show()

    def show_keys_of_names(self) -> None:
        """Say what the keys do while a name is typed, and nothing else."""
        self._show("", "", _KEYS_OF_NAMES)
        self.statuses.hide()
        self.direction.hide()

    def take_errors(self, errors: dict[CellKind, forms.ErrorLine]) -> None:
        """Give a place to what says why a text cannot be saved."""
        self._errors = errors
        for error in errors.values():
            self._column.insertWidget(self._column.count() - 1, error)

    def show_error_of(self, kind: CellKind) -> None:
        """Show what is wrong with the text of a kind, and with no other."""
        for each, error in self._errors.items():
            error.setVisible(each is kind and bool(error.text()))

    def _show(self, caption: str, before: str, keys: str) -> None:
        px = theme.px
        self._column.setContentsMargins(px(8), px(6), px(8), px(6))
        self._column.setSpacing(px(4))
        self._row.setSpacing(px(12))
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        self._before.setText(f"前回　{before}")
        self._before.setVisible(bool(before))
        self._keys.setText(keys)


def _caption() -> plain.Label:
    label = plain.Label()
    label.setProperty("role", "caption")
    return label
