"""取込設定: keeps how a table is read, and reads a table as one was read before."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.ui.asking import ask, ask_where_to_save
from kyodo_desktop.ui.widgets.forms import MenuKey
from kyodo_desktop.ui.widgets.plain import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.plan import ImportMapping
    from kyodo_desktop.ui.importing.reader import TableReader

_FILTER = "取込設定 (*.json)"


class MappingMenu(QPushButton):
    """A button with the ways to keep the present choices and to use others."""

    refused = Signal(str)

    def __init__(
        self, saved: Sequence[ImportMapping], reader: TableReader, parent: QWidget
    ) -> None:
        super().__init__("取込設定(&M)", parent)
        self.setObjectName("mappings")
        self.setAutoDefault(False)
        self._reader = reader
        menu = QMenu(self)
        menu.addAction("この取込設定を保存(&S)…", self._ask_where)
        menu.addAction("保存した取込設定を使う(&U)…", self._ask_which)
        for each in saved:
            name = whole(each.name)
            menu.addAction(f"この計画の「{name}」を使う", partial(self._use, each.body, name))
        menu.addSeparator()
        menu.addAction("はじめの取込設定に戻す(&R)", self._go_back)
        self.setMenu(menu)
        MenuKey(self)

    def save(self, path: Path) -> None:
        """Write the present choices into a file."""
        from kyodo_desktop.domain.importing.mapping_json import mapping_as_json
        from kyodo_desktop.services.importing.mapping_file import write_mapping_file

        assert self._reader.mapping is not None
        try:
            write_mapping_file(path, mapping_as_json(self._reader.mapping))
        except PlanError as error:
            self.refused.emit(error.message)

    def load(self, path: Path) -> None:
        """Read the table as a file says."""
        from kyodo_desktop.services.importing.mapping_file import read_mapping_file

        try:
            text = read_mapping_file(path)
        except PlanError as error:
            self.refused.emit(error.message)
        else:
            self._use(text, path.stem)

    def _use(self, text: str, name: str) -> None:
        from kyodo_desktop.domain.importing.mapping_json import mapping_from_json

        try:
            mapping = mapping_from_json(text)
        except PlanError as error:
            self.refused.emit(error.message)
            return
        self.refused.emit("")
        self._reader.use(mapping, f"取込設定「{name}」")

    def _go_back(self) -> None:
        if self._reader.guessed is not None:
            self._reader.choose(self._reader.guessed)

    def _ask_where(self) -> None:
        path = self._reader.path
        assert path is not None
        ask_where_to_save(
            self,
            "取込設定の保存先",
            path.with_name(f"{path.stem}_取込設定.json"),
            _FILTER,
            self.save,
        )

    def _ask_which(self) -> None:
        start = self._reader.path.parent if self._reader.path else Path()
        dialog = QFileDialog(self, "保存した取込設定を使う", str(start), _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setObjectName("file_dialog")
        dialog.fileSelected.connect(lambda name: self.load(Path(name)))
        ask(dialog)
