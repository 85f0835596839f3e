"""Asks what goes out, for whom and in which forms; where to, the file dialog asks afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import terms
from kyodo_desktop.domain.errors import InvalidInputError, PlanError
from kyodo_desktop.domain.narrowing import narrowed
from kyodo_desktop.domain.nodes import is_placement, term_node
from kyodo_desktop.outputs import FORMS, Foresight
from kyodo_desktop.pages.options import (
    FONTS,
    INTERNAL_PARTS,
    LISTING,
    PARTS,
    SHEETS,
    WHY_SILENT,
    Edition,
    HeadingStyle,
    Paper,
    ReportOptions,
    SheetUnit,
)
from kyodo_desktop.pages.report_columns import REPORT_COLUMNS
from kyodo_desktop.pages.saved_options import SavedOptions
from kyodo_desktop.ui import jobs
from kyodo_desktop.ui.export.narrowing_fields import NarrowingFields
from kyodo_desktop.ui.export.questions import TITLE
from kyodo_desktop.ui.export.saved_choices import SavedChoices
from kyodo_desktop.ui.export.several import TickList
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from enum import Enum

    from kyodo_desktop.domain.outline import Outline

CANCELLED = "出力を取りやめました。ファイルは作っていません。元からあるファイルもそのままです。"
_EDITION, _PARTS, _COLUMNS, _FORMS = "用途", "内容", "列", "形"
_EDITION_NOTES = {
    Edition.PUBLIC: "公開用：内部の項目（備考・要確認・履歴・連絡先など）は含みません。",
    Edition.INTERNAL: "庁内用：備考・要確認・履歴・連絡先など、内部の項目も含みます。",
}
_PUBLIC_ANYWAY = "{}は、公開する項目だけです。"
_NO_FONT = "このパソコンにない書体です。PDFは別の書体になり、Excelブックには名前だけが入ります。"
_PAUSE = 100  # milliseconds, in which something else may be chosen
_CHOSEN, _NONE_LEFT = "選んだ条件", "当てはまる実行計画がありません。条件を変えてください。"


class ExportDraft(NamedTuple):
    """What the dialog begins with; `locked` says why nothing can be saved in the plan.

    `name` is that of the saved choices that were taken last.

    `foresee` is asked in a thread what the report would lack.
    """

    outline: Outline
    chosen: SavedOptions
    saved: Mapping[str, SavedOptions]
    open_afterwards: bool
    name: str = ""
    locked: str = ""
    foresee: Callable[[ReportOptions], Foresight] | None = None


class ExportDialog(forms.FormDialog):
    """Gives the choices for this time.

    `save_wanted` comes when they are to be kept in the plan, `rename_wanted` and `delete_wanted`
    with the name of those that are to have another one or to go; `show_saved` tells of what
    became of it.
    """

    save_wanted = Signal()
    rename_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, draft: ExportDraft, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, parent, done="保存先を選んで出力(&S)")
        self._outline = draft.outline
        self._foresee, self._foreseen = draft.foresee, Foresight()
        self._job: jobs.Job | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._look_ahead)
        self._saved = SavedChoices(draft.locked)
        self._narrowing = NarrowingFields(draft.outline, self)
        self._lay_out()
        self._open_afterwards.setChecked(draft.open_afterwards)
        self._follow()
        self.show_saved(draft.saved, draft.name)
        self.choose(draft.chosen)
        self._editions_row.setFocusProxy(self._editions[self._edition])
        self.resize(900, 620)

    @property
    def chosen(self) -> SavedOptions:
        """What is chosen; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    @property
    def open_afterwards(self) -> bool:
        return self._open_afterwards.isChecked()

    @property
    def saved_name(self) -> str:
        """The name of the saved choices that were taken last; empty where there are none."""
        return self._saved.name

    def read(self) -> SavedOptions:
        endings = tuple(ending for ending, box in self._forms.items() if box.isChecked())
        options = self._options
        for field, is_chosen in (
            (_PARTS, options.shown),
            (_COLUMNS, options.columns),
            (_FORMS, endings),
        ):
            if not is_chosen:
                raise InvalidInputError(field, "を1つ以上選んでください。")
        if options.narrowing and not self._actions_left():
            raise InvalidInputError(_CHOSEN, f"に{self._outline.worded(_NONE_LEFT)}")
        if self._parts.isEnabled() and set(options.shown) <= set(self._foreseen.silent):
            raise InvalidInputError(_PARTS, "に、出力するものがあるものも選んでください。")
        return SavedOptions(options, endings)

    @property
    def _options(self) -> ReportOptions:
        return ReportOptions(
            edition=self._edition,
            parts=self._parts.ticked(),
            paper=self._paper.currentData(),
            columns=tuple(name for name, box in self._columns.items() if box.isChecked()),
            headings=self._headings.currentData(),
            unit=self._unit.currentData(),
            font=self._font.currentText(),
            narrowing=self._narrowing.chosen,
        )

    def expect_chosen(self) -> SavedOptions | None:
        """Return what is chosen; where something is missing say what, and return nothing."""
        try:
            return self.read()
        except InvalidInputError as error:
            self.show_refusal(error)
            return None

    def choose(self, chosen: SavedOptions) -> None:
        """Show choices; what the plan does not know any more is named and left out."""
        options, endings = chosen
        self._editions[options.edition].setChecked(True)
        self._parts.tick(options.parts)
        for ticked, boxes in ((options.columns, self._columns), (endings, self._forms)):
            for name, each in boxes.items():
                each.setChecked(name in ticked)
        for box, value in (
            (self._headings, options.headings),
            (self._unit, options.unit),
            (self._paper, options.paper),
        ):
            box.setCurrentIndex(box.findData(value))
        if self._font.findText(options.font) < 0:
            self._font.addItem(options.font)
        self._font.setCurrentText(options.font)
        self._show_note(self._narrowing.choose(options.narrowing), "今の計画")

    def show_saved(self, saved: Mapping[str, SavedOptions], name: str = "") -> None:
        """Offer the choices that the plan has now, of which those of a name were just saved."""
        self._saved.offer(saved, name)

    @property
    def _edition(self) -> Edition:
        return next(each for each, button in self._editions.items() if button.isChecked())

    def _follow(self) -> None:
        """Let what is chosen decide what else can be."""
        for button in self._editions.values():
            button.toggled.connect(self._fit_edition)
        self._saved.save_wanted.connect(self.save_wanted)
        self._saved.rename_wanted.connect(self.rename_wanted)
        self._saved.delete_wanted.connect(self.delete_wanted)
        self._saved.taken.connect(self.choose)
        self._narrowing.changed.connect(lambda lost: self._show_note(lost, "選んだ期"))
        self._parts.itemChanged.connect(lambda _item: self._fit_forms())
        for box in self._forms.values():
            box.toggled.connect(self._fit_forms)
            box.toggled.connect(lambda _on: self._show_note())
        self._font.currentTextChanged.connect(lambda _name: self._soon.start())

    def _fit_edition(self) -> None:
        is_public = self._editions[Edition.PUBLIC].isChecked()
        self._parts.leave_out(INTERNAL_PARTS if is_public else (), "公開用には入りません")
        self._show_note()

    def _fit_forms(self) -> None:
        """Offer only what one of the chosen forms has."""
        chosen = [each for each in FORMS if self._forms[each.ending].isChecked()]
        has_parts = any(each.has_parts for each in chosen)
        has_pages = any(each.has_pages for each in chosen)
        parts = self._parts.ticked()
        self._parts.setEnabled(has_parts)
        for box in (*self._columns.values(), self._headings):
            box.setEnabled(has_parts and LISTING in parts)
        self._unit.setEnabled(has_parts and SHEETS in parts)
        self._paper.setEnabled(has_pages)
        self._font.setEnabled(has_pages)
        self._note_font()

    # What will be missing

    def _look_ahead(self) -> None:
        """Ask beside the window what the report would lack by what is chosen now."""
        foresee, options = self._foresee, self._options
        if foresee is None:
            return
        if self._job is not None:
            self._job.abandon()
        self._job = jobs.Job(lambda _control: foresee(options), self)
        self._job.succeeded.connect(self._show_foreseen)
        self._job.failed.connect(_expect_known)
        self._job.start()

    def _show_foreseen(self, foreseen: Foresight) -> None:
        self._foreseen = foreseen
        self._parts.remark({each: f"{WHY_SILENT[each]}ため入りません" for each in foreseen.silent})
        self._note_font()

    def _note_font(self) -> None:
        is_missing = self._font.isEnabled() and not self._foreseen.has_font
        self._font_note.setVisible(is_missing)
        self._font.setAccessibleDescription(_NO_FONT if is_missing else "")

    # Saying what goes out

    def _show_note(self, lost: Sequence[str] = (), where: str = "") -> None:
        """Say in short what goes out, and which choices are lost as they are not there."""
        if not any(each.isChecked() for each in self._editions.values()):
            return
        self._soon.start()
        words = [_EDITION_NOTES[self._edition] + self._public_anyway(), self._count()]
        if lost:
            named = "".join(f"「{each}」" for each in lost)
            words.append(f"選んであった{named}は、{where}にないため外しました。")
        self._note.setText("　".join(words))

    def _public_anyway(self) -> str:
        """Return which of the chosen forms have nothing internal in a report of the house."""
        chosen = (each for each in FORMS if self._forms[each.ending].isChecked())
        named = "".join(f"「{each.label}」" for each in chosen if not each.has_parts)
        is_internal = self._edition is Edition.INTERNAL
        return _PUBLIC_ANYWAY.format(named) if named and is_internal else ""

    def _count(self) -> str:
        """Return how many actions of which round are told."""
        shown, level = self._outline.round, self._outline.levels[-1].name
        of_round = ""
        if shown is not None:
            of_round = f"調査「{shown.name}」{'' if shown.closed_at else '（確定前）'}の"
        if not self._narrowing.chosen:
            return f"{of_round}{level}{_actions_shown(self._outline):,}件を出力します。"
        left = self._actions_left()
        if not left:
            return self._outline.worded(_NONE_LEFT)
        scope = self._narrowing.chosen.scope_line
        return f"{of_round}{level}のうち{left:,}件を出力します。{scope}"

    def _actions_left(self) -> int:
        return _actions_shown(narrowed(self._outline, self._narrowing.chosen))

    # Laying out

    def _lay_out(self) -> None:
        self.content.addLayout(self._top())
        self._note = plain.Label()
        self._note.setObjectName("what_goes_out")
        self._note.setWordWrap(True)
        self.content.addWidget(self._note)
        self._parts = TickList("parts", _PARTS, PARTS)
        left = QVBoxLayout()
        left.addWidget(forms.captioned(f"{_PARTS}(&T)", self._parts))
        left.addWidget(forms.FormField(self._parts, _PARTS), 1)
        columns = QHBoxLayout()
        columns.addLayout(left, 2)
        columns.addLayout(self._form(), 3)
        self.content.addLayout(columns, 1)

    def _top(self) -> QFormLayout:
        """Return what decides of all else."""
        self._editions = {
            Edition.PUBLIC: QRadioButton("公開用(&B)"),
            Edition.INTERNAL: QRadioButton("庁内用(&I)"),
        }
        self._editions_row = forms.in_flow(*self._editions.values())
        form = forms.new_form()
        forms.add_row(form, "保存した設定(&K)", self._saved)
        forms.add_row(form, _EDITION, forms.FormField(self._editions_row, _EDITION))
        return form

    def _form(self) -> QFormLayout:
        form = forms.new_form()
        self._narrowing.add_to(form)
        self._add_listing(form)
        self._unit = _combo("unit", SheetUnit)
        for place, each in enumerate(SheetUnit):
            self._unit.setItemText(place, self._outline.worded(each.label))
        forms.add_row(form, f"{SHEETS}(&U)", self._unit)
        self._add_pages(form)
        self._forms = _boxes({each.ending: f"{each.label}" for each in FORMS}, _FORMS)
        forms.add_row(form, f"{_FORMS}(&X)", forms.FormField(_flow(self._forms.values()), _FORMS))
        self._open_afterwards = QCheckBox("出力後に開く(&E)")
        self._open_afterwards.setObjectName("open_afterwards")
        form.addRow("", self._open_afterwards)
        return form

    def _add_listing(self, form: QFormLayout) -> None:
        """Add how 進捗状況一覧 looks."""
        columns = {
            name: plain.whole(each.heading(self._outline)) for name, each in REPORT_COLUMNS.items()
        }
        self._columns = _boxes(columns, f"{LISTING}の列")
        self._headings = _combo("headings", HeadingStyle)
        field = forms.FormField(_flow(self._columns.values()), _COLUMNS)
        forms.add_row(form, f"{LISTING}の列(&C)", field)
        forms.add_row(form, f"{LISTING}の見出し(&M)", self._headings)

    def _add_pages(self, form: QFormLayout) -> None:
        """Add the paper and the font."""
        self._paper = _combo("paper", Paper)
        self._font = inputs.ListBox()
        self._font.setObjectName("font")
        self._font.addItems(FONTS)
        self._font_note = _hidden_note(_NO_FONT, "font_note")
        font = forms.in_column(self._font, self._font_note)
        font.setFocusProxy(self._font)
        forms.add_row(form, "用紙(&P)", self._paper)
        forms.add_row(form, "フォント(&F)", font)


def _actions_shown(outline: Outline) -> int:
    """Return how many actions stand in the terms that are told."""
    return len(
        {
            outline.action_id_at(node)
            for term in terms.reported_terms(outline)
            for node in outline.below(term_node(term))
            if is_placement(node)
        }
    )


def _expect_known(error: Exception) -> None:
    """Raise what nobody expected; what cannot be foreseen is told when it is written."""
    if not isinstance(error, PlanError):
        raise error


def _boxes(labels: Mapping[str, str], group: str) -> dict[str, QCheckBox]:
    """Return boxes that say what they are about to who hears them alone."""
    boxes = {}
    for value, label in labels.items():
        boxes[value] = QCheckBox(label)
        boxes[value].setObjectName(value)
        boxes[value].setAccessibleName(f"{group}　{label}")
    return boxes


def _combo(name: str, choices: type[Enum]) -> QComboBox:
    box = inputs.ListBox()
    box.setObjectName(name)
    for each in choices:
        box.addItem(each.label, each)  # type: ignore[attr-defined]
    return box


def _hidden_note(text: str, name: str) -> plain.Label:
    """Return a note whose room is kept while it is not shown."""
    note = plain.Label(text)
    note.setObjectName(name)
    note.setWordWrap(True)
    forms.keep_room(note)
    note.hide()
    return note


def _flow(boxes: Iterable[QCheckBox]) -> QWidget:
    parts = [*boxes]
    widget = forms.in_flow(*parts)
    widget.setFocusProxy(parts[0])
    return widget
