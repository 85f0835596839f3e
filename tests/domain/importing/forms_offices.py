"""More forms as offices lay them out, filled in for other actions than `forms_layouts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.grid import Area
from tests.domain.importing.forms_layouts import Filled, Sheet, one_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.importing.grid import Grid
    from tests.domain.importing.forms_layouts import Book

OTHERS = (
    Filled(
        ("2", "健やかに暮らせるまち"), ("21", "健康づくりを支える"), "2101", "がん検診の受診勧奨",
        "健康推進課", "保険年金課", "未受診者に手紙を送り、受診を勧める。", "B",
        "手紙を3,120通送り、受診率は12.4％となった。", "改善", "文面を年代ごとに変える。",
    ),
    Filled(
        ("2", "健やかに暮らせるまち"), ("21", "健康づくりを支える"), "2102", "食生活改善講座",
        "健康推進課", "―", "地区ごとに料理の講座を開く。", "A",
        "12地区で開き、延べ240人が参加した。", "継続", "男性向けの回を設ける。",
    ),
    Filled(
        ("2", "健やかに暮らせるまち"), ("22", "高齢者を見守る"), "2201", "見守り協定の締結",
        "高齢福祉課", "商工観光課", "事業者と協定を結び、異変を知らせてもらう。", "A",
        "新たに7社と協定を結んだ。", "拡充", "郵便局とも協議する。",
    ),
    Filled(
        ("3", "災害に強いまち"), ("31", "備えを進める"), "3101", "自主防災組織の育成",
        "危機管理課", "消防本部", "訓練の費用を補助する。", "C",
        "補助の申請は4団体にとどまった。", "見直し", "手続きを簡単にする。",
    ),
    Filled(
        ("3", "災害に強いまち"), ("31", "備えを進める"), "3102", "備蓄品の更新",
        "危機管理課", "―", "期限の来る食料を入れ替える。", "B",
        "全ての倉庫で入れ替えを終えた。", "継続", "アレルギー対応の食品を増やす。",
    ),
)  # fmt: skip
WORDS = {"A": "順調", "B": "概ね順調", "C": "遅れ"}


def lines_with_colons(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 3, "平成29年度　実施計画事業　調書"))
    sheet.put((1, 3, f"事業名　：　{it.title}"))
    sheet.put((1, 3, f"まちの姿：{it.goal[0]}　{it.goal[1]}"))
    sheet.put((1, 3, f"施策：{it.policy[0]}　{it.policy[1]}　　事業番号：{it.number}"))
    sheet.put((1, 3, f"所管課：{it.section}　　関係課：{it.related}"))
    sheet.put((1, 3, "事業期間：平成27年度　～　平成31年度　　会計：一般会計"))
    sheet.skip()
    sheet.put((1, 3, "１．事業の概要"))
    sheet.put((1, 3, it.about))
    sheet.put((1, 3, "２．事業費（千円）"))
    sheet.put((1, 1, "年度"), (2, 2, "予算"), (3, 3, "決算"))
    sheet.put((1, 1, "H28"), (2, 2, "120"), (3, 3, f"{len(it.title)}5"))
    sheet.put((1, 1, "H29"), (2, 2, "130"), (3, 3, f"{len(it.done)}7"))
    sheet.skip()
    sheet.put((1, 3, "３．評価"))
    sheet.put((1, 3, f"達成度：{it.status}（{WORDS[it.status]}）"))
    sheet.put((1, 3, f"取組実績：{it.done}"))
    sheet.put((1, 3, f"今後の方向性：{it.direction}"))
    sheet.put((1, 3, f"改善内容：{it.next}"))


def levels_from_below(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 5, "平成30年度　事務事業評価シート（評価対象：平成29年度）"), (6, 6, "整理番号"))
    sheet.put((6, 6, it.number))
    sheet.put((1, 5, "【１　基本情報】"))
    sheet.put(
        (1, 1, "事務事業"),
        (2, 4, f"{it.number}　{it.title}"),
        (5, 5, "主担当"),
        (6, 6, it.section),
    )
    sheet.put(
        (1, 1, "施策"),
        (2, 4, f"{it.policy[0]}　{it.policy[1]}"),
        (5, 5, "関係課"),
        (6, 6, it.related),
    )
    sheet.put((1, 1, "政策"), (2, 6, f"{it.goal[0]}　{it.goal[1]}"))
    sheet.skip()
    sheet.put((1, 6, "【２　活動指標】"))
    sheet.put(
        (1, 1, "№"),
        (2, 2, "指標"),
        (3, 3, "単位"),
        (4, 4, "H28"),
        (5, 5, "H29"),
        (6, 6, "H31目標"),
    )
    for at in range(1, 2 + len(it.title) % 2):
        sheet.put(
            (1, 1, str(at)),
            (2, 2, f"{it.title}の回数"),
            (3, 3, "回"),
            (4, 4, "4"),
            (5, 5, "6"),
            (6, 6, "12"),
        )
    sheet.skip()
    sheet.put((1, 6, "【３　事業の内容】"))
    sheet.put((1, 6, it.about))
    sheet.put((1, 6, "【４　総合評価】"))
    sheet.put((1, 1, it.status), (2, 6, it.done), rows=2)
    sheet.skip()
    sheet.put((1, 6, "【５　今後の方向性】"))
    sheet.put((1, 2, it.direction), (3, 6, it.next))


def squared_paper(sheet: Sheet, it: Filled) -> None:
    """Narrow columns all over the sheet, merged as the fields need."""
    sheet.put((2, 25, "事　業　カ　ル　テ"), (28, 33, "（平成29年度）"))
    sheet.skip()
    sheet.put((2, 6, "事業の名称"), (7, 22, it.title), (23, 26, "番号"), (27, 33, it.number))
    sheet.put(
        (2, 6, "位置付け"),
        (7, 9, "柱"),
        (10, 20, f"{it.goal[0]} {it.goal[1]}"),
        (21, 23, "施策"),
        (24, 33, f"{it.policy[0]} {it.policy[1]}"),
    )
    sheet.put(
        (2, 6, "担当"),
        (7, 9, "部"),
        (10, 16, "市民部"),
        (17, 19, "課"),
        (20, 24, it.section),
        (25, 27, "関係課"),
        (28, 33, it.related),
    )
    sheet.put((2, 6, "事業の内容"), (7, 33, it.about), rows=3)
    sheet.put((2, 33, "進ちょく管理（所管課による自己評価）"))
    sheet.put((2, 6, "今年度の\n実施状況"), (7, 33, it.done), rows=4)
    sheet.put(
        (2, 6, "進ちょく度"), (7, 9, it.status), (10, 12, "理由"), (13, 33, "計画に照らした。")
    )
    sheet.put((2, 6, "市民委員会\nの意見"), (7, 33, ""), rows=2)
    sheet.put(
        (2, 6, "今　後"),
        (7, 10, "方向性"),
        (11, 15, it.direction),
        (16, 19, "内容"),
        (20, 33, it.next),
    )


def headings_in_cells(sheet: Sheet, it: Filled) -> None:
    """Each field is one cell: its name in brackets, and the text below it."""
    sheet.put((1, 2, "男女共同参画プラン　事業個票（平成29年度）"))
    sheet.put((1, 2, f"【基本目標】{it.goal[0]}　{it.goal[1]}"))
    sheet.put((1, 2, f"【施策の方向】{it.policy[0]}　{it.policy[1]}"))
    sheet.put((1, 1, f"【事業名】\n{it.number}　{it.title}"), (2, 2, f"【担当課】\n{it.section}"))
    sheet.put((1, 2, f"【関係課】\n{it.related}"))
    sheet.put((1, 2, f"【事業の内容】\n{it.about}"))
    sheet.put((1, 2, f"【平成29年度の取組】\n{it.done}"))
    sheet.put((1, 1, f"【評価】\n{it.status}"), (2, 2, f"【今後の方向性】\n{it.direction}"))
    sheet.put((1, 2, f"【次年度の取組】\n{it.next}"))


def plain_questions(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 4, "わたしたちの取組ふりかえりシート"), (5, 5, "平成29年度"))
    sheet.put((1, 1, "めざすまち"), (2, 5, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "そのための柱"), (2, 5, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 1, "なにをする？"), (2, 5, f"{it.number} {it.title}"))
    sheet.put((1, 1, "だれがする？"), (2, 2, it.section), (3, 3, "だれと？"), (4, 5, it.related))
    sheet.put((1, 1, "どうやって？"), (2, 5, it.about))
    sheet.put((1, 1, "どこまで進んだ？"), (2, 5, it.status))
    sheet.put((1, 1, "できたこと"), (2, 5, it.done))
    sheet.put((1, 1, "つぎはどうする？"), (2, 2, it.direction), (3, 5, it.next))


def ticks_before_words(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 7, "行政改革推進計画　実施項目管理票　平成29年度"))
    sheet.put((1, 2, "改革の柱"), (3, 7, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 2, "推進項目"), (3, 7, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 2, "実施項目"), (3, 3, it.number), (4, 7, it.title))
    sheet.put((1, 2, "主管課"), (3, 4, it.section), (5, 6, "関連課"), (7, 7, it.related))
    sheet.put((1, 2, "取組の内容"), (3, 7, it.about))
    top = sheet.row + 1
    for word in WORDS.values():
        sheet.put((3, 3, "○" if word == WORDS[it.status] else ""), (4, 7, word))
    sheet.merges.append(Area(top, 1, sheet.row, 2))
    sheet.cells[top, 1] = "進捗の区分"
    sheet.put((1, 2, "取組の成果"), (3, 7, it.done))
    top = sheet.row + 1
    for word in ("拡充", "継続", "改善", "見直し", "廃止"):
        sheet.put((3, 3, "○" if word == it.direction else ""), (4, 7, word))
    sheet.merges.append(Area(top, 1, sheet.row, 2))
    sheet.cells[top, 1] = "今後の方向性"
    sheet.put((1, 2, "来年度の取組"), (3, 7, it.next))


def boxes_with_signs(sheet: Sheet, it: Filled) -> None:
    marks = {"A": "◎順調", "B": "○概ね順調", "C": "△遅れ"}
    sheet.put((1, 6, "Ⅲ　小施策評価シート"))
    sheet.put((1, 6, "（平成29年度実績評価）"))
    sheet.put((1, 1, "施策コード"), (2, 2, it.policy[0]), (3, 3, "施策名"), (4, 6, it.policy[1]))
    sheet.put((1, 1, "事業コード"), (2, 2, it.number), (3, 3, "事業名"), (4, 6, it.title))
    sheet.put(
        (1, 1, "課コード"),
        (2, 2, f"0{len(it.section)}1000"),
        (3, 3, "主管課名"),
        (4, 6, it.section),
    )
    sheet.put((1, 1, "政策"), (2, 6, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "関係課"), (2, 6, it.related))
    sheet.put((1, 6, "ステップ１　事業の全体像"))
    sheet.put((1, 1, "事業概要"), (2, 6, it.about))
    sheet.put((1, 6, "ステップ２　達成状況"))
    top = sheet.row + 1
    sheet.put(
        (
            2,
            6,
            "　".join(
                f"{'☑' if word == marks[it.status] else '☐'}{word}" for word in marks.values()
            ),
        )
    )
    sheet.put((2, 6, it.done))
    sheet.span(top, sheet.row, 1, "達成状況")
    sheet.put((1, 6, "ステップ３　今後"))
    sheet.put(
        (1, 1, "方向性"),
        *(
            (at, at, f"{'■' if word == it.direction else '□'}{word}")
            for at, word in enumerate(("拡充", "継続", "改善", "見直し", "廃止"), 2)
        ),
    )
    sheet.put((1, 1, "内容"), (2, 6, it.next))


def this_year_and_the_last(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 4, "環境基本計画　進行管理票"))
    sheet.put((1, 1, "環境目標"), (2, 4, f"{it.goal[0]} {it.goal[1]}"))
    sheet.put((1, 1, "基本施策"), (2, 4, f"{it.policy[0]} {it.policy[1]}"))
    sheet.put((1, 1, "取組"), (2, 4, f"{it.number} {it.title}"))
    sheet.put((1, 1, "実施主体"), (2, 2, it.section), (3, 3, "協力"), (4, 4, it.related))
    sheet.put((1, 1, "取組の説明"), (2, 4, it.about))
    sheet.put((1, 2, "前年度（平成28年度）の実績"), (3, 4, "準備を進めた。"))
    sheet.put((1, 2, "今年度（平成29年度）の実績"), (3, 4, it.done))
    sheet.put((1, 2, "今年度の評価"), (3, 4, it.status))
    sheet.put((1, 2, "評価の区分　A：順調　B：概ね順調　C：遅れ"))
    sheet.put((1, 2, "次年度（平成30年度）の方向性"), (3, 3, it.direction), (4, 4, it.next))


def _policies(
    filled: Sequence[Filled],
) -> dict[tuple[tuple[str, str], tuple[str, str]], list[Filled]]:
    found: dict[tuple[tuple[str, str], tuple[str, str]], list[Filled]] = {}
    for it in filled:
        found.setdefault((it.goal, it.policy), []).append(it)
    return found


def policy_with_its_actions(filled: Sequence[Filled] = OTHERS) -> tuple[Grid, ...]:
    """A sheet a 施策: what it is for, its own text, and a table of its actions."""
    sheets = []
    for (goal, policy), its in _policies(filled).items():
        sheet = Sheet(f"施策{policy[0]}")
        sheet.put((1, 8, "施策評価（平成29年度）"))
        sheet.put((1, 1, "基本目標"), (2, 8, f"{goal[0]} {goal[1]}"))
        sheet.put((1, 1, "基本施策"), (2, 8, f"{policy[0]} {policy[1]}"))
        sheet.put((1, 1, "施策の目的"), (2, 8, f"{policy[1]}ことで、安心して暮らせるようにする。"))
        sheet.put((1, 8, "進捗状況"))
        sheet.put(
            (1, 1, "番号"),
            (2, 2, "計画事業名"),
            (3, 3, "担当課"),
            (4, 4, "関係課"),
            (5, 5, "事業内容"),
            (6, 6, "評価"),
            (7, 7, "取組状況"),
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
                (8, 8, f"{it.direction}。{it.next}"),
            )
        sheet.put((1, 8, "施策評価結果"))
        sheet.put((1, 8, f"{len(its)}事業を評価した。全体としておおむね進んでいる。"))
        sheets.append(sheet.grid)
    return tuple(sheets)


def blocks_below_a_line(filled: Sequence[Filled] = OTHERS) -> tuple[Grid, ...]:
    """A sheet a 施策, whose name is a line above blocks of labels."""
    sheets = []
    for (goal, policy), its in _policies(filled).items():
        sheet = Sheet(f"{policy[0]}")
        sheet.put((1, 4, "まちづくりプラン　個別事業の取組結果（平成２９年度）"))
        sheet.put((1, 4, f"基本目標{goal[0]}　{goal[1]}"))
        sheet.put((1, 4, f"{policy[0]}　{policy[1]}"))
        for it in its:
            sheet.skip()
            sheet.put((1, 1, "事業名"), (2, 4, f"{it.number}　{it.title}"))
            sheet.put((1, 1, "担当課"), (2, 2, it.section), (3, 3, "関係課"), (4, 4, it.related))
            sheet.put((1, 1, "内容"), (2, 4, it.about))
            sheet.put(
                (1, 1, "進捗"),
                (
                    2,
                    4,
                    " ".join(
                        f"{'●' if word == WORDS[it.status] else '○'}{word}"
                        for word in WORDS.values()
                    ),
                ),
            )
            sheet.put((1, 1, "取組結果"), (2, 4, it.done))
            sheet.put((1, 1, "今後の方向"), (2, 2, it.direction), (3, 4, it.next))
        sheets.append(sheet.grid)
    return tuple(sheets)


def side_by_side(filled: Sequence[Filled] = OTHERS) -> tuple[Grid, ...]:
    """Two forms side by side in each sheet."""
    sheets = []
    for at in range(0, len(filled) - 1, 2):
        sheet = Sheet(f"{at // 2 + 1}枚目")
        for row in zip(*map(_fields, filled[at : at + 2]), strict=True):
            sheet.put(*row[0], *((first + 6, last + 6, text) for first, last, text in row[1]))
        sheets.append(sheet.grid)
    return tuple(sheets)


def _fields(it: Filled) -> list[list[tuple[int, int, str]]]:
    return [
        [(1, 5, "平成29年度　取組管理票")],
        [(1, 1, "基本目標"), (2, 5, " ".join(it.goal))],
        [(1, 1, "施策"), (2, 5, " ".join(it.policy))],
        [(1, 1, "取組名"), (2, 5, f"{it.number} {it.title}")],
        [(1, 1, "担当課"), (2, 2, it.section), (3, 3, "関係課"), (4, 5, it.related)],
        [(1, 1, "取組内容"), (2, 5, it.about)],
        [(1, 1, "評価"), (2, 5, it.status)],
        [(1, 1, "取組実績"), (2, 5, it.done)],
        [(1, 1, "今後の方向性"), (2, 2, it.direction), (3, 5, it.next)],
    ]


def upright_labels(sheet: Sheet, it: Filled) -> None:
    """Labels written from top to bottom, number and section in the corner."""
    sheet.put((1, 4, "平成29年度　主要事業報告書"), (5, 6, f"No.　{it.number}"))
    sheet.put((1, 1, "体\n系"), (2, 3, " ".join(it.goal)), (4, 6, " ".join(it.policy)))
    sheet.put((1, 1, "事\n業\n名"), (2, 6, it.title), rows=2)
    sheet.put((1, 1, "担\n当"), (2, 3, it.section), (4, 4, "関\n係\n課"), (5, 6, it.related))
    sheet.put((1, 1, "事\n業\n内\n容"), (2, 6, it.about), rows=3)
    sheet.put((1, 1, "実\n施\n状\n況"), (2, 6, it.done), rows=3)
    sheet.put((1, 1, "評\n価"), (2, 6, it.status))
    sheet.put((1, 1, "今\n後"), (2, 3, it.direction), (4, 6, it.next))


def steps_in_columns(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 5, "地域福祉計画　取組シート"), (6, 6, "平成29年度"))
    sheet.put((1, 2, "基本目標"), (3, 4, "基本施策"), (5, 6, "取組"))
    sheet.put(
        (1, 2, " ".join(it.goal)), (3, 4, " ".join(it.policy)), (5, 6, f"{it.number} {it.title}")
    )
    sheet.put((1, 2, "担当課"), (3, 6, "関係課"))
    sheet.put((1, 2, it.section), (3, 6, it.related))
    sheet.put(
        (1, 1, "Plan（計画）"),
        (2, 2, "Do（実施）"),
        (3, 4, "Check（評価）"),
        (5, 6, "Action（改善）"),
    )
    sheet.put(
        (1, 1, "内容"),
        (2, 2, "実績"),
        (3, 3, "判定"),
        (4, 4, "理由"),
        (5, 5, "区分"),
        (6, 6, "内容"),
    )
    sheet.put(
        (1, 1, it.about),
        (2, 2, it.done),
        (3, 3, it.status),
        (4, 4, "計画に照らした。"),
        (5, 5, it.direction),
        (6, 6, it.next),
    )


def circled_steps(sheet: Sheet, it: Filled) -> None:
    scale = {"A": "③　・　2　・　1", "B": "3　・　②　・　1", "C": "3　・　2　・　①"}
    sheet.put((1, 4, "総合戦略　施策シート　平成29年度"))
    sheet.put((1, 1, "基本目標"), (2, 4, " ".join(it.goal)))
    sheet.put((1, 1, "基本的方向"), (2, 4, " ".join(it.policy)))
    sheet.put((1, 1, "具体的な施策"), (2, 4, f"{it.number} {it.title}"))
    sheet.put((1, 1, "所管"), (2, 2, it.section), (3, 3, "連携部署"), (4, 4, it.related))
    sheet.put((1, 1, "施策概要"), (2, 4, it.about))
    sheet.put((1, 1, "評価（該当に○）"), (2, 4, scale[it.status]))
    sheet.put((1, 1, "主な成果"), (2, 4, it.done))
    sheet.put(
        (1, 1, "方向性（該当に○）"),
        (
            2,
            4,
            "・".join(
                f"（○）{word}" if word == it.direction else f"（　）{word}"
                for word in ("拡充", "継続", "改善", "見直し", "廃止")
            ),
        ),
    )
    sheet.put((1, 1, "具体的な内容"), (2, 4, it.next))


def brackets_around_values(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 3, "平成２９年度　施策推進状況調書"))
    sheet.put((1, 3, f"政策（　{' '.join(it.goal)}　）"))
    sheet.put((1, 3, f"施策（　{' '.join(it.policy)}　）"))
    sheet.put((1, 3, f"事業名（　{it.number} {it.title}　）"))
    sheet.put((1, 3, f"担当課（　{it.section}　）　関係課（　{it.related}　）"))
    sheet.put((1, 1, "事業の内容"), (2, 3, it.about))
    sheet.put((1, 1, "推進状況"), (2, 3, it.done))
    sheet.put((1, 1, "進捗度"), (2, 3, it.status))
    sheet.put((1, 1, "今後の方針"), (2, 2, it.direction), (3, 3, it.next))


def groups_above_pairs(sheet: Sheet, it: Filled) -> None:
    sheet.put((1, 6, "令和元年度　事務事業評価票（平成29年度事業）"))
    sheet.put((1, 6, "Ⅰ　基本事項"))
    sheet.put((1, 1, "事務事業名"), (2, 4, it.title), (5, 5, "事業No."), (6, 6, it.number))
    sheet.put((1, 1, "総合計画体系"), (2, 2, "政策"), (3, 6, " ".join(it.goal)))
    sheet.merges.append(Area(sheet.row, 1, sheet.row + 1, 1))
    sheet.put((2, 2, "施策"), (3, 6, " ".join(it.policy)))
    sheet.put(
        (1, 1, "部名"),
        (2, 2, "市民部"),
        (3, 3, "グループ名"),
        (4, 4, it.section),
        (5, 5, "電話"),
        (6, 6, "内線2345"),
    )
    sheet.put((1, 1, "関係グループ"), (2, 6, "" if it.related == "―" else it.related))
    sheet.put((1, 6, "Ⅱ　目的と内容"))
    sheet.put((1, 1, "対象"), (2, 3, "市民"), (4, 4, "意図"), (5, 6, "安心して暮らせる。"))
    sheet.put((1, 1, "事業内容"), (2, 6, it.about))
    sheet.put((1, 6, "Ⅲ　実績と評価"))
    sheet.put((1, 1, "実施内容"), (2, 6, it.done))
    sheet.put(
        (1, 1, "妥当性"), (2, 2, "A"), (3, 3, "有効性"), (4, 4, "B"), (5, 5, "効率性"), (6, 6, "A")
    )
    sheet.put((1, 1, "総合評価"), (2, 2, it.status), (3, 3, "二次評価"), (4, 4, "A"), (5, 6, ""))
    sheet.put((1, 6, "Ⅳ　今後"))
    sheet.put((1, 1, "今後の方向"), (2, 2, it.direction), (3, 3, "理由・内容"), (4, 6, it.next))


def years_above_wider_fields(sheet: Sheet, it: Filled) -> None:
    """A table of years, and right below it a field that keeps to none of its columns."""
    sheet.put((1, 8, "第５次総合計画　実施計画　事業シート"))
    sheet.put((1, 2, "計画コード"), (3, 3, it.number), (4, 5, "事業名"), (6, 8, it.title))
    sheet.put((1, 2, "まちづくりの目標"), (3, 8, " ".join(it.goal)))
    sheet.put((1, 2, "施策の柱"), (3, 8, " ".join(it.policy)))
    sheet.put((1, 2, "報告課"), (3, 5, it.section), (6, 6, "協力課"), (7, 8, it.related))
    sheet.put((1, 2, "事業の目的・内容"), (3, 8, it.about))
    sheet.put((1, 2, "年度"), (3, 4, "27年度"), (5, 6, "28年度"), (7, 8, "29年度"))
    sheet.put((1, 2, "計画"), (3, 4, "検討"), (5, 6, "実施"), (7, 8, "実施"))
    sheet.put((1, 2, "実績"), (3, 4, "検討した。"), (5, 6, "始めた。"), (7, 8, it.done))
    sheet.put((1, 2, "評価"), (3, 4, "B"), (5, 6, "A"), (7, 8, it.status))
    sheet.put((1, 2, "今後の展開"), (3, 4, it.direction), (5, 8, it.next))


ONE_A_SHEET = (
    lines_with_colons,
    levels_from_below,
    squared_paper,
    headings_in_cells,
    plain_questions,
    ticks_before_words,
    boxes_with_signs,
    this_year_and_the_last,
    upright_labels,
    steps_in_columns,
    circled_steps,
    brackets_around_values,
    groups_above_pairs,
    years_above_wider_fields,
)
OFFICES: dict[str, Book] = {
    **{fill.__name__: one_each(fill) for fill in ONE_A_SHEET},
    "policy_with_its_actions": policy_with_its_actions,
    "blocks_below_a_line": blocks_below_a_line,
    "side_by_side": side_by_side,
}
GRADES_OF = {
    "ticks_before_words": WORDS,
    "blocks_below_a_line": WORDS,
    "circled_steps": {"A": "3", "B": "2", "C": "1"},
    "boxes_with_signs": {"A": "◎", "B": "○", "C": "△"},
}
