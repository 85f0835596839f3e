"""What the editor offers to choose for actions, what is chosen, and how that is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from kyodo_desktop.domain.field_types import FiscalYear
from kyodo_desktop.domain.fiscal_year import fiscal_year_label
from kyodo_desktop.services import details
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

    from kyodo_desktop.domain.action_fields import Field
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing


Offered = list[tuple[int, str]]


def is_picked(field: Field[Any]) -> bool:
    """Tell whether a value of the field is picked from `values_of`, and not typed."""
    return field.type.is_chosen or isinstance(field.type, FiscalYear)


def values_of(field: Field[Any], outline: Outline, present: Any) -> list[tuple[Hashable, str]]:
    """Return what can be picked for a field of an action, and that nothing is decided yet.

    Years are those of the plan, and the present one if it lies outside.
    """
    if isinstance(field.type, FiscalYear):
        years = set(range(outline.plan.first_fiscal_year, outline.plan.last_fiscal_year + 1))
        years |= {present} if present else set()
        found = [(year, fiscal_year_label(year)) for year in sorted(years)]
    else:
        found = list(field.type.options(outline))
    return [(field.type.empty, inputs.UNDECIDED[1]), *found]


def actors(outline: Outline) -> Offered:
    """Return the 主体 of the plan."""
    return [(each.id, each.name) for each in outline.actors.values()]


def principles(outline: Outline) -> Offered:
    """Return the 基本原則 of the plan."""
    return [
        (each.id, f"{each.number} {each.text}".strip()) for each in outline.principles.values()
    ]


def actor_ids(outline: Outline, action_id: int) -> set[int]:
    """Return the 主体 of an action."""
    return {each.actor_id for each in outline.action_actors.get(action_id, ())}


def principle_ids(outline: Outline, action_id: int) -> set[int]:
    """Return the 基本原則 that an action follows."""
    return {each.principle_id for each in outline.action_principles.get(action_id, ())}


def give_actor(editing: Editing, action_ids: Sequence[int], actor_id: int, on: bool) -> None:
    """Give the actions one of the 主体, or take it away; the others stay."""
    wanted, among = ([actor_id] if on else []), [actor_id]
    editing.do(lambda workspace: details.set_actors(workspace, action_ids, wanted, among=among))


def give_principle(
    editing: Editing, action_ids: Sequence[int], principle_id: int, on: bool
) -> None:
    """Let the actions follow one of the 基本原則, or not; the others stay."""
    wanted, among = ([principle_id] if on else []), [principle_id]
    editing.do(
        lambda workspace: details.set_principles(workspace, action_ids, wanted, among=among)
    )


_LONGEST = 16  # characters of a name that a button shows


class Toggles(QWidget):
    """Offers values by their names and tells which one the user switched on or off."""

    toggled = Signal(int, bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._offered: Sequence[tuple[int, str]] = ()
        self._buttons: list[QPushButton] = []
        self._row = forms.FlowLayout(self)
        self._make_buttons(1)

    @property
    def entry(self) -> QWidget:
        """The first button."""
        return self._buttons[0]

    def offer(self, values: Sequence[tuple[int, str]]) -> None:
        """Offer these values, in this order."""
        if values == self._offered:
            return
        self._offered = values
        self._make_buttons(len(values))
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(values))
        for (_, name), button in zip(values, self._buttons, strict=False):
            short = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
            button.setText(plain.whole(short))
            button.setToolTip(plain.tip(name))
            button.setAccessibleName(name)

    def show_chosen(self, chosen: Collection[int]) -> None:
        """Show which of them are chosen."""
        for (value, _), button in zip(self._offered, self._buttons, strict=False):
            button.setChecked(value in chosen)

    def _make_buttons(self, count: int) -> None:
        while len(self._buttons) < count:
            place = len(self._buttons)
            button = QPushButton()
            button.setObjectName(f"{self.objectName()}_{place + 1}")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda on, place=place: self._emit_toggled(place, on))
            self._row.addWidget(button)
            if self._buttons:
                forms.follow_in_tab_order(self._buttons[-1], [button])
            self._buttons.append(button)

    def _emit_toggled(self, place: int, on: bool) -> None:
        self.toggled.emit(self._offered[place][0], on)
