"""The fields of headings and actions that are compared, and how they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.action_fields import Field, Scope, Use
from kyodo_desktop.domain.comparing.kinds import ChangeKind
from kyodo_desktop.domain.comparing.text_diff import Pieces, Whole, names
from kyodo_desktop.domain.field_types import Links
from kyodo_desktop.domain.nodes import heading_node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Progress


class ComparedField(NamedTuple):
    """One field of an item.

    It changed where its `value` differs; its `pieces` make up what people read, and are
    `Whole` where something was chosen and not written. It can differ only between outlines
    whose `tables` are not the very same.
    """

    label: str
    kind: ChangeKind
    tables: tuple[str, ...]
    value: Callable[[Outline, int], Any]
    pieces: Callable[[Outline, int], Pieces]


def _compared(field: Field[Any]) -> ComparedField:
    """Return a field that stands for itself; the order of linked rows makes no difference."""
    is_linked = isinstance(field.type, Links)

    def value(outline: Outline, action_id: int) -> Any:
        return (
            frozenset(field.of(outline, action_id)) if is_linked else field.of(outline, action_id)
        )

    def pieces(outline: Outline, action_id: int) -> Pieces:
        texts = field.type.texts(field.of(outline, action_id), outline)
        return tuple(texts) if field.type.is_running_text else names(texts)

    return ComparedField(field.label, field.change, (_table_of(field),), value, pieces)


def _table_of(field: Field[Any]) -> str:
    """Return the table of an outline that has the values of a field."""
    if isinstance(field.type, Links):
        return field.type.links
    return "actions" if field.scope is Scope.ACTION else "outlooks"


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


_COMBINED = (
    ComparedField("状態", ChangeKind.STATUS, ("lines",), status_id, _status),
    ComparedField("進捗状況", ChangeKind.TEXT, ("lines",), _lines, _line_pieces),
    ComparedField("今後の方向性", ChangeKind.OUTLOOK, ("outlooks",), _outlook, _outlook_pieces),
)
"""The lines of an action, and a choice with its text: each of several fields together."""

TITLE = _compared(action_fields.TITLE)
DESCRIPTION = _compared(action_fields.DESCRIPTION)
ACTION_FIELDS = (
    TITLE,
    DESCRIPTION,
    *_COMBINED,
    *(
        _compared(field)
        for field in action_fields.taking_part(Use.COMPARISON)
        if field not in (action_fields.TITLE, action_fields.DESCRIPTION)
    ),
)
HEADING_FIELDS = (
    ComparedField(
        "名称",
        ChangeKind.REWORDED,
        ("headings",),
        lambda outline, heading_id: outline.headings[heading_id].title,
        lambda outline, heading_id: (outline.headings[heading_id].title,),
    ),
    ComparedField(
        "番号",
        ChangeKind.RENUMBERED,
        ("headings",),
        lambda outline, heading_id: outline.headings[heading_id].number,
        lambda outline, heading_id: (Whole(outline.number(heading_node(heading_id))),),
    ),
)


def fields_that_can_differ(
    fields: Iterable[ComparedField], before: Outline, after: Outline
) -> tuple[ComparedField, ...]:
    """Return those of the fields whose tables the two outlines do not share."""
    return tuple(
        field
        for field in fields
        if any(getattr(before, each) is not getattr(after, each) for each in field.tables)
    )
