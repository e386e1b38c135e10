"""An approver says yes or no to a step, by tapping or by typing."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from cards.words import ask_reason
from domain.approvals.case import Case
from domain.approvals.commands import Decide, Verdict
from domain.errors import NotYourTurn, ReasonMissing
from usecases.change_case import say
from usecases.ports import Office, Outcome, Talk
from usecases.tapped import Tap


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideStep(Tap):
    """The affirmative or the red button of a step. `words`: the comment, or the reason of a rejection (R-APR-6)."""

    verdict: Verdict
    words: str = field(default="")

    @property
    def talk(self) -> str:
        """The reason of a rejection comes by chat."""
        return self.by if self.verdict == "rejected" else ""

    def act(self, office: Office, now: datetime) -> Outcome:
        """Decide. A rejection without a reason asks for it: in the chat (plain cards), or on the card (rich)."""
        case = self.case(office)
        step = self.seen.step
        if step is None:
            raise NotYourTurn(case.waiting_for())
        try:
            decision = Decide(by=self.by, step=step, verdict=self.verdict, words=self.words)
            return self.change(decision, office=office, now=now)
        except ReasonMissing:
            if office.world.frame.dialect == "rich":
                raise
            return self._ask(case, step, office, now)

    def _ask(self, case: Case, step: str, office: Office, now: datetime) -> Outcome:
        title, text = ask_reason(case, office.world.frame)
        asked = Talk(case=case.number, rejects=step, since_ms=round(now.timestamp() * 1000))
        outcome = Outcome(talk=asked, posts=(say(self.by, f"{case.number}:{case.version}:reject", title, text),))
        return replace(outcome, answer=self.answer(case, office, tip=text))
