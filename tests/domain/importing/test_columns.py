"""Tables whose headings are columns: merged, left blank, repeated in every row, or with codes."""

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

REFORM = grid(
    """
    第2次行政改革実施計画　取組状況（令和元年度） | | | | | | | |
    基本方針 | 重点項目 | 推進項目 | 担当課 | 計画期間 | 評価 | 令和元年度の取組 \
        | 課題 | 今後の取組
    1 効率的な行政運営 | (1) 事務の見直し | ① 窓口の一本化 | 市民課 | H30～R2 | 達成 \
        | 総合窓口を開いた。 | 待ち時間が長い。 | 予約制を始める。
    | | ② 電子申請の拡大 | 情報課、総務課 | R1 | 一部達成 | 10件を加えた。 | なし | 同上
    | (2) 人材の育成 | ① 研修の充実 | 職員課 | R3.3 | 未達成 | ― | |
    2 健全な財政運営 | (1) 歳入の確保 | ① 広告収入の確保 | 財政課 | 令和2年度 | 達成 \
        | 封筒に広告を載せた。 | | 継続する。
    """,
    *("A1:I1", "A3:A5", "B3:B4"),
)


def test_merged_columns_at_the_left_are_headings_with_numbers_inside():
    assert outline(read(REFORM)) == [
        "1 効率的な行政運営",
        "  (1) 事務の見直し",
        "    ① 窓口の一本化",
        "    ② 電子申請の拡大",
        "  (2) 人材の育成",
        "    ① 研修の充実",
        "2 健全な財政運営",
        "  (1) 歳入の確保",
        "    ① 広告収入の確保",
    ]
    assert read(REFORM).levels == (("基本方針", "1"), ("重点項目", "(1)"), ("推進項目", "①"))


def test_words_are_statuses_by_what_they_say():
    assert marks(read(REFORM)) == [
        "達成 達成 done",
        "一部達成 一部達成 ongoing",
        "未達成 未達成 ongoing",
    ]


def test_issues_go_to_the_note_and_like_above_is_what_stands_above():
    plan = read(REFORM)
    assert action(plan, "窓口の一本化").note == "課題：待ち時間が長い。"
    assert told(plan, "窓口の一本化") == ["令和元年度 達成 総合窓口を開いた。"]
    assert outlooks(plan, "電子申請の拡大") == ["令和元年度 予約制を始める。"]
    assert told(plan, "研修の充実") == ["令和元年度 未達成"]


def test_months_and_years_are_read_in_any_form():
    plan = read(REFORM)
    assert [(each.start_fiscal_year, each.due) for each in plan.actions] == [
        (2018, "2021-03"),
        (None, "2020-03"),
        (None, "2021-03"),
        (None, "2021-03"),
    ]
    assert action(plan, "電子申請の拡大").sections == ("情報課", "総務課")


BLANKS = grid(
    """
    大項目 | 中項目 | 小項目 | 所管 | 進捗 | 備考
    環境 | ごみ | 分別の徹底 | 環境課 | ◎ | 継続
    | | 集団回収 | 環境課 | ○ |
    | 緑化 | 植樹祭 | 公園課 | × | 雨で中止
    福祉 | 高齢者 | 見守り | 福祉課 | ○ |
    """
)


def test_blank_cells_repeat_the_heading_above():
    assert outline(read(BLANKS)) == [
        "環境",
        "  ごみ",
        "    分別の徹底",
        "    集団回収",
        "  緑化",
        "    植樹祭",
        "福祉",
        "  高齢者",
        "    見守り",
    ]


MACHINE = grid(
    """
    政策コード,政策名,施策コード,施策名,事業コード,事業名称,所管コード,所管名称,評価コード,評価名称,実績,更新日時
    01,安全,0101,防災,010101,避難訓練,1200,危機管理課,3,順調,年2回行った,2018-04-01 10:00
    01,安全,0101,防災,010102,防災倉庫,1200,危機管理課,1,遅れ,1か所を設けた,2018-04-02 11:30
    01,安全,0102,防犯,010201,防犯灯,1300,生活安全課,3,順調,20基を直した,2018-04-02 11:31
    02,教育,0201,学校,020101,図書の充実,3100,学校教育課,3,順調,500冊を買った,2018-04-03 09:12
    """.replace(",", "|")
)


def test_the_file_of_another_system_comes_in_with_its_codes_as_numbers():
    plan = read(MACHINE)
    assert outline(plan)[:4] == [
        "01 安全",
        "  0101 防災",
        "    010101 避難訓練",
        "    010102 防災倉庫",
    ]
    assert told(plan, "防災倉庫") == ["平成30年度 遅れ 1か所を設けた"]
    assert action(plan, "防犯灯").sections == ("生活安全課",)


KPI = grid(
    """
    総合計画　施策評価表 | | | | | | | |
    政策 | 施策 | 主な取組 | 担当部署 | 指標 | 現状値⏎(H26) | 目標値⏎(H31) | 評価 | 評価の理由
    健やかなまち | 健康づくり | 健診の受診勧奨 | 健康課 | 受診率 | 35.2％ | 45.0％ \
        | B | はがきを送った。
    健やかなまち | 健康づくり | 食育の推進 | 健康課 | 教室の回数 | 4 | 12 | A | 12回開いた。
    健やかなまち | 医療 | 休日診療 | 健康課 | 日数 | 70 | 72 | C | 医師が足りない。
    """
)


def test_indicators_are_kept_as_notes_with_their_headings():
    plan = read(KPI)
    assert action(plan, "食育の推進").note == ("指標：教室の回数\n現状値(H26)：4\n目標値(H31)：12")
    assert told(plan, "休日診療") == ["平成30年度 C 医師が足りない。"]
    assert plan.levels == (("政策", ""), ("施策", ""), ("主な取組", ""))


FAR = grid(
    """
    | | | | | | | | | | |
    | | | 地域福祉計画　進行管理表 | | | | | | | |
    | | | 平成29年3月31日現在 | | | | | | | |
    | | | | | | | | | | |
    | | | A＝計画どおり、B＝おおむね計画どおり、C＝遅れている | | | | | | | |
    | | | | | | | | | | |
    | | | 基本目標 | | 施策 | | 取組 | | 担当 | | 達成度
    | | | 1 支え合い | | (1) 交流 | | サロンの開催 | | 福祉課・社会福祉協議会 | | A
    | | | | | | | ※新型の様式による | | | |
    | | | | | | | 見守り隊 | | 高齢者支援課 | | Ｂ
    | | | 2 安心 | | (1) 相談 | | 相談窓口 | | 福祉課 | | C
    """
)


def test_a_table_may_begin_anywhere_with_empty_columns_and_notes_between():
    plan = read(FAR)
    assert outline(plan) == [
        "1 支え合い",
        "  (1) 交流",
        "    サロンの開催",
        "    見守り隊",
        "2 安心",
        "  (1) 相談",
        "    相談窓口",
    ]
    assert action(plan, "サロンの開催").sections == ("福祉課", "社会福祉協議会")
    assert told(plan, "見守り隊") == ["平成28年度 B"]
    assert plan.rounds[0].as_of == "2017-03-31"
    assert action(plan, "見守り隊").place.label == "「一覧」シート 10行 H列"


SPANNED = grid(
    """
    施策の方向 | | 具体的施策 | | 担当課 | 進捗状況 | |
    | | | | | 評価 | 実施内容 | 今後の方向性
    1 | 意識づくり | 1 | 講演会の開催 | 男女共同参画課 | 4 | 講演会を2回開いた。 | 継続
    | | 2 | 情報紙の発行 | 男女共同参画課 | 5 | 年4回発行した。 | 拡充
    2 | 職場づくり | 3 | 相談の実施 | 人権課⏎商工課 | 3 | 毎月行った。 | 継続
    | | 4 | 意識調査 | 男女共同参画課 | 1 | 行わなかった。 | 廃止
    """,
    *("A1:B2", "C1:D2", "E1:E2", "F1:H1", "A3:A4", "B3:B4", "A5:A6", "B5:B6"),
)


def test_one_heading_over_number_and_title():
    plan = read(SPANNED)
    assert outline(plan)[:3] == ["1 意識づくり", "  1 講演会の開催", "  2 情報紙の発行"]
    assert [name for name, _ in plan.levels] == ["施策の方向", "具体的施策"]


def test_short_words_for_the_future_are_directions():
    plan = read(SPANNED)
    assert plan.directions == ("継続", "拡充", "廃止")
    assert outlooks(plan, "情報紙の発行") == ["平成30年度 拡充"]
    assert action(plan, "相談の実施").sections == ("人権課", "商工課")
    assert [each.mark for each in plan.statuses] == ["5", "4", "3", "1"]


TICKS = grid(
    """
    施策 | 番号 | 事業 | 担当課 | 進捗状況 | | | 実績
    | | | | 完了 | 概ね完了 | 未着手 |
    環境 | 1 | 清掃 | 環境課 | ○ | | | 全域で行った。
    環境 | 2 | 植樹 | 公園課 | | ● | | 8割が済んだ。
    水 | 3 | 下水道 | 下水道課 | | | ○ | 用地を探している。
    """,
    *("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:G1", "H1:H2"),
)


def test_a_tick_below_a_word_is_that_status():
    plan = read(TICKS)
    assert marks(plan) == ["完了 完了 done", "概ね完了 概ね完了 near", "未着手 未着手 not_started"]
    assert told(plan, "植樹") == ["平成30年度 概ね完了 8割が済んだ。"]


def test_the_roles_can_be_seen_before_anything_is_read():
    columns = guessed(TICKS).sheets[0].columns
    assert [each.role for each in columns] == [
        *(ColumnRole.HEADING, ColumnRole.NUMBER, ColumnRole.ACTION, ColumnRole.SECTION),
        *(ColumnRole.STATUS, ColumnRole.STATUS, ColumnRole.STATUS, ColumnRole.PROGRESS),
    ]
