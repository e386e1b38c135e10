"""A draft takes shape in talk: begun from one sentence, completed and corrected one answer at a time."""

from dataclasses import replace
from datetime import datetime

from cards import words
from domain.approvals.case import Case
from domain.approvals.choices import check_choice, offered
from domain.approvals.commands import Fill
from domain.approvals.events import Drafted, Value
from domain.approvals.evolve import evolve
from domain.approvals.flow import Field, Flow
from domain.approvals.form import missing
from domain.approvals.posts import Posts
from domain.approvals.route import posts_for
from language import understand
from language.understanding import Understanding
from usecases.change_case import change_case
from usecases.edit_draft import CHANGE
from usecases.expire_draft import expiry
from usecases.filling import TEXTS, answered, knows, labelled, told
from usecases.heard import Heard
from usecases.notices import say
from usecases.ports import Change, Office, Outcome, Post, Talk
from usecases.show import applicant_track, flow_of
from usecases.values import KINDS, days_between, values_of

_SHORT = 10  # characters of a message that names another flow and says little else
LONGEST = 1000  # characters of earlier words that are read again together with an answer
_UNSAID = ("half", "time")  # slots of the language that are parts of the form's `start`


def begin_draft(heard: Heard, flow: Flow, reading: Understanding, office: Office, now: datetime) -> Outcome:
    """A new draft with what the sentence gave; the first missing thing is asked."""
    drafted = Drafted(
        by=heard.by,
        at=now,
        number=office.next_number(flow.prefix),
        flow=flow.id,
        title=flow.title,
        values=_first(heard, flow, reading, office),
        notes=reading.assumptions,
    )
    case = evolve(None, drafted)
    outcome = Outcome(change=Change(events=(drafted,), after=case), timers=(expiry(case),))
    return _go_on(heard, case, flow, reading, heard.text, outcome, now, office)


def _first(heard: Heard, flow: Flow, reading: Understanding, office: Office) -> dict[str, Value]:
    """What the first sentence says."""
    if KINDS.get(reading.kind) == flow.id:
        return values_of(reading, flow)
    return told(flow, heard.text, heard.said_at, heard.by, office.world)


def attach_files(heard: Heard, draft: Case, talk: Talk, office: Office, now: datetime) -> Outcome:
    """What was sent while a draft is at hand becomes its attachment."""
    flow = flow_of(office.world, draft.flow)
    if "attachments" not in {field.id for field in flow.fields}:
        return Outcome(posts=(say(heard.by, heard.cause, *words.no_room_for_files(draft)),))
    already = draft.values.get("attachments")
    files = [*(already if isinstance(already, list) else []), *heard.files]
    outcome = change_case(
        draft, Fill(by=heard.by, values={"attachments": files}, notes=draft.notes), office=office, now=now
    )
    assert outcome.change is not None
    return _go_on(heard, outcome.change.after, flow, Understanding(), talk.said, outcome, now, office)


def answer_question(heard: Heard, draft: Case, talk: Talk, office: Office, now: datetime) -> Outcome | None:
    """Read the words as an answer or a correction of the draft at hand; None if they say nothing about it."""
    flow = flow_of(office.world, draft.flow)
    if _another_request(heard, flow, talk):
        return None
    reading, values = _read(heard, flow, draft, talk, office)
    if not values and not reading.ask_why:
        if talk.asked in ("", CHANGE):
            return None
        return _ask(heard, flow, draft, reading, talk.said, Outcome(), now, office)
    said = f"{talk.said}，{heard.text}"[-LONGEST:]
    values |= _settled(values)
    outcome = Outcome()
    if values:
        filled = Fill(by=heard.by, values=values, notes=reading.assumptions or draft.notes)
        outcome = change_case(draft, filled, office=office, now=now)
        assert outcome.change is not None
        draft = outcome.change.after
    return _go_on(heard, draft, flow, reading, said, outcome, now, office)


def _another_request(heard: Heard, flow: Flow, talk: Talk) -> bool:
    """Whether these words ask for something else on their own. Free words that were asked for may name anything."""
    reading = heard.reading
    if reading is None:
        return False
    free = any(field.id == talk.asked and field.type in TEXTS for field in flow.fields)
    if reading.kind in KINDS:
        whole = bool(reading.start) and not reading.missing
        return whole if free or KINDS[reading.kind] == flow.id else True
    named = heard.flow is not None and heard.flow.id != flow.id
    return named and not free and len(heard.text) < _SHORT


def _read(heard: Heard, flow: Flow, draft: Case, talk: Talk, office: Office) -> tuple[Understanding, dict[str, Value]]:
    """What the answer gives: alone, together with what was said before, or as the bare value of the field asked."""
    kind, days_off = knows(flow), office.world.workdays
    corrected = labelled(flow, heard.text, heard.said_at, heard.by, office.world)
    asked = next((field for field in flow.fields if field.id == talk.asked), None)
    if kind is None:
        values = corrected or _bare(asked, heard, flow, draft, office)
        return Understanding(), values
    alone = understand(heard.text, heard.said_at, kind=kind, workdays=days_off)
    if talk.asked == "end" and not alone.end and draft.values.get("start") and "start" in values_of(alone, flow):
        return alone, _ending(values_of(alone, flow), flow, draft, office)
    together = understand(f"{talk.said}，{heard.text}", heard.said_at, workdays=days_off) if talk.said else None
    if together is not None and together.kind == kind and talk.asked in (*_UNSAID, "end") and not together.ask_why:
        return together, values_of(together, flow)
    values = values_of(alone, flow) | corrected
    if asked is not None and asked.id not in values:
        values |= _bare(asked, heard, flow, draft, office)
    return alone, values


def _ending(said: dict[str, Value], flow: Flow, draft: Case, office: Office) -> dict[str, Value]:
    """The only moment in an answer to the question when it ends is the end."""
    values = {key: value for key, value in said.items() if key not in ("start", "days")} | {"end": said["start"]}
    days = days_between({**draft.values, **values}, flow, office.world.workdays)
    return values if days is None else {**values, "days": days}


def _bare(asked: Field | None, heard: Heard, flow: Flow, draft: Case, office: Office) -> dict[str, Value]:
    """The plain words as the value of the field asked for. Raises RouteImpossible for whom it does not offer."""
    value = answered(asked, heard.text, heard.said_at, heard.by, office.world) if asked else None
    if asked is None or value is None:
        return {}
    if asked.among:
        check_choice(asked, value, _posts(flow, draft, office))
    return {asked.id: value}


def _posts(flow: Flow, case: Case, office: Office) -> Posts:
    organization = office.world.organization
    return posts_for(flow, case.values, organization.person(case.applicant), organization)


def _settled(values: dict[str, Value]) -> dict[str, Value]:
    """When the dates change and the days cannot be counted, the old count goes."""
    return {"days": ""} if "start" in values and "days" not in values else {}


def _go_on(
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
    if missing(flow, case.values):
        return _ask(heard, flow, case, reading, said, outcome, now, office)
    talk = Talk(case=case.number, said=said, since_ms=_ms(now))
    card = Post(to=heard.by, track=applicant_track(case), version=case.version)
    posts = tuple(post for post in outcome.posts if post.track != card.track)
    return replace(outcome, posts=(*posts, card), talk=talk)


def _ask(
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
    wanted = missing(flow, case.values)[0]
    part = next((slot for slot in _UNSAID if slot in reading.missing), None) if wanted == "start" else None
    field = next(field for field in flow.fields if field.id == wanted)
    title, text = words.question(
        field, flow, case, part=part or "", because=reading.ask_why, frame=office.world.frame,
        offered=offered(field, _posts(flow, case, office)) if field.among else (),
    )  # fmt: skip
    talk = Talk(case=case.number, asked=part or wanted, said=said, since_ms=_ms(now))
    posts = tuple(post for post in outcome.posts if post.track != applicant_track(case))
    return replace(outcome, posts=(*posts, say(heard.by, heard.cause, title, text)), talk=talk)


def _ms(now: datetime) -> int:
    return round(now.timestamp() * 1000)
