"""What a shared folder says is believed only if a holder of one of the keys signed it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.updating.errors import UpdateError
from kyodo_desktop.updating.release import LARGEST, Release, parsed, published
from tests.updating.share import HOLDER, KEYS, SECOND_KEY, STRANGERS_KEY, TEST_KEY, public, signed

SHA256 = "0123456789abcdef" * 4
NOTES = "集計表に割合を加えました。\n印刷の余白を直しました。"
GOOD = signed("0.2.0", b"MZ setup", NOTES)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
# What programs up to 0.3.0 want of it; other keys of the file they leave alone.
UP_TO_0_3_0 = {
    "version": r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})",
    "file": r"KyodoDesktop-[0-9.]+-Setup\.exe",
    "sha256": "[0-9A-Fa-f]{64}",
    "notes": "(?s:.{0,10000})",
}


def written(**changed) -> bytes:
    return json.dumps({**GOOD, **changed}, ensure_ascii=False).encode()


def without(*left_out: str) -> bytes:
    return json.dumps({key: GOOD[key] for key in GOOD if key not in left_out}).encode()


def release(version: str) -> Release:
    return Release(version, 1, SHA256, "", KEYS[0])


def test_a_release_is_read_with_its_notes_and_who_signed_it(tmp_path):
    (tmp_path / "latest.json").write_bytes(written())
    found = published(tmp_path, KEYS)
    assert (found.version, found.size, found.notes) == ("0.2.0", 8, NOTES)
    assert found.signer.holder == HOLDER


def test_the_second_key_is_as_good_as_the_first():
    latest = signed("0.2.0", private=SECOND_KEY)
    assert parsed(json.dumps(latest).encode(), KEYS).signer == KEYS[1]


def test_a_file_that_notepad_saved_is_read_as_well():
    assert parsed(b"\xef\xbb\xbf" + written(), KEYS).version == "0.2.0"


def test_keys_of_later_versions_are_left_alone():
    later = written(channel="beta", requires={"windows": 10})
    assert parsed(later, KEYS) == parsed(written(), KEYS)


def test_programs_up_to_0_3_0_read_it_as_well():
    latest = json.loads(written())
    assert len(written()) <= 65_536
    assert [key for key in UP_TO_0_3_0 if not re.fullmatch(UP_TO_0_3_0[key], latest[key])] == []
    assert latest["file"] == f"KyodoDesktop-{latest['version']}-Setup.exe"


@pytest.mark.parametrize(
    "latest", [without("signature"), without("key"), without("key", "signature", "size")]
)
def test_what_is_not_signed_is_refused_and_what_to_do_is_told(latest):
    with pytest.raises(UpdateError, match=r"署名がなく.*そのまま.*情報政策課に伝えて"):
        parsed(latest, KEYS)


def test_what_a_stranger_signed_is_refused():
    latest = json.dumps(signed("0.2.0", private=STRANGERS_KEY)).encode()
    with pytest.raises(UpdateError, match=r"知らない鍵（[0-9a-f]{16}）.*情報政策課に伝えて"):
        parsed(latest, KEYS)


def test_a_stranger_cannot_pass_for_the_holder_of_a_key():
    latest = signed("0.2.0", private=STRANGERS_KEY) | {"key": KEYS[0].name}
    with pytest.raises(UpdateError, match=f"{HOLDER}の署名と合いません"):
        parsed(json.dumps(latest).encode(), KEYS)


def test_a_key_that_was_given_up_is_believed_no_more():
    with pytest.raises(UpdateError, match="知らない鍵"):
        parsed(written(), KEYS[1:])


def test_without_keys_nothing_is_believed():
    with pytest.raises(UpdateError):
        parsed(written(), ())


@pytest.mark.parametrize("key", ["signature", "sha256", "version"])
def test_nothing_of_another_release_that_was_signed_fits(key):
    other = signed("0.1.9", b"MZ another setup")
    with pytest.raises(UpdateError, match=r"署名と合いません|file"):
        parsed(written(**{key: other[key]}), KEYS)


def test_something_else_that_was_signed_with_the_key_is_no_release():
    signature = TEST_KEY.sign(parsed(written(), KEYS).signed_text.partition(b"\n")[2]).signature
    with pytest.raises(UpdateError, match="署名と合いません"):
        parsed(written(signature=signature.hex()), KEYS)


@given(st.data())
def test_any_changed_character_of_any_signed_value_is_refused(data):
    key = data.draw(st.sampled_from(sorted(GOOD)))
    value = str(GOOD[key])
    at = data.draw(st.integers(0, len(value)))
    changed = (
        value[:at] + data.draw(st.text(max_size=2)) + value[at + data.draw(st.integers(0, 2)) :]
    )
    if changed != value:
        new = (
            int(changed) if key == "size" and changed.isascii() and changed.isdigit() else changed
        )
        if new != GOOD[key]:
            with pytest.raises(UpdateError):
                parsed(written(**{key: new}), KEYS)


@given(st.data())
def test_any_changed_byte_of_the_file_is_refused_or_changes_nothing(data):
    latest = bytearray(written())
    at = data.draw(st.integers(0, len(latest) - 1))
    latest[at] = data.draw(st.integers(0, 255))
    try:
        found = parsed(bytes(latest), KEYS)
    except UpdateError:
        return
    assert found == parsed(written(), KEYS)


@given(ANYTHING, st.sampled_from(sorted(GOOD)))
def test_whatever_else_a_value_is_the_release_is_refused(value, key):
    if value != GOOD[key]:
        with pytest.raises(UpdateError):
            parsed(written(**{key: value}), KEYS)


TEXT = st.text(st.characters(codec=None), max_size=5)


@given(st.tuples(TEXT, st.integers(0, 20), TEXT), st.tuples(TEXT, st.integers(0, 20), TEXT))
def test_no_two_releases_have_the_same_signed_text(one, other):
    """Versions and hashes hold no line break: their patterns see to that."""
    first, second = (
        Release(version.replace("\n", ""), size, SHA256, notes, KEYS[0])
        for version, size, notes in (one, other)
    )
    assert (first == second) == (first.signed_text == second.signed_text)


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
        ("file", "KyodoDesktop-0.2.0-Setup.exe:evil.exe"),
        ("file", "kyododesktop-0.2.0-setup.EXE"),
        ("file", ["KyodoDesktop-0.2.0-Setup.exe"]),
        ("size", 0),
        ("size", -8),
        ("size", LARGEST + 1),
        ("size", 8.0),
        ("size", True),
        ("size", "8"),
        ("size", None),
        ("sha256", ""),
        ("sha256", SHA256[:-1]),
        ("sha256", SHA256[:-1] + "g"),
        ("sha256", SHA256.upper()),
        ("sha256", SHA256 + "\n"),
        ("notes", None),
        ("notes", {"ja": ""}),
        ("notes", "長" * 10_001),
        ("key", "試験用"),
        ("key", KEYS[0].name.upper()),
        ("key", None),
        ("signature", ""),
        ("signature", GOOD["signature"][:-2]),
        ("signature", GOOD["signature"].upper()),
        ("signature", GOOD["signature"] + "\n"),
        ("signature", [GOOD["signature"]]),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_name(key, value):
    with pytest.raises(UpdateError, match=key):
        parsed(written(**{key: value}), KEYS)


@pytest.mark.parametrize("key", ["version", "file", "size", "sha256", "notes"])
def test_no_value_may_be_missing(key):
    with pytest.raises(UpdateError, match=key):
        parsed(without(key), KEYS)


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
        parsed(data, KEYS)


@given(st.binary() | st.text().map(str.encode))
def test_whatever_is_in_the_file_is_a_release_or_refused(data):
    with pytest.raises(UpdateError):
        parsed(data, KEYS)


def test_of_a_file_without_end_no_more_is_read_than_one_may_have(tmp_path):
    with (tmp_path / "latest.json").open("wb") as file:
        file.truncate(10_000_000_000)  # takes no room on the disk
    with pytest.raises(UpdateError, match="サイズ"):
        published(tmp_path, KEYS)


def test_the_notes_are_shown_without_what_cannot_be_seen():
    notes = "一行目\r\n二\u202e行\x00目\ufeff　三 \ud800"
    found = parsed(json.dumps(signed("0.2.0", notes=notes)).encode(), KEYS)
    assert found.readable_notes == "一行目\n二行目　三 "


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UpdateError, match="消えた共有"):
        published(tmp_path / "消えた共有", KEYS)


@pytest.mark.parametrize(
    ("newer", "older"),
    [("0.10.0", "0.9.9"), ("1.0.0", "0.99.99"), ("0.1.1", "0.1.0")],
)
def test_versions_are_compared_number_by_number(newer, older):
    assert release(newer).is_newer_than(older)
    assert not release(older).is_newer_than(newer)
    assert not release(newer).is_newer_than(newer)


def test_a_key_is_called_by_what_it_is():
    assert public(TEST_KEY, "ほかの名前").name == KEYS[0].name
    assert len({key.name for key in KEYS}) == 2
