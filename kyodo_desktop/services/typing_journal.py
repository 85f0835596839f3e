"""What was typed and not saved: what it belongs to, and how it comes into the plan after all."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, errors, field_types, nodes, texts
from kyodo_desktop.domain.inputs import TypedText, with_plain_ends
from kyodo_desktop.os_user import os_user
from kyodo_desktop.paths import user_journal_folder
from kyodo_desktop.services import details, progress, rounds, structure
from kyodo_desktop.store.identity import identity_of
from kyodo_desktop.store.reading import load_round
from kyodo_desktop.store.typing_journal import LeftTexts, TypingJournal, left_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Progress
    from kyodo_desktop.services.details import SaveText
    from kyodo_desktop.services.workspace import Workspace

__all__ = ["LeftTexts", "TypedText", "TypingJournal"]

_SECTIONS, _CELL = "sections", "cell"
_SECTION_FIELD = "担当課"


class TextField(NamedTuple):
    """A kind of field: who saves it, what the plan says there, and at which node it stands.

    `read` and `node` give None where the row is gone. What belongs to a round is looked for in
    the round in which it was typed.
    """

    name: str
    label: str
    save: SaveText
    read: Callable[[Outline, int], str | None]
    node: Callable[[Outline, int], int | None]
    is_of_round: bool = False
    field: action_fields.Field[Any] | None = None


class State(StrEnum):
    """How a text that was left behind stands to the plan as it is now."""

    SAVED = "saved"
    """The plan says the same: there is nothing to do."""
    WAITING = "waiting"
    """The plan says what it said when the text was typed."""
    CHANGED = "changed"
    """The plan says something else by now."""
    GONE = "gone"
    """There is no such row any more."""
    APART = "apart"
    """It was typed into a dialog, or into a list: it can be copied."""


class TextStanding(NamedTuple):
    """A text that was left behind, and what the plan says there now."""

    text: TypedText
    state: State
    now: str = ""


def open_journal(workspace: Workspace | None, path: Path | None, author: str) -> TypingJournal:
    """Return a journal for a plan, or for what is typed while there is none."""
    key = workspace.plan_key if workspace else ""
    name = f"{author} ({os_user()})" if author else os_user()
    return TypingJournal(user_journal_folder(), key, str(path or ""), name)


def left_behind(plan_key: str, path: Path | None = None) -> list[LeftTexts]:
    """Return what windows that have ended left behind for a plan; each is to be released.

    With a path, what was typed into another copy of the plan stays for when that is opened: a
    backup has the key of the plan. A plan that is gone from its place was moved, and is this one.
    """
    mine = []
    for left in left_texts(user_journal_folder(), plan_key):
        if path is not None and _is_of_another(Path(left.plan), path, plan_key):
            left.release()
        else:
            mine.append(left)
    return mine


def _is_of_another(typed: Path, path: Path, plan_key: str) -> bool:
    """Tell whether a text was typed into another file that still holds a copy of the plan."""
    if typed == path:
        return False
    found = identity_of(typed)
    if found is None or found.key != plan_key:
        return False
    try:
        return not typed.samefile(path)
    except OSError:
        return False


def text_at(
    outline: Outline, save: SaveText, row: int, text: str, at: str, *, before: str | None = None
) -> TypedText:
    """Return what is typed into a field that `save` would write.

    Without `before` that is what the plan says now.
    """
    field = _BY_SAVE[save]
    if before is None:
        before = field.read(outline, row) or ""
    place, label = f"{field.name}:{row}", field.label
    if field.is_of_round and outline.round is not None:
        place, label = f"{place}:{outline.round.id}", f"{label}（{outline.round.name}）"
    node = field.node(outline, row)
    return TypedText(
        place,
        "" if node is None else outline.place_label(node),
        field=label,
        before=before,
        text=text,
        at=at,
    )


def cell_at(
    outline: Outline, action_id: int, field: action_fields.Field[Any], text: str, at: str
) -> TypedText:
    """Return what is typed for an action into a cell of the list.

    Of 進捗状況 it is the only line; one that is new can be copied later, as other rows can.
    """
    lines = outline.lines.get(action_id, ())
    if field is action_fields.PROGRESS and lines:
        return text_at(outline, progress.set_line_text, lines[0].id, text, at)
    own = action_fields.OUTLOOK if field is action_fields.DIRECTION else field
    if own.scope is not action_fields.Scope.LINE and own.column is not None:
        return text_at(outline, details.save_typed(own), action_id, text, at)
    label = outline.place_label(outline.home(action_id)) if action_id in outline.placed else ""
    before = "" if own.scope is action_fields.Scope.LINE else own.format(outline, action_id)
    place = f"{_CELL}:{own.name}:{action_id}"
    return TypedText(place, label, field=own.label, before=before, text=text, at=at)


def section_at(outline: Outline, action_ids: Sequence[int], text: str, at: str) -> TypedText:
    """Return the name of a section that is typed for actions."""
    place = f"{_SECTIONS}:{','.join(map(str, action_ids))}"
    rows = [
        outline.place_label(outline.home(each)) for each in action_ids if _is_placed(outline, each)
    ]
    more = f" ほか{len(rows) - 1}件" if len(rows) > 1 else ""
    return TypedText(
        place,
        f"{rows[0]}{more}" if rows else "",
        field=_SECTION_FIELD,
        before="",
        text=text,
        at=at,
    )


def section_actions(text: TypedText) -> list[int]:
    """Return the actions for which a section was typed; none where it was something else."""
    name, _, ids = text.place.partition(":")
    return [int(each) for each in ids.split(",") if each.isdecimal()] if name == _SECTIONS else []


def standing(workspace: Workspace, text: TypedText) -> TextStanding:
    """Compare a text that was left behind with the plan as it is now."""
    field, row, round_id = _parse(text.place)
    if field is None:
        return _standing_of_section(workspace.outline, text)
    outline = _as_of(workspace, round_id) if field.is_of_round else workspace.outline
    now = field.read(outline, row) if outline is not None else None
    if now is None:
        return TextStanding(text, State.GONE)
    if _is_same(workspace.outline, field, now, text.text):
        return TextStanding(text, State.SAVED, now)
    return TextStanding(text, State.WAITING if now == text.before else State.CHANGED, now)


def put_back(workspace: Workspace, text: TypedText) -> None:
    """Save a text that was left behind where it belongs: one step, which can be undone.

    The round in which it was typed is shown then. Raises PlanError.
    """
    field, row, round_id = _parse(text.place)
    if field is None:
        raise errors.RefusedError("この入力は、元の画面に戻せません。コピーしてお使いください。")
    if field.is_of_round and round_id is not None:
        if round_id not in workspace.outline.rounds:
            raise errors.GoneError("この入力の調査は、計画からなくなっています。")
        if workspace.outline.round is None or workspace.outline.round.id != round_id:
            workspace.show_round(round_id)
    if field.read(workspace.outline, row) is None:
        raise errors.GoneError(
            "この入力の行は、計画からなくなっています。コピーしてお使いください。"
        )
    field.save(workspace, row, text.text)
    workspace.end_typing()


def node_of(outline: Outline, text: TypedText) -> int | None:
    """Return the node at which a text was typed, while there is one."""
    field, row, _ = _parse(text.place)
    if field is not None:
        return field.node(outline, row)
    actions = [each for each in section_actions(text) if _is_placed(outline, each)]
    return outline.home(actions[0]) if actions else None


def _standing_of_section(outline: Outline, text: TypedText) -> TextStanding:
    actions = section_actions(text)
    if not actions:
        return TextStanding(text, State.APART)
    left = [each for each in actions if _is_placed(outline, each)]
    if not left:
        return TextStanding(text, State.GONE)
    names = [
        {outline.sections[part.section_id].name for part in outline.assignments.get(each, ())}
        for each in left
    ]
    is_there = all(text.text.strip() in each for each in names)
    now = "、".join(sorted(set().union(*names)))
    return TextStanding(text, State.SAVED if is_there else State.WAITING, now)


def _parse(place: str) -> tuple[TextField | None, int, int | None]:
    name, _, rest = place.partition(":")
    row, _, round_id = rest.partition(":")
    field = _BY_NAME.get(name)
    if field is None or not row.removeprefix("-").isdecimal():
        return None, 0, None
    return field, int(row), int(round_id) if round_id.isdecimal() else None


def _as_of(workspace: Workspace, round_id: int | None) -> Outline | None:
    """Return the plan as of a round; nothing where there is no such round any more."""
    outline = workspace.outline
    if round_id is None or (outline.round is not None and outline.round.id == round_id):
        return outline
    if round_id not in outline.rounds:
        return None
    with workspace.reading() as connection:
        return load_round(connection, outline, round_id)


def _is_same(outline: Outline, field: TextField, now: str, typed: str) -> bool:
    """Tell whether saving what was typed would change nothing."""
    if field.field is not None and not field.field.type.is_running_text:
        type_ = field.field.type
        try:
            value = type_.parse(typed, field_types.OutlineNames(outline), field.label)
        except errors.InvalidInputError:
            return False
        return type_.format(value, outline) == now
    stored = texts.with_signs(with_plain_ends(typed))
    return now in (stored, stored.strip())


# The fields


def _title(outline: Outline, node: int) -> str | None:
    return outline.title(node) if outline.exists(node) else None


def _number(outline: Outline, node: int) -> str | None:
    if not outline.exists(node) or nodes.is_term(node):
        return None
    of_heading = nodes.is_heading(node)
    rows = outline.headings if of_heading else outline.placements
    return rows[nodes.row_id(node)].number


def _node(outline: Outline, node: int) -> int | None:
    return node if outline.exists(node) else None


def _of_action(field: action_fields.Field[Any], outline: Outline, action_id: int) -> str | None:
    return field.format(outline, action_id) if action_id in outline.actions else None


def _of_opinion(column: str, outline: Outline, node: int) -> str | None:
    if not outline.exists(node):
        return None
    return getattr(outline.opinions.get(rounds.opinion_key(node)), column, "")


def _line(outline: Outline, line_id: int) -> str | None:
    return next((each.text for each in _lines(outline) if each.id == line_id), None)


def _first_line(outline: Outline, action_id: int) -> str | None:
    if action_id not in outline.actions:
        return None
    return next((each.text for each in outline.lines.get(action_id, ())), "")


def _line_node(outline: Outline, line_id: int) -> int | None:
    found = (each.action_id for each in _lines(outline) if each.id == line_id)
    return _action_node(outline, next(found, 0))


def _lines(outline: Outline) -> Iterable[Progress]:
    return (line for lines in outline.lines.values() for line in lines)


def _action_node(outline: Outline, action_id: int) -> int | None:
    return outline.home(action_id) if _is_placed(outline, action_id) else None


def _is_placed(outline: Outline, action_id: int) -> bool:
    return action_id in outline.placed


FIELDS = (
    TextField("title", "名称", structure.rename, _title, _node),
    TextField("number", "番号", structure.renumber, _number, _node),
    TextField("line", "進捗状況", progress.set_line_text, _line, _line_node, is_of_round=True),
    TextField(
        "first_line",
        "進捗状況",
        progress.set_first_line,
        _first_line,
        _action_node,
        is_of_round=True,
    ),
    *(
        TextField(
            field.name,
            field.label,
            details.save_typed(field),
            partial(_of_action, field),
            _action_node,
            is_of_round=field.scope is action_fields.Scope.ROUND,
            field=field,
        )
        for field in action_fields.taking_part(
            action_fields.Use.EDITOR, action_fields.Scope.ROUND, action_fields.Scope.ACTION
        )
        if field.column and field is not action_fields.TITLE  # which is typed for a node
    ),
    *(
        TextField(name, label, save, partial(_of_opinion, column), _node, is_of_round=True)
        for name, label, save, column in (
            ("opinion", rounds.OPINION_FIELD, rounds.set_opinion, "text"),
            ("response", rounds.RESPONSE_FIELD, rounds.set_response, "response"),
        )
    ),
)
"""What can be typed into the plan directly: whoever saves a text here is known by it."""

_BY_NAME = {field.name: field for field in FIELDS}
_BY_SAVE = {field.save: field for field in FIELDS}
