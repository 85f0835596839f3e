"""What an action waits for: 先に終える実行計画, and those that wait for it."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from kyodo_desktop.domain import prerequisites
from kyodo_desktop.services import details
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.widgets import forms, plain

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing


class Prerequisites(QWidget):
    """A button for each action that is waited for, with a menu; links to those that wait."""

    jump_requested = Signal(int)

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("prerequisites")
        self._editing = editing
        self._action_id = 0
        self._shown: tuple[object, ...] | None = None
        self._chips: list[QPushButton] = []
        self.add = QPushButton("＋ 先に終える実行計画を追加…")
        self.add.setObjectName("add_prerequisite")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._ask)
        row = QWidget()
        self._flow = forms.FlowLayout(row)
        self._flow.addWidget(self.add)
        self._waiting = plain.rich_label()
        self._waiting.setObjectName("waiting")
        self._waiting.setWordWrap(True)
        self._waiting.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._waiting.linkActivated.connect(lambda link: self.jump_requested.emit(int(link)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)
        column.addWidget(self._waiting)

    def show_waiting(self, outline: Outline, action_id: int) -> None:
        """Show who waits for whom as it is now."""
        self._action_id = action_id
        self.add.setEnabled(self._editing.is_open)
        required = [
            (each, _label(outline, each)) for each in prerequisites.required_by(outline, action_id)
        ]
        links = "、".join(
            _link(outline, each) for each in prerequisites.waiting_for(outline, action_id)
        )
        shown = (action_id, self._editing.is_open, tuple(required), links)
        if shown == self._shown:
            return
        self._shown = shown
        self._waiting.setText(f"この後に続く実行計画：{links}" if links else "")
        self._waiting.setVisible(bool(links))
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.add)
        self._chips = [self._chip(each, label) for each, label in required]
        for part in (*self._chips, self.add):
            self._flow.addWidget(part)

    def _chip(self, required_id: int, label: str) -> QPushButton:
        chip = plain.ElidedButton(plain.whole(label))
        chip.setObjectName(f"required_{required_id}")
        menu = QMenu(chip)
        menu.addAction("この実行計画へ移動").triggered.connect(partial(self._jump, required_id))
        away = menu.addAction("先に終える実行計画から外す")
        away.setEnabled(self._editing.is_open)
        away.triggered.connect(partial(self._remove, required_id))
        chip.setMenu(menu)
        forms.MenuKey(chip)
        return chip

    def _jump(self, action_id: int) -> None:
        self.jump_requested.emit(self._editing.outline.home(action_id))

    def _remove(self, required_id: int) -> None:
        self._editing.do(details.remove_prerequisite, self._action_id, required_id)

    def _ask(self) -> None:
        from kyodo_desktop.ui.widgets.choosing import ChooseActionDialog

        outline, action_id = self._editing.outline, self._action_id
        title = outline.actions[action_id].title
        dialog = ChooseActionDialog(
            outline,
            f"「{title}」より先に終える実行計画を選んでください。",
            partial(_not_offered, outline, action_id),
            self.window(),
        )
        ask(dialog, lambda: self._add(action_id, dialog.chosen))

    def _add(self, action_id: int, required_id: int | None) -> None:
        self._editing.do(details.add_prerequisite, action_id, required_id)


def _not_offered(outline: Outline, action_id: int, other_id: int) -> str:
    """Return why an action is not offered; one that would close a circle is, to be told so."""
    other_term = outline.actions[action_id].term_id != outline.actions[other_id].term_id
    known = other_id in prerequisites.required_by(outline, action_id)
    return "×" if other_term or known or action_id == other_id else ""


def _label(outline: Outline, action_id: int) -> str:
    status = outline.status(action_id)
    mark = status.word if status else "未記入"
    return f"{outline.actions[action_id].title}（{mark}）"


def _link(outline: Outline, action_id: int) -> str:
    return f'<a href="{outline.home(action_id)}">{escape(outline.actions[action_id].title)}</a>'
