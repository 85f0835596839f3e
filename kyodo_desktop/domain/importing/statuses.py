"""The statuses of a table: what a mark means, and those that are met while it is read."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import MARK, is_mark
from kyodo_desktop.domain.importing.found_plan import Form
from kyodo_desktop.domain.importing.mapping import StatusChoice
from kyodo_desktop.domain.importing.plain import is_nothing, one_line, squeezed, status_key
from kyodo_desktop.domain.plan import USUAL_COLOURS, StatusKind
from kyodo_desktop.domain.vocabulary import StatusEntry

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.domain.importing.sheet_view import SheetView


# The first rule that fits decides. The words are squeezed.
_WORDS = (
    (r"あまり|一部|やや|少し|(?<!大)部分|半分", StatusKind.ONGOING),
    (
        r"not_?started|todo|pending|進捗なし|評価なし|未評価|予定なし|未着手|未実施|実施していない|着手していない|これから|今後実施|実施予定|未定|できていない$|実施でき(?:なかった|ず)",
        StatusKind.NOT_STARTED,
    ),
    (r"対象(?:外|なし)|該当なし|非該当", StatusKind.STOPPED),  # nothing is late
    (r"cancel|stopped|中止|廃止|休止|取りやめ|取り止め|断念|凍結", StatusKind.STOPPED),
    (
        r"未達|遅れ|遅延|下回|不十分|ほとんど|進んでいない|困難|要改善|継続中|実施中|検討中|推進中|着手|取組中|進行中",
        StatusKind.ONGOING,
    ),
    (
        r"目途|めど|見込|概ね|おおむね|大部分|ほぼ|もう少し|近い|順調に進|完了予定|達成予定",
        StatusKind.NEAR,
    ),
    (
        r"(?:計画|予定)(?:通り|どおり|以上|を上回|より)|目標(?:通り|どおり|以上|を上回)(?!.*達成)|順調|継続|現状維持|拡充|充実|検討|準備|調整",
        StatusKind.ONGOING,
    ),
    (
        r"完了|終了|終$|^終|済|達成|完成|実現|実施した|実施|導入した|整備した|^完$|^done$|completed?|finished",
        StatusKind.DONE,
    ),
)
_PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind in _WORDS)
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)%")
_RATE = re.compile(r"(?:達成|進捗|完了|実施)率?([0-9]{1,3}(?:\.[0-9]+)?)%")
_COLOURS = frozenset(("青", "緑", "黄", "赤", "白", "青色", "緑色", "黄色", "赤色"))
_WHOLE = 100
_MARKS = {
    "✓": StatusKind.DONE,
    "レ": StatusKind.DONE,
    "●": StatusKind.DONE,
    "■": StatusKind.DONE,
    "◎": StatusKind.DONE,
    "◇": StatusKind.NEAR,
    "×": StatusKind.NOT_STARTED,
    "✕": StatusKind.NOT_STARTED,
    "-": StatusKind.NOT_STARTED,
}
_USUAL_LABELS = {"✓": StatusKind.DONE, "◇": StatusKind.NEAR, "・": StatusKind.ONGOING}


def kind_of(mark: str, words: str) -> StatusKind:
    """Return the kind that the words tell, else the mark; what tells nothing is going on."""
    for text in (words, mark):
        key = squeezed(text)
        share = _SHARE.fullmatch(key) or _RATE.search(key)
        if share is not None:
            return _kind_of_share(float(share[1]))
        for pattern, kind in _PATTERNS:
            if key and pattern.search(key):
                return kind
    return _MARKS.get(status_key(mark), StatusKind.ONGOING)


def _kind_of_share(percent: float) -> StatusKind:
    if percent >= _WHOLE:
        return StatusKind.DONE
    return StatusKind.ONGOING if percent else StatusKind.NOT_STARTED


def tells_kind(words: str) -> bool:
    """Tell whether words are such as statuses have."""
    key = squeezed(words)
    return key in _COLOURS or any(pattern.search(key) for pattern, _ in _PATTERNS)


def usual_label(mark: str) -> str:
    """Return the word of a mark that nothing explains: of ✓ ◇ ・ the usual one, else the mark."""
    kind = _USUAL_LABELS.get(status_key(mark))
    return kind.label if kind else mark


_SIGNS = "○◎△×✕✖✓✔◇◆□■●▲▼☆★・※→↑↓⇒◯〇レ―－‐–—①-⑳\\-"
_MARK = (
    r"(?:[「『\[［【(（]\s*)?"
    rf"(?P<mark>[{_SIGNS}]|[A-Za-zＡ-Ｚａ-ｚ0-9０-９][+\-＋－]?|[完終済未継中新廃実検統青黄赤緑])"
    r"(?:\s*[」』\]］】)）])?"
)
_TIE = r"\s*(?:[：:＝=→⇒]|…+|\.{2,}|・{2,}|‥+)\s*"
_TIED = re.compile(rf"(?:^|(?<=[\s　、，,；;／/（(「【\[】\]｜|。・]))\s*{_MARK}{_TIE}(?=\S)")
# What a legend is of, before its first mark: ※評価：, （評価）
_LEAD = re.compile(
    r"^(?:[\s※*＊]*(?:[（(][^()（）:：]{2,12}[)）]\s*[:：]?|[^\s()（）:：＝=…]{2,12}\s*[:：])|[※*＊])\s*"
    rf"(?={_MARK}{_TIE}\S)"
)
# Signs need no tie: ✓完了　◇完了の目途　・継続中　－未着手
_BARE = re.compile(
    r"(?:^|(?<=[\s　、，,；;／/（(「】\]：:｜|。]))"
    r"(?P<mark>[○◎△×✕✓✔◇◆□■●▲☆★・◯〇①-⑳](?=\s*[一-龠ぁ-んァ-ヶ])|[－―–-](?=[一-龠ぁ-んァ-ヶ]))\s*"
)
# Steps need none either: 1検討→2調整→3決定, nor letters with room behind: Ａ 達成　Ｂ 未達成
_STEP = re.compile(
    r"(?:^|(?<=[→⇒、，,　 :：】]))\s*"
    r"(?P<mark>[0-9０-９]|[SA-HＳＡ-Ｈ](?=\s))(?=\s*[一-龠ぁ-んァ-ヶ])"
)
_ARROW = re.compile("[→⇒]")
_COUNTED = "0123456789SABCDEFGH"
_SAID = re.compile(r"[\s　:：＝=…→⇒.．、・(（]+")
_TRAIL = " 　、，,；;／/｜|。」】"
_LABEL_LIMIT = 20
_COUNT = re.compile(r"[0-9.,]+(?:%|件|項目|事業|施策)?")
_FEWEST, _FEWEST_STEPS, _MOST_CELLS = 2, 3, 4
_LONGEST_LINE = 80
_OF_DIRECTIONS = re.compile("方向性")
_WIDE_GAP = re.compile("　　|  ")


def pairs_in(text: str) -> list[tuple[str, str]]:
    """Return (mark, words) of a line that explains marks; at least two of them, else none."""
    text = _LEAD.sub("", text)
    for pattern in (_TIED, _BARE):
        found = list(pattern.finditer(text))
        if len(found) >= _FEWEST:
            ends = [each.start() for each in found[1:]] + [len(text)]
            pairs = [
                (each["mark"], _words(text[each.end() : end]))
                for each, end in zip(found, ends, strict=True)
            ]
            if _is_legend(pairs):
                return pairs
    return _steps_in(text)


def _steps_in(text: str) -> list[tuple[str, str]]:
    """Return steps that count up, the most advanced first: it is there that they lead."""
    found = list(_STEP.finditer(text))
    if len(found) < _FEWEST_STEPS:
        return []
    ends = [each.start() for each in found[1:]] + [len(text)]
    pairs = [
        (each["mark"], _words(text[each.end() : end]))
        for each, end in zip(found, ends, strict=True)
    ]
    counts = [_COUNTED.index(squeezed(mark).upper()) for mark, _ in pairs]
    if counts != list(range(counts[0], counts[0] + len(counts))) or not _is_legend(pairs):
        return []
    return pairs[::-1] if _ARROW.search(text) else pairs


def explained_in(
    view: SheetView, rows: Iterable[int], met: dict[str, str], columns: Container[int]
) -> list[tuple[str, str]]:
    """Return what some rows say of statuses that the table has, by their keys in `met`.

    A cell begins with one, or holds one beside its words; cells of `columns` are of the table.
    """
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        cells = view.row(row)
        for column, text in cells.items():
            if column in columns:
                continue
            mark, words = _explained(text, met)
            beside = cells.get(column + 1, "")
            if not mark and status_key(text) in met and beside and status_key(beside) not in met:
                mark, words = text, one_line(beside)
            if mark and words and not _COUNT.fullmatch(squeezed(words)):
                found.setdefault(status_key(mark), (mark, words))
    return list(found.values()) if len(found) >= _FEWEST else []


def _explained(text: str, met: dict[str, str]) -> tuple[str, str]:
    line = one_line(text)
    tie = _SAID.search(line)
    if tie is None or len(line) > _LONGEST_LINE:
        return "", ""
    mark = line[: tie.start()]
    return (mark, _words(line[tie.end() :])) if status_key(mark) in met else ("", "")


def _words(text: str) -> str:
    """Return what is said of a mark: no sign that only ends it, nothing after a wide gap."""
    words = one_line(_WIDE_GAP.split(text.strip(_TRAIL + "→⇒"))[0]).strip(_TRAIL)
    for opening, closing in ("（）", "()"):
        if words.endswith(closing) and words.count(opening) < words.count(closing):
            words = words[:-1]
    return words


def _is_legend(pairs: list[tuple[str, str]]) -> bool:
    """Tell whether each mark has words of its own; counts and shares are no words."""
    marks = {mark for mark, _ in pairs}
    return len(marks) == len(pairs) and all(
        words and not _COUNT.fullmatch(squeezed(words)) for _, words in pairs
    )


def legends_in(
    view: SheetView, rows: Iterable[int], *, of_directions: bool = False
) -> list[list[tuple[str, str]]]:
    """Return the legends of some rows: of single cells, and of rows with a mark and its words.

    Those of 今後の方向性 are left out unless they are asked for.
    """
    legends: list[list[tuple[str, str]]] = []
    column: list[tuple[str, str]] = []
    for row in rows:
        texts = list(view.row(row).values())
        if not of_directions:
            texts = [text for text in texts if not _OF_DIRECTIONS.search(text)]
        pair = _pair_of(texts)
        if pair is not None:
            column.append(pair)
            continue
        if len(column) >= _FEWEST:
            legends.append(column)
        column = []
        legends += [pairs for text in texts if (pairs := pairs_in(text.replace("\n", "　")))]
        across = _pairs_across(texts)
        if across:
            legends.append(across)
    if len(column) >= _FEWEST:
        legends.append(column)
    return legends


def _pair_of(texts: list[str]) -> tuple[str, str] | None:
    """Return the mark and the words of a row that has little else."""
    for mark, words in pairwise(texts[:3]):
        if is_mark(mark) and not is_mark(words) and len(texts) <= _MOST_CELLS:
            return mark, one_line(words)
    alone = _LEAD.sub("", texts[0]) if len(texts) == 1 else ""
    single = re.match(rf"{_MARK}{_TIE}(?P<words>\S.*)$", alone)
    if single is not None and not re.search(_TIED, single["words"]):
        return single["mark"], _words(single["words"])
    return None


def _pairs_across(texts: list[str]) -> list[tuple[str, str]]:
    """Return the pairs of a row with mark, words, mark, words side by side."""
    found = [
        (mark, one_line(words))
        for mark, words in pairwise(texts)
        if is_mark(mark) and not is_mark(words)
    ]
    enough = len(found) >= _FEWEST and len(texts) <= 2 * len(found) + 1
    return found if enough and _is_legend(found) else []


def _means(key: str, mark: str, words: str) -> bool:
    """Tell whether a cell is the mark, its words, or the mark with more beside it."""
    own = status_key(mark)
    return key in (own, status_key(words)) or (
        key.startswith(own) and not key[len(own) :][:1].isalnum()
    )


def choice_of(mark: str, words: str = "", column_words: str = "") -> StatusChoice:
    """Return a status; long words are its definition, and its name is that of the column."""
    kind = kind_of(mark, words).value
    if not words:
        told = not is_mark(mark) or tells_kind(mark)
        return StatusChoice(mark, usual_label(mark), "", kind, told)
    if len(words) <= _LABEL_LIMIT:
        return StatusChoice(mark, words, "", kind)
    head, _, rest = words.partition("（")
    if rest and len(head) <= _LABEL_LIMIT:
        return StatusChoice(mark, head, words, kind)
    return StatusChoice(mark, f"{column_words}{mark}", words, kind)


def status_choices(plan: FoundPlan) -> Iterator[StatusChoice]:
    """Yield the statuses of a plan that was read, to read it again."""
    for each in plan.statuses:
        told = each.mark not in plan.untold
        yield StatusChoice(each.mark, each.label, each.definition, each.kind.value, told)


def best_legend(legends: list[list[tuple[str, str]]], met: Iterable[str]) -> list[tuple[str, str]]:
    """Return the legend that explains most of the statuses which the table has."""
    keys = {status_key(each) for each in met}

    def worth(legend: list[tuple[str, str]]) -> int:
        return sum(1 for key in keys if any(_means(key, *pair) for pair in legend))

    best = max(legends, key=worth, default=[])
    return best if best and (worth(best) or not keys) else []


ENDING = re.compile(
    r"[（(【\[［](?:評価[:：]?)?(?P<mark>[^（()）【】\[\]［］]{1,6})[)）】\]］][。．]?\s*$"
)
_GRADES = frozenset(("未定",))  # what says elsewhere that there is nothing
LONGEST = 30  # characters; what is longer is a text
_FOOTNOTE = re.compile(r"\s*[※*＊][0-9０-９]{0,2}$")
_EXPLAINED = re.compile(
    r"(?P<mark>[^\s:：(（]{1,2})(?:\s*[:：]\s*(?P<words>[^\n]{1,20})|\s*[(（](?P<inside>[^)）]*)[)）])"
)
_BULLET = re.compile(r"^[・●]\s*(?=[A-Za-zＡ-Ｚａ-ｚ0-9○◎△×]$)")  # ・A, a line of several
_TWO = re.compile("^([A-Za-zＡ-Ｚａ-ｚ])([○◯◎△×▲●])$")  # A○: a grade and a sign beside it
_PARTS = re.compile(r"\s*[\n、，,／/]\s*")
_GAP = re.compile(r"[\s　:：、．.）)]+")


class Marked(NamedTuple):
    """A line and the status that it begins or ends with, or none; the part of the text it is."""

    status: str
    text: str
    start: int
    end: int
    form: Form = Form.LED


class Statuses:
    """Finds the status that a text means."""

    def __init__(self, choices: Iterable[StatusChoice]) -> None:
        self.choices: list[StatusChoice] = []
        self._marks: dict[str, str] = {}
        self._found: dict[str, str | None] = {}
        for each in choices:
            self._add(each)

    def _add(self, choice: StatusChoice) -> None:
        if not choice.mark or status_key(choice.mark) in self._marks:
            return
        self.choices.append(choice)
        mark, label = choice.mark, choice.label
        for text in (
            mark,
            label,
            f"{mark}{label}",
            f"{mark}:{label}",
            f"{mark}({label})",
            f"{mark}={label}",
        ):
            if text:
                self._marks.setdefault(status_key(text), mark)
        self._found.clear()
        self._lead = self._lead_pattern()

    def known(self, text: str) -> str | None:
        """Return the mark of a status that a whole cell means, if it is one we know."""
        if text not in self._found:
            key = status_key(text)
            self._found[text] = self._marks.get(key) or self._marks.get(key.strip("()[]【】「」"))
        return self._found[text]

    def of_cell(self, text: str) -> list[str] | None:
        """Return the marks of a cell of grades, met now or before; None where it is a text."""
        known = self.known(text)
        if known is not None:
            return [known]
        before, arrow, after = text.rpartition("→")
        if arrow and is_mark(before.strip()) and is_mark(after.strip()):
            return self.of_cell(after.strip())
        if is_nothing(text) and squeezed(text) not in _GRADES:
            return []
        plain = _TWO.sub("\\1\n\\2", _BULLET.sub("", _FOOTNOTE.sub("", text.strip())))
        parts = [part for part in _PARTS.split(plain) if part]
        if len(parts) > 1 and (
            all(map(is_mark, parts)) or all(self.known(part) is not None for part in parts)
        ):
            return [mark for part in parts for mark in self.of_cell(part) or ()]
        return self._of_words(plain)

    def _of_words(self, text: str) -> list[str] | None:
        """Return the mark of a single grade, perhaps with its meaning: Ａ（順調）."""
        found = _EXPLAINED.fullmatch(text)
        mark = found["mark"] if found is not None else one_line(text)
        if self.known(mark) is not None:
            return [self.known(mark) or mark]
        if len(mark) > LONGEST or "。" in mark:
            return None
        inside = found["inside"] or "" if found is not None else ""
        said = (found["words"] or "") if found is not None else ""
        self._add(choice_of(mark, said or (inside if tells_kind(inside) else "")))
        return [mark]

    def lines_of(self, text: str) -> list[Marked]:
        """Split a text at the lines that begin with a status (✓…, ◇…, ・…)."""
        found: list[Marked] = []
        at = 0
        for line in text.split("\n"):
            mark, rest = self._led(line)
            if mark or not found:
                found.append(Marked(mark, rest.strip(), at, at + len(line)))
            else:
                words = f"{found[-1].text}\n{line}"
                found[-1] = found[-1]._replace(text=words, end=at + len(line))
            at += len(line) + 1
        lines = [self._ended(each._replace(text=each.text.strip())) for each in found]
        return [each for each in lines if each.status or each.text]

    def _ended(self, line: Marked) -> Marked:
        """Return a line whose status stands in brackets at its end: 開催した。（○）."""
        found = None if line.status else ENDING.search(line.text)
        mark = self.known(found["mark"]) if found else None
        if found is None or mark is None:
            return line
        text = line.text[: found.start()].rstrip()
        return line._replace(status=mark, text=text, form=Form.ENDED)

    def _led(self, line: str) -> tuple[str, str]:
        found = self._lead.match(line) if self.choices else None
        if found is None:
            return "", line
        groups = found.groupdict()
        mark = self.known(groups.get("mark") or groups["word"])
        return (mark, line[found.end() :].strip()) if mark else ("", line)

    def _lead_pattern(self) -> re.Pattern[str]:
        """Signs may touch the text; letters and words are parted from it."""
        signs = {each.mark for each in self.choices if MARK.fullmatch(status_key(each.mark))}
        same = (
            "".join(re.escape(each) for each in signs)
            + ("○◯〇" if signs & set("○◯〇") else "")
            + ("✓✔☑" if signs & set("✓✔☑") else "")
            + ("・･" if signs & set("・･") else "")
        )
        words = sorted(
            {text for each in self.choices for text in (each.mark, each.label) if text},
            key=len,
            reverse=True,
        )
        word = "|".join(re.escape(each) for each in words)
        sign = rf"(?P<mark>[{same}])\s*|" if same else ""
        second = rf"[【\[（(]?(?P<word>{word})(?:[】\]）)]\s*|{_GAP.pattern}|$)"
        return re.compile(rf"\s*(?:{sign}{second})")

    def explains(self, legend: Iterable[tuple[str, str]]) -> bool:
        """Tell whether a legend is that of the statuses."""
        known = {(status_key(each.mark), status_key(each.label)) for each in self.choices}
        return any((status_key(mark), status_key(words)) in known for mark, words in legend)

    @property
    def untold(self) -> tuple[str, ...]:
        """The marks of which nobody has said what they mean."""
        return tuple(each.mark for each in self.choices if not each.told)

    @property
    def entries(self) -> tuple[StatusEntry, ...]:
        """The statuses as a plan keeps them."""
        return tuple(
            StatusEntry(
                each.mark,
                each.label,
                each.definition,
                StatusKind(each.kind),
                USUAL_COLOURS[StatusKind(each.kind)],
            )
            for each in self.choices
        )
