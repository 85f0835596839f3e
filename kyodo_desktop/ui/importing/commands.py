"""取込: from a city's table to a new plan, or to a newer state of the plan that is open."""

from __future__ import annotations

import json
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from kyodo_desktop.domain.errors import CancelledError, MissingFileError, PlanError, ReadingError
from kyodo_desktop.ui.asking import PLAN_FILTER, ask, ask_for_table, ask_where_to_save
from kyodo_desktop.ui.jobs import Job
from kyodo_desktop.ui.shell import Commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.domain.plan_update.update import Update
    from kyodo_desktop.services.following import OpenPlan
    from kyodo_desktop.services.importing.new_file import Created
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.importing.found_in import Found
    from kyodo_desktop.ui.importing.page import ImportPage
    from kyodo_desktop.ui.shell import Shell

_PAINTED = 40  # milliseconds, in which a window shows what it has been told


class ImportCommands(Commands):
    """Shows the page, and writes what is decided there.

    `ended` comes when something was taken in, or could not be and the user was told.
    """

    ended = Signal()
    compared = Signal()  # what was read with the open plan, or why it cannot be is shown

    def __init__(self, shell: Shell, bring_back: Callable[[Path], None]) -> None:
        super().__init__(shell)
        self._bring_back = bring_back  # a plan from an export of ours
        self._comparing: Job | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"import_table": self.ask_and_import}

    def ask_and_import(self) -> None:
        """Let the user choose a table, and show what is in it."""
        ask_for_table(self._window, self._shell.files.folder, self.import_table)

    def import_table(self, path: Path) -> None:
        """Show what is in a table; the user decides what becomes of it.

        An export of ours needs no decisions: the same plan is made of it.
        """
        from kyodo_desktop.excel.data_book import is_ours

        if not self._shell.commit():
            return
        if is_ours(path):
            self._bring_back(path)
            return
        self._show_page(path).read(path)

    def resume(self, state: str) -> None:
        """Show a table as it was being read before. Raises PlanError where it cannot be."""
        from kyodo_desktop.domain.importing.mapping_json import mapping_from_json

        try:
            values = json.loads(state)
            path, mapping = Path(values["path"]), mapping_from_json(values["mapping"])
        except (ValueError, KeyError, TypeError) as error:
            raise ReadingError(
                "控えの取込設定を読み取れないため、続きから開けません。"
                "表をもう一度取り込んでください。"
            ) from error
        if not path.exists():
            raise MissingFileError(
                f"「{path}」が見つからないため、続きから開けません。"
                "控えは残してあります。ファイルを元の場所に戻してから、もう一度お試しください。"
            )
        self._show_page(path).resume(path, mapping)

    def _show_page(self, path: Path) -> ImportPage:
        page = self._page()
        page.import_requested.connect(partial(self._import, page))
        page.compare_requested.connect(partial(self._compare, page))
        page.other_file_requested.connect(lambda: ask_for_table(page, path.parent, page.read))
        ask(page)
        return page

    def _page(self) -> ImportPage:
        """Return a page that knows the plan that is open, if that can be updated."""
        from kyodo_desktop.services.importing.mappings import saved_mappings
        from kyodo_desktop.ui.importing.page import ImportPage

        plan = self._shell.plan
        if plan is None or plan.workspace.read_only_because:
            return ImportPage(parent=self._window)
        workspace = plan.workspace
        return ImportPage(workspace.outline.plan.title, saved_mappings(workspace), self._window)

    def _compare(self, page: ImportPage, found: Found) -> None:
        """Compare in a thread, which reads the plan by a connection of its own."""
        from kyodo_desktop.domain.importing.mapping_json import mapping_as_json
        from kyodo_desktop.services.files import open_plan
        from kyodo_desktop.services.importing.updating import compared_with

        plan = self._shell.plan
        assert plan is not None, "the page offers no update without a plan"
        author, now = self._shell.settings.display_name, self._shell.now

        def work(control: JobControl) -> Update:
            with closing(
                open_plan(plan.path, author=lambda: author, now=now, read_only=True)
            ) as read:
                return compared_with(
                    read.workspace,
                    found.rows.found,
                    source=found.book.name,
                    mapping_json=mapping_as_json(found.mapping),
                    control=control,
                )

        if self._comparing is not None:
            self._comparing.cancel()  # something else was read meanwhile
        page.say_comparing()
        self._comparing = job = Job(work, page)
        job.progressed.connect(page.say_progress)
        job.succeeded.connect(partial(self._show_update, page, found))
        job.failed.connect(partial(self._tell_comparison, page, found))
        job.start()

    def _show_update(self, page: ImportPage, found: Found, update: Update) -> None:
        """Show what would change, unless something else has been read meanwhile."""
        if page.found is found:
            page.show_update(update)
            self.compared.emit()

    def _tell_comparison(self, page: ImportPage, found: Found, error: Exception) -> None:
        if not isinstance(error, PlanError):
            raise error
        if page.found is found and not isinstance(error, CancelledError):
            page.show_error(error.message)
            page.say_compared()
            self.compared.emit()

    def _import(self, page: ImportPage) -> None:
        if page.update_shown is not None:
            self._take(page, page.update_shown)
            return
        found, path = page.found, page.reader.path
        assert found is not None, "the button is disabled without"
        assert path is not None
        ask_where_to_save(
            page,
            "新しい計画の保存先",
            path.with_suffix(".kyodo"),
            PLAN_FILTER,
            lambda target: self.make(page, found, target),
        )

    def _take(self, page: ImportPage, update: Update) -> None:
        """Take what is ticked into the plan that is open, as one step: a thread writes it."""
        from kyodo_desktop.services.importing.updating import take_update

        plan, chosen = self._plan, page.chosen
        try:
            lent = plan.lend()
        except PlanError as error:
            self._tell_failure(page, error)
            return

        def work(control: JobControl) -> None:
            take_update(lent, update, chosen, control)

        taken = len(update.taken(chosen))
        page.say_busy(f"{taken:,}件の変更を取り込んでいます…", can_be_cancelled=True)
        job = Job(work, self._window)
        job.progressed.connect(page.say_progress)
        job.succeeded.connect(lambda _none: self._show_taken(page, plan, lent, taken))
        job.failed.connect(partial(self._tell_not_taken, page, plan, lent))
        page.cancel_requested.connect(job.cancel)

        def begin() -> None:  # which keeps the job; a timer keeps no object of a method
            job.start()

        QTimer.singleShot(_PAINTED, self, begin)

    def _show_taken(self, page: ImportPage, plan: OpenPlan, lent: Workspace, taken: int) -> None:
        assert page.update_shown is not None, "nothing can be chosen meanwhile"
        source = page.update_shown.source
        plan.workspace.take_back(lent)

        def tell() -> None:
            if self._shell.plan is plan:
                self.show_step(f"「{source}」から{taken:,}件の変更を取り込みました。")
            self.ended.emit()

        def leave() -> None:
            page.accept()
            QTimer.singleShot(_PAINTED, self, tell)

        # One after the other: all of it together would be felt.
        QTimer.singleShot(_PAINTED, self, leave)

    def _tell_not_taken(
        self, page: ImportPage, plan: OpenPlan, lent: Workspace, error: Exception
    ) -> None:
        plan.workspace.take_back(lent)
        self._tell_failure(page, error)

    def make(self, page: ImportPage, found: Found, target: Path) -> None:
        """Write a new plan's file, and open it."""
        from kyodo_desktop.domain.importing.mapping_json import mapping_as_json
        from kyodo_desktop.services.importing.new_file import create_plan_from

        shell = self._shell
        shell.files.release_file(target)
        author, now = shell.settings.display_name, shell.now()

        def work(_control: JobControl) -> Created:
            return create_plan_from(
                target,
                found.rows.found,
                author=author,
                now=now,
                mapping_json=mapping_as_json(found.mapping),
                source=found.book.name,
            )

        page.say_busy("計画を作っています…")
        job = Job(work, page)
        job.succeeded.connect(partial(self._open, page, found, target))
        job.failed.connect(partial(self._tell_failure, page))
        job.start()

    def _open(self, page: ImportPage, found: Found, target: Path, created: Created) -> None:
        from kyodo_desktop.domain.importing.doubts import DoubtKind, kind_of
        from kyodo_desktop.services.new_plan import aside_notice

        page.accept()
        if self._shell.files.open(target):
            plan = found.rows.found
            kinds = [kind_of(each.reason) for each in created.unread]
            left_out = kinds.count(DoubtKind.LEFT_OUT)
            rest = f"取り込んでいないところが{left_out:,}か所あります。" if left_out else ""
            rest += aside_notice(created.aside)
            self._shell.toast.show_info(
                f"「{found.book.name}」から計画を作りました"
                f"（{plan.levels[-1][0]} {len(plan.actions):,}件）。{rest}"
            )
        self.ended.emit()

    def _tell_failure(self, page: ImportPage, error: Exception) -> None:
        page.say_ready()
        if not isinstance(error, PlanError):
            raise error
        page.show_error(error.message)
        self.ended.emit()
