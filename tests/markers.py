"""A plan in which each text says whether it may be published; what goes out is searched for them.

markers = marked_plan(path)
assert markers.internal_in(text) == []      # of a workbook's parts, a PDF, a page
assert markers.public_missing_in(text) == []
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, field_types, fiscal_year, plan
from kyodo_desktop.domain.action_fields import FIELDS, Scope
from kyodo_desktop.domain.replies.addressing import Contact
from kyodo_desktop.domain.tables import TABLES
from kyodo_desktop.domain.vocabulary import NameEntry
from kyodo_desktop.services import (
    comparing,
    details,
    new_plan,
    plan_settings,
    progress,
    report_choices,
    rounds,
    structure,
    vocabularies,
)
from kyodo_desktop.services.importing import mappings
from kyodo_desktop.store import tables
from tests.builders import JAPAN, Clock, opened

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kyodo_desktop.services.workspace import Workspace

_FIRST_DAY, _DAYS_BETWEEN = date(1951, 2, 3), 37
_DIGITS = 4


class Markers(NamedTuple):
    """The markers of a plan, and for each the table and column of which it is."""

    internal: Mapping[str, str]
    public: Mapping[str, str]

    def internal_in(self, text: str) -> list[str]:
        """Return the internal markers that stand in a text, however its lines are broken."""
        plain = "".join(text.split())
        return sorted(f"{where}: {each}" for each, where in self.internal.items() if each in plain)

    def public_missing_in(self, text: str, *tables: str) -> list[str]:
        """Return the public markers that do not stand in a text; with tables only theirs."""
        plain = "".join(text.split())
        return sorted(
            f"{where}: {each}"
            for each, where in self.public.items()
            if each not in plain and where.partition(".")[0] in (tables or TABLES)
        )


class _Making:
    """Makes markers, and knows which there are."""

    def __init__(self) -> None:
        self.markers = Markers({}, {})

    def text(self, table: str, column: str, which: str = "") -> str:
        """Return the marker of a column; `which` tells several of one column apart."""
        found = next(each for each in TABLES[table].columns if each.name == column)
        digits = sha256(f"{table}.{column}{which}".encode()).hexdigest()[:_DIGITS].upper()
        marker = f"{'公開' if found.is_public else '内部'}{digits}"
        return self._known(marker, table, column, is_public=found.is_public)

    def day(self, table: str, column: str) -> str:
        """Return a day of the past that nothing else in the plan has, as YYYY-MM-DD."""
        days = len(self.markers.internal) * _DAYS_BETWEEN
        day = (_FIRST_DAY + timedelta(days)).isoformat()
        for shown in (day, fiscal_year.day_label(day), fiscal_year.short_label(day)):
            self._known(shown, table, column, is_public=False)
        return day

    def moment(self, table: str, column: str) -> datetime:
        """Return noon of such a day."""
        return datetime.fromisoformat(f"{self.day(table, column)}T12:00:00").replace(tzinfo=JAPAN)

    def year(self, table: str, column: str) -> int:
        """Return a fiscal year of the past that nothing else in the plan has."""
        year = _FIRST_DAY.year - len(self.markers.internal)
        self._known(fiscal_year.fiscal_year_label(year), table, column, is_public=False)
        return year

    def row(self, table: str, **known: Any) -> Any:
        """Return a row whose texts, days and moments are markers, but what is known of it."""
        values = dict(known)
        for column in TABLES[table].columns:
            if column.name in known:
                continue
            if isinstance(column.type, field_types.Text):
                values[column.name] = self.text(table, column.name)
            elif isinstance(column.type, field_types.Moment):
                values[column.name] = self.moment(table, column.name).isoformat()
            elif isinstance(column.type, field_types.Day):
                values[column.name] = self.day(table, column.name)
        return tables.RECORDED[table](**values)

    def _known(self, marker: str, table: str, column: str, *, is_public: bool) -> str:
        markers = self.markers.public if is_public else self.markers.internal
        where = f"{table}.{column}"
        assert markers.setdefault(marker, where) == where, marker
        return marker


def marked_plan(path: Path) -> Markers:
    """Write a plan with a marker in each column that holds a text, and return all markers.

    All fields of its first action, which is overdue, changed from a closed round to the open one
    and from a revision to the next; the second action is as it was. Opinions are on the whole
    and on the first heading, and one section was asked and has answered.
    """
    making, clock = _Making(), Clock()
    author = making.text("operation", "author")
    clock.time = making.moment("operation", "at")
    new_plan.create_plan(path, _new_plan(making), author=author, now=clock())
    with closing(opened(path, clock, author=author)) as shown:
        workspace = shown.workspace
        _fill(making, workspace)
        first = workspace.outline.round
        assert first is not None
        rounds.close_round(workspace, first.id)
        rounds.reopen_round(workspace, first.id, making.text("operation", "label"))
        now, clock.time = clock.time, making.moment("round", "closed_at")
        rounds.close_round(workspace, first.id)
        clock.time = now
        comparing.record_revision(workspace, making.text("revision", "name", "旧"), "2024-04-01")
        rounds.open_round(workspace, making.text("round", "name"), 2024, "2024-10-31")
        _write_fields(making, workspace)
        _write_round(making, workspace)
        _revise(making, workspace)
    _mark_session(making, path)
    return making.markers


def _new_plan(making: _Making) -> new_plan.NewPlan:
    first, *others = new_plan.DEFAULT_STATUSES
    marked = first._replace(
        **{name: making.text("status", name) for name in ("mark", "label", "definition")}
    )
    (_, top), *lower = new_plan.DEFAULT_LEVELS
    return replace(
        new_plan.default_plan(date(2023, 4, 1), making.text("plan", "title")),
        levels=((making.text("level", "name"), top), *lower),
        terms=((making.text("term", "name"), 2023, 2032),),
        statuses=(marked, *others),
        directions=(making.text("direction", "label"), "継続"),
        round_name=making.text("round", "name", "前回"),
        round_as_of="2023-10-31",
    )


def _fill(making: _Making, workspace: Workspace) -> None:
    """Write what is not of a round, with the texts that the next round and revision change."""
    settings = plan_settings.plan_settings(workspace.outline)
    of_plan = {name: making.text("plan", name) for name in ("ordinance", "definition", "policy")}
    contact = Contact(*(making.text("plan", f"contact_{each}") for each in Contact._fields))
    plan_settings.set_plan_settings(
        workspace,
        settings._replace(
            **of_plan,
            contact=contact,
            municipality=making.text("plan", "municipality"),
            principles=(NameEntry(making.text("principle", "text")),),
            actors=(NameEntry(making.text("actor", "name")),),
        ),
    )
    top = structure.add_heading(
        workspace, workspace.outline.roots[0], making.text("heading", "title")
    )
    structure.renumber(workspace, top, making.text("heading", "number"))
    other = structure.add_heading(workspace, workspace.outline.roots[0], "もう1つの見出し")
    placement = structure.add_action(workspace, top, "実行計画")
    structure.renumber(workspace, placement, making.text("placement", "number"))
    structure.relist(workspace, placement, other)
    structure.add_action(workspace, other, "先に終える実行計画")
    section = vocabularies.add_section(workspace, making.text("section", "name"))
    details.assign(workspace, [1, 2], section, plan.Role.LEAD)
    details.set_links(workspace, [1], action_fields.ACTORS, [1])
    details.set_links(workspace, [1], action_fields.PRINCIPLES, [1])
    details.add_prerequisite(workspace, 1, 2)
    progress.add_line(workspace, 2, "変わらない", status_id=1)
    _write_fields(making, workspace, "前回")
    report_choices.save_report_choice(
        workspace,
        making.text("report_choice", "name"),
        f'{{"title": "{making.text("report_choice", "body")}"}}',
    )
    mappings.save_mapping(
        workspace,
        making.text("import_mapping", "name"),
        f'{{"title": "{making.text("import_mapping", "body")}"}}',
    )
    with workspace.transact("印") as session:
        session.get_one(tables.PrincipleRow, 1).number = making.text("principle", "number")
        session.add(making.row("muted_rule"))


def _write_fields(making: _Making, workspace: Workspace, which: str = "") -> None:
    """Write all fields of an action, and one line with what was there before it."""
    action_id, *_ = workspace.outline.actions
    progress.set_status(workspace, [action_id], 1 if which else 3)
    for field in FIELDS:
        if field.scope is not Scope.LINE and isinstance(field.type, field_types.Text):
            assert field.column is not None
            marker = making.text(field.scope.value, field.column.name, which)
            details.save_typed(field)(workspace, action_id, marker)
    details.set_value(
        workspace, [action_id], action_fields.START, making.year("action", "start_fiscal_year")
    )
    details.set_value(workspace, [action_id], action_fields.DIRECTION, 1)
    details.set_value(workspace, [action_id], action_fields.DUE, "2024-03")
    (line,) = workspace.outline.lines[action_id]
    for marker in (
        making.text("change", "before"),
        making.text("change", "after"),
        making.text("progress", "text", which),
    ):
        progress.set_line_text(workspace, line.id, marker)
        workspace.end_typing()


def _write_round(making: _Making, workspace: Workspace) -> None:
    """Write what the round says besides."""
    outline = workspace.outline
    assert outline.round is not None
    (top, *_) = outline.children[outline.roots[0]]
    for node, which in ((top, ""), (outline.roots[0], "総括")):
        rounds.set_opinion(workspace, node, making.text("opinion", "text", which))
        rounds.set_response(workspace, node, making.text("opinion", "response", which))
    round_id = outline.round.id
    with workspace.transact("印") as session:
        session.add(making.row("inquiry", round_id=round_id, section_id=1))
        session.add(making.row("confirmation", round_id=round_id))


def _revise(making: _Making, workspace: Workspace) -> None:
    revision = comparing.record_revision(
        workspace,
        making.text("revision", "name"),
        "2024-11-01",
        making.text("revision", "reason"),
    )
    reason = making.text("revision_reason", "text")
    comparing.set_reason(workspace, revision, "action", 1, reason)


def _mark_session(making: _Making, path: Path) -> None:
    """Add what the program itself wrote into the file, and shows nobody."""
    with closing(sqlite3.connect(path)) as connection:
        for where, query in (
            ("operation.key", "SELECT key FROM operation"),
            ("session.holder", "SELECT holder FROM session WHERE holder <> ''"),
        ):
            for (text,) in connection.execute(query):
                making.markers.internal[text] = where
