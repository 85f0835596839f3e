"""Plans without a file: noted down by a person, written row by row, or of any size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kyodo_desktop.domain.action_fields import Scope, columns
from kyodo_desktop.domain.assembly import children_of, grouped
from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.domain.plan import (
    Action,
    Direction,
    Heading,
    Level,
    Outlook,
    Placement,
    Plan,
    Progress,
    Round,
    Section,
    Status,
    Term,
)

DONE = Status(1, 0, "✓", "完了", "完了", "done", "#2e7d4f", 1)
NEAR = Status(2, 1, "◇", "完了の目途", "完了の目途", "near", "#c98a00", 1)
ONGOING = Status(3, 2, "・", "継続中", "継続中", "ongoing", "#3b6fb6", 1)
STOPPED = Status(4, 3, "－", "中止", "中止", "stopped", "#777777", 0)
ROUND = Round(1, "平成27年度", 2015, "2015-10-31", None)
HALVES = (Term(1, 0, "前期", 2011, 2015, None), Term(2, 1, "後期", 2016, 2020, 1))

Row = tuple[str, str, str, list[tuple[Status | None, str]]]
"""推進項目, 施策, title, and lines as (status, text); a title seen before is a 再掲."""


def outline_of(
    headings: Iterable[Heading],
    actions: Iterable[Action],
    placements: Iterable[Placement],
    lines: Iterable[Progress],
    **fields: Any,
) -> Outline:
    """Return a plan of these; fields replace what it says of all the rest."""
    headings, placements = list(headings), list(placements)
    outline = Outline(
        plan=Plan(1, "協働のまちづくり推進計画", "", "", "", 2011, 2020),
        levels=(
            Level(1, 0, "推進項目", "1"),
            Level(2, 1, "施策", "(1)"),
            Level(3, 2, "実行計画", "①"),
        ),
        principles={},
        actors={},
        statuses=by_id(DONE, NEAR, ONGOING),
        directions={},
        sections={},
        rounds={1: ROUND},
        round=ROUND,
        terms=by_id(*HALVES),
        headings=by_id(*headings),
        actions=by_id(*actions),
        placements=by_id(*placements),
        lines=grouped(lines, lambda each: each.action_id),
        assignments={},
        outlooks={},
        children=children_of(headings, placements),
        placed={
            action_id: tuple(each.id for each in places)
            for action_id, places in grouped(placements, lambda each: each.action_id).items()
        },
    )
    return replace(outline, **fields)


def by_id(*values: Any) -> dict[int, Any]:
    return {each.id: each for each in values}


# What says nothing but what it is told to, whatever columns there are


_SAYS_NOTHING = {
    scope: {column.name: column.type.empty for column in columns(scope)} for scope in Scope
}


def action(id_: int, term_id: int, title: str, **values: Any) -> Action:
    said = {**_SAYS_NOTHING[Scope.ACTION], "title": title, **values}
    return Action(id=id_, term_id=term_id, **said)


def line(id_: int, action_id: int, position: int = 0, **values: Any) -> Progress:
    """Return a line of the first round."""
    keys = {"id": id_, "round_id": 1, "action_id": action_id, "position": position}
    return Progress(**{**keys, **_SAYS_NOTHING[Scope.LINE], **values})


def outlook(action_id: int = 1, **values: Any) -> Outlook:
    """Return what the first round says."""
    keys = {"id": 1, "round_id": 1, "action_id": action_id}
    return Outlook(**{**keys, **_SAYS_NOTHING[Scope.ROUND], **values})


# Row by row


def outline_of_rows(*rows: Row, **fields: Any) -> Outline:
    """Return a plan of two terms with these rows in the first; fields replace the rest."""
    headings: dict[tuple[str, ...], Heading] = {}
    actions: dict[str, Action] = {}
    placements: list[Placement] = []
    lines: list[Progress] = []
    for top, sub, title, marked in rows:
        above = _heading(headings, (top,), None)
        below = _heading(headings, (top, sub), above.id)
        if title not in actions:
            key = len(actions) + 1
            actions[title] = action(key, 1, title)
            for status, text in marked:
                status_id = status.id if status else None
                place = len(lines)
                lines.append(line(place + 1, key, place, status_id=status_id, text=text))
        place = Placement(len(placements) + 1, below.id, len(placements), actions[title].id, "")
        placements.append(place)
    said = {
        "plan": Plan(1, "協働のまちづくり推進計画", "条例", "定義", "方針", 2011, 2020),
        "statuses": by_id(DONE, NEAR, ONGOING, STOPPED),
        "sections": by_id(Section(1, 0, "市民活動推進課"), Section(2, 1, "企画課")),
    }
    return outline_of(headings.values(), actions.values(), placements, lines, **(said | fields))


def _heading(
    headings: dict[tuple[str, ...], Heading], path: tuple[str, ...], parent: int | None
) -> Heading:
    if path not in headings:
        headings[path] = Heading(len(headings) + 1, 1, parent, len(headings), path[-1], "")
    return headings[path]


# Noted down

NOTED_STATUSES = (
    *(each._replace(definition="") for each in (DONE, NEAR, ONGOING)),
    STOPPED._replace(mark="×", definition=""),
    Status(5, 4, "－", "未着手", "", "not_started", "#777777", 1),
)


def noted(text: str) -> Outline:
    """Return the plan that an indented note describes.

    A line without indent is a term, `ブース: ✓・` an action with two lines of progress, the
    same title once more its 再掲, and every other line a heading. A line of progress that is
    noted as `?` has no mark.
    """
    note = _Note()
    for noted_line in text.strip("\n").splitlines():
        note.add(len(noted_line) - len(noted_line.lstrip()), noted_line.strip())
    return note.outline()


class _Note:
    def __init__(self) -> None:
        self.terms: list[Term] = []
        self.headings: list[Heading] = []
        self.actions: dict[str, Action] = {}
        self.placements: list[Placement] = []
        self.lines: list[Progress] = []
        self.open: list[tuple[int, int]] = []  # the headings above the next line: indent, id

    def add(self, indent: int, text: str) -> None:
        title, colon, line_marks = text.partition(":")
        self.open = [each for each in self.open if each[0] < indent]
        parent_id = self.open[-1][1] if self.open else None
        if indent == 0:
            place = len(self.terms)
            self.terms.append(Term(place + 1, place, title, 2011, 2015, place or None))
        elif colon:
            self.add_action(title, line_marks.strip(), parent_id or 0)
        else:
            place = len(self.headings)
            self.headings.append(Heading(place + 1, len(self.terms), parent_id, place, title, ""))
            self.open.append((indent, place + 1))

    def add_action(self, title: str, line_marks: str, heading_id: int) -> None:
        if title not in self.actions:
            number = len(self.actions) + 1
            self.actions[title] = action(number, len(self.terms), title)
            for place, mark in enumerate(line_marks):
                status_id = next((each.id for each in NOTED_STATUSES if each.mark == mark), None)
                line_id = len(self.lines) + 1
                self.lines.append(line(line_id, number, place, status_id=status_id))
        place = len(self.placements)
        self.placements.append(Placement(place + 1, heading_id, place, self.actions[title].id, ""))

    def outline(self) -> Outline:
        return outline_of(
            self.headings,
            self.actions.values(),
            self.placements,
            self.lines,
            plan=Plan(1, "計画", "", "", "", 2011, 2020),
            statuses=by_id(*NOTED_STATUSES),
            directions={1: Direction(1, 0, "継続")},
            sections=by_id(Section(1, 0, "市民活動推進課"), Section(2, 1, "総務課")),
            terms=by_id(*self.terms),
        )


def with_texts(outline: Outline, **texts: str) -> Outline:
    """Return the plan with a text at the first line of the actions with these titles."""
    lines = dict(outline.lines)
    for each in outline.actions.values():
        if each.title in texts:
            first, *others = lines[each.id]
            lines[each.id] = (first._replace(text=texts[each.title]), *others)
    return replace(outline, lines=lines)


# Of any size

ACTIONS_A_HEADING = 5
HEADINGS_A_TOP_HEADING = 20
_TEXTS = (
    "平成{year}年度から実施",
    "市民活動サポートセンター開設すれば完了（{year}年3月予定）",
    "平成{year}年度に市民活動支援補助金創設（3年毎見直し運用）",
    "市内職員研修として「協働」をテーマに実施中。今後は担当職員を専門研修へ派遣する（{year}年度）",
)


def large_outline(actions: int) -> Outline:
    """Return a plan with so many actions, one line of progress each, in printed order."""
    headings = _headings(-(-actions // ACTIONS_A_HEADING))
    lower = [each.id for each in headings if each.parent_id is not None]
    return outline_of(
        headings,
        (
            action(i, 1, f"協働のまちづくりモデル事業{i}の実施", start_fiscal_year=2011)
            for i in range(1, actions + 1)
        ),
        (
            Placement(i, lower[(i - 1) // ACTIONS_A_HEADING], (i - 1) % ACTIONS_A_HEADING, i, "")
            for i in range(1, actions + 1)
        ),
        (
            line(i, i, status_id=i % 3 + 1, text=_TEXTS[i % 4].format(year=20 + i % 8))
            for i in range(1, actions + 1)
        ),
        terms=by_id(HALVES[0]),
    )


def _headings(lower: int) -> list[Heading]:
    """Return so many 施策 with the 推進項目 above them, each above before its own."""
    found: list[Heading] = []
    top = 0
    for place in range(lower):
        if place % HEADINGS_A_TOP_HEADING == 0:
            top = len(found) + 1
            position = place // HEADINGS_A_TOP_HEADING
            found.append(Heading(top, 1, None, position, f"推進項目その{position + 1}", ""))
        position = place % HEADINGS_A_TOP_HEADING
        title = f"協働のまちづくりに関する情報発信の充実{place + 1}"
        found.append(Heading(len(found) + 1, 1, top, position, title, ""))
    return found
