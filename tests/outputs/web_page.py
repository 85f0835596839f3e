"""The page for the city's site, in Chromium: narrow, wide, printed, enlarged, without scripts."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from kyodo_desktop.web.page import write_page
from tests.imports import ROOT
from tests.outputs.cases import cases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE = ROOT / "tests" / "outputs"


def problems(folder: Path) -> Iterator[str]:
    """Yield what the browser and axe-core have to say about each page."""
    subprocess.run([HERE / "setup.sh"], check=True)
    paths = []
    for case in cases(folder):
        paths.append(folder / f"{case.name}.html")
        write_page(case.report(), paths[-1])
    run = subprocess.run(
        ["node", HERE / "browser.mjs", folder, *paths],
        cwd=ROOT / "build" / "outputs",
        capture_output=True,
        text=True,
        check=False,
    )
    yield from run.stdout.splitlines()
    if run.returncode:
        yield run.stderr.strip()[-2000:]
