"""再来一单: a new draft with what an old case of one's own said."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.approvals.case import Case
from domain.approvals.events import Drafted
from domain.approvals.evolve import evolve
from domain.approvals.rows import refreshed
from domain.approvals.rules import EMERGENCY
from domain.errors import NotYours
from usecases.behalf import check_allowed
from usecases.expire_draft import expiry
from usecases.ports import Change, Office, Outcome, Post, Talk
from usecases.show import applicant_track, flow_of
from usecases.tapped import Tap


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyCase(Tap):
    """The button on one's own card of a case that has ended."""

    @property
    def talk(self) -> str:
        """The new draft comes to hand."""
        return self.by

    def act(self, office: Office, now: datetime) -> Outcome:
        """The old card stays as it is. Raises NotYours, UnknownFlow."""
        case = self.case(office)
        return replace(copied(case, self.by, office, now), answer=self.answer(case, office, now))


def copied(case: Case, by: str, office: Office, now: datetime) -> Outcome:
    """A draft of the same kind with the same values, for the person who asks."""
    if by not in case.owners:
        raise NotYours(case.applicant)
    flow = flow_of(office.world, case.flow)
    if by != case.applicant:
        check_allowed(by, case.applicant, flow, office.world)
    drafted = Drafted(
        by=case.applicant, at=now, number=office.next_number(flow.prefix), flow=flow.id, title=flow.title,
        values={key: value for key, value in refreshed(flow, case.values).items() if key != EMERGENCY},
        notes=(f"照 {case.number} 填好了，请核对日期",), filed_by=by if by != case.applicant else "",
    )  # fmt: skip
    new = evolve(None, drafted)
    card = Post(to=by, track=applicant_track(new, by), version=new.version)
    return Outcome(
        changes=(Change(events=(drafted,), after=new),), posts=(card,), timers=(expiry(new),),
        talk=Talk(case=new.number, since_ms=round(now.timestamp() * 1000)),
    )  # fmt: skip
