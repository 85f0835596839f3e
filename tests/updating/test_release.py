"""What a shared folder says is believed only as far as it was checked."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.updating.release import Release, UpdateError, parsed, published

SHA256 = "0123456789abcdef" * 4
GOOD = {
    "version": "0.2.0",
    "file": "KyodoDesktop-0.2.0-Setup.exe",
    "sha256": SHA256,
    "notes": "集計表に割合を加えました。\n印刷の余白を直しました。",
}


def written(**changed) -> bytes:
    return json.dumps({**GOOD, **changed}, ensure_ascii=False).encode()


def test_a_release_is_read_with_its_notes(tmp_path):
    (tmp_path / "latest.json").write_bytes(written())
    assert published(tmp_path) == Release("0.2.0", SHA256, GOOD["notes"])


def test_a_file_that_notepad_saved_is_read_as_well():
    assert parsed(b"\xef\xbb\xbf" + written()).version == "0.2.0"


def test_keys_of_later_versions_are_left_alone():
    assert parsed(written(channel="beta", requires={"windows": 10})) == parsed(written())


def test_a_hash_may_be_written_in_capitals():
    assert parsed(written(sha256=SHA256.upper())).sha256 == SHA256


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", "0.2"),
        ("version", "0.2.0.1"),
        ("version", "0.02.0"),
        ("version", "0.2.0\n"),
        ("version", "０.２.０"),
        ("version", "99999.0.0"),
        ("version", 2),
        ("version", None),
        ("file", "KyodoDesktop-0.3.0-Setup.exe"),
        ("file", "../KyodoDesktop-0.2.0-Setup.exe"),
        ("file", r"C:\Windows\System32\calc.exe"),
        ("file", "kyododesktop-0.2.0-setup.EXE"),
        ("file", ["KyodoDesktop-0.2.0-Setup.exe"]),
        ("sha256", ""),
        ("sha256", SHA256[:-1]),
        ("sha256", SHA256[:-1] + "g"),
        ("sha256", SHA256 + "\n"),
        ("notes", None),
        ("notes", {"ja": ""}),
        ("notes", "長" * 10_001),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_name(key, value):
    with pytest.raises(UpdateError, match=key):
        parsed(written(**{key: value}))


@pytest.mark.parametrize("key", GOOD)
def test_no_key_may_be_missing(key):
    left = {name: value for name, value in GOOD.items() if name != key}
    with pytest.raises(UpdateError, match=key):
        parsed(json.dumps(left).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'"latest"',
        b"<html>",
        b"\xff\xfe{\x00}\x00",
        "設定".encode("cp932"),
        b"[" * 60_000,
        b'{"version": ' + b"9" * 5_000 + b"}",
        written()[:-10],
        written() + b" " * 65_536,
    ],
)
def test_what_is_no_description_is_refused(data):
    with pytest.raises(UpdateError):
        parsed(data)


@given(st.binary() | st.text().map(str.encode))
def test_whatever_is_in_the_file_is_a_release_or_refused(data):
    with pytest.raises(UpdateError):
        parsed(data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.sampled_from(sorted(GOOD)),
)
def test_whatever_a_value_is_only_the_notes_can_be_something_else(value, key):
    try:
        release = parsed(written(**{key: value}))
    except UpdateError:
        return
    assert release.version == GOOD["version"]
    assert release.sha256 == SHA256
    assert release.notes == GOOD["notes"] or key == "notes"


def test_notes_hold_nothing_that_cannot_be_seen():
    notes = "一行目\r\n二\u202e行\x00目\ufeff　三 \ud800"
    escaped = json.dumps({**GOOD, "notes": notes}).encode()
    assert parsed(escaped).notes == "一行目\n二行目　三 "


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UpdateError, match="消えた共有"):
        published(tmp_path / "消えた共有")


@pytest.mark.parametrize(
    ("newer", "older"),
    [("0.10.0", "0.9.9"), ("1.0.0", "0.99.99"), ("0.1.1", "0.1.0")],
)
def test_versions_are_compared_number_by_number(newer, older):
    assert Release(newer, SHA256, "").is_newer_than(older)
    assert not Release(older, SHA256, "").is_newer_than(newer)
    assert not Release(newer, SHA256, "").is_newer_than(newer)
