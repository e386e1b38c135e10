"""Who is who: an immutable snapshot of the organisation, with the look-ups that routes need."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import TypeVar

from domain.errors import UnknownPerson

ROOT = 1  # the platform's root department (contract 6)

Row = TypeVar("Row")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An employee. `departments`: the main one first; `leads`: the departments that this person leads; `hired`: the
    first day in the company, None where the address book does not say."""

    userid: str
    name: str
    title: str = ""
    departments: tuple[int, ...] = ()
    manager: str | None = None
    roles: tuple[str, ...] = ()
    mobile: str = ""
    admin: bool = False
    leads: tuple[int, ...] = ()
    hired: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department; `parent` is None for the root only."""

    id: int
    name: str
    parent: int | None
    leaders: tuple[str, ...] = ()


class Organization:
    """All people and departments at one moment; leavers are not in it. `version` changes with the content."""

    def __init__(self, *, people: Iterable[Person], departments: Iterable[Department]) -> None:
        self.people = MappingProxyType({person.userid: person for person in people})
        self.departments = MappingProxyType({department.id: department for department in departments})
        self._within: dict[str, Mapping[int, tuple[Person, ...]]] = {}
        self._chains: dict[
            int, tuple[Department, ...]
        ] = {}  # both: what was found so far, for it is asked for again and again

    @cached_property
    def version(self) -> str:
        """A hash of everything in it."""
        rows = sorted(map(repr, (*self.people.values(), *self.departments.values())))
        return sha256("\n".join(rows).encode()).hexdigest()[:16]

    def person(self, userid: str) -> Person:
        """The person. Raises UnknownPerson."""
        try:
            return self.people[userid]
        except KeyError:
            raise UnknownPerson(userid) from None

    def find(self, userid: str) -> Person | None:
        """The person, or None."""
        return self.people.get(userid)

    def name_of(self, userid: str) -> str:
        """What people call them; of somebody who has left only the id is known."""
        person = self.people.get(userid)
        return person.name if person else userid

    def holders(self, role: str) -> tuple[Person, ...]:
        """Everybody with this role, in the order of their ids."""
        return self._by_role.get(role, ())

    def holders_within(self, role: str, department: Department) -> tuple[Person, ...]:
        """Holders of the role in the department or below it; of the root only those who stand directly in it."""
        if role not in self._within:
            self._within[role] = _index(self.holders(role), self._inside)
        return self._within[role].get(department.id, ())

    def named(self, name: str) -> tuple[Person, ...]:
        """Everybody of this name, in the order of their ids."""
        return self._by_name.get(name, ())

    @property
    def names(self) -> Iterable[str]:
        """Every name that somebody has, once."""
        return self._by_name.keys()

    @cached_property
    def admins(self) -> tuple[Person, ...]:
        """The administrators of the organisation, in the order of their ids."""
        return tuple(person for person in self._sorted if person.admin)

    def department(self, number: int) -> Department | None:
        """The department, or None."""
        return self.departments.get(number)

    def department_named(self, name: str) -> Department | None:
        """The department of this name (the one nearest to the root where several have it), or None."""
        return next(iter(self._departments_by_name.get(name, ())), None)

    def chain(self, department: int) -> tuple[Department, ...]:
        """The department and those above it, up to the root (or as far as it is known)."""
        found = self._chains.get(department)
        if found is None:
            found = self._chains[department] = self._chain(department)
        return found

    def _chain(self, department: int) -> tuple[Department, ...]:
        chain: dict[int, Department] = {}
        here = self.departments.get(department)
        while here is not None and here.id not in chain:
            chain[here.id] = here
            here = self.departments.get(here.parent) if here.parent is not None else None
        return tuple(chain.values())

    def below(self, department: int) -> tuple[int, ...]:
        """The department and all below it, by number."""
        return tuple(one for one in self.departments if any(up.id == department for up in self.chain(one)))

    def from_first_level(self, department: int) -> tuple[Department, ...]:
        """The end of the chain that begins with the first-level department, a direct child of the root (R-ORG-1)."""
        chain = self.chain(department)
        return chain[-2:] if chain and chain[-1].parent is None else chain[-1:]

    def leaders(self, department: Department) -> tuple[Person, ...]:
        """The department's leaders who are still there (R-ORG-5: one who has left counts as none)."""
        return tuple(self.people[userid] for userid in department.leaders if userid in self.people)

    def led_by(self, userid: str) -> tuple[Department, ...]:
        """The departments that this person leads."""
        return self._led.get(userid, ())

    def _inside(self, person: Person) -> Iterable[int]:
        above = (one for number in person.departments for one in self.chain(number))
        inside = (one.id for one in above if one.id in person.departments or one.parent is not None)
        return dict.fromkeys(inside)

    @cached_property
    def _sorted(self) -> tuple[Person, ...]:
        return tuple(sorted(self.people.values(), key=lambda person: person.userid))

    @cached_property
    def _by_role(self) -> Mapping[str, tuple[Person, ...]]:
        return _index(self._sorted, lambda person: person.roles)

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Person, ...]]:
        return _index(self._sorted, lambda person: (person.name,))

    @cached_property
    def _departments_by_name(self) -> Mapping[str, tuple[Department, ...]]:
        nearest = sorted(self.departments.values(), key=lambda one: (len(self.chain(one.id)), one.id))
        return _index(nearest, lambda department: (department.name,))

    @cached_property
    def _led(self) -> Mapping[str, tuple[Department, ...]]:
        """Departments name their leaders and people what they lead: either counts."""
        leading = {(userid, one.id) for one in self.departments.values() for userid in one.leaders}
        leading |= {(person.userid, number) for person in self.people.values() for number in person.leads}
        led = [(userid, self.departments[number]) for userid, number in sorted(leading) if number in self.departments]
        return {userid: tuple(one for _, one in rows) for userid, rows in _index(led, lambda row: row[:1]).items()}


def _index(rows: Iterable[Row], keys: Callable[[Row], Iterable[Key]]) -> Mapping[Key, tuple[Row, ...]]:
    """The rows by each of their keys, in the order in which they come."""
    found: dict[Key, list[Row]] = {}
    for row in rows:
        for key in keys(row):
            found.setdefault(key, []).append(row)
    return {key: tuple(several) for key, several in found.items()}
