"""Tables written as a list of rows, and the plans that are read from them, in short."""

from __future__ import annotations

import re
from datetime import date
from textwrap import dedent

from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundPlan
from kyodo_desktop.domain.importing.grid import Area, Book, Grid
from kyodo_desktop.domain.importing.mapping import Mapping
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping

TODAY = date(2018, 5, 1)


def grid(
    text: str, *merges: str, sheet: str = "一覧", indents: dict[str, int] | None = None
) -> Grid:
    """Make a sheet of lines with cells parted by |; ⏎ is a line break in a cell."""
    lines = dedent(text).strip("\n").split("\n")
    rows = tuple(
        tuple(cell.strip(" ").replace("⏎", "\n") for cell in line.split("|")) for line in lines
    )
    return Grid(
        sheet,
        rows,
        tuple(map(area, merges)),
        {cell_of(name): steps for name, steps in (indents or {}).items()},
    )


def area(name: str) -> Area:
    """Return A1:B2 as an area."""
    first, last = name.split(":")
    return Area(*cell_of(first), *cell_of(last))


def cell_of(name: str) -> tuple[int, int]:
    """Return row and column of B3: 3, 2."""
    found = re.fullmatch("([A-Z])([0-9]+)", name)
    assert found is not None
    return int(found[2]), ord(found[1]) - ord("A") + 1


def book(*grids: Grid, name: str = "表.xlsx") -> Book:
    return Book(name, grids)


def guessed(*grids: Grid, name: str = "表.xlsx") -> Mapping:
    return guess_mapping(book(*grids, name=name), TODAY)


def read(*grids: Grid, name: str = "表.xlsx") -> FoundPlan:
    """Read with all that is guessed."""
    return read_plan(book(*grids, name=name), guessed(*grids, name=name))


def outline(plan: FoundPlan) -> list[str]:
    """Return headings and actions as lines, each with number and title, indented by its level."""
    below: dict[object, list[str]] = {}
    for heading in plan.headings:
        below[heading.own_path] = [heading.number, heading.title]
    lines = []
    order = [(each.place, each.path, each.number, each.title) for each in plan.headings]
    order += [(each.place, each.path, each.number, each.title) for each in plan.actions]
    order += [
        (again.place, again.path, again.number, f"{each.title}（再掲）")
        for each in plan.actions
        for again in each.relisted
    ]
    sheets = list(dict.fromkeys(place.sheet for place, *_ in order))
    order.sort(key=lambda each: (sheets.index(each[0].sheet), each[0].row, len(each[1])))
    for _, path, number, title in order:
        lines.append("  " * len(path) + f"{number} {title}".strip())
    return lines


def action(plan: FoundPlan, title: str) -> FoundAction:
    return next(each for each in plan.actions if each.title == title)


def told(plan: FoundPlan, title: str) -> list[str]:
    """Return the lines of an action: round, section, status and text, what there is of them."""
    return [" ".join(filter(None, line[:4])) for line in action(plan, title).lines]


def outlooks(plan: FoundPlan, title: str) -> list[str]:
    return [" ".join(filter(None, each[:3])) for each in action(plan, title).outlooks]


def marks(plan: FoundPlan) -> list[str]:
    """Return the statuses: mark, label and kind."""
    return [f"{each.mark} {each.label} {each.kind}" for each in plan.statuses]
