"""The dialogs about the program itself: its licences, its preferences, newer versions."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop import __version__
from kyodo_desktop.domain import errors, inputs
from kyodo_desktop.licences import Library, libraries, own_licence, text_of, texts
from kyodo_desktop.ui import asking, jobs
from kyodo_desktop.ui.widgets import appearance, forms, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.updating.policy import Policy
    from kyodo_desktop.updating.release import Release

_ICON = 64
_NAME, _FOLDER = "表示名", "更新を探すフォルダー"
_NAME_LIMIT, _FOLDER_LIMIT = 50, 1_000
_WIDTH = 600
_EXPLANATION = (
    "「今すぐ更新」で、プログラムを閉じて新しいバージョンに入れ替え、開き直します。\n"
    "計画のファイルと環境設定はそのまま残ります。"
)
_NO_NOTES = "（変更点の説明はありません）"


class AboutDialog(QDialog):
    """Name, version, and the licences of everything that is shipped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("このプログラムについて")
        picture = plain.Label()
        picture.setPixmap(appearance.app_icon().pixmap(_ICON))
        title = plain.rich_label(f"<h2>協働プラン進捗管理</h2>バージョン {__version__}")
        title.setObjectName("version")
        text = plain.Label(
            "計画の進捗を記録し、報告書をExcel・PDF・Webページで作るプログラムです。MITライセンスで提供します。"
        )
        listed = plain.RichView()
        listed.setObjectName("libraries")
        listed.setOpenLinks(False)
        listed.anchorClicked.connect(self._follow)
        listed.setHtml(_listed(libraries()))
        caption = plain.Label("使用しているソフトウェアとライセンス(&L)")
        caption.setBuddy(listed)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        about_qt = buttons.addButton("Qtについて(&Q)", QDialogButtonBox.ButtonRole.HelpRole)
        about_qt.clicked.connect(QApplication.aboutQt)
        buttons.rejected.connect(self.reject)
        grid = QGridLayout(self)
        grid.setColumnStretch(1, 1)
        grid.addWidget(picture, 0, 0)
        grid.addWidget(title, 0, 1)
        for row, widget in enumerate((text, caption, listed, buttons), start=1):
            grid.addWidget(widget, row, 0, 1, 2)
        self.resize(600, 480)

    def _follow(self, link: QUrl) -> None:
        if link.isLocalFile():
            asking.ask(LicenceTextDialog(Path(link.toLocalFile()), self))
        else:
            QDesktopServices.openUrl(link)


class LicenceTextDialog(QDialog):
    """One whole text of a licence, to read and to copy."""

    def __init__(self, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"ライセンスの全文 — {file.name}")
        text = QPlainTextEdit(text_of(file), readOnly=True)
        text.setObjectName("text")
        text.setAccessibleName("ライセンスの全文")
        text.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(text)
        column.addWidget(buttons)
        self.resize(640, 520)


def _listed(found: Iterable[Library]) -> str:
    own = f"<p><b>協働プラン進捗管理</b> — MIT<br>全文: {_link(own_licence())}</p>"
    return own + "".join(
        f"<p><b>{escape(each.name)}</b> — {escape(each.licence)}<br>{_version(each)}"
        f"{escape(each.holder)} <a href='{each.home}'>{escape(each.home)}</a>"
        f"{'<br>' + escape(each.note) if each.note else ''}"
        f"<br>全文: {'、'.join(map(_link, texts(each)))}</p>"
        for each in found
    )


def _version(library: Library) -> str:
    date = f"（{library.date}）" if library.date else ""
    return f"バージョン {escape(library.version)}{date}<br>" if library.version else ""


def _link(file: Path) -> str:
    address = QUrl.fromLocalFile(str(file)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    return f"<a href='{escape(address)}'>{escape(file.name)}</a>"


class Preferences(NamedTuple):
    """An empty name means that of the OS user; without a folder it is that of the installation."""

    display_name: str
    update_folder: Path | None


class PreferencesDialog(forms.FormDialog):
    """Takes and gives the preferences, and shows what stands in for those that are empty."""

    def __init__(
        self,
        chosen: Preferences,
        os_user: str,
        installed_from: Path | None = None,
        parent: QWidget | None = None,
        *,
        policy: Policy | None = None,
    ) -> None:
        super().__init__("環境設定", parent)
        self._chosen, self._policy = chosen, policy if policy and policy.decides else None
        self._name = QLineEdit(chosen.display_name)
        self._name.setObjectName("display_name")
        self._name.setPlaceholderText(os_user)
        self._folder = QLineEdit(str(chosen.update_folder or ""))
        self._folder.setObjectName("update_folder")
        self._folder.setPlaceholderText(str(installed_from or ""))
        self._folder.setToolTip(plain.tip(self._folder.placeholderText()))
        form = forms.new_form()
        forms.add_row(form, "表示名(&N)", forms.FormField(self._name, _NAME))
        form.addRow(
            "",
            plain.Label(
                "変更の履歴と「編集中」の案内に、この名前が残ります。\n"
                f"空のときは、PCの利用者名「{os_user}」を使います。"
            ),
        )
        forms.add_row(
            form,
            "更新を探すフォルダー(&U)",
            forms.FormField(self._with_browse(self._folder), _FOLDER),
        )
        form.addRow("", self._about_folder())
        self.content.addLayout(form)
        self.content.addStretch()
        self.setMinimumWidth(_WIDTH)

    @property
    def preferences(self) -> Preferences:
        """What is typed; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    def read(self) -> Preferences:
        name = inputs.checked_text(" ".join(self._name.text().split()), _NAME, _NAME_LIMIT)
        if self._policy is not None:
            return Preferences(name, self._chosen.update_folder)
        # Windows' 「パスのコピー」 puts the path in quotes.
        folder = inputs.checked_text(self._folder.text().strip(' 　"'), _FOLDER, _FOLDER_LIMIT)
        if folder and not Path(folder).is_absolute():
            raise errors.InvalidInputError(
                _FOLDER, "は、ドライブや共有の名前から書くか、「参照」で選んでください。"
            )
        return Preferences(name, Path(folder) if folder else None)

    def _about_folder(self) -> plain.Label:
        """Say what the field means, and shut it where the administrator has decided."""
        explanation = "空のときは、インストールに使ったSetupのフォルダーを探します。"
        if self._policy is not None:
            for each in (self._folder, self._browse_button):
                each.setEnabled(False)
            self._folder.setText(str(self._policy.folder or ""))
            self._folder.setPlaceholderText("")
            explanation = (
                "管理者の設定により、このフォルダーを探します（変更できません）。"
                if self._policy.updates
                else "管理者の設定により、新しいバージョンの確認と更新は行いません。"
            )
        label = plain.Label(explanation)
        label.setObjectName("about_update_folder")
        return label

    def _with_browse(self, editor: QLineEdit) -> QWidget:
        browse = self._browse_button = QPushButton("参照(&B)…")
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
        asking.ask(dialog)


class UpdateDialog(QDialog):
    """`accepted` means: now. `skipped` means: never this version. Else it is offered again."""

    skipped = Signal()

    def __init__(self, current: str, release: Release, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("新しいバージョンがあります")
        versions = plain.rich_label(
            f"現在のバージョン {escape(current)}"
            f"　→　新しいバージョン <b>{escape(release.version)}</b>"
        )
        versions.setObjectName("versions")
        signer = plain.Label(
            f"署名を確かめました。{release.signer.holder}が出したものです"
            f"（鍵 {release.signer.name}）。"
        )
        signer.setObjectName("signer")
        signer.setWordWrap(True)
        # Plain text: the notes come from outside and may not bring pictures or links along.
        text = QPlainTextEdit(release.readable_notes or _NO_NOTES, readOnly=True)
        text.setObjectName("notes")
        text.setTabChangesFocus(True)
        caption = plain.Label("変更点(&C)")
        caption.setBuddy(text)
        explanation = plain.Label(_EXPLANATION)
        explanation.setWordWrap(True)
        column = QVBoxLayout(self)
        for widget in (versions, signer, caption, text, explanation, self._new_buttons()):
            column.addWidget(widget)
        self.resize(540, 360)

    def _new_buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox()
        for name, label, its_role in (
            ("now", "今すぐ更新(&U)", role.AcceptRole),
            ("later", "次回(&N)", role.RejectRole),
            ("skip", "このバージョンは更新しない(&S)", role.ResetRole),
        ):
            button = buttons.addButton(label, its_role)
            button.setObjectName(name)
            button.setAutoDefault(False)
            if name == "later":
                button.setDefault(True)
                button.setFocus()
            if name == "skip":
                button.clicked.connect(self._skip)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _skip(self) -> None:
        self.skipped.emit()
        self.reject()


class UpdateProgressDialog(jobs.ProgressDialog):
    """Can be left at once: a share that does not answer would not let the work stop either."""

    def __init__(self, job: jobs.Job, parent: QWidget | None = None) -> None:
        super().__init__(job, "新しいバージョンを確認しています…", parent)

    def reject(self) -> None:
        self._job.abandon()
