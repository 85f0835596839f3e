"""Days, months and years as texts that `domain/fiscal_year.py` reads."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import ERAS
from kyodo_desktop.excel.reading.format_tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_FICTION = 60  # Excel has a 29 February 1900, so days before it are one further
_LAST = 2_958_465  # 31 December 9999
_LONG_YEAR, _WEEKDAY = 3, 3
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_date(tokens: Sequence[Token]) -> bool:
    """Tell whether a format is for a date or a time."""
    return any(token.kind in {"run", "elapsed"} for token in tokens)


def shown_date(
    text: str, tokens: Sequence[Token], letters: frozenset[str], *, from_1904: bool
) -> str | None:
    """Show a date: a day as `2016-03-31`, a month as `2016-03`, a year as the format has it.

    `letters` are those of the format. What no calendar has, a day before 1900, is None.
    """
    try:
        serial = float(text)
    except ValueError:
        return None
    if not 0 <= serial < _LAST + 1:
        return None
    if any(token.kind == "elapsed" for token in tokens) or not letters & set("ymdge"):
        return _time(serial, elapsed=any(token.kind == "elapsed" for token in tokens))
    if serial < 1 and not from_1904:
        return _time(serial, elapsed=False) if "h" in letters and serial else None
    moment = _moment(serial, from_1904=from_1904)
    return None if moment is None else _calendar(moment, tokens, letters)


def in_format(text: str, tokens: Sequence[Token]) -> str:
    """Show a day or a month, as `shown_date` gives it, the way its format does."""
    try:
        moment = datetime.fromisoformat(text if len(text) > len("2016-03") else f"{text}-01")
    except ValueError:
        return text
    pieces, before = [], ""
    for at, token in enumerate(tokens):
        if token.kind == "run":
            after = next((each.text for each in tokens[at + 1 :] if each.kind == "run"), "")
            run = token.text.lower()
            is_minute = run[0] == "m" and (before[:1] == "h" or after[:1].lower() == "s")
            pieces.append(f"{moment:%M}" if is_minute else _run(moment, run))
            before = run
        elif token.kind in {"word", "mark"} and token.text != "@":
            pieces.append(token.text)
    return "".join(pieces)


def _run(moment: datetime, run: str) -> str:
    numbers = {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}
    if run[0] in "yge":
        return _piece(moment, Token("run", run))
    if run[0] == "a" and "/" not in run:
        return "月火水木金土日"[moment.weekday()] + ("曜日" if len(run) > _WEEKDAY else "")
    if run[0] in "md" and len(run) >= _WEEKDAY:
        names = _MONTHS[moment.month - 1] if run[0] == "m" else _DAYS[moment.weekday()]
        return names if len(run) > _WEEKDAY else names[:3]
    number = numbers.get(run[0])
    return "" if number is None else f"{number:02}" if len(run) > 1 else str(number)


def _moment(serial: float, *, from_1904: bool) -> datetime | None:
    days = serial + 1 if serial < _FICTION and not from_1904 else serial
    seconds = round(days * 86_400)
    try:
        return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(seconds=seconds)
    except OverflowError:
        return None


def date_letters(tokens: Sequence[Token]) -> frozenset[str]:
    """Return y m d h s g e of a format; an m beside h or s is minutes."""
    runs = [token.text.lower() for token in tokens if token.kind in {"run", "elapsed"}]
    letters: set[str] = set()
    for at, run in enumerate(runs):
        beside = {each[0] for each in (*runs[max(0, at - 1) : at], *runs[at + 1 : at + 2])}
        if run[0] == "m" and ((runs[at - 1 : at] and runs[at - 1][0] == "h") or "s" in beside):
            continue
        letters.add("d" if run[0] == "a" and len(run) >= _WEEKDAY and "/" not in run else run[0])
    return frozenset(letters)


def _calendar(moment: datetime, tokens: Sequence[Token], letters: frozenset[str]) -> str:
    year, month, day = (bool(letters & set(each)) for each in ("yge", "m", "d"))
    if day or "h" in letters:
        time = f"{moment:%H:%M}" if "h" in letters else ""
        return f"{_iso(moment)} {time}" if time and time != "00:00" else _iso(moment)
    if year and month:
        return _iso(moment)[:7]
    return "".join(_piece(moment, token) for token in tokens)


def _piece(moment: datetime, token: Token) -> str:
    """Show a part of a format that has a year alone or a month alone."""
    if token.kind != "run":
        return token.text if token.kind == "word" else ""
    run = token.text.lower()
    era = next((each for each in ERAS if _iso(moment) >= each.first_day), ERAS[-1])
    if run[0] == "y":
        return str(moment.year) if len(run) >= _LONG_YEAR else f"{moment.year % 100:02}"
    if run[0] == "e":
        return str(moment.year - era.first_year + 1)
    if run[0] == "g":
        return (era.letter, era.name[0], era.name)[min(len(run), 3) - 1]
    return str(moment.month) if run[0] == "m" else ""


def _time(serial: float, *, elapsed: bool) -> str:
    seconds = round((serial if elapsed else serial % 1) * 86_400)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}" + (f":{second:02}" if second else "")


def _iso(moment: datetime) -> str:
    return f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
