"""The one way to change a case: decide, evolve, and tell everybody who sees it."""

from datetime import datetime

from domain.approvals.case import Case
from domain.approvals.commands import Command
from domain.approvals.decide import decide
from domain.approvals.events import Event
from domain.approvals.evolve import evolve_all
from usecases.deadlines import deadlines
from usecases.notices import notices
from usecases.opening import opening_for
from usecases.ports import Change, Office, Outcome
from usecases.show import audience, form_of


def change_case(case: Case, *commands: Command, office: Office, now: datetime, but: str = "") -> Outcome:
    """What follows when the commands are carried out, all or none. `but` is the card that carries the answer itself.

    Raises OfficeError when the domain refuses."""
    events: tuple[Event, ...] = ()
    after = case
    opening = opening_for(case, form_of(case, office.world), office, now)
    for command in commands:
        new = decide(after, command, now, opening)
        events, after = events + new, evolve_all(after, new) if new else after
    if not events:
        return Outcome()
    posts = (*audience(after, but=but), *notices(case, events, after, office.world))
    return Outcome(
        change=Change(events=events, after=after), posts=posts, timers=deadlines(after, events, office.world)
    )
