"""Lists of places, of two evaluators and of several years, as offices join their columns."""

from tests.domain.importing.tables import action, grid, outline, outlooks, read, told


def test_a_text_merged_over_some_actions_is_their_heading_though_most_have_one_each():
    plan = read(
        grid(
            """
            橋りょう長寿命化計画　進捗（平成29年度） | | | | | |
            番号 | 路線 | 工事の内容 | 施行者 | 時期 | | 進捗状況
            | | | | 前期 | 後期 |
            1 | 県道5号 | 床版の補修 | 県（土木事務所、道路課） | ○ | | 完了
            2 | | 高欄の取替え | 県（土木事務所） | | ○ | 未着手
            3 | 市道1号線 | 塗装の塗替え | 市（建設課・財政課） | ○ | | 実施中
            4 | 市道2号線 | 伸縮装置の取替え | 山川鉄道（株）⏎市（建設課） | ○ | | 完了
            """,
            *("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:G3", "B4:B5"),
        )
    )
    assert outline(plan)[:3] == ["県道5号", "  1 床版の補修", "  2 高欄の取替え"]
    assert action(plan, "床版の補修").sections == ("県（土木事務所、道路課）",)
    assert action(plan, "伸縮装置の取替え").sections == ("山川鉄道（株）", "市（建設課）")
    assert action(plan, "床版の補修").due is None


def test_what_a_section_thinks_is_no_section_and_few_words_are_choices():
    plan = read(
        grid(
            """
            平成28年度　事業評価一覧 | | | | | |
            番号 | 事業名 | 主管課 | 実績 | 進捗 | 今後の事業の展開 | 企画担当課の意見
            大綱１　健やかなまち | | | | | |
            1 | 健診の実施 | 健康課 | 5回実施した。 | 順調 | 重点化 | 回数を増やされたい。
            2 | 食育の推進 | 健康課 | 教室を開いた。 | 遅れ | 見直し | 内容を改められたい。
            大綱２　学びのまち | | | | | |
            3 | 講座の開催 | 学習課 | 3講座を開いた。 | 順調 | 重点化 | 会場を増やされたい。
            4 | 図書の充実 | 図書館 | 80冊を購入した。 | 順調 | 見直し | 良好である。
            """,
            *("A3:G3", "A6:G6"),
        )
    )
    assert plan.levels[0][0] == "大綱"
    assert action(plan, "健診の実施").sections == ("健康課",)
    assert outlooks(plan, "健診の実施") == ["平成28年度 重点化"]


def test_what_is_done_and_comes_next_is_told_beside_a_plan():
    plan = read(
        grid(
            """
            行政改革　進捗状況表（平成29年度） | | | |
            番号 | 改革項目 | 平成29年度の取組（PLAN） | 達成度 | 実績と今後の取組 | 担当課
            1 | 窓口の延長 | 曜日の検討 | ○ | 木曜日に延長した。 | 市民課
            2 | 研修の実施 | 年2回 | △ | 1回にとどまった。 | 総務課
            3 | 様式の点検 | 洗い出し | ○ | 80様式を点検した。 | 総務課
            """
        )
    )
    assert told(plan, "研修の実施") == ["平成29年度 △ 1回にとどまった。"]
    assert "年2回" in action(plan, "研修の実施").description


YEARS = grid(
    """
    事務事業評価（平成27年度～平成28年度） | | | | | | | |
    番号 | 事務事業 | 課名 | 平成27年度 | | | 平成28年度 | | 平成29年度の方針 |
    | | | 実績 | 評価 | 平成28年度に向けた指示 | 実績 | 評価 | 区分 | 市長の意見
    1 | 企業誘致 | 商工課 | 3社を訪問した。 | B | 訪問を増やすこと。 \
        | 9社を訪問した。 | A | 維持 | 続けること。
    2 | 団地の造成 | 商工課 | 着手した。 | B | 工期を守ること。 \
        | 完了した。 | A | 終了 | 分譲すること。
    3 | 民泊の受入れ | 観光課 | 9校を受け入れた。 | A | 家庭を増やすこと。 \
        | 8校であった。 | B | 拡充 | 研修すること。
    4 | 商品券の発行 | 観光課 | 発行した。 | A | 効果を調べること。 \
        | 調べた。 | B | 維持 | 公表すること。
    """,
    *("A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:H2", "I2:J2"),
)


def test_what_a_year_says_of_the_next_is_its_own_direction():
    plan = read(YEARS)
    assert [each.name for each in plan.rounds] == ["平成27年度", "平成28年度"]
    assert told(plan, "企業誘致") == [
        "平成27年度 B 3社を訪問した。",
        "平成28年度 A 9社を訪問した。",
    ]
    assert outlooks(plan, "企業誘致") == [
        "平成27年度 訪問を増やすこと。",
        "平成28年度 維持 続けること。",
    ]


def test_bare_numbers_are_years_where_the_table_names_them_and_counts_of_grades_are_no_action():
    plan = read(
        grid(
            """
            文化振興計画　検証（令和3年度～令和4年度） | | | | |
            番号 | 施策 | 担当課 | 判定 | | 実績 |
            | | | 3 | 4 | 3年度 | 4年度
            1 | 展覧会の開催 | 文化課 | ○ | ◎ | 1回開催 | 2回開催
            2 | 台帳の整備 | 文化課 | △ | ○ | 準備した | 30件を登録
            3 | 団体の支援 | 文化課 | ○ | △ | 5団体 | 3団体
            | 判定ごとの内訳（◎・○・△） | | 0・2・1 | 1・1・1 | |
            """,
            *("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"),
        )
    )
    assert outline(plan)[-1].endswith("3 団体の支援")
    assert told(plan, "台帳の整備") == ["令和3年度 △ 準備した", "令和4年度 ○ 30件を登録"]


def test_a_direction_merged_over_the_years_of_an_action_is_of_the_last_with_its_reason():
    plan = read(
        grid(
            """
            定住促進計画　実施状況 | | | | | | |
            番号 | 事業名 | 担当課 | 年度 | 実績 | 達成状況 | 次期計画 | 理由
            1 | 空き家バンク | 企画課 | 平成28年度 | 8件を登録した。 | 未達成 | 拡充 | 需要がある。
            | | | 平成29年度 | 20件を登録した。 | 達成 | |
            2 | 移住体験 | 企画課 | 平成28年度 | 1回開催した。 | 未達成 | 統合 | 効果が薄い。
            | | | 平成29年度 | 2回開催した。 | 達成 | |
            3 | 奨励金 | 建設課 | 平成28年度 | 5件に交付した。 | 達成 | 拡充 | 効果がある。
            | | | 平成29年度 | 9件に交付した。 | 達成 | |
            """,
            *(f"{column}{row}:{column}{row + 1}" for row in (3, 5, 7) for column in "ABCGH"),
        )
    )
    assert told(plan, "移住体験") == [
        "平成28年度 未達成 1回開催した。",
        "平成29年度 達成 2回開催した。",
    ]
    assert outlooks(plan, "移住体験") == ["平成29年度 統合 効果が薄い。"]
