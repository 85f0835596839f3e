"""Every output of a plan has the same totals, those that its rows have.

An output that prints totals of a plan gets a reader here.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain import nodes, overview, paper
from kyodo_desktop.domain.narrowing import narrowed
from kyodo_desktop.domain.open_data import open_data
from kyodo_desktop.domain.report_summary import report_summary
from kyodo_desktop.domain.terms import reported_terms
from kyodo_desktop.domain.text_version import text_version
from kyodo_desktop.domain.totals import TOTAL
from kyodo_desktop.pages.options import CONTENTS, TOTALS
from kyodo_desktop.pages.report_columns import status_text
from tests import effort
from tests.generated_plans import (
    MONTH,
    UNFILLED,
    counted_by_hand,
    generated_plan,
    labelled,
    narrowing_somehow,
)
from tests.pages.parts.making import part_of, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.outline import Outline


def in_text(outline: Outline) -> list[Counter]:
    """Return 実行計画数 by status as テキスト版 says it of each term; zeros are left out."""
    lines = list(text_version(outline))
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
    headings, *rows = open_data(outline)
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


@effort.seeds(quick=120, deep=20_000, each=60)
def test_all_outputs_of_a_plan_have_the_totals_of_its_rows(seeds):
    for seed in seeds:
        with effort.note_seed(seed):
            whole = generated_plan(seed)
            expect_agreement(whole)
            expect_agreement(narrowed(whole, narrowing_somehow(whole, seed)))


def expect_agreement(outline: Outline) -> None:
    by_hand = list(counted_by_hand(outline).values())
    expected = [labelled(outline, each.net) for each in by_hand]
    for read in READERS:
        found = [each for each in read(outline) if each.total()]
        assert found == expected, read
    for term, counted in zip(report_summary(outline, None, MONTH).terms, by_hand, strict=True):
        expect_summary(outline, term, counted)


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
    assert figures["期限超過"] == counted.late
    bars = {nodes.row_id(each.node): each.counts for each in term.bars}
    assert bars == {
        heading_id: tuple(group.count(counts) for group in term.groups)
        for heading_id, counts in counted.by_top.items()
    }
