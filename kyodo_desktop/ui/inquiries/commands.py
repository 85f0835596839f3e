"""照会 and 回答状況: the forms go out, and one sees who has answered."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from kyodo_desktop.domain import errors, fiscal_year
from kyodo_desktop.domain.plan import Addressee
from kyodo_desktop.domain.replies import covering
from kyodo_desktop.domain.replies.addressing import contact_of
from kyodo_desktop.pages.options import FORM_FONT
from kyodo_desktop.paths import name_part
from kyodo_desktop.ui import asking, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date

    from PySide6.QtWidgets import QDialog

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.domain.plan import Round
    from kyodo_desktop.domain.replies.form import ReplyForm
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.inquiries.inquiry_dialog import (
        InquiryDialog,
        InquiryDraft,
        InquiryInput,
    )

_TITLE = "照会（回答票を作る）"
_DAYS_TO_ANSWER = 14
_WEEKEND = (5, 6)


class InquiryCommands(shell.Commands):
    """Writes the files first, and keeps that they were sent when all are there.

    `ended` comes when the forms are written or not, and the user has been told;
    `settings_requested`, with the dialog in front, when somebody wants to change whom to call.
    """

    ended = Signal()
    settings_requested = Signal(object)

    def __init__(self, of_window: shell.Shell) -> None:
        super().__init__(of_window)
        self._kept: tuple[object, dict[str, Any]] | None = None  # left to look at the plan

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"inquiry": self.ask_and_send, "inquiry_states": self.show_states}

    @shell.repeatable
    def ask_and_send(
        self, chosen: Collection[int] | None = None, above: QDialog | None = None
    ) -> None:
        """Let the user say whom to ask, and write their forms; None proposes all sections.

        The dialog `above` which that is asked closes when they are sent or looked for in the plan.
        """
        from kyodo_desktop.ui.inquiries.inquiry_dialog import InquiryDialog

        workspace = self._workspace
        with self._editing():
            dialog = InquiryDialog(self._draft(chosen), above or self._window)
            if above is not None:
                for end in (dialog.accepted, dialog.unasked_requested, dialog.shared_requested):
                    end.connect(above.accept)
            for end in (dialog.unasked_requested, dialog.shared_requested):
                end.connect(lambda *_: self._keep(dialog))
            dialog.unasked_requested.connect(self._select_unasked)
            dialog.shared_requested.connect(self._select)
            dialog.settings_requested.connect(lambda: self.settings_requested.emit(dialog))
            unsubscribe = workspace.subscribe(
                lambda _changes: dialog.show_contact(contact_of(workspace.outline.plan).text)
            )
            dialog.destroyed.connect(unsubscribe)
            asking.ask_further(dialog, lambda: self.send(dialog))

    def _keep(self, dialog: InquiryDialog) -> None:
        """Let the next inquiry of the same round begin with what is filled in here."""
        self._kept = self._of, dialog.filled_in

    @property
    def _of(self) -> tuple[Workspace, Round | None]:
        return self._workspace, self._workspace.outline.round

    def send(self, dialog: InquiryDialog) -> None:
        """Write the forms without holding the window up; the dialog closes when they are sent."""
        from kyodo_desktop.services.inquiries.asking import reply_forms

        asked, sent_at = dialog.asked, self._shell.now().isoformat(timespec="seconds")
        with self._asked_edit("回答票の内容を集めています…"):
            forms = reply_forms(
                self._workspace,
                asked.section_ids,
                asked.due_on,
                asked.covering,
                sent_at,
                addressee=asked.addressee,
            )
            self._remember(asked)
            self._run_job(
                partial(_written, forms, asked),
                f"{len(forms):,}課の回答票を作っています…",
                partial(self._record, self._shell.plan, forms, dialog, asked),
                partial(self._show_failure, dialog),
                above=dialog,
            )

    def show_states(self) -> None:
        """Show who was asked, who answered and who is late."""
        from kyodo_desktop.ui.inquiries.states_dialog import StatesDialog

        self._shell.commit()
        dialog = StatesDialog(self._workspace, self._window)
        dialog.section_requested.connect(self._shell.tree.show_section)
        dialog.forms_requested.connect(partial(self.ask_and_send, above=dialog))
        asking.ask(dialog)

    def _draft(self, chosen: Collection[int] | None) -> InquiryDraft:
        from kyodo_desktop.services.inquiries.asking import (
            askable_sections,
            inquiries,
            last_sent,
            shared_actions,
            unasked_actions,
        )
        from kyodo_desktop.ui.inquiries import inquiry_dialog

        workspace, outline = self._workspace, self._workspace.outline
        assert outline.round is not None, "the action is disabled without a round"
        today = self._shell.now().date()
        due_on = _two_weeks_from(today).isoformat()
        last = last_sent(workspace)
        draft = inquiry_dialog.InquiryDraft(
            outline.round.name,
            outline.round.fiscal_year,
            askable_sections(workspace),
            sent={each.section_id: each.sent_at or "" for each in inquiries(workspace)},
            chosen=chosen,
            unasked=len(unasked_actions(workspace)),
            shared=shared_actions(workspace),
            today=today.isoformat(),
            addressee=Addressee(last.addressee) if last else Addressee.SECTION,
            contact=contact_of(outline.plan).text,
            due_on=due_on,
            covering=covering.renewed(last, outline, due_on)
            if last
            else covering.proposed(outline, due_on),
            folder=str(self._suggested_folder(outline.round.name)),
            font=self._shell.settings.report.get("form_font") or FORM_FONT,
        )
        of, filled_in = self._kept or (None, {})
        return draft._replace(**filled_in) if chosen is None and of == self._of else draft

    def _suggested_folder(self, round_name: str) -> Path:
        plan = self._shell.plan
        assert plan is not None
        last = self._shell.settings.report.get("inquiry_folder")
        return Path(asking.first_folder((last, plan.path.parent)), f"照会_{name_part(round_name)}")

    def _remember(self, asked: InquiryInput) -> None:
        choices = {"form_font": asked.font, "inquiry_folder": str(asked.folder.parent)}
        self._shell.settings.set_report({**self._shell.settings.report, **choices})

    def _select_unasked(self) -> None:
        from kyodo_desktop.services.inquiries.asking import unasked_actions

        self._select(unasked_actions(self._workspace))

    def _select(self, action_ids: Sequence[int]) -> None:
        home = self._workspace.outline.home
        self._shell.tree.select_all([home(each) for each in action_ids])

    def _record(
        self,
        plan: object,
        forms: Sequence[ReplyForm],
        dialog: InquiryDialog,
        asked: InquiryInput,
        files: list[Path],
    ) -> None:
        """Keep that the forms were sent, if the plan is still the one they are of."""
        from kyodo_desktop.services.inquiries.asking import record_sent
        from kyodo_desktop.ui.inquiries.inquiry_dialog import SentDialog

        try:
            if self._shell.plan is not plan:
                raise errors.PlanError("計画が閉じられています。")
            record_sent(self._workspace, forms)
        except errors.PlanError as error:
            text = (
                f"回答票は「{asked.folder}」に作りましたが、発送は記録していません。"
                f"{error.message}"
            )
            asking.show_warning(dialog, _TITLE, text)
        else:
            self._kept = None
            dialog.done(dialog.DialogCode.Accepted)
            sent = SentDialog(
                asked.folder, files, fiscal_year.day_label(asked.due_on), self._window
            )
            self._report_sent(asked.folder, files)
            asking.ask(sent, lambda: self._report_sent(asked.folder, files, show=True))
        self.ended.emit()

    def _report_sent(self, folder: Path, files: Sequence[Path], *, show: bool = False) -> None:
        message = f"{len(files):,}課の回答票を「{folder}」に作り、発送を記録しました。"
        bar = self._shell.toast
        bar.show_file_info(message, folder)
        if show:
            bar.show_file()

    def _show_failure(self, dialog: InquiryDialog, error: Exception) -> None:
        if not isinstance(error, errors.ExportError | errors.CancelledError):
            raise error
        if isinstance(error, errors.CancelledError):
            self._shell.toast.show_info("照会を取りやめました。ファイルは作っていません。")
        else:
            text = f"{error.message}\n\n回答票は1つも作っていません。発送も記録していません。"
            asking.show_warning(dialog, _TITLE, text)
        self.ended.emit()


def _written(forms: Sequence[ReplyForm], asked: InquiryInput, control: JobControl) -> list[Path]:
    """Write the forms into the folder, which is made where it is not there yet."""
    from kyodo_desktop.excel.reply_form.writing import write_reply_forms

    try:
        asked.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.ExportError(
            f"フォルダー「{asked.folder}」を作れません（{error.strerror or error}）。"
            "別の保存先を選んでください。"
        ) from error
    return write_reply_forms(forms, asked.folder, control, font=asked.font)


def _two_weeks_from(day: date) -> date:
    """Return the day two weeks later, or the Monday after that weekend."""
    due = day + timedelta(days=_DAYS_TO_ANSWER)
    while due.weekday() in _WEEKEND:
        due += timedelta(days=1)
    return due
