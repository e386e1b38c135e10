"""Who stands above somebody: leaders of departments, managers, the ladder of managers to the top (R-ORG-1, R-ORG-2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from domain.people import Department, Organization, Person

_LEVEL = re.compile(r"第([1-9一二三四五六七八九])级主管")
_DIGITS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """Those who stand at one level above somebody, and what they are called there."""

    people: tuple[str, ...]
    what: str


def level_of(word: str) -> int | None:
    """How many managers up a word means: 1 for 直接主管, 2 for 上级领导 and 第2级主管; None for any other word."""
    if word in ("直接主管", "上级领导"):
        return 1 if word == "直接主管" else 2
    found = _LEVEL.fullmatch(word)
    return found and (_DIGITS.find(found[1]) + 1 or int(found[1]))


def level_word(level: int) -> str:
    """What the manager so many levels up is called."""
    return "直接主管" if level == 1 else f"第{level}级主管"


@dataclass(frozen=True, slots=True, kw_only=True)
class Superiors:
    """The people above one person, who files from `department`."""

    organization: Organization
    person: Person
    department: int

    def above(self, relation: str) -> Iterator[Rung]:
        """From the nearest upwards: those whom the relation means, then their next level, and so on."""
        level = level_of(relation)
        if level is not None:
            yield from self._level(level)
        elif relation == "部门主管":
            yield from self.leaders(self.organization.chain(self.department))
        else:
            yield from self.leaders(self.organization.from_first_level(self.department))

    def ladder(self) -> Iterator[Rung]:
        """Each manager from the nearest up, nobody twice and never the person: circles of managers end somewhere."""
        boss, passed = self.person, {self.person.userid}
        while rung := next((one for one in self._managers(boss) if not passed.intersection(one.people)), None):
            yield rung
            boss = self.organization.person(rung.people[0])
            passed.add(boss.userid)

    def leaders(self, chain: tuple[Department, ...]) -> Iterator[Rung]:
        """Who leads these departments, those without a leader left out."""
        for department in chain:
            if leaders := self.organization.leaders(department):
                yield Rung(people=tuple(person.userid for person in leaders), what=f"{department.name}负责人")

    def _level(self, level: int) -> Iterator[Rung]:
        """The manager so many levels up (R-ORG-2), then who stands above them. The person themselves may be among
        those: what then is for the flow to say."""
        below = tuple(islice(self.ladder(), level - 1))
        if len(below) == level - 1:
            boss = self.organization.person(below[-1].people[0]) if below else self.person
            passed = {rung.people[0] for rung in below}
            yield from (rung for rung in self._managers(boss) if not passed.intersection(rung.people))

    def _managers(self, person: Person) -> Iterator[Rung]:
        """直接主管: as the directory says, else 部门主管 (R-ORG-2), then the leaders further up."""
        own = person.userid == self.person.userid
        manager = self.organization.find(person.manager or "")
        if manager is not None:
            what = "通讯录里的直属上级" if own else f"{person.name}的直属上级"
            yield Rung(people=(manager.userid,), what=what)
        department = self.department if own else next(iter(person.departments), -1)
        yield from self.leaders(self.organization.chain(department))
