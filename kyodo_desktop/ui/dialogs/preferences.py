"""The user's own settings."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.inputs import checked_text
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.widgets.forms import FormDialog, FormField, add_row, new_form
from kyodo_desktop.ui.widgets.plain import Label, tip

_NAME, _FOLDER = "表示名", "更新を探すフォルダー"
_NAME_LIMIT, _FOLDER_LIMIT = 50, 1_000
_WIDTH = 600


class Preferences(NamedTuple):
    """An empty name means that of the OS user; without a folder it is that of the installation."""

    display_name: str
    update_folder: Path | None


class PreferencesDialog(FormDialog):
    """Takes and gives the preferences, and shows what stands in for those that are empty."""

    def __init__(
        self,
        chosen: Preferences,
        os_user: str,
        installed_from: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("個人の設定", parent)
        self._name = QLineEdit(chosen.display_name)
        self._name.setObjectName("display_name")
        self._name.setPlaceholderText(os_user)
        self._folder = QLineEdit(str(chosen.update_folder or ""))
        self._folder.setObjectName("update_folder")
        self._folder.setPlaceholderText(str(installed_from or ""))
        self._folder.setToolTip(tip(self._folder.placeholderText()))
        form = new_form()
        add_row(form, "表示名(&N)", FormField(self._name, _NAME))
        form.addRow(
            "",
            Label(
                "変更の履歴と「編集中」の案内に、この名前が残ります。\n"
                f"空のときは、PCの利用者名「{os_user}」を使います。"
            ),
        )
        add_row(
            form, "更新を探すフォルダー(&U)", FormField(self._with_browse(self._folder), _FOLDER)
        )
        form.addRow("", Label("空のときは、インストールに使ったSetupのフォルダーを探します。"))
        self.content.addLayout(form)
        self.content.addStretch()
        self.setMinimumWidth(_WIDTH)

    @property
    def preferences(self) -> Preferences:
        """What is typed; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    def read(self) -> Preferences:
        name = checked_text(" ".join(self._name.text().split()), _NAME, _NAME_LIMIT)
        # Windows' 「パスのコピー」 puts the path in quotes.
        folder = checked_text(self._folder.text().strip(' 　"'), _FOLDER, _FOLDER_LIMIT)
        if folder and not Path(folder).is_absolute():
            raise InvalidInputError(
                _FOLDER, "は、ドライブや共有の名前から書くか、「参照」で選んでください。"
            )
        return Preferences(name, Path(folder) if folder else None)

    def _with_browse(self, editor: QLineEdit) -> QWidget:
        browse = QPushButton("参照(&B)…")
        browse.setObjectName("browse")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(editor, 1)
        across.addWidget(browse)
        row.setFocusProxy(editor)
        return row

    def _browse(self) -> None:
        start = self._folder.text() or self._folder.placeholderText()
        dialog = QFileDialog(self, _FOLDER, start)
        dialog.setObjectName("file_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self._folder.setText(str(Path(name))))
        ask(dialog)
