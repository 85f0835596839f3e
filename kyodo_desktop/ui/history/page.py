"""The tab 履歴: the steps of what is chosen or of the whole plan, by days and by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import errors, nodes
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.services import history
from kyodo_desktop.ui.history import entries
from kyodo_desktop.ui.widgets import forms, inputs, item_views, plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.services.workspace import Workspace

_NOTHING = "まだ変更はありません。変更すると、だれが、いつ、何をどう変えたかが、ここに残ります。"
_NOTHING_FOUND = "この条件に合う変更はありません。期間や変更した人を変えてください。"
_EVERYBODY = "すべての人"
_TODAY = "2019-05-01"  # until a plan says otherwise
_LEAST = 160  # high is the list, which the page scrolls with where it is low
_LONGEST_DAY, _AROUND = "令和88年12月30日", 24
_SINCE, _UNTIL = "期間の始め", "期間の終わり"


class HistoryPage(QWidget):
    """Reads only while it is in front; what is done with an entry is an edit like any other."""

    export_requested = Signal()

    def __init__(self, plan: Callable[[], Workspace | None]) -> None:
        """`plan` gives the one that is open now."""
        super().__init__()
        self._plan = plan
        self.setObjectName("history_page")
        self._workspace: Workspace | None = None
        self._nodes: list[int] = []
        self._authors_until = 0  # the last step of which it is known whose it is
        self._model: entries.HistoryModel | None = None
        self._make_parts()
        self._name_parts()
        self._lay_out()
        self._connect()
        self._fit()
        theme.notifier().changed.connect(self._fit)

    def show_plan(self) -> None:
        """Show the history of the plan that is open now, anew."""
        workspace = self._plan()
        if workspace is not self._workspace:
            self._workspace, self._nodes = workspace, []
            for field in self._days:
                if workspace is not None:  # of whose time the example is
                    field.put(f"{workspace.now():%Y-%m-%d}")
                field.clear()
            self._author.clear()
            self._authors_until = 0
        self._ask()

    def show_nodes(self, chosen: Sequence[int]) -> None:
        """Show the history of these nodes, or of the whole plan where that is wanted."""
        if self._plan() is not self._workspace:
            self.show_plan()
        is_same = list(chosen) == self._nodes
        self._nodes = list(chosen)
        self._of_chosen.setEnabled(bool(chosen))
        if self._model is not None and (is_same or self._of_plan.isChecked()):
            self.refresh()
        else:
            self._ask()

    def take_focus(self) -> None:
        """Bring the focus to the entries, at first to the newest."""
        if self._model is not None and not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(self._model.index(0))
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Add what was done since; for the one who shows the page to call after an edit."""
        if self._model is None:
            self._ask()
            return
        self._offer_authors()
        self._model.refresh()
        self._look_at()

    @property
    def _is_of_plan(self) -> bool:
        return self._of_plan.isChecked() or not self._nodes

    def _ask(self) -> None:
        """Read what is asked for now; a day that cannot be read is said, and asks for nothing."""
        self._error.show_error("")
        outdated = (self._model, self._list.selectionModel())
        self._model = None
        workspace = self._workspace
        if workspace is not None:
            self._offer_authors()
            try:
                self._model = self._new_model(workspace)
            except errors.InvalidInputError as error:
                self._error.show_error(error.message)
        self._list.setModel(self._model)
        self._reset.setEnabled(self._is_limited)
        self._note.setText(_NOTHING_FOUND if self._is_limited else _NOTHING)
        self._note.follow()
        if self._model is not None:
            self._list.selectionModel().selectionChanged.connect(self._look_at)
        self._enable()
        for each in outdated:
            if each is not None:
                each.deleteLater()

    def _new_model(self, workspace: Workspace) -> entries.HistoryModel:
        """Return what is asked for. Raises InvalidInputError."""
        outline = workspace.outline
        chosen = [each for each in self._nodes if outline.exists(each)]
        of_plan = self._is_of_plan or not chosen
        wanted = history.HistoryFilter() if of_plan else history.of_nodes(outline, chosen)
        since, until = (field.day for field in self._days)
        if since and until and until < since:
            raise errors.InvalidInputError(
                _UNTIL, "が、始めより前です。日付を入れ替えてください。"
            )
        wanted = wanted._replace(since=since, until=until, author=self._author.currentData())
        is_one = not of_plan and len(chosen) == 1 and nodes.is_placement(chosen[0])
        return entries.HistoryModel(workspace, wanted, self, is_named=not is_one)

    @property
    def _is_limited(self) -> bool:
        is_of_one = self._author.currentData() is not None
        return is_of_one or any(field.text().strip() for field in self._days)

    def _offer_authors(self) -> None:
        """Offer who ever changed something; who is chosen stays so."""
        assert self._workspace is not None
        added, self._authors_until = history.authors(self._workspace, self._authors_until)
        if not self._author.count():
            self._author.addItem(_EVERYBODY)
        for name in sorted(added):
            if self._author.findData(name) < 0:
                self._author.addItem(with_signs(name) or "（名前なし）", name)

    def _ask_for_all(self) -> None:
        for field in self._days:
            field.clear()
        self._author.setCurrentIndex(0)
        self._ask()
        self._list.setFocus()

    # The chosen entry

    def _chosen(self) -> int | None:
        """Return the row of the entry that is chosen."""
        rows = self._list.selectionModel().selectedRows() if self._model else []
        return rows[0].row() if rows else None

    def _look_at(self) -> None:
        self._error.show_error("")
        self._enable()

    def _enable(self) -> None:
        row, model = self._chosen(), self._model
        with forms.lending_focus(self._list, self._revert, self._export):
            self._revert.setEnabled(
                row is not None
                and model is not None
                and not model.is_reverted(row)
                and not model.workspace.read_only_because
            )
            self._export.setEnabled(self._workspace is not None)

    def _revert_chosen(self) -> None:
        row = self._chosen()
        if self._model is None or row is None:
            return
        try:
            history.revert_operation(self._model.workspace, self._model.entry(row).id)
        except errors.PlanError as error:
            self._error.show_error(error.message)
        else:
            self.refresh()

    def _copy(self) -> None:
        row = self._chosen()
        if self._model is not None and row is not None:
            QGuiApplication.clipboard().setText(self._model.text(row))

    # Parts

    def _make_parts(self) -> None:
        self._of_chosen = forms.push_button("選択中の項目", "history_of_chosen")
        self._of_plan = forms.push_button("計画全体", "history_of_plan")
        self._scope = QButtonGroup(self)
        for button in (self._of_chosen, self._of_plan):
            button.setCheckable(True)
            self._scope.addButton(button)
        self._of_chosen.setChecked(True)
        self._days = (
            inputs.DayLimit(_TODAY, _SINCE, from_first=True),
            inputs.DayLimit(_TODAY, _UNTIL),
        )
        self._author = inputs.ListBox()
        self._reset = forms.push_button("条件を解除", "history_reset")
        self._list = _new_list()
        self._note = item_views.EmptyNote(self._list, "")
        self._error = forms.ErrorLine()
        self._revert = forms.push_button("この変更を元に戻す", "revert_operation")
        self._export = forms.push_button("計画全体をExcelに出力…", "export_history")

    def _fit(self) -> None:
        """Leave the entries the room of some, and the days that of a whole day."""
        self._list.setMinimumHeight(theme.px(_LEAST))
        for field in self._days:
            metrics = QFontMetrics(theme.font())
            field.setMinimumWidth(metrics.horizontalAdvance(_LONGEST_DAY) + theme.px(_AROUND))

    def _name_parts(self) -> None:
        since, until = self._days
        for name, label, field in (
            ("history_since", _SINCE, since),
            ("history_until", _UNTIL, until),
            ("history_author", "変更した人", self._author),
        ):
            field.setObjectName(name)
            field.setAccessibleName(label)
            field.setToolTip(plain.tip(label))
        self._author.setMinimumContentsLength(6)
        self._author.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )

    def _lay_out(self) -> None:
        scope = QHBoxLayout()
        scope.setSpacing(0)
        scope.addWidget(self._of_chosen)
        scope.addWidget(self._of_plan)
        scope.addStretch(1)
        since, until = self._days
        limits = forms.FlowLayout(gap=theme.px(8))  # two lines where a whole day asks for them
        between = plain.Label("～")
        between.setMinimumHeight(since.sizeHint().height())
        for part in (since, between, until, self._author, self._reset):
            limits.addWidget(part)
        buttons = forms.FlowLayout(gap=theme.px(8))
        buttons.addWidget(self._revert)
        buttons.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        column.addLayout(scope)
        column.addLayout(limits)
        column.addWidget(self._list, 1)
        column.addWidget(self._error)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._scope.buttonClicked.connect(self._ask)
        for field in self._days:
            field.editingFinished.connect(self._ask_where_changed)
        self._author.activated.connect(self._ask)
        self._reset.clicked.connect(self._ask_for_all)
        self._revert.clicked.connect(self._revert_chosen)
        self._export.clicked.connect(self.export_requested)
        copy = QAction("コピー(&C)", self._list)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._copy)
        self._list.addAction(copy)

    def _ask_where_changed(self) -> None:
        """Read again where a day was changed; a field that is only left changes nothing."""
        try:
            days = tuple(field.day for field in self._days)
        except errors.InvalidInputError:
            days = ()
        if self._model is None or days != (self._model.wanted.since, self._model.wanted.until):
            self._ask()


def _new_list() -> entries.HistoryList:
    shown = entries.HistoryList()
    shown.setObjectName("history")
    shown.setAccessibleName("履歴")
    shown.setFrameShape(QFrame.Shape.NoFrame)
    shown.setItemDelegate(entries.HistoryDelegate(shown))
    shown.setResizeMode(QListView.ResizeMode.Adjust)
    shown.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    shown.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    return shown
