"""Looks at answers, and takes them in: one as a step, or a folder of them without a window."""

from __future__ import annotations

import os
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, errors, field_types
from kyodo_desktop.domain.replies import form, matching
from kyodo_desktop.domain.replies.answers import tidy
from kyodo_desktop.domain.replies.asking import action_values, keeps_own_grades, leads, line_values
from kyodo_desktop.domain.replies.review import ReplyDifference, Review, ShownValue, review_answer
from kyodo_desktop.paths import is_folder, is_there
from kyodo_desktop.services.inquiries.asking import inquiries, plan_key
from kyodo_desktop.services.rows import fetch, open_round_id, set_columns, write_values
from kyodo_desktop.store import fetching, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


def review(workspace: Workspace, answer: form.Answer) -> Review:
    """Return what an answer would change in the round that is shown; nothing is written.

    A review is about the plan of this moment: review again after an edit, also after another
    section's answer was accepted.
    """
    key, kept = plan_key(workspace), inquiries(workspace)
    return review_answer(workspace.outline, key, kept, answer)


def accept(workspace: Workspace, review: Review, chosen: Collection[int]) -> None:
    """Take the chosen differences (by id) over and keep that the section has answered.

    One step: 「〇〇課の回答を取込」. What came back as it was is confirmed: a section that
    returns its form has looked at it, so those lines no longer stand as 前回のまま. What was
    not chosen stays as it is now, unconfirmed. Nothing chosen is an answer without changes.

    Raises RefusedError where nothing of the file can be taken, and ConflictError where the
    plan has changed since the review; then nothing is written.
    """
    outline, answer = workspace.outline, review.answer
    if reason := matching.identity_error(outline, plan_key(workspace), answer):
        raise errors.RefusedError(reason)
    wanted = [each for each in review.differences if each.id in chosen]
    for difference in wanted:
        _expect_unchanged(outline, difference)
    section = outline.sections[answer.key.section_id].name
    now = workspace.now().isoformat(timespec="seconds")
    with workspace.transact(f"{section}の回答を取込") as session:
        write_differences(session, outline, answer.key.section_id, wanted)
        confirm(session, outline, review)
        (row,) = _inquiry_rows(session, [answer])
        row.answered_at = row.answered_at or now
        row.accepted_at, row.answer_file, row.answer_hash = now, answer.file, answer.hash


def record_received(workspace: Workspace, answers: Sequence[form.Answer]) -> None:
    """Keep that answers have come, before somebody decides about them, as one step.

    Those that have no place in the round which is shown, and files that were taken in or wait
    already, are passed over.
    """
    outline, key, kept = workspace.outline, plan_key(workspace), inquiries(workspace)
    waiting = {
        (each.section_id, each.sent_at, each.answer_file)
        for each in kept
        if (each.answered_at or "") > (each.accepted_at or "")
    }
    new = [
        each
        for each in answers
        if not matching.identity_error(outline, key, each)
        and not matching.accepted_before(kept, each)
        and (each.key.section_id, each.key.sent_at, each.file) not in waiting
    ]
    if not new:
        return
    names = dict.fromkeys(outline.sections[each.key.section_id].name for each in new)
    who = next(iter(names)) if len(names) == 1 else f"{len(names)}課"
    now = workspace.now().isoformat(timespec="seconds")
    with workspace.transact(f"{who}の回答を受領") as session:
        for answer, row in zip(new, _inquiry_rows(session, new), strict=True):
            row.answered_at, row.answer_file = now, answer.file


def _inquiry_rows(session: Session, answers: Sequence[form.Answer]) -> list[tables.InquiryRow]:
    """Return the row of each sending that was answered; one that nobody kept is kept now."""
    rounds = {each.key.round_id for each in answers}
    known: dict[tuple[int, int, str | None], tables.InquiryRow] = {}
    for row in fetching.fetch_where(session, tables.InquiryRow, round_id=rounds):
        known.setdefault((row.round_id, row.section_id, row.sent_at), row)
    found = []
    for answer in answers:
        key = answer.key
        row = known.setdefault(
            (key.round_id, key.section_id, key.sent_at),
            tables.InquiryRow(
                round_id=key.round_id, section_id=key.section_id, sent_at=key.sent_at
            ),
        )
        session.add(row)
        found.append(row)
    return found


def _expect_unchanged(outline: Outline, difference: ReplyDifference) -> None:
    """Raise ConflictError unless the plan still says what the review shows beside the answer."""
    action_id, field = difference.action_id, difference.field
    if action_id not in outline.placed:
        raise errors.ConflictError(
            "確認のあとで、実行計画が計画から外れました。もう一度確認してください。"
        )
    if difference.is_new_line:
        return
    if difference.line_id:
        lines = outline.lines.get(action_id, ())
        line = next((each for each in lines if each.id == difference.line_id), None)
        present = line_values(outline, line)[field] if line else ""
    else:
        present = action_values(outline, action_id)[field]
    if tidy(present) != tidy(difference.now.value):
        raise errors.ConflictError(
            f"確認のあとで「{outline.actions[action_id].title}」の{field.form.label}が"
            "変更されています。回答は取り込んでいません。もう一度確認してください。"
        )


_Line = tuple[int, int, int]  # the action, the line (0 is none), which new one of the action
_FieldValues = dict[action_fields.Field[Any], Any]


def write_differences(
    session: Session, outline: Outline, section_id: int, wanted: Iterable[ReplyDifference]
) -> None:
    """Give the plan the values of the answer; the section's new lines stand behind the others.

    Raises ConflictError, GoneError and RefusedError.
    """
    lines: dict[_Line, _FieldValues] = {}
    actions: dict[int, _FieldValues] = {}
    for each in wanted:
        if each.field in form.LINE_FIELDS:
            answered = lines.setdefault((each.action_id, each.line_id, each.place), {})
        else:
            answered = actions.setdefault(each.action_id, {})
        answered[each.field] = _value(outline, each.field, each.answer.value)
    for row, answered in _line_rows(session, outline, section_id, lines):
        set_columns(row, answered, action_fields.Scope.LINE)
        row.carried = 0
    for action_id, answered in actions.items():
        write_values(session, outline, action_id, answered)


def confirm(session: Session, outline: Outline, review: Review) -> None:
    """Let what came back as it was no longer stand as in the round before (前回のまま).

    Raises GoneError.
    """
    for action_id in dict.fromkeys(row.action_id for row in review.answer.sent):
        for line in outline.lines.get(action_id, ()):
            if line.carried and line.id in review.confirmed_lines:
                fetch(session, tables.ProgressRow, line.id).carried = 0
        outlook = outline.outlooks.get(action_id)
        if outlook and outlook.carried and action_id in review.confirmed_outlooks:
            fetch(session, tables.OutlookRow, outlook.id).carried = 0


def _line_rows(
    session: Session, outline: Outline, section_id: int, lines: dict[_Line, _FieldValues]
) -> Iterator[tuple[tables.ProgressRow, _FieldValues]]:
    """Yield the row of each line; one that is not there, or no longer, is added.

    A new line says whose it is where lines do so, and where it is not the lead's.
    """
    added: dict[int, int] = {}
    has_own_grades = keeps_own_grades(outline)
    for (action_id, line_id, _), answered in lines.items():
        present = outline.lines.get(action_id, ())
        if any(line.id == line_id for line in present):
            yield fetch(session, tables.ProgressRow, line_id), answered
            continue
        is_own = has_own_grades or not leads(outline, action_id, section_id)
        row = tables.ProgressRow(
            round_id=open_round_id(outline),
            action_id=action_id,
            position=len(present) + added.get(action_id, 0),
            section_id=section_id if is_own else None,
        )
        added[action_id] = added.get(action_id, 0) + 1
        session.add(row)
        yield row, answered


def _value(outline: Outline, field: action_fields.Field[Any], text: str) -> Any:
    """Return what the plan holds for the text of a form. Raises ConflictError."""
    try:
        return field.type.load(text, field_types.OutlineNames(outline), field.form.label)
    except errors.InvalidInputError as error:
        if not field.type.is_chosen:
            raise
        raise errors.ConflictError(
            f"確認のあとで「{text}」という選択肢がなくなりました。"
            "回答は取り込んでいません。もう一度確認してください。"
        ) from error


_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_LOCKS = ("~$", ".~lock")  # what Excel and LibreOffice put beside an open file


class Collected(NamedTuple):
    """What came of one file: the differences that were `taken` and `left`, or why none was.

    `is_taken` says that the section's answer is in now, also where it changed nothing;
    `is_known` that this very file was taken in before.
    """

    file: str
    section: str = ""
    refused: str = ""
    is_taken: bool = False
    is_known: bool = False
    taken: tuple[ReplyDifference, ...] = ()
    left: tuple[ReplyDifference, ...] = ()
    remarks: tuple[form.Remark, ...] = ()

    @property
    def needs_somebody(self) -> bool:
        """Tell whether a person should look at the file in the window."""
        is_open = bool(self.left) or any(each.is_warning for each in self.remarks)
        return bool(self.refused) or (is_open and not self.is_known)


def answer_files(folder: Path) -> list[Path]:
    """Return the workbooks in a folder and below it, or the one file that was named.

    Raises MissingFileError where there is none.
    """
    if is_there(folder) and not is_folder(folder):
        return [folder]
    if not is_folder(folder):
        raise errors.MissingFileError(
            f"フォルダー「{folder}」が見つかりません。名前を確かめてください。"
        )
    found = list(_workbooks(folder))
    if not found:
        raise errors.MissingFileError(f"フォルダー「{folder}」に回答票（.xlsx）がありません。")
    return found


def _workbooks(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(_WORKBOOKS) and not name.startswith(_LOCKS):
                yield Path(place, name)


def collected(
    workspace: Workspace,
    path: Path,
    read_answer: Callable[[Path], form.Answer],
    *,
    dry_run: bool = False,
) -> Collected:
    """Read a file and take in, as one step, what nobody has to decide.

    A file with nothing but open questions is left whole, and so is a form of an older sending,
    for the section may have meant to answer the newer. With `dry_run` nothing is written.
    Raises ConflictError, GoneError and RefusedError.
    """
    try:
        found = review(workspace, read_answer(path))
        result = _sorted_out(path.name, found)
        if result.is_taken and not dry_run:
            accept(workspace, found, found.defaults)
    except errors.PlanError as error:
        return Collected(path.name, refused=error.message)
    return result


def _sorted_out(file: str, found: Review) -> Collected:
    if found.is_blocked:
        reason = "".join(each.text for each in found.blocking)
        return Collected(file, found.section, reason)
    is_open = not (found.is_accepted or found.is_outdated)
    is_taken = is_open and bool(found.defaults or not found.differences)
    takes = found.defaults if is_taken else frozenset()
    return Collected(
        file,
        found.section,
        is_taken=is_taken,
        is_known=found.is_accepted,
        taken=tuple(each for each in found.differences if each.id in takes),
        left=tuple(each for each in found.differences if each.id not in takes),
        remarks=found.remarks,
    )


_ROW = attrgetter("row")
_LONGEST = 100  # characters of a text


def collected_text(outline: Outline, found: Sequence[Collected], *, dry_run: bool) -> str:
    """Return all files with what was taken, what was left and why, and a line that counts."""
    lines = [line for each in found for line in _file(outline, each, dry_run=dry_run)]
    return "\n".join([*lines, _summary(found, dry_run=dry_run)])


def _file(outline: Outline, each: Collected, *, dry_run: bool) -> Iterator[str]:
    section = f"（{each.section}）" if each.section else ""
    yield f"{each.file}{section}：{_outcome(each, dry_run=dry_run)}"
    for difference in sorted(each.taken, key=_ROW):
        yield f"  {_cell(outline, difference)} {_side(difference.now)} → {_answer(difference)}"
    for difference in () if each.is_known else sorted(each.left, key=_ROW):
        yield (
            f"  取り込まず: {_cell(outline, difference)} 発送時{_side(difference.sent)} "
            f"今{_side(difference.now)} 回答{_answer(difference)}{_why(difference)}"
        )
    for remark in () if each.refused else each.remarks:
        yield f"  {remark.severity.label}: {remark.text}"


def _outcome(each: Collected, *, dry_run: bool) -> str:
    if each.refused:
        return f"取り込めません。{each.refused}"
    if each.is_known:
        return "取り込み済みです。"
    if not each.is_taken:
        return "取り込んでいません。画面で開いて確認してください。"
    verb = "取り込みます（まだ書き込んでいません）" if dry_run else "取り込みました"
    return f"{len(each.taken)}か所を{verb}。" if each.taken else f"変更のない回答を{verb}。"


def _cell(outline: Outline, difference: ReplyDifference) -> str:
    name = outline.label(outline.home(difference.action_id))
    line = "・追加の行" if difference.is_new_line else ""
    return f"{difference.row}行目 {name}［{difference.field.form.label}{line}］"


def _why(difference: ReplyDifference) -> str:
    if difference.is_clash:
        return "（発送後に計画でも変更されています）"
    return "（追加・コピーされた行です）" if difference.is_guess else ""


def _answer(difference: ReplyDifference) -> str:
    return "（空にする）" if difference.is_emptied else _side(difference.answer)


def _side(side: ShownValue) -> str:
    text = " ".join(side.text.split())
    return f"「{text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…'}」"


def _summary(found: Sequence[Collected], *, dry_run: bool) -> str:
    counts = {
        "取り込める" if dry_run else "取込": sum(each.is_taken for each in found),
        "取込済み": sum(each.is_known for each in found),
        "取り込めない": sum(bool(each.refused) for each in found),
        "確認が必要": sum(each.needs_somebody for each in found),
    }
    summary = "、".join(f"{name} {count}件" for name, count in counts.items() if count)
    return f"{len(found)}件のファイル（{summary}）"
