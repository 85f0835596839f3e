"""What is written beside a built Setup and zip: latest.json, SHA256SUMS and the guide."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from kyodo_desktop import __version__
from kyodo_desktop.command_parser import COMMANDS
from kyodo_desktop.store.backup import DAYS_KEPT
from kyodo_desktop.updating.release import published
from resources.windows import release_papers
from resources.windows.release_papers import GUIDE, ReleaseError, papers
from tests.requirements import ROOT

SETUP = f"KyodoDesktop-{__version__}-Setup.exe"
ZIP = f"KyodoDesktop-{__version__}.zip"
CHANGELOG = f"""# 変更の記録

## {__version__} 2027年4月1日

### 追加

- 速くなり、
  軽くなりました。
- `F5` で読み直せます。

### 修正

- **まれに**閉じない問題を直しました。

## 0.0.1

### 追加

- 最初の版です。
"""


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A folder with what was built for the present version."""
    folder = tmp_path / "配布 物"
    folder.mkdir()
    (folder / SETUP).write_bytes(b"setup" * 300_000)
    (folder / ZIP).write_bytes(b"zip")
    return folder


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", "-m", release_papers.__name__, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def written(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {SETUP, ZIP}


def guide_of(folder: Path) -> str:
    return papers(folder, __version__, CHANGELOG)[GUIDE]


def test_the_papers_and_nothing_else_are_written_beside_the_products(dist):
    assert run(dist).returncode == 0
    assert written(dist) == {"latest.json", "SHA256SUMS", GUIDE}


def test_an_installed_program_reads_from_latest_json_what_to_fetch(dist):
    run(dist)
    release = published(dist)
    assert (release.version, release.file) == (__version__, SETUP)
    assert release.sha256 == sha256((dist / SETUP).read_bytes()).hexdigest()


def test_the_notes_are_those_of_the_changelog_without_its_marks(dist):
    run(dist)
    lines = published(dist).notes.splitlines()
    assert lines[0] == "【追加】"
    assert all(line.startswith(("・", "【")) for line in lines if line)
    assert not re.search(r"[`*#]|^- ", "\n".join(lines), re.MULTILINE)


def test_the_notes_are_plain_text_of_this_version_only(dist):
    latest = json.loads(papers(dist, __version__, CHANGELOG)["latest.json"])
    assert latest["notes"] == (
        "【追加】\n・速くなり、軽くなりました。\n・F5 で読み直せます。\n\n"
        "【修正】\n・まれに閉じない問題を直しました。"
    )


def test_the_sums_are_what_sha256sum_checks(dist):
    run(dist)
    content = (dist / "SHA256SUMS").read_bytes()
    assert b"\r" not in content
    lines = content.decode().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert sums == {
        name: sha256((dist / name).read_bytes()).hexdigest() for name in (SETUP, ZIP, GUIDE)
    }


def test_latest_json_comes_last_since_programs_look_for_it(dist):
    assert list(papers(dist, __version__, CHANGELOG))[-1] == "latest.json"


def test_the_same_products_give_the_same_papers(dist):
    run(dist)
    first = {name: (dist / name).read_bytes() for name in written(dist)}
    run(dist)
    assert {name: (dist / name).read_bytes() for name in written(dist)} == first


def test_the_guide_tells_names_sizes_and_hashes(dist):
    guide = guide_of(dist)
    assert "$" not in guide
    assert "1.4 MB（1,500,000 バイト）" in guide
    for name in (SETUP, ZIP):
        assert f">{name}<" in guide
        assert sha256((dist / name).read_bytes()).hexdigest() in guide


def test_the_guide_needs_no_other_file(dist):
    assert not re.search(r"<(script|link|img|iframe)|src=|url\(|@import|https?:", guide_of(dist))


def test_every_link_of_the_guide_leads_to_a_heading(dist):
    guide = guide_of(dist)
    assert set(re.findall(r'href="#(\w+)"', guide)) == set(re.findall(r'<h2 id="(\w+)"', guide))


def test_every_heading_cell_says_what_it_heads(dist):
    assert not re.search(r"<th(?! scope=)[ >]", guide_of(dist))


def test_the_guide_names_everything_that_appears_beside_a_plan(dist, plan):
    stem = plan.path.stem
    beside = {path.name for path in plan.path.parent.iterdir() if path.name.startswith(stem)}
    assert {f"{stem}.kyodo.lock", f"{stem}_バックアップ"} < beside
    guide = guide_of(dist)
    assert [name for name in beside if name.replace(stem, "〇〇") not in guide] == []
    assert f"{DAYS_KEPT}日分" in guide


@pytest.mark.parametrize("command", COMMANDS)
def test_the_guide_explains_every_command(dist, command):
    assert f"kyodo.exe {command} " in guide_of(dist)


@pytest.mark.parametrize("missing", [SETUP, ZIP])
def test_without_a_product_nothing_is_written(dist, missing):
    (dist / missing).unlink()
    done = run(dist)
    assert done.returncode == 1
    assert missing in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert written(dist) == set()


@pytest.mark.parametrize(
    "changelog", ["", "## 0.1\n\n- 古い\n", f"## {__version__}\n\n## 0.0.1\n"]
)
def test_without_notes_nothing_is_written(dist, tmp_path, monkeypatch, capsys, changelog):
    (tmp_path / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    monkeypatch.setattr(release_papers, "CHANGELOG", tmp_path / "CHANGELOG.md")
    monkeypatch.setattr(sys, "argv", ["release_papers.py", str(dist)])
    with pytest.raises(SystemExit, match=re.escape(f"nothing about version {__version__}")):
        release_papers.main()
    assert written(dist) == set()


def test_a_version_is_not_taken_for_a_longer_one(dist):
    with pytest.raises(ReleaseError):
        papers(dist, __version__, f"## {__version__}1\n\n- 別の版\n")
