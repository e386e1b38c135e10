"""修改 on a draft: the next words correct it."""

from dataclasses import dataclass
from datetime import datetime

from cards.words import ask_change
from domain.approvals.case import Status
from domain.errors import NotDraft, NotYours
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk
from usecases.show import flow_to_fill
from usecases.tapped import Tap

CHANGE = "change"  # what Talk.asked says while corrections are awaited


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDraft(Tap):
    """The draft comes to hand again, whatever was talked about in between."""

    @property
    def talk(self) -> str:
        """The correction comes by chat."""
        return self.by

    def act(self, office: Office, now: datetime) -> Outcome:
        """Ask what to change. Raises NotDraft, NotYours."""
        case = self.case(office)
        if self.by not in case.owners:
            raise NotYours(case.applicant)
        if case.status not in (Status.DRAFT, Status.RETURNED):
            raise NotDraft(case.status)
        title, text = ask_change(case, flow_to_fill(case, office.world), office.world.frame_for(self.by))
        return Outcome(
            talk=Talk(case=case.number, asked=CHANGE, since_ms=round(now.timestamp() * 1000)),
            posts=(say(self.by, f"{case.number}:{case.version}:edit", title, text),),
            answer=self.answer(case, office, now, tip=text),
        )
