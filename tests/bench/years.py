"""A plan with ten rounds, and what plain Python makes of lists read by raw sqlite3."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench.files import plan_file

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS, ACTIONS = 10, 1_000
_FIRST_YEAR = 2011
TABLES = {
    "plan": "id",
    "level": "position, id",
    "principle": "position, id",
    "actor": "position, id",
    "status": "position, id",
    "direction": "position, id",
    "section": "position, id",
    "round": "fiscal_year, as_of, id",
    "term": "position, id",
    "heading": "position, id",
    "action": "id",
    "placement": "position, id",
    "assignment": "id",
    "prerequisite": "id",
}

Rows = list[tuple[Any, ...]]


def file_with_rounds(path: Path) -> Path:
    """Write a plan whose texts and marks change a little from round to round."""
    plan_file(path, ACTIONS)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(
            "UPDATE round SET name = ?, fiscal_year = ?, as_of = ?",
            _round(ROUNDS - 1),
        )
        for number in range(ROUNDS - 1):
            added = raw.execute(
                "INSERT INTO round (name, fiscal_year, as_of) VALUES (?, ?, ?)", _round(number)
            )
            raw.execute(
                "INSERT INTO progress (round_id, action_id, position, status_id, text)"
                " SELECT ?, action_id, position, 1 + (status_id + action_id % 7 + ?) % 3,"
                " CASE WHEN action_id % 5 = ? THEN text || 'の予定' ELSE text END"
                " FROM progress WHERE round_id = 1",
                (added.lastrowid, number, number % 5),
            )
    return path


def _round(number: int) -> tuple[str, int, str]:
    year = _FIRST_YEAR + number
    return f"{year}年度", year, f"{year}-10-31"


class Plain(NamedTuple):
    """A plan as lists and dicts."""

    tables: dict[str, Rows]
    by_id: dict[str, dict[int, tuple[Any, ...]]]
    children: dict[tuple[str, int], list[int]]
    placed: dict[int, int]
    lines: dict[int, Rows]
    previous: dict[int, Rows]


def opened(path: Path) -> Plain:
    """Check the file as every program must that writes to it, and read the newest round."""
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchone() is None
        return read(raw)


def read(raw: sqlite3.Connection) -> Plain:
    tables = {
        name: raw.execute(f'SELECT * FROM "{name}" ORDER BY {order}').fetchall()
        for name, order in TABLES.items()
    }
    by_id = {name: {row[0]: row for row in rows} for name, rows in tables.items()}
    children: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for row in tables["heading"]:
        children["term" if row[2] is None else "heading", row[2] or row[1]].append(row[0])
    placed: dict[int, int] = {}
    for row in tables["placement"]:
        children["placement", row[1]].append(row[0])
        placed.setdefault(row[3], row[1])
    rounds = [row[0] for row in tables["round"]]
    return Plain(tables, by_id, children, placed, lines(raw, rounds[-1]), lines(raw, rounds[-2]))


def lines(raw: sqlite3.Connection, round_id: int) -> dict[int, Rows]:
    """Return the lines of a round by action."""
    found: defaultdict[int, Rows] = defaultdict(list)
    query = "SELECT * FROM progress WHERE round_id = ? ORDER BY position, id"
    for row in raw.execute(query, (round_id,)):
        found[row[2]].append(row)
    raw.execute("SELECT * FROM outlook WHERE round_id = ?", (round_id,)).fetchall()
    return found


def compared(path: Path, earlier: int, later: int) -> tuple[Counter[Any], list[Any]]:
    """Read the plan twice, each time with a round, and compare action by action."""
    with closing(sqlite3.connect(path)) as raw:
        plans = [(read(raw), lines(raw, round_id)) for round_id in (earlier, later)]
    (old, before), (new, after) = plans
    transitions: Counter[Any] = Counter()
    changes = []
    for action_id, action in new.by_id["action"].items():
        known = old.by_id["action"].get(action_id)
        was = [(row[4], row[5], row[6]) for row in before.get(action_id, ())]
        now = [(row[4], row[5], row[6]) for row in after.get(action_id, ())]
        transitions[_status(was), _status(now)] += 1
        if (known, was, old.placed.get(action_id)) != (action, now, new.placed.get(action_id)):
            changes.append((action_id, known, action, was, now))
    for heading_id, heading in new.by_id["heading"].items():
        if old.by_id["heading"].get(heading_id) != heading:
            changes.append((heading_id, heading))
    return transitions, changes


def _status(said: list[Any]) -> Any:
    return max((status for status, *_ in said if status), default=None)


_DATE = re.compile(
    r"(令和|平成|昭和|[RHS])?\s*(\d{1,4}|元)(年度|年(\d{1,2})月|[./](\d{1,2}))(.{0,12}?)(予定|までに|目標|見込)?"
)
_DONE, _NEAR, _ONGOING = 1, 2, 3  # the statuses of the plan that is measured


def checked(path: Path) -> list[tuple[int, str]]:
    """Read the plan and its three newest rounds, and look for what 点検 looks for, simply."""
    with closing(sqlite3.connect(path)) as raw:
        plan = read(raw)
        rounds = [row[0] for row in plan.tables["round"]]
        older = lines(raw, rounds[-3])
    actions, found = plan.tables["action"], []
    titles = {row[0]: _alike(row[2]) for row in actions}
    texts = {row[0]: "\n".join(line[5] for line in plan.lines[row[0]]) for row in actions}
    alike = {action_id: _alike(text) for action_id, text in texts.items()}
    waiting = {row[1]: row[2] for row in plan.tables["prerequisite"]}
    marks = {row[0]: {line[4] for line in plan.lines[row[0]]} for row in actions}
    found += _doubles(titles, alike)
    found += _named(titles, alike, marks)
    for row in actions:
        action_id, due = row[0], row[5]
        text, mark = alike[action_id], marks[action_id]
        dates = [each for each in _DATE.finditer(text) if each[7]]
        found += [(action_id, each[0]) for each in dates if due is None]
        if due is not None and due < "2026-11" and _DONE not in mark:
            found.append((action_id, "overdue"))
        if (_DONE in mark and re.search("予定|検討中", text)) or (
            _ONGOING in mark and re.search("完了", text)
        ):
            found.append((action_id, "mark"))
        if _NEAR in mark and due is None and not dates and action_id not in waiting:
            found.append((action_id, "no date"))
        if action_id in waiting and marks[waiting[action_id]] == {_DONE} != mark:
            found.append((action_id, "may go on"))
        found.append((action_id, "direction"))
        if not mark or None in mark or not text:
            found.append((action_id, "empty"))
        said = [
            [(line[4], line[5]) for line in of.get(action_id, ())]
            for of in (plan.lines, plan.previous, older)
        ]
        if said[0] and said[0] == said[1] == said[2]:
            found.append((action_id, "unchanged"))
    found += _misnumbered(plan)
    found += [
        (action_id, character)
        for texts_of in (titles, texts)
        for action_id, text in texts_of.items()
        for character in text
        if not _in_cp932(character)
    ]
    return found


def _alike(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _doubles(titles: dict[int, str], texts: dict[int, str]) -> list[tuple[int, str]]:
    """Return actions with the same title, or with the same text and a near title."""
    found, by_title, by_text = [], defaultdict(list), defaultdict(list)
    for action_id, title in titles.items():
        by_title[title].append(action_id)
        by_text[texts[action_id]].append(action_id)
    for title, ids in by_title.items():
        found += [(each, title) for each in ids[1:]]
    for ids in by_text.values():
        first: dict[str, int] = {}
        for each in ids:
            for place in range(len(titles[each])):
                near = titles[each][:place] + titles[each][place + 1 :]
                if first.setdefault(near, each) != each:
                    found.append((each, "similar"))
    return found


def _named(
    titles: dict[int, str], texts: dict[int, str], marks: dict[int, set[Any]]
) -> list[tuple[int, str]]:
    """Return actions whose text has the title of another one that is not done."""
    starts = defaultdict(list)
    for action_id, title in titles.items():
        if _DONE not in marks[action_id]:
            for name in (title, re.sub("の[^の]{2,4}$", "", title)):
                starts[name[:3]].append((name, action_id))
    return [
        (action_id, name)
        for action_id, text in texts.items()
        if _DONE not in marks[action_id]
        for place in range(len(text))
        for name, other in starts.get(text[place : place + 3], ())
        if other != action_id and text.startswith(name, place)
    ]


def _misnumbered(plan: Plain) -> list[tuple[int, str]]:
    """Return placements and headings whose typed number is another one's, or leaves a gap."""
    found = []
    for row in plan.tables["placement"]:
        beside = plan.children["placement", row[1]]
        numbers = [plan.by_id["placement"][each][4] or str(i) for i, each in enumerate(beside, 1)]
        if row[4] and numbers.count(row[4]) > 1:
            found.append((row[0], "number"))
    return found


def _in_cp932(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
