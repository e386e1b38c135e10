"""The one way to change a case: decide, evolve, and tell everybody who sees it."""

from datetime import datetime

from cards.tracks import words_track
from cards.words import outcome, words_card
from domain.approvals.case import Case, Status
from domain.approvals.commands import Command
from domain.approvals.decide import decide
from domain.approvals.events import Event
from domain.approvals.evolve import evolve_all
from usecases.ports import Change, Outcome, Post, World
from usecases.show import audience

_TOLD = (Status.APPROVED, Status.REJECTED)  # ends that the applicant is told in a message of its own (R-APR-4)


def change_case(case: Case, *commands: Command, world: World, now: datetime, but: str = "") -> Outcome:
    """What follows when the commands are carried out, all or none. `but` is the card that carries the answer itself.

    Raises OfficeError when the domain refuses."""
    events: tuple[Event, ...] = ()
    after = case
    for command in commands:
        new = decide(after, command, now)
        events, after = events + new, evolve_all(after, new) if new else after
    if not events:
        return Outcome()
    return Outcome(change=Change(events=events, after=after), posts=tell(after, world, but=but))


def tell(case: Case, world: World, *, but: str = "") -> tuple[Post, ...]:
    """The cards that follow a change, and at the end the message to the applicant."""
    posts = audience(case, but=but)
    if case.status in _TOLD:
        title, text = outcome(case, world.frame)
        posts += (say(case.applicant, f"{case.number}:{case.status}", title, text),)
    return posts


def say(person: str, cause: str, title: str, markdown: str) -> Post:
    """Plain words for one person; `cause` says what happened, so that a repeat is the same words."""
    key = words_track(cause, person)
    return Post(to=person, track=key, words=words_card(key, title, markdown))
