"""What the editor offers to choose for actions, what is chosen, and how that is changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from kyodo_desktop.domain import field_types, fiscal_year
from kyodo_desktop.services import details
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

    from kyodo_desktop.domain.action_fields import Field
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing


def is_picked(field: Field[Any]) -> bool:
    """Tell whether a value of the field is picked from `values_of`, and not typed."""
    return field.type.is_chosen or isinstance(field.type, field_types.FiscalYear)


def values_of(field: Field[Any], outline: Outline, present: Any) -> list[tuple[Hashable, str]]:
    """Return what can be picked for a field of an action, and that nothing is decided yet.

    Years are those of the plan, and the present one if it lies outside.
    """
    if isinstance(field.type, field_types.FiscalYear):
        years = set(range(outline.plan.first_fiscal_year, outline.plan.last_fiscal_year + 1))
        years |= {present} if present else set()
        found = [(year, fiscal_year.fiscal_year_label(year)) for year in sorted(years)]
    else:
        found = list(field.type.options(outline))
    return [(field.type.empty, inputs.UNDECIDED[1]), *found]


def rows_of(field: Field[tuple[int, ...]], outline: Outline) -> list[tuple[int, str]]:
    """Return the rows of the plan of which an action can have several."""
    assert isinstance(field.type, field_types.Links)
    to = field.type.to
    return [(id_, to.name_of(row)) for id_, row in getattr(outline, to.rows).items()]


def give_row(
    editing: Editing,
    action_ids: Sequence[int],
    field: Field[tuple[int, ...]],
    row_id: int,
    on: bool,
) -> bool:
    """Give the actions one of the rows, or take it away; the others stay. False if refused."""
    wanted, among = ([row_id] if on else []), [row_id]
    return editing.do(partial(details.set_links, among=among), action_ids, field, wanted)


_LONGEST = 16  # characters of a name that a button shows
_NONE = "（なし）"


class Toggles(QWidget):
    """Offers values by their names and tells which one the user switched on or off.

    Of several actions some may have a value: that is shown as half switched on.
    """

    toggled = Signal(int, bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._offered: Sequence[tuple[int, str]] = ()
        self._buttons = QWidget()
        self._row = forms.ButtonRow(self._buttons, self._new_button, gap=12)
        self._words = plain.Label()
        self._words.setObjectName(f"{name}_words")
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._buttons)
        column.addWidget(self._words)
        self.lock(False)

    @property
    def entry(self) -> QWidget:
        """The first button."""
        return self._row.buttons[0]

    def offer(self, values: Sequence[tuple[int, str]]) -> None:
        """Offer these values, in this order."""
        if values == self._offered:
            return
        self._offered = values
        buttons = self._row.show_buttons(len(values))
        for (_, name), button in zip(values, buttons, strict=True):
            short = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
            button.setText(plain.whole(short))
            button.setToolTip(plain.tip(name))
            button.setAccessibleName(name)

    def show_chosen(self, chosen: Collection[int], partly: Collection[int] = ()) -> None:
        """Show which of them are chosen, and which of them for some of the actions only."""
        for (value, _), button in zip(self._offered, self._row.buttons, strict=False):
            button.show_state(
                Qt.CheckState.Checked
                if value in chosen
                else Qt.CheckState.PartiallyChecked
                if value in partly
                else Qt.CheckState.Unchecked
            )
        words = "、".join(name for value, name in self._offered if value in chosen)
        self._words.setText(words or _NONE)

    def lock(self, on: bool) -> None:
        """Let what is chosen only be read."""
        if on and self._buttons.isVisible():
            self._words.setMinimumHeight(self._buttons.height())
        self._buttons.setVisible(not on)
        self._words.setVisible(on)

    def _new_button(self, place: int) -> Toggle:
        button = Toggle()
        button.setObjectName(f"{self.objectName()}_{place + 1}")
        button.clicked.connect(lambda on: self._emit_toggled(place, on))
        return button

    def _emit_toggled(self, place: int, on: bool) -> None:
        self.toggled.emit(self._offered[place][0], on)


class Toggle(QCheckBox):
    """Switches one value on or off; half on, it is switched on for all."""

    def show_state(self, state: Qt.CheckState) -> None:
        """Show whether all, some or none of the actions have the value."""
        is_partly = state is Qt.CheckState.PartiallyChecked
        self.setTristate(is_partly)
        self.setCheckState(state)
        self.setAccessibleDescription("混在：一部の実行計画だけ" if is_partly else "")

    # Qt's interface

    def nextCheckState(self) -> None:
        is_on = self.checkState() is Qt.CheckState.Checked
        self.setTristate(False)
        self.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
