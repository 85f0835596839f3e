"""Turns a plan and choices into files, each in the form that its name asks for.

The window and the command line come here. The plan is read once and its pages are laid once,
however many files are made of them; one that cannot be written does not keep the others back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import errors
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.narrowing import in_full, narrowed
from kyodo_desktop.domain.reporting import Extra, expect_actions
from kyodo_desktop.pages.options import WHY_SILENT, Edition, Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.reporting import Extras
    from kyodo_desktop.pages.content import Report
    from kyodo_desktop.pages.laid import LaidReport
    from kyodo_desktop.pages.options import ReportOptions
    from kyodo_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Source:
    """What goes out, read from the plan in the file: values that may go into a thread.

    `outline` is what is left of the plan by the choices. `made_on` is a day or a moment in ISO
    form.
    """

    file: Path
    outline: Outline
    options: ReportOptions
    extras: Extras
    made_on: str


class Written(NamedTuple):
    """What was written, in words, and where the file says something else than the plan.

    `left_out` are the chosen parts that have nothing to say.
    """

    size: str = ""
    replaced: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Foresight(NamedTuple):
    """What is known of a report before it is written.

    `silent` are the parts without anything to say. Without its font this PC draws the letters of
    a PDF in another one.
    """

    silent: tuple[str, ...] = ()
    has_font: bool = True


class OutputForm(NamedTuple):
    """A form in which a plan goes out: by the ending of the file's name, or as the whole plan.

    One that `tells` is of an edition, and may be of a part of the plan. One that has parts is
    compared with the round before where these are, one that `is_compared` always.
    """

    ending: str
    label: str
    write: Callable[[_Made, Path, JobControl], Written]
    tells: bool = True
    has_parts: bool = False
    is_compared: bool = False
    has_pages: bool = False


class Wanted(NamedTuple):
    """A file that is to be written."""

    path: Path
    form: OutputForm


class Outcome(NamedTuple):
    """What became of a file: what was written, or why nothing was."""

    path: Path
    written: Written = Written()
    error: errors.PlanError | None = None


class _Made(NamedTuple):
    """What several files are written from."""

    source: Source
    laid: LaidReport | None


def gather(
    workspace: Workspace,
    file: Path,
    options: ReportOptions,
    forms: Collection[OutputForm],
    *,
    made_on: str,
    extras: Extras | None = None,
) -> Source:
    """Read what these forms tell of a plan; `extras` are those that are known already.

    Raises InvalidInputError for a choice that the plan does not know, and NothingToExportError
    where nothing is left by the choices.
    """
    from kyodo_desktop.services.report_extras import gathered, reported

    whole = reported(workspace)
    outline = narrowed(whole, options.narrowing)
    if options.narrowing and not outline.placements:
        raise errors.NothingToExportError(
            f"選んだ条件に当てはまる{outline.action_word}がないため、出力できません。"
            "条件を変えてください。"
        )
    if any(each.tells for each in forms):
        expect_actions(outline)
    has_parts = any(each.has_parts for each in forms)
    if extras is None:
        wanted = {*(options.extras if has_parts else ())}
        if any(each.is_compared for each in forms):
            wanted.add(Extra.COMPARISON)
        only_public = options.edition is Edition.PUBLIC
        extras = gathered(workspace, wanted, options.narrowing, only_public=only_public)
    options = replace(options, narrowing=in_full(whole, options.narrowing))
    return Source(file, outline, options, extras, made_on)


def foresee(workspace: Workspace, options: ReportOptions, made_on: str) -> Foresight:
    """Tell what a report by these choices would lack, whichever parts are chosen.

    Where no action is left by them there is no report that could lack anything.
    """
    from kyodo_desktop.pages.report import silent_parts
    from kyodo_desktop.pages.text_metrics import installed_face
    from kyodo_desktop.services.report_extras import gathered, reported

    outline, asked = reported(workspace), replace(options, parts=tuple(WHY_SILENT))
    only_public = options.edition is Edition.PUBLIC
    extras = gathered(workspace, asked.extras, options.narrowing, only_public=only_public)
    part = narrowed(outline, options.narrowing)
    silent: tuple[str, ...] = ()
    if part.placements:
        silent = silent_parts(part, asked, extras=extras, made_on=made_on)
    return Foresight(silent, has_font=installed_face(options.font) is not None)


def write_outputs(
    source: Source, wanted: Sequence[Wanted], control: JobControl | None = None
) -> list[Outcome]:
    """Write the files, each whole or not at all, and tell what became of each.

    When it is cancelled after the first of them the others tell so. Raises ExportError where
    there is nothing to tell, and CancelledError; nothing was written then.
    """
    has_pages = any(each.form.has_pages for each in wanted)
    stages = (control or JobControl()).stages(len(wanted) + has_pages)
    made = _Made(source, _laid(source, next(stages)) if has_pages else None)
    found: list[Outcome] = []
    for each, stage in zip(wanted, stages, strict=True):
        outcome = _outcome(made, each, stage)
        is_first = not any(before.error is None for before in found)
        if isinstance(outcome.error, errors.CancelledError) and is_first:
            raise outcome.error
        found.append(outcome)
    return found


def _outcome(made: _Made, wanted: Wanted, control: JobControl) -> Outcome:
    try:
        expect_allowed(made.source.options.edition, wanted.form)
        control.check()
        return Outcome(wanted.path, wanted.form.write(made, wanted.path, control))
    except errors.PlanError as error:
        return Outcome(wanted.path, error=error)


def expect_allowed(edition: Edition, form: OutputForm) -> None:
    """Raise ExportError where a form says what this edition must not."""
    if edition is Edition.PUBLIC and not form.tells:
        raise errors.NothingToExportError(
            f"{form.label}（{form.ending}）には内部の項目が入るため、公開用では出力できません。"
        )


def _report(source: Source) -> Report:
    from kyodo_desktop.pages.report import make_report

    return make_report(
        source.outline, source.options, extras=source.extras, made_on=source.made_on
    )


def _laid(source: Source, control: JobControl) -> LaidReport:
    from kyodo_desktop.pages.layout import lay_out

    return lay_out(_report(source), source.options.paper, source.options.font, control)


def _write_workbook(made: _Made, path: Path, control: JobControl) -> Written:
    from kyodo_desktop.excel.report import write_workbook

    assert made.laid is not None, "asked for by has_pages"
    result = write_workbook(made.laid, path, control)
    sheets, pages = f"{result.sheets:,}シート", f"{made.laid.page_count:,}ページ"
    replaced = tuple(each.message for each in result.replaced)
    return Written(_size(made, sheets, pages), replaced, _left_out(made, made.laid.report))


def _write_page(made: _Made, path: Path, control: JobControl) -> Written:
    from kyodo_desktop.web.page import write_page

    # What has room beside each other on paper that lies stands below each other on a page.
    options = replace(made.source.options, paper=Paper.A4_PORTRAIT)
    report = _report(replace(made.source, options=options))
    write_page(report, path, control)
    return Written(_size(made), left_out=_left_out(made, report))


def _write_pdf(made: _Made, path: Path, control: JobControl) -> Written:
    from kyodo_desktop.printing.pdf import write_pdf

    assert made.laid is not None, "asked for by has_pages"
    write_pdf(made.laid, path, control)
    size = _size(made, f"{made.laid.page_count:,}ページ")
    return Written(size, left_out=_left_out(made, made.laid.report))


def _size(made: _Made, *words: str) -> str:
    """Return for whom a report is, and how much it is."""
    return "、".join((made.source.options.edition.label, *words))


def _left_out(made: _Made, report: Report) -> tuple[str, ...]:
    shown = {each.name for each in report.parts}
    return tuple(each for each in made.source.options.shown if each not in shown)


def _write_text(made: _Made, path: Path, control: JobControl) -> Written:
    from kyodo_desktop.domain.text_version import text_version
    from kyodo_desktop.pages.text_files import write_text_version

    source = made.source
    lines = text_version(
        source.outline,
        source.options.narrowing.scope_line,
        comparison=source.extras.comparison,
        this_month=source.made_on[:7],
    )
    write_text_version(lines, path, control)
    return Written()


def _write_open_data(made: _Made, path: Path, control: JobControl) -> Written:
    from kyodo_desktop.pages.text_files import write_open_data

    write_open_data(made.source.outline, path, control)
    return Written()


def _write_whole(made: _Made, path: Path, control: JobControl) -> Written:
    from kyodo_desktop.excel.data_book import write_export
    from kyodo_desktop.services.interchange import whole_plan

    write_export(whole_plan(made.source.file), path, control)
    return Written()


FORMS = (
    OutputForm(".xlsx", "Excelブック", _write_workbook, has_parts=True, has_pages=True),
    OutputForm(".pdf", "PDF", _write_pdf, has_parts=True, has_pages=True),
    OutputForm(".html", "Webページ", _write_page, has_parts=True),
    OutputForm(".csv", "公開データ", _write_open_data),
    OutputForm(".txt", "テキスト版（音声読み上げ用）", _write_text, is_compared=True),
)
"""All in which a report goes out."""
WHOLE_FORMS = tuple(
    OutputForm(ending, "全データ", _write_whole, tells=False)
    for ending in (".json", ".xlsx", ".csv")
)
"""All from which the plan can be made again, history and all."""


def form_of(ending: str, *, whole: bool = False) -> OutputForm | None:
    """Return the form that files of an ending have; what is in no report is the whole plan."""
    known = WHOLE_FORMS if whole else (*FORMS, *WHOLE_FORMS[:1])
    return next((each for each in known if each.ending == ending.lower()), None)
