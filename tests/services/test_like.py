"""What a round says is written as the table writes it: ticks, boxes, marks, numbers, dates."""

from __future__ import annotations

from datetime import datetime

import pytest

from kyodo_desktop.domain.importing.found_plan import FoundLine
from kyodo_desktop.domain.importing.grid import Area, Book, Grid
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.services.importing.new_file import create_plan_from
from kyodo_desktop.services.like import RoundCells, TableToFill, filling_of
from tests.builders import Clock, opened

NOW = datetime(2026, 11, 30, 9).astimezone()
TITLE = ("市民協働推進計画　進行管理表（令和7年度）",)
NEW = "誰もが参加できる地域"
LEGEND = ("※ 状態　◎：達成　○：実施中　△：検討中",)


def as_it_is(value):
    return value


@pytest.fixture
def filled(tmp_path):
    """Return the writes, by cell, for a table and a plan that says `change` of each action."""

    def fill(rows, change=as_it_is, *, of_plan=as_it_is, merges=(), cells=None):
        book = Book("表.xlsx", (Grid("表", tuple(map(tuple, rows)), merges),))
        writes, reasons = filled_book(tmp_path, book, change, of_plan=of_plan, cells=cells)
        return {place[1:]: text for place, text in writes.items()}, reasons

    return fill


@pytest.fixture
def filled_forms(tmp_path):
    """Return the writes, by sheet and cell, for forms with these titles."""

    def fill(form, titles, change, of_plan):
        grids = (
            Grid(str(nth), tuple(tuple(cell.format(title) for cell in row) for row in form))
            for nth, title in enumerate(titles, start=1)
        )
        return filled_book(tmp_path, Book("調書.xlsx", tuple(grids)), change, of_plan=of_plan)

    return fill


def filled_book(tmp_path, book, change, *, of_plan=as_it_is, cells=None):
    mapping = guess_mapping(book, NOW.date())
    found = read_plan(book, mapping)
    wanted = of_plan(found._replace(actions=tuple(map(change, found.actions))))
    path = tmp_path / "計画.kyodo"
    create_plan_from(path, wanted, author="市民 花子", now=NOW)
    plan = opened(path, Clock(), read_only=True)
    try:
        table = TableToFill(book, mapping, found)
        filling = filling_of(plan.workspace, table, cells, JobControl())
    finally:
        plan.close()
    writes = {tuple(each.place): each.text for each in filling.writes}
    return writes, [each.reason for each in filling.notices]


def only(title, **values):
    """Return what gives the first line of one action other values."""

    def change(action):
        if action.title != title:
            return action
        line = action.lines[0]._replace(**values)
        return action._replace(lines=(line, *action.lines[1:]))

    return change


LIST = (
    TITLE,
    LEGEND,
    ("番号", "基本目標", "事業名", "担当課", "状態", "進捗状況", "完了予定"),
    ("1", "環境づくり", "ブースの設置", "市民協働課", "◎", "設置した", "R9.3"),
    ("2", "環境づくり", "窓口の開設", "市民協働課、企画課", "○", "週1回開いた", "R10.3"),
    ("3", "担い手づくり", "研修の実施", "人事課", "○", "年2回行った", ""),
    ("4", "担い手づくり", "講座の開催", "生涯学習課", "", "", "R9.12"),
)


def test_only_what_differs_is_written_and_each_in_its_form(filled):
    def change(action):
        if action.title == "窓口の開設":
            return action._replace(due="2027-12", sections=("市民協働課", "人事課"))
        if action.title == "研修の実施":
            return action._replace(due="2028-03")
        return only("ブースの設置", status="△")(action)

    writes, notices = filled(LIST, change)
    assert writes == {(4, 5): "△", (5, 4): "市民協働課、人事課", (5, 7): "R9.12", (6, 7): "R10.3"}
    assert notices == []


def test_what_the_table_left_blank_is_written_below_its_heading(filled):
    def change(action):
        if action.title != "講座の開催":
            return action
        line = filled_line._replace(status="○", text="準備している")
        return action._replace(lines=(line,))

    book = Book("表.xlsx", (Grid("表", LIST),))
    filled_line = read_plan(book, guess_mapping(book, NOW.date())).actions[0].lines[0]
    writes, notices = filled(LIST, change)
    assert writes == {(7, 5): "○", (7, 6): "準備している"}
    assert notices == []


def test_a_tick_moves_to_the_column_of_the_status(filled):
    rows = (
        TITLE,
        ("番号", "基本目標", "事業名", "担当課", "進捗度", "", "", "進捗状況"),
        ("", "", "", "", "未着手", "継続中", "完了", ""),
        ("1", "環境づくり", "ブースの設置", "市民協働課", "", "○", "", "設置している"),
        ("2", "環境づくり", "窓口の開設", "市民協働課", "", "", "○", "週1回開いた"),
        ("3", "担い手づくり", "研修の実施", "人事課", "○", "", "", "行っていない"),
        ("4", "担い手づくり", "講座の開催", "生涯学習課", "", "○", "", "準備している"),
    )
    merges = (Area(2, 5, 2, 7), *(Area(2, each, 3, each) for each in (1, 2, 3, 4, 8)))
    writes, _ = filled(rows, only("ブースの設置", status="完了"), merges=merges)
    assert writes == {(4, 6): "", (4, 7): "○"}


def test_the_boxes_of_printed_choices_are_flipped(filled):
    rows = [list(each) for each in LIST]
    for row, mark in zip(rows[3:], "完継継完", strict=True):
        row[4] = {"完": "■完了　□継続　□中止", "継": "□完了　■継続　□中止"}[mark]
    writes, _ = filled(rows, only("ブースの設置", status="継続"))
    assert writes == {(4, 5): "□完了　■継続　□中止"}


def test_a_mark_that_leads_its_line_is_changed_with_the_line_and_no_other(filled):
    rows = (
        TITLE,
        ("マークの意味　✓＝完了　◇＝完了の目途　・＝継続中",),
        ("推進項目", "実行計画", "進捗状況"),
        ("(1)環境づくり", "①ブースの設置\n②窓口の開設", "✓ 設置した\n・週1回開いた"),
        ("(2)担い手づくり", "③研修の実施\n④講座の開催", "・年2回行った\n◇ 準備を終えた"),
    )
    writes, notices = filled(rows, only("窓口の開設", status="✓", text="毎日開いた"))
    assert writes == {(4, 3): "✓ 設置した\n✓毎日開いた"}
    assert notices == []


def test_one_cell_of_two_actions_with_two_values_is_told_and_not_written(filled):
    rows = [list(each) for each in LIST]
    rows[4][4] = ""
    merges = (Area(4, 5, 5, 5),)
    writes, notices = filled(rows, only("窓口の開設", status="△"), merges=merges)
    assert (4, 5) not in writes
    assert any("共有" in each for each in notices)


YEARS = (
    TITLE,
    ("番号", "基本目標", "事業名", "担当課", "令和7年度", "", "令和8年度", ""),
    ("", "", "", "", "状態", "進捗状況", "状態", "進捗状況"),
    ("1", "環境づくり", "ブースの設置", "市民協働課", "◎", "設置した", "", ""),
    ("2", "環境づくり", "窓口の開設", "企画課", "○", "週1回開いた", "", ""),
    ("3", "担い手づくり", "研修の実施", "人事課", "○", "年2回行った", "", ""),
    ("4", "担い手づくり", "講座の開催", "生涯学習課", "△", "準備している", "", ""),
    LEGEND,
)
ACROSS = (Area(2, 5, 2, 6), Area(2, 7, 2, 8), *(Area(2, each, 3, each) for each in (1, 2, 3, 4)))


def this_year(action):
    """Let the plan say something of the newer year."""
    line = action.lines[0]._replace(round="令和8年度", status="◎", text=f"{action.title}を終えた")
    return action._replace(lines=(*action.lines, line))


def test_a_newer_round_goes_into_its_own_cells_where_there_are_any(filled):
    writes, notices = filled(YEARS, this_year, merges=ACROSS)
    assert (writes[4, 7], writes[4, 8]) == ("◎", "ブースの設置を終えた")
    assert {column for _, column in writes} == {7, 8}
    assert len(writes) == 8
    assert notices == []


def test_a_newer_round_replaces_the_values_of_the_one_before_on_demand_and_says_so(filled):
    writes, notices = filled(YEARS, this_year, merges=ACROSS, cells=RoundCells.REPLACE)
    assert (writes[5, 5], writes[5, 6]) == ("◎", "窓口の開設を終えた")
    assert {column for _, column in writes} == {5, 6}
    assert "「令和7年度」の欄を置き換えました" in notices[0]


def test_a_heading_that_got_another_name_gets_it_wherever_it_stands(filled):
    def renamed(path):
        return tuple((number, NEW if title == "環境づくり" else title) for number, title in path)

    def change(plan):
        return plan._replace(
            headings=tuple(
                each._replace(title=NEW) if each.title == "環境づくり" else each
                for each in plan.headings
            ),
            actions=tuple(each._replace(path=renamed(each.path)) for each in plan.actions),
        )

    writes, notices = filled(LIST, of_plan=change)
    assert writes == {(4, 2): NEW, (5, 2): NEW}
    assert notices == []


def test_a_mark_at_the_end_of_a_text_is_changed_with_it_and_a_new_one_stands_there_too(filled):
    rows = (
        TITLE,
        ("基本施策", "主な取組", "実施した内容（評価）", "担当"),
        (
            "1．啓発",
            "ア　広報\nイ　講演会",
            "ア　特集を載せた。（○）\nイ　中止した。（△）",
            "総務課",
        ),
        ("2．相談", "ア　窓口\nイ　電話相談", "ア　毎月開いた。（◎）\nイ　週1回受けた", "福祉課"),
        (*("", "", "評価（◎）計画を上回って実施　（○）計画どおり実施　（△）一部実施"), ""),
    )

    def change(action):
        action = only("広報", status="◎", text="毎号に載せた。")(action)
        action = only("講演会", status="○")(action)
        return only("電話相談", status="△")(action)

    writes, notices = filled(rows, change)
    assert writes == {
        (3, 3): "ア　毎号に載せた。（◎）\nイ　中止した。（○）",
        (4, 3): "ア　毎月開いた。（◎）\nイ　週1回受けた（△）",
    }
    assert notices == []


def test_each_of_several_tables_of_a_sheet_is_written_below_its_own_headings(filled):
    rows = (
        TITLE,
        LEGEND,
        ("基本目標1　環境づくり",),
        ("番号", "事業名", "担当課", "状態", "進捗状況"),
        ("1", "ブースの設置", "市民協働課", "◎", "設置した"),
        ("2", "窓口の開設", "企画課", "○", "週1回開いた"),
        ("3", "冊子の作成", "企画課", "○", "作った"),
        (),
        ("基本目標2　担い手づくり",),
        ("番号", "事業名", "概要", "担当課", "状態", "進捗状況"),
        ("4", "研修の実施", "職員の研修", "人事課", "○", "年2回行った"),
        ("5", "講座の開催", "市民の講座", "生涯学習課", "", ""),
        ("6", "人材の登録", "名簿の作成", "人事課", "△", "準備している"),
    )

    def change(action):
        action = only("窓口の開設", status="△")(action)
        if action.title != "講座の開催":
            return action
        line = FoundLine("令和7年度", "", "○", "3回開いた", action.place)
        return action._replace(lines=(line,))

    writes, notices = filled(rows, change)
    assert writes == {(6, 4): "△", (12, 5): "○", (12, 6): "3回開いた"}
    assert notices == []


FORM = (
    ("事務事業評価シート",),
    ("（令和7年度実績評価）",),
    ("施策名", "環境づくり"),
    ("事業名", "{}"),
    ("担当課", "企画課"),
    ("達成状況", "□◎順調　■○概ね順調　□△やや遅れ"),
    ("", "{}を始めた。"),
    ("今後の方向性", "☐拡充", "☑継続", "☐改善", "☐廃止"),
    ("内容", "回数を増やす。"),
)


def test_choices_in_cells_of_their_own_change_their_boxes(filled_forms):
    def change(action):
        if action.title != "窓口の開設":
            return action
        (outlook,) = action.outlooks
        return action._replace(outlooks=(outlook._replace(direction="改善"),))

    def known(plan):
        return plan._replace(directions=(*plan.directions, "改善"))

    titles = ("窓口の開設", "研修の実施", "講座の開催")
    writes, notices = filled_forms(FORM, titles, change, known)
    assert writes == {("1", 8, 3): "☐継続", ("1", 8, 4): "☑改善"}
    assert notices == []


def test_lines_of_a_text_stay_with_their_action_where_lines_part_the_cell(filled):
    rows = (
        TITLE,
        ("基本施策", "主な取組", "実施した内容", "担当課"),
        ("1．啓発", "・広報\n・講演会", "・特集を載せた。\n・年2回開いた。", "総務課"),
        ("2．相談", "・窓口\n・電話相談", "毎月開いた。\n週1回受けた。", "福祉課"),
    )

    def change(action):
        return only("窓口", text="毎週開いた。\n夜間も開いた。")(
            only("講演会", text="3回開いた。\n録画も配った。")(action)
        )

    writes, notices = filled(rows, change)
    assert writes == {
        (3, 3): "・特集を載せた。\n・3回開いた。\n録画も配った。",
        (4, 3): "毎週開いた。\n　夜間も開いた。\n週1回受けた。",
    }
    assert notices == []


GRADED_FORM = (
    ("教育振興計画　評価シート（令和7年度）",),
    ("推進施策", "学校教育の充実"),
    ("事業名", "{}"),
    ("担当課", "学校教育課"),
    ("実施内容", "{}を始めた。"),
    ("総合評価", "Ｂ", "成果が上がっている"),
)
GRADES = Grid(
    "要領", (("Ａ：大きな成果が上がっている",), ("Ｂ：成果が上がっている",), ("Ｃ：十分でない",))
)


def test_the_words_beside_a_grade_change_with_it(tmp_path):
    grids = (
        Grid(title, tuple(tuple(cell.format(title) for cell in row) for row in GRADED_FORM))
        for title in ("窓口の開設", "研修の実施", "講座の開催")
    )
    book = Book("評価.xlsx", (GRADES, *grids))
    writes, notices = filled_book(tmp_path, book, only("窓口の開設", status="Ａ"))
    assert writes == {
        ("窓口の開設", 6, 2): "Ａ",
        ("窓口の開設", 6, 3): "大きな成果が上がっている",
    }
    assert notices == []


def test_a_text_that_is_read_as_of_fewer_actions_than_before_is_told(filled):
    rows = (
        TITLE,
        ("施策", "取組", "取組状況", "評価", "今後の取組方針"),
        ("1 啓発", "①広報\n②講演会", "①載せた。\n②開いた。", "○", "広報を続ける。"),
        ("2 相談", "①窓口\n②電話相談", "①毎月開いた。\n②毎週受けた。", "△", "曜日を増やす。"),
        LEGEND,
    )

    def change(action):
        outlooks = (each._replace(text=f"{each.text}来年度に見直す。") for each in action.outlooks)
        return action._replace(outlooks=tuple(outlooks))

    writes, notices = filled(rows, change)
    assert writes[3, 5] == "広報を続ける。来年度に見直す。"
    assert len(notices) == 2
    assert all("今後の方向性（文）は、この表を取り込むと" in each for each in notices)
