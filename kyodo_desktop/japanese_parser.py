"""Reads the words of a command line, and says in one Japanese line what is wrong with them."""

from __future__ import annotations

import argparse
import difflib
import re
import shutil
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from kyodo_desktop import message_box
from kyodo_desktop.domain.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ALIKE = 0.6
_WIDEST = 100  # columns of a terminal that are read with ease
_INDENT = 4

_FAULTS = (
    (r"the following arguments are required: (.*)", "「{}」が足りません"),
    (r"argument (\S+): expected .*", "「{}」のあとに値が必要です"),
    (r"argument (\S+): ignored explicit argument .*", "「{}」に値は付けられません"),
)


class JapaneseParser(argparse.ArgumentParser):
    """An argument parser that raises CommandError instead of leaving the program.

    Nothing is abbreviated: what stands for one option today could be another one tomorrow.
    """

    def __init__(self, prog: str, usage: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            usage=f"{prog} {usage}",
            description=description,
            epilog=epilog,
            formatter_class=_JapaneseHelp,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title, self._optionals.title = "引数", "オプション"
        self.register("action", None, _Once)
        self.add_argument("-h", "--help", action="help", help="この説明を表示して終わる")

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found, in Japanese."""
        for pattern, template in _FAULTS:
            found = re.fullmatch(pattern, message)
            if found:
                message = template.format(found[1].replace(", ", "」「"))
        raise CommandError(f"{message}。使い方は「{self.prog} --help」で確認できます。")

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return what the arguments say; options may stand before, between and after files."""
        known, unknown = self.parse_known_intermixed_args(arguments)
        if unknown:
            message = f"「{' '.join(unknown)}」は使えません"
            options = [each for each in self._option_string_actions if each.startswith("--")]
            if unknown[0].startswith("-") and (meant := nearest(unknown[0], options, _ALIKE)):
                message += f"。「{meant}」のことですか"
            self.error(message)
        return known

    # argparse's interface

    def _print_message(self, message: str, file: Any = None) -> None:
        if sys.stdout is None:
            message_box.inform(message)
        else:
            super()._print_message(message, file)

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        if not separated(arg_string):
            name = "/".join(action.option_strings) or action.metavar
            self.error(f"「{name}」が空です")
        return super()._get_value(action, arg_string)


class _Once(argparse.Action):
    """A value that is given once: of two, one would be left out in silence."""

    # argparse's interface

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        if option_string and getattr(namespace, self.dest) is not None:
            parser.error(f"「{option_string}」は1回だけ書けます")
        setattr(namespace, self.dest, values)


class _JapaneseHelp(argparse.HelpFormatter):
    """What argparse itself says, in Japanese, in lines as wide as the terminal shows them."""

    def __init__(self, prog: str) -> None:
        width = min(shutil.get_terminal_size().columns - 2, _WIDEST)
        super().__init__(prog, indent_increment=2, max_help_position=_INDENT, width=width)

    # argparse's interface

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "使い方: ")

    def _split_lines(self, text: str, width: int) -> list[str]:
        from kyodo_desktop.pages.text_metrics import GuessedAdvances, lines_of

        lines = lines_of(text, GuessedAdvances(narrow=0.5), width / 2)
        return [line.rstrip() for line in lines]

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Break the lines, but for those that are set in: they may be typed as they stand."""
        lines: list[str] = []
        for line in text.splitlines():
            lines += [line] if line.startswith("  ") else self._split_lines(line, width) or [""]
        return "\n".join(f"{indent}{line}" for line in lines)


def nearest(word: str, known: Iterable[str], alike: float = 0) -> str:
    """Return the known word that this one was meant for, or nothing where none is alike."""
    from unicodedata import normalize

    plain = normalize("NFKC", word).lower()
    return "".join(difflib.get_close_matches(plain, known, 1, alike))


def separated(text: str) -> list[str]:
    """Return the words between commas of any kind."""
    return [each.strip() for each in re.split("[,，、]", text) if each.strip()]
