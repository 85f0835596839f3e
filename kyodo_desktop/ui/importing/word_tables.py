"""The words of the table that stand for statuses, and the years that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QTableWidgetItem

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import day_label, fiscal_year_of, parse_day
from kyodo_desktop.domain.importing.mapping import RoundChoice, StatusChoice
from kyodo_desktop.domain.inputs import checked_title
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.ui.plan_settings.editors import EntriesEditor
from kyodo_desktop.ui.widgets import inputs
from kyodo_desktop.ui.widgets.plain import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK, _LABEL, _KIND = range(3)
_NAME, _AS_OF = range(2)
_STATUS_FIELD, _ROUND_FIELD, _DAY_FIELD = "状態", "調査", "基準日"


class StatusWord(NamedTuple):
    """A row of the table of statuses; nothing in it has an id."""

    choice: StatusChoice
    id: None = None


class StatusWords(EntriesEditor):
    """A row for each word or mark that stands for a status."""

    def __init__(self) -> None:
        headers = ("表の記号・言葉", "名前", "意味")
        super().__init__("status_word", headers, stretched=_LABEL, uses=None, fewest=0)
        self._table.setObjectName("status_words")
        self._table.setAccessibleName("状態の言葉")

    @property
    def statuses(self) -> tuple[StatusChoice, ...]:
        """The rows; raises InvalidInputError for a word that is missing or stands twice."""
        choices = tuple(each.choice for each in self.entries)
        marks = [each.mark for each in choices]
        if not all(marks):
            raise InvalidInputError(
                _STATUS_FIELD, "に、表に書いてある記号や言葉を入力してください。"
            )
        twice = next((each for each in marks if marks.count(each) > 1), None)
        if twice is not None:
            raise InvalidInputError(_STATUS_FIELD, f"の「{twice}」が二つあります。")
        return choices

    def show_statuses(self, statuses: Sequence[StatusChoice]) -> None:
        """Show other statuses, without telling anybody."""
        with QSignalBlocker(self):
            self._fill([StatusWord(each) for each in statuses])

    def _write_row(self, row: int, entry: StatusWord) -> None:
        choice = entry.choice
        self._table.setItem(row, _MARK, QTableWidgetItem(choice.mark))
        self._table.setItem(row, _LABEL, QTableWidgetItem(choice.label))
        self._cell(row, _LABEL).setToolTip(tip(choice.definition))
        kinds = inputs.ListBox()
        kinds.setAccessibleName("意味")
        for each in reversed(StatusKind):
            kinds.addItem(each.label, each.value)
        kinds.setCurrentIndex(kinds.findData(choice.kind))
        kinds.setProperty("definition", choice.definition)
        kinds.setProperty("untold", "" if choice.told else f"{choice.label} {choice.kind}")
        kinds.currentIndexChanged.connect(self.changed)
        self._table.setCellWidget(row, _KIND, kinds)

    def _read_row(self, row: int) -> StatusWord:
        kinds = self._table.cellWidget(row, _KIND)
        assert isinstance(kinds, QComboBox)
        mark, label = (self._cell(row, column).text().strip() for column in (_MARK, _LABEL))
        label, kind = label or mark, kinds.currentData()
        told = kinds.property("untold") != f"{label} {kind}"
        return StatusWord(StatusChoice(mark, label, kinds.property("definition"), kind, told))

    def _new_entry(self) -> StatusWord:
        return StatusWord(StatusChoice("", "", "", StatusKind.ONGOING.value))


class RoundName(NamedTuple):
    """A row of the table of rounds; `origin` is the name by which the columns know it."""

    name: str
    as_of: str
    origin: str = ""
    id: None = None


class RoundNames(EntriesEditor):
    """A row for each round that the table speaks of; the last one is that of the table itself."""

    def __init__(self) -> None:
        headers = ("調査", "基準日")
        super().__init__("round_name", headers, stretched=_NAME, uses=None, fewest=0)
        self._table.setObjectName("round_names")
        self._table.setAccessibleName("調査の名前")
        self._near = 0

    @property
    def rounds(self) -> tuple[RoundChoice, ...]:
        """The rows; raises InvalidInputError where one has no name or its day is none."""
        rounds = tuple(map(self._checked, self.entries))
        names = [each.name for each in rounds]
        twice = next((each for each in names if names.count(each) > 1), None)
        if twice is not None:
            raise InvalidInputError(_ROUND_FIELD, f"の「{twice}」が二つあります。")
        return rounds

    @property
    def renamed(self) -> list[tuple[str, str]]:
        """The names by which columns know a round, and those that it has now."""
        pairs = ((each.origin, each.name) for each in self.entries)
        return [(before, after) for before, after in pairs if before and after != before]

    def show_rounds(self, rounds: Sequence[RoundChoice]) -> None:
        """Show other rounds, without telling anybody."""
        self._near = max((each.fiscal_year for each in rounds), default=self._near)
        with QSignalBlocker(self):
            self._fill([RoundName(each.name, day_label(each.as_of), each.name) for each in rounds])

    def _checked(self, entry: RoundName) -> RoundChoice:
        name = checked_title(entry.name, _ROUND_FIELD)
        as_of = parse_day(entry.as_of, near=self._near or _FIRST_YEAR, field=_DAY_FIELD)
        return RoundChoice(name, fiscal_year_of(as_of), as_of)

    def _write_row(self, row: int, entry: RoundName) -> None:
        self._table.setItem(row, _NAME, QTableWidgetItem(entry.name))
        self._table.setItem(row, _AS_OF, QTableWidgetItem(entry.as_of))
        self._cell(row, _NAME).setData(0x100, entry.origin)

    def _read_row(self, row: int) -> RoundName:
        name, as_of = self._cell(row, _NAME), self._cell(row, _AS_OF)
        return RoundName(name.text().strip(), as_of.text().strip(), name.data(0x100) or "")

    def _new_entry(self) -> RoundName:
        return RoundName("", "")


_FIRST_YEAR = 2019  # of the present era, where the table speaks of no year
