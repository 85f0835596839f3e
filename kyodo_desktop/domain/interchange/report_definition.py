"""計画の定義, the sheet of a report that holds the rest of a plan, one field a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.field_types import Storage, whole_number
from kyodo_desktop.domain.interchange.checking import LEVELS_WANTED, has_its_levels, refused
from kyodo_desktop.domain.interchange.tables import TABLES, Field
from kyodo_desktop.domain.interchange.whole_plan import Origin, Row, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kyodo_desktop.domain.interchange.sheet_rows import Sheet

_KEY_COLUMN = 2
_FIELDS = {(name, field.column): field for name, table in TABLES.items() for field in table.fields}
_ROWS_OF_DATA = (
    "action",
    "placement",
    "assignment",
    "action_actor",
    "action_principle",
    "progress",
    "outlook",
)


class Definition:
    """The tables that the sheet says, with all fields of each row; levels are in their order.

    Raises RefusedError, which names the row, where one of the fields is gone.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._origins: dict[tuple[str, Value], Origin] = {}
        rows = self._rows()
        self.tables: dict[str, list[Row]] = {
            name: [self._whole(name, row) for row in found.values()]
            for name, found in rows.items()
        }
        self.tables["level"].sort(key=lambda row: str(row["position"]))
        if not has_its_levels(self.tables["level"]):
            word = TABLES["level"].word
            raise refused(f"「{sheet.name}」シートの{word}（level）の行", LEVELS_WANTED)

    def origins(self) -> dict[tuple[str, int], Origin]:
        """Return where the rows stand, but headings, which データ says anew."""
        return {
            (name, place): self._origins[name, row["id"]]
            for name, rows in self.tables.items()
            if name != "heading"
            for place, row in enumerate(rows)
        }

    def _rows(self) -> dict[str, dict[Value, dict[str, Value]]]:
        found: dict[str, dict[Value, dict[str, Value]]] = {name: {} for name in TABLES}
        for number, cells in enumerate(self._sheet.rows[1:], start=2):
            table, key, column, text = (*cells, "", "", "", "")[:4]
            field = _FIELDS.get((table, column))
            if field is None or table in _ROWS_OF_DATA:
                continue
            id_ = whole_number(key)
            if not isinstance(id_, int) or id_ == 0:
                place = Origin("", self._sheet.name, number, {"キー": _KEY_COLUMN})
                raise refused(place.at("キー"), "は1以上の整数にしてください。")
            row = found[table].setdefault(id_, {"id": id_})
            row[column] = _value(field, text)
            label = f"「{self._sheet.name}」シート {number}行からの{TABLES[table].word}"
            self._origins.setdefault((table, id_), Origin(label))
        return found

    def _whole(self, table: str, row: Mapping[str, Value]) -> Row:
        whole = dict(row)
        for field in TABLES[table].fields:
            if field.column not in whole:
                if not field.optional:
                    origin = self._origins[table, row["id"]]
                    raise refused(origin.at(field.heading), "の行がありません。")
                whole[field.column] = None
        return whole


def _value(field: Field, text: str) -> Value:
    if field.kind is Storage.NUMBER:
        return whole_number(text) if text else None
    return text or (None if field.optional else "")
