"""How forms are read: which labels they have and what each of them means."""

from __future__ import annotations

from typing import NamedTuple

from kyodo_desktop.domain.importing.forms_labels import ValueSide
from kyodo_desktop.domain.importing.mapping import ColumnRole, RoundChoice, StatusChoice


class LabelChoice(NamedTuple):
    """What the values of one label are.

    `words` are its key (`forms_words.words_of`), by which it is found wherever it stands;
    `group` are the words over or beside it that it is a part of, `row_words` those of the row
    where it heads a column of a small table. `printed` is for people. `level` is the depth of
    a heading (0 is the top). `round` is the name of the round; empty is the form's own, or
    that of the year beside or above the value.
    """

    words: str
    group: str
    row_words: str
    side: ValueSide
    role: ColumnRole
    level: int = 0
    round: str = ""
    printed: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells labels of the same words apart."""
        return self.words, self.group, self.row_words


class FormMapping(NamedTuple):
    """All choices; `levels` are (name, numbering) from the top to the action.

    `start` are the words with which each of several forms in one sheet begins, empty where a
    sheet is one form. The last of `rounds` is that of forms which name none.
    """

    title: str
    sheets: tuple[str, ...]
    start: str
    labels: tuple[LabelChoice, ...]
    levels: tuple[tuple[str, str], ...]
    statuses: tuple[StatusChoice, ...]
    rounds: tuple[RoundChoice, ...]


def form_mapping_json(mapping: FormMapping) -> dict[str, object]:
    """Return the mapping as lists, texts and numbers, as it is saved."""
    return {
        "title": mapping.title,
        "sheets": list(mapping.sheets),
        "start": mapping.start,
        "labels": [
            {**each._asdict(), "side": each.side.value, "role": each.role.value}
            for each in mapping.labels
        ],
        "levels": [list(each) for each in mapping.levels],
        "statuses": [each._asdict() for each in mapping.statuses],
        "rounds": [each._asdict() for each in mapping.rounds],
    }


def form_mapping_of(saved: dict[str, object]) -> FormMapping:
    """Return the mapping that was saved.

    Raises KeyError, TypeError or ValueError where it is not one.
    """

    def rows(name: str) -> list[dict[str, object]]:
        found = saved[name]
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise TypeError(name)
        return found

    def label(each: dict[str, object]) -> LabelChoice:
        return LabelChoice(
            str(each["words"]),
            str(each["group"]),
            str(each["row_words"]),
            ValueSide(str(each["side"])),
            ColumnRole(str(each["role"])),
            int(str(each.get("level", 0))),
            str(each.get("round", "")),
            str(each.get("printed", "")),
        )

    sheets, levels = saved["sheets"], saved["levels"]
    if not isinstance(sheets, list) or not isinstance(levels, list):
        raise TypeError("sheets")
    return FormMapping(
        str(saved["title"]),
        tuple(map(str, sheets)),
        str(saved["start"]),
        tuple(map(label, rows("labels"))),
        tuple((str(name), str(style)) for name, style in levels),
        tuple(
            StatusChoice(*(str(each[name]) for name in StatusChoice._fields))
            for each in rows("statuses")
        ),
        tuple(
            RoundChoice(str(each["name"]), int(str(each["fiscal_year"])), str(each["as_of"]))
            for each in rows("rounds")
        ),
    )
