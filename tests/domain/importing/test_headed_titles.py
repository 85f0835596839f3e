"""Cells that hold the title of an action with its section, its mark or a text below it."""

from tests.domain.importing.tables import action, grid, marks, outline, read, told

_TANKS = "(2) 貯水槽の指導⏎　320件を訪ね、⏎　38件に求めた。"
_PIPES = "(1) 管路の耐震化⏎　4km直した。⏎(2) 訓練⏎　2回行った。"
NUMBERED = grid(
    f"""
    水道ビジョン　平成29年度の進み具合 | | | |
    分野 | めざすもの | 取り組み内容 | 担当課 | 進捗
    安全 | 飲める水 | (1) 水質の検査⏎　毎月調べた。⏎{_TANKS} | 浄水課 | (1)○ (2)△
    強靱 | 災害に強い水道 | {_PIPES} | (1)工務課⏎(2)総務課 | (1)△ (2)○
    持続 | 健全な経営 | (1) 料金の見直し⏎　諮った。⏎(2) 広域化⏎　4回出た。 | 総務課 | (1)○ (2)○
    """
)


def test_titles_with_their_texts_in_one_cell_are_actions_where_others_count_like_them():
    plan = read(NUMBERED)
    assert outline(plan)[:4] == [
        "安全",
        "  飲める水",
        "    (1) 水質の検査",
        "    (2) 貯水槽の指導",
    ]
    assert told(plan, "貯水槽の指導") == ["平成29年度 △ 320件を訪ね、\n38件に求めた。"]
    assert action(plan, "訓練").sections == ("総務課",)


_FIRST = "■市民文化祭（文化課）〔◎〕⏎　3,214人が来場した。⏎■開放（美術館）〔×〕⏎　開けなかった。"
_SECOND = (
    "■団体（A型）の補助（文化課）〔×〕⏎　14団体にとどまった。⏎■展示（文化課）〔◎〕⏎　開いた。"
)
IN_BRACKETS = grid(
    f"""
    文化芸術計画　平成29年度の取組 | | |
    〔◎〕進んだ　〔×〕進まなかった | | |
    番号 | 基本目標 | 主な取組（所管課）〔評価〕と内容 | 審議会の意見
    Ⅰ | 鑑賞 | {_FIRST} |
    Ⅱ | 活動 | {_SECOND} |
    """
)


def test_sections_and_marks_in_brackets_behind_titles_are_taken():
    plan = read(IN_BRACKETS)
    assert [each.title for each in plan.actions] == [
        "市民文化祭",
        "開放",
        "団体（A型）の補助",
        "展示",
    ]
    assert action(plan, "開放").sections == ("美術館",)
    assert told(plan, "開放") == ["平成29年度 × 開けなかった。"]
    assert [each.split()[0] for each in marks(plan)] == ["◎", "×"]
    cell = IN_BRACKETS.rows[3][2]
    spans = [each for each in action(plan, "開放").origins if each.place.column == 3]
    parts = {cell[each.start : each.end].strip() for each in spans}
    assert parts == {"開放", "美術館", "×", "開けなかった。"}


def test_a_text_below_each_title_is_told_and_a_title_of_two_lines_stays_whole():
    def table(first: str, second: str):
        return read(
            grid(
                f"""
                交通安全計画（平成29年度） | | | |
                柱 | 番号 | 事業 | 担当課 | 評価
                道路 | 1 | {first} | 土木課 | ○
                教育 | 2 | {second} | 市民課 | ×
                """
            )
        )

    texts = table("通学路の点検⏎16校で行った。", "高齢者の教室⏎3回にとどまった。")
    assert told(texts, "高齢者の教室") == ["平成29年度 × 3回にとどまった。"]
    lines = table("通学路の点検⏎及び改修", "高齢者の教室⏎（公民館）")
    assert [each.title for each in lines.actions] == [
        "通学路の点検及び改修",
        "高齢者の教室（公民館）",
    ]


_IN_ONE = "①相談会の開催（企画課）⏎②動画の制作（企画課、広報室）"
OFFICES_INSIDE = grid(
    f"""
    移住プラン　平成29年度取組状況 | | | |
    番号 | 施策 | 具体的な取組（担当課） | 平成29年度の取組状況・成果 | 評価
    1 | 情報の発信 | {_IN_ONE} | ①6回開いた。⏎②5本を公開した。 | A
    2 | 住まいの確保 | ①空き家の紹介（住宅課）⏎②改修の補助（住宅課） | ①29件。⏎②14件。 | B
    3 | 仕事の支援 | ①就農の支援（農林課）⏎②創業の支援（商工課） | ①2人。⏎②4件。 | A
    4 | 暮らしの支援 | ①交流会（企画課）⏎②家賃の補助（住宅課） | ①96人。⏎②34世帯。 | C
    """
)


def test_a_column_named_for_actions_and_their_sections_has_the_actions():
    plan = read(OFFICES_INSIDE)
    assert outline(plan)[:3] == ["1 情報の発信", "  ① 相談会の開催", "  ② 動画の制作"]
    assert action(plan, "動画の制作").sections == ("企画課", "広報室")
    assert told(plan, "改修の補助") == ["平成29年度 B 14件。"]


_LINES = "・森の調査⏎・林の整備 | ・環境課⏎・緑の課 | ・4回行った。⏎・園路を整えた。 | ○⏎△"
TWO_HEADING_ROWS = grid(
    f"""
    自然の戦略　行動計画の進捗状況（平成29年度） | | | | | |
    基本戦略 | 行動計画 | 取組状況 | | | | 備考
     | | 取組 | 担当課 | 平成29年度の実施内容 | 進捗 |
    戦略１　まもる | 1-1　森の保全 | {_LINES} |
     | 1-2　水辺の保全 | ・川の改善⏎・水の調査 | 環境課 | ・要望した。⏎・11か所。 | △⏎○ |
    戦略２　つなぐ | 2-1　農地の保全 | ・農園⏎・支援 | ・農業課⏎・緑の課 | ・開園。⏎・3戸。 | ○⏎○ |
     | 2-2　緑の網 | ・認定⏎・植樹 | ・緑の課⏎・道路課 | ・412戸。⏎・38本。 | ○⏎○ |
    """,
    "C2:F2",
)


def test_lines_in_order_below_two_rows_of_headings_are_actions():
    plan = read(TWO_HEADING_ROWS)
    assert outline(plan)[:4] == ["１ まもる", "  1-1 森の保全", "    森の調査", "    林の整備"]
    assert action(plan, "水の調査").sections == ("環境課",)
    assert told(plan, "林の整備") == ["平成29年度 △ 園路を整えた。"]
