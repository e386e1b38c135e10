"""One tap files the correction of the punches that were missed on a day (R-ATT-4). Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from cards import attendance as words
from cards.dress import answered
from cards.refusals import sentence
from cards.tracks import missed_day, owned_by
from domain.approvals.case import Case
from domain.approvals.events import Drafted
from domain.approvals.evolve import evolve
from domain.approvals.flow import Flow
from domain.approvals.form import missing
from domain.approvals.values import Value
from domain.attendance.findings import AWAY, CORRECTION, Finding
from domain.errors import NotInThisStep, OfficeError, UnknownPerson
from language.understanding import Understanding
from usecases.change_case import change_case
from usecases.expire_draft import expiry
from usecases.heard import Heard
from usecases.missed_punches import AROUND, form, to_correct
from usecases.next_question import next_question
from usecases.ports import Answer, Change, Needs, Office, Outcome
from usecases.show import flow_of
from usecases.submit_draft import filing


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPunch:
    """The button at this `place` (from 0) under the card `track` about missed punches: a usual reason, or another one.
    Day and person come from the card's name; when and which punch, from what is on record."""

    push: str
    by: str
    track: str
    place: int

    @property
    def cause(self) -> str:
        """The tap, by the id of its push."""
        return f"t:{self.push}"

    def needs(self) -> Needs:
        """The talk, for another reason is asked for there."""
        return Needs(talk=self.by)

    def act(self, office: Office, now: datetime) -> Outcome:
        """The correction is filed, or a draft waits for its reason. Raises UnknownPerson, NotInThisStep for somebody
        else's card, and what filing raises."""
        if office.world.organization.find(self.by) is None:
            raise UnknownPerson(self.by)
        if not owned_by(self.track, self.by):
            raise NotInThisStep("correct")
        frame, flow = office.world.frame_for(self.by), flow_of(office.world, CORRECTION)
        office.filed(self.by, flow.id, now - AROUND, counting=True)  # the same tap in two places files it once
        values = self._values(flow, office, now)
        if values is None:
            return self._answer(words.nothing_missing(frame), office)
        if self.place < len(words.REASONS):
            values |= {"reason": office.world.frame.say(words.REASONS[self.place])}
        drafted, case = self._drafted(flow, values, office, now)
        if missing(flow, case.values):
            return self._asking(drafted, case, flow, office, now)
        outcome = change_case(case, filing(case, self.by, office, now), office=office, now=now)
        changes = tuple(replace(one, events=(drafted, *one.events)) for one in outcome.changes)
        tip = words.correction_filed(case.number, frame)
        return replace(outcome, changes=changes, answer=self._answer(tip, office).answer)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """One sentence under the card."""
        return self._answer(sentence(error, office.world.frame_for(self.by), now), office)

    def _values(self, flow: Flow, office: Office, now: datetime) -> dict[str, Value] | None:
        """What the form says; None where nothing is missing any more."""
        found = office.findings.these((f"absence:{self.by}:{missed_day(self.track)}",))
        cases = office.findings.cases((*AWAY, CORRECTION), now - AROUND, (self.by,))
        finding: Finding | None = next((one for one in found if one.state in ("waiting", "open")), None)
        edges = to_correct(finding, cases, office) if finding is not None else ()
        return dict(form(finding, edges, flow, office)) if finding is not None and edges else None

    def _drafted(self, flow: Flow, values: dict[str, Value], office: Office, now: datetime) -> tuple[Drafted, Case]:
        number = office.next_number(flow.prefix)
        drafted = Drafted(by=self.by, at=now, number=number, flow=flow.id, title=flow.title, values=values)
        return drafted, evolve(None, drafted)

    def _asking(self, drafted: Drafted, case: Case, flow: Flow, office: Office, now: datetime) -> Outcome:
        """What is missing is asked, as of any draft."""
        said_at = now.astimezone(office.world.frame.zone)
        heard = Heard(message=self.cause, by=self.by, text="", said_at=said_at)
        outcome = Outcome(changes=(Change(events=(drafted,), after=case),), timers=(expiry(case),))
        asked = next_question(heard, case, flow, Understanding(), "", outcome, now, office)
        tip = words.correction_begun(office.world.frame_for(self.by))
        return replace(asked, answer=self._answer(tip, office).answer)

    def _answer(self, tip: str, office: Office) -> Outcome:
        card = answered(self.track, office.world.frame, tip)
        return Outcome(answer=Answer(to=self.by, card=card, private=True))
