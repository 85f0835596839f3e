"""Reads the filled table as an import would, and tells which values do not come back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import month_label
from kyodo_desktop.domain.importing.grid import Unread
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping
from kyodo_desktop.domain.like.filler import with_writes
from kyodo_desktop.domain.like.round_values import lines_of
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.texts import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundPlan
    from kyodo_desktop.domain.importing.grid import Book, CellPlace
    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.domain.like.filling import TableFilling
    from kyodo_desktop.domain.like.table_match import TableMatch

_SHOWN = 40


def not_read_back(
    book: Book, mapping: Mapping, match: TableMatch, filling: TableFilling
) -> Iterator[Unread]:
    """Yield what the filled table says otherwise than the plan, where nothing was said yet.

    It is read as it was, and where this tells of anything, also as it would be guessed anew:
    what one of the readings finds can be found.
    """
    filled = with_writes(book, filling)
    found = list(_otherwise(match, filling, read_plan(filled, mapping)))
    if found:
        guessed = _otherwise(match, filling, read_plan(filled, guess_mapping(filled)))
        both = {(each.place, each.text) for each in guessed}
        found = [each for each in found if each[:2] in both]
    yield from found


def _otherwise(match: TableMatch, filling: TableFilling, again: FoundPlan) -> Iterator[Unread]:
    known = {each.place for each in filling.notices}
    by_place = dict(zip(_cells_of(again.actions), again.actions, strict=True))
    for at, (place, nth) in enumerate(_cells_of(match.raw.actions)):
        action_id = match.actions.get(at)
        if action_id is None:
            continue
        if place in known:
            continue
        action = by_place.get((place, nth))
        title = match.outline.actions[action_id].title
        if action is None:
            yield Unread(place, title, "書き込んだ行を、取り込むときに読み取れなくなりました。")
            continue
        for what, wanted, read in _differences(match, action_id, action):
            reason = (
                f"{what}は、この表を取り込むと計画と違って読まれます"
                f"（計画「{_short(wanted)}」、表「{_short(read)}」）。表を確かめてください。"
            )
            yield Unread(place, title, reason)


def _cells_of(actions: Sequence[FoundAction]) -> Iterator[tuple[CellPlace, int]]:
    """Yield the cell of each action, and which of the actions in this cell it is."""
    counts: Counter[CellPlace] = Counter()
    for each in actions:
        yield each.place, counts[each.place]
        counts[each.place] += 1


def _differences(
    match: TableMatch, action_id: int, action: FoundAction
) -> Iterator[tuple[str, str, str]]:
    outline = match.outline
    lines = lines_of(outline, action_id)
    wanted = [
        (match.status_word(each.status_id).mark if each.status_id is not None else "", each.text)
        for each in lines
    ]
    read = [
        (each.status, each.text)
        for each in action.lines
        if each.round == match.round and (each.status or each.text)
    ]
    if _keys(wanted) != _keys(read):
        yield "進捗状況", _words(wanted), _words(read)
    names, sections = (
        set(outline.section_names(action_id, Role.LEAD)),
        set(map(match.section, action.sections)),
    )
    if names != sections and sections:
        yield "担当課", "、".join(sorted(names)), "、".join(sorted(sections))
    planned = outline.actions[action_id]
    if planned.due != action.due:
        yield "完了予定", month_label(planned.due), month_label(action.due)
    outlook = outline.outlooks.get(action_id)
    direction = outlook.direction_id if outlook is not None else None
    found = next((each for each in action.outlooks if each.round == match.round), None)
    known = match.directions.get(found.direction) if found is not None else None
    if found is not None and found.direction and known is None:
        known = next(
            (
                each.id
                for each in outline.directions.values()
                if squeezed(each.label) == squeezed(found.direction)
            ),
            None,
        )
    if direction != known:
        label = match.direction_word(direction).label if direction is not None else ""
        yield "方向性", label, found.direction if found is not None else ""
    for role, planned_text, text in (
        (ColumnRole.DESCRIPTION, planned.description, action.description),
        (ColumnRole.NOTE, planned.note, action.note),
        (ColumnRole.OUTLOOK, outlook.text if outlook else "", found.text if found else ""),
    ):
        if squeezed(planned_text) != squeezed(text):
            yield role.label, planned_text, text


def _keys(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(squeezed(mark), squeezed(text)) for mark, text in lines]


def _words(lines: list[tuple[str, str]]) -> str:
    return " ".join(f"{mark} {text}".strip() for mark, text in lines)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
