"""期限超過・期限が近いもの: which actions, how long, in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.errors import ExportError
from kyodo_desktop.domain.plan import Assignment, Role, Section
from kyodo_desktop.pages.content import RowRole
from kyodo_desktop.pages.options import DUE
from tests.outlines import DONE, ONGOING, by_id, outline_of_rows
from tests.pages.parts.making import lines, part_of

pytestmark = pytest.mark.same_everywhere("values")

PLAN = outline_of_rows(
    ("環境", "拠点", "ブース", [(ONGOING, "検討")]),
    ("環境", "拠点", "補助金", [(DONE, "")]),
    ("環境", "拠点", "基金", []),
    ("参画", "事業", "講座", [(ONGOING, "")]),
    ("参画", "事業", "ブース", []),
    sections=by_id(Section(1, 0, "企画課")),
    assignments={3: (Assignment(1, 3, 1, Role.LEAD),)},
)


def due(*months):
    """Return the plan with the months in which its actions are due."""
    named = zip(PLAN.actions.values(), months, strict=True)
    return replace(PLAN, actions=by_id(*(each._replace(due=month) for each, month in named)))


def test_what_is_late_stands_with_its_place_and_how_long_the_longest_first():
    part = part_of(due("2015-09", "2014-01", "2013-03", "2015-12"), DUE)
    assert lines(part) == [
        ["期限超過　2件（平成27年10月現在）"],
        ["番号", "実行計画", "主担当", "状態", "完了予定", "超過"],
        ["1-(1)-③", "基金", "企画課", "未記入", "平成25年3月", "2年7か月"],
        ["1-(1)-①", "ブース", "・継続中", "平成27年9月", "1か月"],
        ["期限が近いもの　1件"],
        ["番号", "実行計画", "主担当", "状態", "完了予定", "残り"],
        ["2-(1)-①", "講座", "・継続中", "平成27年12月", "2か月"],
    ]
    heads = [row for row in part.rows if row.kind in (RowRole.CAPTION, RowRole.HEADER)]
    assert all(row.joined and row.repeats for row in heads)


def test_what_is_due_in_this_month_is_not_late_and_nothing_is_said_in_words():
    part = part_of(due("2015-10", None, None, None), DUE)
    assert lines(part)[:2] == [["期限超過　0件（平成27年10月現在）"], ["ありません。"]]
    assert lines(part)[-1][-1] == "今月"


def test_a_round_counts_from_its_own_day():
    late = due("2015-09", None, None, None)
    closed = replace(late, round=late.round._replace(closed_at="2015-12-01", as_of="2015-08-31"))
    assert lines(part_of(closed, DUE))[-1][-1] == "1か月"


def test_with_nothing_of_either_there_is_no_such_part():
    with pytest.raises(ExportError, match="出力するものがありません"):
        part_of(PLAN, DUE)
