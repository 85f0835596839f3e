"""Years side by side, years in sheets, and what is only planned for a year."""

import pytest

from tests.domain.importing.tables import action, grid, outline, outlooks, read, told

SIDE_BY_SIDE = grid(
    """
    環境基本計画　年次報告 | | | | | | | |
    基本方針 | 取組 | 担当課 | H29 | | H30 | | R1 |
    | | | 状態 | 実績 | 状態 | 実績 | 状態 | 実績
    自然 | 里山の保全 | 環境課 | ○ | 下草を刈った。 | ◎ | 植樹した。 | ◎ | 道を直した。
    自然 | 川の清掃 | 河川課 | △ | | ○ | 2回行った。 | × | 中止した。
    資源 | 分別の徹底 | 環境課 | ○ | 冊子を配った。 | ○ | 説明会を開いた。 | ○ | 同上
    """,
    *("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:I2"),
)


def test_years_side_by_side_are_rounds():
    plan = read(SIDE_BY_SIDE)
    assert [each.name for each in plan.rounds] == ["平成29年度", "平成30年度", "令和元年度"]
    assert told(plan, "川の清掃") == [
        "平成29年度 △",
        "平成30年度 ○ 2回行った。",
        "令和元年度 × 中止した。",
    ]


def test_the_years_of_a_text_file_are_not_merged():
    plain = SIDE_BY_SIDE._replace(merges=())
    assert read(plain).actions == read(SIDE_BY_SIDE).actions
    assert read(plain).rounds == read(SIDE_BY_SIDE).rounds


def of_year(year: str, *grades: str):
    return grid(
        f"""
        男女共同参画プラン　{year}実施状況 | | | |
        番号 | 施策 | 事業名 | 担当課 | 評価 | 実施状況
        1 | 啓発 | 講演会 | 人権課 | {grades[0]} | {year}の講演会。
        2 | 啓発 | 情報紙 | 人権課 | {grades[1]} | {year}の情報紙。
        3 | 相談 | 相談室 | 福祉課 | {grades[2]} | {year}の相談室。
        """,
        sheet=year,
    )


def test_a_sheet_for_each_year_makes_rounds_of_one_plan():
    plan = read(of_year("平成28年度", *"ABC"), of_year("平成29年度", *"AAB"))
    assert outline(plan)[:3] == ["啓発", "  1 講演会", "  2 情報紙"]
    assert len(plan.actions) == 3
    assert told(plan, "相談室") == [
        "平成28年度 C 平成28年度の相談室。",
        "平成29年度 B 平成29年度の相談室。",
    ]


PLANNED = grid(
    """
    № | 担当課 | 取組内容 | 実施計画 | | 平成27年度 | | 平成28年度 | |
    | | | 27年度 | 28年度 | 進捗状況 | 次年度へ⏎向けた取組 | 進捗状況 | 課題 | 次年度へ⏎向けた取組
    推進方策1　意識の醸成 | | | | | | | | |
    目標(1)啓発の推進 | | | | | | | | |
    1 | 活動支援課⏎広報課 | シンポジウムを⏎開催します。 | 検討 | 実施 \
        | 計画通り⏎に進んで⏎いる | 時期を早める。 \
        | 計画より遅れている | 人が少ない。 | 共催する。
    2 | 広報課 | 情報を発信します。 | 継続 | 継続 | 未実施 | 動画を作る。 \
        | 計画通りに進んでいる | | 続ける。
    """,
    *("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1", "H1:J1", "A3:J3", "A4:J4"),
)


def test_what_is_planned_for_a_year_is_no_progress():
    plan = read(PLANNED)
    assert [each.name for each in plan.rounds] == ["平成27年度", "平成28年度"]
    assert action(plan, "シンポジウムを開催します。").description == (
        "実施計画 27年度：検討\n実施計画 28年度：実施"
    )


def test_a_grade_broken_in_lines_is_one_word_and_blocks_may_differ():
    plan = read(PLANNED)
    assert told(plan, "シンポジウムを開催します。") == [
        "平成27年度 計画通りに進んでいる",
        "平成28年度 計画より遅れている",
    ]
    assert outlooks(plan, "シンポジウムを開催します。") == [
        "平成27年度 時期を早める。",
        "平成28年度 共催する。",
    ]
    assert len(plan.statuses) == 3


IN_ROWS = grid(
    """
    施策 | 番号 | 事業名 | 担当課 | 年度 | 評価 | 実績
    環境 | 1 | 清掃 | 環境課 | H28 | B | 1回行った。
    | | | | H29 | A | 3回行った。
    環境 | 2 | 植樹 | 公園課 | H28 | A | 10本植えた。
    | | | | H29 | C | ―
    """,
    *("B2:B3", "C2:C3", "D2:D3", "A2:A3"),
)


def test_a_row_for_each_year_tells_of_that_round():
    plan = read(IN_ROWS)
    assert told(plan, "清掃") == ["平成28年度 B 1回行った。", "平成29年度 A 3回行った。"]
    assert told(plan, "植樹") == ["平成28年度 A 10本植えた。", "平成29年度 C"]
    assert [each.name for each in plan.rounds] == ["平成28年度", "平成29年度"]


def test_three_heading_rows_with_plan_and_result_of_each_year():
    plan = read(
        grid(
            """
            施策 | 事業名 | 所属 | 進行管理 | | | | |
            | | | R4 | | | R5 | |
            | | | 計画 | 実績 | 評価 | 計画 | 実績 | 評価
            防災 | 訓練 | 危機管理課 | 2回 | 2回実施した。 | ◎ | 3回 | 1回実施した。 | △
            防災 | 備蓄 | 危機管理課 | 5か所 | 4か所に置いた。 | ○ | 5か所 | 5か所に置いた。 | ◎
            """,
            *("A1:A3", "B1:B3", "C1:C3", "D1:I1", "D2:F2", "G2:I2"),
        )
    )
    assert told(plan, "訓練") == ["令和4年度 ◎ 2回実施した。", "令和5年度 △ 1回実施した。"]
    assert action(plan, "訓練").description == "進行管理 R4 計画：2回\n進行管理 R5 計画：3回"


def test_rows_of_plans_results_and_grades_under_years():
    plan = read(
        grid(
            """
            施策の柱 | 番号 | 取組名 | 主管課 | 種別 | 年度別の取組 | |
            | | | | | H28 | H29 | H30
            1 家庭ごみ | (1) | 分別の周知 | 環境課 | 予定 | チラシ | 講座 | 動画
            | | | | 実施結果 | 8,000枚を配った。 | 12回開いた。 |
            | | | | 判定 | A | B |
            | (2) | 生ごみの堆肥化 | 環境課 | 予定 | 試行 | 拡大 | 拡大
            | | | | 実施結果 | 2団地で試した。 | ― |
            | | | | 判定 | B | C |
            """,
            *("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:H1"),
        )
    )
    assert told(plan, "分別の周知") == [
        "平成28年度 A 8,000枚を配った。",
        "平成29年度 B 12回開いた。",
    ]
    assert told(plan, "生ごみの堆肥化") == ["平成28年度 B 2団地で試した。", "平成29年度 C"]
    assert action(plan, "分別の周知").description.split("\n") == [
        "予定 平成28年度：チラシ",
        "予定 平成29年度：講座",
        "予定 年度別の取組 H30：動画",
    ]
    assert [each.name for each in plan.rounds] == ["平成28年度", "平成29年度"]


@pytest.mark.parametrize(
    ("title", "years", "expected"),
    [
        ("協働推進計画　進捗状況（平成27年度）", (26, 27), (2015, 2015)),
        ("協働推進計画（平成23～32年度）", (22, 23), (2011, 2020)),
        ("協働推進計画　計画期間：平成28年度～平成32年度", (27, 28), (2016, 2020)),
        ("協働推進計画（平成23年度策定）", (26, 27), (2014, 2015)),
        ("協働推進計画", (26, 27), (2014, 2015)),
    ],
)
def test_the_years_of_a_plan_are_those_that_the_table_says(title, years, expected):
    plan = read(
        grid(
            f"""
            {title} | | | |
            施策 | 事業名 | 担当課 | 平成{years[0]}年度実績 | 平成{years[1]}年度実績
            拠点 | ブースの設置 | 市民課 | 場所を選んだ。 | 設置した。
            拠点 | 窓口の開設 | 市民課 | 準備した。 | 開いた。
            研修 | 研修の実施 | 人事課 | 計画した。 | 2回行った。
            """
        )
    )
    assert (plan.first_fiscal_year, plan.last_fiscal_year) == expected
    assert [each.fiscal_year - 1988 for each in plan.rounds] == [*years]
