"""The head of the list: which columns are shown, how wide, and by which one it is sorted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from kyodo_desktop.domain.arranging import Arrangement, Order
from kyodo_desktop.ui.tree.columns import (
    BY_NAME,
    COLUMNS,
    LABELS,
    ColumnLayout,
    TreeColumn,
    fitted,
    reached,
)
from kyodo_desktop.ui.widgets import theme
from kyodo_desktop.ui.widgets.plain import whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from PySide6.QtGui import QKeyEvent, QMouseEvent

_HEIGHT, _LEAST = 28, 40
_NO_ROOM = "幅が足りないため、→ で進むまで出ません。一覧の幅を広げるか、ほかの列を外してください。"
IN_ORDER = "計画の順に戻す"


class PlanHeader(QHeaderView):
    """Keeps what a person has chosen of the columns, and shows of it what there is room for.

    `order_requested` asks for another order; `menu_wanted` lets others add to the menu of a
    column what limits the list.
    """

    order_requested = Signal(object)
    menu_wanted = Signal(int, object)  # the column and its QMenu
    no_room = Signal(str)  # why a column that was chosen is not in sight
    chosen = Signal()  # other columns, or another order of them

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("plan_header")
        self.order = Order()
        self._shown = {BY_NAME[column.name] for column in COLUMNS if column.shown}
        self._widths = {place: column.width for place, column in enumerate(COLUMNS)}
        self._kept: frozenset[int] = frozenset()
        self._is_fitting = self._has_reached = False
        self._current = 0  # the column of the current cell
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.sectionClicked.connect(self.sort_by)
        self.sectionResized.connect(self._keep_width)
        self.sectionMoved.connect(lambda *_: self.chosen.emit())
        self.renew()

    def renew(self) -> None:
        """Take the sizes anew."""
        self.setMinimumSectionSize(theme.px(_LEAST))
        self.setFixedHeight(theme.px(_HEIGHT))
        self.fit()

    def keep(self, columns: Collection[int]) -> None:
        """Let these columns stay even where room is short: the list is limited by them."""
        if frozenset(columns) != self._kept:
            self._kept = frozenset(columns)
            self.fit()

    def reach(self, column: int) -> None:
        """Keep the column of the current cell in sight, in the place of others if need be."""
        if column == self._current or not 0 <= column < self.count():
            return
        self._current = column
        if self._has_reached or self.isSectionHidden(column):
            self.fit()

    def stepped(self, column: int, steps: int) -> int | None:
        """Return the chosen column beside another, in sight or not; None at either end."""
        chosen = [each for each in self._visual_order() if each in self._shown | self._kept]
        place = chosen.index(column) + steps if column in chosen else -1
        return chosen[place] if 0 <= place < len(chosen) else None

    def fit(self) -> None:
        """Show the chosen columns as far as there is room for them."""
        view = self.parentWidget()
        room = self.width() if view is None else self.viewport().width()
        if not self.count() or room <= 0:
            return
        unit = theme.px(100) / 100
        wanted = {place: self._widths[place] for place in self._shown | self._kept}
        order, units = self._visual_order(), int(room / unit)
        widths = fitted(wanted, units, order, self._kept)
        self._has_reached = self._current in wanted and self._current not in widths
        if self._has_reached:
            widths = reached(wanted, units, order, self._current, self._kept)
        self._is_fitting = True
        for place in range(self.count()):
            if self.isSectionHidden(place) != (place not in widths):
                self.setSectionHidden(place, place not in widths)
            if place in widths:
                self.resizeSection(place, round(widths[place] * unit))
        self._fill(room, widths)
        self._is_fitting = False

    def _fill(self, room: int, widths: dict[int, int]) -> None:
        """Give to one column what rounding has left over."""
        wide = TreeColumn.PROGRESS if TreeColumn.PROGRESS in widths else TreeColumn.TITLE
        rest = room - self.length()
        if rest > 0:
            self.resizeSection(wide, self.sectionSize(wide) + rest)

    def visible(self) -> Iterator[int]:
        """Yield the columns in sight from left to right."""
        for visual in range(self.count()):
            place = self.logicalIndex(visual)
            if not self.isSectionHidden(place):
                yield place

    def show_order(self, order: Order) -> None:
        """Show by which column the list is sorted."""
        self.order = order
        self.setSortIndicatorShown(bool(order.column))
        if order.column:
            way = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
            self.setSortIndicator(BY_NAME[order.column], way)

    def layout_chosen(self) -> ColumnLayout:
        """Return what a person has chosen."""
        return ColumnLayout(
            tuple(COLUMNS[place].name for place in self._visual_order()),
            frozenset(COLUMNS[place].name for place in self._shown),
            tuple((COLUMNS[place].name, width) for place, width in self._widths.items()),
            self.order.column or str(self.order.by),
            self.order.descending,
        )

    def choose_layout(self, chosen: ColumnLayout) -> None:
        """Show what a person has chosen before."""
        self._shown = {BY_NAME[name] for name in chosen.shown} | {
            TreeColumn.TITLE,
            TreeColumn.STATUS,
        }
        self._widths |= {BY_NAME[name]: width for name, width in chosen.widths if width > 0}
        if self.count():
            for visual, name in enumerate(chosen.order):
                self.moveSection(self.visualIndex(BY_NAME[name]), visual)
        self.fit()

    def columns_menu(self, parent: QWidget) -> QMenu:
        """Return a menu that shows and hides each column; it stays open while they are ticked."""
        menu = StayingMenu("列の選択", parent)
        menu.setObjectName("columns")
        for place in self._visual_order():
            action = menu.addAction(whole(LABELS[place]))
            action.setCheckable(True)
            action.setChecked(place in self._shown)
            action.setEnabled(place not in (TreeColumn.TITLE, TreeColumn.STATUS))
            action.toggled.connect(partial(self.show_column, place))
        return menu

    def show_column(self, place: int, shown: bool) -> None:
        """Show a column or not."""
        (self._shown.add if shown else self._shown.discard)(place)
        self.fit()
        self.chosen.emit()
        if shown and self.isSectionHidden(place):
            self.no_room.emit(f"「{LABELS[place]}」は、{_NO_ROOM}")

    def can_shift(self, place: int, steps: int) -> bool:
        """Tell whether a column may change places with the one beside it: the name stays first."""
        shown = list(self.visible())
        if place not in shown[1:]:
            return False
        return 1 <= shown.index(place) + steps < len(shown)

    def shift_column(self, place: int, steps: int) -> bool:
        """Move a column to the right, or with -1 to the left, past one that is in sight."""
        if not self.can_shift(place, steps):
            return False
        shown = list(self.visible())
        beside = shown[shown.index(place) + steps]
        self.moveSection(self.visualIndex(place), self.visualIndex(beside))
        self.fit()
        where = list(self.visible()).index(place) + 1
        event = QAccessibleAnnouncementEvent(self, f"{LABELS[place]}を{where}列目へ移動しました。")
        QAccessible.updateAccessibility(event)
        return True

    def reset_columns(self) -> None:
        """Show the columns as they are at first."""
        self._widths = {place: column.width for place, column in enumerate(COLUMNS)}
        self.choose_layout(ColumnLayout())
        self.chosen.emit()

    def _visual_order(self) -> list[int]:
        if not self.count():
            return list(range(len(COLUMNS)))
        return [self.logicalIndex(visual) for visual in range(self.count())]

    def _keep_width(self, place: int, _old: int, new: int) -> None:
        if self._is_fitting or new == 0:
            return
        self._widths[place] = round(new * 100 / theme.px(100))
        QTimer.singleShot(0, self, self.fit)  # not now: the mouse still has it

    def sort_by(self, place: int) -> None:
        """Sort by a column, the other way round, and at the third click in the plan's order."""
        name, order = COLUMNS[place].name, self.order
        if order.column != name:
            self.order_requested.emit(Order(column=name))
        elif not order.descending:
            self.order_requested.emit(Order(column=name, descending=True))
        else:
            self.order_requested.emit(Order())

    def _open_menu(self, at: QPoint) -> None:
        self.menu(self.logicalIndexAt(at)).popup(self.mapToGlobal(at))

    def menu(self, place: int) -> QMenu:
        """Return the menu of a column."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if place >= 0:
            name = COLUMNS[place].name
            for text, order in (
                ("昇順に並べる", Order(column=name)),
                ("降順に並べる", Order(column=name, descending=True)),
            ):
                action = menu.addAction(text)
                action.triggered.connect(partial(self.order_requested.emit, order))
        back = menu.addAction(IN_ORDER)
        back.setObjectName("in_order")
        back.setEnabled(self.order != Order())
        back.triggered.connect(partial(self.order_requested.emit, Order()))
        if place >= 0:
            self.menu_wanted.emit(place, menu)
        menu.addSeparator()
        if place >= 0:
            for text, steps in (("列を左へ\tCtrl+Shift+←", -1), ("列を右へ\tCtrl+Shift+→", 1)):
                action = menu.addAction(text)
                action.setEnabled(self.can_shift(place, steps))
                action.triggered.connect(partial(self.shift_column, place, steps))
        menu.addMenu(self.columns_menu(menu))
        menu.addAction("列を初めの状態に戻す").triggered.connect(self.reset_columns)
        return menu

    # Qt's interface

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()


class StayingMenu(QMenu):
    """Stays open while its boxes are ticked, so that several can be."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is None:
            super().mouseReleaseEvent(event)
        else:
            action.trigger()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)


def order_of(chosen: ColumnLayout) -> Order:
    """Return the order that was chosen, if there is such a one."""
    if chosen.arrangement in BY_NAME:
        return Order(column=chosen.arrangement, descending=chosen.descending)
    try:
        return Order(Arrangement(chosen.arrangement))
    except ValueError:
        return Order()
