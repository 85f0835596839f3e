"""The text of one cell, or why it cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.reading.cell_styles import PLAIN, CellStyle
from kyodo_desktop.excel.reading.damage import DamageError
from kyodo_desktop.excel.reading.string_table import PiecedText, Struck, text_of, unescaped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

_NO_RESULT = (
    "計算式の結果が保存されていません。Excelで開いて上書き保存してから、読み取り直してください。"
)
ERROR = "計算のエラーです。もとの表で直してください。"
NO_DATE = "日付として表せない数値です（1900年より前など）。もとの表で直してください。"
_NO_TEXT = "文字の一覧にない番号が入っています。もとの表で入力し直してください。"


class Unreadable(NamedTuple):
    """A cell that has something in it which is no text."""

    text: str
    reason: str


class CellReader:
    """Knows the texts and the styles that cells only name by number."""

    def __init__(
        self, strings: Sequence[str | PiecedText], styles: Sequence[CellStyle], namespace: str
    ) -> None:
        self._strings = strings
        self._styles = styles
        self._namespace = namespace
        self._value = f"{namespace}v"
        self._formula = f"{namespace}f"
        self._inline = f"{namespace}is"

    def style(self, cell: Element) -> CellStyle:
        """Return the style of a cell."""
        number = cell.get("s")
        if number is None or not number.isdecimal():
            return PLAIN
        at = int(number[:9])
        return self._styles[at] if at < len(self._styles) else PLAIN

    def text(self, cell: Element, style: CellStyle) -> str | Struck | Unreadable:
        """Return the text that the sheet shows in a cell."""
        text = self._text(cell, style)
        if isinstance(text, PiecedText):
            return text.shown(cell_is_struck=style.struck)
        if style.struck and text and isinstance(text, str):
            return Struck("", text)
        return text

    def _text(self, cell: Element, style: CellStyle) -> str | PiecedText | Unreadable:
        kind = cell.get("t", "n")
        value = cell.findtext(self._value)
        if kind == "s" and value:
            return self._shared(value)
        if kind == "inlineStr":
            inline = cell.find(self._inline)
            return text_of(inline, self._namespace) if inline is not None else ""
        if not value:
            missing = kind != "str" and cell.find(self._formula) is not None
            return Unreadable("", _NO_RESULT) if missing else ""
        if kind == "n":
            shown = style.shown(value.strip())
            return Unreadable(value, NO_DATE) if shown is None else shown
        return _other(kind, value)

    def _shared(self, value: str) -> str | PiecedText | Unreadable:
        try:
            at = int(value)
        except ValueError:
            raise DamageError from None
        if 0 <= at < len(self._strings):
            return self._strings[at]
        return Unreadable(value, _NO_TEXT)


def _other(kind: str, value: str) -> str | Unreadable:
    if kind == "e":
        return Unreadable(value, ERROR)
    if kind == "b":
        return "TRUE" if value.strip() in {"1", "true"} else "FALSE"
    if kind == "d":
        day, _, time = value.strip().removesuffix("Z").partition("T")
        return day if not time or time.startswith("00:00") else f"{day} {time[:5]}"
    return unescaped(value)
