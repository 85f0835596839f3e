"""Asks what takes the place of what, and shows each text before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QRadioButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import replacing
from kyodo_desktop.domain.replacing import Hit, Span, TextKind, TextReplacement
from kyodo_desktop.ui.widgets import forms, inputs, item_views, marking, theme
from kyodo_desktop.ui.widgets.plain import Label, tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QPainter

    from kyodo_desktop.domain.outline import Outline

_SIZE = (1040, 620)
_WAIT = 250  # milliseconds after a keystroke
_BEFORE_HIT = 12  # characters that are shown before the first hit
_HEADINGS = ("置換", "場所", "欄", "現在の内容", "置換後")
_TICK, _PLACE, _FIELD, _NOW, _THEN = range(len(_HEADINGS))
_WIDTHS = (48, 260, 96)
_SPANS = int(Qt.ItemDataRole.UserRole) + 1
_PROBLEM = _SPANS + 1
_NO_INDEX = QModelIndex()


class ReplaceDialog(forms.StayingDialog):
    """`looked_for`, `put` and `chosen_hits` are what was agreed to; nothing is written here.

    `refusal` tells why a kind of text cannot be changed now.
    """

    def __init__(
        self,
        outline: Outline,
        chosen: Sequence[int],
        refusal: Callable[[TextKind], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("置換")
        self.resize(*_SIZE)
        self._outline, self._chosen, self._refusal = outline, chosen, refusal
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self.search)
        self._make_inputs()
        self._make_list()
        self._lay_out()
        self.search()

    @property
    def looked_for(self) -> str:
        """What is looked for."""
        return self._find.text()

    @property
    def put(self) -> str:
        """What takes its place."""
        return self._put.text()

    @property
    def chosen_hits(self) -> list[Hit]:
        """The hits that are ticked."""
        return self.hits.chosen()

    def search(self) -> None:
        """Show what would be replaced now."""
        self._timer.stop()
        kinds = [kind for kind, box in self._kinds.items() if box.isChecked()]
        replacement = TextReplacement(
            self.looked_for, self.put, exact=not self._folded.isChecked()
        )
        among = self._chosen if self._within.isChecked() else None
        found = list(replacing.hits(self._outline, replacement, kinds, among))
        self.hits.show(self._outline, found)
        self._show_count()

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not isinstance(self.focusWidget(), QPushButton):
            self._go_on()
            return
        super().keyPressEvent(event)

    # Layout

    def _make_inputs(self) -> None:
        self._find, self._put = inputs.LineField(), inputs.LineField()
        self._find.setObjectName("find")
        self._put.setObjectName("put")
        for field in (self._find, self._put):
            field.textChanged.connect(self._timer.start)
        self._kinds = {
            kind: self._kind_box(number, kind) for number, kind in enumerate(replacing.KINDS, 1)
        }
        self._whole = QRadioButton("計画全体(&P)")
        self._within = QRadioButton(f"一覧で選択した範囲（{len(self._chosen)}件）(&S)")
        self._within.setObjectName("within")
        self._within.setEnabled(bool(self._chosen))
        self._whole.setChecked(True)
        self._folded = QCheckBox("全角と半角、ひらがなとカタカナ、大文字と小文字を区別しない(&M)")
        self._folded.setObjectName("folded")
        self._folded.setChecked(True)
        for box in (self._within, self._folded):
            box.toggled.connect(self.search)

    def _kind_box(self, number: int, kind: TextKind) -> QCheckBox:
        box = QCheckBox(f"{kind.label}(&{number})")
        box.setObjectName(f"kind_{kind.label}")
        refusal = self._refusal(kind)
        box.setEnabled(not refusal)
        box.setChecked(not refusal)
        box.setToolTip(tip(refusal))
        box.toggled.connect(lambda _: self.search())
        return box

    def _make_list(self) -> None:
        self.hits = HitModel(self)
        self.hits.ticked.connect(self._show_count)
        self._table = QTableView()
        self._table.setObjectName("hits")
        self._table.setAccessibleName("置換する箇所")
        self._table.setModel(self.hits)
        self._table.setItemDelegate(HitDelegate(self._table))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(theme.px(28))
        header = self._table.horizontalHeader()
        header.setMinimumSectionSize(theme.px(40))
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, theme.px(width))
        for column in (_NOW, _THEN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._note = item_views.EmptyNote(self._table, "")

    def _lay_out(self) -> None:
        form = QFormLayout()
        forms.add_row(form, "検索する文字列(&N)", self._find)
        forms.add_row(form, "置換後の文字列(&E)", self._put)
        form.addRow("対象", self._row(*self._kinds.values()))
        form.addRow("範囲", self._row(self._whole, self._within))
        form.addRow("", self._folded)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addLayout(form)
        closed = next(filter(None, map(self._refusal, self._kinds)), "")
        if closed:
            hint = Label(closed)
            hint.setObjectName("refusal")
            hint.setWordWrap(True)
            column.addWidget(hint)
        column.addWidget(self._table, 1)
        column.addLayout(self._foot())

    def _row(self, *boxes: QWidget) -> QWidget:
        row = QWidget()
        flow = forms.FlowLayout(row)
        for box in boxes:
            flow.addWidget(box)
        return row

    def _foot(self) -> QHBoxLayout:
        self._count = Label()
        self._count.setObjectName("count")
        self._all = forms.push_button(
            "すべて選択(&A)", "tick_all", lambda: self.hits.tick_all(True)
        )
        self._none = forms.push_button(
            "すべて解除(&C)", "tick_none", lambda: self.hits.tick_all(False)
        )
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setObjectName("replace_now")
        self._ok.setProperty("role", "primary")
        for which in (buttons.StandardButton.Ok, buttons.StandardButton.Cancel):
            buttons.button(which).setAutoDefault(False)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self._all)
        row.addWidget(self._none)
        row.addWidget(self._count, 1)
        row.addWidget(buttons)
        return row

    def _go_on(self) -> None:
        """Do what Enter does: go on to what is missing, then what the filled button says.

        Two of them after what is looked for shall not remove it all over the plan.
        """
        if self._find.hasFocus():
            self.search()
            self._put.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._put.hasFocus() and not self.put:
            self.search()
            self._ok.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._accept()

    def _accept(self) -> None:
        if self._timer.isActive():  # what is shown is not what is asked for
            self.search()
        elif self.chosen_hits:
            self.accept()

    def _show_count(self) -> None:
        chosen, found = len(self.chosen_hits), len(self.hits.hits)
        problems = sum(1 for hit in self.hits.hits if hit.problem)
        text = f"{found:,}件中 {chosen:,}件を置換します。" if found else ""
        if problems:
            text += f"{problems:,}件は置換できません（理由は「置換後」の欄にあります）。"
        self._count.setText(text)
        self._note.say(
            "見つかりませんでした" if self.looked_for else "検索する文字列を入力してください"
        )
        self._ok.setText(f"置換（{chosen:,}件）(&R)" if chosen else "置換(&R)")
        self._ok.setEnabled(bool(chosen))
        for button in (self._all, self._none):
            button.setEnabled(found > problems)


class HitModel(QAbstractTableModel):
    """The hits; each that can be replaced is ticked until it is not."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []
        self._labels: list[str] = []
        self._out: set[tuple[str, int, str]] = set()  # places that are not ticked

    def show(self, outline: Outline, hits: list[Hit]) -> None:
        """Show other hits; what was not ticked among the last ones is not."""
        self.beginResetModel()
        self.hits = hits
        self._labels = [outline.place_label(hit.place.node) for hit in hits]
        self.endResetModel()

    def chosen(self) -> list[Hit]:
        """Return what is ticked."""
        return [hit for hit in self.hits if self._is_ticked(hit)]

    def tick_all(self, ticked: bool) -> None:
        """Tick all that can be replaced, or none."""
        self._out = set() if ticked else {_key(hit) for hit in self.hits}
        if self.hits:
            last = self.index(len(self.hits) - 1, _TICK)
            self.dataChanged.emit(self.index(0, _TICK), last)
        self.ticked.emit()

    def _is_ticked(self, hit: Hit) -> bool:
        return not hit.problem and _key(hit) not in self._out

    # Qt's interface

    def rowCount(self, parent: item_views.Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def columnCount(self, parent: item_views.Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_shown = role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal
        return _HEADINGS[section] if is_shown else None

    def flags(self, index: item_views.Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == _TICK and not self.hits[index.row()].problem:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: item_views.Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit, column = self.hits[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(index.row(), column)
            case Qt.ItemDataRole.CheckStateRole if column == _TICK:
                return Qt.CheckState.Checked if self._is_ticked(hit) else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self._whole_text(index.row(), column))
            case Qt.ItemDataRole.AccessibleTextRole if column == _TICK:
                return "置換しない" if not self._is_ticked(hit) else "置換する"
        if role == _SPANS:
            return _excerpt(*self._marked(hit, column))[1]
        if role == _PROBLEM:
            return bool(hit.problem) and column == _THEN
        return None

    def setData(
        self, index: item_views.Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != _TICK:
            return False
        key = _key(self.hits[index.row()])
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._out.discard(key)
        else:
            self._out.add(key)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def _text(self, row: int, column: int) -> str:
        hit = self.hits[row]
        match column:
            case 1:
                return self._labels[row]
            case 2:
                return hit.place.kind.label
            case 0:
                return ""
        return _excerpt(*self._marked(hit, column))[0]

    def _whole_text(self, row: int, column: int) -> str:
        if column in (_NOW, _THEN):
            return self._marked(self.hits[row], column)[0]
        return self._text(row, column)

    def _marked(self, hit: Hit, column: int) -> tuple[str, list[Span]]:
        if column == _NOW:
            return hit.place.text, hit.spans
        if column == _THEN:
            return (hit.problem, []) if hit.problem else (hit.after, hit.spans_after)
        return "", []


class HitDelegate(QStyledItemDelegate):
    """Draws a text with its hits on the ground that a search has."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: item_views.Index
    ) -> None:
        spans: list[Span] = index.data(_SPANS) or []
        is_problem = bool(index.data(_PROBLEM))
        if not spans and not is_problem:
            super().paint(painter, option, index)
            return
        tokens, text = theme.tokens(), str(index.data())
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        cell.text = ""
        style = cell.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        room = option.rect.adjusted(theme.px(8), 0, -theme.px(4), 0)
        painter.save()
        painter.setClipRect(room)
        painter.setFont(option.font)
        painter.setPen(tokens.danger if is_problem else tokens.ink)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        top = room.top() + (room.height() - metrics.height()) // 2
        line = QRectF(room.left(), top, room.width(), metrics.height())
        marking.mark_hits(painter, line, shown, spans, metrics=metrics, ink=tokens.ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: item_views.Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), theme.px(28))


def _key(hit: Hit) -> tuple[str, int, str]:
    return hit.place.table, hit.place.row_id, hit.place.kind.column


def _excerpt(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Return a text of one line that begins shortly before its first hit."""
    text = text.replace("\n", " ")
    first = spans[0][0] if spans else 0
    cut = max(0, first - _BEFORE_HIT)
    if cut <= 1:
        return text, spans
    return f"…{text[cut:]}", [(start - cut + 1, end - cut + 1) for start, end in spans]
