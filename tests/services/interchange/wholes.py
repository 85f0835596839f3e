"""Whole plans whose free texts hypothesis chose: every class of characters, every length."""

from __future__ import annotations

from hypothesis import strategies as st

from kyodo_desktop.domain.field_types import Storage
from kyodo_desktop.domain.tables import NAMES, TABLES

_NASTY = (
    *("=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "'", "'=1", "''=1", "'abc", "＝1", "−1"),
    *("(1)", "1-2", "2016-03", "001", "1E5", "TRUE", "H28.3.1", "平成28年3月1日", "¥100"),
    *("_x0041_", "_x005F_x0041_", "ax005F_b", "〔U+0041〕", "〔U+3014〕U+0041〕", "]]>", "&lt;"),
    *("\0", "\x07", "\x1f", "\x7f", "\x85", "\ufeff", "\ufffe", "\uffff", "\u2028", "\xa0"),
    *(" 前後 ", "\r\n", "a\rb\r\nc\n", "①㈱㌔", "ｻﾎﾟｰﾄ", "👨\u200d👧", "葛\U000e0100", "e\u0301"),
    *(',"', '"', '"a","b"\n"c"', "#REF!", "#N/A", "NULL", "None", "<b>", "1,000", "𠮷野家"),
    " " * 31_999 + "x",
    *("あ" * 32_000, "𠮷" * 32_000, "\0" * 32_000, "'" * 32_000 + "=", "未" * 31_999 + "\n"),
)
TEXTS = st.one_of(
    st.sampled_from(_NASTY),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text(st.sampled_from("=+-@'\t\r\n\"_x005F〔U+〕0;,"), max_size=12),
)
_FREE = {
    name: [
        column.name
        for column in table.columns
        if column.type.storage is Storage.TEXT
        and not column.words
        and not column.optional
        and (name, column.name)
        not in {("status", "colour"), ("level", "numbering"), ("operation", "at")}
    ]
    for name, table in TABLES.items()
}
_UNIQUE = {*((table, column) for table, column in NAMES.items()), ("revision", "name")}
_UNIQUE |= {("import_mapping", "name"), ("report_choice", "name")}
_UNIQUE |= {("muted_rule", "rule"), ("confirmation", "rule")}


@st.composite
def wholes(draw, base):
    """Draw a plan like `base` with other texts in a good part of its cells.

    Each of the texts that are known to be hard is among them.
    """
    chosen = [*_NASTY, *draw(st.lists(TEXTS, min_size=20, max_size=20))]
    chosen = draw(st.permutations(chosen))
    tables = {}
    for name, rows in base.tables.items():
        step = draw(st.integers(1, 5))
        tables[name] = [
            _with_texts(name, row, chosen, place) if place % step == 0 else row
            for place, row in enumerate(rows)
        ]
    return base._replace(tables=tables)


def _with_texts(name, row, chosen, place):
    texts = {}
    for offset, column in enumerate(_FREE[name]):
        text = chosen[(place + offset) % len(chosen)]
        if (name, column) in _UNIQUE:
            text += f"#{place}"
        # a name or title may not be blank, and SQLite's length() ends at a NUL
        texts[column] = text if text.strip(" ") and text[0] != "\0" else f"題{text}"
    return {**row, **texts}
