"""`export --like` fills in a copy of the table that a plan came from."""

from __future__ import annotations

import json

import openpyxl
import pytest

from kyodo_desktop.services.rounds import open_round
from tests.builders import Clock, opened
from tests.import_report import OURS as TABLES
from tests.test_cli_import import TABLE


def dumped(command, path):
    """Return title, statuses and texts of the actions of a plan."""
    return {
        (each["title"], *((line["status"], line["text"]) for line in each["progress"]))
        for each in json.loads(command("dump", path)[1])["actions"]
    }


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "進行管理表.xlsx"
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    for merged in ("B4:B5", "C4:C5", "B6:B7", "C6:C7"):
        book.active.merge_cells(merged)
    book.save(path)
    return path


@pytest.fixture
def plan(table, tmp_path, command):
    path = tmp_path / "計画.kyodo"
    assert command("import", table, path)[0] == 0
    return path


def test_a_table_that_says_the_same_is_copied_as_it_is(plan, table, tmp_path, command):
    out = tmp_path / "写し.xlsx"
    code, output, said = command("export", plan, out, "--like", table)
    assert (code, output) == (0, f"「{out}」に出力しました。\n")
    assert "計画と同じ" in said
    assert "既にあります" in command("export", plan, out, "--like", table)[2]
    assert out.read_bytes() == table.read_bytes()


def test_another_table_is_refused_with_words_about_the_copy(plan, tmp_path, command):
    empty = tmp_path / "メモ.xlsx"
    openpyxl.Workbook().save(empty)
    out = tmp_path / "写し.xlsx"
    for other in (empty, TABLES / "yuki_sheet_2014.xlsx"):
        code, _, said = command("export", plan, out, "--like", other)
        assert code != 0
        assert f"「{other.name}」に、この計画の" in said
        assert "何も書いていません。" in said
        assert not out.exists()


def test_signs_for_nothing_are_filled_in_and_letters_of_directions_kept(tmp_path, command):
    heads = ["施策", "事業", "担当課", "完了予定", "評価", "実績", "方向性"]
    legend = ["方向性　Ａ：拡充　Ｂ：継続　Ｃ：廃止"]
    own = ["安全", "備蓄", "防災課", "平成30年3月", "B", "買った。", "Ｂ"]
    other = ["安全", "訓練", "防災課", "平成31年3月", "A", "行った。", "Ａ　拡充（全市へ）"]
    paths = [tmp_path / "元.xlsx", tmp_path / "空欄あり.xlsx"]
    rows = [
        [own, other, ["福祉", "相談", "福祉課", "平成30年3月", "A", "毎日1回", "Ｂ"]],
        [
            ["安全", "備蓄", "－", "―", "-", "－", "なし"],
            [*other[:6], "Ｂ"],
            ["福祉", "相談", "福祉課", "平成30年3月", "A", "毎日1回", "Ａ　拡充"],
        ],
    ]
    for path, mine in zip(paths, rows, strict=True):
        book = openpyxl.Workbook()
        for row in (["防災計画（平成29年度）"], legend, heads, *mine):
            book.active.append(row)
        book.save(path)
    plan, out = tmp_path / "計画.kyodo", tmp_path / "写し.xlsx"
    assert command("import", paths[0], plan)[0] == 0
    said = json.loads(command("dump", plan)[1])
    assert said["directions"] == ["拡充", "継続", "廃止"]
    found = [(o["direction"], o["text"]) for a in said["actions"] for o in a["outlooks"]]
    assert found == [("継続", ""), ("拡充", "全市へ"), ("継続", "")]
    assert command("export", plan, out, "--like", paths[1])[0] == 0
    sheet = openpyxl.load_workbook(out).active
    filled = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert filled == [own, [*other[:6], "Ａ　拡充（全市へ）"], [*rows[1][2][:6], "Ｂ"]]


def other_table(path, *rows):
    """A table of the same plan with other rows below its headings."""
    book = openpyxl.Workbook()
    for row in (*TABLE[:3], *rows):
        book.active.append(row)
    book.save(path)
    return path


def test_what_the_table_says_otherwise_is_written(plan, tmp_path, command):
    first, second, third, fourth = (list(row) for row in TABLE[3:7])
    first[5], second[6], second[4] = "△", "別の文", "人事課"
    other = other_table(tmp_path / "別の表.xlsx", first, second, third, fourth)
    out = tmp_path / "写し.xlsx"
    code, _, said = command("export", plan, out, "--like", other)
    assert (code, said) == (0, "3個のセルに書き込みました。\n")
    sheet = openpyxl.load_workbook(out).active
    assert [sheet[each].value for each in ("F4", "G5", "E5")] == ["◎", "週1回開いた", "市民協働課"]


def test_an_action_that_the_table_lacks_goes_into_a_blank_row_of_its_group_or_onto_a_sheet(
    plan, tmp_path, command
):
    gone = (9, "担い手づくり", "研修の充実", "計画にない事業", "人事課", "○", "文", "継続")
    rows = (TABLE[3], (), (3, *TABLE[5][1:]), gone, (), (None, None, "計"))
    other, out = other_table(tmp_path / "別の表.xlsx", *rows), tmp_path / "写し.xlsx"
    code, _, said = command("export", plan, out, "--like", other)
    assert code == 0
    book = openpyxl.load_workbook(out)
    filled = [[cell.value for cell in row[3:8]] for row in book.worksheets[0].rows]
    assert list(TABLE[4][3:8]) in filled
    assert "計画にない事業" in said
    written = [cell.value for sheet in book for row in sheet.rows for cell in row]
    assert "市民講座の開催" in written
    again = tmp_path / "取り込み直し.kyodo"
    assert command("import", out, again)[0] == 0
    assert dumped(command, again) >= dumped(command, plan)


def test_a_newer_round_replaces_the_values_or_is_refused_where_it_has_no_cells(
    plan, table, tmp_path, command
):
    edited = opened(plan, Clock())
    open_round(edited.workspace, "平成29年度", 2017, "2018-03-31")
    edited.close()
    out = tmp_path / "写し.xlsx"
    code, _, said = command("export", plan, out, "--like", table, "--cells", "own")
    assert code == 1
    assert "「平成29年度」の欄がありません" in said
    assert not out.exists()
    code, _, said = command("export", plan, out, "--like", table)
    assert code == 0
    assert "「平成28年度」の欄を置き換えました" in said


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (("--cells", "replace"), "「--like」と一緒"),
        (("--like", "表.xls"), "古い形式"),
        (("--like", "進行管理表.xlsx", "--cells", "both"), "own、replace"),
        (("--like", "進行管理表.xlsx", "--data"), "一緒に使えません"),
        (("--like", "進行管理表.xlsx", "b.xlsx"), "1つのファイル"),
        (("--like", "進行管理表.xlsx", "--edition", "公開用"), "「--edition」は、"),
    ],
)
def test_a_wrong_command_says_what_to_do(plan, tmp_path, command, monkeypatch, rest, words):
    monkeypatch.chdir(tmp_path)
    code, _, said = command("export", plan, tmp_path / "写し.xlsx", *rest)
    assert code != 0
    assert words in said
    assert not (tmp_path / "写し.xlsx").exists()
