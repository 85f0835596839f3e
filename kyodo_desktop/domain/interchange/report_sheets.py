"""Brings back the plan that a report of 0.3 holds: as of its round, without history.

データ has the actions, row by row, 計画の定義, which is hidden, all the rest.
"""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, errors, field_types
from kyodo_desktop.domain.action_fields import Field, Scope, Use, columns
from kyodo_desktop.domain.interchange import checking, flat_rows, whole_plan
from kyodo_desktop.domain.numbering import number
from kyodo_desktop.domain.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kyodo_desktop.domain.interchange.sheet_rows import Sheet

DEFINITION_SHEET = "計画の定義"

Step = tuple[str, str]
"""A heading's printed number and its title."""

_ACTION_FIELDS = action_fields.taking_part(Use.DATA, Scope.ACTION)
_LINE_FIELDS = action_fields.taking_part(Use.DATA, Scope.LINE)
_ROUND_FIELDS = action_fields.taking_part(Use.DATA, Scope.ROUND)
_TERM = ("期", "期の開始年度", "期の終了年度")
_ACTION = tuple(field.heading for field in _ACTION_FIELDS)
_STATUS, *_TEXTS = (field.heading for field in _LINE_FIELDS)
_LINE = ("行", _STATUS, "状態名", *_TEXTS)
_OUTLOOK = tuple(field.heading for field in _ROUND_FIELDS)
_OF_ACTION, _KEY_OF_ACTION = 4, 3  # number, title, key, and whether it is a 再掲
_KEY_COLUMN = 2
_COLUMNS = {
    (name, column.name): column for name, table in TABLES.items() for column in table.columns
}
_ROWS_OF_DATA = frozenset(
    (
        "placement",
        *(scope.value for scope in Scope),
        *(
            field.type.table
            for field in _ACTION_FIELDS
            if isinstance(field.type, field_types.Links)
        ),
    )
)


def from_report(data: Sheet, definition: Sheet) -> whole_plan.WholePlan:
    """Return the plan; raises RefusedError, which names the cell."""
    defined = _Definition(definition)
    builder = _Builder(defined.tables, defined.origins())
    for row in report_rows(data, [str(level["name"]) for level in defined.tables["level"]]):
        builder.add(row)
    return builder.finished()


class _Builder:
    """Makes the rows of the tables of what the rows of データ say."""

    def __init__(
        self,
        tables: dict[str, list[whole_plan.Row]],
        origins: dict[tuple[str, int], whole_plan.Origin],
    ) -> None:
        styles = [str(level["numbering"]) for level in tables["level"]]
        self._tables, self._origins = tables, origins
        self._style = styles[-1]
        self._headings = _HeadingFinder(tables["heading"], styles)
        self._names = _Names(tables)
        self._terms = {_term_of(row): row["id"] for row in tables["term"]}
        self._actions: dict[str, ReportRow] = {}
        self._lines: dict[tuple[str, str], ReportRow] = {}
        self._placed: dict[whole_plan.Value, list[str]] = {}
        self._places: list[tuple[bool, ReportRow, whole_plan.Row]] = []

    def add(self, row: ReportRow) -> None:
        """Take a row up."""
        term_id = self._term_id(row)
        if not row.path:
            return
        heading_id = self._headings.found(term_id, row.path)
        if not row.title:
            return
        self._place(heading_id, row)
        _expect_same(self._actions.setdefault(row.key, row), row, (*_ACTION, *_OUTLOOK))
        if row.cells["行"]:
            line = self._lines.setdefault((row.key, row.cells["行"]), row)
            _expect_same(line, row, _LINE)

    def finished(self) -> whole_plan.WholePlan:
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
        return whole_plan.WholePlan(self._tables, self._origins)

    def _term_id(self, row: ReportRow) -> whole_plan.Value:
        term = tuple(row.cells[column] for column in _TERM)
        if term not in self._terms:
            raise checking.refused(row.origin.at("期"), "とその年度が、計画の定義にありません。")
        return self._terms[term]

    def _place(self, heading_id: whole_plan.Value, row: ReportRow) -> None:
        if not row.key:
            raise checking.refused(row.origin.at("行"), "の実行計画にキーがありません。")
        placed = self._placed.setdefault(heading_id, [])
        if row.key in placed:
            return
        usual = number(self._style, len(placed) + 1)
        place: whole_plan.Row = {
            "heading_id": heading_id,
            "position": len(placed),
            "action_id": _key(row),
            "number": "" if row.number == usual else row.number,
        }
        placed.append(row.key)
        self._places.append((row.relisted, row, place))

    def _action(self, row: ReportRow) -> whole_plan.Row:
        values = self._values(row, (field for field in _ACTION_FIELDS if field.column))
        return {"id": _key(row), "term_id": self._term_id(row), "title": row.title, **values}

    def _values(self, row: ReportRow, fields: Iterable[Field[Any]]) -> dict[str, whole_plan.Value]:
        """Return the values of fields by their columns."""
        return {
            field.column.name: self._loaded(row, field)
            for field in fields
            if field.column and field.heading in row.cells
        }

    def _loaded(self, row: ReportRow, field: Field[Any]) -> Any:
        """Return the value of a cell as it was written, or typed in another form."""
        try:
            return field.type.load(row.cells[field.heading], self._names, field.heading)
        except errors.InvalidInputError as error:
            reason = error.message.removeprefix(f"「{field.heading}」")
            raise checking.refused(row.origin.at(field.heading), reason) from error

    def _add_belongings(self, row: ReportRow) -> None:
        for field in _ACTION_FIELDS:
            if isinstance(field.type, field_types.Links) and field.heading in row.cells:
                for id_ in self._loaded(row, field):
                    linked = field.type.row_to(id_)
                    self._add(field.type.table, row, action_id=_key(row), **linked)
        values = self._values(row, _ROUND_FIELDS)
        if any(
            column.name in values and values[column.name] != column.type.empty
            for column in columns(Scope.ROUND)
        ):
            self._add_of_rounds(Scope.ROUND, row, values)

    def _add_line(self, row: ReportRow) -> None:
        position = _whole(row, "行", row.cells["行"]) - 1
        self._add_of_rounds(
            Scope.LINE, row, {"position": position, **self._values(row, _LINE_FIELDS)}
        )

    def _add_of_rounds(
        self, scope: Scope, row: ReportRow, values: Mapping[str, whole_plan.Value]
    ) -> None:
        """Add what the round says of an action."""
        for round_ in self._tables["round"]:
            keys = {"round_id": round_["id"], "action_id": _key(row), "carried": 0}
            self._add(scope.value, row, **keys, **values)

    def _add(self, table: str, row: ReportRow, **values: whole_plan.Value) -> None:
        rows = self._tables[table]
        self._origins[table, len(rows)] = whole_plan.Origin(
            f"「{row.origin.sheet}」シート {row.origin.row}行の"
        )
        rows.append({"id": len(rows) + 1, **values})


class _Names:
    """The vocabularies that 計画の定義 lists, by what the rows of データ call them."""

    def __init__(self, tables: dict[str, list[whole_plan.Row]]) -> None:
        plan: whole_plan.Row = tables["plan"][0] if tables["plan"] else {}
        years = plan.get("first_fiscal_year"), plan.get("last_fiscal_year")
        self.near = whole_plan.years_of(*years)
        self._tables = tables
        self._known: dict[str, dict[str, int]] = {}

    def ids(self, to: field_types.Reference) -> dict[str, int]:
        """Return the ids of the rows that can be referred to, by what they are called."""
        if to.table not in self._known:
            rows = (SimpleNamespace(**row) for row in self._tables[to.table])
            self._known[to.table] = {to.name_of(row): row.id for row in rows}
        return self._known[to.table]


# データ


class ReportRow(NamedTuple):
    """A row of データ: its headings from the top, its action, and its other cells by column."""

    path: tuple[Step, ...]
    number: str
    title: str
    key: str
    relisted: bool
    cells: Mapping[str, str]
    origin: whole_plan.Origin


def report_columns(levels: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns; those above the actions bear names of the plan."""
    *upper, last = levels
    headings = [name for level in upper for name in (f"{level}番号", level)]
    action = (f"{last}番号", last, f"{last}キー", "再掲")
    return (*_TERM, *headings, *action, *_ACTION, "調査", "基準日", *_LINE, *_OUTLOOK)


def report_rows(sheet: Sheet, levels: Sequence[str]) -> Iterator[ReportRow]:
    """Yield the rows; raises RefusedError where a column is not where it was written."""
    first = sheet.rows[0] if sheet.rows else ()
    names = [
        name for name in report_columns(levels) if name in first or name not in _later_columns()
    ]
    _expect_columns(sheet, names)
    above, action = len(_TERM), len(_TERM) + 2 * (len(levels) - 1)
    places = {name: place for place, name in enumerate(names, start=1)}
    places[flat_rows.KEY] = action + _KEY_OF_ACTION
    for row_number, texts in enumerate(sheet.rows[1:], start=2):
        if not any(texts[: len(names)]):
            continue
        cells = [*texts, *[""] * (len(names) - len(texts))][: len(names)]
        number, title, key, relisted = cells[action : action + _OF_ACTION]
        steps = zip(cells[above:action:2], cells[above + 1 : action : 2], strict=True)
        yield ReportRow(
            tuple(step for step in steps if step[1]),
            *(number, title, key, bool(relisted)),
            dict(zip(names[:above], cells[:above], strict=True))
            | dict(zip(names[action + 4 :], cells[action + 4 :], strict=True)),
            whole_plan.Origin("", sheet.name, row_number, places),
        )


def _later_columns() -> frozenset[str]:
    """Return the names of the columns that reports of earlier versions do not have."""
    fields = (*_ACTION_FIELDS, *_LINE_FIELDS, *_ROUND_FIELDS)
    return frozenset(field.heading for field in fields if field.is_later)


def _expect_columns(sheet: Sheet, columns: Sequence[str]) -> None:
    first = [*(sheet.rows[0] if sheet.rows else ()), *[""] * len(columns)]
    for place, column in enumerate(columns):
        if first[place] != column:
            origin = whole_plan.Origin("", sheet.name, 1, {column: place + 1})
            raise checking.refused(origin.at(column), "の列がここにありません。")


def _term_of(row: whole_plan.Row) -> tuple[str, ...]:
    return str(row["name"]), str(row["first_fiscal_year"]), str(row["last_fiscal_year"])


def _key(row: ReportRow) -> int:
    return _whole(row, flat_rows.KEY, row.key)


def _whole(row: ReportRow, column: str, text: str) -> int:
    """Return the number of a cell; raises RefusedError where it is none."""
    found = field_types.whole_number(text)
    if isinstance(found, int) and found:
        return found
    raise checking.refused(row.origin.at(column), "は1以上の整数にしてください。")


def _expect_same(first: ReportRow, row: ReportRow, columns: Sequence[str]) -> None:
    """Raise RefusedError where two rows of one action say different things of it."""
    for column in columns:
        if first.cells.get(column) != row.cells.get(column):
            raise checking.refused(
                row.origin.at(column),
                f"が、同じ実行計画について書いた{first.origin.row}行と違っています。",
            )


# 計画の定義


class _Definition:
    """The tables that the sheet says, with all fields of each row; levels are in their order.

    Raises RefusedError, which names the row, where one of the fields is gone that was always
    there.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._origins: dict[tuple[str, whole_plan.Value], whole_plan.Origin] = {}
        rows = self._rows()
        self.tables: dict[str, list[whole_plan.Row]] = {
            name: [self._whole(name, row) for row in found.values()]
            for name, found in rows.items()
        }
        self.tables["level"].sort(key=lambda row: str(row["position"]))
        if not checking.has_its_levels(self.tables["level"]):
            word = TABLES["level"].word
            raise checking.refused(
                f"「{sheet.name}」シートの{word}（level）の行", checking.LEVELS_WANTED
            )

    def origins(self) -> dict[tuple[str, int], whole_plan.Origin]:
        """Return where the rows stand, but headings, which データ says anew."""
        return {
            (name, place): self._origins[name, row["id"]]
            for name, rows in self.tables.items()
            if name != "heading"
            for place, row in enumerate(rows)
        }

    def _rows(self) -> dict[str, dict[whole_plan.Value, dict[str, whole_plan.Value]]]:
        found: dict[str, dict[whole_plan.Value, dict[str, whole_plan.Value]]] = {
            name: {} for name in TABLES
        }
        for row_number, cells in enumerate(self._sheet.rows[1:], start=2):
            table, key, name, text = (*cells, "", "", "", "")[:4]
            column = _COLUMNS.get((table, name))
            if column is None or table in _ROWS_OF_DATA:
                continue
            id_ = field_types.whole_number(key)
            if not isinstance(id_, int) or id_ == 0:
                place = whole_plan.Origin("", self._sheet.name, row_number, {"キー": _KEY_COLUMN})
                raise checking.refused(place.at("キー"), "は1以上の整数にしてください。")
            row = found[table].setdefault(id_, {"id": id_})
            row[name] = _value(column, text)
            label = f"「{self._sheet.name}」シート {row_number}行からの{TABLES[table].word}"
            self._origins.setdefault((table, id_), whole_plan.Origin(label))
        return found

    def _whole(self, table: str, row: Mapping[str, whole_plan.Value]) -> whole_plan.Row:
        whole = dict(row)
        for column in TABLES[table].columns:
            if column.name not in whole:
                if column.optional:
                    whole[column.name] = None
                elif not column.is_later:
                    origin = self._origins[table, row["id"]]
                    raise checking.refused(origin.at(column.heading), "の行がありません。")
        return whole


def _value(column: field_types.Column, text: str) -> whole_plan.Value:
    if column.type.storage is field_types.Storage.NUMBER:
        return field_types.whole_number(text) if text else None
    return text or (None if column.optional else "")


class _HeadingFinder:
    """Keeps the ids that 計画の定義 knows; a heading that it does not know is a new one.

    `styles` are those of the levels from the top. `rows` grow in the order of the sheet, which
    is that of print.
    """

    def __init__(self, known: Sequence[whole_plan.Row], styles: Sequence[str]) -> None:
        self.rows: list[whole_plan.Row] = []
        self._known = list(known)
        self._styles = styles
        self._found: dict[tuple[whole_plan.Value, tuple[Step, ...]], whole_plan.Value] = {}
        self._count: Counter[tuple[whole_plan.Value, whole_plan.Value]] = Counter()
        self._newest = max((_integer(row["id"]) for row in known), default=0)

    def found(self, term_id: whole_plan.Value, path: tuple[Step, ...]) -> whole_plan.Value:
        """Return the id of the heading at the end of the path."""
        key = (term_id, path)
        if key not in self._found:
            parent_id = self.found(term_id, path[:-1]) if path[1:] else None
            self._found[key] = self._made(term_id, parent_id, path)
        return self._found[key]

    def _made(
        self, term_id: whole_plan.Value, parent_id: whole_plan.Value, path: tuple[Step, ...]
    ) -> whole_plan.Value:
        printed, title = path[-1]
        place = self._count[term_id, parent_id]
        self._count[term_id, parent_id] += 1
        usual = number(self._styles[min(len(path), len(self._styles) - 1) - 1], place + 1)
        self.rows.append(
            {
                "id": self._id(term_id, parent_id, title),
                "term_id": term_id,
                "parent_id": parent_id,
                "position": place,
                "title": title,
                "number": "" if printed == usual else printed,
            }
        )
        return self.rows[-1]["id"]

    def _id(
        self, term_id: whole_plan.Value, parent_id: whole_plan.Value, title: str
    ) -> whole_plan.Value:
        """Return the id of the known heading, each once; else one that none has."""
        wanted = (term_id, parent_id, title)
        for place, row in enumerate(self._known):
            if (row["term_id"], row["parent_id"], row["title"]) == wanted:
                return self._known.pop(place)["id"]
        self._newest += 1
        return self._newest


def _integer(value: whole_plan.Value) -> int:
    return value if isinstance(value, int) else 0
