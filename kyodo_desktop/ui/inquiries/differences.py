"""The table of differences: what was sent, what the plan says, what was answered, and a choice."""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QModelIndex, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from kyodo_desktop.domain.comparing.text_diff import Segment, Segments, Whole, diff_segments
from kyodo_desktop.domain.terms import current_terms, in_term
from kyodo_desktop.ui.comparing.changes import NOTHING, Inks, inks_on
from kyodo_desktop.ui.widgets import appearance, forms, item_views, plain

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.replies.review import ReplyDifference
    from kyodo_desktop.ui.inquiries.batch import ReceivedFile


_SAME = "（現在と同じ）"


class DifferenceColumn(IntEnum):
    """What stands beside each other."""

    FIELD = 0
    SENT = 1
    NOW = 2
    ANSWER = 3
    CHOICE = 4
    ROW = 5

    @property
    def label(self) -> str:
        return ("項目", "照会時", "現在", "回答", "取込後", "回答票")[self]


class ActionDifferences(NamedTuple):
    """An action with its differences."""

    action_id: int
    label: str
    rows: list[ReplyDifference]


class DifferencesModel(item_views.GroupedRows):
    """A group is an action."""

    headers = tuple(each.label for each in DifferenceColumn)
    groups: list[ActionDifferences]

    decided = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups = []
        self._file: ReceivedFile | None = None
        self._writable = False
        self._cached_segments: dict[tuple[int, int], Segments] = {}

    def show_file(self, outline: Outline, file: ReceivedFile | None, *, writable: bool) -> None:
        """Show what a file would change; only while it is `writable` can one choose."""
        self.beginResetModel()
        self._file, self._writable, self._cached_segments = file, writable, {}
        rows: dict[int, list[ReplyDifference]] = {}
        for each in file.differences if file else ():
            rows.setdefault(each.action_id, []).append(each)
        terms = current_terms(outline)
        self.groups = [
            ActionDifferences(each, _label(outline, each, terms), rows[each]) for each in rows
        ]
        self.endResetModel()

    def difference_at(self, index: item_views.Index) -> ReplyDifference | None:
        """Return the difference of a row; an action has none."""
        if not index.isValid() or not index.internalId():
            return None
        return self.groups[index.internalId() - 1].rows[index.row()]

    def choices(self) -> list[tuple[QModelIndex, ReplyDifference]]:
        """Return where the choices stand of what must be decided."""
        return [
            (self.createIndex(row, DifferenceColumn.CHOICE, place + 1), each)
            for place, group in enumerate(self.groups)
            for row, each in enumerate(group.rows)
            if each.must_be_decided
        ]

    def decision(self, difference: ReplyDifference) -> bool | None:
        """Tell what is decided so far."""
        return self._file.decision(difference) if self._file else None

    def decide(self, difference: ReplyDifference, *, wanted: bool) -> None:
        """Want the answer or what the plan says."""
        if self._file is None or not self._writable:
            return
        self._file.decide(difference, wanted=wanted)
        place = [group.action_id for group in self.groups].index(difference.action_id)
        last = len(self.groups[place].rows) - 1
        self.dataChanged.emit(
            self.createIndex(0, DifferenceColumn.FIELD, place + 1),
            self.createIndex(last, DifferenceColumn.ROW, place + 1),
        )
        self.decided.emit()

    def segments(self, index: item_views.Index) -> Segments:
        """Return the text of a cell, its changed parts marked; worked out when it is drawn."""
        difference = self.difference_at(index)
        if difference is None:
            return ()
        key = difference.id, index.column()
        if key not in self._cached_segments:
            self._cached_segments[key] = _segments(difference, index.column())
        return self._cached_segments[key]

    # Qt's interface

    def flags(self, index: item_views.Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        difference = self.difference_at(index)
        if (
            index.column() == DifferenceColumn.FIELD
            and difference
            and not difference.must_be_decided
        ):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
            if not self._writable:
                flags &= ~Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: item_views.Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        difference = self.difference_at(index)
        if difference is None:
            is_label = (
                role == Qt.ItemDataRole.DisplayRole and index.column() == DifferenceColumn.FIELD
            )
            return self.groups[index.row()].label if is_label and index.isValid() else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(difference, DifferenceColumn(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in _TEXTS:
            return plain.tip(self._text(difference, DifferenceColumn(index.column())))
        is_box = (
            role == Qt.ItemDataRole.CheckStateRole and index.column() == DifferenceColumn.FIELD
        )
        if is_box and not difference.must_be_decided:
            ticked = self.decision(difference)
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def setData(
        self, index: item_views.Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        difference = self.difference_at(index)
        if difference is None or role != Qt.ItemDataRole.CheckStateRole or not self._writable:
            return False
        self.decide(difference, wanted=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _text(self, difference: ReplyDifference, column: DifferenceColumn) -> str:
        match column:
            case DifferenceColumn.FIELD:
                return difference.field.form.label + _kind(difference)
            case DifferenceColumn.SENT:
                is_same = difference.sent == difference.now
                return _SAME if is_same and difference.now.text else difference.sent.text
            case DifferenceColumn.NOW:
                return difference.now.text
            case DifferenceColumn.ANSWER:
                return difference.answer.text
            case DifferenceColumn.CHOICE:
                if difference.must_be_decided:
                    return ""  # the buttons stand there
                return "回答" if self.decision(difference) else "現在"
        sheet = f"「{difference.sheet}」\n" if difference.sheet else ""
        return f"{sheet}{difference.row}行目"


def _label(outline: Outline, action_id: int, terms: Collection[int]) -> str:
    home = outline.home(action_id)
    return in_term(outline, home, outline.label(home), terms)


def _kind(difference: ReplyDifference) -> str:
    kinds = (
        ("追加の行", difference.is_new_line),
        ("競合", difference.is_clash),
        ("訂正", difference.corrects),
        ("要確認", difference.is_guess),
        ("備考に追加", bool(difference.addition)),
        ("消す", difference.is_emptied),
    )
    named = "・".join(word for word, applies in kinds if applies)
    return f"\n（{named}）" if named else ""


def _segments(difference: ReplyDifference, column: int) -> Segments:
    sides = (difference.sent.text, difference.now.text, difference.answer.text)
    sent, now, answer = sides if difference.field.type.is_running_text else map(Whole, sides)
    if column == DifferenceColumn.NOW:
        return (
            diff_segments(sent, now)[1] if difference.is_clash else diff_segments(now, answer)[0]
        )
    if column == DifferenceColumn.ANSWER:
        return diff_segments(sent if difference.is_clash else now, answer)[1]
    return (Segment(sent, changed=False),) if sent else ()


_MARGIN, _MOST_LINES = 6, 12
_MORE = "…（指すと全文）"
_DIFFED = (DifferenceColumn.SENT, DifferenceColumn.NOW, DifferenceColumn.ANSWER)


class DifferencesDelegate(item_views.SelectionDelegate):
    """Wraps each cell at the width of its column.

    The first cell of a row answers for the height of the whole row, and only once for a width.
    """

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[int, int], int] = {}

    def forget(self) -> None:
        """Forget the heights of the rows that were shown so far."""
        self._heights.clear()

    # Qt's interface

    def initStyleOption(self, option: QStyleOptionViewItem, index: item_views.Index) -> None:
        super().initStyleOption(option, index)
        option.features |= QStyleOptionViewItem.ViewItemFeature.WrapText
        if not index.internalId():
            option.font.setBold(True)
            link = appearance.legible(
                option.palette.color(QPalette.ColorRole.Link), item_views.ground_of(option)
            )
            option.palette.setColor(QPalette.ColorRole.Text, link)
        if index.internalId() and index.column() in _DIFFED:
            option.text = ""

    def sizeHint(self, _option: QStyleOptionViewItem, index: item_views.Index) -> QSize:
        if index.column() != DifferenceColumn.FIELD:
            return QSize(0, 0)
        difference = cast("DifferencesModel", index.model()).difference_at(index)
        if difference is None:
            return QSize(0, self._view.fontMetrics().height() + 2 * _MARGIN)
        width = self._view.columnWidth(DifferenceColumn.NOW)
        key = difference.id, width
        if key not in self._heights:
            self._heights[key] = self._height(index, width - 2 * _MARGIN)
        return QSize(0, self._heights[key] + 2 * _MARGIN)

    def _height(self, index: item_views.Index, room: int) -> int:
        """Return how high the highest of the row's texts is."""
        metrics = self._view.fontMetrics()
        line = metrics.lineSpacing()
        height: int = (index.data().count("\n") + 1) * line
        for column in _DIFFED:
            text = index.sibling(index.row(), column).data()
            if "\n" in text or metrics.horizontalAdvance(text) > room:
                layout, is_whole = _laid_out(text, self._view.font(), room)
                below = 0 if is_whole else line
                height = max(height, ceil(layout.boundingRect().height()) + below)
        return height

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: item_views.Index
    ) -> None:
        super().paint(painter, option, index)
        if not index.internalId() or index.column() not in _DIFFED:
            return
        text = index.data()
        segments = cast("DifferencesModel", index.model()).segments(index)
        is_quiet = not segments or text != "".join(each.text for each in segments)
        cell = QStyleOptionViewItem(option)
        item_views.show_selection(cell)
        ground = item_views.ground_of(cell)
        role = QPalette.ColorRole.PlaceholderText if is_quiet else QPalette.ColorRole.Text
        ink = appearance.legible(cell.palette.color(role), ground)
        inks = inks_on(ground)
        formats = [] if is_quiet else _formats(segments, index.column(), inks)
        room = option.rect.width() - 2 * _MARGIN
        layout, is_whole = _laid_out(text or NOTHING, option.font, room)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setPen(ink)
        line = option.fontMetrics.lineSpacing()
        height = layout.boundingRect().height() + (0 if is_whole else line)
        place = QPointF(option.rect.topLeft())
        place += QPointF(_MARGIN, max(0, (option.rect.height() - height) / 2))
        layout.draw(painter, place, formats)
        if not is_whole:
            painter.drawText(place + QPointF(0, height - option.fontMetrics.descent()), _MORE)
        painter.restore()


def _laid_out(text: str, font: QFont, width: int) -> tuple[QTextLayout, bool]:
    """Return the first lines of a text, and whether they are all."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while layout.lineCount() < _MOST_LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    last = layout.lineAt(layout.lineCount() - 1)
    is_whole = last.textStart() + last.textLength() >= _utf16_length(text)
    return layout, is_whole


def _formats(segments: Segments, column: int, inks: Inks) -> list[QTextLayout.FormatRange]:
    """Return how the changed parts look: underlined, and in a colour of their own."""
    look = QTextCharFormat()
    look.setFontUnderline(True)
    look.setForeground(QColor(inks.old if column == DifferenceColumn.NOW else inks.new))
    ranges, start = [], 0
    for each in segments:
        length = _utf16_length(each.text)
        if each.changed:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, length, look
            ranges.append(part)
        start += length
    return ranges


def _utf16_length(text: str) -> int:
    """Return how many units Qt counts, where a rare kanji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


_TEXTS = (DifferenceColumn.SENT, DifferenceColumn.NOW, DifferenceColumn.ANSWER)
_WIDEST = {
    DifferenceColumn.FIELD: "　　　　今後の方向性（内容）",
    DifferenceColumn.CHOICE: "　現在　　回答　　",
    DifferenceColumn.ROW: "9,999行目　",
}


class DifferencesView(item_views.SelectionTree):
    """Each action stands above its cells; a click or Enter asks for its place in the tree."""

    action_requested = Signal(int)  # its id
    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("differences")
        self.setAccessibleName("回答と計画の違い")
        self._model = DifferencesModel(self)
        self._model.decided.connect(self.decided)
        self.setModel(self._model)
        self._note = item_views.EmptyNote(self, "")
        delegate = DifferencesDelegate(self)
        self._model.modelReset.connect(delegate.forget)
        self.setItemDelegate(delegate)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(12)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Always there, so that the columns need not give way when the rows are too many.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, widest in _WIDEST.items():
            header.resizeSection(column, self.fontMetrics().horizontalAdvance(widest))
        header.sectionResized.connect(self.scheduleDelayedItemsLayout)
        self.clicked.connect(self._follow)

    def show_file(self, outline: Outline, file: ReceivedFile | None, *, writable: bool) -> None:
        """Show the differences of a file, and buttons for what must be decided."""
        self._model.show_file(outline, file, writable=writable)
        self._note.say(_why_empty(file))
        for place in range(len(self._model.groups)):
            self.setFirstColumnSpanned(place, QModelIndex(), True)
        self.expandAll()
        for index, difference in self._model.choices():
            choice = ClashChoice(self._model.decision(difference))
            choice.setEnabled(writable)
            choice.decided.connect(partial(self._decide, difference))
            self.setIndexWidget(index, choice)

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._follow(index if not index.internalId() else index.parent())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        others = sum(self.columnWidth(each) for each in DifferenceColumn if each not in _TEXTS)
        share = (self.viewport().width() - others) // len(_TEXTS)
        for column in _TEXTS:
            self.header().resizeSection(column, share)

    def _follow(self, index: QModelIndex) -> None:
        if index.isValid() and not index.internalId():
            self.action_requested.emit(self._model.groups[index.row()].action_id)

    def _decide(self, difference: ReplyDifference, wanted: object) -> None:
        self._model.decide(difference, wanted=bool(wanted))


def _why_empty(file: ReceivedFile | None) -> str:
    """Return what it means that a file has no differences."""
    if file is None:
        return ""
    if file.taken:
        return "取り込み済みです。"
    if file.answer is None:
        return "読み取れないファイルです。理由は上にあります。"
    if not file.is_open:
        return "取り込めません。理由は上にあります。"
    return "現在の計画と違うところはありません。"


class ClashChoice(QWidget):
    """Two buttons, of which none is pressed until somebody has decided."""

    decided = Signal(bool)

    def __init__(self, decision: bool | None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for text, name, wanted in (("現在", "keep_now", False), ("回答", "take_answer", True)):
            button = forms.push_button(text, name)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setMinimumWidth(self.fontMetrics().horizontalAdvance("　現在　"))
            button.setChecked(decision is wanted)
            button.setAccessibleName(f"{text}の内容にする")
            button.clicked.connect(lambda _checked, wanted=wanted: self.decided.emit(wanted))
            row.addWidget(button)
        row.addStretch(1)
        self.setAutoFillBackground(True)
