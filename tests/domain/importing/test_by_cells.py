"""What the words over a column leave open, its cells tell; tables of figures hold no actions."""

import pytest

from kyodo_desktop.domain.importing.mapping import ColumnRole
from tests.domain.importing.tables import (
    action,
    grid,
    guessed,
    marks,
    outline,
    outlooks,
    read,
    told,
)


def roles(book):
    return {each.words: each.role for each in guessed(book).sheets[0].columns}


@pytest.mark.parametrize("words", ["後期の方針", "次期計画", "扱い", "3次評価結果"])
def test_what_shall_become_of_things_is_a_direction_whatever_it_is_called(words):
    book = grid(
        f"""
        事業 | 担当課 | 令和4年度の実績 | {words}
        訓練 | 危機管理課 | 2回行った。 | 継続
        備蓄 | 危機管理課 | 500食を買った。 | 拡充
        見守り | 福祉課 | 毎日行った。 | 廃止
        配食 | 福祉課 | 週3回届けた。 | 継続
        """
    )
    assert outlooks(read(book), "備蓄") == ["令和4年度 拡充"]


def test_where_all_goes_on_that_is_a_direction_and_elsewhere_what_is_not_new():
    book = grid(
        """
        事業 | 新規・継続 | 担当課 | 実績 | 今後の方向
        訓練 | 新規 | 危機管理課 | 2回行った。 | 継続
        備蓄 | 継続 | 危機管理課 | 500食を買った。 | 継続
        """
    )
    assert roles(book)["今後の方向"] is ColumnRole.DIRECTION
    assert roles(book)["新規・継続"] is ColumnRole.NOTE


@pytest.mark.parametrize(
    ("choice", "text"),
    [("区分", "内容（Action）"), ("判定", "具体的な取組"), ("見直しの区分", "次年度の計画")],
)
def test_below_what_comes_next_stand_a_choice_and_its_text(choice, text):
    plan = read(
        grid(
            f"""
            事業 | 担当課 | 実績 | 評価 | 今後の方向性 |
            | | | | {choice} | {text}
            訓練 | 危機管理課 | 2回行った。 | A | 継続 | 回数を増やす。
            備蓄 | 危機管理課 | 500食を買った。 | B | 拡充 | 倉庫を広げる。
            見守り | 福祉課 | 毎日行った。 | A | 継続 | 人を募る。
            """,
            *("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"),
        )
    )
    assert outlooks(plan, "備蓄") == ["平成30年度 拡充 倉庫を広げる。"]


def test_a_second_column_of_grades_is_no_text():
    plan = read(
        grid(
            """
            事業 | 担当課 | 実施状況 | 達成度 | 成果
            訓練 | 危機管理課 | 取組中 | 達成 | 2回行った。
            備蓄 | 危機管理課 | 取組中 | 一部達成 | 500食を買った。
            見守り | 福祉課 | 未着手 | 未達成 | 人が足りない。
            """
        )
    )
    assert told(plan, "備蓄") == ["平成30年度 一部達成 500食を買った。"]


@pytest.mark.parametrize("words", ["築年数", "定員"])
def test_numbers_that_do_not_rise_count_nothing(words):
    plan = read(
        grid(
            f"""
            分類 | {words} | 施設名 | 所管課 | 進捗 | 取組
            集会 | 37 | 平田センター | 農政課 | 協議中 | 地元と話した。
            | 29 | 佐田センター | 農政課 | 完了 | 譲った。
            体育 | 45 | 湖陵体育館 | 体育課 | 未着手 | 調べた。
            | 12 | 大社体育館 | 体育課 | 協議中 | 案を示した。
            """,
            *("A2:A3", "A4:A5"),
        )
    )
    assert outline(plan) == [
        "集会",
        "  平田センター",
        "  佐田センター",
        "体育",
        "  湖陵体育館",
        "  大社体育館",
    ]


def test_a_table_of_figures_below_a_list_is_told_and_its_legend_is_read():
    plan = read(
        grid(
            """
            領域1 食生活 | | | |
            取組 | 担当課 | 実績 | 評価 | 今後の方向
            推進員の養成 | 健康課 | 12人が修了した。 | A | 継続
            減塩の啓発 | 健康課 | 448人を調べた。 | B | 拡充
            | | | |
            【数値目標】 | | | |
            項目 | 現状値（H27） | 平成29年度 | | 目標値（H33）
            朝食を食べる人の割合 | 78.4％ | 79.1％ | | 85％
            | | | |
            領域2 運動 | | | |
            取組 | 担当課 | 実績 | 評価 | 今後の方向
            体操の普及 | 健康課 | 41団体が行った。 | A | 継続
            評価指標 | 基準値 | 実績値 | 単位 |
            運動する人 | 52.0 | 50.8 | ％ |
            A：達成　B：未達成 | | | |
            """
        )
    )
    assert outline(plan) == [
        "1 食生活",
        "  推進員の養成",
        "  減塩の啓発",
        "2 運動",
        "  体操の普及",
    ]
    assert marks(plan) == ["A 達成 done", "B 未達成 ongoing"]
    figures = [each.text for each in plan.unread if "数値の表" in each.reason]
    assert figures == ["【数値目標】", "評価指標"]


def test_a_number_behind_an_ornament_is_the_number_of_a_heading():
    plan = read(
        grid(
            """
            柱 | 取組 | 担当課 | 評価
            ■Ⅰ 安全 | 訓練 | 危機管理課 | A
            | 備蓄 | 危機管理課 | B
            ■Ⅱ 福祉 | 見守り | 福祉課 | A
            """
        )
    )
    assert outline(plan)[0] == "Ⅰ 安全"
    assert action(plan, "見守り").path == (("Ⅱ", "福祉"),)


def test_what_is_merged_over_plan_and_result_is_read_as_its_heading_says():
    plan = read(
        grid(
            """
            取組 | 担当課 | | 4月 | 5月 | 状況 | 特記事項
            設計 | 管財課 | 予定 | ○ | → | 予定どおり | 設計書を受け取った。
            | | 実績 | ○ | → | |
            調査 | 管財課 | 予定 | ○ | ○ | 遅延 | 追加の調査に時間を要した。
            | | 実績 | | ○ | |
            """,
            *("A2:A3", "B2:B3", "F2:F3", "G2:G3", "A4:A5", "B4:B5", "F4:F5", "G4:G5"),
        )
    )
    assert told(plan, "設計") == ["平成30年度 予定どおり 設計書を受け取った。"]
    assert told(plan, "調査") == ["平成30年度 遅延 追加の調査に時間を要した。"]


def test_sheets_of_few_rows_are_read_as_all_of_them_tell():
    sheets = [
        (("訓練", "順調", "継続"), ("備蓄", "順調", "拡充"), ("広報", "完了", "継続")),
        (("見守り", "順調", "継続"), ("配食", "順調", "継続")),
        (("健診", "遅れ", "継続"),),
    ]
    plan = read(
        *(
            grid(
                "\n".join(
                    [
                        "事業 | 担当課 | 令和4年度の取組 | 現況 | これからの向き",
                        *(
                            f"{title} | 福祉課 | {title}を行った。 | {how} | {ahead}"
                            for title, how, ahead in rows
                        ),
                    ]
                ),
                sheet=f"その{place}",
            )
            for place, rows in enumerate(sheets)
        )
    )
    assert told(plan, "健診") == ["令和4年度 遅れ 健診を行った。"]
    assert outlooks(plan, "健診") == ["令和4年度 継続"]


def test_what_is_said_of_each_year_in_a_row_of_its_own_is_progress():
    plan = read(
        grid(
            """
            区画 | 付番 | 件名 | 担当課 | 年度 | 状況 | 実施の概要
            1．行政 | 1 | 事業の見直し | 企画課 | H30 | 検討 | 対象の選定
            | | | | R元 | 実施 | 18件の点検
            2．財政 | 2 | 使用料の見直し | 財政課 | H30 | 検討 | 原価の計算
            | | | | R元 | 検討 | 条例案の作成
            | 3 | 減免の見直し | 財政課 | H30 | 検討 | 他市の調査
            | | | | R元 | 実施 | 要綱の改正
            """
        )
    )
    assert outline(plan)[:2] == ["1 行政", "  1 事業の見直し"]
    assert told(plan, "使用料の見直し") == [
        "平成30年度 検討 原価の計算",
        "令和元年度 検討 条例案の作成",
    ]


def test_two_cells_below_an_action_are_no_headings_of_another_table():
    plan = read(
        grid(
            """
            施設 | No. | 取組 | 所管課 | 区分 | 令和5年度の内容 | 評価 | 今後の方向性
            学校 | 1 | 校舎の改修 | 教育課 | 計画 | 実施設計 | B | 着工する。
            | | | | 実績 | 設計を完了した。 | |
            | | | | 課題 | 休館期間の周知 | |
            | 2 | 空調の設置 | 教育課 | 計画 | 工事 | A | 継続する。
            | | | | 実績 | 工事を完了した。 | |
            | | | | 課題 | 実施時期の調整 | |
            """,
            *("A2:A7", "B2:B4", "C2:C4", "D2:D4", "G2:G4", "H2:H4"),
            *("B5:B7", "C5:C7", "D5:D7", "G5:G7", "H5:H7"),
        )
    )
    assert told(plan, "空調の設置") == ["令和5年度 A 工事を完了した。"]
