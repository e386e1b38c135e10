"""Missing punches: the person gets a card that files the correction with one tap (R-ATT-4). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from cards import attendance as words
from cards.offers import question_card, said
from cards.tracks import missed_track
from cards.words import words_card
from domain.approvals.case import Case
from domain.approvals.flow import Flow, Limit
from domain.approvals.rules import inside, period
from domain.attendance.findings import (
    AWAY,
    CORRECTION,
    STANDS,
    Evidence,
    Finding,
    corrected,
    covers,
    looked_at,
)
from domain.attendance.missed import Edge, last_day, missed
from domain.attendance.presence import Presence, Shift
from domain.attendance.punches import Punch
from usecases.due import Due
from usecases.ports import Kept, Office, Post

GRACE: Final = timedelta(hours=1)  # a punch after the shift's end comes in as late as that
AROUND: Final = timedelta(days=62)  # a case is made at most so long before or after the day that it is about
_DAY: Final = timedelta(days=1)
_AHEAD: Final = timedelta(days=30)  # days of which shifts are looked at for the last day


def missed_punches(office: Office, moment: datetime) -> Iterator[Due]:
    """Of the shifts that ended in the day before: a card for each person, and what HR will see if nothing happens. Who
    has asked for a correction or an absence for that time gets no card."""
    zone, until = office.world.frame.zone, moment - GRACE
    first, last = (one.astimezone(zone).date() for one in (until - 2 * _DAY, until))
    presence, punches = office.calendar.presence(first, last), office.calendar.punches(first, last)
    found = tuple(missed(presence, punches, until - _DAY, until, office.world.organization.people.keys()))
    people = {shift.person for shift, _ in found}
    if not people:
        return
    ahead = office.calendar.presence(first, last + _AHEAD, people)
    cases = by_person(office.findings.cases((*AWAY, CORRECTION), moment - AROUND, people))
    own = punches_by_person(punches)
    posts: dict[str, list[Post]] = {}
    kept: dict[str, list[Kept]] = {}
    for shift, edges in found:
        who = shift.person
        finding = _finding(shift, edges, ahead, moment, office)
        finding = looked_at(finding, presence, own.get(who, ()), cases.get(who, ()), moment, zone)
        if finding.state == "settled":
            continue  # a correction is approved, and the platform does not know yet
        kept.setdefault(who, []).append(finding)
        posts.setdefault(who, []).extend(_card(finding, cases.get(who, ()), office))
    yield from (Due(receiver=who, posts=tuple(posts[who]), kept=tuple(kept[who])) for who in kept)


def to_correct(finding: Finding, cases: Sequence[Case], office: Office) -> tuple[Edge, ...]:
    """The punches that nothing puts right yet, nor will once it is approved."""
    zone = office.world.frame.zone
    standing = [case for case in cases if case.status in STANDS]
    return tuple(
        edge for edge in finding.evidence.edges
        if not corrected(edge, finding.day, standing, zone)
        and not any(covers(case, edge, finding.day, zone) for case in standing)
    )  # fmt: skip


def remaining(flow: Flow, person: str, values: Mapping[str, object], office: Office) -> tuple[Limit, int] | None:
    """The limit that leaves the fewest further ones in the period of this form, and how many (R-CORR-1)."""
    left = []
    for limit in flow.limits:
        span = period(limit, values)
        if span is not None:
            since = datetime.combine(span[0], time(), office.world.frame.zone) - AROUND
            used = inside(limit, span, [case.values for case in office.filed(person, flow.id, since)])
            left.append((limit, limit.count - used))
    return min(left, key=lambda one: one[1], default=None)


def form(finding: Finding, edges: Sequence[Edge], flow: Flow, office: Office) -> dict[str, str]:
    """What the correction says, but for the reason: when, and which punch; both begin with the first. Where a form
    cannot say both, the first is put right first."""
    at = edges[0].at.astimezone(office.world.frame.zone)
    known = {field.id: field for field in flow.fields}
    options = known["punch"].options if "punch" in known else {}
    both = len(edges) > 1 and (not options or "both" in options)
    values = {"start": f"{at:%Y-%m-%d %H:%M}", "punch": "both" if both else edges[0].kind}
    return {key: value for key, value in values.items() if key in known}


def by_person(cases: Sequence[Case]) -> Mapping[str, list[Case]]:
    """The cases of each applicant."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(case.applicant, []).append(case)
    return found


def punches_by_person(punches: Sequence[Punch]) -> Mapping[str, list[Punch]]:
    """The punches of each person."""
    found: dict[str, list[Punch]] = {}
    for one in punches:
        found.setdefault(one.person, []).append(one)
    return found


def _finding(shift: Shift, edges: tuple[Edge, ...], presence: Presence, moment: datetime, office: Office) -> Finding:
    end = last_day(shift.person, shift.day, presence) + _DAY
    due = datetime.combine(end, time(), office.world.frame.zone)
    evidence = Evidence(edges=edges)
    return Finding(
        kind="absence", person=shift.person, day=shift.day, state="waiting", made=moment, due=due, evidence=evidence
    )


def _card(finding: Finding, cases: Sequence[Case], office: Office) -> Iterator[Post]:
    """With a button for each usual reason, where it can be corrected by a form; else in words."""
    edges = to_correct(finding, cases, office)
    if not edges:
        return
    person, frame = finding.person, office.world.frame_for(finding.person)
    lacking = replace(finding.evidence, edges=edges)
    last = (finding.due - _DAY).date()
    track = missed_track(finding.day.isoformat(), person)
    flow = office.world.flows.get(CORRECTION)
    if flow is None:
        told = words.missed_without_form(finding.day, lacking, last, frame)
        yield Post(to=person, track=track, words=words_card(track, *told))
        return
    left = remaining(flow, person, form(finding, edges, flow, office), office)
    told = words.missed(finding.day, lacking, left, last, frame)
    offers = said(frame, *words.REASONS, words.OTHER)
    closed = left is not None and left[1] <= 0
    yield Post(
        to=person, track=track,
        words=words_card(track, *told) if closed else question_card(track, *told, offers, frame),
    )  # fmt: skip
