"""Whether the names of several sheets are the top headings of one plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.sheet_groups import sheets_of
from kyodo_desktop.domain.importing.sheet_section import is_named_by_section
from kyodo_desktop.domain.like.filling import MISSING_SHEET

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.domain.importing.sheet_guess import SheetGuess

_COUNTED = re.compile(r"[0-9()_\-]+")


def names_are_headings(sheets: list[SheetGuess]) -> bool:
    """Tell whether the names of the sheets say more than that there are several.

    A sheet that was added for what the table lacked is no part of its own.
    """
    sheets = [each for each in sheets if not each.view.sheet.startswith(MISSING_SHEET)]
    if all(is_named_by_section(each.view) and not _has_sections(each) for each in sheets):
        return False
    names = [each.view.sheet for each in sheets]
    words = {_COUNTED.sub("", squeezed(name)) for name in names}
    return len(names) > 1 and (len(words) > 1 or all(numbered(name).word for name in names))


def _has_sections(sheet: SheetGuess) -> bool:
    return any(role is ColumnRole.SECTION for role, _ in sheet.roles.values())


def share_headings(book: Book, draft: Mapping) -> bool:
    """Tell whether a top heading stands in several sheets, which then are parts of one whole."""
    tops = [
        {squeezed(group.text) for group in sheet.groups[:1]}
        or {
            squeezed(sheet.view.text(sheet.choice.last_heading_row + 1, each.column))
            for each in sheet.choice.columns
            if each.role is ColumnRole.HEADING and each.level == 0
        }
        for sheet in sheets_of(book, draft)
    ]
    texts = [text for top in tops for text in top if text]
    return len(set(texts)) < len(texts)


def sheet_word(sheets: list[SheetGuess]) -> list[str]:
    """Return the name of the level that the names of the sheets are."""
    words = {numbered(each.view.sheet).word for each in sheets}
    return [words.pop() if len(words) == 1 and words != {""} else "分野"]
