"""What is missing, with evidence: HR confirms or excuses it, a case that comes later settles it (R-ATT-5). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from domain.approvals.case import Case, Status
from domain.approvals.form import STARTS, moment
from domain.attendance.errors import FindingDecided, NotYourFinding
from domain.attendance.missed import Edge
from domain.attendance.presence import Presence
from domain.attendance.punches import Punch
from domain.attendance.span import span_of

FindingKind = Literal["absence", "no_checkin"]
State = Literal["waiting", "open", "confirmed", "excused", "settled"]
CORRECTION: Final = "clock_correction"
AWAY: Final = ("leave", "rest_day", "business_trip", "outing")  # flows by which somebody need not be here (R-APR-10)
_NEAR: Final = timedelta(hours=8)  # a correction that is so far from a punch that was due means another one
_RUNS: Final = (Status.RUNNING, Status.RETURNED)
STANDS: Final = (*_RUNS, Status.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A case of that time: what it was, and how it stood."""

    number: str
    title: str
    status: Status
    flow: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """Where nobody checked in (a place, a customer, or ""), or with `came` of the `asked` photos."""

    place: str = ""
    came: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """`edges`: the punches that were due and are missing. `punches`: those that there are of that day. `cases`: what
    was asked for about that time. `unmet`: where nobody checked in."""

    edges: tuple[Edge, ...] = ()
    punches: tuple[Edge, ...] = ()
    cases: tuple[About, ...] = ()
    unmet: tuple[Unmet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something is missing of this person on this day. `waiting`: it can still be put right, until `due`; `open`: HR
    decides; `settled`: by the case `case`, or by what came in later. `yuan` is the fine that is proposed."""

    kind: FindingKind
    person: str
    day: date
    made: datetime
    due: datetime
    state: State = "open"
    case: str = ""
    yuan: int = 0
    evidence: Evidence = field(default_factory=Evidence)
    decided: datetime | None = None
    decided_by: str = ""
    words: str = ""

    @property
    def id(self) -> str:
        """Its natural key."""
        about = f":{self.case}" if self.kind == "no_checkin" else ""
        return f"{self.kind}:{self.person}:{self.day.isoformat()}{about}"

    @property
    def unapproved(self) -> bool:
        """Whether an approval is missing, not only a punch: the whole shift, or while a request had no yes."""
        asked = any(one.flow in AWAY and one.status is not Status.APPROVED for one in self.evidence.cases)
        return self.kind == "absence" and (len(self.evidence.edges) > 1 or asked)


def looked_at(
    finding: Finding, presence: Presence, punches: Iterable[Punch], cases: Iterable[Case], now: datetime, zone: ZoneInfo
) -> Finding:
    """An absence as it stands now: settled by punches and by what was approved, waiting while there is time or a
    correction runs that came in time, else open; with the cases around it as evidence. A correction that came late
    is evidence for HR, and settles nothing, nor does the punch that the platform has by it (R-CORR-2)."""
    around = tuple(one for one in cases if one.applicant == finding.person and _is_about(one, finding, zone))
    own = [one for one in punches if one.person == finding.person and one.day == finding.day]
    late = tuple(one for one in around if one.submitted_at is None or one.submitted_at >= finding.due)
    left = tuple(
        edge for edge in finding.evidence.edges
        if not _punched(edge, finding.day, own, late, zone)
        and presence.away_in(finding.person, finding.day, edge.inside) is None
        and not corrected(edge, finding.day, around, zone, (Status.APPROVED,), by=finding.due)
    )  # fmt: skip
    told = tuple(About(number=one.number, title=one.title, status=one.status, flow=one.flow) for one in around)
    seen = Evidence(
        edges=left or finding.evidence.edges, cases=told,
        punches=tuple(Edge(kind=one.kind, at=one.at) for one in sorted(own, key=lambda one: one.at)),
    )  # fmt: skip
    if not left:
        return replace(finding, state="settled", case=_settles(finding, around, presence), evidence=seen, decided=now)
    runs = finding.state == "waiting" and all(
        corrected(edge, finding.day, around, zone, _RUNS, by=finding.due) for edge in left
    )
    return replace(finding, state="waiting" if now < finding.due or runs else "open", evidence=seen)


def corrected(
    edge: Edge, day: date, cases: Iterable[Case], zone: ZoneInfo, states: tuple[Status, ...] = STANDS,
    by: datetime | None = None,
) -> bool:  # fmt: skip
    """Whether one of these cases is a correction of this punch of the shift of `day`, filed before `by`."""
    return any(
        one.flow == CORRECTION and one.status in states and one.values.get("punch", "both") in (edge.kind, "both")
        and (by is None or (one.submitted_at is not None and one.submitted_at < by)) and _means(one, edge, day, zone)
        for one in cases
    )  # fmt: skip


def _punched(edge: Edge, day: date, punches: Iterable[Punch], late: Iterable[Case], zone: ZoneInfo) -> bool:
    """Whether the punch is there, but for one that is there only by corrections that came too `late`."""
    there = [one for one in punches if one.kind == edge.kind]
    return any(one.source != "case" or not corrected(edge, day, late, zone, (Status.APPROVED,)) for one in there)


def decided(finding: Finding, state: State, by: str, words: str, now: datetime) -> Finding:
    """The finding once HR has said what it is; without a fine where it is excused. Raises NotYourFinding for one's own,
    FindingDecided."""
    if finding.person == by:
        raise NotYourFinding()
    if finding.state != "open":
        raise FindingDecided(finding.decided_by, finding.state)
    yuan = 0 if state == "excused" else finding.yuan
    return replace(finding, state=state, decided=now, decided_by=by, words=words, yuan=yuan)


def _means(correction: Case, edge: Edge, day: date, zone: ZoneInfo) -> bool:
    """By the time that it names; where it names none, or both punches, by the day."""
    try:
        when, hour = moment(str(correction.values.get("start")), STARTS)
    except ValueError:
        return False
    if hour is None or correction.values.get("punch") == "both":
        return when in (day, edge.at.astimezone(zone).date())
    return abs(datetime.combine(when, time(), zone) + timedelta(hours=hour) - edge.at) < _NEAR


def covers(case: Case, edge: Edge, day: date, zone: ZoneInfo) -> bool:
    """Whether this is an absence that was asked for, and the edge of the shift of `day` lies in it, as in
    Presence.away_in."""
    span = span_of(case, zone) if case.flow in AWAY else None
    if span is None:
        return False
    start, end = span
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    if edge.inside > midnight:
        return start != midnight and (start <= edge.inside < end or end == midnight)
    return start <= edge.inside < end


def _is_about(case: Case, finding: Finding, zone: ZoneInfo) -> bool:
    """Whether a case speaks of a punch that is missing here."""
    edges = finding.evidence.edges
    if case.flow == CORRECTION:
        return any(_means(case, edge, finding.day, zone) for edge in edges)
    return any(covers(case, edge, finding.day, zone) for edge in edges)


def _settles(finding: Finding, around: Iterable[Case], presence: Presence) -> str:
    """The number of what put it right, where that is a case."""
    approved = [one.number for one in around if one.status is Status.APPROVED]
    who, day, edges = finding.person, finding.day, finding.evidence.edges
    away = [one.id for edge in edges if (one := presence.away_in(who, day, edge.inside))]
    return next(iter((*approved, *away)), "")
