"""Answers that a question offers: which one is meant, and what it says. Pure."""

from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from cards.offers import Offer
from cards.words import Words
from domain.approvals.case import Status
from domain.errors import NameAmbiguous
from language import picks
from usecases.heard import SOON, Heard, fresh
from usecases.listen import listened
from usecases.notices import ask
from usecases.ports import Office, Outcome, Talk, World

DRAFTS: Final = (Status.DRAFT, Status.RETURNED)
H = TypeVar("H", bound=Heard)


def chosen(heard: Heard, office: Office, now: datetime) -> Offer | None:
    """The offer that a short answer soon after it means: its label, its place, yes where there is one, or the same
    words again."""
    talk = office.talk(heard.by)
    if heard.offer is not None or heard.group or not (fresh(talk.since_ms, now, SOON) and stands(talk, office)):
        return None
    said = heard.text.strip()
    same = [one for one in talk.offers if said == one.label] or [one for one in talk.offers if said == one.words]
    wishes = [one for one in talk.offers if one.flow]
    if len(wishes) == 1 and picks.place(said, 1) == 0:
        return wishes[0]  # 要先办报销吗？对
    place = picks.place(said, len(talk.offers))
    return same[0] if len(same) == 1 else talk.offers[place] if place is not None else None


def stands(talk: Talk, office: Office) -> bool:
    """Whether answers are awaited still: of a draft, while it is one."""
    return bool(talk.offers) and (not talk.asked or office.case(talk.case).status in DRAFTS)


def settled(outcome: Outcome, before: Talk, *, answered: bool) -> Outcome:
    """What follows, without offers that are no longer awaited: those of an `answered` question, and words that would be
    said again, once anything else was said. What a draft asks stands until it is answered."""
    talk = outcome.talk or before
    again = any(one.said_ms for one in talk.offers)
    if not talk.offers or talk.question != before.question or (talk.asked and not again and not answered):
        return outcome
    return replace(outcome, talk=replace(talk, question="", offers=()))


def meant(heard: H, offer: Offer, world: World) -> H:
    """The message as if its text were what the offer says: 明天 is the day after these words were said first."""
    first = datetime.fromtimestamp(offer.said_ms / 1000, heard.said_at.tzinfo) if offer.said_ms else heard.said_at
    said = replace(
        heard, text=offer.words, offer=offer, said_at=first, repeated_at=heard.said_at, spoken=None, question=None,
        applicants=(), wish="", unsure="", relieves="",
    )  # fmt: skip
    found = listened(said, world)
    return replace(found, flow=world.flows[offer.flow], spoken=None) if offer.flow in world.flows else found


def offering(
    heard: Heard, said: Words, offers: tuple[Offer, ...], talk: Talk, office: Office, now: datetime
) -> Outcome:
    """The question, and the talk that waits for one of these answers, which say anew what was said just now."""
    offers = tuple(replace(one, said_ms=round(heard.said_at.timestamp() * 1000)) for one in offers)
    question = ask(heard.by, heard.cause, said, offers, office.world.frame_for(heard.by))
    since = round(now.timestamp() * 1000)
    return Outcome(posts=(question,), talk=replace(talk, question=question.track, offers=offers, since_ms=since))


def everybody_meant(text: str, unclear: NameAmbiguous, world: World) -> tuple[Offer, ...]:
    """The same words with the full name of each who may be meant; of namesakes with the department."""
    organization, names = world.organization, [world.frame.names(one) for one in unclear.people]
    offers = []
    for userid, name in zip(unclear.people, names, strict=True):
        places = (organization.department(one) for one in organization.person(userid).departments)
        place = next((one.name for one in places if one), "")
        label = f"{name}（{place}）" if names.count(name) > 1 and place else name
        offers.append(Offer(label=label, words=text.replace(unclear.name, label, 1)))
    return tuple(offers) if unclear.name in text and len(offers) <= _FEW else ()


_FEW = 5  # people who are offered
