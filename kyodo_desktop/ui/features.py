"""The features of the window: made, and brought together where they need each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.checks.commands import CheckCommands
from kyodo_desktop.ui.comparing.commands import ComparingCommands
from kyodo_desktop.ui.export.commands import ExportCommands
from kyodo_desktop.ui.files.commands import FileCommands
from kyodo_desktop.ui.files.state import FileState
from kyodo_desktop.ui.guide.commands import GuideCommands
from kyodo_desktop.ui.history.commands import HistoryCommands
from kyodo_desktop.ui.importing.commands import ImportCommands
from kyodo_desktop.ui.inquiries.answer_commands import AnswerCommands
from kyodo_desktop.ui.inquiries.commands import InquiryCommands
from kyodo_desktop.ui.joining.commands import JoinCommands
from kyodo_desktop.ui.like.commands import LikeCommands
from kyodo_desktop.ui.news.commands import NewsCommands
from kyodo_desktop.ui.next_term.commands import TermCommands
from kyodo_desktop.ui.overview.commands import OverviewCommands
from kyodo_desktop.ui.paper.commands import PaperCommands
from kyodo_desktop.ui.pasting.commands import ClipboardCommands
from kyodo_desktop.ui.plan_settings.commands import PlanSettingsCommands
from kyodo_desktop.ui.printing.commands import PrintCommands
from kyodo_desktop.ui.program.commands import ProgramCommands
from kyodo_desktop.ui.program.updates import UpdateCommands
from kyodo_desktop.ui.replacing.commands import ReplacingCommands
from kyodo_desktop.ui.rounds.commands import RoundCommands
from kyodo_desktop.ui.strip.commands import StripCommands
from kyodo_desktop.ui.tree.commands import EditCommands
from kyodo_desktop.ui.typed import offering, watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.ui.editor.pane import EditorPane
    from kyodo_desktop.ui.shell import Commands, Shell
    from kyodo_desktop.ui.strip.strip import Strip
    from kyodo_desktop.ui.tree.pane import TreePane


class Features:
    """One of each. A feature knows the shell, and of another one a function or a signal."""

    def __init__(
        self,
        shell: Shell,
        tree: TreePane,
        editor: EditorPane,
        *,
        strip: Strip,
        show_editor: Callable[[], None],
    ) -> None:
        self._editor, self._show_editor = editor, show_editor
        self.rounds = RoundCommands(shell)
        self.strip = StripCommands(shell, strip, tree)
        self.edits = EditCommands(shell, tree, self.rounds.ask_to_reopen)
        self.paper = PaperCommands(shell, tree)
        self.paper.context_menu_requested.connect(tree.context_menu_requested)
        self.joins = JoinCommands(shell)
        self.terms = TermCommands(shell)
        self.checks = CheckCommands(shell)
        self.checks.found.connect(self.strip.show_findings)
        self.checks.found.connect(editor.show_findings)
        editor.findings_requested.connect(self.checks.open)
        self.overview = OverviewCommands(shell)
        self.overview.rows_requested.connect(self.strip.show_actions)
        self.overview.overdue_requested.connect(self.strip.show_overdue)
        self.overview.round_requested.connect(self.rounds.show_round)
        editor.heading_place = self.overview
        shell.side.set_overview(lambda: self.overview.page)
        self.guide = GuideCommands(shell, tree.rows)
        self.exports, self.like = ExportCommands(shell), LikeCommands(shell)
        self.imports = ImportCommands(shell, self.exports.ask_and_bring_back)
        self.inquiries, self.answers = InquiryCommands(shell), AnswerCommands(shell)
        self.answers.table_dropped.connect(self.imports.import_table)
        self.updates = UpdateCommands(shell)
        self.typing = watch.TypingWatch(
            shell, editor, (tree.unsaved, self.answers.unsaved, self.paper.unsaved)
        )
        resumes = {
            "state:next_term": self.terms.resume,
            "state:import": self.imports.resume,
            "state:answers": self.answers.resume,
        }
        self.paper.saving.connect(self.typing.scan)
        tree.other_view = self.paper
        self.typed = offering.TypedTexts(shell, self.typing, self._type_section, resumes)
        self.files = FileCommands(shell, self.typing.ask_to_discard)
        self.files.opened.connect(self.typed.offer_later)
        self.files.table_given.connect(lambda path: self.answers.take_dropped([path]))
        self.guide.sample_wanted.connect(self.files.open_sample_beside)
        self.file_state = FileState(shell)
        settings = PlanSettingsCommands(shell)
        self.inquiries.settings_requested.connect(settings.ask_for_plan_settings)
        comparing, clipboard = ComparingCommands(shell), ClipboardCommands(shell)
        history = HistoryCommands(shell)
        printing = PrintCommands(shell, tree, lambda: self.exports.last_options)
        comparing.before_after_export_wanted.connect(self.exports.ask_and_export_before_after)
        comparing.before_after_print_wanted.connect(printing.preview_before_after)
        comparing.comparison_print_wanted.connect(printing.preview_comparison)
        history.export_wanted.connect(self.exports.ask_and_export_history)
        tree.copy_requested.connect(clipboard.copy_rows)
        tree.paste_requested.connect(clipboard.ask_and_paste)
        self._groups: tuple[Commands, ...] = (
            *(self.files, self.file_state, self.edits, self.paper, clipboard, self.joins),
            *(self.rounds, self.inquiries, self.answers, self.checks, comparing, history),
            *(self.terms, self.exports, self.like, self.imports, self.updates, self.strip),
            *(NewsCommands(shell), ReplacingCommands(shell), printing),
            *(settings, ProgramCommands(shell)),
        )

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what the actions call, by their names."""
        return {name: run for each in self._groups for name, run in each.commands().items()}

    def _type_section(self, name: str) -> None:
        self._show_editor()
        self._editor.type_section(name)
