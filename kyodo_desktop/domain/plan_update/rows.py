"""The rows that taking a table changes: all of a new plan's, or what was chosen of an update."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.nodes import heading_node, is_heading, placement_node, row_id, term_node
from kyodo_desktop.domain.outline import Record
from kyodo_desktop.domain.plan import (
    Action,
    Assignment,
    Direction,
    Heading,
    Outlook,
    Placement,
    Progress,
    Role,
    Round,
    Section,
    Status,
)
from kyodo_desktop.domain.plan_update.drafting import RowDraft
from kyodo_desktop.domain.plan_update.siblings import (
    PresentSibling,
    WantedSibling,
    arranged,
    table_siblings,
)
from kyodo_desktop.domain.plan_update.update import UpdatePart
from kyodo_desktop.domain.predecessors import carried_forward

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kyodo_desktop.domain.changes import RowChange
    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundHeading
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan_update.comparison import UpdateComparison
    from kyodo_desktop.domain.plan_update.update import Difference

    Path = tuple[tuple[str, str], ...]

_COLUMNS = {
    UpdatePart.TITLE: "title",
    UpdatePart.DESCRIPTION: "description",
    UpdatePart.START: "start_fiscal_year",
    UpdatePart.DUE: "due",
    UpdatePart.NOTE: "note",
}
_ROLES = {UpdatePart.LEAD: Role.LEAD, UpdatePart.RELATED: Role.RELATED}


def table_rows(
    outline: Outline,
    term_id: int,
    headings: Iterable[FoundHeading],
    actions: Sequence[FoundAction],
    rounds: Mapping[str, int],
) -> Iterator[Any]:
    """Yield all rows of a table for a term in which there is nothing yet.

    Printed numbers are kept only where they do not follow from the place. `rounds` are ids by
    the table's names.
    """
    draft = RowDraft({"section": max(outline.sections, default=0) + 1})
    names, tree = _NameRows(draft, outline), _TreeRows(draft, outline, term_id)
    names.rounds |= rounds
    for heading in headings:
        tree.add_heading(heading)
    for index, action in enumerate(actions):
        tree.add_action(index, action)
    for index, action in enumerate(actions):
        tree.place(index, action.path)
    for index, action in enumerate(actions):
        for again in action.relisted:
            tree.place(index, again.path)
        names.add_details(tree.actions[index], action)
    tree.arrange_headings(headings, ())
    tree.arrange_placements(actions, ())
    return draft.added()


def update_rows(
    comparison: UpdateComparison, taken: Collection[Difference], first_ids: Mapping[str, int]
) -> tuple[RowChange, ...]:
    """Return what becomes of the rows of the plan where these differences are taken.

    `first_ids` are the first free ids by table.
    """
    draft = RowDraft(first_ids)
    chosen: defaultdict[UpdatePart, list[Difference]] = defaultdict(list)
    for each in taken:
        chosen[each.part].append(each)
    names = _known_names(draft, comparison)
    names.add(comparison, taken)
    tree = _known_tree(draft, comparison)
    _write_tree(tree, comparison, chosen)
    _write_actions(draft, tree, names, comparison, chosen)
    _RoundRows(draft, comparison, names).write(taken)
    return draft.changes()


class _NameRows:
    """Ids by the words of the table, and by those of the plan.

    `rounds` are those that may be written to, `new_rounds` those that were added.
    """

    def __init__(self, draft: RowDraft, outline: Outline) -> None:
        self._draft = draft
        self.statuses = {each.mark: each.id for each in outline.statuses.values()}
        self.directions = {each.label: each.id for each in outline.directions.values()}
        self.sections = {each.name: each.id for each in outline.sections.values()}
        self.rounds: dict[str, int] = {}
        self.new_rounds: dict[str, int] = {}
        self._status_places = count(len(outline.statuses))
        self._direction_places = count(len(outline.directions))
        self._section_places = count(len(outline.sections))

    def add(self, comparison: UpdateComparison, taken: Iterable[Difference]) -> None:
        """Add what was chosen of statuses, directions and rounds."""
        found = comparison.found
        for each in taken:
            if each.part is UpdatePart.STATUS:
                status, place = found.statuses[each.nth], next(self._status_places)
                columns = {**status._asdict(), "kind": status.kind.value}
                columns |= {"counted": int(status.counted), "position": place}
                del columns["id"]
                self.statuses[status.mark] = self._draft.add(Status, **columns).id
            elif each.part is UpdatePart.DIRECTION:
                label, place = found.directions[each.nth], next(self._direction_places)
                row = self._draft.add(Direction, position=place, label=label)
                self.directions[label] = row.id
            elif each.part is UpdatePart.ROUND:
                columns = {**found.rounds[each.nth]._asdict(), "closed_at": None}
                self.new_rounds[each.item] = self._draft.add(Round, **columns).id
        self.rounds |= self.new_rounds

    def section(self, name: str) -> int:
        """Return the id of a section, which is added where it is new."""
        if name not in self.sections:
            place = next(self._section_places)
            self.sections[name] = self._draft.add(Section, position=place, name=name).id
        return self.sections[name]

    def section_or_none(self, name: str) -> int | None:
        """Return the id of a section, or nothing for no name."""
        return self.section(name) if name else None

    def add_details(self, action_id: int, found: FoundAction) -> None:
        """Add sections, lines and outlooks of a new action, as far as its rounds are open."""
        roles = {self.section(name): Role.LEAD for name in found.sections}
        for name in found.related_sections:
            roles.setdefault(self.section(name), Role.RELATED)
        add = self._draft.add
        for section_id, role in roles.items():
            add(Assignment, action_id=action_id, section_id=section_id, role=role.value)
        positions: defaultdict[str, Iterator[int]] = defaultdict(count)
        for line in found.lines:
            if line.round in self.rounds:
                add(
                    Progress,
                    round_id=self.rounds[line.round],
                    action_id=action_id,
                    position=next(positions[line.round]),
                    status_id=self.statuses.get(line.status),
                    text=line.text,
                    section_id=self.section_or_none(line.section),
                )
        for outlook in found.outlooks:
            if outlook.round in self.rounds:
                add(
                    Outlook,
                    round_id=self.rounds[outlook.round],
                    action_id=action_id,
                    direction_id=self.directions.get(outlook.direction),
                    text=outlook.text,
                )


def _known_names(draft: RowDraft, comparison: UpdateComparison) -> _NameRows:
    names, known = _NameRows(draft, comparison.outline), comparison.known
    names.statuses |= known.statuses
    names.directions |= known.directions
    names.sections |= known.sections
    names.rounds |= {
        name: row for name, row in known.rounds.items() if not comparison.is_closed(name)
    }
    return names


class _TreeRows:
    """Headings, actions and where they stand.

    `headings` are ids by path, `actions` by their place in the table, new ones as well. The
    siblings of what came or went keep the numbers that they show, which are `numbers`.
    """

    def __init__(
        self,
        draft: RowDraft,
        outline: Outline,
        term_id: int,
        numbers: Mapping[int, str] | None = None,
    ) -> None:
        self.headings: dict[Path, int] = {}
        self.actions: dict[int, int] = {}
        self._draft, self._outline, self._term_id = draft, outline, term_id
        self._numbers = numbers or {}
        self._new_headings: defaultdict[int | None, dict[int, Heading]] = defaultdict(dict)
        self._came: defaultdict[int, dict[int, Placement]] = defaultdict(dict)
        self._left: defaultdict[int, set[int]] = defaultdict(set)

    def add_heading(self, found: FoundHeading) -> None:
        """Add a heading below one that is there."""
        parent_id = self.headings[found.path] if found.path else None
        row = self._draft.add(
            Heading,
            term_id=self._term_id,
            parent_id=parent_id,
            position=0,
            title=found.title,
            number="",
        )
        self.headings[found.own_path] = row.id
        self._new_headings[parent_id][row.id] = row

    def add_action(self, index: int, found: FoundAction) -> None:
        """Add an action, which stands nowhere yet."""
        columns = {column: getattr(found, column) for column in _COLUMNS.values()}
        row = self._draft.add(Action, term_id=self._term_id, continues_id=None, **columns)
        self.actions[index] = row.id

    def place(self, index: int, path: Path) -> None:
        """Let an action stand under a heading, there at home where it stood nowhere."""
        row = self._draft.add(
            Placement,
            heading_id=self.headings[path],
            position=0,
            action_id=self.actions[index],
            number="",
        )
        self._came[row.heading_id][row.id] = row

    def move(self, index: int, path: Path) -> None:
        """Let an action be at home under another heading."""
        home = self._outline.placements[self._outline.placed[self.actions[index]][0]]
        self._left[home.heading_id].add(home.id)
        self._draft.write(home, heading_id=self.headings[path])
        self._came[self.headings[path]][home.id] = home

    def arrange_headings(
        self, table: Iterable[FoundHeading], renumbered: Collection[Path]
    ) -> None:
        """Arrange the headings above which, or above whose siblings, something changed."""
        ids, new = self.headings, self._new_headings
        touched = {ids[path[:-1]] if path[:-1] else None for path in renumbered} | new.keys()
        below: defaultdict[Path, list[FoundHeading]] = defaultdict(list)
        for found in table:
            below[found.path].append(found)
        for above, siblings in below.items():
            parent_id = ids.get(above) if above else None
            if (above and parent_id is None) or parent_id not in touched:
                continue
            known = {row_id(each): each for each in self._below(parent_id) if is_heading(each)}
            rows = {each: self._outline.headings[each] for each in known}
            present = [
                PresentSibling(each, rows[each].number, self._numbers[node])
                for each, node in known.items()
            ]
            wanted = [
                WantedSibling(
                    row,
                    each.number if row in new[parent_id] or each.own_path in renumbered else "",
                    row in new[parent_id],
                )
                for each in siblings
                if (row := ids.get(each.own_path, 0))
            ]
            style = self._outline.levels[len(above)].numbering
            self._write(arranged(present, wanted, style), {**rows, **new[parent_id]})

    def arrange_placements(
        self, table: Sequence[FoundAction], renumbered: Collection[int]
    ) -> None:
        """Arrange the placements under each heading where something came, left or changed."""
        paths = {heading_id: path for path, heading_id in self.headings.items()}
        siblings = table_siblings(table)
        numbered = {self.headings[table[index].path] for index in renumbered}
        for heading_id in self._came.keys() | self._left.keys() | numbered:
            new, gone = self._came[heading_id], self._left[heading_id]
            rows = {
                row_id(each): self._outline.placements[row_id(each)]
                for each in self._below(heading_id)
                if not is_heading(each) and row_id(each) not in gone
            }
            present = [
                PresentSibling(each, row.number, self._numbers[placement_node(each)])
                for each, row in rows.items()
            ]
            here = {row.action_id: each for each, row in chain(rows.items(), new.items())}
            wanted = [
                WantedSibling(
                    row,
                    each.number if row in new or each.nth in renumbered else "",
                    row in new,
                )
                for each in siblings.get(paths.get(heading_id, ()), ())
                if (row := here.get(self.actions.get(each.nth, 0), 0))
            ]
            style = self._outline.levels[-1].numbering
            self._write(arranged(present, wanted, style), {**rows, **new})

    def _below(self, heading_id: int | None) -> tuple[int, ...]:
        above = term_node(self._term_id) if heading_id is None else heading_node(heading_id)
        return self._outline.children.get(above, ())

    def _write(self, order: Iterable[tuple[int, str]], rows: Mapping[int, Any]) -> None:
        for position, (each, number) in enumerate(order):
            self._draft.write(rows[each], position=position, number=number)


def _known_tree(draft: RowDraft, comparison: UpdateComparison) -> _TreeRows:
    tree = _TreeRows(draft, comparison.outline, comparison.term_id, comparison.numbers)
    tree.headings |= comparison.pairs.headings
    tree.actions |= comparison.pairs.actions
    return tree


def _write_tree(
    tree: _TreeRows, comparison: UpdateComparison, chosen: Mapping[UpdatePart, list[Difference]]
) -> None:
    """Write headings and placements; where an action is at home comes before its other places."""
    headings, actions = comparison.found.headings, comparison.found.actions
    new = [each.nth for each in chosen[UpdatePart.ACTION]]
    for each in chosen[UpdatePart.HEADING]:
        tree.add_heading(headings[each.nth])
    for nth in new:
        tree.add_action(nth, actions[nth])
    for each in chosen[UpdatePart.PLACE]:
        tree.move(each.nth, actions[each.nth].path)
    for nth in new:
        tree.place(nth, actions[nth].path)
    for nth in new:
        for again in actions[nth].relisted:
            if again.path in tree.headings:
                tree.place(nth, again.path)
    for each in chosen[UpdatePart.RELISTING]:
        tree.place(each.nth, actions[each.nth].relisted[int(each.which)].path)
    renamed = {headings[each.nth].own_path for each in chosen[UpdatePart.HEADING_NUMBER]}
    tree.arrange_headings(headings, renamed)
    tree.arrange_placements(actions, {each.nth for each in chosen[UpdatePart.NUMBER]})


def _write_actions(
    draft: RowDraft,
    tree: _TreeRows,
    names: _NameRows,
    comparison: UpdateComparison,
    chosen: Mapping[UpdatePart, list[Difference]],
) -> None:
    """Write titles of headings, the fields and sections of actions, and all of new ones."""
    outline, found = comparison.outline, comparison.found
    for each in chosen[UpdatePart.HEADING_TITLE]:
        heading = found.headings[each.nth]
        draft.write(outline.headings[tree.headings[heading.own_path]], title=heading.title)
    for part, column in _COLUMNS.items():
        for each in chosen[part]:
            row = outline.actions[tree.actions[each.nth]]
            draft.write(row, **{column: _wanted(comparison, part, each.nth, row)})
    assigned: defaultdict[int, dict[Role, list[int]]] = defaultdict(dict)
    for part, role in _ROLES.items():
        for each in chosen[part]:
            action = found.actions[each.nth]
            leads = [names.section(name) for name in action.sections]
            related = [names.section(name) for name in action.related_sections]
            others = [each for each in related if each not in leads]
            assigned[tree.actions[each.nth]][role] = leads if role is Role.LEAD else others
    for action_id, wanted in assigned.items():
        _assign(draft, outline.assignments.get(action_id, ()), action_id, wanted)
    for each in chosen[UpdatePart.ACTION]:
        names.add_details(tree.actions[each.nth], found.actions[each.nth])


def _wanted(comparison: UpdateComparison, part: UpdatePart, nth: int, row: Action) -> Any:
    if part is UpdatePart.DESCRIPTION:
        return comparison.wanted_description(nth, row)
    if part is UpdatePart.NOTE:
        return comparison.wanted_note(nth, row)
    return getattr(comparison.found.actions[nth], _COLUMNS[part])


def _assign(
    draft: RowDraft,
    present: Sequence[Assignment],
    action_id: int,
    wanted: Mapping[Role, Iterable[int]],
) -> None:
    """Let just these sections have these parts in an action; of other parts they stay."""
    roles = {row.section_id: row.role for row in present if row.role not in wanted}
    for role, section_ids in wanted.items():
        roles |= dict.fromkeys(section_ids, role.value)
    for row in present:
        if row.section_id in roles:
            draft.write(row, role=roles.pop(row.section_id))
        else:
            draft.delete(row)
    for section_id, role_code in roles.items():
        draft.add(Assignment, action_id=action_id, section_id=section_id, role=role_code)


class _RoundRows:
    """What rounds say of known actions.

    A new round begins with what the round before it says; what the table says of an action
    takes the place of that.
    """

    def __init__(self, draft: RowDraft, comparison: UpdateComparison, names: _NameRows) -> None:
        self._draft, self._comparison, self._names = draft, comparison, names
        self._last: Record | None = None

    def write(self, taken: Iterable[Difference]) -> None:
        """Write what was chosen."""
        chosen = {(each.part, each.which, each.nth) for each in taken}
        every = {(each.part, each.which, each.nth) for each in self._comparison.differences}
        for name in self._names.new_rounds:
            self._begin(name, every - chosen)
        actions = self._comparison.pairs.actions
        for part, name, index in sorted(chosen, key=lambda each: each[2]):
            if name not in self._names.rounds or name in self._names.new_rounds:
                continue
            if part is UpdatePart.PROGRESS:
                self._write_lines(index, actions[index], name)
            elif part is UpdatePart.OUTLOOK:
                self._write_outlook(index, actions[index], name)

    # Rounds that are there

    def _write_lines(self, index: int, action_id: int, name: str) -> None:
        """Write over the lines that are there; those too many go, those too few come."""
        record = self._comparison.records[name]
        rows = record.lines.get(action_id, ()) if record else ()
        wanted = self._lines(index, action_id, name)
        for row in rows[len(wanted) :]:
            self._draft.delete(row)
        for row, line in zip(rows, wanted, strict=False):
            self._draft.write(row, **line)
        for line in wanted[len(rows) :]:
            self._draft.add(Progress, **line)

    def _write_outlook(self, index: int, action_id: int, name: str) -> None:
        record = self._comparison.records[name]
        row = record.outlooks.get(action_id) if record else None
        outlook = self._outlook(index, action_id, name)
        if row is None:
            self._draft.add(Outlook, **outlook)
        else:
            self._draft.write(row, **outlook)

    # New rounds

    def _begin(self, name: str, left: Collection[tuple[UpdatePart, str, int]]) -> None:
        """Carry forward what was said before, but for what the table says; `left` is not taken."""
        comparison, round_id = self._comparison, self._names.new_rounds[name]
        lines: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        outlooks: dict[int, dict[str, Any]] = {}
        found = next(each for each in comparison.found.rounds if each.name == name)
        for row in self._carried(name, round_id, found.fiscal_year):
            columns = row._asdict()
            del columns["id"]
            if isinstance(row, Progress):
                lines[row.action_id].append(columns)
            else:
                outlooks[row.action_id] = columns
        for index, action_id in comparison.pairs.actions.items():
            own_lines = self._lines(index, action_id, name)
            if own_lines and (UpdatePart.PROGRESS, name, index) not in left:
                lines[action_id] = own_lines
            outlook = self._outlook(index, action_id, name)
            has_outlook = outlook["text"] or outlook["direction_id"]
            if has_outlook and (UpdatePart.OUTLOOK, name, index) not in left:
                outlooks[action_id] = outlook
        add = self._draft.add
        self._last = Record(
            Round(round_id, *found, None),
            {
                action_id: tuple(add(Progress, **each) for each in columns)
                for action_id, columns in lines.items()
            },
            {action_id: add(Outlook, **columns) for action_id, columns in outlooks.items()},
        )

    def _carried(self, name: str, round_id: int, fiscal_year: int) -> Iterable[Progress | Outlook]:
        """Return what the round before says, which may have come just now."""
        records = [each for each in (self._comparison.records[name], self._last) if each]
        if not records:
            return ()
        record = max(records, key=lambda each: each.round[2:4])
        return carried_forward(self._comparison.outline, record, round_id, fiscal_year)

    # Rows of what the table says

    def _lines(self, index: int, action_id: int, name: str) -> list[dict[str, Any]]:
        names = self._names
        return [
            {
                "round_id": names.rounds[name],
                "action_id": action_id,
                "position": position,
                "status_id": names.statuses.get(line.status),
                "text": line.text,
                "section_id": names.section_or_none(line.section),
                "carried": 0,
            }
            for position, line in enumerate(self._comparison.wanted_lines(index, action_id, name))
        ]

    def _outlook(self, index: int, action_id: int, name: str) -> dict[str, Any]:
        wanted = self._comparison.wanted_outlook(index, action_id, name)
        return {
            "round_id": self._names.rounds[name],
            "action_id": action_id,
            "direction_id": self._names.directions.get(wanted.direction),
            "text": wanted.text,
            "carried": 0,
        }
