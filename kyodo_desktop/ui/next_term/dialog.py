"""Draws up the next term: what becomes of each action on the left, the new term on the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import errors, plan
from kyodo_desktop.domain.inputs import TypedText
from kyodo_desktop.domain.next_term import editing, terms
from kyodo_desktop.domain.next_term.draft import Draft, counts, draft_as_json
from kyodo_desktop.services.next_term import NAME_FIELD, NAME_LIMIT, YEARS_FIELD, checked_term
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.next_term import draft_controller, trees
from kyodo_desktop.ui.widgets import choosing, forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


_SHARES = [630, 450]


class NextTermDialog(forms.FormDialog):
    """Takes a draft and gives the one that it became; nothing is written before."""

    def __init__(
        self, draft: Draft, parent: QWidget | None = None, *, is_touched: bool = False
    ) -> None:
        name = terms.plan_name(draft.term.name)
        super().__init__(f"{name}を策定", parent, done=f"{name}を作成(&O)")
        self._controller = draft_controller.DraftController(draft)
        self._controller.is_touched = is_touched
        self._first_term = draft.term
        self._kept: tuple[Draft, terms.NextTerm, str] | None = None
        self._name = QLineEdit(draft.term.name)
        self._name.setObjectName("term_name")
        self._name.setMaxLength(NAME_LIMIT)
        self._period = inputs.PeriodEditor(
            draft.term.first_fiscal_year, draft.term.last_fiscal_year
        )
        self._old, self._new = trees.OldTree(self._controller), trees.NewTree(self._controller)
        self._counts = plain.Label()
        self._counts.setObjectName("counts")
        self._counts.setWordWrap(True)
        self._lay_out(draft.outline.terms[draft.term_id].name)
        self._old.choice_requested.connect(self._choose)
        self._controller.changed.connect(self._show_counts)
        self._controller.refused.connect(self._error.show_error)
        self._show_counts()
        self.resize(1100, 620)
        self._old.setFocus()

    @property
    def draft(self) -> Draft:
        """The draft with the name and the years that are typed; raises InvalidInputError."""
        term = terms.NextTerm(
            self._controller.draft.term.id, self._name.text(), *self._period.years
        )
        return editing.set_term(self._controller.draft, checked_term(term))

    def unfinished(self) -> TypedText | None:
        """Return what was chosen so far, if something was."""
        name, years = self._name.text(), self._period.typed_years
        if not self._controller.is_touched and (name, *years) == self._first_term[1:]:
            return None
        term = terms.NextTerm(self._first_term.id, name, *years)
        return TypedText(
            "state:next_term",
            f"画面「{self.windowTitle()}」",
            "ここまでの内容",
            "",
            self._counts.text(),
            state=self._as_json(term),
        )

    def _as_json(self, term: terms.NextTerm) -> str:
        """Return the draft as text, worked out once: it is asked for while nothing changes."""
        draft = self._controller.draft
        if self._kept is None or self._kept[0] is not draft or self._kept[1] != term:
            self._kept = draft, term, draft_as_json(editing.set_term(draft, term))
        return self._kept[2]

    def read(self) -> Draft:
        if not self._controller.draft.kept_actions():
            raise errors.InvalidInputError(
                self._controller.draft.outline.levels[-1].name,
                "が1件も入っていません。継続するものを選ぶか、新しく追加してください。",
            )
        return self.draft

    def reject(self) -> None:
        """Close; work that would be lost is asked about first."""
        if not self._controller.is_touched:
            super().reject()
            return
        ask(DiscardDialog(self), partial(self.done, QDialog.DialogCode.Rejected))

    def _choose(self, action_ids: Collection[int], choice: plan.Choice) -> None:
        if choice is not plan.Choice.MERGE:
            self._controller.do(editing.choose, action_ids, choice)
            return
        dialog = MergeDialog(self._controller.draft, action_ids, self)

        def merge() -> None:
            if dialog.chosen is not None:
                self._controller.do(editing.merge, action_ids, dialog.chosen)

        ask(dialog, merge)

    def _show_counts(self) -> None:
        self._error.show_error("")
        draft = self._controller.draft
        choices, added, total = counts(draft)
        parts = [
            f"{trees.CHOICES[choice].strip('…').partition('（')[0]} {count}"
            for choice, count in choices.items()
        ]
        open_ones = sum(map(draft.lacks_partner, draft.dispositions))
        left = f"　※統合先が未定の{open_ones}件は継続として引き継ぎます" if open_ones else ""
        self._counts.setText(
            f"{'・'.join([*parts, f'新規 {added}'])}　→　{self._name.text()} {total}件{left}"
        )
        self._drop_empty.setEnabled(bool(draft.empty_headings()))

    # Layout

    def _lay_out(self, old_name: str) -> None:
        head = QHBoxLayout()
        for caption, field in (
            ("期の名前(&N)", forms.FormField(self._name, NAME_FIELD)),
            ("年度(&Y)", forms.FormField(self._period, inputs.PERIOD_FIELD, YEARS_FIELD)),
        ):
            label = plain.Label(caption)
            label.setBuddy(forms.focus_target(field))
            head.addWidget(label, alignment=Qt.AlignmentFlag.AlignTop)
            head.addWidget(field, alignment=Qt.AlignmentFlag.AlignTop)
        head.addStretch()
        self._name.textChanged.connect(self._show_counts)
        self._drop_empty = forms.push_button(
            "空の見出しを除く(&E)", "drop_empty", self._remove_empty
        )
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        choices = [
            forms.push_button(f"{text}(&{key})", choice.value, partial(self._old.request, choice))
            for key, (choice, text) in enumerate(trees.CHOICES.items(), start=1)
        ]
        sides.addWidget(
            _side(
                f"{plain.whole(old_name)}の実行計画を、次期計画でどうするか(&L)",
                self._old,
                [choices],
            )
        )
        new = self._new
        makes = [
            forms.push_button("見出しを追加(&H)", "add_heading", new.add_heading),
            forms.push_button("実行計画を追加(&A)", "add_action", new.add_action),
            self._drop_empty,
        ]
        moves = [
            forms.push_button("上へ(&U)", "up", lambda: new.shift(-1)),
            forms.push_button("下へ(&W)", "down", lambda: new.shift(1)),
            forms.push_button("次期計画から除く(&X)", "remove", new.remove),
        ]
        sides.addWidget(_side("次期計画の構成（名称は書き換えられます）(&R)", new, [makes, moves]))
        sides.setSizes(_SHARES)
        self.content.addLayout(head)
        self.content.addWidget(sides, 1)
        self.content.addWidget(self._counts)

    def _remove_empty(self) -> None:
        self._controller.do(editing.remove_empty_headings)


def _side(caption: str, tree: QWidget, rows: list[list[QPushButton]]) -> QWidget:
    side, label = QWidget(), plain.Label(caption)
    label.setBuddy(tree)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label)
    column.addWidget(tree, 1)
    for buttons in rows:
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
    return side


_NOTHING = "統合先にできる実行計画がありません。"


class MergeDialog(choosing.ListDialog):
    """Lists what goes on into the next term; those that are to be merged may be chosen too."""

    list_name = "統合先"
    search_hint = "名称で絞り込む"

    def __init__(
        self, draft: Draft, action_ids: Collection[int], parent: QWidget | None = None
    ) -> None:
        first = draft.candidates[next(iter(action_ids))].title
        more = f"など{len(action_ids)}件" if len(action_ids) > 1 else ""
        question = f"「{first}」{more}の統合先にする実行計画を選んでください。"
        offered = _partners(draft, action_ids)
        super().__init__("統合先を選ぶ", question, offered, _NOTHING, parent)


def _partners(draft: Draft, action_ids: Collection[int]) -> Iterator[tuple[int, str]]:
    for action_id, found in draft.candidates.items():
        goes_on = draft.is_kept(action_id) or action_id in action_ids
        if goes_on and [action_id] != list(action_ids):
            above = draft.outline.label(draft.outline.parent(found.node) or found.node)
            yield action_id, f"{found.number} {draft.actions[action_id]}　（{above}）"


class DiscardDialog(plain.Question):
    """`accepted` means: close, and forget what was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            plain.MessageBox.Icon.Warning,
            "策定の取りやめ",
            "ここで選んだ内容を捨てて閉じますか？",
            "選んだ内容はまだ計画に入っていません。計画は元のままです。",
            parent,
        )
        self.offer("捨てて閉じる(&D)", "discard", "画面に戻る(&B)")
