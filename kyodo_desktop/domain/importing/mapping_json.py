"""A mapping as a text, to be kept in a plan or in a file and used again next year."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.importing.mapping import (
    ColumnChoice,
    ColumnRole,
    FormMapping,
    LabelChoice,
    Mapping,
    RoundChoice,
    SheetChoice,
    StatusChoice,
    ValueSide,
)
from kyodo_desktop.domain.inputs import YEARS, checked_day, checked_numbering
from kyodo_desktop.domain.plan import StatusKind

if TYPE_CHECKING:
    from collections.abc import Callable

_FIELD = "取込設定"
_FORMAT = "kyodo-desktop mapping 1"
_KINDS = {str: "文字", int: "数", bool: "true か false", list: "一覧", dict: "項目の集まり"}


def mapping_as_json(mapping: Mapping) -> str:
    """Return the mapping as JSON that people can read."""
    values = {"format": _FORMAT, **_as_parts(mapping)}
    return json.dumps(values, ensure_ascii=False, indent=1)


def _as_parts(value: Any) -> Any:
    """Return named tuples as {…} with their names, and all that is in them."""
    if hasattr(value, "_asdict"):
        return {name: _as_parts(each) for name, each in value._asdict().items()}
    return [_as_parts(each) for each in value] if isinstance(value, tuple) else value


def mapping_from_json(text: str) -> Mapping:
    """Read a mapping; raises InvalidInputError that names what is wrong, and where."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f"（{error.lineno}行目）" if isinstance(error, json.JSONDecodeError) else ""
        raise InvalidInputError(
            _FIELD,
            f"のファイルを読み取れません{place}。「この取込設定を保存」で作ったファイルを選んでください。",
        ) from error
    if not isinstance(values, dict) or values.get("format") != _FORMAT:
        raise InvalidInputError(
            _FIELD,
            "のファイルではありません。「この取込設定を保存」で作ったファイルを選んでください。",
        )
    return _mapping(_Part(values, ""))


class _Part:
    """One {…} of the file and where it stands, so that a message can say so."""

    def __init__(self, values: Any, where: str) -> None:
        self._where = where
        if not isinstance(values, dict):
            self.refuse("", "は項目の集まりではありません。")
        self._values: dict[str, Any] = values

    def refuse(self, name: str, reason: str) -> NoReturn:
        place = self._within(name)
        raise InvalidInputError(_FIELD, f"の「{place}」{reason}")

    def get(self, name: str, kind: type) -> Any:
        value = self._values.get(name)
        if type(value) is not kind:
            what = (
                "がありません。"
                if name not in self._values
                else f"が{_KINDS[kind]}ではありません。"
            )
            self.refuse(name, what)
        return value

    def usual(self, name: str, value: bool) -> bool:
        """Return what a file of an earlier version does not have as it was then."""
        return bool(self.get(name, bool)) if name in self._values else value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return texts that a file of an earlier version does not have."""
        values = self.get(name, list) if name in self._values else []
        if not all(isinstance(each, str) for each in values):
            self.refuse(name, "が文字の一覧ではありません。")
        return tuple(values)

    def part(self, name: str) -> _Part | None:
        """Return a {…} in this one, if there is one."""
        values = self._values.get(name)
        return None if values is None else _Part(values, self._within(name))

    def _within(self, name: str) -> str:
        return "．".join(filter(None, (self._where, name)))

    def parts(self, name: str) -> list[_Part]:
        where = self._within(name)
        return [
            _Part(each, f"{where}の{place}番目")
            for place, each in enumerate(self.get(name, list), start=1)
        ]

    def checked(self, name: str, kind: type, check: Callable[[Any], Any]) -> Any:
        value = self.get(name, kind)
        try:
            return check(value)
        except (ValueError, InvalidInputError):
            self.refuse(name, f"の「{value}」は使えません。")


def _mapping(part: _Part) -> Mapping:
    return Mapping(
        title=part.get("title", str),
        sheets=tuple(_sheet(each) for each in part.parts("sheets")),
        levels=tuple(part.checked("levels", list, _levels)),
        statuses=tuple(_status(each) for each in part.parts("statuses")),
        rounds=tuple(_round(each) for each in part.parts("rounds")),
        group_rows=part.get("group_rows", bool),
        sheet_headings=part.get("sheet_headings", bool),
        splits=part.usual("splits", True),
        joins=part.usual("joins", False),
        hidden=part.usual("hidden", False),
        form=_form(part.part("form")),
        row_rounds=part.texts("row_rounds"),
    )


def _form(part: _Part | None) -> FormMapping | None:
    if part is None:
        return None
    return FormMapping(
        title=part.get("title", str),
        sheets=part.texts("sheets"),
        start=part.get("start", str),
        labels=tuple(_label(each) for each in part.parts("labels")),
        levels=tuple(part.checked("levels", list, _levels)),
        statuses=tuple(_status(each) for each in part.parts("statuses")),
        rounds=tuple(_round(each) for each in part.parts("rounds")),
    )


def _label(part: _Part) -> LabelChoice:
    return LabelChoice(
        words=part.get("words", str),
        group=part.get("group", str),
        row_words=part.get("row_words", str),
        side=part.checked("side", str, ValueSide),
        role=part.checked("role", str, ColumnRole),
        level=part.checked("level", int, _natural),
        round=part.get("round", str),
        printed=part.get("printed", str),
    )


def _levels(values: list[Any]) -> list[tuple[str, str]]:
    levels = [(name, checked_numbering(style)) for name, style in values]
    if not all(isinstance(name, str) for name, _ in levels):
        raise ValueError(values)
    return levels


def _sheet(part: _Part) -> SheetChoice:
    return SheetChoice(
        sheet=part.get("sheet", str),
        first_heading_row=part.checked("first_heading_row", int, _natural),
        last_heading_row=part.checked("last_heading_row", int, _natural),
        last_row=part.checked("last_row", int, _natural),
        columns=tuple(_column(each) for each in part.parts("columns")),
    )


def _column(part: _Part) -> ColumnChoice:
    return ColumnChoice(
        column=part.checked("column", int, _natural),
        words=part.get("words", str),
        role=part.checked("role", str, ColumnRole),
        level=part.checked("level", int, _natural),
        round=part.get("round", str),
    )


def _status(part: _Part) -> StatusChoice:
    return StatusChoice(
        mark=part.get("mark", str),
        label=part.get("label", str),
        definition=part.get("definition", str),
        kind=part.checked("kind", str, lambda value: StatusKind(value).value),
        told=part.usual("told", True),
    )


def _round(part: _Part) -> RoundChoice:
    return RoundChoice(
        name=part.get("name", str),
        fiscal_year=part.checked("fiscal_year", int, _year),
        as_of=part.checked("as_of", str, lambda value: checked_day(value, "時点")),
    )


def _natural(value: int) -> int:
    if value not in range(10_000_000):
        raise ValueError(value)
    return value


def _year(value: int) -> int:
    if value not in YEARS:
        raise ValueError(value)
    return value
