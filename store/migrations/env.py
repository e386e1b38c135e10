"""Alembic's entry: runs migrations on the connection that store.migrate hands over."""

from alembic import context

from store import time_tables  # noqa: F401 - its tables belong to the schema
from store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction carries it
)
context.run_migrations()
