"""Somebody wants something of a case: by a button of its card, or by a word and its number. One way for both."""

from dataclasses import dataclass, field
from datetime import datetime

from cards.words import ask_for
from domain.approvals.case import Case
from domain.errors import NameUnknown, NotYourTurn, ReasonMissing
from usecases.change_case import change_case
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk, World
from usecases.show import form_of
from usecases.tapped import Tap
from usecases.wishes import ASKS, Wish, command_of

_NO_WORDS = (ReasonMissing, NameUnknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Tap):
    """A button of a case's card. `words` and `people` are what its form said."""

    verb: str
    words: str = field(default="")
    people: tuple[str, ...] = ()

    @property
    def talk(self) -> str:
        """What is missing comes by chat."""
        return self.by if self.verb in ASKS else ""

    def act(self, office: Office, now: datetime) -> Outcome:
        """Carry it out. Where words are needed and none came, ask for them in the chat (on a rich card: for reasons,
        on the card itself)."""
        case = self.case(office)
        step = self.seen.step
        if step is None and self.verb in STEPS:
            raise NotYourTurn(case.waiting_for())
        wish = wish_of(self.verb, self.by, case, office.world, step=step, words=self.words, people=self.people)
        try:
            return self.change(command_of(wish, case), office=office, now=now)
        except _NO_WORDS:
            if self.verb not in ASKS or self.words:
                raise
            return self._ask(case, step or "", office, now)

    def _ask(self, case: Case, step: str, office: Office, now: datetime) -> Outcome:
        title, text = ask_for(self.verb, case, office.world.frame_for(self.by))
        asked = Talk(case=case.number, verb=self.verb, step=step, since_ms=round(now.timestamp() * 1000))
        question = say(self.by, f"{case.number}:{case.version}:{self.verb}", title, text)
        return Outcome(talk=asked, posts=(question,), answer=self.answer(case, office, now, tip=text))


STEPS = ("approve", "reject", "return", "transfer", "add_before", "add_after", "add_beside", "delegate", "claim",
         "release")  # fmt: skip


def wish_of(
    verb: str, by: str, case: Case, world: World, *, step: str | None = None, words: str = "",
    people: tuple[str, ...] = (),
) -> Wish:  # fmt: skip
    """The wish, with what the office knows of the person."""
    return Wish(
        verb=verb, by=by, step=step, words=words.strip(), people=people, admin=administers(by, case, world),
        organization=world.organization,
    )  # fmt: skip


def administers(person: str, case: Case, world: World) -> bool:
    """Whether the person administers the company, or the flow of this case."""
    who = world.organization.find(person)
    if who is None:
        return False
    administrator = form_of(case, world).administrator
    return who.admin or bool(administrator and administrator in who.roles)


def carried_out(wish: Wish, case: Case, office: Office, now: datetime) -> Outcome:
    """The same by words. Raises OfficeError."""
    return change_case(case, command_of(wish, case), office=office, now=now)
