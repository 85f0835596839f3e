"""Finds every text that a window or a dialog shows, and tells those that are not plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QStatusBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from kyodo_desktop.domain.texts import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOLD = "<b>太字</b>"  # of the hostile words
_OUR_MARKUP = re.compile("<a href|</?p>|<br>")
_MNEMONIC = "A&B"  # not doubled
_PATHS = {"folder"}  # fields from which a path is read: it must be that path
_PLAIN, _MARKUP, _WITH_MNEMONIC, _TIP = "plain", "markup", "mnemonic", "tip"
_MOST_ROWS = 60
_TIPS = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole)
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.StatusTipRole)

Text = tuple[str, str]
"""How Qt takes a text, and the text."""


def misread(root: QWidget) -> set[str]:
    """Return what is shown otherwise than as it is, with the widget that shows it."""
    return {
        f"{widget}: {fault}: {text!r}"
        for widget, kind, text in texts_of(root)
        if (fault := _fault(kind, text))
    }


def texts_of(root: QWidget) -> Iterator[tuple[str, str, str]]:
    """Yield the widget, how Qt takes the text, and the text."""
    for menu in root.findChildren(QMenu):
        menu.aboutToShow.emit()
    for each in (root, *root.findChildren(QWidget), *root.findChildren(QAction)):
        texts = _of_action(each) if isinstance(each, QAction) else _of_widget(each)
        for kind, text in texts:
            yield f"{type(each).__name__} {each.objectName()}", kind, text


def _fault(kind: str, text: str) -> str:
    if CONTROLS.search(text):
        return "a character that nobody sees"
    if kind == _MARKUP and _BOLD in text:
        return "markup"
    if kind == _PLAIN and _OUR_MARKUP.search(text):
        return "markup of ours that is shown as it is written"
    if kind == _TIP and Qt.mightBeRichText(text) and _BOLD in text:
        return "markup"
    if kind == _WITH_MNEMONIC and _MNEMONIC in text:
        return "a mnemonic"
    return ""


def _of_action(action: QAction) -> Iterator[Text]:
    yield _WITH_MNEMONIC, action.text()
    if not all(_hides_tips(each) for each in action.associatedObjects()):
        yield _TIP, action.toolTip()
    yield _TIP, action.whatsThis()
    yield _PLAIN, action.statusTip()


def _hides_tips(place: QObject) -> bool:
    return isinstance(place, QMenu) and not place.toolTipsVisible()


def _of_widget(widget: QWidget) -> Iterator[Text]:
    yield _TIP, widget.toolTip()
    yield _TIP, widget.whatsThis()
    for text in (widget.statusTip(), widget.accessibleName(), widget.windowTitle()):
        yield _PLAIN, text
    match widget:
        case QLabel():
            yield _of_label(widget), widget.text()
        case QAbstractButton():
            yield _WITH_MNEMONIC, widget.text()
        case QGroupBox():
            yield _WITH_MNEMONIC, widget.title()
        case QTabBar():
            for place in range(widget.count()):
                yield _WITH_MNEMONIC, widget.tabText(place)
                yield _TIP, widget.tabToolTip(place)
        case QLineEdit() if widget.objectName() not in _PATHS:
            yield _PLAIN, widget.text()
            yield _PLAIN, widget.placeholderText()
        case QPlainTextEdit():
            yield _PLAIN, _without_ends(widget)
            yield _PLAIN, widget.placeholderText()
        case QTextEdit():
            yield _PLAIN, _without_ends(widget)
            shown = widget.toPlainText()
            if "太字" in shown.replace(_BOLD, ""):
                yield _MARKUP, _BOLD
        case QStatusBar():
            yield _PLAIN, widget.currentMessage()
        case QComboBox() | QAbstractItemView():
            yield from _of_model(widget.model())


def _without_ends(field: QPlainTextEdit | QTextEdit) -> str:
    """Return the text without Qt's own ends of lines."""
    return re.sub("[\u2029\u2028\ufdd0\ufdd1]", "\n", field.document().toRawText())


def _of_label(label: QLabel) -> str:
    guessed = label.textFormat() == Qt.TextFormat.AutoText
    if label.textFormat() == Qt.TextFormat.RichText or (
        guessed and Qt.mightBeRichText(label.text())
    ):
        return _MARKUP
    return _WITH_MNEMONIC if label.buddy() else _PLAIN


def _of_model(model, parent: QModelIndex | None = None) -> Iterator[Text]:
    parent = parent or QModelIndex()
    if model is None:
        return
    if not parent.isValid():
        yield from _of_headers(model)
    while model.canFetchMore(parent) and model.rowCount(parent) < _MOST_ROWS:
        model.fetchMore(parent)
    for row in range(min(model.rowCount(parent), _MOST_ROWS)):
        for column in range(_columns(model, parent)):
            index = model.index(row, column, parent)
            for kind, roles in ((_PLAIN, _SHOWN), (_TIP, _TIPS)):
                for role in roles:
                    text = index.data(role)
                    if isinstance(text, str):
                        yield kind, text
        first = model.index(row, 0, parent)
        if model.rowCount(first) or model.canFetchMore(first):
            yield from _of_model(model, first)


def _columns(model, parent: QModelIndex) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)


def _of_headers(model) -> Iterator[Text]:
    for orientation, count in (
        (Qt.Orientation.Horizontal, _columns(model, QModelIndex())),
        (Qt.Orientation.Vertical, min(model.rowCount(), _MOST_ROWS)),
    ):
        for place in range(count):
            for kind, role in (
                (_PLAIN, Qt.ItemDataRole.DisplayRole),
                (_TIP, Qt.ItemDataRole.ToolTipRole),
            ):
                text = model.headerData(place, orientation, role)
                if isinstance(text, str):
                    yield kind, text
