"""The list of licences is whole and its texts are there."""

from __future__ import annotations

from importlib.metadata import metadata

import pytest
from packaging.utils import canonicalize_name

from kyodo_desktop.licences import PACKAGES, libraries
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
    declared = package["License-Expression"] or package["License"]
    licence = BY_NAME[name].licence
    assert licence
    assert licence.removesuffix("-2.0") in declared


@pytest.mark.parametrize("library", [each for each in LIBRARIES if "LGPL" in each.licence])
def test_a_library_under_the_lgpl_says_that_it_can_be_replaced(library):
    assert "動的" in library.note
    assert "差し替え" in library.note


@pytest.mark.parametrize("text", ["LGPL-3.0.txt", "GPL-3.0.txt"])
def test_the_texts_that_the_lgpl_asks_for_are_bundled(text):
    assert bundled("resources", "licences", text).stat().st_size > 7_000
