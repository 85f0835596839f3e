"""Makes sure that rows from outside can be a plan, before any of them is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import errors, field_types
from kyodo_desktop.domain.interchange.whole_plan import Misfit, Origin, Row, WholePlan
from kyodo_desktop.domain.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_KEPT = "計画のファイルは作成していません。"
_LONGEST = 500_000  # characters; what is longer is not read out of a plan's file either
_FEWEST_LEVELS, _MOST_LEVELS = 2, 5
LEVELS_WANTED = f"を{_FEWEST_LEVELS}～{_MOST_LEVELS}段にしてください。"


def refusal(whole: WholePlan, misfit: Misfit) -> errors.RefusedError:
    """Return the error for a row that does not fit, with its place and the way out."""
    word = TABLES[misfit.table].word
    if misfit.place is None:
        return refused(f"種別「{word}」の行", misfit.reason)
    unknown = Origin(f"種別「{word}」の{misfit.place + 1}件目の")
    origin = whole.origins.get((misfit.table, misfit.place), unknown)
    return refused(origin.at(heading_of(misfit.table, misfit.column)), misfit.reason)


def refused(where: str, reason: str) -> errors.RefusedError:
    """Return the error for a place that is named, with what to do."""
    return errors.RefusedError(f"{where}{reason}そこを直して、もう一度取り込んでください。{_KEPT}")


def heading_of(table: str, column: str) -> str:
    """Return the word for a column; キー for an id, and the column itself where it is unknown."""
    words = {column.name: column.heading for column in TABLES[table].columns}
    return {"id": "キー", **words}.get(column, column)


def checked(whole: WholePlan) -> WholePlan:
    """Return the rows, each with an id; raises RefusedError for the first that does not fit."""
    whole = whole._replace(tables=_with_later_columns(whole.tables))
    for misfit in _misfits(whole):
        raise refusal(whole, misfit)
    whole = whole._replace(tables=with_ids(whole.tables))
    for misfit in _broken_rules(whole):
        raise refusal(whole, misfit)
    return whole


def _with_later_columns(tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """Return the tables; a column that came later may be missing in all rows of its table."""
    whole = dict(tables)
    for name, rows in tables.items():
        later = {
            column.name: column.earlier
            for column in TABLES[name].columns
            if column.is_later and not any(column.name in row for row in rows)
        }
        if later:
            whole[name] = [{**later, **row} for row in rows]
    return whole


def _misfits(whole: WholePlan) -> Iterator[Misfit]:
    for name, table in TABLES.items():
        columns = table.columns
        known = {"id", *(column.name for column in columns)}
        for index, row in enumerate(whole.tables.get(name, ())):
            if not row.keys() <= known:
                unknown = min(row.keys() - known)
                yield Misfit(
                    name, index, unknown, "という項目は、このバージョンでは使われていません。"
                )
            if row.get("id") is not None and not _is_number(row["id"]):
                yield Misfit(name, index, "id", "は1以上の整数にしてください。")
            for column in columns:
                reason = (
                    _wrong(column, row[column.name])
                    if column.name in row
                    else "の値がありません。"
                )
                if reason:
                    yield Misfit(name, index, column.name, reason)


def _wrong(column: field_types.Column, value: Any) -> str:
    """Return why the value is none for its column; nothing where it is."""
    if value is None:
        return "" if column.optional else "の値がありません。"
    if column.type.storage is field_types.Storage.NUMBER:
        return "" if _is_number(value) or value == 0 else "は整数にしてください。"
    if not isinstance(value, str):
        return "は文字にしてください。"
    if len(value) > _LONGEST:
        return f"が長すぎます（{len(value):,}文字）。"
    if column.type.storage is field_types.Storage.JSON and not _is_object(value):
        return "の内容を読み取れません。書き出したときのままにしてください。"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "に、文字として成り立たないものが含まれています。"
    return ""


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, int) and not isinstance(value, bool) and 0 < value <= field_types.LARGEST
    )


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def with_ids(tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """Return the tables; a row that is new has got an id that no row ever had."""
    used: dict[object, int] = {}
    for row in tables.get("change", ()):
        if _is_number(row.get("row_id")):
            used[row["table_name"]] = max(used.get(row["table_name"], 0), int(row["row_id"] or 0))
    return {name: _numbered(tables.get(name, []), used.get(name, 0)) for name in TABLES}


def _numbered(rows: list[Row], used: int) -> list[Row]:
    new = [place for place, row in enumerate(rows) if row.get("id") is None]
    if not new:
        return rows
    used = max([used, *(int(row["id"] or 0) for row in rows if _is_number(row.get("id")))])
    numbered = list(rows)
    for id_, place in enumerate(new, start=used + 1):
        numbered[place] = {**rows[place], "id": id_}
    return numbered


def _broken_rules(whole: WholePlan) -> Iterator[Misfit]:
    """Yield what the database would not notice, but no plan can do without."""
    tables = whole.tables
    if len(tables["plan"]) != 1:
        yield Misfit("plan", None, "", "が1件ではありません。")
    if not has_its_levels(tables["level"]):
        yield Misfit("level", None, "name", LEVELS_WANTED)
    for name in ("term", "operation"):
        if not tables[name]:
            yield Misfit(name, None, "", "が1件もありません。")
    yield from _circles(tables["heading"])


def has_its_levels(levels: Sequence[Row]) -> bool:
    """Tell whether a plan may have so many levels."""
    return _FEWEST_LEVELS <= len(levels) <= _MOST_LEVELS


def _circles(headings: list[Row]) -> Iterator[Misfit]:
    """Yield a heading that stands below itself."""
    above = {row["id"]: row["parent_id"] for row in headings}
    safe: set[Any] = {None}
    for index, row in enumerate(headings):
        here, way = row["id"], list[Any]()
        while here not in safe and here not in way:
            way.append(here)
            here = above.get(here)
        if here in way:
            yield Misfit("heading", index, "parent_id", "をたどると、自分に戻ります。")
        safe.update(way)
