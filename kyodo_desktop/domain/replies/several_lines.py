"""Several marked lines that were typed into one cell of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.replies.marks import is_bullet

if TYPE_CHECKING:
    from kyodo_desktop.domain.replies.words import Words

MarkedLines = list[tuple[str, str]]


def marked_lines(text: str, words: Words) -> MarkedLines:
    """Return mark and text of each line where a text consists of several, else nothing.

    A line without a mark goes on the one above it. Lines that all begin with the same bullet
    are a list within one text: ・ is both, a mark of plans and the bullet of everybody.
    """
    if "\n" not in text:
        return []
    found: MarkedLines = []
    for line in text.split("\n"):
        mark, rest = words.marked(line.strip())
        if mark:
            found.append((mark, rest))
        elif found:
            found[-1] = found[-1][0], f"{found[-1][1]}\n{line}".rstrip()
        elif line.strip():
            return []
    marks = {mark for mark, _ in found}
    is_list = len(marks) == 1 and is_bullet(next(iter(marks)))
    return found if len(found) > 1 and not is_list else []
