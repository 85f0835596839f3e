"""What stands in a 回答票 that came back beside the cells which were asked for.

Sections add comments, lines below the table and sheets of their own, and type over what was
locked. Nothing of it is an answer to a cell, and nothing of it may be lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.plan import Addressee
from kyodo_desktop.domain.replies.addressing import addressed
from kyodo_desktop.domain.replies.form import FORM_FIELDS, Aside, FormRow, Signatures
from kyodo_desktop.excel.reply_form.columns import (
    LAST,
    NO_CHANGE,
    NUMBER,
    PATH,
    SAME,
    SIGNATURES,
    TITLE,
    path_text,
    text_in_cell,
    title_text,
    untouched,
)
from kyodo_desktop.excel.reply_form.found_table import find_table, plain
from kyodo_desktop.excel.reply_form.record import digest, is_record
from kyodo_desktop.excel.reply_form.sheets import CHOICES_SHEET, FILL_IN, GUIDE_SHEET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kyodo_desktop.domain.importing.grid import Book, Grid
    from kyodo_desktop.domain.replies.form import AnswerRow
    from kyodo_desktop.excel.reply_form.found_table import FoundTable
    from kyodo_desktop.excel.reply_form.record import FormRecord

_MOST = 300  # that are told one by one; nobody reads more
_MOST_ROWS = 50  # the same of the rows of an added sheet
_EXAMPLE, _EXAMPLE_ROWS = "記入例", 3  # its headings and two rows, and with ticks one more
_OPENINGS = ("回答期限", "照会元", plain(FILL_IN))
_ADDRESSEE_ROW, _HONORIFICS = 2, ("御中", "様")
_TICKS = frozenset("✓✔☑✅🗸√レﾚvVoO○◯〇◎●■")
_TICK_WORDS = frozenset(
    ("変更なし", "変更無し", "なし", "無し", "済", "はい", "確認済", "有", "1")
)
_OPEN = frozenset(field.form.label for field in FORM_FIELDS)
_LOCKED: tuple[tuple[str, Callable[[FormRow], str]], ...] = (
    (NUMBER, lambda row: row.number),
    (PATH, path_text),
    (TITLE, title_text),
    (LAST, lambda row: row.last_answer),
)


class Whereabouts(NamedTuple):
    """Where the answer stands in the book: its table, and the rows that were read, by number."""

    book: Book
    table: FoundTable
    record: FormRecord
    rows: Mapping[int, AnswerRow]

    @property
    def sheet(self) -> str:
        """The sheet of the table."""
        return self.table.grid.sheet

    def action(self, row: int) -> int:
        """Return the action of a row of the table, if it is one that was asked for."""
        found = self.rows.get(row)
        known = {each.action_id for each in self.record.sent}
        return found.action_id if found and found.action_id in known else 0


def asides(where: Whereabouts) -> tuple[Aside, ...]:
    """Return all that is said beside the answers, those of the table first."""
    found = [
        *_above(where),
        *_around(where),
        *_rewritten(where),
        *_merged(where),
        *_struck(where),
        *_of_other_sheets(where),
        *_comments(where),
    ]
    named = _Names(where.record.sent)
    listed = [
        each if each.action_id or not each.text else each._replace(action_id=named.of(each.text))
        for each in found[:_MOST]
    ]
    if rest := found[_MOST:]:
        what = f"そのほかの書き込み（ここから先に{len(rest):,}か所。ファイルを開いて見てください）"
        listed.append(Aside(rest[0].sheet, rest[0].row, what, ""))
    return tuple(listed)


class _Names:
    """The actions by what a text may call them."""

    def __init__(self, sent: Iterable[FormRow]) -> None:
        self._numbers: dict[str, set[int]] = {}
        self._titles: dict[str, set[int]] = {}
        for row in sent:
            self._numbers.setdefault(plain(row.number), set()).add(row.action_id)
            self._titles.setdefault(plain(row.title), set()).add(row.action_id)

    def of(self, text: str) -> int:
        """Return the only action that a text begins with or has the title of, else 0."""
        shown = plain(text)
        begun = [
            ids
            for number, ids in self._numbers.items()
            if len(number) > 1 and _begins(shown, number)
        ]
        titled = [ids for title, ids in self._titles.items() if len(title) > 1 and title in shown]
        for found in (begun, titled):
            actions = set().union(*found)
            if len(actions) == 1:
                return actions.pop()
        return 0


def _begins(text: str, number: str) -> bool:
    """Tell whether a text begins with a number that does not go on: 1-2 does not begin 1-20."""
    rest = text[len(number) :]
    return text.startswith(number) and not (rest[:1].isdigit() or rest[:1] in {"-", "."})


def is_tick(text: str) -> bool:
    """Tell whether a cell of 変更なし is ticked, with whatever sign."""
    shown = plain(text)
    return bool(shown) and (set(shown) <= _TICKS or shown in _TICK_WORDS)


def signatures(where: Whereabouts) -> Signatures:
    """Return what stands beside the labels 回答者, 内線 and 課長確認 above the table."""
    row = _signature_row(where)
    labels = list(map(plain, SIGNATURES))
    beside: dict[str, list[str]] = {label: [] for label in labels}
    label = ""
    for text in where.table.grid.rows[row - 1] if row else ():
        if plain(text) in beside:
            label = plain(text)
        elif label and text.strip():
            beside[label].append(" ".join(text.split()))
    return Signatures(*(" ".join(beside[label]) for label in labels))


def _signature_row(where: Whereabouts) -> int:
    """Return the row above the table with the labels, or 0."""
    if not where.record.has_ticks:
        return 0
    labels = set(map(plain, SIGNATURES))
    rows = where.table.grid.rows[: where.table.top - 1]
    return next((n for n, row in enumerate(rows, 1) if labels & set(map(plain, row))), 0)


# The sheet of the table


def _above(where: Whereabouts) -> Iterator[Aside]:
    """Yield what stands above the headings and was not put there."""
    record = where.record
    title = _seen(text_in_cell(f"{record.round_name}回答票{record.section}"))
    signed = _signature_row(where)
    for row, text in _cells(where.table.grid, 1, where.table.top - 1):
        if where.action(row) or row == signed:
            continue
        shown = _seen(text)
        is_ours = shown == title or shown.startswith(_OPENINGS)
        if digest(text) in record.printed or (is_ours and not record.printed):
            continue
        is_title = "回答票" in shown and shown.startswith(plain(record.round_name)[:2])
        what = "書き換えられた表題" if is_title else "表の上の書き込み"
        yield Aside(where.sheet, row, what, text)


def _around(where: Whereabouts) -> Iterator[Aside]:
    """Yield what stands beside the rows of the table, and rows that are none of it."""
    grid, table = where.table.grid, where.table
    known = set(table.columns.values())
    for row in table.rows:
        is_answer, action = row in where.rows, where.action(row)
        if (row < table.top and not action) or (not is_answer and _is_heading(table, row)):
            continue
        cells = grid.rows[row - 1] if row <= len(grid.rows) else ()
        texts = [
            _under(grid.text(table.top, column), text) if is_answer else text
            for column, text in enumerate(cells, start=1)
            if text.strip() and not (is_answer and column in known)
        ]
        if texts:
            what = "表の横の書き込み" if is_answer else "表の外の書き込み"
            yield Aside(where.sheet, row, what, "　".join(texts), action)


def _under(heading: str, text: str) -> str:
    """Return a text with the heading that somebody gave its column."""
    return f"{' '.join(heading.split())}：{text}" if heading.strip() else text


def _is_heading(table: FoundTable, row: int) -> bool:
    """Tell whether a row has the headings once more."""
    labels = [field.form.label for field in FORM_FIELDS if field.form.label in table.columns]
    return all(plain(table.text(row, label)) == plain(label) for label in labels)


def _rewritten(where: Whereabouts) -> Iterator[Aside]:
    """Yield the locked cells of known rows that say something else than was sent."""
    sent: dict[tuple[int, int], list[FormRow]] = {}
    for known in where.record.sent:
        sent.setdefault((known.action_id, known.line_id), []).append(known)
    for number, row in where.rows.items():
        rows = sent.get((row.action_id, row.line_id), [])
        for heading, text_of in _LOCKED if rows else ():
            text = where.table.text(number, heading)
            written = {_seen(text_in_cell(text_of(known))) for known in rows}
            is_same = _seen(text) in written or (heading == LAST and plain(text) == SAME)
            if text.strip() and not is_same:
                called = where.record.action_word if heading == TITLE else heading
                what = f"書き換えられた「{called}」"
                yield Aside(where.sheet, number, what, f"{called}：{text}", row.action_id)
        tick = where.table.text(number, NO_CHANGE)
        if rows and tick.strip() and not is_tick(tick):
            what = f"「{NO_CHANGE}」の欄の書き込み"
            yield Aside(where.sheet, number, what, tick, row.action_id)


def _seen(text: str) -> str:
    """Return what two texts have in common that look the same in a cell."""
    return plain(untouched(text))


def _merged(where: Whereabouts) -> Iterator[Aside]:
    """Yield the cells that were merged over rows or columns which are asked for by themselves.

    A text that covers two actions is about both; a mark or a month is only told.
    """
    grid, columns = where.table.grid, where.table.columns
    fields = {
        columns[label]: each for each in FORM_FIELDS if (label := each.form.label) in columns
    }
    for area in grid.merges:
        text, owner = grid.text(area.top, area.left), where.rows.get(area.top)
        first = fields.get(area.left)
        is_text = first is not None and first.type.is_running_text
        covered = [
            (row, column)
            for row in (where.rows if owner else ())
            for column in fields
            if area.top <= row <= area.bottom and area.left <= column <= area.right
        ]
        for row, column in sorted(covered):
            if owner is None or (row, column) == (area.top, area.left):
                continue
            is_other = where.rows[row].action_id != owner.action_id
            yield Aside(
                where.sheet,
                row,
                f"{area.top}行目の欄と結合された「{fields[column].form.label}」",
                text if is_other and is_text and column == area.left else "",
                where.action(row) if is_other else 0,
            )


def _struck(where: Whereabouts) -> Iterator[Aside]:
    """Yield what was struck out; it is left out of the answers."""
    headings = {column: heading for heading, column in where.table.columns.items()}
    for (row, column), text in sorted(where.table.grid.struck.items()):
        heading = headings.get(column, "")
        place = f"「{heading}」の" if heading else ""
        what = f"取り消し線で消された{place}文字「{text}」（読み取っていません）"
        yield Aside(where.sheet, row, what, "", is_settled=heading in _OPEN)


# The other sheets


def _of_other_sheets(where: Whereabouts) -> Iterator[Aside]:
    for grid in where.book.grids:
        is_ours = grid.sheet in {where.sheet, CHOICES_SHEET}
        if is_ours or (grid.rows and is_record(grid.rows[0])):
            continue
        if grid.sheet == GUIDE_SHEET:
            yield from _in_guide(where, grid)
            continue
        table = find_table(grid, where.record.action_word)
        if table is not None and table.is_form:
            yield Aside(grid.sheet, table.top, "もう1つの回答の表（読み取っていません）", "")
            continue
        yield from _rows(grid, 1, "加えられたシートの書き込み")


def _in_guide(where: Whereabouts, grid: Grid) -> Iterator[Aside]:
    """Yield what is not as it was sent; of a form of 0.3.0 what stands below the example."""
    printed = where.record.printed
    for each in _rows(grid, 1, "書き込み", printed) if printed else ():
        is_addressee = each.row == _ADDRESSEE_ROW and _seen(each.text).endswith(_HONORIFICS)
        yield each._replace(what="書き換えられた宛名") if is_addressee else each
    if printed:
        return
    section = text_in_cell(where.record.section)
    addressees = {_seen(addressed(section, each)) for each in Addressee}
    last = 0
    for row, text in _cells(grid, 1, len(grid.rows)):
        shown = _seen(text)
        if shown == _EXAMPLE:
            last = row + _EXAMPLE_ROWS + where.record.has_ticks
        is_addressee = row == _ADDRESSEE_ROW and shown.endswith(_HONORIFICS)
        if is_addressee and shown not in addressees:
            yield Aside(grid.sheet, row, "書き換えられた宛名", text)
    if last:
        yield from _rows(grid, last + 1, "書き込み")


def _rows(
    grid: Grid, first: int, what: str, printed: frozenset[str] = frozenset()
) -> Iterator[Aside]:
    """Yield a sheet's rows from one on, without what was printed, and how many more there are."""
    rows = (
        (number, [text for text in row if text.strip() and digest(text) not in printed])
        for number, row in enumerate(grid.rows[first - 1 :], start=first)
    )
    filled = [(number, "　".join(texts)) for number, texts in rows if texts]
    for number, text in filled[:_MOST_ROWS]:
        yield Aside(grid.sheet, number, what, text)
    if rest := filled[_MOST_ROWS:]:
        yield Aside(grid.sheet, rest[0][0], f"{what}（この行から下に{len(rest):,}行）", "")


def _comments(where: Whereabouts) -> Iterator[Aside]:
    headings = {column: heading for heading, column in where.table.columns.items()}
    for grid in where.book.grids:
        is_form = grid.sheet == where.sheet
        for (row, column), text in sorted(grid.comments.items()):
            if not text.strip():
                continue
            heading = headings.get(column, "") if is_form else ""
            what = f"「{heading}」のコメント" if heading else "コメント"
            yield Aside(grid.sheet, row, what, text.strip(), where.action(row) if is_form else 0)


def _cells(grid: Grid, first: int, last: int) -> Iterator[tuple[int, str]]:
    for number in range(first, min(last, len(grid.rows)) + 1):
        yield from ((number, text) for text in grid.rows[number - 1] if text.strip())
