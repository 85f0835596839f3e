"""新旧対照表: what a plan said and says, and why it was changed."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.comparing import text_diff
from kyodo_desktop.domain.comparing.fields import outlook_text, status_id
from kyodo_desktop.domain.nodes import is_placement, row_id
from kyodo_desktop.domain.plan import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.comparing.comparison import Comparison, FieldDifference, ItemChange
    from kyodo_desktop.domain.outline import Outline

NEW, GONE = "（新設）", "（削除）"
_IN_THE_LABEL = ("番号", "名称", "統合先")


class BeforeAfterRow(NamedTuple):
    """One heading or action; `table` and `row_id` are those of its row, for a reason."""

    new: text_diff.Segments
    old: text_diff.Segments
    reason: str
    table: str
    row_id: int


class BeforeAfterGroup(NamedTuple):
    """What stands under one heading, whose numbers and titles are the `title`."""

    title: str
    rows: tuple[BeforeAfterRow, ...]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """The reasons in their order, each with how many rows one after the other have it."""
        runs = groupby(self.rows, key=attrgetter("reason"))
        return [(reason, len([*rows])) for reason, rows in runs]


class Reasons(NamedTuple):
    """Why a revision was made; `own` is why one row was changed, by its table and id."""

    general: str
    own: dict[tuple[str, int], str]


def reasons_of(outline: Outline, revision_id: int) -> Reasons:
    """Return the reasons of a revision."""
    return Reasons(
        outline.revisions[revision_id].reason,
        {
            (each.table_name, each.row_id): each.text
            for each in outline.revision_reasons.values()
            if each.revision_id == revision_id
        },
    )


def before_after_table(
    comparison: Comparison, reasons: Reasons | None = None
) -> list[BeforeAfterGroup]:
    """Return the changes of the plan itself; what a round says of it is left out.

    Without reasons it is told what became of each action in the next term.
    """
    groups: list[BeforeAfterGroup] = []
    for change in comparison.changes:
        if change.is_of_round:
            continue
        row, title = _row(comparison, change, reasons), comparison.place(change).above
        if groups and groups[-1].title == title:
            groups[-1] = BeforeAfterGroup(title, (*groups[-1].rows, row))
        else:
            groups.append(BeforeAfterGroup(title, (row,)))
    return groups


def _row(comparison: Comparison, change: ItemChange, reasons: Reasons | None) -> BeforeAfterRow:
    table, row_id = identity = _identity(comparison, change)
    old, new = _texts(comparison, change)
    if reasons is None:
        reason = " ".join(_became(comparison, change))
    else:
        reason = reasons.own.get(identity, reasons.general)
    return BeforeAfterRow(new, old, reason, table, row_id)


def _texts(
    comparison: Comparison, change: ItemChange
) -> tuple[text_diff.Segments, text_diff.Segments]:
    """Return number and title, then each other field that differs, old and new."""
    fields = [
        each for each in change.fields if not each.is_of_round and each.label not in _IN_THE_LABEL
    ]
    if change.before is None:
        assert change.after is not None, "an item stands before or after"
        texts = [(each.label, each.new) for each in fields]
        return (text_diff.Segment(NEW, False),), _whole(comparison.after, change.after, texts)
    if change.after is None:
        texts = [(each.label, each.old) for each in fields]
        return _whole(comparison.before, change.before, texts), (text_diff.Segment(GONE, False),)
    was, is_now = (
        _label(comparison.before, change.before),
        _label(comparison.after, change.after),
    )
    parts = [text_diff.diff_pieces(was, is_now), *map(_marked, fields)]
    old, new = (text_diff.joined(each) for each in zip(*parts, strict=True))
    return old, new


def _label(outline: Outline, node: int) -> text_diff.Pieces:
    number, title = outline.path_number(node), outline.title(node)
    return (text_diff.Whole(number), " ", title) if number and title else (number or title,)


def _marked(field: FieldDifference) -> tuple[text_diff.Segments, text_diff.Segments]:
    """Return both sides of a field behind its name, which changed where only one has it."""
    old, new = field.marked()
    is_new = not (old and new)
    name = text_diff.Segment(f"\n{field.label}：", is_new)
    return ((name, *old) if old else ()), ((name, *new) if new else ())


def _whole(outline: Outline, node: int, texts: Iterable[tuple[str, str]]) -> text_diff.Segments:
    lines = (f"\n{name}：{text}" for name, text in texts if text)
    return (text_diff.Segment("".join((*_label(outline, node), *lines)), True),)


def _identity(comparison: Comparison, change: ItemChange) -> tuple[str, int]:
    outline, node = comparison.whereabouts(change)
    if is_placement(node):
        return "action", outline.action_id_at(node)
    return "heading", row_id(node)


def _became(comparison: Comparison, change: ItemChange) -> Iterator[str]:
    """Yield what was chosen for an action in the next term, and its last status and outlook."""
    if change.before is None or not is_placement(change.before):
        return
    before = comparison.before
    action_id = before.action_id_at(change.before)
    succession = comparison.after.successions.get(action_id)
    if succession is None:
        return
    yield Choice(succession.choice).label
    found = status_id(before, action_id)
    if found is not None:
        yield before.statuses[found].word
    if outlook := outlook_text(before, action_id):
        yield outlook
