"""Plans of any depth printed in any of the usual layouts, with what is to be read from each."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from random import Random

from kyodo_desktop.domain.importing.grid import Area, Grid
from kyodo_desktop.domain.numbering import number

_THINGS = (
    "市民",
    "こども",
    "高齢者",
    "地域",
    "環境",
    "防災",
    "文化",
    "情報",
    "健康",
    "産業",
    "交通",
)
_MATTERS = ("活動", "参画", "支援", "交流", "人材", "拠点", "資源", "学習", "相談")
_DEEDS = ("推進", "充実", "整備", "育成", "強化", "開催", "作成", "見直し", "検討")
_SECTIONS = ("市民課", "環境課", "学校教育課", "図書館", "子育て支援センター", "企画グループ")
_LEVELS = ("基本目標", "施策の方向", "重点項目", "施策")
_ACTIONS = ("事業名", "取組", "実施項目", "実行計画", "具体的な取組")
_LEGENDS = (
    (("◎", "達成"), ("○", "概ね達成"), ("△", "一部達成"), ("×", "未達成")),
    (("A", "計画以上"), ("B", "計画どおり"), ("C", "遅れ")),
    (("5", "完了"), ("4", "順調"), ("3", "遅れ")),
)
_ROW_STYLES = ("1", "(1)", "Ⅰ", "word")
_COLUMN_STYLES = ("", "1", "(1)", "Ⅰ", "①")
_ACTION_STYLES = ("", "①", "run", "run")
_STATUS, _PROGRESS, _OUTLOOK = "評価", "取組実績", "今後の取組"


@dataclass
class Printed:
    """A sheet, and the outline, the lines and the sections that are to be read from it."""

    grid: Grid
    outline: list[str] = field(default_factory=list)
    told: list[tuple[str, ...]] = field(default_factory=list)
    sections: dict[str, set[str]] = field(default_factory=dict)


class Printer:
    """Prints one plan; whatever is chosen is chosen by `random`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        names = [
            "の".join(("".join(pair[:2]), pair[2])) for pair in product(_THINGS, _MATTERS, _DEEDS)
        ]
        self.titles = iter(random.sample(names, 300))
        self.depth = random.randint(1, 3)
        self.rows_for = random.choice([0, 0, 1, self.depth])  # levels that are rows
        styles = random.sample(_ROW_STYLES, self.rows_for)
        columns = [random.choice(_COLUMN_STYLES) for _ in range(self.depth - self.rows_for)]
        self.styles = [*styles, *columns, random.choice(_ACTION_STYLES)]
        self.repeats = random.random() < 0.4  # the headings of columns in every row
        self.merged = random.random() < 0.7 and not self.repeats
        self.legend = random.choice(_LEGENDS)
        self.years = random.choice(
            [("平成28年度",), ("平成28年度",), ("平成28年度", "平成29年度")]
        )
        self.parts = sorted(random.sample(range(3), random.randint(1, 3)) or [0])
        self.parts = self.parts if {0, 1} & set(self.parts) else [0, *self.parts]
        self.rows: list[list[str]] = []
        self.merges: list[Area] = []
        self.counted = 0
        self.printed = Printed(Grid("", ()))

    def print(self) -> Printed:
        self.rows.append([f"第2次市民参画計画　進捗状況一覧（{self.years[-1]}）"])
        self.rows.append(["　".join(f"{mark}：{words}" for mark, words in self.legend)])
        self._print_heading()
        self._print_level(0, [], [])
        self.rows.append(["※　表の注釈である。"])
        down, right = self.random.choice([(0, 0), (3, 1), (6, 3)])
        rows = ((),) * down + tuple(("",) * right + tuple(row) for row in self.rows)
        areas = tuple(
            Area(each.top + down, each.left + right, each.bottom + down, each.right + right)
            for each in self.merges
        )
        self.printed.grid = Grid("一覧", rows, areas)
        return self.printed

    @property
    def levels_in_columns(self) -> range:
        return range(self.rows_for, self.depth)

    def _print_heading(self) -> None:
        names = [_LEVELS[level] for level in self.levels_in_columns]
        names += ["№"] * (self.styles[-1] == "run") + [self.random.choice(_ACTIONS), "担当課"]
        parts = [(_STATUS, _PROGRESS, _OUTLOOK)[part] for part in self.parts]
        if len(self.years) == 1:
            self.rows.append(names + parts)
            return
        above = [text for year in self.years for text in [year, *[""] * (len(parts) - 1)]]
        self.rows += [names + above, [""] * len(names) + parts * len(self.years)]
        top = len(self.rows) - 1
        self.merges += [Area(top, at, top + 1, at) for at in range(1, len(names) + 1)]
        if len(parts) > 1:
            self.merges += [
                Area(top, left, top, left + len(parts) - 1)
                for left in range(len(names) + 1, len(self.rows[-1]), len(parts))
            ]

    def _print_level(self, level: int, numbers: list[str], titles: list[str]) -> None:
        for place in range(1, self.random.randint(2, 3) + 1):
            title, printed = next(self.titles), self._number(level, place)
            self.printed.outline.append("  " * level + f"{printed} {title}".strip())
            if level == self.depth:
                self._print_action(printed, title, numbers, titles)
                continue
            if level < self.rows_for:
                word = _LEVELS[level] if self.styles[level] == "word" else ""
                self.rows.append([f"{word}{printed}　{title}", *[""] * (len(self.rows[2]) - 1)])
                self.merges.append(Area(len(self.rows), 1, len(self.rows), len(self.rows[2])))
            top = len(self.rows) + 1
            self._print_level(level + 1, [*numbers, printed], [*titles, title])
            if level >= self.rows_for and self.merged and len(self.rows) > top:
                column = level - self.rows_for + 1
                self.merges.append(Area(top, column, len(self.rows), column))
        if level == self.depth and self.rows_for and self.random.random() < 0.3:
            self.rows.append(["小計", *[""] * (len(self.rows[2]) - 1)])

    def _number(self, level: int, place: int) -> str:
        style = self.styles[level]
        if style == "run":
            self.counted += 1
            return str(self.counted)
        return str(place) if style == "word" else number(style, place)

    def _print_action(
        self, printed: str, title: str, numbers: list[str], titles: list[str]
    ) -> None:
        random = self.random
        sections = random.sample(_SECTIONS, random.choice([1, 1, 2]))
        self.printed.sections[title] = set(sections)
        row = [self._heading(level, numbers, titles) for level in self.levels_in_columns]
        row += [printed, title] if self.styles[-1] == "run" else [f"{printed} {title}".strip()]
        row.append(random.choice(["、", "\n", "・"]).join(sections))
        for year in self.years:
            mark = random.choice(self.legend)[0] if 0 in self.parts else ""
            text = f"{random.randint(1, 9)}回実施した。" if 1 in self.parts else ""
            row += [(mark, text, "続けて行う。")[part] for part in self.parts]
            self.printed.told.append((title, year, mark, text))
        self.rows.append(row)

    def _heading(self, level: int, numbers: list[str], titles: list[str]) -> str:
        text = f"{numbers[level]} {titles[level]}".strip()
        column = level - self.rows_for
        above = next(
            (row[column] for row in reversed(self.rows) if len(row) > 1 and row[column]), ""
        )
        return text if self.repeats or above != text else ""
