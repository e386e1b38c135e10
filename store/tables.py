"""The tables. All times are milliseconds since 1970 (UTC), so that both stores sort and compare them alike."""

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # sorted as Python and SQLite sort: lock order


def _text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False, **options)


def _whole(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False, **options)


inbox = sa.Table(  # what came in and was taken: a repeat ends here (robot and message id, or event id)
    "inbox",
    metadata,
    _text("id", primary_key=True),
    _whole("at_ms"),
)

events = sa.Table(  # what happened to each case, in a chain of hashes; never changed
    "events",
    metadata,
    _text("case_number", primary_key=True),
    _whole("seq", primary_key=True, autoincrement=False),
    _text("kind"),
    _text("actor"),  # userid, or "" for the system
    _whole("at_ms"),
    _text("cause"),  # the command: m: message, t: tap, timer id, …
    _text("payload"),  # canonical JSON
    _text("prev"),  # hash of the event before, "" for the first
    _text("hash"),
)

cases = sa.Table(  # the present state of each case (a projection of its events)
    "cases",
    metadata,
    _text("number", primary_key=True),
    _text("flow"),
    _text("applicant"),
    _text("status"),
    _whole("version"),
    _whole("created_ms"),
    _whole("updated_ms"),
    _text("head"),  # hash of the last event
    _text("state"),  # domain.approvals.case.Case as JSON
    sa.Index("ix_cases_applicant_created", "applicant", "created_ms", "number"),
)

RETURNED = cases.c.status == sa.literal_column("'returned'")
sa.Index("ix_cases_returned", cases.c.applicant, cases.c.created_ms, sqlite_where=RETURNED, postgresql_where=RETURNED)

tasks = sa.Table(  # who is or was asked (a projection): one row a person and step
    "tasks",
    metadata,
    _text("case_number", primary_key=True),
    _text("step", primary_key=True),
    _text("person", primary_key=True),
    _text("state"),
    _whole("opened_ms"),  # 0: not opened yet
    _whole("decided_ms"),  # 0: not decided
)
# The conditions of partial indexes, written out: an index is used only where the database reads the same in the query.
OPEN = tasks.c.state == sa.literal_column("'open'")
DECIDED = tasks.c.decided_ms > sa.literal_column("0")
sa.Index(
    "ix_tasks_open",
    tasks.c.person,
    tasks.c.opened_ms,
    tasks.c.case_number,
    sqlite_where=OPEN,
    postgresql_where=OPEN,
)
sa.Index("ix_tasks_decided", tasks.c.person, tasks.c.decided_ms, sqlite_where=DECIDED, postgresql_where=DECIDED)

standins = sa.Table(  # who decides for whom, and when; those that are over stay on record
    "standins",
    metadata,
    _text("id", primary_key=True),  # the message that named the deputy, or the case by which somebody is away
    _text("person"),
    _text("deputy"),  # "": away, and nobody named
    _whole("start_ms"),
    _whole("end_ms"),
    _whole("made_ms"),
    _text("flows"),  # ids as a JSON list; none: all
    _text("most"),  # the highest sum, as a decimal, or ""
    _text("case_number"),  # the approved leave, or ""
    sa.Index("ix_standins_end", "end_ms"),
    sa.Index("ix_standins_person", "person", "end_ms"),
    sa.Index("ix_standins_deputy", "deputy", "end_ms"),
)

talks = sa.Table(  # where a conversation stands: the draft at hand, the question asked
    "talks",
    metadata,
    _text("id", primary_key=True),
    _text("focus"),  # usecases.ports.Talk as JSON
    _whole("updated_ms"),
)

tongues = sa.Table(  # in which language people write, where it is or once was another than the company's
    "tongues",
    metadata,
    _text("person", primary_key=True),
    _text("language"),
    _whole("at_ms"),
)

counters = sa.Table(  # running numbers: QJ-20261123 -> 7
    "counters",
    metadata,
    _text("id", primary_key=True),
    _whole("value"),
)

KEPT = {"kept": True}  # a newer state of a card leaves alone what was sent and who is sending

outbox = sa.Table(  # what each listener shall see: one row a card, with its newest state
    "outbox",
    metadata,
    _text("track", primary_key=True),  # outTrackId
    _text("lane"),  # the listener: userid, or cid:… of a group
    _text("words"),  # cardParamMap as JSON; "": a case's card, drawn from the case when it is sent
    _whole("version"),  # the case's version that it must show at least
    _whole("sent_version", info=KEPT),  # what the platform has seen; 0: the card does not exist yet
    _whole("parked"),  # 1: failed for good, somebody must look
    _whole("queued_ms"),  # order within the lane
    _whole("due_ms"),
    _whole("attempts"),
    _whole("leased_ms", info=KEPT),  # until when somebody is sending it
    _text("holder", info=KEPT),  # who
    _text("error"),  # the last failure, in words
)
WAITING = (outbox.c.sent_version < outbox.c.version) & (outbox.c.parked == sa.literal_column("0"))
sa.Index(
    "ix_outbox_waiting",
    outbox.c.queued_ms,
    outbox.c.lane,
    sqlite_where=WAITING,
    postgresql_where=WAITING,
)

timers = sa.Table(  # what shall be looked at again, and when
    "timers",
    metadata,
    _text("id", primary_key=True),  # natural key: expire:QJ-…
    _whole("due_ms", index=True),
    _text("kind"),
    _text("subject"),
)

snapshots = sa.Table(  # the last organisation read from the directory, so that a restart need not wait for it
    "snapshots",
    metadata,
    _text("name", primary_key=True),
    _text("content"),
    _whole("at_ms"),
)

flow_versions = sa.Table(  # every version of a flow that was ever in use: what runs, runs on as it was filed (R-APR-9)
    "flow_versions",
    metadata,
    _text("flow", primary_key=True),
    _text("version", primary_key=True),
    _text("content"),  # domain.approvals.flow.Flow as JSON
    _whole("since_ms", info=KEPT),  # when it was first used
)
