"""What has not been written, or not been written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.checks.finding import Finding
from kyodo_desktop.domain.nodes import row_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.checks.reading import Reading
    from kyodo_desktop.domain.plan import Progress


def direction_empty(reading: Reading) -> Iterator[Finding]:
    """Find placements without 今後の方向性, so that 延べ and 実質 can both be counted."""
    outline = reading.outline
    reported = {action.id for action in reading.reported}
    for node in reading.placements:
        action_id = outline.action_id_at(node)
        outlook = outline.outlooks.get(action_id)
        is_written = outlook and (outlook.direction_id is not None or outlook.text.strip())
        if action_id in reported and not is_written:
            yield Finding(
                "direction_empty", node, "今後の方向性が入力されていません。", f"{row_id(node)}"
            )


def not_filled_in(reading: Reading) -> Iterator[Finding]:
    """Find actions without a line, a mark, or a text where the plan writes texts."""
    outline = reading.outline
    writes_texts = _writes_texts(reading)
    for action in reading.reported:
        lines = outline.lines.get(action.id, ())
        missing = _missing(lines, writes_texts=writes_texts)
        if missing:
            yield Finding(
                "not_filled_in",
                reading.outline.home(action.id),
                f"{missing}がまだ入力されていません。",
                f"{action.id}:{missing}",
            )


def unchanged(reading: Reading) -> Iterator[Finding]:
    """Find open actions which say the same as in the two rounds before."""
    outline, before, earlier = reading.outline, reading.outline.previous, reading.earlier
    if before is None or earlier is None:
        return
    for action in reading.reported:
        said = _said(outline.lines.get(action.id, ()))
        if (
            said
            and reading.is_open(action.id)
            and said == _said(before.lines.get(action.id, ()))
            and said == _said(earlier.lines.get(action.id, ()))
        ):
            yield Finding(
                "unchanged",
                reading.outline.home(action.id),
                f"「{earlier.round.name}」から2回続けて、進捗状況が変わっていません。",
                f"{action.id}",
            )


def _writes_texts(reading: Reading) -> bool:
    """Tell whether texts are wanted: a plan may give marks only."""
    lines = [line for lines in reading.outline.lines.values() for line in lines]
    return 2 * sum(bool(line.text.strip()) for line in lines) >= len(lines)


def _missing(lines: tuple[Progress, ...], *, writes_texts: bool) -> str:
    if not lines:
        return "進捗状況"
    if any(line.status_id is None for line in lines):
        return "状態"
    if writes_texts and not any(line.text.strip() for line in lines):
        return "進捗状況の文"
    return ""


def _said(lines: tuple[Progress, ...]) -> list[tuple[int | None, str, int | None]]:
    return [(line.status_id, line.text.strip(), line.section_id) for line in lines]
