"""計画の定義: a hidden sheet with the rest of the plan, one field a row, nothing lost."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from kyodo_desktop.excel import styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.excel import options, workbook

DEFINITION_SHEET = "計画の定義"
_SIZE = 10.0
_COLUMNS = ("table", "id", "field", "value")


def write_definition(writer: workbook.SheetWriter, contents: options.Contents) -> None:
    """Write what no row of データ says: the plan's texts, levels, marks and choices."""
    book = contents.book
    writer.sheet.sheet_state = "hidden"
    text = (book.name(styles.DATA, _SIZE),) * len(_COLUMNS)
    number = (*text[:-1], book.name(styles.DATA_NUMBER, _SIZE))
    writer.row(_COLUMNS, (book.name(styles.DATA_HEADER, _SIZE),) * len(_COLUMNS))
    for row in definition_rows(contents.outline):
        writer.row(row, number if isinstance(row[-1], int) else text)


def definition_rows(outline: Outline) -> Iterator[tuple[str, int, str, workbook.Value]]:
    """Yield (table, id, field, value) with the names that the fields have in the database."""
    tables: dict[str, Iterable[Any]] = {
        "plan": [outline.plan],
        "level": outline.levels,
        "principle": outline.principles.values(),
        "actor": outline.actors.values(),
        "status": outline.statuses.values(),
        "direction": outline.directions.values(),
        "section": outline.sections.values(),
        "round": [outline.round] if outline.round else [],
        "term": outline.terms.values(),
        "heading": outline.headings.values(),
        "prerequisite": chain.from_iterable(outline.prerequisites.values()),
        "opinion": outline.opinions.values(),
        "confirmation": outline.confirmations.values(),
        "muted_rule": outline.muted_rules.values(),
    }
    for table, values in tables.items():
        for value in values:
            for field, content in value._asdict().items():
                if field != "id":
                    yield table, value.id, field, content
