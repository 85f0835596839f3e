"""Proposes how the forms of a book may be read: one sheet, or one part of it, an action."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.forms.find import (
    alike_forms,
    form_sheets,
    forms_of,
    is_example,
    may_be_form,
)
from kyodo_desktop.domain.importing.forms.labels import (
    FormReading,
    PrintedForm,
    printed_words,
    voted_sides,
)
from kyodo_desktop.domain.importing.forms.reader import constant_texts, read_forms
from kyodo_desktop.domain.importing.forms.roles import LabelSeen, guess_form_roles, labels_seen
from kyodo_desktop.domain.importing.forms.words import (
    LINE,
    PAPER,
    YEAR,
    inside_labels,
    is_strict,
    may_be_label,
    names_year,
    weights_in_form,
    words_of,
)
from kyodo_desktop.domain.importing.mapping import (
    ColumnRole,
    FormMapping,
    LabelChoice,
    RoundChoice,
    ValueSide,
)
from kyodo_desktop.domain.importing.plain import one_line
from kyodo_desktop.domain.importing.statuses import status_choices
from kyodo_desktop.domain.importing.titles import plan_title, stem_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.grid import Book

__all__ = ["FormMapping", "propose_forms", "read_forms"]

_FEWEST_LABELS, _FEWEST_ALONE, _FEWEST_ROWS = 4, 6, 3
_MOST_VALUES_A_LABEL, _MANY_LABELS, _MOST_HEADINGS = 6, 4, 4
_MOST_PROPOSALS = 3
_TOP_ROWS = 6
_A_NAME = 4  # characters; what is shorter beside a year is no title
_USUAL_ACTION, _USUAL_HEADING = "実行計画", "区分"
_TAIL = re.compile(r"(?:の?(?:名称|名|内容|項目名|タイトル))$")
_TOLD = (
    ColumnRole.STATUS,
    ColumnRole.PROGRESS,
    ColumnRole.OUTLOOK,
    ColumnRole.DIRECTION,
    ColumnRole.DESCRIPTION,
    ColumnRole.SECTION,
)


def propose_forms(book: Book, near: int) -> list[FormMapping]:
    """Return how the forms may be read, for each kind of forms in the book; none is usual.

    `near` is the fiscal year by which years are guessed that have no era.
    """
    starts: dict[int, str] = {}
    forms: list[PrintedForm] = []
    for sheet in form_sheets(book):
        if is_example(sheet):
            continue
        starts[sheet.place], found = forms_of(sheet)
        forms += found
    groups = alike_forms(forms)
    if not groups:
        alone = [form for form in forms if may_be_form(form)]
        groups = [[form] for form in alone if _strict_labels(form) >= _FEWEST_ALONE]
    proposals = []
    for group in groups[:_MOST_PROPOSALS]:
        start = Counter(starts[form.rows.sheet] for form in group).most_common(1)[0][0]
        mapping = _mapping(book, group, start, near)
        if mapping is not None:
            proposals.append(mapping)
    return proposals


def _strict_labels(form: PrintedForm) -> int:
    inside = sum(len(inside_labels(box.text)) for box in form.boxes)
    return inside + sum(
        may_be_label(box.text) and bool(is_strict(box.text) or weights_in_form(words_of(box.text)))
        for box in form.boxes
    )


def _mapping(
    book: Book, forms: Sequence[PrintedForm], start: str, near: int
) -> FormMapping | None:
    printed, constants = printed_words(forms), constant_texts(forms)
    sides = voted_sides(FormReading(form, printed, None, constants) for form in forms)
    readings = [FormReading(form, printed, sides, constants) for form in forms]
    seen = labels_seen(readings)
    roles = guess_form_roles(seen)
    if not _is_plausible(seen, roles, readings):
        return None
    labels = [
        LabelChoice(*each.key, each.side, *roles[each.key], printed=one_line(each.printed))
        for each in seen
    ]
    labels += _groups(readings, {each.words for each in labels})
    sheets = tuple(dict.fromkeys(form.sheet.view.sheet for form in forms))
    lines = _lines(readings[0])
    papers = [line for line in lines if PAPER.fullmatch(words_of(line))]
    title = plan_title(lines, (papers or [stem_of(book.name)])[0] or "取り込んだ計画")
    draft = FormMapping(title, sheets, start, tuple(labels), _levels(seen, roles), (), ())
    plan = read_forms(book, draft, near)
    if not plan.actions:
        return None
    statuses = tuple(status_choices(plan))
    rounds = tuple(RoundChoice(each.name, each.fiscal_year, each.as_of) for each in plan.rounds)
    return draft._replace(statuses=statuses, rounds=rounds)


def _groups(readings: Sequence[FormReading], known: set[str]) -> list[LabelChoice]:
    """Return the words that stand over labels or are printed without a value."""
    found: dict[str, LabelChoice] = {}
    for reading in readings:
        for box in reading.boxes:
            words = reading.labels.get(box.at)
            if words and words not in known and words != YEAR:
                choice = LabelChoice(
                    words, "", "", ValueSide.GROUP, ColumnRole.IGNORED, printed=one_line(box.text)
                )
                found.setdefault(words, choice)
    return list(found.values())


def _is_plausible(
    seen: list[LabelSeen],
    roles: dict[tuple[str, str, str], tuple[ColumnRole, int]],
    readings: Sequence[FormReading],
) -> bool:
    """Tell whether these may be forms and no lists: labels in many rows, few values for each."""
    given = {role for role, _ in roles.values()}
    if ColumnRole.ACTION not in given or not given & set(_TOLD):
        return False
    useful = [
        each
        for each in seen
        if roles[each.key][0] not in (ColumnRole.NOTE, ColumnRole.IGNORED) and each.texts
    ]
    rows = {each.place[0] for each in useful}
    words = {each.words for each in useful}
    if len(words) < _FEWEST_LABELS or len(rows) + (len(words) > _MANY_LABELS) < _FEWEST_ROWS:
        return False
    headings = [each for each in seen if roles[each.key][0] is ColumnRole.HEADING]
    if sum(len(each.step_words) for each in headings) > _MOST_HEADINGS:
        return False
    known = sum(1 for each in useful if weights_in_form(each.words) or each.words.startswith(LINE))
    if known * 2 < len(useful):
        return False
    inside = sum(
        value.side is ValueSide.INSIDE for reading in readings for value in reading.values
    )
    labels = inside + sum(len(reading.labels) for reading in readings)
    values = sum(len(reading.values) for reading in readings)
    stray = sum(map(_stray, readings))
    return values <= _MOST_VALUES_A_LABEL * labels and stray * 4 <= values


def _stray(reading: FormReading) -> int:
    """Return how many texts have no label, but for lines above all labels."""
    first = min((value.label.top for value in reading.values), default=0)
    return sum(len(box.text) > 1 and box.top >= first for box in reading.left_over)


def _levels(
    seen: list[LabelSeen], roles: dict[tuple[str, str, str], tuple[ColumnRole, int]]
) -> tuple[tuple[str, str], ...]:
    """Return the names of the levels from the top to the action."""
    headings = [each for each in seen if roles[each.key][0] is ColumnRole.HEADING]
    action = next((each for each in seen if roles[each.key][0] is ColumnRole.ACTION), None)
    names: list[str] = []
    for each in sorted(headings, key=lambda each: roles[each.key][1]):
        words = each.step_words
        names += [word or _name(each) for word in words] if len(words) > 1 else [_name(each)]
    if not names:
        names.append(_USUAL_HEADING)
    names.append(_name(action, action=True) if action is not None else _USUAL_ACTION)
    taken: list[str] = []
    for name in names:
        taken.append(name if name not in taken else f"{name}{len(taken) + 1}")
    return tuple((name, "") for name in taken)


def _name(seen: LabelSeen, *, action: bool = False) -> str:
    words = re.sub(r"[(（\[【].*$|[：:]", "", one_line(seen.printed)).strip()
    words = re.sub(r"^[\s■□●○◆◇▼▶★☆・<＜《〔［\[【「『]+|[\s>＞》〕］\]】」』]+$", "", words)
    words = re.sub("(?<=[^①-⑳])[①-⑳]$", "", words)  # 評価軸①
    name = _TAIL.sub("", "".join(words.split())) or words
    usual = _USUAL_ACTION if action else _USUAL_HEADING
    return name[:20] or (usual if seen.side is ValueSide.ALONE else seen.words)


def _lines(reading: FormReading) -> list[str]:
    """Return the texts at the top of a form that are not of its fields."""
    fields = [value.label.top for value in reading.values if not PAPER.fullmatch(value.words)]
    first = min(fields, default=_TOP_ROWS)
    lines = [box.text for box in reading.sheet.boxes if box.top < first]
    return [line for line in lines if not names_year(line) or len(words_of(line)) > _A_NAME]
