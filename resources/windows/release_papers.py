"""Writes what goes along with a built Setup and zip into their folder.

These are the guide for the IT section, SHA256SUMS, and latest.json, by which an installed
program learns of the new version: that one comes last, when all it speaks of is there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from string import Template
from typing import NamedTuple

from kyodo_desktop import __version__
from kyodo_desktop.atomic_files import atomic_write

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
TEMPLATE = Path(__file__).with_name("guide.html")
GUIDE = "導入説明書.html"


class ReleaseError(Exception):
    """Something is missing without which there is nothing to release."""


class Product(NamedTuple):
    """A file that was built."""

    name: str
    size: int
    sha256: str


def main() -> None:
    """Write the papers into the folder that the command line names, or none of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where Setup and zip are: dist")
    folder = parser.parse_args().folder
    try:
        written = papers(folder, __version__, CHANGELOG.read_text(encoding="utf-8"))
    except ReleaseError as error:
        sys.exit(f"{parser.prog}: {error}")
    for name, text in written.items():
        with atomic_write(folder / name) as beside:
            beside.write_bytes(text.encode())


def papers(folder: Path, version: str, changelog: str) -> dict[str, str]:
    """Return the texts by the names of their files, in the order in which to write them."""
    setup = product(folder / f"KyodoDesktop-{version}-Setup.exe")
    package = product(folder / f"KyodoDesktop-{version}.zip")
    guide = guide_for(version, setup, package)
    hashes = {each.name: each.sha256 for each in (setup, package)}
    hashes[GUIDE] = hashlib.sha256(guide.encode()).hexdigest()
    latest = {
        "version": version,
        "file": setup.name,
        "sha256": setup.sha256,
        "notes": plain(section(changelog, version)),
    }
    return {
        GUIDE: guide,
        "SHA256SUMS": "".join(f"{sha256}  {name}\n" for name, sha256 in hashes.items()),
        "latest.json": json.dumps(latest, ensure_ascii=False, indent=1) + "\n",
    }


def product(file: Path) -> Product:
    """Return what the papers say about a file; raises ReleaseError where there is none."""
    try:
        with file.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise ReleaseError(f"{file} cannot be read ({error.strerror}); build it first") from error
    return Product(file.name, file.stat().st_size, sha256)


def guide_for(version: str, setup: Product, package: Product) -> str:
    """Return the guide with the numbers of this version."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        version=version,
        setup_size=readable(setup.size),
        setup_sha256=setup.sha256,
        zip_size=readable(package.size),
        zip_sha256=package.sha256,
    )


def readable(size: int) -> str:
    """Return a size in MB, counted as Windows does, and to the byte."""
    return f"{size / 1024**2:.1f} MB（{size:,} バイト）"


def section(changelog: str, version: str) -> str:
    """Return what the changelog says about a version; raises ReleaseError when it is nothing."""
    heading = rf"^## {re.escape(version)}(?: [^\n]*)?\n"
    found = re.search(rf"{heading}(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if found is None or not found[1].strip():
        raise ReleaseError(f"{CHANGELOG.name} says nothing about version {version}")
    return found[1].strip()


def plain(markdown: str) -> str:
    """Return lists and headings as plain Japanese text, for a dialog to show."""
    text = re.sub(r"\n +", "", markdown)  # the second line of an item
    text = re.sub(r"^### (.+)\n+", r"【\1】\n", text, flags=re.MULTILINE)
    text = re.sub(r"^- ", "・", text, flags=re.MULTILINE)
    return text.replace("`", "").replace("**", "")


if __name__ == "__main__":
    main()
