"""What is written beside a built Setup and zip: the pages, the bill of materials, the hashes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import files, version
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest

from kyodo_desktop import __version__
from kyodo_desktop.command_parser import COMMANDS
from kyodo_desktop.licences import PACKAGES, files_to_bundle, libraries
from kyodo_desktop.store.backup import DAYS_KEPT
from resources.windows import release_papers
from resources.windows.bill_of_materials import PARTS
from resources.windows.release_papers import CHECK_LIST, GUIDE, HAND_CHECK, ReleaseError, papers
from tests.requirements import ROOT

SETUP = f"KyodoDesktop-{__version__}-Setup.exe"
ZIP = f"KyodoDesktop-{__version__}.zip"
BILL, FILES = f"KyodoDesktop-{__version__}.cdx.json", f"KyodoDesktop-{__version__}-files.sha256"
PAGES = (GUIDE, CHECK_LIST, HAND_CHECK)
PYTHON = {"name": "Python", "version": "3.13.99", "date": "2027-01-02", "source": "python.org"}
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


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a build makes, in small, for the present version."""
    folder = tmp_path_factory.mktemp("built")
    (folder / SETUP).write_bytes(b"setup" * 300_000)
    with ZipFile(folder / ZIP, "w") as package:
        package.writestr("KyodoDesktop/KyodoDesktop.exe", b"program")
        package.writestr(f"KyodoDesktop/{PARTS}", json.dumps([PYTHON]))
        for name in PACKAGES:
            for file in files(name):
                if file.name == "METADATA":
                    package.writestr(f"KyodoDesktop/_internal/{file}", file.read_text())
            for file in files_to_bundle(name):
                place = f"KyodoDesktop/_internal/resources/licences/{name}/{file.name}"
                package.writestr(place, file.read_text())
    return folder


@pytest.fixture
def dist(built: Path, tmp_path: Path) -> Path:
    """The same, for one test."""
    return shutil.copytree(built, tmp_path / "配布 物")


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", "-m", release_papers.__name__, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def written(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {SETUP, ZIP}


@pytest.fixture(scope="module")
def made(built: Path) -> dict[str, str]:
    """What is written beside what was built."""
    return papers(built, __version__, CHANGELOG)


@pytest.fixture
def guide(made: dict[str, str]) -> str:
    return made[GUIDE]


def test_the_papers_and_nothing_else_are_written_beside_the_products(dist):
    assert run(dist).returncode == 0
    assert written(dist) == {"SHA256SUMS", BILL, FILES, *PAGES}


def test_the_sums_are_what_sha256sum_checks(dist):
    run(dist)
    content = (dist / "SHA256SUMS").read_bytes()
    assert b"\r" not in content
    lines = content.decode().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert sums == {
        name: sha256((dist / name).read_bytes()).hexdigest()
        for name in (SETUP, ZIP, BILL, FILES, *PAGES)
    }


def test_the_same_products_give_the_same_papers(dist):
    run(dist)
    first = {name: (dist / name).read_bytes() for name in written(dist)}
    run(dist)
    assert {name: (dist / name).read_bytes() for name in written(dist)} == first


def test_the_guide_tells_names_sizes_and_hashes(guide, dist):
    assert "1.4 MB（1,500,000 バイト）" in guide
    for name in (SETUP, ZIP):
        assert f">{name}<" in guide
        assert sha256((dist / name).read_bytes()).hexdigest() in guide


@pytest.mark.parametrize("name", [GUIDE, CHECK_LIST])
def test_the_room_that_is_needed_is_counted_from_the_products(made, name):
    assert "約 1 MB。" in made[name]
    assert "一時ファイルを含めて約 10 MB" in made[name]
    assert "約 13 MB を使います" in made[name]  # once more, and the Setup of 2 MB


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_no_other_file_and_has_nothing_to_fill_in_left(made, name):
    page = made[name]
    assert not re.search(r"<(script|link|img|iframe)|src=|url\(|@import|href=.https?:", page)
    in_commands = re.compile(r"<pre>.*?</pre>", re.DOTALL)
    assert "$" not in in_commands.sub("", page)


def test_every_link_of_the_guide_leads_to_a_heading(guide):
    assert set(re.findall(r'href="#(\w+)"', guide)) == set(re.findall(r'<h2 id="(\w+)"', guide))


def test_every_heading_cell_says_what_it_heads(guide):
    assert not re.search(r"<th(?! scope=)[ >]", guide)


def test_the_guide_names_everything_that_appears_beside_a_plan(guide, plan):
    stem = plan.path.stem
    beside = {path.name for path in plan.path.parent.iterdir() if path.name.startswith(stem)}
    assert {f"{stem}.kyodo.lock", f"{stem}_バックアップ"} < beside
    assert [name for name in beside if name.replace(stem, "〇〇") not in guide] == []
    assert f"{DAYS_KEPT}日分" in guide


def test_the_guide_tells_every_exit_code_of_setup(guide):
    script = (ROOT / "resources/windows/setup_common.nsh").read_text(encoding="utf-8")
    table = re.search(r"^; Exit codes.*?\n\n", script, re.MULTILINE | re.DOTALL)[0]
    codes = re.findall(r"^!define \w+ (\d+)", table, re.MULTILINE)
    assert len(codes) == 9
    assert [code for code in codes if f'<th scope="row">{code}</th>' not in guide] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_guide_explains_every_command(guide, command):
    assert f"kyodo.exe {command} " in guide


def bill_of(folder: Path) -> dict:
    return json.loads(papers(folder, __version__, CHANGELOG)[BILL])


def test_the_bill_of_materials_is_what_cyclonedx_asks_for(dist):
    bill = bill_of(dist)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert UUID(bill["serialNumber"].removeprefix("urn:uuid:")).version == 5
    inner = [each for part in bill["components"] for each in part.get("components", ())]
    everything = [bill["metadata"]["component"], *bill["components"], *inner]
    assert all({"type", "name", "bom-ref"} <= set(each) for each in everything)
    references = [each["bom-ref"] for each in everything]
    assert len(set(references)) == len(references)
    for each in bill["dependencies"]:
        assert {each["ref"], *each.get("dependsOn", ())} <= set(references)
    for each in everything:
        assert set(each) <= KEYS_OF_A_COMPONENT
        for licence in each.get("licenses", ()):
            assert len(licence) == 1
            assert set(licence) <= {"expression", "license"}


KEYS_OF_A_COMPONENT = {
    *("type", "name", "version", "bom-ref", "publisher", "description", "author", "licenses"),
    *("purl", "cpe", "hashes", "externalReferences", "components", "properties"),
}


def test_the_bill_of_materials_lists_everything_that_is_shipped(dist):
    listed = {each["name"]: each for each in bill_of(dist)["components"]}
    assert {each.name for each in libraries()} <= set(listed)
    assert listed["SQLAlchemy"]["version"] == version("SQLAlchemy")
    assert listed["SQLAlchemy"]["purl"] == f"pkg:pypi/sqlalchemy@{version('SQLAlchemy')}"
    assert listed["Python"]["version"] == "3.13.99"
    assert listed["Python"]["cpe"] == "cpe:2.3:a:python:python:3.13.99:*:*:*:*:*:*:*"
    assert [
        name for name, each in listed.items() if not re.match("pkg:[a-z]+/.", each["purl"])
    ] == []
    inner = {each["name"] for each in listed["pydantic-core"]["components"]}
    assert "pyo3" in inner


def test_a_release_has_its_own_bill_and_the_time_that_the_build_was_given(dist, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    bill = bill_of(dist)
    assert bill["metadata"]["timestamp"] == "2027-01-15T08:00:00+00:00"
    with ZipFile(dist / ZIP, "a") as package:
        package.writestr("KyodoDesktop/more.txt", "more")
    assert bill_of(dist)["serialNumber"] != bill["serialNumber"]


def test_the_hashes_are_those_of_the_files_that_setup_puts_down(made, dist, tmp_path):
    listed = made[FILES].splitlines()
    hashes = {name: digest for digest, name in (line.split("  ", 1) for line in listed)}
    ZipFile(dist / ZIP).extractall(tmp_path)
    installed = tmp_path / "KyodoDesktop"
    assert hashes == {
        path.relative_to(installed).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in installed.rglob("*")
        if path.is_file()
    }


def test_the_guide_tells_the_version_and_date_of_every_part(guide):
    assert all(f'<th scope="row">{each.name}</th>' in guide for each in libraries())
    assert "<td>3.13.99</td><td>2027-01-02</td>" in guide


@pytest.mark.parametrize("name", [GUIDE, CHECK_LIST])
def test_who_gives_the_program_away_is_told_and_marked(made, name):
    page = made[name]
    for words in release_papers.given_by().values():
        assert f'<span class="fill">{words}</span>' in page


def test_without_keys_the_papers_promise_no_updates(made):
    assert "続けて、同じフォルダーに" not in made[GUIDE]
    assert "更新は行われません" in made[GUIDE]
    assert made[CHECK_LIST].count("発行者の鍵が入っていないため") == 2
    assert "latest.json" not in made[HAND_CHECK]
    assert "今すぐ更新" not in made[HAND_CHECK]


def test_with_keys_the_papers_say_how_updates_go(dist):
    keys = [{"holder": "市の<課>", "public": "00" * 32}]
    with ZipFile(dist / ZIP, "a") as package:
        package.writestr(release_papers.KEYS, json.dumps(keys))
    found = papers(dist, __version__, CHANGELOG)
    assert "続けて、同じフォルダーに" in found[GUIDE]
    assert "市の&lt;課&gt;（鍵 " in found[GUIDE]
    assert not any("鍵が入っていない" in found[name] for name in PAGES)
    assert f"閉じて、{__version__} が自分で開く" in found[HAND_CHECK]


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


def test_a_broken_zip_is_told_and_nothing_is_written(dist):
    (dist / ZIP).write_bytes(b"half a zip")
    done = run(dist)
    assert done.returncode == 1
    assert "is no zip" in done.stderr
    assert written(dist) == set()


def test_a_version_is_not_taken_for_a_longer_one(dist):
    with pytest.raises(ReleaseError):
        papers(dist, __version__, f"## {__version__}1\n\n- 別の版\n")
