"""新旧対照表 on screen: 新, 旧 and 理由 side by side, the changes underlined."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl, Signal
from PySide6.QtGui import QGuiApplication

from kyodo_desktop.ui.comparing.markup import Inks, inks_on, segments_markup
from kyodo_desktop.ui.plain import RichView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.comparing.contrast import ContrastGroup, ContrastRow
    from kyodo_desktop.domain.comparing.text_diff import Segments

_HEADINGS = ("新", "旧", "理由")
_NOTHING = "<p>この間に計画の変更はありません。（進捗状況の変更は含みません。）</p>"


class ContrastView(RichView):
    """Where reasons may be written, each row has a link which asks for it."""

    reason_requested = Signal(object)  # a ContrastRow

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("contrast")
        self.setAccessibleName("新旧対照表")
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self._groups: Sequence[ContrastGroup] = ()
        self._rows: list[ContrastRow] = []

    def show_groups(self, groups: Sequence[ContrastGroup], *, writable: bool) -> None:
        """Show the table, with links to its reasons where they may be written."""
        self._groups = groups
        self._rows = [row for group in groups for row in group.rows]
        inks = inks_on(self.palette().base().color())
        self.setHtml(_table(groups, inks, writable=writable) if groups else _NOTHING)

    def copy_all(self) -> None:
        """Put the table into the clipboard, for Word and Excel with its underlines."""
        data = QMimeData()
        data.setHtml(_table(self._groups, Inks("#000000", "#000000", ""), writable=False))
        data.setText("\n".join(_plain(self._groups)))
        QGuiApplication.clipboard().setMimeData(data)

    def _follow(self, link: QUrl) -> None:
        self.reason_requested.emit(self._rows[int(link.toString())])


def _table(groups: Sequence[ContrastGroup], inks: Inks, *, writable: bool) -> str:
    head = "".join(f'<th width="{width}%">{each}</th>' for each, width in _columns())
    lines, place = [f"<tr>{head}</tr>"], 0
    for group in groups:
        lines.append(f'<tr><td colspan="3"><b>{escape(group.title or "計画全体")}</b></td></tr>')
        for row in group.rows:
            reason = escape(row.reason).replace("\n", "<br>")
            if writable:
                reason += f' <a href="{place}">理由を書く</a>'
            new, old = segments_markup(row.new, inks.new), segments_markup(row.old, inks.old)
            lines.append(f"<tr><td>{new}</td><td>{old}</td><td>{reason}</td></tr>")
            place += 1
    style = 'border="1" cellspacing="0" cellpadding="6" width="100%"'
    return f'<table {style} style="border-collapse:collapse">{"".join(lines)}</table>'


def _columns() -> zip[tuple[str, int]]:
    return zip(_HEADINGS, (38, 38, 24), strict=True)


def _plain(groups: Sequence[ContrastGroup]) -> list[str]:
    lines = ["\t".join(_HEADINGS)]
    for group in groups:
        lines.append(group.title)
        for row in group.rows:
            cells = (_text(row.new), _text(row.old), row.reason)
            lines.append("\t".join(each.replace("\n", " ") for each in cells))
    return lines


def _text(segments: Segments) -> str:
    return "".join(each.text for each in segments)
