"""What an answer would change in the plan: as sent, as it is now, and as answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.replies import answers, asking, form, taken
from kyodo_desktop.domain.replies.matching import (
    Matching,
    accepted_before,
    file_remarks,
    identity_error,
    newest_sending,
    other_round,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Inquiry, Progress


class ShownValue(NamedTuple):
    """A value as a form has it (see `FormRow.values`), and as people read it."""

    value: str
    text: str


class ReplyDifference(NamedTuple):
    """One cell whose answer is not what the plan says now.

    `id` names it within its review. `line_id` is 0 for what stands once for an action and for
    a new line; `place` then counts the new lines of an action from 1, and the differences
    of one place belong to one new line. A line that was deleted since keeps its `line_id`.

    A clash was changed in the plan as well, to something else. With `corrects` what the plan says
    comes from an answer that the section gave before; it is a clash as well unless the section
    surely said this later. A guess is read from a row
    that is not where the program had put it. An `addition` are words from beside the answers,
    which `sheet` names where it is not the form's own: the note of the action can have them, too.
    None of these is chosen unless somebody chooses it.
    """

    id: int
    action_id: int
    line_id: int
    place: int
    field: action_fields.Field[Any]
    sent: ShownValue
    now: ShownValue
    answer: ShownValue
    row: int
    is_clash: bool = False
    is_guess: bool = False
    addition: str = ""
    sheet: str = ""
    corrects: bool = False

    @property
    def cell(self) -> taken.AnswerCell:
        """The cell of the form, as it is kept what was taken from it."""
        return taken.AnswerCell(self.action_id, -self.place or self.line_id, self.field.name)

    @property
    def is_new_line(self) -> bool:
        """Tell whether it is part of a line that the plan does not have."""
        return self.place > 0

    @property
    def is_emptied(self) -> bool:
        """Tell whether the section emptied a cell that had something in it."""
        return not self.answer.value and bool(self.now.value)

    @property
    def erases(self) -> bool:
        """Tell whether a status or a text that the plan has would be gone."""
        is_text = self.field is action_fields.STATUS or self.field.type.is_running_text
        return is_text and self.is_emptied

    @property
    def must_be_decided(self) -> bool:
        """Tell whether the answer is not finished before somebody has chosen a side."""
        return self.is_clash or self.erases

    @property
    def is_default(self) -> bool:
        """Tell whether it is taken unless somebody decides otherwise."""
        return not (self.must_be_decided or self.is_guess or self.addition)


class Review(NamedTuple):
    """An answer beside the plan as it is at this moment; it goes out of date with each edit.

    `section` is the present name. `confirmed_lines` (ids) and `confirmed_outlooks` (actions)
    came back as they are: accepting the answer confirms them (前回のまま → 確認). Of the actions
    that were `asked`, `confirmed` were answered or ticked as looked at; a form without ticks does
    not tell these from the others, and has them all. `is_accepted`
    says that the very same file was taken in before, `is_outdated` that a newer form went out
    to the section since, `is_older` that an answer which was saved later has been taken in. What
    the section and the plan say alike, other than was sent, is `agreed`. `other_round` is the
    open round of this plan that it answers, where another one is shown.
    """

    answer: form.Answer
    section: str
    remarks: tuple[form.Remark, ...]
    differences: tuple[ReplyDifference, ...] = ()
    confirmed_lines: frozenset[int] = frozenset()
    confirmed_outlooks: frozenset[int] = frozenset()
    is_accepted: bool = False
    is_outdated: bool = False
    is_older: bool = False
    agreed: tuple[tuple[taken.AnswerCell, str], ...] = ()
    other_round: int = 0
    asked: int = 0
    confirmed: int = 0

    @property
    def blocking(self) -> tuple[form.Remark, ...]:
        """The remarks because of which nothing can be taken."""
        return tuple(each for each in self.remarks if each.severity is form.Severity.BLOCKING)

    @property
    def is_blocked(self) -> bool:
        """Tell whether nothing can be taken."""
        return bool(self.blocking)

    @property
    def warnings(self) -> tuple[form.Remark, ...]:
        """The remarks that somebody should look at."""
        return tuple(each for each in self.remarks if each.severity is form.Severity.WARNING)

    @property
    def signed(self) -> str:
        """Say how many actions were looked at, by whom, and whether their head confirmed it."""
        if not self.answer.has_ticks or self.is_blocked:
            return ""
        who = self.answer.signatures
        called = f"（内線 {who.extension}）" if who.extension else ""
        return "　".join(
            (
                f"確認 {self.confirmed:,}/{self.asked:,}",
                f"回答者：{who.answered_by or '記入なし'}{called}",
                f"課長確認：{who.manager_confirmed or '記入なし'}",
            )
        )

    @property
    def unread(self) -> int:
        """How many remarks are about answers that the program could not read."""
        return sum(each.is_unread for each in self.remarks)

    @property
    def clashes(self) -> tuple[ReplyDifference, ...]:
        """The differences that were changed in the plan as well."""
        return tuple(each for each in self.differences if each.is_clash)

    @property
    def defaults(self) -> frozenset[int]:
        """The ids of the differences that are taken unless somebody decides otherwise."""
        return frozenset(each.id for each in self.differences if each.is_default)

    @property
    def needs_somebody(self) -> bool:
        """Tell whether taking the defaults would leave something undecided."""
        left = len(self.defaults) < len(self.differences)
        return left or any(each.is_warning for each in self.remarks)


_OUTLOOK_FIELDS = frozenset(
    field for field in form.ACTION_FIELDS if field.scope is action_fields.Scope.ROUND
)
_GONE = ShownValue("", "（この行は削除されています）")
_NOTHING = ShownValue("", "")
_NONE_TAKEN = taken.TakenCells({})


class AnswerComparison:
    """What one section's answer would change in a plan, as it is at this moment."""

    def __init__(
        self,
        outline: Outline,
        words: answers.AnswerParser,
        answer: form.Answer,
        before: taken.TakenCells = _NONE_TAKEN,
    ) -> None:
        is_known = bool(before.saved_at and answer.saved_at)
        self.differences: list[ReplyDifference] = []
        self.agreed: list[tuple[taken.AnswerCell, str]] = []
        self._before = before
        self.looked_at: frozenset[int] = frozenset()
        self._is_later = is_known and before.saved_at < answer.saved_at
        self.is_older = is_known and answer.saved_at < before.saved_at
        self.confirmed_lines: set[int] = set()
        self.confirmed_outlooks: set[int] = set()
        self._outline, self._words = outline, words
        self._section_id, self._sheet = answer.key.section_id, answer.sheet
        self._places: dict[int, int] = {}

    def compare(self, row: answers.AnsweredRow) -> None:
        """Compare a row that answers one that was sent; lines to add come with `add_lines`."""
        self._compare_line(row)
        if row.values.keys() & set(form.ACTION_FIELDS):
            self._compare_action(row)

    def add_lines(self, row: answers.AnsweredRow) -> None:
        """Add the lines that a row says beyond its own; those which are there already are not new.

        To be called when all rows are compared, so that new lines stand behind the others.
        """
        if self._is_own_new(row):
            self._add_line(row, {field: row.values.get(field, "") for field in form.LINE_FIELDS})
        for mark, text in row.more:
            values: form.Values = {action_fields.STATUS: mark, action_fields.PROGRESS: text}
            self._add_line(row, asking.NO_LINE | values)

    # Lines

    def _compare_line(self, row: answers.AnsweredRow) -> None:
        line = self._present_line(row)
        if line is None:
            if row.match.sent.line_id and any(map(row.changed, form.LINE_FIELDS)):
                for field in form.LINE_FIELDS:
                    if row.values[field]:
                        self._add(row, field, _GONE, line_id=row.match.sent.line_id, is_clash=True)
            return
        now = asking.line_values(self._outline, line)
        is_same = not [
            field for field in form.LINE_FIELDS if self._differs(row, field, now[field], line.id)
        ]
        if is_same and not row.match.is_guess and not row.unread & set(form.LINE_FIELDS):
            self.confirmed_lines.add(line.id)

    def _present_line(self, row: answers.AnsweredRow) -> Progress | None:
        """Return the line that a row is about; one without a line is about a line made since."""
        sent = row.match.sent
        if sent.line_id:
            lines = self._outline.lines.get(sent.action_id, ())
            return next((line for line in lines if line.id == sent.line_id), None)
        mine = self._own_lines(sent.action_id)
        same = (line for line in mine if self._says(line, row.values))
        return next(same, mine[0] if mine else None)

    def _own_lines(self, action_id: int) -> Sequence[Progress]:
        lines = self._outline.lines.get(action_id, ())
        is_lead = asking.leads(self._outline, action_id, self._section_id)
        return asking.lines_of(lines, self._section_id, is_lead=is_lead)

    def _says(self, line: Progress, values: form.Values) -> bool:
        now = asking.line_values(self._outline, line)
        return all(
            answers.tidy(now[field]) == answers.tidy(values.get(field, now[field]))
            for field in form.LINE_FIELDS
        )

    def _is_own_new(self, row: answers.AnsweredRow) -> bool:
        """Tell whether what stands in the row's own cells is a new line, if anything does."""
        if row.match.is_new:
            return True
        sent = row.match.sent
        return not sent.line_id and not self._own_lines(sent.action_id)

    def _add_line(self, row: answers.AnsweredRow, values: form.Values) -> None:
        action_id = row.match.sent.action_id
        known = any(self._says(line, values) for line in self._own_lines(action_id))
        if known or not any(values.values()):
            return
        place = self._places[action_id] = self._places.get(action_id, 0) + 1
        new = row._replace(values=values)
        was_added = any(
            each.line < 0 and each.action_id == action_id for each in self._before.cells
        )
        is_guess = was_added or row.match.is_guess or self.is_older
        for field in form.LINE_FIELDS:
            if values[field]:
                self._add(new, field, _NOTHING, place=place, sent=_NOTHING, is_guess=is_guess)

    def left_lines(self, rows: Sequence[answers.AnsweredRow]) -> Iterator[form.Remark]:
        """Tell of lines that the section's earlier answer added, and that this one has no more."""
        answered: dict[int, set[str]] = {}
        for row in rows:
            sent = row.match.sent
            texts = (row.values.get(action_fields.PROGRESS, ""), *(text for _, text in row.more))
            answered.setdefault(sent.action_id, set()).update(map(taken.digest, texts))
            if not sent.line_id:
                answered[sent.action_id].add(self._before.cells.get(_first_added(sent), ""))
        for cell, value in self._before.cells.items():
            is_added = cell.line < 0 and cell.field == action_fields.PROGRESS.name
            if not is_added or value in answered.get(cell.action_id, {value}):
                continue
            for line in self._own_lines(cell.action_id):
                if taken.digest(line.text) == value:
                    text = (
                        f"{self._outline.label(self._outline.home(cell.action_id))}："
                        f"先に取り込んだ回答で加わった行「{_short(line.text)}」は、"
                        "この回答にはありません。残すかどうか確かめてください。"
                    )
                    yield form.Remark(form.Severity.WARNING, text)

    def offer(self, aside: form.Aside) -> form.Remark:
        """Offer words from beside the answers to the note of their action, unless it has them.

        Returns what is to be said of them.
        """
        action_id, is_form = aside.action_id, aside.sheet == self._sheet
        if not aside.text or action_id not in self._outline.placed:
            return _remark_on(aside, is_form=is_form)
        note = action_fields.NOTE
        now = asking.action_values(self._outline, action_id)[note]
        if answers.tidy(aside.text) in answers.tidy(now):
            remark = _remark_on(aside, "　備考に入っています。", is_form=is_form)
            return remark._replace(severity=form.Severity.NOTE)
        side = self._side(note, now)
        text = joined_note(now, (aside.text,))
        self.differences.append(
            ReplyDifference(
                len(self.differences),
                action_id,
                line_id=0,
                place=0,
                field=note,
                sent=side,
                now=side,
                answer=self._side(note, text),
                row=aside.row,
                addition=answers.tidy(aside.text),
                sheet="" if is_form else aside.sheet,
            )
        )
        return _remark_on(aside, "　備考に加えられます（まだ選んでいません）。", is_form=is_form)

    # What stands once for an action

    def _compare_action(self, row: answers.AnsweredRow) -> None:
        action_id = row.match.sent.action_id
        now = asking.action_values(self._outline, action_id)
        differing = {
            field
            for field in now
            if field in row.values and self._differs(row, field, now[field], 0)
        }
        if not (differing | row.unread) & _OUTLOOK_FIELDS and not row.match.is_guess:
            self.confirmed_outlooks.add(action_id)

    # Means

    def _differs(
        self, row: answers.AnsweredRow, field: action_fields.Field[Any], now: str, line_id: int
    ) -> bool:
        """Compare one cell; a value that both sides came to is no difference."""
        answered, cell = row.values[field], self._cell(row, field, line_id)
        before = cell if cell in self._before.cells and row.shows(field) else None
        if not row.changed(field) and not before:
            return False
        if answers.tidy(now) == answers.tidy(answered):
            self.agreed.append((cell, answered))
            return False
        if before and self._before.says(before, answered):
            return False  # it says again what was taken, and the plan was changed since
        corrects = before is not None and self._before.says(before, now)
        if corrects:
            is_clash = not self._is_later or cell.action_id not in self.looked_at
        else:
            is_clash = answers.tidy(now) != answers.tidy(row.match.sent.values[field])
        side = self._side(field, now)
        self._add(row, field, side, line_id=line_id, is_clash=is_clash, corrects=corrects)
        return True

    def _cell(
        self, row: answers.AnsweredRow, field: action_fields.Field[Any], line_id: int
    ) -> taken.AnswerCell:
        """Return the cell; of a line that an answer added to an action without any, that one."""
        cell = taken.AnswerCell(row.match.sent.action_id, line_id, field.name)
        added = cell._replace(line=-1)
        is_added = line_id and not row.match.sent.line_id and added in self._before.cells
        return added if is_added else cell

    def _add(
        self,
        row: answers.AnsweredRow,
        field: action_fields.Field[Any],
        now: ShownValue,
        **more: Any,
    ) -> None:
        sent = self._side(field, row.match.sent.values.get(field, ""))
        known = {
            "id": len(self.differences),
            "action_id": row.match.sent.action_id,
            "line_id": 0,
            "place": 0,
            "field": field,
            "sent": sent,
            "now": now,
            "answer": self._side(field, row.values[field]),
            "row": row.match.row.row,
            "is_guess": row.match.is_guess or self.is_older or field in row.doubtful,
        }
        self.differences.append(ReplyDifference(**{**known, **more}))

    def _side(self, field: action_fields.Field[Any], value: str) -> ShownValue:
        return ShownValue(value, self._words.shown(field, value))


def review_answer(
    outline: Outline, plan_key: str, inquiries: Sequence[Inquiry], answer: form.Answer
) -> Review:
    """Return what an answer would change in the round that is shown."""
    if reason := identity_error(outline, plan_key, answer):
        return Review(
            answer,
            answer.section,
            (form.Remark(form.Severity.BLOCKING, reason),),
            other_round=other_round(outline, plan_key, answer),
        )
    words = answers.AnswerParser(outline)
    reader = answers.AnswerRowReader(words)
    dittos = answers.without_dittos(answer)
    matching = Matching(answer._replace(rows=dittos.rows), reader.is_as_sent)
    before = taken.taken_from(inquiries, answer.key)
    comparison = AnswerComparison(outline, words, answer, before)
    rows = [
        reader.read(match) for match in matching.matches if match.sent.action_id in outline.placed
    ]
    looked_at = LookedAt(answer, rows)
    comparison.looked_at = looked_at.actions
    for row in rows:
        if not row.match.is_new:
            comparison.compare(row)
    for row in rows:
        comparison.add_lines(row)
    of_asides = list(map(comparison.offer, answer.asides))
    of_rows = [
        *dittos.remarks,
        *of_asides,
        *matching.remarks,
        *reader.remarks,
        *_left(outline, matching.matches, reader),
        *_moved(outline, rows, answer.key.section_id),
        *looked_at.remarks(),
    ]
    is_same = accepted_before(inquiries, answer) is not None
    is_older = comparison.is_older and not is_same
    return Review(
        answer,
        outline.sections[answer.key.section_id].name,
        remarks=(
            *file_remarks(outline, answer, inquiries),
            *_corrected(comparison.differences, is_older=is_older),
            *(() if is_older else comparison.left_lines(rows)),
            *sorted(of_rows, key=lambda each: each.row),
        ),
        differences=tuple(comparison.differences),
        confirmed_lines=frozenset(
            line.id
            for action_id in looked_at.actions
            for line in outline.lines.get(action_id, ())
            if line.id in comparison.confirmed_lines
        ),
        confirmed_outlooks=frozenset(
            comparison.confirmed_outlooks & outline.outlooks.keys() & looked_at.actions
        ),
        is_accepted=is_same,
        is_outdated=newest_sending(inquiries, answer) > answer.key.sent_at,
        is_older=is_older,
        agreed=tuple(comparison.agreed),
        asked=len(looked_at.asked),
        confirmed=len(looked_at.actions),
    )


def _first_added(sent: form.FormRow) -> taken.AnswerCell:
    """Return the text of the line that stands in the cells of an action that had none."""
    return taken.AnswerCell(sent.action_id, -1, action_fields.PROGRESS.name)


def _short(text: str, most: int = 30) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}…"


def _corrected(differences: Sequence[ReplyDifference], *, is_older: bool) -> Iterator[form.Remark]:
    """Yield what is to be said of an answer after one that was taken in."""
    count = sum(each.corrects for each in differences)
    if is_older:
        text = (
            "先に取り込んだ同じ課の回答より前に保存された、古い回答です。"
            "違うところを取り込むときは、1つずつ選んでください。"
        )
        yield form.Remark(form.Severity.WARNING, text)
    elif count:
        text = f"先に取り込んだ同じ課の回答と違うところが{count:,}件あります。"
        is_open = any(each.corrects and each.is_clash for each in differences)
        severity = form.Severity.WARNING if is_open else form.Severity.NOTE
        yield form.Remark(severity, text)


class LookedAt:
    """Which actions a section has looked at: those it answered, and those it ticked."""

    def __init__(self, answer: form.Answer, rows: Sequence[answers.AnsweredRow]) -> None:
        self._answer = answer
        self._names = {row.action_id: form.name_of(row) for row in reversed(answer.sent)}
        self.asked = frozenset(self._names)
        self._changed = {row.match.sent.action_id: row.match.row for row in rows if _says(row)}
        self._ticked = {
            row.match.sent.action_id: row.match.row for row in rows if row.match.row.is_ticked
        }
        as_before = {row.match.sent.action_id for row in rows if row.as_before}
        looked_at = frozenset(self._changed) | self._ticked.keys() | as_before
        self.actions = looked_at & self.asked if answer.has_ticks else self.asked

    def remarks(self) -> Iterator[form.Remark]:
        """Yield what is to be said of the ticks."""
        if not self._answer.has_ticks:
            return
        for action_id, row in self._ticked.items():
            if action_id in self._changed:
                text = (
                    f"{row.row}行目：「変更なし」に印がありますが、{self._names[action_id]}は"
                    "書き換えられています。書き換えた内容を示します。"
                )
                yield form.Remark(form.Severity.WARNING, text, row.row)
        left = [name for each, name in self._names.items() if each not in self.actions]
        if left and not self.actions and not self._answer.asides:
            text = (
                "何も記入されておらず、「変更なし」の印も1つもありません。"
                "確かめた回答かどうか、担当課に聞いてください。"
            )
            yield form.Remark(form.Severity.WARNING, text)
        elif left:
            more = f" ほか{len(left) - _MOST_NAMED}件" if len(left) > _MOST_NAMED else ""
            text = (
                f"記入も「変更なし」の印もない実行計画が{len(left)}件あります"
                f"（確認済みにはなりません）：{'、'.join(left[:_MOST_NAMED])}{more}"
            )
            yield form.Remark(form.Severity.NOTE, text)


_MOST_NAMED = 5  # actions in a sentence


def _says(row: answers.AnsweredRow) -> bool:
    """Tell whether a row has an answer, readable or not."""
    return bool(row.more or row.unread or row.match.is_new or any(map(row.changed, row.values)))


def joined_note(note: str, additions: Sequence[str]) -> str:
    """Return a note with more words, each on lines of its own."""
    return "\n".join(filter(None, (note.rstrip(), *additions)))


_LONGEST_QUOTE = 300  # characters


def _remark_on(aside: form.Aside, then: str = "", *, is_form: bool) -> form.Remark:
    """Return what is to be said of words that stand beside the answers."""
    text = " ".join(aside.text.split())
    shown = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    quoted = f"：「{shown}」" if shown else "があります。"
    place = f"「{aside.sheet}」シート {aside.row}行目：" if aside.row else ""
    return form.Remark(
        form.Severity.NOTE if aside.is_settled else form.Severity.WARNING,
        f"{place}{aside.what}{quoted}{then}",
        aside.row if is_form else 0,
    )


def _left(
    outline: Outline, matches: Sequence[form.Match], reader: answers.AnswerRowReader
) -> Iterator[form.Remark]:
    """Yield what is to be said of rows whose action is no longer in the plan."""
    for match in matches:
        action_id, row = match.sent.action_id, match.row
        if action_id in outline.placed:
            continue
        joined = outline.joinings.get(action_id)
        into = outline.actions.get(joined.into_id) if joined else None
        reason = f"「{into.title}」にまとめられました" if into else "計画から外れています"
        is_answered = match.is_new or not reader.is_as_sent(match.sent, row)
        severity = form.Severity.WARNING if is_answered else form.Severity.NOTE
        text = (
            f"{row.row}行目：{form.name_of(match.sent)}は{reason}。この行の回答は取り込みません。"
        )
        yield form.Remark(severity, text, row.row)


def _moved(
    outline: Outline, rows: Sequence[answers.AnsweredRow], section_id: int
) -> Iterator[form.Remark]:
    """Yield what is to be said of answers for which another section stands now."""
    for answered in rows:
        sent, row = answered.match.sent, answered.match.row
        was_lead = bool(sent.values.keys() & set(form.ACTION_FIELDS))
        if not was_lead or asking.leads(outline, sent.action_id, section_id):
            continue
        if answered.more or any(map(answered.changed, answered.values)):
            now = outline.lead(sent.action_id) or "なし"
            text = f"{row.row}行目：{form.name_of(sent)}の主担当は、今は「{now}」です。"
            yield form.Remark(form.Severity.WARNING, text, row.row)
