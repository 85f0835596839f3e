"""Rows of every kind: outlines in one column, blocks, marked lines, re-listings."""

import pytest

from tests.domain.importing.tables import action, grid, marks, outline, read, told

TOWN = grid(
    """
    推進項目 | 施策 | 番号 | 実行計画 | 進捗状況
    1 環境づくり | (1) 拠点の整備 | ① | ブースの設置 | ◇ 開設すれば完了（28年3月予定）
    | (2) 支援の充実 | ① | 推進課の設置 | ✓ 平成23年度新設し完了
    | | ② | 職員研修の実施 | ・市内研修を実施中⏎・専門研修へ派遣中
    5 市の体制 | (1) 体制の整備 | ① | 推進課の設置（再掲） | ✓ 平成23年度新設し完了
    """,
    *("A2:A4", "B3:B4"),
)


def test_marks_before_the_texts_are_the_statuses_and_part_the_lines():
    plan = read(TOWN, name="進捗_2015.xlsx")
    assert marks(plan) == ["◇ 完了の目途 near", "✓ 完了 done", "・ 継続中 ongoing"]
    assert told(plan, "職員研修の実施") == [
        "平成27年度 ・ 市内研修を実施中",
        "平成27年度 ・ 専門研修へ派遣中",
    ]
    assert outline(plan)[-1] == "    ① 推進課の設置（再掲）"
    assert plan.unread == ()


BLOCKS = grid(
    """
    環境基本計画 進捗状況（平成29年度） | | |
    Ⅰ　自然環境の保全 | | |
    (1) 緑の保全 | | |
    取組 | 担当課 | 評価 | 実績
    ① 植樹祭 | 公園課 | ○ | 開催した。
    ② 里山の保全 | 環境課 | △ | 下草を刈った。
    | | |
    (2) 水辺の保全 | | |
    取組 | 担当課 | 評価 | 実績
    ① 川の清掃 | 河川課 | ○ | 2回行った。
    Ⅱ　資源の循環 | | |
    (1) ごみの減量 | | |
    取組 | 担当課 | 評価 | 実績
    ① 分別の徹底 | 環境課 | ◎ | 冊子を配った。
    """
)


def test_blocks_with_their_own_heading_rows_are_one_table():
    plan = read(BLOCKS)
    assert outline(plan) == [
        "Ⅰ 自然環境の保全",
        "  (1) 緑の保全",
        "    ① 植樹祭",
        "    ② 里山の保全",
        "  (2) 水辺の保全",
        "    ① 川の清掃",
        "Ⅱ 資源の循環",
        "  (1) ごみの減量",
        "    ① 分別の徹底",
    ]
    assert [style for _, style in plan.levels] == ["Ⅰ", "(1)", "①"]
    assert plan.title == "環境基本計画 進捗状況（平成29年度）"


INDENTED = grid(
    """
    取組 | 所管課 | 状況
    環境 | |
    ごみの減量 | |
    分別の徹底 | 環境課 | 実施済
    集団回収 | 環境課 | 実施中
    緑化 | |
    植樹祭 | 公園課 | 実施済
    """,
    indents={"A3": 1, "A4": 2, "A5": 2, "A6": 1, "A7": 2},
)


def test_an_outline_in_one_column_is_read_by_its_indentation():
    plan = read(INDENTED)
    assert outline(plan) == [
        "環境",
        "  ごみの減量",
        "    分別の徹底",
        "    集団回収",
        "  緑化",
        "    植樹祭",
    ]
    assert told(plan, "集団回収") == ["平成30年度 実施中"]


NUMBERED = grid(
    """
    番号 | 項目 | 担当 | 達成状況
    1 | 環境 | |
    1-(1) | ごみの減量 | |
    1-(1)-① | 分別の徹底 | 環境課 | 達成
    1-(1)-② | 集団回収 | 環境課 | 未達成
    2 | 福祉 | |
    2-(1) | 高齢者 | |
    2-(1)-① | 見守り | 福祉課 | 達成
    """
)


def test_an_outline_with_numbers_in_a_column_is_read_by_their_style():
    assert outline(read(NUMBERED)) == [
        "1 環境",
        "  1-(1) ごみの減量",
        "    1-(1)-① 分別の徹底",
        "    1-(1)-② 集団回収",
        "2 福祉",
        "  2-(1) 高齢者",
        "    2-(1)-① 見守り",
    ]


def sheet(name: str, top: str, first: str, second: str):
    return grid(
        f"""
        こども計画　進捗状況（令和2年度） | | | |
        {top} | | | |
        施策 | № | 事業名 | 担当課 | 評価
        {first} | 1 | {first}の事業 | こども課 | Ａ
        {second} | 2 | {second}の事業 | 保育課 | Ｂ
        """,
        sheet=name,
    )


NOTES = grid("凡例 |\nＡ | 計画どおり\nＢ | 遅れている", sheet="凡例")
SUMMARY = grid("基本目標 | A | B | 計\n1 | 1 | 1 | 2\n2 | 1 | 1 | 2\n計 | 2 | 2 | 4", sheet="集計")


def test_sheets_of_one_plan_follow_each_other_below_the_line_over_their_tables():
    plan = read(
        SUMMARY,
        sheet("目標1", "基本目標1　育ち", "保育", "遊び"),
        sheet("目標2", "基本目標2　学び", "学校", "図書"),
        NOTES,
    )
    assert outline(plan) == [
        "1 育ち",
        "  保育",
        "    1 保育の事業",
        "  遊び",
        "    2 遊びの事業",
        "2 学び",
        "  学校",
        "    1 学校の事業",
        "  図書",
        "    2 図書の事業",
    ]
    assert marks(plan) == ["Ａ 計画どおり ongoing", "Ｂ 遅れている ongoing"]


def test_the_name_of_a_sheet_is_its_heading_where_nothing_else_says_so():
    plan = read(sheet("1 育ち", "", "保育", "遊び"), sheet("2 学び", "", "学校", "図書"))
    assert outline(plan)[:3] == ["1 育ち", "  保育", "    1 保育の事業"]
    assert len(plan.levels) == 3


@pytest.mark.parametrize(
    "again",
    ["見守り（再掲）", "【再掲】見守り", "再掲 見守り", "見守り ［再］", "見守り（再掲：1-①）"],
)
def test_the_word_for_re_listing_may_stand_anywhere_in_the_title(again: str):
    plan = read(
        grid(
            f"""
            施策 | 番号 | 事業名 | 担当課 | 状況
            高齢者 | ① | 見守り | 福祉課 | 継続中
            防犯 | ② | パトロール | 安全課 | 継続中
            防犯 | ③ | {again} | 安全課 |
            """
        )
    )
    assert outline(plan)[-1] == "  ③ 見守り（再掲）"
    assert action(plan, "見守り").sections == ("福祉課", "安全課")


def test_re_listing_may_have_a_column_or_stand_for_the_number():
    table = """
        施策 | 番号 | 事業名 | {} | 状況
        高齢者 | ① | 見守り | | 継続中
        防犯 | {} | 見守り | {} | 継続中
        """
    for words, number, tick in (("再掲", "①", "○"), ("備考", "再", ""), ("備考", "①", "再掲")):
        plan = read(grid(table.format(words, number, tick)))
        assert [len(each.relisted) for each in plan.actions] == [1], words


def test_a_re_listing_without_a_home_stays_and_is_told():
    plan = read(grid("施策 | 事業名 | 状況\n防犯 | 見守り（再掲） | 継続中\n防犯 | 街灯 | 完了"))
    assert outline(plan) == ["防犯", "  見守り", "  街灯"]
    assert plan.unread[0].reason.startswith("再掲のもと")
    assert plan.unread[0].place.label == "「一覧」シート 2行 B列"


def test_several_grades_in_one_cell_belong_to_the_sections_beside_them():
    plan = read(
        grid(
            """
            施策 | 事業名 | 担当課 | 評価
            防犯 | 見守り | 福祉課⏎安全課 | ○⏎△
            防犯 | 街灯 | 安全課 | ○
            """
        )
    )
    assert told(plan, "見守り") == ["平成30年度 福祉課 ○", "平成30年度 安全課 △"]


def test_another_table_below_is_not_read():
    plan = read(
        grid(
            """
            施策 | 事業名 | 担当課 | 評価
            防犯 | 見守り | 福祉課 | A
            防犯 | 街灯 | 安全課 | B
            | | |
            評価 | 件数 | 割合 | 備考
            A | 1 | 50％ |
            B | 1 | 50％ |
            """
        )
    )
    assert [each.title for each in plan.actions] == ["見守り", "街灯"]


def test_actions_without_any_heading_stand_below_one_for_all():
    plan = read(grid("担当課 | 事業名 | 進捗\n福祉課 | 見守り | 完了\n安全課 | 街灯 | 未着手"))
    assert outline(plan) == ["全体", "  見守り", "  街灯"]
    assert len(plan.levels) == 2


def test_a_sentence_between_the_rows_is_told_and_not_taken_for_an_action():
    plan = read(
        grid(
            """
            № | 事業名 | 担当課 | 評価
            基本目標1　安心 | | |
            1 | 見守り | 福祉課 | A
            次の事業は、市民の協力を得て行うものである。 | | |
            2 | 街灯 | 安全課 | B
            """,
            "A4:D4",
        )
    )
    assert outline(plan) == ["1 安心", "  1 見守り", "  2 街灯"]
    assert [each.place.label for each in plan.unread] == ["「一覧」シート 4行 A列"]


def test_a_heading_may_break_after_its_number_and_in_its_words():
    plan = read(
        grid(
            """
            柱 | 施策 | 事業 | 評価
            柱１⏎次代を⏎担う人 | １⏎学校教育 | 図書の⏎充実 | A
            | ２⏎社会教育 | 講座 | B
            """
        )
    )
    assert outline(plan)[:3] == ["１ 次代を担う人", "  １ 学校教育", "    図書の充実"]
    assert plan.levels == (("柱", "1"), ("施策", "1"), ("事業", ""))


def test_word_and_title_of_a_heading_may_stand_in_two_cells():
    plan = read(
        grid(
            """
            № | 事業名 | 担当課 | 評価
            基本目標Ⅰ | 安心して暮らす | |
            1 | 見守り | 福祉課 | A
            基本目標Ⅱ | 元気に働く | |
            1 | 市場 | 商工課 | B
            """
        )
    )
    assert outline(plan) == [
        *("Ⅰ 安心して暮らす", "  1 見守り"),
        *("Ⅱ 元気に働く", "  1 市場"),
    ]


def test_who_does_it_is_no_status():
    plan = read(
        grid(
            """
            施策 | 事業名 | 主な主体 | | | 評価
            | | 市民 | 事業者 | 行政 |
            防犯 | 見守り | ○ | | ○ | A
            防犯 | 街灯 | | ○ | ○ | B
            """,
            *("A1:A2", "B1:B2", "C1:E1", "F1:F2"),
        )
    )
    assert [each.mark for each in plan.statuses] == ["A", "B"]
    assert told(plan, "街灯") == ["平成30年度 B"]


def test_numbers_that_follow_from_the_place_are_the_style_of_the_level():
    plan = read(
        grid(
            """
            推進項目 | 施策 | 実行計画 | 状況
            1 環境づくり | (1) 拠点 | ① ブースの設置 | ✓H26.4に設置⏎◇看板は28年3月に完了予定
            1 環境づくり | (1) 拠点 | ② センターの創設 | ◇28年3月開設予定
            2 担い手 | (1) 発掘 | ① センターの創設(再掲) | ◇28年3月開設予定
            2 担い手 | (1) 発掘 | ② 講座の開設 | ・
            """
        )
    )
    assert plan.levels == (("推進項目", "1"), ("施策", "(1)"), ("実行計画", "①"))
    assert told(plan, "ブースの設置") == [
        "平成30年度 ✓ H26.4に設置",
        "平成30年度 ◇ 看板は28年3月に完了予定",
    ]


class EmptyRow(tuple):
    """Counts how often anybody looks at it."""

    looks = 0

    def __len__(self):
        EmptyRow.looks += 1
        return 0

    def __iter__(self):
        EmptyRow.looks += 1
        return super().__iter__()

    def __getitem__(self, place):
        EmptyRow.looks += 1
        return super().__getitem__(place)


def test_a_text_in_the_last_row_of_a_sheet_changes_nothing():
    """Nor is each of the empty rows, of which there may be a million, looked at many times."""
    table = grid("施策 | 事業名 | 評価\n環境 | 清掃 | A\n環境 | 植樹 | B")
    empty = (EmptyRow(),) * 5_000
    long = table._replace(rows=(*table.rows, *empty, ("※ 注意",)))
    assert read(long)._replace(unread=()) == read(table)
    assert EmptyRow.looks < 8 * len(empty)


def test_a_row_of_several_marked_lines_explains_no_marks():
    plan = read(
        grid(
            """
            協働推進計画　進捗状況（令和4年度） | | |
            推進項目 | 実行計画 | 担当課 | 進捗状況
            (1)人づくり | ①講座の開催⏎②手引の作成⏎③交流会 | 協働課 | ✓ 開いた。⏎・ 書く。⏎・ 来年。
            (2)場づくり | ④広場の整備⏎⑤看板の設置 | 都市課 | ✓ 整備した。⏎・ 場所を決めた。
            """
        )
    )
    assert [each.title for each in plan.actions][3:] == ["広場の整備", "看板の設置"]
