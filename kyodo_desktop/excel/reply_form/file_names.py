"""The name of a form's file: what it is for, whom and until when."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from kyodo_desktop.excel.export_file import SUFFIX
from kyodo_desktop.paths import is_there

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from kyodo_desktop.domain.replies.form import ReplyForm

_LONGEST_PART = 30  # characters, so that folders with long names have room for it
_FORBIDDEN = str.maketrans({bad: chr(ord(bad) + 0xFEE0) for bad in '\\/:*?"<>|'})
_UNFIT = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))


def form_file_name(form: ReplyForm) -> str:
    """Return a name such as 回答票_平成28年度_市民活動推進課_11月30日締切.xlsx."""
    parts = ["回答票", _part(form.round_name), _part(form.section)]
    if form.due_on:
        _, month, day = form.due_on.split("-")
        parts.append(f"{int(month)}月{int(day)}日締切")
    return "_".join(filter(None, parts)) + SUFFIX


def free_path(folder: Path, name: str, taken: Container[str]) -> Path:
    """Return a path in the folder that no file has: 回答票 (2).xlsx after 回答票.xlsx.

    `taken` are names in lower case, as Windows tells files apart.
    """
    path, count = folder / name, 1
    while path.name.casefold() in taken or is_there(path):
        count += 1
        path = folder / f"{name.removesuffix(SUFFIX)} ({count}){SUFFIX}"
    return path


def _part(text: str) -> str:
    """Return a part of a name with the characters that Windows forbids in their wide form."""
    wide = text.translate(_FORBIDDEN)
    kept = "".join(" " if unicodedata.category(each) in _UNFIT else each for each in wide)
    return " ".join(kept.split())[:_LONGEST_PART].strip(" .")
