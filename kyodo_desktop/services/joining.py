"""Makes one action of two that were entered twice, and two of one that stands twice."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import (
    action_fields,
    assembly,
    assigning,
    errors,
    inputs,
    nodes,
    predecessors,
    prerequisites,
)
from kyodo_desktop.services.details import write_parts
from kyodo_desktop.services.rows import fetch, open_round_id, place_all, set_columns, write_values
from kyodo_desktop.store import fetching, history, tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlmodel import Session, SQLModel

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


def merge_actions(
    session: Session, outline: Outline, kept_id: int, gone_id: int, leads: Collection[int]
) -> None:
    """Let the kept action have all that the other one has, once; closed rounds stay as they are.

    The chosen `leads` lead it; without them see `united`. In the round that is shown the other
    one's lines and outlook go: the kept action has been given its texts. Raises GoneError.
    """
    _unite_placements(session, outline, kept_id, gone_id)
    assigned = [outline.assignments.get(each, ()) for each in (kept_id, gone_id)]
    write_parts(session, {kept_id: assigning.united(assigned, leads), gone_id: {}})
    _unite_links(session, tables.ActionActorRow, "actor_id", kept_id, gone_id)
    _unite_links(session, tables.ActionPrincipleRow, "principle_id", kept_id, gone_id)
    _unite_prerequisites(session, kept_id, gone_id)
    _unite_terms(session, kept_id, gone_id)
    _unite_lines(session, outline, kept_id, gone_id)
    _unite_outlooks(session, outline, kept_id, gone_id)
    session.add(tables.JoiningRow(action_id=gone_id, into_id=kept_id))


def _unite_placements(session: Session, outline: Outline, kept_id: int, gone_id: int) -> None:
    """Drop the second placement under a heading where both stand."""
    headings = {
        row.heading_id
        for row in fetching.fetch_where(session, tables.PlacementRow, action_id=[kept_id])
    }
    for row in fetching.fetch_where(session, tables.PlacementRow, action_id=[gone_id]):
        if row.heading_id not in headings:
            row.action_id = kept_id
            continue
        assert row.id is not None
        node = nodes.placement_node(row.id)
        beside = outline.children[nodes.heading_node(row.heading_id)]
        session.delete(row)
        place_all(session, [each for each in beside if each != node])


def _unite_links(session: Session, table: Any, column: str, kept_id: int, gone_id: int) -> None:
    known = {
        getattr(row, column) for row in fetching.fetch_where(session, table, action_id=[kept_id])
    }
    for row in fetching.fetch_where(session, table, action_id=[gone_id]):
        if getattr(row, column) in known:
            session.delete(row)
        else:
            row.action_id = kept_id


def _unite_prerequisites(session: Session, kept_id: int, gone_id: int) -> None:
    """Unite who waits for whom; nothing waits for itself, or twice for the same."""
    both = [kept_id, gone_id]
    rows = {
        row.id: row
        for column in ("action_id", "required_id")
        for row in fetching.fetch_where(session, tables.PrerequisiteRow, **{column: both})
    }
    known: set[tuple[int, int]] = set()
    for row in sorted(rows.values(), key=lambda row: gone_id in (row.action_id, row.required_id)):
        pair = (
            kept_id if row.action_id == gone_id else row.action_id,
            kept_id if row.required_id == gone_id else row.required_id,
        )
        if pair[0] == pair[1] or pair in known:
            session.delete(row)
        else:
            row.action_id, row.required_id = pair
        known.add(pair)


def _unite_terms(session: Session, kept_id: int, gone_id: int) -> None:
    """Let the kept action continue what the two continue, and be continued by the same."""
    [kept] = fetching.fetch_where(session, tables.ActionRow, id=[kept_id])
    [gone] = fetching.fetch_where(session, tables.ActionRow, id=[gone_id])
    kept.continues_id = kept.continues_id or gone.continues_id
    for later in fetching.fetch_where(session, tables.ActionRow, continues_id=[gone_id]):
        later.continues_id = kept_id
    for row in fetching.fetch_where(session, tables.SuccessionRow, action_id=[gone_id]):
        row.action_id = kept_id
    for row in fetching.fetch_where(session, tables.SuccessionRow, successor_id=[gone_id]):
        row.successor_id = kept_id


def _unite_lines(session: Session, outline: Outline, kept_id: int, gone_id: int) -> None:
    """Add the lines behind the kept action's own, in each open round but the one shown."""
    places: dict[int, int] = {}
    for row in fetching.fetch_where(session, tables.ProgressRow, action_id=[kept_id]):
        places[row.round_id] = max(places.get(row.round_id, 0), row.position + 1)
    rows = fetching.fetch_where(session, tables.ProgressRow, action_id=[gone_id])
    for row in sorted(rows, key=lambda row: row.position):
        if _is_shown(outline, row.round_id):
            session.delete(row)
        elif _is_open(outline, row.round_id):
            row.action_id, row.position = kept_id, places.get(row.round_id, 0)
            places[row.round_id] = row.position + 1


def _unite_outlooks(session: Session, outline: Outline, kept_id: int, gone_id: int) -> None:
    """Give the outlooks of the other open rounds to the kept action, behind its own words."""
    known = {
        row.round_id: row
        for row in fetching.fetch_where(session, tables.OutlookRow, action_id=[kept_id])
    }
    for row in fetching.fetch_where(session, tables.OutlookRow, action_id=[gone_id]):
        if not _is_open(outline, row.round_id):
            continue
        if _is_shown(outline, row.round_id):
            session.delete(row)
        elif row.round_id not in known:
            row.action_id = kept_id
        else:
            kept = known[row.round_id]
            _unite_values(kept, row)
            session.delete(row)


def _unite_values(kept: tables.OutlookRow, gone: tables.OutlookRow) -> None:
    """Add the texts of one outlook to those of the other; what was chosen there stays."""
    for column in action_fields.columns(action_fields.Scope.ROUND):
        values = [getattr(row, column.name) for row in (kept, gone)]
        filled = list(dict.fromkeys(each for each in values if each != column.type.empty))
        if filled:
            value = "\n".join(filled) if column.type.is_running_text else filled[0]
            setattr(kept, column.name, value)


def _is_open(outline: Outline, round_id: int) -> bool:
    return outline.rounds[round_id].closed_at is None


def _is_shown(outline: Outline, round_id: int) -> bool:
    return outline.round is not None and outline.round.id == round_id


JOINED_FIELDS = tuple(
    field
    for field in action_fields.taking_part(
        action_fields.Use.JOINING, action_fields.Scope.ACTION, action_fields.Scope.ROUND
    )
    if field.column
)
"""The fields of which the joined action has one value; its lines and leads come beside."""


_FURTHER_OF_LINE = tuple(
    field
    for field in action_fields.FIELDS
    if field.scope is action_fields.Scope.LINE
    and field not in (action_fields.STATUS, action_fields.PROGRESS, action_fields.LINE_SECTION)
)


class JoinedLine(NamedTuple):
    """One line of 進捗状況 of the joined action; `further` are its fields without a name here."""

    status_id: int | None
    text: str
    section_id: int | None
    further: Mapping[action_fields.Field[Any], Any] = MappingProxyType({})


class JoinedTexts(NamedTuple):
    """What the joined action says: chosen from the two, or written.

    `values` are those of `JOINED_FIELDS`. `leads` are the sections that lead it; with none the
    kept action's lead stays.
    """

    values: Mapping[action_fields.Field[Any], Any]
    lines: tuple[JoinedLine, ...]
    leads: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        """What the joined action is called."""
        return str(self.values[action_fields.TITLE])


def texts_of(outline: Outline, action_id: int) -> JoinedTexts:
    """Return what an action says now."""
    return JoinedTexts(
        values={field: field.of(outline, action_id) for field in JOINED_FIELDS},
        lines=tuple(
            JoinedLine(
                line.status_id,
                line.text,
                line.section_id,
                {field: field.of_line(line) for field in _FURTHER_OF_LINE},
            )
            for line in outline.lines.get(action_id, ())
        ),
        leads=assigning.leads_of(outline, action_id),
    )


def refuse(outline: Outline, kept_id: int, gone_id: int) -> None:
    """Raise RefusedError with the reason of `refusal`, if there is one."""
    reason = refusal(outline, kept_id, gone_id)
    if reason:
        raise errors.RefusedError(reason)


def refusal(outline: Outline, kept_id: int, gone_id: int) -> str:
    """Return why the two actions cannot become one; empty when they can."""
    if kept_id == gone_id:
        return "同じ実行計画どうしです。別々の実行計画を2件選んでください。"
    if not {kept_id, gone_id} <= outline.placed.keys():
        return "この実行計画はもう計画にありません。"
    kept, gone = outline.actions[kept_id], outline.actions[gone_id]
    if kept.term_id != gone.term_id:
        return "期の異なる実行計画は、一つにまとめられません。"
    if _parted(outline, kept_id) and _parted(outline, gone_id):
        return (
            f"「{kept.title}」と「{gone.title}」は、次期への引継ぎがそれぞれ決まっているため、"
            "まとめられません。"
        )
    return _circle_refusal(outline, kept_id, gone_id)


def join(workspace: Workspace, kept_id: int, gone_id: int, texts: JoinedTexts) -> None:
    """Make two actions one, which says the texts and stands wherever one of them stood.

    The lines of `gone_id` in other open rounds are added to those of the kept one. What closed
    rounds say of it stays with it, as does its history: it stands nowhere any more. Raises
    GoneError, InvalidInputError and RefusedError.
    """
    outline = workspace.outline
    round_id = open_round_id(outline)
    refuse(outline, kept_id, gone_id)
    texts = _checked(texts)
    with workspace.transact(f"「{texts.title}」に重複をまとめる") as session:
        _write(session, outline, kept_id, round_id, texts)
        merge_actions(session, outline, kept_id, gone_id, texts.leads)


def split(workspace: Workspace, placement: int) -> int:
    """Give a placement an action of its own again and return its node.

    An action that stood there before it was joined comes back; else it is a copy. Raises
    RefusedError where the action stands nowhere else.
    """
    outline = workspace.outline
    action = outline.action_at(placement)
    if action is None or len(outline.placed[action.id]) == 1:
        raise errors.RefusedError("分けられるのは、二か所以上に掲載されている実行計画です。")
    with workspace.reading() as connection:
        before = history.read_rows(connection, "placement", nodes.row_id(placement))
    gone = predecessors.joined_into(outline, action.id)
    stood = [row.before["action_id"] for row in before if row.before and "action_id" in row.before]
    revived = next((each for each in stood if each in gone), None)
    with workspace.transact(f"「{action.title}」を別の実行計画に分ける") as session:
        split_placement(session, outline, nodes.row_id(placement), action.id, revived)
    return placement


def _parted(outline: Outline, action_id: int) -> bool:
    return action_id in outline.successions


def _circle_refusal(outline: Outline, kept_id: int, gone_id: int) -> str:
    """Return why not, where one of the two waits for the other by way of a third."""
    one = {gone_id: kept_id}
    rows = [
        each._replace(
            action_id=one.get(each.action_id, each.action_id),
            required_id=one.get(each.required_id, each.required_id),
        )
        for waiting in outline.prerequisites.values()
        for each in waiting
    ]
    rows = [each for each in rows if each.action_id != each.required_id]
    after = replace(outline, prerequisites=assembly.grouped(rows, lambda row: row.action_id))
    circle = prerequisites.chain(after, kept_id, kept_id)
    if not circle:
        return ""
    return (
        f"まとめると{prerequisites.chain_label(outline, circle)}と順番が一巡してしまいます。"
        "先に、このうちのどれかを「先に終える実行計画」から外してください。"
    )


def _checked(texts: JoinedTexts) -> JoinedTexts:
    return texts._replace(
        values={
            field: field.type.check(value, field.label) for field, value in texts.values.items()
        },
        lines=tuple(
            line._replace(text=inputs.checked_text(line.text, "進捗状況")) for line in texts.lines
        ),
    )


def _write(
    session: Session, outline: Outline, action_id: int, round_id: int, texts: JoinedTexts
) -> None:
    """Let the kept action say the texts; both actions' own lines and outlooks give way."""
    write_values(session, outline, action_id, texts.values)
    known = [
        fetch(session, tables.ProgressRow, line.id) for line in outline.lines.get(action_id, ())
    ]
    for position, line in enumerate(texts.lines):
        row = (
            known.pop(0)
            if known
            else tables.ProgressRow(round_id=round_id, action_id=action_id, position=position)
        )
        row.position, row.carried = position, 0
        row.status_id, row.text, row.section_id = line[:3]
        further = {each: line.further.get(each, each.type.empty) for each in _FURTHER_OF_LINE}
        set_columns(row, further, action_fields.Scope.LINE)
        session.add(row)
    for row in known:
        session.delete(row)


def split_placement(
    session: Session, outline: Outline, placement_id: int, action_id: int, revived_id: int | None
) -> None:
    """Let the placement show the revived action, or a copy; it starts out saying the same.

    Raises GoneError.
    """
    own_id = _copy(session, outline, action_id) if revived_id is None else revived_id
    for joining in fetching.fetch_where(session, tables.JoiningRow, action_id=[own_id]):
        session.delete(joining)
    fetch(session, tables.PlacementRow, placement_id).action_id = own_id
    for table, values in (
        (tables.AssignmentRow, outline.assignments.get(action_id, ())),
        (tables.ActionActorRow, outline.action_actors.get(action_id, ())),
        (tables.ActionPrincipleRow, outline.action_principles.get(action_id, ())),
        (tables.PrerequisiteRow, outline.prerequisites.get(action_id, ())),
    ):
        _copy_rows(session, table, values, own_id)
    if outline.round is not None and outline.round.closed_at is None:
        if own_id not in outline.lines:
            _copy_rows(session, tables.ProgressRow, outline.lines.get(action_id, ()), own_id)
        outlook = outline.outlooks.get(action_id)
        if outlook is not None and own_id not in outline.outlooks:
            _copy_rows(session, tables.OutlookRow, [outlook], own_id)


def _copy(session: Session, outline: Outline, action_id: int) -> int:
    row = tables.ActionRow(**{**outline.actions[action_id]._asdict(), "id": None})
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def _copy_rows(
    session: Session, table: type[SQLModel], values: Iterable[Any], action_id: int
) -> None:
    for each in values:
        session.add(table(**{**each._asdict(), "id": None, "action_id": action_id}))
