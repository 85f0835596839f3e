"""The section of a sheet that has no column of them: by a line above its table or by its name."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.cell_words import is_section
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.sections import sections_in

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_LABEL = re.compile(
    r"[（(【]?\s*(?:担当|所管|主管)\s*(?:課|部|部署|部局|所属)?名?\s*(?:[:：】]\s*(?P<name>.*?)[)）]?)?"
)
_NO_NAME = re.compile("全部|内部|外部")


def section_of(view: SheetView, choice: SheetChoice) -> tuple[str, ...]:
    """Return the sections in charge of all that a sheet holds."""
    if any(each.role is ColumnRole.SECTION for each in choice.columns):
        return ()
    for row in range(1, choice.first_heading_row):
        texts = list(view.row(row).values())
        for label, beside in pairwise([*texts, ""]):
            found = _LABEL.fullmatch(label)
            name = "" if found is None else found["name"] or beside
            if is_section(name):
                return sections_in(name)
    return sections_in(view.sheet) if is_named_by_section(view) else ()


def is_named_by_section(view: SheetView) -> bool:
    """Tell whether a sheet has the name of a section."""
    return is_section(view.sheet) and not _NO_NAME.fullmatch(view.sheet.strip())
