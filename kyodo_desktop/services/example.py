"""Adds to a published table what shows the program at work: invented, and marked as such."""

from __future__ import annotations

import csv
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kyodo_desktop import paths
from kyodo_desktop.domain.importing import found_plan
from kyodo_desktop.domain.plan import Assignment, Progress, Role
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Place = tuple[tuple[tuple[str, str], ...], str]
_SEPARATOR = "・"


class Example:
    """What an example's files add to the plan of its `base`."""

    def __init__(self, texts: dict[str, Any]) -> None:
        self._texts = texts
        self._columns: dict[str, str] = texts["details"]
        self._rows: dict[Place, list[dict[str, str]]] = {}

    def on(self, base: dict[str, Any]) -> dict[str, Any]:
        """Return the texts of the whole plan; what is invented is said behind its policy."""
        self._rows = self._details(base["table"])
        earlier = self._texts["earlier_round"]
        return {
            **base,
            "policy": f"{base['policy']}\n{self._texts['invented']}",
            "sections": self._texts["sections"],
            "earlier_rounds": [(earlier["name"], earlier["fiscal_year"], earlier["as_of"])],
        }

    def completed(self, action: found_plan.FoundAction) -> found_plan.FoundAction:
        """Return the action with its dates, sections, and what the earlier round says of it."""
        rows, columns = self._rows[action.path, action.number], self._columns
        first, earlier = rows[0], self._texts["earlier_round"]["name"]
        lines = tuple(
            found_plan.FoundLine(
                earlier, "", row[columns["mark"]], row[columns["text"]], action.place
            )
            for row in rows
        )
        direction = first[columns["direction"]]
        outlook = found_plan.FoundOutlook("", direction, "", action.place)
        return action._replace(
            start_fiscal_year=int(first[columns["start"]]),
            due=first[columns["due"]],
            sections=(first[columns["lead"]],),
            related_sections=tuple(filter(None, first[columns["related"]].split(_SEPARATOR))),
            lines=(*action.lines, *lines),
            outlooks=(outlook,) if direction else (),
        )

    def marked(
        self,
        rows: Iterable[tuple[Any, ...]],
        round_id: int,
        ended: Collection[int | None],
        sections: dict[str, int],
    ) -> Iterator[tuple[Any, ...]]:
        """Mark as 前回のまま what a round says as the one before did, but of the `ended`.

        What a section has answered for is confirmed, whatever it says.
        """
        kept = list(rows)
        answered = {sections[name] for name in self._texts["inquiries"]["answered"]}
        confirmed = {
            row.action_id
            for row in kept
            if isinstance(row, Assignment) and row.role == Role.LEAD and row.section_id in answered
        }
        earlier = {
            (row.action_id, row.position, row.status_id, row.text)
            for row in kept
            if isinstance(row, Progress) and row.round_id != round_id
        }
        for row in kept:
            if (
                isinstance(row, Progress)
                and row.round_id == round_id
                and row.status_id not in ended
                and row.action_id not in confirmed
                and (row.action_id, row.position, row.status_id, row.text) in earlier
            ):
                yield row._replace(carried=1)
            else:
                yield row

    def inquiries(self, round_id: int, sections: dict[str, int]) -> Iterator[tables.InquiryRow]:
        """Yield who was asked, and who has answered."""
        inquiries = self._texts["inquiries"]
        for name in inquiries["asked"]:
            answered = inquiries["answered_at"] if name in inquiries["answered"] else None
            yield tables.InquiryRow(
                round_id=round_id,
                section_id=sections[name],
                sent_at=inquiries["sent_at"],
                due_on=inquiries["due_on"],
                covering=inquiries["covering"],
                answered_at=answered,
                accepted_at=answered,
            )

    @property
    def earlier_round(self) -> tuple[str, str]:
        """The name of the round before, and when it was closed."""
        earlier = self._texts["earlier_round"]
        return earlier["name"], earlier["closed_at"]

    def _details(self, table: dict[str, Any]) -> dict[Place, list[dict[str, str]]]:
        path = paths.bundled("resources", "samples", self._columns["file"])
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return {
            place: list(same) for place, same in groupby(rows, lambda row: place_of(row, table))
        }


def place_of(row: dict[str, str], columns: dict[str, Any]) -> Place:
    """Return the headings above a row (number and title each), and its own number."""
    path = (row[name].partition(" ") for name in columns["headings"])
    return tuple((number, title) for number, _, title in path), row[columns["number"]]
