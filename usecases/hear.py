"""A person said something to the bot: the words that always work, an answer to a question, or a new request."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from cards import drafting, words
from cards.answers import go_on_with, others_case
from cards.card import Frame
from cards.refusals import sentence
from domain.approvals.case import Case
from domain.errors import (
    CaseUnknown,
    NameAmbiguous,
    NameUnknown,
    NothingToTakeBack,
    OfficeError,
    ReasonMissing,
    UnknownPerson,
)  # fmt: skip
from language.commands import Spoken
from language.picks import place, refuses
from language.questions import Question
from usecases.act import administers, wish_of
from usecases.answer import answer
from usecases.aside import another_subject
from usecases.at_hand import agrees, cancel, edit, gives_up, go_on_by_words, submit, thanks
from usecases.change_case import change_case
from usecases.converse import answer_question, attach_files, begin_draft
from usecases.copy_case import copied
from usecases.decide_findings import decide_findings, list_findings
from usecases.decide_several import decide_several
from usecases.delegate import end_delegations, my_deputies, name_deputy
from usecases.edit_draft import CHANGE
from usecases.filling import TEXTS
from usecases.hand_over import hand_over
from usecases.heard import SOON, Heard, fresh
from usecases.link_cases import link_cases
from usecases.log_words import about_logs, answers_log
from usecases.my_balance import my_balance, their_balance
from usecases.naming import anybody
from usecases.not_understood import not_understood
from usecases.notices import say
from usecases.offered import DRAFTS, chosen, everybody_meant, meant, offering, settled
from usecases.ports import Needs, Office, Outcome, Post, Talk
from usecases.remember_tongue import remember_tongue
from usecases.set_reminders import set_reminders
from usecases.show import version_of
from usecases.show_summary import show_summary
from usecases.who_is_away import who_is_away
from usecases.wishes import ASKS, VERBS, command_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Hear(Heard):
    """A message is taken: what is private is answered in the private chat."""

    def needs(self) -> Needs:
        """The talk and its case; what the words name; a number for a new case."""
        verb, number = (self.spoken.verb, self.spoken.number) if self.spoken else ("", "")
        return Needs(
            message=self.message,
            talk=self.by,
            shown=verb == "several",
            cases=(number,) if number else self.spoken.cases if self.spoken else (),
            counters=(self.flow.prefix,) if self.flow else (),
            my_last=self.by if verb == "take_back" and not number else "",
            my_returned=self.by if verb in ("", "submit") else "",
            my_drafts=self.by if verb in ("submit", "cancel", "go_on") else "",
            tasks_of=self.relieves,
            my_cases=self.by if self._asks_for_ones_own(verb, number) else "",
            my_tasks=self.by if verb in ("my_tasks", "approve", "reject", "deputy") else "",
        )

    def _asks_for_ones_own(self, verb: str, number: str) -> bool:
        """我的申请; and 进度, 催办, 撤销, 再来一单 without a number: the list tells the numbers."""
        bare = verb in _OF_ONES_OWN and not number
        return verb == "my_cases" or bare or (self.question is not None and self.question.about == "mine")

    def act(self, office: Office, now: datetime) -> Outcome:
        """Do what was said, and say one line in the group that it goes on in private."""
        if office.world.organization.find(self.by) is None:
            raise UnknownPerson(self.by)
        remember_tongue(self, office, now)
        outcome = settled(self._private(office, now), office.talk(self.by), answered=False)
        if not self.group:
            return outcome
        company = office.world.frame
        card = say(f"cid:{self.group}", self.cause, *words.gone_private(company.names(self.by), company))
        return replace(outcome, posts=(*outcome.posts, card))

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """One sentence; who may be meant by an unclear name is offered."""
        text = sentence(error, self._frame(office), now)
        offers = everybody_meant(self.text, error, office.world) if isinstance(error, NameAmbiguous) else ()
        if offers:
            return offering(self, ("", text), offers, self._talk(office, now), office, now)
        picked = chosen(self, office, now) is not None
        return settled(self._say("", text), office.talk(self.by), answered=picked)

    def _private(self, office: Office, now: datetime) -> Outcome:
        talk = self._talk(office, now)
        if (offer := chosen(self, office, now)) is not None:
            return self._chosen(meant(self, offer, office.world), office, now)
        if talk.writing is not None and (said := answers_log(self, office, talk, now)) is not None:
            return said
        if self.spoken is not None and not (self._may_be_words(talk) and self._is_answer(office, talk, now)):
            return self._spoken(self.spoken, office, talk, now)
        if talk.verb:
            if self._is_answer(office, talk, now):
                return self._act(office, office.case(talk.case), talk.verb, self.text, now, step=talk.step or None)
            talk = Talk()
        if not talk.case and (returned := office.my_returned(self.by)):
            talk = Talk(case=returned)
        case = office.case(talk.case) if talk.case else None
        draft = case if case and case.status in DRAFTS and version_of(case, office.world) else None
        if self.question is not None and (said := self._answer(self.question, office, draft, talk)) is not None:
            return said
        if self.files:
            none = drafting.no_draft_for_files(self._frame(office))
            return attach_files(self, draft, talk, office, now) if draft is not None else self._say(*none)
        if draft is not None and gives_up(self, draft, office):
            return cancel(self, office, talk, now)
        if draft is not None:
            answered = answer_question(self, draft, talk, office, now)
            if answered is not None:
                return answered
        if self.flow is not None and self.reading is not None:
            if self.unsure:
                raise NameAmbiguous(self.unsure, self.applicants)
            if draft is not None and talk.asked not in ("", CHANGE):
                return another_subject(self, draft, self.flow, self.reading, talk, office, now)
            return begin_draft(self, self.flow, self.reading, office, now)
        if talk.offers and refuses(self.text):
            return replace(
                self._say(*drafting.none_of_these(self._frame(office))), talk=replace(talk, question="", offers=())
            )
        if draft is not None and not talk.asked and place(self.text, 1) == 0:
            return agrees(self, draft, talk, office, now)
        return not_understood(self, office, talk, now, draft)

    def _chosen(self, heard: "Hear", office: Office, now: datetime) -> Outcome:
        """What follows from the answer that was offered; the question is answered by it."""
        office.bring(heard.needs())
        return settled(heard._private(office, now), office.talk(self.by), answered=True)

    def _may_be_words(self, talk: Talk) -> bool:
        """Whether this is a command for places of a list by its looks alone, while words are waited for: 驳回 1 2
        个理由说不通. A bare 同意 1、3 is one."""
        several = self.spoken.several if self.spoken else None
        return bool(talk.verb and several and several.places and self.spoken and self.spoken.text)

    def _is_answer(self, office: Office, talk: Talk, now: datetime) -> bool:
        """Said in private soon after it was asked for, while it is awaited, and no whole request of its own."""
        case = office.case(talk.case)
        task = case.task(talk.step, self.by)
        awaited = (not talk.step or (task is not None and task.state == "open")) and not self.group
        request = self.flow is not None and self.reading is not None and not self.reading.must_ask
        if talk.verb in ("reject", "return") and place(self.text, 1) == 0:
            return False  # 好的 is no reason
        return awaited and not request and fresh(talk.since_ms, now, SOON)

    def _spoken(self, spoken: Spoken, office: Office, talk: Talk, now: datetime) -> Outcome:
        if spoken.verb in VERBS and (spoken.number or spoken.verb == "take_back"):
            return self._act(office, self._named(office), spoken.verb, spoken.text, now)
        if spoken.verb == "copy" and spoken.number:
            return copied(self._named(office), self.by, office, now)
        return _VERBS.get(spoken.verb, not_understood)(self, office, talk, now)

    def _talk(self, office: Office, now: datetime) -> Talk:
        talk = office.talk(self.by)
        anew = self.offer is not None and self.offer.anew
        return talk if fresh(talk.since_ms, now) and not anew else Talk()

    def _frame(self, office: Office) -> Frame:
        return office.world.frame_for(self.by)

    def _say(self, title: str, text: str) -> Outcome:
        return Outcome(posts=(self._words(title, text),))

    def _words(self, title: str, text: str) -> Post:
        return say(self.by, self.cause, title, text)

    def _answer(self, question: Question, office: Office, draft: Case | None, talk: Talk) -> Outcome | None:
        """The answer; where free words were asked for, those are no question."""
        flow = version_of(draft, office.world) if draft else None
        if flow and any(field.id == talk.asked and field.type in TEXTS for field in flow.fields):
            return None
        if question.about == "mine" and set(anybody(question.subject, office.world.organization)) - {self.by}:
            return self._say(*others_case(self._frame(office)))
        if question.about == "mine":
            return self._my_cases(office, Talk(), self.said_at)
        said = answer(question, self.by, self.said_at, office.world)
        if said is None:
            return None
        title, text = said
        return self._say(title, f"{text}\n\n{go_on_with(draft, self._frame(office))}" if draft and talk.asked else text)

    # ── the words that always work ──────────────────────────────────────────────────────────

    def _help(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        organization, flows = office.world.organization, office.world.flows.values()
        person = organization.person(self.by)
        approver = bool(person.roles or organization.led_by(self.by)) or person.admin
        titles = [flow.title for flow in flows]
        hr = office.world.attendance_rules.may_decide(self.by, organization)
        said = words.help_words(titles, self._frame(office), approver=approver, administrator=person.admin, hr=hr)
        return self._say(*said)

    def _my_cases(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        return self._say(*words.my_cases(office.my_cases(self.by), self._frame(office)))

    def _my_tasks(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        """The list is kept: 同意 1、3 means what was shown."""
        listed = office.my_tasks(self.by)
        seen = tuple((one.number, one.step) for one in listed)
        told = self._say(*words.my_tasks(listed, self._frame(office), more=office.more_tasks(self.by)))
        return replace(told, talk=replace(talk, listed=seen, shown_ms=round(now.timestamp() * 1000)))

    def _progress(self, office: Office, talk: Talk, now: datetime) -> Outcome:
        if not (self.spoken and self.spoken.number):
            return self._my_cases(office, talk, now)
        return self._say(*words.progress(self._named(office), self._frame(office)))

    # ── what they share ─────────────────────────────────────────────────────────────────────

    def _named(self, office: Office) -> Case:
        """The case that the words name. Raises CaseUnknown, also for those who have nothing to do with it."""
        assert self.spoken is not None
        number = self.spoken.number or office.my_last(self.by)
        if not number and self.spoken.verb == "take_back":
            raise NothingToTakeBack()
        case = office.case(number)
        if not case.concerns(self.by) and not administers(self.by, case, office.world):
            raise CaseUnknown(case.number)
        return case

    def _act(
        self, office: Office, case: Case, verb: str, text: str, now: datetime, *, step: str | None = None
    ) -> Outcome:  # fmt: skip
        """What a word with a number wishes of a case; where words are missing, they are asked for."""
        try:
            wish = wish_of(verb, self.by, case, office.world, step=step, words=text)
            outcome = change_case(case, command_of(wish, case), office=office, now=now)
        except (ReasonMissing, NameUnknown):
            if text or verb not in ASKS:
                raise
            task = next((one for one in case.tasks if one.person == self.by and one.state == "open"), None)
            if task is None and verb not in ("comment", "tell"):
                raise
            since = round(now.timestamp() * 1000)
            asked = Talk(case=case.number, verb=verb, step=task.step if task else "", since_ms=since)
            return replace(self._say(*words.ask_for(verb, case, self._frame(office))), talk=asked)
        told = self._words(*words.done(verb, outcome.after(case), self._frame(office)))
        waited = office.talk(self.by).verb  # what is said of a case leaves a draft at hand
        return replace(outcome, posts=(*outcome.posts, told), talk=Talk() if waited else None)


_OF_ONES_OWN = ("progress", "urge", "withdraw", "copy")
_VERBS: dict[str, Callable[[Hear, Office, Talk, datetime], Outcome]] = {
    "help": Hear._help,
    "my_cases": Hear._my_cases,
    **dict.fromkeys(_OF_ONES_OWN, Hear._my_cases),
    "my_tasks": Hear._my_tasks,
    "progress": Hear._progress,
    "approve": Hear._my_tasks,
    "reject": Hear._my_tasks,
    "cancel": cancel,
    "away": who_is_away,
    "summary": show_summary,
    "reminders": set_reminders,
    "balance": my_balance,
    "balance_of": their_balance,
    "submit": submit,
    "go_on": go_on_by_words,
    "edit": edit,
    "thanks": thanks,
    "hand_over_all": hand_over,
    "link": link_cases,
    "log": about_logs,
    "several": decide_several,
    "deputy": name_deputy,
    "undeputy": end_delegations,
    "my_deputies": my_deputies,
    "findings": list_findings,
    "decide_findings": decide_findings,
}
