"""The list of changes, each with what was and what is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QGuiApplication

from kyodo_desktop.ui.comparing.markup import change_markup, change_text, field_markup, inks_on
from kyodo_desktop.ui.plain import RichView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.comparing.comparison import Comparison, ItemChange

_PAGE = 200  # changes laid out at once
_MORE = "more"


class ChangesView(RichView):
    """Shows changes as text that can be selected; the title of an item is a link to it."""

    node_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("changes")
        self.setAccessibleName("変更の一覧")
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self._comparison: Comparison | None = None
        self._changes: Sequence[ItemChange] = ()
        self._shown = _PAGE

    def show_changes(self, comparison: Comparison, changes: Sequence[ItemChange]) -> None:
        """Show some of the changes of a comparison."""
        self._comparison, self._changes, self._shown = comparison, changes, _PAGE
        self._render()

    def show_fields(self, change: ItemChange) -> None:
        """Show what changed of one item that need not be named."""
        inks = inks_on(self.palette().base().color())
        fields = "".join(field_markup(each, inks) for each in change.fields)
        self.setHtml(f"<p>{'・'.join(change.labels)}</p>{fields}")

    def copy_all(self) -> None:
        """Put all the changes into the clipboard, also those that are not laid out yet."""
        comparison = self._comparison
        if comparison is not None:
            lines = (change_text(comparison, each) for each in self._changes)
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _render(self) -> None:
        assert self._comparison is not None
        inks = inks_on(self.palette().base().color())
        shown = self._changes[: self._shown]
        pieces = [change_markup(self._comparison, each, inks) for each in shown]
        rest = len(self._changes) - len(shown)
        if rest:
            pieces.append(f'<p><a href="{_MORE}">残り {rest:,}件を表示</a></p>')
        self.setHtml("".join(pieces) or "<p>該当する変更はありません。</p>")

    def _follow(self, link: QUrl) -> None:
        if link.toString() == _MORE:
            place = self.verticalScrollBar().value()
            self._shown = len(self._changes)
            self._render()
            self.verticalScrollBar().setValue(place)
        else:
            self.node_requested.emit(int(link.toString()))
