"""A whole plan as the rows of one table, for CSV and workbooks: readable, filtered, edited."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import assembly, tables
from kyodo_desktop.domain.interchange import checking, escaping, whole_plan
from kyodo_desktop.domain.nodes import heading_node, is_placement, placement_node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.domain.field_types import Column
    from kyodo_desktop.domain.outline import Outline

WORD, KEY, PART = "種別", "キー", "項目"
FORMAT_WORD, MORE_WORD = "書式", "続き"

PATH = ("見出し1", "見出し2", "見出し3", "見出し4")
"""The headings above an action, from the top."""

CONTEXT = ("期", *PATH, "番号", "実行計画", "主担当")
"""These say where a row stands in the plan, unless they are columns of the row itself."""

_BEFORE = ("調査", "順番", "状態", "文", "担当課", "方向性", "前回のまま")
_LAST = ("変更前", "変更後", PART)


def _ordered() -> tuple[str, ...]:
    own = (column.heading for table in tables.TABLES.values() for column in table.columns)
    known = dict.fromkeys((WORD, KEY, *CONTEXT[:-1], *_BEFORE, CONTEXT[-1], "実行計画キー", *own))
    return (*(heading for heading in known if heading not in _LAST), *_LAST)


HEADINGS = _ordered()

OWN = {
    table.word: frozenset([WORD, KEY] + [column.heading for column in table.columns])
    for table in tables.TABLES.values()
}
"""The columns that rows of a kind (種別) have themselves."""

LATER = {
    table.word: frozenset(column.heading for column in table.columns if column.is_later)
    for table in tables.TABLES.values()
}
"""Those of them that exports of earlier versions do not have."""

OWN[MORE_WORD] = frozenset((WORD, KEY, "対象の種別", PART, "順番", "文"))
OWN[FORMAT_WORD] = frozenset((WORD, "名前", "順番"))

Cells = dict[str, whole_plan.Value]
"""A row by headings; what it does not say is missing."""

LONGEST = 16_000
"""UTF-16 units in a cell. Excel holds 32,767, but LibreOffice puts an end of line after 16,367."""


class FlatRow(NamedTuple):
    """A row of the table; `table` is empty for those that speak of the export itself."""

    table: str
    cells: Cells


def flat_rows(whole: whole_plan.WholePlan) -> Iterator[FlatRow]:
    """Yield the lines of 進捗状況 as the plan prints them, then the rows of all other tables.

    A text too long for a cell goes on in rows of its own at the end (続き).
    """
    flattener, more = Flattener(whole), list[FlatRow]()
    order = dict.fromkeys(("progress", "outlook", *tables.TABLES))
    for table in order:
        for row in flattener.in_order(table):
            cells = flattener.cells(table, row)
            more += _shortened(table, cells)
            yield FlatRow(table, cells)
    yield from more
    yield FlatRow("", {WORD: FORMAT_WORD, "名前": whole_plan.FORMAT, "順番": whole_plan.VERSION})


def _shortened(table: str, cells: Cells) -> Iterator[FlatRow]:
    """Cut what is too long off the cells, and yield the rows in which it goes on."""
    for heading, value in cells.items():
        if not isinstance(value, str) or len(value) * 2 <= LONGEST:
            continue
        cells[heading], *rest = _pieces(value)
        if heading not in OWN[tables.TABLES[table].word]:
            continue  # it only says where the row stands
        for number, piece in enumerate(rest, start=1):
            yield FlatRow(
                "",
                {
                    WORD: MORE_WORD,
                    KEY: cells[KEY],
                    "対象の種別": tables.TABLES[table].word,
                    PART: heading,
                    "順番": number,
                    "文": piece,
                },
            )


def _pieces(text: str) -> Iterator[str]:
    units = text.encode("utf-16-le")
    start = 0
    while start < len(units):
        piece = units[start : start + LONGEST * 2].decode("utf-16-le", "ignore")
        yield piece
        start += len(piece.encode("utf-16-le"))


class Flattener:
    """Knows where each row stands in the plan."""

    def __init__(self, whole: whole_plan.WholePlan) -> None:
        self._tables = whole.tables
        self._outline = outline_of(whole)
        self._names = {
            table: {row["id"]: row[column] for row in whole.tables[table]}
            for table, column in tables.NAMES.items()
        }
        nodes = [n for root in self._outline.roots for n in self._outline.below(root)]
        self._place = {node: place for place, node in enumerate(nodes)}
        self._of_action = cache(self._context_of_action)
        self._of_node = cache(self._context_of_node)

    def in_order(self, table: str) -> list[whole_plan.Row]:
        """Return the rows as they are best read: by round and as the plan prints them."""
        rows = self._tables[table]
        if table not in ("progress", "outlook"):
            return rows
        rounds = {id_: place for place, id_ in enumerate(self._outline.rounds)}
        placed = self._outline.placed

        def key(row: Any) -> tuple[int, ...]:
            home = placed.get(row["action_id"])
            place = self._place[placement_node(home[0])] if home else len(self._place)
            return rounds[row["round_id"]], place, row["action_id"], row.get("position", 0)

        return sorted(rows, key=key)

    def cells(self, table: str, row: whole_plan.Row) -> Cells:
        """Return what a row says, behind where it stands in the plan."""
        cells: Cells = {
            WORD: tables.TABLES[table].word,
            KEY: row["id"],
            **self.context(table, row),
        }
        for column in tables.TABLES[table].columns:
            cells[column.heading] = self._value(column, row[column.name])
        return cells

    def _value(self, column: Column, value: whole_plan.Value) -> whole_plan.Value:
        if value is None:
            return None
        if column.refers in tables.NAMES:
            value = self._names[column.refers].get(value, value)
        elif column.words:
            value = column.words.get(str(value), value)
        return escaping.escaped(value) if isinstance(value, str) else value

    def context(self, table: str, row: whole_plan.Row) -> Cells:
        """Return where a row stands; the same object for all rows of an action or a heading."""
        if table == "placement":
            return self._of_node(placement_node(_id(row["id"])))
        if table == "heading":
            return self._of_node(heading_node(_id(row["id"])))
        if table == "action":
            return self._of_action(_id(row["id"]))
        if row.get("action_id") is not None:
            return self._of_action(_id(row["action_id"]))
        if row.get("heading_id") is not None:
            return self._of_node(heading_node(_id(row["heading_id"])))
        return {}

    def _context_of_action(self, action_id: int) -> Cells:
        outline = self._outline
        if action_id not in outline.actions:
            return {}  # the history alone remembers it
        if action_id not in outline.placed:
            action = outline.actions[action_id]
            term = outline.terms[action.term_id].name
            return {"期": escaping.escaped(term), "実行計画": escaping.escaped(action.title)}
        context = self._of_node(outline.home(action_id))
        return {**context, "主担当": escaping.escaped(outline.lead(action_id))}

    def _context_of_node(self, node: int) -> Cells:
        outline = self._outline
        if not outline.exists(node) or node not in self._place:
            return {}
        above = list(outline.ancestors(node))[::-1]
        cells = {"期": outline.title(above[0])}
        headings = above[1:]
        if is_placement(node):
            cells |= {"番号": outline.number(node), "実行計画": outline.title(node)}
        else:
            headings.append(node)
        cells |= dict(zip(PATH, map(outline.label, headings), strict=False))
        return {heading: escaping.escaped(text) for heading, text in cells.items()}


def outline_of(whole: whole_plan.WholePlan) -> Outline:
    """Return the plan as the program shows it, without a round."""
    return assembly.assembled(
        {
            table.kind: sorted(
                (table.kind(**row) for row in whole.tables[name]), key=_sorting(table.order)
            )
            for name, table in tables.OF_PLAN.items()
        }
    )


def _sorting(columns: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda row: tuple(getattr(row, column) for column in columns)


def _id(value: whole_plan.Value) -> int:
    assert isinstance(value, int)
    return value


def expect_untouched_contexts(whole: whole_plan.WholePlan) -> None:
    """Raise RefusedError for a cell that was changed, though its own row says otherwise.

    Where no row says any longer what is true, the row itself was changed, and the others were
    left as they had been written.
    """
    if not any(whole.contexts.values()):
        return
    flattener = Flattener(whole)
    agreed, differing = set[tuple[int, str]](), dict[tuple[int, str], tuple[str, int]]()
    for (table, place), cells in whole.contexts.items():
        truth = flattener.context(table, whole.tables[table][place])
        for heading, text in cells.items() if truth else ():
            key = (id(truth), heading)
            if _same(text, truth.get(heading)):
                agreed.add(key)
            else:
                differing.setdefault(key, (table, place))
    for key, where in differing.items():
        if key in agreed:
            raise checking.refused(
                whole.origins[where].at(key[1]),
                "は、計画のどこの行かを示すだけの欄で、直しても計画は変わりません。"
                "種別が「実行計画」「見出し」「期」「担当」の行で直すか、元の文字に戻してください。",
            )


def _same(text: str, truth: whole_plan.Value) -> bool:
    if not isinstance(truth, str):
        return False
    return text.replace("\r\n", "\n") == truth or len(truth) * 2 > LONGEST
