"""The buttons with a menu that limit the tree to some statuses or to one section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton

from kyodo_desktop.ui.models.plan_cells import word
from kyodo_desktop.ui.plain import whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.plan import Section, Status

_LONGEST = 10  # characters of what is chosen that the button shows


class StayingMenu(QMenu):
    """Stays open while its boxes are ticked, so that several can be."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is None:
            super().mouseReleaseEvent(event)
        else:
            action.trigger()


class Choice(QToolButton):
    """A button that names what it limits the tree to; with nothing chosen it limits nothing."""

    changed = Signal()

    def __init__(self, name: str, menu: QMenu) -> None:
        super().__init__()
        self._name = name
        self._menu = menu
        self._choices: list[QAction] = []
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._show()

    def clear(self) -> None:
        """Choose nothing."""
        for action in self._choices:
            action.setChecked(False)

    def _offer(self, choices: Iterable[tuple[int, str]]) -> None:
        """Offer these values with their words; what was chosen stays so."""
        chosen = {action.data() for action in self._chosen()}
        self._menu.clear()
        self._choices = []
        for value, text in choices:
            action = self._menu.addAction(whole(text))
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(value in chosen)
            action.toggled.connect(self._change)
            self._choices.append(action)
        self._show()

    def _chosen(self) -> list[QAction]:
        return [action for action in self._choices if action.isChecked()]

    def _change(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        text = "・".join(action.text().replace("&&", "&") for action in self._chosen())
        if len(text) > _LONGEST:
            text = text[: _LONGEST - 1] + "…"
        self.setText(f"{self._name}：{whole(text)} " if text else f"{self._name} ")


class StatusChoice(Choice):
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
        return frozenset(action.data() for action in self._chosen())


class SectionChoice(Choice):
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
        return next((action.data() for action in self._chosen()), None)
