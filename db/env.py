"""Runs the migrations on the connection that the program lends."""

from alembic import context

from kyodo_desktop.store.tables import SQLModel

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
