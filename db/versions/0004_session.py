"""Who wrote last: a session, and for each step of the history its commit and a key."""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("commits", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_session_one")),
        sa.CheckConstraint("commits >= 0", name=op.f("ck_session_commits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.execute("INSERT INTO session (id, holder, commits) VALUES (1, '', 0)")
    # Added, not recreated: the numbers of deleted rows stay used (AUTOINCREMENT).
    op.execute("ALTER TABLE operation ADD COLUMN commit_number INTEGER DEFAULT '0' NOT NULL")
    op.execute("ALTER TABLE operation ADD COLUMN key VARCHAR DEFAULT '' NOT NULL")
    op.create_index("ix_operation_commit_number", "operation", ["commit_number"])
    _give_keys(op.get_bind())


def _give_keys(connection: sa.Connection) -> None:
    """Give each step the same key in every copy of the plan, for it is the same step."""
    steps = connection.execute(sa.text("SELECT id, at, author, label FROM operation")).all()
    for step in steps:
        key = sha256("\t".join(map(str, step)).encode(errors="replace")).hexdigest()[:16]
        connection.execute(
            sa.text("UPDATE operation SET key = :key WHERE id = :id"), {"key": key, "id": step.id}
        )
