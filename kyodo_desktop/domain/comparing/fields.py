"""The fields of headings and actions that are compared, and how they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, field_types, nodes
from kyodo_desktop.domain.comparing import kinds, text_diff

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
    kind: kinds.ChangeKind
    tables: tuple[str, ...]
    value: Callable[[Outline, int], Any]
    pieces: Callable[[Outline, int], text_diff.Pieces]
    is_public: bool = True

    @property
    def is_of_round(self) -> bool:
        """Whether a round says it of an action, and not the plan itself."""
        return _OF_A_ROUND.issuperset(self.tables)


_OF_A_ROUND = frozenset(("lines", "outlooks"))


def _compared(field: action_fields.Field[Any]) -> ComparedField:
    """Return a field that stands for itself; the order of linked rows makes no difference."""
    is_linked = isinstance(field.type, field_types.Links)

    def value(outline: Outline, action_id: int) -> Any:
        return (
            frozenset(field.of(outline, action_id)) if is_linked else field.of(outline, action_id)
        )

    def pieces(outline: Outline, action_id: int) -> text_diff.Pieces:
        texts = field.type.texts(field.of(outline, action_id), outline)
        return tuple(texts) if field.type.is_running_text else text_diff.names(texts)

    return ComparedField(
        field.label,
        field.change,
        (_table_of(field),),
        value=value,
        pieces=pieces,
        is_public=field.is_public,
    )


def _table_of(field: action_fields.Field[Any]) -> str:
    """Return the table of an outline that has the values of a field."""
    if isinstance(field.type, field_types.Links):
        return field.type.links
    return "actions" if field.scope is action_fields.Scope.ACTION else "outlooks"


def status_id(outline: Outline, action_id: int) -> int | None:
    """Return the id of the action's own status; nothing is 未記入."""
    status = outline.status(action_id)
    return None if status is None else status.id


def _status(outline: Outline, action_id: int) -> text_diff.Pieces:
    status = outline.status(action_id)
    return (text_diff.Whole("未記入" if status is None else status.word),)


def _lines(outline: Outline, action_id: int) -> Any:
    lines = outline.lines.get(action_id, ())
    if len(lines) == 1:
        (line,) = lines
        return line.text, line.section_id  # its mark is the action's own status
    return [(line.status_id, line.text, line.section_id) for line in lines] or ("", None)


def _line_pieces(outline: Outline, action_id: int) -> text_diff.Pieces:
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
        yield text_diff.Whole(mark)
    if mark and (line.section_id or line.text):
        yield " "
    if line.section_id:
        yield text_diff.Whole(f"（{outline.sections[line.section_id].name}）")
    if line.text:
        yield line.text


def _outlook(outline: Outline, action_id: int) -> Any:
    outlook = outline.outlooks.get(action_id)
    return (None, "") if outlook is None else (outlook.direction_id, outlook.text)


def _outlook_pieces(outline: Outline, action_id: int) -> text_diff.Pieces:
    """Return 今後の方向性: the choice, then the text."""
    direction_id, text = _outlook(outline, action_id)
    label = outline.directions[direction_id].label if direction_id else ""
    pieces = (text_diff.Whole(label), " " if label and text else "", text)
    return tuple(each for each in pieces if each)


def outlook_text(outline: Outline, action_id: int) -> str:
    """Return 今後の方向性: the choice, then the text."""
    return "".join(_outlook_pieces(outline, action_id))


_COMBINED = (
    ComparedField("状態", kinds.ChangeKind.STATUS, ("lines",), status_id, _status),
    ComparedField("進捗状況", kinds.ChangeKind.TEXT, ("lines",), _lines, _line_pieces),
    ComparedField(
        "今後の方向性", kinds.ChangeKind.OUTLOOK, ("outlooks",), _outlook, _outlook_pieces
    ),
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
        for field in action_fields.taking_part(action_fields.Use.COMPARISON)
        if field not in (action_fields.TITLE, action_fields.DESCRIPTION)
    ),
)
HEADING_FIELDS = (
    ComparedField(
        "名称",
        kinds.ChangeKind.REWORDED,
        ("headings",),
        lambda outline, heading_id: outline.headings[heading_id].title,
        lambda outline, heading_id: (outline.headings[heading_id].title,),
    ),
    ComparedField(
        "番号",
        kinds.ChangeKind.RENUMBERED,
        ("headings",),
        lambda outline, heading_id: outline.headings[heading_id].number,
        lambda outline, heading_id: (
            text_diff.Whole(outline.number(nodes.heading_node(heading_id))),
        ),
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
