"""All edits of all services, each with what its arguments may be, to draw at random from."""

from __future__ import annotations

from hypothesis import strategies as st

from kyodo_desktop.domain import action_fields, replacing
from kyodo_desktop.domain.assigning import Giving
from kyodo_desktop.domain.checks.rules import RULES
from kyodo_desktop.domain.importing.found_plan import FoundRound
from kyodo_desktop.domain.next_term import editing
from kyodo_desktop.domain.nodes import is_heading, is_placement
from kyodo_desktop.domain.pasting import PastedAction, PastedLine
from kyodo_desktop.domain.plan import Choice, Role
from kyodo_desktop.domain.replies.form import Answer, AnswerRow
from kyodo_desktop.domain.vocabulary import NameEntry
from kyodo_desktop.services import (
    cells,
    checking,
    comparing,
    details,
    history,
    joining,
    moving,
    next_term,
    pasting,
    plan_settings,
    progress,
    removing,
    rounds,
    structure,
    vocabularies,
)
from kyodo_desktop.services import replacing as replacing_service
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.importing import mappings, updating
from kyodo_desktop.services.inquiries import accepting, asking, collecting
from tests import edits
from tests.services.importing.founds import found_of

TEXTS = st.sampled_from(["", "新", "ｻﾎﾟｰﾄ", "二行\nの文", "市民活動推進課", "\0"])
MONTHS = st.sampled_from(["", "H28.3", "R2/3", "2016-03", "未定"])
JOINED = st.just(
    joining.JoinedTexts(
        {field: field.type.empty for field in joining.JOINED_FIELDS if field.type.empty is None}
        | {
            action_fields.TITLE: "まとめた計画",
            action_fields.DESCRIPTION: "内容",
            action_fields.NOTE: "",
            action_fields.DUE: "2016-03",
            action_fields.DIRECTION: 1,
            action_fields.OUTLOOK: "続ける",
        },
        lines=(joining.JoinedLine(1, "文", None), joining.JoinedLine(None, "", 1)),
    )
)
PASTED_LINES = st.lists(
    st.builds(
        PastedLine, st.sampled_from([None, 1]), st.sampled_from(["", "実施中", "二行\nの文"])
    ),
    max_size=2,
)
PASTED_ACTIONS = st.lists(
    st.builds(
        PastedAction,
        st.sampled_from(["貼った計画", "ｻﾎﾟｰﾄ"]),
        leads=st.sampled_from([(), ("市民活動推進課",), ("新しい課", "総務課")]),
        related=st.sampled_from([(), ("総務課",)]),
        lines=PASTED_LINES.map(tuple),
        values=st.fixed_dictionaries(
            {},
            optional={
                action_fields.DIRECTION: st.just(1),
                action_fields.OUTLOOK: st.just("続ける"),
                action_fields.DUE: st.just("2016-03"),
            },
        ),
    ),
    max_size=2,
)
# The rooms of the services whose every edit is drawn.
SERVICES = (
    cells,
    replacing_service,
    rounds,
    structure,
    details,
    joining,
    moving,
    pasting,
    plan_settings,
    progress,
    removing,
    comparing,
    vocabularies,
    accepting,
    asking,
    collecting,
    mappings,
    updating,
)
STEPS = st.sampled_from([-2, -1, 1, 2])
ROUND_NAMES = st.sampled_from(["平成26年度", "平成28年度", "平成29年度", "平成30年度", ""])
YEARS, DAYS = st.integers(2014, 2018), st.sampled_from(["2014-10-31", "2016-10-31", "2018-03-31"])
FOUND_ROUNDS = st.builds(FoundRound, ROUND_NAMES, YEARS, DAYS)
TYPED_CELLS = st.sampled_from(
    [
        *(action_fields.PROGRESS, action_fields.OUTLOOK, action_fields.DIRECTION),
        *(action_fields.DUE, action_fields.LEAD, action_fields.NOTE),
    ]
)
FILLED_CELLS = st.sampled_from(action_fields.taking_part(action_fields.Use.TREE))
ROLES, WAYS = st.sampled_from(Role), st.sampled_from(moving.Way)
GIVINGS = st.sampled_from(Giving)
# Parts of the present plan, drawn when an edit is made; `maybe` may also be none of them.
NODE, HEADING, PLACEMENT, ACTION, LINE, SECTION, STATUS, DIRECTION, OPERATION, ROUND = "NHPALSTDOR"
ACTOR, PRINCIPLE, REVISION = "CIV"
MAYBE = "?"


def draw_up_next_term(workspace, action_ids, choice):
    """Draw up the next term, with a choice for those of the actions that it is about."""
    draft = next_term.proposed(workspace)
    chosen = draft.dispositions.keys() & set(action_ids)
    next_term.draw_up(workspace, editing.choose(draft, chosen, choice))


def replace(workspace, find, put):
    """Replace a text in all names and texts."""
    texts = replacing.TextReplacement(find, put)
    hits = list(replacing.hits(workspace.outline, texts, replacing.KINDS))
    replacing_service.replace_texts(workspace, find, put, [hit for hit in hits if not hit.problem])


def ask(workspace, section_ids):
    """Send forms to sections."""
    sent_at = workspace.now().isoformat(timespec="seconds")
    asking.record_sent(
        workspace, asking.reply_forms(workspace, section_ids, "2026-11-30", "", sent_at)
    )


def answer(workspace, section_id, text, month):
    """Let a section write the same into each row of its form, and take that in."""
    sent_at = workspace.now().isoformat(timespec="seconds")
    (form,) = asking.reply_forms(workspace, [section_id], "2026-11-30", "", sent_at)
    typed = {action_fields.PROGRESS: text, action_fields.OUTLOOK: text, action_fields.DUE: month}
    rows = tuple(
        AnswerRow(place, row.action_id, row.line_id, row.number, row.title, typed)
        for place, row in enumerate(form.rows)
    )
    came = Answer("a.xlsx", text, form.key, "", "", "", "", form.rows, rows)
    accepting.record_received(workspace, [came])
    found = accepting.review(workspace, came)
    accepting.accept(workspace, found, found.defaults)


def take_table(workspace, texts, month, asked, chosen):
    """Take a part of what a table says of some actions, one of them new, in a round of its own."""
    whole = found_of(workspace.outline, dump(workspace))
    first, *others = whole.actions[:4]
    title, note = texts
    lines = (first_line._replace(round=asked.name) for first_line in first.lines[:1])
    moved = others[0]._replace(path=first.path, title=title) if others else first
    changed = first._replace(note=note, due=month, lines=(*first.lines, *lines))
    new = first._replace(title=title, number="", sections=(note,), lines=first.lines[:1])
    found = whole._replace(
        actions=(new, changed, moved, *others[1:]), rounds=(asked, *whole.rounds)
    )
    update = updating.compared_with(workspace, found, mapping_json="{}", mapping_name=title)
    updating.take_update(workspace, update, chosen)


def exchange_marks(workspace, one, other):
    """Let two statuses change their marks, their kinds and their places."""
    entries = {each.id: each for each in vocabularies.status_entries(workspace.outline)}
    first, second = entries[one], entries[other]
    entries[one] = second._replace(mark=first.mark, id=second.id)
    entries[other] = first._replace(mark=second.mark, id=first.id)
    vocabularies.set_statuses(workspace, list(entries.values()))


def drop_status(workspace, one, replaced_by):
    """Delete a status, and add one that takes its mark."""
    entries = {each.id: each for each in vocabularies.status_entries(workspace.outline)}
    new = entries.pop(one)._replace(id=None)
    vocabularies.set_statuses(workspace, [new, *entries.values()], {one: replaced_by})


def drop_direction(workspace, one, replaced_by):
    entries = vocabularies.direction_entries(workspace.outline)
    kept = [each for each in reversed(entries) if each.id != one]
    vocabularies.set_directions(workspace, kept, {one: replaced_by})


def drop_actor_and_principle(workspace, actor, principle, name):
    """Delete one of each, turn the order round, add and rename."""
    settings = plan_settings.plan_settings(workspace.outline)
    actors = [each for each in reversed(settings.actors) if each.id != actor]
    principles = [each._replace(text=name + each.text) for each in settings.principles]
    kept = [each for each in principles if each.id != principle]
    added = (NameEntry(name), *actors)
    plan_settings.set_plan_settings(
        workspace, settings._replace(actors=added, principles=tuple(kept))
    )


EDITS = [
    (structure.add_heading, NODE, TEXTS),
    (structure.add_action, HEADING, TEXTS),
    (structure.rename, NODE, TEXTS),
    (structure.renumber, NODE, TEXTS),
    (structure.relist, PLACEMENT, HEADING),
    (structure.duplicate, NODE),
    (structure.duplicate_all, [NODE]),
    (joining.join, ACTION, ACTION, JOINED),
    (joining.split, PLACEMENT),
    (removing.delete, [NODE]),
    (removing.delete, [PLACEMENT]),
    (moving.move, [NODE], NODE, NODE),
    (moving.move, [PLACEMENT], HEADING, MAYBE + PLACEMENT),
    (moving.shift, NODE, WAYS),
    (progress.set_status, [ACTION], STATUS),
    (progress.add_line, ACTION, TEXTS),
    (progress.set_line_text, LINE, TEXTS),
    (progress.set_first_line, ACTION, TEXTS),
    (cells.save_cell, ACTION, TYPED_CELLS, st.one_of(TEXTS, MONTHS)),
    (cells.set_sections, [ACTION], st.just(action_fields.LEAD), [SECTION]),
    (cells.fill_down, ACTION, [ACTION], FILLED_CELLS),
    (replace, st.sampled_from(["市民", "の", "ｻﾎﾟｰﾄ"]), TEXTS),
    (progress.set_line_status, LINE, MAYBE + STATUS),
    (progress.set_line_section, LINE, MAYBE + SECTION),
    (progress.move_line, LINE, STEPS),
    (progress.delete_line, LINE),
    (edits.set_description, ACTION, TEXTS),
    (edits.set_note, ACTION, TEXTS),
    (edits.set_due, ACTION, MONTHS),
    (edits.set_start, ACTION, st.sampled_from([None, 2015, 27])),
    (edits.set_direction, [ACTION], MAYBE + DIRECTION),
    (edits.set_outlook_text, ACTION, TEXTS),
    (details.assign, [ACTION], SECTION, ROLES, GIVINGS),
    (details.unassign, [ACTION], SECTION),
    (details.add_prerequisite, ACTION, ACTION),
    (details.remove_prerequisite, ACTION, ACTION),
    (pasting.paste_actions, HEADING, PASTED_ACTIONS),
    (pasting.paste_lines, ACTION, PASTED_LINES),
    (vocabularies.add_section, TEXTS),
    (vocabularies.rename_section, SECTION, TEXTS),
    (vocabularies.move_section, SECTION, STEPS),
    (vocabularies.delete_section, SECTION),
    (draw_up_next_term, [ACTION], st.sampled_from(Choice)),
    (checking.use_rules, st.lists(st.sampled_from(sorted(RULES)))),
    (history.revert_operation, OPERATION),
    (rounds.open_round, ROUND_NAMES, YEARS, DAYS),
    (rounds.edit_round, ROUND, ROUND_NAMES, YEARS, DAYS),
    (rounds.close_round, ROUND),
    (rounds.reopen_round, ROUND, TEXTS),
    (rounds.delete_round, ROUND),
    (rounds.accept_carried, [ACTION]),
    (ask, [SECTION]),
    (answer, SECTION, TEXTS, MONTHS),
    (take_table, st.tuples(TEXTS, TEXTS), MONTHS, FOUND_ROUNDS, st.sets(st.integers(0, 20))),
    (mappings.save_mapping, TEXTS, st.sampled_from(["{}", '{"columns": [1]}'])),
    (rounds.set_opinion, HEADING, TEXTS),
    (rounds.set_response, HEADING, TEXTS),
    (details.set_links, [ACTION], st.just(action_fields.ACTORS), [ACTOR]),
    (details.set_links, [ACTION], st.just(action_fields.PRINCIPLES), [PRINCIPLE]),
    (comparing.record_revision, TEXTS, DAYS, TEXTS),
    (comparing.edit_revision, REVISION, TEXTS, DAYS, TEXTS),
    (comparing.set_reason, REVISION, st.just("action"), ACTION, TEXTS),
    (comparing.delete_revision, REVISION),
    (exchange_marks, STATUS, STATUS),
    (drop_status, STATUS, STATUS),
    (drop_direction, DIRECTION, DIRECTION),
    (drop_actor_and_principle, ACTOR, PRINCIPLE, TEXTS),
]


def parts_of(workspace, letter):
    """Return what an argument of this letter may be now."""
    outline = workspace.outline
    nodes = [node for root in outline.roots for node in (root, *outline.below(root))]
    return {
        NODE: lambda: nodes,
        HEADING: lambda: [node for node in nodes if is_heading(node)],
        PLACEMENT: lambda: [node for node in nodes if is_placement(node)],
        ACTION: lambda: list(outline.placed),
        LINE: lambda: [line.id for lines in outline.lines.values() for line in lines],
        SECTION: lambda: list(outline.sections),
        REVISION: lambda: list(outline.revisions),
        STATUS: lambda: list(outline.statuses),
        DIRECTION: lambda: list(outline.directions),
        ROUND: lambda: list(outline.rounds),
        ACTOR: lambda: list(outline.actors),
        PRINCIPLE: lambda: list(outline.principles),
        OPERATION: lambda: [entry.id for entry in history.entries(workspace)],
    }[letter]()


def drawn(data, workspace, wanted):
    """Return an argument such as an edit in EDITS describes."""
    if isinstance(wanted, list):
        known = sorted(parts_of(workspace, wanted[0]))
        return data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=3))
    if not isinstance(wanted, str):
        return data.draw(wanted)
    known = sorted(parts_of(workspace, wanted[-1]))
    if wanted[0] == MAYBE:
        known = [None, *known]
    return data.draw(st.sampled_from(known))


def edit_at_random(data, workspace):
    """Draw one edit that the plan has anything for, and do it; raises PlanError as it does."""
    edit, *arguments = data.draw(st.sampled_from(possible(workspace)))
    edit(workspace, *(drawn(data, workspace, each) for each in arguments))


def possible(workspace):
    """Return the edits for whose arguments there is anything in the plan."""
    return [
        (edit, *arguments)
        for edit, *arguments in EDITS
        if all(
            parts_of(workspace, letter)
            for each in arguments
            for letter in (each if isinstance(each, list) else [each])
            if isinstance(letter, str) and letter[0] != MAYBE
        )
    ]
