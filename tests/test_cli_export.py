"""`export` makes one or several files of a plan, and says so of every option that it cannot."""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
import time
from contextlib import closing

import openpyxl
import pytest

from kyodo_desktop import cli, command_parser, outputs, terminal
from kyodo_desktop.command_parser import COMMANDS, PROGRAM, parsed, parser_of, uses
from kyodo_desktop.pages.options import Edition, Paper, ReportOptions
from kyodo_desktop.pages.saved_options import SavedOptions, as_body
from kyodo_desktop.paths import bundled
from kyodo_desktop.services.report_choices import save_report_choice
from kyodo_desktop.services.structure import add_action, add_heading
from tests.builders import Clock, opened

SECTION = "市民活動推進課"


@pytest.fixture(autouse=True)
def beside_the_plan(sample_file, monkeypatch):
    monkeypatch.chdir(sample_file.parent)


@pytest.fixture
def export(command, sample_file):
    """Call the command for the sample plan."""
    return lambda *arguments: command("export", sample_file.name, *arguments)


def texts(name, sheet=None):
    """Return what stands in the cells of a workbook."""
    book = openpyxl.load_workbook(name)
    sheets = book if sheet is None else [book[sheet]]
    return [str(cell.value) for each in sheets for row in each for cell in row if cell.value]


@pytest.mark.parametrize("again", ["報告A.pdf", "報告a.pdf", "./報告A.PDF", "../{here}/報告A.pdf"])
def test_one_file_is_not_written_twice_however_its_name_is_written(export, tmp_path, again):
    code, output, error = export("報告A.pdf", again.format(here=tmp_path.name))
    assert (code, output) == (2, "")
    assert "同じ出力先が2回書かれています。" in error
    assert list(tmp_path.glob("*.pdf")) == []


def test_several_files_are_made_at_once_and_told_with_their_size(export, tmp_path):
    code, output, error = export("報告.xlsx", "計画.txt", "全部.json", "--round", "平成27年度")
    assert (code, output) == (2, "")
    assert "「--round」は、「全部.json」（全データ）には使えません。" in error
    code, output, error = export("報告.xlsx", "計画.txt", "全部.json")
    assert (code, error) == (0, "")
    pages = len(openpyxl.load_workbook("報告.xlsx").sheetnames)
    first, *rest = output.splitlines()
    assert first.startswith(f"「報告.xlsx」に出力しました（庁内用、{pages}シート、")
    assert rest == ["「計画.txt」に出力しました。", "「全部.json」に出力しました。"]
    text = (tmp_path / "計画.txt").read_bytes()
    assert text.startswith("\ufeff計画名：協働のまちづくり推進計画\r\n".encode())
    whole = json.loads((tmp_path / "全部.json").read_text(encoding="utf-8"))
    assert len(whole["tables"]["action"]) == 32
    # The mark is for those who open a file, not for who reads a pipe.
    assert export("-", "--format", "txt") == (0, text.decode("utf-8-sig"), "")
    assert export("-", "--format", "csv")[1].startswith("市町村名,")


def test_a_file_that_is_there_is_replaced_only_where_this_is_said(export, tmp_path):
    (tmp_path / "報告.xlsx").write_bytes(b"mine")
    code, output, error = export("報告.xlsx", "計画.txt")
    assert (code, output) == (1, "")
    assert "「報告.xlsx」は既にあります。置き換えるときは「--force」" in error
    assert (tmp_path / "報告.xlsx").read_bytes() == b"mine"
    assert not (tmp_path / "計画.txt").exists()
    assert export("報告.xlsx", "--force")[0] == 0
    assert "進捗状況一覧" in openpyxl.load_workbook("報告.xlsx").sheetnames


def test_one_file_that_cannot_be_written_does_not_keep_the_others_back(export, tmp_path):
    code, output, error = export("ない/報告.xlsx", "ない/報告.csv", "計画.txt")
    assert (code, output) == (1, "「計画.txt」に出力しました。\n")
    assert "「報告.xlsx」「報告.csv」に出力できません。フォルダー「ない」が見つかりません" in error
    assert error.count("見つかりません") == 1
    assert (tmp_path / "計画.txt").is_file()


def test_options_choose_what_is_told_and_how_it_looks(export, tmp_path):
    code, _, error = export(
        *(
            "a.xlsx",
            "--sheets",
            "新旧対照表,進捗状況一覧",
            "--paper",
            "Ａ３横",
            "--columns",
            "実行計画、今回",
        ),
        *("--status", "完了,◇", "--font", "ない書体", "--edition", "公開用", "b.txt"),
    )
    assert code == 0
    nothing_to_tell, no_font = error.splitlines()
    assert nothing_to_tell == "「新旧対照表」には、出力するものがないため、入れていません。"
    assert no_font.startswith("書体「ない書体」は、このパソコンにありません。")
    book = openpyxl.load_workbook("a.xlsx")
    assert book.sheetnames == ["進捗状況一覧"]
    assert int(book.active.page_setup.paperSize) == 8
    assert book.active["A1"].font.name == "ない書体"
    found = texts("a.xlsx")
    assert {"実行計画", "今回"} < set(found)
    assert not {"番号", "進捗状況"} & set(found)
    export("全部.txt")
    few, every = ((tmp_path / each).read_text("utf-8-sig") for each in ("b.txt", "全部.txt"))
    assert "現在\n対象：完了、完了の目途\n計画期間：" in few
    assert "対象：" not in every
    assert 0 < few.count("\n状態：") == few.count("\n状態：完了") < every.count("\n状態：")


def test_a_heading_of_a_chosen_term_may_have_a_comma_in_its_name(export, sample_file):
    with closing(opened(sample_file, Clock())) as plan:
        heading = add_heading(plan.workspace, plan.workspace.outline.roots[1], "学び、支え合う")
        add_action(plan.workspace, add_heading(plan.workspace, heading, "次の施策"), "次の取組")
    name = "1 学び、支え合う"
    assert export("a.xlsx", "--term", "後期", "--heading", name)[0] == 0
    assert "次の取組" in texts("a.xlsx")
    code, _, error = export("b.xlsx", "--term", "中期", "--heading", name)
    assert (code, "「期」に「中期」はありません" in error) == (2, True)


def test_choices_that_have_a_name_in_the_plan_are_taken_and_can_be_changed(
    export, sample_file, tmp_path
):
    chosen = ReportOptions(Edition.PUBLIC, ("進捗状況一覧",), Paper.A3_LANDSCAPE)
    with closing(opened(sample_file, Clock())) as plan:
        save_report_choice(plan.workspace, "市のページ", as_body(SavedOptions(chosen)))
        save_report_choice(plan.workspace, "古い設定", '{"parts": ["昔のシート"], "paper": 7}')
    assert export("a.xlsx", "--choices", "市のページ", "--paper", "A4縦")[0] == 0
    assert openpyxl.load_workbook("a.xlsx").active.page_setup.orientation == "portrait"
    assert export("b.xlsx", "--choices", "古い設定")[0] == 0
    assert openpyxl.load_workbook("b.xlsx").active.page_setup.orientation == "landscape"
    code, _, error = export("c.xlsx", "--choices", "市のぺーじ")
    assert (code, "ある設定: 古い設定、市のページ" in error) == (2, True)
    assert export("d.json", "--choices", "市のページ")[0] == 2


WRONG = {
    "a form": (("a.doc",), "「a.doc」には出力できません。名前の終わりを.xlsx、"),
    "a form of all data": (("a.txt", "--data"), "名前の終わりを.json、.xlsx、.csvのどれか"),
    "paper": (("a.xlsx", "--paper", "B5"), "「--paper」に「B5」は使えません。選べるもの: A4横、"),
    "a sheet": (
        ("a.xlsx", "--sheets", "集計,x"),
        "「--sheets」に「x」は使えません。選べるもの: 表紙、",
    ),
    "no sheet": (("a.xlsx", "--sheets", ""), "「--sheets」が空です"),
    "two editions": (
        ("a.xlsx", "--edition", "公開用", "--edition", "庁内用"),
        "「--edition」は1回だけ書けます",
    ),
    "sections without a name": (("a.txt", "--section", " 、"), "「--section」が空です"),
    "a section and none": (("a.txt", "--section", SECTION, "--section="), "「--section」が空です"),
    "a round": (("a.xlsx", "--round", "x"), "調査「x」はありません。ある調査: 平成27年度"),
    "a section": (("a.txt", "--section", "x"), f"「x」はありません。選べるもの：{SECTION}"),
    "a term": (("a.txt", "--term", "x"), "「x」はありません。選べるもの：前期、"),
    "a choice": (("a.xlsx", "--choices", "x"), "まだ何も保存されていません"),
    "paper of a text": (("a.txt", "--paper", "A4横"), "「--paper」は、「a.txt」（.txt）には"),
    "a section of all data": (("a.json", "--section", SECTION), "「--section」は、「a.json」"),
    "all data for everybody": (("a.json", "--edition", "公開用"), "公開用では出力できません"),
    "findings for everybody": (
        ("a.xlsx", "--sheets", "要確認", "--edition", "公開用"),
        "「要確認」には内部の項目が入るため",
    ),
    "a form of no stream": (("a.xlsx", "--format", "txt"), "出力先を「-」"),
    "a stream of no form": (("-",), "「--format」で指定してください: csv、txt、html、json"),
    "a workbook as a stream": (("-", "--format", "xlsx"), "選べるもの: csv、txt"),
    "the same twice": (("a.txt", "a.txt"), "2回"),
    "cells of no table": (("a.xlsx", "--cells", "own"), "「--like」と一緒"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_told_with_what_is_possible(export, tmp_path, case):
    before = {each.name for each in tmp_path.iterdir()}
    arguments, words = WRONG[case]
    code, output, error = export(*arguments)
    assert (code, output) == (2, "")
    assert words in error
    assert error.count("\n") == 1
    assert {each.name for each in tmp_path.iterdir()} <= {*before, "富里市.kyodo.lock"}


def test_of_every_option_it_is_known_for_which_files_it_is():
    always = {"--help", "--force", "--format", "--data", "--like", "--cells"}
    assert {each for each in parser_of("export")._option_string_actions if each[:2] == "--"} == {
        *uses(),
        *always,
    }


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_the_help_is_in_japanese_and_its_examples_can_be_typed(capsys, name):
    with pytest.raises(SystemExit, match="0"):
        parsed([*filter(None, [name]), "--help"])
    output = capsys.readouterr().out
    assert output.startswith(f"使い方: {PROGRAM} {name}".rstrip())
    for word in ("usage", "positional", "options", "show this", "argument", "exit"):
        assert word not in output
    for line in output.splitlines():
        if line.startswith(f"  {PROGRAM} "):
            arguments = shlex.split(line.removeprefix(f"  {PROGRAM} "))
            assert parsed(arguments).command == name


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_program_that_is_built_is_called_as_it_was_typed(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/プログラム/kyodo.exe")
    assert command_parser._program() == "kyodo"


def test_long_work_is_told_on_a_terminal_alone_and_nothing_is_left_of_it(monkeypatch):
    monkeypatch.setattr(terminal, "_PATIENCE", 0.0)
    monkeypatch.setattr(terminal, "_EVERY", 0.001)
    for stream, words in ((Terminal(), "25 %"), (io.StringIO(), "")):
        monkeypatch.setattr(sys, "stderr", stream)
        with terminal.ProgressLine("出力しています") as control:
            control.begin(4)
            control.advance(1)
            until = time.monotonic() + 20
            while words not in stream.getvalue() and time.monotonic() < until:
                time.sleep(0)
        assert words in stream.getvalue()
        assert not stream.getvalue().rpartition("\r")[2]
    assert stream.getvalue() == ""


def test_the_manual_names_every_command_option_form_and_exit_code():
    page = bundled("resources", "manual", "commands.html").read_text(encoding="utf-8")
    cells = re.findall("<tr><td>(.+?)</td>", page)
    for name in COMMANDS:
        assert any(f"{each} ".startswith(f"kyodo {name} ") for each in cells)
        options = {each for each in parser_of(name)._option_string_actions if each[:2] == "--"}
        assert [each for each in options - {"--help"} if each not in page] == []
    assert {each.ending for each in (*outputs.FORMS, outputs.WHOLE_FORMS[0])} <= set(cells)
    assert {str(each) for each in (cli.DONE, cli.FAILED, cli.WRONG_COMMAND)} <= set(cells)
