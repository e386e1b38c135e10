"""What holds for the cards of a case, whatever they look like."""

from dataclasses import replace
from typing import Any, get_args

import orjson
import pytest

from cards.approval import applicant_card, approver_card, copy_card, draft_card
from cards.card import Card
from cards.phrases import state
from cards.story import travelled
from cards.tracks import track
from domain.approvals.case import Case, Status
from domain.approvals.commands import Jump, Pause, Replace, Resume, Transfer, Withdraw
from domain.approvals.route import Step
from tests.cards import samples as s
from tests.cards.test_golden import CARDS

DIALECTS = get_args(s.Dialect)


def buttons(card: Card) -> dict[str, Any]:
    """The card's buttons by id, in either dialect."""
    params = card.params
    rows = orjson.loads(params["buttons"] if "buttons" in params else params["sys_full_json_obj"])
    return {row["id"]: row for row in (rows["msgButtons"] if isinstance(rows, dict) else rows)}


@pytest.mark.parametrize("view", CARDS)
def test_both_dialects_say_and_offer_the_same(view: str) -> None:
    plain, rich = (CARDS[view](s.frame(dialect)) for dialect in DIALECTS)
    if not view.startswith("draft_"):
        assert set(buttons(plain)) == set(buttons(rich))
        assert plain.params["tips"] == rich.params["tips"]
    for name in ("title", "markdown", "case", "kind", "status", "version"):
        assert plain.params[name] == rich.params[name]
    assert plain.track == rich.track


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("view", CARDS)
def test_every_card_carries_what_scripts_rely_on(view: str, dialect: s.Dialect) -> None:
    card = CARDS[view](s.frame(dialect))
    assert all(type(said) is str for said in card.params.values())
    assert {"case", "kind", "status", "version", "title", "markdown", "tips"} <= set(card.params)
    assert card.params["version"] == str(card.version)
    assert len(card.track) <= 64
    for name, row in buttons(card).items():
        assert row["params"] == {"id": name, "case": card.params["case"], "step": row["params"]["step"]}
        assert card.track.startswith(f"{card.params['case']}.s{row['params']['step']}") == bool(row["params"]["step"])


@pytest.mark.parametrize("dialect", DIALECTS)
def test_only_who_is_awaited_has_buttons(dialect: s.Dialect) -> None:
    frame = s.frame(dialect)
    for case in (s.FILED, s.REVIEW, s.HANDLING, s.APPROVED, s.REJECTED, s.WITHDRAWN, s.COUNTERSIGNING):
        for task in case.tasks:
            card = approver_card(case, s.LEAVE, task.step, task.person, frame)
            if task.state == "open":
                assert list(buttons(card))[:2] == ["approve", "reject"]
            else:
                assert set(buttons(card)) <= {"take_back"}
            if dialect == "rich":
                assert card.params["form_status"] == ("normal" if task.state == "open" else "disabled")
        own = ["urge", "withdraw"] if case.status is Status.RUNNING else ["copy"]
        assert list(buttons(applicant_card(case, s.LEAVE, frame))) == own
        assert list(buttons(copy_card(case, s.LEAVE, "eve", frame))) == ["read"]


def test_the_affirmative_button_says_what_the_step_asks() -> None:
    said = [
        buttons(approver_card(case, s.LEAVE, step, person, s.frame()))["approve"]["text"]
        for case, step, person in (
            (s.FILED, "1", "bob"),
            (s.REVIEW, "2", "fay"),
            (s.HANDLING, "3", "dan"),
            (s.yes(s.yes(s.COUNTERSIGNING, "bob", 6), "fay", 7), "2", "dan"),
        )
    ]
    assert said == ["同意", "复核通过", "已办理", "确认"]


def test_a_plain_draft_is_submitted_once_it_is_whole() -> None:
    whole = draft_card(s.drafted(), s.LEAVE, s.PLAN, s.frame())
    missing = draft_card(s.drafted({"leave_type": "sick"}), s.LEAVE, None, s.frame())
    assert set(buttons(whole)) == {"submit", "edit", "cancel"}
    assert set(buttons(missing)) == {"edit", "cancel"}
    assert "开始、结束、天数" in missing.params["markdown"]


def test_a_rich_draft_can_be_completed_on_the_card() -> None:
    card = draft_card(s.drafted({}), s.LEAVE, None, s.frame("rich"))
    assert "submit" in buttons(card)
    assert card.params["form_status"] == "normal"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_form_goes_when_there_is_nothing_to_fill(dialect: s.Dialect) -> None:
    card = approver_card(s.APPROVED, s.LEAVE, "1", "bob", s.frame(dialect))
    if dialect == "rich":
        assert orjson.loads(card.params["form"]) == {"fields": []}
        assert card.params["form_status"] == "disabled"
    else:
        assert "form" not in card.params


def test_a_yes_of_a_colleague_does_not_stand_for_a_step_that_asks_all() -> None:
    withdrawn = replace(s.COUNTERSIGNING, status=Status.WITHDRAWN, current=None)
    closed = tuple(replace(task, state="closed") if task.state == "open" else task for task in withdrawn.tasks)
    card = approver_card(replace(withdrawn, tasks=closed), s.LEAVE, "1", "bob", s.frame())
    assert "**已撤销**" in card.params["markdown"]


def test_the_same_day_is_not_said_twice() -> None:
    shown = applicant_card(s.APPROVED, s.LEAVE, s.frame()).params["markdown"]
    assert shown.count("11月23日") == 1
    assert shown.count("11月24日 ") == 1


def test_times_are_the_office_s() -> None:
    late = s.yes(s.filed(), "bob", 20 * 60)  # 05:58 of the next day there
    assert "李明 11月24日 05:58 已同意" in applicant_card(late, s.LEAVE, s.frame()).params["markdown"]


def _huge(steps: int) -> Case:
    route = tuple(
        Step(id=str(place), kind="approve", mode="one", people=(f"p{place}",), label="部门主管", why="为什么" * 30)
        for place in range(1, steps + 1)
    )
    case = s.filed(replace(s.PLAN, steps=route), s.drafted({**s.SICK, "reason": "长" * 5000}))
    for place in range(1, steps):
        case = s.yes(case, f"p{place}", 3 + place, "话" * 500)
    return case


@pytest.mark.parametrize("steps", [1, 5, 40])
def test_a_card_stays_small_and_keeps_what_is_awaited(steps: int) -> None:
    case = _huge(steps)
    for card in (
        applicant_card(case, s.LEAVE, s.frame()),
        approver_card(case, s.LEAVE, str(steps), f"p{steps}", s.frame(), facts=["事" * 500] * 9),
        draft_card(case, s.LEAVE, replace(s.PLAN, steps=case.steps, rules=("规" * 500,) * 9), s.frame()),
    ):
        shown = card.params["markdown"]
        assert len(shown.encode()) <= 3000
        assert shown.startswith("**时间**")
        assert all(line.count("**") % 2 == 0 for line in shown.split("\n\n")), "lines go whole"
    assert f"● 部门主管：等待 p{steps}" in applicant_card(case, s.LEAVE, s.frame()).params["markdown"]


def test_a_crowd_is_counted() -> None:
    crowd = tuple(f"u{number}" for number in range(30))
    case = s.filed(replace(s.ALL, steps=(replace(s.ALL.steps[0], people=crowd),)))
    assert "等 30 人" in applicant_card(case, s.LEAVE, s.frame()).params["markdown"]


def test_the_same_case_gives_the_same_names_whoever_draws() -> None:
    assert applicant_card(s.FILED, s.LEAVE, s.frame()).track == track(s.FILED.number, "a", "amy")
    assert approver_card(s.FILED, s.LEAVE, "1", "bob", s.frame()).track == track(s.FILED.number, "s1", "bob")
    assert copy_card(s.APPROVED, s.LEAVE, "eve", s.frame()).track == track(s.FILED.number, "c", "eve")


def test_the_trail_says_to_whom_a_task_went_through_whom_and_what_administrators_did() -> None:
    case = s.after(s.FILED, Replace(by="gus", person="bob", to=("cat",)), 3)
    case = s.after(case, Transfer(by="cat", step=None, to="dan"), 4)
    case = s.after(case, Pause(by="gus", words="等预算"), 5)
    case = s.after(case, Resume(by="gus"), 6)
    case = s.after(case, Jump(by="gus", to="2", words="主管口头同意"), 7)
    lines = "\n".join(travelled(case, s.frame()))
    assert "→ 部门主管 李明 10:01 由 葛松 交接给 何蓉" in lines
    assert "→ 部门主管 何蓉 10:02 已转交 高明" in lines
    assert "‖ 葛松 10:03 暂停：等预算" in lines
    assert "▸ 葛松 10:04 恢复" in lines
    assert "→ 葛松 10:05 跳转：主管口头同意" in lines
    ended = s.after(case, Withdraw(by="gus", words="重复了", admin=True), 8)
    assert state(ended, s.frame()) == "已终止"
    assert state(s.WITHDRAWN, s.frame()) == "已撤销"
