"""The reports that are opened: both editions of the sample, and what is hard to show."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.pages.options import PARTS, Edition, HeadingStyle, ReportOptions
from kyodo_desktop.pages.report import make_report
from kyodo_desktop.services.report_extras import gathered, reported
from kyodo_desktop.services.sample import create_sample
from tests.bench.long_texts import outline_of_long_texts
from tests.builders import Clock, opened
from tests.hostile import hostile_copy
from tests.outlines import by_id, large_outline
from tests.services.interchange.full_plan import full_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.pages.content import Report

DAY = "2026-11-23"
STATUSES = 30
INTERNAL = ReportOptions(edition=Edition.INTERNAL, parts=PARTS)
PUBLIC = ReportOptions(edition=Edition.PUBLIC, parts=PARTS)
MERGED = ReportOptions(edition=Edition.PUBLIC, parts=PARTS, headings=HeadingStyle.COLUMNS)


class Case(NamedTuple):
    """A report by its name in Latin letters, which names files, too."""

    name: str
    outline: Outline
    extras: Extras
    options: ReportOptions

    def report(self) -> Report:
        return make_report(self.outline, self.options, extras=self.extras, made_on=DAY)


def cases(folder: Path) -> Iterator[Case]:
    """Yield all reports; the plans that some are made of are put into a folder."""
    example, sample = folder / "例.kyodo", folder / "富里市.kyodo"
    create_sample(example, "tomisato_example", author="市民 花子", now=Clock()())
    create_sample(sample, "tomisato_2015", author="市民 花子", now=Clock()())
    yield _of_file("internal", example, INTERNAL)
    yield _of_file("public", example, PUBLIC)
    yield _of_file("merged", example, MERGED)
    full = full_plan(sample, folder / "全部.kyodo")
    yield _of_file("hostile", hostile_copy(full, folder / "敵意.kyodo"), INTERNAL)
    yield Case("statuses", _of_many_statuses(), Extras(), PUBLIC)
    yield Case("long", outline_of_long_texts(), Extras(), PUBLIC)


def _of_file(name: str, path: Path, options: ReportOptions) -> Case:
    with closing(opened(path, Clock())) as plan:
        extras = gathered(plan.workspace, options.extras)
        return Case(name, reported(plan.workspace), extras, options)


def _of_many_statuses() -> Outline:
    outline = large_outline(90)
    first = next(iter(outline.statuses.values()))
    statuses = by_id(
        *(
            first._replace(id=place, position=place, mark=f"評{place}", label=f"評価{place}")
            for place in range(1, STATUSES + 1)
        )
    )
    lines = {
        action_id: tuple(
            each._replace(status_id=action_id % STATUSES + 1) for each in outline.lines[action_id]
        )
        for action_id in outline.lines
    }
    return replace(outline, statuses=statuses, lines=lines)
