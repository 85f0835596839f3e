"""Changes as a text with marks: the changed part underlined and in a colour of its own."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.ui.colours import legible

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from kyodo_desktop.domain.comparing.comparison import Comparison, ItemChange
    from kyodo_desktop.domain.comparing.kinds import FieldDifference
    from kyodo_desktop.domain.comparing.text_diff import Segments

_HALF = 128
_SHORT = 24  # two texts of this length stand in one line
NOTHING = "（空）"


class Inks(NamedTuple):
    """The colours of what was and of what is, and of a chip's ground."""

    old: str
    new: str
    chip: str


def inks_on(ground: QColor) -> Inks:
    """Return colours that can be read on the ground."""
    old, new = (legible(each, ground).name() for each in ("#b3261e", "#1b5e20"))
    return Inks(old, new, "#e3e8ef" if ground.lightness() >= _HALF else "#3d4654")


def change_markup(comparison: Comparison, change: ItemChange, inks: Inks) -> str:
    """Return one change: its kinds, where it is, and each field before and after."""
    fields = "".join(field_markup(each, inks) for each in change.fields)
    return f"<p>{_heading(comparison, change, inks)}</p>{fields}"


def field_markup(field: FieldDifference, inks: Inks) -> str:
    """Return one field: the old text, an arrow, and the new one."""
    old, new = field.marked()
    label = f"<b>{escape(field.label)}</b>　"
    gap = "<br>" if max(len(field.old), len(field.new)) > _SHORT else " "
    text = f"{segments_markup(old, inks.old)}{gap}<b>→</b> {segments_markup(new, inks.new)}"
    return f'<p style="margin-left:24px; margin-top:2px; margin-bottom:2px">{label}{text}</p>'


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
    title = f"{escape(change.level)}　<b>{escape(title_of(comparison, change))}</b>"
    if change.after is not None:
        title = f'<a href="{change.after}">{title}</a>'
    return f"{chips}　{title}"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
