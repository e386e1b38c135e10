"""One tap files the correction of the punches that were missed on a day (R-ATT-4). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cards import attendance as words
from cards.dress import answered
from cards.refusals import sentence
from cards.tracks import missed_day, owned_by
from domain.approvals.case import Case
from domain.approvals.commands import Fill
from domain.approvals.events import Drafted
from domain.approvals.evolve import evolve
from domain.approvals.flow import Flow
from domain.approvals.form import missing
from domain.approvals.values import Value
from domain.attendance.findings import AWAY, CORRECTION, Finding, looked_at
from domain.errors import NotInThisStep, OfficeError, UnknownPerson
from language.understanding import Understanding
from usecases.change_case import change_case
from usecases.expire_draft import expiry
from usecases.heard import Heard
from usecases.missed_punches import AROUND, form, to_correct
from usecases.next_question import next_question
from usecases.ports import Answer, Change, Needs, Office, Outcome, Talk
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
        """The talk, for another reason is asked for there; and a draft that waits for one."""
        return Needs(talk=self.by, my_drafts=self.by)

    def act(self, office: Office, now: datetime) -> Outcome:
        """The correction is filed, or a draft waits for its reason. Raises UnknownPerson, NotInThisStep for somebody
        else's card or a button that it has not, and what filing raises."""
        if office.world.organization.find(self.by) is None:
            raise UnknownPerson(self.by)
        if not owned_by(self.track, self.by) or not 0 <= self.place <= len(words.REASONS):
            raise NotInThisStep("correct")
        frame, flow = office.world.frame_for(self.by), flow_of(office.world, CORRECTION)
        office.filed(self.by, flow.id, now - AROUND, counting=True)  # the same tap in two places files it once
        cases = office.findings.cases((*AWAY, CORRECTION), now - AROUND, (self.by,))
        finding = self._finding(cases, office, now)
        edges = to_correct(finding, cases, office) if finding is not None else ()
        if finding is None or not edges:
            return self._answer(words.nothing_missing(frame), office)
        if now >= finding.due:
            return self._answer(words.too_late(frame), office)
        values: dict[str, Value] = dict(form(finding, edges, flow, office))
        if self.place < len(words.REASONS) and any(field.id == "reason" for field in flow.fields):
            values |= {"reason": office.world.frame.say(words.REASONS[self.place])}
        return self._filed(values, flow, office, now)

    def _filed(self, values: dict[str, Value], flow: Flow, office: Office, now: datetime) -> Outcome:
        """Filed, or asked for what is missing; a draft of that day that waits for its reason is gone on with."""
        draft = self._draft(values, flow, office)
        if draft is not None and missing(flow, values):
            return self._asking((), draft, flow, office, now)
        drafted, case = self._drafted(flow, values, office, now) if draft is None else ((), draft)
        if missing(flow, values):
            return self._asking(drafted, case, flow, office, now)
        filled = (Fill(by=self.by, values=values),) if draft is not None else ()
        submit = filing(replace(case, values={**case.values, **values}), self.by, office, now)
        outcome = change_case(case, *filled, submit, office=office, now=now)
        changes = tuple(replace(one, events=(*drafted, *one.events)) for one in outcome.changes)
        talk = Talk() if office.talk(self.by).case == case.number else None
        tip = words.correction_filed(case.number, office.world.frame_for(self.by))
        return replace(outcome, changes=changes, talk=talk, answer=self._answer(tip, office).answer)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """One sentence under the card."""
        return self._answer(sentence(error, office.world.frame_for(self.by), now), office)

    def _finding(self, cases: Sequence[Case], office: Office, now: datetime) -> Finding | None:
        """What is missing of that day, as punches and cases say now; None where nothing is, or HR has decided."""
        found = office.findings.these((f"absence:{self.by}:{missed_day(self.track)}",))
        one = next((one for one in found if one.state in ("waiting", "open")), None)
        if one is None:
            return None
        presence = office.calendar.presence(one.day, one.day, (self.by,))
        punches = office.calendar.punches(one.day, one.day, (self.by,))
        seen = looked_at(one, presence, punches, cases, now, office.world.frame.zone)
        return None if seen.state == "settled" else seen

    def _draft(self, values: dict[str, Value], flow: Flow, office: Office) -> Case | None:
        """The correction of that day that is not filed yet."""
        day = str(values.get("start"))[:10]
        drafts = (one for one in office.my_drafts(self.by) if one.flow == flow.id and not one.filed_by)
        return next((one for one in drafts if str(one.values.get("start"))[:10] == day), None)

    def _drafted(
        self, flow: Flow, values: dict[str, Value], office: Office, now: datetime
    ) -> tuple[tuple[Drafted], Case]:  # fmt: skip
        number = office.next_number(flow.prefix)
        drafted = Drafted(by=self.by, at=now, number=number, flow=flow.id, title=flow.title, values=values)
        return (drafted,), evolve(None, drafted)

    def _asking(self, drafted: tuple[Drafted, ...], case: Case, flow: Flow, office: Office, now: datetime) -> Outcome:
        """What is missing is asked, as of any draft."""
        said_at = now.astimezone(office.world.frame.zone)
        heard = Heard(message=self.cause, by=self.by, text="", said_at=said_at)
        begun = Outcome(changes=(Change(events=drafted, after=case),), timers=(expiry(case),)) if drafted else Outcome()
        asked = next_question(heard, case, flow, Understanding(), "", begun, now, office)
        tip = words.correction_begun(office.world.frame_for(self.by))
        return replace(asked, answer=self._answer(tip, office).answer)

    def _answer(self, tip: str, office: Office) -> Outcome:
        card = answered(self.track, office.world.frame, tip)
        return Outcome(answer=Answer(to=self.by, card=card, private=True))
