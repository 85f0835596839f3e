"""The covering text of an inquiry: a proposal, or the one of last time with the new names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import day_label

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Inquiry, Round


def proposed(outline: Outline, due_on: str) -> str:
    """Return a covering text for the round that is shown."""
    assert outline.round is not None, "without a round nobody is asked"
    return (
        f"「{outline.plan.title}」の{outline.round.name}調査"
        f"（{day_label(outline.round.as_of)}現在）について照会します。\n"
        "各実行計画の進捗状況などを記入し、"
        f"{day_label(due_on)}までにこのファイルを返送してください。"
    )


def renewed(last: Inquiry, outline: Outline, due_on: str) -> str:
    """Return the text of the last inquiry, with the round and the days of this one."""
    assert outline.round is not None, "without a round nobody is asked"
    text = with_other_day(last.covering, last.due_on or "", due_on)
    before = outline.rounds.get(last.round_id)
    return text if before is None else _with_other_round(text, before, outline.round)


def with_other_day(text: str, old: str, new: str) -> str:
    """Return the text with the due date changed, where it names it as the program writes it."""
    return text.replace(day_label(old), day_label(new)) if old else text


def _with_other_round(text: str, old: Round, new: Round) -> str:
    return text.replace(day_label(old.as_of), day_label(new.as_of)).replace(old.name, new.name)
