"""Headings and actions while rows are read; 再掲 is settled at the end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.found_plan import (
    FoundAction,
    FoundHeading,
    FoundLine,
    FoundOutlook,
    FoundPlacement,
    ValueOrigin,
)
from kyodo_desktop.domain.importing.grid import Unread
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.relisting import is_reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.importing.grid import CellPlace

Path = tuple[tuple[str, str], ...]


class Told(NamedTuple):
    """What one row says of an action in a round, and where it says it."""

    round: str
    sections: tuple[str, ...]
    status: str
    text: str
    place: CellPlace
    origins: tuple[ValueOrigin, ...] = ()


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
    origins: tuple[ValueOrigin, ...] = ()

    def finished(self) -> FoundAction:
        """Return the action as it was found."""
        lines, origins = self._lines()
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
            lines,
            self.outlooks,
            self.relisted,
            self.origins + origins,
        )

    def _graded(self) -> tuple[Told, ...]:
        """Return what is told; a grade in a row of its own belongs to the text below or above."""
        told = list(self.told)
        of_round: defaultdict[str, list[int]] = defaultdict(list)
        for at, each in enumerate(self.told):
            of_round[each.round].append(at)
        for upper, lower in (pair for places in of_round.values() for pair in pairwise(places)):
            above, below = told[upper], told[lower]
            if above.place.row >= below.place.row or above is below:
                continue
            grade, text = (above, below) if above.status else (below, above)
            if grade.status and not grade.text and text.text and not text.status:
                told[upper] = told[lower] = text._replace(
                    status=grade.status,
                    sections=grade.sections,
                    origins=grade.origins + text.origins,
                )
        return tuple(dict.fromkeys(told))

    def _lines(self) -> tuple[tuple[FoundLine, ...], tuple[ValueOrigin, ...]]:
        """Return the lines; each names its section where several sections have their own."""
        by_round: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for each in self.told:
            by_round[each.round].add(each.sections)
        lines: dict[tuple[str, ...], FoundLine] = {}
        origins: list[ValueOrigin] = []
        said = {(each.round, each.status) for each in self.told if each.text}
        for name, sections, status, text, place, told_at in self._graded():
            if not text and (name, status) in said:
                continue  # a grade merged over rows of which another has the text
            own = sections[0] if len(sections) == 1 and len(by_round[name]) > 1 else ""
            line = FoundLine(name, own, status, text, place)
            if line[:4] not in lines:
                origins += [each._replace(line=len(lines)) for each in told_at]
                lines[line[:4]] = line
        return tuple(lines.values()), tuple(origins)


def added(known: tuple[str, ...], new: Iterable[str]) -> tuple[str, ...]:
    """Return both in order, each once."""
    fresh = tuple(each for each in new if each not in known)
    return tuple(dict.fromkeys(known + fresh)) if fresh else known


class Gathering:
    """All headings and actions so far, and what was left out."""

    def __init__(self) -> None:
        self.headings: dict[Path, FoundHeading] = {}
        self.drafts: list[ActionDraft] = []
        self.unread: list[Unread] = []
        self._names: dict[tuple[Path, str, str], tuple[str, str]] = {}
        self._keys: dict[tuple[Path, str, str], ActionDraft] = {}

    def known(self, above: Path, name: tuple[str, str]) -> tuple[str, str]:
        """Return number and title as they stood the first time, however they are typed now."""
        number, title = name
        return self._names.setdefault((above, squeezed(number), squeezed(title)), name)

    def heading(self, path: Path, place: CellPlace) -> None:
        """Take a heading with all above it, unless it is known."""
        for depth in range(1, len(path) + 1):
            here = path[:depth]
            if here not in self.headings:
                self.headings[here] = FoundHeading(here[:-1], *here[-1], place)

    def action(
        self, path: Path, number: str, title: str, place: CellPlace, *, again: bool
    ) -> ActionDraft:
        """Take an action; the same in the same place (of another year) is the one there was."""
        key = (path, squeezed(number), squeezed(title))
        known = self._keys.get(key)
        if known is not None and known.is_relisted == again:
            return known
        draft = ActionDraft(path, number, title, place, again)
        self.drafts.append(draft)
        self._keys[key] = draft
        return draft

    def leave(self, place: CellPlace, text: str, reason: str) -> None:
        """Note what was left out, or taken otherwise than it stands."""
        self.unread.append(Unread(place, text, reason))

    def finished(self) -> tuple[FoundAction, ...]:
        """Return the actions, each with its other placements."""
        homes: dict[str, ActionDraft] = {}
        for draft in self.drafts:
            if not draft.is_relisted:
                homes.setdefault(squeezed(draft.title), draft)
        kept = []
        for draft in self.drafts:
            home = homes.get(squeezed(draft.title)) if draft.is_relisted else None
            if home is not None:
                self._placed_again(draft, home)
                continue
            if draft.is_relisted:
                homes[squeezed(draft.title)] = draft
                self.leave(
                    draft.place,
                    f"{draft.title}（再掲）",
                    "再掲のもとになる同じ名称の行が見つからないため、ここを掲載場所としました。",
                )
            kept.append(draft)
        return tuple(draft.finished() for draft in kept)

    def _placed_again(self, draft: ActionDraft, home: ActionDraft) -> None:
        home.relisted += (FoundPlacement(draft.path, draft.number, draft.place),)
        home.sections = added(home.sections, draft.sections)
        home.related = added(home.related, draft.related)
        known = {squeezed(each.text) for each in home.told}
        had = bool(home.told)
        for each in draft.told:
            if is_reference(each.text) or squeezed(each.text) in known:
                continue
            if had:
                text = f"{each.status} {each.text}".strip()
                where = home.place.label
                reason = f"再掲の行の進捗状況です。もとの行（{where}）の方を取り込みました。"
                self.leave(each.place, text, reason)
            else:
                home.told += (each,)
        rounds = {each.round for each in home.outlooks}
        home.outlooks += tuple(each for each in draft.outlooks if each.round not in rounds)
