"""Cells of which each part says what it is: 【進捗】… 【課題】… 【今後】…."""

from kyodo_desktop.domain.importing.labelled_parts import labelled_parts
from tests.domain.importing.tables import action, grid, marks, outlooks, read, told

IN_BRACKETS = grid(
    """
    スポーツ推進計画　点検表（平成29年度） | | | |
    柱 | No | 事業 | 主担当 | 点検 | 自己判定
    1 する | 1 | 体操会 | 総務課 | （実績）⏎○30日間開いた。⏎（問題点）駐車場⏎（方針）⏎続ける。 | ○
    | 2 | マラソン | スポーツ課 | （実績）⏎・1,820人が走った。⏎・救護所を置いた。⏎（問題点）⏎― | ○
    2 みる | 3 | 球団の誘致 | 観光課 | 【方針】照明を直す。【実績】球団を訪ねた。 | ×
    ○：達成　×：未達成 | | | | |
    """
)


def test_parts_of_a_cell_go_where_their_labels_say():
    plan = read(IN_BRACKETS)
    assert told(plan, "体操会") == ["平成29年度 ○ 30日間開いた。"]
    assert action(plan, "体操会").note == "問題点：駐車場"
    assert outlooks(plan, "体操会") == ["平成29年度 続ける。"]
    assert told(plan, "マラソン") == ["平成29年度 ○ ・1,820人が走った。\n・救護所を置いた。"]
    assert action(plan, "マラソン").note == ""
    assert told(plan, "球団の誘致") == ["平成29年度 × 球団を訪ねた。"]
    assert outlooks(plan, "球団の誘致") == ["平成29年度 照明を直す。"]


def test_a_value_knows_its_part_of_the_cell():
    found = action(read(IN_BRACKETS), "体操会")
    cell = IN_BRACKETS.rows[2][4]
    spans = [each for each in found.origins if each.place.column == 5]
    assert [cell[each.start : each.end] for each in spans] == [
        "駐車場",
        "続ける。",
        "30日間開いた。",
    ]


def test_labels_before_colons_tell_plans_grades_and_directions_too():
    plan = read(
        grid(
            """
            地域公共交通計画　平成29年度実績 | | |
            基本方針 | 施策 | 所管 | 計画・実績・評価
            Ⅰ 維持 | 路線の維持 | 交通課 | 計画：維持⏎実績：維持した。⏎評価：○⏎今後の方向性：継続
            | 乗合タクシー | 交通課 | 計画：2地区⏎実績：始めた。⏎利用者：120人⏎評価：△⏎今後：拡充
            Ⅱ 利用 | 乗り方教室 | 学校教育課 | 計画：6校⏎実績：8校で開いた。⏎評価：○⏎今後：継続
            ○：計画どおり　△：一部 | | |
            """
        )
    )
    assert marks(plan) == ["○ 計画どおり ongoing", "△ 一部 ongoing"]
    assert told(plan, "乗合タクシー") == ["平成29年度 △ 始めた。\n利用者：120人"]
    assert action(plan, "乗合タクシー").description == "計画：2地区"
    assert outlooks(plan, "乗合タクシー") == ["平成29年度 拡充"]


def test_one_label_or_words_that_are_none_do_not_part_a_cell():
    for text in (
        "【継続】続ける。",
        "【実績】3回",
        "・会場：市役所\n・参加者：20人",
        "進捗は順調",
    ):
        assert labelled_parts(text) == ()
