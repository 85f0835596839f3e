"""What the list says of one node: the texts of its columns, and what is marked in them."""

from __future__ import annotations

from enum import Enum, IntEnum, auto
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt

from kyodo_desktop.domain import (
    action_fields,
    arranging,
    counting,
    fiscal_year,
    nodes,
    plan,
    predecessors,
    search,
    terms,
)
from kyodo_desktop.domain.field_types import Links, Sections
from kyodo_desktop.ui.tree.columns import COLUMNS, PREVIOUS, UPDATED, TreeColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from kyodo_desktop.domain.counting import Counts, Tally
    from kyodo_desktop.domain.outline import Outline, Record


class ItemRole(IntEnum):
    """What a row is of: its node (an int)."""

    NODE = Qt.ItemDataRole.UserRole + 1


class CellWay(Enum):
    """How a cell is changed: not at all, by typing there, from a choice, or in the editor."""

    NONE = auto()
    TYPED = auto()
    CHOSEN = auto()
    BESIDE = auto()


class Bar(NamedTuple):
    """How far what stands below a heading has come, and how many have each status."""

    word: str
    done: int
    total: int
    shares: tuple[tuple[plan.Status | None, int], ...]

    @property
    def figures(self) -> str:
        """The figures alone, where there is little room."""
        return f"{self.done}/{self.total}"

    @property
    def text(self) -> str:
        """What stands beside the bar."""
        return f"{self.word} {self.figures}"


class NumberedName(NamedTuple):
    """A name in its parts: the numbers above it (in flat lists), its own, title and addition."""

    above: str
    number: str
    title: str
    added: str

    @property
    def text(self) -> str:
        """All of it as one text."""
        return f"{self.above}{self.number} {self.title}{self.added}".strip()


NOT_FILLED_IN = "未記入"
RELISTED = "（再掲）"
OVERDUE = "▲"
NOT_ASKED = "―"  # of a term that is over
CARRIED = "前回のまま"
_NOTHING_THEN = "（記載なし）"
_CHANGING = (TreeColumn.STATUS, TreeColumn.PROGRESS, TreeColumn.DIRECTION)


class Lists(NamedTuple):
    """How the list is shown now, beside the plan itself.

    `words` are what is searched for (keys); `rows` are those of a flat list; `updated` is asked
    for when each action was changed last.
    """

    words: tuple[str, ...] = ()
    rows: arranging.FlatRows | None = None
    updated: Callable[[], Mapping[int, str]] = dict


class PlanCells:
    """Reads an outline for the eye. `month` (YYYY-MM) is the one before which work is late."""

    def __init__(
        self, outline: Outline, tally: Tally, month: str, lists: Lists | None = None
    ) -> None:
        self._outline = outline
        self._tally = tally
        self._month = month
        self.lists = lists or Lists()
        # Each is worked out once, when it is painted: a number depends on all siblings.
        self._names: dict[int, NumberedName] = {}
        self._bars: dict[int, Bar | None] = {}
        self._texts: dict[tuple[int, int], str] = {}
        self._before: dict[tuple[int, int], str | None] = {}

    @property
    def outline(self) -> Outline:
        """The plan that is read."""
        return self._outline

    # Texts

    def text(self, node: int, column: int) -> str:
        """Return what stands in a column."""
        found = self._texts.get((node, column))
        if found is None:
            found = self._texts[node, column] = self._text(node, column)
        return found

    def _text(self, node: int, column: int) -> str:
        if column == TreeColumn.TITLE:
            return self.name(node).text
        action_id = self.action_id(node)
        if action_id is None:
            bar = self.bar(node) if column == TreeColumn.PROGRESS else None
            return bar.text if bar else ""
        match column:
            case TreeColumn.STATUS:
                status = self._outline.status(action_id)
                return status.word if status else self._without_status(node)
            case TreeColumn.PROGRESS:
                return lines_text(self._outline, self._outline.lines.get(action_id, ()))
            case TreeColumn.DUE:
                due = self._outline.actions[action_id].due
                return fiscal_year.short_label(due) if due else ""
            case TreeColumn.DIRECTION:
                return outlook_text(self._outline, self._outline.outlooks.get(action_id))
        return self._other_text(action_id, column)

    def _other_text(self, action_id: int, column: int) -> str:
        field, name = COLUMNS[column].field, COLUMNS[column].name
        if field is not None:
            return " ".join(field.format(self._outline, action_id).split("\n"))
        if name == UPDATED:
            return fiscal_year.short_label(self.lists.updated().get(action_id, "")[:10])
        assert name == PREVIOUS
        status = self.previous_status(action_id)
        return status.word if status else ""

    def edited(self, node: int, column: int) -> str:
        """Return the text of a cell as it is edited."""
        if nodes.is_group(node):
            return ""
        if column == TreeColumn.TITLE:
            return self._outline.title(node)
        action_id = self.action_id(node)
        field = COLUMNS[column].field
        if action_id is None or field is None:
            return ""
        if column == TreeColumn.PROGRESS:
            return "\n".join(line.text for line in self._outline.lines.get(action_id, ()))
        if column == TreeColumn.STATUS:
            status = self._outline.status(action_id)
            return status.word if status else ""
        if column == TreeColumn.DIRECTION:
            return action_fields.OUTLOOK.of(self._outline, action_id)
        if field.type.is_running_text:
            return str(field.of(self._outline, action_id))
        return field.format(self._outline, action_id)

    def way(self, node: int, column: int, *, typing: bool = False) -> CellWay:
        """Return how a cell is changed; `typing` asks for a key that begins a text there."""
        field, action_id = COLUMNS[column].field, self.action_id(node)
        if column == TreeColumn.TITLE:
            return CellWay.NONE if nodes.is_group(node) else CellWay.TYPED
        if field is None or action_id is None:
            return CellWay.NONE
        if field.scope is not action_fields.Scope.ACTION and not self._is_round_open:
            return CellWay.NONE
        if column == TreeColumn.PROGRESS and len(self._outline.lines.get(action_id, ())) > 1:
            return CellWay.BESIDE
        if column == TreeColumn.DIRECTION and not typing:
            return CellWay.CHOSEN
        if field.type.is_chosen:
            return CellWay.TYPED if column == TreeColumn.DIRECTION else CellWay.CHOSEN
        if isinstance(field.type, Links) and not isinstance(field.type, Sections):
            return CellWay.BESIDE
        return CellWay.BESIDE if "\n" in self.edited(node, column) else CellWay.TYPED

    @property
    def _is_round_open(self) -> bool:
        shown = self._outline.round
        return shown is not None and shown.closed_at is None

    def name(self, node: int) -> NumberedName:
        """Return number and title of a node, or the words of a group."""
        found = self._names.get(node)
        if found is None:
            found = self._names[node] = self._name(node)
        return found

    def _name(self, node: int) -> NumberedName:
        outline, rows = self._outline, self.lists.rows
        if nodes.is_group(node):
            group = None if rows is None else rows.groups.get(node)
            return NumberedName("", "", "", "") if group is None else _group_name(group)
        if nodes.is_term(node):
            term = outline.terms[nodes.row_id(node)]
            years = fiscal_year.period_label(term.first_fiscal_year, term.last_fiscal_year)
            return NumberedName("", "", f"{term.name}　{years}", "")
        number, title = outline.number(node), outline.title(node)
        if rows is not None:
            above = outline.place_label(node).removesuffix(title).strip().removesuffix(number)
            return NumberedName(above, number, title, "")
        return NumberedName("", number, title, RELISTED if outline.is_relisted(node) else "")

    def is_bold(self, node: int) -> bool:
        """Tell whether a row is a term, one of the highest headings, or a group."""
        if nodes.is_placement(node):
            return False
        if nodes.is_group(node):
            return True
        above = self._outline.parent(node)
        return above is None or nodes.is_term(above)

    # What is marked

    def action_id(self, node: int) -> int | None:
        """Return the action of a row; a heading or a group has none."""
        return self._outline.action_id_at(node) if nodes.is_placement(node) else None

    def status(self, node: int) -> plan.Status | None:
        """Return the status of an action's row."""
        action_id = self.action_id(node)
        return None if action_id is None else self._outline.status(action_id)

    def is_asked(self, node: int) -> bool:
        """Tell whether a status is to be filled in here: not in a term that is over."""
        return not self._is_over(node)

    def previous_status(self, action_id: int) -> plan.Status | None:
        """Return the status that the action had in the round before."""
        return self._last_year.status(action_id) if self._last_year else None

    def is_carried(self, node: int) -> bool:
        """Tell whether an action still stands 前回のまま, in a round that may be written to."""
        action_id, shown = self.action_id(node), self._outline.round
        if action_id is None or shown is None or shown.closed_at:
            return False
        return self._outline.is_carried(action_id)

    def is_overdue(self, node: int) -> bool:
        """Tell whether an action is late."""
        action_id = self.action_id(node)
        if action_id is None or self._is_over(node):
            return False
        return self._outline.is_overdue(action_id, self._month)

    def before(self, node: int, column: int) -> str | None:
        """Return what a cell showed in the round before, if it says something else now."""
        if column not in _CHANGING:
            return None
        place = node, column
        if place not in self._before:
            self._before[place] = self._text_before(node, column)
        return self._before[place]

    def changed_beside(self, node: int, shown: Collection[int]) -> list[int]:
        """Return the columns in which a row has changed that are not among those shown."""
        return [
            column
            for column in _CHANGING
            if column not in shown and self.before(node, column) is not None
        ]

    def _text_before(self, node: int, column: int) -> str | None:
        action_id = self.action_id(node)
        if action_id is None or self._last_year is None or self._is_over(node):
            return None
        older = self._last_year
        if column == TreeColumn.STATUS:
            now, then = self._outline.status(action_id), older.status(action_id)
            return None if now == then else (then.word if then else _NOTHING_THEN)
        if column == TreeColumn.PROGRESS:
            lines_now = [line.text for line in self._outline.lines.get(action_id, ())]
            lines = older.lines(action_id)
            if lines_now == [line.text for line in lines]:
                return None
            return lines_text(self._outline, lines) or _NOTHING_THEN
        outlook = older.outlook(action_id)
        words = outlook_text(self._outline, outlook)
        same = words == outlook_text(self._outline, self._outline.outlooks.get(action_id))
        return None if same else words or _NOTHING_THEN

    @cached_property
    def _last_year(self) -> _LastYear | None:
        if self._outline.previous is None:
            return None
        return _LastYear(self._outline, self._outline.previous)

    # Counts

    def bar(self, node: int) -> Bar | None:
        """Return the counts of what stands below a heading or a group, if there is anything."""
        if node not in self._bars:
            self._bars[node] = None if nodes.is_placement(node) else self._bar(node)
        return self._bars[node]

    def _bar(self, node: int) -> Bar | None:
        counts = self._counts(node)
        shares: list[tuple[plan.Status | None, int]] = [
            (status, counts[status.id])
            for status in self._outline.statuses.values()
            if status.counted
        ]
        if nodes.is_group(node) or not self._is_over(node):
            shares.append((None, counts[None]))
        total = sum(count for _, count in shares)
        if not total:
            return None
        done = sum(counts[each.id] for each in self._ended)
        return Bar(self._done_word, done, total, tuple(each for each in shares if each[1]))

    def _counts(self, node: int) -> Counts:
        if not nodes.is_group(node):
            return self._tally.under(node)
        rows = self.lists.rows
        return counting.gross(self._outline, () if rows is None else rows.groups[node].nodes)

    def _without_status(self, node: int) -> str:
        return NOT_ASKED if self._is_over(node) else NOT_FILLED_IN

    def _is_over(self, node: int) -> bool:
        """Tell whether the node is of a term that is over: nothing is to be filled in there."""
        if not self._over or nodes.is_group(node):
            return False
        return terms.term_of(self._outline, node) in self._over

    @cached_property
    def _over(self) -> frozenset[int]:
        return terms.terms_over(self._outline)

    @cached_property
    def _ended(self) -> list[plan.Status]:
        return [
            status
            for status in self._outline.statuses.values()
            if status.kind == plan.StatusKind.DONE and status.counted
        ]

    @cached_property
    def _done_word(self) -> str:
        return next((status.label for status in self._ended), plan.StatusKind.DONE.label)

    # What is searched for

    def hits(self, text: str) -> list[tuple[int, int]]:
        """Return where what is searched for stands in a text."""
        return search.found_in(text, self.lists.words) if self.lists.words else []

    def elsewhere(self, node: int, shown: Sequence[int]) -> str:
        """Return label and words of a hit that none of the shown columns shows; else nothing."""
        action_id = self.action_id(node)
        if action_id is None or not self.lists.words:
            return ""
        headings = [self._outline.title(each) for each in self._outline.ancestors(node)]
        seen = search.search_key(
            "\n".join([*(self.text(node, each) for each in shown), *headings])
        )
        missing = [word for word in self.lists.words if word not in seen]
        if not missing:
            return ""
        for label, text in search.searched_texts(self._outline, action_id):
            if search.contains_word(text, missing):
                return f"{label}：{_around(text, search.found_in(text, missing)[0][0])}"
        return ""

    # For those who do not see it, and for the pointer

    def hint(self, node: int, column: int) -> str:
        """Return what the pointer tells about a cell."""
        if column in (TreeColumn.STATUS, TreeColumn.PROGRESS) and not nodes.is_placement(node):
            return self._legend(node)
        if column == TreeColumn.STATUS and not self.is_asked(node) and self.status(node) is None:
            return terms.outside_the_round(self._outline, terms.term_of(self._outline, node))
        words = [self._whole_text(node, column)]
        if column == TreeColumn.TITLE:
            changed = [COLUMNS[each].label for each in self.changed_beside(node, ())]
            words.append(f"前回から変わった欄：{'、'.join(changed)}" if changed else "")
        before = self.before(node, column)
        if before is not None:
            words.append(f"前回：{before}")
        if column == TreeColumn.STATUS and self.is_carried(node):
            words.append("前回のまま（まだ確認していません）")
        if column == TreeColumn.DUE and self.is_overdue(node):
            return f"期限超過：{words[0]}までに完了していません"
        return "\n".join(filter(None, words))

    def _legend(self, node: int) -> str:
        bar = self.bar(node)
        if bar is None:
            if nodes.is_group(node) or not self._is_over(node):
                return ""
            return terms.outside_the_round(self._outline, terms.term_of(self._outline, node))
        return "\n".join(
            f"{status.word if status else NOT_FILLED_IN} {count}" for status, count in bar.shares
        )

    def _whole_text(self, node: int, column: int) -> str:
        action_id = self.action_id(node)
        if action_id is None or column == TreeColumn.TITLE:
            return self.text(node, column)
        if column == TreeColumn.DUE:
            return action_fields.DUE.format(self._outline, action_id)
        if column == TreeColumn.PROGRESS:
            lines = self._outline.lines.get(action_id, ())
            return "\n".join(_marked(self._outline, line) for line in lines)
        field = COLUMNS[column].field
        if field is None or column in (TreeColumn.STATUS, TreeColumn.DIRECTION):
            return self.text(node, column)
        return field.format(self._outline, action_id)

    def spoken(self, node: int, column: int) -> str:
        """Return what is read out of a cell: of the first one the whole row."""
        if column == TreeColumn.TITLE:
            return "、".join(filter(None, self._spoken_row(node)))
        words = [COLUMNS[column].label, self._whole_text(node, column) or "空"]
        if column == TreeColumn.STATUS and self.is_carried(node):
            words.append(CARRIED)
        if column == TreeColumn.DUE and self.is_overdue(node):
            words.append("期限超過")
        before = self.before(node, column)
        if before is not None:
            words.append(f"前回と違います。前回は{before}")
        return "、".join((*words, self.name(node).text))

    def _spoken_row(self, node: int) -> list[str]:
        name, bar = self.name(node).text, self.bar(node)
        action_id = self.action_id(node)
        if action_id is None:
            return [name, bar.text if bar else ""]
        due = action_fields.DUE.format(self._outline, action_id)
        status = self.status(node)
        return [
            name,
            status.label if status else self._without_status(node).replace(NOT_ASKED, ""),
            CARRIED if self.is_carried(node) else "",
            f"完了予定 {due}" if due else "",
            "期限超過" if self.is_overdue(node) else "",
        ]


class _LastYear:
    """What the round before tells of actions, also of those that they go back to."""

    def __init__(self, outline: Outline, record: Record) -> None:
        self._outline, self._record = outline, record

    def lines(self, action_id: int) -> tuple[plan.Progress, ...]:
        origins = predecessors.origins_of(self._outline, action_id)
        return predecessors.lines_in(self._record, action_id, origins)

    def outlook(self, action_id: int) -> plan.Outlook | None:
        origins = predecessors.origins_of(self._outline, action_id)
        return predecessors.outlook_in(self._record, action_id, origins)

    def status(self, action_id: int) -> plan.Status | None:
        return self._outline.status_of(self.lines(action_id))


def lines_text(outline: Outline, lines: Sequence[plan.Progress]) -> str:
    """Return lines of 進捗状況 as one text; the mark of each where they are several."""
    if len(lines) == 1:
        return " ".join(lines[0].text.split("\n"))
    return "　".join(" ".join(_marked(outline, line).split("\n")) for line in lines)


def _marked(outline: Outline, line: plan.Progress) -> str:
    status = None if line.status_id is None else outline.statuses[line.status_id]
    return f"{status.symbol} {line.text}".strip() if status else line.text


def outlook_text(outline: Outline, outlook: plan.Outlook | None) -> str:
    """Return 今後の方向性 as one text: the choice and its words."""
    if outlook is None:
        return ""
    direction = action_fields.DIRECTION.type.format(outlook.direction_id, outline)
    return "　".join(filter(None, (direction, " ".join(outlook.text.split("\n")))))


def _group_name(group: arranging.RowGroup) -> NumberedName:
    return NumberedName("", "", group.label, f"　{len(group.nodes):,}件")


_LEAD_IN = 8  # characters before a hit


def _around(text: str, place: int) -> str:
    """Return a text such that a place in it comes soon."""
    text = " ".join(text.split("\n"))
    return text if place <= _LEAD_IN else f"…{text[place - _LEAD_IN :]}"


def word(status: plan.Status) -> str:
    """Return mark and word of a status."""
    return status.word
