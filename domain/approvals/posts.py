"""How the documents' words become people: 部门主管, 第3级主管, 逐级:总经理, posts (R-ORG-1 to R-ORG-5)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from domain.approvals.flow import DEFAULTS, Policies
from domain.approvals.superiors import Rung, Superiors, level_of, level_word
from domain.errors import RouteImpossible
from domain.people import Department, Organization, Person

TOP = "总经理"  # who decides where nobody is above (R-ORG-5)
RELATIONS = ("部门主管", "部门经理", "部门负责人", "直接主管", "上级领导")  # and 第3级主管
NEAR = "本部门"  # 本部门:部门助理: holders of the post in the applicant's own department, or the nearest one above
CHAIN = "逐级"  # 逐级:总经理: each manager from the nearest up to whoever is meant, a step each
KINDS = ("role", "department", "user")  # what a company can map a word to: 人事 = "role:人事专员"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The people whom words mean for one applicant, why, and notes on what was done instead. Nobody: skip the step."""

    people: tuple[str, ...]
    why: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """Resolves words for one applicant. `department`: where they file from; the main one is the default (R-ORG-4)."""

    organization: Organization
    applicant: Person
    meanings: Mapping[str, str] = field(default_factory=dict)
    policies: Policies = DEFAULTS
    administrator: str = ""
    as_heads: tuple[str, ...] = ()
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
        return self._nobody("或".join(map(self.called, words)))

    def chain(self, until: str) -> Iterator[tuple[str, Found]]:
        """逐级: the managers from the nearest up to whoever `until` means, each with the word for them. Who is that
        themselves, or has nobody above, is asked about as for the word alone. Raises RouteImpossible."""
        rungs, wanted = tuple(self.superiors.ladder()), set(self._meant(until))
        if self.applicant.userid in wanted:
            yield until, self.step((until,))
            return
        last = next((at for at, rung in enumerate(rungs, start=1) if wanted.intersection(rung.people)), 0)
        said = self.called(until)
        notes = () if last else (f"往上没有{said}，逐级到最上一级为止",)
        if not rungs:
            yield until, replace(self._top(said), notes=notes)
        for at, rung in enumerate(rungs[: last or len(rungs)], start=1):
            word = until if at == last else level_word(at)
            why = f"{self.called(word)}：{rung.what}"
            yield word, Found(people=rung.people, why=why, notes=notes if at == len(rungs) else ())

    def told(self, word: str) -> tuple[str, ...]:
        """Who is told where the cc names this word; never the applicant."""
        return self._others(self._meant(word))

    def known(self, word: str) -> bool:
        """Whether anybody of the organisation answers to this word: a relation, a post that is held, a department."""
        kind, colon, name = word.partition(":")
        word = name if colon and kind not in KINDS else word
        return self.depends(self._meaning(word)) or bool(self._holders(word).people)

    def among(self, word: str, people: Iterable[Person]) -> Iterator[str]:
        """Which of these people may be chosen where only this word is offered: who answers to it; of a department, all
        who lead it, work there, or below."""
        here = self._department(word)
        named = self._meant(word) if here is None else here.leaders
        inside = set(self.organization.below(here.id)) if here else set()
        return (one.userid for one in people if one.userid in named or inside.intersection(one.departments))

    def called(self, word: str) -> str:
        """What people read for a word: a name for user:zhao, 逐级到总经理, 市场部的助理."""
        kind, _, name = word.partition(":")
        return called(word, {word: self.organization.name_of(name), kind: self._place(kind)})

    def administrators(self, because: str) -> Found:
        """The flow's administrators, the last to be asked. Raises RouteImpossible."""
        named = self._holders(self.administrator).people if self.administrator else ()
        people = self._others(named) or self._others(tuple(person.userid for person in self.organization.admins))
        if not people:
            raise RouteImpossible(f"{because}，也没有流程管理员可以代为审批")
        return Found(people=people, why=f"{because}，由流程管理员审批", notes=(f"{because}，由流程管理员审批",))

    def level(self) -> str:
        """head (leads a first-level department, or is one of `as_heads`), supervisor (leads a lower one) or employee
        (R-ORG-3)."""
        if any(is_called(self.applicant, one) for one in self.as_heads):
            return "head"
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
        return next(self.superiors.leaders(chain), Rung(people=(), what=department.name))

    @property
    def superiors(self) -> Superiors:
        """Who stands above the applicant."""
        return Superiors(organization=self.organization, person=self.applicant, department=self._from())

    def _found(self, word: str) -> Found | None:
        """The people behind a word; nobody: skip it; None: there is no such post."""
        meaning = self._meaning(word)
        if not self.depends(meaning):
            return self._post(word)
        rungs = self.superiors.above(meaning)
        nearest = next(rungs, None)
        if nearest is None:
            return self._top(word)
        if self.applicant.userid not in nearest.people or self.policies.self == "allow":
            return Found(people=nearest.people, why=f"{word}：{nearest.what}")
        if self.policies.self == "skip":
            others = self._others(nearest.people)
            note = f"{word}是申请人本人，跳过这一步"
            return Found(people=others, why=f"{word}：{nearest.what}", notes=() if others else (note,))
        return self._for_oneself(word, rungs)

    def _for_oneself(self, word: str, above: Iterable[Rung]) -> Found:
        """Who decides instead of the applicant; for the rest of the policies see `_found` and `_post`."""
        if self.policies.self == "administrator":
            return self.administrators(f"{word}是申请人本人")
        head = self.policies.self == "head"
        rungs = self.superiors.above("部门负责人") if head else above
        rung = next((one for one in rungs if self.applicant.userid not in one.people), None)
        if rung is None:
            return self._top(word)
        note = f"{word}是申请人本人，改由{'部门负责人' if head else '上一级'}（{rung.what}）审批"
        return Found(people=rung.people, why=f"{word}：{rung.what}", notes=(note,))

    def _nobody(self, word: str) -> Found:
        """Who decides where nobody holds the post (`Policies.missing`)."""
        because, instead = f"没有人担任{word}", self.policies.missing
        if instead == "skip":
            return Found(people=(), why="", notes=(f"{because}，跳过这一步",))
        if instead != "administrator":
            found = self._found("直接主管" if instead == "up" else instead)
            if found is not None and found.people:
                note = f"{because}，由{'上一级' if instead == 'up' else self.called(instead)}审批"
                return Found(people=found.people, why=f"{note}（{found.why}）", notes=(note, *found.notes))
        return self.administrators(because)

    def _top(self, word: str) -> Found:
        """Nobody is above: the top post, and for whoever holds it the flow's administrator (R-ORG-5)."""
        bosses = self._others(self._holders(TOP).people)
        because = f"{word}：上面没有负责人"
        if not bosses:
            return self.administrators(because)
        return Found(people=bosses, why=f"{because}，由{TOP}审批", notes=(f"{because}，由{TOP}审批",))

    def _post(self, word: str) -> Found | None:
        """Another holder where it is the applicant, else as the policy says (R-ORG-5)."""
        held, said = self._holders(word), self.called(word)
        others = held.people if self.policies.self == "allow" else self._others(held.people)
        if others or not held.people:
            return Found(people=others, why=f"{said}：{held.what}") if others else None
        if self.policies.self in ("administrator", "head"):
            return self._for_oneself(said, ())
        return Found(people=(), why="", notes=(f"{said}是申请人本人，没有其他人担任，跳过这一步",))

    def _meant(self, word: str) -> tuple[str, ...]:
        """Everybody whom the word means by itself, the applicant included."""
        meaning = self._meaning(word)
        if self.depends(meaning):
            nearest = next(self.superiors.above(meaning), None)
            return nearest.people if nearest else ()
        return self._holders(word).people

    def _holders(self, word: str) -> Rung:
        """A role of that name, else the leaders of a department of that name (R-ORG-4)."""
        kind, colon, name = self._meaning(word).partition(":")
        if not colon:
            kind, name = "", kind
        if kind == NEAR:
            return self._near(name)
        if kind.isdecimal():
            here = self.organization.department(int(kind))
            inside = self._inside(here, name) if here else None
            return Rung(people=inside.people if inside else (), what="岗位")
        if kind == "user":
            return Rung(people=(name,) if self.organization.find(name) else (), what="指定的人")
        if kind != "department" and (holders := self.organization.holders(name)):
            return Rung(people=tuple(person.userid for person in holders), what="岗位")
        department = self._department(word)
        return self.heads(department) if department else Rung(people=(), what=word)

    def _department(self, word: str) -> Department | None:
        """The department that a word means where no post is called so."""
        kind, colon, name = self._meaning(word).partition(":")
        name = name if colon else kind
        if (colon and kind != "department") or (not colon and self.organization.holders(name)):
            return None
        return self.organization.department_named(name)

    def _near(self, post: str) -> Rung:
        """Holders of the post in or below the nearest department of the applicant that has any; of the whole company
        only those who stand directly in it."""
        found = (self._inside(here, post) for here in self.organization.chain(self._from()))
        return next((rung for rung in found if rung), Rung(people=(), what=post))

    def _inside(self, here: Department, post: str) -> Rung | None:
        """Holders of the post in or below this department."""
        people = self.organization.holders_within(self._meaning(post).removeprefix("role:"), here)
        return Rung(people=tuple(one.userid for one in people), what=f"{here.name}的{post}") if people else None

    def _place(self, number: str) -> str:
        here = self.organization.department(int(number)) if number.isdecimal() else None
        return here.name if here else number

    def depends(self, word: str) -> bool:
        """Whether whom the word means depends on the applicant: 部门主管, 第3级主管."""
        return word in RELATIONS or level_of(word) is not None

    def _meaning(self, word: str) -> str:
        return self.meanings.get(word, word)

    def _from(self) -> int:
        """The department that the applicant files from; -1 (which nobody is in) for a person without any."""
        return self.department if self.department is not None else next(iter(self.applicant.departments), -1)

    def _others(self, people: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(userid for userid in people if userid != self.applicant.userid)


def is_called(person: Person, post: str) -> bool:
    """Whether this is the person's post, or the end of their title: 研发部副部长."""
    return post in person.roles or person.title.endswith(post)


def called(word: str, names: Mapping[str, str]) -> str:
    """What people read for a word of a flow file. `names`: of people (user:zhao), fields and departments."""
    kind, colon, name = word.partition(":")
    if not colon:
        return word
    if kind == CHAIN:
        return f"{CHAIN}到{called(name, names)}"
    if kind == "user":
        return names.get(word, name)
    return name if kind in KINDS else f"{names.get(kind, kind)}的{name}"


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
