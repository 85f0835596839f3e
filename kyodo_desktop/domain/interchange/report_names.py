"""Finds the rows that データ names in words: 状態, 担当課, 主体, 基本原則."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.field_types import BETWEEN, split_names
from kyodo_desktop.domain.interchange.checking import refused
from kyodo_desktop.domain.interchange.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.interchange.whole_plan import Origin, Row, Value


class Names:
    """The vocabularies that 計画の定義 lists, by what the rows call them."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self._ids: dict[str, dict[str, Value]] = {
            "status": {str(row["mark"]): row["id"] for row in tables["status"]},
            "direction": {str(row["label"]): row["id"] for row in tables["direction"]},
            "section": {str(row["name"]): row["id"] for row in tables["section"]},
            "actor": {str(row["name"]): row["id"] for row in tables["actor"]},
            "principle": {
                f"{row['number']} {row['text']}".strip(): row["id"] for row in tables["principle"]
            },
        }

    def one(self, table: str, text: str, place: tuple[Origin, str]) -> Value:
        """Return the id of the row with this name; raises RefusedError, which names the cell."""
        if not text:
            return None
        if text not in self._ids[table]:
            origin, column = place
            known = BETWEEN.join(self._ids[table])
            word = TABLES[table].word
            raise refused(
                origin.at(column), f"の「{text}」は{word}の一覧にありません。ある値: {known}。"
            )
        return self._ids[table][text]

    def several(self, table: str, text: str, place: tuple[Origin, str]) -> Iterator[Value]:
        """Yield the ids of the rows whose names stand in a text, one behind the other."""
        for name in split_names(text, self._ids[table]):
            yield self.one(table, name, place)
