"""`import` makes a plan of a table, or of what was written out of a plan."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.domain.importing.mapping_json import mapping_as_json
from kyodo_desktop.domain.importing.readings import guess_mapping
from kyodo_desktop.excel.reading.tables import read_table
from kyodo_desktop.services.importing.mapping_file import read_mapping_file, write_mapping_file

TABLE = (
    ("市民協働推進計画 進行管理表（平成28年度）",),
    (),
    ("番号", "基本目標", "施策", "事業名", "担当課", "状態", "進捗状況", "今後の方向性"),
    (1, "環境づくり", "拠点の整備", "市民活動ブースの設置", "市民協働課", "◎", "設置した", "継続"),
    (2, None, None, "相談窓口の開設", "市民協働課", "○", "週1回開いた", "拡充"),
    (3, "担い手づくり", "研修の充実", "職員研修の実施", "人事課", "○", "年2回行った", "継続"),
    (4, None, None, "市民講座の開催", "生涯学習課", "△", "準備している", "継続"),
    (),
    ("※ 状態 ◎：達成 ○：実施中 △：検討中",),
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "進行管理表.xlsx"
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    book.active.merge_cells("B4:B5")
    book.active.merge_cells("C4:C5")
    book.active.merge_cells("B6:B7")
    book.active.merge_cells("C6:C7")
    book.save(path)
    return path


def dumped(command, path):
    code, output, error = command("dump", path)
    assert (code, error) == (0, "")
    return json.loads(output)


def test_a_table_becomes_a_plan(table, tmp_path, command):
    out = tmp_path / "計画.kyodo"
    code, output, _ = command("import", table, out)
    assert (code, output) == (0, f"「{out}」を作りました（見出し4件、事業4件）。\n")
    whole = dumped(command, out)
    (top, other) = whole["terms"][0]["headings"]
    assert [top["title"], other["title"]] == ["環境づくり", "担い手づくり"]
    assert [each["title"] for each in whole["actions"]] == [row[3] for row in TABLE[3:7]]
    assert [each["progress"][0]["status"] for each in whole["actions"]] == ["◎", "○", "○", "△"]
    assert [each["name"] for each in whole["import_mappings"]] == [whole["plan"]["title"]]


def test_what_was_not_taken_is_told_with_its_cell(table, tmp_path, command):
    book = openpyxl.load_workbook(table)
    book.active["G4"] = "あ" * 32_500
    book.save(table)
    code, output, error = command("import", table, tmp_path / "計画.kyodo")
    assert (code, len(output.splitlines())) == (0, 1), "what is unsure is no result"
    first, *others = error.splitlines()
    assert first.startswith("取り込んでいないところが1件")
    assert others[0] == "取り込んでいないところ:"
    assert any(
        each.startswith("「Sheet」シート 4行 G列: ") and "500文字を取り込んでいません" in each
        for each in others
    )


def test_the_same_doubt_of_many_cells_is_one_line(table, tmp_path, command):
    book = openpyxl.load_workbook(table)
    book.active["I3"] = "完了予定"
    for row in range(8, 12):
        book.active.append((row, None, None, f"講座{row}の開催", "人事課", "○", "開いた", "継続"))
    for row in (*range(4, 8), *range(10, 14)):
        book.active.cell(row, 9, "毎年度")
    book.save(table)
    error = command("import", table, tmp_path / "計画.kyodo")[2]
    (line,) = (each for each in error.splitlines() if "完了予定は" in each)
    assert line.startswith(
        "「Sheet」シート 4行 I列、「Sheet」シート 5行 I列、「Sheet」シート 6行 I列など"
    )


def test_marks_without_a_meaning_are_told_until_the_plan_has_them(table, tmp_path, command):
    book = openpyxl.load_workbook(table)
    book.active["A9"] = None
    book.save(table)
    out = tmp_path / "計画.kyodo"
    told = "「◎」「○」「△」の意味が表にないため"
    assert told in command("import", table, out)[2]
    assert told not in command("update", out, table, "--dry-run")[2]


def test_a_mapping_file_decides_how_the_table_is_read(table, tmp_path, command):
    book = read_table(table)
    mapping = guess_mapping(book)
    levels = tuple((f"{name}です", numbering) for name, numbering in mapping.levels)
    file = tmp_path / "設定.json"
    write_mapping_file(file, mapping_as_json(mapping._replace(levels=levels)))
    out = tmp_path / "計画.kyodo"
    assert command("import", table, out, "--mapping", file)[0] == 0
    assert all(each.endswith("です") for each in dumped(command, out)["plan"]["levels"])


@pytest.mark.parametrize("name", ["全データ.json", "全データ.csv", "全データ.xlsx"])
def test_what_was_written_out_of_a_plan_comes_back_whole(sample_file, tmp_path, command, name):
    out, back = tmp_path / name, tmp_path / "戻り.kyodo"
    assert command("export", sample_file, out, "--data")[0] == 0
    made = f"「{back}」を作りました（見出し19件、実行計画32件）。\n"
    assert command("import", out, back) == (0, made, "")
    assert dumped(command, back) == dumped(command, sample_file)


FAILURES = {
    "the plan is there": (("import", "進行管理表.xlsx", "富里市.kyodo"), "既にあります", 1),
    "no folder": (("import", "進行管理表.xlsx", "missing/a.kyodo"), "がありません", 1),
    "no table": (("import", "なし.xlsx", "a.kyodo"), "なし.xlsx", 1),
    "no workbook": (("import", "富里市.kyodo", "a.kyodo"), "富里市.kyodo", 1),
    "no mapping": (
        ("import", "進行管理表.xlsx", "a.kyodo", "--mapping", "なし.json"),
        "取込設定「なし.json」を開けません",
        1,
    ),
    "another file for a mapping": (
        ("import", "進行管理表.xlsx", "a.kyodo", "--mapping", "進行管理表.xlsx"),
        "UTF-8の文字として読み取れません",
        1,
    ),
    "a mapping that is none": (
        ("import", "進行管理表.xlsx", "a.kyodo", "--mapping", "他.json"),
        "取込設定",
        1,
    ),
    "a sheet without a table": (("import", "空.xlsx", "a.kyodo"), "表が見つかりません", 1),
    "a plan that looks like a table": (
        ("import", "進行管理表.xlsx", "計画.xlsx"),
        "「計画.xlsx」には作れません。計画のファイル名の終わりを.kyodoにしてください。",
        2,
    ),
    "a plan without an ending": (("import", "進行管理表.xlsx", "計画"), "終わりを.kyodoに", 2),
    "a new plan without an ending": (("new", "計画"), "終わりを.kyodoに", 2),
    "contents moved into a book": (("salvage", "a.kyodo", "計画.xlsx"), "終わりを.kyodoに", 2),
    "words that lack": (("import", "進行管理表.xlsx"), "「新しい計画」が足りません", 2),
}


@pytest.mark.parametrize("case", FAILURES)
def test_a_failure_writes_nothing(table, sample_file, command, monkeypatch, case):
    folder = table.parent
    monkeypatch.chdir(folder)
    Path("他.json").write_text("[]", encoding="utf-8")
    openpyxl.Workbook().save("空.xlsx")
    before = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    arguments, words, expected = FAILURES[case]
    code, output, error = command(*arguments)
    assert (code, output) == (expected, "")
    assert words in error
    assert error.count("\n") == 1
    after = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    assert after == before


def test_a_mapping_file_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(PlanError, match="保存できませんでした"):
        write_mapping_file(tmp_path / "missing" / "設定.json", "{}")


def test_a_mapping_file_comes_back_as_it_was(tmp_path):
    write_mapping_file(tmp_path / "設定.json", '{"名": "表"}')
    assert read_mapping_file(tmp_path / "設定.json").strip() == '{"名": "表"}'


def test_a_newer_table_updates_the_plan_and_the_changes_are_printed(table, tmp_path, command):
    out = tmp_path / "計画.kyodo"
    command("import", table, out)
    book = openpyxl.load_workbook(table)
    book.active["F5"], book.active["G5"], book.active["G6"] = "◎", None, "年3回行った"
    book.save(table)
    before = dumped(command, out)
    expected = [
        "変更 2件・変わらない項目 2件。",
        "進捗状況（平成28年度）：2 相談窓口の開設：「○ 週1回開いた」→「◎ 週1回開いた」",
        "進捗状況（平成28年度）：3 職員研修の実施：「○ 年2回行った」→「○ 年3回行った」",
    ]
    code, output, _ = command("update", out, table, "--dry-run")
    *lines, last = output.splitlines()
    assert (code, lines) == (0, expected)
    assert "書き込んでいません" in last
    assert dumped(command, out) == before
    code, output, _ = command("update", out, table)
    assert (code, output.splitlines()) == (0, expected)
    texts = [each["progress"][0]["text"] for each in dumped(command, out)["actions"]]
    assert texts[1:3] == ["週1回開いた", "年3回行った"]
    assert "取り込むものはありません" in command("update", out, table)[1]


def test_an_update_takes_a_shortened_direction_and_keeps_what_a_table_leaves_blank(
    tmp_path, command
):
    heads = ("施策", "事業", "担当課", "評価", "実績", "今後の方向性", "備考", "指標")
    first = (
        ("安全", "訓練", "防災課", "A", "2回行った。", "拡充（個別計画へ）", "国の補助", "5人"),
        ("安全", "備蓄", "防災課", "B", "買った。", "継続（続ける）", "市費", "7人"),
        ("福祉", "相談", "福祉課", "A", "毎日1回", "縮小（今年まで）", "寄付", "8人"),
    )
    later = (
        (*first[0][:5], "拡充", "国の補助", "=1+1"),
        (*first[1][:6], "市費と補助", "=1+1"),
        (*first[2][:6], None, "=1+1"),
    )
    paths = [tmp_path / name for name in ("昨年.xlsx", "今年.xlsx")]
    for path, rows in zip(paths, (first, later), strict=True):
        book = openpyxl.Workbook()
        for row in (("防災計画（平成29年度）",), heads, *rows):
            book.active.append(row)
        book.save(path)
    plan = tmp_path / "計画.kyodo"
    assert command("import", paths[0], plan)[0] == 0
    assert command("update", plan, paths[1])[1].splitlines()[1:] == [
        "今後の方向性（平成29年度）：訓練：「【拡充】個別計画へ」→「【拡充】」",
        "備考：備蓄：「備考：市費 指標：7人」→「備考：市費と補助 指標：7人」",
    ]
    notes = [each["note"] for each in dumped(command, plan)["actions"]]
    assert notes == [
        "備考：国の補助\n指標：5人",
        "備考：市費と補助\n指標：7人",
        "備考：寄付\n指標：8人",
    ]


@pytest.mark.parametrize("name", ["全データ.xlsx", "全データ.csv", "全データ.json", "公開.csv"])
def test_what_was_written_out_of_a_plan_does_not_update_it(sample_file, tmp_path, command, name):
    """Read as a table, its keys and signs would become texts of the plan."""
    path, whole = tmp_path / name, [] if name.startswith("公開") else ["--data"]
    assert command("export", sample_file, path, *whole)[0] == 0
    before = dumped(command, sample_file)
    code, output, error = command("update", sample_file, path)
    assert (code, output) == (1, "")
    assert f"「{name}」はこのプログラムで書き出した" in error
    assert dumped(command, sample_file) == before


def test_a_table_of_another_plan_does_not_update_this_one(table, sample_file, command):
    book = openpyxl.load_workbook(table)
    names = ("声かけ・見守り", "地域サロン", "個別避難計画", "除雪ボランティア")
    for row, name in enumerate(names, start=4):
        book.active.cell(row, 4).value = name
    book.save(table)
    before = dumped(command, sample_file)
    for options in ([], ["--dry-run"]):
        code, output, error = command("update", sample_file, table, *options)
        assert (code, output) == (1, "")
        assert "この計画の実行計画が1件もないため、更新しませんでした" in error
    assert dumped(command, sample_file) == before


def test_years_that_a_table_does_not_tell_are_asked_for(table, tmp_path, command):
    """A period of the table's own year stands in what the city publishes."""
    plan = tmp_path / "計画.kyodo"
    assert (
        "計画期間が表にないため、仮に平成28年度だけとしました" in command("import", table, plan)[2]
    )
    book = openpyxl.load_workbook(table)
    book.active["A1"] = "市民協働推進計画 進行管理表（平成29年度）"
    book.save(table)
    told = (
        "計画名に平成28年度とあり、調査「平成29年度」の報告書の表紙にもそのまま出ます。",
        "調査「平成29年度」は、計画期間（平成28年度）の外です。",
    )
    output = command("update", plan, table)[1]
    assert all(each in output for each in told)
    output = command("update", plan, table)[1]
    assert not any(each in output for each in told)
    book.active["A1"], book.active["A2"] = "市民協働推進計画 進行管理表", "平成28年度～平成32年度"
    book.save(table)
    error = command("import", table, tmp_path / "別の計画.kyodo")[2]
    assert "計画期間が" not in error
    assert "計画名に" not in error


def test_no_empty_plan_is_made_of_a_table_of_something_else(tmp_path, command):
    table, plan = tmp_path / "名簿.csv", tmp_path / "計画.kyodo"
    table.write_text("氏名,電話\n山田,1234\n佐藤,2345\n", encoding="utf-8")
    code, output, error = command("import", table, plan)
    assert (code, output) == (1, "")
    assert "実行計画が1件も見つからないため、計画を作りませんでした" in error
    assert not plan.exists()


def test_a_change_is_told_in_the_words_of_the_plan(table, tmp_path, command):
    plan = tmp_path / "計画.kyodo"
    command("import", table, plan)
    book = openpyxl.load_workbook(table)
    book.active.insert_rows(8)
    new = (5, None, None, "出前講座の実施", "生涯学習課", "○", "3回行った", "継続")
    for column, value in enumerate(new, start=1):
        book.active.cell(8, column).value = value
    book.save(table)
    output = command("update", plan, table)[1]
    assert "新しい事業：5 出前講座の実施：「」→「担い手づくり › 研修の充実」" in output
