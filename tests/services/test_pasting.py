"""Rows copied in Excel come in as actions or lines, as one step; what does not fit is told."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.nodes import term_node
from kyodo_desktop.domain.pasting import (
    NUMBER,
    PROGRESS,
    SECTION,
    STATUS,
    TITLE,
    UNUSED,
    PastedAction,
    PastedLine,
    as_text,
    column_of,
    copied_rows,
    from_text,
    guessed,
    headed,
    read_actions,
    read_lines,
)
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.replies.answers import AnswerParser
from kyodo_desktop.services import details, progress, rounds
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.pasting import paste_actions, paste_lines
from kyodo_desktop.services.vocabularies import add_section
from tests import edits
from tests.builders import node_of

DUE, DIRECTION = column_of(action_fields.DUE), column_of(action_fields.DIRECTION)


def columns_of(workspace, cells, *, lines_only=False):
    return guessed(cells, AnswerParser(workspace.outline), lines_only=lines_only)


def said(action):
    """Return what a dumped action says, without what tells it from its copy."""
    return {name: value for name, value in action.items() if name not in ("id", "principles")}


def test_what_is_copied_is_pasted_as_the_same(workspace):
    details.assign(workspace, [1], 1, Role.LEAD)
    details.assign(workspace, [1], add_section(workspace, "総務課"), Role.RELATED)
    edits.set_due(workspace, 1, "H28.3")
    edits.set_direction(workspace, [1], 2)
    edits.set_outlook_text(workspace, 1, "続ける\n見直す")
    progress.add_line(workspace, 1, "済んだ", status_id=1)
    outline = workspace.outline
    nodes = [node_of(outline, title) for title in ("環境づくり", "市民活動ブースの設置")]
    cells = from_text(as_text(copied_rows(outline, nodes)))
    columns = headed(cells, "実行計画")
    assert [row[1] for row in cells][:2] == ["実行計画", "市民活動ブースの設置"]
    assert len(cells) == 1 + 7
    pasted = read_actions(outline, cells[1:], columns)
    assert pasted.problems == ()
    heading = node_of(outline, "職員の協働意識の向上")
    added = paste_actions(workspace, heading, pasted.actions)
    actions = {each["id"]: each for each in dump(workspace)["actions"]}
    copy = workspace.outline.action_at(added[0]).id
    assert said(actions[copy]) == said(actions[1])
    assert workspace.undo_label == "貼り付け：実行計画7件"


def test_pasting_is_one_step(workspace):
    before = dump(workspace)
    heading = node_of(workspace.outline, "活動拠点の整備")
    added = paste_actions(
        workspace,
        heading,
        [
            PastedAction("一", leads=("新しい課",)),
            PastedAction("二", lines=(PastedLine(1, "済"),)),
        ],
    )
    outline = workspace.outline
    assert [outline.label(node) for node in added] == ["② 一", "③ 二"]
    assert "新しい課" in [each.name for each in outline.sections.values()]
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    assert workspace.outline.title(added[1]) == "二"


def test_lines_come_behind_those_that_are_there(workspace):
    paste_lines(workspace, 1, [PastedLine(1, "一"), PastedLine(None, "二")])
    assert [line.text for line in workspace.outline.lines[1]][1:] == ["一", "二"]
    assert workspace.undo_label == "貼り付け：進捗状況2行"


def test_columns_are_known_by_their_headings(workspace):
    cells = [
        ["№", "取組名", "所管課", "評価", "実績", "備考"],
        ["1", "研修", "総務課", "✓", "済", ""],
    ]
    assert headed(cells, "実行計画") == [*(NUMBER, TITLE, SECTION, STATUS, PROGRESS, UNUSED)]
    assert headed([["事務事業"], ["研修"]], "事務事業") == [TITLE]
    assert headed([["研修の実施", "総務課"]], "実行計画") is None


def test_columns_without_headings_are_known_by_what_they_say(workspace):
    cells = [
        ["①", "研修の実施", "総務課", "完了", "平成26年度に実施し、今後も続ける", "H28.3", "継続"],
        ["②", "講座の開設", "企画課", "◇", "検討を進めており、来年度に開く予定", "R2/3", "拡充"],
    ]
    assert columns_of(workspace, cells) == [
        *(NUMBER, TITLE, SECTION, STATUS, PROGRESS),
        *(DUE, DIRECTION),
    ]
    assert columns_of(workspace, [["✓", "済んだ"]], lines_only=True) == [STATUS, PROGRESS]


@pytest.mark.parametrize(
    ("cell", "leads", "related"),
    [
        ("教育総務課・管財課", ("教育総務課", "管財課"), ()),
        ("福祉課\n子育て支援課", ("福祉課", "子育て支援課"), ()),
        ("◎人事課、総務課", ("人事課",), ("総務課",)),
        ("－", (), ()),
        ("総務課・管財課（関係課）教育・保育課", ("総務課・管財課",), ("教育・保育課",)),
        ("くらし・安全課、－", ("くらし・安全課",), ()),
        ("市民課・くらし課、人事課", ("市民課・くらし課", "人事課"), ()),
    ],
)
def test_a_cell_of_sections_is_read_as_in_a_table_taken_in(workspace, cell, leads, related):
    add_section(workspace, "市民課・くらし課")
    (action,) = read_actions(workspace.outline, [["研修", cell]], [TITLE, SECTION]).actions
    assert (action.leads, action.related) == (leads, related)


def test_what_cannot_be_read_is_told_by_row_and_the_rest_comes_in(workspace):
    columns = [TITLE, STATUS, DUE]
    pasted = read_actions(
        workspace.outline, [["研修", "すばらしい", "いつか"], ["", "✓", ""], ["", "", ""]], columns
    )
    assert [action.title for action in pasted.actions] == ["研修"]
    assert [problem.partition("は")[0] for problem in pasted.problems] == [
        "1行目: 「状態」の「すばらしい」",
        "1行目: 「完了予定」の「いつか」",
        "2行目: 実行計画の名前が空のため、加えません。",
    ]


def test_marked_lines_in_one_cell_are_several_lines(workspace):
    (one,) = read_actions(
        workspace.outline, [["研修", "✓ 済んだ\n◇ もうすぐ"]], [TITLE, PROGRESS]
    ).actions
    assert one.lines == (PastedLine(1, "済んだ"), PastedLine(2, "もうすぐ"))
    pasted = read_lines(workspace.outline, [["✓ 済んだ"], ["まだ"], [""]], [PROGRESS])
    assert pasted.lines == (PastedLine(1, "済んだ"), PastedLine(None, "まだ"))


def test_a_place_that_cannot_take_them_is_refused(workspace):
    line, action = PastedLine(1, "済"), PastedAction("一")
    heading = node_of(workspace.outline, "活動拠点の整備")
    for place in (term_node(1), node_of(workspace.outline, "市民活動ブースの設置"), 4_000_002):
        with pytest.raises(RefusedError, match="先に見出しを選んで"):
            paste_actions(workspace, place, [action])
    with pytest.raises(RefusedError, match="先がありません"):
        paste_lines(workspace, 999, [line])
    with pytest.raises(RefusedError, match="貼り付けられる実行計画がありません"):
        paste_actions(workspace, heading, [])
    with pytest.raises(RefusedError, match="貼り付けられる進捗状況がありません"):
        paste_lines(workspace, 1, [])
    rounds.close_round(workspace, 1)
    with pytest.raises(RefusedError, match="確定済み"):
        paste_actions(workspace, heading, [action._replace(lines=(line,))])
    assert paste_actions(workspace, heading, [action])
