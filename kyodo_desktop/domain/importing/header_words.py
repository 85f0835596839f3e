"""What the words at the head of a column say of its role."""

from __future__ import annotations

import re
from functools import lru_cache

from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.plain import squeezed

Weights = dict[ColumnRole, float]

_SURE, _LIKELY, _MAYBE = 0.9, 0.6, 0.4
# The first rule that fits decides, so the narrower ones come first. The words are squeezed.
_RULES: tuple[tuple[str, Weights], ...] = (
    (r".*(?:頁|ページ|内線|電話|連絡先|tel)(?:番号|数)?", {ColumnRole.NOTE: _SURE}),
    (r"(?:重点|主要|基本|政策|行政)(?:的な)?課題(?:名|番号)?", {ColumnRole.HEADING: _SURE}),
    (
        r"(?:.*(?:番号|no\.?|№|コード|code|(?<![a-z])id|_id|_cd)|項番|記号|連番|通番|通し|#|番|整理)",
        {ColumnRole.NUMBER: _SURE},
    ),
    (r".*再掲.*", {ColumnRole.RELISTED: _SURE}),
    (
        r".*(?:課|部|担当者?|所管|主管|事務局|委員会?)(?:に?よる|の)?(?:自己)?(?:評価|判定)(?:結果)?",
        {ColumnRole.STATUS: _SURE},
    ),
    (
        r"(?:評価|点検|検討|検証|改善|見直し|確認|調査|審査)項目(?:名)?",
        {ColumnRole.ACTION: _LIKELY, ColumnRole.HEADING: _LIKELY},
    ),
    (
        r".*(?:実施|実行|行|取り?組ん|取組|対応)(?:し|っ)?[たん]だ?(?:こと|内容|取り?組み?|事業|もの|状況)?",
        {ColumnRole.PROGRESS: _SURE},
    ),
    (
        r".*(?:[上下](?:半)?期|[前後]半|四半期|中間|年間)(?:まで)?(?:の|における)?(?:主な)?"
        r"(?:取組|実施|実績|状況|進捗|成果).*",
        {ColumnRole.PROGRESS: _SURE},
    ),
    (
        r"(?:対象|評価|調査|実績|報告|取組)?(?:年度|年次|年)|調査(?:名|時点)?|時点",
        {ColumnRole.ROUND: _SURE},
    ),
    (
        r"(?:関係|関連|協力|連携|副担当|副)(?:する)?(?:課|部署|部局|所属|機関|室|課等|所管課?|グループ)?(?:名)?",
        {ColumnRole.RELATED_SECTION: _SURE},
    ),
    (
        r".*(?:課|部署?|担当者?|所管|主管|事務局|委員会?|審議会|者)(?:から)?の.{0,4}"
        r"(?:所見|講評|意見|見解)(?:等|欄)?",
        {ColumnRole.NOTE: _SURE},
    ),
    (
        r".*(?:担当|所管|主管|部署|所属|部局|課名|課等|実施主体|推進主体|取組主体|実施機関|グループ名"
        r"|tanto|section|dept|owner|department).*|課|主体|グループ|課室名?|担当g"
        r"|(?:事業|整備|施行|運営|検討|管理)主体|(?:事業|施行)(?:実施)?者(?:名|等)?",
        {ColumnRole.SECTION: _SURE},
    ),
    (
        r".*(?:現[状況]|状況|実績|成果|結果|経過)(?:及び|および|並びに|[とや・、/])"
        r"(?:今後|次年度|翌年度|来年度|次期).*",
        {ColumnRole.PROGRESS: _SURE},
    ),
    (
        r".*(?:今後|次年度|翌年度|来年度|次期|残された|実施上|推進上)(?:の|に向けた|へ)*(?:主な)?"
        r"(?:課題|問題点?)(?:[・、や]?(?:課題|問題点?))?(?:等|など)?",
        {ColumnRole.ISSUE: _SURE},
    ),
    (
        r".*(?:今後|次年度|翌年度|来年度|次期).*(?:区分|判定)|方向性?区分|方向性",
        {ColumnRole.DIRECTION: _SURE, ColumnRole.OUTLOOK: _MAYBE},
    ),
    (r".*(?:今後の)?方向(?:性)?.*区分.*", {ColumnRole.DIRECTION: _SURE}),
    (
        r".*(?:今後|次年度|翌年度|来年度|次期)(?:へ|に|の|以降)?.*(?:方向|方針)(?:性)?.*",
        {ColumnRole.OUTLOOK: _SURE, ColumnRole.DIRECTION: _SURE},
    ),
    (
        r".*(?:今後|次年度|翌年度|来年度|次期|年度以降).*|.*(?:改善(?:策|点|案|の?内容)|対応策|対応方針|見直し内容).*",
        {ColumnRole.OUTLOOK: _SURE},
    ),
    (
        r"改善|見直し|改善・?見直し|見直し・?改善",
        {ColumnRole.OUTLOOK: _LIKELY, ColumnRole.DIRECTION: _LIKELY},
    ),
    (
        r"(?:当初|年度|年間|事業)?計画|計画内容",
        {ColumnRole.ACTION: _LIKELY, ColumnRole.DESCRIPTION: _MAYBE},
    ),
    (
        r"(?:.*(?:指標|目標値|(?:数値|成果|活動|達成|到達|年度)目標|現状値?|基準値|実績[値額数]|数値目標|達成率|事業費|コスト|予算|決算|単位|当初値|目安|進捗率|執行率).*|kpi.*)",
        {ColumnRole.NOTE: _LIKELY},
    ),
    (
        r".*(?:理由|根拠|コメント|実績(?!値|額|数)|取組状況|成果|経過|取組結果|実施結果|進捗内容|評価内容"
        r"|状況の?(?:説明|詳細)|jisseki|progress|result).*",
        {ColumnRole.PROGRESS: _SURE},
    ),
    (r".*(?:課題|問題点).*", {ColumnRole.ISSUE: _SURE}),
    (
        r"(?:妥当|有効|効率|必要|公平|公益|緊急|優先|経済|達成|有益)性(?:評価)?",
        {ColumnRole.NOTE: _LIKELY},
    ),
    (
        r".*(?:状態|進捗度|段階|達成度|達成状況|達成区分|評価|判定|ランク|ステータス|進行度|進捗区分|実施区分"
        r"|進捗欄|status|hyoka|grade|rank).*",
        {ColumnRole.STATUS: _SURE, ColumnRole.PROGRESS: _MAYBE},
    ),
    (
        r".*(?:進捗|進行|実施|取組|推進|整備)(?:の)?(?:状況|概況).*|進捗|状況",
        {ColumnRole.STATUS: _LIKELY, ColumnRole.PROGRESS: _LIKELY},
    ),
    (
        r"(?!.*未).*(?:開始|着手|始期)(?:年度|時期|予定|年月|年|日)?|start.*",
        {ColumnRole.START: _SURE},
    ),
    (
        r".*(?:完了|終了|達成|実施|目標|終期|整備)(?:の)?(?:予定)?(?:目標)?(?:年度|時期|年月|期限|期日|年)|完了予定.*|終了予定.*"
        r"|期限|期日|納期|終期|実施予定.*|.*(?:期間|スケジュール|due|deadline|kigen).*",
        {ColumnRole.DUE: _SURE},
    ),
    (
        r".*(?:備考|摘要|特記|意見|指摘|参考|biko|note|remark|memo|メモ).*|その他",
        {ColumnRole.NOTE: _SURE},
    ),
    (
        r".*(?:取組|実施|事業|施策|計画|活動)(?:の)?内容.*",
        {ColumnRole.DESCRIPTION: _LIKELY, ColumnRole.ACTION: _MAYBE},
    ),
    (
        r".*(?:内容|概要|説明|目的|趣旨|ねらい|あらまし|年次計画|年度別計画|description|naiyo).*",
        {ColumnRole.DESCRIPTION: _SURE},
    ),
    (
        r"(?:.*(?:基本|推進|重点)(?:目標|方針|施策|方向|理念|戦略|方策|的方向).*|大項目|中項目|大分類|中分類|分野|政策|章|節|編|条|条文|条項|款|柱|体系"
        r"|方針|重点.*|推進方策|施策の(?:方向性?|柱|体系|区分)|目標|分類|区分|テーマ|戦略|視点|領域|カテゴリ.*|.*category.*"
        r"|.*プロジェクト|大綱|将来像|まちの姿|都市像|施策体系|.*(?:の柱|分野|体系|政策))(?:名|名称)?",
        {ColumnRole.HEADING: _SURE, ColumnRole.ACTION: _MAYBE},
    ),
    (
        r".{1,6}(?:目標|方針|戦略|方策)(?:名|名称)?",
        {ColumnRole.HEADING: _LIKELY, ColumnRole.ACTION: _MAYBE},
    ),
    (
        r"(?:施策|個別施策|項目|小項目|小分類|推進項目|主要施策|施策項目|shisaku.*|細項目|具体的?施策|施策の展開)(?:名|名称)?",
        {ColumnRole.HEADING: _LIKELY, ColumnRole.ACTION: _LIKELY},
    ),
    (
        r".*(?:実行計画|実施計画|取り?組み?|事業(?!者|所)|実施項目|改革項目|行動計画|アクション|action|title|task|jigyo"
        r"|件名|具体策|活動).*|名称|name|計画|事項|.*(?:項目|施策|計画)(?:名|名称)?|タイトル",
        {ColumnRole.ACTION: _SURE, ColumnRole.HEADING: _MAYBE},
    ),
    (r"(?!.*(?:氏|者|指標|様式|会場|単位)).{2,10}(?:名|名称)", {ColumnRole.ACTION: _LIKELY}),
    (
        r".*(?:点検|検証|確認|審査|検討)結果",
        {ColumnRole.STATUS: _LIKELY, ColumnRole.PROGRESS: _LIKELY},
    ),
)
# The four steps of a cycle, in Japanese beside their letters: 計画（Ｐ）, Do（実施）.
_STEPS: tuple[tuple[str, str, Weights], ...] = (
    ("p|plan", "計画|目標", {ColumnRole.DESCRIPTION: _SURE}),
    ("d|do", "実施|実行|取組|実績|活動", {ColumnRole.PROGRESS: _SURE}),
    ("c|check", "評価|検証|点検|確認", {ColumnRole.STATUS: _SURE, ColumnRole.PROGRESS: _SURE}),
    ("a|act|action", "改善|見直し|対応|対策|今後|処置", {ColumnRole.OUTLOOK: _SURE}),
)
_STEP_PATTERNS = tuple(
    (
        re.compile(
            rf"[(\[【]?(?:{letters})[)\]】:・.(]*.{{0,4}}(?:{words}).{{0,6}}"
            rf"|.{{0,4}}(?:{words}).{{0,6}}?[(\[【:・]+(?:{letters})[)\]】]*"
        ),
        weights,
    )
    for letters, words, weights in _STEPS
)
_PATTERNS = tuple((re.compile(pattern), weights) for pattern, weights in _RULES)
_LONGEST = 30
_WESTERN = 4  # digits of a year
_YEAR_ONLY = re.compile(
    r"(?:令和|平成|昭和|[rhs])?(?:\.|元|[0-9]{1,4})+(?:年度|年|fy)?(?:\(.*\))?(?:末|分)?"
)


@lru_cache(4096)
def weights_of(words: str) -> Weights:
    """Return what the words of one heading cell say; nothing where they are none we know."""
    key = re.sub(r"[(（\[【<].*?[)）\]】>]|[※*]\d*", "", squeezed(words)) or squeezed(words)
    if not 0 < len(key) <= _LONGEST:
        return {}
    step = squeezed(words)
    for pattern, weights in _STEP_PATTERNS:
        if pattern.fullmatch(step):
            return weights
    found = next((weights for pattern, weights in _PATTERNS if pattern.fullmatch(key)), {})
    planned = step.endswith("(plan)") and ColumnRole.ISSUE not in found
    return {ColumnRole.DESCRIPTION: _SURE} if planned and key != "plan" else found


@lru_cache(4096)
def is_year(words: str) -> bool:
    """Tell whether the words are a year and nothing else: 27年度, H28, 令和元年度."""
    key = squeezed(words)
    return (
        bool(re.search("[0-9元]", key))
        and _YEAR_ONLY.fullmatch(key) is not None
        and (not key.isdecimal() or (len(key) == _WESTERN and key[:2] in ("19", "20")))
    )


_OF_GRADES = re.compile(
    r"(?!未).*(?:評価|判定|達成度|達成状況|進捗(?:状況|度|区分)?|ランク|ステータス|状態)(?:結果|区分|欄|者)?"
)


@lru_cache(1024)
def is_of_grades(words: str) -> bool:
    """Tell whether the words say that grades stand below, and so are none: 令和6年度 評価."""
    return _OF_GRADES.fullmatch(re.sub(r"[(\[【<].*?[)\]】>]", "", squeezed(words))) is not None


# What a row of an action says, where its rows are told apart by a word beside them.
_ROW_WORDS: tuple[tuple[str, ColumnRole], ...] = (
    (r"(?:今後|次年度|翌年度|来年度|次期).*|改善.*|見直し.*|方針|方向性?", ColumnRole.OUTLOOK),
    (r"課題.*|問題点.*", ColumnRole.ISSUE),
    (r"(?:自己)?評価|判定|達成度|達成状況|進捗(?:度|区分|率)|ランク|状態", ColumnRole.STATUS),
    (r"(?:指標|目標値|実績値|予算|決算|事業費|現状値|達成率|数値目標)(?:額)?.*", ColumnRole.NOTE),
    (r"(?:当初)?(?:計画|予定|目標)(?:内容|時)?|見込み?|p|plan", ColumnRole.DESCRIPTION),
    (
        r"実績|実施(?:内容|状況|結果|実績)?|結果|成果|取組(?:内容|状況|実績|結果)?|進捗(?:状況)?|状況|d|do|実行",
        ColumnRole.PROGRESS,
    ),
)
_ROW_PATTERNS = tuple((re.compile(pattern), role) for pattern, role in _ROW_WORDS)
_YEAR_BEFORE = re.compile("^(?:令和|平成|[rh])?[0-9元]{1,4}年度?の?")
_OWN_VIEW = re.compile(r"(?:内部|自己|庁内|市|(?:所管|担当|主管)(?:課|部署?))(?:評価)?")
_OTHERS_VIEW = re.compile(
    r"(?:外部|第三者|市民|有識者|専門家"
    r"|.{0,8}(?:委員会|審議会|協議会|推進会議|懇話会|議会))(?:評価|委員|意見)?"
)
_AROUND = "()（）【】[]〔〕〈〉<>・:：■●○◆ "


@lru_cache(1024)
def row_role(words: str) -> ColumnRole | None:
    """Return what a row with such a label holds: 計画, 実績, 課題; None where it tells not."""
    key = _YEAR_BEFORE.sub("", squeezed(words).strip(_AROUND))
    if _OWN_VIEW.fullmatch(key):
        return ColumnRole.PROGRESS
    if others_view(words):
        return ColumnRole.NOTE
    return next((role for pattern, role in _ROW_PATTERNS if pattern.fullmatch(key)), None)


@lru_cache(1024)
def others_view(words: str) -> bool:
    """Tell whether a row holds what others than the office say: 外部, 委員会."""
    return _OTHERS_VIEW.fullmatch(squeezed(words).strip(_AROUND)) is not None
