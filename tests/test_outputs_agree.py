"""Every output of a plan has the same totals, those that its rows have.

An output that prints totals of a plan gets a reader here.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kyodo_desktop import outputs
from kyodo_desktop.domain import nodes, overview, paper
from kyodo_desktop.domain.checks.context import CheckContext
from kyodo_desktop.domain.checks.texts import overdue
from kyodo_desktop.domain.narrowing import narrowed
from kyodo_desktop.domain.open_data import open_data
from kyodo_desktop.domain.report_summary import report_summary
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.domain.standing import RoundTally
from kyodo_desktop.domain.terms import reported_month, reported_terms, terms_outside
from kyodo_desktop.domain.text_version import text_version
from kyodo_desktop.domain.totals import NO_SECTION, NOT_COUNTED, OVERLAP, SHARED, TOTAL
from kyodo_desktop.pages.options import (
    CONTENTS,
    LISTING,
    SUMMARY,
    TOTALS,
    Edition,
    HeadingStyle,
    Paper,
    ReportOptions,
)
from kyodo_desktop.pages.report_columns import status_text
from tests import effort
from tests.generated_plans import (
    UNFILLED,
    counted_by_hand,
    generated_plan,
    labelled,
    late_by_hand,
    narrowing_somehow,
)
from tests.pages.parts.making import part_of, tables
from tests.written_parts import numbered_rows, parts_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from kyodo_desktop.domain.outline import Outline
    from tests.generated_plans import CountedTerm
    from tests.written_parts import NumberedRow, Piece

MONTH = "2016-04"


def in_text(outline: Outline) -> list[Counter]:
    return in_lines(outline, list(text_version(outline)))


def in_lines(outline: Outline, lines: list[str]) -> list[Counter]:
    """Return 実行計画数 by status as テキスト版 says it of each term; zeros are left out."""
    lines = lines[lines.index("集計", lines.index("目次") + 1) + 1 :]
    found: list[Counter] = []
    for text in lines[: lines.index("")]:
        name, colon, count = text.partition("：")
        number = int(re.sub("[件,]", "", count)) if colon else 0
        if name == f"{outline.levels[-1].name}の数":
            found.append(Counter())
        elif number and name != "再掲を含む掲載の数":
            found[-1][name.partition("（")[0].partition("、")[0]] = number
    return found


def in_listing(outline: Outline) -> list[Counter]:
    """Return what the rows of 一覧 count: an action once in each term."""
    found = []
    for term in map(nodes.term_node, reported_terms(outline)):
        rows = (row.node for row in paper.rows_below(outline, term) if row.node is not None)
        actions = set(map(outline.action_id_at, rows))
        statuses = (outline.status(each) for each in actions)
        found.append(Counter(each.label if each else UNFILLED for each in statuses))
    return found


def in_open_data(outline: Outline) -> list[Counter]:
    return in_records(outline, open_data(outline))


def in_records(outline: Outline, records: Iterable[Sequence[str]]) -> list[Counter]:
    """Return what the rows of 公開データ count in each term."""
    headings, *rows = records
    term, status = headings.index("期"), headings.index("状態")
    names = [outline.terms[each].name for each in reported_terms(outline)]
    return [Counter(row[status] for row in rows if row[term] == each) for each in names]


def in_legend(outline: Outline) -> list[Counter]:
    """Return what 凡例 of the report says of each term; it may have two statuses in a row."""
    terms = reported_terms(outline)
    if not terms:
        return []
    *_, (head, *rows) = tables(part_of(outline, CONTENTS))
    width = len(head) // head.count("印")
    lines = [row[start : start + width] for row in rows for start in range(0, len(row), width)]
    counts = {line[1]: line[-len(terms) :] for line in lines if line[1] not in ("", TOTAL)}
    return [
        Counter({label: found[place] for label, found in counts.items()})
        for place in range(len(terms))
    ]


def in_totals(outline: Outline) -> list[Counter]:
    """Return what the first table of each term in 集計 says."""
    found = []
    names = {status_text(each): each.label for each in outline.statuses.values()}
    for table in tables(part_of(outline, TOTALS)) if reported_terms(outline) else ():
        if table[0][0] == "状態":
            rows = [(name.rpartition("　")[2], count) for name, count, *_ in table[2:]]
            found.append(Counter({names.get(n, n): c for n, c in rows if n in {*names, UNFILLED}}))
    return found


READERS: tuple[Callable[[Outline], list[Counter]], ...] = (
    *(in_text, in_listing, in_open_data),
    *(in_legend, in_totals),
)


@effort.seeds(quick=60, deep=20_000, each=60)
def test_all_outputs_of_a_plan_have_the_totals_of_its_rows(seeds):
    for seed in seeds:
        with effort.note_seed(seed):
            whole = generated_plan(seed)
            expect_agreement(whole)
            expect_window(whole)
            expect_agreement(narrowed(whole, narrowing_somehow(whole, seed)))


@pytest.mark.same_everywhere("proof_programs.py prints with a font that Windows has")
@effort.seeds(quick=2, deep=300, each=1)
def test_the_files_of_a_plan_have_the_totals_of_its_rows(seeds, tmp_path, qapp):
    (seed,) = seeds
    with effort.note_seed(seed):
        whole = generated_plan(seed)
        outline = narrowed(whole, narrowing_somehow(whole, seed)) if seed % 2 else whole
        by_hand = list(counted_by_hand(outline).values())
        if not by_hand:
            return  # there is nothing to be told
        for path in written(outline, tmp_path, Random(seed)):
            match path.suffix:
                case ".txt":
                    lines = path.read_text(encoding="utf-8-sig").splitlines()
                    expect_counts(outline, by_hand, in_lines(outline, lines))
                case ".csv":
                    records = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
                    expect_counts(outline, by_hand, in_records(outline, records))
                case _:
                    expect_parts(outline, by_hand, parts_in(path))


def written(outline: Outline, folder: Path, random: Random) -> list[Path]:
    """Write all forms of a report, on some paper, and return their paths."""
    options = ReportOptions(
        random.choice([*Edition]),
        (CONTENTS, SUMMARY, TOTALS, LISTING),
        random.choice([*Paper]),
        ("number", "action", "current_status"),
        random.choice([*HeadingStyle]),
    )
    source = outputs.Source(folder / "計画.kyodo", outline, options, Extras(), f"{MONTH}-01")
    wanted = [outputs.Wanted(folder / f"報告{each.ending}", each) for each in outputs.FORMS]
    outcomes = outputs.write_outputs(source, wanted)
    assert [each.error for each in outcomes] == [None] * len(wanted)
    return [each.path for each in outcomes]


def expect_counts(outline: Outline, by_hand: list[CountedTerm], found: list[Counter]) -> None:
    assert [+each for each in found] == [labelled(outline, each.net) for each in by_hand]


def expect_parts(
    outline: Outline, by_hand: list[CountedTerm], parts: dict[str, list[Piece]]
) -> None:
    """Expect that each part that was written has the totals, and no other ones."""
    rows = {name: list(numbered_rows(pieces)) for name, pieces in parts.items()}
    terms = [labelled(outline, each.net) for each in by_hand]
    assert [+each for each in read_legend(outline, rows[CONTENTS], len(terms))] == terms
    tables = read_totals(outline, rows[TOTALS])
    assert [+each.net for each in tables] == terms
    assert [+each.gross for each in tables] == [labelled(outline, each.gross) for each in by_hand]
    assert [each.tops for each in tables] == [
        [counts.total() for counts in each.by_top.values()] for each in by_hand
    ]
    assert [each.sections for each in tables] == [
        {name: counts.total() for name, counts in each.by_section.items()}
        if {*each.by_section} != {NO_SECTION}
        else {}
        for each in by_hand
    ]
    month = reported_month(outline, MONTH)
    figures = [row.numbers for row in rows[SUMMARY] if row.name == "件数"]
    for (total, *groups, late), counted in zip(figures, by_hand, strict=True):
        assert total == sum(groups) == counted.net.total()
        assert late == late_by_hand(outline, counted, month)
    marks = {each.mark: each.id for each in outline.statuses.values()}
    listed = Counter(marks[each] for each in parts[LISTING] if each in marks)
    del listed[None]
    placed = sum((each.gross for each in by_hand), Counter())
    del placed[None]  # a cell without a mark
    assert listed == placed


def read_legend(outline: Outline, rows: Iterable[NumberedRow], terms: int) -> list[Counter[str]]:
    """Return what 凡例 says of each term."""
    known = {each.label for each in outline.statuses.values()} | {UNFILLED}
    found = [Counter() for _ in range(terms)]
    for row in rows:
        for label in known.intersection(row.words):
            for counts, number in zip(found, row.numbers, strict=True):
                counts[label] = number
    return found


class ReadTotals(NamedTuple):
    """What the tables of a term in 集計 say."""

    net: Counter[str]
    gross: Counter[str]
    tops: list[float]
    sections: dict[str, float]


def read_totals(outline: Outline, rows: Iterable[NumberedRow]) -> list[ReadTotals]:
    """Return what 集計 says of each term; the names of tables stand before their first rows."""
    labels = {"".join(status_text(each).split()): each.label for each in outline.statuses.values()}
    labels[UNFILLED] = UNFILLED
    net = f"{outline.levels[-1].name}数"
    names = {
        "状態別の件数": "status",
        f"{outline.levels[0].name}別の{net}（何か所に掲載されても1件）": "top",
        f"担当課別の{net}": "section",
    }
    found: list[ReadTotals] = []
    table, ends = "", 1
    for row in rows:
        for begun in (each for each in names if each in row.text):
            table, ends = names[begun], 1 + (NOT_COUNTED in row.text)
            if table == "status":
                found.append(ReadTotals(Counter(), Counter(), [], {}))
        total = sum(row.numbers[-ends:])
        if row.name == TOTAL or row.text.endswith((OVERLAP, SHARED)):
            table = table if row.name != TOTAL or table == "status" else ""
        elif table == "status":
            for label in (labels[each] for each in labels if row.text.endswith(each)):
                found[-1].net[label] = row.numbers[0]
                found[-1].gross[label] = row.numbers[len(row.numbers) // 2]
        elif table == "top":
            found[-1].tops.append(total)
        elif table == "section":
            found[-1].sections[row.name] = total
    return found


def expect_agreement(outline: Outline) -> None:
    by_hand = list(counted_by_hand(outline).values())
    expected = [labelled(outline, each.net) for each in by_hand]
    for read in READERS:
        found = [each for each in read(outline) if each.total()]
        assert found == expected, read
    for term, counted in zip(report_summary(outline, None, MONTH).terms, by_hand, strict=True):
        expect_summary(outline, term, counted)


def expect_window(outline: Outline) -> None:
    """Expect that the strip, 集計 and 点検 of the window count what a report does."""
    by_hand = counted_by_hand(outline)
    with_actions = {each.term_id for each in outline.actions.values() if each.id in outline.placed}
    asked = with_actions - terms_outside(outline)
    if outline.round is None or {*by_hand} != asked:
        return  # the strip asks for terms that no report is about
    late = sum(late_by_hand(outline, each, MONTH) for each in by_hand.values())
    figures = RoundTally(outline, MONTH).figures
    assert figures.asked == sum(each.net.total() for each in by_hand.values())
    assert figures.empty == sum(each.net[None] for each in by_hand.values())
    assert figures.overdue == late
    assert len(list(overdue(CheckContext(outline, MONTH)))) == late
    shown = overview.OverviewCounts(outline).counts(None)
    assert +shown == sum((each.gross for each in by_hand.values()), Counter())


def expect_summary(outline, term, counted):
    """Expect that 概要 has the totals in its groups, and under each topmost heading too."""
    groups = overview.groups(outline)
    figures = {each.label: each.value for each in term.figures}
    assert figures[outline.levels[-1].name] == counted.net.total()
    shown = {each.group: each.value for each in term.figures if each.group}
    assert {group: shown.get(group, 0) for group in groups} == {
        group: group.count(counted.net) for group in groups
    }
    assert sum(shown.values()) + figures.get("集計に含めない", 0) == counted.net.total()
    assert figures.get("期限超過", 0) == late_by_hand(outline, counted, MONTH)
    bars = {nodes.row_id(each.node): each.counts for each in term.bars}
    assert bars == {
        heading_id: tuple(group.count(counts) for group in term.groups)
        for heading_id, counts in counted.by_top.items()
    }
