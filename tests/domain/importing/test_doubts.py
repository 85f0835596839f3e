"""What to look at is told by what became of it: nothing that was kept is said to be lost."""

import pytest

from kyodo_desktop.domain.importing import months
from kyodo_desktop.domain.importing.doubts import DoubtKind, doubts_counted, doubts_of, kind_of
from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.importing.scoring import weak_points
from kyodo_desktop.excel.reading import cell_values, row_gathering
from tests.domain.importing.tables import grid, read

TABLE = grid(
    """
    行政改革　進捗状況（平成28年度） | | | |
    № | 事業名 | 担当課 | 平成28年度の評価 | 平成28年度の実績
    1 | 総合窓口の設置 | 市民課 | A | 開いた。
    2 | 広告の掲載 | 財政課 | B | 載せた。
    3 | 広告の掲載 | 財政課 | B | 載せた。
    A：順調　B：遅れ
    """
)
KEPT = (
    *(months.NO_DATE, months.NO_ERA, months.SEVERAL, months.OUTDATED, months.MORE),
    "1つのセルの中の実行計画と数が合わないため、順に割り当てました。",
    "この欄は備考に入れました（16か所）。",
    "番号が40文字を超えるため、名称の前に付けて取り込みました。",
)
LEFT_OUT = (
    *(cell_values.ERROR, cell_values.NO_DATE, row_gathering._STRUCK_CELL),
    *(row_gathering._STRUCK_ROW, row_gathering._STRUCK_PART),
    "取り込まない列です。",
    "再掲の行の進捗状況です。もとの行（「A」シート 3行 B列）の方を取り込みました。",
    "選択肢のどれにも印がないため、状態は空です。",
    "「企画課」の前の名前のため、担当課にしていません。",
)


@pytest.mark.parametrize(
    ("reasons", "kind"), [(KEPT, DoubtKind.KEPT), (LEFT_OUT, DoubtKind.LEFT_OUT)]
)
def test_a_reason_says_whether_the_cell_was_left_out(reasons, kind):
    assert [each for each in reasons if kind_of(each) is not kind] == []


def test_like_reasons_are_one_group_and_a_column_is_told_once():
    cells = [
        Unread(CellPlace("A", 3, 2), "備考", "取り込まない列です。"),
        Unread(CellPlace("B", 3, 2), "備考", "取り込まない列です。"),
        Unread(CellPlace("A", 5, 2), "単位", "この欄は備考に入れました（16か所）。"),
        Unread(CellPlace("A", 6, 2), "指標", "この欄は備考に入れました（3か所）。"),
    ]
    groups = doubts_of(read(TABLE)._replace(actions=()), cells)
    assert [(group.kind, group.reason, len(group.cells)) for group in groups] == [
        (DoubtKind.LEFT_OUT, "取り込まない列です。", 1),
        (DoubtKind.KEPT, "この欄は備考に入れました。", 2),
    ]
    assert doubts_counted(groups) == "取り込んでいないところが1件、取り込んだが確かめるところが2件"


def test_actions_of_which_the_reading_is_not_sure_are_told_last():
    plan = read(TABLE)
    assert [action.number for action, _ in weak_points(plan)] == ["2", "3"]
    (group,) = doubts_of(plan, ())
    assert group.kind is DoubtKind.UNSURE
    assert [each.text for each in group.cells] == ["2 広告の掲載", "3 広告の掲載"]


def test_a_title_with_several_numbers_in_it_may_be_several_actions():
    plan = read(TABLE)
    first = plan.actions[0]._replace(title="講座の開催② 手引の作成③交流会の開催")
    (_, reason), *_ = weak_points(plan._replace(actions=(first,)))
    assert "複数の実行計画でないか" in reason


def test_whatever_a_book_says_beside_its_actions_is_told_with_its_place():
    table = grid(
        """
        防災計画の進捗状況（平成28年度）
        ※評価の方法を変えた。
        №  | 事業名 | 担当課 | 評価 | 実績 | | |
        1 | 訓練 | 防災課 | A | 開いた。 | | 課長に確認
        （注）備蓄は補助による。
        2 | 備蓄 | 防災課 | B | 買った。 | | -
        3 | 点検 | 防災課 | B | 見た。 |
        合計 | | | 3件
        A：順調　B：遅れ
        ※点検は翌年度に見直す。
        3 / 3 ページ
        """
    )._replace(comments={(4, 4): "Bでは？"})
    hidden = grid("市長の了解待ち", sheet="内部メモ")._replace(hidden=True)
    plan = read(table, hidden, grid("A | 順調\nB | 遅れ", sheet="凡例"), grid("額", sheet="予算"))
    assert [each.sentence for each in plan.unread] == [
        "「一覧」シート 2行 A列: 「※評価の方法を変えた。」 注記のため取り込んでいません。",
        "「一覧」シート 5行 A列: 「（注）備蓄は補助による。」 注記のため取り込んでいません。",
        "「一覧」シート 10行 A列: 「※点検は翌年度に見直す。」 注記のため取り込んでいません。",
        "「一覧」シート 4行 G列: 「課長に確認」 見出しのない列にあるため取り込んでいません。",
        "「一覧」シート 4行 D列: 「Bでは？」 コメント（メモ）のため取り込んでいません。",
        "「内部メモ」シート 1行 A列: 「市長の了解待ち」 "
        "表示されていないシートのため取り込んでいません。",
        "「予算」シート 1行 A列: 「額」 このシートは取り込んでいません。",
    ]


MARKED = """
    協働計画の進捗状況（平成28年度）
    №  | 事業名 | 担当課 | 評価 | 実績
    1 | 訓練 | 防災課 | {} | 開いた。
    2 | 備蓄 | 防災課 | {} | 買った。
    3 | 点検 | 防災課 | {} | 見た。
    4 | 講座 | 人事課 | {} | 開いた。
    {}
"""


@pytest.mark.parametrize(
    ("marks", "taken"),
    [
        ("○△×○", "「○」「△」「×」の意味が表にないため、仮に「○」「△」は継続中、「×」は未着手"),
        ("✓◇・✓", "「✓」「◇」「・」の意味が表にないため、仮に「✓」は完了、「◇」は完了の目途、"),
        ("ABBA", "「A」「B」の意味が表にないため、仮に「A」「B」は継続中として数えます。"),
        ("3213", "「3」「2」「1」の意味が表にないため、仮に「3」「2」「1」は継続中として"),
    ],
)
def test_marks_of_which_the_table_does_not_say_the_meaning_are_never_counted_in_silence(
    marks, taken
):
    plan = read(grid(MARKED.format(*marks, "")))
    (group,) = doubts_of(plan, plan.unread)
    assert group.kind is DoubtKind.UNSURE
    assert group.reason.startswith(taken)
    assert "「設定」→「状態の区分」で意味を付けてください。" in group.reason
    assert [each.place for each in group.cells] == [CellPlace("一覧", 3, 4)]


@pytest.mark.parametrize(
    ("words", "legend"),
    [
        ("○△×○", "○：実施した　△：準備中　×：中止した"),
        (("完了", "継続中", "未着手", "完了"), ""),
        (("100%", "50%", "0%", "100%"), ""),
        ("済済終済", ""),
    ],
)
def test_what_a_legend_or_the_words_themselves_explain_is_no_doubt(words, legend):
    plan = read(grid(MARKED.format(*words, legend)))
    assert not plan.untold
    assert not doubts_of(plan, plan.unread)


def test_marks_of_forms_are_told_as_those_of_lists():
    plan = read(grid(MARKED.format(*"○△×○", "")))
    assert read(*(_form(each) for each in plan.actions)).untold == ("○", "△", "×")


def _form(action):
    (line,) = action.lines
    return grid(
        f"""
        事務事業評価シート（平成28年度） | |
        事業名 | {action.title} |
        担当課 | {action.sections[0]} |
        評価 | {line.status} |
        実績 | {line.text} |
        """,
        sheet=action.title,
    )
