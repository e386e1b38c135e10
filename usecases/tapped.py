"""What every tap on a case's card has in common: which card, by whom, and what a refusal looks like on it."""

from dataclasses import dataclass, replace
from datetime import datetime

from cards import tracks
from cards.card import Card
from cards.refusals import sentence
from domain.approvals.case import Case
from domain.approvals.commands import Command
from domain.errors import CaseUnknown, OfficeError, UnknownPerson
from usecases.balances import stand
from usecases.change_case import change_case
from usecases.ports import Answer, Needs, Office, Outcome
from usecases.show import card_for, tells_balance

NOTED = "已记下你的处理，结果在发给你的那张卡片上"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A tap on the card `track` of `case` by `by`; `push` names the frame that brought it.

    The case and the step come from the card's own id, never from the button's params: those can be forged."""

    push: str
    by: str
    track: str

    @property
    def cause(self) -> str:
        """The tap, by the id of its push."""
        return f"t:{self.push}"

    @property
    def seen(self) -> tracks.Tracked:
        """Which case, in which role."""
        found = tracks.read(self.track)
        assert found is not None, "handlers hand in only cards of cases"
        return found

    @property
    def talk(self) -> str:
        """Whose conversation goes on with this tap; nobody's, where a button does not say otherwise."""
        return ""

    def needs(self) -> Needs:
        """The case, and that conversation."""
        return Needs(cases=(self.seen.case,), talk=self.talk)

    def case(self, office: Office) -> Case:
        """The case of the card. Raises CaseUnknown, or UnknownPerson for a leaver."""
        if office.world.organization.find(self.by) is None:
            raise UnknownPerson(self.by)
        return office.case(self.seen.case)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """The card's present state with a sentence; on a card that is not theirs only they see the sentence."""
        tip = sentence(error, office.world.frame_for(self.by), now)
        if tracks.owned_by(self.track, self.by) and not isinstance(error, UnknownPerson | CaseUnknown):
            return Outcome(answer=self.answer(office.case(self.seen.case), office, now, tip=tip))
        return Outcome(answer=self._aside(tip))

    def answer(self, case: Case, office: Office, now: datetime, *, tip: str = "") -> Answer:
        """The tapped card as it is now."""
        asked = None
        if tells_balance(case, self.seen, self.by, office.world):
            entries = office.ledger.entries((case.applicant,))
            asked = stand((case,), entries, office.world, now, office.calendar.workdays_of).get(case.number)
        return Answer(to=self.by, card=card_for(case, self.seen, self.by, office.world, tip=tip, asked=asked))

    def change(self, *commands: Command, office: Office, now: datetime) -> Outcome:
        """Carry out domain commands on the case, all or none; the tapped card goes with the answer.

        On a colleague's card, forwarded perhaps, they may decide what they could decide on their own: it is told to
        them alone, and both cards change as everybody's."""
        case = self.case(office)
        if not tracks.owned_by(self.track, self.by):
            return replace(
                change_case(case, *commands, office=office, now=now),
                answer=self._aside(office.world.frame_for(self.by).say(NOTED)),
            )
        outcome = change_case(case, *commands, office=office, now=now, but=self.track)
        return replace(outcome, answer=self.answer(outcome.after(case), office, now))

    def _aside(self, tip: str) -> Answer:
        """A sentence that only they see."""
        card = Card(track=self.track, template="case", params={"tips": tip}, version=0)
        return Answer(to=self.by, card=card, private=True)
