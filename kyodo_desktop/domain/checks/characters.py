"""文字: what old systems, which know cp932 only, cannot show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.checks.finding import Finding
from kyodo_desktop.domain.nodes import is_heading, row_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.checks.reading import Reading


def characters(reading: Reading) -> Iterator[Finding]:
    """Find characters outside cp932 in marks, titles and texts; that is no mistake."""
    outline = reading.outline
    marks = "".join(f"{each.mark}{each.label}" for each in outline.statuses.values())
    strange = _strange(marks)
    if strange and outline.roots:
        yield _finding(outline.roots[0], f"marks:{strange}", "状態の記号", strange)
    for node in reading.nodes:
        if is_heading(node):
            strange = _strange(outline.title(node) + outline.headings[row_id(node)].number)
            if strange:
                yield _finding(node, f"{node}:{strange}", "見出し", strange)
    for action in reading.actions:
        strange = _strange(_texts(reading, action.id))
        if strange:
            yield _finding(
                reading.outline.home(action.id), f"a{action.id}:{strange}", "名称や文", strange
            )


def _texts(reading: Reading, action_id: int) -> str:
    action = reading.outline.actions[action_id]
    outlook = reading.outline.outlooks.get(action_id)
    texts = (action.title, action.description, action.note, reading.text(action_id))
    return "".join(texts) + (outlook.text if outlook else "")


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
