"""Plans without a file, from notes such as a person would jot down."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain import plan
from kyodo_desktop.domain.indexing import children_of, grouped
from kyodo_desktop.domain.outline import Outline

STATUSES = (
    plan.Status(1, 0, "✓", "完了", "", "done", "#2e7d4f", 1),
    plan.Status(2, 1, "◇", "完了の目途", "", "near", "#c98a00", 1),
    plan.Status(3, 2, "・", "継続中", "", "ongoing", "#3b6fb6", 1),
    plan.Status(4, 3, "×", "中止", "", "stopped", "#777777", 0),
    plan.Status(5, 4, "－", "未着手", "", "not_started", "#777777", 1),
)


def noted(text: str) -> Outline:
    """Return the plan that an indented note describes.

    A line without indent is a term, `ブース: ✓・` an action with two lines of progress, the
    same title once more its 再掲, and every other line a heading. A line of progress that is
    noted as `?` has no mark.
    """
    note = _Note()
    for line in text.strip("\n").splitlines():
        note.add(len(line) - len(line.lstrip()), line.strip())
    return note.outline()


class _Note:
    def __init__(self) -> None:
        self.terms: list[plan.Term] = []
        self.headings: list[plan.Heading] = []
        self.actions: dict[str, plan.Action] = {}
        self.placements: list[plan.Placement] = []
        self.lines: list[plan.Progress] = []
        self.open: list[tuple[int, int]] = []  # the headings above the next line: indent, id

    def add(self, indent: int, line: str) -> None:
        title, colon, line_marks = line.partition(":")
        self.open = [each for each in self.open if each[0] < indent]
        parent_id = self.open[-1][1] if self.open else None
        if indent == 0:
            place = len(self.terms)
            self.terms.append(plan.Term(place + 1, place, title, 2011, 2015, place or None))
        elif colon:
            self.add_action(title, line_marks.strip(), parent_id or 0)
        else:
            place = len(self.headings)
            self.headings.append(
                plan.Heading(place + 1, len(self.terms), parent_id, place, title, "")
            )
            self.open.append((indent, place + 1))

    def add_action(self, title: str, line_marks: str, heading_id: int) -> None:
        if title not in self.actions:
            number = len(self.actions) + 1
            self.actions[title] = plan.Action(
                number, len(self.terms), title, "", None, None, "", None
            )
            for place, mark in enumerate(line_marks):
                status_id = next((each.id for each in STATUSES if each.mark == mark), None)
                line_id = len(self.lines) + 1
                self.lines.append(plan.Progress(line_id, 1, number, place, status_id, "", None))
        place = len(self.placements)
        self.placements.append(
            plan.Placement(place + 1, heading_id, place, self.actions[title].id, "")
        )

    def outline(self) -> Outline:
        asked = plan.Round(1, "平成27年度", 2015, "2015-10-31", None)
        names = (("推進項目", "1"), ("施策", "(1)"), ("実行計画", "①"))
        return Outline(
            plan=plan.Plan(1, "計画", "", "", "", 2011, 2020),
            levels=tuple(plan.Level(i, i, *each) for i, each in enumerate(names)),
            principles={},
            actors={},
            statuses={each.id: each for each in STATUSES},
            directions={1: plan.Direction(1, 0, "継続")},
            sections={1: plan.Section(1, 0, "市民活動推進課"), 2: plan.Section(2, 1, "総務課")},
            rounds={1: asked},
            round=asked,
            terms={each.id: each for each in self.terms},
            headings={each.id: each for each in self.headings},
            actions={each.id: each for each in self.actions.values()},
            placements={each.id: each for each in self.placements},
            lines=grouped(self.lines, lambda line: line.action_id),
            assignments={},
            outlooks={},
            children=children_of(self.headings, self.placements),
            placed={
                action_id: tuple(each.id for each in places)
                for action_id, places in grouped(
                    self.placements, lambda each: each.action_id
                ).items()
            },
        )


def with_texts(outline: Outline, **texts: str) -> Outline:
    """Return the plan with a text at the first line of the actions with these titles."""
    lines = dict(outline.lines)
    for action in outline.actions.values():
        if action.title in texts:
            first, *others = lines[action.id]
            lines[action.id] = (first._replace(text=texts[action.title]), *others)
    return replace(outline, lines=lines)
