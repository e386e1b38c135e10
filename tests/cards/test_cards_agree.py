"""Whatever has happened to a case: the cards that people hold say the same, and offer what would be granted."""

import os
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from cards import tracks
from cards.card import Card, Frame
from domain.approvals.case import Case, Status
from domain.approvals.decide import decide
from domain.approvals.flow import Field, Flow
from domain.approvals.route import Step
from domain.approvals.turns import as_planned
from domain.calendar import Workdays
from domain.errors import OfficeError
from domain.people import Department, Organization, Person
from tests.cards.samples import frame
from tests.cards.test_approval import buttons
from tests.domain.test_operations_properties import ANYBODY, NOW, filed, run, steps, wish
from usecases.act import wish_of
from usecases.ports import World
from usecases.show import audience, card_for
from usecases.wishes import VERBS, command_of

NEWCOMER = "ivy"  # somebody who has nothing to do with the case yet
NEEDS_SOMEBODY = ("transfer", "add_before", "add_after", "add_beside", "delegate", "tell")
DECIDING = {"approve", "reject", "return", "transfer", "claim"}
OFFICE = Organization(
    people=[Person(userid=who, name=who, departments=(1,)) for who in (*ANYBODY, "hal", "zoe", NEWCOMER)],
    departments=[Department(id=1, name="公司", parent=None)],
)
LEAVE = Flow(id="leave", title="请假", prefix="QJ", fields=(Field(id="days", label="天数", type="number"),))


def world(dialect: Any) -> World:
    drawn: Frame = frame(dialect)
    return World(organization=OFFICE, flows={"leave": LEAVE}, workdays=Workdays(), frame=drawn)


def held(case: Case, office: World) -> dict[tuple[str, str], Card]:
    """The newest card of everybody who has one, by person and track."""
    found = {}
    for post in audience(case):
        seen = tracks.read(post.track)
        assert seen is not None
        found[post.to, post.track] = card_for(case, seen, post.to, office)
    return found


def agree(case: Case, office: World, at: Any) -> None:
    cards = held(case, office)
    asked = set()
    for (person, track), card in cards.items():
        assert card.params["status"] == case.status.value, "everybody's card says how the case stands"
        assert card.params["version"] == str(case.version)
        assert card.track == track, "a card stays the card that it is"
        offered = buttons(card)
        if DECIDING & set(offered):
            asked.add(person)
        for button in offered:
            granted(case, office, person, track, button, at)
    paused = case.paused_at is not None
    assert asked == (set() if paused else set(case.waiting_for())), "who is awaited has the buttons, and nobody else"


def granted(case: Case, office: World, person: str, track: str, button: str, at: Any) -> None:
    """What a button offers is not refused to who holds the card."""
    if button not in VERBS:
        return
    seen = tracks.read(track)
    assert seen is not None
    people = (NEWCOMER,) if button in NEEDS_SOMEBODY else ()
    asked = wish_of(button, person, case, office, step=seen.step, words="理由", people=people)
    try:
        decide(case, command_of(asked, case), at)
    except OfficeError as refusal:
        raise AssertionError(f"{button} is offered to {person} and refused: {refusal!r}") from refusal
    event(f"granted {button}")


@settings(
    max_examples=int(os.environ.get("NOD_EXAMPLES", "150")), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(st.data(), steps(), st.sampled_from(("again", "straight", "keep")), st.sampled_from(("plain", "rich")))
def test_all_cards_of_a_case_agree_with_it(
    data: st.DataObject, route: tuple[Step, ...], returned: Any, dialect: Any
) -> None:
    office = world(dialect)
    case, log = filed(route, returned, as_planned)
    for minutes in range(data.draw(st.integers(1, 20))):
        at = NOW + timedelta(minutes=minutes)
        case = run(case, data.draw(wish(case)), at, log, as_planned)
        agree(case, office, at + timedelta(hours=2))
        if case.status in (Status.APPROVED, Status.REJECTED, Status.WITHDRAWN):
            break
