"""Who asks and who answered: the contact of the plan, and what an answer says of itself."""

from alembic import op

revision = "0005"
down_revision = "0004"

TEXTS = {
    "plan": ("contact_section", "contact_person", "contact_telephone"),
    "inquiry": ("answered_by", "extension", "manager_confirmed", "answer_saved_at", "taken_cells"),
}


def upgrade() -> None:
    # Added, not recreated: the numbers of deleted rows stay used (AUTOINCREMENT).
    for table, columns in TEXTS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR DEFAULT '' NOT NULL")
    op.execute(
        "ALTER TABLE inquiry ADD COLUMN addressee VARCHAR DEFAULT 'section' NOT NULL "
        "CONSTRAINT ck_inquiry_addressee CHECK (addressee IN ('section', 'head'))"
    )
