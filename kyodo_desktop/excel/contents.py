"""What the sheets of one workbook are written from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.reporting import Extras
    from kyodo_desktop.excel.options import ReportOptions
    from kyodo_desktop.excel.styles import StyleBook


class Contents(NamedTuple):
    """The same for every sheet; `made_on` stands in their footers."""

    outline: Outline
    extras: Extras
    options: ReportOptions
    book: StyleBook
    made_on: str
