"""公開データ: one row an action, in columns that any program reads, and nothing internal."""

from __future__ import annotations

import csv
from contextlib import closing
from dataclasses import replace

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.interchange.csv_form import csv_lines
from kyodo_desktop.domain.narrowing import narrowed
from kyodo_desktop.domain.open_data import in_one_line, open_data
from kyodo_desktop.services import structure
from tests import effort
from tests.builders import Clock, node_of, opened
from tests.generated_plans import generated_plan, narrowing_somehow


def rows_of(outline):
    headings, *rows = open_data(outline)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_a_row_says_all_that_is_published_of_an_action(workspace):
    rows = rows_of(workspace.outline)
    assert len(rows) == 32
    assert rows[0] == {
        "市町村名": "富里市",
        "計画": "協働のまちづくり推進計画",
        "調査": "平成27年度",
        "時点": "2015-10-31",
        "確定": "確定前",
        "期": "前期",
        "番号": "1-(1)-①",
        "推進項目": "環境づくり",
        "施策": "活動拠点の整備",
        "実行計画": "市民活動ブースの設置",
        "内容": "",
        "状態": "完了の目途",
        "進捗状況": "市民活動サポートセンター開設すれば完了（28年3月予定）",
        "方向性": "",
        "今後の方向性": "",
        "完了予定": "",
        "主担当": "",
        "関係課": "",
        "再掲": "",
    }
    assert [each["再掲"] for each in rows if each["再掲"]] == ["5-(1)-①", "3-(4)-①"]


def test_texts_are_in_one_line_and_months_as_programs_write_them(workspace):
    structure.rename(workspace, node_of(workspace.outline, "環境づくり"), "=環境")
    outline = workspace.outline
    line = outline.lines[1][0]
    lines = (
        line._replace(text="\r\n一つ目 \n\n\tその続き\n"),
        line._replace(id=999, status_id=None, text="二つ目", section_id=None),
    )
    action = outline.actions[1]._replace(due="2016-03", description="2016-03", note="内部")
    rows = rows_of(
        replace(outline, lines={**outline.lines, 1: lines}, actions={**outline.actions, 1: action})
    )
    assert (rows[0]["推進項目"], rows[0]["完了予定"]) == ("'=環境", "2016-03")
    assert rows[0]["内容"] == "2016-03"
    assert rows[0]["進捗状況"] == "◇ 一つ目／その続き／未記入 二つ目"
    assert in_one_line("右\u202e左\0") == "右〔U+202E〕左〔U+0000〕"


def test_a_number_that_looks_like_a_date_is_published_as_it_is(workspace):
    outline = workspace.outline
    levels = tuple(each._replace(numbering="1") for each in outline.levels)
    heading, *_ = outline.headings.values()
    headings = {**outline.headings, heading.id: heading._replace(title="2015-10")}
    row, *_ = rows_of(replace(outline, levels=levels, headings=headings))
    assert (row["番号"], row["推進項目"]) == ("1-1-1", "2015-10")


def test_columns_that_a_plan_calls_alike_have_names_of_their_own(workspace):
    outline = workspace.outline
    levels = tuple(each._replace(name="状態") for each in outline.levels)
    headings, *rows = open_data(replace(outline, levels=levels))
    assert [each for each in headings if each.startswith("状態")] == [
        *("状態", "状態（2）", "状態（3）", "状態（4）")
    ]
    assert {len(each) for each in rows} == {len(headings)}


def test_all_that_is_public_of_actions_is_in_it_and_nothing_internal(marked):
    path, markers = marked
    with closing(opened(path, Clock())) as plan:
        outline = plan.workspace.outline
    headings, first, *_ = open_data(outline)
    text = str([*open_data(outline)])
    assert markers.internal_in(text) == []
    assert markers.public_missing_in(text, "heading", "section", "term", "direction") == []
    (action, *_), (line, *_) = outline.actions.values(), outline.lines[1]
    public = (action.title, action.description, line.text, outline.outlooks[1].text, action.due)
    assert {*public} <= {*first}
    columns = {each.heading for each in action_fields.FIELDS if each.is_public}
    assert columns - {*headings} == {"記入課"}


@effort.seeds(quick=200, deep=20_000, each=100)
def test_any_plan_is_a_table(seeds):
    for seed in seeds:
        with effort.note_seed(seed):
            whole = generated_plan(seed)
            expect_table(whole)
            expect_table(narrowed(whole, narrowing_somehow(whole, seed)))


def expect_table(outline):
    lines = [*csv_lines(open_data(outline))]
    assert "".join(lines).splitlines() == [each.removesuffix("\r\n") for each in lines]
    headings, *rows = csv.reader(lines)
    assert len({*headings}) == len(headings)
    for row in rows:
        assert len(row) == len(headings)
        assert not any(each.startswith(("=", "+", "-", "@", "\t", "＝")) for each in row)
