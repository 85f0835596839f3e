"""A release is signed by the holder of a carried key, from what is committed, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile

import pytest
from nacl.signing import SigningKey

from kyodo_desktop import __version__
from kyodo_desktop.updating import keys
from kyodo_desktop.updating.keys import ReleaseKey
from kyodo_desktop.updating.release import LONGEST_NOTES, published
from resources.windows import signing
from resources.windows.release_papers import ReleaseError
from resources.windows.signing import (
    TEST_KEY,
    VARIABLE,
    checked_publisher,
    expect_clean,
    expect_two_keys,
    make_key,
    release_notes,
    write_latest,
)
from tests.requirements import ROOT

SETUP = f"KyodoDesktop-{__version__}-Setup.exe"
CHANGELOG = f"""# 変更の記録

## {__version__} 2027年4月1日

### 変更

- **まれに**、
  `F5` で。

## 0.0.1

- 古い
"""
TEST_PUBLIC = ReleaseKey("試験用", TEST_KEY.verify_key.encode())


@pytest.fixture
def private(tmp_path):
    """The file with the private key of a publisher, whose public one is carried."""
    return tmp_path / "鍵" / "kyodo.key"


@pytest.fixture
def carried(private, monkeypatch):
    """The two keys of the publisher, which the program carries."""
    private.parent.mkdir()
    pair = (
        make_key(private, "富里市 情報政策課"),
        make_key(private.with_name("drawer.key"), "富里市 情報政策課（予備）"),
    )
    monkeypatch.setattr(keys, "carried", lambda: pair)
    return pair


@pytest.fixture
def dist(tmp_path, carried):
    """What was built with those keys."""
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / SETUP).write_bytes(b"MZ setup")
    pack(folder, carried)
    return folder


def pack(folder, inside):
    with zipfile.ZipFile(folder / f"KyodoDesktop-{__version__}.zip", "w") as package:
        text = f"[{','.join(map(keys.written, inside))}]"
        package.writestr(f"KyodoDesktop/_internal/{keys.FILE}", text)


def refused(told):
    return pytest.raises(ReleaseError, match=told)


@pytest.mark.parametrize("name", ["kyodo.key", "drawer.key"])
def test_a_release_that_is_signed_with_either_key_is_taken(private, carried, dist, name):
    publisher = checked_publisher(str(private.with_name(name)))
    write_latest(dist, publisher, __version__, "・速くなりました。")
    release = published(dist, carried)
    assert release.version == __version__
    assert release.sha256 == hashlib.sha256(b"MZ setup").hexdigest()
    assert release.size == 8
    assert release.notes == "・速くなりました。"
    assert release.signer == publisher.key


def test_the_same_products_give_the_same_signature(private, dist):
    for _ in range(2):
        write_latest(dist, checked_publisher(str(private)), __version__, "")
        written = (dist / "latest.json").read_bytes()
    assert (dist / "latest.json").read_bytes() == written


def test_a_private_key_is_for_its_holder_only_and_never_overwritten(private, carried):
    if os.name == "posix":
        assert private.stat().st_mode & 0o777 == 0o600
    before = private.read_bytes()
    with pytest.raises(FileExistsError):
        make_key(private, "ほか")
    assert private.read_bytes() == before
    assert len({key.public for key in carried}) == 2


@pytest.mark.parametrize("holder", ["", " ", "二\n行", "長" * 61])
def test_a_holder_has_a_name_that_can_be_shown(tmp_path, holder):
    with refused("holder"):
        make_key(tmp_path / "a.key", holder)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["kyodo.key", "build/kyodo.key", "tests/../kyodo.key"])
def test_no_private_key_is_written_into_the_project_or_read_from_it(place):
    with refused("in the project"):
        make_key(ROOT / place, "市")
    with refused("in the project"):
        checked_publisher(str(ROOT / place))
    assert not (ROOT / place).exists()


def test_without_a_key_nothing_is_signed(tmp_path):
    with refused(VARIABLE):
        checked_publisher("")
    with refused("cannot be read"):
        checked_publisher(str(tmp_path / "kyodo.key"))
    (tmp_path / "folder").mkdir()
    with refused(r"."):
        checked_publisher(str(tmp_path / "folder"))


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o644])
def test_a_key_that_others_could_read_or_change_signs_nothing(private, carried, mode):
    private.chmod(mode)
    with refused("chmod 600"):
        checked_publisher(str(private))


@pytest.mark.skipif(os.name != "posix", reason="links need a right there")
def test_a_link_to_a_key_signs_nothing(private, carried, tmp_path):
    (tmp_path / "link.key").symlink_to(private)
    with refused("no regular file"):
        checked_publisher(str(tmp_path / "link.key"))


@pytest.mark.parametrize("text", ["", "0" * 64, "KyodoDesktop private key: 00\n", "鍵"])
def test_what_is_no_key_signs_nothing(private, carried, text):
    private.write_text(text, encoding="utf-8")
    with refused(VARIABLE):
        checked_publisher(str(private))


def write_private(file, key):
    file.write_text(f"KyodoDesktop private key: {key.encode().hex()}\n", encoding="ascii")


def test_the_test_key_signs_nothing_even_if_it_is_carried(private, carried, monkeypatch):
    write_private(private, TEST_KEY)
    for trusted in (carried, (TEST_PUBLIC, carried[1])):
        monkeypatch.setattr(keys, "carried", lambda trusted=trusted: trusted)
        with refused("test key"):
            checked_publisher(str(private))


def test_a_key_that_no_program_knows_signs_nothing(private, carried):
    write_private(private, SigningKey.generate())
    with refused("none of those"):
        checked_publisher(str(private))


def test_nothing_is_signed_while_everybody_could_sign_or_there_is_no_second_key(carried):
    assert expect_two_keys(carried) == carried
    for pair in ((TEST_PUBLIC, carried[0]), (carried[0], TEST_PUBLIC)):
        with refused("test key"):
            expect_two_keys(pair)
    for others in (
        (),
        carried[:1],
        (carried[0], carried[0]),
        (*carried, ReleaseKey("三", bytes(32))),
    ):
        with refused("has to hold 2"):
            expect_two_keys(others)


@pytest.mark.parametrize("inside", [(), (TEST_PUBLIC,), "swapped"])
def test_what_was_built_with_other_keys_is_not_signed(private, carried, dist, inside):
    pack(dist, carried[::-1] if inside == "swapped" else inside)
    with refused("built with other keys"):
        write_latest(dist, checked_publisher(str(private)), __version__, "")
    assert not (dist / "latest.json").exists()


@pytest.mark.parametrize("missing", [SETUP, f"KyodoDesktop-{__version__}.zip"])
def test_what_was_not_built_is_not_signed(private, dist, missing):
    (dist / missing).unlink()
    with refused("build it first"):
        write_latest(dist, checked_publisher(str(private)), __version__, "")
    assert not (dist / "latest.json").exists()


@pytest.mark.skipif(os.name != "posix", reason="a release is made where `make` is")
def test_only_what_is_committed_is_released(tmp_path):
    def git(*words):
        subprocess.run(["git", "-C", tmp_path, *words], check=True, capture_output=True)

    with refused("git cannot tell"):
        expect_clean(tmp_path)
    git("init")
    expect_clean(tmp_path)
    (tmp_path / "new.py").touch()
    with refused("new.py"):
        expect_clean(tmp_path)


def test_the_notes_are_those_of_the_version_in_plain_text():
    assert release_notes(CHANGELOG, __version__) == "【変更】\n・まれに、F5 で。"
    with refused("nothing about version 0.0.2"):
        release_notes(CHANGELOG, "0.0.2")
    with refused("nothing about version"):
        release_notes(CHANGELOG.replace(f"## {__version__}", "## 次の版"), __version__)


def test_notes_that_are_too_long_for_a_program_end_with_a_whole_entry_and_say_so():
    entries = "".join(f"- {number}番目の変更です。\n" for number in range(2_000))
    notes = release_notes(f"## {__version__}\n\n### 変更\n\n{entries}", __version__)
    assert LONGEST_NOTES - 100 < len(notes) <= LONGEST_NOTES
    *_, last, more = notes.splitlines()
    assert last.startswith("・")
    assert last.endswith("番目の変更です。")
    assert "このほかの変更" in more


def command(*words, **variables):
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", signing.__name__, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_commands_say_in_one_line_why_nothing_was_signed(tmp_path):
    for words in (("check",), ("sign", tmp_path)):
        done = command(*words, **{VARIABLE: ""})
        assert done.returncode == 1
        assert VARIABLE in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_new_key_is_told_as_the_entry_to_put_into_the_program(tmp_path):
    done = command("new-key", tmp_path / "a.key", "富里市")
    assert done.returncode == 0
    (line,) = (each for each in done.stdout.splitlines() if each.startswith("{"))
    (key,) = keys.parsed(f"[{line}]".encode())
    assert key.holder == "富里市"
    private = (tmp_path / "a.key").read_text(encoding="ascii")
    assert json.loads(line)["public"] not in private
    assert private.split()[-1] not in done.stdout
