"""Goes through a table once, and notes what it says differently than the plan."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.fiscal_year import day_label, fiscal_year_label, month_label
from kyodo_desktop.domain.nodes import heading_node, placement_node
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services.importing.matching import PlanWords
from kyodo_desktop.services.importing.pairing import key, shown_numbers
from kyodo_desktop.services.importing.said import SaidLine, SaidOutlook, Telling, wanted_outlook
from kyodo_desktop.services.importing.update import Difference, UpdatePart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundHeading, FoundPlan
    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.importing.matching import Known
    from kyodo_desktop.services.importing.pairing import Pairs
    from kyodo_desktop.services.importing.said import Said

    Path = tuple[tuple[str, str], ...]


class Sides(NamedTuple):
    """The plan and the table, and which of the one is which of the other.

    `said` is what the plan says by the table's rounds; of a new one, in the round before.
    """

    outline: Outline
    term_id: int
    found: FoundPlan
    pairs: Pairs
    known: Known
    said: dict[str, Said]


class UpdateComparison:
    """`differences` come in an order in which each stands behind those that it needs."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.differences: list[Difference] = []
        self.unchanged = 0
        self.words = PlanWords(sides.outline, sides.known)
        outline, _, found, self._pairs, self._known, self._said = sides
        self._outline, self._found = outline, found
        self._numbers = shown_numbers(outline)
        self._telling = Telling(found)
        self._refused: Counter[str] = Counter()
        self._new: dict[tuple[UpdatePart, str | Path], int] = {}
        self._compare_names()
        for index, heading in enumerate(found.headings):
            self._compare_heading(index, heading)
        for index, action in enumerate(found.actions):
            before = len(self.differences)
            self._compare_action(index, action)
            self.unchanged += len(self.differences) == before

    def refused(self) -> Iterator[str]:
        """Yield what cannot be taken because its round is closed."""
        for name, count in self._refused.items():
            yield (
                f"調査「{name}」は確定済みのため、この調査の違い{count:,}件は取り込みません。"
                "取り込むときは、先に「調査」→「確定を解除」で開き直してください。"
            )

    # Names that the plan does not have yet

    def _compare_names(self) -> None:
        found, lines = self._found, [each for row in self._found.actions for each in row.lines]
        chosen = {each.direction for row in found.actions for each in row.outlooks}
        marked = {line.status for line in lines}
        for index, status in enumerate(found.statuses):
            if status.mark in marked and status.mark not in self._known.statuses:
                self._note_new(UpdatePart.STATUS, status.mark, index, status.word)
        for index, label in enumerate(found.directions):
            if label in chosen and label not in self._known.directions:
                self._note_new(UpdatePart.DIRECTION, label, index, label)
        for index, row in sorted(enumerate(found.rounds), key=lambda each: each[1][1:]):
            if row.name not in self._known.rounds:
                self._note_new(
                    UpdatePart.ROUND, row.name, index, f"{row.name}（{day_label(row.as_of)}）"
                )

    def _note_new(self, part: UpdatePart, name: str, index: int, words: str) -> None:
        self._new[part, name] = self._note(Difference(part, name, "", words, None, index))

    # Headings

    def _compare_heading(self, index: int, found: FoundHeading) -> None:
        heading_id, label = self._pairs.headings.get(found.own_path), _label(*found[1:3])
        if heading_id is None:
            needs = self._needs(UpdatePart.HEADING, [found.path])
            above = " › ".join(_label(*each) for each in found.path)
            self._new[UpdatePart.HEADING, found.own_path] = self._note(
                Difference(UpdatePart.HEADING, label, "", above, found.place, index, needs=needs)
            )
            return
        node = heading_node(heading_id)
        title, number = self._outline.title(node), self._numbers[node]
        item = _label(number, title)
        if found.title != title:
            self._note(
                Difference(UpdatePart.HEADING_TITLE, item, title, found.title, found.place, index)
            )
        if found.number and key(found.number) != key(number):
            self._note(
                Difference(
                    UpdatePart.HEADING_NUMBER, item, number, found.number, found.place, index
                )
            )

    # Actions

    def _compare_action(self, index: int, found: FoundAction) -> None:
        action_id = self._pairs.actions.get(index)
        if action_id is None:
            self._note_action(index, found)
            return
        self._compare_places(index, found, action_id)
        self._compare_fields(index, found, action_id)
        for round_ in self._found.rounds:
            self._compare_lines(index, found, action_id, round_.name)
            self._compare_outlook(index, found, action_id, round_.name)

    def _note_action(self, index: int, found: FoundAction) -> None:
        needs = (
            self._needs(UpdatePart.HEADING, [found.path])
            | self._needs(UpdatePart.STATUS, [line.status for line in found.lines])
            | self._needs(UpdatePart.DIRECTION, [each.direction for each in found.outlooks])
        )
        above = " › ".join(_label(*each) for each in found.path)
        self._note(
            Difference(
                UpdatePart.ACTION, _label(*found[1:3]), "", above, found.place, index, needs=needs
            )
        )
        told = {line.round for line in found.lines} | {each.round for each in found.outlooks}
        for name in told:
            if self._is_closed(name):
                self._refused[name] += 1

    def _compare_places(self, index: int, found: FoundAction, action_id: int) -> None:
        outline, item = self._outline, self._item(action_id)
        placed = {outline.placements[each].heading_id: each for each in outline.placed[action_id]}
        here = placed.get(self._pairs.headings.get(found.path, 0))
        moves = frozenset[int]()
        if here is None:
            moves = frozenset([self._note_move(index, found, action_id)])
            home = outline.placements[outline.placed[action_id][0]]
            del placed[home.heading_id]
        elif found.number:
            number = self._numbers[placement_node(here)]
            if key(found.number) != key(number):
                new = found.number
                self._note(Difference(UpdatePart.NUMBER, item, number, new, found.place, index))
        for place, again in enumerate(found.relisted):
            if self._pairs.headings.get(again.path, 0) not in placed:
                new = _label(*again.path[-1])
                needs = self._needs(UpdatePart.HEADING, [again.path]) | moves
                where = (again.place, index, str(place), needs)
                self._note(Difference(UpdatePart.RELISTING, item, "", new, *where))

    def _note_move(self, index: int, found: FoundAction, action_id: int) -> int:
        above = self._outline.parent(self._outline.home(action_id)) or 0
        needs = self._needs(UpdatePart.HEADING, [found.path])
        words = (self._item(action_id), self._label(above), _label(*found.path[-1]))
        return self._note(Difference(UpdatePart.PLACE, *words, found.place, index, needs=needs))

    def _compare_fields(self, index: int, found: FoundAction, action_id: int) -> None:
        action, item = self._outline.actions[action_id], self._item(action_id)
        lead, related = (self._outline.section_names(action_id, role) for role in Role)
        wanted = [self.words.section(each) for each in found.sections]
        helping = [self.words.section(each) for each in found.related_sections]
        helping = [each for each in helping if each not in wanted]
        for part, old, new in (
            (UpdatePart.TITLE, action.title, found.title),
            (UpdatePart.DESCRIPTION, action.description, found.description),
            (UpdatePart.START, _year(action.start_fiscal_year), _year(found.start_fiscal_year)),
            (UpdatePart.DUE, month_label(action.due), month_label(found.due)),
            (UpdatePart.NOTE, action.note, found.note),
        ):
            if new and new != old:
                self._note(Difference(part, item, old, new, found.place, index))
        for part, olds, news in (
            (UpdatePart.LEAD, lead, wanted),
            (UpdatePart.RELATED, related, helping),
        ):
            if news and set(news) != set(olds):
                self._note(
                    Difference(part, item, "、".join(olds), "、".join(news), found.place, index)
                )

    # What rounds say

    def wanted_lines(self, index: int, action_id: int, name: str) -> tuple[SaidLine, ...]:
        """Return what the table says of an action in a round; where it is silent, nothing."""
        lines = [line for line in self._found.actions[index].lines if line.round == name]
        return self._telling.lines(lines, self._said[name].lines(action_id), self.words)

    def wanted_outlook(self, index: int, action_id: int, name: str) -> SaidOutlook:
        """Return 今後の方向性 of an action as the table has it; where it is silent, nothing."""
        for outlook in self._found.actions[index].outlooks:
            if outlook.round == name:
                return wanted_outlook(outlook, self._said[name].outlook(action_id), self.words)
        return SaidOutlook()

    def _compare_lines(self, index: int, found: FoundAction, action_id: int, name: str) -> None:
        lines = [line for line in found.lines if line.round == name]
        present = self._said[name].lines(action_id)
        wanted = self.wanted_lines(index, action_id, name)
        if wanted and wanted != present:
            needs = self._needs(UpdatePart.STATUS, [line.status for line in lines])
            self._note_said(
                UpdatePart.PROGRESS,
                action_id,
                (
                    "\n".join(each.words for each in present),
                    "\n".join(each.words for each in wanted),
                ),
                lines[0].place,
                (index, name),
                needs,
            )

    def _compare_outlook(self, index: int, found: FoundAction, action_id: int, name: str) -> None:
        present = self._said[name].outlook(action_id)
        wanted = self.wanted_outlook(index, action_id, name)
        for outlook in found.outlooks:
            if outlook.round == name and wanted != present:
                needs = self._needs(UpdatePart.DIRECTION, [outlook.direction])
                words = (present.words, wanted.words)
                at = (index, name)
                self._note_said(UpdatePart.OUTLOOK, action_id, words, outlook.place, at, needs)

    def _note_said(
        self,
        part: UpdatePart,
        action_id: int,
        words: tuple[str, str],
        place: CellPlace,
        at: tuple[int, str],
        needs: frozenset[int],
    ) -> None:
        """Note what a round says differently, unless the round is closed."""
        index, name = at
        if self._is_closed(name):
            self._refused[name] += 1
            return
        needs |= self._needs(UpdatePart.ROUND, [name])
        self._note(
            Difference(part, self._item(action_id), *words, place, index, name, needs=needs)
        )

    def _is_closed(self, name: str) -> bool:
        known = self._outline.rounds.get(self._known.rounds.get(name, 0))
        return known is not None and known.closed_at is not None

    def _item(self, action_id: int) -> str:
        return self._label(self._outline.home(action_id))

    def _label(self, node: int) -> str:
        return _label(self._numbers.get(node, ""), self._outline.title(node))

    def _needs(self, part: UpdatePart, names: Iterable[str | Path]) -> frozenset[int]:
        return frozenset(self._new[part, each] for each in names if (part, each) in self._new)

    def _note(self, difference: Difference) -> int:
        """Keep a difference and return its place among all of them."""
        self.differences.append(difference)
        return len(self.differences) - 1


def _label(number: str, title: str) -> str:
    return f"{number} {title}".strip()


def _year(year: int | None) -> str:
    return "" if year is None else fiscal_year_label(year)
