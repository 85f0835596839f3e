"""Compares a table with the plan that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.found_plan import FoundRound
from kyodo_desktop.domain.nodes import row_id, term_node
from kyodo_desktop.services.importing.comparison import Sides, UpdateComparison
from kyodo_desktop.services.importing.matching import known_names
from kyodo_desktop.services.importing.mending import mended
from kyodo_desktop.services.importing.new_file import present_round, sections_of
from kyodo_desktop.services.importing.pairing import paired
from kyodo_desktop.services.importing.said import Said
from kyodo_desktop.services.importing.update import Gone, Update
from kyodo_desktop.services.rounds import RoundInput, record_before
from kyodo_desktop.store.reading import read_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.services.importing.matching import Known
    from kyodo_desktop.services.workspace import Workspace


def compared_with(
    workspace: Workspace,
    found: FoundPlan,
    *,
    source: str = "",
    mapping_json: str = "",
    mapping_name: str = "",
    apart: tuple[int, ...] = (),
) -> Update:
    """Return what the table would change in the plan; nothing is changed by asking.

    What the table does not speak of stays as it is. The actions `apart`, by their place in
    the table, are new although their titles are near those of others. Raises RefusedError
    where the table cannot be taken into this plan.
    """
    comparison = compared(workspace, found, apart)
    return Update(
        tuple(comparison.differences),
        tuple(_gone(workspace.outline, comparison.sides)),
        tuple(comparison.refused()),
        comparison.unchanged,
        comparison.sides.found,
        source,
        mapping_json,
        mapping_name,
        apart,
    )


def compared(workspace: Workspace, found: FoundPlan, apart: tuple[int, ...]) -> UpdateComparison:
    """Compare a table with the plan as it is now; see `compared_with`."""
    found = _fitted_to(workspace, found)
    outline = workspace.outline
    term_id = _term_of(outline, found)
    known = known_names(outline, found, sections_of(found.actions))
    said = {each.name: Said(outline, _record(workspace, known, each)) for each in found.rounds}
    pairs = paired(outline, term_id, found, apart)
    return UpdateComparison(Sides(outline, term_id, found, pairs, known, said))


def _fitted_to(workspace: Workspace, found: FoundPlan) -> FoundPlan:
    """Return what was found as the plan can take it: with its levels, and with a round."""
    outline = workspace.outline
    newest = next(reversed(outline.rounds.values()), None)
    usual = FoundRound(*newest[1:4]) if newest else present_round(workspace.now())
    return mended(
        found._replace(
            title=outline.plan.title,
            rounds=found.rounds or (usual,),
            levels=tuple((level.name, level.numbering) for level in outline.levels),
        ),
        outline.plan.title,
    )


def _term_of(outline: Outline, found: FoundPlan) -> int:
    """Return the term that the newest round of the table is about."""
    year = max(each.fiscal_year for each in found.rounds)
    covering = [
        term.id
        for term in outline.terms.values()
        if term.first_fiscal_year <= year <= term.last_fiscal_year
    ]
    filled = [each for each in outline.terms if outline.children.get(term_node(each))]
    both = [each for each in covering if each in filled]
    return (both or filled or covering or list(outline.terms))[-1]


def _record(workspace: Workspace, known: Known, found: FoundRound) -> Record | None:
    """Return what the plan says in a round; of a new one what it says in the one before."""
    if found.name not in known.rounds:
        return record_before(workspace, RoundInput(*found))
    with workspace.reading() as connection:
        return read_record(connection, workspace.outline, known.rounds[found.name])


def _gone(outline: Outline, sides: Sides) -> Iterator[Gone]:
    headings, actions = set(sides.pairs.headings.values()), set(sides.pairs.actions.values())
    for node in outline.below(term_node(sides.term_id)):
        action = outline.action_at(node)
        if action is None and row_id(node) in headings:
            continue
        if action is not None and (action.id in actions or outline.is_relisted(node)):
            continue
        above = outline.parent(node)
        assert above is not None
        yield Gone(node, outline.label(node), outline.label(above))
