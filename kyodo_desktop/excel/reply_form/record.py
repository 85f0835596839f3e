"""What was sent, kept on a hidden sheet: the form's key, and each row as it was.

One line of JSON a row, in ASCII without spaces or underscores, so that no program that saves
the workbook changes a character of it; a long line goes on in the next cells.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.replies.form import FORM_FIELDS, FormKey, FormRow, ReplyForm
from kyodo_desktop.excel.reading.refusals import refusal
from kyodo_desktop.excel.reply_form.columns import TITLE, text_in_cell
from kyodo_desktop.excel.reply_form.found_table import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


RECORD_SHEET = "送付の控え"
MARK, VERSION = "kyodo-desktop reply form", "2"
_WITHOUT_TICKS = "1"  # of 0.3.0: no 変更なし, and nobody says who answered
_FIELDS = {field.name: field for field in FORM_FIELDS}
_DIGITS = 6  # of a digest
_UNTOLD: tuple[Any, ...] = ([], TITLE)  # the last two of the first line, where it has less
_CELL = 30_000  # characters of a cell, well below its limit


class FormRecord(NamedTuple):
    """The record that a workbook carries.

    `has_ticks` says that the form has 変更なし, 回答者, 内線 and 課長確認; those of 0.3.0 have
    none of them, so a row that came back as it was sent says there all that it can. `printed` are
    the digests of what stood in 記入のしかた and above the table, which those have not either.
    """

    key: FormKey
    plan_title: str
    round_name: str
    section: str
    sent: tuple[FormRow, ...]
    has_ticks: bool
    printed: frozenset[str] = frozenset()
    action_word: str = TITLE


def digest(text: str) -> str:
    """Return a few digits by which a printed text is known again, however it is saved."""
    seen = plain(text_in_cell(text))
    return hashlib.sha256(seen.encode(errors="replace")).hexdigest()[:_DIGITS]


def record_rows(form: ReplyForm, printed: Iterable[str] = ()) -> list[list[str]]:
    """Return the texts of the hidden sheet."""
    digests = sorted(set(map(digest, printed)))
    of_plan = [*form.key], form.plan_title, form.round_name, form.section
    head = _chunks((*of_plan, len(form.rows), digests, form.action_word))
    return [[MARK, VERSION], head, *map(_row_chunks, form.rows)]


def is_record(row: Sequence[str]) -> bool:
    """Tell whether the first row of a sheet is that of a record."""
    return bool(row) and row[0].strip() == MARK


def read_record(file: str, rows: Sequence[Sequence[str]]) -> FormRecord:
    """Read the texts of the hidden sheet. Raises ReadingError."""
    mark, version, *_ = [*filter(None, map(str.strip, rows[0])), "", ""]
    if mark != MARK or version not in (_WITHOUT_TICKS, VERSION):
        raise refusal(
            file,
            "新しいバージョンの「協働プラン進捗管理」で作られた回答票です。"
            "このプログラムを新しいバージョンに更新してから、もう一度読み込んでください。",
        )
    try:
        lines = [json.loads("".join(row)) for row in rows[1:] if any(row)]
        return _record(lines, has_ticks=version != _WITHOUT_TICKS)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise refusal(
            file,
            "回答票の隠しシート（送付の控え）が壊れています。"
            "担当課に、送った回答票に記入し直してもらってください。",
        ) from error


def _record(lines: list[Any], *, has_ticks: bool) -> FormRecord:
    (key, plan_title, round_name, section, count, *more), *rows = lines
    printed, action_word = (*more, *_UNTOLD[len(more) :])[:2]
    if len(rows) != count:
        raise ValueError(count)
    plan, round_id, section_id, sent_at = key
    datetime.fromisoformat(_text(sent_at))
    return FormRecord(
        FormKey(_text(plan), _whole(round_id), _whole(section_id), sent_at),
        _text(plan_title),
        _text(round_name),
        _text(section),
        tuple(map(_form_row, rows)),
        has_ticks=has_ticks,
        printed=frozenset(_text(each) for each in printed),
        action_word=_text(action_word),
    )


def _form_row(row: Any) -> FormRow:
    action_id, line_id, *texts, values = row
    number, path, title, description, last_answer = map(_text, texts)
    return FormRow(
        _whole(action_id),
        _whole(line_id),
        number=number,
        path=path,
        title=title,
        description=description,
        last_answer=last_answer,
        values={_FIELDS[name]: _text(value) for name, value in values.items()},
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _row_chunks(row: FormRow) -> list[str]:
    values = {field.name: value for field, value in row.values.items()}
    return _chunks((*row[:-1], values))


def _chunks(value: Any) -> list[str]:
    line = json.dumps(value, separators=(",", ":"))
    line = line.replace(" ", "\\u0020").replace("_", "\\u005f")
    return [line[start : start + _CELL] for start in range(0, len(line), _CELL)]
