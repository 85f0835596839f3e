"""The list of licences is whole and its texts are there."""

from __future__ import annotations

from importlib.metadata import metadata

import pytest
from packaging.utils import canonicalize_name

from kyodo_desktop.licences import LIBRARIES
from kyodo_desktop.paths import bundled
from tests.requirements import PROJECT, pulled_in

SHIPPED = pulled_in(PROJECT["dependencies"])
BY_NAME = {canonicalize_name(library.name): library for library in LIBRARIES}


def test_every_shipped_package_is_listed():
    assert SHIPPED - set(BY_NAME) == set()


def test_no_library_is_listed_twice():
    assert len(BY_NAME) == len(LIBRARIES)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_the_licence_is_the_one_the_package_declares(name):
    package = metadata(name)
    declared = package["License-Expression"] or package["License"]
    licence = BY_NAME[name].licence
    assert licence.removesuffix("-2.0") in declared or declared in licence


@pytest.mark.parametrize("library", [each for each in LIBRARIES if "LGPL" in each.licence])
def test_a_library_under_the_lgpl_says_that_it_can_be_replaced(library):
    assert "動的" in library.note
    assert "差し替え" in library.note


@pytest.mark.parametrize("text", ["LGPL-3.0.txt", "GPL-3.0.txt"])
def test_the_texts_that_the_lgpl_asks_for_are_bundled(text):
    assert bundled("resources", "licences", text).stat().st_size > 7_000
