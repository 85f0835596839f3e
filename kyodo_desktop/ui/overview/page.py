"""The page of 集計: figures, bars, and lists of what is late, new or waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.ui.overview.figures import Figures
from kyodo_desktop.ui.overview.lists import BAR_ROW, STRETCH, Row, RowList
from kyodo_desktop.ui.overview.trend import Trend, TrendColumn
from kyodo_desktop.ui.widgets import badges, forms, plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from kyodo_desktop.domain.plan import Status

_MARGIN, _GAP, _SMALL = 16, 8, 24
_NARROW = 440  # where two lists stand beside each other no more
_THIN = "細い帯＝前回"
_SAMPLE, _SAMPLE_GAP, _BETWEEN = 16, 6, 22


class OverviewPage(QScrollArea):
    """Shows what it is given; `opened` brings what a figure or a row stands for."""

    opened = Signal(object)
    reminder_requested = Signal()

    def __init__(self, fill: Callable[[Sequence[int]], None]) -> None:
        """Make an empty page; `fill` is called for what is to be shown."""
        super().__init__()
        self._fill = fill
        self.late: Hashable = None  # what all that is late stands for
        self.setObjectName("overview")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sentence = plain.Label()
        self.sentence.setObjectName("overview_sentence")
        self.sentence.setWordWrap(True)
        self.figures = Figures()
        self.legend = Legend()
        self.bars = RowList(
            "bars", "見出しごとの内訳", (136, STRETCH, 100), BAR_ROW, first_up_to=0.4
        )
        self.placed = RowList("actions_here", "実行計画と状態", (120, STRETCH))
        self.overdue = ListBlock("overdue_list", "期限超過", (76, STRETCH, 104, 64))
        self.all_overdue = self.overdue.add_link("一覧で見る", "show_overdue")
        self.soon = ListBlock("soon_list", "3か月以内に完了予定", (76, STRETCH, 104))
        self.news = ListBlock("news_list", "前回開いた後の変更", (66, STRETCH, 64))
        self.unanswered = ListBlock("unanswered_list", "未回答", (STRETCH, 48))
        self.remind = self.unanswered.add_button("再依頼文を作る", "write_reminder")
        self.trend = Trend()
        self.trend_block = Block(self.trend, "調査ごとの推移")
        self.fields = HeadingFields()
        self._lay_out()
        self._connect()
        self._fit()
        theme.notifier().changed.connect(self._fit)

    def take_focus(self) -> None:
        """Bring the focus to the first figure."""
        self.figures.take_focus()

    def show_nodes(self, chosen: Sequence[int]) -> None:
        """Show where a term or a heading stands; of nothing chosen the whole plan."""
        self._fill(chosen)

    def show_legend(
        self, legend: Sequence[tuple[Status | None, str]], *, has_before: bool
    ) -> None:
        """Say what the colours of the bars mean, where there are any."""
        self.legend.show_entries(legend, _THIN if has_before else "")
        self.legend.setVisible(bool(self.bars.rows))

    def show_trend(self, columns: Sequence[TrendColumn]) -> None:
        """Show what each round said, where there were several."""
        self.trend.show_columns(columns)
        self.trend_block.setVisible(bool(columns))
        self._beside.setHidden(self.news.isHidden() and self.unanswered.isHidden())

    def say_instead(self, sentence: str) -> None:
        """Say why there is nothing to show; an empty sentence lets the rest be shown."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.figures.setVisible(not sentence)
        if sentence:
            for part in (self.legend, self.bars, self.placed):
                part.hide()
            self.hide_lists()

    def hide_lists(self) -> None:
        """Show no lists until they are filled."""
        self.overdue.hide()
        self.soon.hide()
        self.hide_asked()

    def hide_asked(self) -> None:
        """Show nothing of what only the file can tell."""
        for part in (self.news, self.unanswered, self.trend_block, self._beside):
            part.hide()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setBackgroundRole(QPalette.ColorRole.Base)
        content.setAutoFillBackground(True)
        self._column = QVBoxLayout(content)
        self._beside = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._beside)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.addWidget(self.news, 3)
        self._across.addWidget(self.unanswered, 2)
        for block in (self.news, self.unanswered):
            self._across.setAlignment(block, Qt.AlignmentFlag.AlignTop)
        parts = (
            *(self.sentence, self.figures, self.legend, self.bars, self.placed),
            *(self.overdue, self._beside, self.soon, self.trend_block, self.fields),
        )
        for part in parts:
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.setWidget(content)

    def _connect(self) -> None:
        self.figures.opened.connect(self.opened)
        for rows in self.findChildren(RowList):
            rows.opened.connect(self.opened)
        self.all_overdue.clicked.connect(lambda: self.opened.emit(self.late))
        self.remind.clicked.connect(self.reminder_requested)
        self.trend.opened.connect(self.opened)

    def _fit(self) -> None:
        """Take the measures of the present zoom."""
        px = theme.px
        self._column.setContentsMargins(px(_MARGIN), px(_GAP), px(_MARGIN), px(_MARGIN))
        self._column.setSpacing(px(_GAP) // 2)
        self._across.setSpacing(px(24))
        for rows in self.findChildren(RowList):
            rows.fit()

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.viewport().width() < theme.px(_NARROW)
        way = QBoxLayout.Direction
        self._across.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)


class Block(QFrame):
    """A line above, a caption with what is to be said beside it, and what it is the caption of."""

    def __init__(self, content: QWidget, caption: str) -> None:
        super().__init__()
        self._content, self._caption, self._aside = content, plain.Label(caption), plain.Label()
        self._caption.setProperty("role", "block")
        self._aside.setProperty("role", "caption")
        self._head = QHBoxLayout()
        self._head.addWidget(self._caption)
        self._head.addWidget(self._aside, 1)
        self._down = QVBoxLayout(self)
        self._down.addLayout(self._head)
        self._down.addWidget(content)
        self._fit()
        theme.notifier().changed.connect(self._fit)

    def add_link(self, text: str, name: str) -> QPushButton:
        """Put a button at the end of the caption."""
        link = forms.push_button(text, name)
        link.setProperty("role", "inline")
        self._head.addWidget(link)
        link.setFixedHeight(theme.px(_SMALL))
        return link

    def add_button(self, text: str, name: str) -> QPushButton:
        """Put a button below."""
        button = forms.push_button(text, name)
        self._down.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        button.setProperty("role", "small")
        button.setFixedHeight(theme.px(_SMALL))
        return button

    def say(self, aside: str) -> None:
        """Say how much of it there is."""
        self._aside.setText(aside)
        self._content.setAccessibleName(with_signs(f"{self._caption.text()} {aside}".strip()))

    def _fit(self) -> None:
        px = theme.px
        self._down.setContentsMargins(0, px(_GAP), 0, 0)
        self._down.setSpacing(px(_GAP) // 2)
        for button in self.findChildren(QPushButton):
            button.setFixedHeight(px(_SMALL))
        self._head.setSpacing(px(_GAP))

    # Qt's interface

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.tokens().line)


class ListBlock(Block):
    """A block with a list, which is there while the list has rows."""

    def __init__(self, name: str, caption: str, columns: Sequence[int]) -> None:
        self.rows = RowList(name, caption, columns)
        super().__init__(self.rows, caption)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these."""
        self.rows.show_rows(rows)
        self.setVisible(bool(rows))


class Legend(QWidget):
    """What the colours of the bars mean, in one line at the right; it wraps where it must."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("legend")
        self._entries: Sequence[tuple[Status | None, str]] = ()
        self._end = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: Sequence[tuple[Status | None, str]], end: str) -> None:
        """Show these, and a word on the thin bars."""
        self._entries, self._end = entries, end
        words = "、".join(label for _, label in entries)
        self.setAccessibleName(with_signs(f"凡例：{words}{'、' if end else ''}{end}"))
        self.updateGeometry()
        self.update()

    def _lines(self) -> list[list[tuple[Status | None, str, int, bool]]]:
        """Return the entries line by line with their widths; the last has no sample."""
        metrics, px = self.fontMetrics(), theme.px
        found: list[list[tuple[Status | None, str, int, bool]]] = [[]]
        used = 0
        entries = [(status, label, True) for status, label in self._entries]
        if self._end:
            entries.append((None, self._end, False))
        for status, label, has_sample in entries:
            width = metrics.horizontalAdvance(label) + px(_BETWEEN)
            width += px(_SAMPLE + _SAMPLE_GAP) if has_sample else 0
            if found[-1] and used + width - px(_BETWEEN) > self.width():
                found.append([])
                used = 0
            found[-1].append((status, label, width, has_sample))
            used += width
        return found

    # Qt's interface

    def sizeHint(self) -> QSize:
        self.setFont(theme.font(12))
        return QSize(theme.px(200), theme.px(20) * len(self._lines()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens, px = QPainter(self), theme.tokens(), theme.px
        painter.setFont(theme.font(12))
        for number, line in enumerate(self._lines()):
            left = self.width() - sum(width for _, _, width, _ in line) + px(_BETWEEN)
            top = number * px(20)
            for status, label, width, has_sample in line:
                text = QRect(left, top, width, px(20))
                if has_sample:
                    sample = QRect(left, top + px(5), px(_SAMPLE), px(11))
                    painter.fillRect(sample, badges.bar_fill(status))
                    painter.setPen(tokens.border)
                    painter.drawRect(sample.adjusted(0, 0, -1, -1))
                    text.adjust(px(_SAMPLE + _SAMPLE_GAP), 0, 0, 0)
                painter.setPen(tokens.ink2)
                painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, with_signs(label))
                left += width


class HeadingFields(forms.FoldedPart):
    """The fields of a heading, as high as they are; they stay unfolded as they were left."""

    def __init__(self) -> None:
        super().__init__("heading_fields", "見出しの内容")
        self._page: QScrollArea | None = None
        self.hide()

    def take(self, page: QScrollArea) -> None:
        """Fold these fields."""
        self._page = page
        page.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = page.widget()
        assert inner is not None, "it is a page with fields"
        inner.installEventFilter(self)
        page.destroyed.connect(self._forget)
        self.set_body(page)
        self._fit()

    def _forget(self) -> None:
        self._page = None
        self.set_body(None)

    def _fit(self) -> None:
        inner = self._page.widget() if self._page is not None else None
        if self._page is not None and inner is not None:
            self._page.setFixedHeight(inner.sizeHint().height())

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)
