"""完了予定: what the texts say of it, and whether it has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.checks.finding import Finding, Remedy, RemedyKind
from kyodo_desktop.domain.fiscal_year import month_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.checks.reading import Reading


def due_in_text(reading: Reading) -> Iterator[Finding]:
    """Find dates in the texts which 完了予定 does not have, or has otherwise."""
    for action in reading.reported:
        dues = reading.dues.of(action.id)
        if not dues or any(due.fits(action.due) for due in dues):
            continue
        month = month_label(dues[0].month)
        set_so_far = f"{month_label(action.due)}です" if action.due else "入力されていません"
        yield Finding(
            "due_in_text",
            reading.outline.home(action.id),
            f"文に「{dues[0].quote}」とありますが、完了予定は{set_so_far}。",
            f"{action.id}:{action.due or ''}:{dues[0].month}",
            month,
            Remedy(RemedyKind.SET_DUE, action.id, dues[0].month),
        )


def overdue(reading: Reading) -> Iterator[Finding]:
    """Find actions which should have been done by now."""
    for action in reading.reported:
        if reading.outline.is_overdue(action.id, reading.month):
            mark = reading.mark(action.id)
            yield Finding(
                "overdue",
                reading.outline.home(action.id),
                f"完了予定（{month_label(action.due)}）を過ぎていますが、状態は「{mark}」です。",
                f"{action.id}:{action.due}:{mark}",
            )
