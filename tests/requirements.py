"""Which distributions the project pulls in, found by following their own declarations."""

from __future__ import annotations

import tomllib
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "extra": ""}
LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "extra": ""}


def pulled_in(declared: list[str]) -> set[NormalizedName]:
    """Return what these need on Linux or on Windows, and what that needs in turn.

    What only Windows needs is not installed here and so not followed further.
    """
    found: set[NormalizedName] = set()
    waiting = [Requirement(line) for line in declared]
    while waiting:
        each = waiting.pop()
        name = canonicalize_name(each.name)
        if name in found or not _wanted(each, WINDOWS, LINUX):
            continue
        found.add(name)
        if _wanted(each, LINUX):
            waiting += [Requirement(line) for line in requires(name) or ()]
    return found


def _wanted(requirement: Requirement, *systems: dict[str, str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate(system) for system in systems)
