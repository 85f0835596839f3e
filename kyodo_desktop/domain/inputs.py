"""What people type, before it reaches a row: checks that name the field and the way out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import errors, numbering
from kyodo_desktop.domain.texts import UNFIT, with_signs

if TYPE_CHECKING:
    from collections.abc import Sequence


TITLE_LIMIT, LINE_LIMIT = 500, 100
TEXT_LIMIT = 32_000  # an Excel cell holds 32,767 characters
NUMBER_LIMIT, SECTION_LIMIT, ROUND_LIMIT = 20, 100, 50
MARK_LIMIT, LABEL_LIMIT = 30, 50  # 計画を上回って進んでいる is the mark of some plans
YEARS = range(1868, 2201)
_ENDS = re.compile("\r\n|[\r\u2028\u2029]")


def checked_title(text: str, field: str, limit: int = TITLE_LIMIT) -> str:
    """Return a one-line text without space around it; it may not be empty.

    Raises InvalidInputError.
    """
    title = checked_line(text, field, limit)
    if not title:
        raise errors.InvalidInputError(field, "が空です。文字を入力してください。")
    return title


def checked_line(text: str, field: str, limit: int = LINE_LIMIT) -> str:
    """Return a one-line text without space around it, which may be empty.

    Raises InvalidInputError.
    """
    return " ".join(checked_text(text, field, limit).split("\n")).strip()


def checked_text(text: str, field: str, limit: int = TEXT_LIMIT) -> str:
    """Return the text with plain line ends; refuse what neither a file nor Excel can hold.

    What else nobody sees, as it comes along with copied text, is kept as a sign. Raises
    InvalidInputError.
    """
    text = with_signs(_fit(with_plain_ends(text), field))
    if len(text) > limit:
        raise errors.InvalidInputError(
            field,
            f"が長すぎます（{len(text):,}文字）。{limit:,}文字以内に縮めてください。",
        )
    return text


def with_plain_ends(text: str) -> str:
    """Return the text with one kind of line ends."""
    return _ENDS.sub("\n", text)


def _fit(text: str, field: str) -> str:
    if unfit := UNFIT.search(text):
        raise errors.InvalidInputError(
            field,
            f"の{unfit.start() + 1}文字目に表示できない文字（U+{ord(unfit[0]):04X}）があります。"
            "その文字を消してください。",
        )
    return text


def checked_distinct(texts: Sequence[str], field: str) -> None:
    """Refuse a list in which a text stands twice. Raises InvalidInputError."""
    for place, text in enumerate(texts):
        if text in texts[:place]:
            raise errors.InvalidInputError(
                field, f"の「{text}」が2つあります。互いに違うものにしてください。"
            )


def checked_years(first: int, last: int, field: str) -> tuple[int, int]:
    """Return the span of fiscal years; the last may not lie before the first.

    Raises InvalidInputError.
    """
    if first not in YEARS or last not in YEARS:
        raise errors.InvalidInputError(
            field, f"は{YEARS[0]}～{YEARS[-1]}年度の間で入力してください。"
        )
    if last < first:
        raise errors.InvalidInputError(field, "の終了年度が、開始年度より前になっています。")
    return first, last


def checked_day(day: str, field: str) -> str:
    """Return a `YYYY-MM-DD` that is in the calendar. Raises InvalidInputError."""
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise errors.InvalidInputError(field, f"の「{day}」は暦にない日付です。") from error


def checked_colour(colour: str, field: str) -> str:
    """Return a colour as `#rrggbb` in small letters. Raises InvalidInputError."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise errors.InvalidInputError(
            field, f"の「{colour}」は色として読み取れません。例: #2e7d4f"
        )
    return colour.lower()


def checked_numbering(style: str) -> str:
    """Return a style of numbering that `numbering.number` knows. Raises InvalidInputError."""
    if style not in numbering.STYLES:
        raise errors.InvalidInputError(
            "番号の形式", f"の「{style}」は使えません。一覧から選んでください。"
        )
    return style


class TypedText(NamedTuple):
    """What stands in one field, and where that is.

    `place` names the field among those of its plan: a later text of the same place takes the
    place of the earlier one. `row` and `field` are what people call it, `before` is what the
    plan says there, `at` is local time with its offset. `state` is for what is more than a
    text: all that was chosen on a page so far, in a form which that page reads.
    """

    place: str
    row: str
    field: str
    before: str
    text: str
    at: str = ""
    state: str = ""

    def says_the_same(self, other: TypedText | None) -> bool:
        """Tell whether nothing was typed between the two."""
        return other is not None and self._replace(at="") == other._replace(at="")


class Unsaved(NamedTuple):
    """A text that the plan does not have yet; one that is refused as it stands is invalid."""

    text: TypedText
    is_invalid: bool
