"""How the documents' words become people: 部门主管, 直接主管, posts (R-ORG-1 to R-ORG-5)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from domain.approvals.flow import DEFAULTS, Policies
from domain.errors import RouteImpossible
from domain.people import Department, Organization, Person

TOP = "总经理"  # who decides where nobody is above (R-ORG-5)
RELATIONS = ("部门主管", "部门经理", "部门负责人", "直接主管", "上级领导")
NEAR = "本部门"  # 本部门:部门助理: holders of the post in the applicant's own department, or the nearest one above
KINDS = ("role", "department", "user")  # what a company can map a word to: 人事 = "role:人事专员"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The people whom words mean for one applicant, why, and notes on what was done instead. Nobody: skip the step."""

    people: tuple[str, ...]
    why: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """Those who stand at one level above somebody, and what they are called there."""

    people: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """Resolves words for one applicant. `department`: where they file from; the main one is the default (R-ORG-4)."""

    organization: Organization
    applicant: Person
    meanings: Mapping[str, str] = field(default_factory=dict)
    policies: Policies = DEFAULTS
    administrator: str = ""
    department: int | None = None

    def step(self, words: Iterable[str]) -> Found:
        """Who decides a step that names these words (any one of them). Raises RouteImpossible."""
        words = tuple(words)
        found = [self._found(word) for word in words]
        asked = [one for one in found if one is not None and one.people]
        if asked:
            return Found(
                people=_unique(userid for one in asked for userid in one.people),
                why="；".join(_unique(one.why for one in asked)),
                notes=_unique(note for one in asked for note in one.notes),
            )
        if skipped := [one for one in found if one is not None]:
            return skipped[0]
        word = "或".join(words)
        if self.policies.missing == "skip":
            return Found(people=(), why="", notes=(f"没有人担任{word}，跳过这一步",))
        return self.administrators(f"没有人担任{word}")

    def told(self, word: str) -> tuple[str, ...]:
        """Who is told where the cc names this word; never the applicant."""
        meaning = self._meaning(word)
        rung = next(self._above(meaning), None) if meaning in RELATIONS else self._holders(word)
        return self._others(rung.people) if rung else ()

    def known(self, word: str) -> bool:
        """Whether anybody of the organisation answers to this word: a relation, a post that is held, a department."""
        return self._meaning(word) in RELATIONS or bool(self._holders(word.removeprefix(f"{NEAR}:")).people)

    def administrators(self, because: str) -> Found:
        """The flow's administrators, the last to be asked. Raises RouteImpossible."""
        named = self._holders(self.administrator).people if self.administrator else ()
        people = self._others(named) or self._others(tuple(person.userid for person in self.organization.admins))
        if not people:
            raise RouteImpossible(f"{because}，也没有流程管理员可以代为审批")
        return Found(people=people, why=f"{because}，由流程管理员审批", notes=(f"{because}，由流程管理员审批",))

    def level(self) -> str:
        """head (leads a first-level department), supervisor (leads a lower one) or employee (R-ORG-3)."""
        led = self.organization.led_by(self.applicant.userid)
        if any(one in self.organization.from_first_level(one.id) for one in led):
            return "head"
        return "supervisor" if led else "employee"

    def at(self, name: str) -> "Posts | None":
        """The same for filing from the department of this name (or below it), or None if the applicant is not there."""
        own = self.applicant.departments if self.department is None else (self.department,)
        inside = [one for one in own if any(above.name == name for above in self.organization.chain(one))]
        return replace(self, department=inside[0]) if inside else None

    def heads(self, department: Department) -> Rung:
        """Who leads the department; of one without a leader, the next one up that has one (R-ORG-1)."""
        chain = self.organization.chain(department.id)
        return next(self._leaders(chain), Rung(people=(), what=department.name))

    def _found(self, word: str) -> Found | None:
        """The people behind a word; nobody: skip it; None: there is no such post."""
        meaning = self._meaning(word)
        if meaning not in RELATIONS:
            return self._post(word)
        first = True
        for rung in self._above(meaning):
            if self.applicant.userid not in rung.people or self.policies.self == "allow":
                why = f"{word}：{rung.what}"
                note = f"{word}是申请人本人，改由上一级（{rung.what}）审批"
                return Found(people=rung.people, why=why, notes=() if first else (note,))
            first = False
            if self.policies.self == "skip":
                others = self._others(rung.people)
                note = f"{word}是申请人本人，跳过这一步"
                return Found(people=others, why=f"{word}：{rung.what}", notes=() if others else (note,))
            if self.policies.self == "administrator":
                return self.administrators(f"{word}是申请人本人")
        return self._top(word)

    def _above(self, relation: str) -> Iterator[Rung]:
        """From the nearest upwards: those whom the relation means, then their next level, and so on."""
        own = self.organization.chain(self._from())
        match relation:
            case "部门主管":
                yield from self._leaders(own)
            case "直接主管":
                yield from self._managers(self.applicant, own)
            case "上级领导":
                yield from self._second()
            case _:
                yield from self._leaders(self.organization.from_first_level(self._from()))

    def _second(self) -> Iterator[Rung]:
        """上级领导: the 直接主管 of the applicant's 直接主管 (R-ORG-2)."""
        above = self._managers(self.applicant, self.organization.chain(self._from()))
        direct = next((rung.people[0] for rung in above if self.applicant.userid not in rung.people), None)
        if direct is None:
            return
        boss = self.organization.person(direct)
        chain = self.organization.chain(boss.departments[0]) if boss.departments else ()
        yield from (rung for rung in self._managers(boss, chain) if direct not in rung.people)

    def _managers(self, person: Person, chain: tuple[Department, ...]) -> Iterator[Rung]:
        """直接主管: as the directory says, else 部门主管 (R-ORG-2)."""
        manager = self.organization.find(person.manager or "")
        if manager is not None:
            what = "通讯录里的直属上级" if person is self.applicant else f"{person.name}的直属上级"
            yield Rung(people=(manager.userid,), what=what)
        yield from self._leaders(chain)

    def _leaders(self, chain: tuple[Department, ...]) -> Iterator[Rung]:
        for department in chain:
            if leaders := self.organization.leaders(department):
                yield Rung(people=tuple(person.userid for person in leaders), what=f"{department.name}负责人")

    def _top(self, word: str) -> Found:
        """Nobody is above: the top post, and for whoever holds it the flow's administrator (R-ORG-5)."""
        bosses = self._others(self._holders(TOP).people)
        because = f"{word}：上面没有负责人"
        if not bosses:
            return self.administrators(because)
        return Found(people=bosses, why=f"{because}，由{TOP}审批", notes=(f"{because}，由{TOP}审批",))

    def _post(self, word: str) -> Found | None:
        """Another holder where it is the applicant, else as the policy says (R-ORG-5)."""
        held = self._holders(word)
        others = held.people if self.policies.self == "allow" else self._others(held.people)
        if others or not held.people:
            return Found(people=others, why=f"{word}：{held.what}") if others else None
        if self.policies.self == "administrator":
            return self.administrators(f"{word}是申请人本人")
        return Found(people=(), why="", notes=(f"{word}是申请人本人，没有其他人担任，跳过这一步",))

    def _holders(self, word: str) -> Rung:
        """A role of that name, else the leaders of a department of that name (R-ORG-4)."""
        if word.startswith(f"{NEAR}:"):
            return self._near(word.removeprefix(f"{NEAR}:"))
        kind, _, name = self._meaning(word).rpartition(":")
        if kind == "user":
            return Rung(people=(name,) if self.organization.find(name) else (), what="指定的人")
        if kind != "department" and (holders := self.organization.holders(name)):
            return Rung(people=tuple(person.userid for person in holders), what="岗位")
        department = self.organization.department_named(name) if kind != "role" else None
        return self.heads(department) if department else Rung(people=(), what=word)

    def _near(self, post: str) -> Rung:
        """Holders of the post in or below the nearest department of the applicant that has any; of the whole company
        only those who stand directly in it."""
        for here in self.organization.chain(self._from()):
            if inside := self.organization.holders_within(self._meaning(post), here):
                return Rung(people=tuple(one.userid for one in inside), what=f"{here.name}的{post}")
        return Rung(people=(), what=post)

    def _meaning(self, word: str) -> str:
        return self.meanings.get(word, word)

    def _from(self) -> int:
        """The department that the applicant files from; -1 (which nobody is in) for a person without any."""
        return self.department if self.department is not None else next(iter(self.applicant.departments), -1)

    def _others(self, people: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(userid for userid in people if userid != self.applicant.userid)


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
