"""The one way to change a case: decide, evolve, and tell everybody who sees it."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from domain.approvals.case import Case
from domain.approvals.commands import Command, Fill, Replace
from domain.approvals.decide import decide
from domain.approvals.events import Event
from domain.approvals.evolve import evolve_all
from domain.approvals.rows import completed
from domain.errors import NobodyNamed
from usecases.absences import absences
from usecases.deadlines import deadlines
from usecases.leave_ledger import booked
from usecases.notices import notices
from usecases.opening import opening_for, successors
from usecases.ports import Change, Office, Outcome, Timer
from usecases.show import audience, form_of
from usecases.tell_platform import tellings


def change_case(case: Case, *commands: Command, office: Office, now: datetime, but: str = "") -> Outcome:
    """What follows when the commands are carried out, all or none. `but` is the card that carries the answer itself.

    Raises OfficeError when the domain refuses."""
    events: tuple[Event, ...] = ()
    after = case
    opening = opening_for(case, form_of(case, office.world), office, now)
    for command in commands:
        if isinstance(command, Fill):  # totals follow from rows, whoever fills them in
            filled = completed(form_of(case, office.world), after.values, command.values)
            command = replace(command, values=filled)
        new = decide(after, command, now, opening)
        events, after = events + new, evolve_all(after, new) if new else after
    new, after = leavers_replaced(after, office, now)
    events += new
    if not events:
        return Outcome()
    return Outcome(
        changes=(Change(events=events, after=after),),
        posts=(
            *audience(after, but=but),
            *notices(case, events, after, office.world),
            *tellings(case, after, office, now),
        ),
        timers=(*deadlines(after, events, office), *_linked(case, after, now)),
        kept=(*absences(case, after, office, now), *booked(case, after, office, now)),
    )


def _linked(before: Case, after: Case, now: datetime) -> tuple[Timer, ...]:
    """Cases that belong to this one shall say how it stands now; soon, and in a transaction of their own."""
    if before.status is after.status:
        return ()
    return tuple(
        Timer(id=f"linked:{after.number}:{other}", due=now, kind="tell_linked", subject=f"{after.number} {other}")
        for other in after.links
    )


def leavers_replaced(case: Case, office: Office, now: datetime) -> tuple[tuple[Event, ...], Case]:
    """Whoever is awaited and has left is replaced (R-ORG-5): a case never waits for somebody who is not there."""
    events: tuple[Event, ...] = ()
    for person in case.waiting_for():
        if case.step is None or office.world.organization.find(person) is not None:
            continue
        flow = form_of(case, office.world)
        to = successors(case, flow, case.step, office)
        with suppress(NobodyNamed):
            new = decide(case, Replace(by="", person=person, to=to), now, opening_for(case, flow, office, now))
            events, case = events + new, evolve_all(case, new) if new else case
    return events, case
