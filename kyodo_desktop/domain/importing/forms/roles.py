"""Guesses what each label of a form means, by its words and by what was filled in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.cell_words import is_date, is_mark, is_section
from kyodo_desktop.domain.importing.directions import split_direction
from kyodo_desktop.domain.importing.forms.words import (
    AND_PROGRESS,
    GENERIC,
    GRADED,
    INDICATORS,
    OTHERS,
    OVER,
    PAPER,
    PEOPLE,
    SHARE,
    TITLE_WORDS,
    TOWARDS_GOAL,
    YEAR,
    is_answer,
    is_time,
    names_year,
    steps_in,
    weights_in_form,
)
from kyodo_desktop.domain.importing.mapping import ColumnRole, ValueSide
from kyodo_desktop.domain.importing.moments import year_of
from kyodo_desktop.domain.importing.numbers import is_number, numbered
from kyodo_desktop.domain.importing.plain import is_nothing, squeezed
from kyodo_desktop.domain.importing.printed_choices import options_in
from kyodo_desktop.domain.importing.splitting import has_signs, lines_in
from kyodo_desktop.domain.importing.statuses import tells_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.importing.forms.labels import FormReading
    from kyodo_desktop.domain.importing.header_words import Weights

Key = tuple[str, str, str]
_SECTIONS = (ColumnRole.SECTION, ColumnRole.RELATED_SECTION)
_MONTHS = (ColumnRole.START, ColumnRole.DUE)
_TITLES = (ColumnRole.HEADING, ColumnRole.ACTION)
_MOST_OF, _SOME, _ABOUT_ONE = 0.5, 0.3, 1.5
_FEW_FORMS, _DIGITS_ALONE = 4, 3
_FEWEST_FORMS, _NEARLY_ALL, _ROWS_BELOW = 3, 0.8, 2
_FEW_OF = 0.7
_LONGEST_TITLE, _LONGEST_GRADE, _WORDY = 60, 20, 10
_MAY_BE_NEXT, _ANY_YEAR = (ColumnRole.PROGRESS, ColumnRole.DESCRIPTION), 2015
_OF_A_PLAN = {*_TITLES, ColumnRole.DESCRIPTION}  # what a plan says, whatever the year
_PLANNED = re.compile("計画|予定|目標|見込|方針|目安|ねらい")
_NUMBER_OF = re.compile(r"(?:番号|no\.?|№|コード)$")
_NAME = re.compile(r"(?:名|名称|タイトル)$")
_PART_OF_FORM = re.compile("(?:事項|情報|概要|属性|評価|実績)$")  # Ⅰ 基本事項
_DIGITS = re.compile(r"[0-9.,%△▲±+\-]+[^0-9]{0,4}")
_BOXED = re.compile(r"\s*[■□☐☑☒✅]\s*[^■□☐☑☒✅\s]")
_TOWARDS = re.compile("方向|今後|展開")
_WHOLE = re.compile("総合|全体|最終|施策の|自己")
_ACTION_WORDS = re.compile(
    r".*(?:事務事業|取組|取り組み|取組み|実施項目|改革項目|実行計画|事業|アクション|行動計画|推進項目)(?:の)?(?:名|名称|項目)?(?:名)?"
)
_ABOVE = re.compile(
    ".*(?:目標|方針|施策|政策|分野|章|節|柱|体系|戦略|項目|大綱|方向性?|理念|計画|プロジェクト)(?:名|名称)?"
)
_TOP_WORDS = re.compile(r"基本目標|理念|将来像|都市像|まちの姿|大綱|政策|章|大項目|柱|分野|編")


@dataclass
class LabelSeen:
    """The values of one label in all forms."""

    key: Key
    side: ValueSide
    printed: str
    place: tuple[int, int]
    texts: list[str] = field(default_factory=list)
    by_form: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    rows: int = 0
    mates: str = ""  # the words of the labels beside it, where it heads a column
    first_mate: str = ""
    sides: Counter[ValueSide] = field(default_factory=Counter)
    dated: int = 0  # values that stand by a year

    @property
    def words(self) -> str:
        """Its own words."""
        return self.key[0]

    def share(self, test: re.Pattern[str]) -> float:
        """Return the share of the values that fit."""
        return sum(1 for each in self.texts if test.fullmatch(squeezed(each))) / max(
            len(self.texts), 1
        )

    @property
    def step_words(self) -> list[str]:
        """The words of the levels that one value names, an empty one where it has no word.

        The value is a path in one cell, or numbered titles in cells side by side.
        """
        paths = [steps_in(text) for text in self.texts if not is_number(text)]
        if self.side is ValueSide.RIGHT and all(numbered(text).title for text in self.texts):
            rows = [texts for texts in self.by_form.values() if len(texts) > 1]
            if len(rows) == len(self.by_form) and all(
                numbered(text).number for text in self.texts
            ):
                paths = rows
        if not paths or len({len(each) for each in paths}) > 1:
            return [""]
        words = [{numbered(step).word for step in steps} for steps in zip(*paths, strict=True)]
        return [next(iter(each)) if len(each) == 1 else "" for each in words]

    @property
    def is_row(self) -> bool:
        """Tell whether it is the first label of a small table that tells what was done."""
        told = re.search("評価|進捗|状況|実績|成果|結果", self.mates)
        first = self.words == self.first_mate or weights_in_form(self.first_mate).keys() <= {
            ColumnRole.NUMBER
        }
        return self.side is ValueSide.BELOW and bool(told) and first and self.is_second

    @property
    def is_second(self) -> bool:
        """Tell whether no label of titles stands before it in its table."""
        before = self.mates.split(" ")[: self.mates.split(" ").index(self.words)]
        return all(weights_in_form(words).keys() <= {ColumnRole.NUMBER} for words in before)

    @property
    def is_of_years(self) -> bool:
        """Tell whether it has a value for each of several years in every form."""
        return self.dated == len(self.texts) > len(self.by_form)

    @property
    def has_boxes(self) -> bool:
        """Tell whether the values are printed choices, each in its own cell: □継続 | ■廃止."""
        several = self.texts and all(len(texts) > 1 for texts in self.by_form.values())
        return bool(several) and all(map(_BOXED.match, self.texts))

    @property
    def grades(self) -> float:
        """The share of the values that are a grade or one of printed choices."""
        fits = [text for text in self.texts if _is_grade(text)]
        return len(fits) / max(len(self.texts), 1)

    @property
    def is_told(self) -> bool:
        """Tell whether the values are words, and no figures or grades, in a table of years."""
        return self.longest_usual > _WORDY and max(self.share(_DIGITS), self.grades) < _SOME

    @property
    def longest_usual(self) -> float:
        """The usual length of the values."""
        return sum(map(len, self.texts)) / max(len(self.texts), 1)

    @property
    def titles(self) -> list[str]:
        """What is not a number, by form."""
        return [
            "".join(text for text in texts if not is_number(text))
            for texts in self.by_form.values()
        ]


def _is_grade(text: str) -> bool:
    line = text.strip()
    if is_mark(line) or SHARE.fullmatch(line) or len(options_in(line)) > 1:
        return True
    if len(line) > 2 * _LONGEST_GRADE or GRADED.match(line):
        return len(line) <= 2 * _LONGEST_GRADE
    return len(line) <= _LONGEST_GRADE and "。" not in line and tells_kind(line)


def labels_seen(readings: Sequence[FormReading]) -> list[LabelSeen]:
    """Return the labels that have values, in the order in which they stand."""
    found: dict[Key, LabelSeen] = {}
    for number, reading in enumerate(readings):
        mates = _mates(reading)
        for value in reading.values:
            key = value.words, value.group, value.row_words
            seen = found.get(key)
            if seen is None:
                place = value.label.top - reading.form.rows.first, value.label.left
                seen = found[key] = LabelSeen(key, value.side, value.label.text, place)
                if value.side is ValueSide.INSIDE:
                    seen.printed = value.words
                elif value.side is ValueSide.ALONE:
                    seen.printed = numbered(value.box.text).word
                seen.mates, seen.first_mate = mates.get(value.label.at, ("", ""))
            if not is_nothing(value.box.text):
                seen.texts.append(value.box.text)
                seen.by_form[number].append(value.box.text)
                seen.dated += bool(value.years)
            seen.sides[value.side] += 1
    for seen in found.values():
        seen.side = seen.sides.most_common(1)[0][0]
    return sorted(found.values(), key=lambda each: each.place)


def _mates(reading: FormReading) -> dict[tuple[int, int], tuple[str, str]]:
    """Return the words of all labels of a heading row and of its first, for each label of it."""
    rows: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for box in reading.boxes:
        if reading.own_sides.get(box.at) is ValueSide.BELOW:
            rows[box.bottom].append(box.at)
    found = {}
    for places in rows.values():
        words = [reading.labels[at] for at in places]
        for at in places:
            if len(places) > 1:
                found[at] = " ".join(words), words[0]
    return found


def guess_form_roles(seen: list[LabelSeen]) -> dict[Key, tuple[ColumnRole, int]]:
    """Return role and level of each label."""
    roles = {each.key: _role(each) for each in seen}
    _settle_what_follows(seen, roles)
    _settle_unknown(seen, roles)
    _settle_titles(seen, roles)
    _settle_statuses(seen, roles)
    _settle_next_year(seen, roles)
    _settle_progress(seen, roles)
    _settle_sections(seen, roles)
    _settle_numbers(seen, roles)
    _settle_months(seen, roles)
    levels = _levels(seen, roles)
    return {each.key: (roles[each.key], levels.get(each.key, 0)) for each in seen}


def _role(seen: LabelSeen) -> ColumnRole:
    words, group, row_words = seen.key
    of_others = OTHERS.search(words) or OTHERS.search(group)
    if of_others or PEOPLE.fullmatch(words) or _is_of_indicators(seen):
        return ColumnRole.NOTE
    if seen.side is ValueSide.ALONE:
        return _of_line(seen)
    if seen.has_boxes:
        return _of_boxes(seen, _weights(words, group, row_words))
    weights = _weights(words, group, row_words)
    is_of_years = row_words == YEAR and seen.is_told
    is_timed = is_of_years or names_year(seen.printed)
    is_timed = is_timed or (seen.is_of_years and bool(weights.keys() & set(_TITLES)))
    if is_timed and weights and weights.keys() <= _OF_A_PLAN:
        weights = _of_a_year(seen)
    told = weights.keys() & {*_MONTHS, ColumnRole.NUMBER}
    years = seen.texts and not told
    if years and (all(map(is_time, seen.texts)) or _is_name_beside_year(seen)):
        return ColumnRole.ROUND
    if not weights:
        return _of_contents(seen) if seen.dated and words in (YEAR, group) else ColumnRole.NOTE
    return _by_words(seen, weights)


def _by_words(seen: LabelSeen, weights: Weights) -> ColumnRole:
    """Return the role that the words allow and the values fit best."""
    scores = {role: weight + _fit(role, seen) for role, weight in weights.items()}
    if GENERIC.fullmatch(seen.words) and _has_grades(seen) and _comes_again(seen):
        return ColumnRole.DIRECTION if _has_directions(seen) else ColumnRole.STATUS
    best = max(scores, key=lambda role: scores[role])
    if scores[best] > _SOME:
        return best
    if ColumnRole.ACTION in weights and seen.longest_usual > _WORDY:
        return ColumnRole.PROGRESS if _tells_the_past(seen) else ColumnRole.DESCRIPTION
    return ColumnRole.NOTE


def _of_boxes(seen: LabelSeen, weights: Weights) -> ColumnRole:
    """Judge printed choices in cells of their own: they are no titles, whatever the words say."""
    if weights.get(ColumnRole.STATUS, 0.0) > _MOST_OF:
        return ColumnRole.STATUS
    if _TOWARDS.search(seen.words) or _has_directions(seen):
        return ColumnRole.DIRECTION
    return ColumnRole.NOTE


def _comes_again(seen: LabelSeen) -> bool:
    """Tell whether a value comes again in another form."""
    return len(set(map(squeezed, seen.texts))) < len(seen.texts)


def _is_name_beside_year(seen: LabelSeen) -> bool:
    """Tell whether it is the name of the form, with the year or the day of it at its right."""
    return bool(PAPER.fullmatch(seen.words)) and all(
        len(text) <= _LONGEST_GRADE and (names_year(text) or is_date(text)) for text in seen.texts
    )


def _of_a_year(seen: LabelSeen) -> dict[ColumnRole, float]:
    """Return what a label of titles says of one year: what was planned, or what was done in it."""
    if _NAME.search(seen.words):
        return weights_in_form(seen.words)
    planned = _PLANNED.search(seen.words) or _SCHEDULE.search(seen.words)
    return {ColumnRole.DESCRIPTION if planned else ColumnRole.PROGRESS: 0.8}


def _of_line(seen: LabelSeen) -> ColumnRole:
    """Judge a line without a label: a heading by its word, else perhaps the title."""
    words = {numbered(text).word for text in seen.texts} - {""}
    forms = len(seen.by_form)
    if seen.words.startswith(OVER):
        names = {squeezed(numbered(text).title or text) for text in seen.texts}
        return ColumnRole.HEADING if len(names) > 1 else ColumnRole.IGNORED
    if words and all(weights_in_form(word) for word in words):
        return ColumnRole.HEADING
    titles = [text for text in seen.texts if len(text) <= _LONGEST_TITLE and "。" not in text]
    if all(map(_PART_OF_FORM.search, titles)):
        return ColumnRole.IGNORED
    inside = sum(bool(numbered(text).number) for text in titles)
    if len(titles) == len(seen.texts) == forms and (
        inside * 2 > forms or (forms > 1 and len(set(titles)) == forms)
    ):
        return ColumnRole.ACTION
    return ColumnRole.IGNORED


def _is_of_indicators(seen: LabelSeen) -> bool:
    words, group, row_words = seen.key
    if AND_PROGRESS.fullmatch(words):
        return False
    if INDICATORS.search(TOWARDS_GOAL.sub("", group)) or INDICATORS.search(row_words):
        return True
    if row_words == YEAR and seen.is_told:
        return bool(INDICATORS.search(TOWARDS_GOAL.sub("", words)))
    if seen.side is ValueSide.BELOW and seen.first_mate and INDICATORS.search(seen.first_mate):
        return True
    if seen.side is ValueSide.BELOW and re.search("単位|指標", seen.mates):
        return True
    return bool(INDICATORS.search(TOWARDS_GOAL.sub("", words)))


def _weights(words: str, group: str, row_words: str) -> dict[ColumnRole, float]:
    own = weights_in_form(words)
    if row_words and row_words not in (YEAR, words):
        row = weights_in_form(row_words)
        if not own or GENERIC.fullmatch(words) or (own.keys() & {ColumnRole.ACTION} and row):
            own = row or own
    if GENERIC.fullmatch(words) or words == YEAR:
        above = weights_in_form(group)
        if above and not above.keys() <= {ColumnRole.HEADING}:
            return {role: weight - 0.1 for role, weight in above.items()}
    if words in ("計画", "当初計画", "年度計画", "事業計画") or _SCHEDULE.search(group):
        return {ColumnRole.DESCRIPTION: 0.8}
    return own


_SCHEDULE = re.compile("年度別計画|年次計画|スケジュール|工程|実施時期")


def _of_contents(seen: LabelSeen) -> ColumnRole:
    if seen.grades > _MOST_OF:
        return ColumnRole.STATUS
    return ColumnRole.NOTE if seen.share(_DIGITS) > _MOST_OF else ColumnRole.PROGRESS


def _fit(role: ColumnRole, seen: LabelSeen) -> float:
    """Return how well what was filled in fits a role that the words allow."""
    texts = seen.texts
    if role in _TITLES:
        texts = [text for text in texts if not is_number(text)] or texts
    count = len(texts)
    if not count:
        return 0.0
    long = sum(1 for each in texts if len(each) > _LONGEST_TITLE or "。" in each) / count
    digits = sum(1 for each in texts if _DIGITS.fullmatch(squeezed(each))) / count
    lists = sum(map(_is_list, texts)) / count
    counts = digits if max(map(len, texts)) <= _DIGITS_ALONE else 0.0
    dates = sum(map(is_date, texts)) / count
    answers = sum(map(is_answer, texts)) / count
    timed = sum(1 for each in texts if is_date(each) or re.search("[0-9０-９]", each)) / count
    fits = {
        ColumnRole.STATUS: seen.grades - 0.6 - 0.3 * long,
        ColumnRole.DIRECTION: 0.4 * seen.grades - 0.3 * long,
        ColumnRole.OUTLOOK: 0.3 * long,
        ColumnRole.PROGRESS: 0.3 - 0.8 * digits - 0.5 * seen.grades,
        ColumnRole.DESCRIPTION: -0.7 * seen.grades,
        **dict.fromkeys(_TITLES, -0.7 * (long + counts + dates + answers + lists)),
        **dict.fromkeys(_SECTIONS, 0.3 * sum(map(is_section, seen.texts)) / count),
        **dict.fromkeys((*_MONTHS, ColumnRole.ROUND), 0.3 * timed - 0.3 * long),
    }
    return fits.get(role, 0.0)


_FOLLOWS = {
    ColumnRole.STATUS: ColumnRole.PROGRESS,
    ColumnRole.PROGRESS: ColumnRole.PROGRESS,
    ColumnRole.DIRECTION: ColumnRole.OUTLOOK,
    ColumnRole.OUTLOOK: ColumnRole.OUTLOOK,
}


def _settle_what_follows(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> None:
    """Give 「その内容」 and the like the meaning of the label before them."""
    for before, each in pairwise(seen):
        follows = re.match("その|上記|左記|具体的な?(?:内容|説明)", each.words)
        bare = GENERIC.fullmatch(each.words) and not each.key[1] and not each.key[2]
        if (follows or bare) and roles[before.key] in _FOLLOWS:
            roles[each.key] = _FOLLOWS[roles[before.key]]


def _settle_unknown(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> None:
    """Where the words of no label say a role, take that which values have, in several forms.

    Of labels that nobody knows 主管部署 has sections, ありさま has grades.
    """
    given = {roles[each.key] for each in seen if each.texts}
    for role, fits in _BY_VALUES:
        if role in given:
            continue
        open_ones = [each for each in seen if _is_unknown(each, roles)]
        found = next((each for each in open_ones if fits(each)), None)
        if found is not None:
            roles[found.key] = role
    for before, each in pairwise(seen):
        goes_on = roles[before.key] is ColumnRole.DIRECTION and _is_unknown(each, roles)
        if goes_on and ColumnRole.OUTLOOK not in given and each.longest_usual > _WORDY:
            roles[each.key] = ColumnRole.OUTLOOK


def _is_unknown(seen: LabelSeen, roles: dict[Key, ColumnRole]) -> bool:
    """Tell whether nothing is known of a label by its words, with values in several forms."""
    words = seen.words
    known = weights_in_form(words) or PEOPLE.fullmatch(words) or OTHERS.search(words)
    is_open = roles[seen.key] is ColumnRole.NOTE and seen.side is not ValueSide.ALONE
    if known or not is_open or _is_of_indicators(seen) or len(seen.by_form) < _FEWEST_FORMS:
        return False
    mates = seen.mates.split(" ") if seen.side is ValueSide.BELOW else ()
    in_table = any(ColumnRole.ACTION in weights_in_form(each) for each in mates)
    has_choices = any(options_in(text) for text in seen.texts)
    return in_table or has_choices or _per_form(seen) <= _ABOUT_ONE


def _has_sections(seen: LabelSeen) -> bool:
    return sum(map(is_section, seen.texts)) > _NEARLY_ALL * len(seen.texts)


def _has_directions(seen: LabelSeen) -> bool:
    chosen = [
        each.word for text in seen.texts for each in options_in(text) or () if each.is_marked
    ]
    texts = chosen or [text for text in seen.texts if len(text) <= _WORDY]
    fit = sum(split_direction(each) is not None for each in texts)
    return fit > _NEARLY_ALL * max(len(chosen), len(seen.texts) * (not chosen), 1)


def _has_grades(seen: LabelSeen) -> bool:
    titled = sum(bool(numbered(text).number and numbered(text).title) for text in seen.texts)
    are_titles = titled > _MOST_OF * len(seen.texts)
    return seen.grades > _NEARLY_ALL and seen.share(_DIGITS) < _MOST_OF and not are_titles


def _has_told(seen: LabelSeen) -> bool:
    return seen.longest_usual > _WORDY and _tells_the_past(seen)


def _has_codes(seen: LabelSeen) -> bool:
    """Tell whether each form has a number of its own, in its first rows."""
    own = len(set(seen.texts)) == len(seen.texts) >= len(seen.by_form)
    codes = all(is_number(text) or text.isdecimal() for text in seen.texts)
    return own and codes and seen.place[0] <= _ROWS_BELOW


_BY_VALUES: tuple[tuple[ColumnRole, Callable[[LabelSeen], bool]], ...] = (
    (ColumnRole.SECTION, _has_sections),
    (ColumnRole.DIRECTION, _has_directions),
    (ColumnRole.STATUS, _has_grades),
    (ColumnRole.PROGRESS, _has_told),
    (ColumnRole.NUMBER, _has_codes),
)


def _settle_titles(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> None:
    """Of all labels with titles one is the action's: the lowest that differs most."""
    titles = [each for each in seen if roles[each.key] in _TITLES and each.texts]
    titles += [each for each in seen if each not in titles and _may_be_title(each, roles)]
    if not any(map(_differs, titles)):
        counted = [each for each in seen if _has_number(each, seen, roles)]
        roles.update((each.key, ColumnRole.ACTION) for each in counted)
        titles += counted
    if not any(map(_differs, titles)):
        titles += [
            each for each in seen if each not in titles and _is_title_of_contents(each, roles)
        ]
    titles.sort(key=seen.index)
    _drop_lists(titles, roles)
    titles = [each for each in titles if roles[each.key] is not ColumnRole.NOTE or each.is_row]
    titles = titles or _numbered_titles(seen, roles)
    if not titles:
        return
    may_be = [each for each in titles if not _comes_again_below(each, titles)]
    best = max(may_be, key=lambda each: _action_worth(each, titles))
    titles = sorted([*titles, *_unknown_levels(best, seen, roles)], key=seen.index)
    for each in titles:
        roles[each.key] = ColumnRole.ACTION if each is best else ColumnRole.HEADING
    last = titles.index(best)
    for place, each in enumerate(titles):
        below = place > last and not _TOP_WORDS.search(each.words)
        finer = len(set(each.titles)) > len(set(best.titles)) * _MOST_OF
        finer = finer or each not in may_be
        is_text = each is not best and re.search("内容|概要", each.words)
        is_level = _is_heading_like(each, best) or _is_unknown_level(each)
        if is_text or (below and finer and not is_level):
            roles[each.key] = ColumnRole.DESCRIPTION


def _may_be_title(seen: LabelSeen, roles: dict[Key, ColumnRole]) -> bool:
    """Tell whether a label of other words has what looks like titles: short and all different.

    施策課題 may be one, and so may what begins the rows of a small table with grades.
    """
    titles = [text for text in seen.titles if text]
    if roles[seen.key] not in (ColumnRole.ISSUE, ColumnRole.NOTE) or not titles:
        return False
    short = all(len(text) <= _LONGEST_TITLE and "。" not in text for text in seen.texts)
    if seen.is_row:
        words = [text for text in seen.texts if not is_number(text)]
        named = sum(map(is_section, words)) * 2 < len(words) == len(set(words))
        return short and named and not INDICATORS.search(seen.words)
    different = len(set(titles)) == len(titles) > 1
    named = TITLE_WORDS.fullmatch(seen.words) is not None
    return short and different and named


def _comes_again_below(seen: LabelSeen, titles: list[LabelSeen]) -> bool:
    """Tell whether few values stand below titles that all differ: 支援事業名 is no title then."""
    if _per_form(seen) > _ABOUT_ONE or len(seen.by_form) < _FEW_FORMS:
        return False
    few = len(set(seen.titles)) < _FEW_OF * len(seen.by_form)
    above = titles[: titles.index(seen)]
    return few and any(_differs(each) and len(each.by_form) >= len(seen.by_form) for each in above)


def _differs(seen: LabelSeen) -> bool:
    """Tell whether each form has a title of its own."""
    titles = [text for text in seen.titles if text]
    return len(set(titles)) == len(titles) > 1


def _has_number(label: LabelSeen, seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> bool:
    """Tell whether other words name what a number counts: 公約番号 | 3, 公約 | 遊び場の整備."""
    counted = any(
        roles[each.key] is ColumnRole.NUMBER and _NUMBER_OF.sub("", each.words) == label.words
        for each in seen
    )
    titles = [text for text in label.titles if text]
    short = all(len(text) <= _LONGEST_TITLE and "。" not in text for text in titles)
    return counted and short and _is_unknown(label, roles) and _differs(label)


def _is_title_of_contents(seen: LabelSeen, roles: dict[Key, ColumnRole]) -> bool:
    """Tell whether 施策内容 has the titles, where no other label has one for each form."""
    titles = [text for text in seen.titles if text]
    short = all(len(text) <= _LONGEST_TITLE and "。" not in text for text in titles)
    named = TITLE_WORDS.fullmatch(seen.words) is not None
    is_open = roles[seen.key] is ColumnRole.DESCRIPTION and not any(map(_is_list, titles))
    return is_open and short and named and not seen.dated and _differs(seen)


def _is_list(text: str) -> bool:
    """Tell whether a text has several lines with signs before them."""
    return len(lines_in(text)) > 1 and has_signs(text)


def _unknown_levels(
    best: LabelSeen, seen: list[LabelSeen], roles: dict[Key, ColumnRole]
) -> list[LabelSeen]:
    """Return labels of unknown words above that of the action, with numbered titles."""
    found = []
    alone = not {roles[each.key] for each in seen if each is not best} & {*_TITLES}
    last = best.place[0] + _ROWS_BELOW if len(best.by_form) >= _FEWEST_FORMS else 0
    for each in seen:
        is_above = seen.index(each) < seen.index(best)
        is_column = each.side is ValueSide.BELOW and _per_form(each) > _ABOUT_ONE
        if is_column or (not is_above and (each.place[0] > last or each is best)):
            continue
        titles = [text for text in each.titles if text]
        known = weights_in_form(each.words).keys() - {ColumnRole.ISSUE}
        is_open = roles[each.key] in (ColumnRole.NOTE, ColumnRole.ISSUE)
        if not is_open or known or PEOPLE.fullmatch(each.words) or each.side is ValueSide.ALONE:
            continue
        short = all(len(text) <= _LONGEST_TITLE and "。" not in text for text in titles)
        inside = _numbered_share(each)
        again = len(set(titles)) < len(titles)
        surely = again if not is_above else again or inside == 1
        led = bool(titles) and inside > _MOST_OF and surely
        coded = alone and is_above and _has_code_before(each, seen, roles)
        if short and (led or coded or (alone and _recurs(each, roles))):
            found.append(each)
    return found


def _has_code_before(
    label: LabelSeen, seen: list[LabelSeen], roles: dict[Key, ColumnRole]
) -> bool:
    """Tell whether the label before it in its row has the number: 施策コード | 31 | 施策名 | …."""
    at = seen.index(label)
    before = seen[at - 1] if at else None
    is_number_of = before is not None and roles[before.key] is ColumnRole.NUMBER
    return is_number_of and before is not None and before.place[0] == label.place[0]


def _recurs(seen: LabelSeen, roles: dict[Key, ColumnRole]) -> bool:
    """Tell whether a few titles come again and again, and are nothing else by their look."""
    titles = [text for text in seen.titles if text]
    few = 1 < len(set(titles)) < _FEW_OF * len(titles)
    is_other = _has_sections(seen) or seen.grades > _SOME or _has_directions(seen)
    digits = any(map(is_date, titles)) or seen.share(_DIGITS) > 0
    return few and _is_unknown(seen, roles) and not is_other and not digits


def _numbered_titles(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> list[LabelSeen]:
    """Return labels of unknown words with short numbered titles, where no label is known."""
    found = [
        each
        for each in seen
        if _is_unknown(each, roles)
        and _numbered_share(each) > _NEARLY_ALL
        and all(len(text) <= _LONGEST_TITLE and "。" not in text for text in each.titles)
    ]
    forms = max((len(each.by_form) for each in found), default=0)
    return found if any(len(set(each.titles)) == forms for each in found) else []


def _numbered_share(seen: LabelSeen) -> float:
    """Return the share of forms with a title that has its number before it."""
    led = sum(
        any(numbered(text).number and numbered(text).title for text in texts)
        or (any(map(is_number, texts)) and not all(map(is_number, texts)))
        for texts in seen.by_form.values()
    )
    return led / max(len(seen.by_form), 1)


def _is_unknown_level(seen: LabelSeen) -> bool:
    """Tell whether numbered titles show a level, whose words do not."""
    return not weights_in_form(seen.words) and _numbered_share(seen) > _NEARLY_ALL


def _is_heading_like(each: LabelSeen, best: LabelSeen) -> bool:
    """Tell whether a label after the action's still names what is above it (施策体系)."""
    if _ACTION_WORDS.fullmatch(best.words) and not _ACTION_WORDS.fullmatch(each.words):
        return _ABOVE.fullmatch(each.words) is not None
    own = weights_in_form(each.words)
    forms = max(len(best.by_form), 1)
    again = len(set(each.titles)) < 0.7 * forms
    return own.get(ColumnRole.HEADING, 0.0) > _MOST_OF and (again or forms < _FEW_FORMS)


def _drop_lists(titles: list[LabelSeen], roles: dict[Key, ColumnRole]) -> None:
    """Titles in a small table that lists what belongs to the form are no titles of it."""
    singles = [each for each in titles if _per_form(each) <= _ABOUT_ONE]
    for each in titles:
        if _per_form(each) > _ABOUT_ONE and each.side is ValueSide.BELOW:
            told = re.search(r"評価|進捗|状況|実績|成果", each.mates)
            if not told and singles:
                roles[each.key] = ColumnRole.NOTE


def _per_form(seen: LabelSeen) -> float:
    forms = len(seen.by_form)
    named = sum(1 for texts in seen.by_form.values() for text in texts if not is_number(text))
    return named / forms if forms else 0.0


def _action_worth(seen: LabelSeen, titles: list[LabelSeen]) -> float:
    forms = max((len(each.by_form) for each in titles), default=1)
    words = seen.words
    weights = weights_in_form(words)
    distinct = len(set(seen.titles)) / max(forms, 1)
    if _per_form(seen) > _ABOUT_ONE:
        distinct = 1.2  # a table of actions in the form
    word = 0.0
    if _ACTION_WORDS.fullmatch(words) and not re.search("内容|概要|状況|上位|関連|予算", words):
        word = 0.7
    word += 0.3 * (weights.get(ColumnRole.ACTION, 0.0) - weights.get(ColumnRole.HEADING, 0.0))
    if re.search("内容|概要|予算|関連", words):
        word -= 0.8
    if _TOP_WORDS.search(words):
        word -= 0.5
    place = titles.index(seen) / max(len(titles), 1)
    return 1.5 * distinct + word + 0.4 * place + 0.2 * bool(_NAME.search(words))


def _levels(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> dict[Key, int]:
    headings = _from_the_top([each for each in seen if roles[each.key] is ColumnRole.HEADING])
    found: dict[Key, int] = {}
    depth = 0
    for each in headings:
        found[each.key] = depth
        depth += len(each.step_words)
    found.update((each.key, depth) for each in seen if roles[each.key] is ColumnRole.ACTION)
    for each in seen:
        if roles[each.key] is ColumnRole.NUMBER:
            of = _numbered_by(each, headings)
            found[each.key] = found[of.key] if of is not None else depth
    return found


def _numbered_by(number: LabelSeen, headings: Sequence[LabelSeen]) -> LabelSeen | None:
    """Return the level whose number a label has by its words: 施策コード, 施策名."""
    stem = _NUMBER_OF.sub("", number.words)
    return next((each for each in headings if stem and each.words.startswith(stem)), None)


def _from_the_top(headings: list[LabelSeen]) -> list[LabelSeen]:
    """Return headings so that each stands below those which it is a part of.

    They are printed from the top as a rule. Where fewer titles of one go with more of the one
    before it, and always the same with the same, it is above that; where the titles leave it
    open, their usual words and the numbers that they share tell.
    """
    ordered: list[LabelSeen] = []
    for each in headings:
        at = len(ordered)
        while at and _is_above(each, ordered[at - 1]):
            at -= 1
        ordered.insert(at, each)
    return ordered


def _is_above(one: LabelSeen, other: LabelSeen) -> bool:
    """Tell whether the titles of one label are surely those above the other's."""
    pairs = {
        (squeezed("".join(one.by_form[form])), squeezed("".join(texts)))
        for form, texts in other.by_form.items()
        if form in one.by_form
    }
    firsts, seconds = len({first for first, _ in pairs}), len({second for _, second in pairs})
    if len(pairs) == seconds and firsts < seconds:
        return True
    if len(pairs) == firsts and seconds < firsts:
        return False
    return _rank(one) < _rank(other)


def _rank(seen: LabelSeen) -> int:
    """Return the usual depth of a level by its words; unknown ones are in the middle."""
    return next((at for at, words in enumerate(_RANKS) if words.search(seen.words)), 2)


_RANKS = tuple(
    map(
        re.compile,
        (
            "理念|将来像|都市像|まちの姿|大綱",
            "(?<!施)政策|基本目標|分野|章|編|大項目",
            "$^",
            "(?<!基本)(?<!重点)施策(?:名|名称)?$|小項目|小施策|事業",
        ),
    )
)


def _settle_numbers(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> None:
    """Take a number that is the same everywhere, or beside titles with their own, for a code.

    That of a level is one, too, where one title of the level has several.
    """
    headings = [each for each in seen if roles[each.key] is ColumnRole.HEADING]
    titles = [text for each in seen if roles[each.key] is ColumnRole.ACTION for text in each.texts]
    numbered_inside = sum(bool(numbered(text).number) for text in titles)
    for each in seen:
        if roles[each.key] is ColumnRole.NUMBER:
            same = len(each.texts) > 1 and len(set(each.texts)) == 1
            of = _numbered_by(each, headings)
            differs = of is not None and _has_several(of, each)
            if same or differs or numbered_inside * 2 >= len(titles) > 0:
                roles[each.key] = ColumnRole.NOTE


def _settle_months(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> None:
    """Leave out a time that stands above all forms: it is that of the plan (計画期間)."""
    for each in seen:
        is_above, is_same = each.place[0] < 0, len(set(each.texts)) == 1 < len(each.texts)
        if roles[each.key] in _MONTHS and is_above and is_same:
            roles[each.key] = ColumnRole.IGNORED


def _has_several(heading: LabelSeen, number: LabelSeen) -> bool:
    """Tell whether most titles of a level that come again have another number each time."""
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for form, texts in heading.by_form.items():
        numbers[squeezed("".join(texts))] += number.by_form.get(form, [])
    again = [found for found in numbers.values() if len(found) > 1]
    return sum(len(set(found)) == len(found) for found in again) > _MOST_OF * len(again)


def _settle_statuses(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> None:
    """Of several grades of the form (and a year) the one that sums it up is the status."""
    rivals = [each for each in seen if roles[each.key] is ColumnRole.STATUS and each.texts]
    best = max(rivals, key=_status_worth, default=None)
    for each in rivals:
        same = best and each.words == best.words and each.dated and best.dated
        if each is not best and not same:
            roles[each.key] = ColumnRole.NOTE


def _status_worth(seen: LabelSeen) -> float:
    words = f"{seen.words}{seen.key[1]}"
    return (
        bool(_WHOLE.search(words))
        + 0.5 * bool(re.search("進捗|達成", seen.words))
        + weights_in_form(seen.words).get(ColumnRole.STATUS, 0.0)
        + 0.5 * seen.grades
        - 0.5 * (seen.side is ValueSide.BELOW and len(seen.texts) > 2 * len(seen.by_form))
        - 0.3 * bool(re.search("性$|必要|有効|効率|妥当|公平", seen.words))
    )


def _settle_next_year(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> None:
    """Take R5年度の取組 beside R4年度の実績 for what comes next, where nothing else tells it."""
    if {ColumnRole.OUTLOOK, ColumnRole.DIRECTION} & {roles[each.key] for each in seen}:
        return
    years = {
        each.key: year
        for each in seen
        if roles[each.key] in (*_MAY_BE_NEXT, ColumnRole.STATUS)
        and (year := year_of(each.printed, _ANY_YEAR)) is not None
    }
    last = max(years.values(), default=0)
    later = [each for each in seen if years.get(each.key) == last]
    told = [key for key, year in years.items() if year < last]
    if len(later) != 1 or not told or _tells_the_past(later[0]):
        return
    if roles[later[0].key] in _MAY_BE_NEXT:
        roles[later[0].key] = ColumnRole.OUTLOOK


def _settle_progress(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> None:
    """Where something tells what was done, the reasons of a grade are notes.

    Where nothing does, take 内容 after the description, or what was written of the grade.
    """
    told = [each for each in seen if roles[each.key] is ColumnRole.PROGRESS and each.texts]
    reason = re.compile(".*(?:理由|根拠|コメント|所見|評価内容|評価の?説明|判定理由).*")
    main = [each for each in told if not reason.fullmatch(each.words)]
    if not main:
        described = [each for each in seen if roles[each.key] is ColumnRole.DESCRIPTION]
        done = [each for each in described if _tells_the_past(each)]
        main = done[-1:] or [each for each in described[1:] if _DONE.fullmatch(each.words)][-1:]
        for each in main:
            roles[each.key] = ColumnRole.PROGRESS
    if main:
        for each in told:
            if each not in main:
                roles[each.key] = ColumnRole.NOTE


_DONE = re.compile("(?:取り?組み?|実施|活動|具体的)(?:の|な)?.{0,4}内容")
_PAST = re.compile(r"(?:た|済み?|中|である|増|減)[。．）)]?\s*$")


def _tells_the_past(seen: LabelSeen) -> bool:
    texts = [text for text in seen.texts if not is_nothing(text)]
    return sum(1 for each in texts if _PAST.search(each)) > _MOST_OF * max(len(texts), 1)


_DEPARTMENT = re.compile(".*(?:部|局|部局)(?:名|等)?")
_UNIT = re.compile("[^課室]*(?:係|班)(?:名|等)?")


def _settle_sections(seen: list[LabelSeen], roles: dict[Key, ColumnRole]) -> None:
    """Where departments, sections and their units are named, the sections answer."""
    named = [each for each in seen if roles[each.key] is ColumnRole.SECTION and each.texts]
    for others in (_DEPARTMENT, _UNIT):
        found = [each for each in named if others.fullmatch(each.words)]
        if len(found) < sum(roles[each.key] is ColumnRole.SECTION for each in named):
            roles.update((each.key, ColumnRole.NOTE) for each in found)
    for each in named:
        if each.texts and not any(map(is_section, each.texts)) and len(named) > 1:
            roles[each.key] = ColumnRole.NOTE
