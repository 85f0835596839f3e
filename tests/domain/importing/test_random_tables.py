"""What is printed in any of the usual layouts is read as it was meant."""

from random import Random

from tests.domain.importing.random_tables import Printer
from tests.domain.importing.tables import outline, read
from tests.effort import note_seed, seeds


@seeds(quick=15, deep=1_200, each=15)
def test_a_plan_is_read_as_it_was_meant_whatever_its_layout(seeds):
    for seed in seeds:
        with note_seed(seed):
            expect_as_printed(Printer(Random(seed)).print())


def expect_as_printed(printed):
    plan = read(printed.grid)
    told = [
        (each.title, line.round, line.status, line.text)
        for each in plan.actions
        for line in each.lines
    ]
    assert outline(plan) == printed.outline
    assert told == printed.told
    assert {each.title: set(each.sections) for each in plan.actions} == printed.sections
