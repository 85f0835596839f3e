"""Whole readings of a book compete; what wins makes the most sense as a plan."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.importing.found_plan import Form
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.readings import readings_of
from kyodo_desktop.domain.importing.scoring import title_worth
from tests.domain.importing.tables import (
    TODAY,
    action,
    book,
    grid,
    guessed,
    marks,
    outline,
    outlooks,
    read,
    told,
)

# No word here says which column holds the actions, and 判定 comes before them.
STRANGE = grid(
    """
    ものさしの一覧（平成29年度）
    領域 | № | めあて | 受持 | 見立て | ことがら
    1 安全 | 1 | 防災訓練の充実 | 危機管理課 | ○ | 2回行い、310人が参加した。
    | 2 | 備蓄の見直し | 危機管理課 | △ | 調査を終えた。
    | 3 | 通学路の点検 | 学校教育課 | ○ | 全校で実施した。
    2 福祉 | 4 | 見守りの協定 | 福祉課 | ○ | 12社と結んだ。
    | 5 | 居場所づくり | 福祉課 | × | 場所が決まらなかった。
    | 6 | 相談窓口の周知 | 福祉課 | △ | 広報に載せた。
    """,
    "A1:F1",
)


def test_columns_with_words_that_nobody_foresaw_are_seen_by_their_cells():
    plan = read(STRANGE)
    assert outline(plan)[:3] == ["1 安全", "  1 防災訓練の充実", "  2 備蓄の見直し"]
    assert told(plan, "居場所づくり") == ["平成29年度 × 場所が決まらなかった。"]
    assert action(plan, "通学路の点検").sections == ("学校教育課",)


def test_the_runner_up_can_be_chosen_and_reads_the_book_otherwise():
    best, *others = readings_of(book(STRANGE), TODAY)
    assert all(best.score.total >= each.score.total for each in others)
    assert len({each.label for each in (best, *others)}) == 1 + len(others)
    assert best.mapping == guessed(STRANGE)


def test_a_book_without_a_table_is_refused_with_what_was_looked_for():
    with pytest.raises(RefusedError, match="見出しの行"):
        readings_of(book(grid("お知らせ")), TODAY)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("防災訓練の充実", "12,450"),
        ("防災訓練の充実", "2回行い、310人が参加した。"),
        ("防災訓練の充実", "①訓練の実施\n②備蓄の見直し"),
        ("防災訓練の充実", "危機管理課"),
        ("防災訓練の充実", "小計"),
    ],
)
def test_what_is_to_be_done_looks_like_a_title_and_other_things_do_not(better, worse):
    assert title_worth(better) > title_worth(worse)


_TITLES = "①広報の充実⏎② 出前講座⏎③学生との協働"
_TOLD = "✓ 紙面を改めた⏎・小学校区ごとに実施中⏎　（3学区で終了）⏎◇ 3月に締結の予定"
_SECTIONS = "①市民課⏎②福祉課、市民課⏎③企画課"
PACKED = grid(
    f"""
    推進項目 | 実行計画 | 進捗状況 | 今後の方向性 | 担当課
    凡例　✓：完了　◇：完了の目途　・：継続中 | | | |
    1 情報 | {_TITLES} | {_TOLD} | ①完了⏎②③継続（続ける） | {_SECTIONS}
    2 場 | ④懇談会⏎⑤協議会 | ・4回開催⏎・設置した⏎・規則を定めた | ⑤拡充（回数を増やす） | 企画課
    """
)


def test_several_actions_in_a_cell_are_matched_by_number_else_by_order():
    plan = read(PACKED)
    assert [each.number for each in plan.actions] == ["①", "②", "③", "④", "⑤"]
    assert told(plan, "出前講座") == ["平成30年度 ・ 小学校区ごとに実施中\n（3学区で終了）"]
    assert outlooks(plan, "学生との協働") == ["平成30年度 継続 続ける"]
    assert action(plan, "出前講座").sections == ("福祉課", "市民課")
    assert action(plan, "懇談会").sections == ("企画課",)


def test_where_the_counts_differ_what_is_matched_is_matched_and_the_rest_is_told():
    plan = read(PACKED)
    assert told(plan, "懇談会") == ["平成30年度 ・ 4回開催"]
    assert told(plan, "協議会") == ["平成30年度 ・ 設置した", "平成30年度 ・ 規則を定めた"]
    [unread] = [each for each in plan.unread if "数が合わない" in each.reason]
    assert unread.place.label == "「一覧」シート 4行 C列"


def test_each_value_knows_the_part_of_the_cell_that_it_is():
    plan = read(PACKED)
    cell = PACKED.text(3, 2)
    title = next(
        each for each in action(plan, "出前講座").origins if each.field is ColumnRole.ACTION
    )
    assert cell[title.start : title.end] == "出前講座"
    assert title.form is Form.NUMBERED
    status = next(
        each for each in action(plan, "出前講座").origins if each.field is ColumnRole.STATUS
    )
    assert status.form is Form.LED
    assert PACKED.text(3, 3)[status.start :].startswith("・小学校区")


def test_months_of_one_year_are_rounds_of_their_own():
    plan = read(
        grid(
            """
            進捗状況一覧（平成19年９月末現在）
            大項目 | 番号 | 改革項目 | 担当課 | 進捗段階 | | | 取組状況（平成19年９月末現在）
            | | | | H19.3末 | H19.6末 | H19.9末 |
            1 事務 | 1 | 手当の見直し | 総務課 | 1 | 2 | 5 | 4月から実施した。
            | 2 | 窓口の委託 | 市民課 | 1 | 1 | 3 | 仕様を検討している。
            2 施設 | 3 | 給食の統合 | 教育課 | 2 | 2 | 2 | 用地を探している。
            | 4 | 保育所の民営化 | 児童課 | 1 | 3 | 4 | 説明会を開いた。
            | 5 | 公園の委託 | 都市計画課 | 1 | 1 | 1 | 協議している。
            """,
            *("A1:H1", "E2:G2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "H2:H3"),
        )
    )
    assert [each.name for each in plan.rounds] == [
        *("平成19年3月末", "平成19年6月末", "平成19年9月末"),
    ]
    assert told(plan, "手当の見直し")[-1] == "平成19年9月末 5 4月から実施した。"


def test_rows_of_an_action_are_read_as_the_word_beside_them_says():
    plan = read(
        grid(
            """
            施策評価（令和5年度）
            類型 | № | 取組 | 所管課 | 区分 | 内容 | 進捗区分
            学校 | 1 | 校舎の改修 | 教育総務課 | 計画 | 実施設計 | B
            | | | | 実績 | 設計を完了した。 |
            | | | | 課題 | 資材の価格が上がった。 |
            | 2 | 空調の設置 | 教育総務課 | 計画 | 工事 | A
            | | | | 実績 | 2期工事を終えた。 |
            | | | | 課題 | 特になし |
            """,
            *("A3:A8", "B3:B5", "C3:C5", "D3:D5", "G3:G5", "B6:B8", "C6:C8", "D6:D8", "G6:G8"),
        )
    )
    assert told(plan, "校舎の改修") == ["令和5年度 B 設計を完了した。"]
    assert "実施設計" in action(plan, "校舎の改修").description
    assert "資材の価格が上がった。" in action(plan, "校舎の改修").note


def test_the_offices_own_grade_is_the_status_and_that_of_others_a_note():
    plan = read(
        grid(
            """
            環境基本計画　評価（令和4年度）
            分野 | 番号 | 施策 | 所管課 | 評価者 | 評価 | 取組実績／意見
            自然 | 1 | 里山の保全 | 環境課 | 内部 | 4 | 8団体に貸した。
            | | | | 外部 | 3 | 若い参加者を増やすこと。
            | 2 | 海岸の清掃 | 環境課 | 内部 | 3 | 18tを集めた。
            | | | | 外部 | 4 | 継続されたい。
            """,
            *("A3:A6", "B3:B4", "C3:C4", "D3:D4", "B5:B6", "C5:C6", "D5:D6"),
        )
    )
    assert told(plan, "里山の保全") == ["令和4年度 4 8団体に貸した。"]
    assert "若い参加者を増やすこと。" in action(plan, "里山の保全").note


def test_a_legend_below_the_table_gives_meanings_and_no_headings():
    plan = read(
        grid(
            """
            指標の一覧（平成29年度）
            指標 | 担当課 | 評価 | 実績の分析
            基本目標1　仕事をつくる | | |
            新規就農者数（人） | 産業課 | ◎ | 11人が就農した。
            観光入込客数（万人） | 産業課 | ○ | 前年を上回った。
            木質資源の利用量（t） | 森林課 | × | 事業者が撤退した。
            基本目標2　人を呼ぶ | | |
            移住者数（組） | 企画課 | ◎ | 24組が移住した。
            【評価区分】 | | |
            ◎　目標値以上 | | |
            ○　目標値と同等 | | |
            ×　進捗なし | | |
            """,
            *("A3:D3", "A7:D7"),
        )
    )
    assert len(plan.headings) == 2
    assert len(plan.actions) == 4
    assert marks(plan)[:2] == ["◎ 目標値以上 done", "○ 目標値と同等 ongoing"]


def test_tables_below_each_other_with_headings_of_their_own_are_read_as_parts():
    plan = read(
        grid(
            """
            実施計画　令和元年度実施状況 | | | | |
            １ 完了事業 | | | | |
            No. | 事業名 | 所管 | 完了年月 | 成果
            1 | 保育所の民営化 | 子育て支援課 | H31.4 | 社会福祉法人へ移管した。
            2 | 台帳の整備 | 財政課 | R1.9 | 全施設の台帳を公表した。
            3 | 窓口の委託 | 市民課 | R1.7 | 11業務を委託した。
            | | | | |
            ２ 継続事業 | | | | |
            No. | 事業名 | 所管 | 評価 | 令和元年度の取組 | 令和2年度の取組予定
            4 | 補助金の見直し | 財政課 | ○ | 8件を廃止した。 | 要綱を改める。
            5 | 使用料の改定 | 財政課 | △ | 原価を計算した。 | 条例を改正する。
            6 | 時間外の縮減 | 人事課 | ○ | 月平均で2時間減った。 | 続ける。
            """
        )
    )
    assert [each.title for each in plan.headings] == ["完了事業", "継続事業"]
    assert told(plan, "窓口の委託") == ["令和元年度 11業務を委託した。"]
    assert outlooks(plan, "使用料の改定") == ["令和元年度 条例を改正する。"]
