"""Which rows a person's lists and newest things are: statements that are made once."""

import sqlalchemy as sa

from domain.approvals.case import Status
from store import tables as t
from usecases.hand_over import MOST

LISTED = 20  # how many cases a list in the chat shows

MINE = (
    sa.select(t.cases.c.state)
    .where(t.cases.c.applicant == sa.bindparam("person"))
    .order_by(t.cases.c.created_ms.desc(), t.cases.c.number.desc())
    .limit(LISTED)
)
NEWEST = (  # chosen before the cases are looked at: thousands may wait
    sa.select(t.tasks.c.case_number, t.tasks.c.opened_ms)
    .where(t.tasks.c.person == sa.bindparam("person"), t.OPEN)
    .order_by(t.tasks.c.opened_ms.desc(), t.tasks.c.case_number.desc())
    .limit(LISTED)
    .subquery()
)
WAITING = (
    sa.select(t.cases.c.state)
    .join_from(NEWEST, t.cases, NEWEST.c.case_number == t.cases.c.number)
    .order_by(NEWEST.c.opened_ms.desc(), NEWEST.c.case_number.desc())
)
COUNT = sa.select(sa.func.count()).select_from(
    sa.select(t.tasks.c.case_number)
    .where(t.tasks.c.person == sa.bindparam("person"), t.OPEN)
    .limit(LISTED + 100)
    .subquery()
)

AWAITING = (
    sa.select(t.tasks.c.case_number)
    .where(t.tasks.c.person == sa.bindparam("person"), t.OPEN)
    .order_by(t.tasks.c.opened_ms, t.tasks.c.case_number)
    .limit(MOST)
)

RETURNED = (
    sa.select(t.cases.c.number)
    .where(t.cases.c.applicant == sa.bindparam("person"), t.RETURNED)
    .order_by(t.cases.c.created_ms.desc())
    .limit(1)
)
DRAFTS = (
    sa.select(t.cases.c.number)
    .where(
        t.cases.c.applicant == sa.bindparam("person"),
        t.cases.c.created_ms > sa.bindparam("since"),
        t.cases.c.status == Status.DRAFT.value,
    )
    .order_by(t.cases.c.created_ms.desc(), t.cases.c.number.desc())
    .limit(LISTED)
)
STANDING = (Status.RUNNING, Status.RETURNED, Status.APPROVED)
FILED = sa.select(t.cases.c.state).where(
    t.cases.c.applicant == sa.bindparam("person"),
    t.cases.c.created_ms >= sa.bindparam("since"),
    t.cases.c.flow == sa.bindparam("flow"),
    t.cases.c.status.in_([status.value for status in STANDING]),
)
_newest_decision = (
    sa.select(t.tasks.c.case_number, t.tasks.c.state)
    .where(t.tasks.c.person == sa.bindparam("person"), t.DECIDED)
    .order_by(t.tasks.c.decided_ms.desc())
    .limit(1)
    .subquery()
)
LAST = (
    sa.select(_newest_decision.c.case_number)
    .join_from(_newest_decision, t.cases, _newest_decision.c.case_number == t.cases.c.number)
    .where(_newest_decision.c.state == "approved", t.cases.c.status == "running")
)
WAITING_FOR = (
    sa.select(
        t.tasks.c.person,
        sa.func.count().label("cases"),
        sa.func.min(t.tasks.c.opened_ms).label("since_ms"),
    )
    .where(t.OPEN)
    .group_by(t.tasks.c.person)
    .order_by(t.tasks.c.person)
)
