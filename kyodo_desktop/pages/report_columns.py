"""The columns of 進捗状況一覧, and what the cells of an action say."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, field_types, predecessors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.overview import Group
    from kyodo_desktop.domain.plan import Outlook, Progress, Status

RELISTED = "（再掲）"
UNFILLED_TEXT = "未記入"
_LONGEST_SIGN = 2


def marked(mark: str, text: str) -> str:
    """Return mark and text as printed: a full-width mark (・) needs no space after it.

    A mark that is a word is set apart from the text.
    """
    if len(mark) > _LONGEST_SIGN:
        return f"{mark}：{text}" if text else mark
    if not mark or unicodedata.east_asian_width(mark[-1]) in "WF":
        return mark + text
    return f"{mark} {text}".rstrip()


def _name(status: Status) -> str:
    return "" if status.label == status.mark else status.label


def status_text(status: Status | None) -> str:
    """Return mark and word of a status."""
    return UNFILLED_TEXT if status is None else marked(status.mark, _name(status))


def group_text(group: Group) -> str:
    """Return mark and word of a status that is counted by itself, or the word for several."""
    return group.label if group.status is None else status_text(group.status)


def line_text(outline: Outline, line: Progress) -> str:
    """Return a line of progress behind its mark; one that is only a mark says its word."""
    status = None if line.status_id is None else outline.statuses[line.status_id]
    text = line.text or (_name(status) if status else "")
    if line.section_id is not None:
        text += f"（{outline.sections[line.section_id].name}）"
    return marked(status.mark, text) if status else text


def lines_text(outline: Outline, lines: Iterable[Progress]) -> str:
    """Return lines of progress below each other."""
    return "\n".join(line_text(outline, each) for each in lines)


def outlook_text(outline: Outline, outlook: Outlook | None) -> str:
    """Return 今後の方向性: the choice in brackets before what was written."""
    if outlook is None:
        return ""
    if outlook.direction_id is None:
        return outlook.text
    label = outline.directions[outlook.direction_id].label
    return f"【{label}】{outlook.text}" if outlook.text else label


class ReportColumn(NamedTuple):
    """A column of the actions in 進捗状況一覧: its heading, and its text for a placement's node.

    `width` is in em. The headings' columns come before these.
    """

    name: str
    label: str
    width: field_types.WidthRange
    text: Callable[[Outline, int], str]

    def heading(self, outline: Outline) -> str:
        """Return what stands above the column: of the actions the name of their level."""
        return outline.levels[-1].name if self.name == "action" else self.label


def _number(outline: Outline, node: int) -> str:
    return outline.number(node)


def _path_number(outline: Outline, node: int) -> str:
    return outline.path_number(node)


def _current(outline: Outline, node: int) -> str:
    status = outline.status(outline.action_id_at(node))
    return status.mark if status else ""


def _previous(outline: Outline, node: int) -> str:
    """Return the mark of the round before, also of what the action continues in it."""
    lines = predecessors.lines_before(outline, outline.action_id_at(node))
    status = outline.status_of(lines)
    return status.mark if status else ""


def _action(outline: Outline, node: int) -> str:
    return outline.title(node) + (RELISTED if outline.is_relisted(node) else "")


def _progress(outline: Outline, node: int) -> str:
    lines = outline.lines.get(outline.action_id_at(node), ())
    return lines_text(outline, lines) or UNFILLED_TEXT


def _outlook(outline: Outline, node: int) -> str:
    return outlook_text(outline, outline.outlooks.get(outline.action_id_at(node)))


def _sections(outline: Outline, node: int) -> str:
    action_id = outline.action_id_at(node)
    related = action_fields.RELATED.format(outline, action_id)
    names = (
        action_fields.LEAD.format(outline, action_id),
        f"（関係課）{related}" if related else "",
    )
    return "\n".join(filter(None, names))


def column_of(field: action_fields.Field[Any]) -> ReportColumn:
    """Return the column of a field that stands for itself."""

    def text(outline: Outline, node: int) -> str:
        return field.format(outline, outline.action_id_at(node))

    return ReportColumn(field.name, field.label, field.type.width, text)


NUMBER = ReportColumn("number", "番号", field_types.WidthRange(2.8, 5), _number)
PATH_NUMBER = NUMBER._replace(width=field_types.WidthRange(5.6, 8), text=_path_number)
"""番号 where no headings stand beside it: 1-(2)-②."""
ACTION = ReportColumn("action", "実行計画", field_types.WidthRange(9, 20), _action)
PREVIOUS = ReportColumn("previous_status", "前回", field_types.WidthRange(2.2, 3), _previous)
CURRENT = ReportColumn("current_status", "今回", field_types.WidthRange(2.2, 3), _current)
PROGRESS = ReportColumn("progress", "進捗状況", field_types.WidthRange(10, 400), _progress)
OUTLOOK = ReportColumn("outlook", "今後の方向性", field_types.WidthRange(7, 400), _outlook)
SECTION = ReportColumn("section", "担当課", field_types.WidthRange(7.1, 14), _sections)
REPORT_COLUMNS = {
    column.name: column
    for column in (
        NUMBER,
        ACTION,
        SECTION,
        PREVIOUS,
        CURRENT,
        PROGRESS,
        OUTLOOK,
        *map(column_of, action_fields.taking_part(action_fields.Use.LIST)),
    )
}
"""All of them by name, as they are printed: those that say several fields, then one a field."""
