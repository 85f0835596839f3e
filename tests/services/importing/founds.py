"""Tables as they were read, written as people would note them down."""

from __future__ import annotations

from kyodo_desktop.domain.importing.found_plan import (
    FoundAction,
    FoundHeading,
    FoundLine,
    FoundOutlook,
    FoundPlacement,
    FoundPlan,
    FoundRound,
)
from kyodo_desktop.domain.importing.grid import CellPlace
from kyodo_desktop.domain.nodes import is_heading
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.vocabulary import StatusEntry
from kyodo_desktop.services.vocabularies import status_entries

STATUSES = (
    StatusEntry("◎", "達成", "目標を達成した", StatusKind.DONE, "#2e7d4f"),
    StatusEntry("○", "実施中", "", StatusKind.ONGOING, "#3b6fb6"),
)
ROUNDS = (
    FoundRound("平成28年度", 2016, "2017-03-31"),
    FoundRound("平成27年度", 2015, "2016-03-31"),
)
TOP, SECOND = ("1", "環境づくり"), ("2", "担い手づくり")
BOOTH, CENTRE = (TOP, ("(1)", "拠点")), (TOP, ("(2)", "交流"))
TRAINING = (SECOND, ("(1)", "研修"))


def at(row, column=1, sheet="進捗"):
    return CellPlace(sheet, row, column)


def headings_of(*paths):
    """Return the headings of the paths, each once, with those above it."""
    owns = dict.fromkeys(path[: depth + 1] for path in paths for depth in range(len(path)))
    return tuple(FoundHeading(own[:-1], *own[-1], at(row)) for row, own in enumerate(owns, 3))


def line(text, status="○", round_name="平成28年度", section=""):
    return FoundLine(round_name, section, status, text, at(4, 6))


def action(path, number, title, row=4, **more):
    return FoundAction(path, number, title, at(row, 3), **more)


def table(*actions, headings=None, **more):
    """Return a plan with these actions, and the headings that they stand under."""
    paths = [each.path for each in actions]
    values = {
        "title": "市民協働推進計画",
        "first_fiscal_year": 2014,
        "last_fiscal_year": 2018,
        "levels": (("基本目標", "1"), ("施策", "(1)"), ("事業", "①")),
        "statuses": STATUSES,
        "directions": ("継続", "拡充"),
        "rounds": ROUNDS,
        "headings": headings_of(*paths) if headings is None else headings,
        "actions": actions,
    }
    return FoundPlan(**{**values, **more})


def ordinary():
    """Return a table with a little of everything."""
    return table(
        action(
            BOOTH,
            "①",
            "市民活動ブースの設置",
            4,
            description="市役所に設ける",
            start_fiscal_year=2015,
            due="2017-03",
            note="無料",
            sections=("市民協働課",),
            related_sections=("財政課", "管財課"),
            lines=(
                line("設置した", "◎", "平成27年度"),
                line("増設した", "◎"),
                line("掲示板を替えた", "○", section="管財課"),
            ),
            outlooks=(FoundOutlook("平成28年度", "拡充", "2か所目を検討", at(4, 7)),),
        ),
        action(BOOTH, "③", "相談窓口", 6, lines=(line("週1回開いた"),)),
        action(
            TRAINING,
            "①",
            "職員研修",
            7,
            sections=("人事課",),
            lines=(line("年2回行った"),),
            relisted=(FoundPlacement(BOOTH, "②", at(5, 3)),),
        ),
    )


def found_of(outline, dumped):
    """Return an open plan as a table of it would be read: the mirror of `dump`."""
    titles = {}

    def walk(node, path):
        for child in outline.children.get(node, ()):
            own = (*path, (outline.number(child), outline.title(child)))
            if is_heading(child):
                yield FoundHeading(path, *own[-1], at(0))
                yield from walk(child, own)
            else:
                where = titles.setdefault(outline.action_at(child).id, [])
                where.append((not outline.is_relisted(child), path, own[-1][0]))

    headings = tuple(found for root in outline.roots for found in walk(root, ()))
    actions = []
    for each in dumped["actions"]:
        places = sorted(titles.get(each["id"], ()), reverse=True)
        if not places:
            continue
        (_, path, number), *others = places
        lines = [
            FoundLine(*(row[key] or "" for key in ("round", "section", "status", "text")), at(0))
            for row in each["progress"]
        ]
        outlooks = [
            FoundOutlook(row["round"], row["direction"] or "", row["text"], at(0))
            for row in each["outlooks"]
        ]
        by_role = {
            role: tuple(row["name"] for row in each["sections"] if row["role"] == role)
            for role in ("lead", "related")
        }
        actions.append(
            FoundAction(
                path,
                number,
                each["title"],
                at(0),
                each["description"],
                each["start_fiscal_year"],
                each["due"],
                each["note"],
                *by_role.values(),
                tuple(lines),
                tuple(outlooks),
                tuple(FoundPlacement(*other[1:], at(0)) for other in others),
            )
        )
    return FoundPlan(
        outline.plan.title,
        outline.plan.first_fiscal_year,
        outline.plan.last_fiscal_year,
        tuple((level.name, level.numbering) for level in outline.levels),
        tuple(each._replace(id=None) for each in status_entries(outline)),
        tuple(each.label for each in outline.directions.values()),
        tuple(FoundRound(*each[1:4]) for each in outline.rounds.values()),
        headings,
        tuple(actions),
    )
