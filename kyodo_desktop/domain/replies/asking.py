"""What a section is asked: the actions that it leads, and the lines that are its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import action_fields, assigning, field_types, predecessors, terms
from kyodo_desktop.domain.nodes import is_heading, is_placement, row_id
from kyodo_desktop.domain.replies.form import ACTION_FIELDS, LINE_FIELDS, FormRow, Values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Progress

NO_LINE: Values = dict.fromkeys(LINE_FIELDS, "")


def printed_actions(outline: Outline) -> list[int]:
    """Return the actions that the round which is shown is about, each once, as printed."""
    over = terms.terms_over(outline)
    placements = (
        outline.placements[row_id(node)]
        for root in outline.roots
        if row_id(root) not in over
        for node in outline.below(root)
        if is_placement(node)
    )
    return [each.action_id for each in placements if outline.placed[each.action_id][0] == each.id]


def asked_actions(outline: Outline) -> dict[int, list[int]]:
    """Return the actions in the form of each section, by section."""
    found: dict[int, list[int]] = {}
    for action_id in printed_actions(outline):
        for section_id in _asked_sections(outline, action_id):
            found.setdefault(section_id, []).append(action_id)
    return found


def _asked_sections(outline: Outline, action_id: int) -> dict[int, None]:
    own = (each.section_id for each in outline.lines.get(action_id, ()))
    asked = (*assigning.leads_of(outline, action_id), *own)
    return dict.fromkeys(each for each in asked if each is not None)


def asked_together(outline: Outline) -> dict[int, tuple[int, ...]]:
    """Return the sections of each action, as printed, that are asked for the same line of it.

    Several lead there. Where each of them has its own line, or would get one, nothing is shared.
    """
    own_grades = keeps_own_grades(outline)
    found: dict[int, tuple[int, ...]] = {}
    for action_id in printed_actions(outline):
        section_ids = assigning.leads_of(outline, action_id)
        lines = outline.lines.get(action_id, ())
        is_shared = any(line.section_id is None for line in lines) if lines else not own_grades
        if len(section_ids) > 1 and is_shared:
            found[action_id] = section_ids
    return found


def leads(outline: Outline, action_id: int, section_id: int) -> bool:
    """Tell whether the section leads in the action; it then answers for the whole of it."""
    return section_id in assigning.leads_of(outline, action_id)


def lines_of(lines: Sequence[Progress], section_id: int, *, is_lead: bool) -> tuple[Progress, ...]:
    """Return the lines that a section answers for: its own, of the lead also nobody's."""
    mine = (section_id, None) if is_lead else (section_id,)
    return tuple(line for line in lines if line.section_id in mine)


def keeps_own_grades(outline: Outline) -> bool:
    """Tell whether lines say which section they are from, so that new ones must say it too."""
    previous = outline.previous.lines if outline.previous else {}
    return any(
        line.section_id is not None
        for lines in (*outline.lines.values(), *previous.values())
        for line in lines
    )


def line_values(outline: Outline, line: Progress) -> Values:
    """Return what a line says, as a form has it."""
    return {field: field.type.plain(field.of_line(line), outline) for field in LINE_FIELDS}


def action_values(outline: Outline, action_id: int) -> Values:
    """Return what stands once for an action, as a form has it."""
    return {
        field: field.type.plain(field.of(outline, action_id), outline) for field in ACTION_FIELDS
    }


class FormRows:
    """Makes the rows of the forms of one round; what they share is prepared once."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._asked = asked_actions(outline)
        self._sources: predecessors.Sources = predecessors.sources(outline)
        self._paths: dict[int, str] = {}
        self._terms = terms.current_terms(outline)

    def rows(self, section_id: int) -> tuple[FormRow, ...]:
        """Return the rows of one section's form, as printed."""
        return tuple(
            row
            for action_id in self._asked.get(section_id, ())
            for row in self._of_action(action_id, section_id)
        )

    def _of_action(self, action_id: int, section_id: int) -> Iterator[FormRow]:
        outline, action = self._outline, self._outline.actions[action_id]
        home, is_lead = outline.home(action_id), leads(self._outline, action_id, section_id)
        mine = lines_of(outline.lines.get(action_id, ()), section_id, is_lead=is_lead)
        values = [(line.id, line_values(outline, line)) for line in mine] or [(0, dict(NO_LINE))]
        if is_lead:
            values[0][1].update(action_values(outline, action_id))
        last_answer = self._last_answer(action_id, section_id, is_lead=is_lead)
        for line_id, cells in values:
            yield FormRow(
                action_id,
                line_id,
                number=outline.number(home),
                path=self._path(home),
                title=action.title,
                description=action.description,
                last_answer=last_answer,
                values=cells,
            )

    def _path(self, home: int) -> str:
        """Return the headings above an action: 1 環境づくり › (1) 活動拠点の整備."""
        above = self._outline.parent(home)
        assert above is not None
        if above not in self._paths:
            nodes = [above, *self._outline.ancestors(above)]
            headings = [node for node in reversed(nodes) if is_heading(node)]
            path = " › ".join(map(self._outline.label, headings))
            self._paths[above] = terms.in_term(self._outline, above, path, self._terms)
        return self._paths[above]

    def _last_answer(self, action_id: int, section_id: int, *, is_lead: bool) -> str:
        """Return what the round before says of the action, a line each."""
        outline, record = self._outline, self._outline.previous
        if record is None:
            return ""
        origins = self._sources.get(action_id, ())
        lines = lines_of(
            predecessors.lines_in(record, action_id, origins), section_id, is_lead=is_lead
        )
        parts = [" ".join(line_values(outline, line).values()).strip() for line in lines]
        outlook = predecessors.outlook_in(record, action_id, origins) if is_lead else None
        if outlook is not None:
            direction = field_types.DIRECTION.plain(outlook.direction_id, outline)
            if direction or outlook.text:
                parts.append(f"今後の方向性：{f'{direction} {outlook.text}'.strip()}")
            parts += [
                f"{field.label}：{text}"
                for field in _FURTHER_OF_ROUND
                if (text := field.type.format(field.of_outlook(outlook), outline))
            ]
        return "\n".join(filter(None, parts))


_FURTHER_OF_ROUND = tuple(
    field
    for field in ACTION_FIELDS
    if field.scope is action_fields.Scope.ROUND
    and field not in (action_fields.DIRECTION, action_fields.OUTLOOK)
)
