"""Who is awaited: read when the organisation changes, for a case must not wait for somebody who has left."""

from collections.abc import Container

import sqlalchemy as sa

from store.rows import parts
from store.tables import OPEN, tasks


def cases_awaiting_others(connection: sa.Connection, people: Container[str]) -> list[str]:
    """The numbers of the cases that wait for somebody who is not among these people."""
    awaited = connection.scalars(sa.select(tasks.c.person).where(OPEN).distinct())
    gone = parts(person for person in awaited if person not in people)
    waiting = (sa.select(tasks.c.case_number).where(OPEN, tasks.c.person.in_(some)) for some in gone)
    return sorted({number for query in waiting for number in connection.scalars(query)})
