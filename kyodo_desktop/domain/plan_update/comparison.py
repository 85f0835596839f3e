"""Goes through a table once, and notes what it says differently than the plan."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import (
    day_label,
    fiscal_year_label,
    month_label,
    period_label,
)
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.titles import printed_years
from kyodo_desktop.domain.nodes import heading_node, placement_node, row_id, term_node
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.plan_update.gathered import GatheredTexts
from kyodo_desktop.domain.plan_update.names import PlanWords, known_names
from kyodo_desktop.domain.plan_update.pairing import key, paired, shown_numbers
from kyodo_desktop.domain.plan_update.statements import (
    OutlookWords,
    RoundWords,
    TableWords,
    wanted_text,
)
from kyodo_desktop.domain.plan_update.update import Difference, Gone, UpdatePart
from kyodo_desktop.domain.predecessors import round_before

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundHeading, FoundPlan
    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.domain.plan import Action
    from kyodo_desktop.domain.plan_update.statements import LineWords

    Path = tuple[tuple[str, str], ...]
    _Words = tuple[str, str, str]
    _At = tuple[CellPlace | None, int]


class UpdateComparison:
    """The plan, the table as it fits the plan, and which of the one is which of the other.

    `differences` come in an order in which each stands behind those that it needs. `records`
    are what the plan says, by the table's rounds; of a new one, in the round before.
    """

    def __init__(
        self,
        outline: Outline,
        found: FoundPlan,
        record_of: Callable[[int], Record],
        apart: Collection[int],
        control: JobControl,
    ) -> None:
        self.outline, self.found = outline, found
        self.term_id = _term_of(outline, found)
        self.pairs = paired(outline, self.term_id, found, apart)
        self.known = known_names(outline, found)
        self.records: dict[str, Record | None] = {}
        for each in found.rounds:
            round_id = self.known.rounds.get(each.name) or round_before(outline, *each[1:])
            self.records[each.name] = record_of(round_id) if round_id else None
        self.numbers = shown_numbers(outline)
        self.differences: list[Difference] = []
        self.unchanged = 0
        self.words = PlanWords(outline, self.known)
        self._table_words = TableWords(found, self.words)
        self._gathered = GatheredTexts(found)
        self._round_words = {
            name: RoundWords(outline, each) for name, each in self.records.items()
        }
        self._refused: Counter[str] = Counter()
        self._new: dict[tuple[UpdatePart, str | Path], int] = {}
        self._compare(control)

    def _compare(self, control: JobControl) -> None:
        self._compare_names()
        for index, heading in enumerate(self.found.headings):
            self._compare_heading(index, heading)
        for index, action in enumerate(self.found.actions):
            before = len(self.differences)
            self._compare_action(index, action)
            self.unchanged += len(self.differences) == before
            control.advance()

    def refused(self) -> Iterator[str]:
        """Yield what cannot be taken because its round is closed."""
        for name, count in self._refused.items():
            yield (
                f"調査「{name}」は確定済みのため、この調査の違い{count:,}件は取り込みません。"
                "取り込むときは、先に「調査」→「確定を解除」で開き直してください。"
            )

    def outside(self) -> Iterator[str]:
        """Yield which new rounds are of a year that the plan has not, or not in its name."""
        plan = self.outline.plan
        first, last = plan.first_fiscal_year, plan.last_fiscal_year
        earlier = {each.fiscal_year for each in self.outline.rounds.values()}
        for each in self.found.rounds:
            if each.name in self.known.rounds:
                continue
            named = earlier.intersection(printed_years([plan.title], each.fiscal_year)[0])
            if named and each.fiscal_year not in named:
                yield (
                    f"計画名に{fiscal_year_label(max(named))}とあり、調査「{each.name}」の報告書の"
                    "表紙にもそのまま出ます。「設定」→「計画の設定」で直してください。"
                )
            if not first <= each.fiscal_year <= last:
                yield (
                    f"調査「{each.name}」は、計画期間（{period_label(first, last)}）の外です。"
                    "計画期間が違うときは、「設定」→「計画の設定」で直してください。"
                )

    def gone(self) -> Iterator[Gone]:
        """Yield what the plan has and the table has not."""
        outline, pairs = self.outline, self.pairs
        headings, actions = set(pairs.headings.values()), set(pairs.actions.values())
        for node in outline.below(term_node(self.term_id)):
            action = outline.action_at(node)
            if action is None and row_id(node) in headings:
                continue
            if action is not None and (action.id in actions or outline.is_relisted(node)):
                continue
            above = outline.parent(node)
            assert above is not None
            yield Gone(node, self._label(node), self._label(above))

    def is_closed(self, name: str) -> bool:
        """Tell whether a round of the table is one of the plan that is closed."""
        known = self.outline.rounds.get(self.known.rounds.get(name, 0))
        return known is not None and known.closed_at is not None

    # Names that the plan does not have yet

    def _compare_names(self) -> None:
        found, lines = self.found, [each for row in self.found.actions for each in row.lines]
        chosen = {each.direction for row in found.actions for each in row.outlooks}
        marked = {line.status for line in lines}
        for index, status in enumerate(found.statuses):
            if status.mark in marked and status.mark not in self.known.statuses:
                self._note_new(UpdatePart.STATUS, status.mark, index, status.word)
        for index, label in enumerate(found.directions):
            if label in chosen and label not in self.known.directions:
                self._note_new(UpdatePart.DIRECTION, label, index, label)
        for index, row in sorted(enumerate(found.rounds), key=lambda each: each[1][1:]):
            if row.name not in self.known.rounds:
                self._note_new(
                    UpdatePart.ROUND, row.name, index, f"{row.name}（{day_label(row.as_of)}）"
                )

    def _note_new(self, part: UpdatePart, name: str, index: int, words: str) -> None:
        self._new[part, name] = self._note(part, (name, "", words), (None, index))

    # Headings

    def _compare_heading(self, index: int, found: FoundHeading) -> None:
        heading_id, at = self.pairs.headings.get(found.own_path), (found.place, index)
        if heading_id is None:
            needs = self._needs(UpdatePart.HEADING, [found.path])
            words = (_label(found.number, found.title), "", _path_label(found.path))
            self._new[UpdatePart.HEADING, found.own_path] = self._note(
                UpdatePart.HEADING, words, at, needs=needs
            )
            return
        node = heading_node(heading_id)
        title, number = self.outline.title(node), self.numbers[node]
        item = _label(number, title)
        if wanted_text(found.title, title) != title:
            self._note(UpdatePart.HEADING_TITLE, (item, title, found.title), at)
        if found.number and key(found.number) != key(number):
            self._note(UpdatePart.HEADING_NUMBER, (item, number, found.number), at)

    # Actions

    def _compare_action(self, index: int, found: FoundAction) -> None:
        action_id = self.pairs.actions.get(index)
        if action_id is None:
            self._note_action(index, found)
            return
        self._compare_places(index, found, action_id)
        self._compare_fields(index, found, action_id)
        for round_ in self.found.rounds:
            self._compare_lines(index, found, action_id, round_.name)
            self._compare_outlook(index, found, action_id, round_.name)

    def _note_action(self, index: int, found: FoundAction) -> None:
        needs = (
            self._needs(UpdatePart.HEADING, [found.path])
            | self._needs(UpdatePart.STATUS, [line.status for line in found.lines])
            | self._needs(UpdatePart.DIRECTION, [each.direction for each in found.outlooks])
        )
        words = (_label(found.number, found.title), "", _path_label(found.path))
        self._note(UpdatePart.ACTION, words, (found.place, index), needs=needs)
        named = {line.round for line in found.lines} | {each.round for each in found.outlooks}
        self._refused.update(filter(self.is_closed, named))

    def _compare_places(self, index: int, found: FoundAction, action_id: int) -> None:
        outline, item, moves = self.outline, self._item(action_id), frozenset[int]()
        placed = {outline.placements[each].heading_id: each for each in outline.placed[action_id]}
        here = placed.get(self.pairs.headings.get(found.path, 0))
        if here is None:
            home = outline.home(action_id)
            above, needs = outline.parent(home) or 0, self._needs(UpdatePart.HEADING, [found.path])
            words = (item, self._label(above), _label(*found.path[-1]))
            moves = frozenset(
                [self._note(UpdatePart.PLACE, words, (found.place, index), needs=needs)]
            )
            del placed[row_id(above)]
        elif found.number:
            number = self.numbers[placement_node(here)]
            if key(found.number) != key(number):
                words = (item, number, found.number)
                self._note(UpdatePart.NUMBER, words, (found.place, index))
        for place, again in enumerate(found.relisted):
            if self.pairs.headings.get(again.path, 0) not in placed:
                needs = self._needs(UpdatePart.HEADING, [again.path]) | moves
                words = (item, "", _label(*again.path[-1]))
                at = (again.place, index)
                self._note(UpdatePart.RELISTING, words, at, str(place), needs)

    def _compare_fields(self, index: int, found: FoundAction, action_id: int) -> None:
        action, item = self.outline.actions[action_id], self._item(action_id)
        for part, old, new in (
            (UpdatePart.TITLE, action.title, found.title),
            (UpdatePart.DESCRIPTION, action.description, self.wanted_description(index, action)),
            (UpdatePart.START, _year(action.start_fiscal_year), _year(found.start_fiscal_year)),
            (UpdatePart.DUE, month_label(action.due), month_label(found.due)),
            (UpdatePart.NOTE, action.note, self.wanted_note(index, action)),
        ):
            if wanted_text(new, old) != old:
                self._note(part, (item, old, new), (found.place, index))
        lead, related = (self.outline.section_names(action_id, role) for role in Role)
        wanted = [self.words.section(each) for each in found.sections]
        helping = [self.words.section(each) for each in found.related_sections]
        for part, olds, news in (
            (UpdatePart.LEAD, lead, wanted),
            (UpdatePart.RELATED, related, [each for each in helping if each not in wanted]),
        ):
            if news and set(news) != set(olds):
                words = (item, "、".join(olds), "、".join(news))
                self._note(part, words, (found.place, index))

    def wanted_description(self, index: int, action: Action) -> str:
        """Return the description of an action as it shall be."""
        found = self.found.actions[index]
        return self._gathered.wanted(
            found, ColumnRole.DESCRIPTION, found.description, action.description
        )

    def wanted_note(self, index: int, action: Action) -> str:
        """Return the note of an action as it shall be."""
        found = self.found.actions[index]
        return self._gathered.wanted(found, ColumnRole.NOTE, found.note, action.note)

    # What rounds say

    def wanted_lines(self, index: int, action_id: int, name: str) -> tuple[LineWords, ...]:
        """Return what the table says of an action in a round; where it is silent, nothing."""
        lines = [line for line in self.found.actions[index].lines if line.round == name]
        return self._table_words.lines(lines, self._round_words[name].lines(action_id))

    def wanted_outlook(self, index: int, action_id: int, name: str) -> OutlookWords:
        """Return 今後の方向性 of an action as the table has it; where it is silent, nothing."""
        for outlook in self.found.actions[index].outlooks:
            if outlook.round == name:
                present = self._round_words[name].outlook(action_id)
                return self._table_words.outlook(outlook, present)
        return OutlookWords()

    def _compare_lines(self, index: int, found: FoundAction, action_id: int, name: str) -> None:
        lines = [line for line in found.lines if line.round == name]
        if not lines:
            return
        present = self._round_words[name].lines(action_id)
        wanted = self._table_words.lines(lines, present)
        if wanted != present:
            old, new = ("\n".join(each.words for each in side) for side in (present, wanted))
            words, at = (self._item(action_id), old, new), (lines[0].place, index)
            needs = self._needs(UpdatePart.STATUS, [line.status for line in lines])
            self._note_statement(UpdatePart.PROGRESS, words, at, name, needs)

    def _compare_outlook(self, index: int, found: FoundAction, action_id: int, name: str) -> None:
        for outlook in found.outlooks:
            if outlook.round != name:
                continue
            present = self._round_words[name].outlook(action_id)
            wanted = self._table_words.outlook(outlook, present)
            if wanted != present:
                words = (self._item(action_id), present.words, wanted.words)
                needs = self._needs(UpdatePart.DIRECTION, [outlook.direction])
                at = (outlook.place, index)
                self._note_statement(UpdatePart.OUTLOOK, words, at, name, needs)

    def _note_statement(
        self, part: UpdatePart, words: _Words, at: _At, name: str, needs: frozenset[int]
    ) -> None:
        """Note what a round says differently, unless the round is closed."""
        if self.is_closed(name):
            self._refused[name] += 1
        else:
            self._note(part, words, at, name, needs | self._needs(UpdatePart.ROUND, [name]))

    def _item(self, action_id: int) -> str:
        return self._label(self.outline.home(action_id))

    def _label(self, node: int) -> str:
        return _label(self.numbers.get(node, ""), self.outline.title(node))

    def _needs(self, part: UpdatePart, names: Iterable[str | Path]) -> frozenset[int]:
        return frozenset(self._new[part, each] for each in names if (part, each) in self._new)

    def _note(
        self,
        part: UpdatePart,
        words: _Words,
        at: _At,
        which: str = "",
        needs: frozenset[int] = frozenset(),
    ) -> int:
        """Keep a difference, of which the item, old and new are said; return its place."""
        name = self.outline.worded(part.label)
        self.differences.append(Difference(part, *words, *at, which, needs, name=name))
        return len(self.differences) - 1


def _label(number: str, title: str) -> str:
    return f"{number} {title}".strip()


def _path_label(path: Path) -> str:
    return " › ".join(_label(*each) for each in path)


def _year(year: int | None) -> str:
    return "" if year is None else fiscal_year_label(year)


def _term_of(outline: Outline, found: FoundPlan) -> int:
    """Return the term that the newest round of the table is about."""
    year = max(each.fiscal_year for each in found.rounds)
    covering = [
        term.id
        for term in outline.terms.values()
        if term.first_fiscal_year <= year <= term.last_fiscal_year
    ]
    filled = [each for each in outline.terms if outline.children.get(term_node(each))]
    both = [each for each in covering if each in filled]
    return (both or filled or covering or list(outline.terms))[-1]
