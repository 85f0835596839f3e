"""What people change in the CSV or in the workbook comes in; what does not fit is named."""

from __future__ import annotations

import csv
from datetime import datetime

import pytest

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.excel.data_book import is_ours, read_export, write_export
from kyodo_desktop.services.interchange import whole_plan
from tests.excel.data_book.books import Book
from tests.services.interchange.full_plan import created

pytestmark = pytest.mark.same_everywhere("test_formats.py lets Windows write and read such files")


@pytest.fixture(scope="module")
def whole(full_master):
    return whole_plan(full_master)


@pytest.fixture(scope="module")
def exports(whole, tmp_path_factory):
    """The files as they were written, to copy from."""
    folder = tmp_path_factory.mktemp("exports")
    for suffix in (".csv", ".xlsx"):
        write_export(whole, folder / f"計画{suffix}")
    return folder


class Csv:
    """A CSV as a spreadsheet shows it: cells by row and heading, which Excel saves again."""

    def __init__(self, path):
        with path.open(encoding="utf-8-sig", newline="") as file:
            self.rows = list(csv.reader(file))

    def set(self, row, heading, value):
        self.rows[row - 1][self.rows[0].index(heading)] = str(value)

    def save(self, path):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(self.rows)


@pytest.fixture(scope="module")
def book(exports):
    return Book(exports / "計画.xlsx")


@pytest.fixture(params=[".csv", ".xlsx"])
def file(request, tmp_path):
    """Where the table goes that somebody changed."""
    return tmp_path / f"計画{request.param}"


@pytest.fixture
def table(request, file, exports):
    if file.suffix == ".csv":
        return Csv(exports / "計画.csv")
    return request.getfixturevalue("book")


@pytest.fixture
def own_table(file, exports):
    """A table whose rows the test may move."""
    return (Csv if file.suffix == ".csv" else Book)(exports / file.name)


def line(whole, key):
    return next(row for row in whole.tables["progress"] if row["id"] == key)


def test_a_changed_text_and_a_changed_status_come_in(whole, table, file, tmp_path):
    key = whole.tables["progress"][0]["id"]
    table.set(2, "文", "書き直した文\n二行目")
    table.set(2, "状態", "✓")
    table.save(file)
    assert is_ours(file)
    created(read_export(file), tmp_path / "b.kyodo")
    after = whole_plan(tmp_path / "b.kyodo")
    assert line(after, key) == {
        **line(whole, key),
        "text": "書き直した文\n二行目",
        "status_id": next(row["id"] for row in whole.tables["status"] if row["mark"] == "✓"),
    }
    assert len(after.tables["progress"]) == len(whole.tables["progress"])


def test_a_line_that_was_added_gets_a_key(whole, own_table, file, tmp_path):
    values = {"種別": "進捗状況", "調査": "平成28年度", "順番": 9, "文": "足した行"}
    values["実行計画キー"] = 2
    if isinstance(own_table, Csv):
        own_table.rows.insert(2, [""] * len(own_table.rows[0]))
    else:
        own_table.sheet.insert_rows(3)
    for heading, value in values.items():
        own_table.set(3, heading, value)
    own_table.save(file)
    created(read_export(file), tmp_path / "b.kyodo")
    lines = whole_plan(tmp_path / "b.kyodo").tables["progress"]
    (added,) = (row for row in lines if row["text"] == "足した行")
    assert (added["round_id"], added["action_id"], added["status_id"]) == (2, 2, None)
    assert added["id"] not in {row["id"] for row in whole.tables["progress"]}


def test_a_sorted_table_with_a_column_of_somebody_is_read_as_well(whole, own_table, file):
    if isinstance(own_table, Csv):
        own_table.rows[1:] = reversed(own_table.rows[1:])
        own_table.rows[0].append("メモ")
    else:
        own_table.sheet.move_range(f"A2:{own_table.sheet.dimensions.split(':')[1]}", rows=3)
        own_table.sheet.cell(1, 40).value = "メモ"
    own_table.save(file)
    tables = read_export(file).tables
    assert {k: sorted(v, key=lambda row: row["id"]) for k, v in tables.items()} == whole.tables


REFUSALS = {
    "a status that the plan has not": (
        "状態",
        "✔",
        "「✔」は種別「状態」の行にありません",
    ),
    "a round that is not there": ("調査", "平成99年度", "ある値: 平成27年度、平成28年度"),
    "a key that is no number": ("実行計画キー", "一", "「実行計画キー」は整数に"),
    "an action that is not there": (
        "実行計画キー",
        "9999",
        "が指す行がありません",
    ),
    "a key that is taken": ("キー", "2", "「キー」と同じものが"),
    "a kind that there is not": ("種別", "進捗", "「種別」の「進捗」は使えません"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_cell_that_does_not_fit_is_named_by_row_and_column(table, file, tmp_path, case):
    heading, value, words = REFUSALS[case]
    table.set(2, heading, value)
    table.save(file)
    with pytest.raises(RefusedError) as refused:
        created(read_export(file), tmp_path / "b.kyodo")
    message = refused.value.message
    assert words in message
    assert f"「{heading}」" in message
    assert "列" in message
    assert ("「データ」シート " in message) == isinstance(table, Book)
    assert "作成していません" in message
    assert not (tmp_path / "b.kyodo").exists()


def test_a_change_where_it_has_no_effect_is_told(table, file, tmp_path):
    table.set(2, "実行計画", "別の名前")
    table.save(file)
    with pytest.raises(RefusedError, match="「実行計画」は、計画のどこの行かを示すだけの欄"):
        created(read_export(file), tmp_path / "b.kyodo")


def test_a_name_that_is_changed_in_its_own_row_comes_in(exports, tmp_path):
    table, file = Csv(exports / "計画.csv"), tmp_path / "計画.csv"
    row = next(place for place, row in enumerate(table.rows, 1) if row[0] == "実行計画")
    table.set(row, "実行計画", "新しい名前")
    table.save(file)
    created(read_export(file), tmp_path / "b.kyodo")
    assert whole_plan(tmp_path / "b.kyodo").tables["action"][0]["title"] == "新しい名前"


def test_a_column_that_is_gone_is_named(exports, tmp_path):
    table, file = Csv(exports / "計画.csv"), tmp_path / "計画.csv"
    table.rows[0][table.rows[0].index("文")] = "本文"
    table.save(file)
    with pytest.raises(RefusedError, match="「文」の列がありません"):
        read_export(file)


def test_a_value_in_a_column_of_other_rows_is_named(exports, tmp_path):
    table, file = Csv(exports / "計画.csv"), tmp_path / "計画.csv"
    table.set(2, "方向性", "拡充")
    table.save(file)
    with pytest.raises(RefusedError, match="「方向性」には、種別「進捗状況」の行では何も"):
        read_export(file)


def test_a_csv_without_its_last_row_is_not_taken_for_whole(exports, tmp_path):
    table, file = Csv(exports / "計画.csv"), tmp_path / "計画.csv"
    table.rows = [row for row in table.rows if row[0] != "書式"]
    table.save(file)
    with pytest.raises(RefusedError, match="種別「書式」の行がありません"):
        read_export(file)


def test_a_csv_in_the_old_japanese_code_has_lost_its_marks(exports, tmp_path):
    file = tmp_path / "計画.csv"
    text = (exports / "計画.csv").read_text(encoding="utf-8-sig")
    file.write_bytes(text.encode("cp932", "replace"))
    assert is_ours(file)
    with pytest.raises(RefusedError, match="CSV UTF-8"):
        read_export(file)


@pytest.fixture(scope="module")
def others(exports):
    return Book(exports / "計画.xlsx", "データ（その他）")


@pytest.mark.parametrize("typed", ["H28.3", "平成28年3月", datetime(2016, 3, 1)])
def test_a_month_may_be_typed_in_any_form(others, tmp_path, typed):
    first = next(row[0].row for row in others.sheet.iter_rows() if row[0].value == "実行計画")
    others.set(first, "完了予定", typed)
    others.save(tmp_path / "計画.xlsx")
    read = read_export(tmp_path / "計画.xlsx")
    assert read.tables["action"][0]["due"] == "2016-03"
