"""Asks before text is lost that cannot be saved as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.plain import MessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


_KEPT = (
    "保存できなかった文字は、このパソコンの控えに残ります。"
    "次にこの計画を開いたときに、欄に入れるかをお尋ねします。"
)


class UnsavedDialog(MessageBox):
    """`accepted` means: close without that text.

    `is_lost` tells that some of it goes then, `is_kept` that some is offered the next time.
    """

    def __init__(
        self, reason: str, parent: QWidget | None = None, *, is_lost: bool, is_kept: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("保存できない入力")
        self.setIcon(MessageBox.Icon.Warning)
        self.setText("保存できない入力が残っています。")
        kept = _KEPT if is_kept else ""
        lost = "欄に合わない入力は、閉じると消えます。" if is_kept and is_lost else ""
        choice = "この入力を捨てて閉じます" if not is_kept else "このまま閉じます"
        self.setInformativeText(
            f"{reason}\nほかの変更はすべて保存されています。{kept}{lost}戻って直すか、{choice}。"
        )
        words = "捨てて閉じる(&D)" if not is_kept else "控えを残して閉じる(&D)"
        lost_button = self.addButton(words, MessageBox.ButtonRole.AcceptRole)
        lost_button.setObjectName("discard")
        back = self.addButton("戻って直す(&B)", MessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(back)
        self.setEscapeButton(back)
