"""What one round says of every action: its lines, its 今後の方向性, and the 委員会意見."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyodo_desktop.domain.plan import Opinion, Outlook, Progress, Round


@dataclass(frozen=True, slots=True)
class Record:
    """`lines` and `outlooks` are keyed by action, `opinions` by heading (None is 総括)."""

    round: Round
    lines: dict[int, tuple[Progress, ...]]
    outlooks: dict[int, Outlook]
    opinions: dict[int | None, Opinion] = field(default_factory=dict)
