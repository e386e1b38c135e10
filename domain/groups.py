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


def groups_of(person: Person, groups: Iterable[Group], organization: Organization) -> tuple[Group, ...]:
    """Where people hear of this person (R-NOTE-1): of a manager in the managers' groups, of everybody else in those of
    their department, or of the nearest one above it that has any; of a manager there too where the group wishes so."""
    known = tuple(groups)
    near = _of_department(person, known, organization)
    managing = tuple(one for one in known if one.managers)
    if not managing or not organization.led_by(person.userid):
        return near
    return (*managing, *(one for one in near if one.own_managers))


def _of_department(person: Person, known: Iterable[Group], organization: Organization) -> tuple[Group, ...]:
    by_name: dict[str, list[Group]] = {}
    for one in known:
        if one.department:
            by_name.setdefault(one.department, []).append(one)
    above = (up.name for number in person.departments[:1] for up in organization.chain(number))
    return tuple(next((by_name[name] for name in above if name in by_name), ()))
