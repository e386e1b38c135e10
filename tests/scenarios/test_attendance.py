"""What is approved in the chat is known to the platform's attendance: leave, and a clock that was forgotten."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest

from store.executor import office_clock
from tests.scenarios.office import Office
from tests.scenarios.test_leave import EMPLOYEE, HR, SUPERVISOR, approved_by, filed

pytestmark = pytest.mark.asyncio(loop_scope="module")

ZONE = ZoneInfo("Asia/Shanghai")
EVERY_DAY = {
    "groups": [
        {
            "name": "市场部",
            "members": [EMPLOYEE],
            "shifts": [{"on": "09:00", "off": "18:00", "days": [1, 2, 3, 4, 5, 6, 7]}],
        }
    ]
}


async def asked(office: Office, path: str, body: Any) -> Any:
    """What the platform answers another program of the company."""
    app = orjson.loads(office.organization.read_bytes())["apps"][0]
    keys = {"appKey": app["clientId"], "appSecret": app["clientSecret"]}
    token = (await office.call("POST", "/v1.0/oauth2/accessToken", keys))["accessToken"]
    return await office.call("POST", path, body, access_token=token)


async def results(office: Office, day: datetime) -> dict[str, tuple[str, str]]:
    """Result and source of each clock of the employee that was due on the day."""
    whole = f"{day:%Y-%m-%d} 00:00:00"
    body = {"workDateFrom": whole, "workDateTo": whole, "userIdList": [EMPLOYEE], "offset": 0, "limit": 10}
    rows = (await asked(office, "/attendance/list", body))["recordresult"]
    return {row["checkType"]: (row["timeResult"], row["sourceType"]) for row in rows}


async def test_leave_that_is_approved_in_the_chat_counts_in_attendance(office: Office) -> None:
    await office.call("PUT", "/emulator/schedule", EVERY_DAY)
    tomorrow = office_clock().astimezone(ZONE) + timedelta(days=1)
    number = await filed(office)
    await approved_by(office, SUPERVISOR, number)
    assert (await results(office, tomorrow))["OffDuty"] == ("NotSigned", "SYSTEM"), "not approved yet"
    await approved_by(office, HR, number)

    async def known() -> Any:
        midnight = tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
        day = {
            "start_time": round(midnight.timestamp() * 1000),
            "end_time": round(midnight.timestamp() * 1000) + 86_399_999,
        }
        body = {"userid_list": EMPLOYEE, **day, "offset": 0, "size": 20}
        return (await asked(office, "/topapi/attendance/getleavestatus", body))["result"]["leave_status"]

    (leave,) = await office.until(known, "the platform knowing of the leave")
    assert (leave["userid"], leave["duration_unit"], leave["duration_percent"]) == (EMPLOYEE, "percent_day", 50)
    assert await results(office, tomorrow) == {"OnDuty": ("NotSigned", "SYSTEM"), "OffDuty": ("Normal", "APPROVE")}
    await office.say(SUPERVISOR, "明天谁不在")
    await office.words_with(SUPERVISOR, "明天不在的同事")


async def test_a_forgotten_clock_that_is_approved_is_mended_in_attendance(office: Office) -> None:
    await office.call("PUT", "/emulator/schedule", EVERY_DAY)
    yesterday = office_clock().astimezone(ZONE) - timedelta(days=1)
    number = await filed(office, "昨天早上9点忘打上班卡了，手机没电，补卡")
    await approved_by(office, SUPERVISOR, number)
    await approved_by(office, HR, number)

    async def mended() -> bool:
        return (await results(office, yesterday))["OnDuty"] == ("Normal", "APPROVE")

    await office.until(mended, "the platform knowing of the correction")
    assert (await results(office, yesterday))["OffDuty"] == ("NotSigned", "SYSTEM")
