"""Makes a new plan's file from what was found in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.fiscal_year import fiscal_year_label, fiscal_year_of
from kyodo_desktop.domain.importing.found_plan import FoundRound
from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.importing.titles import printed_years
from kyodo_desktop.domain.inputs import checked_years
from kyodo_desktop.domain.plan_update.fitting import fitted_to_plan
from kyodo_desktop.domain.plan_update.rows import table_rows
from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.services.new_plan import (
    DEFAULT_DIRECTIONS,
    DEFAULT_STATUSES,
    NewPlan,
    create_file,
    plan_rows,
)
from kyodo_desktop.store.engine import driver_of
from kyodo_desktop.store.history import Founding
from kyodo_desktop.store.reading import read_outline
from kyodo_desktop.store.tables import ImportMappingRow
from kyodo_desktop.store.whole_rows import insert_values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session

    from kyodo_desktop.domain.importing.found_plan import FoundPlan

_HEADING_LEVEL = ("見出し", "")
_ONLY_TERM = "計画期間"


class Created(NamedTuple):
    """What could not be taken, and where a plan that was there is kept."""

    unread: tuple[Unread, ...]
    aside: Path | None


def create_plan_from(
    path: Path,
    found: FoundPlan,
    *,
    author: str,
    now: datetime,
    mapping_json: str = "",
    mapping_name: str = "",
    source: str = "",
) -> Created:
    """Make a plan's file; a plan that is there is set aside.

    `source` is the name of the table's file. The mapping by which it was read is kept for
    next year. Raises InvalidInputError, RefusedError, InUseError, StorageError; then nothing is
    written.
    """
    found = found if found.rounds else found._replace(rounds=(present_round(now),))
    found = fitted_to_plan(found, title=with_signs(path.stem))
    rows = [*plan_rows(_new_plan(found))]
    if mapping_json:
        rows.append(ImportMappingRow(name=mapping_name or found.title, body=mapping_json))

    def fill(session: Session) -> None:
        session.add_all(rows)
        session.flush()
        driver = driver_of(session)
        outline = read_outline(driver)
        rounds = {each.name: each.id for each in outline.rounds.values()}
        (term_id,) = outline.terms
        insert_values(driver, table_rows(outline, term_id, found.headings, found.actions, rounds))

    at = now.isoformat(timespec="seconds")
    first = Founding(at, author, f"「{source or found.title}」から取込")
    aside = create_file(path, fill, first, author=author, now=now)
    return Created((*found.unread, *_put_in(found)), aside)


def _put_in(found: FoundPlan) -> Iterator[Unread]:
    """Yield what the plan has although the table does not say it: a status, and its years.

    One year alone is that of the table: hardly a plan is for no longer, nor named after it.
    """
    if not found.statuses:
        marks = "、".join(f"「{each.mark} {each.label}」" for each in DEFAULT_STATUSES)
        reason = (
            f"表に状態の記号や語がないため、標準の{marks}を設けました。計画の設定で変えられます。"
        )
        yield Unread(CellPlace("", 0, 0), "", reason)
    newest = max(each.fiscal_year for each in found.rounds)
    if newest in printed_years([found.title], newest)[0]:
        reason = (
            f"計画名に{fiscal_year_label(newest)}とあり、翌年の報告書の表紙にもそのまま出ます。"
            "年度を外すときは、「設定」→「計画の設定」で直してください。"
        )
        yield Unread(CellPlace("", 0, 0), found.title, reason)
    first, last = found.first_fiscal_year, found.last_fiscal_year
    if first == last:
        reason = (
            f"計画期間が表にないため、仮に{fiscal_year_label(first)}だけとしました。"
            "公開用の報告書にも出るので、「設定」→「計画の設定」で直してください。"
        )
        yield Unread(CellPlace("", 0, 0), "", reason)


def present_round(now: datetime) -> FoundRound:
    """Return the round of the present day, for a table that speaks of none."""
    today = now.date().isoformat()
    year = fiscal_year_of(today)
    return FoundRound(fiscal_year_label(year), year, today)


def _new_plan(found: FoundPlan) -> NewPlan:
    first, last = checked_years(found.first_fiscal_year, found.last_fiscal_year, "計画期間")
    levels = found.levels if len(found.levels) > 1 else (_HEADING_LEVEL, *found.levels)
    *earlier, newest = sorted(found.rounds, key=lambda each: each[1:])
    return NewPlan(
        title=found.title,
        first_fiscal_year=first,
        last_fiscal_year=last,
        levels=levels,
        terms=((_ONLY_TERM, first, last),),
        statuses=found.statuses or DEFAULT_STATUSES,
        directions=found.directions or DEFAULT_DIRECTIONS,
        round_name=newest.name,
        round_fiscal_year=newest.fiscal_year,
        round_as_of=newest.as_of,
        earlier_rounds=tuple(earlier),
    )
