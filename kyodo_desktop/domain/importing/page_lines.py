"""What stands above a table and is printed once more where a page begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.row_words import is_note

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_FEW_CELLS = 3


class PageLines:
    """The lines above the heading rows but those with a number, which may be headings."""

    def __init__(self, view: SheetView, choice: SheetChoice) -> None:
        rows = view.filled(1, choice.first_heading_row - 1)
        texts = [text for row in rows for text in view.row(row).values()]
        self._known = frozenset(squeezed(text) for text in texts if not numbered(text).number)

    def repeats(self, cells: dict[int, str]) -> bool:
        """Tell whether a row holds such lines again, and perhaps the number of a page."""
        if len(cells) > _FEW_CELLS:
            return False
        again = [squeezed(text) in self._known for text in cells.values()]
        return any(again) and all(
            known or is_note(text) for known, text in zip(again, cells.values(), strict=True)
        )
