"""The commands without a window: exit codes, one line on standard error, and what they make."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from kyodo_desktop import __version__
from kyodo_desktop.command_parser import COMMANDS, parsed, parser_of
from kyodo_desktop.domain.errors import CommandError
from kyodo_desktop.logs import log_file
from kyodo_desktop.paths import bundled
from kyodo_desktop.services.sample import sample_names

ROOT = Path(__file__).parents[1]


def program(*arguments, **options):
    """Run the program as its users do, and return its exit code, output and error.

    It speaks UTF-8 into a pipe, as the installed one does on a Windows of any language.
    """
    options.setdefault("stdout", subprocess.PIPE)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "kyodo_desktop", *map(str, arguments)],
        stderr=subprocess.PIPE,
        cwd=ROOT,
        check=False,
        **options,
    )
    output, error = done.stdout or b"", done.stderr
    return done.returncode, *(each.decode().replace(os.linesep, "\n") for each in (output, error))


def without_screen():
    """Return the environment of a computer that nobody sits at."""
    ways = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
    return {name: value for name, value in os.environ.items() if name not in ways}


def is_one_japanese_line(error):
    return error.count("\n") == 1 and any("ぁ" <= each <= "ん" for each in error)


class TestAsAProcess:
    def test_a_plan_is_made_from_the_sample_and_dumped(self, tmp_path):
        file = tmp_path / "富里市 100%.kyodo"
        made = f"「{file}」を作りました（見出し19件、実行計画32件）。\n"
        assert program("new", file, "--sample", "tomisato_2015") == (0, made, "")
        code, output, error = program("dump", file)
        assert (code, error) == (0, "")
        whole = json.loads(output)
        assert whole["plan"]["title"] == "協働のまちづくり推進計画"
        assert len(whole["actions"]) == 32
        assert sum(len(action["progress"]) for action in whole["actions"]) == 33

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
    @pytest.mark.parametrize("display", [{}, {"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "gone"}])
    def test_without_a_screen_one_line_says_so(self, display):
        code, output, error = program(env=without_screen() | display)
        assert (code, output) == (1, "")
        assert is_one_japanese_line(error)
        assert "画面に接続できない" in error

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
    @pytest.mark.parametrize("display", [{}, {"DISPLAY": ":4711"}])
    def test_without_a_screen_the_smoke_test_works_and_is_empty_outlook(self, display):
        assert program("--smoke-test", env=without_screen() | display) == (0, "", "")

    def test_the_version_is_told(self):
        assert program("--version") == (0, f"kyodo-desktop {__version__}\n", "")

    def test_a_wrong_command_is_told_in_one_line(self):
        code, output, error = program("export", "a.kyodo")
        assert (code, output) == (2, "")
        assert "「出力先」が足りません" in error
        assert is_one_japanese_line(error)

    def test_a_mistyped_command_is_told_and_no_window_waits(self):
        code, output, error = program("exprt", "a.kyodo", "a.xlsx", timeout=60)
        assert (code, output) == (2, "")
        assert "「exprt」というコマンドはありません。「export」のことですか。" in error
        assert is_one_japanese_line(error)

    def test_a_library_that_cannot_be_loaded_is_told_with_the_place_of_the_log(self, tmp_path):
        broken = tmp_path / "PySide6" / f"QtCore{EXTENSION_SUFFIXES[-1]}"
        broken.parent.mkdir()
        broken.with_name("__init__.py").touch()
        broken.write_bytes(b"no library")
        code, output, error = program(
            "--smoke-test", env={**os.environ, "PYTHONPATH": str(tmp_path)}, timeout=60
        )
        assert (code, output) == (1, "")
        assert f"部品「{broken}」がないか、読み込めません" in error
        assert error.endswith(f"ログ: {log_file()}\n")
        assert is_one_japanese_line(error)
        assert "Traceback" in log_file().read_text(encoding="utf-8")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device without room")
    def test_output_that_finds_no_room_is_told_in_one_line(self, sample_file):
        with Path("/dev/full").open("wb") as full:
            code, _, error = program("dump", sample_file, stdout=full)
        assert code == 1
        assert "出力先に書き込めませんでした" in error
        assert is_one_japanese_line(error)

    @pytest.mark.skipif(os.name == "nt", reason="there output is always set up")
    def test_an_unexpected_failure_is_told_and_logged(self, sample_file):
        code, _, error = program("dump", sample_file, preexec_fn=lambda: os.close(1))
        assert code == 1
        assert error == f"予期しない問題が起きました。ログ: {log_file()}\n"
        assert "Traceback" in log_file().read_text(encoding="utf-8")


def test_a_plan_with_defaults_is_called_like_its_file(tmp_path, command):
    file = tmp_path / "男女共同参画計画.kyodo"
    made = f"「{file}」を作りました（見出し0件、実行計画0件）。\n"
    assert command("new", file) == (0, made, "")
    whole = json.loads(command("dump", file)[1])
    assert whole["plan"]["title"] == "男女共同参画計画"
    assert [term["name"] for term in whole["terms"]] == ["前期", "後期"]
    assert whole["actions"] == []


def test_a_plan_that_is_open_in_a_window_is_dumped_and_exported(plan, tmp_path, command):
    assert command("dump", plan.path)[0] == 0
    assert command("export", plan.path, tmp_path / "a.xlsx")[0] == 0


def test_findings_are_printed_one_a_line(sample_file, command):
    code, output, error = command("check", sample_file)
    assert (code, error) == (0, "")
    due = next(line for line in output.splitlines() if line.startswith("due_in_text"))
    assert due.split("\t")[1:] == [
        "前期 › 1 環境づくり › (1) 活動拠点の整備 › ① 市民活動ブースの設置",
        "文に「28年3月予定」とありますが、完了予定は入力されていません。",
        "→ 平成28年3月",
    ]


def test_findings_are_printed_as_json(sample_file, command):
    code, output, error = command("check", sample_file, "--json")
    assert (code, error) == (0, "")
    near = next(each for each in json.loads(output) if each["rule"] == "similar")
    assert near["name"] == "類似候補"
    assert near["action"] == "市政への参画機会の拡充"
    assert near["path"][0] == "前期"
    assert (near["notice"], near["confirmed"]) == (False, False)


def test_a_plan_is_backed_up_while_it_is_open(plan, command, tmp_path):
    code, output, error = command("backup", plan.path)
    assert (code, error) == (0, "")
    assert Path(output.strip()).parent.name == "富里市_バックアップ"
    target = tmp_path / "控え.kyodo"
    assert command("backup", plan.path, target) == (0, f"{target}\n", "")
    assert command("check", target)[0] == 0


def test_a_half_edit_beside_a_new_plan_is_set_aside_and_told(command, tmp_path):
    (tmp_path / "計画.kyodo-journal").write_bytes(b"half")
    code, _, error = command("new", tmp_path / "計画.kyodo")
    assert code == 0
    assert "置換前.kyodo-journal」に残してあります" in error


FAILURES = {
    "file is there": (("new", "富里市.kyodo"), "既にあります", 1),
    "no folder": (("new", "missing/a.kyodo"), "がありません", 1),
    "a name too long": (("new", f"{'長' * 90}.kyodo"), "名前が長すぎる", 1),
    "a name too long for the sample": (
        ("new", f"{'長' * 90}.kyodo", "--sample", "tomisato_2015"),
        "名前が長すぎる",
        1,
    ),
    "a name too long to import to": (
        ("import", "富里市.kyodo", f"{'長' * 90}.kyodo"),
        "名前が長すぎる",
        1,
    ),
    "a name too long to back up to": (
        ("backup", "富里市.kyodo", f"{'長' * 90}.kyodo"),
        "名前が長すぎる",
        1,
    ),
    "a table with a name too long": (("import", f"{'長' * 90}.xlsx", "a.kyodo"), "長", 1),
    "a folder with a name too long": (("collect", "富里市.kyodo", "長" * 90), "長", 1),
    "a backup of no plan": (("backup", "a.kyodo"), "「a.kyodo」が", 1),
    "a backup that is there": (("backup", "富里市.kyodo", "富里市.kyodo"), "既にあります", 1),
    "no sample": (("new", "a.kyodo", "--sample", "x"), "サンプル「x」はありません", 2),
    "no plan": (("dump", "a.kyodo"), "「a.kyodo」が", 1),
    "no plan to export": (("export", "a.kyodo", "a.xlsx"), "「a.kyodo」が", 1),
    "no round": (
        ("export", "富里市.kyodo", "a.xlsx", "--round", "x"),
        "調査「x」はありません。ある調査: 平成27年度",
        2,
    ),
    "no folder for the workbook": (("export", "富里市.kyodo", "missing/a.xlsx"), "missing", 1),
    "no plan to check": (("check", "a.kyodo"), "「a.kyodo」が", 1),
    "no words": (("dump",), "「計画」が足りません", 2),
    "a word too many": (("dump", "a", "b"), "「b」は使えません", 2),
    "no such command": (("frobnicate",), "「frobnicate」というコマンドはありません。「", 2),
    "a mistyped command": (("colect", "a", "b"), "「collect」のことですか", 2),
    "a wide command": (("ＥＸＰＯＲＴ",), "「export」のことですか", 2),
    "a word as long as none": (("計" * 300,), "というコマンドはありません", 2),
    "an unknown option": (("--fast",), "「--fast」は使えません。使い方", 2),
    "a mistyped option": (("--smoke-tset",), "「--smoke-test」のことですか", 2),
    "a mistyped option of a command": (
        ("export", "a", "b.xlsx", "--rond", "x"),
        "「--round」のことですか",
        2,
    ),
    "a shortened option": (("check", "a", "--js"), "「--js」は使えません。「--json」のこと", 2),
    "a value too many": (("check", "a", "--json=1"), "「--json」に値は付けられません", 2),
    "a picture of no test": (("--grab", "a.png"), "「--smoke-test」と一緒に使います", 2),
    "no plan to show": (("--smoke-test", "a.kyodo"), "「a.kyodo」が", 1),
    "no plan to show by its word": (("--smoke-test", "export"), "「export」が", 1),
    "no plan but a folder": (("--smoke-test", "."), "フォルダーです", 1),
    "an option without its value": (
        ("export", "a", "b.txt", "--round"),
        "のあとに値が必要です",
        2,
    ),
}
if os.name != "nt":  # Windows counts letters, not bytes
    FAILURES["a name too long to export to"] = (
        ("export", "富里市.kyodo", f"{'長' * 90}.xlsx"),
        "名前が長すぎる",
        1,
    )
    FAILURES["names too long to read"] = (
        ("check", f"{'長' * 90}.kyodo"),
        "読めませんでした",
        1,
    )


@pytest.mark.parametrize("case", FAILURES)
def test_a_failure_is_one_japanese_line_and_an_exit_code(sample_file, command, monkeypatch, case):
    monkeypatch.chdir(sample_file.parent)
    before = sample_file.read_bytes()
    arguments, words, expected = FAILURES[case]
    code, output, error = command(*arguments)
    assert (code, output) == (expected, "")
    assert words in error
    assert is_one_japanese_line(error)
    assert sample_file.read_bytes() == before
    assert [each.name for each in sample_file.parent.iterdir()] == [sample_file.name]


def test_what_the_log_gets_is_the_whole_story(command, sample_file, monkeypatch, caplog):
    def fail(*_arguments, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr(json, "dumps", fail)
    with caplog.at_level(logging.ERROR):
        code, _, error = command("dump", sample_file)
    assert code == 1
    assert is_one_japanese_line(error)
    assert "ZeroDivisionError" in caplog.text


def test_what_is_broken_off_says_so_in_one_line(command, sample_file, monkeypatch):
    def break_off(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(json, "dumps", break_off)
    code, _, error = command("dump", sample_file)
    assert (code, is_one_japanese_line(error)) == (1, True)


ADDING_UP = ("--term", "--heading", "--section", "--status")
WITH_A_VALUE = [
    ("", "--grab", "a.png"),
    *(
        (command, option, *re.findall("選べるもの: ([^、]+)", each.help))
        for command in COMMANDS
        for option, each in parser_of(command)._option_string_actions.items()
        if each.nargs is None
    ),
]
WORDS = {"--format": "txt", "--cells": "own"}


@pytest.mark.parametrize("case", WITH_A_VALUE, ids=lambda case: " ".join(case[:2]))
def test_no_value_of_any_option_is_empty_and_none_is_lost_because_of_another(case):
    command, option, *known = case
    start, value = [*filter(None, [command])], "".join(known) or WORDS.get(option, "x")
    for empty in ([option, ""], [f"{option}="], [option, "　"], [option, "、"]):
        with pytest.raises(CommandError, match=f"^「{option}」が空です。使い方は"):
            parsed([*start, *empty])
    twice = [*start, option, value, f"{option}={value}"]
    wrong = "足りません" if option in ADDING_UP else f"^「{option}」は1回だけ書けます。使い方は"
    with pytest.raises(CommandError, match=wrong):
        parsed(twice)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_file_without_a_name_is_looked_for(command):
    with pytest.raises(CommandError, match="が空です"):
        parsed([command, ""])


@pytest.mark.parametrize("word", ["a.kyodo", "C:\\共有\\計画", "./計画", "計画.xlsx"])
def test_a_word_that_looks_like_a_file_is_left_to_the_window(word):
    assert parsed([word]).file == Path(word)


def test_a_file_without_an_ending_can_be_opened(sample_file, monkeypatch):
    monkeypatch.chdir(sample_file.parent)
    sample_file.rename("計画")
    assert parsed(["計画"]).file == Path("計画")


def test_a_damaged_plan_is_not_shown_but_named(sample_file, command):
    sample_file.write_bytes(sample_file.read_bytes()[:50_000])
    code, output, error = command("--smoke-test", sample_file)
    assert (code, output) == (1, "")
    assert error.startswith("「富里市.kyodo」は壊れていて、最後まで読み取れません。")


def test_a_program_without_a_console_keeps_in_the_log_what_it_showed(command, monkeypatch, caplog):
    monkeypatch.setattr(sys, "stderr", None)
    assert command("frobnicate") == (2, "", "")
    assert "「frobnicate」というコマンドはありません" in caplog.text


class TestAPartThatIsMissing:
    @pytest.fixture
    def installed(self, monkeypatch, tmp_path):
        """A folder with the parts, as PyInstaller lays them out."""
        folder = tmp_path / "_internal"
        for part in ("db", "resources"):
            shutil.copytree(bundled(part), folder / part)
        monkeypatch.setattr(sys, "_MEIPASS", str(folder), raising=False)
        return folder

    @pytest.mark.parametrize(
        "part",
        [
            "resources",
            "resources/app.qss",
            "resources/icons",
            "resources/manual",
            "resources/samples",
            "db",
            "db/env.py",
            "db/versions",
        ],
    )
    def test_is_named_before_a_window_comes(self, installed, command, part):
        missing = installed / part
        missing.rename(installed / "elsewhere")
        code, output, error = command("--smoke-test")
        assert (code, output) == (1, "")
        assert f"「{missing}」がないか、読み込めません" in error
        assert "再インストール" in error
        assert error.endswith(f"ログ: {log_file()}\n")
        assert is_one_japanese_line(error)

    def test_is_named_where_a_command_needs_it(self, installed, sample_file, command):
        (installed / "db" / "versions").rename(installed / "elsewhere")
        code, _, error = command("dump", sample_file)
        assert code == 1
        assert f"「{installed / 'db' / 'versions'}」がないか" in error

    def test_is_not_asked_for_where_no_command_needs_it(self, installed, sample_file, command):
        (installed / "resources").rename(installed / "elsewhere")
        assert command("dump", sample_file)[0] == 0

    def test_is_named_when_it_is_read(self, installed, tmp_path, command):
        for table in (installed / "resources" / "samples").glob("*.csv"):
            table.unlink()
        code, _, error = command("new", tmp_path / "a.kyodo", "--sample", sample_names()[0])
        assert code == 1
        assert "samples" in error
        assert "再インストール" in error
        assert not (tmp_path / "a.kyodo").exists()
