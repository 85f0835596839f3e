"""Each form of export says all that the plan says, and comes back to the same rows."""

from __future__ import annotations

import csv
import json

import pytest
from openpyxl import Workbook, load_workbook

from kyodo_desktop.domain.errors import CancelledError, ExportError, ReadingError, RefusedError
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.tables import TABLES
from kyodo_desktop.excel.data_book import is_ours, read_export, write_export
from kyodo_desktop.services.interchange import whole_plan
from tests.services.interchange.full_plan import created

SUFFIXES = [".json", ".csv", ".xlsx"]


@pytest.fixture(scope="module")
def whole(full_master):
    return whole_plan(full_master)


def by_id(whole):
    """Return the tables with their rows as the database has them."""
    return {name: sorted(rows, key=lambda row: row["id"]) for name, rows in whole.tables.items()}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_written_is_read_back(whole, tmp_path, suffix):
    file = tmp_path / f"計画{suffix}"
    write_export(whole, file)
    assert is_ours(file)
    assert by_id(read_export(file)) == whole.tables


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_plan_gives_the_same_bytes(whole, tmp_path, suffix):
    for name in "ab":
        write_export(whole, tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


LATER = {
    name: {column.name: column.earlier for column in table.columns if column.is_later}
    for name, table in TABLES.items()
}


def as_it_was(file, is_gone):
    """Write a file again as a version did which did not have some of the columns."""
    if file.suffix == ".json":
        found = json.loads(file.read_text(encoding="utf-8"))
        found["tables"] = {
            table: [{name: row[name] for name in row if not is_gone(table, name)} for row in rows]
            for table, rows in found["tables"].items()
        }
        file.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        return
    headings = {
        column.heading
        for name, table in TABLES.items()
        for column in table.columns
        if is_gone(name, column.name)
    } - {"文"}  # that of the covering letter is also that of 進捗状況
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as source:
            first, *rows = csv.reader(source)
        kept = [place for place, heading in enumerate(first) if heading not in headings]
        with file.open("w", encoding="utf-8-sig", newline="") as target:
            csv.writer(target).writerows([row[at] for at in kept] for row in (first, *rows))
        return
    workbook = load_workbook(file)
    for sheet in workbook:
        for cell in reversed(sheet[1]):
            if cell.value in headings:
                sheet.delete_cols(cell.column)
    workbook.save(file)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_export_of_before_a_column_came_is_read(whole, tmp_path, suffix):
    file, plan = tmp_path / f"計画{suffix}", tmp_path / "計画.kyodo"
    write_export(whole, file)
    as_it_was(file, lambda table, column: column in LATER[table])
    created(read_export(file), plan)
    expected = {
        name: [{**row, **LATER[name]} for row in rows] for name, rows in whole.tables.items()
    }
    if suffix != ".json":
        expected["inquiry"][0]["covering"] = whole.tables["inquiry"][0]["covering"]
    assert whole_plan(plan).tables == expected


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("column", ["note", "due"])
def test_a_column_that_was_always_there_may_not_be_missing(whole, tmp_path, suffix, column):
    file = tmp_path / f"計画{suffix}"
    write_export(whole, file)
    as_it_was(file, lambda table, name: (table, name) == ("action", column))
    heading = {"note": "備考", "due": "完了予定"}[column]
    with pytest.raises(RefusedError, match=f"「{heading}」の"):
        created(read_export(file), tmp_path / "計画.kyodo")


def test_a_later_column_may_be_missing_only_as_a_whole(whole, tmp_path):
    first, *rows = whole.tables["progress"]
    first = {name: value for name, value in first.items() if name != "carried"}
    tables = {**whole.tables, "progress": [first, *rows]}
    with pytest.raises(RefusedError, match="「前回のまま」の値がありません"):
        created(whole._replace(tables=tables), tmp_path / "計画.kyodo")


def test_json_says_each_row_by_the_names_of_the_database(whole, tmp_path):
    write_export(whole, tmp_path / "計画.json")
    found = json.loads((tmp_path / "計画.json").read_text(encoding="utf-8"))
    assert (found["format"], found["version"]) == ("kyodo-plan", 1)
    assert found["tables"]["progress"][0]["text"] == whole.tables["progress"][0]["text"]
    assert isinstance(found["tables"]["change"][0]["after"], dict)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_writing_that_nobody_wants_leaves_the_old_file(whole, tmp_path, suffix):
    file, told = tmp_path / f"計画{suffix}", []
    file.write_text("元のファイル", encoding="utf-8")
    unwanted = JobControl()
    unwanted.cancel()
    with pytest.raises(CancelledError):
        write_export(whole, file, unwanted)
    assert file.read_text(encoding="utf-8") == "元のファイル"
    write_export(whole, file, JobControl(lambda done, total: told.append((done, total))))
    assert told[0][0] <= told[0][1]


def test_a_name_with_another_end_is_refused(whole, tmp_path):
    with pytest.raises(ExportError, match=r"計画\.docx.*\.json"):
        write_export(whole, tmp_path / "計画.docx")


OTHERS = {
    "no JSON": ("{", "1行目の2文字目で"),
    "another JSON": ("[]", "で作ったJSONではありません"),
    "another format": ('{"format": "x"}', "で作ったJSONではありません"),
    "a newer version": ('{"format": "kyodo-plan", "version": 2}', "（バージョン2）"),
    "no tables": ('{"format": "kyodo-plan", "version": 1}', "で作ったJSONではありません"),
    "an unknown table": (
        '{"format": "kyodo-plan", "version": 1, "tables": {"x": []}}',
        "で作ったJSONではありません",
    ),
    "rows that are none": (
        '{"format": "kyodo-plan", "version": 1, "tables": {"plan": [1]}}',
        "で作ったJSONではありません",
    ),
    "endless brackets": ("[" * 100_000, "で作ったJSONではありません"),
    "endless digits": ('{"a": ' + "9" * 10_000 + "}", "で作ったJSONではありません"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_another_json_is_refused_by_name(tmp_path, case):
    text, words = OTHERS[case]
    file = tmp_path / "別.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        read_export(file)
    assert words in refused.value.message
    assert "別.json" in refused.value.message


def test_a_missing_file_is_told(tmp_path):
    assert not is_ours(tmp_path / "ない.json")
    with pytest.raises(ReadingError, match=r"ない\.json"):
        read_export(tmp_path / "ない.json")


def saved_from_a_spreadsheet(csv_file, to):
    """Write the rows of a CSV as Excel and Calc do, which take the texts in cells as they are."""
    with csv_file.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    if to.suffix == ".xlsx":
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet("計画")
        for row in rows:
            sheet.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
        workbook.save(to)
        return
    encoding, sign = ("utf-16", "\t") if to.suffix == ".txt" else ("utf-8", ";")
    with to.open("w", encoding=encoding, newline="") as target:
        csv.writer(target, delimiter=sign).writerows(rows)


@pytest.mark.parametrize("name", ["ブック.xlsx", "Unicode テキスト.txt", "セミコロン.csv"])
def test_a_csv_that_went_through_a_spreadsheet_comes_back_whole(whole, tmp_path, name):
    write_export(whole, tmp_path / "計画.csv")
    file = tmp_path / name
    saved_from_a_spreadsheet(tmp_path / "計画.csv", file)
    assert is_ours(file)
    assert by_id(read_export(file)) == whole.tables


def test_numbers_without_their_guard_that_became_dates_come_back(whole, tmp_path):
    placements = [{**row, "number": "1-2"} for row in whole.tables["placement"]]
    numbered = whole._replace(tables={**whole.tables, "placement": placements})
    write_export(numbered, tmp_path / "計画.csv")
    text = (tmp_path / "計画.csv").read_text(encoding="utf-8-sig")
    damaged = tmp_path / "日付.csv"
    damaged.write_text(text.replace(",'1-2,", ",1月2日,"), encoding="utf-8-sig", newline="")
    assert "1月2日" in damaged.read_text(encoding="utf-8-sig")
    assert by_id(read_export(damaged)) == numbered.tables
