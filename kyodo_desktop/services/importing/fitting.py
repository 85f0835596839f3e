"""Makes single texts of a table fit the fields of a plan, and says what that took."""

from __future__ import annotations

from typing import NamedTuple

from kyodo_desktop.domain.inputs import NUMBER_LIMIT, TEXT_LIMIT, TITLE_LIMIT, with_plain_ends
from kyodo_desktop.domain.texts import UNFIT

NAMELESS = "（名称なし）"
UNFIT_DROPPED = "表示できない文字を除いて取り込みました。"
_NO_TITLE = f"名称が空のため、「{NAMELESS}」として取り込みました。"
_NUMBER_MOVED = f"番号が{NUMBER_LIMIT}文字を超えるため、名称の前に付けて取り込みました。"
_TITLE_CUT = f"名称が{TITLE_LIMIT}文字を超えるため、初めの部分だけを取り込みました。"


class Fitted(NamedTuple):
    """A text as a field takes it; `reason` is empty where it is the text itself."""

    text: str
    reason: str = ""


class Name(NamedTuple):
    """A number and a title as they can be kept."""

    number: str
    title: str
    reason: str = ""

    @property
    def is_cut(self) -> bool:
        """Tell whether a part of the title is missing."""
        return self.reason == _TITLE_CUT


def fitting_name(number: str, title: str) -> Name:
    """Return number and title on one line each, no longer than their fields."""
    shown, words = one_line(number), one_line(title)
    reason = shown.reason or words.reason
    if len(shown.text) > NUMBER_LIMIT:
        shown, words = Fitted(""), Fitted(f"{shown.text} {words.text}".strip())
        reason = _NUMBER_MOVED
    if not words.text:
        return Name(shown.text, NAMELESS, _NO_TITLE)
    if len(words.text) > TITLE_LIMIT:
        return Name(shown.text, f"{words.text[: TITLE_LIMIT - 1]}…", _TITLE_CUT)
    return Name(shown.text, words.text, reason)


def one_line(text: str) -> Fitted:
    """Return the text on one line, without space around it."""
    if text.isprintable():
        return Fitted(text.strip())
    plain = with_plain_ends(text)
    kept = UNFIT.sub("", plain)
    reason = "" if kept == plain else UNFIT_DROPPED
    return Fitted(" ".join(kept.split("\n")).strip(), reason)


def short_line(text: str, limit: int, what: str) -> Fitted:
    """Return a name of at most `limit` characters; `what` it is, is told where it is cut."""
    line = one_line(text)
    if len(line.text) <= limit:
        return line
    return Fitted(
        line.text[:limit], f"{what}が{limit}文字を超えるため、初めの部分だけを使いました。"
    )


def fitting_text(text: str) -> Fitted:
    """Return a text of several lines, no longer than a field."""
    plain = text if text.isprintable() else with_plain_ends(text)
    kept = plain if plain.isprintable() else UNFIT.sub("", plain)
    reason = "" if kept == plain else UNFIT_DROPPED
    if len(kept) <= TEXT_LIMIT:
        return Fitted(kept, reason)
    missing = len(kept) - TEXT_LIMIT
    return Fitted(
        kept[:TEXT_LIMIT],
        f"{TEXT_LIMIT:,}文字を超えるため、終わりの{missing:,}文字を取り込んでいません。",
    )
