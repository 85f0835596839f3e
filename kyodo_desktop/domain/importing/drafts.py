"""An action while its rows are read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.found_plan import (
    FoundAction,
    FoundLine,
    FoundOutlook,
    FoundPlacement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.importing.grid import CellPlace

    Path = tuple[tuple[str, str], ...]


class Told(NamedTuple):
    """What one row says of an action in a round."""

    round: str
    sections: tuple[str, ...]
    status: str
    text: str
    place: CellPlace


@dataclass(slots=True)
class ActionDraft:
    """An action while its rows are read.

    There may be 50,000 of them, so what is empty is a shared tuple rather than a list of its own.
    """

    path: Path
    number: str
    title: str
    place: CellPlace
    is_relisted: bool = False
    description: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    start: int | None = None
    due: str | None = None
    sections: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    outlooks: tuple[FoundOutlook, ...] = ()
    relisted: tuple[FoundPlacement, ...] = ()

    def finished(self) -> FoundAction:
        """Return the action as it was found."""
        return FoundAction(
            self.path,
            self.number,
            self.title,
            self.place,
            "\n".join(self.description),
            self.start,
            self.due,
            "\n".join(self.note),
            self.sections,
            tuple(name for name in self.related if name not in self.sections),
            self._lines(),
            self.outlooks,
            self.relisted,
        )

    def _lines(self) -> tuple[FoundLine, ...]:
        """Return the lines; each names its section where several sections have their own."""
        by_round: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for each in self.told:
            by_round[each.round].add(each.sections)
        lines: dict[tuple[str, ...], FoundLine] = {}
        for name, sections, status, text, place in self.told:
            own = sections[0] if len(sections) == 1 and len(by_round[name]) > 1 else ""
            line = FoundLine(name, own, status, text, place)
            lines.setdefault(line[:4], line)
        return tuple(lines.values())


def added(known: tuple[str, ...], new: Iterable[str]) -> tuple[str, ...]:
    """Return both in order, each once."""
    fresh = tuple(each for each in new if each not in known)
    return tuple(dict.fromkeys(known + fresh)) if fresh else known
