"""How forms are read, as lists, texts and numbers, to be kept and used again next year."""

from __future__ import annotations

from kyodo_desktop.domain.importing.mapping import (
    ColumnRole,
    FormMapping,
    LabelChoice,
    RoundChoice,
    StatusChoice,
    ValueSide,
)


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
