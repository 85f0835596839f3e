"""A report of version 0.3.0 held the plan as of its round: it comes back as its data does.

Reports hold no plan any more, but those that were written stay in the folders of offices.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.interchange import report_sheets
from kyodo_desktop.domain.interchange.checking import checked
from kyodo_desktop.domain.interchange.report_sheets import from_report
from kyodo_desktop.domain.interchange.sheet_rows import Sheet
from kyodo_desktop.domain.tables import TABLES
from kyodo_desktop.excel.data_book import is_ours, read_export
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.services.dump import dump
from tests.builders import opened
from tests.excel.data_book.books import Book
from tests.services.interchange.full_plan import created

pytestmark = pytest.mark.same_everywhere("test_formats.py lets Windows write and read such files")

EXPORTS = Path(__file__).parents[2] / "fixtures" / "exports"
REPORT, DATA = EXPORTS / "report_0.3.0.xlsx", EXPORTS / "data_0.3.0.json"
TEXT = "書き直した文"


@pytest.fixture
def come_back(tmp_path, clock):
    """A function that makes a plan of an export and returns its dump."""

    def come_back(export):
        target = tmp_path / "戻した計画.kyodo"
        created(read_export(export), target)
        with closing(opened(target, clock)) as plan:
            return dump(plan.workspace)

    return come_back


@pytest.fixture
def report(tmp_path):
    return tmp_path / "報告書.xlsx"


@pytest.fixture(scope="module")
def book():
    """The report, for people to change."""
    return Book(REPORT)


def test_it_comes_back_as_the_data_of_the_same_plan_does(come_back):
    assert is_ours(REPORT)
    plan = come_back(REPORT)
    assert plan == come_back(DATA)
    assert plan["opinions"] == [
        {"round": "平成27年度", "heading": 1, "text": "よい", "response": ""}
    ]
    assert (plan["plan"]["municipality"], plan["report_choices"]) == ("", [])


def test_what_people_changed_in_it_comes_in(book, report, come_back):
    book.set(2, "進捗状況", TEXT)
    book.set(2, "状態", "✓")
    book.set(2, "施策", "別の施策")
    book.set(2, "完了予定", "H28.3")
    book.save(report)
    after = come_back(report)
    (action,) = [
        each for each in after["actions"] if [line["text"] for line in each["progress"]] == [TEXT]
    ]
    assert (action["progress"][0]["status"], action["due"]) == ("✓", "2016-03")
    assert after["terms"][0]["headings"][0]["headings"][0]["title"] == "別の施策"


REFUSALS = {
    "a status that there is not": ({(2, "状態"): "✔"}, "「状態」の「✔」は状態の一覧にありません"),
    "a section that there is not": ({(2, "主担当"): "広報課"}, "「主担当」の「広報課」は"),
    "another term": ({(2, "期"): "中期"}, "「期」とその年度が、計画の定義にありません"),
    "a column that is gone": ({(1, "内容"): "説明"}, "「内容」の列がここにありません"),
    "a line of no place": ({(2, "行"): "一"}, "「行」は1以上の整数に"),
    "an action without number": ({(2, "実行計画キー"): "a"}, "J列「キー」は1以上の整数に"),
    "a year that is none": ({(2, "開始年度"): "いつか"}, "「開始年度」は1以上の整数に"),
    "a month that is none": ({(2, "完了予定"): "いつか"}, "「完了予定」の「いつか」は年月として"),
    "a section twice": (
        {(2, "関係課"): "市民活動推進課、市民活動推進課"},
        "「データ」シート 2行の",
    ),
    "two rows that differ": ({(3, "実行計画キー"): 1, (3, "内容"): "別"}, "「内容」が、同じ"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_cell_that_does_not_fit_is_named(book, report, come_back, tmp_path, case):
    changes, words = REFUSALS[case]
    for (row, heading), value in changes.items():
        book.set(row, heading, value)
    book.save(report)
    with pytest.raises(RefusedError) as refused:
        come_back(report)
    assert words in refused.value.message
    assert "「データ」シート " in refused.value.message
    assert not (tmp_path / "戻した計画.kyodo").exists()


@pytest.fixture(scope="module")
def sheets():
    """The two sheets of the report that hold its plan."""
    return {grid.sheet: Sheet(grid.sheet, grid.rows) for grid in read_table(REPORT).grids}


def without(sheet, *left_out):
    """The sheet without some of its rows, numbered from 0."""
    return sheet._replace(rows=[row for at, row in enumerate(sheet.rows) if at not in left_out])


def check(whole):
    """Check the plan as it is when it comes in, where it gets a history."""
    first = {"id": 1, "at": "", "author": "", "label": "", "reverses_id": None}
    checked(whole._replace(tables={**whole.tables, "operation": [first]}))


def said_of(data, definition):
    """What is said of a report's sheets; nothing where they are a plan."""
    try:
        check(from_report(data, definition))
    except RefusedError as error:
        return error.message
    return ""


def test_a_field_that_is_gone_is_named_or_not_needed(sheets):
    definition = sheets["計画の定義"]
    places = {row[0::2][:2]: at for at, row in enumerate(definition.rows) if at}
    said = {
        field: said_of(sheets["データ"], without(definition, at)) for field, at in places.items()
    }
    assert [each for each in said.values() if each and "「計画の定義」シート " not in each] == []
    assert "行からの状態「集計に含める」の行がありません" in said["status", "counted"]
    assert said["term", "continues_id"] == ""


def test_a_plan_without_its_levels_is_refused(sheets):
    data, definition = sheets["データ"], sheets["計画の定義"]
    levels = [at for at, row in enumerate(definition.rows) if row[0] == "level"]
    for left_out in (levels, levels[:-3]):
        with pytest.raises(RefusedError, match="階層（level）の行を2～5段に"):
            from_report(data, without(definition, *left_out))


def test_a_definition_of_nothing_is_refused(sheets):
    for definition in (Sheet("計画の定義", ()), Sheet("計画の定義", (("level",), ("level", "x")))):
        with pytest.raises(RefusedError, match="「計画の定義」シート"):
            from_report(sheets["データ"], definition)


def test_a_value_in_the_definition_that_does_not_fit_is_named(sheets):
    definition = sheets["計画の定義"]
    rows = [
        (*row[:3], "x") if row[0::2][:2] == ("status", "counted") else row
        for row in definition.rows
    ]
    said = said_of(sheets["データ"], definition._replace(rows=rows))
    assert "行からの状態「集計に含める」は整数に" in said


def test_a_column_that_is_gone_from_the_data_is_named(sheets):
    data, definition = sheets["データ"], sheets["計画の定義"]
    always = [
        place
        for place, heading in enumerate(data.rows[0])
        if heading not in report_sheets._later_columns()
    ]
    for column in always:
        rows = [(*row[:column], *row[column + 1 :]) for row in data.rows]
        with pytest.raises(RefusedError, match="「データ」シート 1行"):
            from_report(data._replace(rows=rows), definition)


@pytest.mark.parametrize(
    ("field", "kept_in"),
    [
        (action_fields.NOTE, "_ACTION_FIELDS"),
        (action_fields.ACTORS, "_ACTION_FIELDS"),
        (action_fields.DIRECTION, "_ROUND_FIELDS"),
    ],
    ids=str,
)
def test_a_report_of_before_a_field_came_is_read(monkeypatch, sheets, field, kept_in):
    data, definition = sheets["データ"], sheets["計画の定義"]
    described = TABLES[field.scope.value]
    later = replace(
        field,
        earlier=field.type.empty,
        column=field.column and field.column._replace(earlier=field.type.empty),
    )
    if field.column:
        columns = [later.column if each is field.column else each for each in described.columns]
        monkeypatch.setitem(TABLES, field.scope.value, described._replace(columns=columns))
    fields = [later if each is field else each for each in getattr(report_sheets, kept_in)]
    monkeypatch.setattr(report_sheets, kept_in, fields)
    assert said_of(data, definition) == ""
    place = data.rows[0].index(field.heading)
    rows = [(*row[:place], *row[place + 1 :]) for row in data.rows]
    earlier = data._replace(rows=rows)
    assert said_of(earlier, definition) == ""
    found, table = from_report(earlier, definition).tables, field.scope.value
    assert len(found["action"]) == len(from_report(data, definition).tables["action"])
    if field.column is None:
        assert found[field.type.table] == []
    else:
        assert not any(field.column.name in row for row in found[table])
    moved = (*rows[0], field.heading)
    assert "の列がここにありません" in said_of(data._replace(rows=[moved, *rows[1:]]), definition)
