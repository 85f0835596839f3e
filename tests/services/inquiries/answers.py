"""Forms that were filled in, without a workbook."""

from __future__ import annotations

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.replies.form import FORM_FIELDS, Answer, AnswerRow
from kyodo_desktop.services.inquiries.asking import record_sent, reply_forms

STATUS, TEXT, DUE = action_fields.STATUS, action_fields.PROGRESS, action_fields.DUE
DIRECTION, OUTLOOK = action_fields.DIRECTION, action_fields.OUTLOOK
NOTE = action_fields.NOTE
SENT_AT = "2026-11-02T09:00:00+09:00"


def sent(workspace, section_ids, *, due_on="2026-11-20", sent_at=SENT_AT):
    """Send forms and return them."""
    forms = reply_forms(workspace, section_ids, due_on, "ご回答をお願いします。", sent_at)
    record_sent(workspace, forms)
    return forms


def came_back(form, file="回答.xlsx", digest="1"):
    """Return a form as it comes back with nothing filled in; its rows begin at row 6."""
    rows = tuple(
        AnswerRow(place, row.action_id, row.line_id, row.number, row.title, dict(row.values))
        for place, row in enumerate(form.rows, start=6)
    )
    return Answer(
        file,
        digest,
        form.key,
        form.plan_title,
        form.round_name,
        form.section,
        "回答票",
        form.rows,
        rows,
    )


def filled(answer, place, **cells):
    """Return the answer with other cells in one of its rows: `text="開設した"`."""
    rows = list(answer.rows)
    fields = {field.name: field for field in FORM_FIELDS}
    typed = {fields[name]: text for name, text in cells.items()}
    rows[place] = rows[place]._replace(cells=rows[place].cells | typed)
    return answer._replace(rows=tuple(rows))
