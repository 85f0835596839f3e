"""Edits the plan's own words as lists: statuses, directions, sections, and their uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import errors, inputs, plan, vocabulary
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.store import fetching, tables

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlmodel import Session, SQLModel

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


Values = dict[str, Any]


def left_out(
    known: Collection[int],
    entries: Sequence[vocabulary.StatusEntry] | Sequence[vocabulary.NameEntry],
) -> list[int]:
    """Return the ids of the rows that are no longer among the entries."""
    kept = {entry.id for entry in entries}
    return [row_id for row_id in known if row_id not in kept]


def write_entries(
    session: Session,
    kind: type[SQLModel],
    gone: Sequence[int],
    wanted: Sequence[tuple[int | None, Values]],
) -> None:
    """Delete the rows that are gone, and write the others in their order; without an id is new.

    What refers to a row that goes must have been taken care of. Raises GoneError where one of
    them was deleted meanwhile.
    """
    for row in fetching.fetch_where(session, kind, id=gone):
        session.delete(row)
    session.flush()  # their names are free now
    ids = [row_id for row_id, _ in wanted if row_id is not None]
    rows = {row.id: row for row in fetching.fetch_where(session, kind, id=ids)}  # type: ignore[attr-defined]
    if len(rows) < len(ids):
        raise errors.GoneError(
            "直している間に、一部の項目が削除されました。変更は行いませんでした。"
        )
    _free_names(session, kind, [(rows[row_id], values) for row_id, values in wanted if row_id])
    for position, (row_id, values) in enumerate(wanted):
        if row_id is None:
            session.add(kind(position=position, **values))
            continue
        for name, value in {**values, "position": position}.items():
            setattr(rows[row_id], name, value)


def _free_names(
    session: Session, kind: type[SQLModel], changes: Sequence[tuple[SQLModel, Values]]
) -> None:
    column = fetching.UNIQUE_NAMES.get(str(kind.__tablename__))
    if column is not None:
        renamed = [row for row, values in changes if getattr(row, column) != values[column]]
        fetching.release_unique_names(session, renamed, column)


Replacements = Mapping[int, int]


MARK_FIELD, LABEL_FIELD, DEFINITION_FIELD = "状態の記号", "状態の名前", "凡例の説明"
COLOUR_FIELD, DIRECTION_FIELD = "状態の色", "今後の方向性"
_NOTHING: Replacements = {}


def status_entries(outline: Outline) -> tuple[vocabulary.StatusEntry, ...]:
    """Return the plan's statuses as they are."""
    return tuple(
        vocabulary.StatusEntry(
            each.mark,
            each.label,
            definition=each.definition,
            kind=plan.StatusKind(each.kind),
            colour=each.colour,
            counted=bool(each.counted),
            id=each.id,
        )
        for each in outline.statuses.values()
    )


def direction_entries(outline: Outline) -> tuple[vocabulary.NameEntry, ...]:
    """Return the plan's directions as they are."""
    return tuple(vocabulary.NameEntry(each.label, each.id) for each in outline.directions.values())


def set_statuses(
    workspace: Workspace,
    entries: Sequence[vocabulary.StatusEntry],
    replaced_by: Replacements = _NOTHING,
) -> None:
    """Let the plan have these statuses in this order; those left out are deleted.

    The lines of open rounds go over to the status that replaces theirs. Raises RefusedError
    where a line would be left without, or is of a closed round.
    """
    checked = checked_statuses(entries)
    known = workspace.outline.statuses
    gone = left_out(known, checked)
    words = {each.id: each.word for each in status_entries(workspace.outline)}
    _refuse_orphans("状態", gone, words, uses_of_statuses(workspace), replaced_by)
    with workspace.transact("状態の区分を変更") as session:
        _hand_over(session, tables.ProgressRow, "status_id", gone, replaced_by)
        rows = [(each.id, status_values(each)) for each in checked]
        write_entries(session, tables.StatusRow, gone, rows)


def set_directions(
    workspace: Workspace,
    entries: Sequence[vocabulary.NameEntry],
    replaced_by: Replacements = _NOTHING,
) -> None:
    """Let the plan have these directions in this order, in the manner of `set_statuses`.

    Raises GoneError, InvalidInputError and RefusedError.
    """
    checked = checked_directions(entries)
    gone = left_out(workspace.outline.directions, checked)
    words = {each.id: each.word for each in direction_entries(workspace.outline)}
    _refuse_orphans("今後の方向性", gone, words, uses_of_directions(workspace), replaced_by)
    with workspace.transact("今後の方向性の区分を変更") as session:
        _hand_over(session, tables.OutlookRow, "direction_id", gone, replaced_by)
        rows = [(each.id, {"label": each.text}) for each in checked]
        write_entries(session, tables.DirectionRow, gone, rows)


def checked_statuses(
    entries: Sequence[vocabulary.StatusEntry],
) -> tuple[vocabulary.StatusEntry, ...]:
    """Return the statuses as they can be written; raises InvalidInputError."""
    if not entries:
        raise errors.InvalidInputError(MARK_FIELD, "を1つ以上設けてください。")
    checked = tuple(
        each._replace(
            mark=inputs.checked_title(each.mark, MARK_FIELD, inputs.MARK_LIMIT),
            label=inputs.checked_title(each.label, LABEL_FIELD, inputs.LABEL_LIMIT),
            definition=inputs.checked_text(each.definition, DEFINITION_FIELD),
            colour=inputs.checked_colour(each.colour, COLOUR_FIELD),
        )
        for each in entries
    )
    inputs.checked_distinct([each.mark for each in checked], MARK_FIELD)
    return checked


def checked_directions(
    entries: Sequence[vocabulary.NameEntry],
) -> tuple[vocabulary.NameEntry, ...]:
    """Return the directions as they can be written; raises InvalidInputError."""
    return checked_names(entries, DIRECTION_FIELD, inputs.LABEL_LIMIT)


def checked_names(
    entries: Sequence[vocabulary.NameEntry], field: str, limit: int
) -> tuple[vocabulary.NameEntry, ...]:
    """Return names as they can be written; raises InvalidInputError."""
    checked = tuple(
        each._replace(text=inputs.checked_title(each.text, field, limit)) for each in entries
    )
    inputs.checked_distinct([each.text for each in checked], field)
    return checked


def status_values(entry: vocabulary.StatusEntry) -> dict[str, Any]:
    """Return the columns of a status."""
    values = {**entry._asdict(), "kind": entry.kind.value, "counted": int(entry.counted)}
    del values["id"]
    return values


def _refuse_orphans(
    what: str,
    gone: Sequence[int],
    words: Mapping[int | None, str],
    uses: Uses,
    replaced_by: Replacements,
) -> None:
    for row_id in gone:
        use = uses.get(row_id, vocabulary.UNUSED)
        if use.refusal:
            raise errors.RefusedError(f"{what}「{words[row_id]}」は{use.refusal}")
        heir = replaced_by.get(row_id)
        if use.total and (heir is None or heir in gone or heir not in words):
            raise errors.RefusedError(
                f"{what}「{words[row_id]}」は{use.total:,}か所で使われているため削除できません。"
                "代わりの区分を選んでください。"
            )


def _hand_over(
    session: Session,
    kind: type[tables.ProgressRow | tables.OutlookRow],
    column: str,
    gone: Sequence[int],
    replaced_by: Replacements,
) -> None:
    """Give what refers to a row that goes its replacement; all of it is in open rounds."""
    for row in fetching.fetch_where(session, kind, **{column: gone}):
        setattr(row, column, replaced_by[getattr(row, column)])


_FIELD = "担当課名"


def add_section(workspace: Workspace, name: str) -> int:
    """Add a section at the end of the list and return its id. Raises InvalidInputError."""
    name = _new_name(workspace.outline, name)
    with workspace.transact(f"担当課「{name}」を追加") as session:
        row = tables.SectionRow(position=len(workspace.outline.sections), name=name)
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id


def rename_section(workspace: Workspace, section_id: int, name: str) -> None:
    """Rename a section wherever it stands (機構改革). Raises GoneError and InvalidInputError."""
    if name.strip() == workspace.outline.sections[section_id].name:
        return
    name = _new_name(workspace.outline, name)
    with workspace.transact(f"担当課名を「{name}」に変更") as session:
        fetch(session, tables.SectionRow, section_id).name = name


def move_section(workspace: Workspace, section_id: int, steps: int) -> None:
    """Move a section in the list; at either end it stays. Raises GoneError."""
    order = list(workspace.outline.sections)
    old = order.index(section_id)
    order.insert(max(0, old + steps), order.pop(old))
    with workspace.transact("担当課の並び順を変更") as session:
        for position, each in enumerate(order):
            fetch(session, tables.SectionRow, each).position = position


def delete_section(workspace: Workspace, section_id: int) -> None:
    """Delete a section that nothing names in any round; raises RefusedError with what does."""
    name = workspace.outline.sections[section_id].name
    use = uses_of_sections(workspace).get(section_id, vocabulary.UNUSED)
    if use.total:
        raise errors.RefusedError(
            f"「{name}」は実行計画{use.total}件の担当になっているため削除できません"
            "（前の調査で記入した課を含みます）。"
            "先に担当を変更するか、担当課名を変更してください。"
        )
    with workspace.transact(f"担当課「{name}」を削除") as session:
        if fetching.fetch_where(session, tables.InquiryRow, section_id=[section_id]):
            raise errors.RefusedError(
                f"「{name}」には照会の記録があるため削除できません。記録はそのままです。"
                "組織が変わったときは、担当課名を変更してください。"
            )
        session.delete(fetch(session, tables.SectionRow, section_id))


def _new_name(outline: Outline, name: str) -> str:
    name = inputs.checked_title(name, _FIELD, inputs.SECTION_LIMIT)
    if any(section.name == name for section in outline.sections.values()):
        raise errors.InvalidInputError(
            _FIELD, f"の「{name}」は既にあります。別の名前にしてください。"
        )
    return name


Uses = dict[int, vocabulary.UseCount]
"""By id; what is not used is not in it."""

_IN_ROUNDS = """
    SELECT {column}, round.name, round.closed_at IS NOT NULL, count(*)
    FROM {table} JOIN round ON round.id = round_id
    WHERE {column} IS NOT NULL
    GROUP BY {column}, round_id
    ORDER BY fiscal_year, as_of, round.id
"""
_ACTIONS_OF_SECTIONS = """
    SELECT section_id, count(*) FROM (
        SELECT section_id, action_id FROM assignment
        UNION SELECT section_id, action_id FROM progress WHERE section_id IS NOT NULL
    ) GROUP BY section_id
"""


def uses_of_statuses(workspace: Workspace) -> Uses:
    """Count the lines of progress with each status."""
    return _in_rounds(workspace, "progress", "status_id")


def uses_of_directions(workspace: Workspace) -> Uses:
    """Count the outlooks with each direction."""
    return _in_rounds(workspace, "outlook", "direction_id")


def uses_of_actors(workspace: Workspace) -> Uses:
    """Count the actions of each actor."""
    return _of_actions(workspace, "SELECT actor_id, count(*) FROM action_actor GROUP BY actor_id")


def uses_of_principles(workspace: Workspace) -> Uses:
    """Count the actions that follow each principle."""
    query = "SELECT principle_id, count(*) FROM action_principle GROUP BY principle_id"
    return _of_actions(workspace, query)


def uses_of_sections(workspace: Workspace) -> Uses:
    """Count the actions that name each section, as theirs or in a line of any round."""
    return _of_actions(workspace, _ACTIONS_OF_SECTIONS)


def _in_rounds(workspace: Workspace, table: str, column: str) -> Uses:
    found: Uses = {}
    with workspace.reading() as connection:
        query = _IN_ROUNDS.format(table=table, column=column)
        for row_id, round_name, is_closed, count in connection.execute(query):
            use = found.get(row_id, vocabulary.UNUSED)
            closed_rounds = (*use.closed_rounds, round_name) if is_closed else use.closed_rounds
            closed = use.closed + count * is_closed
            found[row_id] = vocabulary.UseCount(use.total + count, closed, closed_rounds)
    return found


def _of_actions(workspace: Workspace, query: str) -> Uses:
    with workspace.reading() as connection:
        return {row_id: vocabulary.UseCount(count) for row_id, count in connection.execute(query)}
