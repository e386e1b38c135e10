"""For whom a summary is: which people a group or a lead stands for, by which departments, and who leads them. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cards.tracks import words_track
from domain.attendance.rules import AttendanceRules
from domain.groups import Group, members
from domain.people import ROOT, Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """`receiver` hears of `people`, which are called `name`; `parts` are departments with who belongs to each."""

    receiver: str
    name: str
    people: tuple[str, ...]
    parts: Mapping[str, Sequence[str]]
    names: bool = False  # whether lateness is told by name

    @property
    def is_group(self) -> bool:
        """Whether several read it, and nothing personal may be in it."""
        return self.receiver.startswith("cid:")

    @property
    def key(self) -> str:
        """The same for all who have the same to read."""
        told = (self.receiver,) if self.is_group else (self.name, str(self.names), *self.people)
        return words_track("audience", "\0".join(told))


def of_group(group: Group, organization: Organization, *, whole: bool) -> Audience | None:
    """Whom a group hears of. That of the managers hears of the managers themselves, or with `whole` of the company."""
    if group.managers and not whole:
        people = tuple(one.userid for one in members(group, organization))
        return Audience(receiver=group.lane, name="", people=people, parts={}, names=group.names)
    top = organization.department(ROOT) if group.managers else organization.department_named(group.department)
    return None if top is None else _below(group.lane, (top.id,), organization, names=group.names)


def of_all(rules: AttendanceRules, organization: Organization) -> frozenset[str]:
    """Who may have the details of everybody: HR, and administrators."""
    return frozenset((*rules.staff(organization), *(one.userid for one in organization.admins)))


def of_lead(person: str, organization: Organization, of_all: Collection[str] = ()) -> Audience | None:
    """Whom a lead hears of: all of the departments that they lead, and below; who is among `of_all` of the whole
    company. None: nobody that they may hear of."""
    if organization.find(person) is None:
        return None
    if person in of_all:
        return _below(person, (ROOT,), organization, names=True)
    led = tuple(one.id for one in organization.led_by(person))
    found = _below(person, led, organization, names=True) if led else None
    return found if found is not None and set(found.people) - {person} else None


def leads_of(groups: Iterable[Group], organization: Organization) -> frozenset[str]:
    """Who gets the details beside these groups: those who lead their departments, and below."""
    scope: set[int] = set()
    for group in groups:
        top = organization.department(ROOT) if group.managers else organization.department_named(group.department)
        scope |= set() if top is None else set(organization.below(top.id))
    led = ((who, {one.id for one in organization.led_by(who)}) for who in organization.people)
    return frozenset(who for who, departments in led if scope & departments)


def _below(receiver: str, tops: Sequence[int], organization: Organization, *, names: bool) -> Audience:
    """Everybody in these departments and below; parts are the departments right below, the largest first."""
    within = {number for top in tops for number in organization.below(top)}
    people = tuple(sorted(one.userid for one in organization.people.values() if within.intersection(one.departments)))
    parts: dict[str, list[str]] = {}
    for person in people:
        parts.setdefault(_part(person, tops, within, organization), []).append(person)
    ordered = sorted(parts.items(), key=lambda part: (-len(part[1]), part[0]))
    known = [organization.departments[top].name for top in tops if top in organization.departments]
    return Audience(receiver=receiver, name="、".join(known[:2]), people=people, parts=dict(ordered), names=names)


def _part(person: str, tops: Sequence[int], within: set[int], organization: Organization) -> str:
    """The department right below the top (or the top itself) to which the person's first one among them belongs."""
    own = next(number for number in organization.people[person].departments if number in within)
    chain = organization.chain(own)
    place = next((n for n, one in enumerate(chain) if one.id in tops), 0)
    if len(tops) > 1:
        return chain[place].name
    return chain[max(0, place - 1)].name


def departments_of(people: Iterable[str], organization: Organization) -> Mapping[str, str]:
    """The main department of each person, by name."""
    found = {}
    for person in people:
        own = organization.people[person].departments[:1]
        known = organization.department(own[0]) if own else None
        found[person] = known.name if known else ""
    return found
