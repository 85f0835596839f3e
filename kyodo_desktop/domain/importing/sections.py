"""Splits a cell that names several sections."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from kyodo_desktop.domain.importing.cell_words import is_section
from kyodo_desktop.domain.importing.plain import is_nothing

_SURE = re.compile(r"[、，,､；;／/]|(?<=\S)\s*[・･]\s+")
_LINE = re.compile(r"\s*\n\s*")
_WEAK = re.compile(r"[ 　]+|[・･]")
_ROLE_SIGNS = "◎○●◯〇・･■□※*－- 　"
_CUT = re.compile("[一-龠々ぁ-んァ-ヶー・]{1,9}")  # what may be the beginning of a name
_WHOLE = re.compile("(?:法人|協会|団体|大学|組合|連合|会議所|市民|事業者|農協|警察|会)$|法人")
_RANKS = tuple(
    map(
        re.compile,
        ("[部局]$|委員会$", "[課室所署]$|センター$|事務局$", "[係班]$|グループ$|担当$|チーム$"),
    )
)
_PARENT = re.compile(r"(?:教育委員会|[^、\s]{1,8}[部局])$")


@lru_cache(1 << 14)
def sections_in(text: str) -> tuple[str, ...]:
    """Return the names, in order and each once."""
    names: dict[str, None] = {}
    for line in _lines(text):
        for part in _SURE.split(line):
            for name in _weakly_split(part.strip(_ROLE_SIGNS)):
                clean = name.strip(_ROLE_SIGNS)
                if clean and not is_nothing(clean):
                    names.setdefault(clean)
    return tuple(names)


def _lines(text: str) -> list[str]:
    """Return the lines, with those joined that are one name broken in two."""
    lines: list[str] = []
    for line in filter(None, _LINE.split(text.strip())):
        whole = lines and (_SURE.search(lines[-1][-1:]) or is_section(lines[-1]))
        if not lines or (whole and not _PARENT.search(lines[-1])):
            lines.append(line)
        elif line.startswith(("（", "(")) or _goes_on(lines[-1], line):
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def _goes_on(above: str, line: str) -> bool:
    if _PARENT.search(above):
        return is_section(line) and not _PARENT.search(line)
    cut = _CUT.fullmatch(above) is not None and not _WHOLE.search(above)
    return cut and is_section(above + line) and not _SURE.search(line)


def _weakly_split(part: str) -> list[str]:
    """Split at a space or ・ where all that comes of it are names of sections."""
    pieces = [piece for piece in _WEAK.split(part) if piece]
    if len(pieces) > 1 and all(is_section(piece) and len(piece) > 1 for piece in pieces):
        if "・" not in part and "･" not in part and _are_nested(pieces):
            return ["".join(pieces)]
        above, *below = pieces
        of_parent = _PARENT.search(above) and not any(map(_PARENT.search, below))
        if of_parent and len(below) == 1 and "・" not in part:
            return ["".join(pieces)]
        return pieces
    return [part]


def _are_nested(names: list[str]) -> bool:
    """Tell whether each name is of a part of the one before it: 福祉部 高齢福祉課 介護予防係."""
    ranks = [
        next((rank for rank, ends in enumerate(_RANKS) if ends.search(name)), -1) for name in names
    ]
    return -1 not in ranks and all(left < right for left, right in pairwise(ranks))
