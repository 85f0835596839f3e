"""The row of six above the work: round, undo, adding, search, inquiry and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from kyodo_desktop.ui.widgets import appearance, forms, plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction, QResizeEvent

_HEIGHT, _CONTROL, _ICON = 48, 32, 20
_SIDE, _GAP, _APART = 16, 8, 16
_LEAST = 640  # of the window
_SEARCH_LEAST, _SEARCH_MOST = 120, 296
_WORDS_FROM, _LONG_FROM = 800, 900  # of the window: below that words give way to the search
_INQUIRY = ("inquiry", "answers", "inquiry_states")
_OUTPUT = ("export", "print")


class Toolbar(QWidget):
    """Every part keeps its place and its size, whatever is chosen and whichever round is shown."""

    def __init__(
        self,
        actions: Mapping[str, QAction],
        rounds: QWidget,
        fill_adding: Callable[[QMenu], None],
    ) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setAccessibleName("ツールバー")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._steps = [_step(actions[name]) for name in ("undo", "redo")]
        self._adding = _menu_button("adding", "追加", "add-action", "追加するものを選ぶ")
        adding = self._adding.menu()
        adding.aboutToShow.connect(lambda: fill_adding(adding))
        self._asking = _menu_button("asking", "照会", "inquiry", "担当課への照会と回答")
        self._asking.menu().addActions([actions[name] for name in _INQUIRY])
        self._output = _Output([actions[name] for name in _OUTPUT if name in actions])
        self._search: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._spaces = [_Space() for _ in range(4)]
        self._row.addWidget(rounds)
        self._row.addWidget(self._spaces[0])
        for button in self._steps:
            self._row.addWidget(button)
        self._row.addWidget(self._spaces[1])
        self._row.addWidget(self._adding)
        self._row.addStretch(1)
        self._row.addWidget(self._spaces[3])
        self._row.addWidget(self._asking)
        self._row.addWidget(self._spaces[2])
        self._row.addWidget(self._output)
        self._fit()
        theme.notifier().changed.connect(self._fit)

    def set_search(self, box: QWidget) -> None:
        """Take the search box in, at the right before the inquiry."""
        self._search = box
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row.insertWidget(self._row.indexOf(self._spaces[3]), box, 4)
        self.setTabOrder(self._adding, box)
        self._fit()

    def take_focus(self) -> None:
        """Bring the focus to the first part that can have it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.focusNextChild()

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        has_words = self.width() >= theme.px(_WORDS_FROM)
        for button in (self._adding, self._asking):
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if has_words else style.ToolButtonIconOnly
            )
        self._output.show_words(is_long=self.width() >= theme.px(_LONG_FROM))

    def _fit(self) -> None:
        """Take the measures of the present zoom."""
        px = theme.px
        self.setFixedHeight(px(_HEIGHT))
        self.setMinimumWidth(px(_LEAST))
        self._row.setContentsMargins(px(_SIDE), 0, px(_SIDE), 0)
        size = QSize(px(_ICON), px(_ICON))
        for button in (*self._steps, self._adding, self._asking, self._output):
            button.setFixedHeight(px(_CONTROL))
            button.setIconSize(size)
        for button in self._steps:
            button.setFixedWidth(px(_CONTROL) + px(_GAP))
        for space in self._spaces:
            space.setFixedWidth(px(_APART))
        if self._search is not None:
            self._search.setMinimumWidth(px(_SEARCH_LEAST))
            self._search.setMaximumWidth(px(_SEARCH_MOST))
            self._search.setFixedHeight(px(_CONTROL))


class _Output(QToolButton):
    """Does the one thing that can be put out, or offers several."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("output")
        self.setProperty("role", "primary")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._actions = actions
        self._names = "・".join(each.iconText() for each in actions)
        if len(actions) > 1:
            menu = QMenu(self)
            menu.addActions(list(actions))
            self.setMenu(menu)
            forms.MenuKey(self)
            self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        else:
            self.clicked.connect(actions[0].trigger)
        self.setAccessibleName(self._names)
        self.setToolTip("報告書や一覧をファイルや紙に出します")
        self.show_words(is_long=True)
        actions[0].changed.connect(lambda: self.setEnabled(actions[0].isEnabled()))
        self._draw()
        theme.notifier().changed.connect(self._draw)

    def show_words(self, *, is_long: bool) -> None:
        """Say what can be put out, or only that something can."""
        self.setText(self._names if is_long else "出力")

    def _draw(self) -> None:
        """Draw the sign in the colour that words have on the filled button."""
        self.setIcon(appearance.icon("excel", theme.tokens().on_accent))


class _Space(QWidget):
    """Keeps two groups of parts apart."""


def _step(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setObjectName(f"tool_{action.objectName()}")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAutoRaise(True)
    button.setProperty("role", "flat")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _menu_button(name: str, text: str, icon: str, hint: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(f"{text} ▾")
    appearance.give_icon(button, icon)
    button.setToolTip(plain.tip(hint))
    button.setAccessibleName(text)
    button.setAutoRaise(True)
    button.setProperty("role", "flat")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setMenu(QMenu(button))
    forms.MenuKey(button)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button
