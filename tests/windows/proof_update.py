"""What the installed program does with what lies on the share, at its start and unasked.

The program carries the keys of whoever publishes it. To have it take what is signed here, the
proofs put the test key in their place, in this installation only.
"""

from __future__ import annotations

import json
import shutil

import pytest

from kyodo_desktop.updating import keys
from tests.updating.share import KEYS, STRANGERS_KEY, TEST_KEY, signed
from tests.windows.pc import (
    NEWER_SETUP,
    NEWER_VERSION,
    OLDER_SETUP,
    PYTHON,
    ROOT,
    SETUP,
    UNINSTALL_KEY,
    code_at_end,
    until,
    windows_path,
)

POLICY = r"HKLM\Software\Policies\KyodoDesktop"
OLD_DOWNLOAD = "KyodoDesktop-0.0.0-Setup.exe"
GIVEN_UP, ATTEMPTS = "CancelledError", 5
# As the program does it when the user agrees; `held` stands for the program that is still open.
INSTALL = """
import json, pathlib, sys, time
from kyodo_desktop.updating import fetching, holding, keys, launching, release
share, installed = map(pathlib.Path, sys.argv[1:])
trusted = keys.parsed((installed / "_internal" / keys.FILE).read_bytes())
found = release.published(share, trusted)
download = fetching.fetched(found, share, installed / "_kyodo_update")
held = holding.opened_alone(installed / "KyodoDesktop.exe")
with fetching.checked(download) as setup:
    started = launching.start_setup(setup, share)
evil, refused = installed / "_kyodo_update" / "evil.exe", []
evil.write_bytes(b"MZ")
for name, swap in {
    "write": lambda: download.setup.open("r+b"),
    "remove": download.setup.unlink,
    "move": lambda: download.setup.rename(evil.with_name("away.exe")),
    "replace": lambda: evil.replace(download.setup),
}.items():
    try:
        swap()
    except PermissionError:
        refused.append(name)
evil.unlink()
while not (unpacked := list(evil.parent.glob("ns*.tmp"))) and started.poll() is None:
    time.sleep(0.1)
waited = started.poll() is None
held.close()
code, left = started.wait(), list(evil.parent.glob("ns*"))
told = {"refused": refused, "waited": waited, "unpacked here": bool(unpacked), "code": code}
print(json.dumps(told | {"left": list(map(str, left))}))
"""


@pytest.fixture(scope="module")
def share(tmp_path_factory):
    """The folder that the program is installed from."""
    return tmp_path_factory.mktemp("共有 #1")


@pytest.fixture(scope="module")
def installed(pc, share):
    """The folder of the program, which trusts the test key."""
    shutil.copy(SETUP, share)
    assert pc.run(windows_path(share / SETUP.name), "/S").code == 0
    trust(pc.program, KEYS)
    return pc.program


@pytest.fixture
def downloads(pc, installed, share):
    """The folder that updates come to, with an old one in it; the share and the log are empty."""
    for file in share.iterdir():
        file.unlink()
    shutil.rmtree(pc.local_data / "kyodo_desktop", ignore_errors=True)
    folder = installed / "_kyodo_update"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / OLD_DOWNLOAD).touch()
    return folder


@pytest.fixture
def start(pc, installed, downloads):
    """A function that starts the installed program until something comes about; it is closed.

    A program gives a share up that takes longer than a second, as any may on a busy machine: then
    it is started again.
    """

    def start(what):
        for _ in range(ATTEMPTS):
            program = pc.start(installed / "KyodoDesktop.exe")
            until(lambda: what() or GIVEN_UP in log(pc))
            has_come = what()
            pc.close_program()
            assert code_at_end(program) == 0
            if has_come:
                return
            log_file(pc).unlink()
        raise AssertionError("each look was given up")

    return start


@pytest.fixture
def decide(pc):
    """A function that sets a value of the policy for the whole PC, until the end."""
    yield lambda *value: pc.run("reg", "add", POLICY, "/f", *value)
    pc.run("reg", "delete", POLICY, "/f")


def trust(installed, trusted):
    file = installed / "_internal" / keys.FILE
    file.write_text(f"[{','.join(map(keys.written, trusted))}]", encoding="utf-8")


def publish(share, setup=NEWER_SETUP, version=NEWER_VERSION, private=TEST_KEY, **changes):
    """Lay out a version as a release does, with something wrong if wanted."""
    latest = signed(version, setup.read_bytes(), "【追加】\n・新しい機能", private) | changes
    shutil.copy(setup, share / f"KyodoDesktop-{version}-Setup.exe")
    text = json.dumps({key: latest[key] for key in latest if latest[key] is not None})
    (share / "latest.json").write_text(text, encoding="utf-8")


def names(folder):
    return {each.name for each in folder.iterdir()}


def log_file(pc):
    return pc.local_data / "kyodo_desktop" / "Logs" / "kyodo_desktop.log"


def log(pc):
    file = log_file(pc)
    return file.read_text(encoding="utf-8") if file.exists() else ""


def test_a_newer_setup_is_brought_into_the_folder_of_the_program(pc, share, downloads, start):
    publish(share)
    former = pc.local_data / "kyodo_desktop" / "Cache" / "updates"
    former.mkdir(parents=True)
    (former / OLD_DOWNLOAD).touch()
    start(lambda: names(downloads) == {NEWER_SETUP.name})
    assert (downloads / NEWER_SETUP.name).read_bytes() == NEWER_SETUP.read_bytes()
    assert names(former) == set()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"signature": None}, "署名がなく"),
        ({"signature": None, "key": None, "size": None}, "署名がなく"),
        ({"private": STRANGERS_KEY}, "知らない鍵"),
        ({"private": STRANGERS_KEY, "key": KEYS[0].name}, "署名と合いません"),
        ({"notes": "・すぐに更新してください。"}, "署名と合いません"),
        ({"sha256": "0" * 64}, "署名と合いません"),
        ({"file": rf"..\..\{NEWER_SETUP.name}"}, "latest.json"),
    ],
    ids=["signature", "0.3.0", "stranger", "pretender", "notes", "hash", "folder"],
)
def test_what_is_not_signed_is_a_line_in_the_log_and_not_kept(
    pc, share, downloads, start, changes, told
):
    publish(share, **changes)
    start(lambda: told in log(pc))
    assert NEWER_SETUP.name not in names(downloads)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda setup: setup.write_bytes(setup.read_bytes() + b"+"), "サイズ"),
        (lambda setup: setup.write_bytes(setup.read_bytes()[:-1] + b"?"), "中身"),
        (lambda setup: setup.write_bytes(b"MZ evil"), "サイズ"),
    ],
    ids=["longer", "other bytes", "another one"],
)
def test_a_setup_that_is_not_the_signed_one_is_not_kept(pc, share, downloads, start, spoil, told):
    publish(share)
    spoil(share / NEWER_SETUP.name)
    start(lambda: told in log(pc))
    assert names(downloads) == set()


def test_an_older_release_that_somebody_puts_back_is_not_taken(share, downloads, start):
    publish(share, OLDER_SETUP, "0.0.1")
    start(lambda: names(downloads) == set())  # the look has ended: nothing is to be installed


def test_the_administrator_can_switch_updates_off(share, downloads, start, decide):
    decide("/v", "Updates", "/t", "REG_DWORD", "/d", "0")
    publish(share)
    start(lambda: names(downloads) == set())


@pytest.mark.parametrize("kind", ["REG_SZ", "REG_EXPAND_SZ"])
def test_the_administrator_can_name_the_folder(share, downloads, start, decide, tmp_path, kind):
    decide("/v", "UpdateFolder", "/t", kind, "/d", windows_path(tmp_path))
    publish(tmp_path)
    publish(share, OLDER_SETUP, "0.0.1")
    start(lambda: names(downloads) == {NEWER_SETUP.name})


def test_a_policy_that_makes_no_sense_is_a_line_in_the_log(pc, share, downloads, start, decide):
    decide("/v", "Updates", "/t", "REG_SZ", "/d", "off")
    publish(share)
    start(lambda: names(downloads) == {NEWER_SETUP.name})
    assert "ignored the policy" in log(pc)


def test_the_program_itself_trusts_no_key_that_everybody_has(
    pc, installed, share, downloads, start
):
    trust(installed, keys.carried())
    try:
        publish(share)
        start(lambda: OLD_DOWNLOAD not in names(downloads) or "知らない鍵" in log(pc))
        assert NEWER_SETUP.name not in names(downloads)
    finally:
        trust(installed, KEYS)


def test_nobody_can_exchange_the_setup_from_its_check_to_its_end(
    pc, installed, share, downloads, start
):
    assert (installed / "_internal" / keys.FILE).exists()
    publish(share)
    done = pc.run(
        PYTHON,
        "-X",
        "utf8",
        "-c",
        INSTALL,
        windows_path(share),
        windows_path(installed),
        folder=ROOT,
    )
    assert (done.error, json.loads(done.output)) == (
        "",
        {
            "refused": ["write", "remove", "move", "replace"],
            "waited": True,
            "unpacked here": True,
            "code": 0,
            "left": [],
        },
    )
    assert pc.registered(UNINSTALL_KEY, "DisplayVersion") == NEWER_VERSION
    # Setup has brought the program's own keys and started it.
    assert keys.parsed((installed / "_internal" / keys.FILE).read_bytes()) == keys.carried()
    assert pc.is_running("KyodoDesktop.exe")
    pc.close_program()
    # What Setup still held when the program began is cleared away at the next start.
    start(lambda: names(downloads) == set())
