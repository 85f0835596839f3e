"""The keys that a program carries are read as a whole or not at all."""

from __future__ import annotations

import json
import sys

import pytest

from kyodo_desktop.updating import keys
from kyodo_desktop.updating.errors import UpdateError
from tests.updating.share import KEYS

ENTRIES = [json.loads(keys.written(key)) for key in KEYS]


@pytest.mark.parametrize("trusted", [(), KEYS])
def test_keys_are_read_as_they_were_written(trusted):
    assert keys.parsed(f"[{','.join(map(keys.written, trusted))}]".encode()) == trusted


@pytest.mark.parametrize(
    "found",
    [
        None,
        {},
        [None],
        [{}],
        [ENTRIES[0] | {"public": ENTRIES[0]["public"].upper()}],
        [ENTRIES[0] | {"public": ENTRIES[0]["public"][2:]}],
        [ENTRIES[0] | {"public": 7}],
        [ENTRIES[0] | {"holder": ""}],
        [ENTRIES[0] | {"holder": " "}],
        [ENTRIES[0] | {"holder": "市\n市"}],
        [ENTRIES[0] | {"holder": "長" * 61}],
        [ENTRIES[0] | {"private": ENTRIES[0]["public"]}],
        [*ENTRIES, ENTRIES[0]["public"]],
    ],
)
def test_anything_else_is_refused(found):
    with pytest.raises(ValueError, match=r"."):
        keys.parsed(json.dumps(found).encode())


@pytest.mark.parametrize("data", [None, b"", b"[", b"\xff"])
def test_keys_that_cannot_be_read_are_told_by_their_place(monkeypatch, tmp_path, data):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    if data is not None:
        (tmp_path / "resources").mkdir()
        (tmp_path / keys.FILE).write_bytes(data)
    with pytest.raises(UpdateError, match=f"{keys.FILE}.*情報政策課"):
        keys.carried()


def test_the_project_carries_no_key_that_everybody_has():
    assert set(keys.carried()) & set(KEYS) == set()
    assert {key.public for key in keys.carried()} & {key.public for key in KEYS} == set()
