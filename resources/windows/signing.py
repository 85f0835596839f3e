"""Makes the keys of a publisher, and signs what was built: `make release-key`, `make release`.

An installed program takes a newer version only if one of the two keys that it carries has signed
it. Their public halves are in the project (`resources/release_keys.json`), their private halves
never: one is in a file that only the publisher can read, named by KYODO_SIGNING_KEY, the other
lies elsewhere for the day on which the first is lost or stolen.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nacl.signing import SigningKey

from kyodo_desktop import __version__
from kyodo_desktop.atomic_files import atomic_write
from kyodo_desktop.updating import keys
from kyodo_desktop.updating.errors import UpdateError
from kyodo_desktop.updating.keys import ReleaseKey
from kyodo_desktop.updating.release import LATEST, LONGEST_NOTES, Release, described, parsed
from resources.windows.release_papers import CHANGELOG, ReleaseError, plain, product, section

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "KYODO_SIGNING_KEY"
CARRIED = 2
_BEGIN = "KyodoDesktop private key: "
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

TEST_KEY = SigningKey(hashlib.sha256(b"KyodoDesktop test key, known to everybody").digest())
"""What the proofs sign with. Everybody can make it, so no release may ever trust it."""


class Publisher(NamedTuple):
    """Who signs: his private key, and the public one of the carried ones that it fits."""

    private: SigningKey
    key: ReleaseKey


def main() -> None:
    """Do what the command line says, or say why not."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    new_key = commands.add_parser("new-key", help="make a pair of keys")
    new_key.add_argument("file", type=Path, help="where the private key goes, outside the project")
    new_key.add_argument("holder", help="whose it is, as every user will read it")
    commands.add_parser("check", help="tell whether a release could be signed now")
    sign = commands.add_parser("sign", help=f"write {LATEST} beside what was built")
    sign.add_argument("folder", type=Path, help="where Setup and zip are: dist")
    chosen = parser.parse_args()
    try:
        if chosen.command == "new-key":
            _tell_of(make_key(chosen.file, chosen.holder))
        else:
            publisher = checked_publisher(os.environ.get(VARIABLE, ""))
            expect_clean(ROOT)
            notes = release_notes(CHANGELOG.read_text(encoding="utf-8"), __version__)
            if chosen.command == "sign":
                write_latest(chosen.folder, publisher, __version__, notes)
    except (ReleaseError, UpdateError, OSError) as error:
        sys.exit(f"{parser.prog}: {error}")


def make_key(file: Path, holder: str) -> ReleaseKey:
    """Write a new private key into a file that only this user can read, and return the public one.

    Raises ReleaseError, and OSError where the file is there already or cannot be written.
    """
    _expect_outside(file)
    private = SigningKey.generate()
    key = ReleaseKey(holder, private.verify_key.encode())
    try:
        keys.parsed(f"[{keys.written(key)}]".encode())
    except ValueError as error:
        raise ReleaseError(f"a holder is named in 1 to 60 letters, not {holder!r}") from error
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as written:
        written.write(f"{_BEGIN}{private.encode().hex()}\n")
    return key


def checked_publisher(file: str) -> Publisher:
    """Return who signs with the key in the file; raises ReleaseError unless he may."""
    if not file:
        raise ReleaseError(f"{VARIABLE} has to name the file with the private key")
    private = _private_key(Path(file))
    if private == TEST_KEY:
        raise ReleaseError("the test key signs no release: everybody has it")
    carried = expect_two_keys(keys.carried())
    public = private.verify_key.encode()
    fitting = [key for key in carried if key.public == public]
    if not fitting:
        raise ReleaseError(f"the key in {file} is none of those in {keys.FILE}")
    return Publisher(private, fitting[0])


def expect_two_keys(carried: Sequence[ReleaseKey]) -> Sequence[ReleaseKey]:
    """Return them; raises ReleaseError unless they are two, and the test key is neither."""
    publics = {key.public for key in carried}
    if TEST_KEY.verify_key.encode() in publics:
        raise ReleaseError(f"{keys.FILE} holds the test key: everybody could sign a release")
    if len(publics) != CARRIED or len(carried) != CARRIED:
        raise ReleaseError(
            f"{keys.FILE} has to hold {CARRIED} keys, one to sign with and one for the day on "
            "which that is lost; make them with `make release-key`"
        )
    return carried


def expect_clean(root: Path) -> None:
    """Raise ReleaseError unless everything in the project is committed."""
    command = ["git", "-C", str(root), "status", "--porcelain"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(f"git cannot tell what is committed: {done.stderr.strip()}")
    if done.stdout:
        changed = done.stdout.splitlines()[0]
        raise ReleaseError(f"a release is made of what is committed; this is not: {changed}")


def release_notes(changelog: str, version: str) -> str:
    """Return what users read of a version, in as many letters as a program takes.

    Raises ReleaseError where the changelog does not know the version.
    """
    notes = plain(section(changelog, version))
    if len(notes) <= LONGEST_NOTES:
        return notes
    more = "\n（このほかの変更は、配布元の「変更の記録」に記しています。）"
    whole = notes[: LONGEST_NOTES - len(more)].rpartition("\n・")[0]  # ends with an entry
    return whole + more


def write_latest(folder: Path, publisher: Publisher, version: str, notes: str) -> None:
    """Sign the Setup in the folder and write latest.json: the last file, which others wait for.

    Raises ReleaseError where the built program trusts other keys than the project says.
    """
    setup = product(folder / f"KyodoDesktop-{version}-Setup.exe")
    _expect_same_keys(folder / f"KyodoDesktop-{version}.zip")
    release = Release(version, setup.size, setup.sha256, notes, publisher.key)
    latest = described(release, publisher.private.sign(release.signed_text).signature).encode()
    assert parsed(latest, keys.carried()) == release, "an installed program reads just that"
    with atomic_write(folder / LATEST) as beside:
        beside.write_bytes(latest)


def _expect_same_keys(package: Path) -> None:
    inside = f"KyodoDesktop/_internal/{keys.FILE}"
    try:
        with zipfile.ZipFile(package) as content:
            built = keys.parsed(content.read(inside))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ReleaseError(f"{package} has no {inside} to read; build it first") from error
    if built != keys.carried():
        raise ReleaseError(f"{package} was built with other keys than {keys.FILE} holds")


def _private_key(file: Path) -> SigningKey:
    _expect_outside(file)
    try:
        found = file.lstat()
        text = file.read_text(encoding="ascii")
    except (OSError, UnicodeError) as error:
        raise ReleaseError(f"{VARIABLE}: {file} cannot be read: {error}") from error
    if not stat.S_ISREG(found.st_mode):
        raise ReleaseError(f"{VARIABLE}: {file} is no regular file")
    # Windows has no such bits; there the publisher's own folder has to do.
    if os.name == "posix" and (found.st_mode & _OTHERS or found.st_uid != os.geteuid()):
        raise ReleaseError(f"{VARIABLE}: {file} can be read by others; chmod 600 it")
    written = re.fullmatch(rf"{_BEGIN}([0-9a-f]{{64}})\n?", text)
    if written is None:
        raise ReleaseError(f"{VARIABLE}: {file} holds no private key of `make release-key`")
    return SigningKey(bytes.fromhex(written[1]))


def _expect_outside(file: Path) -> None:
    if file.resolve().is_relative_to(ROOT):
        raise ReleaseError(f"{file} is in the project, where no private key may ever be")


def _tell_of(key: ReleaseKey) -> None:
    sys.stdout.write(
        f"The private key is written. Put the public one into {keys.FILE}:\n\n"
        f"{keys.written(key)}\n\n"
        f"Users will read: {key.holder}（鍵 {key.name}）\n"
    )


if __name__ == "__main__":
    main()
