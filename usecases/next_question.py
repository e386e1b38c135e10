"""A draft at hand goes on: the next missing thing is asked, one at a time, or the draft is shown. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from cards import drafting, rules, words
from cards.card import Frame
from cards.details import so_far
from cards.offers import MOST, Offer
from cards.offers import said as said_offers
from cards.phrases import HALVES
from cards.retold import retold
from domain.approvals.case import Case
from domain.approvals.choices import offered
from domain.approvals.flow import Field, Flow
from domain.approvals.posts import Posts
from domain.approvals.route import posts_for
from domain.approvals.rules import EMERGENCY, late
from language import understand
from language.understanding import Understanding
from usecases.detailing import rows_changed
from usecases.edit_draft import CHANGE
from usecases.heard import Heard
from usecases.notices import ask, say
from usecases.ports import Office, Outcome, Post, Talk
from usecases.ruled import lacking
from usecases.show import applicant_track, flow_to_fill
from usecases.values import KINDS, weekdays_between

_WRONG: Final = frozenset(
    ("ambiguous", "impossible_date", "end_before_start", "conflict", "non_workday", "calendar_unknown")
)
UNSAID: Final = ("half", "time")  # slots of the language that are parts of the form's `start`


def go_on(heard: Heard, draft: Case, office: Office, now: datetime) -> Outcome:
    """The draft comes to hand again: its next question, or its card."""
    talk = office.talk(heard.by)
    said, reading = talk.said if talk.case == draft.number else "", Understanding()
    if said and talk.said_ms:  # half of what it said may stand in no field yet: 后天请半天假
        first = datetime.fromtimestamp(talk.said_ms / 1000, heard.said_at.tzinfo)
        reading = replace(reading, missing=understand(said, first, workdays=office.world.workdays).missing)
    return next_question(heard, draft, flow_to_fill(draft, office.world), reading, said, Outcome(), now, office)


def next_question(
    heard: Heard,
    case: Case,
    flow: Flow,
    reading: Understanding,
    said: str,
    outcome: Outcome,
    now: datetime,
    office: Office,
) -> Outcome:
    """Ask for the next missing thing, or show the draft."""
    if set(reading.ask_why) & _WRONG or lacking(flow, case.values, heard.asked_at.date(), office.world):
        return ask_next(heard, flow, case, reading, said, outcome, now, office)
    talk = Talk(case=case.number, said=said, said_ms=_said_ms(heard, said, reading, office), since_ms=_ms(now))
    card = Post(to=heard.by, track=applicant_track(case, heard.by), version=case.version)
    posts = [*(post for post in outcome.posts if post.track != card.track), card]
    before = office.talk(heard.by)
    if outcome.changes and before.case == case.number and before.asked in ("", CHANGE) and not heard.files:
        posts.append(say(heard.by, heard.cause, *drafting.changed(case, flow, office.world.frame_for(heard.by))))
    return replace(outcome, posts=tuple(posts), talk=talk)


def ask_next(
    heard: Heard,
    flow: Flow,
    case: Case,
    reading: Understanding,
    said: str,
    outcome: Outcome,
    now: datetime,
    office: Office,
) -> Outcome:
    """One question, about the first thing that is missing; the draft's card comes when it is complete."""
    wanted = _wanted(heard, flow, case, reading, office)
    part = next((slot for slot in UNSAID if slot in reading.missing), None) if wanted == "start" else None
    field = next(field for field in flow.fields if field.id == wanted)
    frame = office.world.frame_for(heard.by)
    people = offered(field, posts_of(flow, case, office)) if field.among else ()
    why, offers = _why(wanted, flow, case, heard, office)
    because = () if why else [one for one in reading.ask_why if not field.options or one == "impossible_date"]
    title, text = words.question(
        field, flow, case, part=part or "", because=because, frame=frame, offered=people, before=why,
        impossible=reading.impossible or "",
    )  # fmt: skip
    if any(rows_changed(flow, event) for change in outcome.changes for event in change.events):
        text = frame.joined(so_far(flow, case.values, frame), text)
    offers = offers or _offers(field, part, reading, people, frame)
    question = ask(heard.by, heard.cause, (title, text), offers, frame)
    talk = Talk(
        case=case.number, asked=part or wanted, said=said, said_ms=_said_ms(heard, said, reading, office),
        since_ms=_ms(now), question=question.track, offers=offers,
    )  # fmt: skip
    posts = tuple(post for post in outcome.posts if post.track != applicant_track(case, heard.by))
    return replace(outcome, posts=(*posts, question), talk=talk)


def _why(wanted: str, flow: Flow, case: Case, heard: Heard, office: Office) -> tuple[str, tuple[Offer, ...]]:
    """Why something is asked that nobody would think of, and what may be answered: a lead time was missed, or the days
    cannot be counted."""
    days_off, values, frame = office.world.workdays, case.values, office.world.frame_for(heard.by)
    if wanted == EMERGENCY and (missed := late(flow, values, heard.asked_at.date(), days_off)):
        return rules.too_late(flow, missed, frame), ()
    if wanted == "days" and flow.id == KINDS["leave"] and values.get("start") and values.get("end"):
        days, weekdays = weekdays_between(values)
        first, last = (date.fromisoformat(str(values[edge])[:10]) for edge in ("start", "end"))
        published = days_off.count(first, last) is not None
        likely = days if published else weekdays
        why = rules.cannot_count(days, first.year, frame, published=published)
        return why, said_offers(frame, f"{likely} 天") if likely else ()
    return "", ()


def _wanted(heard: Heard, flow: Flow, case: Case, reading: Understanding, office: Office) -> str:
    """The field to ask for: the first that is missing, or the days that were said and cannot be."""
    missing = lacking(flow, case.values, heard.asked_at.date(), office.world)
    return missing[0] if missing else "end" if "end" in reading.missing else "start"


def _offers(
    field: Field, part: str | None, reading: Understanding, people: Sequence[str], frame: Frame
) -> tuple[Offer, ...]:  # fmt: skip
    """The answers that can be tapped: the readings of what was said, the halves of a day, the choices of the form."""
    if readings := [one for one in reading.readings if one.slot == field.id]:
        return tuple(Offer(label=retold(one.label, frame), words=one.words) for one in readings)
    if part == "half":
        return said_offers(frame, *HALVES)
    labels = [*field.options.values(), *map(frame.names, people)]
    return said_offers(frame, *labels) if len(labels) <= MOST else ()


def posts_of(flow: Flow, case: Case, office: Office) -> Posts:
    organization = office.world.organization
    return posts_for(flow, case.values, organization.person(case.applicant), organization)


def _said_ms(heard: Heard, said: str, reading: Understanding, office: Office) -> int:
    """When the days in these words were said: 明天 is counted from there, whenever the question is answered."""
    before = office.talk(heard.by)
    goes_on = bool(before.said) and said.startswith(before.said) and (said == before.said or reading.start is None)
    return before.said_ms if goes_on and before.said_ms else _ms(heard.said_at)


def _ms(now: datetime) -> int:
    return round(now.timestamp() * 1000)
