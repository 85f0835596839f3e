"""Texts: what is missing, what does not fit its mark, what old systems cannot show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import action_fields, fiscal_year, nodes, plan
from kyodo_desktop.domain.checks.context import CheckContext, Finding, Remedy, RemedyKind
from kyodo_desktop.domain.checks.dates import narrow

if TYPE_CHECKING:
    from collections.abc import Iterator


def direction_empty(context: CheckContext) -> Iterator[Finding]:
    """Find placements without 今後の方向性, so that 掲載数 and 実行計画数 can both be counted."""
    outline = context.outline
    reported = {action.id for action in context.reported}
    for node in context.placements:
        action_id = outline.action_id_at(node)
        outlook = outline.outlooks.get(action_id)
        is_written = outlook and (outlook.direction_id is not None or outlook.text.strip())
        if action_id in reported and not is_written:
            yield Finding(
                "direction_empty",
                node,
                "今後の方向性が入力されていません。",
                f"{nodes.row_id(node)}",
            )


def not_filled_in(context: CheckContext) -> Iterator[Finding]:
    """Find actions without a line, a mark, or a text where the plan writes texts."""
    outline = context.outline
    writes_texts = _writes_texts(context)
    for action in context.reported:
        lines = outline.lines.get(action.id, ())
        missing = _missing(lines, writes_texts=writes_texts)
        if missing:
            yield Finding(
                "not_filled_in",
                context.outline.home(action.id),
                f"{missing}がまだ入力されていません。",
                f"{action.id}:{missing}",
            )


def unchanged(context: CheckContext) -> Iterator[Finding]:
    """Find open actions which say the same as in the two rounds before."""
    outline, before, earlier = context.outline, context.outline.previous, context.earlier
    if before is None or earlier is None:
        return
    for action in context.reported:
        written = _line_values(outline.lines.get(action.id, ()))
        if (
            written
            and outline.is_open(action.id)
            and written == _line_values(before.lines.get(action.id, ()))
            and written == _line_values(earlier.lines.get(action.id, ()))
        ):
            yield Finding(
                "unchanged",
                context.outline.home(action.id),
                f"「{earlier.round.name}」から2回続けて、進捗状況が変わっていません。",
                f"{action.id}",
            )


def _writes_texts(context: CheckContext) -> bool:
    """Tell whether texts are wanted: a plan may give marks only."""
    lines = [line for lines in context.outline.lines.values() for line in lines]
    return 2 * sum(bool(line.text.strip()) for line in lines) >= len(lines)


def _missing(lines: tuple[plan.Progress, ...], *, writes_texts: bool) -> str:
    if not lines:
        return "進捗状況"
    if any(line.status_id is None for line in lines):
        return "状態"
    if writes_texts and not any(line.text.strip() for line in lines):
        return "進捗状況の文"
    return ""


def _line_values(lines: tuple[plan.Progress, ...]) -> list[tuple[int | None, str, int | None]]:
    return [(line.status_id, line.text.strip(), line.section_id) for line in lines]


_NO_DATE = "いつ完了するのかが、文にも完了予定にも先に終える実行計画にもありません"
_CLAUSES = re.compile(r"[。、，,;；\n（）()]|(?<=[たる])が(?=[^あ-ん])|ものの")
_UNFINISHED = re.compile(
    r"予定(?!どおり|通り|の(?:とおり|通り)|より|だった|であった|して(?:い|お)|者|地|価格|数|表)"
    r"|(?:検討|準備|調整|協議|工事|整備|建設|作成|策定|設計|交渉|申請)中"
    r"|検討(?:している|しています|を(?:行って|進めて|続けて)いる|段階|する)"
    r"|未(?:完了|実施|着手|整備|設置|定|策定|導入|達成|開催|作成)"
    r"|(?:完了|実施|着手|整備|設置|策定|導入|達成|開催)(?:し|できて|されて)(?:て?いない|ておらず|なかった)"
)
_FINISHED = re.compile(
    r"(?<!未)(?<!半)(?<!ほぼ)(?<!概ね)(?<!おおむね)(?P<word>完了|竣工|完成)"
    r"(?:した|しました|している|しています|し|済み?|済|です|となった|となりました)?\s*$"
)
_DEPENDING = re.compile(r"(?:ば|たら|れ?る?と|で|により|によって|をもって|後|次第|時点で)\s*$")
_PARTLY = re.compile(
    r"一部|部分|設計|調査|用地|測量|うち|工区|段階|分(?:は|が|の|を)?完|[0-9%]+(?:%|割|件|校|か所|箇所|棟|回|基)"
    r"|第?[0-9一二三四五]+(?:期|次|工区)|年度(?:の事業|の活動|の計画|の工事|の講座)|協議|検討|募集|契約|入札"
)
_BEYOND = re.compile(
    r"今後|引き?続き|次回|次期|次年度以降|さらに|更[にな]|見直|拡充|拡大|更新|改[訂定]|継続|追加|増設"
    r"|周知|活用|運用|維持|利用|普及|充実|他の?|別の?|[0-9二三四五]+(?:期|館|号|校)目"
)
_SOME_DAY = re.compile(
    r"[今来]年|年[度内]|[今来](?:春|夏|秋|冬|月)|[0-9]+月|[春夏秋冬](?:に|頃|まで|予)"
)


def mark_against_text(context: CheckContext) -> Iterator[Finding]:
    """Find lines whose mark and text contradict each other."""
    outline = context.outline
    for action in context.reported:
        for line in outline.lines.get(action.id, ()):
            status = outline.statuses.get(line.status_id or 0)
            what = _contradiction(context, line, status.kind) if status else ""
            if status and what:
                yield Finding(
                    "mark_against_text",
                    context.outline.home(action.id),
                    f"状態は「{status.word}」ですが、{what}。",
                    f"{line.id}:{status.id}:{what}",
                )


def _contradiction(context: CheckContext, line: plan.Progress, kind: str) -> str:
    """Say what the text of a line has against its mark; nothing where they agree."""
    clauses = [each for each in _CLAUSES.split(narrow(line.text)) if each.strip()]
    match kind:
        case plan.StatusKind.DONE:
            word = _unfinished(clauses)
        case plan.StatusKind.ONGOING | plan.StatusKind.NOT_STARTED | plan.StatusKind.NEAR:
            word = _finished(clauses)
        case _:
            word = ""
    if word:
        return f"文に「{word}」とあります"
    if kind == plan.StatusKind.NEAR and not _has_a_date(context, line):
        return context.outline.worded(_NO_DATE)
    return ""


def _unfinished(clauses: list[str]) -> str:
    """Return the word by which work is left; what is to follow on the work is none."""
    says_more = not all(_UNFINISHED.search(each) for each in clauses)
    for clause in clauses:
        found = _UNFINISHED.search(clause)
        if found and not (says_more and _BEYOND.search(clause)):
            return _core_of(found[0])
    return ""


def _core_of(word: str) -> str:
    return "検討" if word == "検討する" else word


def _finished(clauses: list[str]) -> str:
    """Return the word by which all is finished, where nothing after it goes on."""
    for place, clause in enumerate(clauses):
        found = _FINISHED.search(clause)
        if found is None or _DEPENDING.search(clause[: found.start()]) or _PARTLY.search(clause):
            continue
        rest = clauses[place + 1 :]
        if any(_UNFINISHED.search(each) or _BEYOND.search(each) or "中" in each for each in rest):
            continue
        if rest and found[0].rstrip().endswith("し"):
            continue
        return found["word"]
    return ""


def _has_a_date(context: CheckContext, line: plan.Progress) -> bool:
    outline = context.outline
    return bool(
        outline.actions[line.action_id].due
        or outline.prerequisites.get(line.action_id)
        or context.dues.of(line.action_id)
        or context.dues.names_a_date(line)
        or _SOME_DAY.search(re.sub(r"[0-9元]+年度?", "", narrow(line.text)))
    )


def due_in_text(context: CheckContext) -> Iterator[Finding]:
    """Find dates in the texts which 完了予定 does not have, or has otherwise."""
    for action in context.reported:
        dues = context.dues.of(action.id)
        if not dues or any(due.fits(action.due) for due in dues):
            continue
        month = fiscal_year.month_label(dues[0].month)
        set_so_far = (
            f"{fiscal_year.month_label(action.due)}です" if action.due else "入力されていません"
        )
        yield Finding(
            "due_in_text",
            context.outline.home(action.id),
            message=f"文に「{dues[0].quote}」とありますが、完了予定は{set_so_far}。",
            subject=f"{action.id}:{action.due or ''}:{dues[0].month}",
            suggestion=month,
            remedy=Remedy(RemedyKind.SET_DUE, action.id, dues[0].month),
        )


def overdue(context: CheckContext) -> Iterator[Finding]:
    """Find actions which should have been done by now."""
    for action in context.reported:
        if context.outline.is_overdue(action.id, context.month):
            mark = context.mark(action.id)
            yield Finding(
                "overdue",
                context.outline.home(action.id),
                f"完了予定（{fiscal_year.month_label(action.due)}）を過ぎていますが、状態は「{mark}」です。",
                f"{action.id}:{action.due}:{mark}",
            )


def characters(context: CheckContext) -> Iterator[Finding]:
    """Find characters outside cp932 in marks, titles and texts; that is no mistake."""
    outline = context.outline
    marks = "".join(f"{each.mark}{each.label}" for each in outline.statuses.values())
    strange = _strange(marks)
    if strange and outline.roots:
        yield _finding(outline.roots[0], f"marks:{strange}", "状態の記号", strange)
    for node in context.nodes:
        if nodes.is_heading(node):
            strange = _strange(outline.title(node) + outline.headings[nodes.row_id(node)].number)
            if strange:
                yield _finding(node, f"{node}:{strange}", "見出し", strange)
    for action in context.actions:
        strange = _strange(_texts(context, action.id))
        if strange:
            yield _finding(
                context.outline.home(action.id), f"a{action.id}:{strange}", "名称や文", strange
            )


def _texts(context: CheckContext, action_id: int) -> str:
    own, of_round = (
        "".join(
            field.of(context.outline, action_id)
            for field in action_fields.FIELDS
            if _is_text(field, scope)
        )
        for scope in (action_fields.Scope.ACTION, action_fields.Scope.ROUND)
    )
    return own + context.text(action_id) + of_round


def _is_text(field: action_fields.Field[Any], scope: action_fields.Scope) -> bool:
    return field.type.is_running_text and field.scope is scope


def _strange(text: str) -> str:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return "".join(each for each in dict.fromkeys(text) if not _is_known(each))
    return ""


def _is_known(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _finding(node: int, subject: str, where: str, strange: str) -> Finding:
    named = "、".join(f"「{each}」（U+{ord(each):04X}）" for each in strange)
    return Finding(
        "characters",
        node,
        f"{where}に、古いシステム（Shift_JIS）では表示できない文字があります: {named}。",
        subject,
        notice=True,
    )
