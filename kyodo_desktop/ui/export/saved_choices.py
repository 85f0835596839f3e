"""The choices of a report that have a name in the plan: taken, kept, renamed and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kyodo_desktop.pages.saved_options import SavedOptions

_NO_CHOICE = "（選ばない）"


class SavedChoices(QWidget):
    """Lets one of them be taken; `locked` says why nothing can be saved in the plan.

    `taken` comes with the choices, `rename_wanted` and `delete_wanted` with their name.
    """

    taken = Signal(object)
    save_wanted = Signal()
    rename_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, locked: str) -> None:
        super().__init__()
        self._locked = locked
        self.offered: Mapping[str, SavedOptions] = {}
        self._names = inputs.ListBox()
        self._names.setObjectName("saved")
        self._names.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._names.activated.connect(self._take)
        self._save = forms.push_button("名前を付けて保存(&N)…", "save", self.save_wanted.emit)
        self._rename = forms.push_button("名前の変更(&A)…", "rename", self._ask_new_name)
        self._delete = forms.push_button("削除(&D)", "delete", self._ask_to_delete)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for each in (self._names, self._save, self._rename, self._delete):
            row.addWidget(each)
        self.setFocusProxy(self._names)

    @property
    def name(self) -> str:
        """The name of those that were taken last; empty where there are none."""
        return self._names.currentText() if self._names.currentIndex() > 0 else ""

    def offer(self, saved: Mapping[str, SavedOptions], name: str = "") -> None:
        """Offer the choices that the plan has now, of which those of a name were just saved."""
        self.offered = saved
        self._names.clear()
        self._names.addItems([_NO_CHOICE, *saved])
        self._names.setCurrentIndex(max(0, self._names.findText(name)))
        self._let_save()

    def _take(self) -> None:
        self._let_save()
        if self.name:
            self.taken.emit(self.offered[self.name])

    def _let_save(self) -> None:
        is_saved = bool(self.name)
        for button, is_possible in (
            (self._save, True),
            (self._rename, is_saved),
            (self._delete, is_saved),
        ):
            button.setEnabled(is_possible and not self._locked)
            button.setToolTip(plain.tip(self._locked))

    def _ask_new_name(self) -> None:
        self.rename_wanted.emit(self.name)

    def _ask_to_delete(self) -> None:
        self.delete_wanted.emit(self.name)
