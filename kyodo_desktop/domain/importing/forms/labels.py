"""What is printed in forms and what is filled in: labels, and the values that belong to them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.forms.words import (
    GENERIC,
    LINE,
    NUMBERED,
    OVER,
    PAPER,
    YEAR,
    inside_labels,
    is_number_cell,
    is_short_label,
    is_strict,
    is_time,
    lists_grades,
    may_be_label,
    names_year,
    weights_in_form,
    words_of,
)
from kyodo_desktop.domain.importing.mapping import ValueSide
from kyodo_desktop.domain.importing.numbers import is_number, numbered
from kyodo_desktop.domain.importing.plain import is_nothing, squeezed
from kyodo_desktop.domain.importing.printed_choices import choices_in
from kyodo_desktop.domain.importing.row_words import is_note
from kyodo_desktop.domain.importing.statuses import pairs_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.importing.forms.sheet import Box, FormSheet, FormSpan

_NEARLY_ALL, _STRICT_SHARE = 0.8, 0.5
_TITLE_ROWS = 2  # after the first one
_HALF = 0.5
_LEAD = re.compile(
    r"\s*(?:(?P<sign>[■□●○◎◆◇▼▽▶▷★☆])|(?P<bracket>[<＜《〔［[【「『])|(?P<bracketed>[(（])"
    r"|(?P<circled>[①-⑳])|(?P<roman>[Ⅰ-Ⅻ])|(?P<number>[0-9０-９])"
    r"|(?P<step>(?:第|step|ステップ)\s?[0-9０-９]))",
    re.IGNORECASE,
)
_FEWEST_LABELS = 4
_OFTEN = 6  # times that one label stands in a form


class FormValue(NamedTuple):
    """A text that was filled in and the labels it belongs to.

    `row_words` are those of the label of its row, where it stands in a table with both;
    `years` are the printed years beside and above it, the nearest first.
    """

    box: Box
    words: str
    group: str
    row_words: str
    years: tuple[str, ...]
    label: Box
    side: ValueSide


class PrintedForm(NamedTuple):
    """One form: its sheet and rows."""

    sheet: FormSheet
    rows: FormSpan

    @property
    def boxes(self) -> list[Box]:
        """All that stands in it."""
        return self.sheet.within(self.rows)


def label_counts(forms: Sequence[PrintedForm]) -> tuple[Counter[str], Counter[str]]:
    """Return in how many forms words stand that may be labels, and how often in all."""
    shares: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for form in forms:
        words = [words_of(box.text) for box in form.boxes if may_be_label(box.text)]
        words += [
            words for box in form.boxes for words, *_ in inside_labels(box.text, any_name=True)
        ]
        times.update(words)
        shares.update(set(words))
    return shares, times


def printed_words(forms: Sequence[PrintedForm]) -> dict[str, bool]:
    """Return the words that are printed in most forms; true is for those that labels have."""
    shares, times = label_counts(forms)
    total = len(forms)
    strict = {
        words_of(box.text)
        for form in forms[:3]
        for box in form.boxes
        if may_be_label(box.text)
        and (is_strict(box.text) or (total == 1 and is_short_label(box.text)))
    }
    strict |= {
        words for form in forms[:3] for box in form.boxes for words, *_ in inside_labels(box.text)
    }
    if total == 1:
        strict |= _in_column_of_labels(forms[0], strict)
    found: dict[str, bool] = {}
    for words, count in shares.items():
        share = count / total
        if (words in strict and share >= _STRICT_SHARE) or words == YEAR:
            found[words] = True
        elif total > 1 and share >= _NEARLY_ALL and times[words] <= _OFTEN * count:
            found[words] = False
    return found


def _in_column_of_labels(form: PrintedForm, strict: set[str]) -> set[str]:
    """Return short words beside a value, in a column where the others are labels."""
    texts = Counter(box.left for box in form.boxes)
    led = [
        box
        for box in form.boxes
        if (right := form.sheet.right_of(box)) is not None
        and right.left == box.right + 1
        and words_of(right.text) not in strict
    ]
    known = Counter(box.left for box in led if words_of(box.text) in strict)
    return {
        words_of(box.text)
        for box in led
        if known[box.left] >= max(_FEWEST_LABELS, _STRICT_SHARE * texts[box.left])
        and may_be_label(box.text)
        and not numbered(box.text).number
    }


class FormReading:
    """The labels and values of one form, by the words that are printed in its kind.

    `sides` tells on which side the values of a label stand; while it is being found out
    (None), each label shows it by itself.
    """

    def __init__(
        self,
        form: PrintedForm,
        printed: dict[str, bool],
        sides: dict[str, ValueSide] | None = None,
        constants: frozenset[str] = frozenset(),
    ) -> None:
        self.form, self.sheet = form, form.sheet
        self._printed, self._sides, self._constants = printed, sides, constants
        self.boxes = form.boxes
        self.labels: dict[tuple[int, int], str] = {}
        self._filled: set[tuple[int, int]] = set()  # the same in all forms, but no labels
        self._shares: dict[int, float] = {}
        self._inside = {box.at: self._inside_of(box) for box in self.boxes}
        self._find_labels()
        self._alone = {box.bottom: box for box in self._label_boxes() if self._is_alone(box)}
        self.own_sides = {box.at: self._side_of(box) for box in self._label_boxes()}
        self.groups: dict[tuple[int, int], str] = {}
        self.bands: list[Box] = []
        self._tops: dict[tuple[int, int], tuple[Box, ...]] = {}
        self._find_groups()
        self.values: list[FormValue] = []
        self.left_over: list[Box] = []
        self.notes: list[Box] = []
        self._claims: dict[tuple[int, int], tuple[Box | None, Box | None]] = {}
        self._claim_all()
        self._take_lines()

    # Labels

    def _label_boxes(self) -> list[Box]:
        return [box for box in self.boxes if box.at in self.labels]

    def _find_labels(self) -> None:
        candidates = {
            box.at: words_of(box.text)
            for box in self.boxes
            if may_be_label(box.text) and words_of(box.text) in self._printed
        }
        self._candidates = candidates
        years = self._year_labels(candidates)
        for box in self.boxes:
            words = candidates.get(box.at)
            if words is None:
                continue
            if words == YEAR and is_time(box.text.strip()):
                if box.at in years:
                    self.labels[box.at] = words
            elif self._printed[words] or not self._is_constant_value(box):
                self.labels[box.at] = words
            else:
                self._filled.add(box.at)

    def _inside_of(self, box: Box) -> tuple[tuple[str, int, int], ...]:
        """Return the labels with a colon in a cell, if all of them are printed in most forms."""
        for any_name in (False, True):
            inside = inside_labels(box.text, any_name=any_name)
            if inside and all(words in self._printed for words, *_ in inside):
                return inside
        return ()

    def _may_be_value(self, box: Box) -> bool:
        """Tell whether a text may belong to a label in another cell."""
        return box.at not in self.labels and not self._inside.get(box.at)

    def _year_labels(self, candidates: dict[tuple[int, int], str]) -> set[tuple[int, int]]:
        """Return the years that head columns or rows: several beside or below each other."""
        years = [
            box
            for box in self.boxes
            if candidates.get(box.at) == YEAR and is_time(box.text.strip())
        ]
        by_row = Counter(box.top for box in years)
        by_column = Counter(box.left for box in years)
        found = set()
        for box in years:
            left = self.sheet.left_of(box)
            beside = left is not None and self._printed.get(candidates.get(left.at, ""), False)
            of_label = beside and left is not None and left.top == left.bottom
            if by_row[box.top] > 1 or (by_column[box.left] > 1 and not of_label):
                found.add(box.at)
            elif not of_label:
                over = self.sheet.above(box)
                if over is not None and candidates.get(over.at) == YEAR:
                    found.add(box.at)
        return found

    def _is_constant_value(self, box: Box) -> bool:
        """Tell whether words that are the same in all forms are what was filled in."""
        parts = numbered(box.text)
        if self._is_below_heading(box) or (parts.title and weights_in_form(parts.word)):
            return True
        nearest = self.sheet.left_of(box)
        while nearest is not None and nearest.at not in self._candidates:
            counts = is_number(nearest.text) and not nearest.text.strip().isalpha()
            if not counts and not is_nothing(nearest.text):
                return False
            nearest = self.sheet.left_of(nearest)
        if nearest is None or nearest.at in self._filled:
            return nearest is not None
        strict = self._printed.get(self._candidates.get(nearest.at, ""), False)
        if not strict and self._label_share(box) >= _HALF:
            return False
        heads = self._has_value_below(nearest) and self._has_value_below(box)
        return not heads or self._has_label_in_row(box.bottom + 1)

    def _label_share(self, box: Box) -> float:
        """Return the share of texts that may be labels among those that begin in a column."""
        if not self._shares:
            texts = Counter(each.left for each in self.boxes)
            labels = Counter(each.left for each in self.boxes if each.at in self._candidates)
            self._shares = {left: labels[left] / count for left, count in texts.items()}
        return self._shares[box.left]

    def _is_below_heading(self, box: Box) -> bool:
        """Tell whether the words stand where a column has its value."""
        over = self.sheet.above(box)
        if over is None or self._is_alone(box):
            return False
        if not self._printed.get(self._candidates.get(over.at, ""), False):
            return False
        beside = self.sheet.right_of(over) or self.sheet.left_of(over)
        if beside is None or beside.at not in self._candidates:
            return False
        return not self._has_value_below(box)

    def _has_label_in_row(self, row: int) -> bool:
        """Tell whether a row begins with a label; a year begins a row of the table above it."""
        first = next((each for each in self.boxes if each.top == row), None)
        words = self._candidates.get(first.at, YEAR) if first is not None else YEAR
        return words != YEAR and self._printed.get(words, False)

    @property
    def remarks(self) -> list[Box]:
        """Footnotes that are not printed in all forms and explain no marks."""
        return [
            box
            for box in self.notes
            if squeezed(box.text) not in self._constants and not pairs_in(box.text)
        ]

    def _has_value_below(self, box: Box) -> bool:
        below = self.sheet.at(box.bottom + 1, box.left)
        is_label = below is not None and self._candidates.get(below.at, YEAR) != YEAR
        return below is not None and not is_label and self._in_rows(below)

    @property
    def years_of_table(self) -> set[tuple[int, int]]:
        """The cells of years beside or below each other, which so are none of the form."""
        years = [box for box in self.boxes if self.labels.get(box.at) == YEAR]
        rows = Counter(box.top for box in years if is_time(box.text.strip()))
        columns = Counter(box.left for box in years if is_time(box.text.strip()))
        return {box.at for box in years if rows[box.top] > 1 or columns[box.left] > 1}

    # Sides

    def _side_of(self, box: Box) -> ValueSide | None:
        """Return on which side the value of a label stands; None where nothing shows it."""
        known = (self._sides or {}).get(self.labels[box.at])
        if known is not None:
            return known
        if self._is_name_of_form(box):
            return ValueSide.GROUP
        right, below = self.sheet.right_of(box), self.sheet.below(box)
        is_beside = right is not None and right.left == box.right + 1
        if right is not None and is_beside and self._heads_years(box, right):
            return ValueSide.GROUP
        blank = self.sheet.is_blank_area(box.top, box.right + 1)
        if right is not None and right.at not in self.labels and not blank:
            is_none_below = below is None or not self._may_be_value(below)
            return ValueSide.RIGHT if is_beside or is_none_below else None
        if below is not None and self._in_rows(below) and self._may_be_value(below):
            return ValueSide.BELOW if not blank else None
        if right is not None and is_beside and (box.bottom > box.top or self._has_value(right)):
            return ValueSide.GROUP
        touches = below is not None and below.top == box.bottom + 1 and self._in_rows(below)
        if touches and (right is None or is_beside):
            return ValueSide.GROUP if not blank else None
        return None

    def _heads_years(self, box: Box, right: Box) -> bool:
        """Tell whether years with a row of values below them stand at the right of a label."""
        is_year_beside = self.labels.get(right.at) == YEAR and box.top == right.top
        return is_year_beside and box.bottom > right.bottom

    def _has_value(self, label: Box) -> bool:
        """Tell whether a text stands right beside a label, which then is its value."""
        right = self.sheet.right_of(label)
        beside = right is not None and right.left == label.right + 1
        return right is not None and beside and right.at not in self.labels

    def _is_name_of_form(self, box: Box) -> bool:
        """Tell whether a label is the heading of the form itself, with nothing beside it."""
        first = self.boxes[0].top
        is_name = PAPER.fullmatch(self.labels[box.at]) or not is_strict(box.text)
        is_name = is_name or (box.top == first and names_year(box.text))
        return box.top <= first + _TITLE_ROWS and bool(is_name) and self._is_alone(box)

    def _in_rows(self, box: Box) -> bool:
        return self.form.rows.first <= box.top <= self.form.rows.last or (
            box.top <= self.form.rows.head_last
        )

    def _find_groups(self) -> None:
        """Give each label the words over or beside it which it is a part of."""
        band: Box | None = None
        for box in self._label_boxes():
            side = self.own_sides[box.at]
            if self._is_alone(box) and side in (ValueSide.GROUP, None):
                if box.top > self.form.rows.first + 1 and not PAPER.fullmatch(self.labels[box.at]):
                    band = box
                    self.bands.append(box)
                continue
            if band is not None and self._is_alone(box) and _are_alike(band.text, box.text):
                band = box
                self.bands.append(box)
                self.groups[box.at] = ""
                continue
            tops: list[Box] = []
            over = self.sheet.above(box)
            while (
                over is not None
                and over.at in self.labels
                and self.own_sides[over.at] in (ValueSide.GROUP, None)
                and over.bottom == box.top - 1
                and not self._is_alone(over)
                and not (over.bottom > over.top and self._heads_labels(over))
            ):
                tops.append(over)
                over = self.sheet.above(over)
            self._tops[box.at] = tuple(tops)
            over_it = next(
                (self.labels[each.at] for each in tops if self.labels[each.at] != YEAR), ""
            )
            group = self._left_group(box, over_it) or over_it
            self.groups[box.at] = group or (self.labels[band.at] if band is not None else "")

    def _heads_labels(self, box: Box) -> bool:
        """Tell whether a box stands at the left of labels."""
        right = self.sheet.right_of(box)
        return right is not None and right.at in self.labels

    def _is_alone(self, box: Box) -> bool:
        return self.sheet.left_of(box) is None and self.sheet.right_of(box) is None

    def _left_group(self, box: Box, over_it: str) -> str:
        """Return the words at the left that span the row of a label and that of others."""
        nearest = self.sheet.left_of(box)
        first = True
        while nearest is not None:
            is_group = self.own_sides.get(nearest.at) is ValueSide.GROUP
            if is_group and nearest.bottom >= box.bottom and (first or not over_it):
                return self.labels[nearest.at]
            goes_on = nearest.at in self.labels or GENERIC.fullmatch(self.labels[box.at])
            nearest = self.sheet.left_of(nearest) if goes_on and not is_group else None
            first = False
        return ""

    # Values

    def _claim_all(self) -> None:
        for box in self.boxes:
            if box.at in self.labels:
                continue
            self._claim(box)

    def _claim(self, box: Box) -> None:
        left, over = self._left_label(box), self._over_label(box)
        if left is not None and over is not None:
            is_of_table = self._is_row_label(left, over) and not self._is_wider(box.top, over)
            over = over if is_of_table else None
        if left is None and over is None:
            left = self._goes_on(box)
        self._claims[box.at] = left, over
        label = over or left
        if is_note(box.text) and not (label is not None and _touch(label, box)):
            self.notes.append(box)
            return
        inside = self._inside[box.at]
        if inside and all(lists_grades(box.text[start:end]) for _, start, end in inside):
            self.notes.append(box)
            return
        if inside and (len(inside) > 1 or not (label is not None and _touch(label, box))):
            for words, start, end in inside:
                text = box.text[start:end].strip()
                if text:
                    begin = box.text.index(text, start)
                    part = box._replace(text=text, start=begin, end=begin + len(text))
                    band = self._band_of(box)
                    self.values.append(FormValue(part, words, band, "", (), box, ValueSide.INSIDE))
            return
        if label is None or self._is_legend(box):
            self._take_unlabelled(box)
            return
        words = self.labels[label.at]
        row_words = self.labels[left.at] if over is not None and left is not None else ""
        years = [each for each in (left, over) if each is not None]
        years += [*self._tops.get(label.at, ())]
        if left is not None:
            years += [*self._tops.get(left.at, ())]
            beside = self.sheet.left_of(left)
            if (
                beside is not None
                and self.labels.get(beside.at) == YEAR
                and beside.bottom > beside.top
            ):
                years.append(beside)
        told = tuple(each.text for each in years if names_year(each.text))
        side = ValueSide.BELOW if over is not None else ValueSide.RIGHT
        group = self.groups.get(label.at, "")
        if words == YEAR and left is not None and self.labels[left.at] != YEAR:
            words, group, row_words = row_words or words, self.groups.get(left.at, ""), ""
            label, side = left, ValueSide.RIGHT
        elif words == YEAR:
            words, row_words = group or words, ""
        self.values.append(FormValue(box, words, group, row_words, told, label, side))

    def _take_unlabelled(self, box: Box) -> None:
        """Take a text without a label: the title beside a number, or what is printed or left."""
        if self._is_beside_number(box):
            self.values.append(FormValue(box, NUMBERED, "", "", (), box, ValueSide.ALONE))
            return
        is_printed = self._is_constant(box) and not numbered(box.text).word
        target = self.notes if is_printed else self.left_over
        target.append(box)

    def _is_legend(self, box: Box) -> bool:
        """Tell whether a text that all forms have explains marks, and is no choice among them."""
        explains = bool(pairs_in(box.text)) and not choices_in(box.text)
        return explains and self._is_constant(box)

    def _is_constant(self, box: Box) -> bool:
        return squeezed(box.text) in self._constants

    def _is_beside_number(self, box: Box) -> bool:
        """Tell whether a text stands right beside the number of the form: No.3 | 分署の建替え."""
        left = self.sheet.left_of(box)
        if left is None or left.right + 1 != box.left or not is_number_cell(left.text):
            return False
        return bool(self._inside[left.at]) and self._in_rows(left)

    def _take_lines(self) -> None:
        """Take the lines above all labels, each known by its place among them."""
        tops = [each.label.top for each in self.values if not PAPER.fullmatch(each.words)]
        rows, first = self.form.rows, min(tops, default=0)
        own = min((top for top in tops if top >= rows.first), default=first)
        lines = [
            box
            for box in self.left_over
            if box.top < self._in_row_of_label(box) + (own if self._is_own(box) else first)
            and self.sheet.left_of(box) is None
            and not PAPER.fullmatch(words_of(box.text))
        ]
        lines = [box for box in lines if not names_year(box.text)]
        over = rows.over
        headings = [box for box in lines if box.top in over]
        for kind, found in ((OVER, headings), (LINE, [b for b in lines if b.top not in over])):
            for place, box in enumerate(found, start=1):
                self.left_over.remove(box)
                part = _without_sign(box) if kind is OVER else box
                words = f"{kind}{place}"
                self.values.append(FormValue(part, words, "", "", (), box, ValueSide.ALONE))

    def _is_own(self, box: Box) -> bool:
        """Tell whether a line is no line of the sheet, but of the form or a heading above it."""
        return box.top >= self.form.rows.first or box.top in self.form.rows.over

    def _in_row_of_label(self, box: Box) -> int:
        """Return 1 where a label stands to the right of a line."""
        right = self.sheet.right_of(box)
        return int(right is not None and right.at in self.labels)

    def _is_wider(self, row: int, over: Box) -> bool:
        """Tell whether a cell of a row spans several of the years that head a table."""
        if self.labels[over.at] != YEAR:
            return False
        for box in self.sheet.row(row):
            tops = {self.sheet.at(over.top, column) for column in range(box.left, box.right + 1)}
            if len(tops - {None}) > 1 and box.at not in self.labels:
                return True
        return False

    def _goes_on(self, box: Box) -> Box | None:
        """Return the label of the value right above, where this row has no label of its own."""
        over = self.sheet.above(box)
        if over is None or over.bottom + 1 != box.top or self.sheet.left_of(box) is not None:
            return None
        return self._claims.get(over.at, (None, None))[0]

    def _band_of(self, box: Box) -> str:
        return next((self.labels[b.at] for b in reversed(self.bands) if b.top < box.top), "")

    def _left_label(self, box: Box) -> Box | None:
        """Return the label to the left whose value may be here."""
        left = self.sheet.left_of(box)
        if left is None:
            return None
        if left.at in self.labels:
            side = self.own_sides[left.at]
            return (
                left
                if side in (ValueSide.RIGHT, None) or self.labels[left.at] == YEAR
                else (
                    left
                    if side is ValueSide.BELOW
                    and left.right + 1 == box.left
                    and self._sides is None
                    and self._over_label(box) is None
                    else None
                )
            )
        return self._claims.get(left.at, (None, None))[0]

    def _over_label(self, box: Box) -> Box | None:
        over = self.sheet.above(box)
        alone = self._alone.get(box.top - 1)
        if alone is not None and alone is not over:
            below = self.own_sides[alone.at] is ValueSide.BELOW and self._in_rows(alone)
            return alone if below and alone.left <= box.left else None
        if over is None or over.top < self.form.rows.first <= box.top:
            return None
        if over.at in self.labels and self.sheet.below(over) is not box:
            first = self.sheet.below(over)
            if first is None or first.top < box.top:
                return None
        if over.at in self.labels:
            side = self.own_sides[over.at]
            if side is ValueSide.BELOW or (
                self.labels[over.at] == YEAR and side is not ValueSide.GROUP
            ):
                return over
            return None
        known = self._claims.get(over.at)
        if known is None:
            return None
        return known[1]

    def _is_row_label(self, left: Box, over: Box) -> bool:
        """Tell whether a label begins a row of the table that the other one heads."""
        if self.labels[left.at] == YEAR:
            return True
        at: Box | None = left
        while at is not None and at.top > over.bottom:
            above = self.sheet.above(at)
            if above is None:
                return at.top == over.bottom + 1
            if above.at not in self.labels:
                return False
            at = above
        return (
            at is not None
            and at.bottom >= over.top
            and self.own_sides.get(at.at) is not ValueSide.RIGHT
        )


def _without_sign(box: Box) -> Box:
    """Return a heading without the sign before it."""
    lead = _LEAD.match(box.text)
    start = lead.end("sign") if lead is not None and lead["sign"] else 0
    text = box.text[start:].strip()
    begin = box.text.index(text, start)
    return box._replace(text=text, start=begin, end=begin + len(text)) if text else box


def _touch(label: Box, box: Box) -> bool:
    beside = label.right + 1 == box.left and label.top <= box.top <= label.bottom
    return beside or (label.bottom + 1 == box.top and label.left <= box.left <= label.right)


def _are_alike(one: str, other: str) -> bool:
    """Tell whether two headings are led alike: 【1.概要】 and 【3.評価】, ■概要 and ■評価."""
    first, second = _LEAD.match(one), _LEAD.match(other)
    return first is not None and second is not None and first.lastgroup == second.lastgroup


def voted_sides(readings: Iterable[FormReading]) -> dict[str, ValueSide]:
    """Return the side that most forms show, by the words of the label."""
    votes: defaultdict[str, Counter[ValueSide]] = defaultdict(Counter)
    for reading in readings:
        for box in reading.boxes:
            side = reading.own_sides.get(box.at)
            if side is not None:
                votes[reading.labels[box.at]][side] += 1
    found: dict[str, ValueSide] = {}
    for words, count in votes.items():
        side, most = count.most_common(1)[0]
        if words != YEAR and most >= _NEARLY_ALL * count.total():
            found[words] = side
    return found
