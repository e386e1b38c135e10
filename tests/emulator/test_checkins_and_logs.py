"""People check in and file logs; the bot hears of it and reads it (contract 7, 8)."""

import time
from typing import Any

import pytest

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


async def test_many_logs_and_clocks_are_told_at_once_or_one_that_is_wrong_is_refused(home: Home) -> None:
    said = {"template_name": "日报", "at": MONDAY, "contents": [{"key": "今日完成工作", "value": "都做完了"}]}
    several = [{**said, "userid": person} for person in ("lina", "wangfang")]
    assert len((await home.control("POST", "/reports", {"several": several}))["report_ids"]) == 2
    asked = {"start_time": MONDAY, "end_time": MONDAY + DAY, "cursor": 0, "size": 20}
    rows = (await home.legacy("/topapi/report/list", asked))["result"]["data_list"]
    assert [row["creator_id"] for row in rows] == ["lina", "wangfang"]
    clocks = [{"userid": "lina", "type": kind, "at": MONDAY + n} for n, kind in enumerate(("OnDuty", "OffDuty"))]
    assert len((await home.control("POST", "/attendance", {"several": clocks}))["recordIds"]) == 2
    refused = await home.control("POST", "/attendance", {"several": [{**clocks[0], "userid": "nobody"}]}, status=404)
    assert refused == {"error": "unknown: nobody"}


async def test_a_bot_files_a_log_on_a_template(home: Home) -> None:
    asked = {"userid": "lina", "template_name": "日报"}
    template = (await home.legacy("/topapi/report/template/getbyname", asked))["result"]
    assert template["fields"][0] == {"field_name": "今日完成工作", "sort": 0, "type": 1}
    row = {"sort": "0", "type": "1", "content_type": "markdown", "key": "今日完成工作", "content": "x" * 1200}
    said = {"template_id": template["id"], "userid": "lina", "contents": [row], "dd_from": "bot", "to_chat": False}
    said |= {"to_userids": ["boss"]}
    filed = await home.legacy("/topapi/report/create", {"create_report_param": said})
    now = int(time.time() * 1000)
    span = {"start_time": now - HOUR, "end_time": now + HOUR, "cursor": 0, "size": 20}
    found = (await home.legacy("/topapi/report/list", span))["result"]["data_list"]
    assert [(one["report_id"], len(one["contents"][0]["value"])) for one in found] == [(filed["result"], 1000)]
    assert await unread(home, "boss") == 1
    wrong: list[dict[str, Any]] = [
        {"template_id": "nothing"}, {"to_userids": ["nobody"]}, {"contents": [{**row, "type": "2"}]},
    ]  # fmt: skip
    for change in wrong:
        body = {"create_report_param": {**said, **change}}
        assert (await home.legacy("/topapi/report/create", body))["errcode"] == 40035


async def write(home: Home, **more: Any) -> str:
    said = {
        "userid": "lina",
        "template_name": "日报",
        "at": MONDAY,
        "contents": [{"key": "今日完成工作", "value": "x"}],
    }
    return str((await home.control("POST", "/reports", {**said, **more}))["report_id"])


async def test_a_log_that_was_changed_is_found_by_the_time_of_the_change(home: Home) -> None:
    number = await write(home)
    await write(home, userid="boss")
    again = {"contents": [{"key": "今日完成工作", "value": "改过"}], "at": MONDAY + 5 * HOUR}
    await home.control("PUT", f"/reports/{number}", again)
    asked = {"start_time": MONDAY, "end_time": MONDAY + DAY, "cursor": 0, "size": 20}
    span = {"modified_start_time": MONDAY + HOUR, "modified_end_time": MONDAY + 6 * HOUR}
    (row,) = (await home.legacy("/topapi/report/list", {**asked, **span}))["result"]["data_list"]
    assert (row["report_id"], row["create_time"], row["modified_time"]) == (number, MONDAY, MONDAY + 5 * HOUR)
    assert row["contents"][0]["value"] == "改过"
    assert "error" in await home.control("PUT", "/reports/none", again, status=404)
    assert "error" in await home.control("PUT", f"/reports/{number}", {"contents": []}, status=400)


async def unread(home: Home, person: str) -> int:
    return int((await home.legacy("/topapi/report/getunreadcount", {"userid": person}))["count"])


async def test_who_has_read_liked_and_commented_a_log_is_known(home: Home) -> None:
    number = await write(home, to=["boss", "zhaolei"])
    assert [await unread(home, one) for one in ("boss", "zhaolei", "lina")] == [1, 1, 0]
    for said in ({"by": "boss", "comment": "辛苦了", "at": MONDAY + HOUR}, {"by": "boss", "comment": "写得好"}):
        await home.control("POST", f"/reports/{number}", said)
    await home.control("POST", f"/reports/{number}", {"by": "zhaolei", "like": True})
    assert [await unread(home, one) for one in ("boss", "zhaolei")] == [0, 0]
    counts = (await home.legacy("/topapi/report/statistics", {"report_id": number}))["result"]
    assert counts == {"read_num": 2, "comment_num": 2, "comment_user_num": 1, "like_num": 1}
    for kind, people in ((0, ["boss", "zhaolei"]), (1, ["boss"]), (2, ["zhaolei"])):
        asked = {"report_id": number, "type": kind}
        found = (await home.legacy("/topapi/report/statistics/listbytype", asked))["result"]
        assert (found["userid_list"], found["has_more"]) == (people, False)
    asked = {"report_id": number, "offset": 0, "size": 1}
    page = (await home.legacy("/topapi/report/comment/list", asked))["result"]
    said = {"userid": "boss", "content": "辛苦了", "create_time": "2026-10-26 01:00:00"}
    assert (page["comments"], page["has_more"], page["next_cursor"]) == ([said], True, 1)
    (seen,) = (await home.control("GET", "/reports", viewer="boss"))["items"]
    assert (seen["readBy"], seen["likedBy"], seen["to"]) == (["boss", "zhaolei"], ["zhaolei"], ["boss", "zhaolei"])
    assert (await home.control("GET", "/reports", viewer="wangfang"))["items"] == []
    forms = (await home.control("GET", "/reports"))["templates"]
    assert {"name": "日报", "fields": ["今日完成工作", "未完成工作", "需协调工作"]} in forms
    await home.control("POST", "/reports/none", {"by": "boss"}, status=404)
    await home.control("POST", f"/reports/{number}", {"by": "nobody"}, status=404)


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("statistics", {"report_id": "none"}, 40035), ("statistics", {}, 40035),
        ("statistics/listbytype", {"type": None}, 40035), ("statistics/listbytype", {"type": 3}, 40035),
        ("statistics/listbytype", {"type": 0, "size": 101}, 40035), ("comment/list", {"size": 21}, 40035),
        ("getunreadcount", {"userid": "nobody"}, 60121), ("getunreadcount", {}, 40035),
    ],
)  # fmt: skip
async def test_questions_about_logs_that_make_no_sense_are_refused(
    home: Home, path: str, body: dict[str, Any], code: int
) -> None:
    whole = {"report_id": await write(home), **body} if body else {}
    assert (await home.legacy(f"/topapi/report/{path}", whole))["errcode"] == code


async def test_a_reset_forgets_the_working_day(home: Home) -> None:
    await at_work(home)
    await file_logs(home)
    await home.control("POST", "/reset", {})
    assert await results(home, "lina") == []
    asked = {"start_time": MONDAY, "end_time": MONDAY + DAY, "cursor": 0, "size": 2}
    assert (await home.legacy("/topapi/report/list", asked))["result"]["data_list"] == []
