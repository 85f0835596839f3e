"""前回からの変更: what became of the plan since the round before, in numbers and in full."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import fiscal_year, nodes
from kyodo_desktop.domain.comparing.kinds import ChangeKind
from kyodo_desktop.excel import list_sheets, options, report_columns, styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.comparing.comparison import Comparison, ItemChange
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.excel.workbook import SheetWriter


ADDED, DROPPED, TOTAL, DIFFERENCE = "新規", "削除・統合", "計", "増減"

Key = int | str | None
"""The id of a status (None is 未記入), or the name of one of the other rows and columns."""

Counts = Counter[tuple[Key, Key]]


class TransitionTable(NamedTuple):
    """Rows are statuses of before, columns of now; the last row and column are totals.

    `differences` are those of the totals of each status, and of all.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    differences: tuple[int, ...]


def transition_table(comparison: Comparison) -> TransitionTable:
    """Count each action once: what stood in both, what came and what went."""
    before, after = comparison.before, comparison.after
    counts: Counts = Counter()
    counts.update(comparison.transitions)
    counts.update(_comings_and_goings(comparison))
    used = {each for pair in counts for each in pair}
    statuses: list[Key] = [*after.statuses]
    statuses += [each for each in before.statuses if each in used and each not in after.statuses]
    statuses += [None] * (None in used)
    names = {each: _status_name(before, after, each) for each in statuses}
    rows = [(name, _row(counts, key, statuses)) for key, name in {**names, ADDED: ADDED}.items()]
    totals = tuple(sum(column) for column in zip(*(row for _, row in rows), strict=True))
    befores = [row[-1] for _, row in rows[:-1]]
    differences = [now - then for now, then in zip(totals, befores, strict=False)]
    return TransitionTable(
        (*names.values(), DROPPED, TOTAL),
        (*rows, (TOTAL, totals)),
        (*differences, sum(differences)),
    )


def _comings_and_goings(
    comparison: Comparison,
) -> Iterator[tuple[Key, Key]]:
    for change in comparison.changes:
        if change.before is None:
            assert change.after is not None, "an item stands before or after"
            if nodes.is_placement(change.after):
                yield ADDED, _status(comparison.after, change.after)
        elif change.is_gone and nodes.is_placement(change.before):
            yield _status(comparison.before, change.before), DROPPED


def _row(counts: Counts, key: Key, statuses: list[Key]) -> tuple[int, ...]:
    row = [counts[key, each] for each in (*statuses, DROPPED)]
    return (*row, sum(row))


def _status(outline: Outline, node: int) -> int | None:
    status = outline.status(outline.action_id_at(node))
    return None if status is None else status.id


def _status_name(before: Outline, after: Outline, status_id: Key) -> str:
    known = {**before.statuses, **after.statuses}
    return report_columns.status_text(known[status_id] if isinstance(status_id, int) else None)


_LABELS = (5.0, 17.0, 8.0)  # em; the number, the title, and what changed
_TEXTS = 50.0
_LEAST_COLUMNS = 8
_NO_ROUND = "前回の調査がないため、比べるものがありません。"
_SAME = "前回から変わったところはありません。"
_COUNTS = "状態の移り変わり（実行計画数。行が前回、列が今回の状態）"
_CHANGES = "変更の一覧（下線は変わった部分）"
_WHOLE = frozenset({ChangeKind.ADDED, ChangeKind.DROPPED, ChangeKind.MERGED})

Row = tuple[str, list_sheets.Cell, list_sheets.Cell]


def write_changes(writer: SheetWriter, contents: options.Contents) -> None:
    """Write the matrix of statuses, then each change with its old and its new text."""
    comparison = contents.extras.comparison
    table = transition_table(comparison) if comparison else None
    columns = max(_LEAST_COLUMNS, len(table.names) if table else 0)
    columns += columns % 2
    shares = (*_LABELS, *[_TEXTS / columns] * columns)
    sheet = list_sheets.ListSheet(writer, contents, options.CHANGES_SHEET, shares)
    sheet.write_top()
    if comparison is None or table is None:
        sheet.write_across(_NO_ROUND, styles.LEGEND)
    else:
        sheet.write_across(_rounds(comparison), styles.LEGEND)
        _write_matrix(sheet, table)
        _write_list(writer, sheet, comparison, columns // 2)
    sheet.finish()


def _rounds(comparison: Comparison) -> str:
    sides = (("前回", comparison.before.round), ("今回", comparison.after.round))
    return "　　".join(
        f"{word}：{each.name}（{fiscal_year.day_label(each.as_of)}現在）"
        for word, each in sides
        if each
    )


def _write_matrix(sheet: list_sheets.ListSheet, table: TransitionTable) -> None:
    sheet.write_across(_COUNTS, styles.CAPTION)
    first = len(_LABELS)
    names = (list_sheets.Cell(name, styles.HEADER) for name in table.names)
    sheet.write(list_sheets.Cell("前回＼今回", styles.HEADER, first), *names)
    for name, counts in table.rows:
        is_total = name == TOTAL
        looks = (
            (styles.TOTAL_NAME, styles.TOTAL_COUNT) if is_total else (styles.BODY, styles.COUNT)
        )
        numbers = (
            list_sheets.Cell(count if count or is_total else None, looks[1]) for count in counts
        )
        sheet.write(list_sheets.Cell(name, looks[0], first), *numbers)
    *each_status, overall = (list_sheets.Cell(each, styles.CHANGE) for each in table.differences)
    sheet.write(
        list_sheets.Cell(DIFFERENCE, styles.BODY, first),
        *each_status,
        list_sheets.Cell(None),
        overall,
    )


def _write_list(
    writer: SheetWriter, sheet: list_sheets.ListSheet, comparison: Comparison, half: int
) -> None:
    sheet.write_across(_CHANGES, styles.CAPTION)
    if not comparison.changes:
        sheet.write_across(_SAME, styles.LEGEND)
        return
    words = ("番号", comparison.after.levels[-1].name, "変更")
    header = [list_sheets.Cell(word, styles.HEADER) for word in words]
    texts = [list_sheets.Cell(word, styles.HEADER, half) for word in ("前回", "今回")]
    sheet.write_header(*header, *texts, freeze=False)
    for change in comparison.changes:
        top = writer.row_number + 1
        number, title = _name(comparison, change)
        for what, old, new in _rows(change):
            begins = writer.row_number < top
            head = (
                list_sheets.Cell(number if begins else None, styles.NUMBER),
                list_sheets.Cell(title if begins else None),
            )
            sheet.write(
                *head,
                list_sheets.Cell(what),
                *(each._replace(columns=half) for each in (old, new)),
            )
        for column in (1, 2):
            writer.merge(top, column, writer.row_number, column)


def _name(comparison: Comparison, change: ItemChange) -> tuple[str, str]:
    outline: Outline = comparison.before if change.is_gone else comparison.after
    node = change.before if change.is_gone else change.after
    assert node is not None, "an item stands before or after"
    title = outline.title(node)
    if nodes.is_heading(node):
        title += f"（{change.level}）"
    return outline.number(node), comparison.in_term(node, title, old=change.is_gone)


def _rows(change: ItemChange) -> Iterator[Row]:
    """Yield what changed, old and new; an item that came or went is one row."""
    if change.kinds & _WHOLE:
        olds = [f"{each.label}：{each.old}" for each in change.fields if each.old]
        news = [f"{each.label}：{each.new}" for each in change.fields if each.new]
        yield (
            "・".join(change.labels),
            list_sheets.Cell("\n".join(olds)),
            list_sheets.Cell("\n".join(news)),
        )
        return
    for field in change.fields:
        what = field.label if field.kind is ChangeKind.OTHER else field.kind.label
        old, new = field.marked()
        yield what, list_sheets.Cell(old), list_sheets.Cell(new)
