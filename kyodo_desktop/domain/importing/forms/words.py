"""The words of labels in forms, and what is surely none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.cell_words import is_date, is_mark, is_section
from kyodo_desktop.domain.importing.columns import without_years
from kyodo_desktop.domain.importing.header_words import Weights, is_year, weights_of
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import is_number, numbered
from kyodo_desktop.domain.importing.plain import is_nothing, squeezed
from kyodo_desktop.domain.importing.row_words import is_note
from kyodo_desktop.domain.importing.statuses import tells_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = "#"  # and a number: the words of a line that has no label
NUMBERED = f"{LINE}No"  # the words of a text that stands beside the number of the form
OVER = f"{LINE}見出し"  # and a number: those of a line that stands above several forms
YEAR = "年度"  # the words of a label that is a year and nothing else
_LONGEST_EVERYDAY, _EVERYDAY_SURE = 12, 0.5
_LONGEST, _LONGEST_STRICT, _SHORTEST_HEAD = 40, 20, 2
_BOXES = re.compile("[■□☑☐]")  # before printed choices
_UNTICKED = frozenset("☐☑☒✅✓✔")  # no label begins with them, but choices do
_OPEN, _SHUT = "<＜《〔［[【「『", ">＞》〕］]】」』"
_SIGNS = re.compile(r"^[\s■□☐☑☒✅✓●○◎◆◇▼▽▶▷★☆*＊・]+|[\s:：]+$")
_BRACKETS = re.compile(r"[(（\[【〔].*?[)）\]】〕]")
_KINDS = (
    "施策|政策|事業|事務事業|取組|取り組み|取組み|取組項目|項目|目標|方針|方向|的方向|計画|戦略|課題|分野|部門|柱|節|章"
    "|プロジェクト|プラン|改革|将来像|都市像|まちの姿|実行計画|行動計画|アクションプラン|体系|テーマ|視点|領域|分類|区分|大綱|方策"
)
_BEFORE = (
    "事務|具体的な?|個別|実施|取組|主要|主な|関連|重点|推進|基本|構成|予算|単位|上位|総合計画|大|中|小|細"
    "|改革|実行|行動|対象|評価対象|目標|将来|市|政策|施策|の"
)
TITLE_WORDS = re.compile(
    rf"(?:{_BEFORE})*(?:{_KINDS})(?:の)?(?:名|名称|番号|コード|no\.?|№|内容|方向性?|柱|位置付け|位置づけ|体系)?"
)
_ENDINGS = re.compile(
    r".*(?:軸|名|名称|番号|no\.?|№|コード|課|グループ|部署|部局|所属|所管|主体|担当|担当者|責任者|内容|概要|目的|趣旨|背景|対象|手段|意図|ねらい|現状|状況|(?:今後|次年度|来年度|翌年度|今年度|本年度)(?:の|に|へ).*(?:取組|取り組み|展開|対応)|妥当性|有効性|効率性|必要性|公平性|緊急性|優先度|優先性|達成度"
    r"|実績|成果|結果|効果|評価|判定|達成度|進捗度|進捗|進捗率|達成率|課題|問題点?|方向性|方針|今後の.*|改善策|改善点|改善内容|対応|対応策|理由|根拠|根拠法令"
    r"|備考|特記事項|年度|期間|時期|期限|予定|開始|終了|目標|指標|目標値|実績値|基準値|区分|分類|ランク|欄|意見|コメント|所見|説明|記入日|評価日|作成日|更新日"
    r"|連絡先|電話|内線|事業費|予算科目|会計|予算額?|決算額?|コスト|人件費|単位|計画|スケジュール|ポイント|有無|見直し|改善|検証|総括)(?:等|など)?"
)
_CHOICES = re.compile(
    r"(?:現状)?(?:維持|継続)|拡充|拡大|充実|強化|改善|見直し|縮小|統合|廃止|休止|中止|終了|完了|新規|推進|検討中?|順調|概ね順調|やや遅れ.*|遅れ.*"
    r"|達成|未達成|未着手|実施中?|実施済み?|直営|委託|補助|有|無|あり|なし|該当|非該当|高い|低い|[高中低]|ソフト|ハード"
)
_OR = r"(?:又は|または|もしくは|[・･/／、,，|｜\s])"
_ANSWERED = re.compile(
    rf"[(（\[［【〔](?=.*{_OR}.*[)）\]］】〕])(?:[^)）\]］】〕]*{_OR})?(?P<answer>[^)）\]］】〕\s]+?)"
    rf"(?:{_OR}[^)）\]］】〕]*)?[)）\]］】〕][\s:：]*(?P=answer)"
)
_INLINE = re.compile(
    r"(?P<label>[^：:\n。、]{1,24}?)\s*(?:[：:]\s*|(?<=[】〕］\]])\s*)(?P<value>[^\n]*)"
)
# A blank between brackets that was filled in, 担当課（　総務課　）, and a number: No. 12.
_FILLED_BLANK = re.compile(
    r"(?P<label>[^（(：:\n。、]{1,16}?)\s*[（(](?=[ 　])(?P<value>[^（）()\n]*)[)）]\s*$"
)
_NUMBER_CELL = re.compile(
    r"(?P<label>no\.?|№|.{0,4}番号)[\s.．]*(?P<value>[0-9０-９][0-9０-９A-Za-z-]*)$", re.IGNORECASE
)
_NEXT_INLINE = re.compile(
    r"(?:[ \t]{2,}|　{2,}|　 | 　|(?<=[)）])[ 　])\s*"
    r"(?=[^\s：:。、（(]{2,12}(?:\s*[：:]|[（(][ 　]))"
)
_UNSHUT = re.compile(r"[(（〔［\[【「『][^)）〕］\]】」』]*$")  # a bracket that ends elsewhere
_SHORT_NAME = re.compile("[一-龠々ぁ-んァ-ヶー・]{2,8}")
_BRACKETED = re.compile(r"\s*[【〔［\[]")
_OFFICE_WORDS = (
    "(?:作成|記入|報告|提出|回答|実施|推進|取りまとめ|とりまとめ|主務|担任|事業|対応|窓口|評価|統括|主管|主担当|幹事"
    "|担当|所管)(?:担当)?(?:部?局?課|部局|部署|[部局室]|課室|課等|[課局室]名)"
)
_STEP_OF_CYCLE = re.compile("p|plan|d|do|c|check|a|act|action")  # its words are in brackets
_SINGLE_WORDS = frozenset("章節編款項柱課部")
_KIND_OF_OFFICE = re.compile(f"(?:する|になる|となる|なる)(?:課|部署|室|所|部)$|^{_OFFICE_WORDS}$")
_FROM_THEN, _AFTER_YEAR = re.compile("^以降の"), re.compile("^(?:の|における|中に|に)(?=.{2})")
_PART_OF_YEAR = re.compile(
    "(?:令和|平成|昭和|[rhs])(?:元|[0-9]{1,2})年?度?(?:[上下](?:半?期)|第?[1-4一二三四]四半期)"
)
_DAY = re.compile(r"[a-z令和平成昭]*(?:元|[0-9]+)\.[0-9]{1,2}\.[0-9]{1,2}")
_NUMBERED_LABEL = re.compile(r"[0-9]{1,2}$")


def _bare(text: str) -> str:
    """Return a label without signs around it, and without brackets that hold all of it."""
    line = _SIGNS.sub("", text)
    if line[:1] in _OPEN and line[-1:] in _SHUT and not set(line[1:-1]) & set(_OPEN + _SHUT):
        line = _SIGNS.sub("", line[1:-1])
    return line


@lru_cache(1 << 14)
def words_of(text: str) -> str:
    """Return the key of a label: without number, decoration, brackets, colon and years."""
    line = _bare(text)
    parts = numbered(line)
    if parts.number and parts.title and not parts.word:
        line = parts.title
    line = _bare(line)
    if is_time(line):
        return YEAR
    plain = squeezed(_BRACKETS.sub("", line)) or squeezed(line)
    inside = _BRACKETS.search(line)
    if inside is not None and _STEP_OF_CYCLE.fullmatch(plain):
        plain = squeezed(inside[0][1:-1])
    key = _AFTER_YEAR.sub("", _FROM_THEN.sub("今後の", without_years(_bare(plain)))) or plain
    bare = _NUMBERED_LABEL.sub("", key)
    return bare if len(bare) >= _SHORTEST_HEAD else key


@lru_cache(1 << 12)
def is_time(text: str) -> bool:
    """Tell whether a text is a year or a part of one: H28, 令和5年度上半期."""
    key = squeezed(text)
    if _DAY.fullmatch(key):  # R5.10.12
        return False
    return is_year(text) or _PART_OF_YEAR.fullmatch(key) is not None


@lru_cache(1 << 14)
def may_be_label(text: str) -> bool:
    """Tell whether a text may be printed in a form, and is no value by its look."""
    key = squeezed(text)
    if not _SHORTEST_HEAD <= len(key) <= _LONGEST or "。" in key or key.isdecimal():
        return key in _SINGLE_WORDS
    if is_time(text):
        return True
    if is_nothing(text) or is_mark(text) or is_number(text) or text.lstrip()[0] in _UNTICKED:
        return False
    is_choice = _CHOICES.fullmatch(_SIGNS.sub("", key)) is not None or is_answer(text)
    if is_choice or len(_BOXES.findall(text)) > 1:
        return False
    if is_note(text) or inside_labels(text):
        return False
    timed = {ColumnRole.START, ColumnRole.DUE} & weights_of(words_of(text)).keys()
    if is_strict(text) and not (timed and is_date(text)):
        return True
    is_value = re.fullmatch(r"[0-9.,%△▲-]+[^0-9]{0,3}", key)
    if is_value or (is_date(text) and not _is_of_a_year(text)):
        return False
    return not is_section(text) or _KIND_OF_OFFICE.search(key) is not None


def _is_of_a_year(text: str) -> bool:
    """Tell whether a text says of a year what is told of it: 令和4年度に実施した取組."""
    words = words_of(text)
    told = weights_in_form(words).keys() - {ColumnRole.ROUND}
    is_other = PAPER.fullmatch(words) or told & {ColumnRole.START, ColumnRole.DUE}
    return names_year(text) and bool(told) and not is_other


def _is_title_word(words: str) -> bool:
    return TITLE_WORDS.fullmatch(words) is not None


@lru_cache(1 << 14)
def is_strict(text: str) -> bool:
    """Tell whether the words are such as labels have, even where they stand alone."""
    key = words_of(text)
    if not 0 < len(key) <= _LONGEST_STRICT or re.search("[。、]|[をにがはへ].{2}", key):
        return False
    parts = re.split("・|及び|または|又は|と(?=[一-龠])", key)
    if len(parts) > 1 and all(map(_is_title_word, parts)):
        return True
    if key in _SINGLE_WORDS or TITLE_WORDS.fullmatch(key) or PEOPLE.fullmatch(key):
        return True
    if _KIND_OF_OFFICE.search(key):
        return True
    is_known = bool(weights_of(key)) or any(words.fullmatch(key) for words, _ in _FIRST)
    return is_known and _ENDINGS.fullmatch(key) is not None


def is_short_label(text: str) -> bool:
    """Tell whether a short text has a meaning as a label, where one form alone tells nothing."""
    words = words_of(text)
    return len(words) <= _LONGEST_EVERYDAY and any(
        weight > _EVERYDAY_SURE for weight in weights_in_form(words).values()
    )


@lru_cache(1 << 12)
def inside_labels(text: str, *, any_name: bool = False) -> tuple[tuple[str, int, int], ...]:
    """Return (words, start, end of the value) for a cell of lines as 「担当課：財政課」.

    Several may stand in a line with wide gaps between them. `any_name` takes all short words
    before a colon for a label, not only those that labels have.
    """
    found: list[tuple[str, int, int]] = []
    for start, end in _pieces(text):
        piece = text[start:end]
        match = _INLINE.match(piece)
        blank = _FILLED_BLANK.match(piece) or _NUMBER_CELL.match(piece)
        if blank is not None and is_strict(blank["label"]):
            first, last = blank.span("value")
            found.append((words_of(blank["label"]), start + first, start + last))
        elif match is not None and _is_inside_label(match, any_name=any_name):
            found.append((words_of(match["label"]), start + match.start("value"), end))
        elif not found and text[start:end].strip():
            return ()
        elif found:
            words, first, _ = found[-1]
            found[-1] = (words, first, end)
    return tuple(found) if any(text[start:end].strip() for _, start, end in found) else ()


@lru_cache(1 << 12)
def is_answer(text: str) -> bool:
    """Tell whether a text is one of the choices in brackets before it: [新規又は継続] 継続."""
    return len(text) <= _LONGEST and _ANSWERED.fullmatch(text.strip()) is not None


def is_number_cell(text: str) -> bool:
    """Tell whether a cell says that it is a number, and which: No.12."""
    return _NUMBER_CELL.fullmatch(text.strip()) is not None


def lists_grades(text: str) -> bool:
    """Tell whether a text lists all grades and marks none: 順調／やや遅れ／遅れ."""
    words = re.split("[／/｜|]", text.strip())
    return len(words) > _SHORTEST_HEAD and all(
        len(word) <= _LONGEST_STRICT and tells_kind(word) for word in words
    )


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the parts of a text that may each begin with a label."""
    at = 0
    for line in text.split("\n"):
        first = at + len(line) - len(line.lstrip())
        for gap in _NEXT_INLINE.finditer(text, first, at + len(line)):
            yield first, gap.start()
            first = gap.end()
        yield first, at + len(line)
        at += len(line) + 1


def _is_inside_label(match: re.Match[str], *, any_name: bool) -> bool:
    label = match["label"]
    colon = re.search("[：:]", match[0][match.end("label") : match.start("value")])
    if _UNSHUT.search(label) or not (colon or _BRACKETED.match(label)):
        return False
    words = words_of(label)
    if is_strict(label) or (not colon and bool(weights_in_form(words))):
        return True
    return any_name and bool(colon) and _SHORT_NAME.fullmatch(words) is not None


def steps_in(text: str) -> list[str]:
    """Return the headings of a path that stands in one cell: 政策1 … ＞ 施策2 …, top first."""
    return [step for step in map(str.strip, _STEP.split(text)) if step]


_STEP = re.compile(r"\s*[＞>→⇒▶]\s*")


@lru_cache(1 << 12)
def names_year(text: str) -> bool:
    """Tell whether printed words name a year: 平成29年度, H29実績, 2017."""
    return (
        re.search("年度|令和|平成|昭和|[hrs][0-9元]|(?:19|20)[0-9]{2}", squeezed(text)) is not None
    )


@lru_cache(1 << 12)
def weights_in_form(words: str) -> Weights:
    """Return what the words of a label say; in a form it may name the thing: 施策の進捗."""
    towards = TOWARDS_GOAL.sub("", words)
    if towards != words and ColumnRole.STATUS in weights_in_form(towards):
        return weights_in_form(towards)
    first = next((told for pattern, told in _FIRST if pattern.fullmatch(words)), None)
    own = first or weights_of(words)
    if own:
        return own
    bare = _OF_IT.sub("", words)
    if bare != words and weights_of(bare):
        return weights_of(bare)
    return next((weights for pattern, weights in _EVERYDAY if pattern.search(words)), {})


AND_PROGRESS = re.compile(
    ".*(?:目標値?|最新値|指標)(?:及び|並びに|と|・)(?:進捗|取組|実施)の?状況"
)
"""What was done is told beside the values of an indicator: 目標値・最新値及び進捗状況."""
_FIRST: tuple[tuple[re.Pattern[str], Weights], ...] = (
    (
        re.compile(".*(?:取り?組む|実施する|行う|必要とする)(?:背景|理由|必要性)|.*(?:背景|経緯)"),
        {ColumnRole.DESCRIPTION: 0.8},
    ),
    (
        re.compile(".*方向性?(?:の|に関する)(?:内容|説明|理由|詳細)|.*改善(?:の)?(?:内容|説明)"),
        {ColumnRole.OUTLOOK: 0.9},
    ),
    (re.compile(f"{_OFFICE_WORDS}|(?:部|局|部局|室|係|班)名"), {ColumnRole.SECTION: 0.8}),
    (AND_PROGRESS, {ColumnRole.PROGRESS: 0.8}),
    (re.compile("部門(?:名|別)?"), {ColumnRole.HEADING: 0.7}),
    (re.compile("(?:評価|検証|点検|施策|政策|基本)の?軸"), {ColumnRole.HEADING: 0.8}),
    (re.compile("方向"), {ColumnRole.DIRECTION: 0.8, ColumnRole.OUTLOOK: 0.6}),
    (
        re.compile(
            "(?:関係|関連|連携|協力)(?:する)?(?:課|部署|部局|機関|団体)(?:[・、等]|及び|課|部署|機関|団体|名)*"
        ),
        {ColumnRole.RELATED_SECTION: 0.9},
    ),
)
_EVERYDAY: tuple[tuple[re.Pattern[str], Weights], ...] = (
    (re.compile("^(?:何|なに)を(?:する|やる|します|行う)"), {ColumnRole.ACTION: 0.8}),
    (re.compile("^(?:誰|だれ)が"), {ColumnRole.SECTION: 0.8}),
    (re.compile("^(?:誰|だれ)と"), {ColumnRole.RELATED_SECTION: 0.8}),
    (re.compile("^(?:次|つぎ)(?:は|に|の年)"), {ColumnRole.OUTLOOK: 0.7}),
    (re.compile("^これから"), {ColumnRole.OUTLOOK: 0.7, ColumnRole.DIRECTION: 0.6}),
    (re.compile("どのように|どうやって|進め方|すすめ方|やり方"), {ColumnRole.DESCRIPTION: 0.7}),
    (
        re.compile("どこまで|どれくらい|どのくらい|^(?:進|すす)み"),
        {ColumnRole.STATUS: 0.6, ColumnRole.PROGRESS: 0.6},
    ),
    (re.compile("進捗|進ちょく|進行"), {ColumnRole.STATUS: 0.6, ColumnRole.PROGRESS: 0.6}),
    (re.compile("(?:協力|連携|関わる|支える).*課"), {ColumnRole.RELATED_SECTION: 0.7}),
    (re.compile("課$|部署$"), {ColumnRole.SECTION: 0.7}),
    (re.compile("次の(?:一歩|一手|目標|展開)|来年"), {ColumnRole.OUTLOOK: 0.7}),
    (
        re.compile(
            "(?:取り?組んだ|行った|やった|できた|進んだ)(?:こと|内容|点)?|振り?返り|ふりかえり"
        ),
        {ColumnRole.PROGRESS: 0.7},
    ),
    (re.compile("どんな|めざす姿|目指す姿|あるべき姿|ねらい"), {ColumnRole.DESCRIPTION: 0.7}),
    (
        re.compile("(?:取り?組む|行う|やる|進める|実施する)(?:こと|内容)?$"),
        {ColumnRole.ACTION: 0.7},
    ),
)


_OF_IT = re.compile(
    "^(?:(?:本|当)?(?:施策|取組|事業|計画|項目|目標|当年度|今年度|本年度|年度)の?)+|(?:欄|について|に関して|等|など)$"
)
GRADED = re.compile(
    r"^\s*(?:[^：:\s]{0,8}(?:評価|判定|進捗|達成度|状況)[^：:\s]{0,4}?\s*[：:は]?\s*)?"
    r"[「『【\[（(]?(?P<mark>[A-EＡ-ＥSＳ◎○△×][+＋\-－]?|[1-5１-５])[」』】\]）)]?"
    r"(?:\s*[（(：:　 ]\s*(?P<words>[^）)」』】\n。]{1,30})[）)」』】]?|\s*評価)?"
    r"\s*(?:です|である|とする|とした|となった|と評価した)?\s*(?:[。．]|\n|$)"
)
"""A grade that begins a text, stands in a sentence, or has its words: 評価はＡ（順調）。"""
SHARE = re.compile(r"\s*[0-9０-９]{1,3}(?:[.．][0-9０-９]+)?\s*[%％]\s*")
INDICATORS = re.compile(
    r"指標|kpi|単位|事業費|費目|財源|コスト|人件費|予算|決算|目標値|数値目標|実績値|基準値|効果額|達成率|人工|活動量"
)
TOWARDS_GOAL = re.compile("(?:数値)?目標値?(?:の?達成)?に(?:向け|対す)(?:て|た|る)の?")
"""What leads to a goal is no goal: 目標値の達成に向けての進捗状況."""
PEOPLE = re.compile(
    r".*(?:記入者|作成者|担当者|評価者|責任者|氏名|電話|内線|連絡先|課長|係長|職名|メール|fax|作成日|記入日|評価日|更新日|提出日|作成年月日|記入年月日).*"
)
OTHERS = re.compile(
    r"外部|委員|二次|2次|第三者|市民(?:から)?の?(?:評価|意見)|審議会|前年度|前回|昨年度|庁内|本部"
)
_GENERIC = (
    "(?:主な|具体的な?)?内容|状況|説明|詳細|コメント|区分|結果|理由|判定|記入欄|所見|概要"
    "|選択|該当"
)
GENERIC = re.compile(rf"(?:{_GENERIC})(?:(?:・|及び|と)(?:{_GENERIC}))*")
PAPER = re.compile(r".*(?:票|シート|様式.*|表|調書|個票|カルテ|報告書|一覧|管理表|評価書)$")
