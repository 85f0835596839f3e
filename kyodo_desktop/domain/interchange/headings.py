"""The columns of the one table into which a plan is written, as CSV or in a workbook."""

from __future__ import annotations

from kyodo_desktop.domain.tables import TABLES

WORD, KEY, PART = "種別", "キー", "項目"
FORMAT_WORD, MORE_WORD = "書式", "続き"

PATH = ("見出し1", "見出し2", "見出し3", "見出し4")
"""The headings above an action, from the top."""

CONTEXT = ("期", *PATH, "番号", "実行計画", "主担当")
"""These say where a row stands in the plan, unless they are columns of the row itself."""

_BEFORE = ("調査", "順番", "状態", "文", "担当課", "方向性", "前回のまま")
_LAST = ("変更前", "変更後", PART)


def _ordered() -> tuple[str, ...]:
    own = (column.heading for table in TABLES.values() for column in table.columns)
    known = dict.fromkeys((WORD, KEY, *CONTEXT[:-1], *_BEFORE, CONTEXT[-1], "実行計画キー", *own))
    return (*(heading for heading in known if heading not in _LAST), *_LAST)


HEADINGS = _ordered()

OWN = {
    table.word: frozenset([WORD, KEY] + [column.heading for column in table.columns])
    for table in TABLES.values()
}
"""The columns that rows of a kind (種別) have themselves."""

OWN[MORE_WORD] = frozenset((WORD, KEY, "対象の種別", PART, "順番", "文"))
OWN[FORMAT_WORD] = frozenset((WORD, "名前", "順番"))
