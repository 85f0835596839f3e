"""Which page of the manual tells of a screen: its file, and the anchor in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

INDEX, KEYS = "index", "keys"

PAGES = {
    # The window and its parts
    "MainWindow": "window",
    "Toolbar": "window#toolbar",
    "RoundChooser": "window#toolbar",
    "SearchBox": "window#toolbar",
    "Strip": "window#strip",
    "Foot": "window#foot",
    "SidePane": "window#side",
    "Toast": "window#message",
    "LatestNewsDialog": "window#message",
    "StartPage": "files#start",
    "TreePane": "list#list",
    "PaperPage": "list#paper",
    "PrintPreview": "export#print",
    "StartChoices": "files#empty",
    "GuidePage": "files#empty",
    "EditorPane": "editor",
    "ActionForm": "editor#action",
    "ManyForm": "editor#many",
    "HeadingForm": "editor#heading",
    "OverviewPage": "overview#overview",
    "ChecksPage": "checks#checks",
    "HistoryPage": "history#history",
    # What is asked about the plan
    "DeleteDialog": "list#delete",
    "ChooseDialog": "list#choose",
    "JoinDialog": "list#join",
    "ReplaceDialog": "replace#replace",
    "PasteDialog": "paste#paste",
    "RulesDialog": "checks#rules",
    "ConfirmDialog": "checks#confirm",
    "ComparisonPage": "compare#comparison",
    "RevisionsDialog": "compare#revisions",
    "RevisionDialog": "compare#revision",
    "ReasonDialog": "compare#revision",
    "BeforeAfterDialog": "compare#before_after",
    "RoundDialog": "rounds#new",
    "RoundsDialog": "rounds#list",
    "CloseRoundDialog": "rounds#close",
    "ReopenRoundDialog": "rounds#reopen",
    "OpinionsDialog": "rounds#opinions",
    "InquiryDialog": "inquiry#inquiry",
    "SentDialog": "inquiry#sent",
    "StatesDialog": "inquiry#states",
    "ReviewDialog": "answers#review",
    "ImportPage": "import",
    "ExportDialog": "export#export",
    "SaveOptionsDialog": "export#export",
    "LikeDialog": "export#like",
    "LikeResultDialog": "export#like",
    "NextTermDialog": "nextterm#draft",
    "MergeDialog": "nextterm#merge",
    # Settings
    "NewPlanDialog": "settings#new_plan",
    "PlanSettingsDialog": "settings#plan",
    "VocabularyDialog": "settings#words",
    "ReplacementDialog": "settings#words",
    "SectionsDialog": "settings#sections",
    "PreferencesDialog": "settings#preferences",
    # Files and the program itself
    "QFileDialog": "files#open",
    "RestoreDialog": "files#restore",
    "OfferDialog": "files#typed",
    "InUseDialog": "files#contents",
    "StrangeFileDialog": "files#contents",
    "TryAgainDialog": "files#contents",
    "UnsavedDialog": "files#typing",
    "AboutDialog": "program#about",
    "LicenceTextDialog": "program#about",
    "UpdateDialog": "program#update",
    "ManualWindow": "program#manual",
    "CrashDialog": "program#crash",
    "ProgressDialog": "window#progress",
    "MessageBox": "window#message_box",
}
"""Pages by the names of the classes of windows, dialogs and parts of them.

By names: whoever asks for help need not import all screens for it.
"""


def page_for(widget: QWidget | None) -> str:
    """Return the page of the innermost screen that holds the widget."""
    while widget is not None:
        for kind in type(widget).__mro__:
            if kind.__name__ in PAGES:
                return PAGES[kind.__name__]
        widget = widget.parentWidget()
    return INDEX
