"""What is said of the draft at hand instead of tapped on its card: 提交, 取消, 继续. Pure."""

from dataclasses import replace
from datetime import datetime

from cards import drafting, words
from cards.offers import said as offered_words
from cards.words import Words
from domain.approvals.case import Case, Status
from domain.approvals.commands import Withdraw
from domain.approvals.flow import names_of
from language import naming
from usecases.aside import offered_again, unfinished
from usecases.change_case import change_case
from usecases.edit_draft import CHANGE
from usecases.heard import Heard
from usecases.next_question import go_on
from usecases.not_understood import not_understood
from usecases.notices import say
from usecases.offered import DRAFTS, offering
from usecases.ports import Needs, Office, Outcome, Post, Talk
from usecases.ruled import lacking
from usecases.show import flow_to_fill
from usecases.submit_draft import filing


def submit(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """The draft at hand is filed, or what it lacks is asked. Raises OfficeError."""
    frame, number = office.world.frame_for(heard.by), talk.case if not talk.verb else ""
    number = number or office.my_returned(heard.by)
    case = office.case(number) if number else None
    if case is None or case.status not in DRAFTS:
        if drafts := office.my_drafts(heard.by):
            return agrees(heard, drafts[0], Talk(case=drafts[0].number), office, now)
        return Outcome(posts=(_told(heard, drafting.nothing_to_submit(frame)),))
    if lacking(flow_to_fill(case, office.world), case.values, heard.asked_at.date(), office.world):
        return go_on(heard, case, office, now)
    outcome = change_case(case, filing(case, heard.by, office, now), office=office, now=now)
    return _done(heard, case, outcome, words.done("submit", outcome.after(case), frame), office, now)


def cancel(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """The draft at hand is given up, or the question that was asked."""
    frame = office.world.frame_for(heard.by)
    case = office.case(talk.case) if talk.case else None
    if case is None or talk.verb or case.status is not Status.DRAFT:
        said = drafting.nothing_to_cancel(frame) if case is None else drafting.question_dropped(frame)
        return Outcome(posts=(_told(heard, said),), talk=Talk())
    outcome = change_case(case, Withdraw(by=heard.by), office=office, now=now)
    return _done(heard, case, outcome, drafting.cancelled(case, frame), office, now)


def edit(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """修改, said instead of tapped: what shall be changed in the draft at hand."""
    case = office.case(talk.case) if talk.case and not talk.verb else None
    if case is None or case.status not in DRAFTS:
        return not_understood(heard, office, talk, now)
    said = words.ask_change(case, flow_to_fill(case, office.world), office.world.frame_for(heard.by))
    since = round(now.timestamp() * 1000)
    return Outcome(
        posts=(_told(heard, said),), talk=Talk(case=case.number, asked=CHANGE, said=talk.said, since_ms=since)
    )


def thanks(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """谢谢."""
    return Outcome(posts=(_told(heard, drafting.welcome(office.world.frame_for(heard.by))),))


def agrees(heard: Heard, draft: Case, talk: Talk, office: Office, now: datetime) -> Outcome:
    """好的 to a draft that is shown: whether it shall be filed."""
    frame = office.world.frame_for(heard.by)
    offers = offered_words(frame, "提交", "取消")
    return offering(heard, drafting.shall_it_be_filed(draft, frame), offers, talk, office, now)


def gives_up(heard: Heard, draft: Case, office: Office) -> bool:
    """还是不请了: what is being filled in, unless another flow is named."""
    if draft.status is not Status.DRAFT or heard.reading is None or heard.reading.reject_why != "cancel":
        return False
    named = naming.named(heard.text, names_of(office.world.flows))
    return named is None or named[0] == draft.flow


def go_on_by_words(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """The draft at hand, else the newest unfinished one: its next question, or its card."""
    at_hand = office.case(talk.case) if talk.case and not talk.verb else None
    case = at_hand if at_hand and at_hand.status in DRAFTS else unfinished(heard.by, office, now)
    case = case or next(iter(office.my_drafts(heard.by)), None)
    if case is not None and lacking(flow_to_fill(case, office.world), case.values, heard.asked_at.date(), office.world):
        return go_on(heard, case, office, now)
    if case is not None:
        return agrees(heard, case, Talk(case=case.number), office, now)
    return Outcome(posts=(_told(heard, drafting.nothing_to_go_on_with(office.world.frame_for(heard.by))),))


def _done(heard: Heard, case: Case, outcome: Outcome, said: Words, office: Office, now: datetime) -> Outcome:
    """It is no longer at hand; what was put aside for it is offered again."""
    office.bring(Needs(my_drafts=heard.by))
    outcome = replace(outcome, posts=(*outcome.posts, _told(heard, said)), talk=Talk())
    return offered_again(outcome, heard.by, heard.cause, office, now, but=case.number)


def _told(heard: Heard, said: Words) -> Post:
    return say(heard.by, heard.cause, *said)
