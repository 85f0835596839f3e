"""A new file gets its schema, an old one is brought up to date on a copy."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kyodo_desktop.domain.errors import (
    BusyError,
    DamagedFileError,
    RefusedError,
    StorageError,
)
from kyodo_desktop.paths import bundled
from kyodo_desktop.store import copying
from kyodo_desktop.store.history import Founding
from kyodo_desktop.store.inspection import inspected
from kyodo_desktop.store.migrating import create, upgrade
from kyodo_desktop.store.schema import is_old, revisions
from kyodo_desktop.store.tables import PlanRow, SectionRow
from tests.disk import nearly_full_disk
from tests.store.test_schema import statements

NEXT = "9999"
FOUNDING = Founding("2026-11-23T18:00:00+09:00", "花子", "作成")
RECREATES = """
    with op.batch_alter_table("action", recreate="always") as table:
        table.add_column(sa.Column("place", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("heading", recreate="always") as table:
        table.alter_column("title", type_=sa.Text())
"""


@pytest.fixture
def scripts(tmp_path):
    """A function that makes a folder of scripts with one more revision doing what is given."""

    def scripts(body):
        folder = tmp_path / "db 100%"
        shutil.copytree(bundled("db"), folder)
        (folder / "versions" / f"{NEXT}_next.py").write_text(
            f'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "{NEXT}"\n'
            f'down_revision = "{revisions()[-1]}"\n\n\ndef upgrade():\n{body}\n    sa, op\n'
        )
        return folder

    return scripts


def rows(file):
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
            for table in ("heading", "placement", "progress", "operation")
        }


def test_recreating_a_table_keeps_the_rows_that_refer_to_it(sample_file, scripts):
    before, folder = rows(sample_file), scripts(RECREATES)
    assert is_old(revisions()[-1], folder)
    upgrade(sample_file, folder)
    assert rows(sample_file) == before
    with closing(sqlite3.connect(sample_file)) as connection:
        assert connection.execute("SELECT count(place) FROM action").fetchone() == (32,)
        version = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        refused = "INSERT INTO placement (heading_id, position, action_id, number)"
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute(f"{refused} VALUES (1, 0, 999, '')")
    assert (version, is_old(version, folder)) == (NEXT, False)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('    op.execute("DELETE FROM heading")', DamagedFileError),
        ('    op.execute("DELETE FROM nowhere")', StorageError),
        ("    op.execute(\"UPDATE action SET title = ''\")", RefusedError),
        ("    raise KeyboardInterrupt", KeyboardInterrupt),
    ],
)
def test_a_copy_that_came_out_wrong_is_thrown_away(sample_file, scripts, body, error):
    before, folder = sample_file.read_bytes(), scripts(body)
    with pytest.raises(error):
        upgrade(sample_file, folder)
    assert sample_file.read_bytes() == before
    assert sorted(sample_file.parent.iterdir()) == [folder, sample_file]


def test_a_disk_that_fills_up_leaves_the_old_file(sample_file, scripts):
    before = sample_file.read_bytes()
    folder = scripts('    op.execute("UPDATE action SET note = hex(zeroblob(99999))")')
    with nearly_full_disk(len(before) + 20_000), pytest.raises(StorageError):
        upgrade(sample_file, folder)
    assert sample_file.read_bytes() == before
    assert sorted(sample_file.parent.iterdir()) == [folder, sample_file]


def test_who_reads_the_file_meanwhile_goes_on_in_the_new_one(sample_file, scripts):
    folder = scripts("    op.execute(\"UPDATE plan SET title = '新'\")")
    with closing(sqlite3.connect(sample_file)) as reader:
        reader.execute("SELECT title FROM plan").fetchone()
        upgrade(sample_file, folder)
        assert reader.execute("SELECT title FROM plan").fetchone() == ("新",)


def test_a_file_that_is_being_read_stays_as_it_is(sample_file, scripts, monkeypatch):
    monkeypatch.setattr("kyodo_desktop.store.connection.PATIENCE", 0)
    before, folder = rows(sample_file), scripts(RECREATES)
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT title FROM plan").fetchone()
        with pytest.raises(BusyError, match="使用中"):
            upgrade(sample_file, folder)
    assert rows(sample_file) == before
    assert inspected(sample_file) == revisions()[-1]


def test_a_file_in_wal_mode_is_taken_out_of_it(sample_file, scripts):
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    upgrade(sample_file, scripts("    pass"))
    with closing(sqlite3.connect(sample_file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert len(list(sample_file.parent.iterdir())) == 2


def test_a_disk_that_fills_up_while_the_new_one_comes_in_leaves_the_old(
    sample_file, scripts, monkeypatch
):
    before, real = rows(sample_file), copying.put_in
    folder = scripts('    op.execute("UPDATE action SET note = hex(zeroblob(9999))")')

    def put_in(beside, target):
        with nearly_full_disk(target.stat().st_size + 20_000):
            real(beside, target)

    monkeypatch.setattr("kyodo_desktop.store.copying.put_in", put_in)
    with pytest.raises(StorageError, match="書き込めませんでした"):
        upgrade(sample_file, folder)
    assert rows(sample_file) == before
    assert inspected(sample_file) == revisions()[-1]


def fill(session):
    session.add(PlanRow(id=1, title="計画", first_fiscal_year=2011, last_fiscal_year=2020))


def test_a_new_file_is_whole_or_not_there(tmp_path, clock):
    path = tmp_path / "計画.kyodo"
    create(path, fill, FOUNDING, now=clock())
    assert [row[:6] for row in rows(path)["operation"]] == [(1, *FOUNDING, None, 0)]
    with nearly_full_disk(100_000), pytest.raises(StorageError, match="書き込めませんでした"):
        create(tmp_path / "別.kyodo", fill, FOUNDING, now=clock())
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_would_be_replaced_stays_when_the_new_one_breaks_a_rule(tmp_path, clock):
    path = tmp_path / "計画.kyodo"
    path.write_bytes(b"old")
    wrong = SectionRow(position=-1, name="課")
    with pytest.raises(RefusedError, match="計画の決まりに合わないため"):
        create(path, lambda session: session.add(wrong), FOUNDING, now=clock())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


OLD = sorted((Path(__file__).parents[1] / "fixtures" / "old_databases").glob("*.kyodo"))


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_a_file_of_each_earlier_version_becomes_one_of_this_with_all_its_rows(
    old, sample_file, tmp_path
):
    file = shutil.copy(old, tmp_path / "古い計画.kyodo")
    assert inspected(file) == old.stem
    before = rows(file)
    upgrade(file)
    assert inspected(file) == revisions()[-1]
    after = rows(file)
    assert {name: [row[: len(before[name][0])] for row in after[name]] for name in after} == before
    assert statements(file) == statements(sample_file)


def test_there_is_a_file_of_each_earlier_version():
    assert tuple(path.stem for path in OLD) == revisions()[:-1]


def test_a_step_has_a_key_of_its_own_which_is_the_same_in_every_copy_of_an_old_plan(tmp_path):
    copies = [shutil.copy(OLD[1], tmp_path / f"{place}.kyodo") for place in "ab"]
    for each in copies:
        upgrade(each)
    keys = [[row[-1] for row in rows(each)["operation"]] for each in copies]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == 4
