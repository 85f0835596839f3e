"""The columns of the list: which there are, how wide, and which step back where room is short."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, field_types
from kyodo_desktop.domain.search import search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from kyodo_desktop.domain.outline import Outline


class TreeColumn(IntEnum):
    """The columns that are drawn in ways of their own, and come first."""

    TITLE = 0
    STATUS = 1
    PROGRESS = 2
    DUE = 3
    LEAD = 4
    DIRECTION = 5


UPDATED, PREVIOUS = "updated", "previous_status"
_OWN: dict[action_fields.Field[Any], tuple[TreeColumn, str, int]] = {
    action_fields.TITLE: (TreeColumn.TITLE, "番号・名称", 308),
    action_fields.STATUS: (TreeColumn.STATUS, "状態", 116),
    action_fields.PROGRESS: (TreeColumn.PROGRESS, "進捗状況", 250),
    action_fields.DUE: (TreeColumn.DUE, "完了予定", 70),
    action_fields.LEAD: (TreeColumn.LEAD, "担当課", 108),
    action_fields.DIRECTION: (TreeColumn.DIRECTION, "今後の方向性", 160),
}
_EM = 13  # px
_MARGINS = 20
_WIDEST = 220


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column. `width` is in px at 100 %; without a field nothing can be typed there."""

    name: str
    label: str
    width: int
    field: action_fields.Field[Any] | None = None
    shown: bool = False


def _columns() -> tuple[ListColumn, ...]:
    fields = action_fields.taking_part(action_fields.Use.TREE)
    first = [
        ListColumn(field.name, label, width, field, shown=place <= TreeColumn.LEAD)
        for field, (place, label, width) in sorted(_OWN.items(), key=lambda each: each[1][0])
    ]
    others = [
        ListColumn(field.name, field.label, _width_of(field), field)
        for field in fields
        if field not in _OWN
    ]
    assert set(_OWN).issubset(fields)
    return (
        *first,
        *others,
        ListColumn(UPDATED, "更新日", 84),
        ListColumn(PREVIOUS, "前回の状態", 116),
    )


def _width_of(field: action_fields.Field[Any]) -> int:
    ems = max(len(field.label), field.type.width.best)
    return min(_WIDEST, round(ems * _EM) + _MARGINS)


COLUMNS = _columns()
LABELS = tuple(column.label for column in COLUMNS)
BY_NAME = {column.name: place for place, column in enumerate(COLUMNS)}
LEAST_TITLE, LEAST_PROGRESS, GOOD_PROGRESS = 240, 70, 150


def fitted(
    wanted: Mapping[int, int], room: int, order: Sequence[int], kept: Collection[int] = ()
) -> dict[int, int]:
    """Return the widths of the columns that have room, all in px of one size.

    The columns that somebody has added step back first, from the right; then 担当課, 進捗状況
    and 完了予定. Those `kept` never do, nor do name and status. What is left over goes to
    進捗状況, or to the name where that is not shown.
    """
    left = [column for column in order if column in wanted]
    own = (TreeColumn.LEAD, TreeColumn.PROGRESS, TreeColumn.DUE)
    fixed = (TreeColumn.TITLE, TreeColumn.STATUS)
    added = [column for column in reversed(left) if column not in (*own, *fixed)]
    for column in (*added, *own):
        if _least(wanted, left) <= room:
            break
        if column in left and column not in kept:
            left.remove(column)
    return _shared(wanted, left, room)


def reached(
    wanted: Mapping[int, int],
    room: int,
    order: Sequence[int],
    column: int,
    kept: Collection[int] = (),
) -> dict[int, int]:
    """Return the widths where one column must be in sight: the others give way, 状態 last."""
    widths = fitted(wanted, room, order, {*kept, column})
    for other in (*reversed(order), TreeColumn.STATUS):
        if sum(widths.values()) <= room:
            break
        if other in widths and other not in (TreeColumn.TITLE, TreeColumn.STATUS, column):
            del widths[other]
        elif other == TreeColumn.STATUS != column:
            widths.pop(other, None)
    left = {each: wanted[each] for each in widths}
    left[column] = max(LEAST_PROGRESS, min(left[column], room - LEAST_TITLE))
    return _shared(left, list(left), room)


def _least(wanted: Mapping[int, int], left: Sequence[int]) -> int:
    narrow = min(LEAST_TITLE, wanted[TreeColumn.TITLE])
    others = (TreeColumn.TITLE, TreeColumn.PROGRESS)
    least = narrow + sum(wanted[column] for column in left if column not in others)
    if TreeColumn.PROGRESS in left:
        # What it says is worth more than a column beside it.
        beside = set(left) - {TreeColumn.TITLE, TreeColumn.STATUS, *others, TreeColumn.DUE}
        least += GOOD_PROGRESS if beside else LEAST_PROGRESS
    return least


def _shared(wanted: Mapping[int, int], left: Sequence[int], room: int) -> dict[int, int]:
    widths = {column: wanted[column] for column in left}
    spare = room - sum(width for column, width in widths.items() if column != TreeColumn.PROGRESS)
    if TreeColumn.PROGRESS not in widths:
        widths[TreeColumn.TITLE] = max(LEAST_TITLE, widths[TreeColumn.TITLE] + spare)
        return widths
    short = max(0, GOOD_PROGRESS - spare)
    least = min(LEAST_TITLE, widths[TreeColumn.TITLE])
    narrower = max(least, widths[TreeColumn.TITLE] - short)
    spare += widths[TreeColumn.TITLE] - narrower
    widths[TreeColumn.TITLE] = narrower
    widths[TreeColumn.PROGRESS] = max(LEAST_PROGRESS, spare)
    return widths


def sort_key(
    outline: Outline, name: str, updated: Callable[[], Mapping[int, str]]
) -> Callable[[int], Any]:
    """Return the value by which the actions are sorted for a column; None where there is none.

    What people choose comes in the order in which it is offered, texts without width and kana.
    """
    if name == UPDATED:
        return updated().get
    if name == PREVIOUS:
        previous = outline.previous
        lines = {} if previous is None else previous.lines
        places = _places(outline.statuses)
        return lambda action_id: places.get(outline.status_of(lines.get(action_id, ())))
    field = COLUMNS[BY_NAME[name]].field
    assert field is not None, "each other column has a field"
    return _field_key(outline, field)


def _field_key(outline: Outline, field: action_fields.Field[Any]) -> Callable[[int], Any]:
    if field is action_fields.STATUS:
        places = _places(outline.statuses)
        return lambda action_id: places.get(outline.status(action_id))
    if field is action_fields.PROGRESS:
        return lambda action_id: _folded(
            "\n".join(line.text for line in outline.lines.get(action_id, ()))
        )
    if isinstance(field.type, field_types.Reference):
        order = _places(dict.fromkeys(getattr(outline, field.type.rows)))
        return lambda action_id: order.get(field.of(outline, action_id))
    if isinstance(field.type, field_types.Links):
        order = _places(dict.fromkeys(getattr(outline, field.type.to.rows)))
        return lambda action_id: order.get(next(iter(field.of(outline, action_id)), None))
    if field.type.is_running_text:
        return lambda action_id: _folded(field.of(outline, action_id))
    return lambda action_id: field.of(outline, action_id)


def _places(rows: Mapping[int, Any]) -> dict[Any, int]:
    return {key: place for place, key in enumerate(rows)} | {
        row: place for place, row in enumerate(rows.values()) if row is not None
    }


def _folded(text: str) -> str | None:
    return search_key(text) or None


_ORDER = tuple(column.name for column in COLUMNS)
_SHOWN = frozenset(column.name for column in COLUMNS if column.shown)


class ColumnLayout(NamedTuple):
    """What a person has chosen of the columns: their order, those shown, and their widths."""

    order: tuple[str, ...] = _ORDER
    shown: frozenset[str] = _SHOWN
    widths: tuple[tuple[str, int], ...] = ()
    arrangement: str = ""
    descending: bool = False

    def packed(self) -> bytes:
        """Return the choice as `unpacked` reads it."""
        return json.dumps(
            {
                "order": self.order,
                "shown": sorted(self.shown),
                "widths": dict(self.widths),
                "arrangement": self.arrangement,
                "descending": self.descending,
            }
        ).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> ColumnLayout | None:
        """Return a choice that was kept, with the columns that have come since; else nothing."""
        try:
            found = json.loads(data)
            order = [name for name in found["order"] if name in BY_NAME]
            order += [column.name for column in COLUMNS if column.name not in order]
            shown = frozenset(map(str, found["shown"])) & set(BY_NAME)
            widths = tuple(
                (name, int(width)) for name, width in found["widths"].items() if name in BY_NAME
            )
            return cls(
                tuple(order), shown, widths, str(found["arrangement"]), bool(found["descending"])
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None  # of another version, or damaged
