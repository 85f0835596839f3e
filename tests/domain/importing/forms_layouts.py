"""Forms as offices lay them out, each filled in for the same few actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.grid import Area, Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Book = Callable[..., tuple[Grid, ...]]


class Filled(NamedTuple):
    """What one form was filled in with."""

    goal: tuple[str, str]
    policy: tuple[str, str]
    number: str
    title: str
    section: str
    related: str
    about: str
    status: str
    done: str
    direction: str
    next: str


ALL = (
    Filled(
        ("1", "誰もが参加できるまち"), ("(1)", "参加の機会を広げる"), "①", "市民会議の開催",
        "市民協働課", "広報課", "計画づくりに市民の声を生かす。", "A",
        "・会議を4回開いた。\n・延べ86人が参加した。", "継続", "若い世代に呼びかける。",
    ),
    Filled(
        ("1", "誰もが参加できるまち"), ("(1)", "参加の機会を広げる"), "②", "審議会委員の公募",
        "総務課", "―", "審議会の委員を公募する。", "B",
        "公募の枠を5審議会で設けた。", "拡充", "全審議会に広げる。",
    ),
    Filled(
        ("1", "誰もが参加できるまち"), ("(2)", "情報を分かちあう"), "①", "広報紙の見直し",
        "広報課", "デジタル推進課", "読みやすい紙面にする。", "A",
        "紙面を改め、点訳版も作った。", "継続", "アンケートで声を聞く。",
    ),
    Filled(
        ("2", "支え合いのあるまち"), ("(1)", "地域の担い手を増やす"), "①", "ボランティア講座",
        "社会福祉課", "社会福祉協議会", "講座を開き、担い手を育てる。", "C",
        "講師の都合で1回のみ開いた。", "見直し", "内容と時期を改める。",
    ),
)  # fmt: skip
GRADES = {"A": "順調", "B": "やや遅れ", "C": "遅れ"}


class Sheet:
    """A sheet while it is filled: texts by place, merged areas."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells: dict[tuple[int, int], str] = {}
        self.merges: list[Area] = []
        self.row = 0

    def put(self, *fields: tuple[int, int, str], rows: int = 1) -> None:
        """Add a row of (first column, last column, text); it takes so many rows."""
        self.row += 1
        for first, last, text in fields:
            if text:
                self.cells[self.row, first] = text
            if last > first or rows > 1:
                self.merges.append(Area(self.row, first, self.row + rows - 1, last))
        self.row += rows - 1

    def span(self, top: int, bottom: int, column: int, text: str) -> None:
        """Put a text into a cell merged over rows."""
        self.cells[top, column] = text
        self.merges.append(Area(top, column, bottom, column))

    def skip(self) -> None:
        self.row += 1

    @property
    def grid(self) -> Grid:
        height = max(row for row, _ in self.cells)
        width = max(column for _, column in self.cells)
        rows = tuple(
            tuple(self.cells.get((row, column), "") for column in range(1, width + 1))
            for row in range(1, height + 1)
        )
        return Grid(self.name, rows, tuple(self.merges))


def printed(chosen: str, *options: str) -> str:
    return "　".join(f"{'■' if each == chosen else '□'}{each}" for each in options)


def one_each(fill: Callable[[Sheet, Filled], None]) -> Book:
    """Make a book of an instruction sheet and one form for each action."""

    def book(filled: Sequence[Filled] = ALL) -> tuple[Grid, ...]:
        cover = Sheet("記入要領")
        cover.put((1, 1, "進行管理シート　記入要領"))
        cover.put((1, 1, "１　シートは取組ごとに作成してください。"))
        sheets = [cover.grid]
        for at, each in enumerate(filled, 1):
            sheet = Sheet(f"様式{at}")
            fill(sheet, each)
            sheets.append(sheet.grid)
        return tuple(sheets)

    return book


def labels_at_the_left(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 6, "協働推進計画　進行管理シート"))
    sheet.put((6, 6, "（平成29年度実績）"))
    sheet.put((1, 1, "基本目標"), (2, 2, it.goal[0]), (3, 6, it.goal[1]))
    sheet.put((1, 1, "施策の方向"), (2, 2, it.policy[0]), (3, 6, it.policy[1]))
    sheet.put((1, 1, "取組名"), (2, 2, it.number), (3, 6, it.title))
    sheet.put((1, 1, "担当課"), (2, 3, it.section), (4, 4, "関係課"), (5, 6, it.related))
    sheet.put((1, 1, "取組の概要"), (2, 6, it.about))
    sheet.put((1, 1, "進捗状況"), (2, 2, it.status), (3, 6, it.done))
    sheet.put((1, 1, "今後の方向性"), (2, 2, it.direction), (3, 6, it.next))
    sheet.put((1, 6, "※進捗状況　A：順調　B：やや遅れ　C：遅れ"))


def labels_above(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 4, "平成29年度　取組評価票"))
    sheet.put((1, 2, "基本目標"), (3, 4, "基本施策"))
    sheet.put((1, 2, f"{it.goal[0]}　{it.goal[1]}"), (3, 4, f"{it.policy[0]}{it.policy[1]}"))
    sheet.put((1, 2, "取組名"), (3, 3, "担当課"), (4, 4, "関係課"))
    sheet.put((1, 2, f"{it.number}{it.title}"), (3, 3, it.section), (4, 4, it.related))
    sheet.put((1, 4, "取組内容"))
    sheet.put((1, 4, it.about))
    sheet.put((1, 1, "評価"), (2, 4, "取組実績"))
    sheet.put((1, 1, it.status), (2, 4, it.done))
    sheet.put((1, 1, "方向性"), (2, 4, "今後の取組"))
    sheet.put((1, 1, it.direction), (2, 4, it.next))


def colons_inside(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 4, "平成29年度進捗管理票"))
    sheet.put((1, 4, f"基本目標：{it.goal[0]}　{it.goal[1]}"))
    sheet.put((1, 4, f"基本施策：{it.policy[0]}{it.policy[1]}"))
    sheet.put(
        (1, 2, f"取組名：{it.number}{it.title}"),
        (3, 4, f"担当課：{it.section}\n関係課：{it.related}"),
    )
    sheet.put((1, 1, "取組内容"), (2, 4, it.about))
    sheet.put((1, 1, "実績"), (2, 4, it.done))
    sheet.put((1, 1, "自己評価"), (2, 4, f"評価：{it.status}（{GRADES.get(it.status, '')}）"))
    sheet.put((1, 1, "今後の方向性"), (2, 4, f"【{it.direction}】{it.next}"))


def printed_choices(sheet: Sheet, it: Filled) -> None:
    word = GRADES.get(it.status, "")
    sheet.put((1, 6, "行動計画進行管理表"), (7, 8, "平成29年度"))
    sheet.put(
        (1, 1, "基本目標"),
        (2, 4, f"{it.goal[0]} {it.goal[1]}"),
        (5, 5, "施策"),
        (6, 8, f"{it.policy[0]} {it.policy[1]}"),
    )
    sheet.put(
        (1, 1, "事業名"),
        (2, 4, f"{it.number} {it.title}"),
        (5, 5, "所管課"),
        (6, 6, it.section),
        (7, 7, "関連課"),
        (8, 8, it.related),
    )
    sheet.put((1, 1, "事業概要"), (2, 8, it.about))
    sheet.put((1, 1, "達成度"), (2, 8, printed(word, "順調", "やや遅れ", "遅れ")))
    sheet.put((1, 1, "実施状況"), (2, 8, it.done))
    sheet.put(
        (1, 1, "今後の方向性"), (2, 8, printed(it.direction, "継続", "拡充", "見直し", "廃止"))
    )
    sheet.put((1, 1, "その内容"), (2, 8, it.next))


def bands_over_texts(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 6, "施策評価シート（平成29年度）"))
    sheet.skip()
    sheet.put((1, 1, "政策"), (2, 6, f"政策{it.goal[0]}　{it.goal[1]}"))
    sheet.put((1, 1, "施策"), (2, 6, f"{it.policy[0]}　{it.policy[1]}"))
    sheet.put(
        (1, 1, "事務事業名"),
        (2, 3, f"{it.number}　{it.title}"),
        (4, 4, "主管課"),
        (5, 6, it.section),
    )
    sheet.put((1, 1, "関係部署"), (2, 6, it.related))
    sheet.put((1, 6, "１　事業の目的"))
    sheet.put((1, 6, it.about))
    sheet.put((1, 6, "２　取組実績"))
    sheet.put((1, 6, it.done))
    sheet.put((1, 6, "３　評価"))
    sheet.put(
        (1, 1, "総合評価"),
        (2, 2, it.status),
        (3, 3, "有効性"),
        (4, 4, "A"),
        (5, 5, "効率性"),
        (6, 6, "B"),
    )
    sheet.put((1, 6, "４　今後の方向性"))
    sheet.put((1, 1, it.direction), (2, 6, it.next))


def nested_groups(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 5, "個別事業管理票　平成29年度"))
    sheet.put((1, 1, "分野"), (2, 5, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "施策"), (2, 5, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 1, "取組項目"), (2, 5, f"{it.number} {it.title}"))
    top = sheet.row + 1
    sheet.put((2, 2, "担当課"), (3, 5, it.section))
    sheet.put((2, 2, "関係課"), (3, 5, it.related))
    sheet.put((2, 2, "内容"), (3, 5, it.about))
    sheet.span(top, sheet.row, 1, "【計画】")
    top = sheet.row + 1
    sheet.put((2, 2, "区分"), (3, 5, it.status))
    sheet.put((2, 2, "内容"), (3, 5, it.done))
    sheet.span(top, sheet.row, 1, "【進捗状況】")
    top = sheet.row + 1
    sheet.put((2, 2, "区分"), (3, 5, it.direction))
    sheet.put((2, 2, "内容"), (3, 5, it.next))
    sheet.span(top, sheet.row, 1, "【今後の方向性】")


def table_of_years(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 5, "行財政改革実施計画　個票"))
    sheet.put((1, 1, "大項目"), (2, 5, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "中項目"), (2, 5, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 1, "実施項目"), (2, 5, f"{it.number} {it.title}"))
    sheet.put((1, 1, "担当課"), (2, 2, it.section), (3, 3, "関係課"), (4, 5, it.related))
    sheet.put((1, 1, "実施内容"), (2, 5, it.about))
    sheet.skip()
    sheet.put((1, 1, "年度"), (2, 2, "計画"), (3, 4, "実績"), (5, 5, "評価"))
    sheet.put(
        (1, 1, "平成28年度"), (2, 2, "検討"), (3, 4, f"{it.title}の準備を進めた。"), (5, 5, "B")
    )
    sheet.put((1, 1, "平成29年度"), (2, 2, "実施"), (3, 4, it.done), (5, 5, it.status))
    sheet.put((1, 1, "平成30年度"), (2, 2, "実施"), (3, 4, ""), (5, 5, ""))
    sheet.skip()
    sheet.put((1, 1, "今後の方向性"), (2, 2, it.direction), (3, 5, it.next))


def years_side_by_side(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 3, "実施計画進行管理表"))
    sheet.put((1, 1, "基本目標"), (2, 3, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "施策"), (2, 3, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 1, "取組名"), (2, 3, f"{it.number} {it.title}"))
    sheet.put((1, 1, "担当課"), (2, 3, it.section))
    sheet.put((1, 1, "関係課"), (2, 3, it.related))
    sheet.put((1, 1, "概要"), (2, 3, it.about))
    sheet.put((1, 1, "区分"), (2, 2, "平成28年度"), (3, 3, "平成29年度"))
    sheet.put((1, 1, "取組実績"), (2, 2, f"{it.title}の準備を進めた。"), (3, 3, it.done))
    sheet.put((1, 1, "評価"), (2, 2, "B"), (3, 3, it.status))
    sheet.put((1, 1, "今後の方向性"), (2, 2, ""), (3, 3, f"{it.direction}\n{it.next}"))


def spaced_labels(sheet: Sheet, it: Filled) -> None:
    sheet.put((2, 9, "平成２９年度　事務事業評価調書"))
    sheet.skip()
    sheet.put((2, 3, "事 業 名"), (4, 6, it.title), (7, 7, "番　号"), (8, 9, it.number))
    sheet.put((2, 3, "担 当 課"), (4, 6, it.section), (7, 7, "関 係 課"), (8, 9, it.related))
    top = sheet.row + 1
    sheet.put((3, 3, "基本目標"), (4, 9, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((3, 3, "施　策"), (4, 9, f"{it.policy[0]} {it.policy[1]}"))
    sheet.span(top, sheet.row, 2, "総合計画\nでの位置付け")
    sheet.put((2, 3, "事業の\n目　的"), (4, 9, it.about), rows=2)
    sheet.put((2, 3, "取組状況"), (4, 9, it.done), rows=3)
    sheet.put((2, 3, "評　価"), (4, 5, it.status), (6, 6, "記入者"), (7, 9, "課長補佐"))
    sheet.put((2, 3, "今後の\n方向性"), (4, 5, it.direction), (6, 9, it.next))


def choices_in_cells(sheet: Sheet, it: Filled) -> None:
    def options(chosen: str, *words: str) -> list[tuple[int, int, str]]:
        fields = []
        for at, each in enumerate(words):
            fields.append((2 + 2 * at, 2 + 2 * at, "■" if each == chosen else "□"))
            fields.append((3 + 2 * at, 3 + 2 * at, each))
        return fields

    sheet.put((1, 9, "平成29年度　推進計画　進捗確認シート"))
    sheet.put((1, 1, "基本方針"), (2, 9, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "主要施策"), (2, 9, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 1, "取組"), (2, 2, it.number), (3, 9, it.title))
    sheet.put((1, 1, "主担当課"), (2, 5, it.section), (6, 6, "副担当"), (7, 9, it.related))
    sheet.put((1, 1, "取組概要"), (2, 9, it.about))
    sheet.put((1, 1, "進捗度"), *options(GRADES.get(it.status, ""), "順調", "やや遅れ", "遅れ"))
    sheet.put((1, 1, "取組結果"), (2, 9, it.done))
    sheet.put((1, 1, "今後の方向性"), *options(it.direction, "継続", "拡充", "見直し", "廃止"))
    sheet.put((1, 1, "今後の取組内容"), (2, 9, it.next))


def with_indicators(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 6, "平成29年度　総合戦略　効果検証シート"))
    sheet.put((1, 1, "基本目標"), (2, 6, f"基本目標{it.goal[0]}　{it.goal[1]}"))
    sheet.put((1, 1, "施策"), (2, 6, f"施策{it.policy[0]}　{it.policy[1]}"))
    sheet.put((1, 1, "事業名"), (2, 6, f"{it.number}{it.title}"))
    sheet.put((1, 1, "担当課"), (2, 3, it.section), (4, 4, "関連課"), (5, 6, it.related))
    sheet.put((1, 1, "事業内容"), (2, 6, it.about))
    sheet.put((1, 6, "■KPI（重要業績評価指標）"))
    sheet.put(
        (1, 2, "指標名"), (3, 3, "単位"), (4, 4, "目標値"), (5, 5, "実績値"), (6, 6, "達成率")
    )
    for at in range(1, 2 + len(it.title) % 2):
        sheet.put(
            (1, 2, f"{it.title}の{'参加者' if at == 1 else '満足度'}"),
            (3, 3, "人"),
            (4, 4, f"{len(it.about) * at}"),
            (5, 5, f"{len(it.done)}"),
            (6, 6, f"{len(it.title)}0%"),
        )
    sheet.put((1, 6, "■事業の実績と評価"))
    sheet.put((1, 1, "実績"), (2, 6, it.done))
    sheet.put((1, 1, "評価"), (2, 2, it.status), (3, 6, ""))
    sheet.put((1, 1, "外部評価"), (2, 2, "A"), (3, 6, "引き続き取り組まれたい。"))
    sheet.put((1, 1, "今後の方針"), (2, 2, it.direction), (3, 6, it.next))


def steps_of_a_cycle(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 6, "平成29年度　取組シート"))
    sheet.put((1, 2, "政策"), (3, 6, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 2, "施策"), (3, 6, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 2, "取組名称"), (3, 6, f"{it.number} {it.title}"))
    sheet.put((1, 2, "所管課名"), (3, 3, it.section), (4, 4, "関係課名"), (5, 6, it.related))
    sheet.put((1, 1, "Ｐ"), (2, 2, "取組内容"), (3, 6, it.about))
    sheet.put((1, 1, "Ｄ"), (2, 2, "実施内容"), (3, 6, it.done))
    sheet.put((1, 1, "Ｃ"), (2, 2, "評価"), (3, 6, f"{it.status}（{GRADES.get(it.status, '')}）"))
    top = sheet.row + 1
    sheet.put((2, 2, "方向性"), (3, 6, it.direction))
    sheet.put((2, 2, "改善内容"), (3, 6, it.next))
    sheet.span(top, sheet.row, 1, "Ａ")


def three_pairs_in_a_row(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 3, "事務事業マネジメントシート"), (5, 6, "平成29年度"))
    sheet.put(
        (1, 1, "事務事業名"),
        (2, 4, f"{it.number} {it.title}"),
        (5, 5, "事業コード"),
        (6, 6, "1020304"),
    )
    sheet.put(
        (1, 1, "政策名"),
        (2, 2, f"{it.goal[0]} {it.goal[1]}"),
        (3, 3, "施策名"),
        (4, 4, f"{it.policy[0]} {it.policy[1]}"),
        (5, 5, "担当課"),
        (6, 6, it.section),
    )
    sheet.put(
        (1, 1, "関連課"),
        (2, 2, it.related),
        (3, 3, "予算科目"),
        (4, 4, "2-1-1"),
        (5, 5, "課長名"),
        (6, 6, "公開用"),
    )
    sheet.put((1, 6, "１　現状把握の部（ＤＯ）"))
    sheet.put((1, 1, "①事業の概要"), (2, 6, it.about))
    sheet.put((1, 1, "②今年度の取組状況"), (2, 6, it.done))
    sheet.put((1, 6, "２　評価の部（ＳＥＥ）"))
    sheet.put(
        (1, 1, "目的妥当性"),
        (2, 2, printed("適切", "見直し余地がある", "適切")),
        (3, 3, "理由"),
        (4, 6, "市民の関心が高い。"),
    )
    sheet.put(
        (1, 1, "有効性"),
        (2, 2, printed("影響有", "影響無", "影響有")),
        (3, 3, "理由"),
        (4, 6, "代わるものがない。"),
    )
    sheet.put((1, 1, "総合評価"), (2, 6, it.status))
    sheet.put((1, 6, "３　今後の方向性（ＰＬＡＮ）"))
    sheet.put(
        (1, 1, "方向性"),
        (
            2,
            6,
            "\n".join(printed(it.direction, "継続", "拡充", "見直し", "休止・廃止").split("　")),
        ),
    )
    sheet.put((1, 1, "改革改善案"), (2, 6, it.next))


def titles_without_labels(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 4, "男女共同参画計画　平成29年度　進捗状況報告書"))
    sheet.put((1, 4, f"基本目標{it.goal[0]}　{it.goal[1]}"))
    sheet.put((1, 4, f"施策の方向{it.policy[0]}　{it.policy[1]}"))
    sheet.put((1, 4, f"{it.number} {it.title}"))
    sheet.put((1, 1, "担当課"), (2, 2, it.section), (3, 3, "関係課"), (4, 4, it.related))
    sheet.put((1, 1, "事業内容"), (2, 4, it.about))
    sheet.put((1, 1, "実施状況"), (2, 4, it.done))
    sheet.put((1, 1, "評価"), (2, 4, it.status))
    sheet.put((1, 1, "今後の方向性"), (2, 2, it.direction), (3, 4, it.next))


def everyday_words(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 4, "みんなのまちづくりカルテ"), (5, 5, "平成29年度"))
    sheet.put((1, 1, "まちづくりの柱"), (2, 5, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "めざす方向"), (2, 5, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 1, "取り組むこと"), (2, 5, f"{it.number} {it.title}"))
    sheet.put((1, 1, "中心になる課"), (2, 2, it.section), (3, 3, "協力する課"), (4, 5, it.related))
    sheet.put((1, 1, "どんな取組か"), (2, 5, it.about))
    sheet.put((1, 1, "今年度やったこと"), (2, 5, it.done))
    sheet.put((1, 1, "達成度"), (2, 5, it.status))
    sheet.put((1, 1, "これから"), (2, 2, it.direction), (3, 5, it.next))


def schedule_of_years(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 7, "第３次行政改革大綱　実施計画　個票"))
    sheet.put((1, 1, "重点項目"), (2, 7, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "推進項目"), (2, 7, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 1, "実施項目名"), (2, 7, f"{it.number} {it.title}"))
    sheet.put((1, 1, "担当課"), (2, 4, it.section), (5, 5, "関係課"), (6, 7, it.related))
    sheet.put((1, 1, "現状と課題"), (2, 7, f"{it.title}が十分でない。"))
    sheet.put((1, 1, "取組内容"), (2, 7, it.about))
    top = sheet.row + 1
    sheet.put((2, 2, "区分"), (3, 3, "28年度"), (4, 4, "29年度"), (5, 7, "30年度"))
    sheet.put((2, 2, "計画"), (3, 3, "検討"), (4, 4, "実施"), (5, 7, "→"))
    sheet.put((2, 2, "実績"), (3, 3, "検討"), (4, 4, "実施"), (5, 7, ""))
    sheet.span(top, sheet.row, 1, "年度別計画")
    sheet.put((1, 1, "平成29年度の取組実績"), (2, 7, it.done))
    sheet.put(
        (1, 1, "平成29年度の評価"),
        (2, 2, it.status),
        (3, 3, "評価の理由"),
        (4, 7, "計画に照らして判断した。"),
    )
    sheet.put((1, 1, "今後の方向性"), (2, 2, it.direction), (3, 7, it.next))


def grades_in_sentences(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 2, "進捗管理シート"))
    sheet.put((1, 2, "対象年度　平成29年度"))
    sheet.put((1, 1, "基本目標"), (2, 2, f"{it.goal[0]}　{it.goal[1]}"))
    sheet.put((1, 1, "基本施策"), (2, 2, f"{it.policy[0]}　{it.policy[1]}"))
    sheet.put((1, 1, "具体的施策"), (2, 2, f"{it.number}　{it.title}"))
    sheet.put((1, 1, "担当部署"), (2, 2, f"主担当：{it.section}\n関係課：{it.related}"))
    sheet.put((1, 2, "【施策の内容】"))
    sheet.put((1, 2, it.about))
    sheet.put((1, 2, "【取組の成果】"))
    sheet.put((1, 2, it.done))
    sheet.put((1, 2, "【達成状況】"))
    sheet.put((1, 2, f"評価は{it.status}（{GRADES.get(it.status, '')}）。"))
    sheet.put((1, 2, "【今後の方向性】"))
    sheet.put((1, 2, f"{it.direction}：{it.next}"))


def ticks_below_words(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 5, "取組評価シート（令和元年度作成・平成29年度実績）"))
    sheet.put((1, 1, "基本目標"), (2, 5, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "施策"), (2, 5, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 1, "取組名"), (2, 5, f"{it.number} {it.title}"))
    sheet.put((1, 1, "担当課"), (2, 3, it.section), (4, 4, "関係課"), (5, 5, it.related))
    sheet.put((1, 1, "取組の内容"), (2, 5, it.about))
    top = sheet.row + 1
    sheet.put((2, 2, "順調"), (3, 3, "やや遅れ"), (4, 4, "遅れ"))
    word = GRADES.get(it.status, "")
    ticks = [(2, 2, "順調"), (3, 3, "やや遅れ"), (4, 4, "遅れ")]
    sheet.put(*((first, last, "○" if each == word else "") for first, last, each in ticks))
    sheet.span(top, sheet.row, 1, "進捗状況")
    sheet.put((1, 1, "取組実績"), (2, 5, it.done))
    top = sheet.row + 1
    choices = [(2, 2, "継続"), (3, 3, "拡充"), (4, 4, "見直し"), (5, 5, "廃止")]
    sheet.put(*choices)
    sheet.put(
        *((first, last, "○" if each == it.direction else "") for first, last, each in choices)
    )
    sheet.span(top, sheet.row, 1, "今後の方向性")
    sheet.put((1, 1, "今後の取組"), (2, 5, it.next))


def years_under_headings(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 7, "計画事業個票"))
    sheet.put((1, 1, "章"), (2, 7, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "節"), (2, 7, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put(
        (1, 1, "計画事業名"), (2, 4, f"{it.number} {it.title}"), (5, 5, "所属"), (6, 7, it.section)
    )
    sheet.put((1, 1, "連携課"), (2, 7, it.related))
    sheet.put((1, 1, "事業概要"), (2, 7, it.about))
    sheet.put((1, 3, "平成28年度"), (4, 7, "平成29年度"))
    sheet.put((1, 2, "実績"), (3, 3, "評価"), (4, 6, "実績"), (7, 7, "評価"))
    sheet.put(
        (1, 2, f"{it.title}の準備を進めた。"), (3, 3, "B"), (4, 6, it.done), (7, 7, it.status)
    )
    sheet.put((1, 1, "今後の方向"), (2, 2, it.direction), (3, 7, it.next))


def grade_and_reason_under_one_word(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 6, "令和元年度　事務事業評価表（平成29年度実施分）"))
    sheet.put((1, 2, "施策体系"), (3, 3, "政策"), (4, 6, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((3, 3, "施策"), (4, 6, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 2, "事務事業"), (3, 3, it.number), (4, 6, it.title))
    sheet.put((1, 2, "所管部署"), (3, 4, it.section), (5, 5, "関係部署"), (6, 6, it.related))
    sheet.put((1, 6, "事業の概要"))
    sheet.put((1, 6, it.about))
    sheet.put((1, 4, "事業の実績"), (5, 6, "評価"))
    sheet.put((1, 4, ""), (5, 5, "区分"), (6, 6, "理由"))
    sheet.put((1, 4, it.done), (5, 5, it.status), (6, 6, "計画に照らして判断した。"))
    sheet.put((1, 1, "今後の方向性"), (2, 3, "区分"), (4, 6, it.direction))
    sheet.put((2, 3, "内容"), (4, 6, it.next))
    sheet.merges.append(Area(sheet.row - 1, 1, sheet.row, 1))


def a_path_in_one_cell(sheet: Sheet, it: Filled) -> None:
    path = f"政策{it.goal[0]}：{it.goal[1]}　＞　基本施策{it.policy[0]}：{it.policy[1]}"
    sheet.put((1, 4, "平成30年度　施策評価シート（平成29年度実績）"))
    sheet.put((1, 1, "■施策名"), (2, 4, f"{it.number}　{it.title}"))
    sheet.put((1, 1, "■政策体系"), (2, 4, path))
    sheet.put((1, 1, "■主管課"), (2, 2, it.section), (3, 3, "■関係機関"), (4, 4, it.related))
    sheet.put((1, 4, "◆施策の目指す姿"))
    sheet.put((1, 4, it.about))
    sheet.put((1, 4, "◆主な取組と成果"))
    sheet.put((1, 4, it.done))
    sheet.put((1, 4, "◆達成度"))
    sheet.put((1, 4, it.status))
    sheet.put((1, 4, "◆今後の方針"))
    sheet.put((1, 4, "　".join(filter(None, (it.direction, it.next)))))


ONE_A_SHEET = (
    labels_at_the_left,
    labels_above,
    colons_inside,
    printed_choices,
    bands_over_texts,
    nested_groups,
    table_of_years,
    years_side_by_side,
    spaced_labels,
    choices_in_cells,
    with_indicators,
    steps_of_a_cycle,
    three_pairs_in_a_row,
    titles_without_labels,
    everyday_words,
    schedule_of_years,
    grades_in_sentences,
    ticks_below_words,
    years_under_headings,
    grade_and_reason_under_one_word,
    a_path_in_one_cell,
)


def below_each_other(filled: Sequence[Filled] = ALL) -> tuple[Grid, ...]:
    """All forms in one sheet, one after the other."""
    sheet = Sheet("進行管理")
    sheet.put((1, 6, "協働推進計画　平成29年度　進行管理"))
    for it in filled:
        sheet.skip()
        sheet.put((1, 1, "基本目標"), (2, 6, f"{it.goal[0]} {it.goal[1]}"))
        sheet.put((1, 1, "施策"), (2, 6, f"{it.policy[0]} {it.policy[1]}"))
        sheet.put(
            (1, 1, "取組名"),
            (2, 4, f"{it.number} {it.title}"),
            (5, 5, "担当課"),
            (6, 6, it.section),
        )
        sheet.put((1, 1, "関係課"), (2, 6, it.related))
        sheet.put((1, 1, "取組内容"), (2, 6, it.about))
        sheet.put((1, 1, "進捗状況"), (2, 2, it.status), (3, 6, it.done))
        sheet.put((1, 1, "今後の方向性"), (2, 2, it.direction), (3, 6, it.next))
    return (sheet.grid,)


def table_of_actions(filled: Sequence[Filled] = ALL) -> tuple[Grid, ...]:
    """A sheet a 施策, with its actions in a table."""
    policies = {}
    for it in filled:
        policies.setdefault((it.goal, it.policy), []).append(it)
    sheets = []
    for at, ((goal, policy), its) in enumerate(policies.items(), 1):
        sheet = Sheet(f"施策{at}")
        sheet.put((1, 8, "平成29年度　施策評価票"))
        sheet.put((1, 1, "基本目標"), (2, 8, f"{goal[0]} {goal[1]}"))
        sheet.put((1, 1, "施策"), (2, 8, f"{policy[0]} {policy[1]}"))
        sheet.put((1, 1, "施策の目的"), (2, 8, f"{policy[1]}ことを目的とする。"))
        sheet.put((1, 8, "構成する取組"))
        sheet.put(
            (1, 1, "番号"),
            (2, 2, "取組名"),
            (3, 3, "担当課"),
            (4, 4, "関係課"),
            (5, 5, "取組内容"),
            (6, 6, "評価"),
            (7, 7, "取組実績"),
            (8, 8, "今後の方向性"),
        )
        for it in its:
            sheet.put(
                (1, 1, it.number),
                (2, 2, it.title),
                (3, 3, it.section),
                (4, 4, it.related),
                (5, 5, it.about),
                (6, 6, it.status),
                (7, 7, it.done),
                (8, 8, f"{it.direction}\n{it.next}"),
            )
        sheets.append(sheet.grid)
    return tuple(sheets)


def blocks_below_a_head(filled: Sequence[Filled] = ALL) -> tuple[Grid, ...]:
    """A sheet a 施策, with a block of labels for each of its actions below a common head."""
    policies = {}
    for it in filled:
        policies.setdefault((it.goal, it.policy), []).append(it)
    sheets = []
    for at, ((goal, policy), its) in enumerate(policies.items(), 1):
        sheet = Sheet(f"施策{at}")
        sheet.put((1, 6, "平成29年度　進行管理シート"))
        sheet.put((1, 1, "基本目標"), (2, 6, f"{goal[0]} {goal[1]}"))
        sheet.put((1, 1, "施策"), (2, 6, f"{policy[0]} {policy[1]}"))
        for it in its:
            sheet.put(
                (1, 1, "取組名"),
                (2, 4, f"{it.number} {it.title}"),
                (5, 5, "担当課"),
                (6, 6, it.section),
            )
            sheet.put((1, 1, "関係課"), (2, 6, it.related))
            sheet.put((1, 1, "取組内容"), (2, 6, it.about))
            sheet.put((1, 1, "評価"), (2, 2, it.status), (3, 3, "実績"), (4, 6, it.done))
            sheet.put((1, 1, "今後の方向性"), (2, 2, it.direction), (3, 6, it.next))
        sheets.append(sheet.grid)
    return tuple(sheets)


LAYOUTS: dict[str, Book] = {
    **{fill.__name__: one_each(fill) for fill in ONE_A_SHEET},
    "below_each_other": below_each_other,
    "table_of_actions": table_of_actions,
    "blocks_below_a_head": blocks_below_a_head,
}
