"""Who hears in words what happened to a case, beside the cards that change. Pure."""

from collections.abc import Sequence

from cards import words
from cards.card import Frame
from cards.offers import Offer, question_card
from cards.tracks import words_track
from cards.words import Words, words_card
from domain.approvals import events as e
from domain.approvals.case import Case, Status
from domain.approvals.events import Event
from usecases.ports import Post, World

_TOLD = (Status.APPROVED, Status.REJECTED)  # ends that the applicant is told in a message of its own (R-APR-4)


def say(person: str, cause: str, title: str, markdown: str) -> Post:
    """Plain words for one person; `cause` says what happened, so that a repeat is the same words."""
    key = words_track(cause, person)
    return Post(to=person, track=key, words=words_card(key, title, markdown))


def ask(person: str, cause: str, said: Words, offers: Sequence[Offer], frame: Frame) -> Post:
    """A question for one person, with buttons where answers are offered; the talk keeps them by the card's track."""
    if not offers:
        return say(person, cause, *said)
    key = words_track(cause, person)
    return Post(to=person, track=key, words=question_card(key, *said, offers, frame))


def notices(before: Case, events: tuple[Event, ...], after: Case, world: World) -> tuple[Post, ...]:
    """The words that follow these events."""
    posts: list[Post] = []
    for place, event in enumerate(events, start=before.version + 1):
        for person, said in _of(event, after, world):
            if person != event.by:
                posts.append(say(person, f"{after.number}:{place}", *said))
    posts += [say(who, f"{after.number}:{after.version}:back", *words.yours_again(after, world.frame))
              for who in _again(before, after)]  # fmt: skip
    if after.status in _TOLD and before.status is not after.status:
        title, text = words.outcome(after, world.frame)
        posts += [say(who, f"{after.number}:{after.status}", title, text) for who in after.owners]
    return tuple(posts)


def _of(event: Event, case: Case, world: World) -> list[tuple[str, Words]]:
    """Whom one event is told, and in which words."""
    frame = world.frame
    match event:
        case e.Submitted() if case.filed_by:
            return [(case.applicant, words.filed_for_you(case, case.filed_by, frame))]
        case e.Returned(to=""):
            return [(who, words.returned(case, event.by, event.words, frame)) for who in case.owners]
        case e.Withdrawn() if event.by not in case.owners:
            return [(who, words.terminated(case, event.by, event.words, frame)) for who in case.owners]
        case e.Paused():
            return [(who, words.paused(case, event.by, event.words, frame)) for who in case.owners]
        case e.Resumed():
            return [(who, words.resumed(case, frame)) for who in case.owners]
        case e.Jumped() if event.flow_version:
            return [(who, words.rerouted(case, event.by, event.words, frame)) for who in case.owners]
        case e.Jumped():
            return [(who, words.jumped(case, event.by, event.words, frame)) for who in case.owners]
        case e.Commented():
            heard = dict.fromkeys((*event.to, *case.owners))
            return [(who, words.commented(case, event.by, event.words, frame)) for who in heard]
        case e.Urged():
            return [(who, words.urging(case, frame)) for who in case.waiting_for()]
    return []


def _again(before: Case, after: Case) -> list[str]:
    """Who had asked somebody first, and is asked again now that the answer is there."""
    lent = {(task.step, task.by) for task in before.tasks if task.via in ("before", "entrust") and task.pending}
    if not lent:
        return []
    waited = {(task.step, task.person) for task in before.tasks if task.state == "waiting" and task.since}
    return [t.person for t in after.tasks if t.state == "open" and (t.step, t.person) in waited & lent]
