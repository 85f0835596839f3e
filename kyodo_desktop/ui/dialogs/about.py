"""What this program is, and what it is made of."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QWidget,
)

from kyodo_desktop import __version__
from kyodo_desktop.licences import LIBRARIES, Library
from kyodo_desktop.ui.widgets.appearance import app_icon
from kyodo_desktop.ui.widgets.plain import Label, RichView, rich_label

if TYPE_CHECKING:
    from collections.abc import Iterable

_ICON = 64


class AboutDialog(QDialog):
    """Name, version, and the licences of everything that is shipped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("このプログラムについて")
        picture = Label()
        picture.setPixmap(app_icon().pixmap(_ICON))
        title = rich_label(f"<h2>協働プラン進捗管理</h2>バージョン {__version__}")
        title.setObjectName("version")
        text = Label(
            "計画の進捗を記録し、報告書をExcelで作るプログラムです。MITライセンスで提供します。"
        )
        libraries = RichView()
        libraries.setObjectName("libraries")
        libraries.setOpenExternalLinks(True)
        libraries.setHtml(_listed(LIBRARIES))
        caption = Label("使用しているソフトウェアとライセンス(&L)")
        caption.setBuddy(libraries)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        about_qt = buttons.addButton("Qtについて(&Q)", QDialogButtonBox.ButtonRole.HelpRole)
        about_qt.clicked.connect(QApplication.aboutQt)
        buttons.rejected.connect(self.reject)
        grid = QGridLayout(self)
        grid.setColumnStretch(1, 1)
        grid.addWidget(picture, 0, 0)
        grid.addWidget(title, 0, 1)
        for row, widget in enumerate((text, caption, libraries, buttons), start=1):
            grid.addWidget(widget, row, 0, 1, 2)
        self.resize(600, 480)


def _listed(libraries: Iterable[Library]) -> str:
    return "".join(
        f"<p><b>{escape(each.name)}</b> — {escape(each.licence)}<br>"
        f"{escape(each.holder)} <a href='{each.home}'>{escape(each.home)}</a>"
        f"{'<br>' + escape(each.note) if each.note else ''}</p>"
        for each in libraries
    )
