"""The file says what a plain in-memory model of the plan says, whatever was done before.

Every step is done twice: by the services on a real file, and by `PlainPlan` in plain Python.
"""

from __future__ import annotations

import shutil
import tempfile
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.domain.next_term import editing
from kyodo_desktop.domain.nodes import (
    heading_node,
    is_heading,
    is_placement,
    placement_node,
    row_id,
    term_node,
)
from kyodo_desktop.domain.plan import Choice
from kyodo_desktop.services import (
    details,
    joining,
    next_term,
    progress,
    removing,
    rounds,
    structure,
)
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.rounds import accept_carried
from tests import edits
from tests.builders import Clock, opened
from tests.effort import cases
from tests.services.plain_plan import PlainPlan, pictured

TEXTS = st.sampled_from(["協働", "28年3月予定", "二行\nの文", "ｻﾎﾟｰﾄ"])
MARKS = st.sampled_from("✓◇・")


class PlanMachine(RuleBasedStateMachine):
    """A user who does anything that the services offer for a plan's years."""

    master: Path

    @initialize()
    def open_the_sample(self):
        self.folder = tempfile.TemporaryDirectory()
        self.plan = opened(Path(shutil.copy(self.master, self.folder.name)), Clock())
        self.workspace = self.plan.workspace
        self.first = dump(self.workspace)
        self.model = PlainPlan(self.first)
        self.done: list[PlainPlan] = []
        self.undone: list[PlainPlan] = []

    def teardown(self):
        if not hasattr(self, "plan"):
            return
        while self.workspace.undo():
            pass
        after, before = dump(self.workspace), self.first
        self.plan.close()
        self.folder.cleanup()
        assert after == before

    # Means

    def step(self, edit, *arguments):
        """Let a service make one step; return what it returns, and prepare the model for it."""
        before = deepcopy(self.model)
        label = self.workspace.next_undo
        value = edit(self.workspace, *arguments)
        self.workspace.end_typing()
        if self.workspace.next_undo is not label:
            self.done.append(before)
            self.undone.clear()
        return value

    def agree(self):
        assert pictured(dump(self.workspace)) == self.model.picture()

    def drawn(self, data, things):
        return data.draw(st.sampled_from(sorted(things)))

    def lines(self, action_id):
        return self.workspace.outline.lines.get(action_id, ())

    def status_id(self, mark):
        return next(e.id for e in self.workspace.outline.statuses.values() if e.mark == mark)

    @property
    def is_open(self):
        return self.model.is_open

    # What is done in a round

    @precondition(lambda self: self.is_open)
    @rule(data=st.data(), mark=MARKS)
    def set_a_status(self, data, mark):
        action_id = self.drawn(data, self.model.placed)
        self.step(progress.set_status, [action_id], self.status_id(mark))
        self.model.set_status(action_id, mark)
        self.agree()

    @precondition(lambda self: self.is_open)
    @rule(data=st.data(), text=TEXTS)
    def add_a_line(self, data, text):
        action_id = self.drawn(data, self.model.placed)
        self.step(progress.add_line, action_id, text)
        self.model.add_line(action_id, text)
        self.agree()

    @precondition(lambda self: self.is_open)
    @rule(data=st.data(), text=TEXTS)
    def write_a_text(self, data, text):
        action_id = self.drawn(data, self.model.placed)
        if lines := self.lines(action_id):
            self.step(progress.set_line_text, lines[-1].id, text)
            self.model.set_text(action_id, -1, text)
        self.agree()

    @precondition(lambda self: self.is_open)
    @rule(data=st.data(), text=TEXTS)
    def write_an_outlook(self, data, text):
        action_id = self.drawn(data, self.model.placed)
        self.step(edits.set_outlook_text, action_id, text)
        self.model.set_outlook(action_id, text)
        self.agree()

    @precondition(lambda self: self.is_open)
    @rule(data=st.data())
    def accept_what_was_carried(self, data):
        action_id = self.drawn(data, self.model.placed)
        self.step(accept_carried, [action_id])
        self.model.accept(action_id)
        self.agree()

    @precondition(lambda self: self.is_open)
    @rule(data=st.data(), column=st.sampled_from(("text", "response")), text=TEXTS)
    def write_an_opinion_or_what_the_city_does_about_it(self, data, column, text):
        heading_id = self.drawn(data, self.model.headings)
        write = rounds.set_opinion if column == "text" else rounds.set_response
        self.step(write, heading_node(heading_id), text)
        self.model.set_opinion(heading_id, column, text)
        self.agree()

    @rule()
    def open_the_next_round(self):
        year = self.model.rounds[-1]["fiscal_year"] + 1
        self.step(rounds.open_round, f"{year}年度", year, f"{year}-10-31")
        self.model.open_round(f"{year}年度", year)
        self.agree()

    @precondition(lambda self: self.is_open)
    @rule()
    def close_the_round(self):
        self.step(rounds.close_round, self.workspace.outline.round.id)
        self.model.round(self.model.shown)["closed"] = True
        self.agree()

    @precondition(lambda self: not self.is_open)
    @rule()
    def reopen_the_round(self):
        self.step(rounds.reopen_round, self.workspace.outline.round.id, "訂正")
        self.model.round(self.model.shown)["closed"] = False
        self.agree()

    @rule(data=st.data())
    def show_another_round(self, data):
        shown = self.drawn(data, [each["name"] for each in self.model.rounds])
        rounds_by_name = {each.name: each.id for each in self.workspace.outline.rounds.values()}
        self.workspace.show_round(rounds_by_name[shown])
        self.model.shown = shown
        self.agree()

    # What is done to the plan

    @rule(data=st.data(), title=TEXTS)
    def add_a_heading(self, data, title):
        name = self.drawn(data, self.model.terms)
        terms = {each.name: each.id for each in self.workspace.outline.terms.values()}
        node = self.step(structure.add_heading, term_node(terms[name]), title)
        title = " ".join(title.split("\n"))
        self.model.add_heading(row_id(node), title, name)
        self.agree()

    @rule(data=st.data(), title=TEXTS)
    def add_an_action(self, data, title):
        heading_id = self.drawn(data, self.model.headings)
        node = self.step(structure.add_action, heading_node(heading_id), title)
        action_id = self.workspace.outline.action_id_at(node)
        self.model.add_action(action_id, " ".join(title.split("\n")), heading_id)
        self.agree()

    @rule(data=st.data(), title=TEXTS)
    def rename_an_action(self, data, title):
        action_id = self.drawn(data, self.model.placed)
        node = placement_node(self.workspace.outline.placed[action_id][0])
        self.step(structure.rename, node, title)
        self.model.actions[action_id]["title"] = " ".join(title.split("\n"))
        self.agree()

    @rule(data=st.data())
    def list_an_action_again(self, data):
        action_id = self.drawn(data, self.model.placed)
        action = self.model.actions[action_id]
        free = [
            each
            for each, heading in self.model.headings.items()
            if heading["term"] == action["term"] and action_id not in heading["actions"]
        ]
        if free:
            heading_id = self.drawn(data, free)
            node = placement_node(self.workspace.outline.placed[action_id][0])
            self.step(structure.relist, node, heading_node(heading_id))
            self.model.headings[heading_id]["actions"].append(action_id)
        self.agree()

    @rule(data=st.data())
    def delete_a_placement(self, data):
        outline = self.workspace.outline
        free = [
            each.id
            for each in outline.placements.values()
            if len(outline.placed[each.action_id]) > 1 or self.model.is_free(each.action_id)
        ]
        if not free:
            return
        placement = outline.placements[self.drawn(data, free)]
        self.step(removing.delete, [placement_node(placement.id)])
        self.model.delete_action(placement.action_id, placement.heading_id)
        self.agree()

    @rule(data=st.data())
    def let_one_wait_for_another(self, data):
        first, second = (self.drawn(data, self.model.placed) for _ in range(2))
        if self.model.may_wait(first, second):
            self.step(details.add_prerequisite, first, second)
            self.model.actions[first]["prerequisites"].add(second)
        else:
            with pytest.raises(PlanError):
                details.add_prerequisite(self.workspace, first, second)
        self.agree()

    @precondition(lambda self: self.is_open)
    @rule(data=st.data())
    def join_two_actions(self, data):
        kept, gone = (self.drawn(data, self.model.placed) for _ in range(2))
        if self.model.may_join(kept, gone):
            self.step(joining.join, kept, gone, joining.texts_of(self.workspace.outline, kept))
            self.model.join(kept, gone)
        self.agree()

    @rule(data=st.data())
    def split_an_action(self, data):
        outline = self.workspace.outline
        several = [
            each.id
            for each in outline.placements.values()
            if len(outline.placed[each.action_id]) > 1
        ]
        if not several:
            return
        place = outline.placements[self.drawn(data, several)]
        node = self.step(joining.split, placement_node(place.id))
        own = self.workspace.outline.action_at(node).id
        assert not self.model.is_placed(own)
        self.model.split(place.action_id, place.heading_id, own)
        self.agree()

    @precondition(lambda self: self.model.awaits_next_term())
    @rule(data=st.data())
    def draw_the_next_term_up(self, data):
        draft = next_term.proposed(self.workspace)
        leaving = data.draw(st.sets(st.sampled_from(sorted(draft.dispositions)), max_size=5))
        draft = editing.choose(draft, draft.dispositions, Choice.CONTINUE)
        draft = editing.choose(draft, leaving, Choice.DROP)
        if not draft.kept_actions():
            return
        self.step(next_term.draw_up, draft)
        outline = self.workspace.outline
        later = next(each for each in outline.terms.values() if each.name == "後期")
        nodes = list(outline.below(term_node(later.id)))
        self.model.draw_up(
            leaving,
            [row_id(node) for node in nodes if is_heading(node)],
            [outline.action_at(node).id for node in nodes if is_placement(node)],
        )
        self.agree()

    # Undoing

    @precondition(lambda self: self.done)
    @rule()
    def undo(self):
        self.workspace.undo()
        self.undone.append(self.model)
        self.go_to(self.done.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        self.workspace.redo()
        self.done.append(self.model)
        self.go_to(self.undone.pop())

    def go_to(self, model):
        """Go on from another state of the model; which round is shown is no part of it."""
        self.model = model
        self.model.shown = self.workspace.outline.round.name
        self.agree()


@pytest.fixture(autouse=True)
def _sample(sample_master):
    PlanMachine.master = sample_master


PlanMachine.TestCase.settings = settings(
    max_examples=cases(quick=3, deep=120),
    stateful_step_count=25,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
test_the_file_says_what_the_model_says = pytest.mark.deep(PlanMachine.TestCase)
