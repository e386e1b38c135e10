"""Rules of the flows, through the wire: late requests, limits, and the place that decides which flow it is."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from store.migrate import upgrade
from tests import services
from tests.scenarios.office import Office, an_office

EMPLOYEE, HEAD, MANAGER = "lix", "wangf", "chenj"
MONDAY = round(datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp() * 1000)


@pytest.fixture(params=["robotics-plain", "robotics-rich", "classic-plain"])
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    flows, dialect = request.param.split("-")
    with services.one_database("sqlite", tmp_path, upgrade) as url:
        async with an_office(tmp_path, url, flows=flows, dialect=dialect, home="深圳") as opened:
            yield opened


robotics = pytest.mark.parametrize("office", ["robotics-plain", "robotics-rich"], indirect=True)
robotics_plain = pytest.mark.parametrize("office", ["robotics-plain"], indirect=True)
robotics_rich = pytest.mark.parametrize("office", ["robotics-rich"], indirect=True)
classic = pytest.mark.parametrize("office", ["classic-plain"], indirect=True)


@robotics
async def test_a_late_leave_says_the_rule_and_is_filed_as_an_emergency(office: Office) -> None:
    await office.say(EMPLOYEE, "今天下午请半天事假，搬家", createAt=MONDAY)
    await office.words_with(EMPLOYEE, "要提前 1 个工作日申请", "11月20日（周五）", "紧急")
    await office.say(EMPLOYEE, "房东突然要求今天搬走 <b>急</b>", createAt=MONDAY + 60_000)
    draft = await office.card_with(EMPLOYEE, status="draft")
    assert "按紧急办理" in draft["markdown"]
    answer = await office.tap(EMPLOYEE, draft["outTrackId"], "submit")
    assert answer["ok"]
    asked = await office.asked(HEAD, draft["cardParamMap"]["case"])
    assert "**紧急原因**：房东突然要求今天搬走" in asked["markdown"]
    assert "<b>" not in asked["markdown"]


@robotics
async def test_in_time_nothing_is_asked_and_the_rule_is_on_the_card(office: Office) -> None:
    await office.say(EMPLOYEE, "明天下午请半天事假，搬家", createAt=MONDAY)
    draft = await office.card_with(EMPLOYEE, status="draft")
    assert "要提前 1 个工作日申请" in draft["markdown"]
    assert "紧急原因" not in draft["markdown"]
    await office.tap(EMPLOYEE, draft["outTrackId"], "submit")
    await office.asked(HEAD, draft["cardParamMap"]["case"])


@robotics_plain
async def test_another_day_instead_of_an_emergency(office: Office) -> None:
    await office.say(EMPLOYEE, "今天下午请半天事假，搬家", createAt=MONDAY)
    await office.words_with(EMPLOYEE, "要提前 1 个工作日申请")
    await office.say(EMPLOYEE, "那改成周三下午", createAt=MONDAY + 60_000)
    draft = await office.card_with(EMPLOYEE, status="draft")
    assert "11月25日（周三）下午" in draft["markdown"]
    assert "按紧急" not in draft["markdown"]


@robotics_rich
async def test_a_date_changed_on_the_card_to_one_that_is_late_is_asked_at_submit(office: Office) -> None:
    await office.say(EMPLOYEE, "明天请事假一天，搬家", createAt=MONDAY)
    draft = await office.card_with(EMPLOYEE, status="draft")
    track, early = draft["outTrackId"], {"start": "2026-11-23", "end": "2026-11-23"}
    answer = await office.tap(EMPLOYEE, track, "submit", {**early})
    assert "紧急原因" in answer["card"]["cardParamMap"]["tips"]
    assert (await office.card(EMPLOYEE, track))["cardParamMap"]["status"] == "draft"
    await office.tap(EMPLOYEE, track, "submit", {**early, "emergency": "家里漏水"})
    asked = await office.asked(HEAD, draft["cardParamMap"]["case"])
    assert "家里漏水" in asked["markdown"]


@robotics
async def test_an_outing_to_another_city_becomes_a_trip(office: Office) -> None:
    await office.say(EMPLOYEE, "周三全天外出去上海，拜访客户", createAt=MONDAY)
    trip = await office.until(partial(_draft, office, "business_trip"), "a draft of a trip")
    assert "目的地是上海，不在深圳，按出差办理" in trip["markdown"]


@robotics_plain
async def test_a_trip_within_the_city_becomes_an_outing_when_its_place_is_told(office: Office) -> None:
    await office.say(EMPLOYEE, "周三出差一天，拜访客户", createAt=MONDAY)
    await office.words_with(EMPLOYEE, "去哪里出差")
    await office.say(EMPLOYEE, "深圳南山", createAt=MONDAY + 60_000)
    outing = await office.until(partial(_draft, office, "outing"), "a draft of an outing")
    assert "在深圳，按外出办理" in outing["markdown"]


@classic
async def test_the_third_correction_of_a_month_is_refused_with_the_two_before(office: Office) -> None:
    numbers: list[str] = []
    for place, day in enumerate(("16号", "17号")):
        await office.say(EMPLOYEE, f"补{day}的上班卡，因为早上开会忘记了", createAt=MONDAY)
        draft = await office.until(partial(_draft, office, "clock_correction", numbers), "a draft")
        assert f"这次以后还可以补卡 {1 - place} 次" in draft["markdown"]
        numbers.append(draft["cardParamMap"]["case"])
        await office.tap(EMPLOYEE, draft["outTrackId"], "submit")
        await office.asked(MANAGER, numbers[-1])
    await office.say(EMPLOYEE, "补18号的上班卡，因为早上开会忘记了", createAt=MONDAY)
    await office.words_with(EMPLOYEE, "每人每月最多 2 次", *numbers)
    await office.say(EMPLOYEE, f"撤销 {numbers[0]}")
    await office.words_with(EMPLOYEE, "已撤销", numbers[0])
    await office.say(EMPLOYEE, "补18号的上班卡，因为早上开会忘记了", createAt=MONDAY)
    await office.until(partial(_draft, office, "clock_correction", numbers), "a place that is free again")


async def _draft(office: Office, kind: str, but: Any = ()) -> Any:
    for card in reversed(await office.cards(EMPLOYEE)):
        shown = card["cardParamMap"]
        if (shown["kind"], shown["status"]) == (kind, "draft") and shown["case"] not in but:
            return card
    return None
