"""Changes as a text with marks, and the list of them, each with what was and what is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QGuiApplication

from kyodo_desktop.ui.widgets import appearance, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from kyodo_desktop.domain.comparing.comparison import (
        Comparison,
        FieldDifference,
        ItemChange,
    )
    from kyodo_desktop.domain.comparing.text_diff import Segments


_PAGE = 200  # changes laid out at once
_MORE = "more"


class ChangesView(plain.RichView):
    """Shows changes as text that can be selected; the title of an item is a link to it."""

    node_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("changes")
        self.setAccessibleName("変更の一覧")
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self._comparison: Comparison | None = None
        self._changes: Sequence[ItemChange] = ()
        self._shown = _PAGE

    def show_changes(self, comparison: Comparison, changes: Sequence[ItemChange]) -> None:
        """Show some of the changes of a comparison."""
        self._comparison, self._changes, self._shown = comparison, changes, _PAGE
        self._render()

    def copy_all(self) -> None:
        """Put all the changes into the clipboard, also those that are not laid out yet."""
        comparison = self._comparison
        if comparison is not None:
            lines = (change_text(comparison, each) for each in self._changes)
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _render(self) -> None:
        assert self._comparison is not None
        inks = inks_on(self.palette().base().color())
        shown = self._changes[: self._shown]
        pieces = [change_markup(self._comparison, each, inks) for each in shown]
        rest = len(self._changes) - len(shown)
        if rest:
            pieces.append(f'<p><a href="{_MORE}">残り {rest:,}件を表示</a></p>')
        self.setHtml("".join(pieces) or "<p>該当する変更はありません。</p>")

    def _follow(self, link: QUrl) -> None:
        if link.toString() == _MORE:
            place = self.verticalScrollBar().value()
            self._shown = len(self._changes)
            self._render()
            self.verticalScrollBar().setValue(place)
        else:
            self.node_requested.emit(int(link.toString()))


_SHORT = 24  # two texts of this length stand in one line
NOTHING = "（空）"


class Inks(NamedTuple):
    """The colours of what was and of what is, of captions and of a chip's ground."""

    old: str
    new: str
    caption: str
    chip: str


def inks_on(ground: QColor) -> Inks:
    """Return colours that can be read on the ground."""
    tokens = theme.tokens()
    old, new = (appearance.legible(each, ground).name() for each in (tokens.ink2, tokens.accent))
    return Inks(old, new, old, tokens.header.name())


def change_markup(comparison: Comparison, change: ItemChange, inks: Inks) -> str:
    """Return one change: where it is and of what kinds, and each field before and after."""
    fields = "".join(field_markup(each, inks) for each in change.fields)
    return f'<p style="margin-top:12px">{_heading(comparison, change, inks)}</p>{fields}'


def field_markup(field: FieldDifference, inks: Inks) -> str:
    """Return one field: the old text, an arrow, and the new one, below each other if long."""
    old, new = field.marked()
    label = f'<span style="color:{inks.caption}">{escape(field.label)}</span>'
    is_short = max(len(field.old), len(field.new)) <= _SHORT
    start, gap = ("&nbsp; ", " ") if is_short else ("<br>", "<br>")
    text = f"{segments_markup(old, inks.old)}{gap}<b>→</b> {segments_markup(new, inks.new)}"
    return f'<p style="margin:2px 0 2px 16px">{label}{start}{text}</p>'


def segments_markup(segments: Segments, ink: str) -> str:
    """Return a text with its changed parts underlined."""
    pieces = (
        f'<u style="color:{ink}">{_lines(each.text)}</u>' if each.changed else _lines(each.text)
        for each in segments
    )
    return "".join(pieces) or NOTHING


def change_text(comparison: Comparison, change: ItemChange) -> str:
    """Return one change as plain lines, separated by tabs, for other programs."""
    head = "\t".join(["・".join(change.labels), change.level, title_of(comparison, change)])
    fields = (f"\t{each.label}\t{each.old}\t{each.new}" for each in change.fields)
    return "\n".join([head, *(each.replace("\n", " ") for each in fields)])


def title_of(comparison: Comparison, change: ItemChange) -> str:
    """Return the number and title as they are now, those of a dropped item as they were."""
    node = change.before if change.is_gone else change.after
    assert node is not None, "an item stands before or after"
    outline = comparison.before if change.is_gone else comparison.after
    return comparison.in_term(node, outline.label(node), old=change.is_gone)


def _heading(comparison: Comparison, change: ItemChange, inks: Inks) -> str:
    chips = " ".join(
        f'<span style="background-color:{inks.chip}">&nbsp;{label}&nbsp;</span>'
        for label in change.labels
    )
    title = f"<b>{escape(title_of(comparison, change))}</b>"
    if change.after is not None:
        title = f'<a href="{change.after}" style="color:{inks.new}">{title}</a>'
    level = f'<span style="color:{inks.caption}">{escape(change.level)}</span>'
    return f"{level}　{title}<br>{chips}"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
