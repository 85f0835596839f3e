"""What lies around the rows of 紙面: title and names above them, desk and edge beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QWidget

from kyodo_desktop.ui.paper import painting
from kyodo_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from kyodo_desktop.ui.paper.cells import PaperTexts

PADDING = 24  # inside the edge of the sheet
TITLE, ABOVE = 48, 12  # the room of the title, and of the desk above it


class PaperGround(Protocol):
    """The view, as its edges know it."""

    style_now: painting.Style

    @property
    def texts(self) -> PaperTexts | None:
        """What is shown."""

    def paint_ground(self, painter: QPainter, room: QRect, *, above: int = 0) -> None:
        """Paint the desk, and the sheet as far as it reaches to the right."""

    def rows_end(self) -> int:
        """Return where the last row ends, in the view."""


class PaperHeader(QHeaderView):
    """The title, the legend and the names of the columns, which stay while the rows scroll."""

    def __init__(self, sheet: PaperGround, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sheet = sheet
        self.setObjectName("paper_header")
        self.setAccessibleName("見出し")
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)

    # Qt's interface

    def sizeHint(self) -> QSize:
        return self.minimumSize()  # which is set; Qt would ask for the words of many sections

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self.viewport())
        sheet, texts = self._sheet, self._sheet.texts
        sheet.paint_ground(painter, self.rect(), above=theme.px(ABOVE))
        if texts is None:
            return
        style, height = sheet.style_now, self.height()
        left, width = -self.offset(), self.length()
        title = QRect(left, theme.px(ABOVE), width, theme.px(TITLE))
        explained = title.adjusted(width // 3, 0, 0, 0)  # the title needs some room as well
        begins = painting.draw_legend(painter, style, texts.legend, texts.as_of, explained)
        painter.setFont(theme.font(16, bold=True))
        painter.setPen(style.ink)
        room = QRect(
            title.left(), title.top(), begins - title.left() - theme.px(8), title.height()
        )
        painting.draw_title(painter, texts.title, room)
        top = title.bottom() + 1
        names = [
            (
                name,
                QRect(self.sectionViewportPosition(i), top, self.sectionSize(i), height - top - 1),
            )
            for i, name in enumerate(texts.column_names())
        ]
        painting.draw_header(painter, style, names)
        painter.end()


class PaperMargin(QHeaderView):
    """The desk and the edge of the sheet at the left of the rows."""

    def __init__(self, sheet: PaperGround, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._sheet = sheet
        self.setObjectName("paper_margin")
        self.setAccessibleName("行")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # Qt's interface

    def sizeHint(self) -> QSize:
        return self.minimumSize()  # which is set; Qt would ask for the words of many sections

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self.viewport())
        tokens, room, rows_end = theme.tokens(), self.rect(), self._sheet.rows_end()
        painter.fillRect(room, tokens.desk)
        edge = room.adjusted(room.width() - theme.px(PADDING), 0, 0, 0)
        edge.setBottom(min(room.bottom(), rows_end + theme.px(PADDING) - 1))
        painter.fillRect(edge, tokens.base)
        painter.setPen(self._sheet.style_now.grid)
        painter.drawLine(room.right(), room.top(), room.right(), min(rows_end - 1, room.bottom()))
        painter.end()


def paint_corner(corner: QWidget, style: painting.Style) -> None:
    """Paint what is left of the title."""
    painter = QPainter(corner)
    room = corner.rect()
    painter.fillRect(room, theme.tokens().desk)
    sheet = room.adjusted(room.width() - theme.px(PADDING), theme.px(ABOVE), 0, 0)
    painter.fillRect(sheet, theme.tokens().base)
    painter.setPen(style.grid)
    top = theme.px(ABOVE) + theme.px(TITLE)
    painter.drawLine(room.right(), top, room.right(), room.bottom())
    painter.end()
