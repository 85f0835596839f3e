"""What the built program consists of, as a CycloneDX 1.6 bill of materials in JSON.

It is read from the zip that is given away: the metadata of the packages, the lists of what some
were compiled from, and `parts.json`, in which the build wrote down whatever is no package. The
same zip gives the same bill.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from kyodo_desktop.licences import PACKAGES, Library, libraries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

TITLE = "協働プラン進捗管理"
NAME = "kyodo_desktop"
PARTS = "_internal/resources/parts.json"
_ALSO = {"Python標準ライブラリ": "PSF-2.0"}
"""The terms of what the build wrote down and `licences.py` lists under another name."""
_CPE = {
    "Python": "python:python",
    "Python標準ライブラリ": "python:python",
    "SQLite": "sqlite:sqlite",
    "Expat": "libexpat_project:libexpat",
    "XZ Utils": "tukaani:xz",
    "bzip2": "bzip:bzip2",
    "zlib": "zlib:zlib",
    "libsodium": "libsodium:libsodium",
    "libffi": "libffi_project:libffi",
    "Qt": "qt:qt",
}
"""Vendor and product by which the lists of holes (CVE) know what is no package."""
_PACKAGE_URL = {
    "PyInstaller": "pypi/pyinstaller",
    "Python標準ライブラリ": "generic/python",
    "HACL*": "generic/hacl-star",
}
"""Where it is not `generic/` and the name."""
_METADATA = re.compile(r"_internal/[^/]+\.dist-info/METADATA$")
_MADE_OF = re.compile(r"_internal/resources/licences/([^/]+)/[^/]+\.json$")
_EXPRESSION = re.compile(r"[A-Za-z0-9.+() -]+")

Json = dict[str, Any]


def bill_of_materials(package: ZipFile, version: str, identity: str, seconds: int | None) -> str:
    """Return the bill of the program in a zip.

    `identity` is what no other release has; `seconds` is when the release was made, if known.
    """
    components = list(_components(package))
    program = {
        "type": "application",
        "bom-ref": NAME,
        "name": NAME,
        "version": version,
        "description": TITLE,
        "licenses": [{"license": {"id": "MIT"}}],
    }
    made = datetime.fromtimestamp(seconds, UTC).isoformat() if seconds is not None else None
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, identity)}",
        "version": 1,
        "metadata": _filled({"timestamp": made, "component": program}),
        "components": components,
        "dependencies": [
            {"ref": NAME, "dependsOn": [each["bom-ref"] for each in components]},
            *({"ref": each["bom-ref"]} for each in components),
        ],
    }
    return json.dumps(bill, ensure_ascii=False, indent=1) + "\n"


def parts(package: ZipFile) -> list[Json]:
    """Return what the build wrote down about whatever is no package; nothing in older builds."""
    for name in package.namelist():
        if name.endswith(f"/{PARTS}"):
            found = json.loads(package.read(name))
            return [each for each in found if isinstance(each, dict)]
    return []


def _components(package: ZipFile) -> Iterator[Json]:
    versions, made_of = _versions(package), _made_of(package)
    others = {str(each["name"]).casefold(): each for each in parts(package)}
    for library in libraries():
        part = others.pop(library.name.casefold(), {})
        inner = made_of.get(library.name, [])
        version = versions.get(_plain(library.name)) or part.get("version")
        yield _component(library, version, part, inner)
    for part in others.values():
        yield _filled(
            {
                "type": "library",
                "bom-ref": part["name"],
                "name": part["name"],
                "version": part.get("version"),
                "licenses": _licences(_ALSO.get(part["name"], "NOASSERTION")),
                **_known_as(part["name"], part.get("version")),
                "properties": _properties(part),
            }
        )


def _component(library: Library, version: str | None, part: Json, inner: list[Json]) -> Json:
    return _filled(
        {
            "type": "library",
            "bom-ref": library.name,
            "name": library.name,
            "version": version,
            "publisher": library.holder,
            "licenses": _licences(library.licence),
            **_known_as(library.name, version),
            "externalReferences": [{"type": "website", "url": library.home}],
            "components": inner,
            "properties": _properties(part),
        }
    )


def _known_as(name: str, version: str | None) -> dict[str, str]:
    """Return by what names lists of holes can be searched, as far as the version is known."""
    where = f"pypi/{_plain(name)}" if name in PACKAGES else _PACKAGE_URL.get(name)
    where = where or f"generic/{_plain(name.replace(' ', '-').replace('+', 'p'))}"
    found = {"purl": f"pkg:{where}@{version}" if version else f"pkg:{where}"}
    if version and name in _CPE:
        found["cpe"] = f"cpe:2.3:a:{_CPE[name]}:{version}:*:*:*:*:*:*:*"
    return found


def _properties(part: Json) -> list[Json]:
    """Return the date of a part and where it was taken from, as far as the build knows."""
    return [
        {"name": f"{NAME}:{key}", "value": str(part[key])}
        for key in ("date", "source")
        if part.get(key)
    ]


def _licences(words: str) -> list[Json]:
    if _EXPRESSION.fullmatch(words):
        return [{"expression": words}]
    return [{"license": {"name": words}}]


def _versions(package: ZipFile) -> dict[str, str]:
    """Return the versions of the packages, as their metadata in the zip say them."""
    parser = BytesHeaderParser()
    found = {}
    for name in filter(_METADATA.search, package.namelist()):
        fields = parser.parsebytes(package.read(name))
        found[_plain(fields["Name"])] = fields["Version"]
    return found


def _made_of(package: ZipFile) -> dict[str, list[Json]]:
    """Return what packages were compiled from, by their own bills."""
    found: dict[str, list[Json]] = {}
    for name in package.namelist():
        if match := _MADE_OF.search(name):
            bill = json.loads(package.read(name))
            found[match[1]] = [_inner(match[1], each) for each in bill.get("components", ())]
    return found


def _inner(owner: str, component: Json) -> Json:
    kept = ("type", "name", "version", "author", "hashes", "licenses", "purl")
    reference = f"{owner}/{component['name']}@{component['version']}"
    return {"bom-ref": reference, **{key: component[key] for key in kept if key in component}}


def _plain(name: str) -> str:
    """Return the name of a package as every index writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _filled(fields: Json) -> Json:
    return {key: value for key, value in fields.items() if value}
