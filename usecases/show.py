"""How a case looks to one person: picks the card of their role, and says who else sees the case."""

from dataclasses import replace

from cards import balance
from cards.approval import applicant_card, approver_card, copy_card, draft_card
from cards.card import Card, Frame
from cards.refusals import FIELDS, sentence
from cards.tracks import Tracked, track
from domain.approvals.case import Case, Status
from domain.approvals.flow import Field, Flow
from domain.approvals.form import missing
from domain.approvals.route import Plan
from domain.errors import RouteImpossible, UnknownFlow
from domain.leave.standing import Asked
from usecases.behalf import route_of
from usecases.leave_days import rule_for
from usecases.ports import Post, World

APPLICANT, COPY = "a", "c"


def flow_of(world: World, flow_id: str) -> Flow:
    """The flow of this id. Raises UnknownFlow."""
    try:
        return world.flows[flow_id]
    except KeyError:
        raise UnknownFlow(flow_id) from None


def drafted(case: Case, flow: Flow, world: World, frame: Frame, tip: str, asked: Asked | None = None) -> Card:
    """The draft with the route that it would travel; where there is none, with the reason."""
    route: Plan | None = None
    if not missing(flow, case.values):
        try:
            route = route_of(case, flow, world)
        except RouteImpossible as refusal:
            tip = tip or sentence(refusal, frame)
    facts = (balance.for_applicant(asked, _leave(flow, asked), frame),) if asked else ()
    return draft_card(case, flow, route, frame, tip=tip, facts=facts)


def tells_balance(case: Case, seen: Tracked, person: str, world: World) -> bool:
    """Whether this card says how the leave stands beside its balance: before it is filed, and to who decides."""
    if rule_for(case, world) is None:
        return False
    if seen.step is None:
        return seen.role == APPLICANT and case.status in (Status.DRAFT, Status.RETURNED)
    task = case.task(seen.step, person)
    return task is not None and task.state == "open"


def card_for(
    case: Case, seen: Tracked, person: str, world: World, *, tip: str = "", asked: Asked | None = None
) -> Card:
    """The case as `person` sees it in the role of this track; `asked`, where it tells the balance."""
    flow, frame = form_of(case, world), world.frame_for(person)
    if seen.step is not None:
        facts = (balance.for_approver(asked, _leave(flow, asked), frame),) if asked else ()
        return approver_card(case, flow, seen.step, person, frame, tip=tip, facts=facts)
    if seen.role == COPY:
        return copy_card(case, flow, person, frame)
    draft = case.status in (Status.DRAFT, Status.RETURNED)
    card = drafted(case, flow, world, frame, tip, asked) if draft else applicant_card(case, flow, frame, tip=tip)
    return card if person == case.applicant else replace(card, track=track(case.number, APPLICANT, person))


def _leave(flow: Flow, asked: Asked) -> str:
    """What the form calls this type of leave."""
    labels = next((field.options for field in flow.fields if field.id == "leave_type"), {})
    return labels.get(asked.type, asked.type)


def form_of(case: Case, world: World) -> Flow:
    """The flow of a case, or what was filled in at least, where its file was removed before versions were kept."""
    flow = version_of(case, world)
    if flow is not None:
        return flow
    fields = tuple(Field(id=key, label=FIELDS.get(key, key)) for key in case.values)
    return Flow(id=case.flow, title=case.title, prefix="", fields=fields)


def applicant_track(case: Case, person: str = "") -> str:
    """The card of this case for the applicant, or for whoever files it for them."""
    return track(case.number, APPLICANT, person or case.applicant)


def version_of(case: Case, world: World) -> Flow | None:
    """The flow as the case was filed with it (R-APR-9); of a draft, as it is now."""
    present = world.flows.get(case.flow)
    if not case.flow_version or (present is not None and present.version == case.flow_version):
        return present
    return world.older.get((case.flow, case.flow_version)) or present


def flow_to_fill(case: Case, world: World) -> Flow:
    """The flow by which a draft or a returned case is filled in and filed. Raises UnknownFlow."""
    flow = version_of(case, world)
    if flow is None:
        raise UnknownFlow(case.flow)
    return flow


def audience(case: Case, *, but: str = "") -> tuple[Post, ...]:
    """Everybody who has or now gets a card of this case, each to see its present state; `but` has seen it already."""
    owners = case.owners if case.submitted_at or not case.filed_by else (case.filed_by,)  # a draft is no news yet
    seen = {track(case.number, APPLICANT, person): person for person in owners}
    for task in case.tasks:
        if task.since is not None:
            seen[track(case.number, f"s{task.step}", task.person)] = task.person
    told = dict.fromkeys((*case.told, *(case.cc if case.status is Status.APPROVED else ())))
    seen |= {track(case.number, COPY, person): person for person in told}
    return tuple(Post(to=person, track=key, version=case.version) for key, person in seen.items() if key != but)
