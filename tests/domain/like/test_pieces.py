"""A text that was put together from several cells goes back into them line by line."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.like.pieces import shared_out


@pytest.mark.parametrize(
    ("before", "after", "cells", "wanted"),
    [
        ("文", "新しい文", ["文"], ["新しい文"]),
        ("課題：人が足りない", "課題：人は足りた", ["人が足りない"], ["人は足りた"]),
        ("文\n課題：人手", "文\n課題：予算", ["文", "人手"], ["文", "予算"]),
        ("文\n課題：人手", "新しい文", ["文", "人手"], ["新しい文", ""]),
        (
            "27年度：実施\n28年度：実施",
            "27年度：実施\n28年度：検討",
            ["実施", "実施"],
            ["実施", "検討"],
        ),
        ("一行目\n二行目", "一行目\n新しい行", ["一行目", "二行目"], ["一行目", "新しい行"]),
        ("文が行を越えて続く", "別の文", ["文が行を", "越えて続く"], ["別の文", ""]),
        ("【課題】人手\n文", "【課題】予算\n文", ["人手", "文"], ["予算", "文"]),
    ],
)
def test_lines_go_where_they_came_from(before, after, cells, wanted):
    assert shared_out(before, after, cells) == wanted
