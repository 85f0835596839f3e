"""Disturbs the tables of `make import-report`: the same facts, laid out or worded otherwise.

A probe makes another book of a book, and the truth beside the table stays true. Each is
deterministic, and returns an equal book where a table has nothing of what it disturbs.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kyodo_desktop.domain.importing.grid import Area, Book, Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

V = TypeVar("V")
Place = tuple[int, int]
DOWN, RIGHT = 3, 2
NAMELESS = "イロハニホヘトチリヌ"
HEADINGS_IN_A_ROW = 2
LONGEST_SPACED = 5
FORMS = {"fuchu_kpi_2015"}  # of the tables without a kind
_PARTS = re.compile(
    r"((?:(?:平成|令和)?(?:\d+|元)年度の?)?)(.+?)(\s*(?:[（(][^（()）]*[）)])?)", re.DOTALL
)


class Role(Enum):
    """What a column of the tables is for, as far as a probe needs it."""

    LEVEL = auto()
    NUMBER = auto()
    SECTION = auto()
    STATUS = auto()
    TEXT = auto()
    OUTLOOK = auto()
    OTHER = auto()


class Heading(NamedTuple):
    """A heading or label of the tables, and a seldom word for the same."""

    role: Role
    seldom: str


def _table(words: Mapping[Role, str]) -> dict[str, Heading]:
    pairs = ((role, pair.split("=")) for role, some in words.items() for pair in some.split())
    return {word: Heading(role, seldom) for role, (word, seldom) in pairs}


# Heading=seldom word. Headings are squeezed, without a year in front and brackets behind.
HEADINGS = _table({
    Role.LEVEL: """事業名=件名 施策名=件名 事業=件名 施策=手立て 基本施策=大きな手立て
        基本目標=めざす姿 基本方針=よって立つ考え 重点項目=力点 推進項目=進める事柄
        改革項目=件名 実施項目=件名 取組項目=件名 取り組み項目=件名 具体的な取組=件名
        具体的取組み=件名 具体的取組事項=件名 取組の方向=向き 分野=領分 基本方向=基本の向き
        施策目標=手立てのめあて 施策群=手立てのまとまり 戦略=攻めの手立て 柱=太い筋
        推進の柱=太い筋 改革の柱=太い筋 重点事項=力点 改革の方向性=改革の向き
        施設類型=施設の種別 対象施設・取組=件名 施策・事業=件名 目標=めあて
        実施事業・取組=件名 実行計画=件名 成果目標・取組=件名 数値目標=測るもの
        政策=まちの手立て 環境目標=めざす姿 市の取組事項=件名 大項目=大きな区切り
        中項目=中の区切り 指標項目=測るもの 施策項目=手立て 重要業績評価指標=測るもの
        基本的方向=基本の向き 具体的な施策=件名 まちづくり方針=まちの考え
        施策の柱=手立ての太い筋 施策課題=件名 基本政策=まちの手立て
        施策の方向=手立ての向き 改革・改善項目=件名 章=束 項=節目 項目=細目 領域=領分
        指標=測るもの 市の取り組み=件名 事前に備えるべき目標=備えのめあて
        起きてはならない最悪の事態=避けたい事柄 推進方針=進める事柄 分類=仕分け
        評価項目=件名 小施策名=件名 検討項目=件名 分野別目標=領分のめあて 方向=向き
        施策の名称=件名 重点目標=力点 施設名=件名 対策項目=件名 主要課題=大きな論点
        主要施策=大きな手立て 対応する施策=手立て""",
    Role.NUMBER: """番号=付番 No=付番 No.=付番 事業番号=付番 事業No.=付番 施策番号=付番
        整理番号=控えの番 事務事業コード=付番 コード=付番""",
    Role.SECTION: """担当課=主管部署 担当課名=主管部署 所管課=取りまとめ課 担当部課=受持部署
        主管課=幹事課 総括部署=受持部署 実施主体=担い手 主担当課=幹事課 関係課=協力部署
        主担当部局=幹事部局 作成課=記入部署 担当=受け持ち 所管=受け持ち
        所属=受け持ち 検討主体=担い手 主管課等名=幹事課""",
    Role.STATUS: """評価=判定 達成度=達成の見立て 進捗状況=現況 進捗=進み具合
        進捗度=進み方の段階 進捗段階=到達段階 進捗率=進み具合 進捗区分=進み具合
        自己評価=担当の見立て 所管課評価=担当の見立て 協議会評価=審議の見立て
        検証結果=達成の見立て 施策の評価=手立ての判定 達成見通し=先の見込み 状況=現況
        施策の進捗=手立ての現況 事業の評価=判定 判定=見立て 状態=ありさま
        結論=行き着いた所 達成状況=達成の見立て 担当課評価=担当の見立て
        各課評価=担当の見立て""",
    Role.TEXT: """取組状況=実施の概要 実施状況=実施の現況 実績=行った数
        事業実績=実施の概要 取組実績=実施の概要 実施内容=実施の概要 取組内容=実施の概要
        取組の状況=実施の概要 実績の分析=結果の振り返り 実績と評価=経過と見立て
        取組の状況と評価=経過と見立て 取組結果=行った結果 取組の内容・成果=行ったことと得たもの
        取組の内容と成果=行ったことと得たもの 評価の理由=見立ての訳
        実績及び評価の理由=経過と見立ての訳 主な取組=主に行ったこと 取り組み状況=実施の概要
        取組における進捗状況=実施の概要 取組実績/意見=実施の概要／意見
        達成度設定理由=見立ての訳 主な成果=得たもの 内容=中身 課題=実施上の論点
        実施した内容=行ったこと コメント=ひとこと 検討の経過=いきさつ
        主な取組実績=主に行ったこと 点検及び評価の内容=見立ての訳 取組の結果=行った結果
        主な実績=主に行ったこと""",
    Role.OUTLOOK: """今後の取組=これからの進め方 今後の方向性=これからの進め方
        今後の方向=これからの向き 今後の課題・方向性=これからの論点と進め方
        翌年度の取組=次の年の進め方 次年度の取組=次の年の進め方
        次年度へ向けた取組=次の年の進め方 今後の事業方針=これからの進め方
        今後の方針=これからの進め方 今後の展開=これからの進め方 今後の予定=これからの進め方
        方向の内容=向きの中身 改善内容=手直しの中身
        今後の対応=これからの進め方 次年度以降=次の年から 対応=手当て
        次年度に向けて=次の年の進め方 取組予定=次の年の進め方 後期の方針=これからの向き""",
    Role.OTHER: """事業目標=この年のめあて 備考=覚え書き 事業の概要=あらまし
        施策概要=あらまし 区分=別 評価者=見る人 完了予定=仕上がり""",
})  # fmt: skip
OF_ONE_TABLE = {
    ("fuchu_2017", "取組内容"): Heading(Role.LEVEL, "件名"),
    ("morioka_shosesaku_2016", "施策名"): Heading(Role.LEVEL, "大きな手立て"),
    ("jisatsu_bunmatsu_2022", "主な取組"): Heading(Role.LEVEL, "件名"),
    ("natori_kyoiku_2022", "取組"): Heading(Role.LEVEL, "件名"),
    ("moka_kenko21_2017", "取組"): Heading(Role.LEVEL, "件名"),
    ("chofu_dokusho_2022", "取組"): Heading(Role.LEVEL, "件名"),
    ("noshiro_shokuiku_2023", "取組"): Heading(Role.LEVEL, "件名"),
    ("hadano_kankyo_2022", "主な取組"): Heading(Role.LEVEL, "件名"),
}
ADDED = {
    Role.LEVEL: "（計画書による）",
    Role.NUMBER: "（計画書の順）",
    Role.SECTION: "（組織名は現在）",
    Role.STATUS: "（{marks}）",
    Role.TEXT: "（具体的に）",
    Role.OUTLOOK: "（見込みを含む）",
    Role.OTHER: "",
}


class Found(NamedTuple):
    """A heading in a table: the year in front, the word that is known, brackets behind."""

    year: str
    word: str
    brackets: str
    heading: Heading

    def with_word(self, word: str) -> str:
        return self.year + word + self.brackets


class Told(NamedTuple):
    """What is known of a table beside its cells: its name and its truth."""

    table: str
    truth: Mapping[str, Any]

    @property
    def is_form(self) -> bool:
        return self.truth.get("kind") == "form" or self.table in FORMS

    @property
    def marks(self) -> str:
        """Return the statuses as a heading names them: A～D."""
        marks = [each["mark"] for each in self.truth["statuses"]]
        return f"{marks[0]}～{marks[-1]}" if marks else "段階"

    @property
    def levels(self) -> set[str]:
        return {squeezed(each) for each in self.truth["levels"]} - {""}

    def role_of(self, text: str) -> Role:
        if squeezed(text) in self.levels:
            return Role.LEVEL
        found = self.heading_of(text)
        return found.heading.role if found else Role.OTHER

    def heading_of(self, text: str) -> Found | None:
        """Return what a heading is made of; nothing for other texts."""
        if not (parts := _PARTS.fullmatch(text)):
            return None
        word = squeezed(parts[2])
        heading = OF_ONE_TABLE.get((self.table, word)) or HEADINGS.get(word)
        return Found(parts[1], word, parts[3], heading) if heading else None

    def headings(self, grid: Grid) -> Iterator[tuple[int, int, str]]:
        """Find headings: of tables in rows with several of them, of forms wherever they are."""
        for row, cells in enumerate(grid.rows, 1):
            known = [(at, text) for at, text in enumerate(cells, 1) if self.heading_of(text)]
            if self.is_form or len(known) >= HEADINGS_IN_A_ROW:
                yield from ((row, at, text) for at, text in known)


def squeezed(text: str) -> str:
    """Return a text without white space, in the narrow letters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def shifted(grid: Grid, _: Told) -> Grid:
    """Move all of a sheet down and to the right, as when a cover or a margin is put before it."""

    def place(row: int, column: int) -> Place:
        return row + DOWN, column + RIGHT

    return grid._replace(
        rows=((),) * DOWN + tuple(("",) * RIGHT + cells if cells else () for cells in grid.rows),
        merges=tuple(
            Area(each.top + DOWN, each.left + RIGHT, each.bottom + DOWN, each.right + RIGHT)
            for each in grid.merges
        ),
        indents=_moved(grid.indents, place),
        hidden_rows=frozenset(row + DOWN for row in grid.hidden_rows),
        hidden_columns=frozenset(column + RIGHT for column in grid.hidden_columns),
        unread=tuple(
            each._replace(
                place=each.place._replace(
                    row=each.place.row + DOWN, column=each.place.column + RIGHT
                )
            )
            if each.place.row
            else each
            for each in grid.unread
        ),
        comments=_moved(grid.comments, place),
        struck=_moved(grid.struck, place),
        shown=_moved(grid.shown, place),
    )


def reworded(grid: Grid, told: Told) -> Grid:
    """Put seldom words in the place of the usual headings and labels."""
    return _with_headings(grid, told, lambda _, found: found.with_word(found.heading.seldom))


def nameless(grid: Grid, told: Told) -> Grid:
    """Give the columns of levels, the actions' too, headings that say nothing."""
    if told.is_form:
        return grid
    names: dict[str, str] = {}

    def named(text: str, _: Found) -> str:
        if told.role_of(text) is not Role.LEVEL:
            return text
        return names.setdefault(squeezed(text), NAMELESS[len(names)])

    return _with_headings(grid, told, named)


def turned(grid: Grid, told: Told) -> Grid:
    """Put the columns of sections, statuses and texts in the opposite order.

    Those under a heading of several columns stay, for there the order says something.
    """
    places = [] if told.is_form else list(told.headings(grid))
    if not places:
        return grid
    top = places[0][0]
    last = next(
        (at for at in range(places[0][1], 1 + len(grid.rows[top - 1])) if _is_gap(grid, top, at)),
        len(grid.rows[top - 1]) + 1,
    )
    free = [
        column
        for row, column, text in places
        if row == top
        and column < last
        and told.role_of(text) in {Role.SECTION, Role.STATUS, Role.TEXT, Role.OUTLOOK}
        and not any(
            each.top == top and each.left <= column <= each.right and each.left < each.right
            for each in grid.merges
        )
    ]
    taken = dict(zip(free, reversed(free), strict=True))
    return _with_columns(grid, top, taken)


def unmerged(grid: Grid, _: Told) -> Grid:
    """Take all merged areas apart; the text stays in the first cell."""
    return grid._replace(merges=())


def filled(grid: Grid, _: Told) -> Grid:
    """Take all merged areas apart, and repeat the text of each in all its rows."""
    rows = [list(cells) for cells in grid.rows]
    for area in grid.merges:
        for row in range(area.top + 1, min(area.bottom, len(rows)) + 1):
            cells = rows[row - 1]
            cells.extend([""] * (area.left - len(cells)))
            cells[area.left - 1] = grid.text(area.top, area.left)
    return grid._replace(rows=tuple(map(tuple, rows)), merges=())


def broken(grid: Grid, told: Told) -> Grid:
    """Break the words of headings over two lines: 進捗⏎状況."""

    def over_lines(_: str, found: Found) -> str:
        middle = (len(found.word) + 1) // 2
        return found.with_word(f"{found.word[:middle]}\n{found.word[middle:]}")

    return _with_headings(grid, told, over_lines)


def spaced(grid: Grid, told: Told) -> Grid:
    """Space the short headings out: 担　当　課."""

    def wide(text: str, found: Found) -> str:
        short = len(found.word) <= LONGEST_SPACED
        return found.with_word("\u3000".join(found.word)) if short else text

    return _with_headings(grid, told, wide)


def added(grid: Grid, told: Told) -> Grid:
    """Add a word in brackets to headings: 評価（A～D）."""

    def longer(text: str, _: Found) -> str:
        return text + ADDED[told.role_of(text)].format(marks=told.marks)

    return _with_headings(grid, told, longer)


PROBES: dict[str, Callable[[Grid, Told], Grid]] = {
    each.__name__: each
    for each in (
        shifted,
        reworded,
        nameless,
        turned,
        unmerged,
        filled,
        broken,
        spaced,
        added,
    )
}


def disturbed(book: Book, probe: str, told: Told) -> Book:
    """Return the book as a probe makes it; an equal one where it finds nothing to disturb."""
    return book._replace(grids=tuple(PROBES[probe](each, told) for each in book.grids))


def _with_headings(grid: Grid, told: Told, made: Callable[[str, Found], str]) -> Grid:
    rows = [list(cells) for cells in grid.rows]
    for row, column, text in told.headings(grid):
        found = told.heading_of(text)
        assert found
        rows[row - 1][column - 1] = made(text, found)
    return grid._replace(rows=tuple(map(tuple, rows)))


def _moved(places: Mapping[Place, V], place: Callable[[int, int], Place]) -> dict[Place, V]:
    return {place(row, column): each for (row, column), each in places.items()}


def _is_gap(grid: Grid, row: int, column: int) -> bool:
    covered = any(
        each.top <= row <= each.bottom and each.left <= column <= each.right
        for each in grid.merges
    )
    return not covered and not grid.text(row, column)


def _with_columns(grid: Grid, top: int, taken: Mapping[int, int]) -> Grid:
    """Return the grid with other columns from a row on: `taken` says from where each comes."""
    sources = [taken.get(at, at) for at in range(1, max(map(len, grid.rows)) + 1)]
    went = {old: new for new, old in taken.items()}

    def place(row: int, column: int) -> Place:
        return row, went.get(column, column) if row >= top else column

    return grid._replace(
        rows=tuple(
            tuple(grid.text(row, at) for at in sources) if row >= top else cells
            for row, cells in enumerate(grid.rows, 1)
        ),
        merges=tuple(
            each._replace(left=went[each.left], right=went[each.left])
            if each.top >= top and each.left == each.right and each.left in went
            else each
            for each in grid.merges
        ),
        indents=_moved(grid.indents, place),
        hidden_columns=frozenset(went.get(column, column) for column in grid.hidden_columns),
        comments=_moved(grid.comments, place),
        struck=_moved(grid.struck, place),
        shown=_moved(grid.shown, place),
    )
