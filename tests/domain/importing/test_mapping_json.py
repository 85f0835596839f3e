"""A mapping is kept as a text and comes back the same."""

import json

import pytest

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.importing.mapping_json import mapping_as_json, mapping_from_json
from tests.domain.importing.tables import grid, guessed

TABLE = grid(
    """
    施策 | 事業名 | 担当課 | 評価
    環境 | ごみの減量 | 環境課 | A
    環境 | 公園の清掃 | 公園課 | B
    """
)


def changed(*path: object, value: object) -> str:
    values = json.loads(mapping_as_json(guessed(TABLE)))
    *above, last = path
    part = values
    for name in above:
        part = part[name]
    part[last] = value
    return json.dumps(values)


def test_a_mapping_comes_back_as_it_was():
    mapping = guessed(TABLE)
    assert mapping_from_json(mapping_as_json(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "読み取れません（1行目）"),
        ("[]", "取込設定」のファイルではありません"),
        (changed("format", value="別のもの"), "ファイルではありません"),
        (changed("title", value=3), "「title」が文字ではありません"),
        (changed("sheets", value={}), "「sheets」が一覧ではありません"),
        (changed("sheets", 0, value="一覧"), "「sheetsの1番目」は項目の集まりではありません"),
        (
            changed("sheets", 0, "columns", 1, "role", value="?"),
            "columnsの2番目．role」の「?」は使えません",
        ),
        (changed("sheets", 0, "last_row", value=-1), "last_row」の「-1」は使えません"),
        (changed("levels", value=[["施策", "x"]]), "「levels」"),
        (changed("rounds", 0, "as_of", value="2016-02-30"), "as_of」の「2016-02-30」は使えません"),
        (changed("group_rows", value=1), "「group_rows」がtrue か falseではありません"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(text: str, words: str):
    with pytest.raises(InvalidInputError) as error:
        mapping_from_json(text)
    assert words in error.value.message
