"""Whoever writes English reads English: cards, questions, refusals of all flows. What is left in Chinese are names."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import flowfiles, organizationfile, tongues
from bot.chat import SAMPLE
from cards import words
from cards.approval import applicant_card, approver_card, copy_card, draft_card
from cards.card import CHINESE, Card, Frame
from cards.phrases import day, days
from cards.refusals import sentence
from cards.retold import retold
from domain import errors as e
from domain.approvals.case import Case
from domain.approvals.commands import Decide, Submit
from domain.approvals.decide import decide
from domain.approvals.events import Drafted
from domain.approvals.evolve import evolve, evolve_all
from domain.approvals.flow import Field, Flow
from domain.approvals.route import Plan, plan
from domain.errors import RouteImpossible
from language.questions import About, Question
from language.statutory import statutory_workdays
from tests.architecture.sources import ROOT
from tests.cards import samples as s
from tests.cards.test_golden import CARDS
from tests.cards.test_refusals import REFUSALS
from tests.catalogue import HAN
from usecases.answer import answer
from usecases.ports import World

COMPANY: Final = organizationfile.load(SAMPLE)
PACKS: Final = sorted(folder.name for folder in (ROOT / "flows").iterdir() if folder.is_dir())
NOW: Final = datetime(2026, 11, 23, 2, tzinfo=UTC)
APPLICANTS: Final = ("lix", "chenj", "liuy")
ABOUT: Final[tuple[About, ...]] = ("route", "form", "lead", "limit")
WHY: Final = (
    "ambiguous",
    "impossible_date",
    "end_before_start",
    "conflict",
    "non_workday",
    "calendar_unknown",
    "multiple",
)
OWN_TIPS: Final = ("draft_by_the_hour", "applicant_second_step", "approver_asked_to_review")  # the test wrote them
NAMES: Final = [one.name for one in COMPANY.people.values()] + [one.name for one in COMPANY.departments.values()]
_NAME: Final = re.compile("|".join(map(re.escape, sorted(NAMES, key=len, reverse=True))))


def english(dialect: s.Dialect) -> Frame:
    """What somebody reads who writes English."""
    return replace(s.frame(dialect), names=COMPANY.name_of, language="en", tongue=tongues.load()["en"])


def left_in_chinese(text: str) -> str:
    """The text, if something in it is Chinese that is no name."""
    return text if HAN.search(_NAME.sub("", text)) else ""


def shown(card: Card) -> Iterator[str]:
    """All that somebody reads on a card."""
    yield from (card.params[one] for one in ("title", "markdown", "tips"))
    for name in ("sys_full_json_obj", "buttons", "form"):
        yield from _texts(orjson.loads(card.params.get(name, "{}")))


def _texts(found: Any) -> Iterator[str]:
    match found:
        case dict():
            yield from (
                str(said) for key, said in found.items() if key in ("text", "label", "placeholder", "requiredMsg")
            )
            yield from (text for said in found.values() for text in _texts(said))
        case list():
            yield from (text for said in found for text in _texts(said))


def filled(field: Field) -> Any:
    """A value that the form may have; texts of the person's own are English here."""
    if field.options:
        return next(iter(field.options))
    match field.type:
        case "person":
            return "sunl"
        case "people":
            return ["sunl", "wangf"]
        case "departments":
            return [next(iter(COMPANY.departments.values())).name]
        case "money" | "number":
            return 2
        case "date":
            return "2026-12-01"
        case "moment":
            return "2026-12-01 下午"
        case "rows":
            return [{column.id: _cell(column.type, column.options) for column in field.columns}]
    return ["picture.png"] if field.type == "attachments" else "to see a client"


def _cell(kind: str, options: Any) -> Any:
    return next(iter(options)) if options else {"number": 2, "money": 3.5, "date": "2026-12-01"}.get(kind, "paper")


@cache
def flows_of(pack: str) -> dict[str, Flow]:
    return dict(flowfiles.load(pack))


def life(flow: Flow, applicant: str, frame: Frame) -> Iterator[Card]:
    """The cards of one case from the empty draft to its end."""
    drafted = Drafted(by=applicant, at=NOW, number="XX-20261123-001", flow=flow.id, title=flow.title, values={})
    yield draft_card(evolve(None, drafted), flow, None, frame)
    values = {field.id: filled(field) for field in flow.fields}
    case = evolve(None, replace(drafted, values=values, notes=("照 XX-20261101-001 填好了，请核对日期",)))
    try:
        route = plan(flow, values, COMPANY.person(applicant), COMPANY)
    except RouteImpossible as refusal:
        yield draft_card(case, flow, None, frame, tip=sentence(refusal, frame))
        return
    yield draft_card(case, flow, route, frame)
    yield from _filed(case, flow, route, frame)


def _filed(case: Case, flow: Flow, route: Plan, frame: Frame) -> Iterator[Card]:
    case = evolve_all(case, decide(case, Submit(by=case.applicant, plan=route, flow_version="1"), NOW))
    while case.step is not None:
        yield applicant_card(case, flow, frame)
        (step, person), *_ = ((case.step.id, who) for who in case.waiting_for())
        yield approver_card(case, flow, step, person, frame)
        case = evolve_all(case, decide(case, Decide(by=person, step=step, verdict="approved", words=""), NOW))
        yield approver_card(case, flow, step, person, frame)
    yield applicant_card(case, flow, frame)
    yield copy_card(case, flow, "sunl", frame)


@pytest.mark.parametrize("dialect", ["plain", "rich"])
@pytest.mark.parametrize("pack", PACKS)
def test_the_cards_of_every_flow_are_english(pack: str, dialect: s.Dialect) -> None:
    frame = english(dialect)
    cards = [
        card for flow in flows_of(pack).values() for applicant in APPLICANTS for card in life(flow, applicant, frame)
    ]
    assert len(cards) > 3 * len(flows_of(pack))
    assert [text for card in cards for text in shown(card) if left_in_chinese(text)] == []


@pytest.mark.parametrize("pack", PACKS)
def test_questions_and_answers_about_every_flow_are_english(pack: str) -> None:
    frame, flows = english("plain"), flows_of(pack)
    company = replace(frame, language="zh", tongue=CHINESE)
    world = World(
        organization=COMPANY, flows=flows, workdays=statutory_workdays(), frame=company, tongues=tongues.load(),
        spoken={"lix": "en"},
    )  # fmt: skip
    said = [*words.help_words([flow.title for flow in flows.values()], frame, administrator=True)]
    for flow in flows.values():
        case = evolve(
            None, Drafted(by="lix", at=NOW, number="X-20261123-001", flow=flow.id, title=flow.title, values={})
        )
        for field in flow.fields:
            said += words.question(field, flow, case, part="", because=WHY, frame=frame)
        for about in ABOUT:
            said += answer(Question(about=about, subject=flow.title), "lix", NOW, world) or ()
    assert [text for text in said if left_in_chinese(text)] == []


@pytest.mark.parametrize("view", CARDS)
def test_the_cards_of_every_state_are_english_but_for_what_was_written(view: str) -> None:
    """Buttons and the last line: nobody's own words stand there."""
    card = CARDS[view](replace(english("rich"), names=str))
    if view not in OWN_TIPS:
        assert not HAN.search(card.params["tips"])
    assert not HAN.search(card.params["title"])
    assert [text for text in _texts(orjson.loads(card.params["buttons"])) if HAN.search(text)] == []


@pytest.mark.parametrize("error", REFUSALS, ids=str)
def test_every_refusal_is_english(error: e.OfficeError) -> None:
    said = sentence(error, replace(english("plain"), names=str), s.at(60))
    assert not HAN.search(re.sub("王二小|王芳|报消|午餐", "", said))


def test_one_thing_and_many_things_and_dates_are_said_as_english_says_them() -> None:
    frame = english("plain")
    assert [days(one, frame) for one in (1, 0.5, 2)] == ["1 day", "0.5 days", "2 days"]
    assert day("2026-11-24 下午", 2026, frame) == "Tue 24 Nov, afternoon"
    assert day("2027-01-04", 2026, frame) == "Mon 4 Jan 2027"
    assert frame.listed(["a", "b"]) == "a, b"
    assert frame.say("随便什么") == "随便什么", "what a company wrote itself stays as it is"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("人事经理：岗位；会计：岗位", "HR manager: post; accountant: post"),
        (
            "直接主管是申请人本人，改由上一级（研发部负责人）审批",
            "the direct manager is the applicant: the next one up (head of 研发部) decides instead",
        ),
        (
            "天数超过 3 且 请假类型为 年假 时还要经总经理，不经会计",
            "Also general manager, not accountant, if Days is above 3 and Leave type is annual leave",
        ),
        ("每月最多 2 次，这次以后还可以补卡 1 次", "At most 2 a month; 1 left after this (补卡)"),
        ("11月30日（周一）到12月2日（周三）", "Mon 30 Nov to Wed 2 Dec"),
        ("张伟觉得的事", "张伟觉得的事"),
    ],
)  # fmt: skip
def test_a_sentence_of_the_domain_is_told_again(made: str, said: str) -> None:
    assert retold(made, english("plain")) == said
    assert retold(made, s.frame()) == made


@given(
    st.lists(st.sampled_from("、；，（）：的到或 且 由 审批 为 在 超过 王芳 笔 第 申请 1".split(" ")), max_size=60).map(
        "".join
    )
)
def test_any_text_is_told_in_bounded_time_and_whatever_is_no_sentence_stays(text: str) -> None:
    frame = english("plain")
    assert retold(text, s.frame()) == text
    assert bool(retold(text, frame)) == bool(text)
