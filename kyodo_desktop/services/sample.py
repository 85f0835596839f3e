"""Makes a plan from the sample data that comes with the program."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, SQLModel, select

from kyodo_desktop.domain.errors import CommandError
from kyodo_desktop.domain.numbering import CIRCLED, number
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.vocabulary import StatusEntry
from kyodo_desktop.paths import bundled
from kyodo_desktop.services.new_plan import NewPlan, founding, plan_rows
from kyodo_desktop.services.table_rows import Entry, Line, Target, add_entries
from kyodo_desktop.store.migrating import create
from kyodo_desktop.store.tables import (
    ActorRow,
    PlanRow,
    PrincipleRow,
    RoundRow,
    SectionRow,
    StatusRow,
    TermRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path


def sample_names() -> list[str]:
    """Return the names that `create_sample` knows."""
    return sorted(path.stem for path in bundled("resources", "samples").glob("*.json"))


def sample_label(name: str) -> str:
    """Return what a sample is, in the words of the city that it is from."""
    label: str = _texts(name)["label"]
    return label


def create_sample(path: Path, name: str, *, author: str, now: datetime) -> None:
    """Make a plan's file from a sample; raises CommandError for an unknown name."""
    if name not in sample_names():
        raise CommandError(
            f"サンプル「{name}」はありません。使えるサンプル: {'、'.join(sample_names())}"
        )
    texts = _texts(name)
    source = bundled("resources", "samples", texts["table"]["file"])
    table = list(read_table(source, texts["table"]))
    create(
        path,
        lambda session: _fill(session, texts, table),
        founding(texts["title"], author, now),
    )


def read_table(path: Path, columns: dict[str, Any]) -> Iterator[Entry]:
    """Yield the actions of a table whose lines repeat what stands before them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        entry: Entry | None = None
        for row in csv.DictReader(file):
            line = Line(row[columns["mark"]], row[columns["text"]])
            place = tuple(row[name] for name in columns["headings"])
            key = (place, row[columns["number"]], row[columns["action"]])
            if entry is not None and entry[:3] == key:
                entry = entry._replace(lines=(*entry.lines, line))
                continue
            if entry is not None:
                yield entry
            entry = Entry(*key, (line,))
        if entry is not None:
            yield entry


def _texts(name: str) -> dict[str, Any]:
    source = bundled("resources", "samples", f"{name}.json")
    texts: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return texts


def _fill(session: Session, texts: dict[str, Any], table: Sequence[Entry]) -> None:
    session.add_all(_plan_rows(texts))
    session.flush()
    term = session.exec(select(TermRow).where(TermRow.name == texts["table"]["term"])).one()
    round_ = session.exec(select(RoundRow)).one()
    status_ids = {row.mark: row.id or 0 for row in session.exec(select(StatusRow))}
    numberings = tuple(numbering for _, numbering in texts["levels"])
    add_entries(session, table, Target(term.id or 0, round_.id or 0, status_ids, numberings))


def _plan_rows(texts: dict[str, Any]) -> Iterator[SQLModel]:
    """Yield what stands in the plan before its table."""
    plan = NewPlan(
        title=texts["title"],
        first_fiscal_year=texts["first_fiscal_year"],
        last_fiscal_year=texts["last_fiscal_year"],
        levels=tuple(tuple(level) for level in texts["levels"]),
        terms=tuple(tuple(term) for term in texts["terms"]),
        statuses=tuple(
            StatusEntry(**{**each, "kind": StatusKind(each["kind"])}) for each in texts["statuses"]
        ),
        directions=tuple(texts["directions"]),
        round_name=texts["round"]["name"],
        round_fiscal_year=texts["round"]["fiscal_year"],
        round_as_of=texts["round"]["as_of"],
    )
    for row in plan_rows(plan):
        if isinstance(row, PlanRow):
            row.ordinance, row.definition = texts["ordinance"], texts["definition"]
            row.policy = texts["policy"]
        yield row
    for place, text in enumerate(texts["principles"]):
        yield PrincipleRow(position=place, number=number(CIRCLED, place + 1), text=text)
    for place, name in enumerate(texts["actors"]):
        yield ActorRow(position=place, name=name)
    for place, name in enumerate(texts["sections"]):
        yield SectionRow(position=place, name=name)
