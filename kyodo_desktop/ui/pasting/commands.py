"""コピー and 貼り付け: the tree with Excel; a text that is typed keeps its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from kyodo_desktop.domain.nodes import is_heading
from kyodo_desktop.ui import asking, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.pasting import Cells, Pasted
    from kyodo_desktop.ui.pasting.dialog import PasteTarget

_TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)


class ClipboardCommands(shell.Commands):
    """The focus decides: in a text the text's own copy and paste, else the tree's."""

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"copy": self.copy, "paste": self.paste}

    def copy(self) -> None:
        """Copy the marked text, or the selected rows."""
        focus = QApplication.focusWidget()
        if isinstance(focus, _TEXTS):
            focus.copy()
        else:
            self.copy_rows()

    def paste(self) -> None:
        """Paste into the text that has the focus, or into the tree."""
        focus = QApplication.focusWidget()
        if isinstance(focus, _TEXTS):
            focus.paste()
        else:
            self.ask_and_paste()

    def copy_rows(self) -> None:
        """Put the selected actions, and those below selected headings, into the clipboard."""
        self._shell.commit()
        outline = self._workspace.outline
        count = copy_actions(outline, self._shell.tree.selected_nodes())
        word = outline.levels[-1].name
        if count:
            message = f"{word}{count}件をコピーしました。Excelのセルに貼り付けられます。"
        else:
            message = f"コピーする{word}がありません。{word}か見出しを選んでください。"
        self._shell.toast.show_info(message)

    def ask_and_paste(self) -> None:
        """Show the rows in the clipboard, and add them where the user agrees."""
        from kyodo_desktop.ui.pasting.dialog import PasteDialog

        if self._workspace.read_only_because or not self._shell.commit():
            return
        cells, targets = copied_table(), self._targets()
        name = self._name_for_heading(cells)
        if name:
            self._add_heading(name)
        elif not cells:
            self._shell.toast.show_error(
                "貼り付けられる表がありません。Excelで行を選んでコピーしてから、貼り付けてください。"
            )
        elif not targets:
            word = self._workspace.outline.levels[-1].name
            self._shell.toast.show_error(
                f"貼り付ける先がありません。見出しか{word}を選んでから、貼り付けてください。"
            )
        else:
            dialog = PasteDialog(self._workspace.outline, cells, targets, self._window)
            asking.ask(dialog, lambda: self._add(dialog.target, dialog.pasted))

    def _name_for_heading(self, cells: Cells) -> str:
        """Return the one line that is pasted while a plan has no actions: a heading's name.

        There a heading comes behind the other, as when names are typed.
        """
        outline, node = self._workspace.outline, self._shell.tree.current_node()
        is_one = len(cells) == 1 and len(cells[0]) == 1 and "\n" not in cells[0][0]
        if not is_one or node is None or outline.placements:
            return ""
        return cells[0][0].strip()

    @shell.repeatable
    def _add_heading(self, name: str) -> None:
        from kyodo_desktop.services import structure

        outline, node = self._workspace.outline, self._shell.tree.current_node()
        assert node is not None, "it was asked for beforehand"
        above = outline.parent(node)
        place = (node, None) if above is None else (above, node)
        with self._editing():
            added = structure.add_heading(self._workspace, place[0], name, after=place[1])
            self._shell.tree.select(added)
            self.show_step(f"「{name}」を追加しました。")

    def _targets(self) -> list[PasteTarget]:
        """Return where rows may go: first below the chosen heading, or that of the action."""
        from kyodo_desktop.ui.pasting.dialog import PasteTarget

        outline, node = self._workspace.outline, self._shell.tree.current_node()
        if node is None or not outline.exists(node):
            return []
        action, heading = outline.action_at(node), node
        if action is not None:
            above = outline.parent(node)
            assert above is not None
            heading = above
        if not is_heading(heading):
            return []
        word = outline.levels[-1].name
        below = PasteTarget(f"「{outline.label(heading)}」の下に{word}として", heading=heading)
        if action is None:
            return [below]
        lines = PasteTarget(f"「{action.title}」の進捗状況として", action_id=action.id)
        return [below, lines]

    def _add(self, target: PasteTarget, pasted: Pasted) -> None:
        from kyodo_desktop.services import pasting

        with self._asked_edit("貼り付けています…"):
            if target.heading is not None:
                nodes = pasting.paste_actions(self._workspace, target.heading, pasted.actions)
                self._shell.tree.select(nodes[0])
                word = self._workspace.outline.levels[-1].name
                self.show_step(f"{word}{len(nodes)}件を貼り付けました。")
            elif target.action_id is not None:
                pasting.paste_lines(self._workspace, target.action_id, pasted.lines)
                self.show_step(f"進捗状況{len(pasted.lines)}行を貼り付けました。")


def copy_actions(outline: Outline, nodes: Sequence[int]) -> int:
    """Put the actions at and below the nodes into the clipboard, and return how many they are.

    Where there are none, the clipboard stays as it is. Excel takes the HTML, whose cells are
    texts; other programs take the plain text.
    """
    from kyodo_desktop.domain.pasting import as_html, as_text, copied_rows

    rows = copied_rows(outline, nodes)
    if not rows[1:]:
        return 0
    data = QMimeData()
    data.setText(as_text(rows))
    data.setHtml(as_html(rows))
    QGuiApplication.clipboard().setMimeData(data)
    return len(rows) - 1


def copied_table() -> Cells:
    """Return the cells in the clipboard; none where there is no text."""
    from kyodo_desktop.domain.pasting import from_text
    from kyodo_desktop.domain.texts import with_signs

    return from_text(with_signs(QGuiApplication.clipboard().text()))
