"""A company's own flow file: managers step by step, a vote, a sequence, a pool, deadlines; in both kinds of cards."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import sqlalchemy as sa

from store.engine import make_engine
from store.migrate import upgrade
from tests import services
from tests.scenarios import people
from tests.scenarios.conftest import emptied
from tests.scenarios.office import Office, an_office
from tests.scenarios.test_leave import BOSS, EMPLOYEE, HR, HR_CLERKS, SUPERVISOR, approved_by
from tests.scenarios.test_operations import button, not_asked

pytestmark = pytest.mark.asyncio(loop_scope="module")

FLOW = """title = "项目支出"
prefix = "XM"

[[field]]
id = "amount"
label = "金额"
type = "money"
required = true

[[field]]
id = "accountant"
label = "经办会计"
type = "person"
required = true
among = ["会计"]

[[route]]
approve = ["逐级:总经理", "vote 2/3:总经理*2|人事经理|财务经理", "in-sequence:人事专员",
           "confirm:经办会计", "handle claim:会计"]

[policy]
hours = 8
overdue = "行政经理"
"""
MANAGERS = (SUPERVISOR, people.above(EMPLOYEE), BOSS)
MONEY, OFFICE = people.the("财务经理"), people.the("行政经理")
ACCOUNTANTS = people.holders("会计")


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["plain sqlite", "rich postgres"])
async def written_office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Office]:
    """The product with this flow alone."""
    dialect, store = request.param.split()
    folder: Path = tmp_path_factory.mktemp(dialect)
    (folder / "flows").mkdir()
    (folder / "flows" / "outlay.toml").write_text(FLOW, "utf-8")
    with services.one_database(store, folder, upgrade) as url:
        async with an_office(folder, url, dialect=dialect, flows=str(folder / "flows")) as opened:
            yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def office(written_office: Office) -> Office:
    """The same, empty."""
    await emptied(written_office)
    return written_office


async def drafted(office: Office) -> Any:
    """The employee asks for it and answers what is missing; the draft's card."""
    await office.say(EMPLOYEE, "项目支出")
    await office.words_with(EMPLOYEE, "金额")
    await office.say(EMPLOYEE, "5000")
    await office.words_with(EMPLOYEE, "可以选", *map(people.name, ACCOUNTANTS))
    await office.say(EMPLOYEE, people.name(ACCOUNTANTS[0]))
    return await office.card_with(EMPLOYEE, status="draft")


async def filed(office: Office) -> str:
    """The case's number."""
    card = await drafted(office)
    answer = await office.tap(EMPLOYEE, card["outTrackId"], "submit")
    assert answer["card"]["cardParamMap"]["status"] == "running", answer
    return str(card["cardParamMap"]["case"])


async def refuses(office: Office, person: str, number: str, why: str) -> None:
    """The person votes no, with the reason on the card or in the chat."""
    await button(office, person, number, "reject", {"reason": why} if office.dialect == "rich" else None)
    if office.dialect == "plain":
        await office.words_with(person, "理由")
        await office.say(person, why)


async def test_the_draft_explains_who_decides_how_and_what_happens_when_they_are_late(office: Office) -> None:
    shown = (await drafted(office))["markdown"]
    for said in ("2/3 同意即通过", "依次审批", "先认领的人处理", "总经理在投票里算 2 票"):
        assert said in shown
    assert "每一步 8 个工作小时内没人处理会自动转给行政经理" in shown
    places = [shown.index(people.name(one)) for one in MANAGERS]
    assert places == sorted(places)


async def test_somebody_whom_the_field_does_not_offer_is_not_taken(office: Office) -> None:
    await office.say(EMPLOYEE, "项目支出")
    await office.words_with(EMPLOYEE, "金额")
    await office.say(EMPLOYEE, "5000")
    await office.words_with(EMPLOYEE, "可以选")
    await office.say(EMPLOYEE, people.name(HR))
    await office.words_with(EMPLOYEE, "只能选会计", f"{people.name(HR)}不在其中")
    await office.say(EMPLOYEE, people.name(ACCOUNTANTS[1]))
    await office.card_with(EMPLOYEE, status="draft")


async def test_from_the_nearest_manager_to_the_pool_that_pays(office: Office) -> None:
    number = await filed(office)
    for manager in MANAGERS:
        await approved_by(office, manager, number)
    for voter in (BOSS, HR, MONEY):
        await office.asked(voter, number)
    await refuses(office, MONEY, number, "本月预算已经用完")
    await approved_by(office, HR, number)
    assert await not_asked(office, HR_CLERKS[0], number)  # one against one of four votes
    await approved_by(office, BOSS, number)
    await office.asked(HR_CLERKS[0], number)
    assert await not_asked(office, HR_CLERKS[1], number)
    await approved_by(office, HR_CLERKS[0], number)
    await approved_by(office, HR_CLERKS[1], number)
    await approved_by(office, ACCOUNTANTS[0], number)
    await office.asked(ACCOUNTANTS[0], number)
    await button(office, ACCOUNTANTS[1], number, "claim")

    async def taken() -> bool:
        return await not_asked(office, ACCOUNTANTS[0], number)

    await office.until(taken, "the pool being empty")
    await approved_by(office, ACCOUNTANTS[1], number)
    shown = (await office.card_with(EMPLOYEE, number=number, status="approved"))["markdown"]
    assert "本月预算已经用完" in shown
    assert "已办理" in shown


async def test_a_vote_that_cannot_be_won_any_more_ends_the_case(office: Office) -> None:
    number = await filed(office)
    for manager in MANAGERS:
        await approved_by(office, manager, number)
    await refuses(office, BOSS, number, "先缓一缓")
    await office.card_with(EMPLOYEE, number=number, status="rejected")
    await office.words_with(EMPLOYEE, "先缓一缓")


async def test_what_nobody_decides_in_time_goes_to_whom_the_flow_names(office: Office) -> None:
    number = await filed(office)
    await office.asked(SUPERVISOR, number)
    await hours_later(office)
    await office.asked(OFFICE, number)
    assert await not_asked(office, SUPERVISOR, number)
    await hours_later(office)
    await office.words_with(OFFICE, "已经等了很久")
    await approved_by(office, OFFICE, number)
    await office.asked(MANAGERS[1], number)


async def hours_later(office: Office) -> None:
    """Every deadline has passed while the bot was away."""
    await office.stop_bot()
    engine = make_engine(office.database)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE timers SET due_ms = 1 WHERE kind = 'overdue_step'"))
    engine.dispose()
    await office.start_bot()
