"""What is to be said of a file and of its rows, the gravest first."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser

from kyodo_desktop.domain.replies.review import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.replies.review import Remark

_LINES = 5


class RemarksView(QTextBrowser):
    """Takes no room while there is nothing to say, and a few lines where there is much."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("remarks")
        self.setAccessibleName("回答票についてのお知らせ")
        self.setTabChangesFocus(True)
        self.hide()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these remarks."""
        order = list(Severity)
        lines = [
            f"<b>{each.severity.label}</b>　{escape(each.text)}"
            for each in sorted(remarks, key=lambda each: order.index(each.severity))
        ]
        self.setHtml("".join(f'<p style="margin:2px 0">{line}</p>' for line in lines))
        shown = min(len(lines), _LINES)
        self.setFixedHeight(round((shown + 0.8) * self.fontMetrics().lineSpacing() * 1.2))
        self.setVisible(bool(lines))
