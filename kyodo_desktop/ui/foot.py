"""The line below the work: what is saved, how much is shown, and in which view and size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from kyodo_desktop.ui.widgets import forms, plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

LIST, PAPER = "list", "paper"
VIEWS = {LIST: "一覧", PAPER: "紙面"}
FLAT = {"section": "担当課別", "due": "完了予定順", "status": "状態別", "updated": "更新日順"}
_FLAT_LABEL = "課別・期限順"
_NARROW = 800
_HEIGHT, _SIDE, _GAP, _VIEW, _SAVED = 28, 16, 24, 60, 216


class Foot(QWidget):
    """Shows what it is given, and tells which view and which zoom are asked for."""

    view_requested = Signal(str)  # one of VIEWS and FLAT
    zoom_requested = Signal(int)  # 1 larger, -1 smaller, 0 as at first
    show_all_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._flat_label = _FLAT_LABEL
        self._saved = _caption("saved")
        self._count = _caption("count")
        self._show_all = _button(
            "foot_show_all", "すべて表示", self.show_all_requested.emit, "link"
        )
        self._show_all.hide()
        self._group = QButtonGroup(self)
        self._views = {name: self._view(name, label) for name, label in VIEWS.items()}
        self._flat = self._flat_views()
        self._smaller = _button("zoom_out", "－", lambda: self.zoom_requested.emit(-1), "flat")
        self._zoom = _button("zoom", "", lambda: self.zoom_requested.emit(0), "flat")
        self._larger = _button("zoom_in", "＋", lambda: self.zoom_requested.emit(1), "flat")
        self._smaller.setAccessibleName("表示を縮小")
        self._larger.setAccessibleName("表示を拡大")
        self._zoom.setToolTip("100 % に戻す")
        self._lay_out()
        self.offer_views(LIST)
        self.show_view(LIST)
        self._fit()
        theme.notifier().changed.connect(self._fit)

    def show_saved(self, text: str, hint: str = "") -> None:
        """Say how the file stands."""
        self._saved.setText(text)
        self._saved.add_to_tooltip(hint)

    def show_count(self, text: str, *, show_all: bool) -> None:
        """Say how much the list shows, with a way to all of it where that is less."""
        self._count.setText(text)
        self._show_all.setVisible(show_all)

    def offer_views(self, *names: str) -> None:
        """Offer these views, and no others."""
        for name, button in self._views.items():
            button.setVisible(name in names)
        for name, action in self._flat_actions.items():
            action.setVisible(name in names)
        self._flat.setVisible(any(name in names for name in FLAT))

    def show_view(self, name: str) -> None:
        """Mark the view that is shown."""
        (self._views.get(name) or self._flat).setChecked(True)
        self._flat_label = FLAT.get(name, _FLAT_LABEL)
        self._make_room()
        for each, action in self._flat_actions.items():
            action.setChecked(each == name)

    def _view(self, name: str, label: str) -> QToolButton:
        button = _button(f"view_{name}", label, lambda: self.view_requested.emit(name), "view")
        button.setCheckable(True)
        self._group.addButton(button)
        return button

    def _flat_views(self) -> QToolButton:
        button = _button("view_flat", _FLAT_LABEL, lambda: None, "view")
        button.setAccessibleName("並べ方を選ぶ")
        button.setCheckable(True)
        self._group.addButton(button)
        menu = QMenu(button)
        self._flat_actions = {}
        for name, label in FLAT.items():
            action = menu.addAction(label)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, name=name: self.view_requested.emit(name))
            self._flat_actions[name] = action
        button.setMenu(menu)
        forms.MenuKey(button)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        # Of a room that no text changes: what stands beside a new text stays where it is.
        for label, share in ((self._saved, 2), (self._count, 3)):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._row.addWidget(label, share)
        kept = self._show_all.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._show_all.setSizePolicy(kept)
        self._row.addWidget(self._show_all)
        for button in (*self._views.values(), self._flat):
            self._row.addWidget(button)
        for button in (self._smaller, self._zoom, self._larger):
            self._row.addWidget(button)

    def _fit(self) -> None:
        """Take the measures of the present zoom."""
        px = theme.px
        self.setFixedHeight(px(_HEIGHT))
        self.setMinimumWidth(1)  # the words give way before the window does
        self._row.setContentsMargins(px(_SIDE), 0, px(_SIDE), 0)
        self._row.setSpacing(0)
        self._saved.setMaximumWidth(px(_SAVED))
        for button in self._views.values():
            button.setFixedSize(px(_VIEW), px(_HEIGHT))
        for button in (self._smaller, self._larger):
            button.setFixedSize(px(_HEIGHT), px(_HEIGHT))
        self._zoom.setText(f"{theme.zoom()} %")
        self._zoom.setAccessibleName(f"表示サイズ {theme.zoom()} %")
        self._zoom.setFixedSize(px(_VIEW), px(_HEIGHT))
        self._make_room()

    def _make_room(self) -> None:
        """Leave to the words at the left what is kept by menus and keys as well, if need be."""
        px = theme.px
        is_narrow = self.width() < px(_NARROW)
        for label in (self._saved, self._count):
            label.setContentsMargins(0, 0, px(_GAP) // 3 if is_narrow else px(_GAP), 0)
        self._flat.setText("▾" if is_narrow else f"{self._flat_label} ▾")
        self._flat.setToolTip(plain.tip(self._flat_label))
        # As wide as the longest of its words: the buttons beside it stay in place.
        self._flat.setFixedSize(px(_HEIGHT) if is_narrow else px(2 * _VIEW), px(_HEIGHT))
        for button in (self._smaller, self._larger):
            button.setVisible(not is_narrow)

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()


def _caption(name: str) -> plain.ElidedLabel:
    label = plain.ElidedLabel()
    label.setObjectName(f"foot_{name}")
    label.setProperty("role", "caption")
    return label


def _button(name: str, text: str, do: Callable[[], object], role: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setAutoRaise(True)
    button.setProperty("role", role)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(do)
    return button
