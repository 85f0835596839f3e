"""The words of the command line, and what is wrong with them in one Japanese line."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import NoReturn

from kyodo_desktop import __version__
from kyodo_desktop.domain.errors import CommandError

PROGRAM = "kyodo-desktop"

_FAULTS = (
    (r"the following arguments are required: (.*)", "「{}」が足りません"),
    (r"unrecognized arguments: (.*)", "「{}」は使えません"),
    (r"argument (\S+): expected .*", "「{}」のあとに値が必要です"),
    (r"ambiguous option: (\S+).*", "「{}」は略しすぎです"),
)


class JapaneseParser(argparse.ArgumentParser):
    """An argument parser that raises CommandError instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found, in Japanese."""
        for pattern, told in _FAULTS:
            found = re.fullmatch(pattern, message)
            if found:
                message = told.format(found[1])
        raise CommandError(f"{message}。使い方は「{PROGRAM} --help」で確認できます。")


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Return the arguments with `command`, one of COMMANDS, or nothing for the window."""
    parser = _commands() if arguments[:1] and arguments[0] in COMMANDS else _window()
    return parser.parse_args(arguments)


COMMANDS = ("new", "import", "export", "dump", "check", "collect")


def _window() -> argparse.ArgumentParser:
    parser = JapaneseParser(
        prog=PROGRAM,
        description="協働プラン進捗管理: 計画の進捗を記録し、Excelの報告書を作ります。",
        epilog=f"画面を使わないコマンド: {'、'.join(COMMANDS)}（例: {PROGRAM} export --help）",
    )
    parser.set_defaults(command=None)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="開く計画（.kyodo）")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument(
        "--smoke-test", action="store_true", help="サンプルの写しで起動を確かめて終わる"
    )
    parser.add_argument("--grab", type=Path, metavar="FILE.png", help="確かめた画面の絵を保存する")
    return parser


def _commands() -> argparse.ArgumentParser:
    parser = JapaneseParser(prog=PROGRAM)
    commands = parser.add_subparsers(dest="command", parser_class=JapaneseParser)
    new = commands.add_parser("new", help="新しい計画を作る")
    new.add_argument("file", type=Path, metavar="FILE", help="作る計画（.kyodo）")
    new.add_argument("--sample", metavar="NAME", help="名前のサンプルの内容で作る")
    importing = commands.add_parser("import", help="表（Excel、CSV）から計画を作る")
    kinds = "Excelのブック、CSV、または書き出した全データ"
    importing.add_argument("table", type=Path, metavar="TABLE", help=f"取り込む表（{kinds}）")
    importing.add_argument("out", type=Path, metavar="OUT.kyodo", help="作る計画")
    importing.add_argument("--mapping", type=Path, metavar="FILE", help="取込の設定（.json）")
    export = commands.add_parser("export", help="Excelの報告書を作る、またはデータを書き出す")
    export.add_argument("file", type=Path, metavar="FILE", help="計画（.kyodo）")
    kinds = ".xlsxは報告書、.jsonと.csvは計画の全データ、.txtはテキスト版"
    export.add_argument("out", type=Path, metavar="OUT", help=f"作るファイル（{kinds}）")
    export.add_argument("--data", action="store_true", help=".xlsxにも計画の全データを書き出す")
    export.add_argument("--round", metavar="NAME", help="調査の名前（省略時は最新）")
    dump = commands.add_parser("dump", help="計画の全体をJSONで出力する")
    dump.add_argument("file", type=Path, metavar="FILE", help="計画（.kyodo）")
    check = commands.add_parser("check", help="計画を点検し、指摘を出力する")
    check.add_argument("file", type=Path, metavar="FILE", help="計画（.kyodo）")
    check.add_argument("--json", action="store_true", help="JSONで出力する")
    collect = commands.add_parser("collect", help="届いた回答票を取り込む")
    collect.add_argument("file", type=Path, metavar="FILE", help="計画（.kyodo）")
    collect.add_argument("folder", type=Path, metavar="FOLDER", help="回答票のあるフォルダー")
    collect.add_argument("--round", metavar="NAME", help="調査の名前（省略時は最新）")
    collect.add_argument("--dry-run", action="store_true", help="書き込まずに結果だけを示す")
    return parser
