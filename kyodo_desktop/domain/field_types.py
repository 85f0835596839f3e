"""The types of fields: how a value is read, checked and shown, and how much room it takes.

A type knows nothing of the field that has it; `domain/action_fields.py` says which field has
which. A value is one thing throughout: what the column of the database holds, for fields with
rows of their own the ids that those rows point to.

* `parse` reads what a person typed, and also what `format` and `plain` have written.
* `check` refuses a value that may not be stored, and returns the others as they are stored.
* `format` is what people read; `texts` are its pieces, where several values stand together.
* `plain` is what other programs read; it names one value and no other. `cell` is the same as
  a cell of a workbook holds it.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from kyodo_desktop.domain import errors, fiscal_year, inputs
from kyodo_desktop.domain.texts import with_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from kyodo_desktop.domain.outline import Outline

T = TypeVar("T")
Cell = str | int | None
BETWEEN = "、"
DELETED = "（削除済み）"
PUBLIC, INTERNAL = True, False
"""Whether a city hall publishes what is written somewhere: said of each field and column."""
LARGEST = 2**53
"""What JSON, Excel and the trees of a window can hold."""

_SHORT = 9  # digits that need no further look


class WidthRange(NamedTuple):
    """Widths of a column in em: the least that looks well, and the one that most texts fit."""

    least: float
    best: float


class Storage(Enum):
    """What a column holds. Months are `YYYY-MM`, days `YYYY-MM-DD`."""

    TEXT = auto()
    NUMBER = auto()
    JSON = auto()
    MONTH = auto()
    DAY = auto()


class Names(Protocol):
    """What texts mean in one plan: its years, and the rows that are called by their names."""

    @property
    def near(self) -> fiscal_year.Near:
        """The years of the plan, for years without an era."""

    def ids(self, to: Reference) -> Mapping[str, int]:
        """Return the ids of the rows that can be referred to, by what they are called."""


class Labelled(Protocol):
    """A word of an enumeration."""

    @property
    def value(self) -> str:
        """The code."""

    @property
    def label(self) -> str:
        """The word that people read."""


def years_of(outline: Outline) -> fiscal_year.Near:
    """Return what the years without an era in an outline are near to."""
    first, last = outline.plan.first_fiscal_year, outline.plan.last_fiscal_year
    return fiscal_year.Near(first, last, outline.round.fiscal_year if outline.round else last)


class OutlineNames:
    """The names in an outline."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self.near = years_of(outline)

    def ids(self, to: Reference) -> Mapping[str, int]:
        """Return the ids of the rows that can be referred to, by what they are called."""
        return {to.name_of(row): id_ for id_, row in getattr(self._outline, to.rows).items()}


class FieldType(Generic[T]):
    """What all types can do; on its own it is a value that only passes through."""

    storage = Storage.TEXT
    empty: T
    """The value of a field that says nothing."""
    width = WidthRange(6, 12)
    is_running_text = False
    """Whether sentences are written there, which are compared word by word."""
    is_number = False
    is_chosen = False
    """Whether people choose one of `options`, and do not write."""

    def options(self, outline: Outline) -> Sequence[tuple[Any, str]]:
        """Return what can be chosen: values, and what people read."""
        del outline
        return ()

    def parse(self, typed: str, names: Names, label: str) -> T:
        """Return the value of a text. Raises InvalidInputError, which names the label."""
        raise NotImplementedError

    def load(self, text: str, names: Names, label: str) -> T:
        """Return the value of a text that `plain` wrote. Raises InvalidInputError.

        It may be one that `check` refuses: the table has the last word.
        """
        return self.parse(text, names, label)

    def check(self, value: T, label: str) -> T:
        """Return the value as it is stored. Raises InvalidInputError, which names the label."""
        del label
        return value

    def texts(self, value: T, outline: Outline) -> Sequence[str]:
        """Return what people read, each value for itself; nothing where the field is empty."""
        del outline
        return () if value == self.empty else (str(value),)

    def format(self, value: T, outline: Outline) -> str:
        """Return what people read; an empty text where the field is empty."""
        return BETWEEN.join(self.texts(value, outline))

    def cell(self, value: T, outline: Outline) -> Cell:
        """Return what a cell of a workbook holds for other programs."""
        return None if value == self.empty else self.format(value, outline)

    def plain(self, value: T, outline: Outline) -> str:
        """Return the value as an exact text, which `parse` reads back."""
        cell = self.cell(value, outline)
        return "" if cell is None else str(cell)


class Text(FieldType[str]):
    """A running text of any number of lines."""

    empty = ""
    width = WidthRange(6, 24)
    is_running_text = True

    def parse(self, typed: str, names: Names, label: str) -> str:
        """Return the text as it is stored."""
        del names
        return self.check(typed, label)

    def load(self, text: str, names: Names, label: str) -> str:
        """Return the text as it is."""
        del names, label
        return text

    def check(self, value: str, label: str) -> str:
        """Refuse what neither a file nor Excel can hold."""
        return inputs.checked_text(value, label)

    def texts(self, value: str, outline: Outline) -> Sequence[str]:
        """Return the text; what nobody sees is shown as a sign."""
        del outline
        return (with_signs(value),) if value else ()

    def cell(self, value: str, outline: Outline) -> Cell:
        """Return the text as it is."""
        del outline
        return value

    def plain(self, value: str, outline: Outline) -> str:
        """Return the text as it is."""
        del outline
        return value


class Title(Text):
    """A text of one line, which is never empty."""

    def check(self, value: str, label: str) -> str:
        """Refuse an empty title."""
        return inputs.checked_title(value, label)


class Number(FieldType["int | None"]):
    """A whole number, or none."""

    storage = Storage.NUMBER
    empty = None
    width = WidthRange(4, 7)
    is_number = True
    least = 0

    def parse(self, typed: str, names: Names, label: str) -> int | None:
        """Return the number; its digits may be wide ones, with commas between them."""
        return self.check(self.load(typed, names, label), label)

    def load(self, text: str, names: Names, label: str) -> int | None:
        """Return the number of a text."""
        del names
        found = whole_number(text) if text.strip() else None
        if isinstance(found, str):
            raise errors.InvalidInputError(label, f"は{self.least}以上の整数にしてください。")
        return self._fit(found, label)

    def check(self, value: int | None, label: str) -> int | None:
        """Refuse a number that is too small, or that no file of a plan may hold."""
        return self._fit(value, label)

    def _fit(self, value: int | None, label: str) -> int | None:
        if value is not None and value < self.least:
            raise errors.InvalidInputError(label, f"は{self.least}以上の整数にしてください。")
        if value is not None and value > LARGEST:
            raise errors.InvalidInputError(label, f"は{LARGEST:,}以下の整数にしてください。")
        return value

    def cell(self, value: int | None, outline: Outline) -> Cell:
        """Return the number as one."""
        del outline
        return value


class Count(Number):
    """A number from 1 on, or none."""

    least = 1


class FiscalYear(Count):
    """A fiscal year, as the western year in which it begins."""

    def parse(self, typed: str, names: Names, label: str) -> int | None:
        """Return the year of a text in any form, see `parse_year`."""
        return self.check(fiscal_year.parse_year(typed, near=names.near, field=label), label)

    def check(self, value: int | None, label: str) -> int | None:
        """Refuse a year that no plan is about."""
        years = inputs.YEARS
        if value is not None and value not in years:
            raise errors.InvalidInputError(
                label, f"は{years[0]}～{years[-1]}年度で入力してください。"
            )
        return value

    def texts(self, value: int | None, outline: Outline) -> Sequence[str]:
        """2015 → 平成27年度."""
        del outline
        return () if value is None else (fiscal_year.fiscal_year_label(value),)


class Month(FieldType["str | None"]):
    """A month `YYYY-MM`, or none."""

    storage = Storage.MONTH
    empty = None
    width = WidthRange(6.7, 7)

    def parse(self, typed: str, names: Names, label: str) -> str | None:
        """Return the month of a text in any form, see `parse_month`."""
        return fiscal_year.parse_month(typed, near=names.near, field=label)

    def check(self, value: str | None, label: str) -> str | None:
        """Refuse what is no month, or is one in another form."""
        if value is not None and not fiscal_year.is_month(value):
            raise errors.InvalidInputError(
                label, f"の「{value}」は暦にない年月です。例: H28.3、2016-03"
            )
        return value

    def texts(self, value: str | None, outline: Outline) -> Sequence[str]:
        """2016-03 → 平成28年3月."""
        del outline
        return (fiscal_year.month_label(value),) if value else ()

    def cell(self, value: str | None, outline: Outline) -> Cell:
        """Return `YYYY-MM`."""
        del outline
        return value


class Day(FieldType["str | None"]):
    """A day `YYYY-MM-DD`, or none."""

    storage = Storage.DAY
    empty = None

    def texts(self, value: str | None, outline: Outline) -> Sequence[str]:
        """2015-10-31 → 平成27年10月31日."""
        del outline
        return (fiscal_year.day_label(value),) if value else ()


class Moment(FieldType["str | None"]):
    """Local time with its offset, or none."""

    empty = None

    def texts(self, value: str | None, outline: Outline) -> Sequence[str]:
        """2015-10-31T09:00:00+09:00 → 平成27年10月31日 9:00."""
        del outline
        return (fiscal_year.moment_label(value),) if value else ()


class Json(FieldType["str | None"]):
    """An object as JSON, or none."""

    storage = Storage.JSON
    empty = None


class Place(FieldType[int]):
    """A place in a row of things, counted from 0."""

    storage = Storage.NUMBER

    def texts(self, value: int, outline: Outline) -> Sequence[str]:
        """0 → 1番目."""
        del outline
        return (f"{value + 1}番目",)


class Flag(FieldType[int]):
    """1 or 0, with the words for both."""

    storage = Storage.NUMBER
    empty = 0

    def __init__(self, yes: str, no: str) -> None:
        self._words = (no, yes)

    def texts(self, value: int, outline: Outline) -> Sequence[str]:
        """Return the word."""
        del outline
        return (self._words[bool(value)],)


class Code(FieldType["str | None"]):
    """One of a few words, stored by its code, or none."""

    empty = None
    width = WidthRange(4, 8)
    is_chosen = True

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words

    def parse(self, typed: str, names: Names, label: str) -> str | None:
        """Return the code of a word."""
        del names
        word = typed.strip()
        codes = {word: code for code, word in self.words.items()}
        if word and word not in codes:
            raise self._refusal(word, label)
        return codes.get(word)

    def check(self, value: str | None, label: str) -> str | None:
        """Refuse what is none of the codes."""
        if value is not None and value not in self.words:
            raise self._refusal(value, label)
        return value

    def _refusal(self, word: str, label: str) -> errors.InvalidInputError:
        known = BETWEEN.join(self.words.values())
        return errors.InvalidInputError(
            label, f"の「{word}」は選択肢にありません。ある値: {known}。"
        )

    def options(self, outline: Outline) -> list[tuple[str, str]]:
        """Return what can be chosen: codes, and what people read."""
        del outline
        return list(self.words.items())

    def texts(self, value: str | None, outline: Outline) -> Sequence[str]:
        """Return the word."""
        del outline
        return (self.words.get(value, value),) if value else ()


class Reference(FieldType["int | None"]):
    """The id of one row of a table of the outline, or none; that row has a name.

    `table` is the table in the file, `rows` the same in the outline and `word` what people call
    it. They read the attribute `shown` of a row; `name_of` tells it from all others.
    """

    storage = Storage.NUMBER
    empty = None
    width = WidthRange(4, 8)
    is_chosen = True

    def __init__(
        self, table: str, rows: str, word: str, shown: str, name_of: Callable[[Any], str]
    ) -> None:
        self.table, self.rows, self.word = table, rows, word
        self.shown, self.name_of = shown, name_of

    def parse(self, typed: str, names: Names, label: str) -> int | None:
        """Return the id of the row that is called so."""
        name = typed.strip()
        if not name:
            return None
        ids = names.ids(self)
        if name not in ids:
            raise errors.InvalidInputError(
                label,
                f"の「{name}」は{self.word}の一覧にありません。ある値: {BETWEEN.join(ids)}。",
            )
        return ids[name]

    def options(self, outline: Outline) -> list[tuple[int, str]]:
        """Return what can be chosen: ids, and what people read."""
        rows = getattr(outline, self.rows)
        return [(id_, str(getattr(row, self.shown))) for id_, row in rows.items()]

    def texts(self, value: int | None, outline: Outline) -> Sequence[str]:
        """Return what people call the row; one that was deleted has no name left."""
        if value is None:
            return ()
        row = getattr(outline, self.rows).get(value)
        return (DELETED if row is None else str(getattr(row, self.shown)),)

    def cell(self, value: int | None, outline: Outline) -> Cell:
        """Return the name that tells the row from all others."""
        row = getattr(outline, self.rows).get(value)
        return None if row is None else self.name_of(row)


class Key(Reference):
    """A reference to a row that other programs know by its id."""

    is_number = True

    def parse(self, typed: str, names: Names, label: str) -> int | None:
        """Return the id."""
        return Count().parse(typed, names, label)

    def cell(self, value: int | None, outline: Outline) -> Cell:
        """Return the id."""
        del outline
        return value


class HeadingKey(Key):
    """A reference to a heading, which may share its title with one of another term."""

    def texts(self, value: int | None, outline: Outline) -> Sequence[str]:
        """Return its title, with its term where another one has the same title."""
        heading = outline.headings.get(value or 0)
        if heading is None:
            return super().texts(value, outline)
        others = (each for each in outline.headings.values() if each.term_id != heading.term_id)
        if any(each.title == heading.title for each in others):
            return (f"{heading.title}（{outline.terms[heading.term_id].name}）",)
        return (heading.title,)


class Links(FieldType[tuple[int, ...]]):
    """The ids of rows of a table of the outline that belong to an action, in their order.

    They stand in rows of a table of their own: `table` in the file, `links` in the outline,
    each of which points to one by its `column`.
    """

    empty = ()
    width = WidthRange(6, 14)

    def __init__(self, table: str, links: str, column: str, to: Reference) -> None:
        self.table, self.links, self.column, self.to = table, links, column, to

    def row_to(self, id_: int) -> dict[str, int | str]:
        """Return what a row says that points to an id, besides its action."""
        return {self.column: id_}

    def of(self, outline: Outline, action_id: int) -> tuple[int, ...]:
        """Return the ids that belong to an action."""
        rows = getattr(outline, self.links).get(action_id, ())
        return tuple(getattr(row, self.column) for row in rows)

    def parse(self, typed: str, names: Names, label: str) -> tuple[int, ...]:
        """Return the ids of rows whose names stand in a text, one behind the other."""
        parts = split_names(typed, names.ids(self.to))
        found = (self.to.parse(part, names, label) for part in parts)
        return tuple(id_ for id_ in found if id_ is not None)

    def texts(self, value: tuple[int, ...], outline: Outline) -> Sequence[str]:
        """Return what people call the rows."""
        return [text for id_ in value for text in self.to.texts(id_, outline)]

    def cell(self, value: tuple[int, ...], outline: Outline) -> Cell:
        """Return the names that tell the rows from all others, in the plan's order."""
        if not value:
            return ""
        chosen = set(value)
        ids = (id_ for id_ in getattr(outline, self.to.rows) if id_ in chosen)
        return BETWEEN.join(str(self.to.cell(id_, outline)) for id_ in ids)


class Sections(Links):
    """The sections that have one part in an action; they keep the order of their rows."""

    def __init__(self, role: str) -> None:
        super().__init__("assignment", "assignments", "section_id", SECTION)
        self.role = role

    def row_to(self, id_: int) -> dict[str, int | str]:
        """Return what an assignment says besides its action."""
        return {self.column: id_, "role": str(self.role)}

    def of(self, outline: Outline, action_id: int) -> tuple[int, ...]:
        """Return the ids of the sections with this part."""
        rows = outline.assignments.get(action_id, ())
        return tuple(row.section_id for row in rows if row.role == self.role)

    def cell(self, value: tuple[int, ...], outline: Outline) -> Cell:
        """Return the names."""
        return self.format(value, outline)


ALWAYS_THERE: Any = object()


class Column(NamedTuple):
    """A column of a table in the file.

    CSV and workbooks call it by its `heading`, the history by its `label`; without a label the
    history leaves it out. What is not `is_public` stays in the city hall. One that is
    `optional` may hold nothing at all. Exports and histories
    that were written before the column came mean its `earlier` value; where that is not said,
    the column was always there, and may not be missing.
    """

    name: str
    heading: str
    type: FieldType[Any]
    is_public: bool
    label: str = ""
    optional: bool = False
    earlier: Any = ALWAYS_THERE

    @property
    def is_later(self) -> bool:
        """Whether the column came when there were exports and histories without it."""
        return self.earlier is not ALWAYS_THERE

    @property
    def refers(self) -> str:
        """The table whose rows the column names, if there is one."""
        return self.type.table if isinstance(self.type, Reference) else ""

    @property
    def words(self) -> Mapping[str, str]:
        """The words for the codes that the column holds."""
        return self.type.words if isinstance(self.type, Code) else {}


STATUS = Reference("status", "statuses", "状態", "word", attrgetter("mark"))
DIRECTION = Reference("direction", "directions", "方向性", "label", attrgetter("label"))
SECTION = Reference("section", "sections", "担当課", "name", attrgetter("name"))
ACTOR = Reference("actor", "actors", "主体", "name", attrgetter("name"))
PRINCIPLE = Reference(
    "principle",
    "principles",
    "基本原則",
    "text",
    lambda row: f"{row.number} {row.text}".strip(),
)
ACTION = Key("action", "actions", "実行計画", "title", attrgetter("title"))
TERM = Key("term", "terms", "期", "name", attrgetter("name"))
HEADING = HeadingKey("heading", "headings", "見出し", "title", attrgetter("title"))
ROUND = Reference("round", "rounds", "調査", "name", attrgetter("name"))
OPERATION = Key("operation", "", "操作", "label", attrgetter("label"))
REVISION = Key("revision", "revisions", "見直し", "name", attrgetter("name"))


def code_of(words: Iterable[Labelled]) -> Code:
    """Return the type for the values of an enumeration with a label each."""
    return Code({each.value: each.label for each in words})


def whole_number(text: str) -> int | str:
    """Return the number; a text that is none stays, to be refused with its place."""
    if len(text) <= _SHORT and text.isascii() and text.isdecimal():
        return int(text)
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    return int(plain.partition(".")[0]) if re.fullmatch(r"\d{1,99}(\.0+)?", plain) else text


def split_names(text: str, known: Container[str]) -> Iterator[str]:
    """Yield the names that stand in a text one behind the other; unknown ones as well."""
    while text:
        # a name may have the sign between names in itself
        parts = text.split(BETWEEN)
        heads = (BETWEEN.join(parts[:end]) for end in range(len(parts), 0, -1))
        head = next((each for each in heads if each in known), parts[0])
        yield head
        text = text.removeprefix(head).removeprefix(BETWEEN)
