"""Reads 今後の方向性 of a row: a choice, a text, or both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.found_plan import FoundOutlook
from kyodo_desktop.domain.importing.plain import is_nothing, one_line, squeezed
from kyodo_desktop.domain.importing.tick_columns import is_tick

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.drafts import ActionDraft
    from kyodo_desktop.domain.importing.grid import Place
    from kyodo_desktop.domain.importing.layout import RoundColumns

_LONGEST_CHOICE = 50
_CHOICES = (
    "現状(?:のまま)?(?:維持|継続)|(?:改善して|見直して|拡充して)?継続|拡充|拡大|充実|強化|改善|見直し|縮小|統合"
    "|廃止|休止|終了|完了|新規|維持|推進|検討"
)
_LED = re.compile(
    rf"\s*(?:[【\[（(〔](?P<marked>{_CHOICES})[】\]）)〕]\s*"
    rf"|(?P<choice>{_CHOICES})(?:\s*[:：\n]\s*|　+|\s*$))"
)


def take_outlook(
    draft: ActionDraft,
    columns: RoundColumns,
    cells: dict[int, str],
    row: Place,
    directions: dict[str, None],
) -> None:
    """Add what the row says to the action; a choice that is new is added to `directions`."""
    direction, texts, first = _said(columns, cells)
    if not first:
        return
    if direction:
        directions.setdefault(direction)
    found = FoundOutlook(columns.round, direction, "\n".join(texts), row._replace(column=first))
    known = next((each for each in draft.outlooks if each.round == columns.round), None)
    if known is None:
        draft.outlooks += (found,)
    else:
        joined = _joined(known, found)
        draft.outlooks = tuple(joined if each is known else each for each in draft.outlooks)


def _joined(known: FoundOutlook, new: FoundOutlook) -> FoundOutlook:
    """Return what two rows of one action say: the first choice, and all else as text."""
    direction = known.direction or new.direction
    other = "" if squeezed(new.direction) == squeezed(direction) else new.direction
    texts = filter(None, (*known.text.split("\n"), other, *new.text.split("\n")))
    return known._replace(direction=direction, text="\n".join(dict.fromkeys(texts)))


def _said(columns: RoundColumns, cells: dict[int, str]) -> tuple[str, list[str], int]:
    """Return the choice, the texts and the first column that says anything."""
    direction, first = "", 0
    texts: list[str] = []
    ticked = len(columns.directions) > 1
    for column, words in (*columns.directions, *columns.outlooks):
        text = cells.get(column, "")
        if not text or is_nothing(text):
            continue
        first = first or column
        if (column, words) in columns.outlooks:
            led = _LED.match(text) if not direction and not words else None
            if led is not None:
                direction, text = led["choice"] or led["marked"], text[led.end() :]
            if text:
                texts.append(f"{words}{text}")
            continue
        choice = words if ticked and is_tick(text) else one_line(text)
        if direction or len(choice) > _LONGEST_CHOICE or "。" in choice:
            texts.append(text)
        else:
            direction = choice
    return direction, texts, first
