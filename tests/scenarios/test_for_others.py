"""Deputies, several cases by one word, filing for others, a leaver: in both kinds of cards, through the wire."""

import asyncio

import pytest
import pytest_asyncio
import sqlalchemy as sa

from store.audit import audit_of
from store.engine import make_engine
from tests.scenarios import people
from tests.scenarios.conftest import emptied
from tests.scenarios.office import Office
from tests.scenarios.test_leave import BOSS, EMPLOYEE, HR, SUPERVISOR, approved_by, filed

pytestmark = pytest.mark.asyncio(loop_scope="module")

ADMIN = people.administrator()
COLLEAGUE, OTHER = people.bystanders(2, besides=(EMPLOYEE, SUPERVISOR, HR, BOSS, ADMIN, people.above(EMPLOYEE)))
SECOND = "我后天下午请半天病假，看牙"


@pytest_asyncio.fixture(loop_scope="module")
async def office(either_office: Office) -> Office:
    """The same, empty."""
    await emptied(either_office)
    return either_office


async def test_a_deputy_decides_and_the_trail_says_for_whom(office: Office) -> None:
    await office.say(SUPERVISOR, f"委托{people.name(COLLEAGUE)} 今天到明天")
    await office.words_with(COLLEAGUE, "委托你", people.name(SUPERVISOR))
    number = await filed(office)
    card = await office.asked(COLLEAGUE, number)
    assert f"代{people.name(SUPERVISOR)}" in card["cardParamMap"]["tips"]
    await approved_by(office, COLLEAGUE, number)
    await office.asked(HR, number)
    shown = (await office.card_with(EMPLOYEE, number=number))["markdown"]
    assert f"{people.name(COLLEAGUE)}（代{people.name(SUPERVISOR)}）" in shown


async def test_the_list_is_decided_by_one_word(office: Office) -> None:
    first, second = await filed(office), await filed(office, SECOND)
    await office.asked(SUPERVISOR, second)
    await office.say(SUPERVISOR, "待我审批")
    await office.words_with(SUPERVISOR, "1. ", first, second)
    await office.say(SUPERVISOR, "全部同意")
    await office.words_with(SUPERVISOR, "同意 2 件")
    for number in (first, second):
        await office.asked(HR, number)


async def test_the_supervisor_files_for_somebody_and_another_decides(office: Office) -> None:
    await office.say(SUPERVISOR, f"替{people.name(EMPLOYEE)}请明天一天病假，发烧")
    card = await office.card_with(SUPERVISOR, status="draft")
    assert people.name(EMPLOYEE) in card["title"]
    answer = await office.tap(SUPERVISOR, card["outTrackId"], "submit")
    assert answer["card"]["cardParamMap"]["status"] == "running"
    await office.words_with(EMPLOYEE, "替你提交了", people.name(SUPERVISOR))
    number = card["cardParamMap"]["case"]
    await office.card_with(EMPLOYEE, number=number, status="running")
    await office.asked(people.above(EMPLOYEE), number)


async def test_all_of_a_leaver_is_handed_over(office: Office) -> None:
    first, second = await filed(office), await filed(office, SECOND)
    await office.asked(SUPERVISOR, second)
    await office.say(ADMIN, f"交接 {people.name(SUPERVISOR)} 给 {people.name(COLLEAGUE)}")
    await office.words_with(ADMIN, "2 件待审批已交给")
    for number in (first, second):
        await approved_by(office, COLLEAGUE, number)


@pytest.mark.parametrize("milliseconds", [0, 15, 60])
async def test_a_kill_in_the_middle_of_a_batch_loses_and_doubles_nothing(office: Office, milliseconds: int) -> None:
    numbers = [await filed(office, f"我明天下午请半天病假，复查{place}") for place in range(5)]
    for number in numbers:
        await office.asked(SUPERVISOR, number)
    await office.say(SUPERVISOR, "待我审批")
    await office.words_with(SUPERVISOR, "5. ")
    await office.say(SUPERVISOR, "全部同意")
    await asyncio.sleep(milliseconds / 1000)
    await office.kill_bot()
    assert approvals(office) in (0, 5), "all that one word decides is decided, or nothing"
    await office.start_bot()
    await office.say(SUPERVISOR, "全部同意")  # the message may have died with the process
    for number in numbers:
        await office.asked(HR, number)
    assert approvals(office) == 5
    engine = make_engine(office.database, writer=False)
    findings, _ = audit_of(engine)
    engine.dispose()
    assert findings == []


def approvals(office: Office) -> int:
    """How many approvals the store has."""
    engine = make_engine(office.database, writer=False)
    with engine.begin() as connection:
        count = connection.execute(sa.text("SELECT count(*) FROM events WHERE kind = 'approved'")).scalar()
    engine.dispose()
    return int(count or 0)
