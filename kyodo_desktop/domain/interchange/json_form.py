"""A whole plan as JSON, one row a line: for programs, and still readable in an editor."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.field_types import Storage
from kyodo_desktop.domain.interchange.whole_plan import (
    FORMAT,
    VERSION,
    Origin,
    Row,
    Value,
    WholePlan,
)
from kyodo_desktop.domain.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = "計画のファイルは作成していません。"
_NESTED = {
    name: [column.name for column in table.columns if column.type.storage is Storage.JSON]
    for name, table in TABLES.items()
}


def is_json_export(beginning: str) -> bool:
    """Tell from its first characters whether a text is an export of ours."""
    return re.match(rf'\s*{{\s*"format"\s*:\s*"{FORMAT}"', beginning) is not None


def as_json(whole: WholePlan) -> Iterator[str]:
    """Yield the text in parts, one row each."""
    yield f'{{\n"format": "{FORMAT}",\n"version": {VERSION},\n"tables": {{'
    for place, name in enumerate(TABLES):
        yield f'{"," if place else ""}\n"{name}": ['
        before = "\n"
        for row in whole.tables[name]:
            yield before + json.dumps(_unfolded(name, row), ensure_ascii=False)
            before = ",\n"
        yield "\n]" if whole.tables[name] else "]"
    yield "\n}\n}\n"


def from_json(text: str, file: str) -> WholePlan:
    """Read the text; raises RefusedError, which names the file and the line."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise RefusedError(
            f"「{file}」は{error.lineno}行目の{error.colno}文字目で、JSONとして読み取れません。"
            f"書き出したファイルをもう一度選んでください。{_KEPT}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise _not_ours(file) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _not_ours(file)
    expect_version(found.get("version"), file)
    tables = found.get("tables")
    if not isinstance(tables, dict) or not tables.keys() <= TABLES.keys():
        raise _not_ours(file)
    for rows in tables.values():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise _not_ours(file)
    return WholePlan(
        {name: [_folded(name, row) for row in tables.get(name, ())] for name in TABLES},
        {
            (name, index): Origin(f"「{file}」の{name}の{index + 1}件目の")
            for name, rows in tables.items()
            for index in range(len(rows))
        },
    )


def expect_version(version: object, file: str) -> None:
    """Raise RefusedError unless this program can read what that version wrote."""
    if version != VERSION:
        raise RefusedError(
            f"「{file}」は、このプログラムが扱えない形式（第{version}版）で書き出されています。"
            f"新しい版のプログラムで取り込んでください。{_KEPT}"
        )


def _not_ours(file: str) -> RefusedError:
    return RefusedError(
        f"「{file}」は「データの書き出し」で作ったJSONではありません。"
        f"書き出したファイルを選んでください。{_KEPT}"
    )


def _unfolded(name: str, row: Row) -> Row | dict[str, Any]:
    """Show JSON in a row as part of the whole, where it comes back to the same letters."""
    nested = {column: _parsed(row[column]) for column in _NESTED[name]}
    return {**row, **nested} if nested else row


def _parsed(text: Value) -> Any:
    if not isinstance(text, str):
        return text
    value = json.loads(text)
    return value if json.dumps(value, ensure_ascii=False) == text else text


def _folded(name: str, row: dict[str, Any]) -> Row:
    for column in _NESTED[name]:
        if isinstance(row.get(column), dict):
            row[column] = json.dumps(row[column], ensure_ascii=False)
    return row
