"""Books of forms are read by their labels, wherever their values stand."""

import pytest

from kyodo_desktop.domain.importing.forms import propose_forms, read_forms
from kyodo_desktop.domain.importing.found_plan import FoundPlan
from kyodo_desktop.domain.importing.grid import Book
from tests.domain.importing.forms_layouts import ALL, GRADES, LAYOUTS

WORDS = {"printed_choices", "choices_in_cells"}  # where the grade is a word, not a letter


def read(*grids) -> FoundPlan:
    book = Book("様式.xlsx", grids)
    [mapping, *_] = propose_forms(book, 2017)
    return read_forms(book, mapping, 2017)


def shown(plan: FoundPlan) -> list[tuple]:
    """Return what was read of each action, in short."""
    return [
        (
            each.path,
            (each.number, each.title),
            each.sections,
            each.related_sections,
            [line[2:4] for line in each.lines if line.round == "平成29年度"],
            [outlook[:3] for outlook in each.outlooks],
        )
        for each in plan.actions
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_is_read_however_it_is_laid_out(layout):
    plan = read(*LAYOUTS[layout]())
    grade = GRADES if layout in WORDS else {each: each for each in GRADES}
    assert shown(plan) == [
        (
            (it.goal, it.policy),
            (it.number, it.title),
            (it.section,),
            () if it.related == "―" else (it.related,),
            [(grade[it.status], it.done)],
            [("平成29年度", it.direction, it.next)],
        )
        for it in ALL
    ]
    assert all(it.about in each.description for it, each in zip(ALL, plan.actions, strict=True))
