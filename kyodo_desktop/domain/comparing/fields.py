"""The fields of headings and actions that are compared, and how they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.comparing.kinds import Kind
from kyodo_desktop.domain.comparing.text_diff import Whole, names
from kyodo_desktop.domain.fiscal_year import fiscal_year_label, month_label
from kyodo_desktop.domain.nodes import heading_node
from kyodo_desktop.domain.plan import Progress, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kyodo_desktop.domain.comparing.text_diff import Pieces
    from kyodo_desktop.domain.outline import Outline


class Field(NamedTuple):
    """One field of an item.

    It changed where its `value` differs; its `pieces` make up what people read, and are
    `Whole` where something was chosen and not written. It can differ only between outlines
    whose `tables` are not the very same.
    """

    label: str
    kind: Kind
    tables: tuple[str, ...]
    value: Callable[[Outline, int], Any]
    pieces: Callable[[Outline, int], Pieces]


def _written(label: str, kind: Kind, column: str) -> Field:
    """Return a running text of the action itself."""
    return _column(label, kind, column, str)


def _chosen(label: str, kind: Kind, column: str, shown: Callable[[Any], str]) -> Field:
    """Return a value of the action itself that changes as a whole."""
    return _column(label, kind, column, lambda known: Whole(shown(known)))


def _column(label: str, kind: Kind, column: str, shown: Callable[[Any], str]) -> Field:
    def value(outline: Outline, action_id: int) -> Any:
        return getattr(outline.actions[action_id], column)

    def pieces(outline: Outline, action_id: int) -> Pieces:
        known = value(outline, action_id)
        return () if known in (None, "") else (shown(known),)

    return Field(label, kind, ("actions",), value, pieces)


def _pointing(label: str, table: str, column: str, name: Callable[[Outline, int], str]) -> Field:
    """Return a field of the rows in a table of the outline that point from an action elsewhere."""

    def value(outline: Outline, action_id: int) -> Any:
        return {getattr(row, column) for row in getattr(outline, table).get(action_id, ())}

    def pieces(outline: Outline, action_id: int) -> Pieces:
        rows = getattr(outline, table).get(action_id, ())
        return names(name(outline, getattr(row, column)) for row in rows)

    return Field(label, Kind.OTHER, (table,), value, pieces)


def _assigned(label: str, role: Role) -> Field:
    def value(outline: Outline, action_id: int) -> Any:
        rows = outline.assignments.get(action_id, ())
        return {row.section_id for row in rows if row.role == role}

    def pieces(outline: Outline, action_id: int) -> Pieces:
        return names(outline.section_names(action_id, role))

    return Field(label, Kind.SECTION, ("assignments",), value, pieces)


def status_id(outline: Outline, action_id: int) -> int | None:
    """Return the id of the action's own status; nothing is 未記入."""
    status = outline.status(action_id)
    return None if status is None else status.id


def _status(outline: Outline, action_id: int) -> Pieces:
    status = outline.status(action_id)
    return (Whole("未記入" if status is None else status.word),)


def _lines(outline: Outline, action_id: int) -> Any:
    lines = outline.lines.get(action_id, ())
    if len(lines) == 1:
        (line,) = lines
        return line.text, line.section_id  # its mark is the action's own status
    return [(line.status_id, line.text, line.section_id) for line in lines] or ("", None)


def _line_pieces(outline: Outline, action_id: int) -> Pieces:
    """Return the lines of 進捗状況; each of several with its own mark."""
    lines = outline.lines.get(action_id, ())
    found: list[str] = []
    for line in lines:
        pieces = tuple(_line(outline, line, with_mark=len(lines) > 1))
        found += ("\n", *pieces) if found and pieces else pieces
    return tuple(found)


def _line(outline: Outline, line: Progress, *, with_mark: bool) -> Iterator[str]:
    mark = outline.statuses[line.status_id].mark if with_mark and line.status_id else ""
    if mark:
        yield Whole(mark)
    if mark and (line.section_id or line.text):
        yield " "
    if line.section_id:
        yield Whole(f"（{outline.sections[line.section_id].name}）")
    if line.text:
        yield line.text


def _outlook(outline: Outline, action_id: int) -> Any:
    outlook = outline.outlooks.get(action_id)
    return (None, "") if outlook is None else (outlook.direction_id, outlook.text)


def _outlook_pieces(outline: Outline, action_id: int) -> Pieces:
    """Return 今後の方向性: the choice, then the text."""
    direction_id, text = _outlook(outline, action_id)
    label = outline.directions[direction_id].label if direction_id else ""
    pieces = (Whole(label), " " if label and text else "", text)
    return tuple(each for each in pieces if each)


def outlook_text(outline: Outline, action_id: int) -> str:
    """Return 今後の方向性: the choice, then the text."""
    return "".join(_outlook_pieces(outline, action_id))


def _action_title(outline: Outline, action_id: int) -> str:
    return outline.actions[action_id].title


TITLE = _written("名称", Kind.REWORDED, "title")
DESCRIPTION = _written("内容", Kind.REWORDED, "description")
ACTION_FIELDS = (
    TITLE,
    DESCRIPTION,
    Field("状態", Kind.STATUS, ("lines",), status_id, _status),
    Field("進捗状況", Kind.TEXT, ("lines",), _lines, _line_pieces),
    Field("今後の方向性", Kind.OUTLOOK, ("outlooks",), _outlook, _outlook_pieces),
    _chosen("開始年度", Kind.OTHER, "start_fiscal_year", fiscal_year_label),
    _chosen("完了予定", Kind.DUE, "due", month_label),
    _assigned(Role.LEAD.label, Role.LEAD),
    _assigned(Role.RELATED.label, Role.RELATED),
    _pointing("前提", "prerequisites", "required_id", _action_title),
    _pointing("主体", "action_actors", "actor_id", lambda o, i: o.actors[i].name),
    _pointing("基本原則", "action_principles", "principle_id", lambda o, i: o.principles[i].text),
    _written("備考", Kind.OTHER, "note"),
)
HEADING_FIELDS = (
    Field(
        "名称",
        Kind.REWORDED,
        ("headings",),
        lambda outline, heading_id: outline.headings[heading_id].title,
        lambda outline, heading_id: (outline.headings[heading_id].title,),
    ),
    Field(
        "番号",
        Kind.RENUMBERED,
        ("headings",),
        lambda outline, heading_id: outline.headings[heading_id].number,
        lambda outline, heading_id: (Whole(outline.number(heading_node(heading_id))),),
    ),
)


def fields_that_can_differ(
    fields: Iterable[Field], before: Outline, after: Outline
) -> tuple[Field, ...]:
    """Return those of the fields whose tables the two outlines do not share."""
    return tuple(
        field
        for field in fields
        if any(getattr(before, each) is not getattr(after, each) for each in field.tables)
    )
