"""Brings back the plan that a report holds: as of the round that it shows, without history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.field_types import whole_number
from kyodo_desktop.domain.fiscal_year import parse_month
from kyodo_desktop.domain.interchange.checking import refused
from kyodo_desktop.domain.interchange.headings import KEY
from kyodo_desktop.domain.interchange.report_definition import Definition
from kyodo_desktop.domain.interchange.report_headings import HeadingFinder
from kyodo_desktop.domain.interchange.report_names import Names
from kyodo_desktop.domain.interchange.report_rows import (
    ACTION,
    LINE,
    OUTLOOK,
    TERM,
    ReportRow,
    report_rows,
)
from kyodo_desktop.domain.interchange.values import ERA_UNKNOWN
from kyodo_desktop.domain.interchange.whole_plan import Origin, Row, Value, WholePlan
from kyodo_desktop.domain.numbering import number
from kyodo_desktop.domain.plan import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.interchange.sheet_rows import Sheet

_MANY = {"主体": ("action_actor", "actor"), "基本原則": ("action_principle", "principle")}


def from_report(data: Sheet, definition: Sheet) -> WholePlan:
    """Return the plan; raises RefusedError, which names the cell."""
    defined = Definition(definition)
    builder = _Builder(defined.tables, defined.origins())
    for row in report_rows(data, [str(level["name"]) for level in defined.tables["level"]]):
        builder.add(row)
    return builder.finished()


class _Builder:
    """Makes the rows of the tables of what the rows of データ say."""

    def __init__(
        self, tables: dict[str, list[Row]], origins: dict[tuple[str, int], Origin]
    ) -> None:
        styles = [str(level["numbering"]) for level in tables["level"]]
        self._tables, self._origins = tables, origins
        self._style = styles[-1]
        self._headings = HeadingFinder(tables["heading"], styles)
        self._names = Names(tables)
        first = tables["plan"][0]["first_fiscal_year"] if tables["plan"] else None
        self._era_from = first if isinstance(first, int) else ERA_UNKNOWN
        self._terms = {_term_of(row): row["id"] for row in tables["term"]}
        self._actions: dict[str, ReportRow] = {}
        self._lines: dict[tuple[str, str], ReportRow] = {}
        self._placed: dict[Value, list[str]] = {}
        self._places: list[tuple[bool, ReportRow, Row]] = []

    def add(self, row: ReportRow) -> None:
        """Take a row up."""
        term_id = self._term_id(row)
        if not row.path:
            return
        heading_id = self._headings.found(term_id, row.path)
        if not row.title:
            return
        self._place(heading_id, row)
        _expect_same(self._actions.setdefault(row.key, row), row, (*ACTION, *OUTLOOK))
        if row.cells["行"]:
            line = self._lines.setdefault((row.key, row.cells["行"]), row)
            _expect_same(line, row, LINE)

    def finished(self) -> WholePlan:
        """Return all that was taken up."""
        # The first placement made is the home of its action, the others are 再掲.
        for _, row, place in sorted(self._places, key=lambda each: each[0]):
            self._add("placement", row, **place)
        self._tables["heading"] = self._headings.rows
        for row in self._actions.values():
            self._add("action", row, **self._action(row))
            self._add_belongings(row)
        for row in self._lines.values():
            self._add_line(row)
        return WholePlan(self._tables, self._origins)

    def _term_id(self, row: ReportRow) -> Value:
        term = tuple(row.cells[column] for column in TERM)
        if term not in self._terms:
            raise refused(row.origin.at("期"), "とその年度が、計画の定義にありません。")
        return self._terms[term]

    def _place(self, heading_id: Value, row: ReportRow) -> None:
        if not row.key:
            raise refused(row.origin.at("行"), "の実行計画にキーがありません。")
        placed = self._placed.setdefault(heading_id, [])
        if row.key in placed:
            return
        usual = number(self._style, len(placed) + 1)
        place: Row = {
            "heading_id": heading_id,
            "position": len(placed),
            "action_id": _key(row),
            "number": "" if row.number == usual else row.number,
        }
        placed.append(row.key)
        self._places.append((row.relisted, row, place))

    def _action(self, row: ReportRow) -> Row:
        cells = row.cells
        return {
            "id": _key(row),
            "term_id": self._term_id(row),
            "title": row.title,
            "description": cells["内容"],
            "start_fiscal_year": _number(row, "開始年度"),
            "due": self._month(row, "完了予定"),
            "note": cells["備考"],
            "continues_id": _number(row, "継続元キー"),
        }

    def _month(self, row: ReportRow, column: str) -> str | None:
        """Read a month as it was written or typed in another form."""
        try:
            return parse_month(row.cells[column], era_from=self._era_from, field=column)
        except InvalidInputError as error:
            reason = error.message.removeprefix(f"「{column}」")
            raise refused(row.origin.at(column), reason) from error

    def _add_belongings(self, row: ReportRow) -> None:
        action_id, origin = _key(row), row.origin
        for role in Role:
            for id_ in self._names.several("section", row.cells[role.label], (origin, role.label)):
                said = {"action_id": action_id, "section_id": id_, "role": role.value}
                self._add("assignment", row, **said)
        for column, (table, named) in _MANY.items():
            for id_ in self._names.several(named, row.cells[column], (origin, column)):
                self._add(table, row, action_id=action_id, **{f"{named}_id": id_})
        direction = self._names.one("direction", row.cells["方向性"], (origin, "方向性"))
        text = row.cells["今後の方向性"]
        if direction is not None or text:
            self._add_said("outlook", row, direction_id=direction, text=text)

    def _add_line(self, row: ReportRow) -> None:
        self._add_said(
            "progress",
            row,
            position=_whole(row, "行", row.cells["行"]) - 1,
            status_id=self._names.one("status", row.cells["状態"], (row.origin, "状態")),
            text=row.cells["進捗状況"],
            section_id=self._names.one("section", row.cells["記入課"], (row.origin, "記入課")),
        )

    def _add_said(self, table: str, row: ReportRow, **values: Value) -> None:
        """Add what the round says of an action."""
        for round_ in self._tables["round"]:
            said = {"round_id": round_["id"], "action_id": _key(row), "carried": 0}
            self._add(table, row, **said, **values)

    def _add(self, table: str, row: ReportRow, **values: Value) -> None:
        rows = self._tables[table]
        self._origins[table, len(rows)] = Origin(
            f"「{row.origin.sheet}」シート {row.origin.row}行の"
        )
        rows.append({"id": len(rows) + 1, **values})


def _term_of(row: Row) -> tuple[str, ...]:
    return str(row["name"]), str(row["first_fiscal_year"]), str(row["last_fiscal_year"])


def _key(row: ReportRow) -> int:
    return _whole(row, KEY, row.key)


def _number(row: ReportRow, column: str) -> int | None:
    text = row.cells[column]
    return _whole(row, column, text) if text else None


def _whole(row: ReportRow, column: str, text: str) -> int:
    """Return the number of a cell; raises RefusedError where it is none."""
    found = whole_number(text)
    if isinstance(found, int) and found:
        return found
    raise refused(row.origin.at(column), "は1以上の整数にしてください。")


def _expect_same(first: ReportRow, row: ReportRow, columns: Sequence[str]) -> None:
    """Raise RefusedError where two rows of one action say different things of it."""
    for column in columns:
        if first.cells[column] != row.cells[column]:
            raise refused(
                row.origin.at(column),
                f"が、同じ実行計画について書いた{first.origin.row}行と違っています。",
            )
