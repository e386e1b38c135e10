"""Brings a database to the newest schema; several replicas may do so at once."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from store.engine import is_postgres, make_engine

_UPGRADE_LOCK = 0x6E6F6402


def configuration(connection: sa.Connection) -> Config:
    """Alembic's configuration over our own connection (there is no alembic.ini)."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Upgrade the database at `url`; creates an SQLite file that is not there yet."""
    engine = make_engine(url)
    with engine.begin() as connection:
        if is_postgres(connection):
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
        command.upgrade(configuration(connection), revision)
    engine.dispose()


def is_current(url: str) -> bool:
    """Whether the database at `url` has the newest schema."""
    engine = make_engine(url)
    with engine.begin() as connection:
        script = ScriptDirectory.from_config(configuration(connection))
        current = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    return current == script.get_current_head()
