"""What a report that is published says: 市の対応, the city, and choices of what goes into it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    # Added, not recreated: the numbers of deleted rows stay used (AUTOINCREMENT).
    op.execute("ALTER TABLE opinion ADD COLUMN response VARCHAR DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE plan ADD COLUMN municipality VARCHAR DEFAULT '' NOT NULL")
    op.create_table(
        "report_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_report_choice_name_filled")),
        sa.CheckConstraint("json_valid(body)", name=op.f("ck_report_choice_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_choice")),
        sa.UniqueConstraint("name", name=op.f("uq_report_choice_name")),
        sqlite_autoincrement=True,
    )
