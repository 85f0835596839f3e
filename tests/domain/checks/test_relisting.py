"""Actions that were entered twice."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain.checks.context import CheckContext
from kyodo_desktop.domain.checks.relisting import relisting, similar
from tests.outlines import noted, with_texts


def twice(one, other, *, texts=("", ""), marks="・・"):
    outline = noted(f"前期\n 環境\n  {one}: {marks[0]}\n 防災\n  別: {marks[1]}")
    outline = with_texts(outline, **{one: texts[0], "別": texts[1]})
    return replace(
        outline, actions=outline.actions | {2: outline.actions[2]._replace(title=other)}
    )


def messages(rule, outline):
    return [finding.message for finding in rule(CheckContext(outline, "2015-10"))]


def are_similar(one, other, text="窓口を開設"):
    return bool(messages(similar, twice(one, other, texts=(text, text))))


def test_the_same_title_is_found_whatever_its_width_and_spaces():
    (message,) = messages(relisting, twice("ごみ分別ＡＰＰの開発", "ごみ分別 APPの開発"))
    assert "1 環境 ① にもあり、内容は同じです" in message


def test_it_is_told_how_the_two_contradict_each_other():
    outline = twice("防災講座", "防災講座", texts=("28年3月予定", "28年2月予定"), marks="◇・")
    (message,) = messages(relisting, outline)
    assert "状態: ◇ 完了の目途 と ・ 継続中" in message
    assert "完了予定: 平成28年3月 と 平成28年2月" in message
    assert "文: 「28年3月予定」 と 「28年2月予定」" in message


def test_a_date_in_the_text_of_what_is_done_is_no_contradiction():
    text = "28年3月開設予定"
    (message,) = messages(relisting, twice("講座", "講座", texts=(text, text), marks="✓・"))
    assert "状態" in message
    assert "完了予定" not in message


def test_a_placement_of_the_same_action_is_no_second_one():
    assert messages(relisting, noted("前期\n 環境\n  講座: ・\n 防災\n  講座: ・")) == []


def test_the_same_title_in_the_next_term_is_its_continuation():
    outline = twice("防災講座", "防災講座")
    later = outline.actions[2]._replace(term_id=2)
    assert messages(relisting, replace(outline, actions=outline.actions | {2: later})) == []


def test_near_titles_with_the_same_text_are_found():
    assert are_similar("子育て支援の充実", "子育て支援の拡充")
    assert are_similar("ゴミ減量の啓発", "ごみの減量の周知")
    assert are_similar("障がい者スポーツの振興", "障害者スポーツの推進")
    specific = "計画策定毎にパブリックコメント実施"
    assert are_similar("市政への参画機会の拡大", "市政への参画機会の公表", specific) is False
    assert are_similar("市民活動団体の支援", "市民活動団休の支援", specific)


def test_titles_of_two_things_are_not_near():
    text = "耐震補強工事を順次実施している"
    assert not are_similar("小学校校舎の改修", "中学校校舎の改修", text)
    assert not are_similar("東部地区公園の整備", "西部地区公園の整備", text)
    assert not are_similar("第1保育所の整備", "第2保育所の整備", text)
    assert not are_similar("図書館の整備", "図書館の運営", "実施中")


def test_near_titles_with_other_texts_are_two_things():
    outline = twice("子育て支援の充実", "子育て支援の拡充", texts=("窓口を開設", "講座を開催"))
    assert messages(similar, outline) == []
