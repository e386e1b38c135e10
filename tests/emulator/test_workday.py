"""A working day: people clock in and are away; the bot hears of it and reads it (contract 7)."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.conftest import Elsewhere
from tests.emulator.home import Home, data_of

MONDAY = 1792944000000  # 2026-10-26 in Beijing
HOUR, DAY = 3_600_000, 86_400_000
OFFICE = {
    "name": "总部", "members": ["lina", "wangfang"], "shifts": [{"name": "白班", "on": "09:00", "off": "18:00"}],
}  # fmt: skip
NIGHT = {"name": "夜班组", "members": ["zhaolei"], "shifts": [{"on": "22:00", "off": "06:00", "days": [1, 2, 7]}]}
WEEK = {"workDateFrom": "2026-10-26 00:00:00", "workDateTo": "2026-10-26 00:00:00", "offset": 0, "limit": 50}


async def at_work(home: Home, *groups: dict[str, Any]) -> None:
    await home.control("PUT", "/schedule", {"groups": list(groups or (OFFICE, NIGHT))})


async def clock(home: Home, person: str, kind: str, at: int, **more: Any) -> Any:
    return await home.control("POST", "/attendance", {"userid": person, "type": kind, "at": at, **more})


async def results(home: Home, *people: str, **more: Any) -> list[tuple[str, str, str]]:
    answer = await home.legacy("/attendance/list", {**WEEK, "userIdList": list(people), **more})
    assert answer["errcode"] == 0, answer
    return [(row["userId"], row["checkType"], row["timeResult"]) for row in answer["recordresult"]]


# ── who is due ───────────────────────────────────────────────────────────────────────────────


async def test_the_schedule_says_who_is_due_and_who_rests(home: Home) -> None:
    await at_work(home)
    asked = {"op_user_id": "boss", "userids": "lina,boss", "from_date_time": MONDAY, "to_date_time": MONDAY + 5 * DAY}
    rows = (await home.legacy("/topapi/attendance/schedule/listbyusers", asked))["result"]
    assert len(rows) == 11
    assert {key: rows[0][key] for key in ("userid", "check_type", "plan_check_time", "work_date", "is_rest")} == {
        "userid": "lina", "check_type": "OnDuty", "plan_check_time": "2026-10-26 09:00:00",
        "work_date": "2026-10-26 00:00:00", "is_rest": "N",
    }  # fmt: skip
    assert (rows[-1]["is_rest"], rows[-1]["shift_id"]) == ("Y", 0)
    one = {"op_user_id": "boss", "user_id": "lina", "date_time": MONDAY}
    assert (await home.legacy("/topapi/attendance/schedule/listbyday", one))["result"] == rows[:2]
    asked = {"workDate": "2026-10-26", "offset": 0, "size": 5}
    everybody = (await home.legacy("/topapi/attendance/listschedule", asked))["result"]
    assert (len(everybody["schedules"]), everybody["has_more"]) == (5, True)


async def test_a_night_shift_ends_on_the_next_day(home: Home) -> None:
    await at_work(home)
    asked = {"op_user_id": "boss", "userids": "zhaolei", "from_date_time": MONDAY, "to_date_time": MONDAY}
    rows = (await home.legacy("/topapi/attendance/schedule/listbyusers", asked))["result"]
    assert [row["plan_check_time"] for row in rows] == ["2026-10-26 22:00:00", "2026-10-27 06:00:00"]
    assert {row["work_date"] for row in rows} == {"2026-10-26 00:00:00"}
    await clock(home, "zhaolei", "OffDuty", MONDAY + DAY + 5 * HOUR)
    assert await results(home, "zhaolei") == [
        ("zhaolei", "OnDuty", "NotSigned"), ("zhaolei", "OffDuty", "Early"),
    ]  # fmt: skip


async def test_groups_and_the_group_of_a_person(home: Home) -> None:
    await at_work(home)
    groups = (await home.legacy("/topapi/attendance/getsimplegroups", {"offset": 0, "size": 10}))["result"]["groups"]
    assert [(row["group_name"], row["member_count"]) for row in groups] == [("总部", 2), ("夜班组", 1)]
    shift = groups[0]["selected_class"][0]
    number = str(shift["class_id"])
    assert groups[0]["work_day_list"] == ["0", number, number, number, number, number, "0"]
    assert [time["check_time"] for time in shift["sections"][0]["times"]] == [
        "1970-01-01 09:00:00", "1970-01-01 18:00:00",
    ]  # fmt: skip
    assert [time["across"] for time in groups[1]["selected_class"][0]["sections"][0]["times"]] == [0, 1]
    own = (await home.legacy("/topapi/attendance/getusergroup", {"userid": "lina"}))["result"]
    assert (own["name"], own["classes"][0]["class_name"]) == ("总部", "白班")
    assert (await home.legacy("/topapi/attendance/getusergroup", {"userid": "boss"}))["result"] == {}


@pytest.mark.parametrize(
    "change",
    [
        {"members": ["nobody"]}, {"members": ["lina", "lina"]}, {"name": ""}, {"shifts": []}, {"shifts": [{}]},
        {"shifts": [{"on": "9", "off": "18:00"}]}, {"shifts": [{"on": "09:00", "off": "24:00"}]},
        {"shifts": [{"on": "09:00", "off": "18:00", "days": [0]}]},
    ],
)  # fmt: skip
async def test_a_schedule_that_makes_no_sense_is_refused_and_changes_nothing(home: Home, change: Any) -> None:
    await at_work(home)
    assert "error" in await home.control("PUT", "/schedule", {"groups": [{**OFFICE, **change}]}, status=400)
    assert len(await results(home, "lina")) == 2


# ── clock records ────────────────────────────────────────────────────────────────────────────


async def test_who_clocks_in_late_and_not_out_is_told_so(home: Home) -> None:
    await at_work(home)
    answer = await clock(home, "lina", "OnDuty", MONDAY + 9 * HOUR + 60_000)
    assert answer["result"] == "Late"
    await clock(home, "wangfang", "OnDuty", MONDAY + 8 * HOUR)
    await clock(home, "wangfang", "OffDuty", MONDAY + 18 * HOUR, result="Normal", location={"outside": True})
    assert await results(home, "lina", "wangfang") == [
        ("lina", "OnDuty", "Late"), ("lina", "OffDuty", "NotSigned"),
        ("wangfang", "OnDuty", "Normal"), ("wangfang", "OffDuty", "Normal"),
    ]  # fmt: skip
    assert await results(home, "lina", "wangfang", offset=1, limit=1) == [("lina", "OffDuty", "NotSigned")]
    rows = (await home.legacy("/attendance/list", {**WEEK, "userIdList": ["wangfang"]}))["recordresult"]
    assert rows[0]["baseCheckTime"] - rows[0]["userCheckTime"] == HOUR
    assert (rows[0]["workDate"], rows[1]["locationResult"], rows[1]["sourceType"]) == (MONDAY, "Outside", "USER")


async def test_the_raw_records_tell_where_and_by_which_network(home: Home) -> None:
    await at_work(home)
    await clock(
        home, "lina", "OnDuty", MONDAY + 8 * HOUR, location={"address": "朝阳路1号", "latitude": 39.9}, wifi="W"
    )
    await clock(home, "boss", "OnDuty", MONDAY + 8 * HOUR, location="家")
    asked = {"userIds": ["lina", "boss"], "checkDateFrom": "2026-10-26 08:00:00", "checkDateTo": "2026-10-26 08:00:00"}
    rows = (await home.legacy("/attendance/listRecord", asked))["recordresult"]
    assert [(row["userId"], row["userAddress"], row["isLegal"]) for row in rows] == [
        ("lina", "朝阳路1号", "Y"), ("boss", "家", "Y"),
    ]  # fmt: skip
    assert (rows[0]["userSsid"], rows[0]["locationMethod"], rows[1]["locationMethod"]) == ("W", "WIFI", "MAP")
    later = {**asked, "checkDateFrom": "2026-10-26 08:00:01", "checkDateTo": "2026-10-26 09:00:00"}
    assert (await home.legacy("/attendance/listRecord", later))["recordresult"] == []


async def test_a_clock_is_told_by_an_event(home: Home) -> None:
    await at_work(home)
    async with home.line() as line:
        await clock(home, "lina", "OnDuty", MONDAY + 8 * HOUR, location={"address": "朝阳路1号"})
        frame = await line.frame()
        await line.ack(frame)
    assert frame["headers"]["eventType"] == "attendance_check_record"
    (row,) = data_of(frame)["dataList"]
    assert (row["userId"], row["checkTime"], row["address"]) == ("lina", MONDAY + 8 * HOUR, "朝阳路1号")


async def test_a_machine_s_record_counts(home: Home) -> None:
    await at_work(home)
    said = {"userid": "lina", "device_name": "前台", "device_id": "d1", "user_check_time": MONDAY + 17 * HOUR}
    assert (await home.legacy("/topapi/attendance/record/upload", said))["success"]
    assert await results(home, "lina") == [("lina", "OnDuty", "NotSigned"), ("lina", "OffDuty", "Early")]


async def test_an_approved_correction_makes_the_clock_normal_until_it_is_taken_back(home: Home) -> None:
    await at_work(home)
    asked = {"op_user_id": "boss", "userids": "lina", "from_date_time": MONDAY, "to_date_time": MONDAY}
    due = (await home.legacy("/topapi/attendance/schedule/listbyusers", asked))["result"][0]
    said = {
        "userid": "lina", "work_date": "2026-10-26", "punch_id": due["id"], "punch_check_time": "2026-10-26 09:00",
        "user_check_time": "2026-10-26 08:55", "approve_id": "a1", "jump_url": "https://example.com", "tag_name": "补卡",
    }  # fmt: skip
    assert (await home.legacy("/topapi/attendance/approve/check", said))["errcode"] == 0
    rows = (await home.legacy("/attendance/list", {**WEEK, "userIdList": ["lina"]}))["recordresult"]
    assert (rows[0]["timeResult"], rows[0]["sourceType"], rows[0]["approveId"]) == ("Normal", "APPROVE", "a1")
    wrong = {**said, "punch_check_time": "2026-10-26 10:00"}
    assert (await home.legacy("/topapi/attendance/approve/check", wrong))["errcode"] == 40035
    taken = {"userid": "lina", "approve_id": "a1"}
    assert (await home.legacy("/topapi/attendance/approve/cancel", taken))["errcode"] == 0
    assert (await results(home, "lina"))[0] == ("lina", "OnDuty", "NotSigned")
    assert (await home.legacy("/topapi/attendance/approve/cancel", taken))["errcode"] == 400002


# ── approved leave ───────────────────────────────────────────────────────────────────────────


async def approve(home: Home, person: str, kind: int, start: str, end: str, **more: Any) -> tuple[int, Any]:
    span = {"bizType": kind, "fromTime": start, "toTime": end, "durationUnit": "halfDay", "calculateModel": 1, **more}
    said = {"approveId": "a1", "jumpUrl": "https://example.com", "tagName": "请假", "subType": "年假"}
    body = {"topCalculateApproveDurationParam": span, **said}
    return await home.new("POST", f"/v1.0/attendance/approvals/finish?userId={person}", body)


async def test_who_is_on_approved_leave_is_not_absent_until_it_is_taken_back(home: Home) -> None:
    await at_work(home)
    status, answer = await approve(home, "lina", 3, "2026-10-26 AM", "2026-10-26 AM")
    assert (status, answer["result"]["duration"]) == (200, 0.5)
    assert answer["result"]["durationDetail"] == [{"date": MONDAY, "duration": 0.5}]
    assert await results(home, "lina") == [("lina", "OnDuty", "Normal"), ("lina", "OffDuty", "NotSigned")]
    rows = (await home.legacy("/attendance/list", {**WEEK, "userIdList": ["lina"]}))["recordresult"]
    assert (rows[0]["sourceType"], rows[0]["approveId"]) == ("APPROVE", "a1")
    asked = {"userid_list": "lina,boss", "start_time": MONDAY, "end_time": MONDAY + DAY, "offset": 0, "size": 20}
    leave = (await home.legacy("/topapi/attendance/getleavestatus", asked))["result"]
    assert [(row["userid"], row["duration_percent"], row["duration_unit"]) for row in leave["leave_status"]] == [
        ("lina", 50, "percent_day")
    ]
    taken = {"userid": "lina", "approve_id": "a1"}
    assert (await home.legacy("/topapi/attendance/approve/cancel", taken))["errcode"] == 0
    assert (await results(home, "lina"))[0] == ("lina", "OnDuty", "NotSigned")


@pytest.mark.parametrize(
    ("unit", "model", "start", "end", "duration"),
    [
        ("day", 0, "2026-10-23", "2026-10-26", 4), ("day", 1, "2026-10-23", "2026-10-26", 2),
        ("halfDay", 1, "2026-10-26 PM", "2026-10-27 AM", 1), ("hour", 0, "2026-10-26 09:30", "2026-10-26 12:00", 2.5),
    ],
)  # fmt: skip
async def test_how_long_an_absence_is(home: Home, unit: str, model: int, start: str, end: str, duration: float) -> None:
    await at_work(home)
    body = {"bizType": 2, "fromTime": start, "toTime": end, "durationUnit": unit, "calculateModel": model}
    path = "/v1.0/attendance/approvals/durations/calculate?userId=lina"
    assert (await home.new("POST", path, body))[1]["result"]["duration"] == duration


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("illegalApproveType", {"bizType": 9}), ("illegalDurationUnit", {"durationUnit": "week"}),
        ("beginDateCannotAfterEndDate", {"toTime": "2026-10-25 AM"}), ("durationTooLong", {"toTime": "2026-12-25 AM"}),
        ("illegalDateTypeForHalfDay", {"fromTime": "2026-10-26"}), ("illegalCalculateType", {"calculateModel": 2}),
        ("invalidRequestParams", {"fromTime": "2026-13-26 AM"}), ("illegalOvertimeDurationUnit", {"bizType": 1}),
    ],
)  # fmt: skip
async def test_an_absence_that_makes_no_sense_is_refused(home: Home, code: str, change: dict[str, Any]) -> None:
    sensible = {"fromTime": "2026-10-26 AM", "toTime": "2026-10-26 PM", "bizType": 3}
    changed = {**sensible, **change}
    status, answer = await approve(
        home, "lina", changed.pop("bizType"), changed.pop("fromTime"), changed.pop("toTime"), **changed
    )
    assert (status, answer["code"]) == (400, code)


async def test_a_day_is_summed_up_with_what_was_approved(home: Home) -> None:
    await at_work(home)
    await clock(home, "zhaolei", "OnDuty", MONDAY + 22 * HOUR + 60_000)
    await clock(home, "zhaolei", "OffDuty", MONDAY + 30 * HOUR)
    await approve(home, "lina", 2, "2026-10-26 PM", "2026-10-26 PM", tagName="外出")
    asked = {"userid": "zhaolei", "work_date": "2026-10-26"}
    night = (await home.legacy("/topapi/attendance/getupdatedata", asked))["result"]
    assert [(row["time_result"], row["user_check_time"]) for row in night["attendance_result_list"]] == [
        ("Late", "2026-10-26 22:01:00"), ("Normal", "2026-10-27 06:00:00"),
    ]  # fmt: skip
    assert len(night["check_record_list"]) == 2
    assert night["approve_list"] == []
    out = (await home.legacy("/topapi/attendance/getupdatedata", {**asked, "userid": "lina"}))["result"]
    assert [(row["time_result"], row.get("procInst_id")) for row in out["attendance_result_list"]] == [
        ("NotSigned", None), ("Normal", "a1"),
    ]  # fmt: skip
    (row,) = out["approve_list"]
    assert {name: row[name] for name in ("biz_type", "begin_time", "duration", "duration_unit", "procInst_id")} == {
        "biz_type": 2, "begin_time": "2026-10-26 12:00:00", "duration": "0.5", "duration_unit": "DAY",
        "procInst_id": "a1",
    }  # fmt: skip
    rest = (await home.legacy("/topapi/attendance/getupdatedata", {**asked, "work_date": "2026-10-31"}))["result"]
    assert (rest["attendance_result_list"], rest["class_setting_info"]) == ([], {})
    for change, code in (({"work_date": "26"}, 40035), ({"userid": "nobody"}, 60121), ({"work_date": None}, 40035)):
        assert (await home.legacy("/topapi/attendance/getupdatedata", {**asked, **change}))["errcode"] == code


OVERTIME = {"approveId": "o1", "jumpUrl": "u", "tagName": "加班", "overtimeDuration": "2.5", "overTimeToMore": 1}


async def overtime(home: Home, **change: Any) -> tuple[int, Any]:
    span = {"bizType": 1, "fromTime": "2026-10-25 10:00", "toTime": "2026-10-25 12:30", "durationUnit": "hour"}
    body = {"topCalculateApproveDurationParam": {**span, "calculateModel": 1}, **OVERTIME, **change}
    return await home.new("POST", "/v1.0/attendance/approvals/finish?userId=lina", body)


async def test_overtime_on_a_day_of_rest_counts_and_excuses_nobody(home: Home) -> None:
    await at_work(home, {**OFFICE, "shifts": [{"on": "11:00", "off": "12:00", "days": [1, 2, 3, 4, 5, 7]}]})
    status, answer = await overtime(home)
    assert (status, answer["result"]["duration"]) == (200, 2.5)
    asked = {**WEEK, "workDateFrom": "2026-10-25 00:00:00", "workDateTo": "2026-10-25 00:00:00", "userIdList": ["lina"]}
    rows = (await home.legacy("/attendance/list", asked))["recordresult"]
    assert [row["timeResult"] for row in rows] == ["NotSigned", "NotSigned"]
    taken = {"userid": "lina", "approve_id": "o1"}
    assert (await home.legacy("/topapi/attendance/approve/cancel", taken))["errcode"] == 0


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("invalidRequestParams", {"overtimeDuration": ""}), ("invalidRequestParams", {"overtimeDuration": "two"}),
        ("invalidRequestParams", {"overTimeToMore": None}), ("invalidRequestParams", {"overTimeToMore": 3}),
        ("overtimeDurationTooLong", {"overtimeDuration": "25"}), ("invalidRequestParams", {"tagName": "聚餐"}),
        ("invalidRequestParams", {"approveId": "a" * 101}), ("invalidRequestParams", {"jumpUrl": "u" * 201}),
    ],
)  # fmt: skip
async def test_overtime_that_lacks_something_is_refused(home: Home, code: str, change: dict[str, Any]) -> None:
    status, answer = await overtime(home, **change)
    assert (status, answer["code"]) == (400, code)
    assert (await home.legacy("/topapi/attendance/approve/cancel", {"userid": "lina", "approve_id": "o1"}))["errcode"]


async def test_what_is_long_past_is_refused_where_the_platform_s_limit_is_set(elsewhere: Elsewhere) -> None:
    now = time.time() * 1000
    async with elsewhere("--approval-days", "31") as home:
        for days, status in ((31, 200), (32, 400)):
            day = time.strftime("%Y-%m-%d", time.gmtime((now - days * DAY + 8 * HOUR) / 1000))
            found, answer = await approve(home, "lina", 2, day, day, durationUnit="day")
            assert (found, answer.get("code")) == (status, None if status == 200 else "dateTooEarly")


# ── what is refused ──────────────────────────────────────────────────────────────────────────


def refused() -> Iterator[tuple[str, dict[str, Any]]]:
    listed = {**WEEK, "userIdList": ["lina"]}
    yield "/attendance/list", {**listed, "userIdList": []}
    yield "/attendance/list", {**listed, "userIdList": ["u"] * 51}
    yield "/attendance/list", {**listed, "limit": 51}
    yield "/attendance/list", {**listed, "workDateTo": "2026-11-03 00:00:00"}
    yield "/attendance/list", {**listed, "workDateFrom": "yesterday"}
    span = {"op_user_id": "boss", "userids": "lina", "from_date_time": MONDAY, "to_date_time": MONDAY + 8 * DAY}
    yield "/topapi/attendance/schedule/listbyusers", span
    yield "/topapi/attendance/schedule/listbyusers", {**span, "to_date_time": MONDAY - 1}
    yield "/topapi/attendance/schedule/listbyusers", {"userids": "lina"}
    yield "/topapi/attendance/schedule/listbyusers", {**span, "op_user_id": ["boss"], "to_date_time": MONDAY}
    yield "/topapi/attendance/record/upload", {"userid": "lina", "device_name": "x", "device_id": "d"}
    visits = {"userid_list": "lina,boss", "start_time": MONDAY, "end_time": MONDAY + 2 * DAY, "cursor": 0, "size": 10}
    yield "/topapi/checkin/record/get", visits
    logs = {"start_time": MONDAY, "end_time": MONDAY + 181 * DAY, "cursor": 0, "size": 20}
    yield "/topapi/report/list", logs
    yield "/topapi/report/list", {**logs, "end_time": MONDAY, "size": 21}


@pytest.mark.parametrize(("path", "body"), list(refused()))
async def test_the_platform_refuses_what_is_too_much_or_wrong(home: Home, path: str, body: dict[str, Any]) -> None:
    assert (await home.legacy(path, body))["errcode"] == 40035


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/attendance", {"userid": "nobody", "type": "OnDuty"}, 404),
        ("/attendance", {"userid": "lina", "type": "Lunch"}, 400),
        ("/attendance", {"userid": "lina", "type": "OnDuty", "result": "Fine"}, 400),
        ("/attendance", {"userid": "lina", "type": "OnDuty", "at": 2**52}, 400),
        ("/checkins", {"userid": "lina"}, 400),
        ("/checkins", {"userid": "lina", "place": "x", "latitude": "north"}, 400),
        ("/reports", {"userid": "lina", "template_name": "日报", "contents": []}, 400),
        ("/reports", {"userid": "nobody", "template_name": "日报", "contents": [{"key": "a"}]}, 404),
    ],
)
async def test_a_deed_that_makes_no_sense_is_told_so(home: Home, path: str, body: Any, status: int) -> None:
    assert "error" in await home.control("POST", path, body, status=status)
