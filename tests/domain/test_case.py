"""What may happen to a case, as the domain decides it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.approvals.case import Case, Status
from domain.approvals.commands import Command, Decide, Expire, Fill, Submit, TakeBack, Urge, Withdraw
from domain.approvals.decide import decide
from domain.approvals.events import Approved, Drafted, Finished, StepOpened
from domain.approvals.evolve import evolve, evolve_all
from domain.approvals.route import Plan, Step
from domain.errors import (
    AlreadyDecided,
    CaseClosed,
    NotDraft,
    NotYours,
    NotYourTurn,
    ReasonMissing,
    TooLate,
    UrgedLately,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def step(number: str, *people: str, mode: Any = "one") -> Step:
    return Step(id=number, kind="approve", mode=mode, people=people, label="部门主管", why="")


def draft() -> Case:
    return evolve(
        None, Drafted(by="amy", at=NOW, number="QJ-20261123-001", flow="leave", title="请假", values={"days": 1})
    )


def filed(*steps: Step, cc: tuple[str, ...] = ()) -> Case:
    case = draft()
    plan = Plan(steps=steps, cc=cc, rules=())
    return after(case, Submit(by="amy", plan=plan, flow_version="v1"))


def after(case: Case, *commands: Command, now: datetime = NOW) -> Case:
    for command in commands:
        case = evolve_all(case, decide(case, command, now))
    return case


def yes(by: str, at: str | None = None) -> Decide:
    return Decide(by=by, step=at, verdict="approved")


def no(by: str, at: str | None = None, words: str = "没空") -> Decide:
    return Decide(by=by, step=at, verdict="rejected", words=words)


def test_filing_opens_the_first_step() -> None:
    case = filed(step("1", "bob"), step("2", "cat"))
    assert case.status is Status.RUNNING
    assert case.waiting_for() == ("bob",)


def test_each_yes_opens_the_next_step_and_the_last_one_finishes() -> None:
    case = filed(step("1", "bob"), step("2", "cat"))
    events = decide(case, yes("bob"), NOW)
    assert [type(event) for event in events] == [Approved, StepOpened]
    case = after(case, yes("bob"))
    assert case.waiting_for() == ("cat",)
    events = decide(case, yes("cat"), NOW)
    assert [type(event) for event in events] == [Approved, Finished]
    assert after(case, yes("cat")).status is Status.APPROVED


def test_a_route_without_steps_is_approved_when_filed() -> None:
    assert filed().status is Status.APPROVED


def test_one_of_any_of_is_enough_and_the_other_hears_who_was_faster() -> None:
    case = after(filed(step("1", "bob", "ben", mode="any"), step("2", "cat")), yes("ben"))
    assert case.waiting_for() == ("cat",)
    with pytest.raises(AlreadyDecided) as refusal:
        decide(case, yes("bob", "1"), NOW)
    assert refusal.value.by == "ben"


def test_all_of_waits_for_all() -> None:
    case = after(filed(step("1", "bob", "ben", mode="all"), step("2", "cat")), yes("ben"))
    assert case.waiting_for() == ("bob",)
    assert after(case, yes("bob")).waiting_for() == ("cat",)


def test_in_sequence_asks_one_after_the_other() -> None:
    case = filed(step("1", "bob", "ben", mode="sequence"))
    assert case.waiting_for() == ("bob",)
    with pytest.raises(NotYourTurn):
        decide(case, yes("ben"), NOW)
    case = after(case, yes("bob"))
    assert case.waiting_for() == ("ben",)
    assert after(case, yes("ben")).status is Status.APPROVED


def test_a_no_needs_a_reason_and_ends_the_case() -> None:
    case = filed(step("1", "bob", "ben", mode="all"), step("2", "cat"))
    with pytest.raises(ReasonMissing):
        decide(case, no("bob", words="  "), NOW)
    case = after(case, no("bob"))
    assert case.status is Status.REJECTED
    assert case.waiting_for() == ()
    assert case.closing_words == "没空"
    with pytest.raises(AlreadyDecided):
        decide(case, yes("ben", "1"), NOW)


def test_a_repeated_tap_counts_for_no_later_step() -> None:
    case = after(filed(step("1", "bob"), step("2", "cat"), step("3", "bob")), yes("bob", "1"), yes("cat", "2"))
    assert case.waiting_for() == ("bob",)
    with pytest.raises(AlreadyDecided):
        decide(case, yes("bob", "1"), NOW)
    assert after(case, yes("bob", "3")).status is Status.APPROVED


def test_who_is_not_asked_decides_nothing() -> None:
    case = filed(step("1", "bob"))
    with pytest.raises(NotYourTurn) as refusal:
        decide(case, yes("eve"), NOW)
    assert refusal.value.waiting_for == ("bob",)


def test_only_the_applicant_withdraws_and_only_while_it_runs() -> None:
    case = filed(step("1", "bob"))
    with pytest.raises(NotYours):
        decide(case, Withdraw(by="bob"), NOW)
    gone = after(case, Withdraw(by="amy"))
    assert gone.status is Status.WITHDRAWN
    with pytest.raises(CaseClosed):
        decide(gone, yes("bob", "1"), NOW)
    with pytest.raises(CaseClosed):
        decide(gone, Withdraw(by="amy"), NOW)


def test_a_filed_case_is_filled_no_more() -> None:
    case = filed(step("1", "bob"))
    with pytest.raises(NotDraft):
        decide(case, Fill(by="amy", values={"days": 3}), NOW)
    with pytest.raises(NotDraft):
        decide(case, Submit(by="amy", plan=Plan(steps=(), cc=(), rules=()), flow_version="v1"), NOW)


def test_an_empty_value_takes_a_field_back() -> None:
    assert after(draft(), Fill(by="amy", values={"days": "", "reason": "x"})).values == {"reason": "x"}


def test_a_draft_expires_and_a_filed_case_does_not() -> None:
    assert after(draft(), Expire()).status is Status.EXPIRED
    assert decide(filed(step("1", "bob")), Expire(), NOW) == ()


def test_urging_is_limited_to_once_an_hour() -> None:
    case = after(filed(step("1", "bob")), Urge(by="amy"))
    with pytest.raises(UrgedLately):
        decide(case, Urge(by="amy"), NOW + timedelta(minutes=59))
    assert decide(case, Urge(by="amy"), NOW + timedelta(minutes=61))
    with pytest.raises(NotYours):
        decide(case, Urge(by="bob"), NOW)


def test_the_version_counts_the_events() -> None:
    case = after(filed(step("1", "bob"), step("2", "cat")), yes("bob"), yes("cat"))
    assert case.version == 7  # drafted, submitted, opened, approved, opened, approved, finished


def test_a_vote_that_the_others_carry_is_not_taken_back() -> None:
    vote = Step(
        id="1", kind="approve", mode="vote", people=("bob", "cat"), label="评审", why="", weights=(2.0, 1.0), quorum=0.5
    )
    case = after(filed(vote, step("2", "dan")), yes("cat"), yes("bob"))
    assert case.waiting_for() == ("dan",)
    with pytest.raises(TooLate):
        after(case, TakeBack(by="cat"))
    assert after(case, TakeBack(by="bob")).waiting_for() == ("bob",)
