"""Who hears in words what happened to a case, beside the cards that change. Pure."""

from collections.abc import Callable, Iterable, Sequence

from cards import news
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
    posts += [say(who, f"{after.number}:{after.version}:back", *news.yours_again(after, world.frame_for(who)))
              for who in _again(before, after)]  # fmt: skip
    if after.status in _TOLD and before.status is not after.status:
        for who in after.owners:
            posts.append(say(who, f"{after.number}:{after.status}", *news.outcome(after, world.frame_for(who))))
    return tuple(posts)


def _of(event: Event, case: Case, world: World) -> list[tuple[str, Words]]:
    """Whom one event is told, and in which words."""
    owners, by = case.owners, event.by
    match event:
        case e.Submitted() if case.filed_by:
            return _told((case.applicant,), world, lambda frame: news.filed_for_you(case, case.filed_by, frame))
        case e.Returned(to="", words=words):
            return _told(owners, world, lambda frame: news.returned(case, by, words, frame))
        case e.Withdrawn(words=words) if by not in owners:
            return _told(owners, world, lambda frame: news.terminated(case, by, words, frame))
        case e.Paused(words=words):
            return _told(owners, world, lambda frame: news.paused(case, by, words, frame))
        case e.Resumed():
            return _told(owners, world, lambda frame: news.resumed(case, frame))
        case e.Jumped(words=words):
            news_of = news.rerouted if event.flow_version else news.jumped
            return _told(owners, world, lambda frame: news_of(case, by, words, frame))
        case e.Commented(words=words):
            heard = dict.fromkeys((*event.to, *owners))
            return _told(heard, world, lambda frame: news.commented(case, by, words, frame))
        case e.Urged():
            return _told(case.waiting_for(), world, lambda frame: news.urging(case, frame))
    return []


def _told(people: Iterable[str], world: World, words: Callable[[Frame], Words]) -> list[tuple[str, Words]]:
    """Each in their own language."""
    return [(who, words(world.frame_for(who))) for who in people]


def _again(before: Case, after: Case) -> list[str]:
    """Who had asked somebody first, and is asked again now that the answer is there."""
    lent = {(task.step, task.by) for task in before.tasks if task.via in ("before", "entrust") and task.pending}
    if not lent:
        return []
    waited = {(task.step, task.person) for task in before.tasks if task.state == "waiting" and task.since}
    return [t.person for t in after.tasks if t.state == "open" and (t.step, t.person) in waited & lent]
