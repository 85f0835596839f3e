"""A whole plan as JSON, one row a line: for programs, and still readable in an editor."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import action_fields, assembly, errors, field_types, texts
from kyodo_desktop.domain.interchange import whole_plan
from kyodo_desktop.domain.nodes import is_heading, is_placement, row_id
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.tables import NAMES, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kyodo_desktop.domain.outline import Outline

_KEPT = "計画のファイルは作成していません。"
_NESTED = {
    name: [
        column.name for column in table.columns if column.type.storage is field_types.Storage.JSON
    ]
    for name, table in TABLES.items()
}


def is_json_export(beginning: str) -> bool:
    """Tell from its first characters whether a text is an export of ours."""
    return re.match(rf'\s*{{\s*"format"\s*:\s*"{whole_plan.FORMAT}"', beginning) is not None


def as_json(whole: whole_plan.WholePlan) -> Iterator[str]:
    """Yield the text in parts, one row each."""
    yield f'{{\n"format": "{whole_plan.FORMAT}",\n"version": {whole_plan.VERSION},\n"tables": {{'
    for place, name in enumerate(TABLES):
        yield f'{"," if place else ""}\n"{name}": ['
        before = "\n"
        for row in whole.tables[name]:
            yield before + json.dumps(_unfolded(name, row), ensure_ascii=False)
            before = ",\n"
        yield "\n]" if whole.tables[name] else "]"
    yield "\n}\n}\n"


def from_json(text: str, file: str) -> whole_plan.WholePlan:
    """Read the text; raises RefusedError, which names the file and the line."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise errors.RefusedError(
            f"「{file}」は{error.lineno}行目の{error.colno}文字目で、JSONとして読み取れません。"
            f"書き出したファイルをもう一度選んでください。{_KEPT}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise _not_ours(file) from error
    if not isinstance(found, dict) or found.get("format") != whole_plan.FORMAT:
        raise _not_ours(file)
    expect_version(found.get("version"), file)
    tables = found.get("tables")
    if not isinstance(tables, dict) or not tables.keys() <= TABLES.keys():
        raise _not_ours(file)
    for rows in tables.values():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise _not_ours(file)
    return whole_plan.WholePlan(
        {name: [_folded(name, row) for row in tables.get(name, ())] for name in TABLES},
        {
            (name, index): whole_plan.Origin(f"「{file}」の{name}の{index + 1}件目の")
            for name, rows in tables.items()
            for index in range(len(rows))
        },
    )


def expect_version(version: object, file: str) -> None:
    """Raise RefusedError unless this program can read what that version wrote."""
    if version != whole_plan.VERSION:
        raise errors.RefusedError(
            f"「{file}」は、このプログラムが扱えない形式（バージョン{version}）で書き出されています。"
            f"新しいバージョンのプログラムで取り込んでください。{_KEPT}"
        )


def nested(whole: whole_plan.WholePlan, outline: Outline) -> dict[str, Any]:
    """Return the same rows, each where it belongs: by names instead of ids, numbers as printed.

    Nobody makes a plan of it again: what nobody sees comes as a sign, and JSON as values. The
    outline is that of the same moment; the history is left out.
    """
    return _Nested(whole, outline).tree()


_FIRST = {
    "progress": ("round", "section"),
    "inquiry": ("round", "section", "sent_at", "due_on", "covering", "answered_at", "accepted_at"),
}
"""What stands first in a nested row, whatever the order of the columns."""


class _Nested:
    """Puts the rows of one plan into one another."""

    def __init__(self, whole: whole_plan.WholePlan, outline: Outline) -> None:
        self._outline = outline
        self._tables = {
            name: [_with_signs(row) for row in rows] for name, rows in whole.tables.items()
        }
        self._names = {
            table: {row["id"]: row[column] for row in self._tables[table]}
            for table, column in NAMES.items()
        }

    def tree(self) -> dict[str, Any]:
        outline = self._outline
        (plan,) = self._tables["plan"]
        return {
            "plan": {
                **self._row("plan", plan),
                "levels": [level.name for level in outline.levels],
                "numbering": [level.numbering for level in outline.levels],
                "principles": [each.text for each in outline.principles.values()],
                "actors": [each.name for each in outline.actors.values()],
            },
            "statuses": self._rows("status", "position"),
            "directions": [each.label for each in outline.directions.values()],
            "sections": [each.name for each in outline.sections.values()],
            "rounds": [
                {**self._row("round", row, "closed_at"), "closed": row["closed_at"] is not None}
                for row in self._sorted("round")
            ],
            "terms": [self._term(node) for node in outline.roots],
            "actions": self._actions(),
            "opinions": self._rows("opinion", order=("round_id", "id")),
            "confirmations": self._rows("confirmation", order=("round_id", "rule", "subject")),
            "inquiries": sorted(self._rows("inquiry"), key=_when_asked),
            "import_mappings": self._rows("import_mapping", order=("name",)),
            "report_choices": self._rows("report_choice", order=("name",)),
            "revisions": [self._revision(row) for row in self._sorted("revision")],
            "muted_rules": sorted(str(row["rule"]) for row in self._tables["muted_rule"]),
        }

    def _sorted(self, table: str, order: Sequence[str] = ()) -> list[whole_plan.Row]:
        columns = order or TABLES[table].order
        return sorted(self._tables[table], key=lambda row: [row[each] for each in columns])

    def _rows(self, table: str, *without: str, order: Sequence[str] = ()) -> list[dict[str, Any]]:
        return [self._row(table, row, *without) for row in self._sorted(table, order)]

    def _row(self, table: str, row: whole_plan.Row, *without: str) -> dict[str, Any]:
        """Return what a row says; `round_id` becomes `round` and the name of it."""
        values = {
            column.name.removesuffix("_id"): self._value(column.type, row[column.name])
            for column in TABLES[table].columns
            if column.name not in without
        }
        return dict.fromkeys(_FIRST.get(table, ())) | values

    def _value(self, type_: field_types.FieldType[Any], value: whole_plan.Value) -> Any:
        if isinstance(type_, field_types.Reference) and type_.table in self._names:
            return self._names[type_.table].get(value)
        if isinstance(type_, field_types.Flag):
            return bool(value)
        if type_.storage is field_types.Storage.JSON and isinstance(value, str):
            return json.loads(value)
        return value

    def _term(self, node: int) -> dict[str, Any]:
        term = self._outline.terms[row_id(node)]
        return {
            "name": term.name,
            "first_fiscal_year": term.first_fiscal_year,
            "last_fiscal_year": term.last_fiscal_year,
            "continues": self._outline.terms[term.continues_id].name
            if term.continues_id
            else None,
            "headings": self._headings(node),
        }

    def _headings(self, above: int) -> list[dict[str, Any]]:
        outline = self._outline
        return [
            {
                "id": row_id(node),
                "number": outline.number(node),
                "title": outline.title(node),
                "headings": self._headings(node),
                "placements": [
                    {
                        "number": outline.number(each),
                        "action": outline.action_id_at(each),
                        "relisted": outline.is_relisted(each),
                    }
                    for each in outline.children.get(node, ())
                    if is_placement(each)
                ],
            }
            for node in outline.children.get(above, ())
            if is_heading(node)
        ]

    def _actions(self) -> list[dict[str, Any]]:
        outline = self._outline
        lines = assembly.grouped(
            self._sorted("progress", ("round_id", "position", "id")), partial(_id_in, "action_id")
        )
        outlooks = assembly.grouped(
            self._sorted("outlook", ("round_id",)), partial(_id_in, "action_id")
        )
        links = {
            each.name: each.type
            for each in action_fields.FIELDS
            if type(each.type) is field_types.Links
        }
        return [
            {
                "id": id_,
                "term": outline.terms[outline.actions[id_].term_id].name,
                **self._row("action", row, "term_id"),
                "joined_into": getattr(outline.joinings.get(id_), "into_id", None),
                "successor": getattr(outline.successions.get(id_), "successor_id", None),
                "choice": getattr(outline.successions.get(id_), "choice", None),
                **{name: self._linked(type_, id_) for name, type_ in links.items()},
                "sections": [
                    {"name": name, "role": role.value}
                    for role in Role
                    for name in outline.section_names(id_, role)
                ],
                "progress": [
                    self._row("progress", line, "action_id", "position")
                    for line in lines.get(id_, ())
                ],
                "outlooks": [
                    self._row("outlook", each, "action_id") for each in outlooks.get(id_, ())
                ],
            }
            for row in self._sorted("action")
            for id_ in (_id_in("id", row),)
        ]

    def _linked(self, type_: field_types.Links, action_id: int) -> list[Any]:
        ids = type_.of(self._outline, action_id)
        if isinstance(type_.to, field_types.Key):
            return list(ids)
        return [type_.to.format(id_, self._outline) for id_ in ids]

    def _revision(self, row: whole_plan.Row) -> dict[str, Any]:
        reasons = [
            {"table": each["table_name"], "id": each["row_id"], "text": each["text"]}
            for each in self._sorted("revision_reason")
            if each["revision_id"] == row["id"]
        ]
        return {**self._row("revision", row, "operation_id"), "reasons": reasons}


def _with_signs(row: whole_plan.Row) -> whole_plan.Row:
    return dict(zip(row, texts.row_with_signs(row.values()), strict=True))


def _id_in(column: str, row: whole_plan.Row) -> int:
    id_ = row[column]
    assert isinstance(id_, int)
    return id_


def _when_asked(inquiry: Mapping[str, Any]) -> tuple[str, str, str]:
    return inquiry["round"], inquiry["section"], inquiry["sent_at"] or ""


def _not_ours(file: str) -> errors.RefusedError:
    return errors.RefusedError(
        f"「{file}」は「データの書き出し」で作ったJSONではありません。"
        f"書き出したファイルを選んでください。{_KEPT}"
    )


def _unfolded(name: str, row: whole_plan.Row) -> whole_plan.Row | dict[str, Any]:
    """Show JSON in a row as part of the whole, where it comes back to the same letters."""
    nested = {column: _parsed(row[column]) for column in _NESTED[name]}
    return {**row, **nested} if nested else row


def _parsed(text: whole_plan.Value) -> Any:
    if not isinstance(text, str):
        return text
    value = json.loads(text)
    return value if json.dumps(value, ensure_ascii=False) == text else text


def _folded(name: str, row: dict[str, Any]) -> whole_plan.Row:
    for column in _NESTED[name]:
        if isinstance(row.get(column), dict):
            row[column] = json.dumps(row[column], ensure_ascii=False)
    return row
