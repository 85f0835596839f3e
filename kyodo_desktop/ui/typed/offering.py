"""Offers what was left behind: typed, and not saved before the program ended."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.services import typing_journal
from kyodo_desktop.ui import asking, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.shell import Shell
    from kyodo_desktop.ui.typed.offer_dialog import Offer, OfferDialog
    from kyodo_desktop.ui.typed.watch import TypingWatch

_log = logging.getLogger(__name__)


class TypedTexts(QObject):
    """Asks about what was left behind for the plan that is open, and does what is answered.

    `type_section` puts the name of a section into the editor's entry, `resumes` open the pages
    that were left, by the places of their states.
    """

    def __init__(
        self,
        shell: Shell,
        watch: TypingWatch,
        type_section: Callable[[str], None],
        resumes: Mapping[str, Callable[[str], None]],
    ) -> None:
        super().__init__(shell.frame)
        self._shell, self._window, self._watch = shell, shell.frame, watch
        self._type_section_name, self._resumes = type_section, resumes
        self._dialog: OfferDialog | None = None
        self._offers: list[Offer] = []

    def offer_later(self) -> None:
        """Ask when the window has been painted, for a fast start."""
        QTimer.singleShot(0, self, self.offer)

    def offer(self) -> None:
        """Ask about what was left behind, if something was that the plan does not have."""
        if self._dialog is not None:
            return
        plan = self._shell.plan
        workspace = plan.workspace if plan else None
        lefts = typing_journal.left_behind("") + (
            typing_journal.left_behind(plan.workspace.plan_key, plan.path) if plan else []
        )
        if not lefts:
            return
        from kyodo_desktop.ui.typed.offer_dialog import OfferDialog

        self._offers = [each for left in lefts for each in _offers(workspace, left)]
        if not self._offers:
            _release(lefts)
            return
        read_only = workspace is not None and bool(workspace.read_only_because)
        dialog = OfferDialog(read_only=read_only, now=self._shell.now(), parent=self._window)
        dialog.show_offers(self._offers)
        dialog.put_requested.connect(self._put)
        dialog.resume_requested.connect(self._resume)
        dialog.drop_requested.connect(self._drop)
        dialog.finished.connect(partial(self._end, lefts))
        self._dialog = dialog
        asking.ask(dialog)

    def withdraw(self) -> None:
        """Ask no more: the plan is about to be closed."""
        if self._dialog is not None:
            self._dialog.reject()

    def _end(self, lefts: Sequence[typing_journal.LeftTexts], _result: int) -> None:
        self._dialog, self._offers = None, []
        _release(lefts)

    def _put(self, offers: Sequence[Offer]) -> None:
        """Save texts where they belong; the name of a section waits in its entry for Enter."""
        workspace = self._workspace
        entries = [each for each in offers if typing_journal.section_actions(each.standing.text)]
        errors, done = [], []
        with messages.busy(self._window):
            for offer in offers:
                if offer in entries:
                    continue
                try:
                    typing_journal.put_back(workspace, offer.standing.text)
                except PlanError as error:
                    errors.append(f"{offer.standing.text.field}: {error.message}")
                else:
                    done.append(offer)
                    self._forget([offer])
        if done:
            self._show(done[-1].standing.text)
        if entries and not errors:
            self._type_section(entries[0])
            return
        self._go_on("\n".join(errors))
        if done:
            self._shell.toast.show_info(
                f"保存されていなかった入力を、{len(done)}件欄に入れました。「元に戻す」で戻せます。"
            )

    def _type_section(self, offer: Offer) -> None:
        """Put the name of a section into its entry, from where Enter takes it."""
        text = offer.standing.text
        outline = self._workspace.outline
        nodes = [
            outline.home(each)
            for each in typing_journal.section_actions(text)
            if each in outline.placed
        ]
        assert self._dialog is not None
        self._shell.tree.select_all(nodes)
        self._type_section_name(text.text)
        if self._keep_here():
            self._forget([offer])
        self._dialog.accept()
        self._shell.toast.show_info("担当課の欄に入れました。Enterで決まります。")

    def _resume(self, offer: Offer) -> None:
        """Open a page as it was left."""
        text = offer.standing.text
        resume = self._resumes.get(text.place)
        assert self._dialog is not None
        try:
            if resume is not None:
                resume(text.state)
        except PlanError as error:
            self._dialog.show_offers(self._offers, error.message)
            return
        if self._keep_here(text.place):
            self._forget([offer])
        self._dialog.accept()

    def _drop(self, offers: Sequence[Offer]) -> None:
        self._forget(offers)
        self._go_on("")

    def _keep_here(self, place: str = "") -> bool:
        """Take over what was put into a field or a page; False where that is not on the disk."""
        self._watch.scan()
        journal = self._watch.journal
        is_taken_over = journal is not None and (not place or place in journal.texts)
        return is_taken_over and journal is not None and journal.flush()

    def _forget(self, offers: Sequence[Offer]) -> None:
        for offer in offers:
            offer.left.drop([offer.standing.text.place])
            self._offers.remove(offer)

    def _go_on(self, error: str) -> None:
        """List what is left, with the plan as it is now; with nothing left the dialog closes."""
        assert self._dialog is not None
        plan = self._shell.plan
        workspace = plan.workspace if plan else None
        self._offers = [
            each._replace(standing=_standing(workspace, each.standing.text))
            for each in self._offers
        ]
        if self._offers:
            self._dialog.show_offers(self._offers, error)
        else:
            self._dialog.accept()

    def _show(self, text: typing_journal.TypedText) -> None:
        node = typing_journal.node_of(self._workspace.outline, text)
        if node is not None:
            self._shell.tree.select(node)

    @property
    def _workspace(self) -> Workspace:
        plan = self._shell.plan
        assert plan is not None, "nothing can be put into a field without a plan"
        return plan.workspace


def _offers(workspace: Workspace | None, left: typing_journal.LeftTexts) -> list[Offer]:
    """Return what is left to ask about; what the plan has by now is forgotten."""
    from kyodo_desktop.ui.typed.offer_dialog import Offer

    found = [_standing(workspace, text) for text in left.texts.values()]
    saved = [each.text.place for each in found if each.state is typing_journal.State.SAVED]
    if saved:
        left.drop(saved)
    return [Offer(each, left) for each in found if each.state is not typing_journal.State.SAVED]


def _standing(
    workspace: Workspace | None, text: typing_journal.TypedText
) -> typing_journal.TextStanding:
    if workspace is None:
        return typing_journal.TextStanding(text, typing_journal.State.APART)
    try:
        return typing_journal.standing(workspace, text)
    except PlanError as error:
        _log.warning("%s cannot be compared with the plan: %s", text.place, error)
        return typing_journal.TextStanding(text, typing_journal.State.APART)


def _release(lefts: Sequence[typing_journal.LeftTexts]) -> None:
    for left in lefts:
        left.release()
