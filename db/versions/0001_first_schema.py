"""First schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_actor_name_filled")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_actor_position")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "direction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(label)) > 0", name=op.f("ck_direction_label_filled")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_direction_position")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direction")),
        sa.UniqueConstraint("label", name=op.f("uq_direction_label")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("numbering", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_level_name_filled")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_level_position")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("datetime(at) IS NOT NULL", name=op.f("ck_operation_at")),
        sa.CheckConstraint("length(trim(label)) > 0", name=op.f("ck_operation_label_filled")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["operation.id"], name=op.f("fk_operation_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_operation_reverses_id"), "operation", ["reverses_id"])

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("ordinance", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("first_fiscal_year", sa.Integer(), nullable=False),
        sa.Column("last_fiscal_year", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "first_fiscal_year BETWEEN 1868 AND 2200 AND last_fiscal_year BETWEEN first_fiscal_year AND 2200",
            name=op.f("ck_plan_years"),
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_plan_only")),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_plan_title_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "principle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_principle_text_filled")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_principle_position")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_principle")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(), nullable=True),
        sa.CheckConstraint("date(as_of, '+0 days') IS as_of", name=op.f("ck_round_as_of")),
        sa.CheckConstraint(
            "datetime(closed_at) IS NOT NULL OR closed_at IS NULL", name=op.f("ck_round_closed_at")
        ),
        sa.CheckConstraint("fiscal_year BETWEEN 1868 AND 2200", name=op.f("ck_round_year")),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_round_name_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("name", name=op.f("uq_round_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_section_name_filled")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_section_position")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("name", name=op.f("uq_section_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "colour GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'",
            name=op.f("ck_status_colour"),
        ),
        sa.CheckConstraint(
            "kind IN ('not_started', 'ongoing', 'near', 'done', 'stopped')",
            name=op.f("ck_status_kind"),
        ),
        sa.CheckConstraint("counted IN (0, 1)", name=op.f("ck_status_counted")),
        sa.CheckConstraint("length(trim(mark)) > 0", name=op.f("ck_status_mark_filled")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_status_position")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status")),
        sa.UniqueConstraint("mark", name=op.f("uq_status_mark")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_fiscal_year", sa.Integer(), nullable=False),
        sa.Column("last_fiscal_year", sa.Integer(), nullable=False),
        sa.Column("continues_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("continues_id <> id", name=op.f("ck_term_continues")),
        sa.CheckConstraint(
            "first_fiscal_year BETWEEN 1868 AND 2200 AND last_fiscal_year BETWEEN first_fiscal_year AND 2200",
            name=op.f("ck_term_years"),
        ),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_term_name_filled")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_term_position")),
        sa.ForeignKeyConstraint(["continues_id"], ["term.id"], name=op.f("fk_term_continues_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_term_continues_id"), "term", ["continues_id"])

    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("start_fiscal_year", sa.Integer(), nullable=True),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("continues_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("date(due || '-01') IS due || '-01'", name=op.f("ck_action_due")),
        sa.CheckConstraint("continues_id <> id", name=op.f("ck_action_continues")),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_action_title_filled")),
        sa.CheckConstraint(
            "start_fiscal_year BETWEEN 1868 AND 2200", name=op.f("ck_action_start")
        ),
        sa.ForeignKeyConstraint(
            ["continues_id"], ["action.id"], name=op.f("fk_action_continues_id")
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_action_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_action_continues_id"), "action", ["continues_id"])
    op.create_index(op.f("ix_action_term_id"), "action", ["term_id"])

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.CheckConstraint(
            "json_valid(coalesce(before, '{}')) AND json_valid(coalesce(after, '{}'))",
            name=op.f("ck_change_json"),
        ),
        sa.CheckConstraint(
            "before IS NOT NULL OR after IS NOT NULL", name=op.f("ck_change_state")
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_change_operation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_change_action_id_operation_id"), "change", ["action_id", "operation_id"]
    )
    op.create_index(op.f("ix_change_operation_id"), "change", ["operation_id"])
    op.create_index(op.f("ix_change_row"), "change", ["table_name", "row_id"])

    op.create_table(
        "heading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_heading_title_filled")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_heading_parent")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_heading_position")),
        sa.ForeignKeyConstraint(
            ["parent_id", "term_id"],
            ["heading.id", "heading.term_id"],
            name=op.f("fk_heading_parent_id"),
        ),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_heading_term_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading")),
        sa.UniqueConstraint("id", "term_id", name=op.f("uq_heading_id_term_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_heading_parent_id"), "heading", ["parent_id"])
    op.create_index(op.f("ix_heading_term_id"), "heading", ["term_id"])

    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.String(), nullable=True),
        sa.Column("answered_at", sa.String(), nullable=True),
        sa.Column("answer_file", sa.String(), nullable=False),
        sa.Column("answer_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_inquiry_round_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_inquiry_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint(
            "round_id",
            "section_id",
            "sent_at",
            name=op.f("uq_inquiry_round_id_section_id_sent_at"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_inquiry_round_id"), "inquiry", ["round_id"])
    op.create_index(op.f("ix_inquiry_section_id"), "inquiry", ["section_id"])

    op.create_table(
        "action_actor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_actor_action_id")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_action_actor_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_actor")),
        sa.UniqueConstraint(
            "action_id", "actor_id", name=op.f("uq_action_actor_action_id_actor_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_action_actor_action_id"), "action_actor", ["action_id"])
    op.create_index(op.f("ix_action_actor_actor_id"), "action_actor", ["actor_id"])

    op.create_table(
        "action_principle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("principle_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_principle_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["principle_id"], ["principle.id"], name=op.f("fk_action_principle_principle_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_principle")),
        sa.UniqueConstraint(
            "action_id", "principle_id", name=op.f("uq_action_principle_action_id_principle_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_action_principle_action_id"), "action_principle", ["action_id"])
    op.create_index(op.f("ix_action_principle_principle_id"), "action_principle", ["principle_id"])

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint("role IN ('lead', 'related')", name=op.f("ck_assignment_role")),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_assignment_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_assignment_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "action_id", "section_id", name=op.f("uq_assignment_action_id_section_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_assignment_action_id"), "assignment", ["action_id"])
    op.create_index(op.f("ix_assignment_section_id"), "assignment", ["section_id"])

    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("heading_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["heading_id"], ["heading.id"], name=op.f("fk_opinion_heading_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_opinion_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_opinion_round_heading",
        "opinion",
        ["round_id", sa.text("coalesce(heading_id, 0)")],
        unique=True,
    )
    op.create_index(op.f("ix_opinion_heading_id"), "opinion", ["heading_id"])
    op.create_index(op.f("ix_opinion_round_id"), "opinion", ["round_id"])

    op.create_table(
        "outlook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("direction_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_outlook_action_id")),
        sa.ForeignKeyConstraint(
            ["direction_id"], ["direction.id"], name=op.f("fk_outlook_direction_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_outlook_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlook")),
        sa.UniqueConstraint("round_id", "action_id", name=op.f("uq_outlook_round_id_action_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outlook_action_id"), "outlook", ["action_id"])
    op.create_index(op.f("ix_outlook_direction_id"), "outlook", ["direction_id"])
    op.create_index(op.f("ix_outlook_round_id"), "outlook", ["round_id"])

    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("heading_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_placement_position")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_placement_action_id")),
        sa.ForeignKeyConstraint(
            ["heading_id"], ["heading.id"], name=op.f("fk_placement_heading_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint(
            "heading_id", "action_id", name=op.f("uq_placement_heading_id_action_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_placement_action_id"), "placement", ["action_id"])
    op.create_index(op.f("ix_placement_heading_id"), "placement", ["heading_id"])

    op.create_table(
        "prerequisite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("required_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("action_id <> required_id", name=op.f("ck_prerequisite_itself")),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_prerequisite_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["required_id"], ["action.id"], name=op.f("fk_prerequisite_required_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prerequisite")),
        sa.UniqueConstraint(
            "action_id", "required_id", name=op.f("uq_prerequisite_action_id_required_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_prerequisite_action_id"), "prerequisite", ["action_id"])
    op.create_index(op.f("ix_prerequisite_required_id"), "prerequisite", ["required_id"])

    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("position >= 0", name=op.f("ck_progress_position")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_progress_action_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_progress_round_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_progress_section_id")
        ),
        sa.ForeignKeyConstraint(["status_id"], ["status.id"], name=op.f("fk_progress_status_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_progress_action_id"), "progress", ["action_id"])
    op.create_index(op.f("ix_progress_round_id"), "progress", ["round_id"])
    op.create_index(op.f("ix_progress_section_id"), "progress", ["section_id"])
    op.create_index(op.f("ix_progress_status_id"), "progress", ["status_id"])
