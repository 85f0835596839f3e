"""The words of the command line, and what is wrong with them in one Japanese line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kyodo_desktop import __version__
from kyodo_desktop.domain.errors import CommandError, ExportError
from kyodo_desktop.japanese_parser import JapaneseParser, nearest, separated

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping
    from enum import Enum

    from kyodo_desktop.outputs import OutputForm

Word = TypeVar("Word")

_NAME = "kyodo-desktop"
_PLAN = ".kyodo"


def _program() -> str:
    """Return the name by which the program was called: kyodo, where it is built."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).stem
    return "python -m kyodo_desktop" if Path(sys.argv[0]).stem == "__main__" else _NAME


PROGRAM = _program()


class _Command(NamedTuple):
    """A command without a window: what it does, what follows its name, its options, examples.

    `check` looks at what was given together.
    """

    help: str
    usage: str
    add: Callable[[argparse.ArgumentParser], None]
    examples: tuple[str, ...]
    check: Callable[[argparse.Namespace], None] | None = None


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Return the arguments with `command`, one of COMMANDS, or nothing for the window."""
    first = arguments[0] if arguments else ""
    if first in COMMANDS:
        options = parser_of(first).parse(arguments[1:])
        options.command = first
        if (check := _COMMANDS[first].check) is not None:
            check(options)
        return options
    if first and not first.startswith("-") and "--smoke-test" not in arguments:
        _expect_file(first)
    parser = _window()
    options = parser.parse(arguments)
    if options.grab is not None and not options.smoke_test:
        parser.error("「--grab」は「--smoke-test」と一緒に使います")
    return options


def _expect_file(word: str) -> None:
    """Raise CommandError for a word that is neither there nor looks like the place of a file.

    A plan that was moved or is not reachable is told in the window.
    """
    is_there = os.path.exists(word)  # noqa: PTH110 - also tells of a name that is too long
    if is_there or set(word) & set("/\\:."):
        return
    raise CommandError(
        f"「{word}」というコマンドはありません。「{nearest(word, COMMANDS)}」のことですか。"
        "計画を開くときは、ファイルの名前を「.kyodo」まで指定してください。"
        f"使い方は「{PROGRAM} --help」で確認できます。"
    )


def _window() -> JapaneseParser:
    commands = "\n".join(f"  {name:<9} {each.help}" for name, each in _COMMANDS.items())
    parser = JapaneseParser(
        PROGRAM,
        f"[計画] [オプション]\n       {PROGRAM} コマンド …",
        "協働プラン進捗管理: 計画の進捗を記録し、報告書を作ります。"
        "計画を書くと、その計画を画面で開きます。",
        f"画面を使わないコマンド（くわしくは「{PROGRAM} コマンド --help」）:\n{commands}\n\n"
        "終了コード: 0 完了、1 処理の失敗、2 コマンドの誤り",
    )
    parser.set_defaults(command=None)
    parser.add_argument("file", nargs="?", type=Path, metavar="計画", help="開く計画（.kyodo）")
    parser.add_argument(
        "--version",
        action="version",
        version=f"{_NAME} {__version__}",
        help="バージョンを表示して終わる",
    )
    parser.add_argument(
        "--smoke-test",
        action="store_true",
        help="計画（省略時はサンプル）の写しを開いて画面を描き、終わる",
    )
    parser.add_argument(
        "--grab", type=Path, metavar="画像", help="確かめた画面の画像（.png）を保存する"
    )
    return parser


def parser_of(command: str) -> JapaneseParser:
    """Return the parser of what follows the name of a command."""
    spec = _COMMANDS[command]
    prog = f"{PROGRAM} {command}"
    examples = "\n".join(f"  {prog} {each}" for each in spec.examples)
    parser = JapaneseParser(
        prog, f"{spec.usage} [オプション]", f"{spec.help}。", f"例:\n{examples}"
    )
    spec.add(parser)
    return parser


def _add_plan(parser: argparse.ArgumentParser, help_text: str = "計画（.kyodo）") -> None:
    parser.add_argument("file", type=Path, metavar="計画", help=help_text)


def _add_round(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--round", metavar="名前", help="調査の名前（省略時は最新）")


def _add_new(parser: argparse.ArgumentParser) -> None:
    _add_plan(parser, "作る計画（.kyodo）")
    parser.add_argument("--sample", metavar="名前", help="名前のサンプルの内容で作る")


def _add_mapping(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mapping", type=Path, metavar="設定", help="保存した取込設定（.json）")


def _add_import(parser: argparse.ArgumentParser) -> None:
    kinds = "Excelのブック、CSV、または書き出した全データ"
    parser.add_argument("table", type=Path, metavar="表", help=f"取り込む表（{kinds}）")
    parser.add_argument("out", type=Path, metavar="新しい計画", help="作る計画（.kyodo）")
    _add_mapping(parser)


def _add_update(parser: argparse.ArgumentParser) -> None:
    _add_plan(parser)
    parser.add_argument("table", type=Path, metavar="表", help="取り込む表")
    _add_mapping(parser)
    parser.add_argument("--dry-run", action="store_true", help="書き込まずに変更点だけを示す")


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_plan(parser)
    parser.add_argument("--json", action="store_true", help="JSONで出力する")


def _add_collect(parser: argparse.ArgumentParser) -> None:
    _add_plan(parser)
    words = "回答票のファイル、または回答票のあるフォルダー。いくつでも書ける"
    parser.add_argument("paths", type=Path, nargs="+", metavar="回答", help=words)
    _add_round(parser)
    parser.add_argument("--dry-run", action="store_true", help="書き込まずに結果だけを示す")


def _add_salvage(parser: argparse.ArgumentParser) -> None:
    _add_plan(parser, "開けない計画（.kyodo）")
    parser.add_argument("out", type=Path, metavar="新しい計画", help="作る計画（.kyodo）")


def _add_backup(parser: argparse.ArgumentParser) -> None:
    _add_plan(parser)
    place = "バックアップの名前（省略時は計画の隣のバックアップのフォルダー）"
    parser.add_argument("target", nargs="?", type=Path, metavar="保存先", help=place)


# What goes out

STDOUT = Path("-")
"""In the place of a file that is to be made: standard output."""
_STREAMS = ("csv", "txt", "html", "json")
_CELLS = ("own", "replace")


def _add_export(parser: argparse.ArgumentParser) -> None:
    from kyodo_desktop.pages import options
    from kyodo_desktop.pages.report_columns import REPORT_COLUMNS

    _add_plan(parser)
    parser.add_argument("outs", type=Path, nargs="+", metavar="出力先", help=_outs_in_words())
    _add_round(parser)
    parser.add_argument("--force", action="store_true", help="同じ名前のファイルを置き換える")
    words = f"標準出力に出すときの形: {'、'.join(_STREAMS)}"
    parser.add_argument(
        "--format", type=_one_of("--format", _same(_STREAMS)), metavar="形", help=words
    )
    contents = parser.add_argument_group("報告書に入れるもの")
    _Choice("--edition", "版", _labels(options.Edition), "省略時は庁内用").add(contents)
    _Choice("--sheets", "内容", _same(options.PARTS), "、で区切って並べる").add_many(contents)
    columns = {each.label: name for name, each in REPORT_COLUMNS.items()}
    _Choice("--columns", "列", columns, "進捗状況一覧の列。、で区切って並べる").add_many(contents)
    for option, metavar, help_text in (
        ("--term", "期", "この期だけ"),
        ("--heading", "見出し", "この見出し（推進項目など、いちばん上の階層）だけ。番号か名称"),
        ("--section", "課", "この課が担当（主担当か関係課）のものだけ"),
        ("--status", "状態", "この状態のものだけ。記号か言葉。「未記入」も選べる"),
    ):
        words = f"{help_text}。、で区切るか、くり返して並べる"
        contents.add_argument(option, action="append", metavar=metavar, help=words)
    contents.add_argument(
        "--changed-only", action="store_true", default=None, help="前回から変わったものだけ"
    )
    words = "計画に名前を付けて保存した出力の設定を使う。ほかのオプションが優先"
    contents.add_argument("--choices", metavar="名前", help=words)
    form = parser.add_argument_group("報告書の形")
    _Choice("--paper", "用紙", _labels(options.Paper), "省略時はA4横").add(form)
    form.add_argument("--font", metavar="名前", help=f"書体。省略時は{options.FONTS[0]}")
    _Choice(
        "--headings", "形", _labels(options.HeadingStyle), "進捗状況一覧の見出し。省略時は帯"
    ).add(form)
    _Choice("--unit", "単位", _labels(options.SheetUnit), "進行管理シートの1ページ").add(form)
    other = parser.add_argument_group("報告書ではないもの")
    words = "計画の全データを書き出す（.xlsx、.csv、.json。取り込むと同じ計画になる）"
    other.add_argument("--data", action="store_true", help=words)
    words = "元の表の形で出力する: この表（.xlsx、.xlsm）の写しに値を書き込む"
    other.add_argument("--like", type=Path, metavar="表", help=words)
    words = "「--like」の書き込み先: own=この年度の欄に書く、replace=前年度の値を置き換える"
    other.add_argument("--cells", type=_one_of("--cells", _same(_CELLS)), metavar="欄", help=words)


class _Choice(NamedTuple):
    """An option whose words are known."""

    option: str
    metavar: str
    words: Mapping[str, Any]
    help: str

    def add(self, place: argparse._ActionsContainer) -> None:
        """Let one word follow it."""
        self._add(place, _one_of(self.option, self.words))

    def add_many(self, place: argparse._ActionsContainer) -> None:
        """Let several words follow it, with commas between them."""
        self._add(place, _some_of(self.option, self.words))

    def _add(self, place: argparse._ActionsContainer, kind: Callable[[str], Any]) -> None:
        possible = "、".join(self.words)
        words = f"{self.help}。選べるもの: {possible}"
        place.add_argument(self.option, type=kind, metavar=self.metavar, help=words)


def _labels(kind: type[Enum]) -> dict[str, Any]:
    """Return the choices by the words before what explains them: 帯（見出しの行）."""
    return {each.label.partition("（")[0]: each for each in kind}  # type: ignore[attr-defined]


def _same(words: Iterable[str]) -> dict[str, str]:
    return {each: each for each in words}


def _one_of(option: str, words: Mapping[str, Word]) -> Callable[[str], Word]:
    """Return what takes one of the words, whatever the width of its letters."""
    from kyodo_desktop.domain.texts import squeezed

    known = {squeezed(each): value for each, value in words.items()}

    def read(word: str) -> Word:
        if squeezed(word) not in known:
            possible = "、".join(words)
            raise CommandError(f"「{option}」に「{word}」は使えません。選べるもの: {possible}")
        return known[squeezed(word)]

    return read


def _some_of(option: str, words: Mapping[str, Word]) -> Callable[[str], tuple[Word, ...]]:
    read = _one_of(option, words)
    return lambda text: tuple(read(each) for each in separated(text) or [text])


def _outs_in_words() -> str:
    from kyodo_desktop import outputs

    forms = "、".join(f"{each.ending}（{each.label}）" for each in outputs.FORMS)
    whole = outputs.WHOLE_FORMS[0]
    return (
        f"作るファイル。いくつでも書け、形は名前の終わりで決まる: {forms}、"
        f"{whole.ending}（{whole.label}）。「-」は標準出力（「--format」と一緒に使う）"
    )


_LIKE, _WHOLE = "--likeの表", "全データ"
_OF_PARTS = ("--sheets", "--columns", "--headings", "--unit")
_OF_PAGES = ("--paper", "--font")
_OF_PLAN = ("--term", "--heading", "--section", "--status", "--changed-only", "--choices")


def uses() -> dict[str, tuple[str, ...]]:
    """Return for which endings, and which other kinds of files, each option is."""
    from kyodo_desktop.outputs import FORMS

    reports = tuple(each.ending for each in FORMS)
    return {
        **dict.fromkeys(_OF_PARTS, tuple(each.ending for each in FORMS if each.has_parts)),
        **dict.fromkeys(_OF_PAGES, tuple(each.ending for each in FORMS if each.has_pages)),
        **dict.fromkeys(_OF_PLAN, reports),
        "--edition": (*reports, _WHOLE),
        "--round": (*reports, _LIKE),
    }


def form_of(out: Path, options: argparse.Namespace) -> OutputForm:
    """Return the form of one of the files of `export`; raises CommandError where there is none."""
    from kyodo_desktop import outputs

    ending = f".{options.format}" if out == STDOUT else out.suffix
    form = outputs.form_of(ending, whole=options.data)
    if form is None:
        known = outputs.WHOLE_FORMS if options.data else (*outputs.FORMS, outputs.WHOLE_FORMS[0])
        endings = "、".join(each.ending for each in known)
        raise CommandError(
            f"「{out}」には出力できません。名前の終わりを{endings}のどれかにしてください。"
        )
    return form


def _check_export(options: argparse.Namespace) -> None:
    """Raise CommandError where an option could do nothing, or says what cannot be."""
    _check_outs(options)
    kinds = {out: _kind(out, options) for out in options.outs}
    for option, possible in uses().items():
        if not _is_given(options, option):
            continue
        left = [out for out, kind in kinds.items() if kind not in possible]
        # A file that does not look so is as good; one that cannot leave out what shall not be
        # said would say more than wanted.
        if left and (len(left) == len(kinds) or option not in (*_OF_PARTS, *_OF_PAGES)):
            raise CommandError(
                f"「{option}」は、「{left[0]}」（{kinds[left[0]]}）には使えません。"
                f"使えるもの: {'、'.join(possible)}"
            )
    if options.edition is not None:
        _check_edition(options)


def _check_edition(options: argparse.Namespace) -> None:
    from kyodo_desktop.outputs import expect_allowed

    for out in options.outs:
        try:
            expect_allowed(options.edition, form_of(out, options))
        except ExportError as error:
            raise CommandError(error.message) from error


def _check_outs(options: argparse.Namespace) -> None:
    is_out = STDOUT in options.outs
    places = {str(each.resolve()).casefold() for each in options.outs}  # as Windows knows them
    if len(places) < len(options.outs):
        raise CommandError("同じ出力先が2回書かれています。")
    if is_out and options.format is None:
        formats = "、".join(_STREAMS)
        raise CommandError(f"標準出力「-」の形を「--format」で指定してください: {formats}")
    if options.format is not None and not is_out:
        raise CommandError("「--format」は、出力先を「-」（標準出力）にしたときに使います。")
    if options.like is None:
        if options.cells is not None:
            raise CommandError("「--cells」は「--like」と一緒に使います。")
        return
    if options.data:
        raise CommandError("「--like」と「--data」は一緒に使えません。")
    if len(options.outs) > 1 or is_out:
        raise CommandError("「--like」の出力先は、1つのファイルにしてください。")


def _kind(out: Path, options: argparse.Namespace) -> str:
    if options.like is not None:
        return _LIKE
    form = form_of(out, options)
    return form.ending if form.tells else _WHOLE


def _is_given(options: argparse.Namespace, option: str) -> bool:
    return getattr(options, option.removeprefix("--").replace("-", "_")) is not None


def _check_made(options: argparse.Namespace) -> None:
    """Raise CommandError where the plan to be made would not open by its name."""
    made: Path = options.file if options.command == "new" else options.out
    if made.suffix.lower() != _PLAN:
        raise CommandError(
            f"「{made}」には作れません。計画のファイル名の終わりを{_PLAN}にしてください。"
        )


_COMMANDS = {
    "new": _Command(
        "新しい計画を作る",
        "計画",
        _add_new,
        ("男女共同参画計画.kyodo", "練習.kyodo --sample tomisato_example"),
        _check_made,
    ),
    "import": _Command(
        "表（Excel、CSV）から計画を作る",
        "表 新しい計画",
        _add_import,
        ("進行管理表.xlsx 推進計画.kyodo",),
        _check_made,
    ),
    "update": _Command(
        "新しい表で計画を更新し、変更点を出力する",
        "計画 表",
        _add_update,
        ("推進計画.kyodo 進行管理表.xlsx --dry-run",),
    ),
    "export": _Command(
        "報告書を作る、またはデータを書き出す",
        "計画 出力先…",
        _add_export,
        (
            "推進計画.kyodo 報告書.xlsx 報告書.pdf",
            "推進計画.kyodo 報告書_公開用.pdf 報告書_公開用.html --edition 公開用",
            "推進計画.kyodo 環境課.xlsx --section 環境課 --sheets 進捗状況一覧,集計 --paper A3横",
            "推進計画.kyodo 全データ.json --force",
            "推進計画.kyodo - --format txt",
        ),
        _check_export,
    ),
    "dump": _Command("計画の全体をJSONで出力する", "計画", _add_plan, ("推進計画.kyodo",)),
    "check": _Command(
        "計画を点検し、要確認の項目を出力する", "計画", _add_check, ("推進計画.kyodo --json",)
    ),
    "collect": _Command(
        "届いた回答票を取り込む",
        "計画 回答…",
        _add_collect,
        ("推進計画.kyodo 回答フォルダー", "推進計画.kyodo 環境課.xlsx 福祉課.xlsx --dry-run"),
    ),
    "backup": _Command(
        "計画のバックアップを作る（開いている計画でもよい）",
        "計画 [保存先]",
        _add_backup,
        ("推進計画.kyodo", "推進計画.kyodo 控え.kyodo"),
    ),
    "salvage": _Command(
        "計画の中身だけを新しいファイルに移す",
        "計画 新しい計画",
        _add_salvage,
        ("開けない計画.kyodo 新しい計画.kyodo",),
        _check_made,
    ),
}
COMMANDS = tuple(_COMMANDS)
