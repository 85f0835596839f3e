"""Makes one action of two that were entered twice, and two of one that stands twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.assigning import leads_of
from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.indexing import grouped
from kyodo_desktop.domain.inputs import checked_text, checked_title
from kyodo_desktop.domain.nodes import row_id
from kyodo_desktop.domain.predecessors import joined_into
from kyodo_desktop.domain.prerequisites import chain, chain_label
from kyodo_desktop.services.rows import fetch, open_round_id
from kyodo_desktop.services.splitting import split_placement
from kyodo_desktop.services.uniting import merge_actions
from kyodo_desktop.store import tables
from kyodo_desktop.store.history import read_rows

if TYPE_CHECKING:
    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


class JoinedLine(NamedTuple):
    """One line of 進捗状況 of the joined action."""

    status_id: int | None
    text: str
    section_id: int | None


class JoinedTexts(NamedTuple):
    """What the joined action says: chosen from the two, or written. `due` is YYYY-MM.

    `leads` are the sections that lead it; with none the kept action's lead stays.
    """

    title: str
    description: str
    note: str
    due: str | None
    start_fiscal_year: int | None
    lines: tuple[JoinedLine, ...]
    direction_id: int | None
    outlook: str
    leads: tuple[int, ...] = ()


def texts_of(outline: Outline, action_id: int) -> JoinedTexts:
    """Return what an action says now."""
    action, outlook = outline.actions[action_id], outline.outlooks.get(action_id)
    return JoinedTexts(
        action.title,
        action.description,
        action.note,
        action.due,
        action.start_fiscal_year,
        tuple(
            JoinedLine(line.status_id, line.text, line.section_id)
            for line in outline.lines.get(action_id, ())
        ),
        outlook.direction_id if outlook else None,
        outlook.text if outlook else "",
        leads_of(outline, action_id),
    )


def refuse(outline: Outline, kept_id: int, gone_id: int) -> None:
    """Raise RefusedError with the reason of `refusal`, if there is one."""
    reason = refusal(outline, kept_id, gone_id)
    if reason:
        raise RefusedError(reason)


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
            f"「{kept.title}」と「{gone.title}」は、次の期への引継ぎがそれぞれ決まっているため、"
            "まとめられません。"
        )
    return _circle_refusal(outline, kept_id, gone_id)


def join(workspace: Workspace, kept_id: int, gone_id: int, texts: JoinedTexts) -> None:
    """Make two actions one, which says the texts and stands wherever one of them stood.

    The lines of `gone_id` in other open rounds are added to those of the kept one. What
    closed rounds say of it stays with it, as does its history: it stands nowhere any more.
    """
    outline = workspace.outline
    round_id = open_round_id(outline)
    refuse(outline, kept_id, gone_id)
    texts = _checked(texts)
    with workspace.transact(f"「{texts.title}」を同じ実行計画としてまとめる") as session:
        _write(session, outline, kept_id, round_id, texts)
        merge_actions(session, outline, kept_id, gone_id, texts.leads)


def split(workspace: Workspace, placement: int) -> int:
    """Give a placement an action of its own again and return its node.

    An action that stood there before it was joined comes back; else it is a copy.
    """
    outline = workspace.outline
    action = outline.action_at(placement)
    if action is None or len(outline.placed[action.id]) == 1:
        raise RefusedError("分けられるのは、二か所以上に掲載されている実行計画です。")
    with workspace.reading() as connection:
        before = read_rows(connection, "placement", row_id(placement))
    gone = joined_into(outline, action.id)
    stood = [row.before["action_id"] for row in before if row.before and "action_id" in row.before]
    revived = next((each for each in stood if each in gone), None)
    with workspace.transact(f"「{action.title}」を別の実行計画に分ける") as session:
        split_placement(session, outline, row_id(placement), action.id, revived)
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
    after = replace(outline, prerequisites=grouped(rows, lambda row: row.action_id))
    circle = chain(after, kept_id, kept_id)
    if not circle:
        return ""
    return (
        f"まとめると{chain_label(outline, circle)}と前提が一巡してしまいます。"
        "先に、このうちのどれかの前提を外してください。"
    )


def _checked(texts: JoinedTexts) -> JoinedTexts:
    return texts._replace(
        title=checked_title(texts.title, "名称"),
        description=checked_text(texts.description, "内容"),
        note=checked_text(texts.note, "備考"),
        outlook=checked_text(texts.outlook, "今後の方向性"),
        lines=tuple(
            line._replace(text=checked_text(line.text, "進捗状況")) for line in texts.lines
        ),
    )


def _write(
    session: Session, outline: Outline, action_id: int, round_id: int, texts: JoinedTexts
) -> None:
    """Let the kept action say the texts; both actions' own lines and outlooks give way."""
    row = fetch(session, tables.ActionRow, action_id)
    for name in ("title", "description", "note", "due", "start_fiscal_year"):
        setattr(row, name, getattr(texts, name))
    _write_lines(session, outline, action_id, round_id, texts)
    known = outline.outlooks.get(action_id)
    outlook = (
        fetch(session, tables.OutlookRow, known.id)
        if known
        else tables.OutlookRow(round_id=round_id, action_id=action_id)
    )
    outlook.direction_id, outlook.text, outlook.carried = texts.direction_id, texts.outlook, 0
    if texts.direction_id is not None or texts.outlook:
        session.add(outlook)
    elif known:
        session.delete(outlook)


def _write_lines(
    session: Session, outline: Outline, action_id: int, round_id: int, texts: JoinedTexts
) -> None:
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
        row.status_id, row.text, row.section_id = line
        session.add(row)
    for row in known:
        session.delete(row)
