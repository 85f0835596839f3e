"""The right side of the page: what was found, and the words by which it is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.ui.importing import choosing
from kyodo_desktop.ui.importing.changes_list import ChangesList
from kyodo_desktop.ui.importing.doubts_list import DoubtsList
from kyodo_desktop.ui.importing.found_view import FoundView
from kyodo_desktop.ui.importing.levels_page import LevelsPage
from kyodo_desktop.ui.importing.word_tables import RoundNames, StatusWords
from kyodo_desktop.ui.widgets.appearance import give_icon
from kyodo_desktop.ui.widgets.plain import Label, tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.ui.importing.found_in import Found

_FOUND, _DOUBTS, _STATUSES, _LEVELS, _ROUNDS, _CHANGES = range(6)
_DOUBTS_TITLE = "確かめるところ(&K)"
_LEAST_WIDTH, _MOST_LINES = 280, 3


class FoundSide(QTabWidget):
    """Tells which cell is looked at, and what the user says of statuses, levels and rounds."""

    mapping_changed = Signal(object)
    place_chosen = Signal(object)  # a Place
    origins_shown = Signal(object)  # of ValueOrigin
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sides")
        self.setUsesScrollButtons(True)
        self.setMinimumWidth(_LEAST_WIDTH)
        self._mapping: Mapping | None = None
        self.found = FoundView()
        self._doubts = DoubtsList()
        self.changes = ChangesList()
        self._statuses, self._rounds = StatusWords(), RoundNames()
        self._levels = LevelsPage()
        self._counts, self._marks = _line("counts"), _Lines("status_counts")
        self.addTab(self._found_page(), "結果(&R)")
        self.addTab(self._doubts, _DOUBTS_TITLE)
        self.addTab(
            _page("表の記号や言葉が、どの状態にあたるかを決めます。", self._statuses), "状態(&S)"
        )
        self.addTab(self._levels, "階層(&L)")
        self.addTab(
            _page("表が何年度のものかを決めます。最後の行がこの表の調査です。", self._rounds),
            "調査(&Y)",
        )
        self.addTab(self.changes, "変更点(&C)")
        self.setTabVisible(_CHANGES, False)
        self._connect()

    def clear_found(self) -> None:
        """Show nothing, while a file is read."""
        self._mapping = None
        self._counts.setText("")
        self._marks.setText("")
        self.found.show_rows(None)
        self._doubts.show_rows(None)
        self.setTabText(_DOUBTS, _DOUBTS_TITLE)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show the choices as they are now; what is being typed is not written over."""
        before, self._mapping = self._mapping, mapping
        if before is None or mapping.statuses not in (before.statuses, self._read_statuses()):
            self._statuses.show_statuses(mapping.statuses)
        if before is None or mapping.rounds not in (before.rounds, self._read_rounds()):
            self._rounds.show_rounds(mapping.rounds)
        self._levels.show_mapping(mapping)

    def show_found(self, found: Found) -> None:
        """Show what was found."""
        for line, text in ((self._counts, found.counts), (self._marks, found.marks)):
            line.setText(text)
            line.setToolTip(tip(text))
        self.found.show_rows(found.rows)
        self._doubts.show_rows(found.doubts)
        self._levels.show_book(found.book)
        count = found.doubts.count
        title = f"{_DOUBTS_TITLE} {count:,}" if count else _DOUBTS_TITLE
        self.setTabText(_DOUBTS, title)

    def offer_changes(self, *, wanted: bool) -> None:
        """Show the page of what would change in the plan that is open, or hide it."""
        self.setTabVisible(_CHANGES, wanted)
        self.setCurrentIndex(_CHANGES if wanted else _FOUND)

    # What is typed and chosen here

    def _connect(self) -> None:
        self._statuses.changed.connect(self._take_statuses)
        self._rounds.changed.connect(self._take_rounds)
        self._levels.mapping_changed.connect(self.mapping_changed)
        self._levels.refused.connect(self.refused)
        self.found.place_chosen.connect(self.place_chosen)
        self.found.origins_shown.connect(self.origins_shown)
        self._doubts.place_chosen.connect(self.place_chosen)
        self.changes.place_chosen.connect(self.place_chosen)

    def _take_statuses(self) -> None:
        try:
            statuses = self._statuses.statuses
        except InvalidInputError as error:
            self.refused.emit(error.message)
        else:
            self.refused.emit("")
            if self._mapping is not None and statuses != self._mapping.statuses:
                self.mapping_changed.emit(self._mapping._replace(statuses=statuses))

    def _take_rounds(self) -> None:
        try:
            rounds = self._rounds.rounds
        except InvalidInputError as error:
            self.refused.emit(error.message)
            return
        self.refused.emit("")
        if self._mapping is None or rounds == self._mapping.rounds:
            return
        mapping = self._mapping
        for before, after in self._rounds.renamed:
            mapping = choosing.renamed_round(mapping, before, after)
        self._rounds.show_rounds(rounds)
        self.mapping_changed.emit(mapping._replace(rounds=rounds))

    def _read_statuses(self) -> object:
        try:
            return self._statuses.statuses
        except InvalidInputError:
            return None

    def _read_rounds(self) -> object:
        try:
            return self._rounds.rounds
        except InvalidInputError:
            return None

    # Layout

    def _found_page(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout()
        row.addWidget(self._counts, 1)
        row.addWidget(_arrow("down", "進捗状況も表示", "open_all", self.found.open_all))
        row.addWidget(
            _arrow("right", "見出しと実行計画だけ表示", "close_actions", self.found.close_actions)
        )
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._marks)
        column.addWidget(self.found, 1)
        return page


def _line(name: str) -> Label:
    """Return a label that is cut off rather than making the page wider."""
    label = Label()
    label.setObjectName(name)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label


class _Lines(Label):
    """Words in as many lines as they need, up to three; what is longer is in the tip."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumHeight(_MOST_LINES * self.fontMetrics().lineSpacing())


def _arrow(sign: str, text: str, name: str, clicked: Callable[[], None]) -> QToolButton:
    button = QToolButton(autoRaise=True)
    button.setObjectName(name)
    give_icon(button, sign)
    button.setToolTip(tip(text))
    button.setAccessibleName(text)
    button.clicked.connect(clicked)
    return button


def _page(explanation: str, editor: QWidget) -> QWidget:
    page, text = QWidget(), Label(explanation)
    text.setWordWrap(True)
    column = QVBoxLayout(page)
    column.setContentsMargins(4, 4, 4, 4)
    column.addWidget(text)
    column.addWidget(editor, 1)
    page.setFocusProxy(editor)
    page.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return page
