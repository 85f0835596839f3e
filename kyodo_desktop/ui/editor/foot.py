"""The foot of the editor, which stays in its place: what confirms the action that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyodo_desktop.ui.editor.beside import PLATE
from kyodo_desktop.ui.widgets import forms, plain, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing

CLOSED = "確定済の調査です。見る・コピーする・出力することができます。"
READ_ONLY = "閲覧のみです。見る・コピーする・出力することができます。"
_SIDE, _BUTTON, _AROUND = 16, 32, 8
_ENOUGH = 400  # with less width than this the key is left to the tooltip
_CONFIRM, _KEY = "確認して次へ", "　Ctrl+Enter"


class ConfirmFoot(QWidget):
    """確認して次へ and 前回のままで確認, or why there is nothing to confirm."""

    confirmed = Signal()  # it is right as it stands, and the next one is wanted
    accepted = Signal()  # what stands as before is right

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("confirm_foot")
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._editing = editing
        self._is_part = False
        self._confirm = forms.push_button(_CONFIRM, "confirm_and_next", self.confirmed.emit)
        self._confirm.setProperty("role", "outlined")
        self._confirm.setAccessibleName(_CONFIRM)
        self._confirm.setToolTip("この内容で確認済みにして、次の実行計画へ進みます（Ctrl+Enter）")
        self._accept = forms.push_button("前回のままで確認", "accept", self.accepted.emit)
        self._accept.setToolTip("引き継いだ内容が今年もそのとおりであることを記録します（Ctrl+K）")
        self._sentence = forms.roled(plain.Label(), "secondary")
        self._sentence.setWordWrap(True)
        self._sentence.setObjectName("read_only_sentence")
        self._row = QHBoxLayout()
        self._row.addWidget(self._confirm)
        self._row.addWidget(self._sentence, 1)
        self._row.addStretch(0)
        self._row.addWidget(self._accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._line = forms.Divider()
        column.addWidget(self._line)
        column.addLayout(self._row)
        self._dress()

    @property
    def parts(self) -> list[QWidget]:
        """What the Tab key can come to."""
        return [self._confirm, self._accept]

    def show_action(self, outline: Outline, action_id: int) -> None:
        """Offer what can be done with the action as it is now."""
        shown, is_open = outline.round, self._editing.is_round_open
        self.setVisible(shown is not None)
        closed = shown is not None and shown.closed_at is not None
        self._sentence.setText(CLOSED if closed else READ_ONLY)
        self._sentence.setVisible(not is_open)
        self._confirm.setVisible(is_open)
        forms.keep_room(self._accept, kept=is_open)  # else the sentence has it
        self._accept.setVisible(is_open and outline.previous is not None)
        self._accept.setEnabled(outline.is_carried(action_id))

    def be_part(self, is_part: bool) -> None:
        """Stand among other parts of a page, which has its own margins, or apart from it."""
        if is_part != self._is_part:
            self._is_part = is_part
            self._line.setVisible(not is_part)
            self._dress()

    # Qt's interface

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= theme.px(_ENOUGH)
        self._confirm.setText(_CONFIRM + _KEY if is_wide else _CONFIRM)
        self._accept.setMinimumWidth(theme.px(PLATE) if is_wide else 0)

    def _dress(self) -> None:
        height, side = theme.px(_BUTTON), 0 if self._is_part else theme.px(_SIDE)
        around = 0 if self._is_part else theme.px(_AROUND)
        for part in (self._confirm, self._accept):
            part.setFixedHeight(height)
        self._sentence.setMinimumHeight(height)
        self._row.setContentsMargins(side, around, side, around)
        self._row.setSpacing(theme.px(8))
