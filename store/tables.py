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


def text(name: str, **options: Any) -> sa.Column[str]:
    """A text that is always there."""
    return sa.Column(name, TEXT, nullable=False, **options)


def whole(name: str, **options: Any) -> sa.Column[int]:
    """A whole number that is always there."""
    return sa.Column(name, sa.BigInteger, nullable=False, **options)


inbox = sa.Table(  # what came in and was taken: a repeat ends here (robot and message id, or event id)
    "inbox",
    metadata,
    text("id", primary_key=True),
    whole("at_ms"),
)

events = sa.Table(  # what happened to each case, in a chain of hashes; never changed
    "events",
    metadata,
    text("case_number", primary_key=True),
    whole("seq", primary_key=True, autoincrement=False),
    text("kind"),
    text("actor"),  # userid, or "" for the system
    whole("at_ms"),
    text("cause"),  # the command: m: message, t: tap, timer id, …
    text("payload"),  # canonical JSON
    text("prev"),  # hash of the event before, "" for the first
    text("hash"),
)

_COUNTED_KINDS = ("submitted", "finished", "rejected")  # filed, and what ends most cases
COUNTED = events.c.kind.in_([sa.literal_column(f"'{kind}'") for kind in _COUNTED_KINDS])
sa.Index("ix_events_counted", events.c.at_ms, sqlite_where=COUNTED, postgresql_where=COUNTED)

cases = sa.Table(  # the present state of each case (a projection of its events)
    "cases",
    metadata,
    text("number", primary_key=True),
    text("flow"),
    text("applicant"),
    text("status"),
    whole("version"),
    whole("created_ms"),
    whole("updated_ms"),
    text("head"),  # hash of the last event
    text("state"),  # domain.approvals.case.Case as JSON
    sa.Index("ix_cases_applicant_created", "applicant", "created_ms", "number"),
)

RETURNED = cases.c.status == sa.literal_column("'returned'")
sa.Index("ix_cases_returned", cases.c.applicant, cases.c.created_ms, sqlite_where=RETURNED, postgresql_where=RETURNED)
VISITS = cases.c.flow == sa.literal_column("'visit_plan'")  # looked through every day for those who go out
sa.Index("ix_cases_visits", cases.c.created_ms, sqlite_where=VISITS, postgresql_where=VISITS)

tasks = sa.Table(  # who is or was asked (a projection): one row a person and step
    "tasks",
    metadata,
    text("case_number", primary_key=True),
    text("step", primary_key=True),
    text("person", primary_key=True),
    text("state"),
    whole("opened_ms"),  # 0: not opened yet
    whole("decided_ms"),  # 0: not decided
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
    text("id", primary_key=True),  # the message that named the deputy, or the case by which somebody is away
    text("person"),
    text("deputy"),  # "": away, and nobody named
    whole("start_ms"),
    whole("end_ms"),
    whole("made_ms"),
    text("flows"),  # ids as a JSON list; none: all
    text("most"),  # the highest sum, as a decimal, or ""
    text("case_number"),  # the approved leave, or ""
    sa.Index("ix_standins_end", "end_ms"),
    sa.Index("ix_standins_person", "person", "end_ms"),
    sa.Index("ix_standins_deputy", "deputy", "end_ms"),
)

talks = sa.Table(  # where a conversation stands: the draft at hand, the question asked
    "talks",
    metadata,
    text("id", primary_key=True),
    text("focus"),  # usecases.ports.Talk as JSON
    whole("updated_ms"),
)

tongues = sa.Table(  # in which language people write, where it is or once was another than the company's
    "tongues",
    metadata,
    text("person", primary_key=True),
    text("language"),
    whole("at_ms"),
)

counters = sa.Table(  # running numbers: QJ-20261123 -> 7
    "counters",
    metadata,
    text("id", primary_key=True),
    whole("value"),
)

KEPT = {"kept": True}  # a newer state of a card leaves alone what was sent and who is sending

outbox = sa.Table(  # what each listener shall see: one row a card, with its newest state
    "outbox",
    metadata,
    text("track", primary_key=True),  # outTrackId
    text("lane"),  # the listener: userid, cid:… of a group, or att:… for what the platform shall know of somebody
    text("words"),  # cardParamMap as JSON; "": a case's card, drawn from the case when it is sent
    whole("version"),  # the case's version that it must show at least
    whole("sent_version", info=KEPT),  # what the platform has seen; 0: the card does not exist yet
    whole("parked"),  # 1: failed for good, somebody must look
    whole("queued_ms"),  # order within the lane
    whole("due_ms"),
    whole("attempts"),
    whole("leased_ms", info=KEPT),  # until when somebody is sending it
    text("holder", info=KEPT),  # who
    text("error"),  # the last failure, in words
    text("bundle", server_default=""),  # no card, but a message that goes to all who have the same one; "": a card
)
WAITING = (outbox.c.sent_version < outbox.c.version) & (outbox.c.parked == sa.literal_column("0"))
sa.Index(
    "ix_outbox_waiting",
    outbox.c.queued_ms,
    outbox.c.lane,
    sqlite_where=WAITING,
    postgresql_where=WAITING,
)

BUNDLED = WAITING & (outbox.c.bundle != sa.literal_column("''"))
sa.Index(
    "ix_outbox_bundled",
    outbox.c.queued_ms,
    outbox.c.track,
    sqlite_where=BUNDLED,
    postgresql_where=BUNDLED,
)

timers = sa.Table(  # what shall be looked at again, and when
    "timers",
    metadata,
    text("id", primary_key=True),  # natural key: expire:QJ-…
    whole("due_ms", index=True),
    text("kind"),
    text("subject"),
)

snapshots = sa.Table(  # the last organisation read from the directory, so that a restart need not wait for it
    "snapshots",
    metadata,
    text("name", primary_key=True),
    text("content"),
    whole("at_ms"),
)

flow_versions = sa.Table(  # every version of a flow that was ever in use: what runs, runs on as it was filed (R-APR-9)
    "flow_versions",
    metadata,
    text("flow", primary_key=True),
    text("version", primary_key=True),
    text("content"),  # domain.approvals.flow.Flow as JSON
    whole("since_ms", info=KEPT),  # when it was first used
)
