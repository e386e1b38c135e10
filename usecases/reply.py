"""A button under a question: it says the words that the question offered."""

from dataclasses import dataclass, replace
from datetime import datetime

from cards import drafting
from cards.dress import answered
from cards.offers import Offer
from cards.refusals import sentence
from domain.errors import OfficeError, UnknownPerson
from usecases.hear import Hear
from usecases.heard import fresh
from usecases.offered import meant, settled, stands
from usecases.ports import Answer, Needs, Office, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The button at this `place` (from 0) of the question `track`. What it says stands in the talk of whoever taps,
    never on the card: a forwarded question is not theirs, and one that was answered asks no more."""

    push: str
    by: str
    track: str
    place: int

    @property
    def cause(self) -> str:
        """The tap, by the id of its push."""
        return f"t:{self.push}"

    def needs(self) -> Needs:
        """The talk and its case."""
        return Needs(talk=self.by, my_returned=self.by)

    def act(self, office: Office, now: datetime) -> Outcome:
        """What follows from saying it. Raises what saying it raises."""
        if office.world.organization.find(self.by) is None:
            raise UnknownPerson(self.by)
        offer = self._offer(office, now)
        if offer is None:
            return self._answer(office, office.world.frame_for(self.by).say(drafting.QUESTION_OVER))
        said_at = now.astimezone(office.world.frame.zone)
        heard = meant(Hear(message=self.cause, by=self.by, text="", said_at=said_at), offer, office.world)
        office.bring(heard.needs())
        outcome = settled(heard.act(office, now), office.talk(self.by), answered=True)
        tip = drafting.answered_with(offer.label, office.world.frame_for(self.by))
        return replace(outcome, answer=self._answer(office, tip).answer)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """One sentence under the question, which is over."""
        refusal = self._answer(office, sentence(error, office.world.frame_for(self.by), now))
        return settled(refusal, office.talk(self.by), answered=True)

    def _offer(self, office: Office, now: datetime) -> Offer | None:
        talk = office.talk(self.by)
        waits = talk.question == self.track and fresh(talk.since_ms, now) and stands(talk, office)
        return talk.offers[self.place] if waits and 0 <= self.place < len(talk.offers) else None

    def _answer(self, office: Office, tip: str) -> Outcome:
        card = answered(self.track, office.world.frame, tip)
        return Outcome(answer=Answer(to=self.by, card=card, private=True))
