"""テキスト版: every line says in words what it is, and nothing that the report says is missing."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.reporting import Extra
from kyodo_desktop.domain.text_version import text_version
from kyodo_desktop.services import details, next_term, progress, rounds
from kyodo_desktop.services.report_extras import gathered
from kyodo_desktop.services.sample import create_sample
from kyodo_desktop.services.vocabularies import add_section
from tests import edits
from tests.builders import node_of, opened

HEADING = re.compile("(推進項目|施策|実行計画) ")


def lines_of(workspace):
    return list(text_version(workspace.outline))


def below(lines, heading):
    """Return the lines of one action."""
    start = lines.index(heading)
    return lines[start + 1 : lines.index("", start)]


def test_it_begins_with_what_a_listener_must_know(workspace):
    lines = lines_of(workspace)
    assert lines[:6] == [
        "計画名：協働のまちづくり推進計画",
        "市町村名：富里市",
        "テキスト版",
        "調査：平成27年度",
        "時点：平成27年10月31日現在",
        "計画期間：平成23年度から32年度まで",
    ]
    assert below(lines, "凡例") == [
        "状態の区分は、次の3つです。",
        "完了（✓）",
        "完了の目途（◇）",
        "継続中（・）",
    ]
    assert below(lines, "目次")[:2] == [
        "前期、平成23年度から27年度まで",
        "推進項目 1　環境づくり、実行計画7件",
    ]
    assert below(lines, "集計") == [
        "実行計画の数：32件",
        "再掲を含む掲載の数：34件",
        "完了（✓）：5件",
        "完了の目途（◇）：7件",
        "継続中（・）：20件",
    ]


def test_a_status_without_a_definition_is_named_and_nothing_else_is_said(workspace):
    statuses = {
        key: each._replace(definition="" if each.mark == "◇" else "続いているもの")
        for key, each in workspace.outline.statuses.items()
    }
    lines = list(text_version(replace(workspace.outline, statuses=statuses)))
    assert below(lines, "凡例")[1:] == [
        "完了（✓）：続いているもの",
        "完了の目途（◇）",
        "継続中（・）：続いているもの",
    ]


def test_each_term_has_totals_of_its_own(workspace):
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    next_term.draw_up(workspace, next_term.proposed(workspace))
    lines = lines_of(workspace)
    assert below(lines, "集計")[0] == "実行計画の数：32件"  # 後期 is not this round's
    lines = below(list(text_version(workspace.outline.as_of(None))), "集計")
    assert [each for each in lines if each.startswith(("前期", "後期", "実行計画"))] == [
        "前期、平成23年度から27年度まで",
        "実行計画の数：32件",
        "後期、平成28年度から32年度まで",
        "実行計画の数：27件",
    ]


def test_every_heading_and_action_stands_in_it_in_order(workspace):
    outline, lines = workspace.outline, lines_of(workspace)
    body = lines[lines.index("集計") :]
    titles = [line.partition("　")[2] for line in body if HEADING.match(line)]
    assert titles == [outline.title(n) for r in outline.roots for n in outline.below(r)]


def test_an_action_says_everything_in_words(workspace):
    details.assign(workspace, [1], add_section(workspace, "総務課"), Role.RELATED)
    details.assign(workspace, [1], 1, Role.LEAD)
    edits.set_due(workspace, 1, "H28.3")
    edits.set_direction(workspace, [1], 2)
    edits.set_outlook_text(workspace, 1, "続ける")
    assert below(lines_of(workspace), "実行計画 1-(1)-①　市民活動ブースの設置") == [
        "主担当：市民活動推進課",
        "関係課：総務課",
        "状態：完了の目途（◇）",
        "進捗状況：市民活動サポートセンター開設すれば完了（28年3月予定）",
        "方向性：拡充",
        "今後の方向性：続ける",
        "完了予定：平成28年3月",
    ]


def test_several_lines_of_progress_are_counted(workspace):
    progress.add_line(workspace, 1, "二つ目\n\nその続き")
    assert below(lines_of(workspace), "実行計画 1-(1)-①　市民活動ブースの設置")[1:] == [
        "進捗状況の1番目、状態：完了の目途（◇）",
        "進捗状況：市民活動サポートセンター開設すれば完了（28年3月予定）",
        "進捗状況の2番目、状態：未記入",
        "進捗状況：二つ目",
        "その続き",
    ]


def test_an_action_that_stands_twice_says_where_to_listen(workspace):
    lines = lines_of(workspace)
    again = next(place for place, line in enumerate(lines) if line.startswith("再掲："))
    home = lines[again].removeprefix("再掲：内容は「").removesuffix("」にあります。")
    assert home == "実行計画 2-(1)-④　協働人材バンクの創設"
    assert lines[again - 1].partition("　")[2] == home.partition("　")[2]
    assert home in lines


def test_opinions_stand_at_their_headings(workspace):
    rounds.set_opinion(workspace, node_of(workspace.outline, "環境づくり"), "進んでいる")
    rounds.set_response(workspace, node_of(workspace.outline, "環境づくり"), "続ける")
    lines = lines_of(workspace)
    place = len(lines) - 1 - lines[::-1].index("推進項目 1　環境づくり")
    assert lines[place + 1 : place + 3] == ["委員会意見：進んでいる", "市の対応：続ける"]


def test_no_line_draws_anything(workspace):
    assert not re.search("[─-╿■-◂|※→]|  ", "\n".join(lines_of(workspace)).replace("（◇）", ""))


def test_what_is_late_due_and_changed_is_gathered_as_in_the_report(tmp_path, clock):
    path = tmp_path / "例.kyodo"
    create_sample(path, "tomisato_example", author="市民 花子", now=clock())
    with closing(opened(path, clock)) as plan:
        workspace = plan.workspace
        expect_gathered(workspace)


def expect_gathered(workspace):
    comparison = gathered(workspace, [Extra.COMPARISON]).comparison
    lines = list(text_version(workspace.outline, comparison=comparison))
    assert below(lines, "前回からの変更") == [
        "状態の変更：4件",
        "新規：0件",
        "文や方向性だけの変更：12件",
    ]
    assert below(lines, "完了したもの：1件") == [
        "1-(3)-①　市民活動支援補助金の創設、主担当：市民活動推進課、◇ 完了の目途から✓ 完了"
    ]
    late = below(lines, "平成27年10月現在で期限超過のもの：4件")
    assert late[0] == (
        "1-(3)-②　市民活動支援基金の創設、主担当：企画課、完了予定：平成26年3月、超過：1年7か月"
    )
    assert "方針が変わったもの：0件" in lines
    soon = next(each for each in lines if "期限が近いもの" in each)
    assert len(below(lines, soon)) == int(soon.partition("：")[2].removesuffix("件"))
    assert "前回からの変更" not in list(text_version(workspace.outline))
