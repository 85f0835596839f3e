"""The words of the command line, and what is wrong with them in one Japanese line."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kyodo_desktop import __version__, message_box
from kyodo_desktop.domain.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAME = "kyodo-desktop"
PROGRAM = Path(sys.executable).name if getattr(sys, "frozen", False) else _NAME
"""What was typed: kyodo.exe, where the program is built."""
_HELP = f"使い方は「{PROGRAM} --help」で確認できます。"
_ALIKE = 0.6

_FAULTS = (
    (r"the following arguments are required: (.*)", "「{}」が足りません"),
    (r"argument (\S+): expected .*", "「{}」のあとに値が必要です"),
    (r"argument (\S+): ignored explicit argument .*", "「{}」に値は付けられません"),
    (r"argument (--cells): invalid choice: .*", "「{}」にはownかreplaceを指定してください"),
    (r"ambiguous option: (\S+).*", "「{}」は略しすぎです"),
)


class JapaneseParser(argparse.ArgumentParser):
    """An argument parser that raises CommandError instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found, in Japanese."""
        for pattern, template in _FAULTS:
            found = re.fullmatch(pattern, message)
            if found:
                message = template.format(found[1])
        raise CommandError(f"{message}。{_HELP}")

    # argparse's interface

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse what is not known here, where the options that it can stand for are."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            message = f"「{' '.join(unknown)}」は使えません"
            options = [each for each in self._option_string_actions if each.startswith("--")]
            if unknown[0].startswith("-") and (meant := _nearest(unknown[0], options, _ALIKE)):
                message += f"。「{meant}」のことですか"
            self.error(message)
        return known, unknown

    def _print_message(self, message: str, file: Any = None) -> None:
        if sys.stdout is None:
            message_box.inform(message)
        else:
            super()._print_message(message, file)


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Return the arguments with `command`, one of COMMANDS, or nothing for the window."""
    first = arguments[0] if arguments else ""
    if first in COMMANDS:
        return _commands().parse_args(arguments)
    if first and not first.startswith("-") and "--smoke-test" not in arguments:
        _expect_file(first)
    options = _window().parse_args(arguments)
    if options.grab is not None and not options.smoke_test:
        raise CommandError(f"「--grab」は「--smoke-test」と一緒に使います。{_HELP}")
    return options


COMMANDS = ("new", "import", "update", "export", "dump", "check", "collect", "backup", "salvage")


def _expect_file(word: str) -> None:
    """Raise CommandError for a word that is neither there nor looks like the place of a file.

    A plan that was moved or is not reachable is told in the window.
    """
    is_there = os.path.exists(word)  # noqa: PTH110 - also tells of a name that is too long
    if is_there or set(word) & set("/\\:."):
        return
    raise CommandError(
        f"「{word}」というコマンドはありません。「{_nearest(word, COMMANDS)}」のことですか。"
        f"計画を開くときは、ファイルの名前を「.kyodo」まで指定してください。{_HELP}"
    )


def _nearest(word: str, known: Iterable[str], alike: float = 0) -> str:
    """Return the known word that this one was meant for, or nothing where none is alike."""
    from unicodedata import normalize

    plain = normalize("NFKC", word).lower()
    return "".join(difflib.get_close_matches(plain, known, 1, alike))


def _window() -> argparse.ArgumentParser:
    parser = JapaneseParser(
        prog=PROGRAM,
        description="協働プラン進捗管理: 計画の進捗を記録し、Excelの報告書を作ります。",
        epilog=f"画面を使わないコマンド: {'、'.join(COMMANDS)}（例: {PROGRAM} export --help）",
    )
    parser.set_defaults(command=None)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="開く計画（.kyodo）")
    parser.add_argument("--version", action="version", version=f"{_NAME} {__version__}")
    parser.add_argument(
        "--smoke-test",
        action="store_true",
        help="計画（省略時はサンプル）の写しを開いて画面を描き、終わる",
    )
    parser.add_argument(
        "--grab", type=Path, metavar="FILE.png", help="確かめた画面の画像を保存する"
    )
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
    importing.add_argument("--mapping", type=Path, metavar="FILE", help="取込設定（.json）")
    update = commands.add_parser("update", help="新しい表で計画を更新し、変更点を出力する")
    update.add_argument("file", type=Path, metavar="FILE", help="計画（.kyodo）")
    update.add_argument("table", type=Path, metavar="TABLE", help="取り込む表")
    update.add_argument("--mapping", type=Path, metavar="FILE", help="取込設定（.json）")
    update.add_argument("--dry-run", action="store_true", help="書き込まずに変更点だけを示す")
    export = commands.add_parser("export", help="Excelの報告書を作る、またはデータを書き出す")
    export.add_argument("file", type=Path, metavar="FILE", help="計画（.kyodo）")
    kinds = ".xlsxは報告書、.jsonと.csvは計画の全データ、.txtはテキスト版"
    export.add_argument("out", type=Path, metavar="OUT", help=f"作るファイル（{kinds}）")
    export.add_argument("--data", action="store_true", help=".xlsxにも計画の全データを書き出す")
    export.add_argument("--round", metavar="NAME", help="調査の名前（省略時は最新）")
    place = "元の表の形（.xlsx、.xlsm）で出力する: この表の写しに値を書き込む"
    export.add_argument("--like", type=Path, metavar="TABLE", help=place)
    words = "「--like」の書き込み先: own=この年度の欄に書く、replace=前年度の値を置き換える"
    export.add_argument("--cells", choices=("own", "replace"), help=words)
    dump = commands.add_parser("dump", help="計画の全体をJSONで出力する")
    dump.add_argument("file", type=Path, metavar="FILE", help="計画（.kyodo）")
    check = commands.add_parser("check", help="計画を点検し、要確認の項目を出力する")
    check.add_argument("file", type=Path, metavar="FILE", help="計画（.kyodo）")
    check.add_argument("--json", action="store_true", help="JSONで出力する")
    collect = commands.add_parser("collect", help="届いた回答票を取り込む")
    collect.add_argument("file", type=Path, metavar="FILE", help="計画（.kyodo）")
    collect.add_argument("folder", type=Path, metavar="FOLDER", help="回答票のあるフォルダー")
    collect.add_argument("--round", metavar="NAME", help="調査の名前（省略時は最新）")
    collect.add_argument("--dry-run", action="store_true", help="書き込まずに結果だけを示す")
    salvage = commands.add_parser("salvage", help="計画の中身だけを新しいファイルに移す")
    salvage.add_argument("file", type=Path, metavar="FILE", help="開けない計画（.kyodo）")
    salvage.add_argument("out", type=Path, metavar="OUT.kyodo", help="作る計画")
    backup = commands.add_parser(
        "backup", help="計画のバックアップを作る（開いている計画でもよい）"
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="計画（.kyodo）")
    place = "バックアップの名前（省略時はバックアップのフォルダー）"
    backup.add_argument("target", nargs="?", type=Path, metavar="TARGET", help=place)
    return parser
