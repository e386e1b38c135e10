"""The chat groups that hear of the office: which part of the company each stands for. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.people import Department, Organization, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group by its openConversationId: of one `department` by its name, or of all `managers` (R-NOTE-1).
    `own_managers`: it also hears of who leads there, beside the managers' group.

    `summaries` are the kinds that it wants: morning, evening, week, month. With `names` it reads who was late or did
    not clock in; else how many (R-SUM-3)."""

    id: str
    department: str = ""
    managers: bool = False
    own_managers: bool = False
    summaries: tuple[str, ...] = ()
    names: bool = False

    @property
    def lane(self) -> str:
        """As the receiver of what is said there."""
        return f"cid:{self.id}"


def members(group: Group, organization: Organization) -> tuple[Person, ...]:
    """Whom a group stands for: everybody of the department and below it; of a managers' group who leads any."""
    if group.managers:
        return tuple(one for one in organization.people.values() if organization.led_by(one.userid))
    department = organization.department_named(group.department)
    return () if department is None else _within(department, organization)


def _within(department: Department, organization: Organization) -> tuple[Person, ...]:
    below = set(organization.below(department.id))
    return tuple(one for one in organization.people.values() if below.intersection(one.departments))


def group_of(person: Person, groups: Iterable[Group], organization: Organization) -> Group | None:
    """Where people hear of this person (R-NOTE-1): of a manager in the managers' group, of everybody else in that of
    their department, or of the nearest one above it that has a group."""
    known = tuple(groups)
    managing = next((one for one in known if one.managers), None)
    if managing is not None and organization.led_by(person.userid):
        return managing
    return _of_department(person, known, organization)


def groups_of(person: Person, groups: Iterable[Group], organization: Organization) -> tuple[Group, ...]:
    """The same, and of a manager also the department's group where it wishes so."""
    known = tuple(groups)
    first, near = group_of(person, known, organization), _of_department(person, known, organization)
    also = near if near is not None and near.own_managers else None
    return tuple(dict.fromkeys(one for one in (first, also) if one is not None))


def _of_department(person: Person, known: Iterable[Group], organization: Organization) -> Group | None:
    by_name = {one.department: one for one in known if one.department}
    above = (up.name for number in person.departments[:1] for up in organization.chain(number))
    return next((by_name[name] for name in above if name in by_name), None)
