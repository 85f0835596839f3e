"""Writes into requirements.txt the hashes of the wheels that lie in the given folders.

`pip download --no-deps` fills such folders, once for each system and Python: it checks what it
takes against the index, and from then on every installation checks against this file.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name, parse_wheel_filename

if TYPE_CHECKING:
    from collections.abc import Iterable

PINS = Path(__file__).with_name("requirements.txt")


def main() -> None:
    """Write the file anew: comments stay, hashes that are not found in the folders go."""
    found = hashes(map(Path, sys.argv[1:]))
    lines = []
    for line in PINS.read_text(encoding="utf-8").splitlines():
        if line.startswith("    --hash="):
            continue
        pin = line.removesuffix(" \\")
        if match := re.match(r"([\w.-]+)==([^\s;]+)", pin):
            known = sorted(found[canonicalize_name(match[1]), match[2]])
            pin = " \\\n".join([pin, *(f"    --hash=sha256:{each}" for each in known)])
            if not known:
                sys.exit(f"no wheel of {line}")
        lines.append(pin)
    PINS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def hashes(folders: Iterable[Path]) -> dict[tuple[str, str], set[str]]:
    """Return the hashes of all wheels by name and version."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for wheel in (each for folder in folders for each in folder.glob("*.whl")):
        name, version, *_ = parse_wheel_filename(wheel.name)
        found[name, str(version)].add(hashlib.sha256(wheel.read_bytes()).hexdigest())
    return found


if __name__ == "__main__":
    main()
