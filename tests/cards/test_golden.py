"""Every view of a case in every state and dialect, and all plain words, as somebody has looked at them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, get_args

import pytest

from cards import drafting, news, words
from cards.approval import applicant_card, approver_card, copy_card, draft_card
from cards.card import Card, Frame
from domain.approvals.case import Status
from domain.approvals.values import Value
from tests.cards import samples as s
from tests.cards.golden import FOLDER, as_seen, same_as_golden

AWAY: Final = ("同组那天不在的人：葛松（年假）",)
NOTES: Final = ("明天 = 11月24日（周二）", "半天病假按 0.5 天算")
TRIP: Final[Mapping[str, Value]] = {
    **s.SICK,
    "leave_type": "annual",
    "start": "2026-12-31",
    "end": "2027-01-04 上午",
    "days": 2.5,
}
OUTING: Final[Mapping[str, Value]] = {**s.SICK, "start": "2026-11-24 14:00", "end": "2026-11-24 16:30", "days": 0.31}
BILL: Final[Mapping[str, Value]] = {
    "goods_class": "travel", "amount": 12380.5, "deputy": "gus", "paid_on": "2026-11-20",
    "cc": ["eve", "stranger-0815"],
    "reason": "出差住宿",
}  # fmt: skip

CARDS: Final[Mapping[str, Callable[[Frame], Card]]] = {
    "draft_complete": lambda f: draft_card(s.drafted(notes=NOTES), s.LEAVE, s.PLAN, f, facts=AWAY),
    "draft_missing": lambda f: draft_card(s.drafted({"leave_type": "sick"}), s.LEAVE, None, f),
    "draft_empty": lambda f: draft_card(s.drafted({}), s.LEAVE, None, f),
    "draft_without_route": lambda f: draft_card(s.drafted(), s.LEAVE, None, f),
    "draft_across_the_year": lambda f: draft_card(s.drafted(TRIP), s.LEAVE, s.ALL, f),
    "draft_by_the_hour": lambda f: draft_card(s.drafted(OUTING), s.LEAVE, s.PLAN, f, tip="已经改好"),
    "draft_expense": lambda f: draft_card(s.drafted(BILL, s.EXPENSE), s.EXPENSE, s.PLAN, f),
    "draft_details": lambda f: draft_card(s.drafted(s.PAPER, s.PURCHASE), s.PURCHASE, s.PLAN, f),
    "applicant_running": lambda f: applicant_card(s.FILED, s.LEAVE, f),
    "applicant_second_step": lambda f: applicant_card(s.REVIEW, s.LEAVE, f, tip="已经提醒审批人"),
    "applicant_countersigning": lambda f: applicant_card(s.COUNTERSIGNING, s.LEAVE, f),
    "applicant_approved": lambda f: applicant_card(s.APPROVED, s.LEAVE, f),
    "applicant_rejected": lambda f: applicant_card(s.REJECTED, s.LEAVE, f),
    "applicant_withdrawn": lambda f: applicant_card(s.WITHDRAWN, s.LEAVE, f),
    "applicant_cancelled": lambda f: applicant_card(s.CANCELLED, s.LEAVE, f),
    "applicant_expired": lambda f: applicant_card(s.EXPIRED, s.LEAVE, f),
    "approver_asked": lambda f: approver_card(s.FILED, s.LEAVE, "1", "bob", f, facts=AWAY),
    "approver_asked_to_review": lambda f: approver_card(s.REVIEW, s.LEAVE, "2", "cat", f, tip="请回复理由"),
    "approver_asked_to_handle": lambda f: approver_card(s.HANDLING, s.LEAVE, "3", "dan", f),
    "approver_asked_for_a_bill": lambda f: approver_card(
        s.filed(case=s.drafted(BILL, s.EXPENSE)), s.EXPENSE, "1", "bob", f
    ),
    "approver_asked_about_many_details": lambda f: approver_card(
        s.filed(case=s.drafted(s.MANY, s.PURCHASE)), s.PURCHASE, "1", "bob", f
    ),
    "approver_decided": lambda f: approver_card(s.REVIEW, s.LEAVE, "1", "bob", f, facts=AWAY),
    "approver_colleague_was_faster": lambda f: approver_card(s.HANDLING, s.LEAVE, "2", "cat", f),
    "approver_countersigned": lambda f: approver_card(s.COUNTERSIGNING, s.LEAVE, "1", "cat", f),
    "approver_rejected": lambda f: approver_card(s.REJECTED, s.LEAVE, "2", "cat", f),
    "approver_colleague_rejected": lambda f: approver_card(s.REJECTED, s.LEAVE, "2", "fay", f),
    "approver_countersigner_rejected": lambda f: approver_card(
        s.no(s.COUNTERSIGNING, "bob", 6, "预算不够"), s.LEAVE, "1", "fay", f
    ),
    "approver_withdrawn": lambda f: approver_card(s.WITHDRAWN, s.LEAVE, "2", "cat", f),
    "copy_approved": lambda f: copy_card(s.APPROVED, s.LEAVE, "eve", f),
}


def _line(case_status: Status, *waiting: str) -> words.Summary:
    return words.Summary(
        number="QJ-20261123-007", title="请假", applicant="amy", status=case_status,
        line=words.in_words(s.FILED, s.frame()), waiting_for=waiting, since=s.at(2),
    )  # fmt: skip


def _question(place: int, *, part: str = "", because: tuple[str, ...] = ()) -> words.Words:
    return words.question(s.LEAVE.fields[place], s.LEAVE, s.drafted({}), part=part, because=because, frame=s.frame())


WORDS: Final[Mapping[str, Callable[[Frame], words.Words]]] = {
    "help": lambda f: words.help_words(["请假", "出差", "外出"], f),
    "help_for_employees": lambda f: words.help_words(["请假"], f, approver=False),
    "help_for_administrators": lambda f: words.help_words(["请假"], f, administrator=True),
    "not_understood": lambda f: words.not_understood(None, ["请假", "出差"], f),
    "which_of": lambda f: words.which_of(f),
    "of_filed": lambda f: words.of_filed("modify", [_line(Status.RUNNING, "bob")], f),
    "not_understood_for_somebody_else": lambda f: words.not_understood("other_person", ["请假", "出差"], f),
    "question_with_choices": lambda f: _question(0),
    "question_which_half": lambda f: _question(1, part="half"),
    "question_after_a_contradiction": lambda f: _question(2, because=("end_before_start",)),
    "question_without_its_own_words": lambda f: words.question(
        s.EXPENSE.fields[1], s.EXPENSE, s.drafted({}), part="", because=(), frame=f
    ),
    "question_that_a_list_answers": lambda f: words.question(
        s.PURCHASE.fields[1], s.PURCHASE, s.drafted({}), part="", because=(), frame=f
    ),
    "question_for_a_list": lambda f: words.question(
        s.PURCHASE.fields[0], s.PURCHASE, s.drafted({}), part="", because=(), frame=f
    ),
    "ask_reason": lambda f: words.ask_for("reject", s.FILED, f),
    "ask_whom": lambda f: words.ask_for("transfer", s.FILED, f),
    "ask_change": lambda f: words.ask_change(s.drafted(), s.LEAVE, f),
    "ask_change_of_details": lambda f: words.ask_change(s.drafted(), s.PURCHASE, f),
    "my_cases": lambda f: words.my_cases([_line(Status.RUNNING, "bob"), _line(Status.APPROVED)], f),
    "my_cases_none": lambda f: words.my_cases([], f),
    "my_tasks": lambda f: words.my_tasks([_line(Status.RUNNING, "bob")], f),
    "my_tasks_none": lambda f: words.my_tasks([], f),
    "progress_running": lambda f: words.progress(s.REVIEW, f),
    "progress_draft": lambda f: words.progress(s.drafted(), f),
    "outcome_approved": lambda f: news.outcome(s.APPROVED, f),
    "outcome_rejected": lambda f: news.outcome(s.REJECTED, f),
    "decided_yes": lambda f: words.done("approve", s.HANDLING, f),
    "decided_no": lambda f: words.done("reject", s.REJECTED, f),
    "returned": lambda f: news.returned(s.FILED, "bob", "日期写错了", f),
    "filed_for_you": lambda f: news.filed_for_you(s.FILED, "bob", f),
    "terminated": lambda f: news.terminated(s.WITHDRAWN, "eve", "重复了", f),
    "paused": lambda f: news.paused(s.FILED, "eve", "等预算", f),
    "resumed": lambda f: news.resumed(s.FILED, f),
    "jumped": lambda f: news.jumped(s.REVIEW, "eve", "经理出差", f),
    "rerouted": lambda f: news.rerouted(s.REVIEW, "eve", "七月起两天以上也经总经理", f),
    "commented": lambda f: news.commented(s.FILED, "bob", "请补上发票", f),
    "yours_again": lambda f: news.yours_again(s.FILED, f),
    "enter_by_hand": lambda f: news.enter_by_hand(s.APPROVED, date(2026, 10, 25), f),
    "overdue": lambda f: news.urging(s.REVIEW, f, waited=True),
    "urging": lambda f: news.urging(s.REVIEW, f),
    "urged": lambda f: words.done("urge", s.REVIEW, f),
    "withdrawn": lambda f: words.done("withdraw", s.WITHDRAWN, f),
    "cancelled": lambda f: drafting.cancelled(s.CANCELLED, f),
    "question_dropped": lambda f: drafting.question_dropped(f),
    "nothing_to_cancel": lambda f: drafting.nothing_to_cancel(f),
    "no_draft_for_files": lambda f: drafting.no_draft_for_files(f),
    "no_room_for_files": lambda f: drafting.no_room_for_files(s.drafted(), f),
    "gone_private": lambda f: words.gone_private("王芳", f),
    "apology": lambda f: words.apology("7f3a", f),
}


@pytest.mark.parametrize("dialect", get_args(s.Dialect))
@pytest.mark.parametrize("view", CARDS)
def test_a_card_looks_as_it_was_agreed(view: str, dialect: s.Dialect) -> None:
    same_as_golden(f"{view}.{dialect}", as_seen(CARDS[view](s.frame(dialect))))


@pytest.mark.parametrize("said", WORDS)
def test_words_are_as_they_were_agreed(said: str) -> None:
    title, markdown = WORDS[said](s.frame())
    same_as_golden(f"words_{said}", {"title": title, "markdown": markdown})


def test_no_golden_file_is_left_that_nobody_draws() -> None:
    drawn = {f"{view}.{dialect}" for view in CARDS for dialect in get_args(s.Dialect)} | {f"words_{w}" for w in WORDS}
    assert {file.name.removesuffix(".json") for file in FOLDER.iterdir()} == drawn


def test_everything_that_the_bot_can_say_has_been_looked_at() -> None:
    """A function of cards.words and cards.news that gives words is used by a row above."""
    named = {name for saying in WORDS.values() for name in _names(saying)}
    sayings = {
        name
        for name, thing in {**vars(words), **vars(news)}.items()
        if callable(thing) and getattr(thing, "__annotations__", {}).get("return") == words.Words
    }
    assert sayings <= named


def _names(saying: Callable[[Frame], words.Words]) -> set[str]:
    through = {"_question": "question"}
    return {through.get(name, name) for name in saying.__code__.co_names}
