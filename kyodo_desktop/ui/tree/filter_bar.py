"""What limits the tree: the search box and the filters above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from kyodo_desktop.domain.search import Query
from kyodo_desktop.ui.models.plan_cells import NOT_FILLED_IN
from kyodo_desktop.ui.plain import Label, tip
from kyodo_desktop.ui.tree.choices import SectionChoice, StatusChoice
from kyodo_desktop.ui.tree.search_box import SearchBox
from kyodo_desktop.ui.widgets.layouts import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.outline import Outline

_MARGIN = 6
_MOST = 999_999
_CHANGED_HINT = "前回の調査から変わったもの（前回がなければ、計画を開いてから変更したもの）"


class FilterBar(QWidget):
    """Says what the user wants to see; finding it is the pane's business."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchBox()
        self._count = Label()
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
        self._statuses = StatusChoice(self._empty)
        self._sections = SectionChoice()
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
        statuses: frozenset[int | None] = self._statuses.status_ids
        if self._empty.isChecked():
            statuses |= {None}
        return Query(
            text=self.search.text(),
            statuses=statuses,
            section_id=self._sections.section_id,
            overdue_from=month if self._overdue.isChecked() else None,
            carried=self._carried.isChecked(),
            among=changed() if self._changed.isChecked() else None,
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
        limited = not self.query("", frozenset).is_empty
        self._show_all.setEnabled(limited)
        self.changed.emit()

    def _switch(self, name: str, text: str, hint: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setCheckable(True)
        action.setToolTip(tip(hint))
        action.toggled.connect(self._change)
        return action

    def _lay_out(self) -> None:
        switches = FlowLayout(gap=4)
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
