"""Reads the rows of the one table back, from whatever sheets they stand in.

People may have left the values in other forms than they were written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from kyodo_desktop.domain import errors, field_types, fiscal_year
from kyodo_desktop.domain.interchange import checking, escaping, flat_rows, json_form, whole_plan
from kyodo_desktop.domain.tables import EARLIER_WORDS, NAMES, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MARKS = {flat_rows.WORD, flat_rows.KEY, "実行計画キー"}
_TABLES_BY_WORD = {table.word: name for name, table in TABLES.items()}
_TARGET = "対象の種別"
_ISO = {
    field_types.Storage.MONTH: re.compile(r"\d{4}-\d\d"),
    field_types.Storage.DAY: re.compile(r"\d{4}-\d\d-\d\d"),
}
_CODES = {
    (name, column.name): {word: code for code, word in column.words.items()}
    for name, table in TABLES.items()
    for column in table.columns
}
_KEPT = "計画のファイルは作成していません。"


class Sheet(NamedTuple):
    """A sheet, or the whole of a CSV: its texts by row and column."""

    name: str
    rows: Sequence[Sequence[str]]

    @property
    def is_ours(self) -> bool:
        """Tell whether it begins with the headings of an export of ours."""
        return is_heading_row(next((row for row in self.rows if any(map(str.strip, row))), ()))


class _Found(NamedTuple):
    """A row: the texts of its own columns by heading, without those that are empty."""

    word: str
    texts: dict[str, str]
    origin: whole_plan.Origin
    context: dict[str, str]


def is_heading_row(row: Iterable[str]) -> bool:
    """Tell whether these are the headings of an export of ours."""
    return {flat_rows.WORD, flat_rows.KEY} <= {text.strip() for text in row}


def from_sheets(sheets: Iterable[Sheet], file: str) -> whole_plan.WholePlan:
    """Return the plan that the sheets say together; raises RefusedError, which names the place.

    Sheets without our headings belong to somebody else, and so do columns that we do not
    know.
    """
    found, more = defaultdict[str, list[_Found]](list), list[_Found]()
    version: int | str | None = None
    for row in (row for sheet in sheets for row in _rows(sheet)):
        if row.word == flat_rows.FORMAT_WORD and row.texts.get("名前") == whole_plan.FORMAT:
            version = field_types.whole_number(row.texts.get("順番", ""))
        elif row.word == flat_rows.MORE_WORD:
            more.append(row)
        else:
            found[_TABLES_BY_WORD[row.word]].append(row)
    if version is None:
        raise errors.RefusedError(
            f"「{file}」に種別「{flat_rows.FORMAT_WORD}」の行がありません。"
            f"書き出したときの行は消さずに残してください。{_KEPT}"
        )
    json_form.expect_version(version, file)
    _lengthen(found, more)
    return _typed(found)


def _rows(sheet: Sheet) -> Iterator[_Found]:
    rows = enumerate(sheet.rows, start=1)
    first = next(((number, row) for number, row in rows if any(map(str.strip, row))), None)
    if first is None or not is_heading_row(first[1]):
        return
    words = [_now(text) for text in first[1]]
    columns = _columns(sheet, first[0], words)
    headings = [word if word in flat_rows.HEADINGS else "" for word in words]
    missing = {
        word: sorted(own - columns.keys() - flat_rows.LATER.get(word, frozenset()))
        for word, own in flat_rows.OWN.items()
    }
    for number, row in rows:
        # no strict zip: a row may end early, or go on beyond the headings
        texts = {heading: text for heading, text in zip(headings, row) if text and heading}  # noqa: B905
        if any(map(str.strip, texts.values())):
            for heading in texts.keys() & {flat_rows.WORD, _TARGET}:
                texts[heading] = _now(texts[heading])
            yield _found(texts, whole_plan.Origin("", sheet.name, number, columns), missing)


def _now(text: str) -> str:
    """Return the word that is used now for what an earlier version may have written."""
    word = text.strip()
    return EARLIER_WORDS.get(word, word)


def _columns(sheet: Sheet, number: int, words: Sequence[str]) -> dict[str, int]:
    """Return the column of each heading of the row, counted from 1."""
    columns: dict[str, int] = {}
    for place, heading in enumerate(words, start=1):
        if heading in columns and heading in flat_rows.HEADINGS:
            origin = whole_plan.Origin("", sheet.name, number, {heading: place})
            raise checking.refused(origin.at(heading), "という見出しが2つあります。")
        columns.setdefault(heading, place)
    return columns


def _found(
    texts: dict[str, str], origin: whole_plan.Origin, missing: Mapping[str, list[str]]
) -> _Found:
    word = texts.get(flat_rows.WORD, "")
    if word not in flat_rows.OWN:
        words = "、".join(_TABLES_BY_WORD)
        _refuse(origin, flat_rows.WORD, f"の「{word}」は使えません。使えるのは{words}です。")
    for heading in missing[word]:
        _refuse(origin, heading, "の列がありません。見出しを書き出したときのままにしてください。")
    own = {heading: text for heading, text in texts.items() if heading in flat_rows.OWN[word]}
    rest = {heading: text for heading, text in texts.items() if heading not in own}
    context = {heading: text for heading, text in rest.items() if heading in flat_rows.CONTEXT}
    for heading in rest.keys() - context.keys():
        _refuse(origin, heading, f"には、種別「{word}」の行では何も入れられません。")
    return _Found(word, own, origin, context)


def _lengthen(found: dict[str, list[_Found]], more: list[_Found]) -> None:
    """Put the rest behind each text that was too long for a cell."""
    by_key = {
        (row.word, row.texts.get(flat_rows.KEY)): row
        for name in {_TABLES_BY_WORD.get(row.texts.get(_TARGET, ""), "") for row in more}
        for row in found[name]
    }
    for row in sorted(more, key=lambda row: str(row.texts.get("順番", "")).zfill(9)):
        begun = by_key.get((row.texts.get(_TARGET, ""), row.texts.get(flat_rows.KEY)))
        if begun is None or row.texts.get(flat_rows.PART) not in flat_rows.OWN[begun.word]:
            _refuse(row.origin, flat_rows.KEY, "が指す行がありません。")
        heading = row.texts[flat_rows.PART]
        begun.texts[heading] = begun.texts.get(heading, "") + row.texts.get("文", "")


def _typed(found: dict[str, list[_Found]]) -> whole_plan.WholePlan:
    """Return the rows by the columns of the database, each with its id."""
    texts = {
        name: [
            {
                heading: escaping.unescaped(_with_plain_ends(text))
                for heading, text in row.texts.items()
            }
            for row in found[name]
        ]
        for name in TABLES
    }
    origins = {
        (name, place): row.origin for name in TABLES for place, row in enumerate(found[name])
    }
    contexts = {
        (name, place): row.context for name in TABLES for place, row in enumerate(found[name])
    }
    reader = _Reader(texts, origins)
    # Keys first: what refers to others by their names needs them.
    keys = checking.with_ids({name: reader.keys(name) for name in ("change", *TABLES)})
    tables: dict[str, list[whole_plan.Row]] = {
        name: [{**key, **reader.row(name, place, keys)} for place, key in enumerate(keys[name])]
        for name in TABLES
    }
    return whole_plan.WholePlan(tables, origins, contexts)


def _with_plain_ends(text: str) -> str:
    """Return the text with plain ends of lines where another program wrote its own.

    Those of the plan itself are among the signs.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse(origin: whole_plan.Origin, heading: str, reason: str) -> NoReturn:
    raise checking.refused(origin.at(heading), reason)


class _Reader:
    """Reads the values of rows; `texts` are the cells of each row by table and heading."""

    def __init__(
        self,
        texts: Mapping[str, list[dict[str, str]]],
        origins: Mapping[tuple[str, int], whole_plan.Origin],
    ) -> None:
        self._texts = texts
        self._origins = origins
        plan = texts["plan"][0] if texts["plan"] else {}
        years = (plan.get(heading, "") for heading in ("開始年度", "終了年度"))
        self._near = whole_plan.years_of(*map(field_types.whole_number, years))
        self._ids: dict[str, dict[whole_plan.Value, whole_plan.Value]] = {}

    def keys(self, name: str) -> list[whole_plan.Row]:
        """Return the ids of a table's rows, and of which rows 変更 speaks."""
        found: list[whole_plan.Row] = []
        for row in self._texts[name]:
            key: dict[str, whole_plan.Value] = {
                "id": field_types.whole_number(row[flat_rows.KEY])
                if flat_rows.KEY in row
                else None
            }
            if name == "change":
                word = row.get(_TARGET, "")
                key["table_name"] = _TABLES_BY_WORD.get(word, word)
                key["row_id"] = field_types.whole_number(row.get("対象キー", ""))
            found.append(key)
        return found

    def row(
        self, name: str, place: int, keys: Mapping[str, list[whole_plan.Row]]
    ) -> whole_plan.Row:
        """Return the values of a row by column; a later one may not be in its sheet."""
        texts, columns = self._texts[name][place], self._origins[name, place].columns
        row: dict[str, whole_plan.Value] = {}
        for column in TABLES[name].columns:
            if column.is_later and column.heading not in columns:
                continue
            text = texts.get(column.heading, "")
            if column.refers in NAMES:
                row[column.name] = self._named(name, place, column, text, keys)
            else:
                row[column.name] = self._value(name, place, column, text)
        return row

    def _value(
        self, name: str, place: int, column: field_types.Column, text: str
    ) -> whole_plan.Value:
        if not text:
            if column.optional:
                return None
            if column.type.storage is not field_types.Storage.NUMBER:
                return ""
            return column.earlier if column.is_later else None
        if column.type.storage is field_types.Storage.NUMBER:
            return field_types.whole_number(text)
        if column.type.storage in _ISO and not _ISO[column.type.storage].fullmatch(text):
            return self._date(name, place, column, text)
        return _CODES[name, column.name].get(EARLIER_WORDS.get(text, text), text)

    def _date(self, name: str, place: int, column: field_types.Column, text: str) -> str | None:
        """Read a month or a day that was typed in another form."""
        read = (
            fiscal_year.parse_month
            if column.type.storage is field_types.Storage.MONTH
            else fiscal_year.parse_day
        )
        try:
            return read(text, near=self._near, field=column.heading)
        except errors.InvalidInputError as error:
            where = self._origins[name, place].at(column.heading)
            reason = error.message.removeprefix(f"「{column.heading}」")
            raise checking.refused(where, reason) from error

    def _named(
        self,
        name: str,
        place: int,
        column: field_types.Column,
        text: str,
        keys: Mapping[str, list[whole_plan.Row]],
    ) -> whole_plan.Value:
        """Return the id of the row that has this name."""
        if not text:
            return None
        ids = self._ids_of(column.refers, keys)
        if text not in ids:
            known = "、".join(map(str, ids))
            where = self._origins[name, place].at(column.heading)
            word = TABLES[column.refers].word
            raise checking.refused(
                where, f"の「{text}」は種別「{word}」の行にありません。ある値: {known}。"
            )
        return ids[text]

    def _ids_of(
        self, table: str, keys: Mapping[str, list[whole_plan.Row]]
    ) -> dict[whole_plan.Value, whole_plan.Value]:
        if table not in self._ids:
            heading = next(
                column.heading for column in TABLES[table].columns if column.name == NAMES[table]
            )
            self._ids[table] = {
                row.get(heading, ""): key["id"]
                for row, key in zip(self._texts[table], keys[table], strict=True)
            }
        return self._ids[table]
