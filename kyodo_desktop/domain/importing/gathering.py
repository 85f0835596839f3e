"""Gathers headings and actions while rows are read, and settles 再掲 at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.drafts import ActionDraft, added
from kyodo_desktop.domain.importing.found_plan import FoundHeading, FoundPlacement
from kyodo_desktop.domain.importing.grid import Unread
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.relisting import is_reference

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.found_plan import FoundAction
    from kyodo_desktop.domain.importing.grid import CellPlace

Path = tuple[tuple[str, str], ...]
Key = tuple[Path, str, str]


class Gathering:
    """All headings and actions so far."""

    def __init__(self) -> None:
        self.headings: dict[Path, FoundHeading] = {}
        self.drafts: list[ActionDraft] = []
        self.unread: list[Unread] = []
        self._names: dict[tuple[Path, str, str], tuple[str, str]] = {}
        self._keys: dict[Key, ActionDraft] = {}

    def known(self, above: Path, name: tuple[str, str]) -> tuple[str, str]:
        """Return number and title as they stood the first time, however they are typed now."""
        number, title = name
        return self._names.setdefault((above, squeezed(number), squeezed(title)), name)

    def heading(self, path: Path, place: CellPlace) -> None:
        """Take a heading with all above it, unless it is known."""
        for depth in range(1, len(path) + 1):
            here = path[:depth]
            if here not in self.headings:
                self.headings[here] = FoundHeading(here[:-1], *here[-1], place)

    def action(
        self, path: Path, number: str, title: str, place: CellPlace, *, again: bool
    ) -> ActionDraft:
        """Take an action; the same in the same place (of another year) is the one there was."""
        key = (path, squeezed(number), squeezed(title))
        known = self._keys.get(key)
        if known is not None and known.is_relisted == again:
            return known
        draft = ActionDraft(path, number, title, place, again)
        self.drafts.append(draft)
        self._keys[key] = draft
        return draft

    def leave(self, place: CellPlace, text: str, reason: str) -> None:
        """Note what was left out."""
        self.unread.append(Unread(place, text, reason))

    def finished(self) -> tuple[FoundAction, ...]:
        """Return the actions, each with its other placements."""
        homes: dict[str, ActionDraft] = {}
        for draft in self.drafts:
            if not draft.is_relisted:
                homes.setdefault(squeezed(draft.title), draft)
        kept = []
        for draft in self.drafts:
            home = homes.get(squeezed(draft.title)) if draft.is_relisted else None
            if home is None:
                if draft.is_relisted:
                    homes[squeezed(draft.title)] = draft
                    self.leave(
                        draft.place,
                        f"{draft.title}（再掲）",
                        "再掲のもとになる同じ名称の行が見つからないため、ここを掲載場所としました。",
                    )
                kept.append(draft)
            else:
                self._placed_again(draft, home)
        return tuple(draft.finished() for draft in kept)

    def _placed_again(self, draft: ActionDraft, home: ActionDraft) -> None:
        home.relisted += (FoundPlacement(draft.path, draft.number, draft.place),)
        home.sections = added(home.sections, draft.sections)
        home.related = added(home.related, draft.related)
        known = {squeezed(each.text) for each in home.told}
        had = bool(home.told)
        for each in draft.told:
            if is_reference(each.text) or squeezed(each.text) in known:
                continue
            if had:
                text = f"{each.status} {each.text}".strip()
                where = home.place.label
                reason = f"再掲の行の進捗状況です。もとの行（{where}）の方を取り込みました。"
                self.leave(each.place, text, reason)
            else:
                home.told += (each,)
        rounds = {each.round for each in home.outlooks}
        home.outlooks += tuple(each for each in draft.outlooks if each.round not in rounds)
