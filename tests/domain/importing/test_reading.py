"""Whatever is in a grid, there is a plan or a sentence; and people can watch and stop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.errors import PlanError, RefusedError
from kyodo_desktop.domain.importing.fitting import fitted
from kyodo_desktop.domain.importing.grid import Area, Book, Grid
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.mapping_json import mapping_as_json, mapping_from_json
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping
from tests.domain.importing.tables import TODAY, book, grid, guessed, read
from tests.effort import examples

WORDS = (
    *("", "", "", "番号", "№", "基本目標", "施策", "事業名", "担当課", "評価", "進捗状況", "実績"),
    *(
        "H27",
        "平成28年度",
        "備考",
        "今後の方向性",
        "完了予定",
        "再掲",
        "年度",
        "○",
        "△",
        "A",
        "1",
        "(1)",
    ),
    *(
        "①",
        "Ⅰ",
        "基本目標1　環境",
        "目標(1)福祉",
        "小計",
        "※注",
        "同上",
        "〃",
        "―",
        "市民課、環境課",
    ),
    *(
        "8月に開催した。",
        "✓ 済\n・続く",
        "H28.3",
        "平成27～29年度",
        "凡例 ○：完了 △：未",
        "\ud800",
    ),
    *(
        "\ufffe",
        "長" * 600,
        "=1+1",
        "、，/",
        "1-(2)-①",
        "再",
        "\n",
        "　",
        "○\n△",
        "0年度",
        "9999年度",
    ),
)
cells = st.sampled_from(WORDS)
areas = st.builds(
    lambda top, left, high, wide: Area(top, left, top + high, left + wide),
    *(st.integers(1, 12), st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)),
)
grids = st.builds(
    Grid,
    st.sampled_from(("", "一覧", "H27", "集計", "1 環境")),
    st.lists(st.lists(cells, max_size=9).map(tuple), max_size=12).map(tuple),
    st.lists(areas, max_size=5).map(tuple),
)
books = st.builds(
    Book, st.sampled_from(("表.xlsx", "計画_2015.csv", "")), st.lists(grids, max_size=3).map(tuple)
)


@examples(quick=12, deep=3_000)
@given(books)
def test_any_grid_gives_a_whole_plan_or_a_sentence(tables: Book):
    try:
        mapping = guess_mapping(tables, TODAY)
    except PlanError:
        return
    plan = read_plan(tables, mapping)
    fitted(mapping, tables)
    assert mapping_from_json(mapping_as_json(mapping)) == mapping
    paths = {heading.own_path for heading in plan.headings}
    rounds, marks = {each.name for each in plan.rounds}, {each.mark for each in plan.statuses}
    for action in plan.actions:
        assert {action.path, *(again.path for again in action.relisted)} <= paths
        assert {line.round for line in action.lines} <= rounds
        assert {line.status for line in action.lines} <= {*marks, ""}
        assert {line.section for line in action.lines} <= {*action.sections, ""}
        assert {each.direction for each in action.outlooks} <= {*plan.directions, ""}


def test_a_book_without_a_table_is_refused_with_what_was_looked_for():
    with pytest.raises(RefusedError) as error:
        guessed(grid("議事録 |\n出席者 |"), name="議事録.xlsx")
    assert "「議事録.xlsx」に表が見つかりません" in error.value.message
    assert "見出しの行（例: 番号、事業名、担当課、進捗状況）" in error.value.message


def test_a_table_with_unknown_words_can_be_put_right_by_hand():
    mapping = guessed(grid("ア | イ | ウ\n1 | 2 | 3\n4 | 5 | 6"))
    assert [each.words for each in mapping.sheets[0].columns] == ["ア", "イ", "ウ"]
    assert len(mapping.levels) >= 2


def test_who_waits_is_told_and_may_stop():
    table = grid("施策 | 事業名 | 評価\n" + "\n".join(f"環境 | 事業{at} | A" for at in range(600)))
    mapping = guessed(table)
    seen: list[tuple[int, int]] = []
    read_plan(book(table), mapping, lambda done, total: seen.append((done, total)))
    assert seen == [(250, 600), (500, 600)]

    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        read_plan(book(table), mapping, stop)


def test_a_column_that_is_not_taken_is_told_once():
    plan = read(grid("施策 | 事業名 | 評価 | 更新者\n環境 | 清掃 | A | 甲\n環境 | 植樹 | B | 乙"))
    assert [(each.text, each.place.label, each.reason) for each in plan.unread] == [
        ("更新者", "「一覧」シート 1行 D列", "取り込まない列です。"),
    ]


def test_what_people_choose_is_what_is_read():
    table = grid("施策 | 事業名 | 評価 | 更新者\n環境 | 清掃 | A | 甲\n環境 | 植樹 | B | 乙")
    mapping = guessed(table)
    sheet = mapping.sheets[0]
    columns = (*sheet.columns[:3], sheet.columns[3]._replace(role=ColumnRole.SECTION))
    plan = read_plan(
        book(table), mapping._replace(sheets=(sheet._replace(columns=columns, last_row=2),))
    )
    assert [(each.title, each.sections) for each in plan.actions] == [("清掃", ("甲",))]


def test_a_merged_cell_across_everything_costs_nothing():
    table = grid("施策 | 事業名 | 評価\n環境 | 清掃 | A")
    huge = table._replace(merges=(Area(1, 1, 1_048_576, 16_384),))
    assert len(read_plan(book(huge), guessed(huge)).actions) <= 1


def test_a_mapping_whose_rounds_are_gone_still_reads_with_the_own_round():
    table = grid("施策 | 事業名 | H29評価 | H30評価\n環境 | 清掃 | A | B\n環境 | 植樹 | B | B")
    mapping = guessed(table)
    last = read_plan(book(table), mapping._replace(rounds=mapping.rounds[1:]))
    assert {line.round for each in last.actions for line in each.lines} == {"平成30年度"}
    none = read_plan(book(table), mapping._replace(rounds=()))
    assert [each.name for each in none.rounds] == ["平成30年度"]
