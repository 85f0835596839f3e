"""Writes what a table says of known actions in rounds, new rounds as well."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from kyodo_desktop.domain.outline import Record
from kyodo_desktop.domain.plan import Outlook, Progress, Round
from kyodo_desktop.services.importing.update import UpdatePart
from kyodo_desktop.services.rounds import carried_rows
from kyodo_desktop.store.fetching import fetch_where, values
from kyodo_desktop.store.tables import OutlookRow, ProgressRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlmodel import Session

    from kyodo_desktop.services.importing.comparison import UpdateComparison
    from kyodo_desktop.services.importing.names import NameIndex
    from kyodo_desktop.services.importing.update import Difference


class RoundRows:
    """Writes the chosen lines and outlooks.

    A new round begins as `open_round` lets it begin, with what the round `before` said; what
    the table says of an action takes the place of that.
    """

    def __init__(
        self,
        session: Session,
        comparison: UpdateComparison,
        names: NameIndex,
        before: Mapping[str, Record | None],
    ) -> None:
        self._session, self._comparison, self._names = session, comparison, names
        self._before = before
        self._sides = comparison.sides
        self._last: Record | None = None

    def write(self, taken: Sequence[Difference]) -> None:
        """Write what was chosen of known actions."""
        chosen = {(each.part, each.which, each.nth) for each in taken}
        left = {(each.part, each.which, each.nth) for each in self._comparison.differences}
        for name, round_id in self._names.open_rounds.items():
            if name in self._names.new_rounds:
                self._begin(name, round_id, left - chosen)
                continue
            self._write_lines(
                name,
                round_id,
                {each[2] for each in chosen if each[:2] == (UpdatePart.PROGRESS, name)},
            )
            self._write_outlooks(
                name,
                round_id,
                {each[2] for each in chosen if each[:2] == (UpdatePart.OUTLOOK, name)},
            )

    # Rounds that are there

    def _write_lines(self, name: str, round_id: int, indexes: Collection[int]) -> None:
        """Write over the lines that are there; those too many go, those too few come."""
        actions = self._sides.pairs.actions
        kept: defaultdict[int, list[ProgressRow]] = defaultdict(list)
        ids = [actions[index] for index in indexes]
        for row in fetch_where(self._session, ProgressRow, action_id=ids):
            if row.round_id == round_id:
                kept[row.action_id].append(row)
        for index in indexes:
            action_id = actions[index]
            rows = sorted(kept[action_id], key=lambda row: (row.position, row.id or 0))
            wanted = self._new_lines(index, action_id, name, round_id)
            for row in rows[len(wanted) :]:
                self._session.delete(row)
            for row, new in zip(rows, wanted, strict=False):
                row.status_id, row.text, row.section_id = new.status_id, new.text, new.section_id
                row.position, row.carried = new.position, 0
            self._session.add_all(wanted[len(rows) :])

    def _write_outlooks(self, name: str, round_id: int, indexes: Collection[int]) -> None:
        actions = self._sides.pairs.actions
        ids = [actions[index] for index in indexes]
        kept = {
            row.action_id: row
            for row in fetch_where(self._session, OutlookRow, action_id=ids)
            if row.round_id == round_id
        }
        for index in indexes:
            new = self._new_outlook(index, actions[index], name, round_id)
            row = kept.get(actions[index], new)
            row.direction_id, row.text, row.carried = new.direction_id, new.text, 0
            self._session.add(row)

    # New rounds

    def _begin(
        self, name: str, round_id: int, left: Collection[tuple[UpdatePart, str, int]]
    ) -> None:
        """Carry forward what was said before, but for what the table says; `left` is not taken."""
        found = next(each for each in self._sides.found.rounds if each.name == name)
        lines: defaultdict[int, list[ProgressRow]] = defaultdict(list)
        outlooks: dict[int, OutlookRow] = {}
        record, outline = self._record_before(name), self._sides.outline
        carried = carried_rows(outline, record, round_id, found.fiscal_year) if record else ()
        for row in carried:
            if isinstance(row, ProgressRow):
                lines[row.action_id].append(row)
            elif isinstance(row, OutlookRow):
                outlooks[row.action_id] = row
        for index, action_id in self._sides.pairs.actions.items():
            told = self._new_lines(index, action_id, name, round_id)
            if told and (UpdatePart.PROGRESS, name, index) not in left:
                lines[action_id] = told
            is_told = any(self._comparison.wanted_outlook(index, action_id, name))
            if is_told and (UpdatePart.OUTLOOK, name, index) not in left:
                outlooks[action_id] = self._new_outlook(index, action_id, name, round_id)
        self._session.add_all([*chain.from_iterable(lines.values()), *outlooks.values()])
        self._session.flush()
        self._last = Record(
            Round(round_id, *found, None),
            {key: tuple(Progress(**values(row)) for row in rows) for key, rows in lines.items()},
            {key: Outlook(**values(row)) for key, row in outlooks.items()},
        )

    def _record_before(self, name: str) -> Record | None:
        """Return what the round before says, which may have come just now."""
        records = [each for each in (self._before[name], self._last) if each]
        return max(records, key=lambda each: each.round[2:4], default=None)

    # Rows of what the table says

    def _new_lines(
        self, index: int, action_id: int, name: str, round_id: int
    ) -> list[ProgressRow]:
        return [
            ProgressRow(
                round_id=round_id,
                action_id=action_id,
                position=position,
                status_id=self._names.statuses.get(line.status),
                text=line.text,
                section_id=self._names.section(line.section),
            )
            for position, line in enumerate(self._comparison.wanted_lines(index, action_id, name))
        ]

    def _new_outlook(self, index: int, action_id: int, name: str, round_id: int) -> OutlookRow:
        said = self._comparison.wanted_outlook(index, action_id, name)
        return OutlookRow(
            round_id=round_id,
            action_id=action_id,
            direction_id=self._names.directions.get(said.direction),
            text=said.text,
        )
