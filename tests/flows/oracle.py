"""The documents' routes for anybody of any organisation, worked out from the requirements' text (R-ORG-1 to -5).

Only the rows of the organisation are used, none of the product's own rules, so that both can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from domain.people import Organization
from tests.flows.generated import COUNTERSIGN, RELATIONS, ROUTES

Steps = list[tuple[str, str, tuple[str, ...]]]  # kind, mode, people
_TAKES: Final = {
    "employee": (("employee",), ("supervisor",)), "supervisor": (("supervisor",), ("employee",)),
    "head": (("manager", "head"), ("supervisor",), ("employee",)),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Oracle:
    """What the documents say of one applicant, who files from the main department, or from `home`."""

    company: Organization
    applicant: str
    named: str  # the person whom the form names: 替班人, 被联系人
    home: int | None = None
    countersign: Sequence[str] = tuple(COUNTERSIGN)

    def level(self) -> str:
        led = [one for one in self.company.departments.values() if self.applicant in one.leaders]
        if any(one.parent is None or self.company.departments[one.parent].parent is None for one in led):
            return "head"
        return "supervisor" if led else "employee"

    def at(self, name: str) -> "Oracle":
        """The same for the first of their departments that is the one of this name, or below it; else as it is."""
        own = self.company.people[self.applicant].departments
        inside = (one for one in own if any(self.company.departments[up].name == name for up in self.up(one)))
        return replace(self, home=next(inside, None))

    def row(self, pack: str, flow: str, form: dict[str, Any]) -> dict[str, Any] | None:
        """The route that the documents have for this form; None: the flow is not for the applicant."""
        rows = [one for one in ROUTES if (one["pack"], one["flow"]) == (pack, flow)]
        here = [self.company.departments[number].name for number in self.up(self.main())]
        rows = [one for one in rows if one.get("department", here[0]) in here]
        given = {one["applicant"] for one in rows}
        kinds = next((kinds for kinds in _TAKES[self.level()] if given.intersection(kinds)), ())
        open_to = [one for one in rows if one["applicant"] in ("any", *kinds)]
        return next((one for one in open_to if eval(one.get("when", "True"), {}, form)), None)

    def steps(self, row: dict[str, Any]) -> Steps:
        """Who is asked, one and the same person in a row once (carrying out by itself)."""
        found = [step for said in row["steps"] for step in [self.step(said)] if step[2]]
        alike = groupby(enumerate(found), key=lambda one: one[1][2] if self._single(one[1]) else one[0])
        merged = [self._both([step for _, step in same]) for _, same in alike]
        if all(kind == "handle" for kind, _, _ in merged):
            merged.insert(0, ("approve", *self.several(self.administrators())))
        return merged

    @staticmethod
    def _single(step: tuple[str, str, tuple[str, ...]]) -> bool:
        return step[0] != "handle" and len(step[2]) == 1

    @staticmethod
    def _both(same: Steps) -> tuple[str, str, tuple[str, ...]]:
        kinds = {kind for kind, _, _ in same}
        return (same[0][0] if len(kinds) == 1 else "approve", same[0][1], same[0][2])

    def step(self, said: str) -> tuple[str, str, tuple[str, ...]]:
        prefix, _, rest = said.rpartition(":")
        if prefix == "confirm":
            return "confirm", "one", (self.named,)
        if prefix == "all-of":
            led = (one for name in self.countersign for one in self.heads_of(name))
            return "approve", "all", tuple(one for one in dict.fromkeys(led) if one != self.applicant)
        found = dict.fromkeys(one for word in rest.split("|") for one in self.deciders(word))
        return (prefix or "approve", *self.several(tuple(found)))

    @staticmethod
    def several(people: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        return "one" if len(people) == 1 else "any", people

    def deciders(self, word: str) -> tuple[str, ...]:
        """R-ORG-4 and -5: another holder of one's own post or nobody; of a relation the next one up, at the top 总经理."""
        if word not in RELATIONS:
            return self.others(self.holders(word))
        for rung in self.ladder(word):
            if self.applicant not in rung:
                return rung
        return self.others(self.holders("总经理")) or self.administrators()

    def told(self, row: dict[str, Any]) -> list[str]:
        """R-CC-1: 总裁 for heads, 副部长 and above, unless they decide; the department's assistants for everybody else."""
        asked = [one for _, _, people in self.steps(row) for one in people]
        found: list[str] = []
        for word in row["cc"]:
            if word == "R-CC-1":
                chiefs = [one for one in self.holders("总裁") if one not in asked]
                found += chiefs if self.leads() else self.near("部门助理")
            elif word == "自选":
                found.append(self.named)
            else:
                found += self.ladder(word)[0] if word in RELATIONS else self.holders(word)
        return list(self.others(tuple(dict.fromkeys(found))))

    def leads(self) -> bool:
        """Whether they are a head of a department, or are called so (副部长 and above)."""
        person, called = self.company.people[self.applicant], ("副部长", "副总经理", "总监")
        return self.level() == "head" or person.title.endswith(called) or any(one in person.roles for one in called)

    def ladder(self, word: str) -> list[tuple[str, ...]]:
        """Those whom a relation means, then who stands above them."""
        chain = self.up(self.main())
        match word:
            case "部门主管":
                return self.led(chain)
            case "直接主管":
                return self.managers(self.applicant)
            case "上级领导":
                direct = next((rung[0] for rung in self.managers(self.applicant) if self.applicant not in rung), "")
                return [rung for rung in self.managers(direct) if direct not in rung] if direct else []
        return self.led(chain[-2:])  # the first-level department, and the root

    def managers(self, userid: str) -> list[tuple[str, ...]]:
        person = self.company.people[userid]
        home = self.main() if userid == self.applicant else person.departments[0]
        direct = [(person.manager,)] if person.manager and person.manager in self.company.people else []
        return [*direct, *self.led(self.up(home))]

    def led(self, numbers: Sequence[int]) -> list[tuple[str, ...]]:
        """Who leads each of these departments and has not left."""
        there = self.company.people
        rows = [tuple(one for one in self.company.departments[number].leaders if one in there) for number in numbers]
        return [row for row in rows if row]

    def up(self, number: int) -> list[int]:
        above = self.company.departments[number].parent
        return [number, *(self.up(above) if above is not None else [])]

    def main(self) -> int:
        return self.home or self.company.people[self.applicant].departments[0]

    def holders(self, word: str) -> tuple[str, ...]:
        held = tuple(sorted(one.userid for one in self.company.people.values() if word in one.roles))
        return held or self.heads_of(word)

    def heads_of(self, name: str) -> tuple[str, ...]:
        numbers = [one.id for one in self.company.departments.values() if one.name == name]
        return next((rung for number in numbers for rung in self.led(self.up(number))), ())

    def near(self, post: str) -> tuple[str, ...]:
        """Holders in or below the nearest department; of the whole company only those directly in it."""
        for number in self.up(self.main()):
            root = self.company.departments[number].parent is None
            homes = {one: self.company.people[one].departments for one in self.holders(post)}
            inside = tuple(
                one
                for one, own in homes.items()
                if any(number == here or (not root and number in self.up(here)) for here in own)
            )
            if inside:
                return inside
        return ()

    def administrators(self) -> tuple[str, ...]:
        return self.others(tuple(sorted(one.userid for one in self.company.people.values() if one.admin)))

    def others(self, people: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in people if one != self.applicant)
