"""新旧対照表: what a plan said and says, and why it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.comparing import kinds, text_diff
from kyodo_desktop.domain.comparing.fields import outlook_text, status_id
from kyodo_desktop.domain.nodes import is_heading, is_placement, row_id
from kyodo_desktop.domain.plan import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        row, title = _row(comparison, change, reasons), _above(comparison, change)
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
    fields = [each for each in change.fields if not each.is_of_round]
    if change.before is None:
        assert change.after is not None, "an item stands before or after"
        return (text_diff.Segment(NEW, False),), _whole(
            comparison.after, change.after, fields, old=False
        )
    if change.after is None:
        gone = _whole(comparison.before, change.before, fields, old=True)
        return gone, (text_diff.Segment(GONE, False),)
    return text_diff.diff_pieces(
        _pieces(comparison.before, change.before, fields, old=True),
        _pieces(comparison.after, change.after, fields, old=False),
    )


def _whole(
    outline: Outline, node: int, fields: list[FieldDifference], *, old: bool
) -> text_diff.Segments:
    return (text_diff.Segment("".join(_pieces(outline, node, fields, old=old)), True),)


def _pieces(
    outline: Outline, node: int, fields: list[FieldDifference], *, old: bool
) -> text_diff.Pieces:
    """Return number and title, then each other field that differs."""
    number, title = outline.number(node), outline.title(node)
    found = [text_diff.Whole(number), " ", title] if number and title else [number or title]
    for field in fields:
        pieces = field.before if old else field.after
        if pieces and field.label not in _IN_THE_LABEL:
            found += (f"\n{field.label}：", *pieces)
    return tuple(found)


def _above(comparison: Comparison, change: ItemChange) -> str:
    """Return the headings above, as they are now or as they were."""
    outline, node = _where(comparison, change)
    above = [each for each in outline.ancestors(node) if is_heading(each)]
    path = " ＞ ".join(outline.label(each) for each in reversed(above))
    return comparison.in_term(node, path, old=outline is comparison.before).strip("　")


def _where(comparison: Comparison, change: ItemChange) -> tuple[Outline, int]:
    """Return where the item stands that a change is about: now, else where it stood."""
    if change.after is None or kinds.ChangeKind.MERGED in change.kinds:
        assert change.before is not None, "an item stands before or after"
        return comparison.before, change.before
    return comparison.after, change.after


def _identity(comparison: Comparison, change: ItemChange) -> tuple[str, int]:
    outline, node = _where(comparison, change)
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
