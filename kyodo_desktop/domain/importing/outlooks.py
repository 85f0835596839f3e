"""Reads 今後の方向性 of a row: a choice, a text, or both."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.found_plan import FoundOutlook
from kyodo_desktop.domain.importing.plain import is_nothing, one_line, squeezed
from kyodo_desktop.domain.importing.tick_columns import is_tick

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.drafts import ActionDraft
    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.domain.importing.layout import Layout, RoundColumns
    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_LONGEST_CHOICE, _SURELY_CHOICE = 50, 8
_FEWEST = 2
_CHOICES = (
    "現状(?:のまま)?(?:維持|継続)|(?:改善して|見直して|拡充して)?継続|拡充|拡大|充実|強化|改善|見直し|縮小|統合"
    "|廃止|休止|終了|完了|新規|維持|推進|検討"
)
_LED = re.compile(
    rf"\s*(?:[【\[（(〔](?P<marked>{_CHOICES})[】\]）)〕]\s*"
    rf"|(?P<choice>{_CHOICES})(?:\s*[:：\n]\s*|　+|\s*$))"
)

_SENTENCE = re.compile("[うくぐすつぬぶむるいたん]$|(?:こと|もの|ため|予定)$")
_CHOSEN = re.compile(rf"[^をはに、]{{0,8}}(?:{_CHOICES})(?:する|していく|とする)?")


class Directions:
    """The choices of 今後の方向性 in the order in which they are met."""

    def __init__(self) -> None:
        self.known: dict[str, None] = {}
        self._repeated: set[str] = set()

    def look_at(self, view: SheetView, choice: SheetChoice, layout: Layout) -> None:
        """See which texts stand in several rows of a sheet: such are choices."""
        rows = view.filled(choice.last_heading_row + 1, choice.last_row)
        for column, _ in (each for columns in layout.rounds for each in columns.directions):
            found = Counter(view.text(row, column) for row in rows)
            self._repeated |= {text for text, count in found.items() if count >= _FEWEST}

    def is_choice(self, text: str) -> bool:
        """Tell whether a cell of a column of choices is one; a sentence met once is a text."""
        if len(text) > _LONGEST_CHOICE or "。" in text:
            return False
        return (
            len(text) <= _SURELY_CHOICE
            or text in self._repeated
            or not _SENTENCE.search(text)
            or _CHOSEN.fullmatch(text) is not None
        )


def take_outlook(
    draft: ActionDraft,
    columns: RoundColumns,
    cells: dict[int, str],
    row: CellPlace,
    directions: Directions,
) -> None:
    """Add what the row says to the action; a choice that is new is added to `directions`."""
    direction, texts, first = _said(columns, cells, directions)
    if not first:
        return
    if direction:
        directions.known.setdefault(direction)
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


def _said(
    columns: RoundColumns, cells: dict[int, str], directions: Directions
) -> tuple[str, list[str], int]:
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
        if direction or not directions.is_choice(choice):
            texts.append(text)
        else:
            direction = choice
    return direction, texts, first
