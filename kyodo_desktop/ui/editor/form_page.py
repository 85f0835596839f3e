"""A page of labelled fields that scrolls and fits itself to its width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.ui.dialogs.forms import focus_target, new_form
from kyodo_desktop.ui.flow_layout import FlowLayout
from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

_MARGIN = 8
_NARROW = 30  # in widths of a character: below that the labels stand above their fields


class FormPage(QScrollArea):
    """Fields with their labels before them, or above them where the page is narrow."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        content = QWidget()
        self.form = new_form(content)
        self.setWidget(content)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def add(self, label: str, *parts: QWidget, leads_to: QWidget | None = None) -> QWidget:
        """Add a field of parts that stand above each other, and return the whole of it.

        `&` in the label gives the key that leads to the first part, or to another one. A
        focus proxy would not do for that: with one the Tab key skips what stands before it.
        """
        field = parts[0] if len(parts) == 1 else _together(QVBoxLayout(), parts)
        self.form.addRow(captioned(label, leads_to or parts[0]), field)
        return field

    def lead(self, field: QWidget, target: QWidget) -> None:
        """Let the key of a field's label lead to another part from now on."""
        label = self.form.labelForField(field)
        assert isinstance(label, Label)
        label.setBuddy(target)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep what has the focus in sight, which Qt does for the Tab key alone.

        Under the mouse nothing may move. Later, because a page that comes up is laid out later.
        """
        is_ours = now is not None and self.isAncestorOf(now)
        if is_ours and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            QTimer.singleShot(0, self, self._show_focus)

    def _show_focus(self) -> None:
        """Show the row of what has the focus, with what is said under it, and it above all."""
        focus = self.focusWidget()
        row: QWidget | None = focus
        while row is not None and row.parentWidget() is not self.widget():
            row = row.parentWidget()
        for part in (row, focus):
            if part is not None:
                self.ensureWidgetVisible(part, 0, _MARGIN)

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < _NARROW * self.fontMetrics().horizontalAdvance("あ")
        policy = QFormLayout.RowWrapPolicy
        self.form.setRowWrapPolicy(policy.WrapAllRows if narrow else policy.DontWrapRows)
        super().resizeEvent(event)


def follow_in_tab_order(previous: QWidget, parts: Sequence[QWidget]) -> None:
    """Let the Tab key go from a widget to its later siblings, one after the other."""
    for part in parts:
        QWidget.setTabOrder(previous, part)
        previous = part


def captioned(label: str, field: QWidget) -> Label:
    """Return a label whose key leads to the field."""
    caption = Label(label)
    caption.setBuddy(focus_target(field))
    return caption


def beside_each_other(*parts: QWidget, at_top: bool = False) -> QWidget:
    """Return one widget of several in a row; `at_top` is for parts that grow downwards."""
    row = QHBoxLayout()
    whole = _together(row, parts)
    if at_top:
        for part in parts:
            row.setAlignment(part, Qt.AlignmentFlag.AlignTop)
    return whole


def one_after_the_other(*parts: QWidget) -> QWidget:
    """Return one widget of several, as many in a row as fit."""
    return _together(FlowLayout(), parts)


def _together(layout: QLayout, parts: tuple[QWidget, ...]) -> QWidget:
    whole = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        layout.addWidget(part)
    whole.setLayout(layout)
    return whole
