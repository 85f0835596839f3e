"""データ: plain rows, from which the plan can be built again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.plan import (
    ActionActor,
    ActionPrinciple,
    Actor,
    Assignment,
    Direction,
    Principle,
)
from tests.outlines import DONE, NEAR, ONGOING, outline_of_rows, outlook

pytestmark = pytest.mark.same_everywhere("test_report.py lets Windows write such sheets")

PLAN = outline_of_rows(
    ("環境", "拠点", "ブース", [(NEAR, "予定")]),
    ("環境", "拠点", "研修", [(ONGOING, "庁内"), (ONGOING, "派遣")]),
    ("参画", "事業", "ブース", []),
    ("参画", "事業", "意見", []),
)


def rows(sheet):
    names, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in others]


def test_each_line_has_a_row_and_so_has_what_has_no_line(written):
    found = rows(written(PLAN)["データ"])
    assert [(row["実行計画"], row["行"], row["状態"], row["進捗状況"]) for row in found] == [
        ("ブース", 1, "◇", "予定"),
        ("研修", 1, "・", "庁内"),
        ("研修", 2, "・", "派遣"),
        ("ブース", 1, "◇", "予定"),
        ("意見", None, None, None),
        (None, None, None, None),
    ]
    assert (found[-1]["期"], found[-1]["期の開始年度"]) == ("後期", 2016)


def test_a_relisted_action_is_known_by_its_key(written):
    first, *_, again, _, _ = rows(written(PLAN)["データ"])
    assert first["実行計画キー"] == again["実行計画キー"]
    assert (first["再掲"], again["再掲"]) == (None, "再掲")


def test_a_row_says_all_that_is_known(written):
    outline = outline_of_rows(("環境", "拠点", "ブース", [(DONE, "設置")]))
    action = outline.actions[1]._replace(
        description="内容です", start_fiscal_year=2011, due="2016-03", note="備考です"
    )
    line = outline.lines[1][0]._replace(section_id=2)
    outline = replace(
        outline,
        actions={1: action},
        lines={1: (line,)},
        directions={1: Direction(1, 0, "拡充")},
        outlooks={1: outlook(direction_id=1, text="広げる")},
        actors={1: Actor(1, 0, "市民"), 2: Actor(2, 1, "市")},
        action_actors={1: (ActionActor(1, 1, 2), ActionActor(2, 1, 1))},
        principles={1: Principle(1, 1, "②", "対等")},
        action_principles={1: (ActionPrinciple(1, 1, 1),)},
        assignments={1: (Assignment(1, 1, 1, "lead"), Assignment(2, 1, 2, "related"))},
    )
    assert rows(written(outline)["データ"])[0] == {
        "期": "前期",
        "期の開始年度": 2011,
        "期の終了年度": 2015,
        "推進項目番号": "1",
        "推進項目": "環境",
        "施策番号": "(1)",
        "施策": "拠点",
        "実行計画番号": "①",
        "実行計画": "ブース",
        "実行計画キー": 1,
        "再掲": None,
        "内容": "内容です",
        "開始年度": 2011,
        "完了予定": "2016-03",
        "主担当": "市民活動推進課",
        "関係課": "企画課",
        "主体": "市民、市",
        "基本原則": "② 対等",
        "備考": "備考です",
        "継続元キー": None,
        "調査": "平成27年度",
        "基準日": "2015-10-31",
        "行": 1,
        "状態": "✓",
        "状態名": "完了",
        "進捗状況": "設置",
        "記入課": "企画課",
        "方向性": "拡充",
        "今後の方向性": "広げる",
    }


def test_it_is_a_plain_table_with_a_filter(written):
    sheet = written(PLAN)["データ"]
    assert not sheet.merged_cells.ranges
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
