"""Another subject while a draft waits for an answer: asked about; what was put aside is offered again. Pure."""

from dataclasses import replace
from datetime import datetime

from cards import drafting
from cards.offers import Offer, said
from domain.approvals.case import Case
from domain.approvals.flow import Flow
from language.naming import wanted
from language.understanding import Understanding
from usecases.converse import begin_draft
from usecases.heard import Heard
from usecases.notices import ask, say
from usecases.offered import offering
from usecases.ports import Office, Outcome, Talk
from usecases.ruled import lacking
from usecases.show import version_of


def another_subject(
    heard: Heard, draft: Case, flow: Flow, reading: Understanding, talk: Talk, office: Office, now: datetime
) -> Outcome:
    """The bare name of a flow begins it; whether a whole request shall be done first is asked."""
    frame = office.world.frame_for(heard.by)
    named = wanted(heard.text, {flow.id: flow})
    if named is not None and named.bare:
        begun = begin_draft(heard, flow, reading, office, now)
        told = say(heard.by, f"{heard.cause}:aside", *drafting.put_aside(draft, frame))
        return replace(begun, posts=(told, *begun.posts))
    whose = office.world.frame.names(heard.applicants[0]) if heard.applicants else ""
    first = Offer(label=drafting.first(flow.title, whose, frame), words=heard.text, flow=flow.id, anew=True)
    question = drafting.another_subject(draft, flow.title, whose, frame)
    return offering(heard, question, (first, *said(frame, drafting.GO_ON)), talk, office, now)


def unfinished(by: str, office: Office, now: datetime, *, but: str = "") -> Case | None:
    """The person's newest draft of the last day in which something is missing still."""
    today = now.astimezone(office.world.frame.zone).date()
    for case in office.my_drafts(by):
        flow = version_of(case, office.world)
        if case.number != but and flow and lacking(flow, case.values, today, office.world):
            return case
    return None


def offered_again(outcome: Outcome, by: str, cause: str, office: Office, now: datetime, *, but: str) -> Outcome:
    """What follows, and behind it the question whether to go on with the draft that was put aside for `but`."""
    case = unfinished(by, office, now, but=but)
    if case is None:
        return outcome
    frame = office.world.frame_for(by)
    offers = said(frame, *drafting.GO_ON_OR_NOT)
    question = ask(by, f"{cause}:aside", drafting.go_on_again(case, frame), offers, frame)
    since = round(now.timestamp() * 1000)
    talk = Talk(case=case.number, since_ms=since, question=question.track, offers=offers)
    return replace(outcome, posts=(*outcome.posts, question), talk=talk)
