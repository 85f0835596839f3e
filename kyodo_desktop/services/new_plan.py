"""Makes a new plan's file where the user said, with defaults that fit most city halls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyodo_desktop import atomic_files, paths
from kyodo_desktop.domain import errors, fiscal_year, inputs, vocabulary
from kyodo_desktop.domain.numbering import BRACKETED, CIRCLED, PLAIN
from kyodo_desktop.domain.plan import USUAL_COLOURS, StatusKind
from kyodo_desktop.services import files, vocabularies
from kyodo_desktop.services.plan_settings import MUNICIPALITY_FIELD
from kyodo_desktop.store import history, replacing, tables
from kyodo_desktop.store.copying import copy_pages, expect_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from sqlmodel import Session, SQLModel

__all__ = ["aside_notice", "create_file", "expect_place", "save_copy"]


_FEWEST_LEVELS, _MOST_LEVELS = 2, 5


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What must be known of a plan before its first heading.

    `levels` are (name, numbering) from the top to the action; `terms` are (name, first and
    last fiscal year); `round_as_of` is `YYYY-MM-DD`, `earlier_rounds` are (name, fiscal year,
    as of); `municipality` may be empty.
    """

    title: str
    first_fiscal_year: int
    last_fiscal_year: int
    levels: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, int, int], ...]
    statuses: tuple[vocabulary.StatusEntry, ...]
    directions: tuple[str, ...]
    round_name: str
    round_fiscal_year: int
    round_as_of: str
    earlier_rounds: tuple[tuple[str, int, str], ...] = ()
    municipality: str = ""


def _status(mark: str, label: str, definition: str, kind: StatusKind) -> vocabulary.StatusEntry:
    return vocabulary.StatusEntry(mark, label, definition, kind, USUAL_COLOURS[kind])


DEFAULT_LEVELS = (("推進項目", PLAIN), ("施策", BRACKETED), ("実行計画", CIRCLED))
DEFAULT_STATUSES = (
    _status("✓", "完了", "計画した内容を実施し、完了した", StatusKind.DONE),
    _status("◇", "完了の目途", "完了の時期や方法の見通しが立った", StatusKind.NEAR),
    _status("・", "継続中", "実施中または検討中で、継続している", StatusKind.ONGOING),
)
DEFAULT_DIRECTIONS = ("継続", "拡充", "改善", "縮小", "統合", "廃止", "完了")


def default_plan(today: date, title: str = "") -> NewPlan:
    """Return a plan of ten years from the present fiscal year, in two halves."""
    first = fiscal_year.fiscal_year_of(today.isoformat())
    return NewPlan(
        title=title,
        first_fiscal_year=first,
        last_fiscal_year=first + 9,
        levels=DEFAULT_LEVELS,
        terms=(("前期", first, first + 4), ("後期", first + 5, first + 9)),
        statuses=DEFAULT_STATUSES,
        directions=DEFAULT_DIRECTIONS,
        round_name=fiscal_year.fiscal_year_label(first),
        round_fiscal_year=first,
        round_as_of=today.isoformat(),
    )


def create_plan(path: Path, plan: NewPlan, *, author: str, now: datetime) -> Path | None:
    """Make the file; a plan that is there is set aside: returns where.

    Raises InvalidInputError, InUseError, StorageError.
    """
    rows = plan_rows(plan)
    return create_file(
        path,
        lambda session: session.add_all(rows),
        founding(plan.title, author, now),
        author=author,
        now=now,
    )


def founding(title: str, author: str, now: datetime) -> history.Founding:
    """Return the first step of a plan's history."""
    return history.Founding(now.isoformat(timespec="seconds"), author, f"計画「{title}」を作成")


def plan_rows(plan: NewPlan) -> list[SQLModel]:
    """Return all rows of a plan that has no heading yet; raises InvalidInputError."""
    first, last = inputs.checked_years(plan.first_fiscal_year, plan.last_fiscal_year, "計画期間")
    return [
        tables.PlanRow(
            id=1,
            title=inputs.checked_title(plan.title, "計画名"),
            first_fiscal_year=first,
            last_fiscal_year=last,
            municipality=inputs.checked_line(plan.municipality, MUNICIPALITY_FIELD),
        ),
        *_levels(plan),
        *_terms(plan),
        *_statuses(plan),
        *_directions(plan),
        *_rounds(plan),
    ]


def _levels(plan: NewPlan) -> Iterator[tables.LevelRow]:
    if not _FEWEST_LEVELS <= len(plan.levels) <= _MOST_LEVELS:
        raise errors.InvalidInputError(
            "階層", f"は{_FEWEST_LEVELS}～{_MOST_LEVELS}段にしてください。"
        )
    for position, (name, numbering) in enumerate(plan.levels):
        yield tables.LevelRow(
            position=position,
            name=inputs.checked_title(name, "階層名"),
            numbering=inputs.checked_numbering(numbering),
        )


def _terms(plan: NewPlan) -> Iterator[tables.TermRow]:
    if not plan.terms:
        raise errors.InvalidInputError("期", "を1つ以上設けてください。")
    for position, (name, first, last) in enumerate(plan.terms):
        inputs.checked_years(first, last, f"期「{name}」")
        yield tables.TermRow(
            id=position + 1,
            position=position,
            name=inputs.checked_title(name, "期の名前"),
            first_fiscal_year=first,
            last_fiscal_year=last,
            continues_id=position or None,
        )


def _rounds(plan: NewPlan) -> Iterator[tables.RoundRow]:
    newest = (plan.round_name, plan.round_fiscal_year, plan.round_as_of)
    for name, year, day in (*plan.earlier_rounds, newest):
        yield tables.RoundRow(
            name=inputs.checked_title(name, "調査名"),
            fiscal_year=inputs.checked_years(year, year, "調査の年度")[0],
            as_of=inputs.checked_day(day, "基準日"),
        )


def _directions(plan: NewPlan) -> Iterator[tables.DirectionRow]:
    entries = vocabularies.checked_directions(
        [vocabulary.NameEntry(label) for label in plan.directions]
    )
    for position, entry in enumerate(entries):
        yield tables.DirectionRow(position=position, label=entry.text)


def _statuses(plan: NewPlan) -> Iterator[tables.StatusRow]:
    for position, entry in enumerate(vocabularies.checked_statuses(plan.statuses)):
        yield tables.StatusRow(position=position, **vocabularies.status_values(entry))


def create_file(
    path: Path,
    fill: Callable[[Session], None],
    founding: history.Founding | None = None,
    *,
    author: str,
    now: datetime,
) -> Path | None:
    """Make a plan's file of the rows that `fill` adds.

    A plan that lies there is set aside first: returns where. Raises InUseError while a window
    has it, StorageError, also for a file that is no plan, and RefusedError.
    """
    from kyodo_desktop.store.migrating import create

    expect_place(path)
    replacing.expect_replaceable(path)
    with files.held_for_writing(path, author, now):
        replacing.expect_replaceable(path)
        atomic_files.remove_leftovers(path.parent)
        return create(path, fill, founding, now=now)


def save_copy(
    plan: Path,
    target: Path,
    *,
    author: str,
    now: datetime,
    copy: Callable[[Path], None] | None = None,
) -> Path | None:
    """Copy a plan, open or not, to another file, whole or not at all; the rest is the same.

    `copy` writes the plan to a file, where it no longer lies at its path. Raises StorageError,
    also for the plan itself as target.
    """
    expect_place(target)
    if paths.is_there(target) and paths.is_there(plan) and target.samefile(plan):
        raise errors.StorageError(
            f"「{target.name}」は、現在開いている計画そのものです。コピーは作っていません。"
            "別の名前を付けて、もう一度操作してください。"
        )
    replacing.expect_replaceable(target)
    with files.held_for_writing(target, author, now):
        replacing.expect_replaceable(target)
        with replacing.replaced(target, now) as replacement:
            if copy is None:
                copy_pages(plan, replacement.beside)
            else:
                copy(replacement.beside)
        return replacement.aside


def aside_notice(aside: Path | None) -> str:
    """Return what to tell of a plan that was set aside."""
    return f"同じ名前だった前のファイルは「{aside}」に残してあります。" if aside else ""
