"""The list of licences is whole and its texts are there."""

from __future__ import annotations

import re
from importlib.metadata import metadata

import pytest
from packaging.utils import canonicalize_name

from kyodo_desktop.licences import PACKAGES, libraries, own_licence, text_of, texts
from kyodo_desktop.paths import bundled
from tests.requirements import PROJECT, pulled_in

ONLY_TO_COMPILE = {"pycparser"}
LIBRARIES = libraries()
BY_NAME = {library.name: library for library in LIBRARIES}


def test_the_packages_are_those_that_are_shipped():
    needed = pulled_in(PROJECT["dependencies"])
    assert {canonicalize_name(name) for name in PACKAGES} == needed - ONLY_TO_COMPILE


def test_no_library_is_listed_twice():
    assert len(BY_NAME) == len(LIBRARIES)


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda each: each.name)
def test_a_library_says_whose_it_is_and_where_it_is_from(library):
    assert library.holder
    assert "See AUTHORS" not in library.holder
    assert "@" not in library.holder
    assert library.home.startswith(("https://", "http://"))


@pytest.mark.parametrize("name", PACKAGES)
def test_the_licence_is_the_one_the_package_declares(name):
    package = metadata(name)
    declared = "".join(package.get_all("License-Expression") or package.get_all("License") or ())
    licence = BY_NAME[name].licence
    assert licence
    assert licence.removesuffix("-2.0") in declared


@pytest.mark.parametrize("library", [each for each in LIBRARIES if "LGPL" in each.licence])
def test_a_library_under_the_lgpl_says_that_it_can_be_replaced(library):
    assert "動的" in library.note
    assert "差し替え" in library.note


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda each: each.name)
def test_the_whole_terms_of_a_library_are_there(library):
    found = texts(library)
    assert found
    assert all(len(text_of(each)) > 250 for each in found)


def test_every_text_belongs_to_a_library():
    folder = bundled("resources", "licences")
    named = {text for library in LIBRARIES for text in library.texts}
    assert {each.name for each in folder.iterdir() if each.is_file()} == named


WORDS = {
    "LGPL-3.0.txt": ["GNU LESSER GENERAL PUBLIC LICENSE", "Combined Works", "6. Revised Versions"],
    "GPL-3.0.txt": ["GNU GENERAL PUBLIC LICENSE", "17. Interpretation of Sections 15 and 16"],
    "Qt-third-party.txt": ["FreeType", "PCRE2", "HarfBuzz", "LibPNG", "XSVG", "Unicode, Inc."],
    "Python.txt": ["PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2", "mimalloc", "libmpdec"],
    "Visual-C++-Runtime.txt": ["Microsoft Distributable Code"],
    "PyInstaller.txt": ["Bootloader Exception", "END OF TERMS AND CONDITIONS"],
    "NSIS.txt": ["Common Public License version 1.0", "Special exception for LZMA"],
    "Apache-2.0.txt": ["END OF TERMS AND CONDITIONS"],
    "Rust.txt": ["MIT", "UNICODE LICENSE V3", "Zlib", "WHATWG"],
}


@pytest.mark.parametrize("name", WORDS)
def test_a_text_is_whole(name):
    text = text_of(bundled("resources", "licences", name)).casefold()
    assert [each for each in WORDS[name] if each.casefold() not in text] == []


@pytest.mark.parametrize("name", ["pydantic-core", "python-calamine"])
def test_what_is_made_in_rust_says_of_what_and_those_terms_are_there(name):
    (contents,) = (each for each in texts(BY_NAME[name]) if each.suffix == ".json")
    lines = text_of(contents).splitlines()
    assert any(line.startswith("pyo3 ") for line in lines)
    there = re.compile(r"\b(MIT|Apache-2\.0|BSD-3-Clause|Zlib|Unicode-3\.0)\b")
    assert [line for line in lines if not there.search(line)] == []


def test_the_program_has_its_own_terms():
    assert "MIT License" in text_of(own_licence())
