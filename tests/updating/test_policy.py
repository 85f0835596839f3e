"""What the administrator decided counts; what makes no sense is told and left aside."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kyodo_desktop.updating.policy import DWORD, EXPAND_SZ, HIVES, SZ, Policy, decided, present

PC, USER = HIVES
BINARY, MULTI_SZ, QWORD = 3, 7, 11
SHARE = r"\\server\配布 #1\更新 100%"


def test_nothing_is_decided_where_nothing_is_registered():
    assert decided({}) == Policy(updates=True, folder=None)
    assert not decided({}).decides


@pytest.mark.parametrize("hive", HIVES)
def test_updates_can_be_switched_off(hive):
    assert decided({(hive, "Updates"): (0, DWORD)}) == Policy(updates=False)
    assert decided({(hive, "Updates"): (1, DWORD)}) == Policy(updates=True)


@pytest.mark.parametrize("hive", HIVES)
@pytest.mark.parametrize("folder", [SHARE, "S:\\更新", "S:\\"])
def test_a_folder_can_be_given(hive, folder):
    for kind in (SZ, EXPAND_SZ):
        assert decided({(hive, "UpdateFolder"): (folder, kind)}) == Policy(folder=Path(folder))


def test_what_counts_for_the_whole_pc_goes_first_value_by_value():
    values = {
        (PC, "Updates"): (1, DWORD),
        (USER, "Updates"): (0, DWORD),
        (USER, "UpdateFolder"): (SHARE, SZ),
    }
    assert decided(values) == Policy(updates=True, folder=Path(SHARE))
    values[PC, "UpdateFolder"] = ("S:\\更新", SZ)
    assert decided(values).folder == Path("S:\\更新")


def test_the_quotes_that_explorer_copies_are_taken_off():
    assert decided({(PC, "UpdateFolder"): (f' "{SHARE}" ', SZ)}).folder == Path(SHARE)


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("Updates", 2, DWORD),
        ("Updates", -1, DWORD),
        ("Updates", 0, QWORD),
        ("Updates", "0", SZ),
        ("Updates", b"\0\0\0\0", BINARY),
        ("Updates", None, DWORD),
        ("UpdateFolder", "", SZ),
        ("UpdateFolder", "更新", SZ),
        ("UpdateFolder", r"\更新", SZ),
        ("UpdateFolder", "S:更新", SZ),
        ("UpdateFolder", "https://example.jp/", SZ),
        ("UpdateFolder", "S:\\更新\nS:\\", SZ),
        ("UpdateFolder", "S:\\更新\0", SZ),
        ("UpdateFolder", "S:\\" + "長" * 1_000, SZ),
        ("UpdateFolder", "%NOT_SET_ANYWHERE%", EXPAND_SZ),
        ("UpdateFolder", [SHARE], MULTI_SZ),
        ("UpdateFolder", SHARE.encode("utf-16-le"), BINARY),
        ("UpdateFolder", 0, DWORD),
        ("UpdateFolder", None, SZ),
    ],
)
def test_what_makes_no_sense_is_a_line_in_the_log_and_counts_for_nothing(
    name, value, kind, caplog
):
    good = {"Updates": (0, DWORD), "UpdateFolder": (SHARE, SZ)}[name]
    assert decided({(PC, name): (value, kind)}) == Policy()
    assert len(caplog.messages) == 1
    assert name in caplog.messages[0]
    with_the_users = decided({(PC, name): (value, kind), (USER, name): good})
    assert with_the_users == decided({(USER, name): good})


@pytest.mark.skipif(sys.platform == "win32", reason="somebody may have decided there")
def test_without_a_registry_nothing_is_decided():
    assert present() == Policy()
