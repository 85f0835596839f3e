"""What each choice of the user puts into the workbook, in the order of its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.changes_sheet import write_changes
from kyodo_desktop.excel.data_sheet import write_data
from kyodo_desktop.excel.definition_sheet import DEFINITION_SHEET, write_definition
from kyodo_desktop.excel.list_sheets import (
    opinion_texts,
    write_contrast,
    write_findings,
    write_history,
    write_opinions,
)
from kyodo_desktop.excel.options import (
    CHANGES_SHEET,
    CONTRAST_SHEET,
    DATA_SHEET,
    FINDINGS_SHEET,
    HISTORY_SHEET,
    OPINIONS_SHEET,
    OVERVIEW_SHEET,
    PROGRESS_SHEET,
    SUMMARY_SHEET,
)
from kyodo_desktop.excel.overview_sheet import write_overview
from kyodo_desktop.excel.progress_sheet import write_progress
from kyodo_desktop.excel.summary_sheet import write_summary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from kyodo_desktop.excel.contents import Contents
    from kyodo_desktop.excel.workbook import SheetWriter


class Part(NamedTuple):
    """A sheet and the choice that brings it; `speaks` tells whether there is anything to say."""

    choice: str
    title: str
    write: Callable[[SheetWriter, Contents], None]
    speaks: Callable[[Contents], bool] = lambda contents: True  # noqa: ARG005


_PARTS = (
    Part(OVERVIEW_SHEET, OVERVIEW_SHEET, write_overview),
    Part(PROGRESS_SHEET, PROGRESS_SHEET, write_progress),
    Part(SUMMARY_SHEET, SUMMARY_SHEET, write_summary),
    Part(
        CHANGES_SHEET,
        CHANGES_SHEET,
        write_changes,
        lambda contents: contents.extras.comparison is not None,
    ),
    Part(
        FINDINGS_SHEET,
        FINDINGS_SHEET,
        write_findings,
        lambda contents: bool(contents.extras.findings),
    ),
    Part(
        OPINIONS_SHEET,
        OPINIONS_SHEET,
        write_opinions,
        lambda contents: any(opinion_texts(contents.outline)),
    ),
    Part(
        CONTRAST_SHEET,
        CONTRAST_SHEET,
        write_contrast,
        lambda contents: contents.extras.contrast is not None,
    ),
    Part(DATA_SHEET, DATA_SHEET, write_data),
    Part(DATA_SHEET, DEFINITION_SHEET, write_definition),
    Part(
        HISTORY_SHEET,
        HISTORY_SHEET,
        write_history,
        lambda contents: bool(contents.extras.history),
    ),
)


def chosen_parts(choices: Collection[str], contents: Contents) -> list[Part]:
    """Return the sheets to write; where none of them has anything to say, they say that."""
    chosen = [part for part in _PARTS if part.choice in choices]
    return [part for part in chosen if part.speaks(contents)] or chosen
