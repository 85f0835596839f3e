"""Makes a plan from the sample data that comes with the program.

A sample is a table as it was published, or an example: such a table (its `base`) with invented
due dates, sections and an earlier round, which show what the program does with them.
"""

from __future__ import annotations

import csv
import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop import parts, paths
from kyodo_desktop.domain import errors, vocabulary
from kyodo_desktop.domain.importing import found_plan, grid
from kyodo_desktop.domain.numbering import CIRCLED, number
from kyodo_desktop.domain.plan import ENDED, StatusKind
from kyodo_desktop.services.example import Example, place_of
from kyodo_desktop.services.new_plan import NewPlan, create_file, founding, plan_rows
from kyodo_desktop.store import tables, whole_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session, SQLModel


def sample_names() -> list[str]:
    """Return the names that `create_sample` knows, examples first.

    Raises MissingPartError for none.
    """
    folder = paths.bundled("resources", "samples")
    names = sorted(path.stem for path in folder.glob("*.json"))
    if not names:
        raise parts.MissingPartError(folder)
    return sorted(names, key=lambda name: "base" not in _texts(name))


def sample_label(name: str) -> str:
    """Return what a sample is, in the words of the city that it is from."""
    label: str = _texts(name)["label"]
    return label


def create_sample(path: Path, name: str, *, author: str, now: datetime) -> Path | None:
    """Make a plan's file from a sample; raises CommandError for an unknown name.

    A plan that is there is set aside: returns where.
    """
    if name not in sample_names():
        raise errors.CommandError(
            f"サンプル「{name}」はありません。使えるサンプル: {'、'.join(sample_names())}"
        )
    texts = _texts(name)
    example = Example(texts) if "base" in texts else None
    if example is not None:
        texts = example.on(_texts(texts["base"]))
    table = read_table(_table_file(texts["table"]["file"]), texts["table"])
    return create_file(
        path,
        lambda session: _fill(session, texts, table, example),
        founding(texts["title"], author, now),
        author=author,
        now=now,
    )


class PrintedTable(NamedTuple):
    """What a printed table holds."""

    headings: tuple[found_plan.FoundHeading, ...]
    actions: tuple[found_plan.FoundAction, ...]


def read_table(path: Path, columns: dict[str, Any]) -> PrintedTable:
    """Return headings and actions of a table whose rows repeat what stands before them.

    Two with the same title and the same lines are one action placed twice (再掲); where the
    lines differ they stay two actions, as printed.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    headings: dict[Any, found_plan.FoundHeading] = {}
    found: dict[Any, found_plan.FoundAction] = {}
    for place, same in groupby(enumerate(rows), lambda each: place_of(each[1], columns)):
        (first, row), *_ = lines = list(same)
        action = found_plan.FoundAction(
            *place,
            row[columns["action"]],
            grid.CellPlace("", first, 1),
            lines=tuple(_line(each, columns) for _, each in lines),
        )
        for depth, name in enumerate(action.path):
            heading = found_plan.FoundHeading(action.path[:depth], *name, action.place)
            headings.setdefault(heading.own_path, heading)
        key = (action.title, tuple((each.status, each.text) for each in action.lines))
        if key not in found:
            found[key] = action
            continue
        again = found_plan.FoundPlacement(action.path, action.number, action.place)
        found[key] = found[key]._replace(relisted=(*found[key].relisted, again))
    return PrintedTable(tuple(headings.values()), tuple(found.values()))


def _line(row: dict[str, str], columns: dict[str, Any]) -> found_plan.FoundLine:
    return found_plan.FoundLine(
        "", "", row[columns["mark"]], row[columns["text"]], grid.CellPlace("", 0, 0)
    )


def _table_file(name: str) -> Path:
    return paths.bundled("resources", "samples", name)


def _texts(name: str) -> dict[str, Any]:
    source = paths.bundled("resources", "samples", f"{name}.json")
    texts: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return texts


def _fill(
    session: Session, texts: dict[str, Any], table: PrintedTable, example: Example | None
) -> None:
    from kyodo_desktop.domain.plan_update.rows import table_rows
    from kyodo_desktop.store.engine import driver_of, select
    from kyodo_desktop.store.reading import read_outline

    session.add_all(_plan_rows(texts))
    session.flush()
    outline = read_outline(driver_of(session))
    (term_id,) = (
        each.id for each in outline.terms.values() if each.name == texts["table"]["term"]
    )
    rounds = {each.name: each.id for each in outline.rounds.values()}
    rounds[""] = rounds[texts["round"]["name"]]
    sections = {each.name: each.id for each in outline.sections.values()}
    actions = table.actions if example is None else tuple(map(example.completed, table.actions))
    rows = table_rows(outline, term_id, table.headings, actions, rounds)
    if example is not None:
        ended = [each.id for each in outline.statuses.values() if each.kind in ENDED]
        rows = example.marked(rows, rounds[""], ended, sections)
        session.add_all(example.inquiries(rounds[""], sections))
    whole_rows.insert_values(driver_of(session), rows)
    if example is not None:
        name, closed_at = example.earlier_round
        found = select(tables.RoundRow).where(tables.RoundRow.name == name)
        session.exec(found).one().closed_at = closed_at


def _plan_rows(texts: dict[str, Any]) -> Iterator[SQLModel]:
    """Yield what stands in the plan before its table."""
    plan = NewPlan(
        title=texts["title"],
        first_fiscal_year=texts["first_fiscal_year"],
        last_fiscal_year=texts["last_fiscal_year"],
        levels=tuple(tuple(level) for level in texts["levels"]),
        terms=tuple(tuple(term) for term in texts["terms"]),
        statuses=tuple(
            vocabulary.StatusEntry(**{**each, "kind": StatusKind(each["kind"])})
            for each in texts["statuses"]
        ),
        directions=tuple(texts["directions"]),
        round_name=texts["round"]["name"],
        round_fiscal_year=texts["round"]["fiscal_year"],
        round_as_of=texts["round"]["as_of"],
        earlier_rounds=tuple(texts.get("earlier_rounds", ())),
        municipality=texts["municipality"],
    )
    for row in plan_rows(plan):
        if isinstance(row, tables.PlanRow):
            row.ordinance, row.definition = texts["ordinance"], texts["definition"]
            row.policy = texts["policy"]
        yield row
    for place, text in enumerate(texts["principles"]):
        yield tables.PrincipleRow(position=place, number=number(CIRCLED, place + 1), text=text)
    for place, name in enumerate(texts["actors"]):
        yield tables.ActorRow(position=place, name=name)
    for place, name in enumerate(texts["sections"]):
        yield tables.SectionRow(position=place, name=name)
