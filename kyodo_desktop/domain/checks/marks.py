"""記号と文の不一致: a mark that says one thing beside a text that says another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.checks.dates import narrow
from kyodo_desktop.domain.checks.finding import Finding
from kyodo_desktop.domain.plan import StatusKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.checks.reading import Reading
    from kyodo_desktop.domain.plan import Progress

_CLAUSES = re.compile(r"[。、，,;；\n（）()]|(?<=[たる])が(?=[^あ-ん])|ものの")
_UNFINISHED = re.compile(
    r"予定(?!どおり|通り|の(?:とおり|通り)|より|だった|であった|して(?:い|お)|者|地|価格|数|表)"
    r"|(?:検討|準備|調整|協議|工事|整備|建設|作成|策定|設計|交渉|申請)中"
    r"|検討(?:している|しています|を(?:行って|進めて|続けて)いる|段階|する)"
    r"|未(?:完了|実施|着手|整備|設置|定|策定|導入|達成|開催|作成)"
    r"|(?:完了|実施|着手|整備|設置|策定|導入|達成|開催)(?:し|できて|されて)(?:て?いない|ておらず|なかった)"
)
_FINISHED = re.compile(
    r"(?<!未)(?<!半)(?<!ほぼ)(?<!概ね)(?<!おおむね)(?P<word>完了|竣工|完成)"
    r"(?:した|しました|している|しています|し|済み?|済|です|となった|となりました)?\s*$"
)
_DEPENDING = re.compile(r"(?:ば|たら|れ?る?と|で|により|によって|をもって|後|次第|時点で)\s*$")
_PARTLY = re.compile(
    r"一部|部分|設計|調査|用地|測量|うち|工区|段階|分(?:は|が|の|を)?完|[0-9%]+(?:%|割|件|校|か所|箇所|棟|回|基)"
    r"|第?[0-9一二三四五]+(?:期|次|工区)|年度(?:の事業|の活動|の計画|の工事|の講座)|協議|検討|募集|契約|入札"
)
_BEYOND = re.compile(
    r"今後|引き?続き|次回|次期|次年度以降|さらに|更[にな]|見直|拡充|拡大|更新|改[訂定]|継続|追加|増設"
    r"|周知|活用|運用|維持|利用|普及|充実|他の?|別の?|[0-9二三四五]+(?:期|館|号|校)目"
)
_SOME_DAY = re.compile(
    r"[今来]年|年[度内]|[今来](?:春|夏|秋|冬|月)|[0-9]+月|[春夏秋冬](?:に|頃|まで|予)"
)


def mark_against_text(reading: Reading) -> Iterator[Finding]:
    """Find lines whose mark and text contradict each other."""
    outline = reading.outline
    for action in reading.reported:
        for line in outline.lines.get(action.id, ()):
            status = outline.statuses.get(line.status_id or 0)
            what = _contradiction(reading, line, status.kind) if status else ""
            if status and what:
                yield Finding(
                    "mark_against_text",
                    reading.outline.home(action.id),
                    f"状態は「{status.word}」ですが、{what}。",
                    f"{line.id}:{status.id}:{what}",
                )


def _contradiction(reading: Reading, line: Progress, kind: str) -> str:
    """Say what the text of a line has against its mark; nothing where they agree."""
    clauses = [each for each in _CLAUSES.split(narrow(line.text)) if each.strip()]
    match kind:
        case StatusKind.DONE:
            word = _unfinished(clauses)
        case StatusKind.ONGOING | StatusKind.NOT_STARTED | StatusKind.NEAR:
            word = _finished(clauses)
        case _:
            word = ""
    if word:
        return f"文に「{word}」とあります"
    if kind == StatusKind.NEAR and not _has_a_date(reading, line):
        return "いつ完了するのかが、文にも完了予定にも前提にもありません"
    return ""


def _unfinished(clauses: list[str]) -> str:
    """Return the word by which work is left; what is to follow on the work is none."""
    says_more = not all(_UNFINISHED.search(each) for each in clauses)
    for clause in clauses:
        found = _UNFINISHED.search(clause)
        if found and not (says_more and _BEYOND.search(clause)):
            return _core_of(found[0])
    return ""


def _core_of(word: str) -> str:
    return "検討" if word == "検討する" else word


def _finished(clauses: list[str]) -> str:
    """Return the word by which all is finished, where nothing after it goes on."""
    for place, clause in enumerate(clauses):
        found = _FINISHED.search(clause)
        if found is None or _DEPENDING.search(clause[: found.start()]) or _PARTLY.search(clause):
            continue
        rest = clauses[place + 1 :]
        if any(_UNFINISHED.search(each) or _BEYOND.search(each) or "中" in each for each in rest):
            continue
        if rest and found[0].rstrip().endswith("し"):
            continue
        return found["word"]
    return ""


def _has_a_date(reading: Reading, line: Progress) -> bool:
    outline = reading.outline
    return bool(
        outline.actions[line.action_id].due
        or outline.prerequisites.get(line.action_id)
        or reading.dues.of(line.action_id)
        or reading.dues.names_a_date(line)
        or _SOME_DAY.search(re.sub(r"[0-9元]+年度?", "", narrow(line.text)))
    )
