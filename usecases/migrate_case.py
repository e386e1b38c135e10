"""An administrator moves a running case onto the present version of its flow (docs/decisions/0011)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain import errors
from domain.approvals.case import Case, Status
from domain.approvals.commands import Jump
from domain.approvals.form import check
from domain.approvals.onward import before
from domain.approvals.route import Step
from domain.approvals.seats import tally
from domain.errors import OfficeError
from usecases.act import administers
from usecases.behalf import route_of
from usecases.change_case import change_case
from usecases.ports import Needs, Office, Outcome, World
from usecases.show import flow_of

Fate = Literal["stays", "moves", "finishes", "same", "cannot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a case.

    `stays`: at the step where it is, and `ahead` comes after it. `moves`: to the first of `ahead`. `finishes`: all that
    the new version asks for has been approved. `same`: it follows that version already. `cannot`: `refusal` says why.
    `kept` are the steps of the new route that count as approved."""

    fate: Fate
    kept: tuple[Step, ...] = ()
    ahead: tuple[Step, ...] = ()
    refusal: OfficeError | None = None
    jump: Jump | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrateCase:
    """Move one case, by this administrator, for this reason."""

    case: str
    by: str
    words: str

    @property
    def cause(self) -> str:
        """The administrator, at the command line."""
        return f"migrate:{self.by}"

    def needs(self) -> Needs:
        """The case."""
        return Needs(cases=(self.case,))

    def act(self, office: Office, now: datetime) -> Outcome:
        """Move it, if it can be moved as it stands now. Raises OfficeError."""
        case = office.case(self.case)
        found = verdict(case, office.world, by=self.by, words=self.words)
        if found.refusal is not None:
            raise found.refusal
        return change_case(case, found.jump, office=office, now=now) if found.jump else Outcome()

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Whoever asked looks at the case again."""
        return Outcome()


def verdict(case: Case, world: World, *, by: str, words: str) -> Verdict:
    """What would become of the case if `by` moved it now."""
    try:
        return _verdict(case, world, by, words)
    except OfficeError as refusal:
        return Verdict(fate="cannot", refusal=refusal)


def _verdict(case: Case, world: World, by: str, words: str) -> Verdict:
    flow = flow_of(world, case.flow)
    if not administers(by, case, world):
        raise errors.NotAllowed()
    if not words.strip():
        raise errors.ReasonMissing()
    if case.status is not Status.RUNNING or case.step is None:
        raise errors.CaseClosed(case.status)
    if case.paused_at is not None:
        raise errors.CasePaused(case.paused_at)
    if case.flow_version == flow.version:
        return Verdict(fate="same")
    check(flow, case.values)
    route = route_of(case, flow, world)
    kept, ahead = _divided(case, route.steps)
    stays = bool(ahead) and _as_asked(case.step, ahead[0])
    jump = Jump(
        by=by, words=words, ahead=ahead[1:] if stays else ahead, flow_version=flow.version, stay=stays, cc=route.cc,
        rules=route.rules, returned=route.returned,
    )  # fmt: skip
    fate: Fate = "stays" if stays else "moves" if ahead else "finishes"
    return Verdict(fate=fate, kept=kept, ahead=jump.ahead, jump=jump)


def _divided(case: Case, steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The new route's steps: those that were approved, each by a stop of its own, and those to pass still."""
    approved = [one for one in before(case) if tally(one, case.tasks_of(one.id)) == "approved"]
    kept, ahead = [], []
    for step in steps:
        done = next((one for one in approved if _covers(one, step)), None)
        if done is None:
            ahead.append(step)
        else:
            approved.remove(done)
            kept.append(step)
    return tuple(kept), tuple(ahead)


def _covers(done: Step, step: Step) -> bool:
    """Whether the approval of the one counts for the other: of the same kind, by the same word or the same people."""
    return done.kind == step.kind and (done.label == step.label or set(done.people) == set(step.people))


def _as_asked(here: Step, step: Step) -> bool:
    """Whether the step that is open asks the same people in the same way; one to whom others were added (all of them
    must agree then) is still the step of one."""
    mode = "one" if here.mode == "all" and len(here.people) == 1 else here.mode
    same = (mode, here.kind, here.quorum, here.weights) == (step.mode, step.kind, step.quorum, step.weights)
    return same and set(here.people) == set(step.people)
