"""The cells of 担当課: several names, who leads, and names that no longer hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.importing.sections import read_sections, sections_in
from tests.domain.importing.tables import grid, read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市民課", ("市民課",)),
        ("市民課、環境課，総務課", ("市民課", "環境課", "総務課")),
        ("市民課\n環境課", ("市民課", "環境課")),
        ("市民課・環境課", ("市民課", "環境課")),
        ("市民課／環境課", ("市民課", "環境課")),
        ("市民課 環境課", ("市民課", "環境課")),
        ("こども・若者支援課", ("こども・若者支援課",)),
        ("学校教育課・幼児教育・保育課", ("学校教育課", "幼児教育・保育課")),
        ("市民活動支\n援課", ("市民活動支援課",)),
        ("教育委員会\n学校教育課", ("教育委員会学校教育課",)),
        ("福祉部 高齢者課", ("福祉部高齢者課",)),
        ("市立病院 事務局", ("市立病院事務局",)),
        ("市立病院\n事務局", ("市立病院事務局",)),
        ("・市民課\n・社会福祉協議会", ("市民課", "社会福祉協議会")),
        ("◎市民課、○環境課", ("市民課", "環境課")),
        ("各課", ("各課",)),
        ("―", ()),
        ("なし", ()),
        ("－", ()),
        ("企画課及び総務課", ("企画課", "総務課")),
        ("部 ○○課", ("部 ○○課",)),
        ("市民課、市民課", ("市民課",)),
    ],
)
def test_sections_are_parted(text: str, names: tuple[str, ...]):
    assert sections_in(text) == names


@pytest.mark.parametrize(
    ("text", "led", "related"),
    [
        ("◎市民課、○環境課", "市民課", "環境課"),
        ("◎市民課○環境課", "市民課", "環境課"),
        ("○市民課、○環境課", "市民課 環境課", ""),
        ("（主）企画課、（副）総務課", "企画課", "総務課"),
        ("【主】企画課【副】総務課", "企画課", "総務課"),
        ("企画課（主）・総務課（副）", "企画課", "総務課"),
        ("企画課(主担当)、総務課、財政課", "企画課", "総務課 財政課"),
        ("主管課：企画課\n関係課：総務課、財政課", "企画課", "総務課 財政課"),
        ("企画課（関係課：総務課、財政課）", "企画課", "総務課 財政課"),
        ("主税課、副都心整備課", "主税課 副都心整備課", ""),
        ("企画課、総務課", "企画課 総務課", ""),
    ],
)
def test_marks_tell_who_leads(text: str, led: str, related: str):
    found = read_sections(text)
    assert (" ".join(found.led), " ".join(found.related)) == (led, related)


RENAMED = """企画課→企画政策課
企画課 ⇒ 企画政策課
企画課/(R6.4～企画政策課)
企画課（R6～企画政策課）
企画課（令和6年度から企画政策課）
企画課（R6.4に企画政策課に改称）
企画課（企画政策課に名称変更）
企画課から企画政策課へ移管
企画課（現：企画政策課）
企画課（現企画政策課）
企画政策課(R5まで企画課)
企画政策課（令和5年度まで企画課）
企画政策課（旧企画課）
企画政策課（旧：企画課）
企画政策課（企画課から改称）
企画政策課/（旧企画課）
企画政策課/旧：企画課
旧：企画課　新：企画政策課
（旧）企画課/（新）企画政策課
企画課（R5まで）/企画政策課（R6から）
R5：企画課/R6：企画政策課
R6年度：企画政策課/R5年度：企画課
企画政策課（R5:企画課）
企画政策課（R6.4に企画課から改称）
企画課 → 企画政策課（R6.4.1組織改編）
企画課/↓/企画政策課"""


@pytest.mark.parametrize("text", RENAMED.split("\n"))
def test_a_section_that_got_another_name_is_the_one_of_now(text: str):
    found = read_sections(text.replace("/", "\n"))
    assert found.names == ("企画政策課",)
    assert found.renamed == (("企画課", "企画政策課"),)


@pytest.mark.parametrize(
    ("text", "names", "old"),
    [
        ("企画課→企画政策課、総務課", "企画政策課 総務課", "企画課"),
        ("企画課→企画政策課、財政課→財務課", "企画政策課 財務課", "企画課 財政課"),
        ("企画係→企画課→企画政策課", "企画政策課", "企画係 企画課"),
        ("企画課・財政課→企画財政課", "企画財政課", "企画課・財政課"),
        ("企画財政課（旧企画課、財政課）", "企画財政課", "企画課、財政課"),
        ("企画課（R5まで）、企画政策課（R6から）、総務課", "企画政策課 総務課", "企画課"),
        ("企画政策課（R6.4～）", "企画政策課", ""),
        ("企画政策課（R6.4新設）", "企画政策課", ""),
        ("企画課（R5まで）", "企画課（R5まで）", ""),
        ("新都市整備課、現代美術館", "新都市整備課 現代美術館", ""),
        ("企画課（元気づくり室）", "企画課（元気づくり室）", ""),
        ("旧庁舎管理課", "旧庁舎管理課", ""),
    ],
)
def test_of_several_sections_only_the_old_names_go(text: str, names: str, old: str):
    found = read_sections(text)
    assert " ".join(found.names) == names
    assert " ".join(each.old for each in found.renamed) == old


NAMES = st.sampled_from(
    ["企画課", "市民活動推進課", "こども家庭センター", "中央図書館", "会計室", "議会事務局"]
)
SIGNS = st.sampled_from(["、", "，", ",", "／", "・", "\n", " ", "　", "、\n"])


@given(st.lists(NAMES, min_size=1, max_size=5, unique=True), SIGNS)
def test_names_between_any_of_the_usual_signs_come_apart(names: list[str], sign: str):
    assert sections_in(sign.join(names)) == tuple(names)


def test_old_names_of_a_table_are_no_sections_and_are_told_with_their_cells():
    plan = read(
        grid(
            """
            協働推進計画　進捗管理表（令和6年度） | | | | |
            番号 | 推進項目 | 実行計画 | 担当課 | 状態 | 進捗状況
            1-1 | 共有 | 広報 | 企画課⏎(R6.4～企画政策課) | 済 | 実施した。
            1-2 | 共有 | 講座 | 企画課→企画政策課 | 済 | 実施した。
            1-3 | 共有 | 窓口 | 旧：企画課　新：企画政策課 | 済 | 実施した。
            1-4 | 共有 | 制度 | 企画政策課（旧企画課） | 済 | 実施した。
            1-5 | 共有 | 育成 | ◎企画政策課⏎○生涯学習課 | 済 | 実施した。
            """
        )
    )
    assert {name for each in plan.actions for name in each.sections} == {"企画政策課"}
    assert [each.related_sections for each in plan.actions][-1] == ("生涯学習課",)
    assert [(each.place.row, each.place.column, each.text) for each in plan.unread] == [
        (row, 4, "企画課") for row in (3, 4, 5, 6)
    ]
