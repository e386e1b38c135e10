"""The company's own card template: forms in the card instead of questions in the chat. Same cases, same buttons."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from store.migrate import upgrade
from tests import services
from tests.scenarios import people
from tests.scenarios.conftest import emptied
from tests.scenarios.office import Office, an_office
from tests.scenarios.test_leave import EMPLOYEE, HR, SENTENCE, SUPERVISOR, approved_by, filed

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rich_office(tmp_path_factory: pytest.TempPathFactory, redis_url: str) -> AsyncIterator[Office]:
    """The product with rich cards, and with Redis."""
    folder = tmp_path_factory.mktemp("rich")
    with services.one_database("sqlite", folder, upgrade) as url:
        async with an_office(folder, url, dialect="rich", redis=redis_url) as opened:
            yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def office(rich_office: Office) -> Office:
    """The same, empty."""
    await emptied(rich_office)
    return rich_office


def fields(card: dict[str, object]) -> dict[str, dict[str, object]]:
    form = card["form"]
    assert isinstance(form, dict)
    return {field["name"]: field for field in form["fields"]}


async def test_the_form_holds_what_was_understood_and_can_be_corrected_before_filing(office: Office) -> None:
    await office.say(EMPLOYEE, SENTENCE)
    card = await office.card_with(EMPLOYEE, status="draft")
    shown = fields(card)
    assert shown["leave_type"]["defaultValue"] == "sick"
    values = {name: field.get("defaultValue", "") for name, field in shown.items()}
    values |= {"leave_type": "personal", "reason": "家里有事"}
    answer = await office.tap(EMPLOYEE, card["outTrackId"], "submit", values)
    assert answer["card"]["cardParamMap"]["status"] == "running"
    assert "事假" in answer["card"]["markdown"]
    assert "家里有事" in answer["card"]["markdown"]
    assert "下午" in answer["card"]["markdown"]


async def test_new_dates_in_the_form_are_counted_anew(office: Office) -> None:
    await office.say(EMPLOYEE, "下周一请一天年假")
    card = await office.card_with(EMPLOYEE, status="draft")
    start = str(fields(card)["start"]["defaultValue"])
    form = {"start": start, "end": start, "start_half": "下午", "end_half": "下午", "leave_type": "annual"}
    answer = await office.tap(EMPLOYEE, card["outTrackId"], "submit", form)
    assert "0.5 天" in answer["card"]["markdown"]


async def test_approved_by_both_with_a_comment(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    answer = await office.tap(SUPERVISOR, card["outTrackId"], "approve", {"text": "好好休息", "reason": ""})
    assert "好好休息" in answer["card"]["markdown"]
    await approved_by(office, HR, number)
    mine = await office.card_with(EMPLOYEE, number=number, status="approved")
    assert "好好休息" in mine["markdown"]


async def test_a_rejection_without_a_reason_says_so_on_the_card(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    answer = await office.tap(SUPERVISOR, card["outTrackId"], "reject", {"reason": " "})
    assert "理由" in answer["card"]["tips"]
    assert answer["card"]["cardParamMap"]["status"] == "running"
    answer = await office.tap(SUPERVISOR, card["outTrackId"], "reject", {"reason": "人手不够"})
    assert answer["card"]["cardParamMap"]["status"] == "rejected"
    assert people.name(SUPERVISOR) in answer["card"]["markdown"]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"days": "1"}, "天数"),
        ({"leave_type": "hacked"}, "请假类型"),
        ({"start": "哈哈"}, "开始"),
        ({"start": "2026-02-30"}, "开始"),
        ({"end": "2020-01-01"}, "结束"),
    ],
)
async def test_a_form_that_cannot_be_is_not_filed_and_says_what_is_wrong(
    office: Office, changed: dict[str, str], named: str
) -> None:
    await office.say(EMPLOYEE, "下周一到周五请年假")
    card = await office.card_with(EMPLOYEE, status="draft")
    values = {name: field.get("defaultValue", "") for name, field in fields(card).items()}
    answer = await office.tap(EMPLOYEE, card["outTrackId"], "submit", values | changed)
    assert named in answer["card"]["tips"]
    assert answer["card"]["cardParamMap"]["status"] == "draft"
