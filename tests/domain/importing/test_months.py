"""開始年度 and 完了予定 in whatever form a cell has them, and what a table makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.fiscal_year import Near, month_label, short_label
from kyodo_desktop.domain.importing.cell_words import is_date
from kyodo_desktop.domain.importing.months import (
    GOES_ON,
    MORE,
    NO_DATE,
    NO_ERA,
    NO_MONTH,
    NO_SUCH_DAY,
    ONLY_OUTDATED,
    OUTDATED,
    SEVERAL,
    read_months,
    read_start,
)
from tests.domain.importing.tables import action, grid, read
from tests.printed_months import bare_forms, full_forms, plans_and_months

NEAR = Near(2016, 2025, 2024)  # 平成28～令和7年度, in the round of 令和6年度

ENDS = {
    "H28.3": "2016-03",
    "平成28年3月末": "2016-03",
    "R2/3": "2020-03",
    "2016-03-31": "2016-03",
    "平成29年度": "2018-03",
    "平成28年3月開設予定": "2016-03",
    "令和7年3月（予定）": "2025-03",
    "令和7年3月末までに完了": "2025-03",
    "～R7.3": "2025-03",
    "R7": "2026-03",
    "7年3月": "2025-03",
    "7.12": "2025-12",
    "7年度末": "2026-03",
    "8/3": "2026-03",
    "７年上半期": "2025-09",
    "R6第3四半期": "2024-12",
    "令和7(2025)年度": "2026-03",
    "令和7年度（R7.10）": "2025-10",
    "R7年度（10月）": "2025-10",
    "令和元年度末(令和2年3月)": "2020-03",
    "年度内": "2025-03",
    "来年度中": "2026-03",
}


@pytest.mark.parametrize("text", ENDS)
def test_one_date_is_the_end_and_no_beginning_is_made_of_it(text):
    assert read_months(text, NEAR) == (None, ENDS[text], "")


CHANGED = {
    "令和8年3月（当初：令和6年3月）": "2026-03",
    "R7.3（R6.3から延期）": "2025-03",
    "令和8年3月\n※当初R6.3": "2026-03",
    "R8.3（前回R7.3）": "2026-03",
    "R7.3 (旧 R6.3)": "2025-03",
    "令和7年3月\n（令和6年3月）": "2025-03",
    "R6.3→R7.3": "2025-03",
    "令和6年度⇒令和7年度": "2026-03",
    "令和6年3月から令和7年3月に延期": "2025-03",
    "R6.3を R7.3に変更": "2025-03",
    "旧：R6.3　新：R7.3": "2025-03",
    "R6.3（変更前）→R7.3（変更後）": "2025-03",
    "7年3月（当初6年3月）": "2025-03",
    "R7.3→R8.3→R9.3": "2027-03",
    "R7.3 当初R5.3 前回R6.3": "2025-03",
    "当初計画：R6.3／見直し後：R7.3": "2025-03",
}


@pytest.mark.parametrize("text", CHANGED)
def test_of_a_date_that_was_changed_the_one_that_holds_now_is_taken_and_it_is_told(text):
    assert read_months(text, NEAR) == (None, CHANGED[text], OUTDATED)


LEFT = {
    "R7夏頃": NO_MONTH,
    "R7年夏頃": NO_MONTH,
    "R7年度（夏頃）": NO_MONTH,
    "未定（検討中）": NO_MONTH,
    "随時": GOES_ON,
    "毎年度": GOES_ON,
    "通年": GOES_ON,
    "継続": GOES_ON,
    "R7年度以降": GOES_ON,
    "R7.3、R8.3": SEVERAL,
    "R7.3\nR8.3": SEVERAL,
    "R7.3/R8.3": SEVERAL,
    "R7.3→未定": ONLY_OUTDATED,
    "令和7年3月（令和8年3月）": SEVERAL,
    "当初R6.3": ONLY_OUTDATED,
    "R7.2.30": NO_SUCH_DAY,
    "25/3": NO_ERA,
    "議会の議決による": NO_DATE,
}


@pytest.mark.parametrize("text", LEFT)
def test_what_is_no_month_or_cannot_be_decided_is_left_and_told(text):
    assert read_months(text, NEAR) == (None, None, LEFT[text])


SPANS = {
    "R5～R7": (2023, "2026-03"),
    "H27～H29": (2015, "2018-03"),
    "平成27年度～平成32年度": (2015, "2021-03"),
    "平成28～7年度": (2016, "2026-03"),
    "R5.4～R7.3": (2023, "2025-03"),
    "令和5年4月から令和7年3月": (2023, "2025-03"),
    "R5年度開始、R7年度完了": (2023, "2026-03"),
    "H29～": (2017, None),
    "平成29年度から": (2017, None),
    "H29年度～（継続）": (2017, None),
    "令和7年4月開始": (2025, None),
}


@pytest.mark.parametrize("text", SPANS)
def test_a_span_has_a_beginning_and_an_end_where_it_says_both(text):
    assert read_months(text, NEAR) == (*SPANS[text], "")


def test_a_word_that_only_ends_like_old_or_new_tells_nothing_of_a_date():
    assert read_months("復旧：R7.3", NEAR).due == "2025-03"
    assert read_months("設計R6.3、更新：R7.3", NEAR) == (None, None, SEVERAL)


def test_words_beside_a_date_are_told():
    assert read_months("令和7年3月（1年延期）", NEAR) == (None, "2025-03", MORE)


@pytest.mark.parametrize(
    ("text", "year"),
    [("H29", 2017), ("平成29年4月", 2017), ("28年度", 2016), ("15年度", 2003), ("R5～", 2023)],
)
def test_a_date_of_a_beginning_is_one_and_lies_not_beyond_the_plan(text, year):
    assert read_start(text, NEAR)[:2] == (year, None)


@given(st.integers(0, 119), st.integers(1, 24), st.sampled_from([month_label, short_label]))
def test_of_an_old_and_a_new_month_the_new_one_is_taken_in_every_wording(place, later, label):
    old, new = (
        f"{2016 + (each + 3) // 12}-{(each + 3) % 12 + 1:02}" for each in (place, place + later)
    )
    before, now = label(old), label(new)
    for text in (
        f"{now}（当初{before}）",
        f"{now}（当初予定：{before}）",
        f"{now}(前回 {before})",
        f"{now}（{before}から延期）",
        f"{now}（変更前：{before}）",
        f"{before}→{now}",
        f"{before} ⇒ {now}",
        f"旧：{before}\n新：{now}",
        f"{before}から{now}へ変更",
    ):
        assert read_months(text, NEAR).due == new, text


@given(plans_and_months())
def test_a_month_of_the_plan_is_the_end_in_whatever_form_the_cell_has_it(found):
    near, month = found
    for form in [*bare_forms(month), *full_forms(month)]:
        assert read_months(f"{form}まで", near) == (None, month, ""), form


@pytest.mark.parametrize("text", [*ENDS, *CHANGED, *SPANS, "R7夏頃", "令和7年3月（令和8年3月）"])
def test_a_column_of_such_cells_is_seen_to_be_one_of_dates(text):
    assert is_date(text) or text in {"年度内", "来年度中"}


@pytest.mark.parametrize(
    "text", ["平成28年度版の作成", "3年生の参加", "広報紙を発行した。", "1,200", "随時"]
)
def test_a_cell_that_only_names_a_year_is_no_date(text):
    assert not is_date(text)


def table(*rows):
    return read(
        grid(
            "\n".join(
                (
                    "協働推進計画　進捗管理表（令和6年度） | | | | | |",
                    "番号 | 推進項目 | 実行計画 | 担当課 | 完了予定 | 状態 | 進捗状況",
                    *(
                        f"{number} | 共有 | 計画{number} | 総務課 | {due} | 済 | 実施した。"
                        for number, due in enumerate(rows, 1)
                    ),
                )
            )
        )
    )


def test_no_beginning_is_invented_from_the_end_of_an_action():
    plan = table("R9.3", "R7.3", "H29～", "令和5～7年度")
    assert [(each.start_fiscal_year, each.due) for each in plan.actions] == [
        (None, "2027-03"),
        (None, "2025-03"),
        (2017, None),
        (2023, "2026-03"),
    ]
    assert not plan.unread


def test_what_a_due_date_says_besides_stands_in_the_note_and_is_told_with_its_cell():
    plan = table("令和8年3月（当初：令和6年3月）", "R7夏頃", "R7.3")
    assert action(plan, "計画1").note == "完了予定：令和8年3月（当初：令和6年3月）"
    assert [(each.place.row, each.reason) for each in plan.unread] == [
        (3, f"完了予定は、{OUTDATED}"),
        (4, f"完了予定は、{NO_MONTH}"),
    ]
    assert [each.due for each in plan.actions] == ["2026-03", None, "2025-03"]


def test_years_without_an_era_are_those_of_the_plan_in_every_column_of_a_table():
    plan = read(
        grid(
            """
            協働推進計画（平成28～令和7年度） | | | | | |
            番号 | 推進項目 | 実行計画 | 開始年度 | 完了予定 | 6年度の状態 | 6年度の実績
            1 | 共有 | 広報 | 28年度 | 7年3月 | 済 | 発行した。
            2 | 共有 | 講座 | 元年度 | 7.12 | 済 | 開いた。
            3 | 共有 | 窓口 | 30年 | 7年度末 | 済 | 置いた。
            4 | 共有 | 拠点 | ５年度～ | 8/3 | 済 | 建てた。
            """
        )
    )
    assert (plan.first_fiscal_year, plan.last_fiscal_year) == (2016, 2025)
    assert [each.name for each in plan.rounds] == ["令和6年度"]
    assert [(each.start_fiscal_year, each.due) for each in plan.actions] == [
        (2016, "2025-03"),
        (2019, "2025-12"),
        (2018, "2026-03"),
        (2023, "2026-03"),
    ]
    assert not plan.unread
