"""More of what city halls print: coded numbers, continued pages, unmerged heads, departments."""

from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.sheet_view import SheetView
from kyodo_desktop.domain.importing.table_area import tables_apart
from tests.domain.importing.tables import action, grid, guessed, outline, outlooks, read, told


def test_numbers_that_hold_those_of_the_headings_tell_levels_by_their_length():
    plan = read(
        grid(
            """
            番号 | 事業名 | 担当課 | 評価
            1 | 安全なまち | |
            11 | 防災 | |
            111 | 備え | |
            1111 | 訓練 | 危機管理課 | A
            1112 | 備蓄 | 危機管理課 | B
            12 | 防犯 | |
            121 | 見守り | |
            1211 | パトロール | 安全課 | A
            """
        )
    )
    assert outline(plan) == [
        "1 安全なまち",
        "  11 防災",
        "    111 備え",
        "      1111 訓練",
        "      1112 備蓄",
        "  12 防犯",
        "    121 見守り",
        "      1211 パトロール",
    ]


def test_a_heading_goes_on_over_pages_however_it_is_typed():
    plan = read(
        grid(
            """
            施策 | 番号 | 事業名 | 担当課 | 評価
            1 安全 | ① | 訓練 | 危機管理課 | A
            | ② | 備蓄 | 危機管理課 | B
            施策 | 番号 | 事業名 | 担当課 | 評価
            １　安全（続き） | ② | 備蓄（つづき） | 防災センター | A
            2 福祉 | ① | 見守り | 福祉課 | A
            """
        )
    )
    assert outline(plan) == ["1 安全", "  ① 訓練", "  ② 備蓄", "2 福祉", "  ① 見守り"]
    assert told(plan, "備蓄") == [
        "平成30年度 危機管理課 B",
        "平成30年度 防災センター A",
    ]


def test_a_title_column_without_words_belongs_to_the_numbers_at_its_left():
    plan = read(
        grid(
            """
            施策 | | 事業 | | 担当課 | 評価
            1 | 安全 | 1 | 訓練 | 危機管理課 | A
            | | 2 | 備蓄 | 危機管理課 | B
            2 | 福祉 | 1 | 見守り | 福祉課 | A
            """
        )
    )
    assert outline(plan) == ["1 安全", "  1 訓練", "  2 備蓄", "2 福祉", "  1 見守り"]


def test_a_heading_row_may_say_more_beside_it():
    plan = read(
        grid(
            """
            № | 事業名 | 担当課 | 評価 | 実績
            基本目標1　安全 | | | ○ 1 | 主管：企画課
            1 | 訓練 | 危機管理課 | ○ | 2回行った。
            基本目標2　福祉 | | | ○ 1 | 主管：福祉課
            2 | 見守り | 福祉課 | ○ | 毎日行った。
            """,
            *("A2:C2", "A4:C4"),
        )
    )
    assert outline(plan) == ["1 安全", "  1 訓練", "2 福祉", "  2 見守り"]


def test_a_department_beside_the_section_is_a_note():
    plan = read(
        grid(
            """
            施策 | 事業 | 担当部 | 担当課 | 評価
            安全 | 訓練 | 総務部 | 危機管理課 | A
            福祉 | 見守り | 福祉部 | 高齢課 | B
            """
        )
    )
    assert action(plan, "訓練").sections == ("危機管理課",)
    assert action(plan, "訓練").note == "担当部：総務部"


FUTURE = grid(
    """
    施策 | 事業 | 担当課 | 進捗状況 | | 今後の方向性 |
    | | | 区分 | 内容 | 区分 | 内容
    安全 | 訓練 | 危機管理課 | Ａ | 2回行った。 | 拡充 | 回数を増やす。
    福祉 | 見守り | 高齢課 | Ｂ | 毎日行った。 | 継続 | そのまま行う。
    """,
    *("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"),
)


def test_general_words_mean_what_stands_above_them():
    plan = read(FUTURE)
    assert told(plan, "訓練") == ["平成30年度 Ａ 2回行った。"]
    assert outlooks(plan, "見守り") == ["平成30年度 継続 そのまま行う。"]


def test_a_choice_before_the_text_is_the_direction():
    plan = read(
        grid(
            """
            施策 | 事業 | 評価 | 今後の方向性
            安全 | 訓練 | A | 拡充：回数を増やす。
            福祉 | 見守り | B | 継続：そのまま行う。
            福祉 | 相談 | B | 継続的に行う。
            """
        )
    )
    assert outlooks(plan, "訓練") == ["平成30年度 拡充 回数を増やす。"]
    assert outlooks(plan, "見守り") == ["平成30年度 継続 そのまま行う。"]
    assert outlooks(plan, "相談") == ["平成30年度 継続的に行う。"]


def test_a_schedule_of_years_is_kept_as_a_description():
    plan = read(
        grid(
            """
            施策 | 事業 | 担当課 | 実施時期 | | | 評価
            | | | H28 | H29 | H30 |
            安全 | 訓練 | 危機管理課 | ○ | → | → | A
            福祉 | 見守り | 高齢課 | | ○ | → | B
            """,
            *("A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2"),
        )
    )
    assert action(plan, "見守り").description == "実施時期 H29：○\n実施時期 H30：→"
    assert [each.name for each in plan.rounds] == ["平成30年度"]


def test_what_an_indicator_reached_is_no_progress():
    table = grid(
        """
        施策 | 事業 | 担当課 | 成果指標 | 目標値 | 実績値 | 取組実績 | 評価
        安全 | 訓練 | 危機管理課 | 参加者 | 100人 | 120人 | 2回行った。 | A
        福祉 | 見守り | 高齢課 | 件数 | 30件 | 12件 | 毎日行った。 | B
        """
    )
    roles = {each.words: each.role for each in guessed(table).sheets[0].columns}
    assert [roles[words] for words in ("成果指標", "目標値", "実績値", "取組実績")] == [
        *(ColumnRole.NOTE, ColumnRole.NOTE, ColumnRole.NOTE, ColumnRole.PROGRESS),
    ]


def test_the_old_grade_is_that_of_the_year_before():
    plan = read(
        grid(
            """
            行政改革　令和2年度　進捗状況 | | | | |
            施策 | 事業 | 担当課 | 前年度評価 | 評価 | 実績
            安全 | 訓練 | 危機管理課 | B | A | 2回行った。
            福祉 | 見守り | 高齢課 | B | B | 毎日行った。
            """
        )
    )
    assert told(plan, "訓練") == ["令和元年度 B", "令和2年度 A 2回行った。"]


def test_a_second_grade_is_a_note():
    plan = read(
        grid(
            """
            施策 | 事業 | 担当課 | 自己評価 | 外部評価
            安全 | 訓練 | 危機管理課 | A | B
            福祉 | 見守り | 高齢課 | B | B
            """
        )
    )
    assert told(plan, "訓練") == ["平成30年度 A"]
    assert action(plan, "訓練").note == "外部評価：B"


def test_a_grade_may_be_followed_by_words_in_brackets_or_its_label():
    plan = read(
        grid(
            """
            A：計画どおり　B：遅れ | | |
            施策 | 事業 | 担当課 | 評価
            安全 | 訓練 | 危機管理課 | Ａ（前年度はＢ）
            福祉 | 見守り | 高齢課 | Ｂ：遅れ
            福祉 | 相談 | 高齢課 | 計画どおり
            """
        )
    )
    assert [told(plan, each.title) for each in plan.actions] == [
        *(["平成30年度 A"], ["平成30年度 B"], ["平成30年度 A"]),
    ]


def test_hidden_rows_are_told_and_merged_grades_count_for_all_that_is_shown():
    table = grid(
        """
        施策 | 事業 | 担当課 | 評価 | 実績
        安全 | 訓練 | 危機管理課 | A | 2回行った。
        安全 | 備蓄 | 危機管理課 | |
        安全 | 記入例 | ○○課 | B | ○回行った。
        福祉 | 見守り | 高齢課 | B | 毎日行った。
        """,
        *("C2:C3", "D2:D3"),
    )._replace(hidden_rows=frozenset({2, 4}))
    plan = read(table)
    assert told(plan, "備蓄") == ["平成30年度 A"]
    assert action(plan, "備蓄").sections == ("危機管理課",)
    assert [each.title for each in plan.actions] == ["備蓄", "見守り"]
    assert [each.text for each in plan.unread if "表示されていない" in each.reason] == [
        *("安全", "安全"),
    ]


def test_headings_across_the_table_may_stand_at_the_right_of_merged_ones():
    plan = read(
        grid(
            """
            柱 | № | 事業名 | 担当課 | 評価
            柱1 安全 | 施策(1)　防災 | | |
            | 1 | 訓練 | 危機管理課 | A
            | 2 | 備蓄 | 危機管理課 | B
            | 施策(2)　防犯 | | |
            | 3 | 見守り | 安全課 | A
            柱2 福祉 | 施策(1)　高齢者 | | |
            | 4 | 相談 | 高齢課 | A
            """,
            *("A2:A6", "B2:E2", "B5:E5", "A7:A8", "B7:E7"),
        )
    )
    assert outline(plan) == [
        "1 安全",
        "  (1) 防災",
        "    1 訓練",
        "    2 備蓄",
        "  (2) 防犯",
        "    3 見守り",
        "2 福祉",
        "  (1) 高齢者",
        "    4 相談",
    ]
    assert [name for name, _ in plan.levels] == ["柱", "施策", "事業"]


def test_sheets_of_sections_that_share_headings_are_parts_of_one_plan():
    def of(section: str, *titles: str):
        return grid(
            f"""
            基本目標 | 事業名 | 担当課 | 評価
            1 安全 | {titles[0]} | {section} | A
            2 福祉 | {titles[1]} | {section} | B
            """,
            sheet=section,
        )

    plan = read(of("総務課", "訓練", "相談"), of("環境課", "清掃", "見守り"))
    assert [each.title for each in plan.headings] == ["安全", "福祉"]
    assert [name for name, _ in plan.levels] == ["基本目標", "事業"]


def test_an_outline_may_be_indented_with_wide_spaces():
    plan = read(
        grid(
            """
            取組 | 担当課 | 評価
            環境 | |
            　ごみの減量 | |
            　　分別の徹底 | 環境課 | A
            　　集団回収 | 環境課 | B
            　緑化 | |
            　　植樹祭 | 公園課 | A
            """
        )
    )
    assert outline(plan) == [
        "環境",
        "  ごみの減量",
        "    分別の徹底",
        "    集団回収",
        "  緑化",
        "    植樹祭",
    ]


def test_a_legend_may_stand_beside_the_title_or_in_the_heading():
    beside = grid(
        """
        計画　進捗表 | | | ◎ | 達成
        | | | ○ | 概ね達成
        施策 | 事業 | 担当課 | 評価 | 実績
        安全 | 訓練 | 危機管理課 | ◎ | 2回行った。
        福祉 | 見守り | 高齢課 | ○ | 毎日行った。
        """
    )
    inside = grid(
        """
        施策 | 事業 | 担当課 | 評価⏎（◎:達成⏎○:概ね達成） | 実績
        安全 | 訓練 | 危機管理課 | ◎ | 2回行った。
        福祉 | 見守り | 高齢課 | ○ | 毎日行った。
        """
    )
    for table in (beside, inside):
        plan = read(table)
        assert [(each.mark, each.label) for each in plan.statuses] == [
            *(("◎", "達成"), ("○", "概ね達成")),
        ]
        assert outline(plan) == ["安全", "  訓練", "福祉", "  見守り"]


def test_a_heading_may_name_its_section():
    plan = read(
        grid(
            """
            取組 | 担当課 | 状況 | 内容
            1 安全 | 総務部 | |
            (1) 防災 | 危機管理課 | |
            ① 訓練 | 危機管理課 | 完了 | 2回行った。
            ② 備蓄 | 危機管理課 | 継続中 | 増やした。
            (2) 防犯 | 安全課 | |
            ① 見守り | 安全課 | |
            ② 街灯 | 安全課 | 完了 | 直した。
            """
        )
    )
    assert outline(plan) == [
        "1 安全",
        "  (1) 防災",
        "    ① 訓練",
        "    ② 備蓄",
        "  (2) 防犯",
        "    ① 見守り",
        "    ② 街灯",
    ]
    assert [each.text for each in plan.unread] == ["総務部", "危機管理課", "安全課"]


def test_an_action_may_have_several_indicators_and_a_grade_for_several_texts():
    plan = read(
        grid(
            """
            施策 | 事業 | 担当課 | 評価 | 実績 | 指標 | 目標値
            安全 | 訓練 | 危機管理課 | A | 2回行った。 | 参加者 | 100
            | | 消防署 | | 1回手伝った。 | 地区数 | 100
            福祉 | 見守り | 高齢課 | B※1 | 毎日行った。 | 件数 | 30
            福祉 | 相談 | 高齢課 | B→A | 増やした。 | 件数 | 20
            """,
            *("A2:A3", "B2:B3", "D2:D3"),
        )
    )
    assert action(plan, "訓練").note == ("指標：参加者\n目標値：100\n指標：地区数\n目標値：100")
    assert told(plan, "訓練") == [
        "平成30年度 危機管理課 A 2回行った。",
        "平成30年度 消防署 A 1回手伝った。",
    ]
    assert [told(plan, title) for title in ("見守り", "相談")] == [
        *(["平成30年度 B 毎日行った。"], ["平成30年度 A 増やした。"]),
    ]


def test_contents_are_the_actions_where_the_measures_come_again():
    plan = read(
        grid(
            """
            基本方針 | 施策 | 取組番号 | 取組内容 | 担当グループ | 平成27年度 | | 平成28年度
            | | | | | 達成状況 | 取組実績 | 取組予定
            1　市民の力 | 11　学び | 11121 | 市民大学 | 協働グループ | ◎ | 8回行った。 | 10回行う。
            | | 11122 | 出前講座 | 広報グループ | ○ | 32件あった。 | 同上
            2　地域の力 | 21　拠点 | 21111 | センター | 施設グループ | － | | 着工する。
            """,
            *("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1", "A3:A4", "B3:B4"),
        )
    )
    assert outline(plan) == [
        "1 市民の力",
        "  11 学び",
        "    11121 市民大学",
        "    11122 出前講座",
        "2 地域の力",
        "  21 拠点",
        "    21111 センター",
    ]
    assert outlooks(plan, "出前講座") == ["平成27年度 10回行う。"]
    assert [each.name for each in plan.rounds] == ["平成27年度"]


def test_issues_at_the_left_are_headings_and_at_the_right_what_went_wrong():
    plan = read(
        grid(
            """
            目標 | 課題 | 番号 | 具体的取組 | 担当課 | 実施状況 | 自己評価 | 課題
            Ⅰ 人権 | 1 意識改革 | ⑳ | 啓発 | 人権課 | 特集を載せた。 | A | 関心が低い。
            | | ㉑ | 講演会 | 人権課 | 中止した。 | D |
            Ⅱ 仕事 | 2 環境整備 | ㉒ | 啓発（再掲⑳） | 商工課 | 〃 | 〃 |
            """,
            *("A2:A3", "B2:B3"),
        )
    )
    assert outline(plan) == [
        "Ⅰ 人権",
        "  1 意識改革",
        "    ⑳ 啓発",
        "    ㉑ 講演会",
        "Ⅱ 仕事",
        "  2 環境整備",
        "    ㉒ 啓発（再掲）",
    ]
    assert told(plan, "啓発") == ["平成30年度 A 特集を載せた。"]
    assert "関心が低い。" in action(plan, "啓発").note


def test_a_plan_without_grades_says_who_takes_part():
    plan = read(
        grid(
            """
            分野 | 取組 | 主体 | | | 評価
            | | 市民 | 事業者 | 市 |
            自然 | 駆除 | ○ | | ○ | Ｃ
            自然 | 観察会 | ○ | ○ | ○ | Ａ
            """,
            *("A1:A2", "B1:B2", "C1:E1", "F1:F2"),
        )
    )
    assert action(plan, "駆除").note == "主体 市民：○\n主体 市：○"
    assert action(plan, "駆除").sections == ()


def test_remarks_below_a_heading_are_told_and_are_no_headings():
    plan = read(
        grid(
            """
            政策1：　安全なまち | | | | |
            施策1-1　防災の推進 | | | | |
            （主管課：危機管理課） | | | | |
            No. | 主な取組 | 担当 | 令和4年度の実施状況 | 達成度 | 令和5年度以降の方針
            1 | 訓練 | 危機管理課 | 5回実施 | 100% | 継続
            施策1-2　防犯の推進 | | | | |
            （主管課：生活安全課） | | | | |
            No. | 主な取組 | 担当 | 令和4年度の実施状況 | 達成度 | 令和5年度以降の方針
            1 | 防犯灯 | 生活安全課 | 30基を設置 | 80% | 拡充
            政策2：　健やかなまち | | | | |
            施策2-1　健康づくり | | | | |
            No. | 主な取組 | 担当 | 令和4年度の実施状況 | 達成度 | 令和5年度以降の方針
            1 | 健診 | 健康課 | 受診率は38％ | 0% | 改善
            """
        )
    )
    assert outline(plan) == [
        "1 安全なまち",
        "  1-1 防災の推進",
        "    1 訓練",
        "  1-2 防犯の推進",
        "    1 防犯灯",
        "2 健やかなまち",
        "  2-1 健康づくり",
        "    1 健診",
    ]
    assert [each.kind for each in plan.statuses] == ["done", "ongoing", "not_started"]
    assert outlooks(plan, "防犯灯") == ["令和4年度 拡充"]
    assert [each.text for each in plan.unread] == ["（主管課：生活安全課）"]


def test_english_words_of_another_system():
    plan = read(
        grid(
            """
            id | category | sub_category | task_name | department | status \
                | due_date | progress_note
            1 | 環境 | ごみ | 分別 | 環境課 | in_progress | 2023-03-31 | 冊子を配布した
            2 | 環境 | ごみ | 回収 | 環境課 | done | 2022-12-31 | 120団体が参加した
            3 | 福祉 | 高齢者 | 見守り | 福祉課 | not_started | 2024-03-31 |
            """
        )
    )
    assert outline(plan)[:3] == ["環境", "  ごみ", "    1 分別"]
    assert [each.kind for each in plan.statuses] == ["ongoing", "done", "not_started"]
    assert [each.due for each in plan.actions] == ["2023-03", "2022-12", "2024-03"]


def test_a_mark_may_be_explained_in_its_cell_and_a_heading_set_off_by_signs():
    plan = read(
        grid(
            """
            取組項目 | 担当 | 達成状況 | 実施結果
            ＜総務部＞ | | |
            電子化 | 総務課 | Ａ：順調 | 8割を電子化した。
            見直し | 職員課 | Ｃ：やや遅れ | 2本を廃止した。
            ＜市民部＞ | | |
            窓口 | 市民課 | Ａ（前年度Ｂ） | 予約制を導入した。
            """
        )
    )
    assert outline(plan) == ["総務部", "  電子化", "  見直し", "市民部", "  窓口"]
    assert [(each.mark, each.label) for each in plan.statuses] == [
        *(("Ａ", "順調"), ("Ｃ", "やや遅れ")),
    ]
    assert told(plan, "窓口") == ["平成30年度 Ａ 予約制を導入した。"]


def test_grades_may_be_circled_numbers_and_words_broken_letter_by_letter():
    plan = read(
        grid(
            """
            施⏎策 | 取組⏎番号 | 取 組 名 | 主管課 | 進⏎捗⏎度 | 取組状況・成果
            1⏎市⏎民⏎協⏎働 | 1 | 手引き | 協働課 | ④ | 手引きを作成し配布した。
            | 2 | 研修 | 職員課 | ③ | 研修を1回実施した。
            2⏎情⏎報 | 3 | SNSの活用 | 広報課 | ⑤ | 登録者が増えた。
            （注）進捗度：⑤完了　④ほぼ完了　③計画どおり | | | | |
            """,
            "A2:A3",
        )
    )
    assert outline(plan) == ["1 市民協働", "  1 手引き", "  2 研修", "2 情報", "  3 SNSの活用"]
    assert [(each.mark, each.label, str(each.kind)) for each in plan.statuses] == [
        ("⑤", "完了", "done"),
        ("④", "ほぼ完了", "near"),
        ("③", "計画どおり", "ongoing"),
    ]


def test_a_row_of_titles_begins_no_other_table():
    table = grid(
        """
        施策 | 項目 | 取組 | 担当課 | 実績
        ① 情報交流 | Ⅰ 防災相談 | 市民学習の開催 | 環境課 | 2回実施した。
        小計 | | | |
        ② 防災活動の強化 | Ⅱ 市民活動の推進 | 地域活動の充実 | 環境課 | 8回実施した。
        ② 防災活動の強化 | Ⅱ 市民活動の推進 | 学習の開催 | 企画課 | 9回実施した。
        """
    )
    assert tables_apart(SheetView(table)) == [(1, 5)]
