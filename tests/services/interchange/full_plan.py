"""A plan with rows in every table, made by the services from the sample."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.next_term import editing
from kyodo_desktop.domain.plan import Choice, Role
from kyodo_desktop.services import (
    checking,
    comparing,
    details,
    joining,
    next_term,
    progress,
    removing,
    report_choices,
    rounds,
    vocabularies,
)
from kyodo_desktop.services.interchange import create_from_export
from kyodo_desktop.store.tables import ConfirmationRow, ImportMappingRow, InquiryRow
from tests import edits
from tests.builders import Clock, node_of, opened

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.domain.interchange.whole_plan import WholePlan
    from kyodo_desktop.services.workspace import Workspace


def full_plan(sample: Path, path: Path) -> Path:
    """Write the plan: a closed round, an open one, and everything else that there can be."""
    shutil.copy(sample, path)
    with closing(opened(path, Clock())) as plan:
        _fill(plan.workspace)
    return path


def created(whole: WholePlan, path: Path) -> None:
    """Make a plan of rows as the program does."""
    create_from_export(whole, path, author="市民 花子", now=Clock()())


def _fill(workspace: Workspace) -> None:
    edits.set_due(workspace, 1, "H28.3")
    details.assign(workspace, [1, 2], 1, Role.LEAD)
    section = vocabularies.add_section(workspace, "総務課")
    details.assign(workspace, [1], section, Role.RELATED)
    edits.set_direction(workspace, [1], 2)
    edits.set_outlook_text(workspace, 1, "続ける")
    details.set_links(workspace, [1], action_fields.ACTORS, [1, 3])
    details.set_links(workspace, [2], action_fields.PRINCIPLES, [2])
    details.add_prerequisite(workspace, 1, 2)
    progress.add_line(workspace, 1, "総務課の分\n二行目")
    progress.set_line_section(workspace, workspace.outline.lines[1][-1].id, section)
    outline = workspace.outline
    rounds.set_opinion(workspace, node_of(outline, "環境づくり"), "よい\n進んでいる")
    rounds.set_response(workspace, node_of(outline, "環境づくり"), "続ける")
    report_choices.save_report_choice(workspace, "公開用", '{"sheets": ["集計"]}')
    emptied = {
        field: field.type.empty
        for field in joining.JOINED_FIELDS
        if field is not action_fields.TITLE
    }
    joined = joining.JoinedTexts(emptied | {action_fields.TITLE: "まとめた計画"}, ())
    joining.join(workspace, 3, 4, joined)
    progress.add_line(workspace, 5, "消える文")
    progress.delete_line(workspace, workspace.outline.lines[5][-1].id)
    checking.use_rules(workspace, ["similar"])
    comparing.record_revision(workspace, "第1回見直し", "2015-11-01", "状況の変化")
    comparing.set_reason(workspace, 1, "action", 1, "国の制度が変わった")
    with workspace.transact("照会") as session:
        session.add(
            InquiryRow(
                round_id=1, section_id=1, sent_at="2015-10-01T09:00:00+09:00", covering="文"
            )
        )
        session.add(ImportMappingRow(name="去年の表", body='{"columns": {"A": "番号"}}'))
        session.add(ConfirmationRow(round_id=1, rule="similar", subject="1,2", note="別のもの"))
    rounds.close_round(workspace, 1)
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    removing.delete(workspace, [node_of(workspace.outline, "市民活動保険の導入")])
    draft = next_term.proposed(workspace)
    next_term.draw_up(workspace, editing.choose(draft, list(draft.dispositions)[:3], Choice.DROP))
    workspace.undo()
    workspace.redo()
