"""Books of forms are read by their labels, wherever their values stand."""

import cProfile
from datetime import date

import pytest

from kyodo_desktop.domain.importing.forms.propose import propose_forms
from kyodo_desktop.domain.importing.forms.reader import read_forms
from kyodo_desktop.domain.importing.found_plan import Form, FoundPlan
from kyodo_desktop.domain.importing.grid import Book, Grid
from kyodo_desktop.domain.importing.mapping import ColumnRole, Mapping
from kyodo_desktop.domain.importing.mapping_json import mapping_as_json, mapping_from_json
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping
from tests.domain.importing.forms_layouts import ALL, GRADES, LAYOUTS, Sheet, printed
from tests.domain.importing.forms_offices import GRADES_OF, OFFICES, OTHERS
from tests.domain.importing.tables import grid

WORDS = {
    "printed_choices",
    "choices_in_cells",
    "ticks_below_words",
}  # where the grade is a word, not a letter


# Of one row of a table nobody can tell whether it is a form or a list.
TABLES = {"table_of_actions", "policy_with_its_actions"}


def read(*grids, name="様式.xlsx") -> FoundPlan:
    book = Book(name, grids)
    [mapping, *_] = propose_forms(book, 2017)
    return read_forms(book, mapping, 2017)


def read_best(*grids) -> FoundPlan:
    """Read a book as the best of all readings does, those as a list among them."""
    book = Book("様式.xlsx", grids)
    return read_plan(book, guess_mapping(book, date(2018, 6, 1)))


def shown(plan: FoundPlan) -> list[tuple]:
    """Return what was read of each action, in short."""
    return [
        (
            each.path,
            (each.number, each.title),
            each.sections,
            each.related_sections,
            [line[2:4] for line in each.lines if line.round == "平成29年度"],
            [outlook[:3] for outlook in each.outlooks],
        )
        for each in plan.actions
    ]


def filled_in_offices(layout: str, its) -> list[tuple]:
    grade = GRADES_OF.get(layout, {each: each for each in GRADES})
    return [
        (
            (it.goal, it.policy),
            (it.number, it.title),
            (it.section,),
            () if it.related == "―" else (it.related,),
            [(grade[it.status], it.done)],
            [("平成29年度", it.direction, it.next)],
        )
        for it in its
    ]


def filled_in(layout: str, its=ALL) -> list[tuple]:
    grade = GRADES if layout in WORDS else {each: each for each in GRADES}
    return [
        (
            (it.goal, it.policy),
            (it.number, it.title),
            (it.section,),
            () if it.related in ("", "―") else (it.related,),
            [(grade.get(it.status, ""), it.done)] if it.status or it.done else [],
            [("平成29年度", it.direction, it.next)] if it.direction or it.next else [],
        )
        for it in its
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_is_read_however_it_is_laid_out(layout):
    plan = read(*LAYOUTS[layout]())
    assert shown(plan) == filled_in(layout)
    assert all(it.about in each.description for it, each in zip(ALL, plan.actions, strict=True))


@pytest.mark.parametrize("layout", OFFICES)
def test_forms_of_other_offices_are_read_as_well(layout):
    its = OTHERS[:4]
    plan = read(*OFFICES[layout](its))
    assert shown(plan) == filled_in_offices(layout, its)
    assert all(it.about in each.description for it, each in zip(its, plan.actions, strict=True))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_two_forms_are_enough_to_tell_what_is_printed(layout):
    assert shown(read(*LAYOUTS[layout](ALL[:2]))) == filled_in(layout, ALL[:2])


@pytest.mark.parametrize("layout", sorted({*LAYOUTS, *OFFICES} - TABLES))
def test_one_form_alone_is_read_by_the_words_of_its_labels(layout):
    if layout in LAYOUTS:
        book, expected = LAYOUTS[layout](ALL[:1]), filled_in(layout, ALL[:1])
    else:
        its = OTHERS[: 2 if layout == "side_by_side" else 1]
        book, expected = OFFICES[layout](its), filled_in_offices(layout, its)
    assert shown(read_best(*book)) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_was_left_blank_stays_blank(layout):
    its = (
        ALL[0]._replace(related="", about=""),
        ALL[1]._replace(status="", direction=""),
        ALL[2]._replace(done="", next=""),
        ALL[3]._replace(number="", direction=""),
    )
    assert shown(read(*LAYOUTS[layout](its))) == filled_in(layout, its)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_value_names_the_part_of_the_cell_that_it_was_read_from(layout):
    grids = LAYOUTS[layout]()
    sheets = {each.sheet: each for each in grids}
    for action in read(*grids).actions:
        for origin in action.origins:
            cell = sheets[origin.place.sheet].text(origin.place.row, origin.place.column)
            part = cell[origin.start : origin.end].strip()
            if origin.field is ColumnRole.STATUS and origin.form is Form.TEXT:
                assert part.startswith(action.lines[origin.line].status)
            elif origin.field is ColumnRole.PROGRESS:
                assert part == action.lines[origin.line].text
            elif origin.field is ColumnRole.DIRECTION and origin.form is Form.TEXT:
                assert part == action.outlooks[0].direction
            else:
                assert part


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_of_a_form_is_dropped_in_silence(layout):
    """What stands in the form of one action alone is taken or told."""
    grids = LAYOUTS[layout]()
    plan = read(*grids)
    kept = "\n".join(map(repr, (plan.headings, plan.actions, plan.unread, plan.title)))
    for it in ALL:
        for text in (it.title, it.section, it.about, it.direction, it.next, *it.done.split("\n")):
            assert text in kept


def test_next_year_the_labels_are_found_wherever_they_stand():
    grids = LAYOUTS["labels_at_the_left"]()
    [mapping, *_] = propose_forms(Book("様式.xlsx", grids), 2017)
    kept = Mapping(mapping.title, (), mapping.levels, (), (), form=mapping)
    saved = mapping_from_json(mapping_as_json(kept)).form
    assert saved == mapping
    newer = []
    for at, it in enumerate(ALL):
        sheet = Sheet(f"H30-{at}")
        sheet.put((1, 6, "協働推進計画　進行管理シート"))
        sheet.put((6, 6, "（平成30年度実績）"))
        sheet.put((1, 1, "取組名"), (2, 2, it.number), (3, 6, it.title))
        sheet.put((1, 1, "新しい欄"), (2, 6, "新しい値"))
        sheet.put((1, 1, "基本目標"), (2, 2, it.goal[0]), (3, 6, it.goal[1]))
        sheet.put((1, 1, "施策の方向"), (2, 2, it.policy[0]), (3, 6, it.policy[1]))
        sheet.put((1, 1, "進捗状況"), (2, 2, "B"), (3, 6, "続けた。"))
        newer.append(sheet.grid)
    plan = read_forms(Book("様式.xlsx", tuple(newer)), saved, 2018)
    assert [(each.path, each.number, each.title) for each in plan.actions] == [
        ((it.goal, it.policy), it.number, it.title) for it in ALL
    ]
    assert {line[:4] for each in plan.actions for line in each.lines} == {
        ("平成30年度", "", "B", "続けた。")
    }


def test_a_list_is_no_form():
    rows = """
        番号 | 事業名 | 担当課 | 評価 | 取組実績 | 今後の方向性
        1 | 市民会議 | 市民協働課 | A | 4回開いた。 | 継続
        2 | 広報紙 | 広報課 | B | 紙面を改めた。 | 拡充
        3 | 公募委員 | 総務課 | A | 5つの審議会で公募した。 | 継続
    """
    sheets = [grid(rows, sheet=name) for name in ("総務部", "市民部", "福祉部")]
    assert propose_forms(Book("一覧.xlsx", tuple(sheets)), 2017) == []
    assert propose_forms(Book("一覧.xlsx", tuple(sheets[:1])), 2017) == []


def test_choices_without_a_mark_are_told():
    sheets = []
    for it in ALL:
        sheet = Sheet(it.title)
        sheet.put((1, 1, "事業名"), (2, 4, it.title))
        sheet.put((1, 1, "施策"), (2, 4, it.policy[1]))
        sheet.put((1, 1, "担当課"), (2, 4, it.section))
        sheet.put((1, 1, "実績"), (2, 4, it.done))
        chosen = "" if it is ALL[1] else GRADES[it.status]
        sheet.put((1, 1, "達成度"), (2, 4, printed(chosen, "順調", "やや遅れ", "遅れ")))
        sheets.append(sheet.grid)
    plan = read(*sheets)
    assert [each.lines[0].status for each in plan.actions] == ["順調", "", "順調", "遅れ"]
    assert "「審議会委員の公募」シート 5行 B列" in [
        each.place.label for each in plan.unread if "印がない" in each.reason
    ]


def test_a_book_of_many_forms_takes_work_by_its_size():
    def calls(forms: int) -> int:
        book = Book("様式.xlsx", LAYOUTS["with_indicators"]()[1:] * (forms // len(ALL)))
        profile = cProfile.Profile()
        profile.runcall(propose_forms, book, 2017)
        return sum(each.callcount for each in profile.getstats())

    assert calls(4 * len(ALL)) < 6 * calls(len(ALL))


def test_each_section_of_a_small_table_has_its_own_line():
    sheets = []
    for it in ALL:
        sheet = Sheet(it.title)
        sheet.put((1, 5, "男女共同参画計画　平成29年度　実施状況報告書"))
        sheet.put((1, 1, "基本目標"), (2, 5, it.goal[1]))
        sheet.put((1, 1, "事業名"), (2, 5, f"{it.number} {it.title}"))
        sheet.put((1, 1, "事業内容"), (2, 5, it.about))
        sheet.put((1, 1, "担当課"), (2, 3, "実施状況"), (4, 4, "評価"), (5, 5, "今後の取組"))
        sheet.put((1, 1, it.section), (2, 3, it.done), (4, 4, it.status), (5, 5, it.next))
        sheet.put(
            (1, 1, "学校教育課"), (2, 3, f"{it.title}を教えた。"), (4, 4, "A"), (5, 5, "続ける。")
        )
        sheets.append(sheet.grid)
    plan = read(*sheets)
    assert [(each.sections, [line[1:4] for line in each.lines]) for each in plan.actions] == [
        (
            (it.section, "学校教育課"),
            [(it.section, it.status, it.done), ("学校教育課", "A", f"{it.title}を教えた。")],
        )
        for it in ALL
    ]


def test_sheets_of_two_years_are_rounds_of_the_same_actions():
    sheets = []
    for year, status in ((28, "B"), (29, "A")):
        for it in ALL:
            sheet = Sheet(f"H{year} {it.title}")
            sheet.put((1, 3, f"平成{year}年度　進行管理票"))
            sheet.put((1, 1, "施策"), (2, 3, it.policy[1]))
            sheet.put((1, 1, "取組名"), (2, 3, it.title))
            sheet.put((1, 1, "担当課"), (2, 3, it.section))
            sheet.put((1, 1, "実績"), (2, 3, f"{year}年度：{it.done}"))
            sheet.put((1, 1, "評価"), (2, 3, status))
            sheets.append(sheet.grid)
    plan = read(*sheets)
    assert [each.title for each in plan.actions] == [it.title for it in ALL]
    assert [each.name for each in plan.rounds] == ["平成28年度", "平成29年度"]
    assert {(line.round, line.status) for each in plan.actions for line in each.lines} == {
        ("平成28年度", "B"),
        ("平成29年度", "A"),
    }


def test_halves_of_a_year_are_rounds_of_their_own():
    sheets = []
    for it in ALL:
        sheet = Sheet(it.title)
        sheet.put((1, 3, "平成29年度　進行管理票"))
        sheet.put((1, 1, "施策"), (2, 3, it.policy[1]))
        sheet.put((1, 1, "取組名"), (2, 3, it.title))
        sheet.put((1, 1, "担当課"), (2, 3, it.section))
        sheet.put((1, 1, "上半期の取組実績"), (2, 3, f"{it.title}を始めた。"))
        sheet.put((1, 1, "下半期の取組実績"), (2, 3, it.done))
        sheets.append(sheet.grid)
    plan = read(*sheets)
    assert [each.name for each in plan.rounds] == ["平成29年度上半期", "平成29年度下半期"]
    assert [(line.round, line.text) for line in plan.actions[0].lines] == [
        ("平成29年度上半期", "市民会議の開催を始めた。"),
        ("平成29年度下半期", ALL[0].done),
    ]


def test_an_example_of_how_to_fill_the_form_in_is_told_and_not_taken():
    sheets = list(LAYOUTS["labels_at_the_left"]())
    example = sheets[1]._replace(sheet="記入例")
    plan = read(sheets[0], example, *sheets[1:])
    assert shown(plan) == filled_in("labels_at_the_left")
    assert "記入例" in [each.place.sheet for each in plan.unread]


@pytest.mark.parametrize("led", ["【{}】{}", "{}\n{}"], ids=["in_brackets", "in_a_line"])
def test_a_few_words_that_lead_the_texts_of_all_forms_are_the_status(led):
    words = {"A": "実施", "B": "一部実施"}
    sheets = []
    for it in ALL:
        sheet = Sheet(it.title)
        sheet.put((1, 3, "平成29年度　進行管理票"))
        sheet.put((1, 1, "施策"), (2, 3, it.policy[1]))
        sheet.put((1, 1, "取組名"), (2, 3, it.title))
        sheet.put((1, 1, "担当課等"), (2, 3, it.section))
        sheet.put(
            (1, 1, "進捗の状況"), (2, 3, led.format(words.get(it.status, "未実施"), it.done))
        )
        sheets.append(sheet.grid)
    plan = read(*sheets)
    assert [(each.sections, [line[2:4] for line in each.lines]) for each in plan.actions] == [
        ((it.section,), [(words.get(it.status, "未実施"), it.done)]) for it in ALL
    ]
    assert all(
        ColumnRole.STATUS in {origin.field for origin in each.origins} for each in plan.actions
    )


def test_a_direction_for_later_years_is_told_of_the_year_of_the_form():
    sheets = []
    for it in ALL:
        sheet = Sheet(it.title)
        sheet.put((1, 3, "平成29年度　進行管理票"))
        sheet.put((1, 1, "施策の課題"), (2, 3, "".join(it.policy)))
        sheet.put((1, 1, "取組名"), (2, 3, it.title))
        sheet.put((1, 1, "担当課"), (2, 3, it.section))
        sheet.put((1, 1, "評価"), (2, 3, it.status))
        sheet.put((1, 1, "平成30年度以降の方向性"), (2, 3, it.direction))
        sheets.append(sheet.grid)
    plan = read(*sheets)
    assert [each.name for each in plan.rounds] == ["平成29年度"]
    assert [[told[:2] for told in each.outlooks] for each in plan.actions] == [
        [("平成29年度", it.direction)] if it.direction else [] for it in ALL
    ]


def test_cards_with_the_title_beside_their_number_are_read_side_by_side():
    rows = [["重点事業カード", *[""] * 4, "平成29年度"], [""]]
    for pair in (ALL[:2], ALL[2:4]):
        cards = [
            [
                [f"No.{ALL.index(it) + 1}", it.title, "", ""],
                ["部門", "情報" if "広報" in it.section else "市民", "担当", it.section],
                ["実施内容", it.done, "", ""],
                ["進み具合", it.status, "方向", it.direction],
                ["次年度", it.next, "", ""],
            ]
            for it in pair
        ]
        rows += [[*left, "", *right] for left, right in zip(*cards, strict=True)] + [[""]]
    plan = read(Grid("カード", tuple(map(tuple, rows))))
    found = {
        (each.number, each.title): (
            each.sections,
            [line[2:4] for line in each.lines],
            [told[:3] for told in each.outlooks],
        )
        for each in plan.actions
    }
    assert found == {
        (str(number), it.title): (
            (it.section,),
            [(it.status, it.done)],
            [("平成29年度", it.direction, it.next)],
        )
        for number, it in enumerate(ALL[:4], start=1)
    }
    assert {each.path[0][1] for each in plan.actions} == {"市民", "情報"}


def test_some_labels_of_unknown_words_are_told_by_what_was_filled_in():
    sheets = []
    for it in ALL:
        sheet = Sheet(it.title)
        sheet.put((1, 3, "平成29年度　進行管理票"))
        sheet.put((1, 1, "取組名"), (2, 3, f"{it.number}{it.title}"))
        sheet.put((1, 1, "太い筋"), (2, 3, "".join(it.policy)))
        sheet.put((1, 1, "担当課"), (2, 3, it.section))
        sheet.put((1, 1, "ありさま"), (2, 3, it.status))
        sheet.put((1, 1, "取組実績"), (2, 3, it.done))
        sheet.put((1, 1, "今後の方向性"), (2, 3, it.direction))
        sheet.put((1, 1, "向きの中身"), (2, 3, it.next))
        sheets.append(sheet.grid)
    plan = read(*sheets)
    assert [(each.path[0], each.number, each.title) for each in plan.actions] == [
        (it.policy, it.number, it.title) for it in ALL
    ]
    assert [
        (each.sections, [line[2:4] for line in each.lines], each.outlooks[0][1:3])
        for each in plan.actions
    ] == [((it.section,), [(it.status, it.done)], (it.direction, it.next)) for it in ALL]


def test_answers_after_their_choices_codes_and_units_are_no_levels_numbers_or_sections():
    sheets = []
    for number, it in enumerate(ALL, start=1):
        sheet = Sheet(it.title)
        sheet.put((1, 6, "平成29年度　評価シート"), (7, 7, "№"), (8, 8, str(100 + number)))
        of_unit = ((5, 5, "係名"), (6, 8, f"{it.section[:-1]}係"))
        sheet.put(
            (1, 1, "部局名"), (2, 2, "市長公室"), (3, 3, "課名"), (4, 4, it.section), *of_unit
        )
        sheet.put((1, 1, "(1) 事業種別"), (2, 8, "［新規又は継続］　継続"))
        sheet.put((1, 2, "(2) 事務事業の名称"), (3, 8, it.title))
        sheet.span(sheet.row + 1, sheet.row + 3, 1, "(3) 総合計画での位置づけ")
        sheet.put((2, 3, "基本目標"), (4, 8, f"{it.goal[0]}　{it.goal[1]}"))
        sheet.put((2, 3, "施策"), (4, 8, it.policy[1]))
        sheet.put((2, 3, "施策コード"), (4, 8, f"451{number:02}"))
        sheet.put((1, 1, "実施内容"), (2, 8, it.done))
        sheet.put((1, 1, "総合評価"), (2, 2, it.status))
        sheets.append(sheet.grid)
    plan = read_best(*sheets)
    assert [
        (each.path, each.number, each.title, each.sections, [line[2:4] for line in each.lines])
        for each in plan.actions
    ] == [
        (
            (it.goal, ("", it.policy[1])),
            str(number),
            it.title,
            (it.section,),
            [(it.status, it.done)],
        )
        for number, it in enumerate(ALL, start=101)
    ]


@pytest.mark.parametrize("sign", ["", "◆"])
def test_cards_below_headings_with_a_table_of_years_inside(sign):
    sheet = Sheet("票")
    sheet.put((1, 1, "協働推進計画　進行状況"))
    sheet.skip()
    for number, it in enumerate(ALL, start=1):
        if it.goal not in [each.goal for each in ALL[: number - 1]]:
            sheet.put(
                (1, 1, f"{sign}{it.goal[1]}" if sign else f"基本目標{it.goal[0]} {it.goal[1]}")
            )
        sheet.put((1, 1, f"No.{number:03}"), (2, 4, it.title))
        sheet.put((1, 1, "担当局"), (2, 4, it.section))
        sheet.put((1, 1, "区分"), (2, 4, GRADES[it.status]))
        sheet.put((1, 1, "年度"), (2, 2, "予算額"), (3, 3, "取組予定"), (4, 4, "進捗状況"))
        sheet.put((1, 1, "28年度"), (2, 2, "120"), (3, 3, it.about), (4, 4, "協議を進めた。"))
        sheet.put((1, 1, "29年度"), (2, 2, "95"), (3, 3, it.about), (4, 4, it.done))
        sheet.put((1, 1, "30年度"), (2, 2, "90"), (3, 3, it.next))
        sheet.skip()
    plan = read_best(sheet.grid)
    assert [(each.path, each.number, each.title, each.sections) for each in plan.actions] == [
        ((("" if sign else it.goal[0], it.goal[1]),), f"{number:03}", it.title, (it.section,))
        for number, it in enumerate(ALL, start=1)
    ]
    assert [[line[0:4] for line in each.lines] for each in plan.actions] == [
        [
            ("平成29年度", "", GRADES[it.status], it.done),
            ("平成28年度", "", "", "協議を進めた。"),
        ]
        for it in ALL
    ]
    assert plan.actions[0].description.split("\n")[-1] == f"30年度　{ALL[0].next}"


def test_labels_that_name_a_year_say_what_was_planned_and_done_in_it():
    sheets = []
    for it in ALL:
        sheet = Sheet(it.title)
        sheet.put((1, 2, "平成29年度　工程表"), (3, 4, "作成日 平成30年4月10日"))
        sheet.put((1, 4, "1　基本的事項"))
        sheet.put((1, 1, "大項目"), (2, 4, it.goal[1]))
        sheet.put((1, 1, "政策内容"), (2, 2, it.title), (3, 3, "所管組織"), (4, 4, it.section))
        sheet.put((1, 1, "今年度の目標"), (2, 4, it.about.removesuffix("。")))
        sheet.put((1, 4, "2　評価（年度末時点）"))
        sheet.put((1, 1, "進捗評価"), (2, 2, f"{it.status}（{GRADES[it.status]}）"))
        sheet.put((1, 1, "H29年度に実施した取組"), (2, 4, "・会議の開催（2回）\n・訪問（5か所）"))
        sheet.put((1, 1, "成果"), (2, 4, it.done))
        sheet.put((1, 1, "H30年度以降の対応"), (2, 4, it.next))
        sheets.append(sheet.grid)
    plan = read_best(*sheets)
    assert [(each.path[0][1], each.title, each.sections) for each in plan.actions] == [
        (it.goal[1], it.title, (it.section,)) for it in ALL
    ]
    assert [[line[0:4:2] for line in each.lines] for each in plan.actions] == [
        [("平成29年度", it.status), ("平成29年度", "")] for it in ALL
    ]
    assert [line[3] for line in plan.actions[0].lines] == [
        "・会議の開催（2回）\n・訪問（5か所）",
        ALL[0].done,
    ]
    assert [each.outlooks[0][2] for each in plan.actions] == [it.next for it in ALL]


def test_choices_a_row_each_years_side_by_side_and_the_words_of_a_grade_are_no_titles():
    sheets = []
    for number, it in enumerate(ALL, start=1):
        sheet = Sheet(it.title)
        sheet.put((1, 4, "評価シート（平成29年度）"))
        sheet.put((1, 1, "推進施策"), (2, 3, it.policy[1]), (4, 4, "No."), (5, 5, str(number)))
        sheet.put((1, 1, "事業名"), (2, 5, it.title))
        sheet.put((1, 1, "担当課"), (2, 5, it.section))
        sheet.put((2, 2, ""), (3, 3, "H27"), (4, 4, "H28"), (5, 5, "H29"))
        sheet.put((2, 2, ""), (3, 3, "実施"), (4, 4, "実施"), (5, 5, "実施"))
        sheet.span(sheet.row - 1, sheet.row, 1, "3年間の目標")
        sheet.put((1, 1, "事業実施内容"), (2, 5, it.done))
        sheet.put((1, 1, "総合評価"), (2, 2, it.status), (3, 5, f"{GRADES[it.status]}である"))
        first = sheet.row + 1
        for choice in ("継続する", "拡充する", "見直す"):
            sign = "■" if choice == ("継続する", "拡充する", "見直す")[number % 3] else "□"
            sheet.put((2, 5, f"{sign} {choice}"))
        sheet.span(first, sheet.row, 1, "事業の方向性")
        sheets.append(sheet.grid)
    legend = [f"{mark}：{words}である" for mark, words in GRADES.items()]
    plan = read_best(grid("\n".join(legend), sheet="記入要領"), *sheets)
    assert [
        (each.path, each.number, each.title, [line[2:4] for line in each.lines])
        for each in plan.actions
    ] == [
        ((("", it.policy[1]),), str(number), it.title, [(it.status, it.done)])
        for number, it in enumerate(ALL, start=1)
    ]
    assert [each.outlooks[0].direction for each in plan.actions] == [
        ("継続する", "拡充する", "見直す")[number % 3] for number in range(1, len(ALL) + 1)
    ]


def test_words_that_a_number_counts_are_the_title_and_half_years_are_rounds():
    sheets = []
    for number, it in enumerate(ALL, start=1):
        sheet = Sheet(str(number))
        sheet.put((1, 4, "進捗管理シート"))
        sheet.put((1, 1, "約束番号"), (2, 4, str(number)))
        sheet.put((1, 1, "分野"), (2, 4, it.goal[1]))
        sheet.put((1, 1, "約束"), (2, 4, it.title))
        sheet.put((1, 1, "担当課"), (2, 4, it.section))
        sheet.put((1, 1, "時期"), (2, 2, "審査日"), (3, 3, "取組状況"), (4, 4, "判定"))
        for half, day, done in (("上", "H29.10.4", "協議した。"), ("下", "H30.4.6", it.done)):
            sheet.put((1, 1, f"平成29年度{half}半期"), (2, 2, day), (3, 3, done), (4, 4, "順調"))
        sheet.skip()
        sheet.put((1, 1, "今後の予定"), (2, 4, it.next))
        sheets.append(sheet.grid)
    plan = read_best(*sheets)
    assert [(each.path[0][1], each.number, each.title) for each in plan.actions] == [
        (it.goal[1], str(number), it.title) for number, it in enumerate(ALL, start=1)
    ]
    assert [[line[0:4:2] for line in each.lines] for each in plan.actions] == [
        [("平成29年度上半期", "順調"), ("平成29年度下半期", "順調")] for _ in ALL
    ]
    rounds = {outlook.round for each in plan.actions for outlook in each.outlooks}
    assert rounds == {"平成29年度下半期"}


def test_cards_name_what_is_above_them_with_a_number_in_the_label():
    sheets = []
    for axis in (1, 2):
        sheet = Sheet(f"様式{axis}")
        for number, it in enumerate(ALL[2 * axis - 2 : 2 * axis], start=1):
            sheet.put((1, 1, f"評価軸{'①②'[axis - 1]}"), (2, 5, it.goal[1]))
            sheet.put(
                *((1, 1, "項目"), (2, 3, f"{number}　{it.title}")),
                *((4, 4, "評価対象年度"), (5, 5, "平成29年度")),
            )
            sheet.put((1, 1, "支援事業名"), (2, 5, "市単独事業"))
            sheet.put((1, 1, "担当課"), (2, 5, it.section))
            sheet.put((1, 1, "実績"), (2, 5, it.done))
            sheet.put((1, 1, "進捗状況"), (2, 5, "■計画どおり\n□計画より遅れ"))
            sheet.skip()
        sheets.append(sheet.grid)
    plan = read_best(*sheets)
    assert [(each.path[0][0], each.number, each.title) for each in plan.actions] == [
        ("①②"[at // 2], str(at % 2 + 1), it.title) for at, it in enumerate(ALL)
    ]
    assert {line.status for each in plan.actions for line in each.lines} == {"計画どおり"}


def test_lines_over_cards_are_titles_below_the_headings_of_a_report():
    sheet = Sheet("報告")
    sheet.put((1, 1, "推進計画の定期報告（平成29年度）"))
    sheet.put((1, 1, "○計画期間：平成27年4月～平成32年3月"))
    sheet.skip()
    goals = []
    for it in ALL:
        if it.goal not in goals:
            goals.append(it.goal)
            sheet.put((1, 1, f"目標{len(goals)}　「{it.goal[1]}」"))
            sheet.put((1, 1, "（1）目標指標　通行量　目標値 15,000人"))
            sheet.put((1, 1, "（2）主要事業の進捗状況"))
            sheet.skip()
            count = 0
        count += 1
        sheet.put((1, 1, f"{'①②③④'[count - 1]}．{it.title}"))
        sheet.put(
            (1, 1, "事業実施期間"), (2, 2, "平成27年度"), (3, 3, "進捗状況"), (4, 4, "【未】")
        )
        sheet.put((1, 1, "実施主体"), (2, 4, it.section))
        sheet.put((1, 1, "事業概要"), (2, 4, it.about))
        sheet.put((1, 1, "目標値・最新値及び進捗状況"), (2, 4, it.done))
        sheet.put((1, 1, "事業の今後について"), (2, 4, it.next or "―"))
        sheet.skip()
    plan = read_best(sheet.grid)
    assert [(each.path[0][1], each.title, each.sections) for each in plan.actions] == [
        (it.goal[1], it.title, (it.section,)) for it in ALL
    ]
    assert [[line[2:4] for line in each.lines] for each in plan.actions] == [
        [("未", it.done)] for it in ALL
    ]
    assert {(each.due, each.note) for each in plan.actions} == {("2016-03", "")}
