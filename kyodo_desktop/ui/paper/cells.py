"""What the cells of 紙面 say: of a heading, of an action, and of each line of its progress."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import predecessors
from kyodo_desktop.domain.paper import PaperTable, rows_of
from kyodo_desktop.pages import headings, report_columns

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Outlook, Progress, Status
    from kyodo_desktop.domain.tree_filter import TreeFilter

SHEET = "進捗状況一覧"


class PaperColumn(Enum):
    """The columns behind those of the headings."""

    NUMBER = "番号"
    ACTION = "実行計画"
    PROGRESS = "進捗状況"
    OUTLOOK = "今後の方向性"


COLUMNS = tuple(PaperColumn)


class CellEntry(NamedTuple):
    """A text in a cell; one of progress stands behind the badge of its status."""

    text: str
    status: Status | None = None
    has_badge: bool = False
    is_quiet: bool = False


_UNFILLED = (CellEntry(report_columns.UNFILLED_TEXT, None, has_badge=True, is_quiet=True),)


class PaperTexts:
    """Reads an outline for 紙面. Each cell is worked out once, when it is looked at."""

    def __init__(self, outline: Outline, table: PaperTable, *, is_part: bool = False) -> None:
        self.outline = outline
        self.table = table
        self._is_part = is_part
        self._entries: dict[tuple[int, PaperColumn], tuple[CellEntry, ...]] = {}
        self._labels: dict[int, str] = {}

    @property
    def title(self) -> str:
        """What stands above the table."""
        title = headings.part_title(self.outline, SHEET)
        return f"{title}　一部を表示" if self._is_part else title

    @property
    def as_of(self) -> str:
        """The day on which the plan is shown."""
        return headings.as_of(self.outline)

    @property
    def legend(self) -> tuple[Status, ...]:
        """The statuses, whose badges are explained."""
        return tuple(self.outline.statuses.values())

    def column_names(self) -> list[str]:
        """Return what stands above the columns."""
        levels = [level.name for level in self.outline.levels]
        names = {PaperColumn.ACTION: levels[-1]}
        return [*levels[:-1], *(names.get(column, column.value) for column in COLUMNS)]

    def heading(self, node: int) -> str:
        """Return number and title of a heading, or the name of a term with its years."""
        found = self._labels.get(node)
        if found is None:
            found = self._labels[node] = self.outline.label(node)
        return found

    def term(self, node: int) -> str:
        """Return the name of a term with its years."""
        return headings.term_label(self.outline, node)

    def entries(self, row: int, column: PaperColumn) -> tuple[CellEntry, ...]:
        """Return what a cell says; nothing in a row without an action."""
        found = self._entries.get((row, column))
        if found is None:
            found = self._entries[row, column] = self._read(row, column)
        return found

    def text(self, row: int, column: int) -> str:
        """Return what a cell of the table says, as one text."""
        levels = self.table.levels
        paper_row = self.table.rows[row]
        if paper_row.is_term:
            assert paper_row.node is not None
            return self.term(paper_row.node) if column == 0 else ""
        if column < levels:
            node = self.table.heading(row, column)
            return "" if node is None else self.heading(node)
        return "\n".join(map(_spoken, self.entries(row, COLUMNS[column - levels])))

    def is_changed(self, row: int, column: PaperColumn) -> bool:
        """Tell whether a cell says something else than in the round before."""
        action_id = self._action_id(row)
        if action_id is None:
            return False
        if column is PaperColumn.PROGRESS:
            return predecessors.are_lines_changed(self.outline, action_id)
        if column is PaperColumn.OUTLOOK:
            return predecessors.is_outlook_changed(self.outline, action_id)
        return False

    def before(self, row: int, column: PaperColumn) -> str:
        """Return what a cell said in the round before."""
        action_id = self._action_id(row)
        if action_id is None:
            return ""
        if column is PaperColumn.PROGRESS:
            lines = predecessors.lines_before(self.outline, action_id)
            return "\n".join(line_before(self.outline, line) for line in lines)
        if column is PaperColumn.OUTLOOK:
            return outlook_text(self.outline, predecessors.outlook_before(self.outline, action_id))
        return ""

    def _action_id(self, row: int) -> int | None:
        node = self.table.rows[row].node
        if node is None or self.table.rows[row].is_term:
            return None
        return self.outline.action_id_at(node)

    def _read(self, row: int, column: PaperColumn) -> tuple[CellEntry, ...]:
        outline, (_, node) = self.outline, self.table.rows[row]
        if node is None or self.table.rows[row].is_term:
            return ()
        match column:
            case PaperColumn.NUMBER:
                return (CellEntry(outline.number(node)),)
            case PaperColumn.ACTION:
                relisted = report_columns.RELISTED if outline.is_relisted(node) else ""
                return (CellEntry(outline.title(node) + relisted),)
            case PaperColumn.PROGRESS:
                lines = outline.lines.get(outline.action_id_at(node), ())
                return tuple(self._line(line) for line in lines) or _UNFILLED
            case PaperColumn.OUTLOOK:
                outlook = outline.outlooks.get(outline.action_id_at(node))
                return (CellEntry(outlook_text(outline, outlook)),)

    def _line(self, line: Progress) -> CellEntry:
        status = None if line.status_id is None else self.outline.statuses[line.status_id]
        if not line.text and status is not None:
            return CellEntry(
                status.label + _section(self.outline, line), status, has_badge=True, is_quiet=True
            )
        text = line.text + _section(self.outline, line)
        return CellEntry(text, status, has_badge=True)


def texts_of(outline: Outline, part: TreeFilter | None) -> PaperTexts:
    """Return the cells of a plan as of its round, or of what a search leaves of it."""
    terms = headings.shown_terms(outline) or list(outline.roots)
    rows = rows_of(outline, terms, None if part is None else part.children)
    return PaperTexts(outline, PaperTable(rows, len(outline.levels) - 1), is_part=part is not None)


def outlook_text(outline: Outline, outlook: Outlook | None) -> str:
    """Return the direction and what was written beside it."""
    if outlook is None:
        return ""
    direction = outline.directions.get(outlook.direction_id or 0)
    return "　".join(filter(None, (direction.label if direction else "", outlook.text)))


def line_before(outline: Outline, line: Progress) -> str:
    """Return a line of another round behind its mark."""
    return report_columns.line_text(outline, line)


def _section(outline: Outline, line: Progress) -> str:
    if line.section_id is None or line.section_id not in outline.sections:
        return ""
    return f"（{outline.sections[line.section_id].name}）"


def _spoken(entry: CellEntry) -> str:
    if not entry.has_badge or entry.status is None or entry.text == entry.status.label:
        return entry.text if entry.status is None else entry.status.word
    return report_columns.marked(entry.status.word, entry.text)
