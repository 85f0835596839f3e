"""Headings that stand in rows of their own, with totals, notes and repeated headings between."""

from tests.domain.importing.tables import grid, marks, outline, read, told

CHILDREN = grid(
    """
    子どもプラン（次世代育成支援行動計画）⏎平成23年度の進捗状況 | | | | |
    【進捗状況欄】○：概ね実施した　終：終了したもの　△：実施できず　―：今後実施予定 | | | | |
    | | | | |
    番号 | 事業名 | 所管課 | 進捗⏎状況 | 平成23年度の実績 | 備考
    基本目標1　こどもの参画の推進 | | | | |
    基本施策1-1　参画の機会づくり | | | | |
    1 | こども議会の開催 | 指導課 | ○ | 8月に開催した。 |
    2 | こどものまちの開催 | こども企画課 | ◯ | 3日間で2,310人が参加した。 |
    | | 生涯学習課 | △ | 規模を縮小した。 |
    小計 | | | 3 | ○ 2　△ 1 |
    番号 | 事業名 | 所管課 | 進捗⏎状況 | 平成23年度の実績 | 備考
    基本目標2　子育て家庭への支援 | | | | |
    基本施策2-1　サービスの充実 | | | | |
    3 | 一時預かり事業 | 保育課 | 終 | 事業を終了した。 |
    4 | こども議会の開催（再掲） | 指導課 | | （１－１に掲載） | 再掲
    計 | | | 4 | |
    ※　所管が複数ある事業は、所管ごとに数えている。 | | | | |
    """,
    *("A1:F1", "A2:F2", "A5:F5", "A6:F6", "A8:A9", "B8:B9", "A12:F12", "A13:F13", "A17:F17"),
)


def test_rows_across_the_table_are_headings_and_sums_and_notes_are_left_out():
    assert outline(read(CHILDREN)) == [
        "1 こどもの参画の推進",
        "  1-1 参画の機会づくり",
        "    1 こども議会の開催",
        "    2 こどものまちの開催",
        "2 子育て家庭への支援",
        "  2-1 サービスの充実",
        "    3 一時預かり事業",
        "    4 こども議会の開催（再掲）",
    ]


def test_the_words_before_the_numbers_name_the_levels():
    plan = read(CHILDREN)
    assert plan.levels == (("基本目標", "1"), ("基本施策", ""), ("事業", ""))
    assert plan.title == "子どもプラン（次世代育成支援行動計画） 平成23年度の進捗状況"


def test_every_section_of_an_action_has_its_own_grade():
    assert told(read(CHILDREN), "こどものまちの開催") == [
        "平成23年度 こども企画課 ○ 3日間で2,310人が参加した。",
        "平成23年度 生涯学習課 △ 規模を縮小した。",
    ]


def test_the_legend_explains_the_marks():
    assert marks(read(CHILDREN)) == [
        "○ 概ね実施した near",
        "終 終了したもの done",
        "△ 実施できず not_started",
        "― 今後実施予定 not_started",
    ]


def test_a_relisted_row_only_adds_a_place():
    assert told(read(CHILDREN), "こども議会の開催") == ["平成23年度 ○ 8月に開催した。"]
