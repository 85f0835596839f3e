"""What the sections do with their forms, and the lead section with the window, for tests."""

from __future__ import annotations

from openpyxl import load_workbook
from openpyxl.comments import Comment
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QTreeView

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details, vocabularies
from kyodo_desktop.services.inquiries.asking import askable_sections, record_sent, reply_forms
from tests.excel.reply_form.forms import tick
from tests.ui.driving import dialog

OTHERS = ("社会福祉課", "生涯学習課")
DUE = "2026-12-07"
_FORM_SHEET, _HEADINGS = 1, 4  # the sheet's place, and the row of its headings


def share_out(workspace, *, left=2):
    """Give the actions in turn to three sections, and leave the last ones to nobody."""
    known = {each.name for each in workspace.outline.sections.values()}
    for name in OTHERS:
        if name not in known:
            vocabularies.add_section(workspace, name)
    ids = list(workspace.outline.sections)
    actions = list(workspace.outline.placed)
    for place, section_id in enumerate(ids):
        mine = actions[: len(actions) - left][place :: len(ids)]
        details.assign(workspace, mine, section_id, Role.LEAD)


def sent(workspace, folder, covering="よろしくお願いします。", **options):
    """Send forms to all sections and return their files, by section, each action ticked."""
    from kyodo_desktop.excel.reply_form.writing import write_reply_forms

    ids = [each.section.id for each in askable_sections(workspace) if each.asked]
    at = workspace.now().isoformat(timespec="seconds")
    forms = reply_forms(workspace, ids, DUE, covering, at)
    folder.mkdir(exist_ok=True)
    files = write_reply_forms(forms, folder, **options)
    record_sent(workspace, forms)
    for file in files:
        tick(file)
    return {form.section: file for form, file in zip(forms, files, strict=True)}


def fill(path, title, **typed):
    """Fill cells of an action's first row in, by the words above them, and untick it."""
    book = load_workbook(path)
    cells = _cells_of(book, title)
    for heading, text in ({"変更なし": None} | typed).items():
        cells[heading].value = text
    book.save(path)


def comment(path, title, text):
    """Put a comment at the 進捗状況 of an action."""
    book = load_workbook(path)
    _cells_of(book, title)["進捗状況"].comment = Comment(text, "担当")
    book.save(path)


def sign(path, **texts):
    """Say above the table who answered, by the labels there."""
    book = load_workbook(path)
    sheet = book.worksheets[_FORM_SHEET]
    cells = {cell.value: cell for row in sheet.iter_rows(max_row=_HEADINGS) for cell in row}
    for label, text in texts.items():
        row, column = cells[label].row, cells[label].column
        area = next((each for each in sheet.merged_cells if cells[label].coordinate in each), None)
        sheet.cell(row, (area.max_col if area else column) + 1).value = text
    book.save(path)


def _cells_of(book, title):
    """Return the cells of an action's first row, by the words above them."""
    sheet = book.worksheets[_FORM_SHEET]
    columns = {str(cell.value).replace("\n", ""): cell.column for cell in sheet[_HEADINGS]}
    titles = {
        str(row[columns["実行計画"] - 1].value).split("\n")[0]: row[0].row
        for row in reversed([*sheet.iter_rows(min_row=_HEADINGS + 1)])
    }
    return {heading: sheet.cell(titles[title], column) for heading, column in columns.items()}


def drag(widget, *paths):
    """Drag files over a widget of a window, and return whether they are welcome."""
    return _bring(QDragEnterEvent, widget, paths).isAccepted()


def drop(widget, *paths):
    """Drop files on a widget of a window, as the file manager does."""
    return _bring(QDropEvent, widget, paths)


def _bring(kind, widget, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = widget.mapTo(widget.window(), QPoint(5, 5))
    event = kind(
        place,
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget.window().windowHandle(), event)
    return event


def press(window, name):
    """Press a button of the dialog that is open."""
    button = dialog(window).findChild(QPushButton, name)
    assert button.isEnabled(), f"{name} is disabled"
    button.click()


def states_told(shown):
    """Return the section and the state of each file in the review."""
    files = shown._files
    return [files.item(row).text().split("\n") for row in range(files.count())]


def differences(shown):
    """Return each line of the differences, the action's name before its cells."""
    view = shown.findChild(QTreeView, "differences")
    model = view.model()
    found = []
    for place in range(model.rowCount()):
        action = model.index(place, 0)
        found.append(action.data())
        found += [
            tuple(model.index(row, column, action).data() for column in range(model.columnCount()))
            for row in range(model.rowCount(action))
        ]
    return found
