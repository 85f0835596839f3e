"""Yearly reports as they are printed: cycles of four steps, chapters, pages, next year's plans."""

from kyodo_desktop.domain.importing.mapping import ColumnRole
from tests.domain.importing.tables import action, grid, guessed, outline, outlooks, read, told


def roles(*heads: str) -> list[ColumnRole]:
    """Guess the roles of columns that stand right of a title, over a row or two of usual cells."""
    mapping = guessed(grid(f"施策 | 事業名 | {' | '.join(heads)}\n安全 | 訓練 |\n安全 | 備蓄 |"))
    return [each.role for each in mapping.sheets[0].columns[2:]]


def test_the_four_steps_of_a_cycle_are_known_by_their_letters():
    plan = read(
        grid(
            """
            施策 | 事業名 | 担当課 | 計画（Ｐ） | 実施（Ｄ） | 評価（Ｃ） | 改善（Ａ）
            安全 | 訓練 | 危機管理課 | 年3回行う。 | 2回行った。 | Ａ | 回数を増やす。
            安全 | 備蓄 | 危機管理課 | 1000食を買う。 | 900食を買った。 | Ｂ | 早く注文する。
            """
        )
    )
    assert action(plan, "訓練").description == "年3回行う。"
    assert told(plan, "訓練") == ["平成30年度 Ａ 2回行った。"]
    assert outlooks(plan, "備蓄") == ["平成30年度 早く注文する。"]


def test_the_letters_of_the_steps_may_stand_first_or_be_english_words():
    heads = ("Plan（計画）", "D：実施内容", "Check：評価", "改善・Act")
    assert roles(*heads) == [
        ColumnRole.DESCRIPTION,
        ColumnRole.PROGRESS,
        ColumnRole.STATUS,
        ColumnRole.OUTLOOK,
    ]


def test_chapters_and_articles_keep_their_printed_number():
    plan = read(
        grid(
            """
            章 | 条 | 取組 | 担当課 | 評価
            第2章 市民の権利 | 第5条 知る権利 | 広報の充実 | 広報課 | A
            | 第6条 参加する権利 | 公募委員の登用 | 総務課 | B
            """
        )
    )
    assert outline(plan) == [
        "第2章 市民の権利",
        "  第5条 知る権利",
        "    広報の充実",
        "  第6条 参加する権利",
        "    公募委員の登用",
    ]
    assert [name for name, _ in plan.levels] == ["章", "条", "取組"]


def test_headings_in_brackets_of_any_kind_stand_above_coded_actions():
    plan = read(
        grid(
            """
            事業コード | 事業名 | 担当課 | 進捗度 | 実施内容
            政策１：安全 | | | |
            ［施策11］防災 | | | |
            11101 | 備蓄 | 危機管理課 | 遅れ | 毛布を購入した。
            11102 | 訓練 | 危機管理課 | 計画どおり | 2回行った。
            政策２：教育 | | | |
            ［施策21］学校 | | | |
            22101 | 改修 | 教育課 | 計画どおり | 2校で行った。
            """
        )
    )
    assert outline(plan) == [
        *("１ 安全", "  11 防災", "    11101 備蓄", "    11102 訓練"),
        *("２ 教育", "  21 学校", "    22101 改修"),
    ]


def test_what_is_printed_again_on_each_page_is_left_out():
    plan = read(
        grid(
            """
            後期基本計画 進捗状況報告書（平成29年度）
            | | | 1ページ
            | | | （単位：千円）
            施策 | 事業 | 担当課 | 進捗状況
            1 安全 | (1) 訓練 | 危機管理課 | 順調
            | (2) 備蓄 | 危機管理課 | 遅れ
            後期基本計画 進捗状況報告書（平成29年度）
            | | | 2ページ
            | | | （単位：千円）
            施策 | 事業 | 担当課 | 進捗状況
            1 安全 | (3) 点検 | 危機管理課 | 順調
            2 福祉 | (1) 見守り | 福祉課 | 順調
            """
        )
    )
    assert outline(plan) == [
        *("1 安全", "  (1) 訓練", "  (2) 備蓄", "  (3) 点検"),
        *("2 福祉", "  (1) 見守り"),
    ]
    assert plan.unread == ()


def test_a_plan_for_the_year_after_the_table_is_its_outlook():
    plan = read(
        grid(
            """
            男女共同参画プラン（平成28年度）
            施策 | 事業 | 平成28年度の実績 | 評価 | 今後の課題 | 平成29年度の取組予定
            安全 | 訓練 | 2回行った。 | Ａ | 参加者の固定化 | 3回行う。
            福祉 | 見守り | 毎日行った。 | Ｂ | 担い手の不足 | 続けて行う。
            """
        )
    )
    assert told(plan, "訓練") == ["平成28年度 Ａ 2回行った。"]
    assert "参加者の固定化" in action(plan, "訓練").note
    assert outlooks(plan, "訓練") == ["平成28年度 3回行う。"]


def test_plans_for_several_later_years_are_a_schedule():
    plan = read(
        grid(
            """
            施策 | 事業 | H28実績 | 評価 | H29計画 | H30計画
            安全 | 訓練 | 2回行った。 | Ａ | 3回行う。 | 4回行う。
            福祉 | 見守り | 毎日行った。 | Ｂ | 続けて行う。 | 続けて行う。
            """
        )
    )
    assert outlooks(plan, "訓練") == []
    assert action(plan, "訓練").description == "H29計画：3回行う。\nH30計画：4回行う。"


def test_what_was_done_stands_beside_its_grade_in_each_years_sheet():
    sheets = [
        grid(
            f"""
            方針 | 取組 | 担当課 | 実施状況 | 取組内容
            安全 | 訓練 | 危機管理課 | {mark} | {text}
            福祉 | 見守り | 福祉課 | ○ | 毎日1回
            """,
            sheet=f"平成{year}年度",
        )
        for year, mark, text in ((28, "△", "年1回"), (29, "○", "年2回"))
    ]
    assert told(read(*sheets), "訓練") == ["平成28年度 △ 年1回", "平成29年度 ○ 年2回"]


def test_a_sentence_among_choices_is_the_text_of_the_outlook():
    plan = read(
        grid(
            """
            施策 | 事業 | 評価 | 今後の方向性
            安全 | 訓練 | Ａ | 継続
            安全 | 備蓄 | Ｂ | 更新後の運用を検証する
            福祉 | 見守り | Ａ | 拡充
            福祉 | 相談 | Ａ | 継続
            福祉 | 交流 | Ａ | 継続
            福祉 | 教室 | Ａ | 改善しながら継続する
            """
        )
    )
    assert plan.directions == ("継続", "拡充", "改善しながら継続する")
    assert plan.actions[1].outlooks[0][1:3] == ("", "更新後の運用を検証する")


def test_headings_of_different_words_may_be_of_one_level():
    plan = read(
        grid(
            """
            № | 事業名 | 担当課 | 評価
            基本施策１：連携 | | |
            1 | 会議 | 保健課 | ○
            基本施策２：人材 | | |
            2 | 研修 | 保健課 | ○
            重点施策１：高齢者 | | |
            3 | 見守り | 福祉課 | △
            """,
            *("A2:D2", "A4:D4", "A6:D6"),
        )
    )
    assert outline(plan) == [
        *("基本施策１ 連携", "  1 会議", "基本施策２ 人材", "  2 研修"),
        *("重点施策１ 高齢者", "  3 見守り"),
    ]


def test_headings_may_stand_right_of_the_actions():
    plan = read(
        grid(
            """
            通番 | 事業名 | 基本目標 | 施策 | 担当課 | 実績 | 達成度
            1 | 空き店舗の活用 | １ しごと | (1) 商業 | 商工課 | 3店が開いた。 | ◎
            2 | 就農の支援 | １ しごと | (2) 農業 | 農林課 | 2人が就農した。 | ○
            3 | 移住の体験 | ２ ひと | (1) 移住 | 地域課 | できなかった。 | ×
            """
        )
    )
    assert outline(plan) == [
        *("１ しごと", "  (1) 商業", "    1 空き店舗の活用", "  (2) 農業", "    2 就農の支援"),
        *("２ ひと", "  (1) 移住", "    3 移住の体験"),
    ]


def test_of_several_grades_the_one_that_sums_up_counts():
    plan = read(
        grid(
            """
            施策 | 事業 | 担当課 | 妥当性 | 有効性 | 効率性 | 総合評価
            安全 | 訓練 | 危機管理課 | A | B | A | C
            福祉 | 見守り | 福祉課 | B | A | A | B
            """
        )
    )
    assert told(plan, "訓練") == ["平成30年度 C"]
    assert action(plan, "訓練").note == "妥当性：A\n有効性：B\n効率性：A"


def test_percents_alone_are_grades():
    plan = read(
        grid(
            """
            区分 | 取組事項 | 所管 | 進捗
            組織 | 統合 | 人事課 | 100％
            組織 | 廃止 | 市民課 | 50％
            業務 | 委託 | 人事課 | 0％
            """
        )
    )
    assert [(each.mark, each.kind.name) for each in plan.statuses] == [
        *(("100％", "DONE"), ("50％", "ONGOING"), ("0％", "NOT_STARTED")),
    ]


def test_a_dash_of_a_legend_touches_its_words():
    plan = read(
        grid(
            """
            ◎計画以上　○計画どおり　－未実施
            施策 | 事業 | 担当課 | 評価
            安全 | 訓練 | 危機管理課 | ○
            福祉 | 見守り | 福祉課 | －
            """
        )
    )
    assert [each.label for each in plan.statuses] == ["計画以上", "計画どおり", "未実施"]
    assert told(plan, "見守り") == ["平成30年度 －"]


def test_a_section_is_named_with_those_above_it_and_may_be_a_meeting():
    plan = read(
        grid(
            """
            施策 | 事業 | 検討の場 | 評価
            安全 | 訓練 | 福祉部 高齢福祉課 介護予防係 | A
            福祉 | 見守り | 広報広聴会議 | B
            """
        )
    )
    assert [each.sections for each in plan.actions] == [
        ("福祉部高齢福祉課介護予防係",),
        ("広報広聴会議",),
    ]


def test_any_word_before_a_goal_names_a_level():
    assert [each.role for each in guessed(GOALS).sheets[0].columns[:2]] == [ColumnRole.HEADING] * 2


GOALS = grid(
    """
    環境目標 | 取組方針 | 事業名 | 担当課 | 評価
    自然 | 緑 | 植樹 | 緑政課 | A
    生活 | 音 | 測定 | 環境課 | B
    """
)


def test_a_sheet_may_belong_to_a_section_as_a_whole():
    heads = "施策 | 取組 | 実施状況 | 評価"
    plan = read(
        grid(
            f"{heads}\n安全 | 訓練 | 2回行った。 | ○\n安全 | 備蓄 | 買った。 | ○", sheet="総務課"
        ),
        grid(
            f"担当課：福祉課\n{heads}\n安全 | 名簿 | 作った。 | △\n福祉 | 相談 | 開いた。 | ○",
            sheet="福祉課",
        ),
    )
    assert [(each.title, each.sections) for each in plan.actions] == [
        ("訓練", ("総務課",)),
        ("備蓄", ("総務課",)),
        ("名簿", ("福祉課",)),
        ("相談", ("福祉課",)),
    ]
    assert [name for name, _ in plan.levels] == ["施策", "取組"]


def test_what_was_done_in_half_a_year_is_progress():
    plan = read(
        grid(
            """
            区分 | 重点事業 | 担当 | 上半期の取組 | 下半期の取組 | 担当課評価
            予防 | 査察 | 予防課 | 120件を査察した。 | 130件を査察した。 | ◎
            警防 | 訓練 | 警防課 | 合同訓練を行った。 | 夜間訓練を行った。 | ○
            """
        )
    )
    assert told(plan, "訓練") == [
        "平成30年度上半期 合同訓練を行った。",
        "平成30年度下半期 ○ 夜間訓練を行った。",
    ]


def test_a_name_of_anything_is_a_title_and_a_result_of_a_check_its_grade():
    plan = read(
        grid(
            """
            分類 | 補助金名 | 所管課 | 点検結果 | 点検内容 | 今後の方針
            団体 | 体育協会補助金 | スポーツ課 | 適正 | 使途を確認した。 | 現状のまま継続する
            団体 | 老人クラブ補助金 | 高齢課 | 適正 | 会員数を確認した。 | 現状のまま継続する
            事業 | 祭り補助金 | 観光課 | 要改善 | 収支を確認した。 | 内容を見直して継続する
            事業 | 生垣補助金 | 緑政課 | 適正 | 件数を確認した。 | 現状のまま継続する
            """
        )
    )
    assert told(plan, "祭り補助金") == ["平成30年度 要改善 収支を確認した。"]
    assert outlooks(plan, "生垣補助金") == ["平成30年度 現状のまま継続する"]
