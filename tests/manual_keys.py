"""Writes the commands with their keys into the page of keys: `python -m tests.manual_keys`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from PySide6.QtGui import QGuiApplication, QKeySequence

from kyodo_desktop.ui.actions import MENUS, ActionSpec
from tests.imports import ROOT

PAGE = ROOT / "resources" / "manual" / "keys.html"
BEGIN, END = "<!-- 操作 -->\n", "<!-- ここまで -->\n"


def with_commands(page: str) -> str:
    """Return the page with the commands that the menus have now."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}{''.join(_tables())}{END}{rest.partition(END)[2]}"


def _tables() -> Iterator[str]:
    for title, specs in MENUS.items():
        yield f"<h2>{_label(title)}（Alt+{title[-2]}）</h2>\n<table>\n"
        yield "<tr><th>操作</th><th>キー</th></tr>\n"
        for spec in specs:
            if spec.name:
                keys = escape(_keys(spec))
                yield f"<tr><td>{escape(_label(spec.text))}</td><td>{keys}</td></tr>\n"
        yield "</table>\n"


def _label(text: str) -> str:
    return re.sub(r"\(&.\)", "", text).partition("\t")[0].rstrip("…")


def _keys(spec: ActionSpec) -> str:
    shown = spec.text.partition("\t")[2]
    if shown or spec.keys is None:
        return shown
    return "、".join(each.toString() for each in QKeySequence.listFromString(spec.keys))


if __name__ == "__main__":
    application = QGuiApplication([])
    PAGE.write_text(with_commands(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
