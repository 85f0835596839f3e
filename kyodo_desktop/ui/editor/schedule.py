"""予定と担当 of one action in one line: when it is to begin and to be done, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from kyodo_desktop.domain import action_fields, fiscal_year
from kyodo_desktop.services import details
from kyodo_desktop.ui.editor import choices
from kyodo_desktop.ui.editor.editing import LiveText
from kyodo_desktop.ui.editor.sections import SectionChips
from kyodo_desktop.ui.widgets import forms, inputs, plain, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing

_DUE_WIDTH, _START_WIDTH, _HEIGHT = 104, 112, 32
_ENOUGH = 400  # with less than this the sections stand under the dates
PLACED = action_fields.DUE, action_fields.START, action_fields.LEAD, action_fields.RELATED
"""The fields that are shown here."""


class Schedule(QWidget):
    """完了予定, 開始年度 and 担当課. Each field saves itself."""

    tables = frozenset(("action", "assignment", "section", "plan", "round"))
    """What a change must be of to be seen here."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("schedule")
        self._editing = editing
        self._action_id = 0
        save = details.save_typed(action_fields.DUE)
        self._due = LiveText(inputs.LineField(), editing, save, quiet=True)
        self._start = inputs.ChoiceBox()
        self._start.picked.connect(self._give_start)
        self._sections = SectionChips(editing)
        self._title = forms.roled(plain.Label("予定と担当"), "block")
        self._captions = [forms.roled(plain.Label(each), "caption") for each in _CAPTIONS]
        self._name_fields()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._is_narrow: bool | None = None
        self._dress()
        self._arrange(is_narrow=False)
        theme.notifier().changed.connect(self._dress)

    def show_action(self, outline: Outline, action_id: int) -> None:
        """Show an action as it is now."""
        self._action_id = action_id
        due = action_fields.DUE.format(outline, action_id)
        self._due.show_text(action_id, due)
        start = action_fields.START.of(outline, action_id)
        self._start.offer(choices.values_of(action_fields.START, outline, start))
        self._start.show_value(start)
        self._sections.show_sections(action_id, outline.assignments.get(action_id, ()))
        self._due.field.setPlaceholderText(f"例：{_example(outline)}")
        self._due.field.setReadOnly(not self._editing.is_open)
        self._start.lock(not self._editing.is_open)

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_narrow=self.width() < theme.px(_ENOUGH))

    def _give_start(self, value: object) -> None:
        self._editing.do(details.set_value, [self._action_id], action_fields.START, value)

    def _name_fields(self) -> None:
        for name, field, widget in (
            ("due", action_fields.DUE, self._due.field),
            ("start", action_fields.START, self._start),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(field.label)

    def _dress(self) -> None:
        self._due.field.setFixedWidth(theme.px(_DUE_WIDTH))
        self._start.setMinimumWidth(theme.px(_START_WIDTH))
        for field in (self._due.field, self._start):
            field.setFixedHeight(theme.px(_HEIGHT))
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(4))

    def _arrange(self, *, is_narrow: bool) -> None:
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        row, column = (3, 0) if is_narrow else (1, 2)
        width = 3 if is_narrow else 1
        grid = self._grid
        grid.addWidget(self._title, 0, 0, 1, 3)
        for place, caption in enumerate(self._captions[:2]):
            grid.addWidget(caption, 1, place)
        grid.addWidget(self._due.field, 2, 0, _TOP)
        grid.addWidget(self._start, 2, 1, _TOP)
        grid.addWidget(self._captions[2], row, column, 1, width)
        grid.addWidget(self._sections, row + 1, column, 1, width)
        for place, message in enumerate((self._due.error, self._sections.message), start=5):
            grid.addWidget(message, place, 0, 1, 3)
        grid.setColumnStretch(2, 1)


def _example(outline: Outline) -> str:
    """Return a month as it may be typed, of the time that the plan is about."""
    year = outline.round.fiscal_year if outline.round else outline.plan.first_fiscal_year
    return fiscal_year.short_label(f"{year + 1}-03")


_TOP = Qt.AlignmentFlag.AlignTop
_CAPTIONS = action_fields.DUE.label, action_fields.START.label, "担当課（太字＝主担当）"
