"""All tables of a plan's file.

The rules which SQLite can hold are held here, by CHECK and foreign keys: SQLModel does not
validate table classes. No foreign key deletes anything by itself, because the recorder
sees only what the program deletes; a forgotten child is refused at the commit.
Annotations are read at run time, so this module has no `from __future__ import annotations`.
"""

from typing import Any

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    event,
    text,
)
from sqlmodel import Field, SQLModel

from kyodo_desktop.domain import tables
from kyodo_desktop.store.round_triggers import triggers

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = _NAMING


def _check(name: str, rule: str) -> CheckConstraint:
    return CheckConstraint(rule, name=name)


def _filled(column: str) -> CheckConstraint:
    return _check(f"{column}_filled", f"length(trim({column})) > 0")


def _years(first: str = "first_fiscal_year", last: str = "last_fiscal_year") -> CheckConstraint:
    return _check("years", f"{first} BETWEEN 1868 AND 2200 AND {last} BETWEEN {first} AND 2200")


def _table(*rules: Any) -> tuple[Any, ...]:
    """Ids are never used twice, so that the history of a deleted row stays its own."""
    return (*rules, {"sqlite_autoincrement": True})


def _id() -> Any:
    return Field(default=None, primary_key=True)


def _refers(target: str) -> Any:
    return Field(foreign_key=f"{target}.id", index=True)


def _may_refer(target: str) -> Any:
    return Field(default=None, foreign_key=f"{target}.id", index=True)


def _position() -> CheckConstraint:
    return _check("position", "position >= 0")


def _carried() -> Any:
    """Return a column that came with the second schema, for which see `db/`."""
    rule = CheckConstraint("carried IN (0, 1)", name="carried")
    return Field(default=0, sa_column=Column(Integer, rule, nullable=False, server_default="0"))


def _late_text() -> Any:
    """Return a column of texts that came after its table."""
    return Field(default="", sa_column=Column(String, nullable=False, server_default=""))


def _late(name: str, rule: str) -> Any:
    """Return a column of texts, or nothing, that came after its table."""
    return Field(default=None, sa_column=Column(String, CheckConstraint(rule, name=name)))


class PlanRow(SQLModel, table=True):
    __tablename__ = "plan"
    __table_args__ = _table(_check("only", "id = 1"), _filled("title"), _years())
    id: int | None = _id()
    title: str
    ordinance: str = ""
    definition: str = ""
    policy: str = ""
    first_fiscal_year: int
    last_fiscal_year: int
    contact_section: str = _late_text()
    contact_person: str = _late_text()
    contact_telephone: str = _late_text()
    municipality: str = _late_text()


class LevelRow(SQLModel, table=True):
    __tablename__ = "level"
    __table_args__ = _table(_position(), _filled("name"))
    id: int | None = _id()
    position: int
    name: str
    numbering: str = ""


class PrincipleRow(SQLModel, table=True):
    __tablename__ = "principle"
    __table_args__ = _table(_position(), _filled("text"))
    id: int | None = _id()
    position: int
    number: str = ""
    text: str


class ActorRow(SQLModel, table=True):
    __tablename__ = "actor"
    __table_args__ = _table(_position(), _filled("name"))
    id: int | None = _id()
    position: int
    name: str


class TermRow(SQLModel, table=True):
    __tablename__ = "term"
    __table_args__ = _table(
        _position(), _filled("name"), _years(), _check("continues", "continues_id <> id")
    )
    id: int | None = _id()
    position: int
    name: str
    first_fiscal_year: int
    last_fiscal_year: int
    continues_id: int | None = _may_refer("term")


class HeadingRow(SQLModel, table=True):
    __tablename__ = "heading"
    __table_args__ = _table(
        _position(),
        _filled("title"),
        _check("parent", "parent_id <> id"),
        UniqueConstraint("id", "term_id"),
        # a heading stands in the term of its parent
        ForeignKeyConstraint(["parent_id", "term_id"], ["heading.id", "heading.term_id"]),
    )
    id: int | None = _id()
    term_id: int = _refers("term")
    parent_id: int | None = Field(default=None, index=True)
    position: int
    title: str
    number: str = ""


class ActionRow(SQLModel, table=True):
    __tablename__ = "action"
    __table_args__ = _table(
        _filled("title"),
        _check("continues", "continues_id <> id"),
        _check("start", "start_fiscal_year BETWEEN 1868 AND 2200"),
        _check("due", "date(due || '-01') IS due || '-01'"),
    )
    id: int | None = _id()
    term_id: int = _refers("term")
    title: str
    description: str = ""
    start_fiscal_year: int | None = None
    due: str | None = None
    note: str = ""
    continues_id: int | None = _may_refer("action")


class PlacementRow(SQLModel, table=True):
    __tablename__ = "placement"
    __table_args__ = _table(_position(), UniqueConstraint("heading_id", "action_id"))
    id: int | None = _id()
    heading_id: int = _refers("heading")
    position: int
    action_id: int = _refers("action")
    number: str = ""


class SectionRow(SQLModel, table=True):
    __tablename__ = "section"
    __table_args__ = _table(_position(), _filled("name"), UniqueConstraint("name"))
    id: int | None = _id()
    position: int
    name: str


class AssignmentRow(SQLModel, table=True):
    __tablename__ = "assignment"
    __table_args__ = _table(
        _check("role", "role IN ('lead', 'related')"), UniqueConstraint("action_id", "section_id")
    )
    id: int | None = _id()
    action_id: int = _refers("action")
    section_id: int = _refers("section")
    role: str


class PrerequisiteRow(SQLModel, table=True):
    __tablename__ = "prerequisite"
    __table_args__ = _table(
        _check("itself", "action_id <> required_id"), UniqueConstraint("action_id", "required_id")
    )
    id: int | None = _id()
    action_id: int = _refers("action")
    required_id: int = _refers("action")


class ActionActorRow(SQLModel, table=True):
    __tablename__ = "action_actor"
    __table_args__ = _table(UniqueConstraint("action_id", "actor_id"))
    id: int | None = _id()
    action_id: int = _refers("action")
    actor_id: int = _refers("actor")


class ActionPrincipleRow(SQLModel, table=True):
    __tablename__ = "action_principle"
    __table_args__ = _table(UniqueConstraint("action_id", "principle_id"))
    id: int | None = _id()
    action_id: int = _refers("action")
    principle_id: int = _refers("principle")


class StatusRow(SQLModel, table=True):
    __tablename__ = "status"
    __table_args__ = _table(
        _position(),
        _filled("mark"),
        UniqueConstraint("mark"),
        _check("kind", "kind IN ('not_started', 'ongoing', 'near', 'done', 'stopped')"),
        _check("colour", "colour GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'"),
        _check("counted", "counted IN (0, 1)"),
    )
    id: int | None = _id()
    position: int
    mark: str
    label: str = ""
    definition: str = ""
    kind: str
    colour: str
    counted: int = 1


class DirectionRow(SQLModel, table=True):
    __tablename__ = "direction"
    __table_args__ = _table(_position(), _filled("label"), UniqueConstraint("label"))
    id: int | None = _id()
    position: int
    label: str


class RoundRow(SQLModel, table=True):
    __tablename__ = "round"
    __table_args__ = _table(
        _filled("name"),
        UniqueConstraint("name"),
        _check("year", "fiscal_year BETWEEN 1868 AND 2200"),
        _check("as_of", "date(as_of, '+0 days') IS as_of"),
        _check("closed_at", "datetime(closed_at) IS NOT NULL OR closed_at IS NULL"),
    )
    id: int | None = _id()
    name: str
    fiscal_year: int
    as_of: str
    closed_at: str | None = None


class ProgressRow(SQLModel, table=True):
    __tablename__ = "progress"
    __table_args__ = _table(_position())
    id: int | None = _id()
    round_id: int = _refers("round")
    action_id: int = _refers("action")
    position: int
    status_id: int | None = _may_refer("status")
    text: str = ""
    section_id: int | None = _may_refer("section")
    carried: int = _carried()


class OutlookRow(SQLModel, table=True):
    __tablename__ = "outlook"
    __table_args__ = _table(UniqueConstraint("round_id", "action_id"))
    id: int | None = _id()
    round_id: int = _refers("round")
    action_id: int = _refers("action")
    direction_id: int | None = _may_refer("direction")
    text: str = ""
    carried: int = _carried()


class OpinionRow(SQLModel, table=True):
    __tablename__ = "opinion"
    # coalesce, because SQLite takes two NULLs (two 総括 of a round) for different
    __table_args__ = _table(
        Index("uq_opinion_round_heading", "round_id", text("coalesce(heading_id, 0)"), unique=True)
    )
    id: int | None = _id()
    round_id: int = _refers("round")
    heading_id: int | None = _may_refer("heading")
    text: str = ""
    response: str = _late_text()


class InquiryRow(SQLModel, table=True):
    __tablename__ = "inquiry"
    __table_args__ = _table(UniqueConstraint("round_id", "section_id", "sent_at"))
    id: int | None = _id()
    round_id: int = _refers("round")
    section_id: int = _refers("section")
    sent_at: str | None = None
    answered_at: str | None = None
    answer_file: str = ""
    answer_hash: str = ""
    due_on: str | None = _late("due_on", "date(due_on, '+0 days') IS due_on")
    accepted_at: str | None = _late(
        "accepted_at", "accepted_at IS NULL OR datetime(accepted_at) IS NOT NULL"
    )
    covering: str = _late_text()
    answered_by: str = _late_text()
    extension: str = _late_text()
    manager_confirmed: str = _late_text()
    answer_saved_at: str = _late_text()
    taken_cells: str = _late_text()
    addressee: str = Field(
        default="section",
        sa_column=Column(
            String,
            CheckConstraint("addressee IN ('section', 'head')", name="addressee"),
            nullable=False,
            server_default="section",
        ),
    )


class ImportMappingRow(SQLModel, table=True):
    __tablename__ = "import_mapping"
    __table_args__ = _table(
        _filled("name"), UniqueConstraint("name"), _check("body", "json_valid(body)")
    )

    id: int | None = _id()
    name: str
    body: str


class ReportChoiceRow(SQLModel, table=True):
    __tablename__ = "report_choice"
    __table_args__ = _table(
        _filled("name"), UniqueConstraint("name"), _check("body", "json_valid(body)")
    )

    id: int | None = _id()
    name: str
    body: str


class ConfirmationRow(SQLModel, table=True):
    __tablename__ = "confirmation"
    __table_args__ = _table(_filled("rule"), UniqueConstraint("round_id", "rule", "subject"))
    id: int | None = _id()
    round_id: int = _refers("round")
    rule: str
    subject: str
    note: str = ""


class MutedRuleRow(SQLModel, table=True):
    __tablename__ = "muted_rule"
    __table_args__ = _table(_filled("rule"), UniqueConstraint("rule"))
    id: int | None = _id()
    rule: str


class JoiningRow(SQLModel, table=True):
    __tablename__ = "joining"
    __table_args__ = _table(
        UniqueConstraint("action_id"), _check("itself", "action_id <> into_id")
    )
    id: int | None = _id()
    action_id: int = _refers("action")
    into_id: int = _refers("action")


class SuccessionRow(SQLModel, table=True):
    __tablename__ = "succession"
    __table_args__ = _table(
        UniqueConstraint("action_id"),
        _check("choice", "choice IN ('continue', 'expand', 'merge', 'drop')"),
        _check("successor", "(choice = 'drop') = (successor_id IS NULL)"),
    )
    id: int | None = _id()
    action_id: int = _refers("action")
    successor_id: int | None = _may_refer("action")
    choice: str


class RevisionRow(SQLModel, table=True):
    __tablename__ = "revision"
    __table_args__ = _table(
        _filled("name"),
        UniqueConstraint("name"),
        _check("decided_on", "date(decided_on, '+0 days') IS decided_on"),
    )
    id: int | None = _id()
    name: str
    decided_on: str
    reason: str = ""
    operation_id: int = _refers("operation")


class RevisionReasonRow(SQLModel, table=True):
    """It refers to its row by name and id without a foreign key, for it outlives the row."""

    __tablename__ = "revision_reason"
    __table_args__ = _table(
        UniqueConstraint("revision_id", "table_name", "row_id"),
        _check("table_name", "table_name IN ('heading', 'action')"),
    )
    id: int | None = _id()
    revision_id: int = _refers("revision")
    table_name: str
    row_id: int
    text: str = ""


class SessionRow(SQLModel, table=True):
    """The one row that says which window wrote last, and how many commits there were.

    Each edit counts on it before anything else, and writes nothing where another window has
    counted meanwhile. It is in no history, undo or export; copies of the file carry it along,
    where it means nothing.
    """

    __tablename__ = "session"
    __table_args__ = (_check("one", "id = 1"), _check("commits", "commits >= 0"))
    id: int = Field(primary_key=True)
    holder: str
    commits: int


class OperationRow(SQLModel, table=True):
    """One step of the permanent history: who did what, and when (local time with its offset).

    `reverses_id` is the step which an undo or 「この変更を元に戻す」 took back. `commit_number`
    is the commit that last wrote the step, as `session` counts them; `key` is the same in every
    copy of the plan and in no other step, and that of the first step is the plan's own.
    """

    __tablename__ = "operation"
    __table_args__ = _table(
        _filled("label"),
        _check("at", "datetime(at) IS NOT NULL"),
        Index("ix_operation_commit_number", "commit_number"),
    )
    id: int | None = _id()
    at: str
    author: str
    label: str
    reverses_id: int | None = _may_refer("operation")
    commit_number: int = Field(
        default=0, sa_column=Column(Integer, nullable=False, server_default="0")
    )
    key: str = Field(default="", sa_column=Column(String, nullable=False, server_default=""))


class ChangeRow(SQLModel, table=True):
    """What a step did to one row, as JSON: the whole row added or deleted, else what differs.

    It refers to its row by name and id without a foreign key, for it outlives the row.
    """

    __tablename__ = "change"
    __table_args__ = _table(
        _check("state", "before IS NOT NULL OR after IS NOT NULL"),
        _check("json", "json_valid(coalesce(before, '{}')) AND json_valid(coalesce(after, '{}'))"),
        Index("ix_change_action_id_operation_id", "action_id", "operation_id"),
        Index("ix_change_row", "table_name", "row_id"),
    )
    id: int | None = _id()
    operation_id: int = _refers("operation")
    table_name: str
    row_id: int
    action_id: int | None = None
    before: str | None = None
    after: str | None = None


_CLASSES = {str(each.__tablename__): each for each in SQLModel.__subclasses__()}
RECORDED = {name: _CLASSES[name] for name in tables.TABLES if name not in tables.HISTORY}
"""The tables whose rows the recorder watches; those that refer to others come after them."""

TABLES = SQLModel.metadata.tables
"""All tables by their names, those of the history among them."""

for _statement in triggers():  # closed rounds are read-only in tables made from these as well
    event.listen(SQLModel.metadata, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
