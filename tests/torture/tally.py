"""What a kind of torture found: a row of the table, and each failure with its seed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LOSS, RAW, WORDS, OTHER = FAULTS = ("losses", "raw errors", "wrong words", "others")
HEAD = ("name", "tries", *FAULTS, "slowest s", "note")
_LONGEST = 150  # characters of what is told of one place
_DIFFERING = re.compile(r"~?[0-9a-f]{6,}|\d+")


class Fault(NamedTuple):
    """One failure."""

    kind: str
    seed: int
    told: str
    where: str


@dataclass
class Tally:
    """Counts the tries of one kind; `note` is what else was measured, or why it was skipped."""

    name: str
    again: str
    tries: int = 0
    slowest: float = 0.0
    note: str = ""
    faults: list[Fault] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def each(self, seeds: range) -> Iterator[int]:
        """Yield the seed of each try, and measure it."""
        for seed in seeds:
            begin = perf_counter()
            yield seed
            self.tries += 1
            self.slowest = max(self.slowest, perf_counter() - begin)

    def count(self, word: str, number: int = 1) -> None:
        """Count something for the note."""
        self.counted[word] += number

    def fault(self, kind: str, seed: int, told: str, where: str = "") -> None:
        """Note a failure of a try; `where` is what differs between failures that are alike."""
        self.faults.append(Fault(kind, seed, told, where))

    def row(self) -> str:
        """Return the row of the table, in Markdown."""
        counts = [len({each.seed for each in self.faults if each.kind == kind}) for kind in FAULTS]
        notes = (*(f"{number:,} {word}" for word, number in self.counted.items()), self.note)
        note = ", ".join(filter(None, notes))
        cells = (self.name, f"{self.tries:,}", *counts, f"{self.slowest:.2f}", note)
        return f"| {' | '.join(map(str, cells))} |"

    def complaints(self) -> Iterator[str]:
        """Yield what failed, alike ones once, and how to see each again."""
        alike: dict[tuple[str, str], list[Fault]] = {}
        for each in self.faults:
            place = each.told.rpartition(" (")[2] if each.kind == RAW else each.told
            alike.setdefault((each.kind, _DIFFERING.sub("0", place)), []).append(each)
        for same in sorted(alike.values(), key=len, reverse=True):
            first = same[0]
            places = "; ".join(dict.fromkeys(each.where[:_LONGEST] for each in same))
            yield (
                f"[{self.name}] {first.kind}, {len(same)} times: {first.told.rstrip()}\n"
                f"    {places[: _LONGEST * 3]}\n"
                f"    again: make torture ONLY={self.again} SEED={first.seed} TRIES=1\n"
            )


def table(tallies: list[Tally]) -> str:
    """Return the rows as a table in Markdown."""
    head = (f"| {' | '.join(HEAD)} |", f"|{'---|' * len(HEAD)}")
    return "\n".join((*head, *(each.row() for each in tallies)))
