"""Writes what Setup has to know of the bundle when it is built: `bundle_files.py BUNDLE FILE…`.

The files come in one order on every machine, so that the same bundle gives the same Setup; how
many there are and how long Setup counts again after unpacking.
"""

from __future__ import annotations

import io
import sys
from itertools import groupby
from pathlib import Path, PurePath


def script(bundle: Path, beside: list[Path]) -> str:
    """Return lines for makensis: five numbers, and a macro that unpacks the bundle to ${NEW}.

    `beside` are the files that installer.nsi itself puts into the same folder.
    """
    files = sorted(
        (path.relative_to(bundle) for path in bundle.rglob("*") if path.is_file()),
        key=PurePath.as_posix,
    )
    sizes = [path.stat().st_size for path in (*map(bundle.joinpath, files), *beside)]
    lines = [
        f"!define FILES {len(sizes)}",
        f"!define BYTES {sum(sizes)}",
        f"!define KILOBYTES {sum(sizes) // 2**10 + 1}",
        f"!define MEGABYTES {sum(sizes) // 2**20 + 1}",
        f"!define LONGEST {max(len(str(each)) for each in files)}",
        "!macro UNPACK_BUNDLE",
    ]
    for folder, names in groupby(files, key=lambda each: each.parent):
        lines.append('  SetOutPath "{}"'.format("\\".join(["${NEW}", *map(_text, folder.parts)])))
        lines += [f'  File "{_text(str(bundle / each))}"' for each in names]
    return "\n".join([*lines, "!macroend", ""])


def _text(name: str) -> str:
    """To makensis a `$` is the beginning of a variable."""
    return name.replace("$", "$$")


if __name__ == "__main__":
    found, *others = map(Path, sys.argv[1:])
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(script(found, others))
