"""Applicants who cannot be told apart by any flow: the same shape of departments, managers and posts around them.

Of a hundred thousand people there are a few hundred kinds; one of each is tried."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.approvals.flow import Flow
from domain.approvals.posts import NEAR, RELATIONS, TOP, Posts, is_called
from domain.people import Organization, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who file under the same circumstances, `person` being one of them. `department`: from which of several
    departments they file (R-ORG-4), "" for the main one."""

    person: Person
    people: tuple[str, ...]
    department: str = ""
    number: int | None = None

    def posts(self, flow: Flow, organization: Organization) -> Posts:
        """What the words of this flow mean for them."""
        return Posts(
            organization=organization, applicant=self.person, meanings=flow.posts, policies=flow.policies,
            administrator=flow.administrator, as_heads=flow.heads, department=self.number,
        )  # fmt: skip


def groups(organization: Organization, flows: Iterable[Flow]) -> tuple[Group, ...]:
    """Everybody who may file one of these flows."""
    shapes = _Shapes(organization=organization, flows=tuple(flows))
    rough: dict[object, list[tuple[Person, int | None]]] = {}
    for person in sorted(organization.people.values(), key=lambda one: one.userid):
        for number in (None, *(one for one in person.departments[1:] if organization.department(one))):
            rough.setdefault(shapes.rough(person, number), []).append((person, number))
    fine: dict[object, list[tuple[Person, int | None]]] = {}
    for same in rough.values():
        fine.setdefault(shapes.of(*same[0]), []).extend(same)
    return tuple(_group(members, organization) for members in fine.values())


def _group(members: Sequence[tuple[Person, int | None]], organization: Organization) -> Group:
    person, number = members[0]
    department = organization.department(number) if number is not None else None
    people = tuple(one.userid for one, _ in members)
    return Group(person=person, people=people, department=department.name if department else "", number=number)


@dataclass(frozen=True, kw_only=True)
class _Shapes:
    """What can matter about an applicant, as a key: people are numbered in the order in which they are met."""

    organization: Organization
    flows: Sequence[Flow]

    def rough(self, person: Person, number: int | None) -> object:
        """Who stands out by nothing is like others with the same departments and manager."""
        departments, manager = (person.departments, number), person.manager
        return (person.userid, number) if person.userid in self.special else (departments, manager)

    def of(self, person: Person, number: int | None) -> object:
        """Departments up to the root with their leaders, managers up to the top with their departments' leaders."""
        met: dict[str, int] = {person.userid: 0}
        own = [number] if number is not None else person.departments or (-1,)
        if number is None and not any(self._routed(one) for one in own[1:]):
            own = own[:1]
        level = Posts(organization=self.organization, applicant=person).level()
        chains = tuple(self._chain(one, met) for one in own)
        own_posts = self.holding.get(person.userid)
        heads = tuple(flow.id for flow in self.flows if any(is_called(person, one) for one in flow.heads))
        return (
            level,
            heads,
            person.admin,
            own_posts,
            chains,
            tuple(tuple(self._managers(person, one, met)) for one in own),
            tuple(self._near(person, one) for one in own),
        )

    def _chain(self, number: int, met: dict[str, int]) -> object:
        return tuple(
            (one.name if one.name in self.named else one.parent is None, self._met(self.leading[one.id], met))
            for one in self.organization.chain(number)
        )

    def _managers(self, person: Person, home: int, met: dict[str, int]) -> Iterator[object]:
        """Manager by manager; where none is written down, who leads the department or one above goes on (R-ORG-2)."""
        passed = {person.userid}
        while True:
            manager, chain = self.organization.find(person.manager or ""), self.organization.chain(home)
            yield self._met((manager.userid,) if manager else (), met), self._chain(home, met)
            rungs = ((manager.userid,) if manager else (), *(self.leading[one.id] for one in chain))
            boss = next((rung[0] for rung in rungs if rung and not passed.intersection(rung)), None)
            if boss is None:
                return
            passed.add(boss)
            person = self.organization.person(boss)
            home = next(iter(person.departments), -1)

    def _met(self, userids: Iterable[str], met: dict[str, int]) -> object:
        return tuple((met.setdefault(userid, len(met)), self.holding.get(userid)) for userid in userids)

    def _routed(self, number: int) -> bool:
        return any(one.name in self.named for one in self.organization.chain(number))

    def _near(self, person: Person, number: int) -> object:
        """How far the nearest holder of each post is that is looked for in the applicant's departments."""
        rows = []
        for post in sorted(self.near):
            found = (self.organization.holders_within(post, one) for one in self.organization.chain(number))
            far, inside = next(((far, these) for far, these in enumerate(found) if these), (-1, ()))
            rows.append((far, len(inside) > 1, person in inside))
        return tuple(rows)

    @cached_property
    def words(self) -> dict[str, Mapping[str, str]]:
        """Every word of the flows that may mean people, with what the company means by words."""
        found: dict[str, Mapping[str, str]] = {TOP: {}}
        for flow in self.flows:
            steps = (word for route in flow.routes for step in route.steps for word in step.words)
            told = (word for route in flow.routes for word in route.cc)
            policies = (flow.policies.missing, flow.policies.overdue)
            found |= {word: flow.posts for word in (*steps, *told, *policies, flow.administrator) if word}
        return found

    @cached_property
    def named(self) -> frozenset[str]:
        """The departments that routes are for."""
        return frozenset(route.department for flow in self.flows for route in flow.routes if route.department)

    @cached_property
    def holding(self) -> Mapping[str, frozenset[str]]:
        """Which words mean a person, by userid."""
        nobody, found = Person(userid="", name=""), dict[str, set[str]]()
        for word, meanings in self.words.items():
            if meanings.get(word, word) not in RELATIONS and not word.startswith(f"{NEAR}:"):
                for userid in Posts(organization=self.organization, applicant=nobody, meanings=meanings).told(word):
                    found.setdefault(userid, set()).add(word)
        return {userid: frozenset(words) for userid, words in found.items()}

    @cached_property
    def leading(self) -> Mapping[int, tuple[str, ...]]:
        """Who leads each department and has not left."""
        departments = self.organization.departments.values()
        return {one.id: tuple(who.userid for who in self.organization.leaders(one)) for one in departments}

    @cached_property
    def near(self) -> frozenset[str]:
        """The posts that are looked for near the applicant."""
        posts = ((word.removeprefix(f"{NEAR}:"), of) for word, of in self.words.items() if word.startswith(f"{NEAR}:"))
        return frozenset(meanings.get(post, post) for post, meanings in posts)

    @cached_property
    def special(self) -> frozenset[str]:
        """Who is not just anybody: leads, manages, holds a post that flows name, administers."""
        people = self.organization.people.values()
        leading = {userid for one in self.organization.departments.values() for userid in one.leaders}
        leading |= {person.userid for person in people if person.leads or person.admin}
        near = {person.userid for post in self.near for person in self.organization.holders(post)}
        titles = {one for flow in self.flows for one in flow.heads}
        near |= {person.userid for person in people if any(is_called(person, one) for one in titles)}
        return frozenset(leading | {person.manager or "" for person in people} | set(self.holding) | near)
