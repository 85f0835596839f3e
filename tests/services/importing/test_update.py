"""A table is compared with the plan that is open, and what was chosen is taken in one step."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from kyodo_desktop.domain.errors import BusyError, CancelledError, ConflictError, RefusedError
from kyodo_desktop.domain.importing.found_plan import FoundOutlook, FoundPlacement, FoundRound
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.plan_update.update import UpdatePart
from kyodo_desktop.domain.vocabulary import StatusEntry
from kyodo_desktop.services import rounds, structure
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.history import entries
from kyodo_desktop.services.importing.mappings import saved_mappings
from kyodo_desktop.services.importing.new_file import create_plan_from
from kyodo_desktop.services.importing.updating import compared_with, take_update
from tests import edits
from tests.builders import Clock, action_of, node_of, opened
from tests.services.importing.founds import (
    BOOTH,
    CENTRE,
    ROUNDS,
    STATUSES,
    TRAINING,
    action,
    at,
    found_of,
    line,
    ordinary,
    table,
)
from tests.services.test_following import look

NEXT_YEAR = FoundRound("平成29年度", 2017, "2018-03-31")


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    """The plan that was made from the ordinary table."""
    path = tmp_path_factory.mktemp("master") / "計画.kyodo"
    create_plan_from(path, ordinary(), author="", now=Clock()())
    return path


@pytest.fixture
def workspace(master, tmp_path, clock):
    """The same, open."""
    plan = opened(shutil.copy(master, tmp_path / "計画.kyodo"), clock)
    yield plan.workspace
    plan.close()


def changed(nth, **more):
    """Return the ordinary table with one action changed."""
    found = ordinary()
    actions = [*found.actions]
    actions[nth] = actions[nth]._replace(**more)
    return found._replace(actions=tuple(actions))


def told(update):
    return [(each.part, each.item, each.old, each.new) for each in update.differences]


def take_all(workspace, found, **options):
    update = compared_with(workspace, found, **options)
    take_update(workspace, update, range(len(update.differences)))
    return update


def labels(outline):
    return [outline.label(node) for root in outline.roots for node in outline.below(root)]


def expect_nothing_left(workspace, found):
    again = compared_with(workspace, found)
    assert told(again) == []
    assert again.refused == ()


class TestTheSameTable:
    def test_has_no_difference(self, workspace):
        update = compared_with(workspace, ordinary())
        assert told(update) == []
        assert (update.gone, update.refused, update.unchanged) == ((), (), 3)

    def test_is_no_step(self, workspace):
        take_all(workspace, ordinary())
        assert workspace.undo_label is None
        assert len(entries(workspace)) == 1

    def test_of_the_sample_has_no_difference(self, plan):
        workspace = plan.workspace
        expect_nothing_left(workspace, found_of(workspace.outline, dump(workspace)))

    def test_without_headings_has_no_difference(self, tmp_path, clock):
        flat = table(action((), "1", "花壇"), action((), "2", "植樹", 5), levels=(("事業", "1"),))
        path = tmp_path / "平ら.kyodo"
        create_plan_from(path, flat, author="", now=clock())
        plan = opened(path, clock)
        expect_nothing_left(plan.workspace, flat._replace(title="次の年の表"))
        plan.close()


FIELDS = {
    "title": (
        {"title": "市民活動ブースの設置と運営"},
        (UpdatePart.TITLE, "市民活動ブースの設置", "市民活動ブースの設置と運営"),
    ),
    "description": (
        {"description": "広げる"},
        (UpdatePart.DESCRIPTION, "市役所に設ける", "広げる"),
    ),
    "start": (
        {"start_fiscal_year": 2016},
        (UpdatePart.START, "平成27年度", "平成28年度"),
    ),
    "due": ({"due": "2018-03"}, (UpdatePart.DUE, "平成29年3月", "平成30年3月")),
    "note": ({"note": "有料"}, (UpdatePart.NOTE, "無料", "有料")),
    "number": ({"number": "⑧"}, (UpdatePart.NUMBER, "①", "⑧")),
    "lead": (
        {"sections": ("財政課", "広報課")},
        (UpdatePart.LEAD, "市民協働課", "財政課、広報課"),
    ),
    "related": (
        {"related_sections": ("広報課",)},
        (UpdatePart.RELATED, "財政課、管財課", "広報課"),
    ),
    "place": ({"path": CENTRE}, (UpdatePart.PLACE, "(1) 拠点", "(2) 交流")),
    "lines": (
        {"lines": (line("増設した", "◎"), line("3か所目を置いた"), line("拭いた"))},
        (
            UpdatePart.PROGRESS,
            "◎ 増設した\n○ 掲示板を替えた（管財課）",
            "◎ 増設した\n○ 3か所目を置いた\n○ 拭いた",
        ),
    ),
    "fewer lines": (
        {"lines": (line("撤去した", "○", "平成27年度"), line("掲示板", section="管財課"))},
        (UpdatePart.PROGRESS, "◎ 設置した", "○ 撤去した"),
    ),
    "outlook": (
        {"outlooks": (FoundOutlook("平成28年度", "継続", "", at(4, 7)),)},
        (UpdatePart.OUTLOOK, "【拡充】2か所目を検討", "【継続】2か所目を検討"),
    ),
    "new outlook": (
        {"outlooks": (FoundOutlook("平成27年度", "", "広げる", at(4, 7)),)},
        (UpdatePart.OUTLOOK, "", "広げる"),
    ),
}


@pytest.mark.parametrize("case", FIELDS)
def test_what_differs_is_told_taken_and_undone(workspace, case):
    more, expected = FIELDS[case]
    before = dump(workspace)
    with_sections = any(each.section for each in more.get("lines", ordinary().actions[0].lines))
    found = changed(0, **more)
    if not with_sections:
        other = found.actions[1]
        marked = other._replace(lines=(other.lines[0]._replace(section="管財課"),))
        found = found._replace(actions=(found.actions[0], marked, found.actions[2]))
    update = take_all(workspace, found, source="進行管理表.xlsx")
    assert expected in [(each.part, each.old, each.new) for each in update.differences]
    assert workspace.undo_label == "取込：進行管理表.xlsx"
    expect_nothing_left(workspace, found)
    workspace.undo()
    assert dump(workspace) == before
    assert workspace.undo_label is None


def test_what_is_not_chosen_stays(workspace):
    update = compared_with(workspace, changed(0, note="有料", description="広げる"))
    (note,) = [nth for nth, each in enumerate(update.differences) if each.part is UpdatePart.NOTE]
    take_update(workspace, update, [note])
    action_row = workspace.outline.actions[action_of(workspace.outline, "市民活動ブースの設置")]
    assert (action_row.note, action_row.description) == ("有料", "市役所に設ける")


class TestNewOnes:
    def test_stand_behind_their_neighbours_with_the_numbers_of_the_table(self, workspace):
        first, second, third = ordinary().actions
        added = (
            first,
            action(BOOTH, "③", "掲示板", 6, sections=("広報課",), lines=(line("立てた"),)),
            second._replace(number="④", place=at(7)),
            action(CENTRE, "①", "交流会", 8, relisted=(FoundPlacement(TRAINING, "②", at(20)),)),
            third._replace(place=at(9)),
        )
        found = table(*added)
        update = take_all(workspace, found)
        assert [each.part for each in update.differences] == [
            UpdatePart.HEADING,
            UpdatePart.ACTION,
            UpdatePart.NUMBER,
            UpdatePart.ACTION,
        ]
        assert labels(workspace.outline) == [
            "1 環境づくり",
            "(1) 拠点",
            "① 市民活動ブースの設置",
            "② 職員研修",
            "③ 掲示板",
            "④ 相談窓口",
            "(2) 交流",
            "① 交流会",
            "2 担い手づくり",
            "(1) 研修",
            "① 職員研修",
            "② 交流会",
        ]
        assert {each.number for each in workspace.outline.placements.values()} == {""}
        assert workspace.outline.lead(action_of(workspace.outline, "掲示板")) == "広報課"
        expect_nothing_left(workspace, found)

    def test_leave_the_numbers_alone_that_were_not_chosen(self, workspace):
        first, second, third = ordinary().actions
        found = table(
            first, action(BOOTH, "③", "掲示板", 6), second._replace(number="④", place=at(7)), third
        )
        update = compared_with(workspace, found)
        take_update(
            workspace,
            update,
            [nth for nth, each in enumerate(update.differences) if each.part is UpdatePart.ACTION],
        )
        assert labels(workspace.outline)[2:6] == [
            "① 市民活動ブースの設置",
            "② 職員研修",
            "③ 掲示板",
            "③ 相談窓口",
        ]

    def test_do_not_come_without_the_heading_that_they_need(self, workspace):
        found = table(*ordinary().actions, action(CENTRE, "①", "交流会", 8))
        update = compared_with(workspace, found)
        heading, new = range(2)
        assert update.differences[new].needs == {heading}
        take_update(workspace, update, [new])
        assert workspace.undo_label is None

    def test_statuses_and_directions_come_with_what_uses_them(self, workspace):
        late = StatusEntry("▲", "遅延", "", StatusKind.ONGOING, "#3b6fb6")
        found = changed(
            1,
            lines=(line("遅れた", "▲"),),
            outlooks=(FoundOutlook("平成28年度", "廃止", "", at(6, 7)),),
        )._replace(statuses=(*STATUSES, late), directions=("継続", "拡充", "廃止"))
        update = take_all(workspace, found)
        assert [each.part for each in update.differences] == [
            UpdatePart.STATUS,
            UpdatePart.DIRECTION,
            UpdatePart.PROGRESS,
            UpdatePart.OUTLOOK,
        ]
        assert update.differences[2].needs == {0}
        assert [each["mark"] for each in dump(workspace)["statuses"]] == ["◎", "○", "▲"]
        expect_nothing_left(workspace, found)


class TestKnownOnes:
    def test_are_known_by_a_near_title(self, workspace):
        update = compared_with(workspace, changed(1, title="相談窓口の開設"))
        assert told(update) == [(UpdatePart.TITLE, "③ 相談窓口", "相談窓口", "相談窓口の開設")]

    def test_are_known_wherever_width_and_kana_differ(self, workspace):
        update = compared_with(workspace, changed(2, number="①", title="職員 研修"))
        assert [each[0] for each in told(update)] == [UpdatePart.TITLE]

    def test_two_of_one_name_are_known_by_their_order_where_one_has_no_number(
        self, tmp_path, clock
    ):
        twice = [action(BOOTH, "", "講座", 4, note="春"), action(BOOTH, "1", "講座", 5, note="秋")]
        create_plan_from(tmp_path / "二つ.kyodo", table(*twice), author="", now=clock())
        with closing(opened(tmp_path / "二つ.kyodo", clock)) as plan:
            expect_nothing_left(plan.workspace, table(*twice))

    def test_that_are_told_apart_are_new(self, workspace):
        found = changed(1, title="相談窓口の開設")
        update = compared_with(workspace, found, apart=(1,))
        assert [each.part for each in update.differences] == [UpdatePart.ACTION]
        assert [each.label for each in update.gone] == ["③ 相談窓口"]

    def test_numbers_and_letters_tell_things_apart(self, workspace):
        add = structure.add_action
        heading = node_of(workspace.outline, "拠点")
        add(workspace, heading, "第1小学校の改修工事")
        found = table(*ordinary().actions, action(BOOTH, "⑨", "第2小学校の改修工事", 9))
        update = compared_with(workspace, found)
        assert [each.part for each in update.differences] == [UpdatePart.ACTION]


def test_what_the_table_lacks_is_told_and_stays(workspace):
    before = dump(workspace)
    update = take_all(workspace, table(ordinary().actions[0]))
    assert [(each.label, each.above) for each in update.gone] == [
        ("③ 相談窓口", "(1) 拠点"),
        ("2 担い手づくり", "計画期間"),
        ("(1) 研修", "2 担い手づくり"),
        ("① 職員研修", "(1) 研修"),
    ]
    assert dump(workspace) == before


def test_a_table_that_is_empty_outlook_of_a_field_leaves_it_alone(workspace):
    bare = table(*(action(*each[:3]) for each in ordinary().actions))
    expect_nothing_left(workspace, bare)


def test_a_table_without_marks_leaves_those_of_the_plan_alone(workspace):
    found = ordinary()
    actions = tuple(
        each._replace(lines=tuple(row._replace(status="") for row in each.lines))
        for each in found.actions
    )
    expect_nothing_left(workspace, found._replace(actions=actions))


HALVES = {
    "text only": (line("2か所にした", ""), ["◎ 2か所にした", "○ 掲示板を替えた（管財課）"]),
    "status only": (line("", "○"), ["○ 増設した", "○ 掲示板を替えた（管財課）"]),
    "status of a section": (
        line("", "◎", section="管財課"),
        ["◎ 増設した", "◎ 掲示板を替えた（管財課）"],
    ),
    "status and the same text": (line("掲示板を替えた", "◎"), ["◎ 掲示板を替えた（管財課）"]),
}


@pytest.mark.parametrize("case", HALVES)
def test_the_half_of_a_line_that_the_table_left_blank_stays(workspace, case):
    half, expected = HALVES[case]
    found = changed(0, lines=(half,))
    (difference,) = take_all(workspace, found).differences
    assert difference.new.split("\n") == expected
    assert difference.what == "進捗状況（平成28年度）"
    expect_nothing_left(workspace, found)


def test_signs_that_windows_writes_otherwise_are_no_change(workspace):
    first, second, third = ordinary().actions
    titles = ("子ども〜高齢者のつどい", "Ａ−Ｂ間の整備", "市民—行政‖協働")
    mac = table(
        *(
            each._replace(title=title, note=f"約〜{title}")
            for each, title in zip((first, second, third), titles, strict=True)
        )
    )
    take_all(workspace, mac)
    there = str.maketrans("〜−—‖", "～－―∥")
    windows = (
        each._replace(
            number="", title=each.title.translate(there), note=each.note.translate(there)
        )
        for each in mac.actions
    )
    expect_nothing_left(workspace, mac._replace(actions=tuple(windows)))


class TestRounds:
    def of_next_year(self, **more):
        found = ordinary()._replace(rounds=(NEXT_YEAR,))
        actions = [
            each._replace(
                lines=tuple(
                    row._replace(round="平成29年度")
                    for row in each.lines
                    if row.round == "平成28年度"
                ),
                outlooks=(),
            )
            for each in found.actions
        ]
        actions[1] = actions[1]._replace(lines=(line("毎日開いた", "◎", "平成29年度"),))
        return found._replace(actions=tuple(actions), **more)

    def test_a_new_one_begins_with_what_was_said_before(self, workspace):
        before = dump(workspace)
        edits.set_outlook_text(workspace, action_of(workspace.outline, "職員研修"), "続ける")
        workspace.undo()
        found = self.of_next_year()
        update = take_all(workspace, found)
        assert told(update) == [
            (UpdatePart.ROUND, "平成29年度", "", "平成29年度（平成30年3月31日）"),
            (UpdatePart.PROGRESS, "③ 相談窓口", "○ 週1回開いた", "◎ 毎日開いた"),
        ]
        new = [
            tuple(row.values())[1:]
            for each in dump(workspace)["actions"]
            for row in each["progress"]
            if row["round"] == "平成29年度"
        ]
        assert new == [
            (None, "◎", "増設した", False),
            ("管財課", "○", "掲示板を替えた", False),
            (None, "◎", "毎日開いた", False),
            (None, "○", "年2回行った", False),
        ]
        booth = dump(workspace)["actions"][0]["outlooks"][-1]
        said = tuple(booth[name] for name in ("round", "direction", "text", "carried"))
        assert said == ("平成29年度", "拡充", "2か所目を検討", True)
        assert workspace.outline.round.name == "平成29年度"
        expect_nothing_left(workspace, found)
        workspace.undo()
        assert dump(workspace) == before

    def test_what_is_not_chosen_of_a_new_one_stands_as_before(self, workspace):
        update = compared_with(workspace, self.of_next_year())
        take_update(workspace, update, [0])
        (row,) = workspace.outline.lines[action_of(workspace.outline, "相談窓口")]
        assert (row.text, row.carried) == ("週1回開いた", 1)

    def test_one_that_is_not_chosen_takes_its_lines_with_it(self, workspace):
        update = compared_with(workspace, self.of_next_year())
        take_update(workspace, update, [1])
        assert workspace.undo_label is None

    def test_two_new_ones_follow_each_other(self, workspace):
        later = FoundRound("平成30年度", 2018, "2019-03-31")
        found = self.of_next_year(rounds=(NEXT_YEAR, later))
        take_all(workspace, found)
        (row,) = workspace.outline.lines[action_of(workspace.outline, "相談窓口")]
        assert (workspace.outline.round.name, row.text, row.carried) == (
            "平成30年度",
            "毎日開いた",
            1,
        )
        expect_nothing_left(workspace, found)

    def test_one_of_the_same_year_is_the_one_that_is_there(self, workspace):
        renamed = FoundRound("H28年度末", 2016, "2017-03-31")
        found = ordinary()
        actions = tuple(
            each._replace(
                lines=tuple(
                    row._replace(round="H28年度末")
                    for row in each.lines
                    if row.round == "平成28年度"
                ),
                outlooks=(),
            )
            for each in found.actions
        )
        expect_nothing_left(workspace, found._replace(actions=actions, rounds=(renamed,)))

    def test_a_closed_one_is_refused_in_words(self, workspace):
        closed = next(iter(workspace.outline.rounds))
        rounds.close_round(workspace, closed)
        before = dump(workspace)
        found = changed(0, lines=(line("変えた", "◎", "平成27年度"),), note="有料")
        new = action(CENTRE, "①", "新", lines=(line("古", "◎", "平成27年度"),))
        found = found._replace(actions=(*found.actions, new))
        update = compared_with(workspace, found)
        assert update.refused == (
            "調査「平成27年度」は確定済みのため、この調査の違い2件は取り込みません。"
            "取り込むときは、先に「調査」→「確定を解除」で開き直してください。",
        )
        take_update(workspace, update, range(len(update.differences)))
        after = dump(workspace)
        assert after["actions"][0]["note"] == "有料"
        assert after["actions"][0]["progress"] == before["actions"][0]["progress"]
        assert after["actions"][-1]["progress"] == []


def test_an_action_that_stands_again_elsewhere_is_re_listed(workspace):
    found = changed(1, relisted=(FoundPlacement(TRAINING, "②", at(8, 3)),))
    update = take_all(workspace, found)
    assert told(update) == [(UpdatePart.RELISTING, "③ 相談窓口", "", "(1) 研修")]
    assert labels(workspace.outline)[-1] == "② 相談窓口"
    expect_nothing_left(workspace, found)


def test_headings_get_their_new_names_and_numbers(workspace):
    found = ordinary()
    top = ("3", "担い手づくりの推進")
    actions = (*found.actions[:2], found.actions[2]._replace(path=(top, TRAINING[1])))
    found = table(*actions)
    update = take_all(workspace, found)
    assert [each[0] for each in told(update)] == [
        UpdatePart.HEADING_TITLE,
        UpdatePart.HEADING_NUMBER,
    ]
    assert "3 担い手づくりの推進" in labels(workspace.outline)
    expect_nothing_left(workspace, found)


def test_a_table_that_is_deeper_than_the_plan_is_refused(workspace):
    deeper = table(action((*BOOTH, ("ア", "細目")), "①", "x"))
    with pytest.raises(RefusedError, match="見出しが3段になる行があります"):
        compared_with(workspace, deeper)


def test_a_plan_that_changed_meanwhile_is_left_alone(workspace):
    update = compared_with(workspace, changed(0, note="有料"))
    edits.set_note(workspace, action_of(workspace.outline, "市民活動ブースの設置"), "半額")
    with pytest.raises(ConflictError, match="何も取り込んでいません"):
        take_update(workspace, update, [0])
    assert workspace.undo_label == "備考を入力"


class TestBesideTheWindow:
    """A thread takes the update through a connection of its own."""

    def taken(self, plan, found, control=None):
        update = compared_with(plan.workspace, found)
        lent = plan.lend()
        with pytest.raises(BusyError, match="取込の書き込み中"):
            edits.set_note(plan.workspace, 1, "半額")
        with ThreadPoolExecutor() as pool:
            chosen = range(len(update.differences))
            work = pool.submit(take_update, lent, update, chosen, control)
        plan.workspace.take_back(lent)
        return work

    def test_it_is_one_step_of_the_plan_that_is_open(self, master, tmp_path, clock):
        with closing(opened(shutil.copy(master, tmp_path / "計画.kyodo"), clock)) as plan:
            workspace, heard = plan.workspace, []
            before = dump(workspace)
            workspace.subscribe(heard.append)
            self.taken(plan, changed(0, note="有料")).result()
            assert [each.whole for each in heard] == [True]
            assert workspace.outline.actions[1].note == "有料"
            edits.set_note(workspace, 1, "半額")
            workspace.undo()
            workspace.undo()
            assert dump(workspace) == before
            workspace.redo()
            assert workspace.outline.actions[1].note == "有料"

    def test_it_is_no_news(self, master, tmp_path, clock):
        with closing(opened(shutil.copy(master, tmp_path / "計画.kyodo"), clock)) as plan:
            plan.watch()
            self.taken(plan, changed(0, note="有料")).result()
            for _ in range(2):
                look(plan)
            assert plan.workspace.undo_label == "取込：市民協働推進計画"

    def test_it_can_be_cancelled_and_nothing_is_left_of_it(self, master, tmp_path, clock):
        with closing(opened(shutil.copy(master, tmp_path / "計画.kyodo"), clock)) as plan:
            before, control = dump(plan.workspace), JobControl(lambda *_: control.cancel())
            with pytest.raises(CancelledError):
                self.taken(plan, changed(0, note="有料"), control).result()
            assert dump(plan.workspace) == before
            edits.set_note(plan.workspace, 1, "半額")
            assert len(entries(plan.workspace)) == 2

    def test_another_round_may_be_shown_meanwhile(self, master, tmp_path, clock):
        with closing(opened(shutil.copy(master, tmp_path / "計画.kyodo"), clock)) as plan:
            workspace = plan.workspace
            update = compared_with(workspace, changed(0, note="有料"))
            lent = plan.lend()
            take_update(lent, update, [0])
            earlier = next(iter(workspace.outline.rounds))
            workspace.show_round(earlier)
            workspace.take_back(lent)
            assert workspace.outline.round.id == earlier
            assert workspace.outline.actions[1].note == "有料"


def test_the_mapping_is_kept_in_the_same_step(workspace):
    update = compared_with(
        workspace, changed(0, note="有料"), mapping_json="{}", mapping_name="進行管理表"
    )
    take_update(workspace, update, [0])
    assert [each[1:] for each in saved_mappings(workspace)] == [("進行管理表", "{}")]
    workspace.undo()
    assert saved_mappings(workspace) == ()


def test_everything_taken_from_nothing_is_the_table(workspace):
    empty = table(
        action((("9", "別"), ("(1)", "計画")), "①", "全く違う事業", sections=("別の課",)),
        rounds=ROUNDS,
    )
    take_all(workspace, empty)
    expect_nothing_left(workspace, empty)
    expect_nothing_left(workspace, ordinary())
