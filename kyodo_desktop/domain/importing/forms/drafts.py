"""An action while its form is read, and the values of the form with what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.forms.words import YEAR
from kyodo_desktop.domain.importing.found_plan import Form, FoundAction, ValueOrigin
from kyodo_desktop.domain.importing.grid import CellPlace
from kyodo_desktop.domain.importing.mapping import ColumnRole, ValueSide
from kyodo_desktop.domain.importing.numbers import is_number
from kyodo_desktop.domain.importing.plain import one_line, squeezed
from kyodo_desktop.domain.importing.printed_choices import options_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.forms.labels import FormValue
    from kyodo_desktop.domain.importing.forms.sheet import Box
    from kyodo_desktop.domain.importing.found_plan import FoundLine, FoundOutlook, FoundPlacement
    from kyodo_desktop.domain.importing.mapping import LabelChoice

_BRACKETS = r"[（(【\[「〔][ 　]*[)）】\]」〕]"
_BLANK_LEAD = re.compile(rf"\s*(?:{_BRACKETS}|[：:])\s*(?=\S)")
_BLANK = re.compile(rf"[^\s。：:（(【]{{0,8}}?\s*[：:は]?\s*{_BRACKETS}\s*[。.]?\s*|[：:\s]+")
Path = tuple[tuple[str, str], ...]


class FormPart(NamedTuple):
    """A value, the choice of its label (None for a label that nobody knows), and its sheet."""

    value: FormValue
    choice: LabelChoice | None
    sheet: str

    @property
    def role(self) -> ColumnRole:
        """What it is; what is unknown goes into the note."""
        return self.choice.role if self.choice is not None else ColumnRole.NOTE

    @property
    def text(self) -> str:
        """What was filled in."""
        return self.value.box.text

    @property
    def place(self) -> CellPlace:
        """The cell it stands in."""
        return CellPlace(self.sheet, self.value.box.top, self.value.box.left)

    def without_blanks(self) -> FormPart:
        """Return the value without brackets and a colon before it that were left empty.

        Of 「評価：（　）」 nothing is left, and of 「【　】続ける。」 the text.
        """
        box = self.value.box
        if options_in(box.text):
            return self
        if _BLANK.fullmatch(box.text):
            return self._replace(value=self.value._replace(box=box._replace(text="")))
        led = _BLANK_LEAD.match(box.text)
        if led is None:
            return self
        end = box.start + len(box.text) if box.end is None else box.end
        rest = box._replace(text=box.text[led.end() :], start=box.start + led.end(), end=end)
        return self._replace(value=self.value._replace(box=rest))

    @property
    def printed(self) -> str:
        """The label as people read it, with the year that it stands by."""
        value = self.value
        label = one_line(value.label.text).strip("：: 　")
        if value.side is ValueSide.INSIDE:
            label = value.words
        years = [one_line(each) for each in value.years if squeezed(each) != squeezed(label)]
        row = f"{value.row_words}・" if value.row_words not in ("", YEAR) else ""
        return f"{' '.join(years[:1])}{row}{label}"

    @property
    def labelled(self) -> str:
        """The text after its label."""
        return f"{self.printed}：{self.text}"

    def origin(
        self,
        role: ColumnRole,
        name: str = "",
        line: int = 0,
        span: tuple[int, int | None] | None = None,
        form: Form = Form.TEXT,
    ) -> ValueOrigin:
        """Return where a value was read: the whole text of this one, or a span of it."""
        box = self.value.box
        if span is None:
            return ValueOrigin(role, name, line, self.place, box.start, box.end, form)
        start, end = span
        end = box.end if end is None else end + box.start
        return ValueOrigin(role, name, line, self.place, start + box.start, end, form)


@dataclass
class FormDraft:
    """An action while its form is read."""

    path: Path
    number: str
    title: str
    place: CellPlace
    description: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    start: int | None = None
    due: str | None = None
    sections: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    lines: list[FoundLine] = field(default_factory=list)
    outlooks: list[FoundOutlook] = field(default_factory=list)
    origins: list[ValueOrigin] = field(default_factory=list)
    is_relisted: bool = False
    relisted: list[FoundPlacement] = field(default_factory=list)

    def finished(self) -> FoundAction:
        """Return the action as it was found."""
        return FoundAction(
            self.path,
            self.number,
            self.title,
            self.place,
            "\n".join(dict.fromkeys(self.description)),
            self.start,
            self.due,
            "\n".join(dict.fromkeys(self.note)),
            self.sections,
            tuple(name for name in self.related if name not in self.sections),
            tuple(self.lines),
            tuple(self.outlooks),
            tuple(self.relisted),
            origins=tuple(self.origins),
        )


class FormTitle(NamedTuple):
    """Number and title that stand in the cells of one label, and the cell of the title."""

    number: str
    text: str
    box: Box


def title_of(parts: Sequence[FormPart]) -> FormTitle | None:
    """Return number and title; None where there is no title."""
    words = [part for part in parts if not is_number(part.text)]
    if not words:
        return None
    box = words[0].value.box
    number = next(
        (one_line(part.text) for part in parts if is_number(part.text) and part.value.box < box),
        "",
    )
    return FormTitle(number, one_line(words[0].text), box)
