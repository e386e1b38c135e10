"""The schema: up, checked against the tables, down, up again, on both stores."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from store.engine import make_engine
from store.lock import DatabaseInUse, hold
from store.migrate import configuration, is_current, upgrade


def test_upgrade_matches_the_tables_and_can_be_taken_back(database_url: str) -> None:
    assert is_current(database_url)
    engine = make_engine(database_url)
    with engine.begin() as connection:
        command.check(configuration(connection))
        command.downgrade(configuration(connection), "base")
    with engine.begin() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
    assert not is_current(database_url)
    upgrade(database_url)
    assert is_current(database_url)


def test_a_second_process_on_the_same_sqlite_file_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nod.db'}"
    with hold(url), pytest.raises(DatabaseInUse), hold(url):
        pass
    with hold(url):
        pass


def test_replicas_that_upgrade_a_blank_database_at_once_do_not_disturb_each_other(postgres_databases: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    url = postgres_databases.fresh()
    engine = make_engine(url)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), "base")
    engine.dispose()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(upgrade, [url] * 3))
    assert is_current(url)
