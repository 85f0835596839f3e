"""What limits the tree: the search box and the filters above it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from kyodo_desktop.domain.search import Query
from kyodo_desktop.ui.tree.cells import NOT_FILLED_IN, word
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QKeyEvent

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Section, Status


_MARGIN = 6
_MOST = 999_999
_CHANGED_HINT = "前回の調査から変わったもの（前回がなければ、計画を開いてから変更したもの）"


class FilterBar(QWidget):
    """Says what the user wants to see; finding it is the pane's business."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchBox()
        self._count = plain.Label()
        self._count.setObjectName("count")
        self._count.setMargin(4)
        self._count.setText(_count_text(_MOST))
        # Of one size, so that a new count lays nothing out again.
        self._count.setFixedSize(self._count.sizeHint())
        self._count.clear()
        self._overdue = self._switch(
            "overdue", "期限超過", "完了予定の月を過ぎ、終わっていないもの"
        )
        self._empty = self._switch(
            "not_filled_in", NOT_FILLED_IN, "状態がまだ記入されていないもの"
        )
        self._carried = self._switch(
            "carried", "前回のまま", "前回から引き継いだまま、直しても確認してもいないもの"
        )
        self._changed = self._switch("changed", "変更あり", _CHANGED_HINT)
        self._statuses = StatusFilterButton(self._empty)
        self._sections = SectionFilterButton()
        self._show_all = QToolButton()
        self._show_all.setObjectName("show_all")
        self._show_all.setText("すべて表示")
        self._show_all.clicked.connect(self.clear)
        self._lay_out()
        self.search.textChanged.connect(self._change)
        for choice in (self._statuses, self._sections):
            choice.changed.connect(self._change)
        self._change()

    def offer(self, outline: Outline) -> None:
        """Offer the statuses and sections of a plan."""
        self._statuses.offer(outline.statuses.values())
        self._sections.offer(outline.sections.values())

    def query(self, month: str, changed: Callable[[], frozenset[int]]) -> Query:
        """Return what is wanted, in the month that it is now.

        `changed` is asked for the actions that changed only if they are wanted.
        """
        return replace(
            self._wanted,
            overdue_from=None if self._wanted.overdue_from is None else month,
            among=None if self._wanted.among is None else changed(),
        )

    def show_count(self, count: int | None) -> None:
        """Say how many were found; None is not known or nothing searched."""
        self._count.setText("" if count is None else _count_text(count))

    def clear(self) -> None:
        """Limit nothing; that is one change."""
        self._limit(None)

    def show_section(self, section_id: int) -> None:
        """Limit to the actions of a section and to nothing else; that is one change."""
        self._limit(section_id)

    def _limit(self, section_id: int | None) -> None:
        self.blockSignals(True)
        self.search.clear()
        self._statuses.clear()
        self._sections.clear()
        for switch in self._switches:
            switch.setChecked(False)
        if section_id is not None:
            self._sections.choose(section_id)
        self.blockSignals(False)
        self._change()

    @property
    def _switches(self) -> tuple[QAction, ...]:
        return self._overdue, self._empty, self._carried, self._changed

    def _change(self) -> None:
        statuses: frozenset[int | None] = self._statuses.status_ids
        if self._empty.isChecked():
            statuses |= {None}
        self._wanted = Query(
            text=self.search.text(),
            statuses=statuses,
            section_id=self._sections.section_id,
            overdue_from="" if self._overdue.isChecked() else None,
            carried=self._carried.isChecked(),
            among=frozenset() if self._changed.isChecked() else None,
        )
        self._show_all.setEnabled(not self._wanted.is_empty)
        self.changed.emit()

    def _switch(self, name: str, text: str, hint: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setCheckable(True)
        action.setToolTip(plain.tip(hint))
        action.toggled.connect(self._change)
        return action

    def _lay_out(self) -> None:
        switches = forms.FlowLayout(gap=4)
        switches.addWidget(self._statuses)
        switches.addWidget(self._sections)
        for action in self._switches:
            button = QToolButton()
            button.setDefaultAction(action)
            switches.addWidget(button)
        switches.addWidget(self._show_all)
        switches.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        column.addWidget(self.search)
        column.addLayout(switches)


def _count_text(count: int) -> str:
    return f"該当 {count:,}件"


_LONGEST = 10  # characters of what is chosen that the button shows


class StayingMenu(QMenu):
    """Stays open while its boxes are ticked, so that several can be."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is None:
            super().mouseReleaseEvent(event)
        else:
            action.trigger()


class FilterButton(QToolButton):
    """A button that names what it limits the tree to; with nothing chosen it limits nothing."""

    changed = Signal()

    def __init__(self, name: str, menu: QMenu) -> None:
        super().__init__()
        self._name = name
        self._menu = menu
        self._choices: list[QAction] = []
        self._values: tuple[int, ...] = ()  # of those that are chosen
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._show()

    def clear(self) -> None:
        """Choose nothing."""
        for action in self._choices:
            action.setChecked(False)

    def _offer(self, choices: Iterable[tuple[int, str]]) -> None:
        """Offer these values with their words; what was chosen stays so."""
        chosen = set(self._values)
        self._menu.clear()
        self._choices = []
        for value, text in choices:
            action = self._menu.addAction(plain.whole(text))
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(value in chosen)
            action.toggled.connect(self._change)
            self._choices.append(action)
        self._show()

    def _change(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        chosen = [action for action in self._choices if action.isChecked()]
        self._values = tuple(action.data() for action in chosen)
        text = "・".join(action.text().replace("&&", "&") for action in chosen)
        if len(text) > _LONGEST:
            text = text[: _LONGEST - 1] + "…"
        self.setText(f"{self._name}：{plain.whole(text)} " if text else f"{self._name} ")


class StatusFilterButton(FilterButton):
    """Any number of statuses; 未記入 is an action that others show too."""

    def __init__(self, not_filled_in: QAction) -> None:
        super().__init__("状態", StayingMenu())
        self.setObjectName("status_filter")
        self._not_filled_in = not_filled_in

    def offer(self, statuses: Iterable[Status]) -> None:
        """Offer the statuses of a plan."""
        self._offer((status.id, word(status)) for status in statuses)
        self._menu.addAction(self._not_filled_in)

    @property
    def status_ids(self) -> frozenset[int]:
        return frozenset(self._values)


class SectionFilterButton(FilterButton):
    """One section, or all."""

    def __init__(self) -> None:
        super().__init__("担当課", QMenu())
        self.setObjectName("section_filter")
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)

    def offer(self, sections: Iterable[Section]) -> None:
        """Offer the sections of a plan; choosing the chosen one again is choosing none."""
        self._offer((section.id, section.name) for section in sections)
        for action in self._choices:
            self._group.addAction(action)
        self.setEnabled(bool(self._choices))

    def choose(self, section_id: int) -> None:
        """Choose a section instead of what is chosen."""
        for action in self._choices:
            action.setChecked(action.data() == section_id)

    @property
    def section_id(self) -> int | None:
        return next(iter(self._values), None)


class SearchBox(inputs.LineField):
    """A line edit whose text is a query."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText("検索（番号・名称・進捗・備考）")
        self.setAccessibleName("検索")
        self.setClearButtonEnabled(True)

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)
