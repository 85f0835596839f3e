"""A text of the plan that stands in several cells of the table: which lines go into which."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from kyodo_desktop.domain.texts import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile("【[^】\n]*】|[^：\n]{1,40}：")
_NOWHERE = -1


def shared_out(before: str, after: str, cells: Sequence[str]) -> list[str]:
    """Return the new texts of the cells from which `before` was put together, in their order.

    Words that were put before the text of a cell (課題：) tell which lines are of that cell, and
    are not written. Without such words, lines that stay keep their cell, and new ones go where
    those stood that they replace, else to the line above.
    """
    if len(cells) == 1 and cells[0].strip() == before.strip():
        return [after]
    words = _words_before(before, cells)
    if len(cells) == 1:
        word = words[0] if words else ""
        return [after[len(word) :] if word and after.startswith(word) else after]
    if words is not None and len(set(words)) == len(words):
        return _by_words(before, after, words, cells)
    if words is None and squeezed("".join(cells)) == squeezed(before):
        return [after, *("" for _ in cells[1:])]  # one sentence that runs over several rows
    return _by_lines(before, after, cells)


def _words_before(before: str, cells: Sequence[str]) -> list[str] | None:
    """Return the word before the text of each cell, empty where there is none."""
    words, at = [], 0
    for cell in cells:
        pattern = rf"^({_WORD.pattern})?{re.escape(cell.strip())}$"
        found = re.compile(pattern, re.MULTILINE).search(before, at)
        if found is None:
            return None
        words.append(found[1] or "")
        at = found.end()
    return words


def _by_words(before: str, after: str, words: list[str], cells: Sequence[str]) -> list[str]:
    """Part a text at the words that lead the cells; the rest is of the cell without a word."""
    main = words.index("") if "" in words else 0
    own = {word: place for place, word in enumerate(words) if word}
    inside = "\n".join(cells)
    others = {
        found[0]
        for line in before.split("\n")
        if (found := _WORD.match(line)) is not None and found[0] not in inside
    } - set(own)
    parts: list[list[str]] = [[] for _ in words]
    place = main
    for line in after.split("\n"):
        found = _WORD.match(line)
        word = found[0] if found is not None else ""
        if word in own:
            place = own[word]
            parts[place].append(line[len(word) :])
        elif word in others and line in before.split("\n"):
            place = _NOWHERE  # it is from no cell of these, so it goes into none
        elif line in cells[main].split("\n"):
            place = main
            parts[main].append(line)
        elif place != _NOWHERE:
            parts[place].append(line)
    return ["\n".join(each).strip("\n") for each in parts]


def _by_lines(before: str, after: str, cells: Sequence[str]) -> list[str]:
    old, new = before.split("\n"), after.split("\n")
    owners = _owners(old, cells)
    lines: list[list[str]] = [[] for _ in cells]
    last = 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for place in range(j1, j2):
            owner = last
            if tag != "insert":
                owner = owners[min(i1 + place - j1, i2 - 1)]
            if owner == _NOWHERE and tag == "equal":
                continue
            last = last if owner == _NOWHERE else owner
            lines[last].append(_without_word(new[place], cells[last], old))
    return ["\n".join(each).strip("\n") for each in lines]


def _owners(old: list[str], cells: Sequence[str]) -> list[int]:
    """Return for each line the cell that it is from."""
    owners, at = [], 0
    for line in old:
        plain = _WORD.sub("", line, count=1) if _WORD.match(line) else line
        order = [*range(at, len(cells)), *range(at)]
        owner = next(
            (each for each in order for text in (line, plain) if text and text in cells[each]),
            _NOWHERE if line.strip() else at,
        )
        owners.append(owner)
        at = owner if owner != _NOWHERE else at
    return owners


def _without_word(line: str, cell: str, old: list[str]) -> str:
    """Return a line without the word that the reader put before lines of this cell."""
    found = _WORD.match(line)
    if found is None or found[0] in cell:
        return line
    put = any(each.startswith(found[0]) for each in old)
    return line[found.end() :] if put else line
