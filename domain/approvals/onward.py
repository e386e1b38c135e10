"""Where a case goes from here: the next step is opened, a returned case comes back, an earlier step is made again."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from domain.approvals import events as e
from domain.approvals.asked import Asked
from domain.approvals.case import Case, again, base
from domain.approvals.evolve import made
from domain.approvals.route import Plan, Step
from domain.errors import NoSuchStep

Opening = Callable[[Step], tuple[Asked, ...]]  # whom a step asks as the office is now; nobody: skip it


def open_next(steps: Iterable[Step], by: str, now: datetime, opening: Opening) -> tuple[e.Event, ...]:
    """The first of these steps at which anybody can be asked is opened; where there is none, the case is finished."""
    skipped: list[e.Event] = []
    for step in steps:
        asked = opening(step)
        if asked:
            planned = tuple((one.person, one.via) for one in asked) == tuple((who, "route") for who in step.people)
            names = () if planned and not step.weights else asked
            return (*skipped, e.StepOpened(by=by, at=now, step=step.id, asked=names))
        skipped.append(e.StepSkipped(by=by, at=now, step=step.id))
    return (*skipped, e.Finished(by=by, at=now))


def later(case: Case) -> tuple[Step, ...]:
    """The stops that the case has not made yet."""
    return case.steps[len(made(case)) :]


def once_more(case: Case, steps: Iterable[Step]) -> tuple[Step, ...]:
    """These stops, each with an id of its own."""
    found: list[Step] = []
    for step in steps:
        found.append(replace(step, id=again(replace(case, steps=(*case.steps, *found)), step)))
    return tuple(found)


def further(case: Case, steps: Iterable[Step]) -> tuple[Step, ...]:
    """These stops at places of their own, behind all that the case has had: those of another route."""
    had = {step.id for step in made(case)} | {task.step for task in case.tasks}
    last = max((int(base(step)) for step in had if base(step).isdecimal()), default=0)
    return tuple(replace(step, id=str(place)) for place, step in enumerate(steps, start=last + 1))


def places(case: Case) -> dict[str, Step]:
    """The stops made so far by their place on the route, each as it was made last."""
    return {base(step.id): step for step in made(case)}


def before(case: Case) -> tuple[Step, ...]:
    """The stops of the route before the one at which the case stands, in the route's order."""
    route = places(case)
    here = base(case.step.id) if case.step else ""
    return tuple(step for place, step in route.items() if _comes_before(case, place, here))


def _comes_before(case: Case, place: str, here: str) -> bool:
    order = [base(step.id) for step in case.steps]
    return place != here and order.index(place) < (order.index(here) if here else len(order))


def from_there(case: Case, to: str) -> tuple[Step, ...]:
    """The way from an earlier stop (by id or place), made again, and what lies ahead. Raises NoSuchStep."""
    earlier = before(case)
    start = next((at for at, step in enumerate(earlier) if base(step.id) == base(to)), None)
    if start is None or case.step is None:
        raise NoSuchStep(to)
    return (*once_more(case, (*earlier[start:], case.step)), *later(case))


def resumed(case: Case, plan: Plan, facts: Iterable[str]) -> tuple[Step, ...]:
    """What a corrected case has to pass (`Policies.returned`). `facts` are the fields on which approvals rest."""
    steps = plan.steps
    if case.returned == "straight":
        returner = made(case)[-1]
        start = next((at for at, step in enumerate(steps) if _same(step, returner)), 0)
        steps = steps[start:]
    elif case.returned == "keep" and all(case.values.get(f) == case.returned_values.get(f) for f in facts):
        kept = [step for step in places(case).values() if _approved(case, step)]
        steps = tuple(step for step in steps if not any(_same(step, one) for one in kept))
    return once_more(case, steps)


def _same(one: Step, other: Step) -> bool:
    return (one.kind, one.label, one.people) == (other.kind, other.label, other.people)


def _approved(case: Case, step: Step) -> bool:
    tasks = case.tasks_of(step.id)
    return any(task.state == "approved" for task in tasks) and not any(
        task.state in ("returned", "rejected") for task in tasks
    )
