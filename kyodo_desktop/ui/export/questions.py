"""What is asked beside the dialog of 報告書の出力: names of choices, and what may be replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.inputs import checked_title
from kyodo_desktop.services.report_choices import NAME_FIELD
from kyodo_desktop.ui.widgets import forms, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from PySide6.QtWidgets import QWidget

TITLE = "報告書の出力"


class SaveOptionsDialog(forms.FormDialog):
    """Asks under which name choices are kept."""

    _title, _done = "出力の設定を保存", "保存(&S)"

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(self._title, parent, done=self._done)
        self._name = forms.line_edit(name, "name")
        form = forms.new_form()
        forms.add_row(form, f"{NAME_FIELD}(&N)", forms.FormField(self._name, NAME_FIELD))
        self.content.addLayout(form)
        self.setMinimumWidth(400)

    @property
    def name(self) -> str:
        return self.read()

    def read(self) -> str:
        return checked_title(self._name.text(), NAME_FIELD)


class RenameOptionsDialog(SaveOptionsDialog):
    """Asks for another name of choices, which none of the others has."""

    _title, _done = "出力の設定の名前を変更", "変更(&S)"

    def __init__(self, name: str, others: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._others = others

    def read(self) -> str:
        name = super().read()
        if name in self._others:
            raise InvalidInputError(NAME_FIELD, f"の「{name}」は、既に使われています。")
        return name


class ReplaceOptionsDialog(plain.Question):
    """`accepted` means: choices of the same name give way."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            plain.MessageBox.Icon.Question,
            "出力の設定を保存",
            f"出力の設定「{name}」は既にあります。置き換えますか？",
            "置き換えたあとでも「元に戻す」で戻せます。",
            parent,
        )
        self.offer("置き換える(&R)", "replace_options")


class ExportFailedDialog(plain.Question):
    """`accepted` means: choose another name for what is not `done`."""

    def __init__(
        self, reasons: Sequence[str], done: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        text, lines = "出力できませんでした。", [*reasons]
        if done:
            text = "一部のファイルを出力できませんでした。"
            lines.insert(0, f"{''.join(f'「{each}」' for each in done)}は出力しました。")
        super().__init__(plain.MessageBox.Icon.Warning, TITLE, text, "\n".join(lines), parent)
        self.offer("別の名前で出力(&N)…", "other_name", by_default=True)


class ReplaceFilesDialog(plain.Question):
    """`accepted` means: replace the files that are there beside the chosen one."""

    def __init__(self, names: Iterable[str], parent: QWidget | None = None) -> None:
        listed = "\n".join(f"・{each}" for each in names)
        super().__init__(
            plain.MessageBox.Icon.Question,
            TITLE,
            "同じ名前のファイルがあります。置き換えますか？",
            listed,
            parent,
        )
        self.offer("置き換える(&R)", "replace_files")
