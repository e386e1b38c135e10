"""People check in and file logs; the bot hears of it and reads it (contract 7, 8)."""

import time
from typing import Any

from tests.emulator.home import Home, data_of
from tests.emulator.test_workday import DAY, HOUR, MONDAY, at_work, results


async def test_a_check_in_is_told_and_can_be_read(home: Home) -> None:
    said = {
        "userid": "wangfang",
        "at": MONDAY,
        "place": "客户处",
        "latitude": 39.9,
        "longitude": 116.4,
        "remark": "拜访",
    }
    async with home.line() as line:
        await home.control("POST", "/checkins", {**said, "images": ["https://example.com/1.png"]})
        frame = await line.frame()
        await line.ack(frame)
    assert frame["headers"]["eventType"] == "check_in"
    assert data_of(frame) == {"staffId": "wangfang", "timeStamp": MONDAY}
    asked = {"userid_list": "wangfang", "start_time": MONDAY, "end_time": MONDAY + 1, "cursor": 0, "size": 100}
    (row,) = (await home.legacy("/topapi/checkin/record/get", asked))["result"]["page_list"]
    assert (row["checkin_time"], row["place"], row["image_list"]) == (MONDAY, "客户处", ["https://example.com/1.png"])
    token = await home.token()
    for department, found in ((2, ["王芳"]), (1, ["王芳"]), (99, None)):
        query: dict[str, Any] = {
            "department_id": department,
            "start_time": MONDAY,
            "end_time": MONDAY + 1,
            "access_token": token,
        }
        _, answer = await home.raw("GET", "/checkin/record", params={key: str(word) for key, word in query.items()})
        assert ([row["name"] for row in answer["data"]] if "data" in answer else None) == found


async def file_logs(home: Home) -> None:
    for place, person in enumerate(["lina", "wangfang", "lina"]):
        said = {"userid": person, "template_name": "日报", "at": MONDAY + place}
        await home.control("POST", "/reports", {**said, "contents": [{"key": "今日完成工作", "value": f"第{place}件"}]})


async def test_logs_are_read_page_by_page(home: Home) -> None:
    await file_logs(home)
    asked = {"start_time": MONDAY, "end_time": MONDAY + DAY, "cursor": 0, "size": 2, "template_name": "日报"}
    page = (await home.legacy("/topapi/report/list", asked))["result"]
    assert [row["creator_id"] for row in page["data_list"]] == ["lina", "wangfang"]
    assert page["data_list"][0]["contents"] == [{"key": "今日完成工作", "sort": "0", "type": "1", "value": "第0件"}]
    assert (page["has_more"], page["next_cursor"]) == (True, 2)
    rest = (await home.legacy("/topapi/report/simplelist", {**asked, "cursor": 2}))["result"]
    assert [("contents" in row, row["creator_name"]) for row in rest["data_list"]] == [(False, "李娜")]
    only = (await home.legacy("/topapi/report/list", {**asked, "userid": "wangfang"}))["result"]["data_list"]
    assert [row["dept_name"] for row in only] == ["品牌组"]


async def test_a_bot_files_a_log_on_a_template(home: Home) -> None:
    asked = {"userid": "lina", "template_name": "日报"}
    template = (await home.legacy("/topapi/report/template/getbyname", asked))["result"]
    assert template["fields"][0] == {"field_name": "今日完成工作", "sort": 0, "type": 1}
    row = {"sort": "0", "type": "1", "content_type": "markdown", "key": "今日完成工作", "content": "x" * 1200}
    said = {"template_id": template["id"], "userid": "lina", "contents": [row], "dd_from": "bot", "to_chat": False}
    filed = await home.legacy("/topapi/report/create", {"create_report_param": said})
    now = int(time.time() * 1000)
    span = {"start_time": now - HOUR, "end_time": now + HOUR, "cursor": 0, "size": 20}
    found = (await home.legacy("/topapi/report/list", span))["result"]["data_list"]
    assert [(one["report_id"], len(one["contents"][0]["value"])) for one in found] == [(filed["result"], 1000)]
    unknown = {"create_report_param": {**said, "template_id": "nothing"}}
    assert (await home.legacy("/topapi/report/create", unknown))["errcode"] == 40035


async def test_a_reset_forgets_the_working_day(home: Home) -> None:
    await at_work(home)
    await file_logs(home)
    await home.control("POST", "/reset", {})
    assert await results(home, "lina") == []
    asked = {"start_time": MONDAY, "end_time": MONDAY + DAY, "cursor": 0, "size": 2}
    assert (await home.legacy("/topapi/report/list", asked))["result"]["data_list"] == []
