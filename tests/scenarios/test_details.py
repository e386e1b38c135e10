"""An employee lists what was spent, in messages or in the card; approvers see it, and the total decides who."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from store.migrate import upgrade
from tests import services
from tests.scenarios.conftest import emptied
from tests.scenarios.office import ROOT, Office, an_office
from tests.scenarios.test_leave import BOSS, EMPLOYEE, SUPERVISOR

pytestmark = pytest.mark.asyncio(loop_scope="module")
ROUTES = """
[[route]]
when = "amount <= 500"
approve = ["部门主管"]

[[route]]
approve = ["部门主管", "总经理"]
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["plain", "rich"])
async def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """The product's own 报销, with a route that depends on the amount."""
    folder: Path = tmp_path_factory.mktemp("details")
    flows = folder / "flows"
    flows.mkdir()
    text = (ROOT / "flows" / "matrix" / "expense.toml").read_text("utf-8")
    (flows / "expense.toml").write_text(text.partition("[[route]]")[0] + ROUTES, "utf-8")
    with services.one_database("sqlite", folder, upgrade) as url:
        async with an_office(folder, url, flows=str(flows), dialect=request.param) as office:
            yield office


@pytest_asyncio.fixture(loop_scope="module")
async def office(opened: Office) -> Office:
    """The same, empty."""
    await emptied(opened)
    return opened


async def listed(office: Office) -> Any:
    """The draft of somebody who lists items in two messages, and sends a receipt."""
    await office.say(EMPLOYEE, "报销 打车 45.5，午餐 128 元")
    await office.words_with(EMPLOYEE, "费用明细 2 笔", "173.50", "哪一类")
    await office.say(EMPLOYEE, "再加两笔 住宿 ３００，停车 15")
    await office.words_with(EMPLOYEE, "费用明细 4 笔", "488.50")
    await office.say(EMPLOYEE, "差旅")
    await office.words_with(EMPLOYEE, "发票")
    await office.say(EMPLOYEE, "", msgtype="picture", content={"downloadCode": "d1"})
    return await office.card_with(EMPLOYEE, status="draft")


async def test_items_are_listed_corrected_and_filed_and_the_total_decides_the_route(office: Office) -> None:
    card = await listed(office)
    assert "**报销金额**：488.50 元" in card["markdown"]
    await office.say(EMPLOYEE, "第3笔改成 1300.5")

    async def corrected() -> Any:
        now = await office.card(EMPLOYEE, card["outTrackId"])
        return now if "1,489.00 元" in now["markdown"] else None

    now = await office.until(corrected, "the draft with another total")
    assert "4. 停车　15.00" in now["markdown"]
    answer = await office.tap(EMPLOYEE, card["outTrackId"], "submit")
    number = answer["card"]["cardParamMap"]["case"]
    asked = await office.asked(SUPERVISOR, number)
    assert "2. 午餐　128.00" in asked["markdown"]
    assert "3. 住宿　1,300.50" in asked["markdown"]
    assert "**报销金额**：1,489.00 元" in asked["markdown"]
    assert "打车、午餐、住宿 等 4 项" in asked["markdown"]
    await office.tap(SUPERVISOR, asked["outTrackId"], "approve")
    boss = await office.asked(BOSS, number)
    await office.tap(BOSS, boss["outTrackId"], "approve")
    mine = await office.card_with(EMPLOYEE, number=number, status="approved")
    await office.tap(EMPLOYEE, mine["outTrackId"], "copy")
    again = await office.card_with(EMPLOYEE, status="draft")
    assert "3. 住宿　1,300.50" in again["markdown"]


async def test_a_small_total_needs_the_supervisor_only(office: Office) -> None:
    card = await listed(office)
    number = card["cardParamMap"]["case"]
    await office.tap(EMPLOYEE, card["outTrackId"], "submit")
    asked = await office.asked(SUPERVISOR, number)
    await office.tap(SUPERVISOR, asked["outTrackId"], "approve")
    await office.card_with(EMPLOYEE, number=number, status="approved")


async def test_what_is_wrong_with_a_row_is_said(office: Office) -> None:
    card = await listed(office)
    await office.say(EMPLOYEE, "第9笔改成 60")
    await office.words_with(EMPLOYEE, "没有第 9 笔", "一共 4 笔")
    await office.say(EMPLOYEE, "再加一笔 [过路费](http://evil.example)")
    await office.words_with(EMPLOYEE, "第 5 笔", "没写金额")
    await office.say(EMPLOYEE, "报销金额改成 5000")
    await office.words_with(EMPLOYEE, "明细加起来的 488.50")
    assert "488.50 元" in (await office.card(EMPLOYEE, card["outTrackId"]))["markdown"]


async def test_who_is_asked_for_the_sum_may_list_the_items_or_say_the_sum_alone(office: Office) -> None:
    await office.say(EMPLOYEE, "报销")
    await office.words_with(EMPLOYEE, "哪一类")
    await office.say(EMPLOYEE, "差旅")
    await office.words_with(EMPLOYEE, "一共报多少钱", "一行一项")
    await office.say(EMPLOYEE, "1. 高铁 553\n2. 酒店")
    await office.words_with(EMPLOYEE, "第 2 笔“酒店”没写金额")
    await office.say(EMPLOYEE, "1. 高铁 553\n2. 酒店 398.8")
    await office.words_with(EMPLOYEE, "费用明细 2 笔", "951.80")
    await office.say(EMPLOYEE, "取消")
    await office.words_with(EMPLOYEE, "不提交")
    await office.say(EMPLOYEE, "报销")
    await office.say(EMPLOYEE, "差旅")
    await office.say(EMPLOYEE, "380")
    await office.words_with(EMPLOYEE, "是什么费用")


async def test_the_form_takes_rows_one_a_line_and_no_total_but_theirs(office: Office) -> None:
    if office.dialect == "plain":
        return
    card = await listed(office)
    form = {field["name"]: field.get("defaultValue", "") for field in card["form"]["fields"]}
    assert form["details"] == "打车 | 45.5\n午餐 | 128\n住宿 | 300\n停车 | 15"
    answer = await office.tap(EMPLOYEE, card["outTrackId"], "submit", form | {"amount": "1"})
    assert "明细加起来的 488.50" in answer["card"]["tips"]
    answer = await office.tap(EMPLOYEE, card["outTrackId"], "submit", form | {"details": "打车 45.5\n午餐"})
    assert "第 2 笔“午餐”没写金额" in answer["card"]["tips"]
    assert answer["card"]["cardParamMap"]["status"] == "draft"
    answer = await office.tap(EMPLOYEE, card["outTrackId"], "submit", form | {"details": "机票 1200.1\n酒店 300.2"})
    assert answer["card"]["cardParamMap"]["status"] == "running"
    assert "1,500.30 元" in answer["card"]["markdown"]
    await office.asked(SUPERVISOR, card["cardParamMap"]["case"])
