"""Whatever happened to a file: it opens whole or is refused, and stays byte for byte."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from random import Random

import pytest

from kyodo_desktop.domain.errors import (
    DamagedFileError,
    NewerFileError,
    NotOursError,
    StrangeFileError,
)
from kyodo_desktop.services.dump import dump
from kyodo_desktop.store.schema import revisions
from kyodo_desktop.store.tables import TABLES
from tests.builders import opened
from tests.effort import seeds


def outcome(file, content, clock, *, read_only=True):
    """Write the content, try to open it, and return what came of it."""
    file.write_bytes(content)
    try:
        plan = opened(file, clock, read_only=read_only)
    except (DamagedFileError, NotOursError, NewerFileError, StrangeFileError) as error:
        told = error
    else:
        assert dump(plan.workspace)["plan"]["title"]
        plan.close()
        return None
    finally:
        assert file.read_bytes() == content
    assert "変更していません" in str(told)
    return type(told)


@pytest.mark.parametrize("length", [1, 16, 99])
def test_a_file_cut_off_within_its_first_bytes_is_not_ours(sample_file, clock, length):
    assert outcome(sample_file, sample_file.read_bytes()[:length], clock) is NotOursError


@pytest.mark.parametrize("part", [0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.99999])
def test_a_file_cut_off_later_is_damaged(sample_file, clock, part):
    whole = sample_file.read_bytes()
    assert outcome(sample_file, whole[: int(len(whole) * part)], clock) is DamagedFileError


@seeds(quick=40, deep=4_000, each=400)
def test_bytes_changed_anywhere_are_found_or_do_no_harm(sample_file, clock, seeds):
    whole, random, found = sample_file.read_bytes(), Random(seeds[0]), Counter()
    for number in range(len(seeds)):
        content = bytearray(whole)
        place, size = random.randrange(len(whole) - 512), (1, 16, 512)[number % 3]
        content[place : place + size] = random.randbytes(size)
        found[outcome(sample_file, bytes(content), clock)] += 1
    assert found[DamagedFileError] > len(seeds) * 0.075
    assert found[None] > len(seeds) * 0.125


@pytest.mark.parametrize("text", ["環境づくり", "CREATE TABLE", revisions()[-1]])
def test_text_that_is_no_text_any_more_is_damage(sample_file, clock, text):
    whole = sample_file.read_bytes()
    content = whole.replace(text.encode(), b"\xff" * len(text.encode()))
    assert content != whole
    assert outcome(sample_file, content, clock, read_only=False) in (
        DamagedFileError,
        NewerFileError,
    )


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_table_that_is_defined_otherwise_is_strange_before_it_is_read(sample_file, clock, table):
    *_, column = TABLES[table].columns.keys()
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?",
            (column, f"{column[:-1]}q", table),
        )
    content = sample_file.read_bytes()
    # where one of its own rules asks for the column SQLite finds the contradiction itself
    assert outcome(sample_file, content, clock) in (StrangeFileError, DamagedFileError)


def test_an_index_that_says_something_else_than_its_table_is_damage(sample_file, clock):
    with closing(sqlite3.connect(sample_file)) as connection:
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        query = "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'progress'"
        pages = [page for (page,) in connection.execute(query)]
    content = bytearray(sample_file.read_bytes())
    content[pages[0] * page_size - 1] ^= 1  # in the last of the keys that the page holds
    assert pages
    assert outcome(sample_file, bytes(content), clock) is DamagedFileError


def test_a_refused_file_is_not_locked_and_not_backed_up(sample_file, clock):
    whole = sample_file.read_bytes()
    outcome(sample_file, whole[: len(whole) // 2], clock, read_only=False)
    lock = sample_file.with_name(f"{sample_file.name}.lock")
    assert sorted(sample_file.parent.iterdir()) == [sample_file, lock]
