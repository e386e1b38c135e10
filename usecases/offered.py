"""Answers that a question offers: which one is meant, and what it says. Pure."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from cards.offers import Offer
from cards.words import Words
from domain.errors import NameAmbiguous
from language import picks
from usecases.heard import Heard
from usecases.listen import listened
from usecases.notices import ask
from usecases.ports import Office, Outcome, Talk, World

H = TypeVar("H", bound=Heard)


def chosen(heard: Heard, talk: Talk) -> Offer | None:
    """The offer that a short answer means: its label, its place, yes where there is one, or the same words again."""
    if heard.offer is not None or heard.group or not talk.offers:
        return None
    said = heard.text.strip()
    same = next((one for one in talk.offers if said in (one.label, one.words)), None)
    place = picks.place(said, len(talk.offers))
    return same or (talk.offers[place] if place is not None else None)


def meant(heard: H, offer: Offer, world: World) -> H:
    """The message as if its text were what the offer says: 明天 is the day after these words were said first."""
    first = datetime.fromtimestamp(offer.said_ms / 1000, heard.said_at.tzinfo) if offer.said_ms else heard.said_at
    said = replace(
        heard, text=offer.words, offer=offer, said_at=first, spoken=None, question=None, applicants=(), wish="",
        unsure="", relieves="",
    )  # fmt: skip
    found = replace(listened(said, world), said_at=heard.said_at)
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
