"""Every long operation: what it begins with, what it does, and the file that it is about."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.domain.importing.mapping_json import mapping_as_json
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.text_version import text_version
from kyodo_desktop.excel.data_book import read_export, write_export
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.excel.reply_form.reading import read_answer
from kyodo_desktop.excel.reply_form.writing import write_reply_form
from kyodo_desktop.excel.report import write_workbook
from kyodo_desktop.pages.options import ReportOptions
from kyodo_desktop.pages.report import laid_report
from kyodo_desktop.pages.text_files import write_text_version
from kyodo_desktop.services import details, files, joining, next_term, sample
from kyodo_desktop.services.importing.new_file import create_plan_from
from kyodo_desktop.services.inquiries.asking import record_sent, reply_forms
from kyodo_desktop.services.inquiries.collecting import collect, files_in
from kyodo_desktop.services.interchange import create_from_export, whole_plan
from kyodo_desktop.services.report_extras import gathered, reported
from tests import edits
from tests.torture.contents import AUTHOR, NOW, content, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PLAN, MADE = "計画.kyodo", "新しい計画.kyodo"
BACKUP = "計画_バックアップ/計画_2026-11-23.kyodo"
FONT = "ＭＳ ゴシック"
OLD = Path(__file__).parents[1] / "fixtures" / "old_databases"
_BY = {"author": AUTHOR, "now": NOW}


class Operation(NamedTuple):
    """`prepare` fills a folder, `run` works in it, and `made` is the file that it is about."""

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path], None]
    made: str


class Prepared(NamedTuple):
    """An operation, the folder that it begins with, and what its file says before and after."""

    operation: Operation
    folder: Path
    before: Any
    after: Any

    def copy_to(self, folder: Path) -> Path:
        """Make a folder in which it can be run."""
        shutil.rmtree(folder, ignore_errors=True)
        return shutil.copytree(self.folder, folder)


def prepared(operation: Operation, folder: Path) -> Prepared:
    """Run an operation once, undisturbed, to know what it does."""
    folder.mkdir()
    operation.prepare(folder)
    trial = folder.with_name(f"{folder.name}_trial")
    shutil.copytree(folder, trial)
    before = content(trial / operation.made)  # in a copy: to look at an old plan changes it
    shutil.rmtree(trial)
    shutil.copytree(folder, trial)
    operation.run(trial)
    after = content(trial / operation.made)
    shutil.rmtree(trial)
    return Prepared(operation, folder, before, after)


def _plan(folder: Path) -> None:
    """Make a plan that has today's backup already."""
    sample.create_sample(folder / PLAN, "tomisato_2015", **_BY)
    opened(folder / PLAN).close()


def _plan_and_backup(folder: Path) -> None:
    _plan(folder)
    with closing(opened(folder / PLAN)) as plan:
        edits.set_note(plan.workspace, 1, "後で書いた")


def _plan_without_backup(folder: Path) -> None:
    sample.create_sample(folder / PLAN, "tomisato_2015", **_BY)


def _nothing(_folder: Path) -> None:
    pass


def _table(folder: Path) -> None:
    from tests.fuzz.originals import city_table

    (folder / "表.xlsx").write_bytes(city_table())


def _old(number: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        shutil.copyfile(OLD / f"{number}.kyodo", folder / PLAN)

    return prepare


def _exported(suffix: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        _plan(folder)
        write_export(whole_plan(folder / PLAN), folder / f"データ{suffix}")

    return prepare


def _answers(folder: Path) -> None:
    _plan(folder)
    (folder / "回答").mkdir()
    sent_at = NOW.isoformat(timespec="seconds")
    with closing(opened(folder / PLAN)) as plan:
        details.assign(plan.workspace, [1, 2, 3], 1, Role.LEAD)
        (form,) = forms = reply_forms(plan.workspace, [1], "2026-11-30", "", sent_at)
        record_sent(plan.workspace, forms)
        write_reply_form(form, folder / "回答" / "回答票.xlsx", font=FONT)
    _answer(folder / "回答" / "回答票.xlsx")


def _answer(path: Path) -> None:
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    asked = "市民活動サポートセンター開設すれば完了（28年3月予定）"
    cells = [cell for sheet in workbook for row in sheet for cell in row if cell.value == asked]
    cells[0].value = "開設した"
    workbook.save(path)


def _create(folder: Path) -> None:
    sample.create_sample(folder / MADE, "tomisato_2015", **_BY)


def _import(folder: Path) -> None:
    book = read_table(folder / "表.xlsx")
    mapping = guess_mapping(book, NOW.date())
    create_plan_from(
        folder / MADE,
        read_plan(book, mapping),
        **_BY,
        mapping_json=mapping_as_json(mapping),
        mapping_name=mapping.title,
        source="表.xlsx",
    )


def export_report(folder: Path) -> None:
    options = ReportOptions(font=FONT)
    with closing(opened(folder / PLAN, read_only=True)) as plan:
        extras = gathered(plan.workspace, options.extras)
        outline = reported(plan.workspace)
    laid = laid_report(outline, options, extras=extras, made_on="2026-11-23")
    write_workbook(laid, folder / "報告書.xlsx")


def export_text(folder: Path) -> None:
    with closing(opened(folder / PLAN, read_only=True)) as plan:
        write_text_version(text_version(reported(plan.workspace)), folder / "報告書.txt")


def _export_data(suffix: str) -> Callable[[Path], None]:
    return lambda folder: write_export(whole_plan(folder / PLAN), folder / f"データ{suffix}")


def _restore_data(suffix: str) -> Callable[[Path], None]:
    def run(folder: Path) -> None:
        create_from_export(read_export(folder / f"データ{suffix}"), folder / MADE, **_BY)

    return run


def _open(folder: Path) -> None:
    opened(folder / PLAN).close()


def _restore(folder: Path) -> None:
    files.restore(folder / PLAN, folder / BACKUP, NOW)


def _draw_up(folder: Path) -> None:
    with closing(opened(folder / PLAN)) as plan:
        draft = next_term.proposed(plan.workspace)
        next_term.draw_up(plan.workspace, draft)


def _join(folder: Path) -> None:
    with closing(opened(folder / PLAN)) as plan:
        texts = joining.texts_of(plan.workspace.outline, 1)
        values = {**texts.values, action_fields.NOTE: "まとめた"}
        joining.join(plan.workspace, 1, 2, texts._replace(values=values))


def _collect(folder: Path) -> None:
    with closing(opened(folder / PLAN)) as plan:
        for found in collect(plan.workspace, files_in([folder / "回答"]), read_answer):
            if found.refused:
                raise PlanError(found.refused)  # caught there, judged here


def _operations() -> Iterator[Operation]:
    yield Operation("create", _nothing, _create, MADE)
    yield Operation("import", _table, _import, MADE)
    yield Operation("export report", _plan, export_report, "報告書.xlsx")
    yield Operation("export text", _plan, export_text, "報告書.txt")
    for suffix in (".xlsx", ".json", ".csv"):
        yield Operation(f"export {suffix}", _plan, _export_data(suffix), f"データ{suffix}")
    for number in ("0001", "0002", "0003"):
        yield Operation(f"upgrade {number}", _old(number), _open, PLAN)
    yield Operation("backup", _plan_without_backup, _open, BACKUP)
    yield Operation("restore", _plan_and_backup, _restore, PLAN)
    yield Operation("next term", _plan, _draw_up, PLAN)
    yield Operation("join", _plan, _join, PLAN)
    for suffix in (".json", ".csv"):
        yield Operation(f"restore {suffix}", _exported(suffix), _restore_data(suffix), MADE)
    yield Operation("collect", _answers, _collect, PLAN)


OPERATIONS = tuple(_operations())
