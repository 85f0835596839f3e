"""What is for the office alone goes into 備考, and each such column is told."""

import pytest

from kyodo_desktop.domain.importing.doubts import DoubtKind, doubts_of
from kyodo_desktop.domain.importing.kept_inside import Inside, inside_of
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.reading import read_plan
from tests.domain.importing.tables import book, grid, guessed, read

SECRET = ("佐藤一郎", "見送り（了解済）。", "山田太郎")
INSIDE = (
    *("担当者", "担当者名", "担当職員", "評価者", "記入者", "担当者氏名", "担当"),
    *("課長コメント", "部長コメント", "事務局コメント", "部長所見", "市長指示", "財政課コメント"),
    *("内部評価", "次年度予算要求（内部）", "実績（非公開）", "今後の方針（公表しない）"),
    *("庁内の状況", "庁内用 実績", "取組状況メモ", "令和6年度 内部評価"),
)
COMMITTEES = (
    *(
        "委員会意見",
        "推進委員会意見",
        "審議会の意見",
        "委員からの意見・評価",
        "推進委員会コメント",
    ),
    *("外部評価委員会の評価・意見", "懇話会からの提言"),
)


def table(heading, *values):
    first, second, third = values or SECRET
    return grid(
        f"""
        男女共同参画計画　進捗状況（令和6年度） | | | | |
        № | 取組 | 担当課 | 令和6年度の評価 | 令和6年度の実績 | {heading}
        1 | 広報紙による啓発 | 市民課 | ○ | 年4回載せた。 | {first}
        2 | 講座の開催 | 財政課 | △ | 年3回開いた。 | {second}
        3 | 相談窓口の周知 | 企画課 | ○ | 冊子を配った。 | {third}
        ○：順調　△：遅れ
        """
    )


def shown(plan):
    """Return all texts of a plan that are for the public."""
    texts = [each.label for each in plan.statuses] + list(plan.directions)
    for action in plan.actions:
        texts += [action.title, action.description, *action.sections, *action.related_sections]
        texts += [part for line in action.lines for part in (line.section, line.status, line.text)]
        texts += [part for each in action.outlooks for part in (each.direction, each.text)]
    return texts


def told(plan):
    return [
        (each.kind, cell.reason) for each in doubts_of(plan, plan.unread) for cell in each.cells
    ]


@pytest.mark.parametrize("heading", INSIDE)
def test_what_is_for_the_office_alone_is_a_note_and_told_once(heading):
    plan = read(table(heading))
    assert [each for each in shown(plan) if each in SECRET] == []
    assert [text in each.note for each, text in zip(plan.actions, SECRET, strict=True)] == [
        True
    ] * 3
    reason = f"「{heading}」の列は備考（公開されません）に入れました。"
    assert told(plan) == [(DoubtKind.KEPT, reason)]


@pytest.mark.parametrize("heading", COMMITTEES)
def test_what_a_committee_said_is_a_note_and_told_with_its_own_place(heading):
    plan = read(table(heading))
    assert [each for each in shown(plan) if each in SECRET] == []
    reason = (
        f"「{heading}」の列は備考（公開されません）に入れました。"
        "見出しごとの意見は「調査」→「委員会意見」に書けます。"
    )
    assert told(plan) == [(DoubtKind.KEPT, reason)]


@pytest.mark.parametrize("heading", ["担当", "担当者", "責任者"])
def test_sections_below_a_word_for_people_are_sections(heading):
    plan = read(table("備考", "", "", "")._replace(rows=_with_only_section(heading)))
    assert [each.sections for each in plan.actions] == [("市民課",), ("財政課",), ("企画課",)]
    assert told(plan) == []


def _with_only_section(heading):
    rows = [list(row) for row in table("備考", "", "", "").rows]
    rows[1][2] = heading
    return tuple(map(tuple, rows))


def test_names_that_end_as_sections_do_are_names():
    plan = read(table("担当者", "服部", "阿部", "園部"))
    assert [each.sections for each in plan.actions] == [("市民課",), ("財政課",), ("企画課",)]


def test_the_only_grade_of_a_table_is_its_status_though_it_was_given_inside():
    rows = [list(row) for row in table("備考", "", "", "").rows]
    rows[1][3] = "内部評価"
    plan = read(table("備考", "", "", "")._replace(rows=tuple(map(tuple, rows))))
    assert [each.lines[0].status for each in plan.actions] == ["○", "△", "○"]
    ((kind, reason),) = told(plan)
    assert kind is DoubtKind.KEPT
    assert reason.startswith("「内部評価」の列は状態として取り込みました。公開用にも載る")


def test_a_column_of_the_office_that_is_taken_all_the_same_is_told():
    mapping = guessed(table("課長コメント"))
    (sheet,) = mapping.sheets
    last = sheet.columns[-1]._replace(role=ColumnRole.PROGRESS)
    sheet = sheet._replace(columns=(*sheet.columns[:-1], last))
    plan = read_plan(book(table("課長コメント")), mapping._replace(sheets=(sheet,)))
    assert [reason.partition("。")[0] for _, reason in told(plan)] == [
        "「課長コメント」の列は進捗状況として取り込みました"
    ]


def test_a_comment_of_nobody_in_particular_tells_the_progress():
    texts = ("冊子に載せた。", "窓口を増やした。", "講座を開いた。")
    plan = read(table("コメント", *texts))
    assert [each.note for each in plan.actions] == [""] * 3
    assert [text in shown(plan) for text in texts] == [True] * 3


def test_what_stands_over_some_columns_is_said_of_each_and_over_most_of_none():
    some = ["№", "取組", "庁内用 ／ 評価", "庁内用 ／ 実績", "担当課"]
    most = ["№", *(f"進捗状況（庁内用） ／ {each}" for each in ("取組", "評価", "実績"))]
    assert inside_of(some) == [None, None, Inside.WORDS, Inside.WORDS, None]
    assert inside_of(most) == [None] * 4


def test_the_heading_of_a_second_grade_is_no_status():
    plan = read(table("令和6年度の判定", "A", "B", "A"))
    assert [each.mark for each in plan.statuses if "令和" in each.mark] == []
