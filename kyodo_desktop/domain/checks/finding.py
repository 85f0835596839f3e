"""指摘: one thing that a rule of 点検 found."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class RemedyKind(StrEnum):
    """What one click can do about a finding."""

    SET_DUE = "set_due"
    JOIN = "join"
    ADD_PREREQUISITE = "add_prerequisite"
    RENUMBER = "renumber"


class Remedy(NamedTuple):
    """A way out: `target` is an action id (a node for RENUMBER), `value` what it would get.

    SET_DUE has a month (`YYYY-MM`), JOIN and ADD_PREREQUISITE the id of the other action,
    RENUMBER the printed number.
    """

    kind: RemedyKind
    target: int
    value: str | int


class Finding(NamedTuple):
    """`node` is where to look; `message` says in one sentence what is wrong there.

    `subject` tells this finding from others of its rule. It changes with what is wrong, so
    that a finding which was confirmed comes back when there is something new to it.
    `suggestion` is the suggested value as people read it. A `notice` is no mistake.
    """

    rule: str
    node: int
    message: str
    subject: str
    suggestion: str = ""
    remedy: Remedy | None = None
    notice: bool = False
