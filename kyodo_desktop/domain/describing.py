"""The history in the user's words: which field of which item went from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.fiscal_year import fiscal_year_label, month_label
from kyodo_desktop.domain.plan import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.changes import Row, RowChange
    from kyodo_desktop.domain.outline import Outline


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
    "description": "内容",
    "start_fiscal_year": "開始年度",
    "due": "完了予定",
    "note": "備考",
    "position": "並び順",
    "parent_id": "上の見出し",
    "heading_id": "掲載先",
    "status_id": "状態",
    "direction_id": "方向性",
    "section_id": "担当課",
    "role": "役割",
    "numbering": "番号の形式",
    "colour": "色",
    "kind": "意味",
    "counted": "集計",
    "as_of": "基準日",
    "fiscal_year": "年度",
    "closed_at": "確定",
}


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


_SUMMARY_COLUMNS = ("number", "status_id", "direction_id", "mark", "section_id", "role")
_NAME_COLUMNS = ("title", "name", "label", "text")


def _summary(outline: Outline, row: Row | None) -> str:
    """Return a whole row in short: its mark or number, then its name or text."""
    if row is None:
        return ""
    columns = [*_SUMMARY_COLUMNS, *_NAME_COLUMNS]
    parts = [_shown(outline, column, row[column]) for column in columns if row.get(column)]
    if "heading_id" in row and row["action_id"] in outline.actions:
        parts.append(outline.actions[row["action_id"]].title)
    return " ".join(parts)


def _shown(outline: Outline, column: str, value: Any) -> str:
    if value is None:
        return ""
    if column == "position":
        return f"{value + 1}番目"
    if column in ("first_fiscal_year", "last_fiscal_year", "start_fiscal_year", "fiscal_year"):
        return fiscal_year_label(value)
    if column == "due":
        return month_label(value)
    if column == "role":
        return Role(value).label
    if column.endswith("_id"):
        return _named(outline, column, value)
    return str(value)


def _named(outline: Outline, column: str, row_id: int) -> str:
    """Return the name of the row that a column points to; a deleted one has none left."""
    match column:
        case "status_id" if row_id in outline.statuses:
            status = outline.statuses[row_id]
            return f"{status.mark} {status.label}"
        case "direction_id" if row_id in outline.directions:
            return outline.directions[row_id].label
        case "section_id" if row_id in outline.sections:
            return outline.sections[row_id].name
        case "parent_id" | "heading_id" if row_id in outline.headings:
            return outline.headings[row_id].title
    return "（削除済み）"
