"""調査: opens, closes and reopens rounds, carries lines forward, keeps 委員会意見."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import errors, inputs, nodes, predecessors
from kyodo_desktop.domain.tables import table_of
from kyodo_desktop.services.rows import fetch, open_round_id
from kyodo_desktop.store import fetching, reading, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.domain.plan import Opinion, Round
    from kyodo_desktop.services.workspace import Workspace


NAME_FIELD, YEAR_FIELD, DAY_FIELD, REASON_FIELD = "調査名", "調査の年度", "基準日", "理由"
OPINION_FIELD, RESPONSE_FIELD = "委員会意見", "市の対応"
_REASON_LIMIT = 200


class RoundInput(NamedTuple):
    """What the user says of a round; `as_of` is `YYYY-MM-DD`."""

    name: str
    fiscal_year: int
    as_of: str


def open_round(workspace: Workspace, name: str, fiscal_year: int, as_of: str) -> int:
    """Begin a round and return its id; it is then the one that is shown.

    Lines and 今後の方向性 of the round before it are carried forward, marked as such. Raises
    InvalidInputError.
    """
    asked = checked(workspace.outline, RoundInput(name, fiscal_year, as_of))
    record = record_before(workspace, asked)
    with workspace.transact(f"調査「{asked.name}」を始める") as session:
        row = tables.RoundRow(**asked._asdict())
        session.add(row)
        session.flush()
        assert row.id is not None
        if record is not None:
            carried = predecessors.carried_forward(
                workspace.outline, record, row.id, asked.fiscal_year
            )
            session.add_all(
                tables.RECORDED[table_of(type(each))](**{**each._asdict(), "id": None})
                for each in carried
            )
        return row.id


def record_before(workspace: Workspace, asked: RoundInput) -> Record | None:
    """Return what the last round before a new one says; nothing where there is none."""
    outline = workspace.outline
    round_id = predecessors.round_before(outline, asked.fiscal_year, asked.as_of)
    if round_id is None:
        return None
    with workspace.reading() as connection:
        return reading.read_record(connection, outline, round_id)


def edit_round(
    workspace: Workspace, round_id: int, name: str, fiscal_year: int, as_of: str
) -> None:
    """Give a round another name, year or day.

    Raises GoneError, InvalidInputError and RefusedError.
    """
    _open(workspace.outline, round_id)
    asked = checked(workspace.outline, RoundInput(name, fiscal_year, as_of), round_id)
    with workspace.transact("調査の内容を変更") as session:
        row = fetch(session, tables.RoundRow, round_id)
        for field, value in asked._asdict().items():
            setattr(row, field, value)


def delete_round(workspace: Workspace, round_id: int) -> None:
    """Delete a round with all that was written in it; the only one stays.

    Raises RefusedError for that one, and for a closed one.
    """
    found = _open(workspace.outline, round_id)
    if len(workspace.outline.rounds) == 1:
        raise errors.RefusedError(
            "調査が1つしかないため削除できません。進捗を記録するには調査が1つ必要です。"
        )
    with workspace.transact(f"調査「{found.name}」を削除") as session:
        for table in (
            tables.ProgressRow,
            tables.OutlookRow,
            tables.OpinionRow,
            tables.ConfirmationRow,
            tables.InquiryRow,
        ):
            for row in fetching.fetch_where(session, table, round_id=[round_id]):
                session.delete(row)
        session.flush()
        session.delete(fetch(session, tables.RoundRow, round_id))


def close_round(workspace: Workspace, round_id: int) -> None:
    """確定: from now on nobody can change what the round says.

    Raises GoneError and RefusedError.
    """
    found = _open(workspace.outline, round_id)
    with workspace.transact(f"調査「{found.name}」を確定") as session:
        closed_at = workspace.now().isoformat(timespec="seconds")
        fetch(session, tables.RoundRow, round_id).closed_at = closed_at


def reopen_round(workspace: Workspace, round_id: int, reason: str) -> None:
    """Let a closed round be changed again; the reason goes into the history.

    Raises RefusedError where it is open, and InvalidInputError for the reason.
    """
    found = workspace.outline.rounds[round_id]
    if found.closed_at is None:
        raise errors.RefusedError(
            f"調査「{found.name}」は確定されていません。そのまま編集できます。"
        )
    reason = inputs.checked_title(reason, REASON_FIELD, _REASON_LIMIT)
    label = f"調査「{found.name}」の確定を解除（理由：{reason}）"
    with workspace.transact(label) as session:
        fetch(session, tables.RoundRow, round_id).closed_at = None


def _open(outline: Outline, round_id: int) -> Round:
    """Return a round that may be changed; raises RefusedError."""
    found = outline.rounds[round_id]
    if found.closed_at is not None:
        raise errors.RefusedError(
            f"調査「{found.name}」は確定済みのため変更できません。"
            "直すときは、先に「調査」→「確定を解除」で開き直してください。"
        )
    return found


def checked(outline: Outline, asked: RoundInput, round_id: int | None = None) -> RoundInput:
    """Return a round as it will be stored; `round_id` is the one that is edited.

    Raises InvalidInputError, also for a name that another round has.
    """
    name = inputs.checked_title(asked.name, NAME_FIELD, inputs.ROUND_LIMIT)
    if any(each.name == name and each.id != round_id for each in outline.rounds.values()):
        raise errors.InvalidInputError(
            NAME_FIELD, f"の「{name}」は既にあります。別の名前にしてください。"
        )
    year = inputs.checked_years(asked.fiscal_year, asked.fiscal_year, YEAR_FIELD)[0]
    return RoundInput(name, year, inputs.checked_day(asked.as_of, DAY_FIELD))


def accept_carried(workspace: Workspace, action_ids: Sequence[int]) -> None:
    """Say that what was carried forward for the actions is right as it stands.

    Raises GoneError and RefusedError.
    """
    outline = workspace.outline
    open_round_id(outline)
    with workspace.transact("前回のままで確認") as session:
        for action_id in dict.fromkeys(action_ids):
            for line in outline.lines.get(action_id, ()):
                fetch(session, tables.ProgressRow, line.id).carried = 0
            if outlook := outline.outlooks.get(action_id):
                fetch(session, tables.OutlookRow, outlook.id).carried = 0


def set_opinion(workspace: Workspace, node: int, text: str) -> None:
    """Write the opinion on a heading, or at a term the 総括.

    Raises GoneError, InvalidInputError and RefusedError.
    """
    _write_opinion(workspace, node, "text", text, OPINION_FIELD)


def set_response(workspace: Workspace, node: int, text: str) -> None:
    """Write what the city does about an opinion (市の対応).

    Raises GoneError, InvalidInputError and RefusedError.
    """
    _write_opinion(workspace, node, "response", text, RESPONSE_FIELD)


def _write_opinion(workspace: Workspace, node: int, column: str, text: str, field: str) -> None:
    """Write one text of an opinion; one that says nothing any more is none."""
    outline = workspace.outline
    heading_id = opinion_key(node)
    round_id = open_round_id(outline)
    text = inputs.checked_text(text, field)
    known = outline.opinions.get(heading_id)
    typing = ("opinion", column, round_id, heading_id)
    with workspace.transact(f"{field}を入力", typing=typing) as session:
        if known is None:
            row = tables.OpinionRow(round_id=round_id, heading_id=heading_id)
        else:
            row = fetch(session, tables.OpinionRow, known.id)
        setattr(row, column, text)
        if not is_empty_opinion(row):
            session.add(row)
        elif known is not None:
            session.delete(row)


def is_empty_opinion(opinion: Opinion | tables.OpinionRow) -> bool:
    """Tell whether neither text of an opinion says anything: there need not be one."""
    return not opinion.text and not opinion.response


def opinion_key(node: int) -> int | None:
    """Return the key in `Outline.opinions` for a heading; a term stands for the 総括."""
    return nodes.row_id(node) if nodes.is_heading(node) else None
