"""What the window shows while no plan is open: five ways to one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QCommandLinkButton,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.paths import is_there
from kyodo_desktop.ui.jobs import Job
from kyodo_desktop.ui.widgets import appearance, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from kyodo_desktop.domain.job_control import JobControl

_ICON = QSize(24, 24)
_COLUMN = QSize(400, 320)
_LOW_LIST = 180  # below the ways, where there is no room beside them
_NARROW = 900  # logical pixels
_GAP = 40
_FRAME, _ROUND = 2, 4  # of what has the focus
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PATH = Qt.ItemDataRole.UserRole


class StartPage(QWidget):
    """Offers the sample, a new plan, a table, a file, and the recent files.

    The window does the rest.
    """

    sample_requested = Signal()
    new_requested = Signal()
    import_requested = Signal()
    open_requested = Signal()
    recent_requested = Signal(object)

    def __init__(self, sample: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._links = (
            _link("sample", "サンプルを開く(&M)", sample),
            _link("new", "新しい計画を作る(&N)", "計画名・期間・階層・状態を決めて始めます"),
            _link("import", "表を取り込む(&I)", "今お使いのExcelやCSVの進捗管理表から作ります"),
            _link("open", "既存のファイルを開く(&O)", "計画のファイル（.kyodo）を選びます"),
        )
        requests = (
            *(self.sample_requested, self.new_requested),
            *(self.import_requested, self.open_requested),
        )
        for link, request in zip(self._links, requests, strict=True):
            link.clicked.connect(request)
        self._list = _new_list()
        self._list.itemActivated.connect(lambda item: self.recent_requested.emit(item.data(_PATH)))
        self._list.currentRowChanged.connect(self._follow)
        self._recent = QWidget()
        self._lay_out()
        self.show_recent(())
        self.setFocusProxy(self._links[0])

    def show_recent(self, files: Sequence[Path]) -> None:
        """List the files, and mark those that are gone as soon as that is known.

        Each is looked for by a job of its own: a network share that does not answer keeps
        neither the window waiting nor the other files.
        """
        self._list.clear()
        self._recent.setVisible(bool(files))
        for file in files:
            item = QListWidgetItem(with_signs(f"{file.name}\n{file.parent}"))
            item.setData(_PATH, file)
            item.setToolTip(plain.tip(str(file)))
            self._list.addItem(item)
            job = Job(partial(_is_gone, file), self)
            job.succeeded.connect(partial(self._mark, file))
            job.start()

    # Qt's interface

    def minimumSizeHint(self) -> QSize:
        # Of the narrow page, whichever is shown: else a window could not become narrow.
        margins = self.contentsMargins() + self._down.contentsMargins()
        width = _COLUMN.width() + margins.left() + margins.right()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_narrow=self.width() < _NARROW)

    def _arrange(self, *, is_narrow: bool) -> None:
        """Put the recent files beside the ways, or below them."""
        way = QBoxLayout.Direction
        direction = way.TopToBottom if is_narrow else way.LeftToRight
        if direction != self._across.direction():
            self._across.setDirection(direction)
            gap = (0, _GAP // 2, 0, 0) if is_narrow else (_GAP, 0, 0, 0)
            self._recent.setContentsMargins(*gap)
            self._list.setFixedHeight(_LOW_LIST if is_narrow else _COLUMN.height())

    def _follow(self) -> None:
        """Keep the list in sight where the page scrolls: Qt looks only when the focus comes."""
        area = inputs.page_around(self)
        if area is not None and self._list.hasFocus():
            area.ensureWidgetVisible(self._list)

    def _mark(self, file: Path, is_gone: bool) -> None:
        """Say that a file is gone; it can still be chosen, for its drive may come back."""
        for row in range(self._list.count()):
            item = self._list.item(row)
            if is_gone and item.data(_PATH) == file:
                item.setText(with_signs(f"{file.name}\n見つかりません：{file.parent}"))
                item.setForeground(self.palette().placeholderText())

    def _lay_out(self) -> None:
        title = plain.Label("協働プラン進捗管理")
        title.setProperty("role", "title")
        ways = QVBoxLayout()
        ways.addWidget(title)
        ways.addWidget(plain.Label("計画の進捗を記録し、報告書をExcelで作ります。"))
        ways.addSpacing(24)
        for link in self._links:
            ways.addWidget(link)
        ways.addStretch()
        caption = plain.Label("最近使ったファイル(&R)")
        caption.setBuddy(self._list)
        recent = QVBoxLayout(self._recent)
        recent.setContentsMargins(0, 0, 0, 0)
        self._recent.setContentsMargins(_GAP, 0, 0, 0)
        recent.addWidget(caption)
        recent.addWidget(self._list)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.addLayout(ways)
        self._across.addWidget(self._recent)
        centred = QHBoxLayout()
        centred.addStretch()
        centred.addLayout(self._across)
        centred.addStretch()
        self._down = QVBoxLayout(self)
        self._down.addStretch(2)
        self._down.addLayout(centred)
        self._down.addStretch(3)


class _Link(QCommandLinkButton):
    """A way that the Enter key takes too, and that shows its focus: Qt's own does neither."""

    # Qt's interface

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().highlight(), _FRAME))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _ROUND, _ROUND)


def _new_list() -> QListWidget:
    files = QListWidget()
    files.setObjectName("recent")
    files.setFixedSize(_COLUMN)
    files.setSpacing(3)
    files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return files


def _link(name: str, text: str, explanation: str) -> _Link:
    link = _Link(text, explanation)
    link.setObjectName(name)
    appearance.give_icon(link, name)
    link.setIconSize(_ICON)
    link.setFixedWidth(_COLUMN.width())
    link.setMinimumHeight(link.sizeHint().height())  # Qt would cut the explanation
    return link


def _is_gone(file: Path, _: JobControl) -> bool:
    return not is_there(file)
