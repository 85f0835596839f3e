"""Writes what goes along with a built Setup and zip into their folder.

These are the guide for the IT section, its check list on one page, the script for half an hour on
a real PC, the bill of materials, the hashes of all files, and SHA256SUMS. latest.json, by which an
installed program learns of the new version, is not among them: it has to be signed (`signing.py`).

Who gives the program away and answers for it is written in pyproject.toml, in the table
`tool.kyodo_desktop.distributor`. SOURCE_DATE_EPOCH is the time of the release, if it is set.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import re
import sys
import tomllib
from html import escape
from pathlib import Path
from string import Template
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from kyodo_desktop import __version__
from kyodo_desktop.atomic_files import atomic_write
from resources.windows.bill_of_materials import NAME, bill_of_materials

ROOT = Path(__file__).parents[2]
CHANGELOG = ROOT / "CHANGELOG.md"
GUIDE, CHECK_LIST, HAND_CHECK = "導入説明書.html", "導入確認票.html", "実機確認.html"
PAGES = {GUIDE: "guide.html", CHECK_LIST: "check_list.html", HAND_CHECK: "hand_check.html"}
"""Each page of the release, and its template in this folder."""

KEYS = "KyodoDesktop/_internal/resources/release_keys.json"
NO_KEYS = (
    "まだ入っていません。鍵のないプログラムは更新を取り込まないので、Setup を手で配ってください"
    "（発行者が鍵を作り、プログラムに入れて作り直すと、次のバージョンから使えます）"
)
WITH_KEYS = {
    "signed_updates": "更新は、発行者の鍵（Ed25519）の署名とハッシュ値が合うときだけ取り込みます",
    "latest_file": (
        "バージョン、Setupのサイズとハッシュ値、変更点と、発行者の署名（更新に使います）"
    ),
    "latest_step": (
        "<li>続けて、同じフォルダーに <code>latest.json</code> をコピーします"
        "（必ず最後に）。</li>\n"
    ),
    "next_version": "導入した人は、次のバージョンからは同じフォルダーから更新できます",
    "update_note": "",
    "updates": (
        "共有フォルダーの <code>latest.json</code> を読みます。"
        "ポリシーで止める・場所を固定することができます"
    ),
    "hand_files": (
        "$version の Setup と、署名した <code>latest.json</code> を置きます。"
        "9-1 も確かめるときは、前のバージョンの Setup も置きます"
        "（ないときは、9-1 を飛ばして「未確認」と書きます）"
    ),
    "hand_previous": "（9-1 も確かめるときは、前のバージョンのもの）",
    "hand_allowed": "Setup、プログラム（9-1 も確かめるときは、9-1 の更新も）",
    "hand_update": (
        "<td>（前のバージョンを入れたときだけ）前のバージョンを開いて少し待ち、"
        "「● 新しいバージョン」→「今すぐ更新」</td>"
        "<td>閉じて、$version が自分で開く。計画と設定がそのまま残る</td>"
    ),
    "hand_forged": (
        "<td><code>latest.json</code> の <code>sha256</code> の1文字を変えて、"
        "「ヘルプ」→「新しいバージョンを確認」</td><td>署名と合わないので更新しないことを知らせる</td>"
    ),
}
WITHOUT_KEYS = {
    "signed_updates": "発行者の鍵が入っていないため、このバージョンは更新を取り込みません",
    "latest_file": "このバージョンにはありません（発行者の鍵で署名したリリースにだけ付きます）",
    "latest_step": "",
    "next_version": (
        "このバージョンは自分を更新しないので、次のバージョンも、同じようにSetupを実行して導入します"
    ),
    "update_note": (
        '<p class="note"><strong>このバージョンには発行者の鍵が入っていないため、'
        "<code>latest.json</code> はなく、更新は行われません。</strong>新しいバージョンは、"
        '<a href="#distribution">3</a> の方法で Setup を実行して導入します'
        "（計画と設定は残ります）。下に書いたことは、鍵の入ったバージョンを導入してから使えます。</p>\n"
    ),
    "updates": (
        "できません（発行者の鍵が入っていないため、<code>latest.json</code> もありません）。"
        "新しいバージョンは、Setup を配り直して導入します"
    ),
    "hand_files": "$version の Setup を置きます（前のバージョンは要りません）",
    "hand_previous": "",
    "hand_allowed": "Setup、プログラム",
    "hand_update": (
        "<td>プログラムを閉じ、$version の Setup をもう一度実行して、プログラムを開く</td>"
        "<td>最後まで進む。計画と設定がそのまま残る</td>"
    ),
    "hand_forged": (
        "<td>「ヘルプ」→「新しいバージョンを確認」</td>"
        "<td>鍵が入っていないため、更新を行わないことを知らせる</td>"
    ),
}
"""What the pages say where the program believes somebody's signatures, and where nobody's."""

BLANK = "　　　　　　　　　　（書き入れる欄）"
"""What stands for what nobody has filled in."""

SAID_ON_SEVERAL_PAGES = {
    "tested": (
        "Wine 8（Debian 12、Windows 10 の設定、日本語のコードページ 932）で、導入・使用・更新・"
        "削除を毎回自動で確かめています。実物の Windows では、まだ確かめていません"
        "（「実機確認.html」で確かめられます）"
    ),
}

ROOM = 8
"""MB more that Setup asks for, half of it on each of two drives (setup_checks.nsh)."""

INSIDE = {"zlib": "Qtの中", "HACL*": "Pythonの中"}
"""What is listed by itself, for its terms, but has no release of its own here."""

PYTHON_ENDS = {
    "3.11": "2027年10月",
    "3.12": "2028年10月",
    "3.13": "2029年10月",
    "3.14": "2030年10月",
}
"""Until when the developers of Python mend holes in it, by their own calendar."""


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
    texts = {
        f"KyodoDesktop-{version}.cdx.json": bill_for(version, folder / package.name, package),
        f"KyodoDesktop-{version}-files.sha256": hashes_inside(folder / package.name),
    }
    bill = json.loads(next(iter(texts.values())))
    words = words_for(version, setup, package, size_inside(folder / package.name), bill)
    words |= words_about_updates(version, trusted_keys(folder / package.name))
    texts |= {name: page(template, words) for name, template in PAGES.items()}
    hashes = {each.name: each.sha256 for each in (setup, package)}
    hashes |= {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    section(changelog, version)  # a version that it does not know is none to give away
    return {
        **texts,
        "SHA256SUMS": "".join(f"{sha256}  {name}\n" for name, sha256 in hashes.items()),
    }


def product(file: Path) -> Product:
    """Return what the papers say about a file; raises ReleaseError where there is none."""
    try:
        with file.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise ReleaseError(f"{file} cannot be read ({error.strerror}); build it first") from error
    return Product(file.name, file.stat().st_size, sha256)


def bill_for(version: str, file: Path, package: Product) -> str:
    """Return the bill of materials; raises ReleaseError where the zip cannot be read."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    with opened(file) as content:
        return bill_of_materials(content, version, package.sha256, int(epoch) if epoch else None)


def hashes_inside(file: Path) -> str:
    """Return one line for each file that Setup puts down: its hash and its place there."""
    lines = []
    with opened(file) as content:
        for entry in sorted(content.infolist(), key=lambda each: each.filename):
            if not entry.is_dir():
                sha256 = hashlib.sha256(content.read(entry)).hexdigest()
                lines.append(f"{sha256}  {entry.filename.partition('/')[2]}\n")
    return "".join(lines)


def size_inside(file: Path) -> int:
    """Return how many bytes the files in the zip have."""
    with opened(file) as content:
        return sum(entry.file_size for entry in content.infolist())


def opened(file: Path) -> ZipFile:
    """Return the zip, open to read; raises ReleaseError where it is none."""
    try:
        return ZipFile(file)
    except BadZipFile as error:
        raise ReleaseError(f"{file} is no zip; build it again") from error


def words_for(
    version: str, setup: Product, package: Product, folder_size: int, bill: dict[str, Any]
) -> dict[str, str]:
    """Return what the pages say about this version, by the name that stands in for it."""
    versions = {each["name"]: each.get("version", "—") for each in bill["components"]}
    qt, python = versions["PySide6-Essentials"], series(versions["Python"])
    return {
        "version": version,
        "setup_size": readable(setup.size),
        "setup_sha256": setup.sha256,
        "zip_size": readable(package.size),
        "zip_sha256": package.sha256,
        **SAID_ON_SEVERAL_PAGES,
        **disk_need(folder_size, setup.size),
        "installed_bytes": f"{folder_size:,}",
        "parts": "\n".join(map(row_of_part, bill["components"])),
        "qt_version": qt,
        "qt_series": series(qt),
        "python_series": python,
        "python_end": PYTHON_ENDS.get(python, "python.org の示す日"),
        **{name: f'<span class="fill">{escape(text)}</span>' for name, text in given_by().items()},
    }


def series(version: str) -> str:
    """Return a version without the number of its last mending."""
    return ".".join(version.split(".")[:2])


def trusted_keys(file: Path) -> str:
    """Return whose signatures the program in the zip believes."""
    with opened(file) as content:
        if KEYS not in content.namelist():
            return NO_KEYS
        found = json.loads(content.read(KEYS))
    names = [hashlib.sha256(bytes.fromhex(each["public"])).hexdigest()[:16] for each in found]
    holders = [escape(each["holder"]) for each in found]
    pairs = zip(holders, names, strict=True)
    return "、".join(f"{holder}（鍵 {name}）" for holder, name in pairs) or NO_KEYS


def words_about_updates(version: str, keys: str) -> dict[str, str]:
    """Return what the pages say about updates, for a program that believes these keys."""
    said = WITHOUT_KEYS if keys == NO_KEYS else WITH_KEYS
    words = {name: Template(text).substitute(version=version) for name, text in said.items()}
    return {"keys": keys, **words}


def given_by() -> dict[str, str]:
    """Return who gives the program away, and how to reach them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table: dict[str, str] = project["tool"]["kyodo_desktop"]["distributor"]
    return {name: words or BLANK for name, words in table.items()}


def row_of_part(component: dict[str, Any]) -> str:
    """Return the row of the guide's table about something that is shipped."""
    name = f"{NAME}:date"
    dates = [each["value"] for each in component.get("properties", ()) if each["name"] == name]
    terms = [each.get("expression") or each["license"]["name"] for each in component["licenses"]]
    inner = len(component.get("components", ()))
    cells = (
        component.get("version") or INSIDE.get(component["name"], "—"),
        "".join(dates) or "—",
        " ".join(terms).removeprefix("LicenseRef-") + (f"（中の部品 {inner}）" if inner else ""),
    )
    columns = "".join(f"<td>{escape(each)}</td>" for each in cells)
    return f'<tr><th scope="row">{escape(component["name"])}</th>{columns}</tr>'


def page(template: str, words: dict[str, str]) -> str:
    """Return a page with the words of this version."""
    text = Path(__file__).with_name(template).read_text(encoding="utf-8")
    return Template(text).substitute(words)


def disk_need(folder_size: int, setup_size: int) -> dict[str, str]:
    """Return how much room the program takes, and at most while it comes and while it changes.

    Setup unpacks everything into %TEMP% and from there into the folder, where the version before
    stays until the new one is whole. The program has copied the Setup of an update beforehand.
    """
    once, setup = (math.ceil(size / 1024**2) for size in (folder_size, setup_size))
    coming = 2 * once + ROOM
    return {
        "installed_size": f"{once} MB",
        "free_room": f"{once + ROOM // 2} MB",
        "disk_need": (
            f"利用者1人につき約 {once} MB。導入の間は一時ファイルを含めて約 {coming} MB、"
            f"更新の間は前のバージョンも含めて約 {coming + once + setup} MB を使います"
        ),
    }


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
