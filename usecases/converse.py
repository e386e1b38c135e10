"""A draft takes shape in talk: begun from one sentence, completed and corrected one answer at a time."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from cards import drafting, rules
from domain.approvals.case import Case
from domain.approvals.choices import check_choice
from domain.approvals.commands import Fill
from domain.approvals.events import Drafted
from domain.approvals.evolve import evolve
from domain.approvals.flow import Field, Flow
from domain.approvals.rows import without_totals
from domain.approvals.rules import EMERGENCY
from domain.approvals.values import Value
from domain.errors import NameAmbiguous, NameUnknown
from language import understand
from language.understanding import Understanding
from language.urgency import says_why
from usecases import correcting
from usecases.behalf import check_allowed
from usecases.besides import besides
from usecases.change_case import change_case
from usecases.detailing import first_rows, has_rows, rows_said
from usecases.edit_draft import CHANGE
from usecases.expire_draft import expiry
from usecases.filling import TEXTS, answered, chosen, knows, labelled, told, unlabelled
from usecases.heard import Heard
from usecases.next_question import UNSAID, ask_next, next_question, posts_of
from usecases.notices import say
from usecases.ports import Change, Office, Outcome, Talk
from usecases.ruled import check_kept, right_flow, urgency
from usecases.ruled import notes as rule_notes
from usecases.show import flow_to_fill
from usecases.values import KINDS, counted, days_between, values_of

_REASON = re.compile(
    r"因为|由于|为了|理由|原因|事由|说明|用途|不是.+是|改成|改为|换成|\b(?:because|due to|reason|purpose|change|make it)\b",
    re.I,
)
LONGEST = 1000  # characters of earlier words that are read again together with an answer


def begin_draft(heard: Heard, flow: Flow, reading: Understanding, office: Office, now: datetime) -> Outcome:
    """A new draft with what the sentence gave; the first missing thing is asked. Raises NameUnknown and NotForOthers
    for whom it is asked, TooOften where a limit is reached."""
    applicant = _applicant(heard, flow, reading, office)
    values, reading = _first(heard, flow, reading, office)
    today = heard.asked_at.date()
    values |= counted(values, flow, office.calendar.workdays_of(applicant))
    values |= urgency(flow, values, heard.text, today, office.world)
    moved = flow.place is not None and KINDS.get(reading.kind, flow.id) != flow.id
    drafted = Drafted(
        by=applicant,
        at=now,
        number=office.next_number(flow.prefix),
        flow=flow.id,
        title=flow.title,
        values=values,
        notes=(
            *reading.assumptions,
            *((rules.moved(flow, values, office.world.home),) if moved else ()),
            *rule_notes(applicant, flow, values, today, office, but=""),
        ),
        filed_by=heard.by if applicant != heard.by else "",
        said_at=heard.asked_at,
    )
    case = evolve(None, drafted)
    outcome = Outcome(changes=(Change(events=(drafted,), after=case),), timers=(expiry(case),))
    return next_question(heard, case, flow, reading, heard.wish or heard.text, outcome, now, office)


def _applicant(heard: Heard, flow: Flow, reading: Understanding, office: Office) -> str:
    """For whom it is asked."""
    if heard.applicants:
        check_allowed(heard.by, heard.applicants[0], flow, office.world)
        return heard.applicants[0]
    if "on_behalf" in reading.ask_why:
        raise NameUnknown(heard.text)
    return heard.by


def _first(heard: Heard, flow: Flow, reading: Understanding, office: Office) -> tuple[dict[str, Value], Understanding]:
    """What the first sentence says. Where it lists items, its sums are those of the items."""
    either = (flow.place.inside, flow.place.outside) if flow.place else ()
    if KINDS.get(reading.kind) in (flow.id, *either):
        values = chosen(flow, heard.wish or heard.text) | values_of(reading, flow)
    else:
        values = told(flow, heard.wish or heard.text, heard.said_at, heard.by, office.world)
    rows, note = first_rows(flow, heard.wish or heard.text, heard.said_at)
    if not rows:
        return values, reading
    values = without_totals(flow, values) | rows
    return values, replace(reading, ask_why=(), assumptions=(*reading.assumptions, *note))


def attach_files(heard: Heard, draft: Case, talk: Talk, office: Office, now: datetime) -> Outcome:
    """What was sent while a draft is at hand becomes its attachment."""
    flow = flow_to_fill(draft, office.world)
    if "attachments" not in {field.id for field in flow.fields}:
        return Outcome(
            posts=(say(heard.by, heard.cause, *drafting.no_room_for_files(draft, office.world.frame_for(heard.by))),)
        )
    already = draft.values.get("attachments")
    files = [*(already if isinstance(already, list) else []), *heard.files]
    outcome = change_case(
        draft, Fill(by=heard.by, values={"attachments": files}, notes=draft.notes), office=office, now=now
    )
    return next_question(heard, outcome.after(draft), flow, Understanding(), talk.said, outcome, now, office)


def answer_question(heard: Heard, draft: Case, talk: Talk, office: Office, now: datetime) -> Outcome | None:
    """Read the words as an answer or a correction of the draft at hand; None if they say nothing about it."""
    flow = flow_to_fill(draft, office.world)
    reading, rows = Understanding(), rows_said(heard, flow, draft.values, talk.asked)
    if rows is None and _another_request(heard, flow, talk):
        return None
    if rows is not None:
        values = rows
    else:
        reading, values = _read(heard, flow, draft, talk, office)
    if not values and not reading.ask_why:
        if talk.asked in ("", CHANGE) or (heard.flow is not None and heard.flow.id != flow.id):
            return None
        reading = replace(reading, ask_why=("unclear",))
        return ask_next(heard, flow, draft, reading, talk.said, Outcome(), now, office)
    if talk.asked == "start" and reading.ask_why == ("non_workday",):
        reading = replace(reading, ask_why=())  # said once more, though it was asked
    said = f"{talk.said}，{heard.text}"[-LONGEST:]
    values |= _settled(values, draft.values)
    outcome = Outcome()
    if values:
        filled, flow = _filling(heard, draft, flow, values, reading.assumptions, office)
        outcome = change_case(draft, filled, office=office, now=now)
        draft = outcome.after(draft)
    return next_question(heard, draft, flow, reading, said, outcome, now, office)


def _filling(
    heard: Heard, draft: Case, flow: Flow, said: dict[str, Value], assumed: tuple[str, ...], office: Office
) -> tuple[Fill, Flow]:
    """What was said, with what the flow's rules make of it; and the flow, which the destination may change."""
    world, today = office.world, heard.asked_at.date()
    values = {**draft.values, **said}
    target = right_flow(flow, values, world)
    check_kept(draft, flow, target)
    said = {**said, **urgency(target, values, heard.text, today, world)}
    values = {key: value for key, value in {**values, **said}.items() if value != ""}
    days = counted(values, target, office.calendar.workdays_of(draft.applicant))
    typed = "days" in said and days and str(said["days"]) not in ("", str(days["days"]), str(float(str(days["days"]))))
    said, values = {**said, **days}, {**values, **days}
    earlier = set(rule_notes(draft.applicant, flow, draft.values, today, office, but=draft.number))
    dated = bool({"start", "end"} & said.keys())  # what was assumed about the old dates says nothing of the new ones
    kept = assumed or tuple(note for note in draft.notes if note not in earlier and not dated)
    told = rule_notes(draft.applicant, target, values, today, office, but=draft.number)
    moved = [rules.moved(target, values, world.home)] if target is not flow else []
    moved += [rules.days_counted(values)] if typed else []
    fill = Fill(
        by=heard.by, values=said, notes=(*kept, *moved, *told), said_at=heard.asked_at,
        flow=target.id if target is not flow else "", title=target.title if target is not flow else "",
    )  # fmt: skip
    return fill, target


def _another_request(heard: Heard, flow: Flow, talk: Talk) -> bool:
    """Whether these words ask for something else on their own. Free words that were asked for may name anything, and
    an option that was asked for (差旅) is no request."""
    reading = heard.reading
    options = next((field.options for field in flow.fields if field.id == talk.asked), {})
    if reading is None or heard.text.strip() in options.values():
        return False
    free = any(field.id == talk.asked and field.type in TEXTS for field in flow.fields)
    if heard.applicants and not free:
        return True
    if reading.kind in KINDS:
        whole = bool(reading.start) and not reading.missing
        if KINDS[reading.kind] != flow.id:
            return whole or not free
        unclear = "ambiguous" in reading.ask_why and reading.missing == ("start",)
        return (whole and free) or ((whole or unclear) and not talk.asked)  # what is asked is answered by the same, too
    if heard.flow is None or heard.flow.id == flow.id or free:
        return False
    return not any(label in heard.text for label in options.values())


def _read(heard: Heard, flow: Flow, draft: Case, talk: Talk, office: Office) -> tuple[Understanding, dict[str, Value]]:
    """What the answer gives: alone, together with what was said before, or as the bare value of the field asked."""
    kind, days_off = knows(flow), office.world.workdays
    corrected = labelled(flow, heard.text, heard.said_at, heard.by, office.world, draft.values)
    asked = next((field for field in flow.fields if field.id == talk.asked), None)
    if kind is None:
        if not corrected and correcting.corrects(heard.text):
            corrected = _corrected(heard, flow, draft, office)
            asked = None if asked and asked.type in TEXTS else asked
        return Understanding(), corrected or _answers(asked, heard, flow, draft, office)
    if corrected and not unlabelled(flow, heard.text, office.world).strip(" ,，。吧"):
        return Understanding(), corrected
    known = correcting.Draft(kind=kind, values=draft.values, asked=talk.asked, said=talk.said)
    alone = correcting.read_answer(heard.text, heard.said_at, known, days_off)
    if talk.asked == "end" and not alone.end and draft.values.get("start") and "start" in values_of(alone, flow):
        return alone, _ending(values_of(alone, flow), flow, draft, office)
    together = _together(heard, talk, office) if talk.said and alone.start is None else None
    if together is not None and together.kind == kind and talk.asked in (*UNSAID, "end") and not together.ask_why:
        return together, values_of(together, flow)
    values = _but_the_reason(values_of(alone, flow), heard, draft, talk)
    if correcting.aside(heard.reading, heard.text, talk.asked, values):
        alone, values = Understanding(), {}
    values = (without_totals(flow, values) if has_rows(flow, draft.values) else values) | corrected
    free = asked is not None and (asked.id == EMERGENCY or (asked.type in TEXTS and correcting.changes(heard.text)))
    if asked is not None and asked.id not in values and not (free and values):
        values = {} if heard.text.strip() in asked.options.values() else values
        values |= _bare(asked, heard, flow, draft, office)
    if together is not None and together.kind == kind and not draft.values.get("start"):
        alone = replace(alone, missing=together.missing)  # 明天请半天假，病假: which half was not said yet
    return alone, values


def _corrected(heard: Heard, flow: Flow, draft: Case, office: Office) -> dict[str, Value]:
    """改成后天, 改成公章, 改成 6000 of a form that the language does not know: what only one field can be."""
    known = correcting.Draft(kind="outing", values=draft.values, asked="", said="")
    times = {field.id for field in flow.fields if field.type == "moment"}
    values = values_of(correcting.read_answer(heard.text, heard.said_at, known, office.world.workdays), flow)
    if found := {key: value for key, value in values.items() if key in times}:
        return found
    words = correcting.corrected_to(heard.text)
    fits = {field.id: key for field in flow.fields for key, label in field.options.items() if label == words}
    sums = [field for field in flow.fields if field.type == "money"]
    if not fits and len(sums) == 1 and not has_rows(flow, draft.values):
        value = answered(sums[0], words, heard.said_at, heard.by, office.world) if words[:1].isdigit() else None
        fits = {} if value is None else {sums[0].id: str(value)}
    return dict(fits) if len(fits) == 1 else {}


def _together(heard: Heard, talk: Talk, office: Office) -> Understanding:
    """The answer as the end of what was said before; 明天 is the day after that was said."""
    said_at = datetime.fromtimestamp(talk.said_ms / 1000, heard.said_at.tzinfo) if talk.said_ms else heard.said_at
    return understand(f"{talk.said}，{heard.text}", said_at, workdays=office.world.workdays)


def _but_the_reason(values: dict[str, Value], heard: Heard, draft: Case, talk: Talk) -> dict[str, Value]:
    """A reason that stands is replaced only where that is what the words speak of, or what was asked for."""
    if talk.asked == "reason" or not draft.values.get("reason") or _REASON.search(heard.text):
        return values
    return {key: value for key, value in values.items() if key != "reason"}


def _ending(said: dict[str, Value], flow: Flow, draft: Case, office: Office) -> dict[str, Value]:
    """The only moment in an answer to the question when it ends is the end."""
    values = {key: value for key, value in said.items() if key not in ("start", "days")} | {"end": said["start"]}
    days = days_between({**draft.values, **values}, flow, office.calendar.workdays_of(draft.applicant))
    return values if days is None else {**values, "days": days}


def _answers(asked: Field | None, heard: Heard, flow: Flow, draft: Case, office: Office) -> dict[str, Value]:
    """What the answer says of the field asked for, and of others."""
    if asked is None:
        return {}
    found, rest = besides(flow, asked, heard.text, draft.values, heard.said_at, heard.by, office.world)
    try:
        return (_bare(asked, replace(heard, text=rest), flow, draft, office) if rest else {}) | found
    except (NameUnknown, NameAmbiguous):
        if not found:
            raise
        return found


def _bare(asked: Field | None, heard: Heard, flow: Flow, draft: Case, office: Office) -> dict[str, Value]:
    """The plain words as the value of the field asked for. Raises RouteImpossible for whom it does not offer."""
    value = answered(asked, heard.text, heard.said_at, heard.by, office.world, draft.values) if asked else None
    if asked is None or value is None:
        return {}
    if asked.id == EMERGENCY and not says_why(str(value)):
        return {}
    if asked.among:
        check_choice(asked, value, posts_of(flow, draft, office))
    return {asked.id: value}


def _settled(values: dict[str, Value], before: Mapping[str, Value]) -> dict[str, Value]:
    """When the dates change and the days cannot be counted, the old count goes; an end before the new start as well."""
    if "start" not in values or "days" in values:
        return {}
    ends = str(before.get("end") or "")[:10]
    return (
        {"days": "", "end": ""} if "end" not in values and ends and ends < str(values["start"])[:10] else {"days": ""}
    )
