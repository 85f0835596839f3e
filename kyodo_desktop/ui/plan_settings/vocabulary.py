"""Edits the plan's statuses or its directions, and says what each change affects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.vocabulary import UNUSED, effects
from kyodo_desktop.services import vocabularies
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.plan_settings import editors
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.domain.outline import Outline


_LINES, _OUTLOOKS = "進捗状況{:,}行", "今後の方向性{:,}件"
_STATUSES = (
    "進捗状況に付ける印です。上から順に、数字キー 1 2 3 … で付けられます。"
    "確定済みの調査の表示も変わります。"
)
_DIRECTIONS = "今後の方向性の選択肢です。確定済みの調査の表示も変わります。"
_EFFECT_LINES = 5


class VocabularyDialog(forms.FormDialog):
    """Gives the entries as they shall be, and for each that goes what replaces it."""

    def __init__(
        self,
        title: str,
        editor: editors.EntriesEditor,
        *,
        before: Sequence[Any],
        uses: vocabularies.Uses,
        counted: str,
        checked: Callable[[Sequence[Any]], Sequence[Any]],
        parent: QWidget | None,
    ) -> None:
        super().__init__(title, parent)
        self.replaced_by: dict[int, int] = {}
        self._editor, self._before, self._uses = editor, before, uses
        self._counted, self._checked = counted, checked
        self._refusal = forms.ErrorLine()
        self._effects = editors.EffectsBox(_EFFECT_LINES)
        editor.may_delete = self._may_delete
        editor.changed.connect(self._show_effects)

    def lay_out(self, explanation: str, *fields: str) -> None:
        """Put the editor between what it is for and what its changes affect."""
        text = plain.Label(explanation)
        text.setWordWrap(True)
        self.content.addWidget(text)
        self.content.addWidget(forms.FormField(self._editor, *fields), 1)
        for part in (self._refusal, self._effects):
            self.content.addWidget(part)
        self._editor.setFocus()

    @property
    def entries(self) -> Sequence[Any]:
        """The entries as they are typed; raises InvalidInputError until it was accepted."""
        return self._checked(self._editor.entries)

    def read(self) -> Sequence[Any]:
        return self.entries

    def _show_effects(self) -> None:
        sentences = effects(
            self._before, self._editor.entries, self._uses, self.replaced_by, self._counted
        )
        self._effects.show_effects(sentences)

    def _may_delete(self, entry: Any) -> bool:
        """Let an unused entry go; for others ask first what replaces them."""
        use = self._uses.get(entry.id, UNUSED)
        self._refusal.show_error("")
        if not use.total and entry.id not in self.replaced_by.values():
            return True
        heirs = [each for each in self._editor.entries if each.id not in (None, entry.id)]
        if use.refusal or not heirs:
            reason = use.refusal or "代わりにできる区分がないため削除できません。"
            self._refusal.show_error(f"「{entry.word}」は{reason}")
            return False
        question = (
            f"「{entry.word}」は{self._counted.format(use.total)}で使われています。\n"
            "代わりに付ける区分を選んでください。"
        )
        dialog = ReplacementDialog(question, heirs, self)
        ask(dialog, lambda: self._replace(entry.id, dialog.heir))
        return False

    def _replace(self, gone: int, heir: int) -> None:
        for each, to in self.replaced_by.items():
            if to == gone:
                self.replaced_by[each] = heir
        self.replaced_by[gone] = heir
        self._editor.remove(gone)


class ReplacementDialog(forms.FormDialog):
    """Asks what those get whose entry is deleted."""

    def __init__(self, question: str, heirs: Sequence[Any], parent: QWidget) -> None:
        super().__init__("削除する区分の代わり", parent, done="置き換えて削除(&D)")
        self._heirs = inputs.ListBox()
        self._heirs.setObjectName("heir")
        self._heirs.setAccessibleName("代わりの区分")
        for each in heirs:
            self._heirs.addItem(each.word, each.id)
        self.content.addWidget(plain.Label(question))
        self.content.addWidget(self._heirs)

    @property
    def heir(self) -> int:
        """The id of the entry that is chosen."""
        chosen: int = self._heirs.currentData()
        return chosen

    def read(self) -> int:
        return self.heir


def statuses_dialog(
    outline: Outline, uses: vocabularies.Uses, parent: QWidget | None
) -> VocabularyDialog:
    """Return the editor of the plan's statuses."""
    before = vocabularies.status_entries(outline)
    editor = editors.StatusesEditor(before, _used(before, uses, _LINES))
    dialog = VocabularyDialog(
        "状態の区分",
        editor,
        before=before,
        uses=uses,
        counted=_LINES,
        checked=vocabularies.checked_statuses,
        parent=parent,
    )
    dialog.lay_out(_STATUSES, *editors.STATUS_FIELDS)
    dialog.resize(860, 480)
    return dialog


def directions_dialog(
    outline: Outline, uses: vocabularies.Uses, parent: QWidget | None
) -> VocabularyDialog:
    """Return the editor of the plan's directions."""
    before = vocabularies.direction_entries(outline)
    editor = editors.NamesEditor("direction", "区分", before, _used(before, uses, _OUTLOOKS))
    dialog = VocabularyDialog(
        "今後の方向性の区分",
        editor,
        before=before,
        uses=uses,
        counted=_OUTLOOKS,
        checked=vocabularies.checked_directions,
        parent=parent,
    )
    dialog.lay_out(_DIRECTIONS, vocabularies.DIRECTION_FIELD)
    dialog.resize(560, 500)
    return dialog


def _used(entries: Sequence[Any], uses: vocabularies.Uses, counted: str) -> dict[int, str]:
    return {each.id: counted.format(uses.get(each.id, UNUSED).total) for each in entries}
