"""A mapping that was saved is used for next year's table."""

from kyodo_desktop.domain.importing.fitting import fitted, is_of_the_same_table
from kyodo_desktop.domain.importing.mapping import ColumnRole, Mapping
from kyodo_desktop.domain.importing.mapping_json import mapping_as_json, mapping_from_json
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import readings_of
from tests.domain.importing.forms_layouts import LAYOUTS
from tests.domain.importing.tables import book, grid, guessed, told

THIS_YEAR = grid(
    """
    行政改革　進捗状況（平成28年度） | | | | |
    №　| 施策 | 事業名 | 担当課 | 平成28年度の評価 | 平成28年度の実績 | 指標
    1 | 窓口 | 総合窓口 | 市民課 | A | 開いた。 | 件数
    2 | 財政 | 広告 | 財政課 | B | 載せた。 | 金額
    """,
    sheet="H28年度",
)
NEXT_YEAR = grid(
    """
    | | | | | | |
    行政改革　進捗状況（平成29年度） | | | | | | |
    №　| 新規 | 施策 | 事業名 | 指標 | 担当課 | 平成29年度の評価 | 平成29年度の実績
    1 | | 窓口 | 総合窓口 | 件数 | 市民課 | S | 広げた。
    2 | ○ | 財政 | 広告 | 金額 | 財政課 | B | 続けた。
    """,
    sheet="H29年度",
)


def chosen(mapping: Mapping) -> Mapping:
    """People said: the indicator is no note, B is done, and the plan has another title."""
    sheet = mapping.sheets[0]
    columns = tuple(
        each._replace(role=ColumnRole.DESCRIPTION) if each.words == "指標" else each
        for each in sheet.columns
    )
    statuses = tuple(
        each._replace(label="済み", kind="done") if each.mark == "B" else each
        for each in mapping.statuses
    )
    return mapping._replace(
        title="行革", sheets=(sheet._replace(columns=columns),), statuses=statuses
    )


def test_columns_are_found_again_by_their_words_though_year_and_place_differ():
    mapping = fitted(chosen(guessed(THIS_YEAR)), book(NEXT_YEAR))
    plan = read_plan(book(NEXT_YEAR), mapping)
    assert told(plan, "総合窓口") == ["平成29年度 S 広げた。"]
    assert [each.description for each in plan.actions] == ["指標：件数", "指標：金額"]
    assert [each.sheet for each in mapping.sheets] == ["H29年度"]


def test_choices_are_kept_and_what_is_new_is_added():
    mapping = fitted(chosen(guessed(THIS_YEAR)), book(NEXT_YEAR))
    assert mapping.title == "行革"
    assert [(each.mark, each.kind) for each in mapping.statuses] == [
        *(("A", "ongoing"), ("B", "done"), ("S", "ongoing")),
    ]


def test_the_same_table_is_read_in_the_same_way():
    mapping = chosen(guessed(THIS_YEAR))
    assert fitted(mapping, book(THIS_YEAR)) == mapping


def test_a_runner_up_that_was_chosen_is_found_again():
    this, following = book(THIS_YEAR), book(NEXT_YEAR)
    others = [each.mapping for each in readings_of(this) if each.mapping.form is None][1:]
    for other in others:
        [column] = (
            each.words for each in other.sheets[0].columns if each.role is ColumnRole.ACTION
        )
        found = fitted(other, following)
        assert column in {
            each.words for each in found.sheets[0].columns if each.role is ColumnRole.ACTION
        }


def test_switches_that_were_chosen_are_kept():
    mapping = guessed(THIS_YEAR)._replace(splits=False, joins=True, hidden=True)
    found = fitted(mapping, book(NEXT_YEAR))
    assert (found.splits, found.joins, found.hidden) == (False, True, True)


def test_labels_of_forms_are_found_again_by_their_words():
    forms = LAYOUTS["labels_at_the_left"]()
    guess = guessed(*forms)
    assert guess.form is not None
    label = next(each for each in guess.form.labels if each.role is ColumnRole.PROGRESS)
    labels = tuple(
        each._replace(role=ColumnRole.NOTE) if each == label else each
        for each in guess.form.labels
    )
    said = guess._replace(title="行革", form=guess.form._replace(labels=labels))
    found = fitted(mapping_from_json(mapping_as_json(said)), book(*forms))
    assert found == said
    assert is_of_the_same_table(said, found)
    assert not any(
        line.text for each in read_plan(book(*forms), found).actions for line in each.lines
    )


def test_forms_and_lists_are_not_the_same_table():
    forms = guessed(*LAYOUTS["labels_at_the_left"]())
    found = fitted(forms, book(NEXT_YEAR))
    assert found.form is None
    assert not is_of_the_same_table(forms, found)
