"""The findings of 点検 as plain values and as lines, for use outside of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from kyodo_desktop.domain.checks.catalogue import RULES
from kyodo_desktop.services import checking

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


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
    for finding, note in checking.check(workspace):
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
