"""The answers that are being looked at, and what was decided about each so far."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kyodo_desktop.domain.replies.form import Answer
    from kyodo_desktop.domain.replies.review import Difference, Review

_Cell = tuple[object, ...]


class ReceivedFile:
    """A file, and its answer or the `problem` because of which there is none.

    What was decided outlives a new review as long as the cell says the same on both sides.
    """

    def __init__(self, path: Path, answer: Answer | None, problem: str = "") -> None:
        self.path, self.answer, self.problem = path, answer, problem
        self.review: Review | None = None
        self.taken: str = ""  # what was told when it was taken in just now
        self._decisions: dict[_Cell, bool] = {}

    @property
    def is_open(self) -> bool:
        """Tell whether something of the file can be taken in."""
        return self.review is not None and not self.review.is_blocked and not self.taken

    def decision(self, difference: Difference) -> bool | None:
        """Tell whether the answer is wanted; None for a clash that nobody has decided."""
        default = None if difference.is_clash else difference.is_default
        return self._decisions.get(_cell(difference), default)

    def decide(self, difference: Difference, *, wanted: bool) -> None:
        """Want the answer or what the plan says now; the cells of a new line go together."""
        for each in self._together(difference):
            self._decisions[_cell(each)] = wanted

    def chosen(self) -> frozenset[int]:
        """Return the ids of the differences that are wanted."""
        return frozenset(each.id for each in self.differences if self.decision(each))

    def undecided(self) -> int:
        """Return how many clashes nobody has decided."""
        return sum(self.decision(each) is None for each in self.differences)

    def decisions(self) -> list[list[object]]:
        """Return what was decided, in a form for `decide_again`."""
        return [[*cell, wanted] for cell, wanted in self._decisions.items()]

    def decide_again(self, decisions: Iterable[Sequence[object]]) -> None:
        """Decide as before, where both sides still say the same."""
        for *cell, wanted in decisions:
            self._decisions[tuple(cell)] = bool(wanted)

    @property
    def differences(self) -> tuple[Difference, ...]:
        return self.review.differences if self.review else ()

    def _together(self, difference: Difference) -> Iterable[Difference]:
        if not difference.is_new_line:
            return (difference,)
        place = difference.action_id, difference.place
        return (each for each in self.differences if (each.action_id, each.place) == place)


class Batch:
    """The files in the order in which they came; one that comes again takes its old place."""

    def __init__(self) -> None:
        self.files: list[ReceivedFile] = []

    def add(self, files: Iterable[ReceivedFile]) -> list[ReceivedFile]:
        """Add files and return those that were not there in the same state before."""
        new = []
        for file in files:
            known = [each.path for each in self.files]
            if file.path not in known:
                self.files.append(file)
            elif _is_same(self.files[known.index(file.path)], file):
                continue
            else:
                self.files[known.index(file.path)] = file
            new.append(file)
        return new

    def answers(self) -> list[Answer]:
        """Return the answers of all files."""
        return [each.answer for each in self.files if each.answer]

    def show_reviews(self, reviews: Mapping[str, Review]) -> None:
        """Keep the newest reviews, by the hash of their answers.

        A file that was taken in is open again when that was undone.
        """
        for file in self.files:
            if file.answer is not None:
                file.review = reviews.get(file.answer.hash, file.review)
                if file.review is not None and not file.review.is_accepted:
                    file.taken = ""

    def unfinished(self) -> list[ReceivedFile]:
        """Return the files about which something was decided that is not in the plan yet."""
        return [each for each in self.files if not each.taken and each.decisions()]

    def plain(self) -> list[ReceivedFile]:
        """Return the files that can be taken in without a decision that is still open."""
        sections = Counter(_section(each) for each in self.files if each.is_open)
        return [
            each
            for each in self.files
            if each.is_open and sections[_section(each)] == 1 and not _needs_a_look(each)
        ]

    def twins(self, file: ReceivedFile) -> Sequence[ReceivedFile]:
        """Return the other open files of the same section."""
        return [
            each
            for each in self.files
            if each is not file and each.is_open and _section(each) == _section(file)
        ]


def _needs_a_look(file: ReceivedFile) -> bool:
    assert file.review is not None
    return file.review.needs_somebody or file.review.is_accepted


def _section(file: ReceivedFile) -> int:
    return file.answer.key.section_id if file.answer else 0


def _is_same(known: ReceivedFile, file: ReceivedFile) -> bool:
    """Tell whether a file that came again says nothing new."""
    if known.answer is None or file.answer is None:
        return known.answer is file.answer and known.problem == file.problem
    return known.answer.hash == file.answer.hash


def _cell(difference: Difference) -> _Cell:
    """Return what names a cell and what both sides say of it."""
    return (
        difference.action_id,
        difference.line_id,
        difference.place,
        difference.field,
        difference.now.value,
        difference.answer.value,
    )
