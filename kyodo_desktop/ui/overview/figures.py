"""The great figures at the top: how many stand where, and how many that were last time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.ui.widgets import forms, plain, theme
from kyodo_desktop.ui.widgets.painted import PaintedButton

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

_IN_A_ROW = 4
_GREAT, _BODY, _SMALL = 22, 13, 12
_HEIGHT, _CAPTION, _LINE = 52, 20, 16
_INSET = 4


class Figure(NamedTuple):
    """A number, what it is of, and how it changed; `of` is the whole that it is a part of."""

    label: str
    number: int
    change: str = ""
    of: int | None = None
    stands_for: Hashable = None
    hint: str = ""

    @property
    def spoken(self) -> str:
        """The whole as it is read out."""
        whole = "" if self.of is None else f"（全{self.of:,}）"
        change = f"、前回比{self.change}" if self.change else ""
        return f"{self.label} {self.number:,}{whole}{change}"


class FigureButton(PaintedButton):
    """One of them; a click opens its rows."""

    def __init__(self) -> None:
        super().__init__()
        self._figure = Figure("", 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    @property
    def figure(self) -> Figure:
        """What is shown."""
        return self._figure

    def show_figure(self, figure: Figure, *, name: str) -> None:
        """Show another one."""
        self._figure = figure
        self.setObjectName(name)
        self.setAccessibleName(with_signs(figure.spoken))
        self.setToolTip(plain.tip(figure.hint or figure.spoken))
        self.setEnabled(figure.stands_for is not None)
        self.updateGeometry()
        self.update()

    def _pieces(self) -> list[str]:
        """Return the parts of the caption between which a line may end."""
        figure = self._figure
        word = "前回比" if figure.of is not None else ""
        name, bracket, aside = figure.label.partition("（")
        change = f"　{word}{figure.change}" if figure.change else ""
        return [with_signs(each) for each in (name, bracket + aside, change) if each]

    def caption_lines(self) -> list[str]:
        """Return the caption in as many lines as it takes beside the other figures."""
        metrics, lines = QFontMetrics(theme.font(_SMALL)), [""]
        for piece in self._pieces():
            longer = lines[-1] + piece
            if lines[-1] and metrics.horizontalAdvance(longer) > self._room:
                lines.append(piece.strip())
            else:
                lines[-1] = longer
        return [
            metrics.elidedText(each, Qt.TextElideMode.ElideRight, self._room) for each in lines
        ]

    @property
    def _room(self) -> int:
        return self.width() - theme.px(_INSET)

    # Qt's interface

    def sizeHint(self) -> QSize:
        figure, gap = self._figure, theme.px(2 * _INSET)
        great = QFontMetrics(theme.font(_GREAT, bold=True)).horizontalAdvance(f"{figure.number:,}")
        whole = QFontMetrics(theme.font()).horizontalAdvance(f" / {figure.of or 0:,}")
        small = QFontMetrics(theme.font(_SMALL)).horizontalAdvance("".join(self._pieces()))
        more = (len(self.caption_lines()) - 1) * theme.px(_LINE)
        return QSize(max(great + whole, small) + gap, theme.px(_HEIGHT) + more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        figure, tokens, px = self._figure, theme.tokens(), theme.px
        painter = QPainter(self)
        self.paint_ground(painter, px(_INSET))
        left = QRect(px(_INSET), 0, self.width() - px(_INSET), px(_HEIGHT))
        upper = left.adjusted(0, px(_INSET), 0, -px(_CAPTION))
        base = upper.bottom() - px(6)
        is_zero = not figure.number
        painter.setFont(theme.font(_GREAT, bold=not is_zero))
        painter.setPen(tokens.ink2 if is_zero else tokens.ink)
        text = f"{figure.number:,}"
        painter.drawText(left.left(), base, text)
        if figure.of is not None:
            x = left.left() + painter.fontMetrics().horizontalAdvance(text) + px(_INSET)
            painter.setFont(theme.font(_BODY))
            painter.setPen(tokens.ink2)
            painter.drawText(x, base, f"/ {figure.of:,}")
        painter.setFont(theme.font(_SMALL))
        painter.setPen(tokens.ink2)
        lower = QRect(left.left(), upper.bottom() + 1 - px(2), left.width(), px(_CAPTION))
        for line in self.caption_lines():
            painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, line)
            lower.translate(0, px(_LINE))


class Figures(QWidget):
    """All of them, four in a row at most."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: list[FigureButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._add_button()  # its place in the order of Tab is that of all that come later

    def take_focus(self) -> None:
        """Bring the focus to the first of them."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these and no others."""
        while len(self._buttons) < len(figures):
            self._add_button()
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(figures))
            if place < len(figures):
                button.show_figure(figures[place], name=f"figure_{place}")
        for column in range(_IN_A_ROW):
            widths = [
                button.sizeHint().width()
                for button in self._buttons[: len(figures)][column::_IN_A_ROW]
            ]
            self._grid.setColumnStretch(column, max(widths, default=0))

    def _add_button(self) -> None:
        button, place = FigureButton(), len(self._buttons)
        button.clicked.connect(lambda: self.opened.emit(button.figure.stands_for))
        self._grid.addWidget(button, place // _IN_A_ROW, place % _IN_A_ROW)
        if self._buttons:
            forms.follow_in_tab_order(self._buttons[-1], [button])
        self._buttons.append(button)
