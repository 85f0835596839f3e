"""What the cells of an action say."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import month_label
from kyodo_desktop.domain.plan import Progress, Role, Status
from kyodo_desktop.excel.options import ReportColumn

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.outline import Outline

RELISTED = "（再掲）"
CONTINUED = "（続き）"
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


def line_text(outline: Outline, line: Progress) -> str:
    """Return a line of progress behind its mark; one that is only a mark says its word."""
    status = None if line.status_id is None else outline.statuses[line.status_id]
    text = line.text or (_name(status) if status else "")
    if line.section_id is not None:
        text += f"（{outline.sections[line.section_id].name}）"
    return marked(status.mark, text) if status else text


def outlook_text(outline: Outline, action_id: int) -> str:
    """Return 今後の方向性: the choice in brackets before what was written."""
    outlook = outline.outlooks.get(action_id)
    if outlook is None:
        return ""
    if outlook.direction_id is None:
        return outlook.text
    label = outline.directions[outlook.direction_id].label
    return f"【{label}】{outlook.text}" if outlook.text else label


def _number(outline: Outline, node: int, action_id: int) -> str:  # noqa: ARG001
    return outline.number(node)


def _action(outline: Outline, node: int, action_id: int) -> str:
    title = outline.actions[action_id].title
    return title + RELISTED if outline.is_relisted(node) else title


def _progress(outline: Outline, node: int, action_id: int) -> str:  # noqa: ARG001
    lines = outline.lines.get(action_id, ())
    return "\n".join(line_text(outline, line) for line in lines) or UNFILLED_TEXT


def _outlook(outline: Outline, node: int, action_id: int) -> str:  # noqa: ARG001
    return outlook_text(outline, action_id)


def _sections(outline: Outline, node: int, action_id: int) -> str:  # noqa: ARG001
    related = "、".join(outline.section_names(action_id, Role.RELATED))
    names = (outline.lead(action_id), f"（関係課）{related}" if related else "")
    return "\n".join(filter(None, names))


def _due(outline: Outline, node: int, action_id: int) -> str:  # noqa: ARG001
    return month_label(outline.actions[action_id].due)


CELL_TEXTS: dict[ReportColumn, Callable[[Outline, int, int], str]] = {
    ReportColumn.NUMBER: _number,
    ReportColumn.ACTION: _action,
    ReportColumn.PROGRESS: _progress,
    ReportColumn.OUTLOOK: _outlook,
    ReportColumn.SECTION: _sections,
    ReportColumn.DUE: _due,
}
"""A column's text for (outline, placement node, action id)."""
