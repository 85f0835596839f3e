"""One figure of the strip: a flat toggle that says how many there are, and shows which."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kyodo_desktop.ui.widgets import plain, theme

_DIGITS = 3
_BAR = 96
_BAR_HEIGHT = 8
_PAD, _GAP, _CROSS, _SIGN = 8, 6, 8, 12
_HEIGHT = 32
_CAPTION, _FIGURE = 12, 15
_UNKNOWN = "–"
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FigureKind(NamedTuple):
    """What a figure counts, in the words around its number.

    One that is `part_of_all` counts how many of all are done, and has a bar; while it is on it
    counts the others, which are seen then, as `caption_on`. `shows` is what
    is seen after a click; an `alarming` one is red.
    """

    name: str
    caption: str
    shows: str
    unit: str = ""
    part_of_all: bool = False
    alarming: bool = False
    caption_on: str = ""


class RoundFigure(QAbstractButton):
    """Paints caption, number and a cross while it is on; its width is kept for three digits.

    A figure of which there is none is disabled, unless it is on or has the focus: then it can
    still be let go of.
    """

    stepped = Signal(int)  # to the figure beside it
    dropped = Signal()  # by Esc

    def __init__(self, kind: FigureKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"figure_{kind.name}")
        self.kind = kind
        self._value: int | None = 0
        self._all = 0
        self._has_bar = kind.part_of_all
        self._digits = _DIGITS
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._renew)
        self._renew()

    @property
    def value(self) -> int | None:
        """The number as it is shown; None while it is not known."""
        return self._value

    @property
    def left(self) -> int:
        """How many a click shows."""
        value = self._value or 0
        return self._all - value if self.kind.part_of_all else value

    @property
    def caption(self) -> str:
        """What is counted now."""
        return self.kind.caption_on if self._counts_others else self.kind.caption

    @property
    def _counts_others(self) -> bool:
        return self.isChecked() and bool(self.kind.caption_on)

    @property
    def _number(self) -> int | None:
        return self.left if self._counts_others and self._value is not None else self._value

    def show_value(self, value: int | None, of_all: int = 0, *, counts: str = "") -> None:
        """Show a number, of how many it is, and what it `counts` in a tooltip."""
        if (value, of_all, counts) == (self._value, self._all, self.toolTip()):
            return
        self._value, self._all = value, of_all
        # A plan with more widens it once; it never gets narrower again.
        self._digits = max(self._digits, len(str(max(of_all, value or 0))))
        self.setToolTip(plain.tip(counts))
        self._renew()

    def forget_width(self) -> None:
        """Keep three digits again, for another plan."""
        self._digits = _DIGITS

    def set_bar(self, *, shown: bool) -> None:
        """Show the bar or leave it away."""
        self._has_bar = shown and self.kind.part_of_all

    def _renew(self) -> None:
        self.setEnabled(bool(self.left) or self.isChecked() or self.hasFocus())
        how = (
            "押すと絞り込みを解除します"
            if self.isChecked()
            else f"押すと{self.kind.shows}だけを表示"
        )
        self.setAccessibleName(f"{self.caption} {self._spoken_value()}。{how}")
        self.setAccessibleDescription(self.toolTip())
        self.update()

    def _spoken_value(self) -> str:
        if self._value is None:
            return "数えています"
        number = self._number
        part = f"{self._all}のうち{number}" if self.kind.part_of_all else f"{number}"
        return f"{part}{self.kind.unit or '件'}"

    # Qt's interface

    def sizeHint(self) -> QSize:
        caption, number = QFontMetrics(theme.font(_CAPTION)), QFontMetrics(_bold())
        gap, digits = theme.px(_GAP), "0" * self._digits
        width = max(map(caption.horizontalAdvance, (self.kind.caption, self.kind.caption_on)))
        width += gap
        width += number.horizontalAdvance(digits)
        if self.kind.unit:
            width += caption.horizontalAdvance(self.kind.unit) + theme.px(2)
        if self.kind.alarming:
            width += theme.px(_SIGN) + gap
        if self.kind.part_of_all:
            width += caption.horizontalAdvance(f" / {digits}")
            if self._has_bar:
                width += gap + theme.px(_BAR)
        width += gap + theme.px(_CROSS) + 2 * theme.px(_PAD)
        return QSize(width, theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self.isChecked():
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._renew()

    def enterEvent(self, event: object) -> None:
        super().enterEvent(event)  # type: ignore[arg-type]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        x = float(theme.px(_PAD))
        colours = theme.tokens()
        is_none = not self.left and not self.isChecked() and not self.kind.part_of_all
        quiet = colours.ink3 if is_none else colours.ink2
        ink = colours.ink3 if is_none else colours.ink
        if self.kind.alarming and not is_none:
            ink = colours.danger
        on_chosen = self.isChecked() and colours.is_high_contrast
        if on_chosen:
            quiet = ink = colours.on_accent
        elif self.isChecked():
            quiet = colours.ink
        if self.kind.alarming and not is_none:
            x = self._paint_sign(painter, x, ink)
        x = self._paint_text(painter, x, self.caption, quiet) + theme.px(_GAP)
        x = self._paint_number(painter, x, ink, is_none=is_none)
        if self.kind.part_of_all:
            self._paint_text(painter, x, f" / {self._all}", quiet)
            if self._has_bar:
                self._paint_bar(painter)
        elif self.kind.unit:
            self._paint_text(painter, x + theme.px(2), self.kind.unit, quiet)
        if self.isChecked():
            self._paint_cross(painter, ink if on_chosen else colours.ink2)

    def _paint_frame(self, painter: QPainter) -> None:
        colours = theme.tokens()
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = theme.px(4)
        pen, fill = QPen(Qt.PenStyle.NoPen), QColor(Qt.GlobalColor.transparent)
        if self.isChecked():
            fill, pen = colours.sel, QPen(colours.accent)
        elif self.isEnabled() and (self.underMouse() or self.isDown()):
            fill = colours.soft
        if self.hasFocus():
            pen = QPen(colours.focus, 2)
            frame.adjust(0.5, 0.5, -0.5, -0.5)
        painter.setPen(pen)
        painter.setBrush(fill)
        painter.drawRoundedRect(frame, radius, radius)

    def _paint_text(self, painter: QPainter, x: float, text: str, ink: QColor) -> float:
        painter.setFont(theme.font(_CAPTION))
        painter.setPen(ink)
        return self._written(painter, x, text)

    def _paint_number(self, painter: QPainter, x: float, ink: QColor, *, is_none: bool) -> float:
        painter.setFont(theme.font(_FIGURE) if is_none else _bold())
        painter.setPen(ink)
        return self._written(painter, x, _UNKNOWN if self._number is None else str(self._number))

    def _written(self, painter: QPainter, x: float, text: str) -> float:
        """Write on the line that all the figures share, and return where the text ends."""
        middle = QFontMetrics(theme.font(_FIGURE))
        line = (self.height() + middle.ascent() - middle.descent()) / 2
        painter.drawText(QPointF(x, round(line)), text)
        return x + painter.fontMetrics().horizontalAdvance(text)

    def _paint_sign(self, painter: QPainter, x: float, ink: QColor) -> float:
        side, middle = theme.px(_SIGN), self.height() / 2
        top, foot = middle - side * 0.42, middle + side * 0.42
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(
            [QPointF(x, foot), QPointF(x + side / 2, top), QPointF(x + side, foot)]
        )
        return x + side + theme.px(_GAP)

    def _paint_bar(self, painter: QPainter) -> None:
        colours, height = theme.tokens(), theme.px(_BAR_HEIGHT)
        right = self.width() - theme.px(_PAD) - theme.px(_CROSS) - theme.px(_GAP)
        left, top = right - theme.px(_BAR), (self.height() - height) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(left, top, theme.px(_BAR), height, colours.bar_empty)
        share = (self._value or 0) / self._all if self._all else 0.0
        painter.fillRect(left, top, round(theme.px(_BAR) * share), height, colours.bar_done)
        painter.setPen(colours.border)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(left, top, theme.px(_BAR) - 1, height - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_cross(self, painter: QPainter, ink: QColor) -> None:
        side, middle = theme.px(_CROSS), self.height() / 2
        right = self.width() - theme.px(_PAD)
        box = QRectF(right - side, middle - side / 2, side, side)
        painter.setPen(QPen(ink, 1.4))
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())


def _bold() -> QFont:
    return theme.font(_FIGURE, bold=True)
