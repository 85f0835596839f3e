"""Writes what stands once for an action: title, texts, dates, sections."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import fiscal_year_of
from kyodo_desktop.domain.importing.found_plan import Form
from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.months import read_months
from kyodo_desktop.domain.importing.sections import sections_in
from kyodo_desktop.domain.importing.splitting import has_signs, parts_in
from kyodo_desktop.domain.like.date_forms import month_in_form, year_in_form, years_of
from kyodo_desktop.domain.like.pieces import shared_out
from kyodo_desktop.domain.plan import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.found_plan import FoundAction, ValueOrigin
    from kyodo_desktop.domain.like.cell_edits import CellEdits
    from kyodo_desktop.domain.like.sites import Sites
    from kyodo_desktop.domain.like.table_match import TableMatch
    from kyodo_desktop.domain.plan import Action

NO_PLACE = "書き込む欄が元の表に見つからないため、書き込んでいません。"
GATHERED = "いくつかの欄の文字をまとめた備考のため、書き込んでいません。"
NO_COLUMNS = "「{}」の欄が元の表にないため、{:,}件の値は書き込んでいません。"
NOT_SO = "この書き方では読み取れないため、書き込んでいません。もとの表で直してください。"
_SEPARATORS = ("、", "\n", "，", ",", "／", "/", "・")
_LONGEST_SHOWN = 60


class FieldWriter:
    """Puts into the cells what the plan says otherwise than the table."""

    def __init__(self, match: TableMatch, sites: Sites, edits: CellEdits) -> None:
        self._match, self._sites, self._edits = match, sites, edits
        self._notices: list[Unread] = []
        self._lacking: Counter[tuple[str, ColumnRole]] = Counter()

    def notices(self) -> list[Unread]:
        """Return what was not written, and why."""
        lacking = [
            Unread(CellPlace(sheet, 0, 0), "", NO_COLUMNS.format(role.label, count))
            for (sheet, role), count in self._lacking.items()
        ]
        return [*lacking, *self._notices]

    def write(self, at: int, action: Action) -> None:
        """Write the fields of an action into the row where it was found."""
        found = self._match.found.actions[at]
        for role, old, new in (
            (ColumnRole.ACTION, found.title, action.title),
            (ColumnRole.DESCRIPTION, found.description, action.description),
            (ColumnRole.NOTE, found.note, action.note),
        ):
            if role is not ColumnRole.NOTE or self._is_a_note(at, old):
                self.put_text(at, role, old, new)
            elif old.strip() != new.strip():
                self.notify(at, role, new, GATHERED)
        self._write_dates(at, found, action)
        self._write_sections(at, found, action.id)

    def _is_a_note(self, at: int, note: str) -> bool:
        """Tell whether the note is the text of one cell, not of others gathered with words."""
        origins = self._sites.of(at, ColumnRole.NOTE)
        return not note or [self._edits.text(each).strip() for each in origins] == [note.strip()]

    def put_text(
        self, at: int, role: ColumnRole, old: str, new: str, *, round_name: str = "", line: int = 0
    ) -> None:
        """Write a text where it stands now, or below its heading."""
        origins = self._sites.of(at, role, round_name, line)
        if role is ColumnRole.PROGRESS:
            origins = [*origins, *self._sites.of(at, ColumnRole.ISSUE, round_name, line)]
        origins = sorted(origins, key=lambda each: (each.place, each.start))
        if old.strip() == new.strip():
            for each in origins:
                self._edits.keep(each)
            return
        if not origins:
            blank = self._sites.blank(at, role, round_name)
            if blank is None:
                self.notify(at, role, new, NO_PLACE)
            else:
                self._edits.put(blank, new)
            return
        texts = shared_out(old, new, [self._edits.text(each) for each in origins])
        for each, text in zip(origins, texts, strict=True):
            self._edits.put(each, self._as_part(each, text))

    def _as_part(self, origin: ValueOrigin, text: str) -> str:
        """Return a text as it goes on below its line, where lines part a cell among actions."""
        cell = self._edits.cell(origin.place)
        is_line = origin.form is Form.NUMBERED and "\n" in cell and not parts_in(cell)
        return text.replace("\n", "\n　") if is_line and not has_signs(cell) else text

    def notify(self, at: int, role: ColumnRole, text: str, reason: str) -> None:
        """Tell of a value of an action that is not written; of a lacking column only once."""
        action = self._match.found.actions[at]
        named = self._match.round
        if reason == NO_PLACE and not self._sites.has_columns(action.place, role, named):
            self._lacking[action.place.sheet, role] += 1
            return
        shown = " ".join(text.split())
        if len(shown) > _LONGEST_SHOWN:
            shown = shown[: _LONGEST_SHOWN - 1] + "…"
        what = f"{action.number} {action.title}".strip() + f" の{role.label}：{shown or '（空）'}"
        self._notices.append(Unread(action.place, what, reason))

    # Dates

    def _write_dates(self, at: int, found: FoundAction, action: Action) -> None:
        near = years_of(self._match.found)
        starts, dues = (self._sites.of(at, each) for each in (ColumnRole.START, ColumnRole.DUE))
        together = {each.place for each in starts} & {each.place for each in dues}
        for role, old, new, is_same in (
            (ColumnRole.START, starts, action.start_fiscal_year, found.start_fiscal_year),
            (ColumnRole.DUE, dues, action.due, found.due),
        ):
            if new == is_same or (new is None and not old):
                if not together:
                    for each in old:
                        self._edits.keep(each)
                continue
            origin = old[0] if old else self._sites.blank(at, role)
            if origin is None:
                follows = action.due is not None and new == fiscal_year_of(action.due)
                if not follows:  # a table without a beginning has that of the end
                    self.notify(at, role, str(new or ""), NO_PLACE)
                continue
            before = "" if self._edits.is_free(origin) else self._edits.text(origin)
            if new is None:
                text = ""
            elif isinstance(new, int):
                text = year_in_form(new, before, near)
            else:
                text = month_in_form(new, before or self._form_of_dates(), near)
            if together and None in read_months(text, near)[:2]:  # it held both
                self.notify(at, role, text, NOT_SO)
            else:
                self._edits.put(origin, text)

    def _form_of_dates(self) -> str:
        """Return a date of another action, as this table writes them."""
        for at in range(len(self._match.found.actions)):
            for each in self._sites.of(at, ColumnRole.DUE):
                if text := self._edits.text(each).strip():
                    return text
        return ""

    # Sections

    def _write_sections(self, at: int, found: FoundAction, action_id: int) -> None:
        match = self._match
        for role, names, part in (
            (ColumnRole.SECTION, found.sections, Role.LEAD),
            (ColumnRole.RELATED_SECTION, found.related_sections, Role.RELATED),
        ):
            wanted = match.outline.section_names(action_id, part)
            present = [match.section(each) for each in names]
            origins = self._sites.of(at, role)
            if set(wanted) == set(present):
                for each in origins:
                    self._edits.keep(each)
            elif not origins:
                blank = self._sites.blank(at, role)
                if blank is None:
                    self.notify(at, role, "、".join(wanted), NO_PLACE)
                else:
                    self._edits.put(blank, "、".join(wanted))
            else:
                self._put_sections(at, origins, wanted)

    def _put_sections(self, at: int, origins: Sequence[ValueOrigin], wanted: list[str]) -> None:
        """Let names that stay stay in their cells; new ones stand where an old one went."""
        cells = [list(sections_in(self._edits.text(each))) for each in origins]
        left = [
            each
            for each in wanted
            if not any(each in map(self._match.section, names) for names in cells)
        ]
        last_that_loses = 0
        kept = []
        for place, names in enumerate(cells):
            kept.append([each for each in names if self._match.section(each) in wanted])
            if len(kept[place]) < len(names):
                last_that_loses = place
        kept[last_that_loses] += left
        for origin, names, new in zip(origins, cells, kept, strict=True):
            if names == new:
                self._edits.keep(origin)
                continue
            text = joined_names(new, self._edits.text(origin))
            if text is None:
                self.notify(at, origin.field, "、".join(new), NOT_SO)
            else:
                self._edits.put(origin, text)


def joined_names(names: list[str], old: str) -> str | None:
    """Return names of sections parted as the old ones were, as far as they then read so."""
    if not names:
        return ""
    found = [each for each in _SEPARATORS if each in re.sub(r"[（(].*?[)）]", "", old)]
    for separator in (*found, *_SEPARATORS):
        text = separator.join(names)
        if list(sections_in(text)) == names:
            return text
    return None
