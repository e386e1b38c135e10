"""A person said something to the bot: the words that always work, an answer to a question, or a new request."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cards import words
from cards.refusals import sentence
from domain.approvals.case import Case, Status
from domain.approvals.commands import Decide, Urge, Verdict, Withdraw
from domain.errors import CaseUnknown, OfficeError, UnknownPerson
from usecases.change_case import change_case, say
from usecases.converse import answer_question, begin_draft
from usecases.heard import Heard
from usecases.ports import Needs, Office, Outcome, Post, Talk
from usecases.urge_case import nudges

FRESH = timedelta(hours=24)  # a question or a draft at hand is forgotten after a day
SOON = timedelta(minutes=30)  # so long words are taken for the reason that was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Hear(Heard):
    """A message is taken: what is private is answered in the private chat."""

    def needs(self) -> Needs:
        """The talk and its case; what the words name; a number for a new case."""
        verb = self.spoken.verb if self.spoken else ""
        return Needs(
            message=self.message,
            talk=self.by,
            cases=(self.spoken.number,) if self.spoken and self.spoken.number else (),
            counters=(self.flow.prefix,) if self.flow else (),
            my_cases=self.by if verb == "my_cases" else "",
            my_tasks=self.by if verb in ("my_tasks", "approve", "reject") else "",
        )

    def act(self, office: Office, now: datetime) -> Outcome:
        """Do what was said, and say one line in the group that it goes on in private."""
        if office.world.organization.find(self.by) is None:
            raise UnknownPerson(self.by)
        outcome = self._private(office, now)
        if not self.group:
            return outcome
        card = say(f"cid:{self.group}", self.cause, *words.gone_private(office.world.frame.names(self.by)))
        return replace(outcome, posts=(*outcome.posts, card))

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """One sentence."""
        return self._say("", sentence(error, office.world.frame, now))

    def _private(self, office: Office, now: datetime) -> Outcome:
        talk = self._talk(office, now)
        if self.spoken is not None:
            return _VERBS.get(self.spoken.verb, Hear._later)(self, office, talk, now)
        if talk.rejects:
            if self._is_reason(office, talk, now):
                return self._decide(office, office.case(talk.case), talk.rejects, "rejected", self.text, now)
            talk = Talk()
        case = office.case(talk.case) if talk.case else None
        draft = case if case and case.status is Status.DRAFT and case.flow in office.world.flows else None
        if draft is not None:
            answered = answer_question(self, draft, talk, office, now)
            if answered is not None:
                return answered
        if self.flow is not None and self.reading is not None and not self.reading.must_reject:
            return begin_draft(self, self.flow, self.reading, office, now)
        return self._not_understood(office)

    def _is_reason(self, office: Office, talk: Talk, now: datetime) -> bool:
        """Said in private soon after it was asked for, while it is awaited, and no whole request of its own."""
        task = office.case(talk.case).task(talk.rejects, self.by)
        awaited = task is not None and task.state == "open" and not self.group
        request = self.flow is not None and self.reading is not None and not self.reading.must_ask
        return awaited and not request and now.timestamp() * 1000 - talk.since_ms < SOON.total_seconds() * 1000

    def _talk(self, office: Office, now: datetime) -> Talk:
        talk = office.talk(self.by)
        fresh = now.timestamp() * 1000 - talk.since_ms < FRESH.total_seconds() * 1000
        return talk if fresh else Talk()

    def _say(self, title: str, text: str) -> Outcome:
        return Outcome(posts=(self._words(title, text),))

    def _words(self, title: str, text: str) -> Post:
        return say(self.by, self.cause, title, text)

    def _not_understood(self, office: Office) -> Outcome:
        flows = [flow.title for flow in office.world.flows.values()]
        return self._say(*words.not_understood(self.reading.reject_why if self.reading else None, flows))

    # ── the words that always work ──────────────────────────────────────────────────────────

    def _help(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        return self._say(*words.help_words([flow.title for flow in office.world.flows.values()]))

    def _my_cases(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        return self._say(*words.my_cases(office.my_cases(self.by), office.world.frame))

    def _my_tasks(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        return self._say(*words.my_tasks(office.my_tasks(self.by), office.world.frame))

    def _progress(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        return self._say(*words.progress(self._named(office), office.world.frame))

    def _withdraw(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        return self._changed(office, self._named(office), Withdraw(by=self.by), now, words.withdrawn)

    def _urge(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        case = self._named(office)
        outcome = self._changed(office, case, Urge(by=self.by), now, words.urged)
        return replace(outcome, posts=outcome.posts + nudges(case, office.world, self.cause))

    def _approve(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        assert self.spoken is not None
        if not self.spoken.number:
            return self._my_tasks(office, talk, now)
        return self._decide(office, self._named(office), "", "approved", self.spoken.text, now)

    def _reject(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        assert self.spoken is not None
        if not self.spoken.number:
            return self._my_tasks(office, talk, now)
        if self.spoken.text:
            return self._decide(office, self._named(office), "", "rejected", self.spoken.text, now)
        case = self._named(office)
        mine = next((task.step for task in case.tasks if task.person == self.by and task.state == "open"), None)
        if mine is None:
            return self._decide(office, case, "", "rejected", "-", now)  # the domain says why not
        asked = Talk(case=case.number, rejects=mine, since_ms=round(now.timestamp() * 1000))
        return replace(self._say(*words.ask_reason(case, office.world.frame)), talk=asked)

    def _cancel(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        case = office.case(talk.case) if talk.case else None
        if case is None or talk.rejects or case.status is not Status.DRAFT:
            said = words.nothing_to_cancel() if case is None else words.question_dropped()
            return replace(self._say(*said), talk=Talk())
        outcome = self._changed(office, case, Withdraw(by=self.by), now, words.cancelled)
        return replace(outcome, talk=Talk())

    def _later(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        return self._not_understood(office)

    # ── what they share ─────────────────────────────────────────────────────────────────────

    def _named(self, office: Office) -> Case:
        """The case that the words name. Raises CaseUnknown, also for those who have nothing to do with it."""
        assert self.spoken is not None
        case = office.case(self.spoken.number)
        if self.by not in (case.applicant, *case.cc, *(person for step in case.steps for person in step.people)):
            raise CaseUnknown(case.number)
        return case

    def _decide(self, office: Office, case: Case, step: str, verdict: Verdict, text: str, now: datetime) -> Outcome:
        decision = Decide(by=self.by, step=step or None, verdict=verdict, words=text)
        outcome = change_case(case, decision, world=office.world, now=now)
        assert outcome.change is not None
        done = self._words(*words.decided(outcome.change.after, verdict, office.world.frame))
        return replace(outcome, posts=(*outcome.posts, done), talk=Talk())

    def _changed(
        self,
        office: Office,
        case: Case,
        command: Withdraw | Urge,
        now: datetime,
        tell: Callable[[Case], tuple[str, str]],
    ) -> Outcome:
        outcome = change_case(case, command, world=office.world, now=now)
        return replace(outcome, posts=(*outcome.posts, self._words(*tell(case))))


_VERBS: dict[str, Callable[[Hear, Office, Talk, datetime], Outcome]] = {
    "help": Hear._help,
    "my_cases": Hear._my_cases,
    "my_tasks": Hear._my_tasks,
    "progress": Hear._progress,
    "withdraw": Hear._withdraw,
    "urge": Hear._urge,
    "approve": Hear._approve,
    "reject": Hear._reject,
    "cancel": Hear._cancel,
}
