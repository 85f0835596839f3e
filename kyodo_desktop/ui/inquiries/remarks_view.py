"""What is to be said of a file and of its rows, the gravest first."""

from __future__ import annotations

from html import escape
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kyodo_desktop.domain.replies.review import Severity
from kyodo_desktop.ui.plain import RichView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.replies.review import Remark, Review

_LINES = 6


class RemarksView(RichView):
    """Takes no room while there is nothing to say; a row's action is a link to it."""

    action_requested = Signal(int)  # its id

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("remarks")
        self.setAccessibleName("回答票についてのお知らせ")
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)
        self.anchorClicked.connect(lambda link: self.action_requested.emit(int(link.toString())))
        self.hide()

    def show_remarks(self, outline: Outline, review: Review | None) -> None:
        """Show what a review has to say."""
        remarks = review.remarks if review else ()
        actions = {each.row: each.action_id for each in review.answer.rows} if review else {}
        order = list(Severity)
        lines = [
            f'<p style="margin:2px 0">{_markup(each, outline, actions)}</p>'
            for each in sorted(remarks, key=lambda each: order.index(each.severity))
        ]
        self.setHtml("".join(lines))
        self.setVisible(bool(lines))
        self._fit()

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the text, up to some lines."""
        most = _LINES * self.fontMetrics().lineSpacing()
        wanted = min(ceil(self.document().size().height()), most)
        self.setFixedHeight(wanted + 2 * self.frameWidth())


def _markup(remark: Remark, outline: Outline, actions: Mapping[int, int]) -> str:
    text = f"<b>{remark.severity.label}</b>　{escape(remark.text)}"
    action_id = actions.get(remark.row, 0)
    if action_id not in outline.placed:
        return text
    label = outline.label(outline.home(action_id))
    return f'{text}　<a href="{action_id}">{escape(label)}</a>'
