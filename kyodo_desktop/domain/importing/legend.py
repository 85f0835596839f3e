"""Reads 凡例: what each mark means, in one line, in one cell or in a small table."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.cell_words import is_mark
from kyodo_desktop.domain.importing.mapping import StatusChoice
from kyodo_desktop.domain.importing.plain import one_line, squeezed, status_key
from kyodo_desktop.domain.importing.status_kinds import kind_of, usual_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.importing.sheet_view import SheetView

_SIGNS = "○◎△×✕✖✓✔◇◆□■●▲▼☆★・※→↑↓⇒◯〇レ―－‐–—①-⑳"
_MARK = (
    r"(?:[「『\[［【(（]\s*)?"
    rf"(?P<mark>[{_SIGNS}]|[A-Za-zＡ-Ｚａ-ｚ0-9０-９][+\-＋－]?|[完終済未継中新廃実検統])"
    r"(?:\s*[」』\]］】)）])?"
)
_TIE = r"\s*(?:[：:＝=→⇒]|…+|\.{2,}|・{2,}|‥+)\s*"
_TIED = re.compile(rf"(?:^|(?<=[\s　、，,；;／/（(「】\]｜|。・]))\s*{_MARK}{_TIE}(?=\S)")
# Signs need no tie: ✓完了　◇完了の目途　・継続中　－未着手
_BARE = re.compile(
    r"(?:^|(?<=[\s　、，,；;／/（(「】\]：:｜|。]))"
    r"(?P<mark>[○◎△×✕✓✔◇◆□■●▲☆★・◯〇①-⑳](?=\s*[一-龠ぁ-んァ-ヶ])|[－―–-](?=[一-龠ぁ-んァ-ヶ]))\s*"
)
_TRAIL = " 　、，,；;／/｜|。)）」】"
_LABEL_LIMIT = 20
_COUNT = re.compile(r"[0-9.,]+(?:%|件|項目|事業|施策)?")
_FEWEST, _MOST_CELLS = 2, 4


def pairs_in(text: str) -> list[tuple[str, str]]:
    """Return (mark, words) of a line that explains marks; at least two of them, else none."""
    for pattern in (_TIED, _BARE):
        found = list(pattern.finditer(text))
        if len(found) >= _FEWEST:
            ends = [each.start() for each in found[1:]] + [len(text)]
            pairs = [
                (each["mark"], one_line(text[each.end() : end]).strip(_TRAIL))
                for each, end in zip(found, ends, strict=True)
            ]
            if _is_legend(pairs):
                return pairs
    return []


def _is_legend(pairs: list[tuple[str, str]]) -> bool:
    """Tell whether each mark has words of its own; counts and shares are no words."""
    marks = {mark for mark, _ in pairs}
    return len(marks) == len(pairs) and all(
        words and not _COUNT.fullmatch(squeezed(words)) for _, words in pairs
    )


def legends_in(view: SheetView, rows: Iterable[int]) -> list[list[tuple[str, str]]]:
    """Return the legends of some rows: of single cells, and of rows with a mark and its words."""
    legends: list[list[tuple[str, str]]] = []
    column: list[tuple[str, str]] = []
    for row in rows:
        texts = list(view.row(row).values())
        pair = _pair_of(texts)
        if pair is not None:
            column.append(pair)
            continue
        if len(column) >= _FEWEST:
            legends.append(column)
        column = []
        legends += [pairs for text in texts if (pairs := pairs_in(text.replace("\n", "　")))]
        across = _pairs_across(texts)
        if across:
            legends.append(across)
    if len(column) >= _FEWEST:
        legends.append(column)
    return legends


def _pair_of(texts: list[str]) -> tuple[str, str] | None:
    """Return the mark and the words of a row that has little else."""
    for mark, words in pairwise(texts[:3]):
        if is_mark(mark) and not is_mark(words) and len(texts) <= _MOST_CELLS:
            return mark, one_line(words)
    single = re.match(rf"{_MARK}{_TIE}(?P<words>\S.*)$", texts[0]) if len(texts) == 1 else None
    if single is not None and not re.search(_TIED, single["words"]):
        return single["mark"], one_line(single["words"]).strip(_TRAIL)
    return None


def _pairs_across(texts: list[str]) -> list[tuple[str, str]]:
    """Return the pairs of a row with mark, words, mark, words side by side."""
    found = [
        (mark, one_line(words))
        for mark, words in pairwise(texts)
        if is_mark(mark) and not is_mark(words)
    ]
    enough = len(found) >= _FEWEST and len(texts) <= 2 * len(found) + 1
    return found if enough and _is_legend(found) else []


def _means(key: str, mark: str, words: str) -> bool:
    """Tell whether a cell is the mark, its words, or the mark with more beside it."""
    own = status_key(mark)
    return key in (own, status_key(words)) or (
        key.startswith(own) and not key[len(own) :][:1].isalnum()
    )


def choice_of(mark: str, words: str = "", column_words: str = "") -> StatusChoice:
    """Return a status; long words are its definition, and its name is that of the column."""
    kind = kind_of(mark, words).value
    if not words:
        return StatusChoice(mark, usual_label(mark), "", kind)
    if len(words) <= _LABEL_LIMIT:
        return StatusChoice(mark, words, "", kind)
    head, _, rest = words.partition("（")
    if rest and len(head) <= _LABEL_LIMIT:
        return StatusChoice(mark, head, words, kind)
    return StatusChoice(mark, f"{column_words}{mark}", words, kind)


def best_legend(legends: list[list[tuple[str, str]]], met: Iterable[str]) -> list[tuple[str, str]]:
    """Return the legend that explains most of the statuses which the table has."""
    keys = {status_key(each) for each in met}

    def worth(legend: list[tuple[str, str]]) -> int:
        return sum(1 for key in keys if any(_means(key, *pair) for pair in legend))

    best = max(legends, key=worth, default=[])
    return best if best and (worth(best) or not keys) else []
