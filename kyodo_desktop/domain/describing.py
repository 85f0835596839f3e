"""The history in the user's words: which field of which item went from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.control_characters import with_signs
from kyodo_desktop.domain.fiscal_year import (
    day_label,
    fiscal_year_label,
    moment_label,
)
from kyodo_desktop.domain.plan import Choice, Role, StatusKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.domain.changes import Row, RowChange
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Heading


class FieldChange(NamedTuple):
    """One line of the history as it is shown; an empty text is nothing.

    `action` is the title of the action that it belongs to, while there is such an action.
    """

    action: str
    item: str
    field: str
    old: str
    new: str


TABLE_LABELS = {
    "plan": "計画",
    "level": "階層",
    "principle": "基本原則",
    "actor": "主体",
    "term": "期",
    "heading": "見出し",
    "action": "実行計画",
    "placement": "掲載",
    "section": "担当課",
    "assignment": "担当",
    "prerequisite": "前提",
    "status": "状態の区分",
    "direction": "方向性の区分",
    "round": "調査",
    "progress": "進捗状況",
    "outlook": "今後の方向性",
    "opinion": "委員会意見",
    "action_actor": "主体の割当て",
    "action_principle": "基本原則の割当て",
    "confirmation": "点検の確認",
    "muted_rule": "使わない点検",
    "joining": "実行計画の統合",
    "succession": "次の期への引継ぎ",
    "revision": "見直し",
    "revision_reason": "見直しの理由",
    "inquiry": "照会",
    "import_mapping": "取込の対応表",
}
_FIELD_LABELS = {
    "title": "名称",
    "name": "名称",
    "label": "名称",
    "number": "番号",
    "text": "文",
    "mark": "記号",
    "definition": "定義",
    "ordinance": "条例",
    "policy": "方針",
    "first_fiscal_year": "開始年度",
    "last_fiscal_year": "終了年度",
    "position": "並び順",
    "parent_id": "上の見出し",
    "heading_id": "掲載先",
    "section_id": "担当課",
    "role": "役割",
    "numbering": "番号の形式",
    "colour": "色",
    "kind": "意味",
    "counted": "集計",
    "as_of": "基準日",
    "fiscal_year": "年度",
    "closed_at": "確定",
    "carried": "前回のまま",
    "continues_id": "引き継ぐもの",
    "required_id": "前提",
    "actor_id": "主体",
    "principle_id": "基本原則",
    "into_id": "まとめた先",
    "successor_id": "引継ぎ先",
    "choice": "扱い",
    "decided_on": "決定日",
    "reason": "理由",
    "sent_at": "発送",
    "due_on": "回答期限",
    "covering": "依頼文",
    "answered_at": "回答",
    "accepted_at": "取込",
    "answer_file": "回答のファイル",
}
_COLUMNS = {
    column.name: column for scope in action_fields.Scope for column in action_fields.columns(scope)
}
_FIELD_LABELS |= {name: column.label for name, column in _COLUMNS.items()}


def described(outline: Outline, rows: tuple[RowChange, ...]) -> Iterator[FieldChange]:
    """Yield what the changes did, field by field, named as the plan names things now."""
    for row in rows:
        item = TABLE_LABELS.get(row.table, row.table)
        action = outline.actions.get(row.action_id or 0)
        title = action.title if action else ""
        if row.before is None or row.after is None:
            old, new = _summary(outline, row.before), _summary(outline, row.after)
            yield FieldChange(title, item, "追加" if row.before is None else "削除", old, new)
            continue
        for column in row.after:
            if column in row.touched and column in _FIELD_LABELS:
                yield FieldChange(
                    title,
                    item,
                    _FIELD_LABELS[column],
                    _shown(outline, column, row.before[column]),
                    _shown(outline, column, row.after[column]),
                )


def field_names(change: RowChange) -> Iterator[str]:
    """Yield what differs between two states of a row, as the history calls it: 見出しの名称."""
    item = TABLE_LABELS.get(change.table, change.table)
    for column in sorted(change.touched):
        if column in _FIELD_LABELS:
            yield f"{item}の{_FIELD_LABELS[column]}"


_SUMMARY_COLUMNS = (
    *("number", "status_id", "direction_id", "mark", "section_id", "role"),
    *("required_id", "actor_id", "principle_id", "into_id", "choice", "successor_id"),
)
_NAME_COLUMNS = ("title", "name", "label", "text")


def _summary(outline: Outline, row: Row | None) -> str:
    """Return a whole row in short: its mark or number, then its name or text."""
    if row is None:
        return ""
    columns = [*_SUMMARY_COLUMNS, *_NAME_COLUMNS]
    parts = [_shown(outline, column, row[column]) for column in columns if row.get(column)]
    if "heading_id" in row and "action_id" not in row:
        parts.insert(0, _shown(outline, "heading_id", row["heading_id"]) or "総括")
    elif "heading_id" in row and row["action_id"] in outline.actions:
        parts.append(outline.actions[row["action_id"]].title)
    return " ".join(parts)


_LABELS: dict[str, Callable[[Any], str]] = {
    "position": lambda value: f"{value + 1}番目",
    "first_fiscal_year": fiscal_year_label,
    "last_fiscal_year": fiscal_year_label,
    "fiscal_year": fiscal_year_label,
    "as_of": day_label,
    "decided_on": day_label,
    "due_on": day_label,
    "sent_at": moment_label,
    "answered_at": moment_label,
    "accepted_at": moment_label,
    "closed_at": moment_label,
    "role": lambda value: Role(value).label,
    "choice": lambda value: Choice(value).label,
    "kind": lambda value: StatusKind(value).label,
    "counted": lambda value: "する" if value else "しない",
    "carried": lambda value: "はい" if value else "いいえ",
}
# Which table of the outline a column points to, and what names its rows.
_POINTS_TO = {
    "parent_id": ("headings", "title"),
    "heading_id": ("headings", "title"),
    "actor_id": ("actors", "name"),
    "principle_id": ("principles", "text"),
    "required_id": ("actions", "title"),
    "into_id": ("actions", "title"),
    "successor_id": ("actions", "title"),
}


def _shown(outline: Outline, column: str, value: Any) -> str:
    if value is None:
        return ""
    if column in _LABELS:
        return _LABELS[column](value)
    if column in _COLUMNS:
        return _COLUMNS[column].type.format(value, outline)
    return _named(outline, column, value) if column.endswith("_id") else with_signs(str(value))


def _named(outline: Outline, column: str, row_id: int) -> str:
    """Return the name of the row that a column points to; a deleted one has none left."""
    table, name = _POINTS_TO.get(column, ("", ""))
    if table == "headings" and row_id in outline.headings:
        return _heading(outline, outline.headings[row_id])
    row = getattr(outline, table, {}).get(row_id)
    return getattr(row, name, "（削除済み）")


def _heading(outline: Outline, heading: Heading) -> str:
    """Return a title, with its term where another one has the same title."""
    others = (each for each in outline.headings.values() if each.term_id != heading.term_id)
    if any(each.title == heading.title for each in others):
        return f"{heading.title}（{outline.terms[heading.term_id].name}）"
    return heading.title
