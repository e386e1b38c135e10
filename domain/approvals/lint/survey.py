"""A flow and everybody who may file it: who has which routes open, which forms take which route, and cases to show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from domain.approvals.flow import Field, Flow, StepWord
from domain.approvals.lint.finding import Example, Said
from domain.approvals.lint.grid import Grid, Point, grid
from domain.approvals.lint.groups import Group
from domain.approvals.posts import Posts
from domain.approvals.route import routes_for
from domain.people import Department, Organization, Person

_PEOPLE = ("person", "people", "departments")
Open = tuple[int, ...]  # the routes that are open to somebody, by their place in the file


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What the parts of the linter look at."""

    flow: Flow
    organization: Organization
    groups: Sequence[Group]

    @cached_property
    def grid(self) -> Grid:
        """The forms."""
        people, departments = self._colleagues, self._departments
        others = {"person": people[-1:], "people": people[-1:], "departments": [one.name for one in departments[-1:]]}
        return grid(self.flow, {kind: said[0] for kind, said in others.items() if said})

    @cached_property
    def audiences(self) -> Mapping[Open, Sequence[Group]]:
        """Who has which routes open."""
        places = {id(route): place for place, route in enumerate(self.flow.routes)}
        found: dict[Open, list[Group]] = {}
        for group in self.groups:
            routes = routes_for(self.flow, group.posts(self.flow, self.organization))
            found.setdefault(tuple(places[id(route)] for route in routes), []).append(group)
        return found

    @cached_property
    def takers(self) -> Mapping[Open, Mapping[int, Point]]:
        """Of those with these routes open: which routes are taken, each with the first form that takes it."""
        return {open_to: dict(self._taken(open_to)) for open_to in self.audiences}

    def _taken(self, open_to: Open) -> Iterator[tuple[int, Point]]:
        seen: set[int] = set()
        for point in self.grid.points:
            route = self.grid.chosen(point, open_to)
            if route is not None and route not in seen:
                seen.add(route)
                yield route, point

    def open_at(self, route: int) -> Iterator[tuple[Open, Sequence[Group]]]:
        """Those to whom this route is open."""
        return ((open_to, groups) for open_to, groups in self.audiences.items() if route in open_to)

    def example(self, group: Group, point: Point) -> Example:
        """A case of somebody of this group: the form, and whoever has to be named in it."""
        values: dict[str, Said] = dict(self.grid.values(point))
        for field in self.flow.fields:
            names_people = field.type in _PEOPLE and (field.required or field.id in self._named)
            if names_people and (field.id not in self.grid.axes or group.person.userid in values.get(field.id, "")):
                values |= self._somebody(field, group)
        if group.department:
            values["department"] = group.department
        return Example(applicant=group.person.userid, name=group.person.name, values=values)

    def case(self, route: int) -> Example | None:
        """Any case that takes this route."""
        for open_to, groups in self.open_at(route):
            if route in self.takers[open_to]:
                return self.example(groups[0], self.takers[open_to][route])
        return None

    def everybody(self) -> int:
        """How many people there are."""
        return len(self.organization.people)

    def names(self, groups: Iterable[Group]) -> list[str]:
        """What these people are called, each once."""
        people = dict.fromkeys(userid for group in groups for userid in group.people)
        return [self.organization.name_of(userid) for userid in people]

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(
            name for route in self.flow.routes for step in route.steps for name in named_in(step, self.flow)
        )

    @cached_property
    def _colleagues(self) -> list[str]:
        return sorted(self.organization.people)[:3]

    @cached_property
    def _departments(self) -> list[Department]:
        led = (one for one in self.organization.departments.values() if self.organization.leaders(one))
        below = sorted((one for one in led if one.parent is not None), key=lambda one: one.id)
        return below[:3]

    def _somebody(self, field: Field, group: Group) -> dict[str, Said]:
        """A colleague whom the field offers, or a department that somebody else leads."""
        if field.type == "departments":
            here = [one.name for one in self._departments if group.person.userid not in one.leaders]
        else:
            some = self._offered(field)
            here = [userid for userid in some if userid != group.person.userid]
        return {field.id: here[0] if field.type == "person" else (here[0],)} if here else {}

    def _offered(self, field: Field) -> list[str]:
        """A few of those who may be chosen there."""
        if not field.among:
            return self._colleagues
        posts = Posts(organization=self.organization, applicant=Person(userid="", name=""), meanings=self.flow.posts)
        everybody = self.organization.people.values()
        return [userid for word in field.among for userid in islice(posts.among(word, everybody), 2)]


def named_in(step: StepWord, flow: Flow) -> list[str]:
    """The fields in which the form names whom the step asks: `confirm:替班人`, `会签部门:会计`."""
    said = {word.partition(":")[0] for word in step.words if ":" in word}
    departments = [one.id for one in flow.fields if one.type == "departments" and said & {one.id, one.label}]
    return [*departments, step.field] if step.field else departments
