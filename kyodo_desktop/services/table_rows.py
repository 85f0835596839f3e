"""Turns the lines of a printed progress table into headings, actions and progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.numbering import number
from kyodo_desktop.store.tables import ActionRow, HeadingRow, PlacementRow, ProgressRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session, SQLModel


class Line(NamedTuple):
    """A marked line of 進捗状況."""

    mark: str
    text: str


class Entry(NamedTuple):
    """One action as a table prints it: the headings above it (number and title), its lines."""

    path: tuple[str, ...]
    number: str
    title: str
    lines: tuple[Line, ...]


class Target(NamedTuple):
    """Where the entries go. `numberings` are the styles of the levels down to the action."""

    term_id: int
    round_id: int
    status_ids: dict[str, int]
    numberings: tuple[str, ...]


def add_entries(session: Session, entries: Iterable[Entry], target: Target) -> None:
    """Add the entries in their order.

    Two entries with the same title and the same lines are one action placed twice (再掲);
    where the lines differ they stay two actions, as printed.
    """
    adder = _Adder(session, target)
    for entry in entries:
        adder.add(entry)


class _Adder:
    def __init__(self, session: Session, target: Target) -> None:
        self._session = session
        self._target = target
        self._headings: dict[tuple[str, ...], int] = {}
        self._actions: dict[tuple[str, tuple[Line, ...]], int] = {}
        self._count_below: dict[tuple[str, ...], int] = {}

    def add(self, entry: Entry) -> None:
        heading_id = self._heading(entry.path)
        key = (entry.title, entry.lines)
        if key not in self._actions:
            self._actions[key] = self._action(entry)
        place = self._next_place((*entry.path, ""))
        self._added(
            PlacementRow(
                heading_id=heading_id,
                position=place,
                action_id=self._actions[key],
                number=self._unusual(entry.number, len(self._target.numberings) - 1, place),
            )
        )

    def _heading(self, path: tuple[str, ...]) -> int:
        if path not in self._headings:
            parent_id = self._heading(path[:-1]) if len(path) > 1 else None
            place = self._next_place(path[:-1])
            printed, _, title = path[-1].partition(" ")
            self._headings[path] = self._added(
                HeadingRow(
                    term_id=self._target.term_id,
                    parent_id=parent_id,
                    position=place,
                    title=title,
                    number=self._unusual(printed, len(path) - 1, place),
                )
            )
        return self._headings[path]

    def _action(self, entry: Entry) -> int:
        target = self._target
        action_id = self._added(ActionRow(term_id=target.term_id, title=entry.title))
        for position, line in enumerate(entry.lines):
            self._added(
                ProgressRow(
                    round_id=target.round_id,
                    action_id=action_id,
                    position=position,
                    status_id=target.status_ids[line.mark],
                    text=line.text,
                )
            )
        return action_id

    def _unusual(self, printed: str, level: int, place: int) -> str:
        """Return a printed number that does not follow from the place; else an empty text."""
        return "" if printed == number(self._target.numberings[level], place + 1) else printed

    def _next_place(self, above: tuple[str, ...]) -> int:
        place = self._count_below.get(above, 0)
        self._count_below[above] = place + 1
        return place

    def _added(self, row: SQLModel) -> int:
        self._session.add(row)
        self._session.flush()
        added: int = row.id  # type: ignore[attr-defined]
        return added
