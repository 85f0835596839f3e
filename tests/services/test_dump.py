"""The dump is the whole plan as plain JSON, all rounds of it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.texts import CONTROLS
from kyodo_desktop.services import details, progress
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.vocabularies import add_section
from tests import edits
from tests.builders import opened

SHAPE = {
    "plan": {"title", "first_fiscal_year", "last_fiscal_year", "levels"},
    "statuses": {"mark", "label", "kind"},
    "rounds": {"name", "as_of", "closed"},
    "terms": {"name", "first_fiscal_year", "last_fiscal_year", "headings"},
    "actions": {"id", "title", "due", "sections", "progress", "outlooks"},
}


def placements(heading):
    yield from heading["placements"]
    for below in heading["headings"]:
        yield from placements(below)


def test_it_has_the_documented_shape(workspace):
    whole = json.loads(json.dumps(dump(workspace), ensure_ascii=False))
    for name, keys in SHAPE.items():
        first = whole[name] if name == "plan" else whole[name][0]
        assert keys <= set(first)
    top = whole["terms"][0]["headings"][0]
    assert (top["number"], top["title"]) == ("1", "環境づくり")
    assert top["headings"][0]["placements"] == [{"number": "①", "action": 1, "relisted": False}]


def test_the_numbers_of_the_sample_are_right(workspace):
    whole = dump(workspace)
    found = [place for top in whole["terms"][0]["headings"] for place in placements(top)]
    assert len(found) == 34
    assert sum(place["relisted"] for place in found) == 2
    assert {place["action"] for place in found} == {each["id"] for each in whole["actions"]}
    lines = [line for action in whole["actions"] for line in action["progress"]]
    assert len(lines) == 33
    assert {mark: sum(line["status"] == mark for line in lines) for mark in "✓◇・"} == {
        "✓": 5,
        "◇": 7,
        "・": 21,
    }


def test_an_action_tells_everything_by_name(workspace):
    edits.set_due(workspace, 1, "H28.3")
    details.assign(workspace, [1], add_section(workspace, "総務課"), Role.RELATED)
    details.assign(workspace, [1], 1, Role.LEAD)
    edits.set_direction(workspace, [1], 2)
    edits.set_outlook_text(workspace, 1, "続ける")
    progress.add_line(workspace, 1, "未定")
    action = dump(workspace)["actions"][0]
    assert action["due"] == "2016-03"
    assert action["sections"] == [
        {"name": "市民活動推進課", "role": "lead"},
        {"name": "総務課", "role": "related"},
    ]
    assert action["progress"][1] == {
        "round": "平成27年度",
        "section": None,
        "status": None,
        "text": "未定",
        "carried": False,
    }
    assert action["outlooks"] == [
        {"round": "平成27年度", "direction": "拡充", "text": "続ける", "carried": False}
    ]


def test_all_rounds_are_in_it_whichever_is_shown(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as raw:
        raw.executescript("""
            INSERT INTO round (name, fiscal_year, as_of)
            VALUES ('平成26年度', 2014, '2014-10-31');
            INSERT INTO progress (round_id, action_id, position, status_id, text, section_id)
            VALUES (2, 1, 0, 3, '前回', 1);
            UPDATE round SET closed_at = '2015-03-31' WHERE id = 2;
        """)
    with closing(opened(sample_file, clock)) as plan:
        whole = dump(plan.workspace)
    assert [(each["name"], each["closed"]) for each in whole["rounds"]] == [
        ("平成26年度", True),
        ("平成27年度", False),
    ]
    assert {
        "round": "平成26年度",
        "section": "市民活動推進課",
        "status": "・",
        "text": "前回",
        "carried": False,
    } in whole["actions"][0]["progress"]


def test_how_a_table_was_read_is_an_object_however_its_text_is_spaced(sample_file, clock):
    body = {"format": 1, "sheets": [{"name": "一覧"}]}
    with closing(sqlite3.connect(sample_file)) as raw, raw:
        raw.executemany(
            "INSERT INTO import_mapping (name, body) VALUES (?, ?)",
            [
                ("a", json.dumps(body, ensure_ascii=False, indent=2)),
                ("b", json.dumps(body)),
                ("c", json.dumps(body, ensure_ascii=False)),
            ],
        )
    with closing(opened(sample_file, clock)) as plan:
        found = dump(plan.workspace)["import_mappings"]
    assert found == [{"name": name, "body": body} for name in "abc"]


def test_what_nobody_sees_comes_as_a_sign_in_all_texts(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as raw, raw:
        raw.executescript("""
            UPDATE plan SET title = title || char(7), policy = char(8238);
            UPDATE action SET note = '備考' || char(7), description = char(8238) WHERE id = 1;
            UPDATE progress SET text = char(8294);
            UPDATE section SET name = name || char(7);
            UPDATE status SET label = label || char(8238);
            INSERT INTO opinion (round_id, heading_id, text)
            SELECT 1, min(id), char(7) FROM heading;
            INSERT INTO confirmation (round_id, rule, subject, note)
            VALUES (1, 'no_lead', 'action:1', char(8238));
            INSERT INTO import_mapping (name, body)
            VALUES (char(7), '{"name": "' || char(8238) || '"}');
            INSERT INTO muted_rule (rule) VALUES ('a' || char(7));
        """)
    with closing(opened(sample_file, clock)) as plan:
        whole = dump(plan.workspace)
    assert list(_hidden(whole)) == []
    assert whole["plan"]["policy"] == "〔U+202E〕"
    assert whole["actions"][0]["note"] == "備考〔U+0007〕"
    assert whole["actions"][0]["progress"][0]["text"] == "〔U+2066〕"
    assert whole["import_mappings"] == [{"name": "〔U+0007〕", "body": {"name": "〔U+202E〕"}}]


def _hidden(value):
    """Yield the texts that hold what nobody sees."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for each in value:
            yield from _hidden(each)
    elif isinstance(value, str) and CONTROLS.search(value):
        yield value
