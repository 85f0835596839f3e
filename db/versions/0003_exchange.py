"""What goes out and comes in: when a section shall answer, and how a table was read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # Added, not recreated: the numbers of deleted rows stay used (AUTOINCREMENT).
    op.execute(
        "ALTER TABLE inquiry ADD COLUMN due_on VARCHAR "
        "CONSTRAINT ck_inquiry_due_on CHECK (date(due_on, '+0 days') IS due_on)"
    )
    op.execute(
        "ALTER TABLE inquiry ADD COLUMN accepted_at VARCHAR CONSTRAINT ck_inquiry_accepted_at "
        "CHECK (accepted_at IS NULL OR datetime(accepted_at) IS NOT NULL)"
    )
    op.execute("ALTER TABLE inquiry ADD COLUMN covering VARCHAR DEFAULT '' NOT NULL")
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_import_mapping_name_filled")),
        sa.CheckConstraint("json_valid(body)", name=op.f("ck_import_mapping_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("name", name=op.f("uq_import_mapping_name")),
        sqlite_autoincrement=True,
    )
