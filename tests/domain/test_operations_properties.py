"""Any order of anybody's operations on any route: what must hold of a case whatever happens to it."""

import os
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from domain.approvals import commands as c
from domain.approvals import events as e
from domain.approvals.asked import Asked
from domain.approvals.case import SEATED, Case, Status
from domain.approvals.decide import decide
from domain.approvals.evolve import evolve, evolve_all
from domain.approvals.onward import Opening
from domain.approvals.route import Plan, Step
from domain.approvals.seats import seats, tally, verdict
from domain.approvals.turns import as_planned
from domain.errors import OfficeError
from store.codec import case_from, case_text, event_from, kind_of, payload_of, to_ms

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PEOPLE = ("bob", "cat", "dan", "eve", "fay", "gus")
MODES = ("one", "any", "all", "sequence", "vote", "claim")


@st.composite
def steps(draw: st.DrawFn) -> tuple[Step, ...]:
    """A route of one to four stops of any mode."""
    found = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        mode: Any = draw(st.sampled_from(MODES))
        size = 1 if mode == "one" else draw(st.integers(2, 4))
        people = tuple(draw(st.permutations(PEOPLE))[:size])
        weights = (
            tuple(float(draw(st.integers(1, 3))) for _ in people) if mode == "vote" and draw(st.booleans()) else ()
        )
        quorum = draw(st.sampled_from((0.5, 2 / 3, 1.0))) if mode == "vote" else 0.0
        overdue: Any = draw(st.sampled_from(("remind", "up", "approve", "reject")))
        found.append(
            Step(
                id=str(number), kind="approve", mode=mode, people=people, label=f"S{number}", why="", weights=weights,
                quorum=quorum, overdue=overdue,
            )
        )  # fmt: skip
    return tuple(found)


ANYBODY = (*PEOPLE, "amy", "boss", "stranger")
ANSWERS = ("yes", "yes", "yes", "yes", "no", "return", "back", "transfer", "add", "add", "claim")
ASIDES = ("remove", "link", "release", "comment", "tell", "read", "urge", "withdraw", "pause", "jump", "replace",
          "overdue", "expire", "fill", "submit", "late", "migrate")  # fmt: skip


@st.composite
def wish(draw: st.DrawFn, case: Case) -> c.Command:
    """Something that somebody wishes of this case: mostly who is awaited, sometimes anybody; mostly sensible."""
    if case.status is Status.RETURNED and draw(st.integers(0, 2)):
        return _submit(draw) if draw(st.booleans()) else c.Fill(by="amy", values={"days": draw(st.integers(1, 3))})
    if case.paused_at and draw(st.integers(0, 2)):
        return c.Resume(by="boss")
    likely = bool(draw(st.integers(0, 5)))
    by = draw(st.sampled_from(case.waiting_for() or ANYBODY if likely else ANYBODY))
    other = draw(st.sampled_from(PEOPLE))
    words = "不行" if draw(st.integers(0, 5)) else ""
    if draw(st.integers(0, 4)):
        return _answer(draw, case, by, other, words)
    return _aside(draw, case, by, other, words)


def _answer(draw: st.DrawFn, case: Case, by: str, other: str, words: str) -> c.Command:
    match draw(st.sampled_from(ANSWERS)):
        case "yes":
            return c.Decide(by=by, step=None, verdict="approved")
        case "no":
            return c.Decide(by=by, step=None, verdict="rejected", words=words)
        case "return":
            return c.Return(by=by, step=None, to=draw(st.sampled_from(("", "previous", "1", "2"))), words=words)
        case "back":
            deciders = [task.person for task in case.tasks if task.state == "approved"]
            return c.TakeBack(by=draw(st.sampled_from(deciders or [by])))
        case "transfer":
            return c.Transfer(by=by, step=None, to=other)
        case "add":
            where: Any = draw(st.sampled_from(("before", "after", "beside", "entrust")))
            return c.Add(
                by=by, step=None, people=tuple(dict.fromkeys((other, draw(st.sampled_from(PEOPLE))))), where=where
            )
    return c.Claim(by=by)


def _aside(draw: st.DrawFn, case: Case, by: str, other: str, words: str) -> c.Command:
    step = case.step.id if case.step else "1"
    wishes: dict[str, c.Command] = {
        "remove": c.Remove(by=by, person=other, admin=bool(words)), "release": c.Release(by=by),
        "link": c.Link(by=by, case="CC-20261123-001", status="running"),
        "comment": c.Comment(by=by, words="看", to=(other,)), "tell": c.Tell(by=by, people=(other,)),
        "read": c.Read(by=other), "urge": c.Urge(by="amy"), "pause": c.Pause(by="boss", words="等"),
        "withdraw": c.Withdraw(by=draw(st.sampled_from(("amy", "boss", by))), words="", admin=by == "boss"),
        "jump": c.Jump(by="boss", words="走", to=draw(st.sampled_from(("1", "2", "3")))),
        "replace": c.Replace(by=draw(st.sampled_from(("", "boss"))), person=by, to=(other, "zoe")),
        "overdue": c.Overdue(step=step, to={by: other}), "expire": c.Expire(), "submit": _submit(draw),
        "fill": c.Fill(by="amy", values={"reason": "x"}),
        "migrate": c.Jump(by="boss", words="新", flow_version="v3", ahead=draw(steps()), stay=draw(st.booleans())),
        "late": c.Decide(by=by, step=draw(st.sampled_from(("1", "2", "1x2", "2x2"))), verdict="approved"),
    }  # fmt: skip
    return wishes[draw(st.sampled_from(ASIDES))]


def _submit(draw: st.DrawFn) -> c.Submit:
    plan = Plan(steps=draw(steps()), cc=("hal",), rules=())
    return c.Submit(by="amy", plan=plan, flow_version="v2", facts=("days",))


def sitting(deputies: dict[str, str]) -> Opening:
    """An office in which these people have deputies, who sit in their seats unless they are in the step already."""

    def asked(step: Step) -> tuple[Asked, ...]:
        taken = set(step.people)
        found = []
        for one in as_planned(step):
            deputy = deputies.get(one.person, "")
            seated = bool(deputy) and deputy not in taken
            taken.add(deputy)
            found.append(replace(one, person=deputy, seat=one.person, via="deputy") if seated else one)
        return tuple(found)

    return asked


def filed(route: tuple[Step, ...], returned: Any, opening: Opening) -> tuple[Case, list[e.Event]]:
    drafted = e.Drafted(by="amy", at=NOW, number="QJ-20261123-001", flow="leave", title="请假", values={"days": 1})
    plan = Plan(steps=route, cc=("hal",), rules=(), returned=returned)
    first = evolve(None, drafted)
    events = decide(first, c.Submit(by="amy", plan=plan, flow_version="v1"), NOW, opening)
    return evolve_all(first, events), [drafted, *events]


def sound(case: Case) -> None:
    """What holds of every case at every moment."""
    assert len({step.id for step in case.steps}) == len(case.steps), "a stop has an id of its own"
    assert max(Counter((task.step, task.person) for task in case.tasks).values(), default=0) <= 1, "one task a person"
    pending = [task for task in case.tasks if task.pending]
    if case.status is not Status.RUNNING:
        assert case.current is None, "only a running case stands at a step"
        assert not pending, "nobody is asked about what has ended"
        return
    step = case.step
    assert step is not None, "a running case stands at a step"
    assert all(task.step == step.id for task in pending), "only the present step asks"
    assert case.waiting_for(), "somebody is always awaited"
    assert not set(case.waiting_for()) & set(case.owners), "nobody decides their own case"
    assert tally(step, case.tasks_of(step.id)) is None, "a decided step does not stay open"
    turns(case, step)


def turns(case: Case, step: Step) -> None:
    """Nobody is asked before their turn, nobody twice for one seat."""
    found = seats(case.tasks_of(step.id))
    for some in found.values():
        assert sum(task.pending for task in some if task.via in SEATED) <= 1, "a seat has one occupant"
    if step.mode == "sequence":
        asked = [
            verdict(some)
            for some in found.values()
            if any(task.since and task.via in ("route", "deputy") for task in some)
        ]
        assert asked.count(None) <= 1, "in sequence one after the other"
    for task in case.tasks_of(step.id):
        if task.state == "open" and task.via == "after":
            adder = case.task(step.id, task.by)
            assert adder is not None
            assert adder.state == "approved", "after comes after"


def run(case: Case, command: c.Command, now: datetime, log: list[e.Event], opening: Opening) -> Case:
    try:
        events = decide(case, command, now, opening)
    except OfficeError as refusal:
        event(f"refused {type(command).__name__}: {refusal.code}")
        return case
    for one in events:
        if isinstance(one, e.Approved | e.Rejected) and isinstance(command, c.Decide):
            assert case.step is not None
            assert one.step == case.step.id, "a decision counts for the step that was asked"
        case = evolve(case, one)
        log.append(one)
        event(type(one).__name__)
    return case


def finishable(case: Case, now: datetime) -> None:
    """From here, saying yes ends it."""
    for _ in range(200):
        if case.status is not Status.RUNNING:
            return
        case = evolve_all(case, decide(case, c.Decide(by=case.waiting_for()[0], step=None, verdict="approved"), now))
    raise AssertionError(f"a case without end: {case}")


@settings(
    max_examples=int(os.environ.get("NOD_EXAMPLES", "250")), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(
    st.data(), steps(), st.sampled_from(("again", "straight", "keep")),
    st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from((*PEOPLE, "ivy", "joe")), max_size=4),
)  # fmt: skip
def test_whatever_people_do_the_case_stays_sound(
    data: st.DataObject, route: tuple[Step, ...], returned: Any, deputies: dict[str, str]
) -> None:  # fmt: skip
    opening = sitting({person: deputy for person, deputy in deputies.items() if person != deputy})
    case, log = filed(route, returned, opening)
    sound(case)
    for minutes in range(data.draw(st.integers(0, 30))):
        case = run(case, data.draw(wish(case)), NOW + timedelta(minutes=minutes), log, opening)
        sound(case)
    again = None
    for one in log:
        row = (kind_of(one), one.by, to_ms(one.at), payload_of(one).decode())
        again = evolve(again, event_from(*row))
    assert again is not None
    assert case_text(again) == case_text(case), "the events tell the state"
    assert case_text(case_from(case_text(case))) == case_text(case), "and so does its row"
    assert case.version == len(log)
    if case.paused_at is not None:
        case = run(case, c.Resume(by="boss"), NOW, log, opening)
    finishable(case, NOW + timedelta(days=1))
