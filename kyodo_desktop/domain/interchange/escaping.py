"""Signs that let every text pass through a workbook and a CSV and come out as it was."""

from __future__ import annotations

import re

from kyodo_desktop.domain.texts import CONTROLS, sign

_UNFIT = re.compile(
    rf"{CONTROLS.pattern}|[\r\ufeff]"
    # what would be taken for one of our signs, or for one of Excel's (_x0041_ is an A there)
    r"|〔(?=U\+[0-9A-F]{4}〕)|_(?=x[0-9A-Fa-f]{4}_)|x(?=005F_)"
)
_SIGN = re.compile("〔U\\+((?!D[89A-F])[0-9A-F]{4})〕")  # half a character is none
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\n]")
_VALUE = re.compile(
    r"(?=[^\d０-９]*[\d０-９])(?:\s*(?:明治|大正|昭和|平成|令和|[MTSHR]))?"
    r"[\d０-９\s.,:/年月日時分秒元()（）%％+¥￥\\$eE\-－ー]+"
    r"|true|false|[a-z]{3}-\d+|\d+-[a-z]{3}",
    re.IGNORECASE,
)
_RUN = re.compile(r"[=@＝＠].|[+\-＋－](?![\d０-９.,]*[%％]?$)|[\t\r\n]")
"""Not a sign alone, nor one before a number."""
GUARD = "'"


def escaped(text: str) -> str:
    """Return the text with 〔U+0007〕 for a character that a workbook cannot hold.

    Not with the escapes of workbooks (`_x0007_`): some programs take them off once too often.
    """
    return _UNFIT.sub(lambda found: sign(found[0]), text)


def unescaped(text: str) -> str:
    """Return the text that `escaped` was given."""
    return _SIGN.sub(lambda found: chr(int(found[1], 16)), text) if "〔U+" in text else text


def escape_formula(text: str) -> str:
    """Put an apostrophe before what Excel would take from a CSV as formula, number or date."""
    return GUARD + text if _needs_guard(text.lstrip(GUARD)) else text


def guard_formula(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, and before nothing else."""
    return GUARD + text if _RUN.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that `escape_formula` was given."""
    if text.startswith(GUARD) and _needs_guard(text.lstrip(GUARD)):
        return text.removeprefix(GUARD)
    return text


def _needs_guard(text: str) -> bool:
    return bool(_FORMULA.match(text) or _VALUE.fullmatch(text))
