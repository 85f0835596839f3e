"""What a round says of an action, in the words of a table: marks, labels and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.predecessors import lines_in, outlook_in, sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.found_plan import FoundLine, FoundOutlook, FoundPlan
    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.services.importing.matching import PlanWords


class SaidLine(NamedTuple):
    """A line of progress: the mark of its status, its text, its section."""

    status: str
    text: str
    section: str

    @property
    def words(self) -> str:
        """The line as people read it."""
        section = f"（{self.section}）" if self.section else ""
        return f"{self.status} {self.text}{section}".strip()


class SaidOutlook(NamedTuple):
    """今後の方向性: a choice, a text, or both."""

    direction: str = ""
    text: str = ""

    @property
    def words(self) -> str:
        """It as people read it."""
        choice = f"【{self.direction}】" if self.direction else ""
        return f"{choice}{self.text}"


class Said:
    """What one round says; nothing where there is no record of one."""

    def __init__(self, outline: Outline, record: Record | None) -> None:
        self._outline = outline
        self._record = record
        self._origins = sources(outline)

    def lines(self, action_id: int) -> tuple[SaidLine, ...]:
        """Return the lines of an action."""
        if self._record is None:
            return ()
        statuses, sections = self._outline.statuses, self._outline.sections
        return tuple(
            SaidLine(
                statuses[line.status_id].mark if line.status_id else "",
                line.text,
                sections[line.section_id].name if line.section_id else "",
            )
            for line in lines_in(self._record, action_id, self._origins.get(action_id, ()))
        )

    def outlook(self, action_id: int) -> SaidOutlook:
        """Return 今後の方向性 of an action."""
        record = self._record
        row = record and outlook_in(record, action_id, self._origins.get(action_id, ()))
        if not row:
            return SaidOutlook()
        direction = self._outline.directions.get(row.direction_id or 0)
        return SaidOutlook(direction.label if direction else "", row.text)


def wanted_outlook(found: FoundOutlook, present: SaidOutlook, words: PlanWords) -> SaidOutlook:
    """Return 今後の方向性 as it shall be; what the table does not tell stays."""
    direction = words.direction(found.direction) or present.direction
    return SaidOutlook(direction, found.text or present.text)


class Telling:
    """What a table tells of lines at all: one without marks leaves those of the plan alone."""

    def __init__(self, found: FoundPlan) -> None:
        lines = [line for action in found.actions for line in action.lines]
        self._statuses = any(line.status for line in lines)
        self._texts = any(line.text for line in lines)
        self._sections = any(line.section for line in lines)

    def lines(
        self, found: Sequence[FoundLine], present: Sequence[SaidLine], words: PlanWords
    ) -> tuple[SaidLine, ...]:
        """Return the lines as they shall be."""
        wanted = []
        for place, line in enumerate(found):
            now = present[place] if place < len(present) else SaidLine("", "", "")
            wanted.append(
                SaidLine(
                    words.mark(line.status) if self._statuses else now.status,
                    line.text if self._texts else now.text,
                    words.section(line.section) if self._sections else now.section,
                )
            )
        return tuple(wanted)
