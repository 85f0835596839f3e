"""What an editor of the plan's own words hands in, and how often each of them is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kyodo_desktop.domain.plan import StatusKind


class StatusEntry(NamedTuple):
    """A status as it shall be; a new one has no id yet."""

    mark: str
    label: str
    definition: str
    kind: StatusKind
    colour: str
    counted: bool = True
    id: int | None = None

    @property
    def word(self) -> str:
        """Mark and name as one text."""
        return self.mark if self.label == self.mark else f"{self.mark} {self.label}".strip()


class NameEntry(NamedTuple):
    """A direction, an actor or a principle as it shall be; a new one has no id yet."""

    text: str
    id: int | None = None

    @property
    def word(self) -> str:
        """What it is called."""
        return self.text


class Use(NamedTuple):
    """In how many places something is used, over all rounds.

    `closed` of them are in closed rounds, whose names are `closed_rounds`.
    """

    total: int = 0
    closed: int = 0
    closed_rounds: tuple[str, ...] = ()

    @property
    def refusal(self) -> str:
        """Why it cannot be deleted, whatever shall replace it; empty where nothing is against."""
        if not self.closed:
            return ""
        names = "、".join(f"「{name}」" for name in self.closed_rounds)
        return (
            f"確定済みの調査{names}で使われているため削除できません。"
            "名前や記号は変更できます（確定済みの調査の表示も変わります）。"
        )


UNUSED = Use()
