"""Notices what somebody changed where it has no effect: in what rows say of their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.interchange.checking import refused
from kyodo_desktop.domain.interchange.flat_rows import LONGEST, Flattener

if TYPE_CHECKING:
    from kyodo_desktop.domain.interchange.whole_plan import Value, WholePlan


def expect_untouched_contexts(whole: WholePlan) -> None:
    """Raise RefusedError for a cell that was changed, though its own row says otherwise.

    Where no row says any longer what is true, the row itself was changed, and the others were
    left as they had been written.
    """
    if not any(whole.contexts.values()):
        return
    flattener = Flattener(whole)
    agreed, differing = set[tuple[int, str]](), dict[tuple[int, str], tuple[str, int]]()
    for (table, place), said in whole.contexts.items():
        truth = flattener.context(table, whole.tables[table][place])
        for heading, text in said.items() if truth else ():
            key = (id(truth), heading)
            if _same(text, truth.get(heading)):
                agreed.add(key)
            else:
                differing.setdefault(key, (table, place))
    for key, where in differing.items():
        if key in agreed:
            raise refused(
                whole.origins[where].at(key[1]),
                "は、計画のどこの行かを示すだけの欄で、直しても計画は変わりません。"
                "種別が「実行計画」「見出し」「期」「担当」の行で直すか、元の文字に戻してください。",
            )


def _same(text: str, truth: Value) -> bool:
    if not isinstance(truth, str):
        return False
    return text.replace("\r\n", "\n") == truth or len(truth) * 2 > LONGEST
