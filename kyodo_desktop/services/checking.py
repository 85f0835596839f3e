"""点検: reads the plan by its rules, keeps decisions, carries out and prints findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypedDict

from kyodo_desktop.domain import errors, inputs, terms
from kyodo_desktop.domain.checks.context import CheckContext, Finding, Remedy, RemedyKind
from kyodo_desktop.domain.checks.rules import RULES, findings_of
from kyodo_desktop.services import details, rows, structure
from kyodo_desktop.store import reading, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.services.workspace import Workspace


_NOTE_LIMIT = 1_000
_BEFORE_THE_PREVIOUS = 2


class Checked(NamedTuple):
    """A finding, and the note with which it was confirmed; None where it is open."""

    finding: Finding
    note: str | None

    @property
    def is_confirmed(self) -> bool:
        """Tell whether somebody looked at it and left it."""
        return self.note is not None


def check_context(workspace: Workspace) -> CheckContext:
    """Return the plan for the rules to read, which they may do in another thread."""
    outline = workspace.outline
    month = terms.overdue_cutoff(outline, f"{workspace.now():%Y-%m}")
    return CheckContext(outline, month, _earlier(workspace))


def run(context: CheckContext) -> list[Checked]:
    """Return what the rules that are in use find, in printed order."""
    outline = context.outline
    return [
        Checked(finding, _note(outline, finding))
        for finding in findings_of(context, rules_in_use(outline))
    ]


def check(workspace: Workspace) -> list[Checked]:
    """Return what is to be said of the plan now."""
    return run(check_context(workspace))


def rules_in_use(outline: Outline) -> list[str]:
    """Return the ids of the rules that are not switched off in this plan."""
    muted = {each.rule for each in outline.muted_rules.values()}
    return [rule for rule in RULES if rule not in muted]


def use_rules(workspace: Workspace, rules: Iterable[str]) -> None:
    """Use these rules in the plan and no others. Raises GoneError."""
    wanted = set(rules)
    muted = {each.rule: each.id for each in workspace.outline.muted_rules.values()}
    with workspace.transact("点検項目の設定を変更") as session:
        for rule in RULES:
            if rule in wanted and rule in muted:
                session.delete(rows.fetch(session, tables.MutedRuleRow, muted[rule]))
            elif rule not in wanted and rule not in muted:
                session.add(tables.MutedRuleRow(rule=rule))


def confirm(workspace: Workspace, finding: Finding, note: str = "") -> None:
    """Mark a finding as 確認済み in the round that is shown, with a note if there is one.

    Raises GoneError, InvalidInputError and RefusedError.
    """
    outline = workspace.outline
    round_id = rows.open_round_id(outline)
    note = inputs.checked_text(note.strip(), "メモ", _NOTE_LIMIT)
    known = outline.confirmations.get((finding.rule, finding.subject))
    with workspace.transact(f"点検「{RULES[finding.rule].name}」を確認済みに") as session:
        if known is not None:
            rows.fetch(session, tables.ConfirmationRow, known.id).note = note
        else:
            session.add(
                tables.ConfirmationRow(
                    round_id=round_id, rule=finding.rule, subject=finding.subject, note=note
                )
            )


def unconfirm(workspace: Workspace, finding: Finding) -> None:
    """Let a finding be open again. Raises GoneError and RefusedError."""
    rows.open_round_id(workspace.outline)
    known = workspace.outline.confirmations.get((finding.rule, finding.subject))
    if known is not None:
        with workspace.transact(f"点検「{RULES[finding.rule].name}」の確認を取消") as session:
            session.delete(rows.fetch(session, tables.ConfirmationRow, known.id))


def _earlier(workspace: Workspace) -> Record | None:
    """Return the round before the outline's previous one."""
    outline = workspace.outline
    if outline.round is None:
        return None
    rounds = list(outline.rounds)
    place = rounds.index(outline.round.id) - _BEFORE_THE_PREVIOUS
    if place < 0:
        return None
    with workspace.reading() as connection:
        return reading.read_record(connection, outline, rounds[place])


def _note(outline: Outline, finding: Finding) -> str | None:
    known = outline.confirmations.get((finding.rule, finding.subject))
    return known.note if known else None


def apply(workspace: Workspace, remedy: Remedy) -> None:
    """Do what one finding suggests. Joining asks for the texts first, so it is no remedy here.

    Raises RefusedError for that one, and what the edit raises.
    """
    match remedy.kind:
        case RemedyKind.SET_DUE:
            _set_dues(workspace, [remedy])
        case RemedyKind.ADD_PREREQUISITE:
            details.add_prerequisite(workspace, remedy.target, int(remedy.value))
        case RemedyKind.RENUMBER:
            structure.renumber(workspace, remedy.target, str(remedy.value))
            workspace.end_typing()
        case RemedyKind.JOIN:
            raise errors.RefusedError(
                "まとめる前に、残す文を選んでください。変更は行いませんでした。"
            )


def apply_all_dues(workspace: Workspace, findings: Iterable[Finding]) -> None:
    """Take over all dates that were found in the texts, as one step. Raises GoneError."""
    remedies = [each.remedy for each in findings if each.remedy is not None]
    _set_dues(workspace, [each for each in remedies if each.kind is RemedyKind.SET_DUE])


def _set_dues(workspace: Workspace, remedies: list[Remedy]) -> None:
    several = f"（{len(remedies)}件）" if len(remedies) > 1 else ""
    with workspace.transact(f"文中の年月を完了予定に反映{several}") as session:
        for remedy in remedies:
            rows.fetch(session, tables.ActionRow, remedy.target).due = str(remedy.value)


class FindingObject(TypedDict):
    """One finding: `path` are number and title of all nodes from the term down."""

    rule: str
    name: str
    path: list[str]
    action: str
    message: str
    suggestion: str
    notice: bool
    confirmed: bool


def as_objects(workspace: Workspace) -> list[FindingObject]:
    """Return all findings in printed order."""
    outline = workspace.outline
    found = []
    for finding, note in check(workspace):
        action = outline.action_at(finding.node)
        found.append(
            FindingObject(
                rule=finding.rule,
                name=RULES[finding.rule].name,
                path=path_of(outline, finding.node),
                action=action.title if action else "",
                message=finding.message,
                suggestion=finding.suggestion,
                notice=finding.notice,
                confirmed=note is not None,
            )
        )
    return found


def as_lines(objects: list[FindingObject]) -> str:
    """Return the findings one a line; the suggested value stands behind an arrow."""
    return "\n".join(
        f"{each['rule']}\t{' › '.join(each['path'])}\t{each['message']}"
        + (f"\t→ {each['suggestion']}" if each["suggestion"] else "")
        + ("\t（確認済み）" if each["confirmed"] else "")
        for each in objects
    )


def path_of(outline: Outline, node: int) -> list[str]:
    """Return the nodes from the term down to this one, as they are read."""
    return [outline.label(each) for each in (*reversed([*outline.ancestors(node)]), node)]
