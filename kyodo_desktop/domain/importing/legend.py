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
    from collections.abc import Container, Iterable

    from kyodo_desktop.domain.importing.sheet_view import SheetView

_SIGNS = "○◎△×✕✖✓✔◇◆□■●▲▼☆★・※→↑↓⇒◯〇レ―－‐–—①-⑳\\-"
_MARK = (
    r"(?:[「『\[［【(（]\s*)?"
    rf"(?P<mark>[{_SIGNS}]|[A-Za-zＡ-Ｚａ-ｚ0-9０-９][+\-＋－]?|[完終済未継中新廃実検統青黄赤緑])"
    r"(?:\s*[」』\]］】)）])?"
)
_TIE = r"\s*(?:[：:＝=→⇒]|…+|\.{2,}|・{2,}|‥+)\s*"
_TIED = re.compile(rf"(?:^|(?<=[\s　、，,；;／/（(「【\[】\]｜|。・]))\s*{_MARK}{_TIE}(?=\S)")
# Signs need no tie: ✓完了　◇完了の目途　・継続中　－未着手
_BARE = re.compile(
    r"(?:^|(?<=[\s　、，,；;／/（(「】\]：:｜|。]))"
    r"(?P<mark>[○◎△×✕✓✔◇◆□■●▲☆★・◯〇①-⑳](?=\s*[一-龠ぁ-んァ-ヶ])|[－―–-](?=[一-龠ぁ-んァ-ヶ]))\s*"
)
# Steps need none either: 1検討→2調整→3決定
_STEP = re.compile(r"(?:^|(?<=[→⇒、，,　 :：]))\s*(?P<mark>[0-9０-９])(?=\s*[一-龠ぁ-んァ-ヶ])")
_ARROW = re.compile("[→⇒]")
_SAID = re.compile(r"[\s　:：＝=…→⇒.．、・(（]+")
_TRAIL = " 　、，,；;／/｜|。」】"
_LABEL_LIMIT = 20
_COUNT = re.compile(r"[0-9.,]+(?:%|件|項目|事業|施策)?")
_FEWEST, _FEWEST_STEPS, _MOST_CELLS = 2, 3, 4
_LONGEST_LINE = 80
_WIDE_GAP = re.compile("　　|  ")


def pairs_in(text: str) -> list[tuple[str, str]]:
    """Return (mark, words) of a line that explains marks; at least two of them, else none."""
    for pattern in (_TIED, _BARE):
        found = list(pattern.finditer(text))
        if len(found) >= _FEWEST:
            ends = [each.start() for each in found[1:]] + [len(text)]
            pairs = [
                (each["mark"], _words(text[each.end() : end]))
                for each, end in zip(found, ends, strict=True)
            ]
            if _is_legend(pairs):
                return pairs
    return _steps_in(text)


def _steps_in(text: str) -> list[tuple[str, str]]:
    """Return steps that count up, the most advanced first: it is there that they lead."""
    found = list(_STEP.finditer(text))
    if len(found) < _FEWEST_STEPS:
        return []
    ends = [each.start() for each in found[1:]] + [len(text)]
    pairs = [
        (each["mark"], _words(text[each.end() : end]))
        for each, end in zip(found, ends, strict=True)
    ]
    counts = [int(mark) for mark, _ in pairs]
    if counts != list(range(counts[0], counts[0] + len(counts))) or not _is_legend(pairs):
        return []
    return pairs[::-1] if _ARROW.search(text) else pairs


def explained_in(
    view: SheetView, rows: Iterable[int], met: dict[str, str], columns: Container[int]
) -> list[tuple[str, str]]:
    """Return what some rows say of statuses that the table has, by their keys in `met`.

    A cell begins with one, or holds one beside its words; cells of `columns` are of the table.
    """
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        cells = view.row(row)
        for column, text in cells.items():
            if column in columns:
                continue
            mark, words = _explained(text, met)
            beside = cells.get(column + 1, "")
            if not mark and status_key(text) in met and beside and status_key(beside) not in met:
                mark, words = text, one_line(beside)
            if mark and words and not _COUNT.fullmatch(squeezed(words)):
                found.setdefault(status_key(mark), (mark, words))
    return list(found.values()) if len(found) >= _FEWEST else []


def _explained(text: str, met: dict[str, str]) -> tuple[str, str]:
    line = one_line(text)
    tie = _SAID.search(line)
    if tie is None or len(line) > _LONGEST_LINE:
        return "", ""
    mark = line[: tie.start()]
    return (mark, _words(line[tie.end() :])) if status_key(mark) in met else ("", "")


def _words(text: str) -> str:
    """Return what is said of a mark: no sign that only ends it, nothing after a wide gap."""
    words = one_line(_WIDE_GAP.split(text.strip(_TRAIL + "→⇒"))[0]).strip(_TRAIL)
    for opening, closing in ("（）", "()"):
        if words.endswith(closing) and words.count(opening) < words.count(closing):
            words = words[:-1]
    return words


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
        return single["mark"], _words(single["words"])
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
