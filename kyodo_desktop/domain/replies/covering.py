"""依頼文: the words that go out with the forms, proposed anew for each round."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain import fiscal_year

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Inquiry, Round

_YEAR = re.compile(
    r"(?P<era>令和|平成|昭和|[RHS]\.?)?(?P<count>元|[0-9０-９]{1,4})年度?(?:[0-9０-９]{1,2}月末?)?"
)
_WESTERN_FROM = 1000


def proposed(outline: Outline, due_on: str) -> str:
    """Return a covering text for the round that is shown."""
    assert outline.round is not None, "without a round nobody is asked"
    return (
        f"「{outline.plan.title}」の{outline.round.name}調査"
        f"（{fiscal_year.day_label(outline.round.as_of)}現在）について照会します。\n"
        f"各{outline.action_word}の進捗状況などを記入し、"
        f"{fiscal_year.day_label(due_on)}までにこのファイルを返送してください。"
    )


def renewed(last: Inquiry, outline: Outline, due_on: str) -> str:
    """Return the text of the last inquiry, with the round and the days of this one."""
    assert outline.round is not None, "without a round nobody is asked"
    text = with_other_day(last.covering, last.due_on or "", due_on)
    before = outline.rounds.get(last.round_id)
    return text if before is None else _with_other_round(text, before, outline.round)


def with_other_day(text: str, old: str, new: str) -> str:
    """Return the text with the due date changed, where it names it as the program writes it."""
    return text.replace(fiscal_year.day_label(old), fiscal_year.day_label(new)) if old else text


def outdated(text: str, year: int, due_on: str) -> list[str]:
    """Return the years that a text names, where all of them are before a fiscal year.

    One that names this year as well may speak of an earlier one on purpose. The day on which
    the answer is due says nothing of the round.
    """
    text = text.replace(fiscal_year.day_label(due_on), "")
    found = {each[0]: named for each in _YEAR.finditer(text) if (named := _year_of(each))}
    return [] if any(each >= year for each in found.values()) else list(found)


def _year_of(found: re.Match[str]) -> int | None:
    era, count = found["era"], fiscal_year.number_of(found["count"])
    if not era and count < _WESTERN_FROM:
        return None
    return fiscal_year.year_meant(era.rstrip(".") if era else None, count, 0)


def _with_other_round(text: str, old: Round, new: Round) -> str:
    """Return the text with the day that a round is as of, however it is called, and its name."""
    text = text.replace(fiscal_year.day_label(old.as_of), fiscal_year.day_label(new.as_of))
    if _is_month_end(old.as_of):
        end = f"{fiscal_year.month_label(old.as_of[:7])}末"
        text = text.replace(end, _end_label(new.as_of))
    return text.replace(old.name, new.name)


def _end_label(day: str) -> str:
    month = fiscal_year.month_label(day[:7])
    return f"{month}末" if _is_month_end(day) else fiscal_year.day_label(day)


def _is_month_end(day: str) -> bool:
    year, month, last = map(int, day.split("-"))
    return calendar.monthrange(year, month)[1] == last
