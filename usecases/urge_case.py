"""The applicant nudges whoever is awaited."""

from dataclasses import dataclass, replace
from datetime import datetime

from cards.words import urging
from domain.approvals.case import Case
from domain.approvals.commands import Urge
from usecases.change_case import say
from usecases.ports import Office, Outcome, Post, World
from usecases.tapped import Tap


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgeCase(Tap):
    """催办 on the applicant's card."""

    def act(self, office: Office, now: datetime) -> Outcome:
        """A word to each awaited person, at most once an hour a case."""
        outcome = self.change(Urge(by=self.by), office=office, now=now)
        return replace(outcome, posts=outcome.posts + nudges(self.case(office), office.world, self.cause))


def nudges(case: Case, world: World, cause: str) -> tuple[Post, ...]:
    """The words to everybody who is awaited."""
    title, text = urging(case, world.frame)
    return tuple(say(person, f"{cause}:urge", title, text) for person in case.waiting_for())
