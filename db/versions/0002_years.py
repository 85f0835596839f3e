"""The plan through its years: what rounds carry, checks, terms and revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

REFUSE = "BEGIN SELECT RAISE(ABORT, 'the round is closed'); END"


def upgrade() -> None:
    # Added, not recreated: the numbers of deleted rows stay used (AUTOINCREMENT).
    for table in ("progress", "outlook"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN carried INTEGER DEFAULT '0' NOT NULL "
            f"CONSTRAINT ck_{table}_carried CHECK (carried IN (0, 1))"
        )
    op.create_table(
        "joining",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("action_id <> into_id", name=op.f("ck_joining_itself")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_joining_action_id")),
        sa.ForeignKeyConstraint(["into_id"], ["action.id"], name=op.f("fk_joining_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joining")),
        sa.UniqueConstraint("action_id", name=op.f("uq_joining_action_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_joining_action_id"), "joining", ["action_id"])
    op.create_index(op.f("ix_joining_into_id"), "joining", ["into_id"])
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(rule)) > 0", name=op.f("ck_confirmation_rule_filled")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_confirmation_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint(
            "round_id", "rule", "subject", name=op.f("uq_confirmation_round_id_rule_subject")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_confirmation_round_id"), "confirmation", ["round_id"])
    op.create_table(
        "muted_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(rule)) > 0", name=op.f("ck_muted_rule_rule_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_muted_rule")),
        sa.UniqueConstraint("rule", name=op.f("uq_muted_rule_rule")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "succession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("choice", sa.String(), nullable=False),
        sa.CheckConstraint(
            "choice IN ('continue', 'expand', 'merge', 'drop')", name=op.f("ck_succession_choice")
        ),
        sa.CheckConstraint(
            "(choice = 'drop') = (successor_id IS NULL)", name=op.f("ck_succession_successor")
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_succession_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["action.id"], name=op.f("fk_succession_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession")),
        sa.UniqueConstraint("action_id", name=op.f("uq_succession_action_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_succession_action_id"), "succession", ["action_id"])
    op.create_index(op.f("ix_succession_successor_id"), "succession", ["successor_id"])
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("decided_on", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_revision_name_filled")),
        sa.CheckConstraint(
            "date(decided_on, '+0 days') IS decided_on", name=op.f("ck_revision_decided_on")
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_revision_operation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("name", name=op.f("uq_revision_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_revision_operation_id"), "revision", ["operation_id"])
    op.create_table(
        "revision_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint(
            "table_name IN ('heading', 'action')", name=op.f("ck_revision_reason_table_name")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_revision_reason_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_reason")),
        sa.UniqueConstraint(
            "revision_id",
            "table_name",
            "row_id",
            name=op.f("uq_revision_reason_revision_id_table_name_row_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_revision_reason_revision_id"), "revision_reason", ["revision_id"])

    for table in ("progress", "outlook", "opinion", "confirmation"):
        for verb, rounds in (
            ("INSERT", "NEW.round_id"),
            ("UPDATE", "OLD.round_id, NEW.round_id"),
            ("DELETE", "OLD.round_id"),
        ):
            op.execute(
                f"CREATE TRIGGER {table}_{verb.lower()}_closed BEFORE {verb} ON {table} "
                "WHEN EXISTS (SELECT 1 FROM round "
                f"WHERE id IN ({rounds}) AND closed_at IS NOT NULL) {REFUSE}"
            )
    op.execute(
        "CREATE TRIGGER round_update_closed BEFORE UPDATE ON round "
        f"WHEN OLD.closed_at IS NOT NULL AND NEW.closed_at IS NOT NULL {REFUSE}"
    )
    op.execute(
        "CREATE TRIGGER round_delete_closed BEFORE DELETE ON round "
        f"WHEN OLD.closed_at IS NOT NULL {REFUSE}"
    )
