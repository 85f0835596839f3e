"""Three ways to fill an empty plan, large, where its rows will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.ui.widgets import appearance, plain, theme
from kyodo_desktop.ui.widgets.painted import PaintedButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_WIDTH, _HEIGHT, _GAP = 520, 72, 8
_INSET, _ICON, _TEXT_LEFT, _ROUND = 20, 24, 64, 8
_LINE, _ABOVE, _HEADER, _ROW = 20, 12, 32, 30
_BEGIN = "どこから始めても、あとで直したり元に戻したりできます。"


class StartChoices(QFrame):
    """Lies over the list, below its first rows, as long as there is nothing else in it."""

    heading_wanted = Signal()
    paste_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("start_choices")
        self._above = 1
        self._caption = plain.Label()
        self._caption.setProperty("role", "heading")
        explanation = plain.Label(_BEGIN)
        explanation.setProperty("role", "caption")
        explanation.setWordWrap(True)
        self.heading = StartChoice("choose_heading", "add-heading", "Ctrl+Shift+H")
        self.paste = StartChoice("choose_paste", "duplicate", "Ctrl+V")
        self.table = StartChoice("choose_import", "import", "Ctrl+I")
        self.heading.clicked.connect(self.heading_wanted)
        self.paste.clicked.connect(self.paste_wanted)
        self.table.clicked.connect(self.import_wanted)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._caption)
        self._column.addWidget(explanation)
        for choice in (self.heading, self.paste, self.table):
            self._column.addWidget(choice)
        over.installEventFilter(self)
        theme.notifier().changed.connect(self.fit)
        self.fit()

    def show_level(self, name: str, rows: int) -> None:
        """Name what is to be added first; so many rows stand above."""
        self._above = rows
        self._caption.setText(f"まだ{name}がありません")
        self.heading.say(f"{name}を追加", f"名前を入力して Enter。続けて次の{name}を入力できます")
        self.paste.say(
            "Excelから貼り付け", "範囲をコピーしてここに貼り付け。取り込む前に確認できます"
        )
        self.table.say(
            "表を取り込む",
            "現在の進捗管理表（Excel・CSV）を選ぶか、ここへドラッグ＆ドロップ",
        )

    def fit(self) -> None:
        """Take the measures of the present zoom, in the middle of what lies below."""
        px = theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(_GAP))
        over = self.parentWidget()
        assert over is not None, "it lies over the list"
        width = min(px(_WIDTH), over.width() - 2 * px(_INSET))
        for choice in (self.heading, self.paste, self.table):
            choice.setFixedHeight(px(_HEIGHT))
        height = self._column.heightForWidth(width)
        top = max(px(_HEADER) + px(_ROW) * (self._above + 1), (over.height() - height) * 2 // 5)
        self.setGeometry(max(0, (over.width() - width) // 2), top, max(1, width), height)

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)


class StartChoice(PaintedButton):
    """One way: a drawing, what it does, how, and its key."""

    def __init__(self, name: str, icon: str, key: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._key, self._text, self._how = key, "", ""
        appearance.give_icon(self, icon)

    def say(self, text: str, how: str) -> None:
        """Say what it does, and how."""
        self._text, self._how = text, how
        self.setText(plain.whole(text))
        self.setAccessibleName(with_signs(f"{text}（{self._key}）"))
        self.setAccessibleDescription(with_signs(how))
        self.setToolTip(plain.tip(how))
        self.update()

    # Qt's interface

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, px = theme.tokens(), theme.px
        painter = QPainter(self)
        self.paint_ground(painter, px(_ROUND), ground=tokens.base, edge=Qt.PenStyle.SolidLine)
        side, middle = px(_ICON), self.height() // 2
        self.icon().paint(painter, QRect(px(_INSET), middle - side // 2, side, side))
        painter.setFont(theme.font(12))
        metrics = painter.fontMetrics()
        key_width = metrics.horizontalAdvance(self._key)
        left, right = px(_TEXT_LEFT), self.width() - px(_INSET)
        painter.setPen(tokens.ink2)
        key = QRect(right - key_width, 0, key_width, self.height())
        painter.drawText(key, Qt.AlignmentFlag.AlignVCenter, self._key)
        room = right - key_width - px(_ABOVE) - left
        how = metrics.elidedText(with_signs(self._how), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, middle + px(3), room, px(_LINE)), 0, how)
        painter.setFont(theme.font(bold=True))
        painter.setPen(tokens.ink)
        title = painter.fontMetrics().elidedText(
            with_signs(self._text), Qt.TextElideMode.ElideRight, room
        )
        upper = QRect(left, middle - px(_LINE) - px(3), room, px(_LINE))
        painter.drawText(upper, Qt.AlignmentFlag.AlignBottom, title)
