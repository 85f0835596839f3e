"""No file, however made, does anything but come in or be explained.

A fixed small share runs with all tests; `make fuzz` runs it at length.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.effort import SEED, cases, note_seed
from tests.excel.reading.workbooks import with_sheet_data
from tests.fuzz.mutating import (
    HOSTILE_CELLS,
    HOSTILE_ENDS,
    HOSTILE_NUMBERS,
    HOSTILE_ROWS,
    HOSTILE_TEXTS,
    damaged,
    damaged_within,
)
from tests.fuzz.originals import data, of_other_formats, text_table, workbooks

pytest.importorskip("resource", reason="memory is measured where Linux tells it")
from tests.fuzz.judging import Judge

pytestmark = pytest.mark.deep

CASES = int(os.environ.get("KYODO_FUZZ_CASES") or cases(quick=8, deep=320))
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "euc_jp", "iso2022_jp")


names = st.sampled_from(("row", "c", "v", "f", "is", "t", "r", "mergeCell", "x"))
attributes = st.dictionaries(
    st.sampled_from(("r", "s", "t", "hidden", "ref", "spans")),
    st.one_of(
        st.sampled_from((*HOSTILE_NUMBERS, "A1", "s", "str", "inlineStr", "e", "d", "b")),
        st.integers(-3, 2_000_000).map(str),
    ),
    max_size=3,
)
texts = st.one_of(
    st.sampled_from((*HOSTILE_TEXTS, *HOSTILE_CELLS, *HOSTILE_ROWS, *HOSTILE_ENDS)),
    st.text(max_size=12).map(lambda text: text.replace("&", "").replace("<", "")),
)


def element(name: str, attributes: dict[str, str], inside: list[str]) -> str:
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inside)}</{name}>"


elements = st.recursive(
    texts,
    lambda inside: st.builds(element, names, attributes, st.lists(inside, max_size=4)),
    max_leaves=12,
)
text_pieces = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from((",", ";", "\t", "\n", "\r\n", '"', "　", "  ", "=1", "\0", "①", "✓")),
    ),
    max_size=40,
)


# The judge counts all the files that one test shows it.
ONE_JUDGE = {"database": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@pytest.fixture
def judge(tmp_path, plan, request):
    """A judge, while a plan is open, which no file may change."""
    before = plan.path.read_bytes()
    judge = Judge(tmp_path / getattr(request, "param", "表.xlsx"))
    yield judge
    assert plan.path.read_bytes() == before
    print(f"\n{request.node.name}: {judge}")


def test_damaged_workbooks_come_in_or_are_explained(judge, tmp_path, sample_master):
    *small, large = workbooks(tmp_path, sample_master)
    originals = [*small, *small, *small, large]
    for seed in range(SEED, SEED + CASES):
        with note_seed(seed):
            judge.judge(damaged(originals[seed % len(originals)], seed))


@pytest.mark.parametrize("judge", ["表.ods", "表.xls", "表.xlsb"], indirect=True)
def test_damaged_files_of_other_formats_come_in_or_are_explained(judge):
    original = of_other_formats()[judge.path.suffix]
    for seed in range(SEED, SEED + CASES):
        with note_seed(seed):
            judge.judge((damaged_within if seed % 3 else damaged)(original, seed))


@pytest.mark.parametrize("judge", ["表.csv", "表.txt", "データ.csv", "データ.json"], indirect=True)
def test_damaged_texts_come_in_or_are_explained(judge, tmp_path, sample_master):
    name = judge.path.name
    original = text_table().encode()
    if name.startswith("データ"):
        original = data(tmp_path, sample_master, judge.path.suffix)
    for seed in range(SEED, SEED + CASES // 4):
        random = Random(seed)
        encoding = random.choice(ENCODINGS)
        content = bytearray(original.decode().encode(encoding, "replace"))
        for _ in range(random.choice((0, 1, 9, 200))):
            content[random.randrange(len(content))] = random.randrange(256)
        with note_seed(seed):
            judge.judge(bytes(content[: random.choice((None, None, random.randrange(1, 9_999)))]))


@settings(max_examples=CASES // 4, **ONE_JUDGE)
@given(inside=st.lists(elements, max_size=6))
def test_sheets_of_any_elements_come_in_or_are_explained(judge, inside):
    judge.judge(with_sheet_data("".join(inside).encode("utf-8", "replace").decode()))


@pytest.mark.parametrize("judge", ["表.csv", "表.txt"], indirect=True)
@settings(max_examples=CASES // 4, **ONE_JUDGE)
@given(pieces=text_pieces, encoding=st.sampled_from(ENCODINGS), more=st.binary(max_size=3))
def test_texts_of_any_characters_come_in_or_are_explained(judge, pieces, encoding, more):
    judge.judge("".join(pieces).encode(encoding, "replace") + more)
