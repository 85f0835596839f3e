"""Turns the texts of cells into the values of the database, as people may have left them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.field_types import Column, Storage, whole_number
from kyodo_desktop.domain.fiscal_year import parse_day, parse_month
from kyodo_desktop.domain.interchange.checking import refused
from kyodo_desktop.domain.interchange.headings import KEY
from kyodo_desktop.domain.tables import CARRIED, NAMES, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kyodo_desktop.domain.interchange.whole_plan import Origin, Row, Value

ERA_UNKNOWN = 1989
_ISO = {Storage.MONTH: re.compile(r"\d{4}-\d\d"), Storage.DAY: re.compile(r"\d{4}-\d\d-\d\d")}
_CODES = {
    (name, column.name): {word: code for code, word in column.words.items()}
    for name, table in TABLES.items()
    for column in table.columns
}
_TABLES_BY_WORD = {table.word: name for name, table in TABLES.items()}


class Reader:
    """Reads the values of rows; `texts` are the cells of each row by table and heading."""

    def __init__(
        self,
        texts: Mapping[str, list[dict[str, str]]],
        origins: Mapping[tuple[str, int], Origin],
    ) -> None:
        self._texts = texts
        self._origins = origins
        first = whole_number(texts["plan"][0].get("開始年度", "")) if texts["plan"] else ""
        self._era_from = first if isinstance(first, int) else ERA_UNKNOWN
        self._ids: dict[str, dict[Value, Value]] = {}

    def keys(self, name: str) -> list[Row]:
        """Return the ids of a table's rows, and of which rows 変更 speaks."""
        found: list[Row] = []
        for row in self._texts[name]:
            key: dict[str, Value] = {"id": whole_number(row[KEY]) if KEY in row else None}
            if name == "change":
                word = row.get("対象の種別", "")
                key["table_name"] = _TABLES_BY_WORD.get(word, word)
                key["row_id"] = whole_number(row.get("対象キー", ""))
            found.append(key)
        return found

    def row(self, name: str, place: int, keys: Mapping[str, list[Row]]) -> Row:
        """Return the values of a row by column."""
        texts = self._texts[name][place]
        row: dict[str, Value] = {}
        for column in TABLES[name].columns:
            text = texts.get(column.heading, "")
            if column.refers in NAMES:
                row[column.name] = self._named(name, place, column, text, keys)
            elif column.name == "table_name":
                row[column.name] = _TABLES_BY_WORD.get(text, text)
            else:
                row[column.name] = self._value(name, place, column, text)
        return row

    def _value(self, name: str, place: int, column: Column, text: str) -> Value:
        if not text:
            if column is CARRIED:
                return 0
            return (
                "" if column.type.storage is not Storage.NUMBER and not column.optional else None
            )
        if column.type.storage is Storage.NUMBER:
            return whole_number(text)
        if column.type.storage in _ISO and not _ISO[column.type.storage].fullmatch(text):
            return self._date(name, place, column, text)
        return _CODES[name, column.name].get(text, text)

    def _date(self, name: str, place: int, column: Column, text: str) -> str | None:
        """Read a month or a day that was typed in another form."""
        read = parse_month if column.type.storage is Storage.MONTH else parse_day
        try:
            return read(text, era_from=self._era_from, field=column.heading)
        except InvalidInputError as error:
            where = self._origins[name, place].at(column.heading)
            reason = error.message.removeprefix(f"「{column.heading}」")
            raise refused(where, reason) from error

    def _named(
        self, name: str, place: int, column: Column, text: str, keys: Mapping[str, list[Row]]
    ) -> Value:
        """Return the id of the row that has this name."""
        if not text:
            return None
        ids = self._ids_of(column.refers, keys)
        if text not in ids:
            known = "、".join(map(str, ids))
            where = self._origins[name, place].at(column.heading)
            word = TABLES[column.refers].word
            raise refused(
                where, f"の「{text}」は種別「{word}」の行にありません。ある値: {known}。"
            )
        return ids[text]

    def _ids_of(self, table: str, keys: Mapping[str, list[Row]]) -> dict[Value, Value]:
        if table not in self._ids:
            heading = next(
                column.heading for column in TABLES[table].columns if column.name == NAMES[table]
            )
            self._ids[table] = {
                row.get(heading, ""): key["id"]
                for row, key in zip(self._texts[table], keys[table], strict=True)
            }
        return self._ids[table]
