"""A step that nobody decided in time: who is asked instead, who is reminded, and when it is looked at again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from cards.card import Frame
from cards.words import Summary
from domain.approvals.case import Case, Status
from domain.approvals.commands import Submit
from domain.approvals.decide import decide
from domain.approvals.events import Drafted
from domain.approvals.evolve import evolve, evolve_all
from domain.approvals.flow import Flow, Policies
from domain.approvals.route import plan
from domain.approvals.standins import Standin
from domain.reminders import Settings
from language.statutory import statutory_workdays
from tests.domain.company import COMPANY, flow, route
from usecases.books import Calendar, Caseload, Findings, Ledger, Logbook, Waiting
from usecases.overdue_step import OverdueStep
from usecases.ports import Needs, Outcome, Talk, World

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai


@dataclass(kw_only=True)
class Desk:
    """An office in which one case lies."""

    world: World
    only: Case

    def case(self, number: str) -> Case:
        return self.only

    def talk(self, key: str) -> Talk:
        return Talk()

    def next_number(self, prefix: str) -> str:
        raise NotImplementedError

    def my_cases(self, person: str) -> tuple[Summary, ...]:
        return ()

    def my_returned(self, person: str) -> str:
        return ""

    def my_last(self, person: str) -> str:
        return ""

    def my_tasks(self, person: str) -> tuple[Summary, ...]:
        return ()

    def more_tasks(self, person: str) -> int:
        return 0

    def tasks_of(self, person: str) -> tuple[str, ...]:
        return ()

    def bring(self, needs: Needs) -> None:
        pass

    def speaks(self, person: str, language: str) -> None:
        pass

    def settings(self, people: Iterable[str]) -> Mapping[str, Settings]:
        return {}

    def fresh(self, job: str, moment: datetime) -> Collection[str]:
        return ()

    def spent(self, month: str) -> Mapping[str, int]:
        return {}

    def waiting(self) -> tuple[Waiting, ...]:
        return ()

    @property
    def calendar(self) -> Calendar:
        return cast(Calendar, SimpleNamespace(workdays_of=lambda person: self.world.workdays))

    @property
    def caseload(self) -> Caseload:
        raise NotImplementedError

    @property
    def findings(self) -> Findings:
        raise NotImplementedError

    @property
    def ledger(self) -> Ledger:
        raise NotImplementedError

    @property
    def logbook(self) -> Logbook:
        raise NotImplementedError

    def my_drafts(self, person: str) -> tuple[Case, ...]:
        return ()

    def filed(self, person: str, flow: str, since: datetime, *, counting: bool = False) -> tuple[Case, ...]:
        return ()

    def standins(self, people: tuple[str, ...]) -> tuple[Standin, ...]:
        return ()

    def standins_to(self, person: str) -> tuple[Standin, ...]:
        return ()


def filed(*steps: str, applicant: str = "ann", **policies: Any) -> Desk:
    """A case of this applicant on these steps, each to be decided within eight hours."""
    rules: Flow = flow(route(*steps), policies=Policies(hours=8, **policies))
    drafted = Drafted(by=applicant, at=NOW, number="X-20261123-001", flow="x", title="申请", values={})
    case = evolve(None, drafted)
    way = plan(rules, {}, COMPANY.person(applicant), COMPANY)
    case = evolve_all(case, decide(case, Submit(by=applicant, plan=way, flow_version="1"), NOW))
    frame = Frame(names=COMPANY.name_of, zone=ZoneInfo("Asia/Shanghai"), dialect="plain")
    world = World(organization=COMPANY, flows={"x": rules}, workdays=statutory_workdays(), frame=frame)
    return Desk(world=world, only=case)


def late(desk: Desk, times: int = 1) -> tuple[Desk, Outcome]:
    """The deadline has passed; the office afterwards."""
    step = desk.only.step
    assert step is not None
    command = OverdueStep(timer=f"t{times}", case=desk.only.number, step=step.id, times=times)
    outcome = command.act(desk, NOW)
    return replace(desk, only=outcome.after(desk.only)), outcome


def reminded(outcome: Outcome) -> list[str]:
    """Who hears that it has waited for long."""
    return [post.to for post in outcome.posts if post.words is not None]


def test_it_is_passed_on_to_whom_the_flow_names_who_has_as_many_hours() -> None:
    desk, outcome = late(filed("部门主管", overdue="人事经理"))
    assert desk.only.waiting_for() == ("hr",)
    assert reminded(outcome) == []
    (timer,) = outcome.timers
    assert timer.due == datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    desk, outcome = late(desk, 2)
    assert (desk.only.waiting_for(), reminded(outcome)) == (("hr",), ["hr"])


def test_each_of_several_goes_to_somebody_of_their_own_and_the_rest_are_reminded() -> None:
    desk, outcome = late(filed("all-of:部门主管|出纳|会计", overdue="人事专员"))
    assert set(desk.only.waiting_for()) == {"clerk1", "clerk2", "acc"}
    assert reminded(outcome) == ["acc"]


def test_it_goes_up_step_by_step_and_at_the_top_to_the_administrator() -> None:
    desk = filed("部门主管", overdue="up")
    asked: list[str] = []
    for times in range(1, 6):
        desk, outcome = late(desk, times)
        asked += desk.only.waiting_for()
    assert asked == ["market", "gm", "admin", "admin", "admin"]
    assert outcome.timers == (), "five times at most"


def test_it_never_goes_to_the_applicant() -> None:
    desk, outcome = late(filed("user:brand", applicant="market", overdue="up"))
    assert (desk.only.waiting_for(), reminded(outcome)) == (("brand",), ["brand"])
    desk, _ = late(filed("出纳", applicant="hr", overdue="人事经理"))
    assert desk.only.waiting_for() == ("admin",)


def test_a_named_person_who_has_left_is_stood_in_for_by_the_administrator() -> None:
    desk, _ = late(filed("部门主管", overdue="user:gone"))
    assert desk.only.waiting_for() == ("admin",)


def test_a_yes_by_itself_leaves_the_carrying_out_to_people() -> None:
    desk, _ = late(filed("部门主管", "handle:出纳", overdue="approve"))
    assert desk.only.waiting_for() == ("cashier",)
    desk, outcome = late(desk)
    assert (desk.only.status, reminded(outcome)) == (Status.RUNNING, ["cashier"])
